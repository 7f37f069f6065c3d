//! Where rows go: each is made text at once, and a page of them is written together.

use std::io;

use super::{List, Output, columns, paths};
use crate::api::Item;
use crate::cli::origin::zone;
use crate::cli::out;
use crate::cli::output::{COLUMNS, Format, Writer};
use crate::config::{Environment, Preferences};
use crate::panes::list::Table;
use crate::store::Sort;
use crate::submission::find::Fields;
use crate::submission::{Document, shown};
use crate::text::{Mask, Safe, json_visible};
use crate::time::Zone;
use crate::ui::Line;

/// Columns of a table where nobody knows how wide the terminal is.
const WIDTH: usize = 80;

/// Takes rows and writes them to stdout.
pub(super) struct Sink {
    kind: Kind,
    mask: Mask,
    /// Stdout is read by eyes.
    eyes: bool,
    text: String,
    rows: usize,
    /// Something was hidden.
    masked: bool,
    /// Rows of a table that hold characters which cannot be seen.
    hiding: usize,
}

enum Kind {
    Table { table: Table, zone: Zone, sort: Option<Sort> },
    Json(Writer<Vec<u8>>, Array),
    Csv(Writer<Vec<u8>>, Vec<String>),
}

/// Whether JSON values stand in one array.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Array {
    Yes,
    No,
}

impl Sink {
    /// A sink that has written nothing.
    ///
    /// # Errors
    /// A sentence about `--columns`.
    pub(super) fn new(
        list: &List,
        output: Output,
        preferences: &Preferences,
        environment: &Environment,
    ) -> Result<Self, String> {
        let mask = preferences.mask.value;
        let chosen = list.columns.as_deref();
        let json = |array| match chosen {
            Some(_) => Err("--columns is for a table or a CSV; JSON has every field".to_owned()),
            None => Ok(Kind::Json(Writer::new(Format::Ndjson, &[], mask, Vec::new()), array)),
        };
        let kind = match output {
            Output::Table | Output::Ndjson | Output::Json if list.excel => {
                return Err("--excel is for CSV: say --output csv".to_owned());
            }
            Output::Table => {
                let width = out::columns(environment).unwrap_or(WIDTH);
                // Rows are printed as they come: none can take back that the ones above stand without an offset.
                let zone = zone(preferences).showing_any();
                let table = match chosen {
                    Some(chosen) => Table::chosen(&columns::list(chosen)?, width, &zone),
                    None => Table::fitted(width, &zone),
                };
                Kind::Table { table, zone, sort: list.sort }
            }
            Output::Ndjson => json(Array::No)?,
            Output::Json => json(Array::Yes)?,
            Output::Csv => {
                let paths = chosen.map_or_else(|| Ok(COLUMNS.map(str::to_owned).to_vec()), paths)?;
                // A byte order mark is for files: a terminal would show it.
                let format = Format::Csv.excel(list.excel && !out::is_terminal()).unwrap_or(Format::Csv);
                Kind::Csv(Writer::new(format, &paths, mask, Vec::new()), paths)
            }
        };
        Ok(Self { kind, mask, eyes: out::is_terminal(), text: String::new(), rows: 0, masked: false, hiding: 0 })
    }

    /// The mask, if it hid anything.
    pub(super) fn masked(&self) -> Option<Mask> {
        self.masked.then_some(self.mask)
    }

    /// How many rows of a table are marked as holding characters that cannot be seen.
    pub(super) const fn hiding(&self) -> usize {
        self.hiding
    }

    /// The columns of a CSV that no item carried.
    pub(super) fn uncarried(&self) -> Vec<&str> {
        if let Kind::Csv(writer, _) = &self.kind { writer.uncarried() } else { Vec::new() }
    }

    /// Makes text of an item.
    pub(super) fn item(&mut self, item: &Item) -> io::Result<()> {
        self.masked = self.masked || self.hides(item);
        let first = self.rows == 0;
        self.rows += 1;
        match &mut self.kind {
            Kind::Table { table, zone, sort } => {
                if first {
                    print(&mut self.text, &table.headings(zone, *sort));
                }
                let line = match item {
                    Item::Readable { row, .. } if row.hides() => {
                        self.hiding += 1;
                        table.row(row, self.mask, zone)
                    }
                    Item::Readable { row, .. } => table.row(row, self.mask, zone),
                    Item::Unreadable { reason, .. } => table.unreadable(&reason.words()),
                };
                print(&mut self.text, &line);
            }
            Kind::Json(writer, array) => {
                writer.item(item)?;
                let json = taken(writer);
                match (*array, first) {
                    (Array::No, _) => self.text.push_str(&json),
                    (Array::Yes, true) => self.text.push_str(&format!("[{}", json.trim_end())),
                    (Array::Yes, false) => self.text.push_str(&format!(",\n{}", json.trim_end())),
                }
            }
            Kind::Csv(writer, _) => {
                writer.item(item)?;
                self.text.push_str(&taken(writer));
            }
        }
        Ok(())
    }

    /// Writes what is text by now.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        match (&self.kind, self.eyes) {
            (Kind::Json(..), true) => out::data(json_visible(&text).as_bytes()),
            (Kind::Csv(..), true) => {
                let lines = Safe::lines(&text.replace("\r\n", "\n"));
                out::data(Safe::join(&lines, "\n").as_str().as_bytes())
            }
            _ => out::data(text.as_bytes()),
        }
    }

    /// Writes what has to stand at the end.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match &mut self.kind {
            Kind::Json(_, Array::Yes) => self.text.push_str(if self.rows == 0 { "[]\n" } else { "]\n" }),
            Kind::Csv(writer, _) => {
                writer.finish()?;
                self.text.push_str(&taken(writer));
            }
            _ => {}
        }
        self.flush()
    }

    fn hides(&self, item: &Item) -> bool {
        let hides = |paths: Option<&[String]>| {
            let document = Document::read(item.raw(), false);
            let mut fields = Fields::of(&document);
            match paths {
                None => shown::hides(&document.root(), self.mask),
                Some(paths) => paths.iter().filter_map(|path| fields.at(path)).any(|it| shown::hides(&it, self.mask)),
            }
        };
        match (&self.kind, item) {
            (Kind::Table { table, .. }, Item::Readable { row, .. }) => table.hides(row, self.mask),
            (Kind::Table { .. }, Item::Unreadable { .. }) => false,
            _ if self.mask == Mask::None => false,
            (Kind::Csv(_, paths), _) => hides(Some(paths)),
            (Kind::Json(..), _) => hides(None),
        }
    }
}

fn taken(writer: &mut Writer<Vec<u8>>) -> String {
    String::from_utf8_lossy(&std::mem::take(writer.out())).into_owned()
}

fn print(text: &mut String, line: &Line) {
    text.push_str(line.text().trim_end());
    text.push('\n');
}
