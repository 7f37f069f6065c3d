//! Reads a small private file, and refuses one that others could read or change.
//!
//! The checks are made on the opened file, so that nothing can be exchanged between check and reading.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use secrecy::zeroize::Zeroizing;

/// What a file must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// It names programs to start: it must be ours or the system's, and nobody else may write it. It may be a link,
    /// as people keep such files elsewhere and link them.
    Config,
    /// It is the key: ours, no link, and nobody else may do anything with it.
    Key,
}

impl Rule {
    const fn limit(self) -> usize {
        match self {
            Self::Config => 64 * 1024,
            Self::Key => 4 * 1024,
        }
    }

    const fn forbidden_mode(self) -> u32 {
        match self {
            Self::Config => 0o022,
            Self::Key => 0o077,
        }
    }

    fn owner_is_fine(self, owner: u32) -> bool {
        owner == rustix::process::geteuid().as_raw() || (self == Self::Config && owner == 0)
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub struct Refusal {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    Link,
    NotAFile,
    Owner(u32),
    Mode { rule: Rule, mode: u32 },
    TooLarge { limit: usize },
    Unreadable(io::Error),
}

impl Refusal {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(&self.reason, Reason::Unreadable(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path.display();
        let word = quoted(&self.path);
        match &self.reason {
            Reason::Link => write!(f, "{shown} is a symbolic link: name the file itself"),
            Reason::NotAFile => write!(f, "{shown} is not a regular file"),
            Reason::Owner(owner) => {
                write!(f, "{shown} belongs to user {owner} and not to you: sudo chown \"$(id -u)\" {word}")
            }
            Reason::Mode { rule: Rule::Key, mode } => {
                write!(f, "{shown} is open to others (mode {mode:04o}): chmod 600 {word}")
            }
            Reason::Mode { rule: Rule::Config, mode } => {
                write!(f, "others can change {shown} (mode {mode:04o}): chmod go-w {word}")
            }
            Reason::TooLarge { limit } => write!(f, "{shown} is larger than {} KiB", limit / 1024),
            Reason::Unreadable(error) => write!(f, "{shown} cannot be read: {error}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// The bytes of a file that keeps the rule. They are wiped when dropped.
///
/// # Errors
/// [`Refusal`], with the command that mends it where there is one. A pipe or a device is refused and never waited for.
pub(super) fn read(path: &Path, rule: Rule) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    read_checked(path, rule).map_err(|reason| Refusal { path: path.to_owned(), reason })
}

fn read_checked(path: &Path, rule: Rule) -> Result<Zeroizing<Vec<u8>>, Reason> {
    let mut flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    if rule == Rule::Key {
        flags |= OFlags::NOFOLLOW;
    }
    let mut file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(opened) => File::from(opened),
        Err(rustix::io::Errno::LOOP) => return Err(Reason::Link),
        Err(error) => return Err(Reason::Unreadable(error.into())),
    };
    let found = file.metadata().map_err(Reason::Unreadable)?;
    if !found.is_file() {
        return Err(Reason::NotAFile);
    }
    if !rule.owner_is_fine(found.uid()) {
        return Err(Reason::Owner(found.uid()));
    }
    if found.mode() & rule.forbidden_mode() != 0 {
        return Err(Reason::Mode { rule, mode: found.mode() & 0o7777 });
    }

    // One buffer of the final size: one that grows would leave copies behind that nobody wipes.
    let limit = rule.limit();
    let mut bytes = Zeroizing::new(vec![0; limit + 1]);
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Reason::Unreadable(error)),
        }
    }
    if filled > limit {
        return Err(Reason::TooLarge { limit });
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// The path as one word for a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@,:".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
