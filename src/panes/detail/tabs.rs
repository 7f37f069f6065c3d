//! One file a tab, each a function from a sheet to lines.

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

use super::{Sheet, Tab, TabLine};

pub(super) use timeline::{closer, following, wider};
pub(super) use tree::{hidden, way};

/// The lines of a tab.
#[must_use]
pub fn lines(tab: Tab, sheet: Sheet<'_>) -> Vec<TabLine> {
    match tab {
        Tab::Summary => summary::lines(sheet),
        Tab::Attempts => attempts::lines(sheet),
        Tab::Ocr => ocr::lines(sheet),
        Tab::Aml => aml::lines(sheet),
        Tab::Timeline => timeline::lines(sheet),
        Tab::Signals => signals::lines(sheet),
        Tab::Details => details::lines(sheet),
        Tab::Json => json::lines(sheet),
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
