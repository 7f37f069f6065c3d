//! Text that is safe to show, and the only way to get it.
//!
//! What arrives from the network is [`Untrusted`]: it has no `Display`, no `AsRef<str>` and a `Debug` that tells
//! nothing but a length. The one way to the screen is [`Safe`], made by the sanitiser, which replaces every control,
//! bidi and invisible character by a visible mark. [`Value`] joins an untrusted text with its privacy [`Class`], so
//! that masking happens where the value lives and not where it is drawn.
//!
//! This module knows nothing of the terminal library, of the network or of time.

mod mask;
mod safe;
mod untrusted;

pub use mask::{Class, Mask, Value};
pub use safe::{Marks, Safe};
pub use untrusted::Untrusted;
