//! Provides text that is safe to show on a terminal, and the only way to create such text.
//!
//! Text from the network is [`Untrusted`]: this type has no `Display`, no `AsRef<str>`, and a `Debug` that only prints
//! a length. Only text of the type [`Safe`] can reach the screen. The sanitiser creates [`Safe`] text, and replaces
//! every control, bidi and invisible character by a visible mark. [`Value`] joins an untrusted text with its privacy
//! [`Class`], so that the value itself hides what the mask level of the screen hides; the code that draws the value
//! cannot forget that.
//!
//! This module does not depend on the terminal library, the network or the clock.
//!
//! | file | task |
//! |---|---|
//! | `untrusted` | the type of text from outside |
//! | `kind` | the effect of one character on a terminal |
//! | `sanitise` | turns untrusted text into visible text |
//! | `safe` | the type of text that may be shown |
//! | `width`, `fit` | columns: counting, cutting, padding, wrapping |
//! | `escape` | JSON strings without hidden characters |
//! | `fold` | forms for comparison: without case, and for a search without width and accents |
//! | `letters` | the letters and digits of a value, to recognise it in another spelling |
//! | `search_pattern` | the text that a search looks for |
//! | `near` | mistyped words |
//! | `number` | numbers: parsing, and formatting for people |
//! | `shell` | a text as one word of a shell command |
//! | `typed` | characters that input methods and documents use in place of ASCII |
//! | `mask` | privacy classes, and what each mask level shows of them |

mod escape;
mod fit;
mod fold;
mod kind;
mod letters;
mod mask;
mod near;
mod number;
mod safe;
mod sanitise;
mod search_pattern;
mod shell;
pub mod typed;
mod untrusted;
mod width;

pub use escape::{json_string, json_visible};
pub use fold::{fold, fold_into, search_form, search_form_into};
pub use letters::{for_each_letter, has_long_number};
pub use mask::{BULLET, Class, Mask, UnknownMask, Value, is_hidden, is_masked};
pub use near::{is_similar_word, is_typing_error};
pub use number::{counted, decimal, grouped, megabytes};
pub use safe::{Safe, SanitizerFindings};
pub use search_pattern::SearchPattern;
pub use shell::shell_word;
pub use untrusted::Untrusted;
pub use width::of as columns;

#[cfg(test)]
mod tests;
