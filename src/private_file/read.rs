//! Reads small private files (configuration, API key, export record). Refuses a file that other users could read,
//! change or exchange.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::SystemTime;

use rustix::fs::{Mode, OFlags};
use secrecy::zeroize::Zeroizing;

use super::refusal::{FileAction, FileRefusal, FileRefusalReason};
use super::{FileKind, HardLinks, check_owned};

/// Rule for the owner and the permissions of a private file. The program reads the file only if the file obeys the
/// rule, which depends on what the file is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileRule {
    /// Rule for a configuration file. It must belong to the user or the superuser, and nobody else may write it,
    /// because it names programs that are started. It may be a symbolic link or have several names, because people link
    /// to configuration files in another folder.
    Config,
    /// Rule for a file with the API key. It must belong to the user, and must not be a link. No other user may have
    /// access to the file, or be able to put another file in its place.
    Key,
    /// Rule for a file that records the progress of an export. It must belong to the user, and must not be a link.
    /// Nobody else may write it.
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

/// Checks that the file at `path` obeys `rule` (owner, permissions, size), then reads it. The returned bytes are wiped
/// from memory when dropped.
///
/// # Errors
/// Returns [`FileRefusal`] if the file breaks the rule or cannot be read. If a shell command such as `chmod 600` can
/// correct the file, the message of the error names the command. A pipe or a device is refused at once, without waiting
/// for data.
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

/// Reads the data file at `path`, such as a saved answer of the service, to show it to the user. Any regular file is
/// read, even one of another user or behind a symbolic link, because its content is not trusted. `max_bytes` is the
/// maximum size of the file. Returns the bytes and the time of the last change of the file.
///
/// # Errors
/// Returns [`FileRefusal`] if the file is no regular file, is larger than `max_bytes`, or cannot be read. A pipe or a
/// device is refused at once, without waiting for data.
pub(crate) fn read_data(path: &Path, max_bytes: usize) -> Result<(Vec<u8>, SystemTime), FileRefusal> {
    let read = || {
        let regular = |found: &fs::Metadata| match found.is_file() {
            true => Ok(()),
            false => Err(FileRefusalReason::Kind(FileKind::at(path, found))),
        };
        regular(&fs::metadata(path).map_err(unreadable)?)?;
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened = rustix::fs::open(path, flags, Mode::empty());
        let file = File::from(opened.map_err(|error| unreadable(error.into()))?);
        let found = file.metadata().map_err(unreadable)?;
        regular(&found)?;
        let bytes =
            read_within(file, usize::try_from(found.len()).unwrap_or(usize::MAX), max_bytes).map_err(unreadable)?;
        let bytes = bytes.ok_or(FileRefusalReason::TooLarge { limit: max_bytes })?;
        Ok((bytes, found.modified().map_err(unreadable)?))
    };
    read().map_err(|reason| FileRefusal::new(path, reason))
}

/// Reads `input` to its end and returns its bytes. `expected` is the number of bytes that the input probably has.
/// Returns `None` if `expected` or the number of bytes is greater than `max_bytes`.
///
/// # Errors
/// Returns the error of the operating system if reading fails.
pub(crate) fn read_within(input: impl Read, expected: usize, max_bytes: usize) -> io::Result<Option<Vec<u8>>> {
    let limit = max_bytes.saturating_add(1);
    if expected > max_bytes {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    input.take(limit as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= max_bytes).then_some(bytes))
}

/// Checks that no other user could put another file in place of the key file (the file with the API key) at `path`. The
/// check looks at the owner and the mode of the folder that contains the file.
///
/// # Errors
/// Returns [`FileRefusal`] if another user could exchange the file, or if the folder cannot be examined.
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

    // One buffer of the final size: a growing buffer would leave copies in memory that are not wiped.
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

fn check(path: &Path, metadata: &fs::Metadata, rule: FileRule) -> Result<(), FileRefusalReason> {
    let names = if rule == FileRule::Config { HardLinks::Any } else { HardLinks::One };
    match check_owned(path, metadata, names) {
        Err(FileRefusalReason::Owner(0)) if rule == FileRule::Config => {}
        checked => checked?,
    }
    if metadata.mode() & rule.forbidden_mode() != 0 {
        return Err(FileRefusalReason::Mode { rule, mode: metadata.mode() & 0o7777 });
    }
    Ok(())
}

/// Checks that no other user can put another file in place of the key file at `path`. Its folder must belong to the
/// user or the superuser. Other users may write into the folder only if it has the sticky bit. With this bit, only the
/// owners of the folder and of the file can replace the file.
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
