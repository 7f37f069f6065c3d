//! Key presses, the actions that they start, and the table of all key bindings.
//!
//! The table is in `assets/keymap.toml`. The program, its footer and help page, and docs/keys.md use this table.

mod action;
mod chord;
mod hint;
mod keymap;
mod layout;
mod rebinding;

pub use action::Action;
pub use chord::Chord;
pub use keymap::{Binding, Context, FooterPlace, Keymap};
pub use rebinding::{Rebinding, RebindingFault};
