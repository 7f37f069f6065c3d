//! The views that come with the program.

use super::{SavedView, ViewName};
use crate::store::Sort;
use crate::submission::row::Column;

/// Returns the views that come with the program, in the order in which the menu shows them.
pub(super) fn views() -> [SavedView; 4] {
    let view = |name, filter: &str, sort| SavedView {
        name: ViewName::built_in(name),
        filter: filter.to_owned(),
        columns: None,
        sort,
    };
    let longest_waiting = Some(Sort { column: Column::Waiting, descending: true });
    [
        view("everything", "", None),
        view("pending", "status:pending", longest_waiting),
        view("rejected", "status:rejected from:week", None),
        view("red-flags", "aml:red-flag from:-30d", None),
    ]
}

/// Returns whether a view that comes with the program has the name `name`.
pub(super) fn is_name(name: &ViewName) -> bool {
    views().iter().any(|view| view.name == *name)
}
