//! The protocol for inline images of iTerm2, which WezTerm, mintty and others know too.
//!
//! <https://iterm2.com/documentation-images.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::layout::Size;
use zeroize::Zeroizing;

/// Returns the escape sequence that shows the picture file `file` at the cursor, in an area of `cells` cells. The
/// picture fills this area, so the caller chooses an area with the proportions of the picture. The cursor does not
/// move, so that the screen never scrolls.
pub(super) fn inline(file: &[u8], cells: Size) -> Zeroizing<Vec<u8>> {
    let payload = Zeroizing::new(STANDARD.encode(file));
    let Size { width, height } = cells;
    let arguments = format!(
        "\x1b]1337;File=inline=1;size={};width={width};height={height};preserveAspectRatio=0;doNotMoveCursor=1:",
        file.len()
    );
    let mut bytes = Zeroizing::new(Vec::with_capacity(arguments.len() + payload.len() + 2));
    for part in [arguments.as_bytes(), payload.as_bytes(), b"\x1b\\"] {
        bytes.extend_from_slice(part);
    }
    bytes
}
