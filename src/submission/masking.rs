//! Computes the visible part of a value at a mask level: one rule for the screen, for printed output, for copies and
//! for searches.
//!
//! [`Field::class`] decides how private a value is; [`Value::masked`](crate::text::Value::masked) decides what a mask
//! level shows of it.

use super::document::{Field, PrivacyPath};
use super::node::Node;
use super::path::{self, Step};
use crate::text::{self, Class, Mask, Safe, Untrusted, Value};

/// Returns the part of a field's value that the mask level `mask` does not hide, on one line and cut if it is very
/// long. Returns `None` for null, an object or a list.
pub fn masked(field: &Field<'_>, mask: Mask) -> Option<Safe> {
    field.value().map(|value| value.masked(mask))
}

/// Returns the part of a field's value that the mask level `mask` does not hide, for copying. Unlike [`masked`], it
/// does not cut a long text that is fully visible.
pub fn masked_full(field: &Field<'_>, mask: Mask) -> Option<Safe> {
    if is_hidden(field, mask) { masked(field, mask) } else { field.node().expose().map(Safe::sanitize_full) }
}

/// Returns whether the mask level `mask` hides a part or all of the field's value. For null, an object or a list, which
/// have no text to hide, the result depends only on the privacy class of the field.
pub fn is_hidden(field: &Field<'_>, mask: Mask) -> bool {
    mask != Mask::None && text::is_hidden(field.node().expose().unwrap_or_default(), field.class(), mask)
}

/// Returns whether the mask level `mask` hides anything in a field at any depth: a value, or the key of a value.
pub fn hides_any(field: &Field<'_>, mask: Mask) -> bool {
    mask != Mask::None && hides_below(&mut PrivacyPath::of(field), field.node(), mask)
}

fn hides_below(place: &mut PrivacyPath<'_>, node: &Node, mask: Mask) -> bool {
    let mut part = |step: Step<'_>, node: &Node| {
        let back = place.enter(&step);
        let hides = place.key_class().hidden_at(mask) || hides_below(place, node, mask);
        place.leave(back);
        hides
    };
    match node {
        Node::Object(members) => members.iter().any(|(key, member)| part(Step::Key(key.expose().into()), member)),
        Node::List(elements) => elements.iter().enumerate().any(|(at, element)| part(Step::At(at), element)),
        // A value that is empty, or that the service hides, looks the same with a mask.
        node => node.expose().is_some_and(|sent| {
            let class = place.class(node);
            class.hidden_at(mask) && scalar(node, class, mask).is_some_and(|shown| shown.as_str() != sent)
        }),
    }
}

/// Returns the last key of a field's path as the mask level `mask` shows it. Returns an empty text for the submission
/// itself.
pub fn key(field: &Field<'_>, mask: Mask) -> Safe {
    let steps = field.classed_steps();
    let last =
        steps.iter().rev().find_map(|(step, class)| if let Step::Key(key) = step { Some((key, *class)) } else { None });
    last.map(|(key, class)| name(key, class, mask)).unwrap_or_default()
}

/// Returns the path of the field `field` as the mask level `mask` shows it: bullets replace the hidden parts of its
/// keys.
pub fn path(field: &Field<'_>, mask: Mask) -> String {
    if mask == Mask::None {
        return field.path().to_owned();
    }
    field.classed_steps().iter().fold(String::new(), |above, (step, class)| match step {
        Step::Key(key) if class.hidden_at(mask) => path::member(&above, name(key, *class, mask).as_str()),
        Step::Key(key) => path::member(&above, key),
        Step::At(at) => format!("{above}[{at}]"),
    })
}

/// Returns the name of a field on the screen: the documented label, or else its key as the mask level `mask` shows it.
/// An undocumented list element gets the key of the list with its position, such as `files[0]`.
pub fn label(field: &Field<'_>, mask: Mask) -> Safe {
    if let Some(known) = field.documentation() {
        return Safe::from_static(known.label);
    }
    let own = key(field, mask);
    let positions = path::steps(field.path()).fold(String::new(), |positions, step| match step {
        Step::Key(_) => String::new(),
        Step::At(at) => format!("{positions}[{at}]"),
    });
    Safe::concat(&[own, Safe::sanitize(&positions)])
}

/// Returns the part of the scalar `node` that the mask level `mask` does not hide. `class` is the privacy class of the
/// scalar. Returns `None` for null, an object or a list.
pub(super) fn scalar(node: &Node, class: Class, mask: Mask) -> Option<Safe> {
    node.text().map(|text| Value::new(text, class).masked(mask))
}

/// Returns the part of a text with the privacy class `class` that the mask level `mask` does not hide. It is meant for
/// a text that is shown besides the fields of a submission, such as the id in a title.
pub fn text(text: &str, class: Class, mask: Mask) -> Safe {
    Value::new(Untrusted::new(text), class).masked(mask)
}

fn name(key: &str, class: Class, mask: Mask) -> Safe {
    text(key, class, mask)
}
