//! One file a tab, each a function from a context to lines.

mod aml;
mod attempts;
mod details;
mod json;
mod ocr;
mod raw;
mod signals;
mod summary;
#[cfg(test)]
mod testing;
mod timeline;
mod tree;

#[cfg(test)]
mod tests;

use super::{Tab, TabContext, TabLine};

pub(super) use timeline::{closer, following, wider};
pub(super) use tree::{ancestors, hidden};

/// The lines of a tab.
#[must_use]
pub fn lines(tab: Tab, context: TabContext<'_>) -> Vec<TabLine> {
    match tab {
        Tab::Summary => summary::lines(context),
        Tab::Attempts => attempts::lines(context),
        Tab::Ocr => ocr::lines(context),
        Tab::Aml => aml::lines(context),
        Tab::Timeline => timeline::lines(context),
        Tab::Signals => signals::lines(context),
        Tab::Details => details::lines(context),
        Tab::Json => json::lines(context),
    }
}

/// Levels of its trees that a tab opens by itself; `None` for a tab without trees.
pub(super) const fn levels(tab: Tab) -> Option<usize> {
    match tab {
        Tab::Aml => Some(aml::LEVELS),
        Tab::Details => Some(details::LEVELS),
        Tab::Json => Some(json::LEVELS),
        _ => None,
    }
}
