//! The question that is asked before many requests are sent. These requests fetch values that the filter needs and that
//! the loaded rows lack.

use ratatui::layout::{Rect, Size};

use super::centred;
use crate::text::{Safe, counted};
use crate::ui::{Line, Role};

/// Number of lines of the question whether many requests may be sent: one line for each answer.
pub(super) const LINES: usize = 2;

/// Index of the answer that sends the requests. The answer that sends nothing is the first, so that pressing a key
/// twice sends nothing.
pub(super) const FETCH: usize = 1;

pub(super) fn area(screen: Size) -> Rect {
    centred(screen, 48, u16::try_from(LINES).unwrap_or(u16::MAX).saturating_add(2))
}

/// Returns the two answers to the question whether to fetch values that the filter needs and that the loaded rows lack.
/// The first answer sends no request, the second sends `requests` requests.
pub(super) fn lines(requests: usize) -> Vec<Line> {
    let fetch = Safe::sanitize(&format!(" Fetch it: {}", counted(requests, "request")));
    vec![Line::new().word(" Send no request", Role::Plain), Line::new().with(fetch, Role::Plain)]
}
