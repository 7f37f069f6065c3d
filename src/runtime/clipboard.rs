//! The terminal's clipboard, by OSC 52: it works over ssh, and no other program is started.

use std::io;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::terminal::Gate;

/// Sends a text to the clipboard. Whether the terminal took it, it does not say.
pub(super) fn copy(text: &str) -> io::Result<()> {
    execute!(Gate, CopyToClipboard::to_clipboard_from(text))
}
