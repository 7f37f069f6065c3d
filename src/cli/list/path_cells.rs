//! The table cells of columns that the user named by a JSON path.

use crate::submission::find::each_at;
use crate::submission::row::Row;
use crate::submission::{Document, Field, Node, masking, write};
use crate::text::{Mask, Safe};

/// The columns of a table that are JSON paths, and what is known of them from the rows so far.
#[derive(Default)]
pub(super) struct PathCells {
    /// Each JSON path, and whether any row so far had a field at this path.
    paths: Vec<(String, bool)>,
    /// Whether the mask level hid a value in any of the cells so far.
    pub(super) hidden: bool,
}

impl PathCells {
    pub(super) fn of(paths: impl Iterator<Item = String>) -> Self {
        Self { paths: paths.map(|path| (path, false)).collect(), hidden: false }
    }

    /// Returns one cell of a submission for each JSON path, together with the path. `raw` is the record as sent, and
    /// `row` is the list row made from it. A cell without a value is `·` if the value was not fetched, and `–` if it is
    /// empty.
    pub(super) fn of_record(&mut self, raw: &bytes::Bytes, row: &Row, mask: Mask) -> Vec<(String, Safe)> {
        if self.paths.is_empty() {
            return Vec::new();
        }
        let document = Document::parse(raw, false);
        let mut cells = Vec::new();
        for (path, is_carried) in &mut self.paths {
            let fields = each_at(&document, path);
            *is_carried |= !fields.is_empty();
            self.hidden |= fields.iter().any(|field| masking::hides_any(field, mask));
            let values: Vec<Safe> = fields.iter().flat_map(Field::elements).map(|field| value(&field, mask)).collect();
            let text = Safe::join(&values, ", ");
            let nothing = if fields.is_empty() && !row.carries_all() { "·" } else { "–" };
            cells.push((path.clone(), if text.is_empty() { Safe::from_static(nothing) } else { text }));
        }
        cells
    }

    /// Returns the JSON paths at which no row so far had a field.
    pub(super) fn columns_without_field(&self) -> Vec<&str> {
        self.paths.iter().filter(|(_, is_carried)| !is_carried).map(|(path, _)| path.as_str()).collect()
    }
}

fn value(field: &Field<'_>, mask: Mask) -> Safe {
    match field.node() {
        Node::Object(_) | Node::List(_) | Node::Raw(_) => Safe::sanitize(&write::compact(field, mask)),
        _ => masking::masked(field, mask).unwrap_or_default(),
    }
}
