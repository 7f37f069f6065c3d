//! How things look: roles and themes, lines of safe text, and the few widgets that panes share.
//!
//! Views hand over [`Safe`](crate::text::Safe) text with a [`Role`]; only this module turns it into styled spans.

mod bar;
mod field;
mod line;
mod panel;
mod placeholder;
mod theme;

pub use bar::bar;
pub use field::TextField;
pub use line::{Line, Piece, paint};
pub use panel::Panel;
pub use placeholder::{draw_failure, placeholder};
pub use theme::{Role, Theme};
