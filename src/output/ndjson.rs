//! Writes submissions as NDJSON: one submission per line.

use std::io::{self, Write};

use super::remarks::Remarks;
use crate::api::Item;
use crate::submission::{Document, masking, write};
use crate::text::Mask;

/// Writes an item (a submission, or an entry of the service's list that is no valid submission) to `out` as one JSON
/// value. Without a mask, the item is written as sent, except for white space outside of strings. With a mask, the
/// values that the mask hides are replaced, and `remarks` records that a value was hidden.
pub(super) fn write(item: &Item, mask: Mask, remarks: &mut Remarks, out: &mut impl Write) -> io::Result<()> {
    if mask == Mask::None {
        return write::squeezed(item.raw(), out);
    }
    let document = Document::parse(item.raw(), false);
    remarks.count_unread(&document);
    remarks.hidden = remarks.hidden || masking::hides_any(&document.root(), mask);
    write::write_compact(&document.root(), mask, out)
}
