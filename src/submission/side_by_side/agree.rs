//! Compares the values that several submissions have for one field.

use super::{AlignedCell, Alignment};
use crate::submission::answers::{is_new_each_time, kind};
use crate::submission::fields::{self, DocumentedField, FieldRole};
use crate::submission::provenance::{Agreement, SourceValue, ValueKind, compare_values, item_kind};
use crate::submission::{Node, path};

/// Compares the values of the field at `path` in `cells`, one cell for each submission. Characters that differ are
/// marked in the cells. Returns the result, or `None` if the field is empty or not fetched in every submission.
pub(super) fn align(path: &str, cells: &mut [AlignedCell<'_>]) -> Option<Alignment> {
    let count = |is: fn(&AlignedCell<'_>) -> bool| cells.iter().filter(|cell| is(cell)).count();
    let not_fetched = count(|cell| matches!(cell, AlignedCell::NotFetched));
    let unread = count(|cell| matches!(cell, AlignedCell::Unread | AlignedCell::Contested));
    let empty = count(|cell| matches!(cell, AlignedCell::Empty));
    let valued = cells.len() - not_fetched - unread - empty;
    let known = valued + empty;
    if valued + unread == 0 {
        return None;
    }
    if known < 2 {
        return Some(if known + unread > 1 { Alignment::Unclear } else { Alignment::Alone });
    }
    let alignment = values(path, cells);
    Some(match alignment {
        _ if empty > 0 => Alignment::Differs,
        Alignment::Same if unread > 0 || not_fetched > 0 => Alignment::SameWhereKnown,
        alignment => alignment,
    })
}

/// Compares the values of the field at `path` in `cells` and returns the result. Characters that differ are marked in
/// the cells. Cells without a value are ignored.
fn values(path: &str, cells: &mut [AlignedCell<'_>]) -> Alignment {
    let pattern = path::pattern(path);
    let wholes: Vec<&Node> = cells
        .iter()
        .filter_map(|cell| if let AlignedCell::Whole(field) = cell { Some(field.node()) } else { None })
        .collect();
    if let Some((first, rest)) = wholes.split_first() {
        let is_mixed = cells.iter().any(|cell| matches!(cell, AlignedCell::Value(_)));
        return match () {
            () if is_mixed || rest.iter().any(|other| other != first) => Alignment::Differs,
            () if wholes.iter().any(|node| has_unread(node)) => Alignment::Unclear,
            () => Alignment::Same,
        };
    }
    let mut each: Vec<&mut SourceValue<'_>> = cells
        .iter_mut()
        .filter_map(|cell| if let AlignedCell::Value(value) = cell { Some(value) } else { None })
        .collect();
    let agreement = compare_values(&mut each, value_kind(&pattern));
    let has_other_parts = || {
        let texts = |value: &SourceValue<'_>| value.parts.iter().map(|part| part.text().map(str::to_owned)).collect();
        let all: Vec<Vec<Option<String>>> = each.iter().map(|value| texts(value)).collect();
        all.windows(2).any(|pair| matches!(pair, [one, other] if one != other))
    };
    let is_service_id = |known: DocumentedField| known.role == FieldRole::ServiceId;
    let is_id = fields::documented_field(&pattern).is_some_and(is_service_id) || pattern == "userid";
    let alignment = match agreement {
        // A list with other elements may have the same text.
        Agreement::Same if has_other_parts() => Alignment::Differs,
        Agreement::Same => Alignment::Same,
        // An id has one notation.
        Agreement::Equivalent(_) if is_id => Alignment::Differs,
        Agreement::Equivalent(normalizations) => Alignment::Equivalent(normalizations),
        Agreement::Differs => Alignment::Differs,
        Agreement::Single if each.len() < 2 => Alignment::Same,
        Agreement::Single | Agreement::Unclear => Alignment::Unclear,
    };
    let is_new = || match each.as_slice() {
        [one, rest @ ..] => rest.iter().all(|other| is_new_each_time(path, one.expose(), other.expose())),
        [] => false,
    };
    if matches!(alignment, Alignment::Same | Alignment::Alone) || !is_new() {
        return alignment;
    }
    for value in each {
        value.marks.clear();
    }
    Alignment::NewEachTime
}

/// Returns the kind of a field's values, such as a date. `pattern` is the path of the field without list positions,
/// such as `kyc.attempts.errorCode`.
fn value_kind(pattern: &str) -> ValueKind {
    let item = pattern.strip_prefix("OCR_raw.").and_then(|rest| rest.strip_suffix(".value"));
    match item.and_then(item_kind).or_else(|| kind(pattern)) {
        Some(kind) => kind,
        None if fields::documented_field(pattern).is_some() => ValueKind::Text,
        None => ValueKind::Open,
    }
}

/// Returns whether a part of `node`, at any depth, was not parsed ([`Node::Raw`]).
fn has_unread(node: &Node) -> bool {
    match node {
        Node::Raw(_) => true,
        Node::Object(members) => members.iter().any(|(_, member)| has_unread(member)),
        Node::List(elements) => elements.iter().any(has_unread),
        _ => false,
    }
}
