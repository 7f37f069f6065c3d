//! Writes submissions as NDJSON or CSV, masked as configured, into a pipe or a file.

mod csv;
mod ndjson;
mod remarks;

use std::io::{self, Write};

use crate::api::Item;
use crate::text::Mask;
pub use remarks::Remarks;

/// A format in which submissions are written, one line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// One JSON value per line.
    Ndjson,
    /// CSV as in RFC 4180, with a header.
    Csv,
    /// CSV for a spreadsheet program: with a byte order mark, and with long numbers marked as text so that they stay
    /// unchanged.
    ExcelCsv,
}

impl LineFormat {
    /// Returns the name of the format on the command line, such as `csv`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::ExcelCsv => "csv --excel",
        }
    }

    /// Returns this format, or its variant for spreadsheet programs if the user requested that (`is_asked`). Returns
    /// `None` if the user requested the variant and the format has none, such as NDJSON.
    pub const fn excel(self, is_asked: bool) -> Option<Self> {
        match self {
            Self::Ndjson if is_asked => None,
            Self::Csv if is_asked => Some(Self::ExcelCsv),
            format => Some(format),
        }
    }
}

/// Default columns of a CSV, as field paths: the documented fields that the list shows, in the order of the service's
/// dashboard. The number of attempts is not a field, so there is no column for it.
pub const COLUMNS: [&str; 15] = [
    "created_at",
    "submission_id",
    "email",
    "data.full_name",
    "data.name",
    "data.date_of_birth",
    "data.nationality",
    "data.idcard_issuingCountry",
    "data.idType",
    "data.age_group",
    "kyc.result",
    "kyc.commentCode",
    "aml.currentstatus",
    "argos_score",
    "userid",
];

/// Writer of submissions, one after the other, as NDJSON or CSV.
pub struct SubmissionWriter<W> {
    lines: RecordLines,
    mask: Mask,
    inner: W,
    remarks: Remarks,
}

enum RecordLines {
    Ndjson,
    Csv(csv::CsvTable),
}

impl<W: Write> SubmissionWriter<W> {
    /// Creates a writer that writes submissions to `out` in the format `format`, without the values that `mask` hides.
    /// `columns` contains the field paths of a CSV's columns; if `columns` is empty, [`COLUMNS`] are used.
    pub fn new(format: LineFormat, columns: &[String], mask: Mask, out: W) -> Self {
        let lines = match format {
            LineFormat::Ndjson => RecordLines::Ndjson,
            LineFormat::Csv | LineFormat::ExcelCsv => {
                let columns = if columns.is_empty() { COLUMNS.map(str::to_owned).to_vec() } else { columns.to_vec() };
                RecordLines::Csv(csv::CsvTable::of(columns, format == LineFormat::ExcelCsv))
            }
        };
        Self { lines, mask, inner: out, remarks: Remarks::default() }
    }

    /// Returns the writer, changed to continue the output of an earlier run of the program. It then writes no CSV
    /// header, since the earlier run wrote it.
    #[must_use]
    pub fn continued(mut self) -> Self {
        if let RecordLines::Csv(table) = &mut self.lines {
            table.has_header = true;
        }
        self
    }

    /// Writes one submission, or an entry of the service's list that is no valid submission, as one line of NDJSON or
    /// CSV.
    pub fn write_item(&mut self, item: &Item) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => {
                ndjson::write(item, self.mask, &mut self.remarks, &mut self.inner)?;
                self.inner.write_all(b"\n")
            }
            RecordLines::Csv(table) => table.write(item, self.mask, &mut self.remarks, &mut self.inner),
        }
    }

    /// Writes one item (a submission, or an entry of the service's list that is no valid submission) as JSON without a
    /// line end.
    pub fn write_json(&mut self, item: &Item) -> io::Result<()> {
        ndjson::write(item, self.mask, &mut self.remarks, &mut self.inner)
    }

    /// Returns what the user must know about the submissions written so far, such as whether values were masked.
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Writes the header line of a CSV. Does nothing for NDJSON, or if the header is written already.
    pub fn write_header(&mut self) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => Ok(()),
            RecordLines::Csv(table) => table.header(&mut self.inner),
        }
    }

    /// Ends the output and flushes it. A CSV gets its header even if no submission was written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.write_header()?;
        self.inner.flush()
    }

    /// Returns the paths of the CSV columns whose field was in none of the written submissions, so that all their cells
    /// are empty. The result is empty if no submission was written.
    pub fn columns_without_field(&self) -> Vec<&str> {
        match &self.lines {
            RecordLines::Ndjson => Vec::new(),
            RecordLines::Csv(table) => table.columns_without_field(),
        }
    }

    /// Returns the output that [`SubmissionWriter::new`] was given as `out`.
    pub const fn inner_mut(&mut self) -> &mut W {
        &mut self.inner
    }
}

#[cfg(test)]
mod tests;
