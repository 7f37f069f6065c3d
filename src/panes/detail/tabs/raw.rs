//! Text that is no JSON, or was not opened: shown as it came, made harmless; hidden whole where anything is hidden.

use super::super::Sheet;
use crate::submission::Field;
use crate::text::{Mask, Safe, Untrusted};

/// Characters that are shown; a screen of text has some thousand, and the rest is a matter for an export.
const MOST: usize = 20_000;

/// The lines of a raw text at the mask level of the sheet, wrapped.
///
/// In a text that was not taken apart no path tells the class of a value: where anything is hidden, nothing of it is shown.
pub(super) fn lines(sheet: &Sheet<'_>, field: &Field<'_>, text: &Untrusted, columns: usize) -> Vec<Safe> {
    let look = sheet.look;
    let mask = if look.revealed.as_deref() == Some(field.path()) { Mask::None } else { look.mask };
    if mask != Mask::None {
        return sheet.shown(field).wrap(columns.max(1));
    }
    let (seen, more) = beginning(text.expose());
    let lines = Safe::lines(seen).into_iter().chain(more);
    lines.flat_map(|line| line.wrap(columns.max(1))).collect()
}

/// As much of a long text as is shown, and how much more there is.
pub(super) fn beginning(text: &str) -> (&str, Option<Safe>) {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let more = || Safe::of(&format!("… and {} characters more, not shown here", rest.chars().count()));
    (shown, (!rest.is_empty()).then(more))
}
