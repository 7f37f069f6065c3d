//! The list pane: the submissions as rows with a cursor, in the columns that fit on the screen.

mod columns;
mod legend;
mod signs;
mod state;
mod table;
mod view;

pub use state::List;
pub use table::{PrintedColumn, PrintedTable};
pub use view::ListProps;
