//! The list of submissions: a cursor over the arranged rows, and the columns that fit.

mod columns;
mod state;
mod view;

pub use state::List;
pub use view::Props;
