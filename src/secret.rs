//! Holds the API key and protects it inside this process.
//!
//! This module owns the only type that holds the key. The key is wiped from memory when dropped. The type has no
//! `Debug`, `Display` or serialisation, so that no type which contains it can print it by accident. Safe code cannot
//! wipe two other copies of the key: the header value that the HTTP library keeps, and the environment variable of the
//! process. This module does not know where a key comes from: that is the task of `config`.

mod harden;

pub use harden::{MEMORY_VARIABLE, MemoryProtection, harden_process, memory};

use secrecy::{ExposeSecret, SecretString};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The API key, with which this program signs in to the service. It is sent in the request header `x-api-key` (service
/// documentation, "Get submission", request headers). A key belongs to one project of the service, and also allows
/// changing data. The program never shows a key, except its last characters ([`tail`](Self::tail)).
#[derive(Clone)]
pub struct ApiKey(SecretString);

/// Reason why a text cannot be an API key. The reason never contains a part of the text, except a single invisible
/// character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedKey {
    /// The text is empty after white space at both ends is removed.
    #[error("it contains no key")]
    Empty,
    /// The text starts or ends with a quotation mark. Such a text is often copied from a shell command or a `.env`
    /// file.
    #[error("the key is in quotes: write it without them")]
    Quoted,
    /// The text starts with the name of the key, as `ARGOS_API_KEY=` in a line of a `.env` file or `x-api-key:` in a
    /// request header.
    #[error("a name comes before the key: write the key alone")]
    Named,
    /// The text contains an invisible character, which was copied along with the key.
    #[error("an invisible character (U+{:04X}) was copied along with the key: write the key without it", u32::from(*.0))]
    Invisible(char),
    /// The text contains a space, a line break, a control character or a non-ASCII character, which an HTTP header
    /// cannot carry.
    #[error("not a key: a key is one word of visible ASCII characters")]
    NotOneWord,
}

impl ApiKey {
    /// Creates an API key from bytes: the value of an environment variable, the content of a file, or the output of a
    /// program. A byte order mark at the start and ASCII white space around the key are removed. The function does not
    /// check whether the service accepts the key.
    ///
    /// # Errors
    /// Returns [`MalformedKey`] if the text is empty without the white space, starts with a name such as `x-api-key:`,
    /// is in quotes, or contains anything but visible ASCII characters.
    pub fn new(bytes: &[u8]) -> Result<Self, MalformedKey> {
        let word = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
        if word.is_empty() {
            return Err(MalformedKey::Empty);
        }
        let text = str::from_utf8(word).map_err(|_| MalformedKey::NotOneWord)?;
        if let Some(invisible) = text.chars().find(|c| is_invisible(*c)) {
            Err(MalformedKey::Invisible(invisible))
        } else if text.starts_with(is_quote) || text.ends_with(is_quote) {
            Err(MalformedKey::Quoted)
        } else if NAMES.iter().any(|name| starts_with_ignoring_case(text, name)) {
            Err(MalformedKey::Named)
        } else if word.iter().all(u8::is_ascii_graphic) {
            Ok(Self(SecretString::from(text)))
        } else {
            Err(MalformedKey::NotOneWord)
        }
    }

    /// Returns the whole API key, which is secret: it must never be shown or logged.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns the last characters of the API key: four, or a quarter of the key if that is less. They are shown so
    /// that the user can distinguish several keys.
    pub fn tail(&self) -> &str {
        let key = self.expose();
        let shown = (key.len() / 4).min(4);
        key.get(key.len() - shown..).unwrap_or_default()
    }
}

/// Names under which the API key is written, each with the `=` or `:` after the name. A text that starts with one of
/// them is refused, because the user copied more than the key.
const NAMES: [&str; 3] = ["ARGOS_API_KEY=", "x-api-key:", "x-api-key="];

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// Returns whether the character is a quotation mark of any language.
fn is_quote(c: char) -> bool {
    let kind = c.general_category();
    matches!(kind, GeneralCategory::InitialPunctuation | GeneralCategory::FinalPunctuation)
        || matches!(
            c,
            '"' | '\'' | '`' | '´' | '‚' | '„' | '′' | '″' | '「' | '」' | '『' | '』' | '〝' | '〞' | '＂' | '＇'
        )
}

/// Returns whether the character is invisible and not ASCII: a wide or fixed space, a joiner, or a direction mark.
fn is_invisible(c: char) -> bool {
    use GeneralCategory::{Format, LineSeparator, ParagraphSeparator, SpaceSeparator};
    !c.is_ascii() && matches!(c.general_category(), Format | LineSeparator | ParagraphSeparator | SpaceSeparator)
}

#[cfg(test)]
mod tests;
