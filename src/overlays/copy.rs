//! What can be copied.

use ratatui::layout::{Rect, Size};

use super::centred;
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

pub(super) fn area(screen: Size, choices: usize) -> Rect {
    centred(screen, WIDTH, u16::try_from(choices).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn lines(choices: &[Choice], columns: usize) -> Vec<Line> {
    let line = |choice: &Choice| {
        let label = Safe::concat(&[Safe::word(" "), Safe::word(choice.label)]).pad(NAME);
        Line::blank().with(label, Role::Plain).with(choice.beginning.clone(), Role::Dim).fit(columns)
    };
    choices.iter().map(line).collect()
}
