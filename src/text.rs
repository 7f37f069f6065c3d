//! Text that is safe to show, and the only way to get it.
//!
//! What arrives from the network is [`Untrusted`]: it has no `Display`, no `AsRef<str>` and a `Debug` that tells
//! nothing but a length. The one way to the screen is [`Safe`], made by the sanitiser, which replaces every control,
//! bidi and invisible character by a visible mark. [`Value`] joins an untrusted text with its privacy [`Class`], so
//! that masking happens where the value lives and not where it is drawn.
//!
//! This module knows nothing of the terminal library, of the network or of time.
//!
//! | file | owns |
//! |---|---|
//! | `untrusted` | the type of what comes from outside |
//! | `kind` | what one character does on a terminal |
//! | `sanitise` | untrusted text to text made visible |
//! | `safe` | the type of what may be shown |
//! | `width`, `fit` | columns: counting, cutting, padding, wrapping |
//! | `escape` | JSON strings in which nothing hides |
//! | `fold` | the forms that are compared: without case, and for a search without width and accents |
//! | `letters` | how a value is known again: its letters and digits alone |
//! | `needle` | what a search looks for |
//! | `number` | numbers: read from text, and written for people |
//! | `typed` | what input methods and documents put where ASCII is meant |
//! | `mask` | privacy classes and what each mask level shows |

mod escape;
mod fit;
mod fold;
mod kind;
mod letters;
mod mask;
mod number;
mod safe;
mod sanitise;
mod search_pattern;
pub mod typed;
mod untrusted;
mod width;

pub use escape::{json_string, json_visible};
pub use fold::{fold, fold_into, search_form, search_form_into};
pub use letters::{each_letter, has_long_number};
pub use mask::{Class, Mask, UnknownMask, Value, is_hidden, is_masked};
pub use number::{counted, decimal, grouped, megabytes};
pub use safe::{Marks, Safe};
pub use search_pattern::SearchPattern;
pub use untrusted::Untrusted;
pub use width::of as columns;

#[cfg(test)]
mod tests;
