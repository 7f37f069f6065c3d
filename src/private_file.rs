//! Files and streams at paths that somebody named: what lies there is looked at before it is read or written.
//!
//! A file of ours is a regular file, belongs to the user, and has this one name: a link or a second name could lead a
//! line or a secret to where somebody else wants it. Everything else is refused by name, and nothing is waited for
//! without end. The checks are repeated on the opened file, so that nothing can be exchanged between check and use.

mod kind;
mod read;
mod refusal;
mod stream;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

pub(crate) use kind::FileKind;
pub(crate) use read::{FileRule, check_folder, read};
pub use refusal::FileRefusal;
use refusal::{FileAction, FileRefusalReason};
pub(crate) use stream::OpenStream;

/// Whether a file that is to be written is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It must not be there; it is created.
    New,
    /// It must be there.
    Old,
    /// It is created where it is not there.
    Either,
}

/// Opens a file of the user's own for appending, creates it where it is not there yet, and closes it to others.
///
/// # Errors
/// [`FileRefusal`] when it cannot be opened, or is no regular file of the user's own with one name.
pub(crate) fn append(path: &Path) -> Result<File, FileRefusal> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    open(path, &mut options, HardLinks::One)
}

/// Opens a file of the user's own for reading and writing, as it is, and closes it to others.
///
/// # Errors
/// [`FileRefusal`] when it cannot be opened, or is no regular file of the user's own with one name.
pub(crate) fn update(path: &Path, presence: Presence) -> Result<File, FileRefusal> {
    open(path, &mut updating(presence), HardLinks::One)
}

/// Opens a file of the user's own that may have a second name, and leaves its mode as it is: the caller knows the other
/// name.
///
/// # Errors
/// [`FileRefusal`] when it cannot be opened, or is no regular file of the user's own.
pub(crate) fn update_linked(path: &Path) -> Result<File, FileRefusal> {
    open(path, &mut updating(Presence::Old), HardLinks::Any)
}

/// Says whether what lies at a path may be replaced: nothing, or a regular file of the user's own with one name.
///
/// # Errors
/// [`FileRefusal`] when something else lies there.
pub(crate) fn check_replaceable(path: &Path) -> Result<(), FileRefusal> {
    let check = || match fs::symlink_metadata(path) {
        Ok(found) => own(path, &found, HardLinks::One),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(written(error)),
    };
    check().map_err(|reason| FileRefusal::new(path, reason))
}

/// Whether a second name of a file is a reason to refuse it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HardLinks {
    One,
    Any,
}

fn updating(presence: Presence) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(presence == Presence::New).create(presence == Presence::Either);
    options
}

const fn written(error: io::Error) -> FileRefusalReason {
    FileRefusalReason::Io(FileAction::Write, error)
}

fn open(path: &Path, options: &mut OpenOptions, names: HardLinks) -> Result<File, FileRefusal> {
    let mut open = || {
        // Opening a device may already do something, and a pipe without a reader would be waited for.
        match fs::symlink_metadata(path) {
            Ok(found) => own(path, &found, names)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(written(error)),
        }
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened = options.mode(0o600).custom_flags(flags.bits().cast_signed()).open(path);
        let file = opened.map_err(|error| match error.raw_os_error() {
            Some(code) if code == rustix::io::Errno::LOOP.raw_os_error() => FileRefusalReason::Kind(FileKind::Link),
            _ => written(error),
        })?;
        own(path, &file.metadata().map_err(written)?, names)?;
        // A file that was there before may be open to others, and the umask may have taken something from a new one.
        if names == HardLinks::One {
            file.set_permissions(Permissions::from_mode(0o600)).map_err(written)?;
        }
        Ok(file)
    };
    open().map_err(|reason| FileRefusal::new(path, reason))
}

/// Checks that a file is regular, the user's own, and has one name.
fn own(path: &Path, found: &fs::Metadata, names: HardLinks) -> Result<(), FileRefusalReason> {
    if !found.is_file() {
        return Err(FileRefusalReason::Kind(FileKind::at(path, found)));
    }
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(FileRefusalReason::Owner(found.uid()));
    }
    // Without any name it was removed after it was opened.
    if found.nlink() > 1 && names == HardLinks::One {
        return Err(FileRefusalReason::Names(found.nlink()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
