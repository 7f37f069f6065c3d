//! The files of a stopped export, and how they are opened again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::digested_file::{DigestedFile, FileChange};
use super::file_lock::{FileLock, LockedOutput};
use super::files::{ExportFiles, RangeFiles};
use super::paths::{ExportPaths, exists};
use super::record::{ExportRecord, RecordFault};
use crate::private_file::{self, FilePresence, FileRule};

/// The files of an export that ended before it was complete and can be continued. The file that contains its rows is
/// locked.
pub(crate) struct StoppedExport {
    paths: ExportPaths,
    left: LockedOutput,
    pub(crate) record: ExportRecord,
}

/// Result of opening the files of a stopped export again, to continue it.
pub(crate) enum ResumedExport {
    /// The files lack rows, or have not got the final name yet, so the export goes on with them.
    Files(Box<ExportFiles>),
    /// The file is complete already. An earlier run of the program wrote all rows; only the final name or the removal
    /// of temporary files was missing.
    Done,
}

impl StoppedExport {
    /// Locks the file of a stopped export at `paths`, and then reads its record (how far the export has come). The file
    /// is locked first because another run of the program may continue the export meanwhile. The error is a sentence
    /// for the user.
    pub(super) fn find(paths: ExportPaths) -> Result<Self, String> {
        let at = paths.record();
        let nothing = || format!("there is nothing to resume: {} does not exist", at.display());
        if !exists(&at) {
            return Err(nothing());
        }
        let left = FileLock::lock_stopped(&paths)?.ok_or_else(|| lost_message(&paths))?;
        let text = private_file::read(&at, FileRule::Record)
            .map_err(|refusal| if refusal.is_missing() { nothing() } else { refusal.to_string() })?;
        let again = "start over with --force";
        let record = ExportRecord::parse(&text).map_err(|unusable| match unusable {
            RecordFault::Other => format!("{} is not a resume record of this version: {again}", at.display()),
            RecordFault::Changed => format!("{} was changed after it was written: {again}", at.display()),
        })?;
        Ok(Self { paths, left, record })
    }

    /// Opens the files of the stopped export, and continues after the data that was written completely; the stored
    /// record of the export says where this data ends. With `force`, an existing file with the final name may be
    /// replaced. The error is a sentence for the user.
    pub(crate) fn resume(self, force: bool) -> Result<ResumedExport, String> {
        let Self { paths, left, mut record } = self;
        let claim = match left {
            LockedOutput::Partial(claim) => claim,
            LockedOutput::Named(claim) => return complete_renamed(&paths, claim, &record),
        };
        let shown = paths.file().display();
        if !force && exists(paths.file()) {
            return Err(format!("{shown} exists: --resume --force replaces it"));
        }
        private_file::check_replaceable(paths.file()).map_err(|refusal| refusal.to_string())?;
        let (mut partial, mut ranges) = (Some(claim.file), BTreeMap::new());
        // The files of a range of which nothing is recorded may be missing, and are made again.
        let empty: Vec<usize> =
            record.ranges().filter(|(number, it)| *number > 0 && it.is_empty()).map(|it| it.0).collect();
        empty.into_iter().for_each(|number| record.drop_range(number));
        for (number, range) in record.ranges() {
            let (rows_at, seen_at) = paths.of_range(number);
            let rows = match partial.take() {
                Some(partial) => partial,
                None => open(&rows_at)?,
            };
            let rows = DigestedFile::reopen(rows, range.bytes, &range.digest, |_| ());
            let rows = rows.map_err(|changed| changed_sentence(&rows_at, changed))?;
            let seen = DigestedFile::reopen(open(&seen_at)?, range.seen_bytes(), &range.digest_of_id_digests, |_| ());
            let seen = seen.map_err(|changed| changed_sentence(&seen_at, changed))?;
            ranges.insert(number, RangeFiles { rows, seen });
        }
        let identity = claim.identity;
        Ok(ResumedExport::Files(Box::new(ExportFiles { paths, identity, ranges, force, record, resumed: true })))
    }
}

/// Opens a file that a stopped export left, to continue it. The error is a sentence for the user.
fn open(path: &Path) -> Result<fs::File, String> {
    private_file::update(path, FilePresence::Old).map_err(|refusal| match refusal.is_missing() {
        true => format!("{} does not exist; start over with --force", path.display()),
        false => refusal.to_string(),
    })
}

/// Completes an export that was killed after its file got the final name. `claim` is the lock on this file. `record`
/// says how far the export had come. Another file may have this name now, so the file is compared with the length and
/// the digest in `record`. The error is a sentence for the user.
fn complete_renamed(paths: &ExportPaths, claim: FileLock, record: &ExportRecord) -> Result<ResumedExport, String> {
    let digested_file =
        record.range(0).map(|range| DigestedFile::check_content(claim.file, range.bytes, &range.digest, |_| ()));
    let same = matches!(&digested_file, Some(Ok(digested_file)) if matches!(digested_file.is_whole(), Ok(true)));
    if !record.is_complete() || !same {
        let (partial, file) = (paths.partial(), paths.file());
        return Err(match paths.is_linked() {
            true => {
                format!("{} and {} are the same file: remove one of the two names", partial.display(), file.display())
            }
            false => lost_message(paths),
        });
    }
    if paths.is_linked() {
        let _ = fs::remove_file(paths.partial());
    }
    paths.remove_temporary_files();
    Ok(ResumedExport::Done)
}

fn lost_message(paths: &ExportPaths) -> String {
    format!("there is nothing to resume: {} does not exist; start over with --force", paths.partial().display())
}

fn changed_sentence(path: &Path, changed: FileChange) -> String {
    let shown = path.display();
    match changed {
        FileChange::Shorter => format!("{shown} is shorter than recorded: start over with --force"),
        FileChange::Other => format!("{shown} was changed after it was written: start over with --force"),
        FileChange::Io(error) => format!("{shown} cannot be read: {error}"),
    }
}
