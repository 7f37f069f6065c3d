//! A table as RFC 4180 has it: a line a submission, a column a path.
//!
//! Spreadsheet programs run a text that begins like a formula, and what stands in a submission was typed by an applicant:
//! such a text gets an apostrophe before it, which those programs hide.

use std::io::{self, Write};

use super::Remarks;
use crate::api::Item;
use crate::submission::find::Fields;
use crate::submission::row::{Column, Row};
use crate::submission::{Document, Field, Node, read, shown, write};
use crate::text::Mask;

/// What a text may begin with that a spreadsheet program takes for a formula.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The paths whose text is judged as a whole: of a repeated field every value is written, and one that is no text keeps its
/// punctuation, so that nothing malformed reads as an approval.
const JUDGED: [(&str, Column); 4] = [
    ("kyc.result", Column::Status),
    ("kyc.commentCode", Column::RejectCode),
    ("aml.currentstatus", Column::Aml),
    ("aml.risk_level_summary", Column::AmlLevel),
];

/// The columns, and what is known of them so far.
pub(super) struct Table {
    columns: Vec<Path>,
    /// The header is written.
    pub(super) headed: bool,
    rows: bool,
}

struct Path {
    path: String,
    judged: Option<Column>,
    /// A submission had something there, or nothing but the place for it.
    carried: bool,
}

impl Table {
    pub(super) fn of(paths: Vec<String>) -> Self {
        let judged = |path: &str| JUDGED.iter().find(|(judged, _)| *judged == path).map(|(_, column)| *column);
        let columns = paths.into_iter().map(|path| Path { judged: judged(&path), path, carried: false });
        Self { columns: columns.collect(), headed: false, rows: false }
    }

    pub(super) fn header(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.headed {
            return Ok(());
        }
        self.headed = true;
        let cells: Vec<String> = self.columns.iter().map(|column| column.path.clone()).collect();
        line(&cells, out)
    }

    pub(super) fn write(
        &mut self,
        item: &Item,
        mask: Mask,
        remarks: &mut Remarks,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.header(out)?;
        self.rows = true;
        let document = Document::open(item.raw(), false);
        remarks.note(&document);
        let mut fields = Fields::of(&document);
        let unlisted;
        let row: &Row = match item {
            Item::Readable { row, .. } => row,
            Item::Unreadable { raw, .. } => {
                unlisted = read::row(raw, false);
                &unlisted
            }
        };
        let mut cells = Vec::with_capacity(self.columns.len());
        for column in &mut self.columns {
            let field = fields.at(&column.path);
            let judged = column.judged.and_then(|column| judged(row, column, &document));
            remarks.hidden = remarks.hidden || field.as_ref().is_some_and(|field| shown::hides(field, mask));
            column.carried |= field.is_some() || judged.is_some();
            cells.push(match (field, judged) {
                (Some(field), Some(judged)) if !shown::is_hidden(&field, mask) => guarded(judged),
                (Some(field), _) => cell(&field, mask),
                (None, judged) => guarded(judged.unwrap_or_default()),
            });
        }
        line(&cells, out)
    }

    pub(super) fn uncarried(&self) -> Vec<&str> {
        let empty = self.columns.iter().filter(|column| self.rows && !column.carried);
        empty.map(|column| column.path.as_str()).collect()
    }
}

/// What a row says of a column that is judged as a whole. Of a text that is longer than a row keeps, the field says it to its
/// end, unless something else was sent for it too.
fn judged(row: &Row, column: Column, document: &Document) -> Option<String> {
    let text = row.cell(column).text()?;
    match (row.is_cut(column), document.repeated().is_some()) {
        (false, _) => Some(text.to_owned()),
        (true, false) => None,
        (true, true) => Some(format!("{text}…")),
    }
}

/// A value as the text of a cell: a list of scalars with commas between them, what holds more as JSON.
fn cell(field: &Field<'_>, mask: Mask) -> String {
    match field.node() {
        Node::Number(_) if !shown::is_hidden(field, mask) => scalar(field, mask),
        Node::Object(_) => write::compact(field, mask),
        Node::List(elements) => {
            let deep = |node: &Node| matches!(node, Node::Object(_) | Node::List(_) | Node::Raw(_));
            if elements.iter().any(deep) {
                return write::compact(field, mask);
            }
            let elements: Vec<String> = field.each().iter().map(|element| scalar(element, mask)).collect();
            guarded(elements.join(", "))
        }
        _ => guarded(scalar(field, mask)),
    }
}

/// The characters as sent, or what the mask leaves of them.
fn scalar(field: &Field<'_>, mask: Mask) -> String {
    if shown::is_hidden(field, mask) {
        return shown::shown(field, mask).map(String::from).unwrap_or_default();
    }
    field.node().expose().unwrap_or_default().to_owned()
}

fn guarded(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// A record with its line end. A record of one empty cell is quoted, since an empty line is none.
fn line(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    let alone = cells.len() == 1;
    for (at, cell) in cells.iter().enumerate() {
        let quoted = cell.contains([',', '"', '\r', '\n']) || cell.trim() != cell || (alone && cell.is_empty());
        let comma = if at > 0 { "," } else { "" };
        if quoted {
            write!(out, "{comma}\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{comma}{cell}")?;
        }
    }
    out.write_all(b"\r\n")
}
