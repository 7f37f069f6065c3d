//! The screen of a model as text.

use super::*;

/// Draws the model at its own size, and returns the screen as lines of text.
pub(super) fn drawn(model: &Model) -> String {
    let size = model.size;
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| model.view(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let line = |y| (0..size.width).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n";
    (0..size.height).map(line).collect()
}
