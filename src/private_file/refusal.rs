//! Why a file was not read or written, in a sentence with what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{FileKind, FileRule};

/// Why a file was not read or written.
#[derive(Debug)]
pub struct FileRefusal {
    path: PathBuf,
    reason: FileRefusalReason,
}

#[derive(Debug)]
pub(super) enum FileRefusalReason {
    /// It is no regular file.
    Kind(FileKind),
    /// It has more than one name.
    Names(u64),
    Owner(u32),
    Mode {
        rule: FileRule,
        mode: u32,
    },
    /// Others can write into the folder of a key.
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

/// What the system did not let happen.
#[derive(Clone, Copy, Debug)]
pub(super) enum FileAction {
    Read,
    Write,
}

impl FileRefusal {
    pub(super) fn new(path: &Path, reason: FileRefusalReason) -> Self {
        Self { path: path.to_owned(), reason }
    }

    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        self.is(io::ErrorKind::NotFound)
    }

    /// Whether there is such a file although there must not be one.
    pub(crate) fn is_taken(&self) -> bool {
        self.is(io::ErrorKind::AlreadyExists)
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
            FileRefusalReason::TooLarge { limit } => write!(f, "{shown} is larger than {} KiB", limit / 1024),
            FileRefusalReason::Io(FileAction::Read, error) => write!(f, "{shown} cannot be read: {error}"),
            FileRefusalReason::Io(FileAction::Write, error) => write!(f, "{shown} cannot be written: {error}"),
        }
    }
}

impl std::error::Error for FileRefusal {}

/// The path as one word for a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@,:".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
