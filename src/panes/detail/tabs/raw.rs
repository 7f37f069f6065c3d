//! Raw text: text that is not JSON, or that was not parsed. The text is shown as sent, with harmful characters made
//! harmless. If the mask level hides any part of it, the whole text is hidden.

use super::super::TabContext;
use crate::submission::{Field, masking};
use crate::text::{Safe, Untrusted};

/// Maximum number of characters of a raw text that are shown. A screen has room for a few thousand; an export contains
/// the whole text.
const MAX_SHOWN_CHARS: usize = 20_000;

/// Returns the lines of the raw text `text` in the field `field`, wrapped to `columns` columns.
///
/// A text that was not parsed has no paths that tell the privacy class of its parts. Therefore the whole text is hidden
/// if the mask level hides any part of it; then one sentence says how long it is.
pub(super) fn lines(context: &TabContext<'_>, field: &Field<'_>, text: &Untrusted, columns: usize) -> Vec<Safe> {
    if masking::is_hidden(field, context.options.mask_of(field)) {
        let count = text.expose().chars().count();
        let words =
            Safe::sanitize(&format!(" {count} characters, hidden at this mask level: nothing tells what they are."));
        return Safe::concat(&[context.masked_value(field), words]).wrap(columns.max(1));
    }
    let (seen, more) = beginning(text.expose());
    let lines = Safe::lines(seen).into_iter().chain(more);
    lines.flat_map(|line| line.wrap(columns.max(1))).collect()
}

/// Returns the beginning of a long text (at most [`MAX_SHOWN_CHARS`] characters), and a sentence with the number of
/// characters that are not shown. The sentence is `None` if the whole text is returned.
pub(super) fn beginning(text: &str) -> (&str, Option<Safe>) {
    let end = text.char_indices().nth(MAX_SHOWN_CHARS).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let more = || Safe::sanitize(&format!("… and {} characters more, not shown here", rest.chars().count()));
    (shown, (!rest.is_empty()).then(more))
}
