//! The submissions of one or several files, in memory.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use jiff::Timestamp;

use super::reader::FileReader;
use super::record_kind::is_full;
use super::slots::FileRow;
use crate::api::{Item, NextPage, Page, RecordAnswer};
use crate::private_file::{self, FileRefusal, Identity};
use crate::query::Cursor;
use crate::submission::json::Json;
use crate::submission::read;
use crate::submission::row::Room;
use crate::text::Safe;

/// Largest size, in bytes, of all files of submissions together that are opened. They are in memory while the program
/// runs.
const MAX_BYTES: usize = 512 << 20;

/// Number of rows of one page. The rows of a large file are read page by page, so that the screen can show the first
/// rows early.
const PAGE_ROWS: usize = 2_000;

/// The submissions of one or several files, or of standard input. The type does not implement `Debug`, since its
/// content is identity data.
pub struct SubmissionFile {
    name: Safe,
    at: Timestamp,
    rows: Vec<FileRow>,
    by_id: HashMap<Box<str>, usize>,
    /// Reason why the files probably lack some submissions, in words for the user. `None` if nothing shows that
    /// submissions are missing.
    missing_reason: Option<Safe>,
    identities: Vec<Identity>,
}

/// Reason why no submissions can be read from the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// The text is UTF-16.
    Utf16,
    /// The file is compressed.
    Gzip,
    /// The file is not text.
    Binary,
    /// The file is a CSV, which cannot be read as submissions.
    Csv,
    /// The text contains no JSON.
    NotJson,
    /// The file has more rows than this number, which is the largest number that is read.
    TooMany(usize),
}

/// Reason why no submissions were read from the files or from standard input.
#[derive(Debug)]
pub enum InputFault {
    /// The file was refused or cannot be read.
    Refused(FileRefusal),
    /// No submissions can be read from the text of the file with this name, for the reason in the second value.
    Format(String, FileFault),
    /// The files together, or standard input, are larger than 512 MiB. The value is the name of the file at which the
    /// limit was reached.
    TooLarge(String),
    /// Standard input cannot be read.
    Stdin(io::Error),
    /// Standard input is named twice.
    StdinTwice,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("is UTF-16: convert it to UTF-8 first"),
            Self::Gzip => f.write_str("is compressed: unpack it first, as in `gunzip -c FILE | argos-review open -`"),
            Self::Binary => f.write_str("is a binary file, not JSON"),
            Self::Csv => f.write_str(
                "looks like a CSV, which cannot be opened: a CSV holds some columns only; export NDJSON instead",
            ),
            Self::NotJson => f.write_str("holds no JSON"),
            Self::TooMany(most) => write!(f, "has more than {most} rows: split it"),
        }
    }
}

impl fmt::Display for InputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Format(name, fault) => write!(f, "{name} {fault}"),
            Self::TooLarge(name) => write!(f, "{name} is larger than {} MiB: split it", MAX_BYTES >> 20),
            Self::Stdin(error) => write!(f, "standard input cannot be read: {error}"),
            Self::StdinTwice => f.write_str("standard input can be read only once: name - once"),
        }
    }
}

/// The text of a file or of standard input, with its name and the time of its last change.
struct FileText {
    name: String,
    bytes: Vec<u8>,
    at: Timestamp,
}

