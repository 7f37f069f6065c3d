//! CSV as in RFC 4180: one line per submission, one column per field path. If the path leads through a list and names
//! no position in it, the cell has the values of all elements.
//!
//! A spreadsheet program runs a text as a formula if it begins like one, and applicants choose the texts of a
//! submission. Therefore such a text gets an apostrophe before its first character. Some programs begin a new cell
//! after a semicolon, a tab or a line end. The text after these is treated in the same way.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::remarks::Remarks;
use crate::api::Item;
use crate::submission::assessment;
use crate::submission::find::{Fields, each_at};
use crate::submission::row::{Cell, Column, Row};
use crate::submission::{Document, Field, Node, masking, read, write};
use crate::text::Mask;

/// Characters that a spreadsheet program treats as the beginning of a formula, in their normal, full-width and small
/// forms.
const FORMULA_STARTS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];

/// Characters after which some programs begin a new cell or line.
const CELL_ENDS: [char; 9] = [';', '\t', '\r', '\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Maximum number of digits of a whole number that a spreadsheet program shows unchanged.
const MAX_UNCHANGED_DIGITS: usize = 11;

/// Byte order mark, which tells a spreadsheet program that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The columns of a CSV, and the state of the CSV while it is written.
pub(super) struct CsvTable {
    columns: Vec<CsvColumn>,
    /// Whether the header line of the CSV is written already.
    pub(super) has_header: bool,
    rows: bool,
    /// Whether the CSV is for a spreadsheet program, see [`LineFormat::ExcelCsv`](super::LineFormat::ExcelCsv).
    excel: bool,
}

struct CsvColumn {
    path: String,
    /// Column of the reviewer's list (the list of the interactive program) whose text is written in place of the
    /// field's value. This text is judged: it also shows whether the value is in doubt, for example because the service
    /// sent the field twice.
    ///
    /// `None` means that the value of the field itself is written. See
    /// [`is_read_whole`](crate::submission::row::ColumnKind::is_read_whole).
    judged: Option<Column>,
    /// Column of the reviewer's list whose value this program computes and writes here in seconds, since the service
    /// has no such field. `None` if `path` is the path of a field.
    computed: Option<Column>,
    /// Whether at least one written submission had a field at this path, even without a value.
    is_present: bool,
}

impl CsvTable {
    pub(super) fn of(paths: Vec<String>, excel: bool) -> Self {
        // A cell of the list that is made of several fields is not the value of one of them.
        let is_judged = |column: &Column, path: &str| column.kind().is_read_whole() && column.paths() == [path];
        let judged = |path: &str| Column::ALL.into_iter().find(|column| is_judged(column, path));
        let is_computed = |column: &Column, path: &str| column.is_computed() && column.csv_heading() == path;
        let computed = |path: &str| Column::ALL.into_iter().find(|column| is_computed(column, path));
        let path =
            |path: String| CsvColumn { judged: judged(&path), computed: computed(&path), path, is_present: false };
        let columns = paths.into_iter().map(path);
        Self { columns: columns.collect(), has_header: false, rows: false, excel }
    }

    pub(super) fn header(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.has_header {
            return Ok(());
        }
        self.has_header = true;
        if self.excel {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        let cells: Vec<String> = self.columns.iter().map(|column| without_formula(&column.path)).collect();
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
        let document = Document::parse(item.raw(), false);
        remarks.count_unread(&document);
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
            if let Some(computed) = column.computed {
                column.is_present |= row.cell(computed) != Cell::NotFetched;
                let is_hidden = row.class(computed).hidden_at(mask);
                let seconds =
                    row.number(computed).filter(|_| !is_hidden).map(|seconds| format!("{:.0}", seconds.trunc()));
                remarks.hidden |= is_hidden && row.number(computed).is_some();
                cells.push(seconds.unwrap_or_default());
                continue;
            }
            let field = fields.at_path(&column.path);
            let elements = if field.is_none() { each_at(&document, &column.path) } else { Vec::new() };
            let judged = column.judged.and_then(|column| judged_cell(row, column, &document, mask, field.is_some()));
            remarks.hidden = remarks.hidden
                || field.iter().chain(&elements).any(|field| masking::hides_any(field, mask))
                || column.judged.is_some_and(|column| row.is_hidden(column, mask));
            column.is_present |= field.is_some() || !elements.is_empty() || judged.is_some();
            let in_doubt = assessment::contradictory_values(&document, &column.path);
            let cell = match (field, judged, in_doubt) {
                (_, Some(judged), _) => without_formula(&judged),
                (_, None, Some(values)) => repeated_values(&values, mask),
                (Some(field), None, None) => cell(&field, mask),
                (None, None, None) => joined_cell(&elements, mask),
            };
            cells.push(if self.excel { as_text(cell) } else { cell });
        }
        line(&cells, out)
    }

    pub(super) fn columns_without_field(&self) -> Vec<&str> {
        let empty = self.columns.iter().filter(|column| self.rows && !column.is_present);
        empty.map(|column| column.path.as_str()).collect()
    }
}

/// Returns the masked text that the list of the interactive program shows in `column`, for a CSV cell. The text is
/// judged: it also shows that a value is in doubt, such as a value of a repeated field. `None` if the row has no value
/// in `column`.
///
/// The row keeps only the beginning of a long text. The result is then `None` as well, and the caller writes the cell
/// from the field of the record. In two cases, the result is the kept beginning with an ellipsis instead: the record
/// contains a key twice, or no field at the column's path exists (`has_field` is false).
fn judged_cell(row: &Row, column: Column, document: &Document, mask: Mask, has_field: bool) -> Option<String> {
    let value = row.value(column)?;
    match (row.is_cut(column), document.repeated().is_some() || !has_field) {
        _ if value.is_hidden(mask) => Some(value.masked(mask).into()),
        (false, _) => Some(value.text().expose().to_owned()),
        (true, false) => None,
        (true, true) => Some(format!("{}…", value.text().expose())),
    }
}

/// Returns the CSV cell for a field whose value is in doubt, for example because it was sent more than once. The cell
/// has all `values` of the field, separated by commas. The cell is never a single word such as `passed`, since a reader
/// would take that for a certain result.
fn repeated_values(values: &[Field<'_>], mask: Mask) -> String {
    let mut texts: Vec<String> = values.iter().map(|value| write::compact(value, mask)).collect();
    texts.extend((texts.len() < 2).then(String::new));
    json_without_formula(&texts.join(", "))
}

/// Returns the value of a field as the text of a CSV cell, without what the mask level `mask` hides. A list of scalars
/// is joined with commas; nested values are written as JSON.
fn cell(field: &Field<'_>, mask: Mask) -> String {
    match field.node() {
        Node::Number(_) => number(field, mask),
        Node::Object(_) => json_without_formula(&write::compact(field, mask)),
        Node::List(elements) => match field.elements().as_slice() {
            _ if elements.iter().any(is_nested) => json_without_formula(&write::compact(field, mask)),
            [one] if matches!(one.node(), Node::Number(_)) => number(one, mask),
            elements => {
                let elements: Vec<String> = elements.iter().map(|element| scalar(element, mask)).collect();
                without_formula(&elements.join(", "))
            }
        },
        _ => without_formula(&scalar(field, mask)),
    }
}

/// Returns the values of `fields`, the same field of several list elements, as the text of one CSV cell. Scalars and
/// lists of scalars are joined with commas. If one value is nested, all values are written as one JSON list.
fn joined_cell(fields: &[Field<'_>], mask: Mask) -> String {
    let scalars: Vec<Field<'_>> = fields.iter().flat_map(Field::elements).collect();
    match scalars.as_slice() {
        [only] if fields.len() == 1 => cell(only, mask),
        scalars if scalars.iter().any(|field| is_nested(field.node())) => {
            let values: Vec<String> = fields.iter().map(|field| write::compact(field, mask)).collect();
            json_without_formula(&format!("[{}]", values.join(",")))
        }
        scalars => without_formula(&scalars.iter().map(|field| scalar(field, mask)).collect::<Vec<_>>().join(", ")),
    }
}

const fn is_nested(node: &Node) -> bool {
    matches!(node, Node::Object(_) | Node::List(_) | Node::Raw(_))
}

/// Returns the number in `field` as the text of a CSV cell, or the masked text. Unlike a text, it gets no apostrophe: a
/// JSON number is never a formula, whatever its sign.
fn number(field: &Field<'_>, mask: Mask) -> String {
    if masking::is_hidden(field, mask) { without_formula(&scalar(field, mask)) } else { scalar(field, mask) }
}

/// Returns the text, number or boolean in `field` as text: the characters as sent, or the masked text if the mask hides
/// the value.
fn scalar(field: &Field<'_>, mask: Mask) -> String {
    if masking::is_hidden(field, mask) {
        return masking::masked(field, mask).map(String::from).unwrap_or_default();
    }
    field.node().expose().unwrap_or_default().to_owned()
}

/// Returns the text with an apostrophe before each character that a program may treat as the beginning of a formula.
/// Characters that some programs drop at the beginning of a cell get an apostrophe as well.
fn without_formula(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if text.starts_with(CELL_ENDS) && !text.starts_with(';') {
        out.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && FORMULA_STARTS.contains(&c) {
            out.push('\'');
        }
        // Some programs ignore blanks before a formula.
        begins = CELL_ENDS.contains(&c) || begins && matches!(c, ' ' | '\u{a0}' | '\u{3000}');
        out.push(c);
    }
    out
}

/// Returns the JSON text with an apostrophe in each of its strings that a program may treat as a formula. Numbers stay
/// unchanged.
fn json_without_formula(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, behind)) = rest.split_once('"') {
        let mut is_escaped = false;
        let end = behind.bytes().position(|byte| {
            let is_end = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            is_end
        });
        let (string, left) = behind.split_at_checked(end.unwrap_or(behind.len())).unwrap_or((behind, ""));
        out.push_str(before);
        out.push('"');
        // In JSON, a line end within a string is two characters, so the text after it cannot begin a cell.
        out.push_str(&without_formula(string));
        if let Some(left) = left.strip_prefix('"') {
            out.push('"');
            rest = left;
        } else {
            rest = left;
        }
    }
    out.push_str(rest);
    out
}

/// Returns the text `cell` of a CSV cell, with an apostrophe before it if a spreadsheet program would change the number
/// in it. Such programs round long numbers, drop leading zeros, and read digits around an `E` as a power of ten.
fn as_text(cell: String) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_long = digits(&cell) && (cell.len() > MAX_UNCHANGED_DIGITS || cell.len() > 1 && cell.starts_with('0'));
    let is_power = cell.split_once(['e', 'E']).is_some_and(|(number, power)| digits(number) && digits(power));
    if is_long || is_power { format!("'{cell}") } else { cell }
}

/// Writes the cells as one line of a CSV. If a cell begins or ends with a blank, all cells are quoted. All cells are
/// also quoted if a cell contains a character that some programs treat as the end of a cell.
fn line(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    let is_risky = cells.iter().any(|cell| cell.contains(CELL_ENDS) || cell.trim() != cell);
    let style = if is_risky { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let mut writer = WriterBuilder::new().quote_style(style).terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}
