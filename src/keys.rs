//! Key presses, the actions they are bound to, and the table of all bindings.
//!
//! `assets/keymap.toml` is that table. Dispatch, footer, help page and docs/keys.md are made from it.

mod action;
mod chord;
mod keymap;
mod layout;

pub use action::Action;
pub use chord::Chord;
pub use keymap::{Binding, Context, Keymap};
