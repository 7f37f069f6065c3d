//! The filter pane (the filter bar): the applied filter text, and the text as typed while it is edited.
//!
//! This pane fetches nothing: it reports an applied filter to the caller as a [`FilterResult`].

mod editor;
mod state;
mod view;

pub use editor::Editor;
pub use state::{Filter, FilterResult};
pub use view::FilterProps;
