//! The views of a running session of the reviewer (the interactive program), and the view that is open.

use super::{SavedView, ViewName, Views, ViewsFile};
use crate::store::Sort;
use crate::submission::row::Column;

/// The views of a running session of the interactive program. The type has no `Debug`, because filters may hold
/// identity data.
#[derive(Clone, Default)]
pub struct SessionViews {
    /// All views, as they were read at the start or after the last change.
    pub all: Views,
    /// The file in which views are saved; `None` if no folder for configuration files is known.
    pub file: Option<ViewsFile>,
    /// The view that the user opened or saved last; `None` if the user has not opened or saved a view.
    pub opened: Option<SavedView>,
}

impl SessionViews {
    /// Returns the view that was opened or saved last. The `bool` says whether the list still has the filter, columns
    /// and sort order of this view. `filter`, `columns` and `sort` are those of the list. Returns `None` if no view was
    /// opened or saved.
    pub fn shown(&self, filter: &str, columns: Option<&[Column]>, sort: Sort) -> Option<(&SavedView, bool)> {
        let opened = self.opened.as_ref()?;
        Some((opened, opened.is_list(filter, columns, sort)))
    }

    /// Returns the name of the view that the list shows. This is the opened view if it still has the given filter,
    /// columns and sort order, which are those of the list. Else it is the first view that has them. Returns `None` if
    /// no view has them.
    pub fn current(&self, filter: &str, columns: Option<&[Column]>, sort: Sort) -> Option<ViewName> {
        match self.shown(filter, columns, sort) {
            Some((opened, true)) => Some(opened.name.clone()),
            _ => self
                .all
                .all()
                .into_iter()
                .map(|(view, _)| view)
                .find(|view| view.is_list(filter, columns, sort))?
                .name
                .into(),
        }
    }

    /// Returns whether the view that was opened or saved last has the name `name`.
    pub fn is_opened(&self, name: &ViewName) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.name == *name)
    }
}
