//! Keys: chords, what they mean, and the one table that everything about keys is made from.
//!
//! `assets/keymap.toml` is that table: dispatch, footer, help page and docs/keys.md come from it.

mod action;
mod chord;
mod keymap;
mod layout;

pub use action::Action;
pub use chord::Chord;
pub use keymap::{Binding, Context, Keymap};
