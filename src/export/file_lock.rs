//! The lock of an export. The export locks the file that gets the final name, so that no second export can write, empty
//! or rename this file.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::paths::{ExportPaths, exists};
use super::refusal::TargetRefusal;
use crate::private_file::Identity;
use crate::private_file::{self, FilePresence};

/// Largest number of attempts to open and lock the file of an export. Another attempt is needed if the file was renamed
/// or removed after it was opened.
const MAX_ATTEMPTS: usize = 10;

/// Number of further attempts to lock the file of an export, because another process may hold the lock for a moment.
/// The time between two attempts is [`LOCK_RETRY_DELAY`].
const LOCK_RETRIES: usize = 5;
const LOCK_RETRY_DELAY: Duration = Duration::from_millis(10);

/// The open and locked file of an export, with the identity of the file on the disk.
pub(super) struct FileLock {
    pub(super) file: File,
    pub(super) identity: Identity,
}

/// The output file of an export that was stopped, under its partial or its final name.
pub(super) enum LockedOutput {
    /// The partial file, which does not contain all rows or has not got its final name yet.
    Partial(FileLock),
    /// The complete file with its final name, or with both its final name and its partial name. Only the temporary
    /// files still have to be removed.
    Named(FileLock),
}

impl FileLock {
    /// Creates and locks the partial file of a new export to the path in `paths`. If a partial file exists already, it
    /// is taken over with `force`, and refused without. The error is the reason why the export does not start.
    pub(super) fn lock_new(paths: &ExportPaths, force: bool) -> Result<Self, TargetRefusal> {
        let partial = paths.partial();
        for _ in 0..MAX_ATTEMPTS {
            if force && paths.is_linked() {
                drop(Self::lock_final(paths)?);
                fs::remove_file(&partial)
                    .map_err(|error| format!("{} cannot be removed: {error}", partial.display()))?;
            }
            let (file, created) = match private_file::update(&partial, FilePresence::New) {
                Ok(file) => (file, true),
                Err(refusal) if refusal.is_taken() && !force => return Err(file_exists_refusal(paths, &partial)),
                Err(refusal) if refusal.is_taken() => match private_file::update(&partial, FilePresence::Old) {
                    Ok(file) => (file, false),
                    Err(refusal) if refusal.is_missing() => continue,
                    Err(refusal) => return Err(refusal.to_string().into()),
                },
                Err(refusal) => return Err(refusal.to_string().into()),
            };
            let claim = Self::lock(file, paths, created)?;
            if !claim.identity.is_at(&partial) {
                continue;
            }
            // An export whose file just got its final name still removes the files beside it.
            if is_locked(paths.file()) {
                if created {
                    let _ = fs::remove_file(&partial);
                }
                break;
            }
            return Ok(claim);
        }
        Err(busy_message(paths).into())
    }

    /// Locks the output file of an export that was stopped, and returns it. `paths` are the paths of this export.
    /// Returns `None` if there is no such file. The error is a sentence for the user.
    pub(super) fn lock_stopped(paths: &ExportPaths) -> Result<Option<LockedOutput>, String> {
        let partial = paths.partial();
        for _ in 0..MAX_ATTEMPTS {
            if paths.is_linked() {
                return Self::lock_final(paths).map(|claim| claim.map(LockedOutput::Named));
            }
            let file = match private_file::update(&partial, FilePresence::Old) {
                Ok(file) => file,
                Err(refusal) if refusal.is_missing() => match Self::lock_final(paths)? {
                    // The file may have got its final name just now, or it is gone together with its record.
                    Some(claim) if !exists(&partial) => return Ok(Some(LockedOutput::Named(claim))),
                    None if !exists(&partial) => return Ok(None),
                    Some(_) | None => continue,
                },
                Err(refusal) => return Err(refusal.to_string()),
            };
            let claim = Self::lock(file, paths, false)?;
            if claim.identity.is_at(&partial) {
                return Ok(Some(LockedOutput::Partial(claim)));
            }
        }
        Err(busy_message(paths))
    }

    /// Locks the file at the final path of the export, which `paths` contains, and returns it. Returns `None` if there
    /// is no such file yet. The error is a sentence for the user.
    fn lock_final(paths: &ExportPaths) -> Result<Option<Self>, String> {
        match private_file::update_linked(paths.file()) {
            Ok(file) => Self::lock(file, paths, false).map(Some),
            Err(refusal) if refusal.is_missing() => Ok(None),
            Err(refusal) => Err(refusal.to_string()),
        }
    }

    fn lock(file: File, paths: &ExportPaths, created: bool) -> Result<Self, String> {
        let mut locked = file.try_lock();
        // A process that only checks for a lock holds one for a moment.
        for _ in 0..LOCK_RETRIES {
            if !matches!(locked, Err(TryLockError::WouldBlock)) {
                break;
            }
            thread::sleep(LOCK_RETRY_DELAY);
            locked = file.try_lock();
        }
        match locked {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy_message(paths)),
            // Some file systems have no locks. A file that this call created belongs to no other export.
            Err(TryLockError::Error(_)) if created => {}
            Err(TryLockError::Error(error)) => {
                return Err(format!(
                    "{} cannot be locked ({error}): if no other export is running, remove the files next to it and start over",
                    paths.file().display()
                ));
            }
        }
        let identity = Identity::of_file(&file).map_err(|error| error.to_string())?;
        Ok(Self { file, identity })
    }
}

/// Returns whether another export has locked the partial file in `paths`, and so is still running.
pub(super) fn is_busy(paths: &ExportPaths) -> bool {
    is_locked(&paths.partial())
}

fn is_locked(path: &Path) -> bool {
    let held = |file: File| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    private_file::update_linked(path).is_ok_and(held)
}

/// Returns the error message for the case that another export is writing the same file.
pub(super) fn busy_message(paths: &ExportPaths) -> String {
    format!("another export is writing {}: wait until it ends, or use another file", paths.file().display())
}

/// Returns the reason why a new export to `paths` does not start. The file at `part`, such as a partial file, exists
/// already and belongs to another export. That export still runs, or was stopped and can perhaps be continued.
pub(super) fn file_exists_refusal(paths: &ExportPaths, part: &Path) -> TargetRefusal {
    if is_busy(paths) {
        busy_message(paths).into()
    } else {
        TargetRefusal::PartExists { part: part.to_owned(), can_continue: exists(&paths.record()) }
    }
}
