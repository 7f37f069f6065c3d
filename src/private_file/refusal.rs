//! The error for a file that was not read or written, with advice for the user.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{FileKind, FileRule};
use crate::text::shell_word;

/// Error for a file that was not read or written: the path of the file and the reason. The message of the error says
/// what the user can do.
#[derive(Debug)]
pub struct FileRefusal {
    path: PathBuf,
    reason: FileRefusalReason,
}

#[derive(Debug)]
pub(super) enum FileRefusalReason {
    /// The object at the path is not a regular file; holds the kind of the object.
    Kind(FileKind),
    /// The file has more than one name (hard link); holds the number of names.
    Names(u64),
    Owner(u32),
    Mode {
        rule: FileRule,
        mode: u32,
    },
    /// Other users can write into the folder that contains a key file (a file with the API key), so they could exchange
    /// the file.
    FolderMode {
        folder: PathBuf,
        mode: u32,
    },
    FolderOwner {
        folder: PathBuf,
        owner: u32,
    },
    TooLarge {
        limit: usize,
    },
    Io(FileAction, io::Error),
}

/// The action on a file that failed with an error of the operating system.
#[derive(Clone, Copy, Debug)]
pub(super) enum FileAction {
    Read,
    Write,
}

impl FileRefusal {
    pub(super) fn new(path: &Path, reason: FileRefusalReason) -> Self {
        Self { path: path.to_owned(), reason }
    }

    /// Returns whether the file was refused because it does not exist.
    pub fn is_missing(&self) -> bool {
        self.is(io::ErrorKind::NotFound)
    }

    /// Returns whether the file was refused because the caller required a new file, but a file already exists at the
    /// path.
    pub(crate) fn is_taken(&self) -> bool {
        self.is(io::ErrorKind::AlreadyExists)
    }

    /// Returns whether the file was refused because it is too large.
    pub(crate) const fn is_too_large(&self) -> bool {
        matches!(&self.reason, FileRefusalReason::TooLarge { .. })
    }

    fn is(&self, kind: io::ErrorKind) -> bool {
        matches!(&self.reason, FileRefusalReason::Io(_, error) if error.kind() == kind)
    }
}

impl fmt::Display for FileRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path.display();
        let word = quoted(&self.path);
        match &self.reason {
            FileRefusalReason::Kind(FileKind::Link) => write!(f, "{shown} is a symbolic link: name the file itself"),
            FileRefusalReason::Kind(kind) => write!(f, "{shown} is {}, not a regular file", kind.words()),
            FileRefusalReason::Names(count) => {
                write!(f, "{shown} has {count} names (hard links): use a file that has one name only")
            }
            FileRefusalReason::Owner(owner) => {
                write!(f, "{shown} belongs to user {owner} and not to you: sudo chown \"$(id -u)\" {word}")
            }
            FileRefusalReason::Mode { rule: FileRule::Key, mode } => {
                write!(f, "{shown} can be read by others (mode {mode:04o}): chmod 600 {word}")
            }
            FileRefusalReason::Mode { mode, .. } => {
                write!(f, "others can change {shown} (mode {mode:04o}): chmod go-w {word}")
            }
            FileRefusalReason::FolderMode { folder, mode } => {
                let name = folder.display();
                write!(f, "others can exchange {shown}, as they can write into {name} (mode {mode:04o}): chmod go-w ")?;
                f.write_str(&quoted(folder))
            }
            FileRefusalReason::FolderOwner { folder, owner } => {
                let name = folder.display();
                write!(f, "user {owner} can exchange {shown}, as {name} belongs to them: move it to a folder of yours")
            }
            FileRefusalReason::TooLarge { limit } if *limit >= 1 << 20 => {
                write!(f, "{shown} is larger than {} MiB", limit >> 20)
            }
            FileRefusalReason::TooLarge { limit } => write!(f, "{shown} is larger than {} KiB", limit / 1024),
            FileRefusalReason::Io(FileAction::Read, error) => write!(f, "{shown} cannot be read: {error}"),
            FileRefusalReason::Io(FileAction::Write, error) => write!(f, "{shown} cannot be written: {error}"),
        }
    }
}

impl std::error::Error for FileRefusal {}

/// Returns the path as one word of a shell command, in quotes if necessary.
fn quoted(path: &Path) -> String {
    shell_word(&path.display().to_string())
}
