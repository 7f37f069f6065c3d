//! Errors of the saved views, each with a message of one sentence.
//!
//! A message holds names, paths and a part of a filter, none of which was checked. Code that shows a message must
//! therefore sanitise it first.

use std::io;
use std::path::PathBuf;

use super::name::NameFault;
use super::{ViewName, name};
use crate::config::SettingSource;
use crate::private_file::FileRefusal;
use crate::submission::row::COLUMNS;
use crate::text::{Class, Mask, Untrusted, Value};

/// Reason why the saved views could not be read or written, or why a view could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// The file `views.toml` has a mistake.
    #[error("{at}: {fault}")]
    At {
        /// The place of the mistake: the path of the file and the line.
        at: SettingSource,
        /// The kind of the mistake.
        fault: ViewFault,
    },
    /// The file `views.toml` was refused before it was parsed, for example because it cannot be read.
    #[error("{0}")]
    File(#[from] FileRefusal),
    /// There is no view with the name that the user typed.
    #[error("there is no view `{name}`{}; there are {}", hint(.near), names(.known))]
    Unknown {
        /// The name as the user typed it.
        name: String,
        /// The most similar name of a view; `None` if no name is similar.
        near: Option<ViewName>,
        /// The names of all views.
        known: Vec<ViewName>,
    },
    /// A filter on the command line and the filter of the view have the same server term. A server term, such as
    /// `from:`, becomes a query parameter of the service, which a request can have only once.
    #[error(
        "{term} is in the filter of the view `{view}` already, and the server takes it once: leave it out, or filter without --view"
    )]
    ServerTermTwice {
        /// The key of the term that both filters have, such as `from:`.
        term: String,
        /// The name of the view whose filter has the term.
        view: ViewName,
    },
    /// No path of the file `views.toml` is known. There is no home directory, and no option or variable names a
    /// configuration file.
    #[error("no home directory, so no file for views: name a configuration file with --config or ARGOS_CONFIG")]
    NoPlace,
    /// A view with this name was to be added to the file, but another session has saved one with the same name
    /// meanwhile.
    #[error("another session saved a view `{0}` in the meantime: save again to replace it")]
    Taken(ViewName),
    /// Another session is writing the file with this path at this moment.
    #[error("another session is writing {} at this moment: try again", .0.display())]
    Locked(PathBuf),
    /// The file with this path cannot be changed without a change of other lines in it.
    #[error("{} cannot be changed without changing other lines of it: change it with an editor", .0.display())]
    Unkept(PathBuf),
    /// After the change, the file would be larger than the maximum size.
    #[error("{} would be larger than {limit} KiB: delete a view first", path.display())]
    Full {
        /// Path of the file `views.toml`.
        path: PathBuf,
        /// Maximum size of the file in KiB. A larger file is not read.
        limit: usize,
    },
    /// The file could not be written because of an error of the operating system.
    #[error("{} cannot be written: {error}", path.display())]
    Unwritable {
        /// Path of the file `views.toml`.
        path: PathBuf,
        /// Error of the operating system.
        error: io::Error,
    },
}

impl ViewsError {
    /// Returns the error for `typed`, the name of a view that does not exist. `known` has the names of all views. The
    /// error also suggests the most similar of these names, if one is similar.
    pub(super) fn unknown(typed: &str, known: Vec<ViewName>) -> Self {
        let wanted = typed.trim().to_lowercase();
        let distance = |known: &ViewName| strsim::osa_distance(&wanted, &known.as_str().to_lowercase());
        let is_near = |known: &&ViewName| {
            let begins = !wanted.is_empty() && known.as_str().to_lowercase().starts_with(&wanted);
            begins || distance(known) <= 1 + wanted.chars().count() / 4
        };
        let near = known.iter().filter(is_near).min_by_key(|known| distance(known)).cloned();
        let name: String = typed.chars().take(name::MAX_NAME_CHARS).collect();
        Self::Unknown { name, near, known }
    }

