//! Determines the privacy classes of the cells of a list row from the values that the cells contain.

use bytes::Bytes;

use super::privacy::{can_be_repeated, is_measured};
use super::{Document, PrivacyPath};
use crate::submission::fields;
use crate::submission::node::Node;
use crate::submission::path::Step;
use crate::submission::row::{Classes, Column, ColumnKind, Row};
use crate::text::Class;

/// Returns the privacy class (how much a mask hides) of each cell in the list row of the submission `document`. The
/// classes are in the order of [`Column::ALL`].
pub fn classes(document: &Document) -> Classes {
    Column::ALL.map(|column| document.cell_class(column).max(column.class()))
}

/// Returns the privacy class (how much a mask hides) of each cell in the list row of one submission. The row is made
/// from the JSON texts of the list record `list` and the full record `single`. A value that is private in one of the
/// records is private in the whole row.
pub fn classes_together(list: &Bytes, single: &Bytes) -> Classes {
    let (mut list, mut single) = (Document::parse(list, false), Document::parse(single, true));
    list.share_masked(&mut single);
    classes_of_both(&list, &single)
}

/// Returns the privacy class (how much a mask hides) of each cell in the list row of one submission. The row is made
/// from the list record `list` and the full record `single`. The two records must already share their private values,
/// see [`Document::share_masked`].
pub fn classes_of_both(list: &Document, single: &Document) -> Classes {
    Column::ALL.map(|column| list.cell_class(column).max(single.cell_class(column)).max(column.class()))
}

/// Returns the privacy class (how much a mask hides) of each cell of a row that is unjudged: the records of its
/// submission were not yet searched for private values.
///
/// Until then, a cell with a text is hidden as a whole ([`Class::Unread`]), because the text may repeat a private
/// value. A text that cannot repeat one, for example because it is too short, keeps the class that `row` gives it.
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

/// State of the search through a record for the values that one cell of its list row contains. The result is the
/// privacy class of the cell.
struct CellClasses<'d> {
    place: PrivacyPath<'d>,
    /// Whether the cell shows only the number of elements of a list, and not the elements.
    is_counted: bool,
    class: Class,
    /// Number of parts (values) in the cell so far. Each member of an object counts as at least two, because the cell
    /// shows the JSON text of an object.
    parts: usize,
}

impl CellClasses<'_> {
    /// Adds all values at `path` to the values that the cell contains.
    ///
    /// `path` is the rest of the column's path, beginning with a key of the object `node`. `level` is the number of
    /// keys that the column's path has before this rest. If a key is repeated, the values of all its members are added.
    ///
    /// If `path` continues below a list inside an object such as `kyc`, it is followed in each element of the list (see
    /// [`Self::records`]). All values in any other list are added.
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

    /// Adds the values at `path` in each element of the list `node` to the values that the cell contains. `level` is
    /// the number of keys above an element. An element that is no object is added as a whole.
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
