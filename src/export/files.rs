//! The files of a running export: the files with the rows, and the temporary files that belong to them. An export with
//! several jobs has one file of rows for each range. A range is one of several stretches of days that are fetched at
//! the same time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::digested_file::DigestedFile;
use super::file_lock::FileLock;
use super::paths::{ExportPaths, exists};
use super::record::{ExportPlan, ExportRecord};
use super::refusal::TargetRefusal;
use crate::private_file::{self, FilePresence, Identity};
use crate::text::Safe;
use crate::walk::IdDigests;

/// The open files of an export: those of its ranges, and the temporary files in the same folder. A range is one of
/// several consecutive stretches of days. Jobs fetch the ranges at the same time, each into its own file. The file with
/// the rows of range 0 is the partial file, which gets the final name.
pub(crate) struct ExportFiles {
    pub(super) paths: ExportPaths,
    /// Identity of the partial file on the disk (device and inode number).
    pub(super) identity: Identity,
    pub(super) ranges: BTreeMap<usize, RangeFiles>,
    pub(super) force: bool,
    pub(crate) record: ExportRecord,
    pub(crate) resumed: bool,
}

/// The open files of one range of an export, that is, of one of the stretches of days that are fetched at the same
/// time.
pub(super) struct RangeFiles {
    /// File with the exported rows of the range, as lines of NDJSON or CSV.
    pub(super) rows: DigestedFile,
    /// File with the digests of the ids of all submissions that were fetched for the range.
    pub(super) seen: DigestedFile,
}

impl ExportFiles {
    /// Creates the files of a new export to `path`, and locks them before any existing file is changed. `plan` holds
    /// the options of the export, and `key` is the random key of its digests, in hexadecimal digits. With `force`, an
    /// existing file may be replaced. After an error, the file at `path` is unchanged.
    pub(crate) fn create(path: &Path, plan: ExportPlan, key: String, force: bool) -> Result<Self, TargetRefusal> {
        let paths = ExportPaths::new(path);
        let FileLock { file, identity } = FileLock::lock_new(&paths, force)?;
        // Those that a stopped export left.
        paths.remove_range_files();
        let unwritable =
            |path: &Path, error: &dyn std::fmt::Display| format!("{} cannot be written: {error}", path.display());
        let record = ExportRecord::new(plan, key);
        let begin = || -> Result<_, String> {
            let rows = DigestedFile::empty(file).map_err(|error| unwritable(&paths.partial(), &error))?;
            let seen =
                private_file::update(&paths.seen(), FilePresence::Either).map_err(|refusal| refusal.to_string())?;
            let seen = DigestedFile::empty(seen).map_err(|error| unwritable(&paths.seen(), &error))?;
            record.write(&paths).map_err(|error| unwritable(&paths.record(), &error))?;
            Ok(RangeFiles { rows, seen })
        };
        match begin() {
            Ok(files) => {
                let ranges = BTreeMap::from([(0, files)]);
                Ok(Self { paths, identity, ranges, force, record, resumed: false })
            }
            Err(sentence) => {
                discard(&paths, identity);
                Err(TargetRefusal::Unusable(sentence))
            }
        }
    }

    /// Appends `lines` to the file with the rows of the range `number`. A range is one of the stretches of days that
    /// are fetched at the same time. Appends `digests`, those of the ids of the fetched submissions, to the `.seen`
    /// file of the range. Then writes `record`, which says up to which point both files are complete. Returns the
    /// written record. After an error, this function must not be called again.
    pub(super) fn append(
        &mut self,
        number: usize,
        lines: &[u8],
        digests: &[u128],
        record: ExportRecord,
    ) -> io::Result<&ExportRecord> {
        let written = self.written(number, lines, digests, record);
        if let (Err(_), Some(files), Some(range)) = (&written, self.ranges.get(&number), self.record.range(number)) {
            files.rows.truncate(range.bytes);
            files.seen.truncate(range.seen_bytes());
        }
        written.map(|()| &self.record)
    }

