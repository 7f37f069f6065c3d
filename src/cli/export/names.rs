//! What an export and the files beside it are called, and which file is at one of these names.

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

    /// The file once it is complete.
    pub(super) fn file(&self) -> &Path {
        &self.0
    }

    /// The file until it is complete.
    pub(super) fn partial(&self) -> PathBuf {
        self.with(".partial")
    }

    /// A keyed print of every id that came.
    pub(super) fn seen(&self) -> PathBuf {
        self.with(".seen")
    }

    /// How far it came.
    pub(super) fn record(&self) -> PathBuf {
        self.with(".resume")
    }

    /// The next record while it is written.
    pub(super) fn new_record(&self) -> PathBuf {
        self.with(".resume.new")
    }

    /// Everything that lies beside the file.
    pub(super) fn beside(&self) -> [PathBuf; 4] {
        [self.record(), self.partial(), self.seen(), self.new_record()]
    }

    /// The folder of all of them.
    pub(super) fn folder(&self) -> &Path {
        self.0.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Whether the partial file has its final name too, as where a killed process could not do both in one step.
    pub(super) fn is_linked(&self) -> bool {
        let at = |path: &Path| fs::symlink_metadata(path).ok().map(|found| Identity::of(&found));
        at(&self.0).is_some_and(|file| at(&self.partial()) == Some(file))
    }

    /// Removes what says how far it came.
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

/// Which file something is, whatever it is called.
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

    /// Whether the file is at this path now.
    pub(super) fn is_at(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|found| Self::of(&found) == self)
    }
}

/// Whether anything lies at a path, be it a link that leads nowhere.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
