//! Text that is no JSON, or was not opened: shown as it came, made harmless; hidden whole where anything is hidden.

use super::super::TabContext;
use crate::submission::{Field, masking};
use crate::text::{Safe, Untrusted};

/// Characters that are shown; a screen of text has some thousand, and the rest is a matter for an export.
const MOST: usize = 20_000;

/// The lines of a raw text at the mask level of the context, wrapped.
///
/// In a text that nobody took apart no path tells the class of a value: where anything is hidden, all of it is.
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

/// As much of a long text as is shown, and how much more there is.
pub(super) fn beginning(text: &str) -> (&str, Option<Safe>) {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let more = || Safe::sanitize(&format!("… and {} characters more, not shown here", rest.chars().count()));
    (shown, (!rest.is_empty()).then(more))
}
