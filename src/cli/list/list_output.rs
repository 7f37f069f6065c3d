//! The output of `list`. Each row is converted to text when it arrives, and the rows of a page are written together.

use std::io::{self, Write as _};

use super::args::ListArgs;
use super::columns;
use super::path_cells::PathCells;
use crate::api::Item;
use crate::cli::OutputFormat;
use crate::cli::csv_columns;
use crate::cli::source::zone;
use crate::cli::standard_output::{self, StdoutWriter};
use crate::config::{Environment, Preferences};
use crate::output::{COLUMNS, LineFormat, SubmissionWriter};
use crate::panes::list::{PrintedColumn, PrintedTable};
use crate::query::RequestType;
use crate::store::Sort;
use crate::submission::row::Column;
use crate::text::Mask;
use crate::time::Zone;
use crate::ui::Line;

/// Width of a printed table, in columns, if the width of the terminal is unknown.
const DEFAULT_WIDTH: usize = 80;

/// Writer that prints the rows of the command `list` to stdout, in the chosen output format.
pub(super) struct ListOutput {
    kind: ListOutputFormat,
    /// The columns that the user chose for a table; empty for the default columns and for other formats.
    chosen: Vec<Column>,
    mask: Mask,
    text: String,
    rows: usize,
    /// Whether the mask level (which values are hidden) hid any value in the table.
    masked: bool,
    /// Number of table rows that contain invisible characters.
    with_invisible: usize,
}

enum ListOutputFormat {
    Table { table: PrintedTable, zone: Zone, sort: Option<Sort>, paths: PathCells },
    Json(SubmissionWriter<StdoutWriter>, JsonArray),
    Csv(SubmissionWriter<StdoutWriter>),
}

/// Layout of the JSON values in the output: one array (`Yes`), or one value after the other (`No`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonArray {
    Yes,
    No,
}

impl ListOutput {
    /// Creates a writer for the output format `output`.
    ///
    /// # Errors
    /// A sentence for the user about a wrong use of `--columns` or `--excel`.
    pub(super) fn new(
        list: &ListArgs,
        output: OutputFormat,
        preferences: &Preferences,
        environment: &Environment,
    ) -> Result<Self, String> {
        let mask = preferences.mask.value;
        let chosen = list.columns.as_deref();
        let json = |array| match chosen {
            Some(_) => Err("--columns works with a table or a CSV; JSON has every field".to_owned()),
            None => Ok(ListOutputFormat::Json(
                SubmissionWriter::new(LineFormat::Ndjson, &[], mask, StdoutWriter::json()),
                array,
            )),
        };
        let mut of_table = Vec::new();
        let mut paths = PathCells::default();
        let kind = match output {
            _ if list.excel && output != OutputFormat::Csv => {
                return Err("--excel works with CSV: use --output csv".to_owned());
            }
            OutputFormat::Table | OutputFormat::Text => {
                let width = standard_output::output_width(environment).unwrap_or(DEFAULT_WIDTH);
                // The time zone is decided before the first row: printed rows cannot be changed later.
                let zone = zone(preferences).showing_any();
                let shows_aml = list.detail || list.with.with.contains(&RequestType::Aml);
                let table = match chosen {
                    Some(chosen) => {
                        let columns = columns::parse_columns(chosen)?;
                        paths = PathCells::of(columns.iter().filter_map(|column| match column {
                            PrintedColumn::Path(path) => Some(path.clone()),
                            PrintedColumn::Listed(column) => {
                                of_table.push(*column);
                                None
                            }
                        }));
                        PrintedTable::chosen(&columns, width, &zone)
                    }
                    None => PrintedTable::fitted(width, &zone, shows_aml),
                };
                ListOutputFormat::Table { table, zone, sort: list.sort, paths }
            }
            OutputFormat::Ndjson => json(JsonArray::No)?,
            OutputFormat::Json => json(JsonArray::Yes)?,
            OutputFormat::Csv => {
                let paths = chosen.map_or_else(|| Ok(COLUMNS.map(str::to_owned).to_vec()), csv_columns::columns)?;
                // A byte order mark is for files: a terminal would show it.
                let format =
                    LineFormat::Csv.excel(list.excel && !standard_output::is_terminal()).unwrap_or(LineFormat::Csv);
                ListOutputFormat::Csv(SubmissionWriter::new(format, &paths, mask, StdoutWriter::csv()))
            }
        };
        Ok(Self { kind, chosen: of_table, mask, text: String::new(), rows: 0, masked: false, with_invisible: 0 })
    }

