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

use super::lines::Lines;
use super::{Sheet, Tab, TabLine, Trouble};
use crate::text::Safe;
use crate::ui::{Line, Role};

pub(super) use timeline::{closer, following, wider};
pub(super) use tree::{hidden, way};

/// The lines of a tab.
#[must_use]
pub fn lines(tab: Tab, sheet: Sheet<'_>) -> Vec<TabLine> {
    let mut head = unread(sheet);
    head.extend(match tab {
        Tab::Summary => summary::lines(sheet),
        Tab::Attempts => attempts::lines(sheet),
        Tab::Ocr => ocr::lines(sheet),
        Tab::Aml => aml::lines(sheet),
        Tab::Timeline => timeline::lines(sheet),
        Tab::Signals => signals::lines(sheet),
        Tab::Details => details::lines(sheet),
        Tab::Json => json::lines(sheet),
    });
    head
}

/// What was not read of the documented fields, before anything is said of them.
fn unread(sheet: Sheet<'_>) -> Vec<TabLine> {
    let mut lines = Lines::new(sheet);
    if !sheet.document.reads_documented() {
        let words = format!("! too large to be read whole, not read: {}", sheet.document.unread_words());
        for words in [Safe::of(&words), Safe::word("What is said below is said of what was read.")] {
            lines.wrapped(Line::blank().with(words, Role::Warn));
        }
        lines.trouble(0, Trouble::Error);
        lines.push(Line::blank());
    }
    lines.finish()
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
