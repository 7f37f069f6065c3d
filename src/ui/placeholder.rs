//! What a pane shows when it has nothing else to show.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Line, Role, Theme, paint};
use crate::text::Safe;

/// Draws a few sentences in the middle of an area: the first strong, the others dim, each wrapped.
pub fn placeholder(frame: &mut Frame<'_>, area: Rect, sentences: &[Safe], theme: &Theme) {
    let columns = usize::from(area.width.saturating_sub(4)).max(1);
    let mut lines = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let role = if at == 0 { Role::Strong } else { Role::Dim };
        for part in sentence.wrap(columns) {
            lines.push(Line::blank().with(part, role));
        }
    }
    let skip = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 3;
    for (line, row) in lines.iter().zip(skip..area.height) {
        let rect = Rect { x: area.x, y: area.y.saturating_add(row), width: area.width, height: 1 };
        frame.render_widget(paint(line, theme).centered(), rect);
    }
}
