//! The copy menu: a list of the parts of a submission that can be copied, such as the id or a value.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::kit::Scroll;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Role};

/// Width in columns of the copy menu.
const MENU_WIDTH: u16 = 76;

/// One entry of the copy menu, with the texts that the menu shows for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyMenuLine {
    /// The name of the part of the submission to copy, such as `Submission id`.
    pub label: Safe,
    /// The beginning of the text to copy, as the mask shows it.
    pub beginning: Safe,
    /// Whether the entry copies a value that the user revealed, which is then not masked.
    pub is_revealed: bool,
}

/// The state of the copy menu: its entries, and the cursor on one of them.
#[derive(Debug)]
pub struct CopyMenu<T> {
    pub(super) scroll: Scroll,
    entries: Option<Vec<T>>,
}

impl<T: PartialEq> CopyMenu<T> {
    /// Creates a copy menu without entries; [`CopyMenu::set_entries`] sets them later.
    pub(super) fn new() -> Self {
        Self { scroll: Scroll::default(), entries: None }
    }

    /// Returns the entries of the copy menu; `None` if [`CopyMenu::set_entries`] was not called yet.
    pub fn entries(&self) -> Option<&[T]> {
        self.entries.as_deref()
    }

    /// Replaces the entries of the copy menu. The cursor stays on its entry if that is among the new entries.
    /// Otherwise, it goes to the first new entry.
    pub fn set_entries(&mut self, entries: Vec<T>) {
        let at = self.chosen().and_then(|chosen| entries.iter().position(|entry| entry == chosen)).unwrap_or(0);
        self.scroll.to(at, entries.len(), entries.len());
        self.entries = Some(entries);
    }

    /// Returns the entry under the cursor; `None` if the menu has no entries.
    pub(super) fn chosen(&self) -> Option<&T> {
        self.entries()?.get(self.scroll.at())
    }

    pub(super) fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, Vec::len)
    }
}

pub(super) fn area(screen: Size, choices: usize) -> Rect {
    centred(screen, MENU_WIDTH, u16::try_from(choices).unwrap_or(u16::MAX).saturating_add(2))
}

/// Returns the words for the lower border of the copy menu with the entries `choices`. They say how the copied text is
/// masked at the mask level `mask`, and that a revealed value is copied unmasked.
pub(super) fn masked_note(mask: Mask, choices: &[CopyMenuLine]) -> &'static str {
    match (mask, choices.iter().any(|choice| choice.is_revealed)) {
        (Mask::Ids, true) => "revealed value is unmasked · the rest: ID numbers masked ",
        (Mask::All, true) => "revealed value is unmasked · the rest: all identity data masked ",
        (Mask::Ids, false) => "copies what is shown: ID numbers masked ",
        (Mask::All, false) => "copies what is shown: all identity data masked ",
        (Mask::None, _) => "copies what is shown: not masked ",
    }
}

pub(super) fn lines(choices: &[CopyMenuLine], columns: usize) -> Vec<Line> {
    // A sign before each name, and a gap after the longest.
    let name_width = choices.iter().map(|choice| choice.label.width()).max().unwrap_or_default() + 3;
    let line = |choice: &CopyMenuLine| {
        let label = Safe::concat(&[Safe::from_static(" "), choice.label.clone()]).pad(name_width);
        Line::new().with(label, Role::Plain).with(choice.beginning.clone(), Role::Dim).fit(columns)
    };
    choices.iter().map(line).collect()
}
