//! The graphics protocol of kitty, which Ghostty, Konsole and WezTerm know too.
//!
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::layout::Size;
use zeroize::Zeroizing;

use super::writer::PictureNumber;

/// Maximum number of base64 characters of a picture that one escape sequence sends.
const CHUNK: usize = 4096;

/// Returns the escape sequences that send the PNG picture `png` and show it in `cells` cells at the cursor. The
/// terminal keeps the picture under `number`. The cursor does not move (`C=1`), and the terminal does not answer
/// (`q=2`).
pub(super) fn transmit(png: &[u8], number: PictureNumber, cells: Size) -> Zeroizing<Vec<u8>> {
    let payload = Zeroizing::new(STANDARD.encode(png));
    let id = number.id();
    let Size { width, height } = cells;
    let mut bytes = Zeroizing::new(Vec::with_capacity(payload.len() + payload.len() / 64 + 256));
    let mut chunks = payload.as_bytes().chunks(CHUNK).peekable();
    let mut is_first = true;
    while let Some(chunk) = chunks.next() {
        let more = u8::from(chunks.peek().is_some());
        let keys = if is_first {
            format!("a=T,f=100,i={id},p=1,c={width},r={height},C=1,q=2,m={more}")
        } else {
            format!("q=2,m={more}")
        };
        is_first = false;
        for part in [&b"\x1b_G"[..], keys.as_bytes(), b";", chunk, b"\x1b\\"] {
            bytes.extend_from_slice(part);
        }
    }
    bytes
}

/// Returns the escape sequence that deletes the picture with the number `number` and frees its memory in the terminal.
pub(super) fn delete(number: PictureNumber) -> String {
    format!("\x1b_Ga=d,d=I,i={},q=2\x1b\\", number.id())
}
