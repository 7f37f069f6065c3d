//! The question that is asked before all personal data is shown without a mask, since someone else may see the screen.
//! It is asked only if the mask level hides most of the data.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::ui::{Line, Role};

/// The answers to the question whether to show all personal data, in the order on the screen. The answer that reveals
/// nothing is the first, so that pressing a key twice reveals nothing.
const ANSWERS: [&str; 2] = [" Keep the mask", " Show everything: names, numbers, addresses"];

/// Number of lines of the question whether to show all personal data: one for each answer.
pub(super) const LINES: usize = ANSWERS.len();

/// Index in [`ANSWERS`] of the answer that removes the mask.
pub(super) const SHOW: usize = 1;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 48, u16::try_from(LINES).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn lines() -> Vec<Line> {
    ANSWERS.map(|answer| Line::new().word(answer, Role::Plain)).to_vec()
}
