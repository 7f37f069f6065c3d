//! Text that is no JSON: shown as it came, made harmless, and with what looks like a number of a document hidden.

use super::super::TabContext;
use crate::submission::{Field, shown};
use crate::text::{Class, Safe, Untrusted};

/// Characters that are shown; a screen of text has some thousand, and the rest is a matter for an export.
const MOST: usize = 20_000;

/// The lines of a raw text at the mask level of the context, wrapped.
///
/// In a text that nobody can take apart no path tells the class of a value. Where personal data is hidden, nothing of it
/// is shown; where identity numbers are, whatever looks like one is hidden.
pub(super) fn lines(context: &TabContext<'_>, field: &Field<'_>, text: &Untrusted, columns: usize) -> Vec<Safe> {
    let options = context.options;
    let mask = options.mask_of(field);
    if Class::Personal.hidden_at(mask) {
        return context.shown(field).wrap(columns.max(1));
    }
    let (seen, more) = beginning(text.expose());
    let lines = Safe::lines(&shown::raw(seen, mask)).into_iter().chain(more);
    lines.flat_map(|line| line.wrap(columns.max(1))).collect()
}

/// As much of a long text as is shown, and how much more there is.
pub(super) fn beginning(text: &str) -> (&str, Option<Safe>) {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let more = || Safe::of(&format!("… and {} characters more, not shown here", rest.chars().count()));
    (shown, (!rest.is_empty()).then(more))
}
