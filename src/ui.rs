//! The look of the screen: roles and themes, lines of safe text and their layout, and the widgets that panes share.
//!
//! Views pass [`Safe`](crate::text::Safe) text with a [`Role`]; only this module turns it into styled spans.

mod bar;
mod field;
mod labelled;
mod layout;
mod line;
mod mark;
mod marked;
mod panel;
mod placeholder;
mod role;
mod theme;
mod theme_file;

pub use bar::{bar, percent_bar};
pub use field::TextField;
pub use labelled::{Annotation, LabelledValue};
pub use layout::{indent, inline_list, side_by_side, spaced_list, wrap, wrap_flowing, wrap_line};
pub use line::{Line, Piece, draw_cursor_line, paint};
pub use mark::mark_matches;
pub use marked::{MarkedPart, MarkedText};
pub use panel::{Panel, clear};
pub use placeholder::{draw_failure, placeholder};
pub use role::Role;
pub use theme::Theme;
pub use theme_file::{ThemeFault, ThemeMistake};

#[cfg(test)]
mod tests;
