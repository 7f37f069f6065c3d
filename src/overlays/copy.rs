//! The menu of what can be copied.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::kit::Scroll;
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Columns of a name, and of the whole menu.
const NAME: usize = 26;
const WIDTH: u16 = 76;

/// One thing to copy, as the menu shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub label: &'static str,
    /// How it begins.
    pub beginning: Safe,
}

/// What can be copied, the cursor on one entry.
#[derive(Debug)]
pub struct CopyMenu<T> {
    pub(super) scroll: Scroll,
    entries: Option<Vec<T>>,
}

impl<T: PartialEq> CopyMenu<T> {
    /// A menu whose entries are still to come.
    pub(super) fn new() -> Self {
        Self { scroll: Scroll::default(), entries: None }
    }

    /// The entries; `None` while they are still to come.
    pub fn entries(&self) -> Option<&[T]> {
        self.entries.as_deref()
    }

    /// Takes other entries; the cursor stays on its entry.
    pub fn set_entries(&mut self, entries: Vec<T>) {
        let at = self.chosen().and_then(|chosen| entries.iter().position(|entry| entry == chosen)).unwrap_or(0);
        self.scroll.to(at, entries.len(), entries.len());
        self.entries = Some(entries);
    }

    /// The entry under the cursor.
    pub(super) fn chosen(&self) -> Option<&T> {
        self.entries()?.get(self.scroll.at())
    }

    pub(super) fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, Vec::len)
    }
}

pub(super) fn area(screen: Size, choices: usize) -> Rect {
    centred(screen, WIDTH, u16::try_from(choices).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn lines(choices: &[Choice], columns: usize) -> Vec<Line> {
    let line = |choice: &Choice| {
        let label = Safe::concat(&[Safe::from_static(" "), Safe::from_static(choice.label)]).pad(NAME);
        Line::new().with(label, Role::Plain).with(choice.beginning.clone(), Role::Dim).fit(columns)
    };
    choices.iter().map(line).collect()
}
