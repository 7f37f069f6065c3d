//! Copies text to the terminal's clipboard with the escape sequence OSC 52. The sequence also works over ssh and needs
//! no other program.

use std::io;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::terminal::Gate;

/// Sends a text to the terminal's clipboard. The terminal does not report whether it accepted the text.
pub(super) fn copy(text: &str) -> io::Result<()> {
    execute!(Gate, CopyToClipboard::to_clipboard_from(text))
}
