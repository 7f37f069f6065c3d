//! The question before everything is shown, while the level hides most: the screen may be shared.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::ui::{Line, Role};

/// The answers, in the order of the menu: the safe one first, so that a key that repeats shows nothing.
const ANSWERS: [&str; 2] = [" Keep the mask", " Show everything: names, numbers, addresses"];

/// Lines of the menu.
pub(super) const LINES: usize = ANSWERS.len();

/// The line that takes the mask off.
pub(super) const SHOW: usize = 1;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 48, u16::try_from(LINES).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn lines() -> Vec<Line> {
    ANSWERS.map(|answer| Line::new().word(answer, Role::Plain)).to_vec()
}
