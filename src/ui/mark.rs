//! Highlights the matches of a search in lines that are already drawn.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Role, Theme};
use crate::text::{SearchPattern, columns};

/// Highlights every match of the search pattern `pattern` in a line that is already drawn. `row` is the area of the
/// line on the screen, and `text` is its text.
pub fn mark_matches(frame: &mut Frame<'_>, row: Rect, text: &str, pattern: &SearchPattern, theme: &Theme) {
    for place in pattern.places(text) {
        let columns = |part: Option<&str>| u16::try_from(columns(part.unwrap_or_default())).unwrap_or(u16::MAX);
        let (before, width) = (columns(text.get(..place.start)), columns(text.get(place)));
        let area = Rect { x: row.x.saturating_add(before), width, ..row }.intersection(row);
        frame.buffer_mut().set_style(area, theme.style(Role::Mark));
    }
}
