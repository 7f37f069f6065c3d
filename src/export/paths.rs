//! The paths of an export's final file and of its temporary files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::private_file::{self, Identity};

/// Largest number of ranges of one export. A range is a part of the rows that is fetched as one list, into files of its
/// own. The record of an export has room for this number of ranges.
pub(super) const MAX_RANGES: usize = 32;

/// The paths of one export: the final file, and the temporary files in the same folder.
#[derive(Clone)]
pub(super) struct ExportPaths(PathBuf);

impl ExportPaths {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Returns the path of the final file, which exists when the export is complete.
    pub(super) fn file(&self) -> &Path {
        &self.0
    }

    /// Returns the path of the partial file, to which rows are written until the export is complete. If the export is
    /// fetched in several ranges, this is the file of range 0.
    pub(super) fn partial(&self) -> PathBuf {
        self.with(".partial")
    }

    /// Returns the path of the file that contains one digest for each submission that this export has fetched in range
    /// 0, one of the parts in which the rows are fetched. The digest is computed from the submission's id and the
    /// random key of the export.
    pub(super) fn seen(&self) -> PathBuf {
        self.with(".seen")
    }

    /// Returns the paths of the two files of the range `number`, one of the parts in which the rows of the export are
    /// fetched: the file with the rows, and the file with a digest of the id of each fetched submission. For range 0,
    /// these are [`Self::partial`] and [`Self::seen`].
    pub(super) fn of_range(&self, number: usize) -> (PathBuf, PathBuf) {
        match number {
            0 => (self.partial(), self.seen()),
            number => (self.with(&format!(".partial.{number}")), self.with(&format!(".seen.{number}"))),
        }
    }

    /// Returns the paths of the files that all ranges (parts of the rows) other than range 0 can have, such as
    /// `FILE.partial.1` and `FILE.seen.1`, whether or not the files exist.
    fn of_further_ranges(&self) -> impl Iterator<Item = PathBuf> {
        (1..MAX_RANGES).flat_map(|number| <[PathBuf; 2]>::from(self.of_range(number)))
    }

    /// Returns the path of the record: the file that contains how far the export has come.
    pub(super) fn record(&self) -> PathBuf {
        self.with(".resume")
    }

    /// Returns the path at which the next version of the export's record (how far the export has come) is written. The
    /// file then replaces the earlier version, whose path is [`Self::record`].
    pub(super) fn new_record(&self) -> PathBuf {
        self.with(".resume.new")
    }

    /// Returns the paths of all temporary files that an export may have. They are in the folder of the final file.
    pub(super) fn temporary_files(&self) -> Vec<PathBuf> {
        let fixed = [self.record(), self.partial(), self.seen(), self.new_record()];
        fixed.into_iter().chain(self.of_further_ranges()).collect()
    }

    /// Compares the paths to which the export writes with `inputs`, the files that this program reads. Returns the
    /// first path that leads to one of these files; `None` if no path does.
    pub(super) fn path_of_opened_file(&self, inputs: &[Identity]) -> Option<PathBuf> {
        let mut written = std::iter::once(self.0.clone()).chain(self.temporary_files());
        written.find(|path| Identity::of_path(path).is_some_and(|found| inputs.contains(&found)))
    }

    /// Returns the folder of the exported file and of all temporary files of the export.
    pub(super) fn folder(&self) -> &Path {
        self.0.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Returns whether the partial file (the export's output until it is complete) and the file with the final name are
    /// the same file on the disk. This happens on systems where renaming takes two system calls, if the program was
    /// killed between the two calls.
    pub(super) fn is_linked(&self) -> bool {
        let at = |path: &Path| fs::symlink_metadata(path).ok().map(|found| Identity::of(&found));
        at(&self.0).is_some_and(|file| at(&self.partial()) == Some(file))
    }

    /// Removes all temporary files of the export except `FILE.partial`: the record (how far the export has come), the
    /// files with digests of the ids of fetched submissions, and the files with the rows of ranges other than range 0.
    pub(super) fn remove_temporary_files(&self) {
        self.remove_range_files();
        // The record is the last, since it says whose the other files are.
        [self.seen(), self.new_record(), self.record()].iter().for_each(|path| remove(path));
    }

    /// Removes the files of all ranges (parts of the rows) of the export, such as `FILE.partial.1` and `FILE.seen.1`,
    /// except for those of range 0: `FILE.partial` and `FILE.seen`.
    pub(super) fn remove_range_files(&self) {
        self.of_further_ranges().for_each(|path| remove(&path));
    }

    /// Removes the two files of the range `number`, one of the parts in which the rows of the export are fetched: the
    /// file with the rows, and the file with a digest of the id of each fetched submission.
    pub(super) fn remove_files_of_range(&self, number: usize) {
        <[PathBuf; 2]>::from(self.of_range(number)).iter().for_each(|path| remove(path));
    }

    fn with(&self, ending: &str) -> PathBuf {
        let mut name = self.0.as_os_str().to_owned();
        name.push(ending);
        name.into()
    }
}

/// Removes the file at `path` if it is a regular file that belongs to the user and has no second name (hard link). Does
/// nothing in any other case, for example for a symbolic link. Errors are ignored.
fn remove(path: &Path) {
    if exists(path) && private_file::check_replaceable(path).is_ok() {
        let _ = fs::remove_file(path);
    }
}

/// Returns whether anything exists at a path, even a broken link.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
