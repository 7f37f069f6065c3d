//! How private the cells of a list row are: as what they are made of.

use bytes::Bytes;

use super::privacy::{can_be_repeated, is_measured};
use super::{Document, PrivacyPath};
use crate::submission::fields;
use crate::submission::node::Node;
use crate::submission::path::Step;
use crate::submission::row::{Classes, Column, ColumnKind, Row};
use crate::text::Class;

/// How private each cell is of the row that is made of an answer.
pub fn classes(document: &Document) -> Classes {
    Column::ALL.map(|column| document.cell_class(column).max(column.class()))
}

/// The same for a row that is made of a list answer and a single one: what one of them makes private is private in the
/// row, whichever of them a cell came from.
pub fn classes_together(list: &Bytes, single: &Bytes) -> Classes {
    let (mut list, mut single) = (Document::open(list, false), Document::open(single, true));
    list.share_masked(&mut single);
    classes_of_both(&list, &single)
}

/// The same of answers that are open and share what they mask.
pub fn classes_of_both(list: &Document, single: &Document) -> Classes {
    Column::ALL.map(|column| list.cell_class(column).max(single.cell_class(column)).max(column.class()))
}

/// The same before the answers were read together: what one of them may make private is hidden as a whole.
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
    /// How private the cell of a column is.
    fn cell_class(&self, column: Column) -> Class {
        // Of a list that is counted the row holds the number alone.
        let is_counted = column.kind() == ColumnKind::Count;
        let mut cell = CellClasses { place: PrivacyPath::root(self), is_counted, class: Class::Open, parts: 0 };
        for path in column.paths() {
            // Of a key that is there too often the row may show a value that was not opened.
            if self.is_contested(path) {
                return Class::Unread;
            }
            let mut keys = path.split('.');
            let first = keys.next().unwrap_or_default();
            cell.members(&self.root, first, keys.next());
        }
        // The end of several values together may be the whole of one.
        if cell.class == Class::Identity && cell.parts > 1 { Class::Unread } else { cell.class }
    }
}

/// A cell while its parts are found.
struct CellClasses<'d> {
    place: PrivacyPath<'d>,
    is_counted: bool,
    class: Class,
    parts: usize,
}

impl CellClasses<'_> {
    /// Every member of an object with this key, repeated ones included, or the values below it.
    fn members(&mut self, node: &Node, key: &str, below: Option<&str>) {
        for member in node.all(key) {
            let back = self.place.enter(&Step::Key(key.into()));
            match below {
                Some(below) if matches!(member, Node::Object(_)) => self.members(member, below, None),
                // The row shows a value that was sent in place of an object.
                Some(_) => self.all(member),
                None if self.is_counted && matches!(member, Node::List(_) | Node::Object(_)) => {}
                None => self.all(member),
            }
            self.place.leave(back);
        }
    }

    /// A value with all that it holds.
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
