//! Determines the privacy classes of the cells of a list row from the values that the cells contain.

use bytes::Bytes;

use super::privacy::{can_be_repeated, is_measured};
use super::{Document, PrivacyPath};
use crate::submission::fields;
use crate::submission::node::Node;
use crate::submission::path::Step;
use crate::submission::row::{Classes, Column, ColumnKind, Row};
use crate::text::Class;

/// Returns the privacy class of each cell in the list row of the submission `document`, in the order of
/// [`Column::ALL`].
pub fn classes(document: &Document) -> Classes {
    Column::ALL.map(|column| document.cell_class(column).max(column.class()))
}

/// Returns the privacy class of each cell in a list row that is made of the list record `list` and the full record
/// `single` of one submission. A value that is private in one of the records is private in the row, whichever record
/// the cell was taken from.
pub fn classes_together(list: &Bytes, single: &Bytes) -> Classes {
    let (mut list, mut single) = (Document::parse(list, false), Document::parse(single, true));
    list.share_masked(&mut single);
    classes_of_both(&list, &single)
}

/// Returns the privacy class of each cell in the list row of one submission, made from its list record `list` and its
/// full record `single`. The two records must already share their private values, see [`Document::share_masked`].
pub fn classes_of_both(list: &Document, single: &Document) -> Classes {
    Column::ALL.map(|column| list.cell_class(column).max(single.cell_class(column)).max(column.class()))
}

/// Returns the privacy class of each cell of `row` as long as the list record and the full record of the submission
/// were not compared. A private field of the one record may hold the same text as a cell that is made from the other.
/// Therefore a cell is hidden as a whole, unless its text cannot repeat a private value, for example because it is too
/// short.
pub fn classes_unjudged(row: &Row) -> Classes {
    Column::ALL.map(|column| {
        let is_measure = || column.paths().iter().all(|path| fields::is_measure(path));
        match row.cell(column).text() {
            Some(text) if !can_be_repeated(text) || is_measure() && is_measured(text) => row.class(column),
            Some(_) => Class::Unread,
            None => row.class(column),
        }
    })
}

impl Document {
    /// Returns the privacy class of the cell that this submission has in the column `column` of the list.
    fn cell_class(&self, column: Column) -> Class {
        // For a list that is counted, the row holds only the number.
        let is_counted = column.kind() == ColumnKind::Count;
        let mut cell = CellClasses { place: PrivacyPath::root(self), is_counted, class: Class::Open, parts: 0 };
        for path in column.paths() {
            // If a key is repeated too often, the row may show a value that was not opened.
            if self.is_contested(path) {
                return Class::Unread;
            }
            cell.members(&self.root, path, 0);
        }
        // The visible end of several joined values may be the whole of one of them.
        if cell.class == Class::Identity && cell.parts > 1 { Class::Unread } else { cell.class }
    }
}

/// State of the search through a record for the values that one cell of its list row contains.
struct CellClasses<'d> {
    place: PrivacyPath<'d>,
    is_counted: bool,
    class: Class,
    parts: usize,
}

impl CellClasses<'_> {
    /// Adds all values at `path` to the values that the cell contains. `path` is the rest of the path of a column: it
    /// begins with a key of the object `node`, and `level` is the number of keys before it. A repeated key leads to
    /// several values. If the path leads to a list inside an object such as `kyc` (`level` is above 0), the rest of the
    /// path is followed in each element. If it leads to any other list, all values in the list are added.
    fn members(&mut self, node: &Node, path: &str, level: usize) {
        let (key, below) = path.split_once('.').map_or((path, None), |(key, below)| (key, Some(below)));
        for member in node.all(key) {
            let back = self.place.enter(&Step::Key(key.into()));
            match below {
                Some(below) if matches!(member, Node::Object(_)) => self.members(member, below, level + 1),
                Some(below) if level > 0 && matches!(member, Node::List(_)) => self.records(member, below, level + 1),
                // The row shows a value that was sent in place of an object.
                Some(_) => self.all(member),
                None if self.is_counted && matches!(member, Node::List(_) | Node::Object(_)) => {}
                None => self.all(member),
            }
            self.place.leave(back);
        }
    }

    /// Searches each element of the list `node` for the values of one cell of the row. `path` is the rest of the path
    /// below an element, and `level` is the number of keys above it. All values in an element that is no object belong
    /// to the cell.
    fn records(&mut self, node: &Node, path: &str, level: usize) {
        let Node::List(elements) = node else { return };
        for (at, element) in elements.iter().enumerate() {
            let back = self.place.enter(&Step::At(at));
            match element {
                Node::Object(_) => self.members(element, path, level),
                // The row shows a value that was sent in place of a record.
                _ => self.all(element),
            }
            self.place.leave(back);
        }
    }

    /// Adds a value, and all values inside it, to the values that the cell contains. The privacy class of the cell
    /// becomes the highest class of its values.
    fn all(&mut self, node: &Node) {
        match node {
            Node::Object(members) => {
                for (key, member) in members {
                    if member.is_rest() {
                        self.class = Class::Unread;
                        continue;
                    }
                    let back = self.place.enter(&Step::Key(key.expose().into()));
                    self.class = self.class.max(self.place.key_class());
                    // The row shows its text, brackets and all.
                    self.parts += 2;
                    self.all(member);
                    self.place.leave(back);
                }
            }
            Node::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    let back = self.place.enter(&Step::At(at));
                    self.all(element);
                    self.place.leave(back);
                }
            }
            Node::Null => {}
            scalar => {
                self.class = self.class.max(self.place.class(scalar));
                self.parts += 1;
            }
        }
    }
}
