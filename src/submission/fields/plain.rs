//! Finds documented fields by comparing a path with the whole table, for tests of the tree that finds them key by key.

use super::{FIELDS, FieldRole};
use crate::text::Class;

/// Returns whether `path` fits the documented path `open`: a `*` in `open` fits any key, every other key must be equal.
fn covers(open: &str, path: &str) -> bool {
    let (open, path): (Vec<_>, Vec<_>) = (open.split('.').collect(), path.split('.').collect());
    open.len() == path.len() && open.iter().zip(path).all(|(open, key)| *open == "*" || *open == key)
}

/// Returns the beginning of each documented path, with as many keys as `path` has.
fn beginnings(path: &str) -> impl Iterator<Item = String> {
    let levels = path.split('.').count();
    FIELDS.iter().map(move |(known, ..)| known.split('.').take(levels).collect::<Vec<_>>().join("."))
}

/// Returns whether a path leads to a documented field, or to an object that contains one.
pub(in crate::submission) fn is_place(path: &str) -> bool {
    beginnings(path).any(|known| covers(&known, path))
}

/// Returns whether a path leads to a documented field, or to an object that contains one, and the documentation gives
/// all its keys by name.
pub(in crate::submission) fn is_named(path: &str) -> bool {
    beginnings(path).any(|known| known == path)
}

/// Returns the path, the privacy class and the role of the documented field at a path.
pub(in crate::submission) fn known(path: &str) -> Option<(&'static str, Class, FieldRole)> {
    let exact = FIELDS.iter().find(|(known, ..)| *known == path);
    let (path, _, class, _) = exact.or_else(|| FIELDS.iter().find(|(known, ..)| covers(known, path)))?;
    Some((path, *class, FieldRole::of(path)))
}
