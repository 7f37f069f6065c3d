//! Text that is no JSON: shown as it came, made harmless, and with what looks like a number of a document hidden.

use super::super::Sheet;
use crate::submission::Field;
use crate::text::{Class, Mask, Safe, Untrusted};

/// Characters that are shown; a screen of text has some thousand, and the rest is a matter for an export.
const MOST: usize = 20_000;

/// Digits in one run of letters, digits and hyphens from which it is taken for a number of a person or document.
const TELLING: usize = 6;

/// The lines of a raw text at the mask level of the sheet, wrapped.
///
/// In a text that nobody can take apart no path tells the class of a value. Where personal data is hidden, nothing of it
/// is shown; where identity numbers are, whatever looks like one is hidden.
pub(super) fn lines(sheet: &Sheet<'_>, field: &Field<'_>, text: &Untrusted, columns: usize) -> Vec<Safe> {
    let look = sheet.look;
    let mask = if look.revealed.as_deref() == Some(field.path()) { Mask::None } else { look.mask };
    if Class::Personal.hidden_at(mask) {
        return sheet.shown(field).wrap(columns.max(1));
    }
    let (shown, more) = beginning(text.expose());
    let shown = if Class::Identity.hidden_at(mask) { without_numbers(shown) } else { shown.to_owned() };
    let lines = Safe::lines(&shown).into_iter().chain(more);
    lines.flat_map(|line| line.wrap(columns.max(1))).collect()
}

/// As much of a long text as is shown, and how much more there is.
pub(super) fn beginning(text: &str) -> (&str, Option<Safe>) {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let (shown, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let more = || Safe::of(&format!("… and {} characters more, not shown here", rest.chars().count()));
    (shown, (!rest.is_empty()).then(more))
}

fn without_numbers(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (before, behind) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = behind.find(|c| !is_part(c)).unwrap_or(behind.len());
        let (run, left) = behind.split_at_checked(end).unwrap_or((behind, ""));
        out.push_str(before);
        if run.chars().filter(|c| c.is_numeric()).count() >= TELLING {
            out.extend(run.chars().map(|_| '•'));
        } else {
            out.push_str(run);
        }
        rest = left;
    }
    out.push_str(rest);
    out
}
