//! The paths of an export's final file and of its temporary files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::private_file::{self, Identity};

/// Largest number of ranges of one export. A range is one of several consecutive stretches of days. Jobs fetch the
/// ranges at the same time, each into files of its own. More ranges would not fit into the record of an export.
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

    /// Returns the path of the file with one digest for each submission that this export has fetched in range 0. A
    /// range is one of the stretches of days that are fetched at the same time. The digest is computed from the
    /// submission's id and the random key of the export.
    pub(super) fn seen(&self) -> PathBuf {
        self.with(".seen")
    }

    /// Returns the paths of the two files of the range `number` (one of the stretches of days that are fetched at the
    /// same time). The first file has the rows, the second file has a digest of the id of each fetched submission. For
    /// range 0, the paths are [`Self::partial`] and [`Self::seen`].
    pub(super) fn of_range(&self, number: usize) -> (PathBuf, PathBuf) {
        match number {
            0 => (self.partial(), self.seen()),
            number => (self.with(&format!(".partial.{number}")), self.with(&format!(".seen.{number}"))),
        }
    }

    /// Returns the paths of all files that ranges other than range 0 can have, such as `FILE.partial.1` and
    /// `FILE.seen.1`. Most of these files do not exist. A range is one of the stretches of days that are fetched at the
    /// same time.
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

    /// Returns the paths of all temporary files that an export can have, whether or not they exist. They are in the
    /// folder of the final file.
    pub(super) fn temporary_files(&self) -> Vec<PathBuf> {
        let fixed = [self.record(), self.partial(), self.seen(), self.new_record()];
        fixed.into_iter().chain(self.of_further_ranges()).collect()
    }

    /// Returns the first path of this export that leads to a file in `inputs`; `None` if no path does. `inputs` are the
    /// files that the program has opened to read. An export must not overwrite them.
    pub(super) fn path_of_opened_file(&self, inputs: &[Identity]) -> Option<PathBuf> {
        let mut written = std::iter::once(self.0.clone()).chain(self.temporary_files());
        written.find(|path| Identity::of_path(path).is_some_and(|found| inputs.contains(&found)))
    }

    /// Returns the folder of the exported file and of all temporary files of the export.
    pub(super) fn folder(&self) -> &Path {
        self.0.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Returns whether the partial file and the file with the final name are the same file on the disk. (The partial
    /// file holds the rows until the export is complete.) This happens on systems where renaming takes two system
    /// calls, if the program was killed between the two calls.
    pub(super) fn is_linked(&self) -> bool {
        let at = |path: &Path| fs::symlink_metadata(path).ok().map(|found| Identity::of(&found));
        at(&self.0).is_some_and(|file| at(&self.partial()) == Some(file))
    }

    /// Removes all temporary files of the export except `FILE.partial`. These are the record (how far the export has
    /// come), `FILE.seen` (digests of the ids of fetched submissions), and the files of all ranges except range 0.
    pub(super) fn remove_temporary_files(&self) {
        self.remove_range_files();
        // The record is the last, since it says whose the other files are.
        [self.seen(), self.new_record(), self.record()].iter().for_each(|path| remove(path));
    }

    /// Removes the files of all ranges except range 0, such as `FILE.partial.1` and `FILE.seen.1`. The files of range 0
    /// are `FILE.partial` and `FILE.seen`.
    pub(super) fn remove_range_files(&self) {
        self.of_further_ranges().for_each(|path| remove(&path));
    }

    /// Removes the two files of the range `number` (one of the stretches of days that are fetched at the same time).
    /// The files are those of [`Self::of_range`].
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
