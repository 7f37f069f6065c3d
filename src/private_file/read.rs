//! Reads a small private file, and refuses one that others could read, change or exchange.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use secrecy::zeroize::Zeroizing;

use super::refusal::{FileAction, FileRefusal, FileRefusalReason};
use super::{FileKind, HardLinks, own};

/// What a file must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileRule {
    /// It names programs to start: it must be ours or the system's, and nobody else may write it. It may be a link or
    /// have several names, as people keep such files elsewhere and link them.
    Config,
    /// It is the key: ours, no link, in a folder that nobody else can write into, and nobody else may do anything with it.
    Key,
    /// It says how far an export came: ours, no link, and nobody else may write it.
    Record,
}

impl FileRule {
    pub(crate) const fn limit(self) -> usize {
        match self {
            Self::Config | Self::Record => 64 * 1024,
            Self::Key => 4 * 1024,
        }
    }

    const fn forbidden_mode(self) -> u32 {
        match self {
            Self::Config | Self::Record => 0o022,
            Self::Key => 0o077,
        }
    }
}

/// Reads a file that keeps the rule. The bytes are wiped when dropped.
///
/// # Errors
/// [`FileRefusal`], with the command that mends it where there is one. A pipe or a device is refused and never waited for.
pub(crate) fn read(path: &Path, rule: FileRule) -> Result<Zeroizing<Vec<u8>>, FileRefusal> {
    let checked = || {
        let bytes = read_checked(path, rule)?;
        if rule == FileRule::Key {
            folder(path)?;
        }
        Ok(bytes)
    };
    checked().map_err(|reason| FileRefusal::new(path, reason))
}

/// Says whether a key is safe in the folder of this path.
///
/// # Errors
/// [`FileRefusal`] when somebody else could exchange it there.
pub(crate) fn check_folder(path: &Path) -> Result<(), FileRefusal> {
    folder(path).map_err(|reason| FileRefusal::new(path, reason))
}

const fn unreadable(error: io::Error) -> FileRefusalReason {
    FileRefusalReason::Io(FileAction::Read, error)
}

fn read_checked(path: &Path, rule: FileRule) -> Result<Zeroizing<Vec<u8>>, FileRefusalReason> {
    let linked = rule == FileRule::Config;
    let found = if linked { fs::metadata(path) } else { fs::symlink_metadata(path) };
    check(path, &found.map_err(unreadable)?, rule)?;
    let mut flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    if !linked {
        flags |= OFlags::NOFOLLOW;
    }
    let mut file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(opened) => File::from(opened),
        Err(rustix::io::Errno::LOOP) => return Err(FileRefusalReason::Kind(FileKind::Link)),
        Err(error) => return Err(unreadable(error.into())),
    };
    check(path, &file.metadata().map_err(unreadable)?, rule)?;

    // One buffer of the final size: one that grows would leave copies behind that nobody wipes.
    let limit = rule.limit();
    let mut bytes = Zeroizing::new(vec![0; limit + 1]);
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    if filled > limit {
        return Err(FileRefusalReason::TooLarge { limit });
    }
    bytes.truncate(filled);
    Ok(bytes)
}

fn check(path: &Path, found: &fs::Metadata, rule: FileRule) -> Result<(), FileRefusalReason> {
    let names = if rule == FileRule::Config { HardLinks::Any } else { HardLinks::One };
    match own(path, found, names) {
        Err(FileRefusalReason::Owner(0)) if rule == FileRule::Config => {}
        checked => checked?,
    }
    if found.mode() & rule.forbidden_mode() != 0 {
        return Err(FileRefusalReason::Mode { rule, mode: found.mode() & 0o7777 });
    }
    Ok(())
}

/// Checks that nobody else can put another file in the place of a key. In a sticky folder only its owner and the file's
/// can.
fn folder(path: &Path) -> Result<(), FileRefusalReason> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let found = fs::metadata(folder).map_err(unreadable)?;
    let owner = found.uid();
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        return Err(FileRefusalReason::FolderOwner { folder: folder.to_owned(), owner });
    }
    if found.mode() & 0o022 != 0 && found.mode() & 0o1000 == 0 {
        return Err(FileRefusalReason::FolderMode { folder: folder.to_owned(), mode: found.mode() & 0o7777 });
    }
    Ok(())
}