    /// Returns the mask level if it hid any value of the output; `None` if no value was hidden.
    pub(super) fn masked(&self) -> Option<Mask> {
        let hidden = match &self.kind {
            ListOutputFormat::Table { paths, .. } => self.masked || paths.hidden,
            ListOutputFormat::Json(writer, _) | ListOutputFormat::Csv(writer) => writer.remarks().hidden,
        };
        hidden.then_some(self.mask)
    }

    /// Returns the columns that the user chose for a table; empty for the default columns and for other formats.
    pub(super) fn chosen(&self) -> &[Column] {
        &self.chosen
    }

    /// Returns the number of table rows that contain invisible characters. The table marks these characters.
    pub(super) const fn with_invisible(&self) -> usize {
        self.with_invisible
    }

    /// Returns the JSON paths among the chosen columns at which no printed submission has a field. For JSON the result
    /// is empty.
    pub(super) fn columns_without_field(&self) -> Vec<&str> {
        match &self.kind {
            ListOutputFormat::Csv(writer) => writer.columns_without_field(),
            ListOutputFormat::Table { paths, .. } if self.rows > 0 => paths.columns_without_field(),
            ListOutputFormat::Table { .. } | ListOutputFormat::Json(..) => Vec::new(),
        }
    }

    /// Adds an item (a submission or an unreadable list entry) to the output.
    pub(super) fn write_item(&mut self, item: &Item) -> io::Result<()> {
        let first = self.rows == 0;
        self.rows += 1;
        match &mut self.kind {
            ListOutputFormat::Table { table, zone, sort, paths } => {
                if first {
                    print(&mut self.text, &table.headings(zone, *sort));
                }
                let line = match item {
                    Item::Readable { row, raw, .. } => {
                        self.with_invisible += usize::from(row.has_invisible());
                        self.masked = self.masked || table.masks_any(row, self.mask);
                        let cells = paths.of_record(raw, row, self.mask);
                        let of_path = |path: &str| cells.iter().find(|(known, _)| known == path);
                        table.row(row, self.mask, zone, |path| {
                            of_path(path).map(|(_, cell)| cell.clone()).unwrap_or_default()
                        })
                    }
                    Item::Unreadable { reason, .. } => table.unreadable(&reason.words()),
                };
                print(&mut self.text, &line);
            }
            ListOutputFormat::Json(writer, JsonArray::No) => writer.write_item(item)?,
            ListOutputFormat::Json(writer, JsonArray::Yes) => {
                writer.inner_mut().write_all(if first { b"[" } else { b",\n" })?;
                writer.write_json(item)?;
            }
            ListOutputFormat::Csv(writer) => writer.write_item(item)?,
        }
        Ok(())
    }

    /// Writes to stdout the text of the rows that were added since the last call of this method.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match &mut self.kind {
            ListOutputFormat::Table { .. } => standard_output::write_bytes(std::mem::take(&mut self.text).as_bytes()),
            ListOutputFormat::Json(writer, _) | ListOutputFormat::Csv(writer) => writer.inner_mut().flush(),
        }
    }

    /// Writes the end of the output after the last row, such as the bracket of a JSON array.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match &mut self.kind {
            ListOutputFormat::Json(writer, JsonArray::Yes) => {
                writer.inner_mut().write_all(if self.rows == 0 { b"[]\n" } else { b"]\n" })?;
            }
            ListOutputFormat::Csv(writer) => writer.finish()?,
            _ => {}
        }
        self.flush()
    }

    /// Returns a sentence for the user about printed submissions that were too large to be read completely. Returns
    /// `None` if all were read completely, or if the output is a table.
    pub(super) fn unread(&self) -> Option<String> {
        match &self.kind {
            ListOutputFormat::Table { .. } => None,
            ListOutputFormat::Json(writer, _) | ListOutputFormat::Csv(writer) => {
                writer.remarks().unread("it is hidden completely")
            }
        }
    }
}

fn print(text: &mut String, line: &Line) {
    text.push_str(line.text().trim_end());
    text.push('\n');
}
