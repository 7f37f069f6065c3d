//! The list of submissions: a cursor over the arranged rows, and the columns that fit.

mod columns;
mod state;
mod table;
mod view;

pub use state::List;
pub use table::PrintedTable;
pub use view::ListProps;