    /// Returns the message for a screen with the mask level `mask`. If the mask level hides personal data, the message
    /// has neither names that the user chose nor words of a filter.
    pub fn in_words(&self, mask: Mask) -> String {
        if mask != Mask::All {
            return self.to_string();
        }
        match self {
            Self::At { at, fault } => match fault.masked(mask) {
                Some(masked) => format!("{at}: {masked}"),
                None => format!("{at}: {fault}"),
            },
            Self::Unknown { .. } => "there is no view with this name".to_owned(),
            Self::ServerTermTwice { term, view } => {
                Self::ServerTermTwice { term: term.clone(), view: view.masked(mask) }.to_string()
            }
            Self::Taken(name) => Self::Taken(name.masked(mask)).to_string(),
            Self::File(_)
            | Self::NoPlace
            | Self::Locked(_)
            | Self::Unkept(_)
            | Self::Full { .. }
            | Self::Unwritable { .. } => self.to_string(),
        }
    }
}

/// Kind of mistake in the file `views.toml`.
#[derive(Debug, thiserror::Error)]
pub enum ViewFault {
    /// The file is not TOML. The value is the message of the TOML library, which describes only the grammar.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// The file is not UTF-8 text.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// An entry at the top of the file is not a table, so it is not a view. The value is the key of the entry.
    #[error("`{0}` is not a view: a view is a table with a name, such as [\"my view\"]")]
    NotATable(String),
    /// A view has a key that views do not have. The value is this key.
    #[error("unknown key `{0}`; a view has filter, columns and sort")]
    UnknownKey(String),
    /// The value of a key has the wrong type, such as a number in place of a text.
    #[error("`{name}` must be {wanted}")]
    Type {
        /// The key whose value is wrong, such as `columns`.
        name: &'static str,
        /// Description of the type that the value must have.
        wanted: &'static str,
    },
    /// The name of a view is not allowed. The value is the reason.
    #[error("{0}")]
    Name(#[from] NameFault),
    /// Two views of the file have the same name. The value is this name.
    #[error("there are two views with the name `{0}`")]
    Twice(ViewName),
    /// The filter of a view has a mistake. The value is a sentence that says what is wrong.
    #[error("the filter of a view has a mistake: {0}")]
    Filter(String),
    /// A view names a column that does not exist.
    #[error("there is no column {name}; there are {}", columns())]
    UnknownColumn {
        /// The name of the column, as written in the file.
        name: String,
    },
    /// The list of columns has a column twice, or is empty. The value is a sentence that says which mistake it is.
    #[error("{0}")]
    Columns(&'static str),
    /// The sort order of a view cannot be parsed. The value is the reason.
    #[error("the order of a view is a column, with :desc for the largest first, as in waiting:desc: {0}")]
    Sort(String),
}

impl ViewFault {
    /// Returns this mistake with bullets in place of those words from the file that the mask level `mask` hides.
    /// Returns `None` if the mistake contains no words from the file.
    fn masked(&self, mask: Mask) -> Option<Self> {
        let hidden = |text: &str| Value::new(Untrusted::new(text), Class::Personal).masked(mask).as_str().to_owned();
        Some(match self {
            Self::NotATable(name) => Self::NotATable(hidden(name)),
            Self::UnknownKey(key) => Self::UnknownKey(hidden(key)),
            Self::Twice(name) => Self::Twice(name.masked(mask)),
            Self::Filter(reason) => Self::Filter(hidden(reason)),
            Self::UnknownColumn { name } => Self::UnknownColumn { name: hidden(name) },
            Self::Sort(reason) => Self::Sort(hidden(reason)),
            Self::Syntax(_) | Self::NotUtf8 | Self::Type { .. } | Self::Name(_) | Self::Columns(_) => return None,
        })
    }
}

fn columns() -> String {
    COLUMNS.each_ref().map(|spec| spec.key).join(", ")
}

fn hint(near: &Option<ViewName>) -> String {
    near.as_ref().map(|near| format!("; did you mean {near}")).unwrap_or_default()
}

fn names(known: &[ViewName]) -> String {
    known.iter().map(ViewName::as_str).collect::<Vec<_>>().join(", ")
}
