//! Draws messages into a pane: sentences in the middle of an empty pane, or the lines of a failure message at its
//! bottom.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::{Line, Role, Theme, paint};
use crate::text::Safe;

/// Draws sentences in the middle of an area, such as a pane without content. The first sentence is highlighted, the
/// others are dim. Each sentence is wrapped to the width of the area.
pub fn placeholder(frame: &mut Frame<'_>, area: Rect, sentences: &[Safe], theme: &Theme) {
    let columns = usize::from(area.width.saturating_sub(4)).max(1);
    let mut lines = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let role = if at == 0 { Role::Strong } else { Role::Dim };
        for part in sentence.wrap(columns) {
            lines.push(Line::new().with(part, role));
        }
    }
    let skip = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 3;
    for (line, row) in lines.iter().zip(skip..area.height) {
        let rect = Rect { x: area.x, y: area.y.saturating_add(row), width: area.width, height: 1 };
        frame.render_widget(paint(line, theme).centered(), rect);
    }
}

/// Draws the lines of a failure message in the last lines of `area`, over what was drawn there. The sign `✗` is put
/// before the first line.
pub fn draw_failure(frame: &mut Frame<'_>, area: Rect, lines: &[Safe], theme: &Theme) {
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let top = area.bottom().saturating_sub(count);
    for ((at, text), y) in lines.iter().enumerate().zip(top..area.bottom()) {
        let line = Line::new().word(if at == 0 { "✗ " } else { "  " }, Role::Bad).with(text.clone(), Role::Plain);
        let row = Rect { y, height: 1, ..area }.intersection(area);
        frame.render_widget(Clear, row);
        frame.render_widget(paint(&line, theme), row);
    }
}
