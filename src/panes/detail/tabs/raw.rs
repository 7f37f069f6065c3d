//! Raw text: text that is not JSON, or that was not parsed. It is shown as sent, with harmful characters made harmless.
//! If the mask level hides any kind of identity data that the text may contain, the whole text is hidden.

use super::super::TabContext;
use crate::submission::{Field, masking};
use crate::text::{Safe, Untrusted};

/// Maximum number of characters of a raw text that are shown. This is more than a screen has room for; an export
/// contains the whole text.
const MAX_SHOWN_CHARS: usize = 20_000;

/// Returns the lines of the raw text `text`, the value of `field`, wrapped to `columns` columns.
///
/// It is unknown which parts of such a text are identity data. Therefore the whole text is hidden if the mask level
/// hides any kind of data that it may contain. One sentence then says how long the text is.
pub(super) fn lines(context: &TabContext<'_>, field: &Field<'_>, text: &Untrusted, columns: usize) -> Vec<Safe> {
    if masking::is_hidden(field, context.options.mask_of(field)) {
        let count = text.expose().chars().count();
        let words =
            Safe::sanitize(&format!(" {count} characters, hidden at this mask level: their content is not known."));
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
