//! Why a file was not read or written, in a sentence with what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{Kind, Rule};

/// Why a file was not read or written.
#[derive(Debug)]
pub struct Refusal {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
pub(super) enum Reason {
    /// It is no regular file.
    Kind(Kind),
    /// It has more than one name.
    Names(u64),
    Owner(u32),
    Mode {
        rule: Rule,
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
    Io(Deed, io::Error),
}

/// What the system did not let happen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    Read,
    Write,
}

impl Refusal {
    pub(super) fn new(path: &Path, reason: Reason) -> Self {
        Self { path: path.to_owned(), reason }
    }

    /// Whether there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.is(io::ErrorKind::NotFound)
    }

    /// Whether there is such a file although there must not be one.
    #[must_use]
    pub(crate) fn is_taken(&self) -> bool {
        self.is(io::ErrorKind::AlreadyExists)
    }

    fn is(&self, kind: io::ErrorKind) -> bool {
        matches!(&self.reason, Reason::Io(_, error) if error.kind() == kind)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path.display();
        let word = quoted(&self.path);
        match &self.reason {
            Reason::Kind(Kind::Link) => write!(f, "{shown} is a symbolic link: name the file itself"),
            Reason::Kind(kind) => write!(f, "{shown} is {}, not a regular file", kind.words()),
            Reason::Names(count) => {
                write!(f, "{shown} has {count} names (hard links): use a file that has one name only")
            }
            Reason::Owner(owner) => {
                write!(f, "{shown} belongs to user {owner} and not to you: sudo chown \"$(id -u)\" {word}")
            }
            Reason::Mode { rule: Rule::Key, mode } => {
                write!(f, "{shown} is open to others (mode {mode:04o}): chmod 600 {word}")
            }
            Reason::Mode { mode, .. } => {
                write!(f, "others can change {shown} (mode {mode:04o}): chmod go-w {word}")
            }
            Reason::FolderMode { folder, mode } => {
                let name = folder.display();
                write!(f, "others can exchange {shown}, as they can write into {name} (mode {mode:04o}): chmod go-w ")?;
                f.write_str(&quoted(folder))
            }
            Reason::FolderOwner { folder, owner } => {
                let name = folder.display();
                write!(f, "user {owner} can exchange {shown}, as {name} belongs to them: move it to a folder of yours")
            }
            Reason::TooLarge { limit } => write!(f, "{shown} is larger than {} KiB", limit / 1024),
            Reason::Io(Deed::Read, error) => write!(f, "{shown} cannot be read: {error}"),
            Reason::Io(Deed::Write, error) => write!(f, "{shown} cannot be written: {error}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// The path as one word for a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@,:".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