impl SubmissionFile {
    /// Reads the submissions of the files at `paths`. The path `-` is standard input, which is read to its end. `now`
    /// is used as the time of the last change of standard input.
    ///
    /// # Errors
    /// Returns the reason why a file cannot be read completely. A part of a file is never returned.
    pub fn read(paths: &[PathBuf], now: Timestamp) -> Result<Self, InputFault> {
        if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(InputFault::StdinTwice);
        }
        let (mut reader, mut identities) = (FileReader::default(), Vec::new());
        let (mut names, mut at, mut size, mut is_partial) = (Vec::new(), None::<Timestamp>, 0, false);
        for path in paths {
            let text =
                if is_stdin(path) { read_stdin(MAX_BYTES - size, now)? } else { read_file(path, MAX_BYTES - size)? };
            size += text.bytes.len();
            at = Some(at.map_or(text.at, |at| at.max(text.at)));
            reader.read(text.bytes.into()).map_err(|fault| InputFault::Format(text.name.clone(), fault))?;
            is_partial |= !is_stdin(path) && is_marked_partial(path);
            identities.extend(Identity::of_path(if is_stdin(path) { Path::new("/dev/stdin") } else { path }));
            names.push(text.name);
        }
        let (slots, missing_reason) = reader.finish();
        let missing_reason = is_partial.then_some("file of a stopped export").or(missing_reason);
        let (rows, by_id) = slots.finish();
        let name = match names.as_slice() {
            [] => String::new(),
            [name] => name.clone(),
            [first, others @ ..] => format!("{first} + {} more", others.len()),
        };
        let missing_reason = missing_reason.map(Safe::from_static);
        Ok(Self { name: Safe::sanitize(&name), at: at.unwrap_or(now), rows, by_id, missing_reason, identities })
    }

    /// Reads submissions from a text in memory, as if it were a file with this name, last changed at the time
    /// `changed_at`.
    ///
    /// # Errors
    /// Returns the reason why the text cannot hold submissions.
    pub fn of_text(name: &str, text: Bytes, changed_at: Timestamp) -> Result<Self, FileFault> {
        let mut reader = FileReader::default();
        reader.read(text)?;
        let (slots, missing_reason) = reader.finish();
        let (rows, by_id) = slots.finish();
        let missing_reason = missing_reason.map(Safe::from_static);
        Ok(Self { name: Safe::sanitize(name), at: changed_at, rows, by_id, missing_reason, identities: Vec::new() })
    }

    /// Returns the name of the file without its folder, or `stdin`. For several files, returns the name of the first
    /// file and the number of the others.
    pub const fn name(&self) -> &Safe {
        &self.name
    }

    /// Returns the identities of the opened files on the disk (device and inode numbers). An export compares them with
    /// its own files, so that it never replaces an opened file.
    pub(crate) fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// Returns the time of the last change of the file. Of several files, returns the newest of these times.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns the number of rows, unreadable ones included.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether the file has no row.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the page of rows that begins at the position in `cursor`. If `cursor` is `None`, returns the first page.
    pub fn page(&self, cursor: Option<&Cursor>) -> Page {
        let begin = cursor.and_then(|cursor| cursor.id.parse().ok()).unwrap_or(0);
        let end = self.rows.len().min(begin + PAGE_ROWS);
        let rows = self.rows.get(begin..end).unwrap_or_default();
        let mut room = Room::default();
        let items: Vec<Item> = rows.iter().map(|row| self.item(row, &mut room)).collect();
        let next = match (&self.missing_reason, end < self.rows.len()) {
            (_, true) => NextPage::More(Cursor { id: end.to_string(), created_at: String::new() }),
            (Some(missing_reason), _) => NextPage::FileInPart(missing_reason.clone()),
            (None, _) => NextPage::Last,
        };
        let bytes = rows.iter().map(|row| row.raw.len()).sum();
        Page { items, next, repaired: rows.iter().any(|row| row.is_repaired), bytes }
    }

    /// Returns the submission with this id, or [`RecordAnswer::NotFound`] if the file has no such submission.
    pub fn record_with_id(&self, id: &str) -> RecordAnswer {
        let Some(row) = self.by_id.get(id).and_then(|at| self.rows.get(*at)) else { return RecordAnswer::NotFound };
        let item = self.item(row, &mut Room::default());
        if row.is_repaired { RecordAnswer::Repaired(item) } else { RecordAnswer::Found(item) }
    }

    fn item(&self, row: &FileRow, room: &mut Room) -> Item {
        let raw = row.raw.clone();
        let mut item = match &row.id {
            Ok(id) => {
                let list_row = Box::new(read::row_within(room, &raw, false));
                let item = Item::Readable { id: id.clone(), raw, row: list_row };
                if is_full(Json::from_checked(&row.raw)) { item.as_full_record() } else { item }
            }
            Err(reason) => Item::Unreadable { raw, reason: *reason },
        };
        item.set_loaded_at(self.at);
        item
    }
}

/// Returns whether `path` is `-`, which means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_stdin(max_bytes: usize, now: Timestamp) -> Result<FileText, InputFault> {
    let name = "stdin".to_owned();
    let bytes = private_file::read_within(io::stdin().lock(), 0, max_bytes).map_err(InputFault::Stdin)?;
    let bytes = bytes.ok_or(InputFault::TooLarge("standard input".to_owned()))?;
    Ok(FileText { name, bytes, at: without_subseconds(now) })
}

fn read_file(path: &Path, max_bytes: usize) -> Result<FileText, InputFault> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let (bytes, changed) =
        private_file::read_data(path, max_bytes).map_err(|refusal| match refusal.is_too_large() {
            true => InputFault::TooLarge(path.display().to_string()),
            false => InputFault::Refused(refusal),
        })?;
    Ok(FileText { name, bytes, at: without_subseconds(Timestamp::try_from(changed).unwrap_or_default()) })
}

/// Returns the time cut to whole seconds. The fraction of a second says nothing about the submissions.
fn without_subseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// Returns whether the file at `path` is the unfinished output of an export. This is so if its name ends with
/// `.partial`, or with `.partial.1` or another number (an export with several jobs). It is also so if the record of a
/// stopped export (a file that ends with `.resume`) is in the same folder.
fn is_marked_partial(path: &Path) -> bool {
    let is_number = |ending: &OsStr| ending.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    let is_of_range = path.extension().is_some_and(is_number);
    let name = if is_of_range { path.file_stem().map(Path::new) } else { Some(path) };
    let mut record = path.as_os_str().to_owned();
    record.push(".resume");
    name.and_then(Path::extension).is_some_and(|ending| ending == "partial") || Path::new(&record).exists()
}
