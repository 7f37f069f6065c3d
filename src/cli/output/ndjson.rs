//! One submission a line.

use std::io::{self, Write};

use crate::api::Item;
use crate::submission::{Document, write};
use crate::text::Mask;

/// Writes an item: without a mask as sent, but for white space outside of strings.
pub(super) fn write(item: &Item, mask: Mask, out: &mut impl Write) -> io::Result<()> {
    match mask {
        Mask::None => squeezed(item.raw(), out)?,
        mask => {
            let document = Document::read(item.raw(), false);
            out.write_all(write::compact(&document.root(), mask).as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Valid JSON without the white space between its tokens; everything else stays, byte for byte.
fn squeezed(json: &[u8], out: &mut impl Write) -> io::Result<()> {
    let (mut quoted, mut escaped) = (false, false);
    let space = |byte: &u8| {
        if quoted {
            quoted = *byte != b'"' || escaped;
            escaped = *byte == b'\\' && !escaped;
            return false;
        }
        quoted = *byte == b'"';
        matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
    };
    json.split(space).try_for_each(|piece| out.write_all(piece))
}
