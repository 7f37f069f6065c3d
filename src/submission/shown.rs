//! What may be seen of a value at a mask level: one rule for the screen, for copies and for searches.

use super::document::Field;
use super::node::Node;
use super::path::{self, Step};
use crate::text::{Class, Mask, Safe};

/// Digits in one run of letters, digits and hyphens from which it is taken for a number of a person or document.
const TELLING: usize = 6;

/// What may be seen of a scalar or of raw text, on one line and cut where it is very long; `None` for null, an object or a
/// list.
#[must_use]
pub fn shown(field: &Field<'_>, mask: Mask) -> Option<Safe> {
    match field.node() {
        // What was not taken apart was not judged.
        Node::Raw(_) if mask != Mask::None => Some(Safe::word("•••")),
        node if !Class::Personal.hidden_at(mask) && is_nameless(field) => {
            node.expose().map(|text| Safe::of(&raw(text, mask)))
        }
        _ => field.value().map(|value| value.shown(mask)),
    }
}

/// Whether no key leads to a value: it stands in what is no submission, and nothing tells its class, as in raw text.
fn is_nameless(field: &Field<'_>) -> bool {
    let path = field.path();
    (path.is_empty() || path.starts_with('[')) && path::steps(path).all(|step| matches!(step, Step::At(_)))
}

/// The same to its end, for copying.
#[must_use]
pub fn whole(field: &Field<'_>, mask: Mask) -> Option<Safe> {
    match (is_hidden(field, mask), field.node()) {
        (true, _) => shown(field, mask),
        (false, node) => node.expose().map(Safe::whole),
    }
}

/// Whether the mask hides anything of a value, or may.
#[must_use]
pub fn is_hidden(field: &Field<'_>, mask: Mask) -> bool {
    match field.node() {
        Node::Raw(_) => mask != Mask::None,
        node if is_nameless(field) && !Class::Personal.hidden_at(mask) => {
            node.expose().is_some_and(|text| raw(text, mask) != text)
        }
        _ => field.class().hidden_at(mask),
    }
}

/// Whether the mask hides anything in a field, however deep.
#[must_use]
pub fn hides(field: &Field<'_>, mask: Mask) -> bool {
    let mut any = false;
    field.walk(&mut |part| {
        let text = part.node().expose().unwrap_or_default();
        any = any || (is_hidden(part, mask) && shown(part, mask).is_some_and(|shown| shown.as_str() != text));
    });
    any
}

/// Raw text where personal data may be seen.
///
/// In a text that nobody can take apart no path tells the class of a value: where identity numbers are hidden, so is
/// whatever looks like one.
#[must_use]
pub fn raw(text: &str, mask: Mask) -> String {
    if !Class::Identity.hidden_at(mask) {
        return text.to_owned();
    }
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
