//! Saved views: a filter with columns and a sort order, under a name.
//!
//! Some views come with the program ([`Views::default`]). The others are in the file `views.toml` beside the
//! configuration file. The file is only written when the user asks for it, because a filter may hold identity data.
//! Like the configuration file, it is read strictly: an unknown key is an error. A change keeps its comments and order.
//!
//! | file | task |
//! |---|---|
//! | `name` | checks and masks the name of a view |
//! | `built_in` | the views of the program |
//! | `read` | reads `views.toml`: every mistake is an error with its line |
//! | `edit` | changes one view in the text of the file |
//! | `disk` | finds, reads and replaces the file |
//! | `session` | the views of a running session, and the one that is open |
//! | `merge` | adds the filter of the command line to that of a view |
//! | `error` | the errors, each with a message of one sentence |

mod built_in;
mod disk;
mod edit;
mod error;
mod merge;
mod name;
mod read;
mod session;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::query::Query;
use crate::store::Sort;
use crate::submission::row::Column;
use crate::text::{Class, Mask, Safe};

pub use disk::{ViewChange, ViewsFile};
pub use error::{ViewFault, ViewsError};
pub use name::{NameFault, ViewName};
pub use session::SessionViews;

/// A saved view: a filter with columns and a sort order, under a name. The type has no `Debug`, because a filter may
/// hold identity data.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedView {
    /// The name of the view, which the user types after `--view`.
    pub name: ViewName,
    /// The text of the filter. Relative dates such as `-7d` are saved as they are, and count from the day of use.
    pub filter: String,
    /// The columns that the list shows, from left to right; `None` means the default columns.
    pub columns: Option<Vec<Column>>,
    /// The sort order of the list; `None` means the default order.
    pub sort: Option<Sort>,
}

impl SavedView {
    /// Returns the name as the screen shows it at the mask level `mask`: see [`ViewName::shown`].
    pub fn shown_name(&self, mask: Mask) -> Safe {
        self.name.shown(mask)
    }

    /// Returns whether this view opens a list with exactly this filter, these columns and this sort order. `columns` is
    /// `None` if no columns were chosen. A view without a sort order has the default order.
    pub fn is_list(&self, filter: &str, columns: Option<&[Column]>, sort: Sort) -> bool {
        let is_columns = self.columns.as_deref() == columns;
        self.filter.trim() == filter.trim() && is_columns && self.sort.unwrap_or_default() == sort
    }

    /// Returns the names of the filter's terms that hold personal data, each name once. The name of a term is its key,
    /// such as `userid`, or `email` or `text` for a word without a key. `today` is the day from which relative dates
    /// count.
    pub fn personal_terms(&self, today: Date) -> Vec<&'static str> {
        let query = Query::parse(&self.filter, today);
        let mut words: Vec<&str> = Vec::new();
        for term in query.terms().iter().filter(|term| term.class() != Class::Open) {
            if !words.contains(&term.label()) {
                words.push(term.label());
            }
        }
        words
    }
}

/// Origin of a view: the program itself, or the file `views.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewOrigin {
    /// The view is a part of the program.
    BuiltIn,
    /// The view was saved in the file `views.toml`.
    Saved,
}

/// All views: those that come with the program, and those of the file `views.toml`. A view of the file replaces a view
/// of the program with the same name.
#[derive(Clone, PartialEq, Eq)]
pub struct Views {
    saved: Vec<SavedView>,
}

impl Default for Views {
    /// Returns only the views that come with the program.
    fn default() -> Self {
        Self { saved: Vec::new() }
    }
}

impl Views {
    /// Creates the collection of all views from `saved`, the views of the file `views.toml` in their order. The views
    /// that come with the program are always included, so `saved` need not have them.
    pub(crate) const fn with_saved(saved: Vec<SavedView>) -> Self {
        Self { saved }
    }

    /// Returns every view with its origin. First are the views that come with the program. If the file `views.toml` has
    /// a view with the same name as one of them, the view of the file is returned in its place. The other views of the
    /// file follow in their order.
    pub fn all(&self) -> Vec<(SavedView, ViewOrigin)> {
        let others = self.saved.iter().filter(|view| !built_in::is_name(&view.name));
        let others: Vec<_> = others.map(|view| (view.clone(), ViewOrigin::Saved)).collect();
        let first = built_in::views().into_iter().map(|view| match self.saved(&view.name) {
            Some(saved) => (saved.clone(), ViewOrigin::Saved),
            None => (view, ViewOrigin::BuiltIn),
        });
        first.chain(others).collect()
    }

    /// Returns the view of the file `views.toml` that has the name `name`; `None` if the file has no such view.
    pub fn saved(&self, name: &ViewName) -> Option<&SavedView> {
        self.saved.iter().find(|view| view.name == *name)
    }

    /// Returns the view that has the name `name`: that of the file `views.toml`, else that of the program. `None` if
    /// there is no such view.
    pub fn find(&self, name: &ViewName) -> Option<SavedView> {
        self.all().into_iter().map(|(view, _)| view).find(|view| view.name == *name)
    }

    /// Returns the view with the name that the user typed after `--view`.
    ///
    /// # Errors
    /// [`ViewsError::Unknown`], with the nearest name and all names, if there is no such view.
    pub fn named(&self, typed: &str) -> Result<SavedView, ViewsError> {
        let found = ViewName::parse(typed).ok().and_then(|name| self.find(&name));
        found.ok_or_else(|| {
            let known = self.all().into_iter().map(|(view, _)| view.name).collect();
            ViewsError::unknown(typed, known)
        })
    }
}
