//! Submissions as lines: NDJSON or CSV, masked as configured, for a pipe or a file.

mod csv;
mod ndjson;
mod paths;
mod remarks;

use std::io::{self, Write};

use crate::api::Item;
use crate::text::Mask;
pub use paths::{columns, parts};
pub use remarks::Remarks;

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// One JSON value a line.
    Ndjson,
    /// RFC 4180, with a header.
    Csv,
    /// The same for a spreadsheet program: with a byte order mark, and long numbers as text.
    ExcelCsv,
}

impl LineFormat {
    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::ExcelCsv => "csv --excel",
        }
    }

    /// The same for a spreadsheet program, if that is asked for; `None` for a format that none of them reads.
    pub const fn excel(self, is_asked: bool) -> Option<Self> {
        match self {
            Self::Ndjson if is_asked => None,
            Self::Csv if is_asked => Some(Self::ExcelCsv),
            format => Some(format),
        }
    }
}

/// The columns of a CSV when none are asked for: the documented fields that the list shows, in the order of the service's
/// dashboard. The number of attempts is no field, so it is none of them.
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

/// Writes submissions one after the other.
pub struct SubmissionWriter<W> {
    lines: RecordLines,
    mask: Mask,
    out: W,
    remarks: Remarks,
}

enum RecordLines {
    Ndjson,
    Csv(csv::CsvTable),
}

impl<W: Write> SubmissionWriter<W> {
    /// A writer that has written nothing yet. `columns` are the paths of a CSV; without any, [`COLUMNS`].
    pub fn new(format: LineFormat, columns: &[String], mask: Mask, out: W) -> Self {
        let lines = match format {
            LineFormat::Ndjson => RecordLines::Ndjson,
            LineFormat::Csv | LineFormat::ExcelCsv => {
                let columns = if columns.is_empty() { COLUMNS.map(str::to_owned).to_vec() } else { columns.to_vec() };
                RecordLines::Csv(csv::CsvTable::of(columns, format == LineFormat::ExcelCsv))
            }
        };
        Self { lines, mask, out, remarks: Remarks::default() }
    }

    /// What is written goes on behind lines of an earlier call: there is a header already.
    #[must_use]
    pub fn continued(mut self) -> Self {
        if let RecordLines::Csv(table) = &mut self.lines {
            table.headed = true;
        }
        self
    }

    /// Writes one submission, or another item, as it came.
    pub fn item(&mut self, item: &Item) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => {
                ndjson::write(item, self.mask, &mut self.remarks, &mut self.out)?;
                self.out.write_all(b"\n")
            }
            RecordLines::Csv(table) => table.write(item, self.mask, &mut self.remarks, &mut self.out),
        }
    }

    /// The same without the end of the line.
    pub fn value(&mut self, item: &Item) -> io::Result<()> {
        ndjson::write(item, self.mask, &mut self.remarks, &mut self.out)
    }

    /// What has to be said of what was written.
    pub const fn remarks(&self) -> &Remarks {
        &self.remarks
    }

    /// Writes the header, if one is due and was not written yet.
    pub fn header(&mut self) -> io::Result<()> {
        match &mut self.lines {
            RecordLines::Ndjson => Ok(()),
            RecordLines::Csv(table) => table.header(&mut self.out),
        }
    }

    /// Ends it: a CSV has a header also when there was no row.
    pub fn finish(&mut self) -> io::Result<()> {
        self.header()?;
        self.out.flush()
    }

    /// The columns that no submission carried, after some came: their cells are empty because nobody knows.
    pub fn uncarried(&self) -> Vec<&str> {
        match &self.lines {
            RecordLines::Ndjson => Vec::new(),
            RecordLines::Csv(table) => table.uncarried(),
        }
    }

    /// Where it writes to.
    pub const fn out(&mut self) -> &mut W {
        &mut self.out
    }
}

#[cfg(test)]
mod tests;
