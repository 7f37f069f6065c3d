//! Reads and replaces the file `views.toml`, and knows its path.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{SavedView, ViewName, Views, ViewsError, edit, read};
use crate::private_file::{self, FilePresence, FileRule};

/// Name of the file with the saved views. It is in the folder of the configuration file.
const FILE_NAME: &str = "views.toml";

/// Path of the file `views.toml`, which has the saved views. The file may not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewsFile {
    path: PathBuf,
}

/// Change of one saved view in the file `views.toml`.
#[derive(Clone)]
pub enum ViewChange {
    /// Saves a view: adds it to the file, or replaces the view with the same name.
    Save {
        /// The view with its new content.
        view: SavedView,
        /// Whether a view of the file with the same name may be replaced. This is true after the user agreed to it.
        replaces: bool,
    },
    /// Removes the view with this name from the file.
    Delete(ViewName),
}

impl ViewsFile {
    /// Returns the file `views.toml` in the folder of the configuration file `config`. Both files may be missing.
    pub fn next_to(config: &Path) -> Self {
        Self { path: config.with_file_name(FILE_NAME) }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file and returns all views. If the file does not exist, these are only the views that come with the
    /// program. Relative dates of the filters count from `today`.
    ///
    /// # Errors
    /// A [`ViewsError`] for the first mistake of the file, or if the file cannot be read.
    pub fn read(&self, today: Date) -> Result<Views, ViewsError> {
        self.text(today).map(|(_, views)| views)
    }

    fn text(&self, today: Date) -> Result<(String, Views), ViewsError> {
        let bytes = match private_file::read(&self.path, FileRule::Config) {
            Ok(bytes) => bytes,
            Err(refusal) if refusal.is_missing() => return Ok((String::new(), Views::default())),
            Err(refusal) => return Err(refusal.into()),
        };
        let views = read::views(&bytes, &self.path, today)?;
        Ok((String::from_utf8_lossy(&bytes).into_owned(), Views::with_saved(views)))
    }

    /// Changes one view in the file and returns all views. The file is read again before the change, since another
    /// session may have changed it. All other lines stay as they are. The new file replaces the old one in one step and
    /// has the mode 0600. `today` is the day from which relative dates of the filters count.
    ///
    /// # Errors
    /// A [`ViewsError`] if the file cannot be read or written, or if the change is not possible. The file is unchanged
    /// then.
    pub fn change(&self, change: &ViewChange, today: Date) -> Result<Views, ViewsError> {
        let unwritable = |error| ViewsError::Unwritable { path: self.path.clone(), error };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unwritable)?;
        let lock = File::open(folder).map_err(unwritable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ViewsError::Locked(self.path.clone())),
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
        }
        let (text, views) = self.text(today)?;
        let changed = match change {
            ViewChange::Save { view, replaces } => {
                if !replaces && views.saved(&view.name).is_some() {
                    return Err(ViewsError::Taken(view.name.clone()));
                }
                edit::with_view(&text, view)
            }
            ViewChange::Delete(name) => edit::without_view(&text, name),
        };
        let changed = changed.ok_or_else(|| ViewsError::Unkept(self.path.clone()))?;
        let limit = FileRule::Config.limit();
        if changed.len() > limit {
            return Err(ViewsError::Full { path: self.path.clone(), limit: limit / 1024 });
        }
        let new = Views::with_saved(read::views(changed.as_bytes(), &self.path, today)?);
        if new != views.changed(change) {
            return Err(ViewsError::Unkept(self.path.clone()));
        }
        self.replace(&changed)?;
        Ok(new)
    }

    /// Replaces the content of the file by `text`. At each moment, the path holds either the complete old content or
    /// the complete new content.
    fn replace(&self, text: &str) -> Result<(), ViewsError> {
        let unwritable = |error| ViewsError::Unwritable { path: self.path.clone(), error };
        // People keep configuration files in another folder and link to them: the link stays.
        let path = match fs::canonicalize(&self.path) {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.path.clone(),
            Err(error) => return Err(unwritable(error)),
        };
        private_file::check_replaceable(&path)?;
        let new = path.with_file_name(format!("{FILE_NAME}.new"));
        // A session that was killed may have left it; no other session writes it, because of the lock.
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
            _ => {}
        }
        let mut file = private_file::update(&new, FilePresence::New)?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        let replaced = written.and_then(|()| fs::rename(&new, &path));
        replaced.map_err(|error| {
            let _ = fs::remove_file(&new);
            unwritable(error)
        })
    }
}

impl Views {
    /// Returns these views with the change `change` applied. The file is not changed.
    fn changed(&self, change: &ViewChange) -> Self {
        let mut saved = self.saved.clone();
        match change {
            ViewChange::Save { view, .. } => match saved.iter_mut().find(|other| other.name == view.name) {
                Some(other) => other.clone_from(view),
                None => saved.push(view.clone()),
            },
            ViewChange::Delete(name) => saved.retain(|view| view.name != *name),
        }
        Self { saved }
    }
}
