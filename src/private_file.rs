//! Opens files and streams at paths that a user named. Before a path is read or written, the object at the path is
//! checked.
//!
//! A private file is a regular file that belongs to the user and has only one name. Through a symbolic link or a second
//! hard link, another user could make the program write a log line or a secret into another file. If the object at the
//! path is not allowed, the path is refused with a reason. No function of this module waits without limit. The checks
//! are repeated after a file was opened, because the file could be exchanged before it was opened.

mod identity;
mod kind;
mod read;
mod refusal;
mod stream;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

pub(crate) use identity::Identity;
pub(crate) use kind::FileKind;
pub(crate) use read::{FileRule, check_folder, read, read_data, read_within};
pub use refusal::FileRefusal;
use refusal::{FileAction, FileRefusalReason};
pub(crate) use stream::OpenStream;

/// Rule that says whether a file must exist, or may exist, before it is opened for writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilePresence {
    /// The file must not exist; it is created.
    New,
    /// The file must exist.
    Old,
    /// The file is created if it does not exist.
    Either,
}

/// Opens the private file at `path` for appending, and sets its mode to 0600. Creates the file if it does not exist. A
/// private file is a regular file that belongs to the user and has no second name (hard link).
///
/// # Errors
/// Returns [`FileRefusal`] if the file cannot be opened or is not such a file.
pub(crate) fn append(path: &Path) -> Result<File, FileRefusal> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    open(path, &mut options, HardLinks::One)
}

/// Opens the private file at `path` for reading and writing, keeps its content, and sets its mode to 0600. A private
/// file is a regular file that belongs to the user and has no second name (hard link). `presence` decides whether the
/// file may or must be created.
///
/// # Errors
/// Returns [`FileRefusal`] if the file cannot be opened, is not such a file, or breaks the rule `presence`.
pub(crate) fn update(path: &Path, presence: FilePresence) -> Result<File, FileRefusal> {
    open(path, &mut updating(presence), HardLinks::One)
}

/// Opens an existing file of the user for reading and writing, and leaves its mode unchanged. Unlike [`update`], this
/// function accepts a file with a second name (hard link). It is for a caller that created the second name itself.
///
/// # Errors
/// Returns [`FileRefusal`] if the file cannot be opened, is not a regular file, or belongs to another user.
pub(crate) fn update_linked(path: &Path) -> Result<File, FileRefusal> {
    open(path, &mut updating(FilePresence::Old), HardLinks::Any)
}

/// Checks that a new file may be put at `path`. This is allowed if nothing is at the path. It is also allowed if a
/// regular file is there that belongs to the user and has only one name; the new file then replaces it.
///
/// # Errors
/// Returns [`FileRefusal`] if anything else is at the path.
pub(crate) fn check_replaceable(path: &Path) -> Result<(), FileRefusal> {
    let check = || match fs::symlink_metadata(path) {
        Ok(found) => check_owned(path, &found, HardLinks::One),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(written(error)),
    };
    check().map_err(|reason| FileRefusal::new(path, reason))
}

/// Rule that says whether a file may have more than one name (hard link).
#[derive(Clone, Copy, PartialEq, Eq)]
enum HardLinks {
    One,
    Any,
}

fn updating(presence: FilePresence) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(presence == FilePresence::New).create(presence == FilePresence::Either);
    options
}

const fn written(error: io::Error) -> FileRefusalReason {
    FileRefusalReason::Io(FileAction::Write, error)
}

fn open(path: &Path, options: &mut OpenOptions, names: HardLinks) -> Result<File, FileRefusal> {
    let mut open = || {
        // Opening a device may already have an effect, and opening a pipe without a reader would wait for one.
        match fs::symlink_metadata(path) {
            Ok(found) => check_owned(path, &found, names)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(written(error)),
        }
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened = options.mode(0o600).custom_flags(flags.bits().cast_signed()).open(path);
        let file = opened.map_err(|error| match error.raw_os_error() {
            Some(code) if code == rustix::io::Errno::LOOP.raw_os_error() => FileRefusalReason::Kind(FileKind::Link),
            _ => written(error),
        })?;
        check_owned(path, &file.metadata().map_err(written)?, names)?;
        // A file that was there before may be open to others, and the umask may have taken something from a new one.
        if names == HardLinks::One {
            file.set_permissions(Permissions::from_mode(0o600)).map_err(written)?;
        }
        Ok(file)
    };
    open().map_err(|reason| FileRefusal::new(path, reason))
}

/// Checks that a file is a regular file, belongs to the user of this process, and has only one name (hard link). If
/// `names` is [`HardLinks::Any`], several names are allowed. `metadata` is the metadata of the file. `path` is only
/// used for the error, to find out what kind of object is at the path.
fn check_owned(path: &Path, metadata: &fs::Metadata, names: HardLinks) -> Result<(), FileRefusalReason> {
    if !metadata.is_file() {
        return Err(FileRefusalReason::Kind(FileKind::at(path, metadata)));
    }
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(FileRefusalReason::Owner(metadata.uid()));
    }
    // A file without any name was removed after it was opened. That is no reason to refuse it.
    if metadata.nlink() > 1 && names == HardLinks::One {
        return Err(FileRefusalReason::Names(metadata.nlink()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
