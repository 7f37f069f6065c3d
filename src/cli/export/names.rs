//! The names of an export's file and of the files beside it, and the identity of the file behind a name.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::private_file;

/// The paths of one export.
#[derive(Clone)]
pub(super) struct ExportPaths(PathBuf);

impl ExportPaths {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Returns the path of the complete file.
    pub(super) fn file(&self) -> &Path {
        &self.0
    }

    /// Returns the path of the file while it is incomplete.
    pub(super) fn partial(&self) -> PathBuf {
        self.with(".partial")
    }

    /// Returns the path of the file with a keyed digest of every loaded id.
    pub(super) fn seen(&self) -> PathBuf {
        self.with(".seen")
    }

    /// Returns the path of the record, which says how far the export has come.
    pub(super) fn record(&self) -> PathBuf {
        self.with(".resume")
    }

    /// Returns the path of the next record while it is being written.
    pub(super) fn new_record(&self) -> PathBuf {
        self.with(".resume.new")
    }

    /// Returns the paths of all files beside the final one.
    pub(super) fn companions(&self) -> [PathBuf; 4] {
        [self.record(), self.partial(), self.seen(), self.new_record()]
    }

    /// Returns the folder of all these files.
    pub(super) fn folder(&self) -> &Path {
        self.0.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Returns whether the partial file also has its final name. A killed process leaves both names where renaming
    /// takes two steps.
    pub(super) fn is_linked(&self) -> bool {
        let at = |path: &Path| fs::symlink_metadata(path).ok().map(|found| Identity::of(&found));
        at(&self.0).is_some_and(|file| at(&self.partial()) == Some(file))
    }

    /// Removes the record and the id digests.
    pub(super) fn forget(&self) {
        for path in [self.record(), self.seen(), self.new_record()] {
            if private_file::check_replaceable(&path).is_ok() {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn with(&self, ending: &str) -> PathBuf {
        let mut name = self.0.as_os_str().to_owned();
        name.push(ending);
        name.into()
    }
}

/// The identity of a file, independent of its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    fn of(found: &fs::Metadata) -> Self {
        Self { device: found.dev(), inode: found.ino() }
    }

    pub(super) fn of_file(file: &File) -> io::Result<Self> {
        Ok(Self::of(&file.metadata()?))
    }

    /// Returns whether this file is at the path now.
    pub(super) fn is_at(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|found| Self::of(&found) == self)
    }
}

/// Returns whether anything exists at a path, even a broken link.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