    fn written(&mut self, number: usize, lines: &[u8], digests: &[u128], mut record: ExportRecord) -> io::Result<()> {
        self.check_partial_in_place()?;
        if !self.ranges.contains_key(&number) {
            self.create_range(number, record.range(number).map_or(0, |range| range.begin))?;
        }
        let files = self.ranges.get_mut(&number).ok_or_else(lost_range_error)?;
        files.rows.append(lines)?;
        let digests: Vec<u8> = digests.iter().flat_map(|digest| digest.to_be_bytes()).collect();
        files.seen.append(&digests)?;
        files.rows.file().sync_data()?;
        files.seen.file().sync_data()?;
        let range = record.range_mut(number, 0);
        range.bytes = files.rows.length();
        range.digest = files.rows.digest();
        range.digest_of_id_digests = files.seen.digest();
        record.write(&self.paths)?;
        self.record = record;
        Ok(())
    }

    /// Creates the files of the range `number`. A range is one of the stretches of days that are fetched at the same
    /// time. The list of submissions of this range begins with the day number `begin`. Writes the record of the export
    /// first, so that no file exists that the record does not name.
    fn create_range(&mut self, number: usize, begin: u32) -> io::Result<()> {
        self.record.range_mut(number, begin);
        self.record.write(&self.paths)?;
        let (rows, seen) = self.paths.of_range(number);
        let create = |path: &Path| {
            let file = private_file::update(path, FilePresence::Either).map_err(io::Error::other)?;
            DigestedFile::empty(file)
        };
        self.ranges.insert(number, RangeFiles { rows: create(&rows)?, seen: create(&seen)? });
        Ok(())
    }

