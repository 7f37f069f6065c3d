//! Writing of submissions as NDJSON or CSV, masked as configured, for a pipe or a file.

mod csv;
mod ndjson;
mod remarks;

use std::io::{self, Write};

use crate::api::Item;
use crate::text::Mask;
pub use remarks::Remarks;

/// A format in which submissions are written as lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// One JSON value per line.
    Ndjson,
    /// CSV as in RFC 4180, with a header.
    Csv,
    /// CSV for a spreadsheet program, with a byte order mark, and with long numbers as text.
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

    /// Returns the variant of this format for spreadsheet programs if `is_asked`, else the format unchanged. `is_asked`
    /// says whether the user requested this variant. `None` means that the user requested it, but the format has no
    /// such variant.
    pub const fn excel(self, is_asked: bool) -> Option<Self> {
        match self {
            Self::Ndjson if is_asked => None,
            Self::Csv if is_asked => Some(Self::ExcelCsv),
            format => Some(format),
        }
    }
}

/// Default columns of a CSV: the documented fields that the list shows, in the order of the service's dashboard. The
/// number of attempts is not a field, so there is no column for it.
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
    /// Creates a writer that writes submissions to `out`. `columns` contains the field paths of a CSV's columns; if
    /// `columns` is empty, [`COLUMNS`] are used.
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

    /// Returns the writer, set to continue the output of an earlier run of the program. The writer then writes no
    /// second header.
    #[must_use]
    pub fn continued(mut self) -> Self {
        if let RecordLines::Csv(table) = &mut self.lines {
            table.has_header = true;
        }
        self
    }

    /// Writes one submission, or an unreadable list entry, as one line of NDJSON or CSV.
    pub fn write_item(&mut self, item: &Item) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => {
                ndjson::write(item, self.mask, &mut self.remarks, &mut self.inner)?;
                self.inner.write_all(b"\n")
            }
            RecordLines::Csv(table) => table.write(item, self.mask, &mut self.remarks, &mut self.inner),
        }
    }

    /// Writes one item (a submission or an unreadable list entry) as JSON without a line end.
    pub fn write_json(&mut self, item: &Item) -> io::Result<()> {
        ndjson::write(item, self.mask, &mut self.remarks, &mut self.inner)
    }

    /// Returns remarks for the user about the submissions that were written so far.
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Writes the header line if the format has a header and the header was not written yet.
    pub fn write_header(&mut self) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => Ok(()),
            RecordLines::Csv(table) => table.header(&mut self.inner),
        }
    }

    /// Ends the output and flushes it. The header of a CSV is written even if there are no rows.
    pub fn finish(&mut self) -> io::Result<()> {
        self.write_header()?;
        self.inner.flush()
    }

    /// Returns the columns of a CSV for which no written submission had a field. The cells of these columns are empty
    /// because the values are unknown. If no submission was written, the result is empty.
    pub fn columns_without_field(&self) -> Vec<&str> {
        match &self.lines {
            RecordLines::Ndjson => Vec::new(),
            RecordLines::Csv(table) => table.columns_without_field(),
        }
    }

    /// Returns the writer to which the formatted lines are written.
    pub const fn inner_mut(&mut self) -> &mut W {
        &mut self.inner
    }
}

#[cfg(test)]
mod tests;
