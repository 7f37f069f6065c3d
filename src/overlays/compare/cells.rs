//! The cells of the comparison: each shows the value that one submission has for one field, as the mask shows it.

use crate::submission::node::UnparsedKind;
use crate::submission::side_by_side::{AlignedCell, AlignedField};
use crate::submission::{Field, Node};
use crate::text::{Class, Mask, Safe, Value, counted};
use crate::ui::{Line, MarkedPart, MarkedText, Role, wrap};

/// Maximum number of lines for one value in the comparison. The JSON tab shows the rest of a longer value.
const MAX_LINES: usize = 8;

/// Returns the privacy class by which all values of the field in the compared submissions are masked. A privacy class
/// says at which mask levels a value is hidden. The result is the most private class of these values. Otherwise, a
/// value that is shown would reveal an equal value that is hidden.
pub(super) fn class_of(field: &AlignedField<'_>) -> Class {
    let values =
        field.cells.iter().filter_map(|cell| if let AlignedCell::Value(value) = cell { Some(value) } else { None });
    values.flat_map(|value| &value.parts).map(Field::class).max().unwrap_or_default()
}

/// Returns the lines that show `cell`, at most `columns` columns wide. A cell holds the value of one field in one
/// submission. It is masked as if its privacy class were at least `class`, which [`class_of`] returns.
pub(super) fn lines(cell: &AlignedCell<'_>, class: Class, mask: Mask, columns: usize) -> Vec<Line> {
    let word = |text: &'static str| wrap(&Safe::from_static(text), columns, Role::Dim);
    let mut lines = match cell {
        AlignedCell::NotFetched => word("·"),
        AlignedCell::Empty => word("–"),
        AlignedCell::Unread => word("? not read"),
        AlignedCell::Contested => word("? sent twice, with different values"),
        AlignedCell::Whole(field) => wrap(&whole(field, mask), columns, Role::Plain),
        AlignedCell::Value(value) if value.parts.iter().any(is_unread) => word("? too large, not read"),
        AlignedCell::Value(value) => {
            let raised =
                |part: &Field<'_>| part.value().map(|own| Value::new(own.text().clone(), own.class().max(class)));
            let parts: Vec<_> = value.parts.iter().filter_map(raised).map(MarkedPart::Value).collect();
            // Values that have little in common say nothing by single characters.
            let marked = value.marks.iter().filter(|mark| **mark).count();
            let marks = if marked * 2 > value.marks.len() { &[][..] } else { &value.marks };
            let mut lines = MarkedText::new(&parts, marks, mask).lines(columns.max(1), Role::Plain);
            if value.withheld {
                lines.extend(word("masked by the service, not compared"));
            }
            lines
        }
    };
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES - 1);
        lines.extend(word("… more in the JSON tab").into_iter().take(1));
    }
    lines
}

/// Returns the text for a field whose members are not compared one by one. For an object or a list, this is its size,
/// such as `present, with 3 fields`. For any other value, it is the value as the mask shows it.
fn whole(field: &Field<'_>, mask: Mask) -> Safe {
    match field.node() {
        Node::Object(members) => Safe::sanitize(&format!("present, with {}", counted(members.len(), "field"))),
        node @ Node::List(_) => Safe::sanitize(&format!("present, with {}", counted(node.count(), "item"))),
        _ => field.value().map(|value| value.masked(mask)).unwrap_or_default(),
    }
}

fn is_unread(field: &Field<'_>) -> bool {
    matches!(field.node(), Node::Raw(raw) if raw.rest() != UnparsedKind::Garbage)
}
