//! The frame of a pane, with a title in the upper border and an optional line in the lower border.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear};

use super::{Line, Role, Theme, paint};
use crate::text::Safe;

/// The frame of a pane, with the texts in its borders.
#[derive(Default)]
pub struct Panel {
    /// The text in the upper border.
    pub title: Line,
    /// The text in the lower border; an empty text is not drawn.
    pub bottom_line: Line,
    /// Whether the pane has the focus.
    pub focused: bool,
}

/// Clears `area` for a box that is drawn over the panes, with a blank column on its left and on its right. So a sign of
/// a pane, such as the list's cursor, is never right beside the box. `frame` is the screen that is being drawn.
pub fn clear(frame: &mut Frame<'_>, area: Rect) {
    let from = area.x.saturating_sub(1);
    let wide = Rect { x: from, width: area.right().saturating_add(1).saturating_sub(from), ..area };
    let wide = wide.intersection(frame.area());
    frame.render_widget(Clear, wide);
    // A wide character that begins to the left would cover the blank column.
    let Some(left) = wide.x.checked_sub(1) else { return };
    for y in wide.top()..wide.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((left, y))
            && Safe::sanitize(cell.symbol()).width() > 1
        {
            cell.reset();
        }
    }
}

impl Panel {
    /// Draws the frame of the pane around `area`, with the texts in its upper and lower border, and returns the area
    /// inside the frame. `frame` is the screen that is being drawn.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> Rect {
        let columns = usize::from(area.width.saturating_sub(2));
        let (title, bottom_line) = (self.title.clone().fit_words(columns), self.bottom_line.clone().fit_parts(columns));
        let role = if self.focused { Role::Accent } else { Role::Frame };
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(theme.style(role))
            .title(paint(&title, theme));
        if !bottom_line.pieces.is_empty() {
            block = block.title_bottom(paint(&bottom_line, theme));
        }
        let inner = block.inner(area);
        frame.render_widget(block, area);
        inner
    }

    /// Returns the area inside a pane's frame whose outer area is `area`. Nothing is drawn.
    pub const fn inner_area(area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(1),
            y: area.y.saturating_add(1),
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    }
}
