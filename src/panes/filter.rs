//! The filter pane (the filter bar): the applied filter text, and the typed text while the user edits it.
//!
//! This pane fetches nothing. It reports an applied filter to the caller as a [`FilterResult`].

mod editor;
mod menu;
mod state;
mod view;
mod walk;

pub use editor::{CompletionMenu, Editor};
pub use state::{Filter, FilterResult};
pub use view::FilterProps;
