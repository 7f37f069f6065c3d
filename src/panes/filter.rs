//! The filter bar: the applied text, and while it is edited the text as typed.
//!
//! Nothing is fetched from here: applying is reported to the caller as an [`FilterResult`].

mod editor;
mod state;
mod view;

pub use editor::Editor;
pub use state::{Filter, FilterResult};
pub use view::FilterProps;