    /// Joins the range `number` to range 0: appends its rows to the file of range 0, and removes its files. A range is
    /// one of the stretches of days that are fetched at the same time. `record` is the state of the export after that:
    /// it lacks the range `number`, whose counts are added to those of range 0. Returns the written record. After an
    /// error, this function must not be called again.
    pub(super) fn join(&mut self, number: usize, mut record: ExportRecord) -> io::Result<&ExportRecord> {
        self.check_partial_in_place()?;
        let mut joined = self.ranges.remove(&number).ok_or_else(lost_range_error)?;
        let first = self.ranges.get_mut(&0).ok_or_else(lost_range_error)?;
        let mut copied = Ok(());
        let read = joined.rows.read(|bytes| {
            if copied.is_ok() {
                copied = first.rows.append(bytes);
            }
        });
        let read = read.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => io::Error::other("another program wrote into a partial file"),
            _ => error,
        });
        let done = copied.and(read).and_then(|()| first.rows.file().sync_data()).and_then(|()| {
            let range = record.range_mut(0, 0);
            (range.bytes, range.digest) = (first.rows.length(), first.rows.digest());
            record.write(&self.paths)
        });
        if let Err(error) = done {
            first.rows.truncate(self.record.range(0).map_or(0, |range| range.bytes));
            return Err(error);
        }
        self.paths.remove_files_of_range(number);
        self.record = record;
        Ok(&self.record)
    }

    /// Starts the export over: removes the files of all ranges except range 0, and empties the files of range 0. A
    /// range is one of the stretches of days that are fetched at the same time. Before that, writes `record`, in which
    /// range 0 is the only range and has no rows. Returns the written record.
    pub(super) fn start_over(&mut self, record: ExportRecord) -> io::Result<&ExportRecord> {
        self.check_partial_in_place()?;
        record.write(&self.paths)?;
        self.record = record;
        self.ranges.retain(|number, _| *number == 0);
        self.paths.remove_range_files();
        let files = self.ranges.get_mut(&0).ok_or_else(lost_range_error)?;
        files.rows.clear()?;
        files.seen.clear()?;
        Ok(&self.record)
    }

    /// Removes the range `number` from the export. A range is one of the stretches of days that are fetched at the same
    /// time. It is removed if its rows are in other ranges too, or if they will be fetched again. First writes
    /// `record`, which no longer contains the range, then removes the files of the range. Returns the written record.
    pub(super) fn drop_range(&mut self, number: usize, record: ExportRecord) -> io::Result<&ExportRecord> {
        record.write(&self.paths)?;
        self.record = record;
        self.ranges.remove(&number);
        self.paths.remove_files_of_range(number);
        Ok(&self.record)
    }

    /// Returns the digests of the ids of all submissions that were fetched and recorded for the range `number`. A range
    /// is one of the stretches of days that are fetched at the same time. Submissions that were not written as rows are
    /// included.
    pub(super) fn digests(&mut self, number: usize) -> io::Result<IdDigests> {
        let mut digests = IdDigests::keyed(self.record.key());
        if let Some(files) = self.ranges.get_mut(&number) {
            files.seen.read(|bytes| {
                for digest in bytes.as_chunks().0 {
                    digests.insert(u128::from_be_bytes(*digest));
                }
            })?;
        }
        Ok(digests)
    }

    /// Gives the complete file its final name, and removes the temporary files.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let partial = &mut self.ranges.get_mut(&0).ok_or_else(lost_range_error)?.rows;
        partial.file().sync_all()?;
        if !partial.is_intact()? {
            return Err(io::Error::other("another program wrote into the partial file"));
        }
        self.check_partial_in_place()?;
        let (from, to) = (self.paths.partial(), self.paths.file());
        if self.force {
            private_file::check_replaceable(to).map_err(io::Error::other)?;
            fs::rename(&from, to)?;
        } else {
            rename_new(&from, to).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    let sentence = format!("{} was created by another program", to.display());
                    io::Error::new(io::ErrorKind::AlreadyExists, sentence)
                }
                _ => error,
            })?;
        }
        if !self.identity.is_at(to) {
            return Err(io::Error::other("another program replaced the partial file"));
        }
        // The file has its name; file systems that cannot sync a folder do not change that.
        let _ = File::open(self.paths.folder()).and_then(|folder| folder.sync_all());
        self.paths.remove_temporary_files();
        Ok(())
    }

    /// Removes all files of the export. Callers use this if nothing was written, or if the written rows are not needed.
    pub(crate) fn discard(&self) {
        discard(&self.paths, self.identity);
    }

    /// Returns whether the partial file, which holds the rows until the export is complete, is still at its path. The
    /// result is `false` if another program has removed or replaced the file.
    pub(crate) fn is_partial_in_place(&self) -> bool {
        self.identity.is_at(&self.paths.partial())
    }

    fn check_partial_in_place(&self) -> io::Result<()> {
        let removed = || io::Error::other("another program removed or replaced the partial file");
        if self.is_partial_in_place() { Ok(()) } else { Err(removed()) }
    }

    /// Returns the path of the partial file as sanitised text.
    pub(super) fn partial_name(&self) -> Safe {
        Safe::sanitize(&self.paths.partial().display().to_string())
    }

    /// Returns the path of the final file as sanitised text.
    pub(crate) fn name(&self) -> Safe {
        Safe::sanitize(&self.paths.file().display().to_string())
    }
}

/// Returns the error for a range of the export whose files are not open. Only a mistake in this program causes it.
fn lost_range_error() -> io::Error {
    io::Error::other("a range of the export has no file")
}

/// Removes the partial file, which holds the rows of an incomplete export, and the other temporary files of the export.
/// `identity` says which file on the disk is the partial file of this export. If another file is at its path now,
/// nothing is removed, because the files then belong to another export.
fn discard(paths: &ExportPaths, identity: Identity) {
    if identity.is_at(&paths.partial()) {
        paths.remove_temporary_files();
        let _ = fs::remove_file(paths.partial());
    }
}

/// Renames the file at `from` to `to`. If a file exists at `to` already, returns an error and does not replace it.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    // Some file systems cannot do this in one step. A link does not replace a file either.
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if exists(to) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}
