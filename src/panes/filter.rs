//! The filter pane (the filter bar): the applied filter text, and the typed text while the user edits it.
//!
//! This pane fetches nothing. It reports an applied filter to the caller as a [`FilterResult`].

mod editor;
mod state;
mod view;

pub use editor::Editor;
pub use state::{Filter, FilterResult};
pub use view::FilterProps;
