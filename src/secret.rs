//! The API key and what protects it inside this process.
//!
//! Owns the one type that holds the key: wiped when dropped, without `Debug`, `Display` or serialisation, so that no
//! type which holds it can print itself by accident. Two other copies are not wiped, as nothing safe can wipe them: the
//! header value that the HTTP library keeps, and the process's own environment. Must not know where a key comes from:
//! that is `config`.

mod harden;

pub use harden::{MEMORY_VARIABLE, Memory, harden_process, memory};

use secrecy::{ExposeSecret, SecretString};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The key sent as `x-api-key` (the service's documentation, "Get submission", request headers). One key stands for
/// one project, and it can also write: it is never shown but for its [`tail`](Self::tail).
#[derive(Clone)]
pub struct ApiKey(SecretString);

/// Why a text cannot be a key. Says nothing of the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedKey {
    /// Nothing is left after trimming.
    #[error("it holds no key")]
    Empty,
    /// It starts or ends with a quotation mark, as a shell or an editor of `.env` files leaves them.
    #[error("the key is in quotes: write it without them")]
    Quoted,
    /// A name stands before it, as in a line of a `.env` file or of a request's header.
    #[error("a name stands before the key: write the key alone")]
    Named,
    /// A character that nobody sees was copied along.
    #[error("an invisible character (U+{:04X}) was copied along with the key: write the key without it", u32::from(*.0))]
    Invisible(char),
    /// A space, a line break, a control or a letter beyond ASCII stands inside: no HTTP header could carry it.
    #[error("what it holds is no key: a key is one word of visible ASCII characters")]
    NotOneWord,
}

impl ApiKey {
    /// Takes a key as it came from a variable, a file or a program: a byte order mark at the start and ASCII spaces
    /// and line breaks around it are dropped. The form is otherwise the service's business and not checked.
    ///
    /// # Errors
    /// [`MalformedKey`] when nothing is left, or something that is not visible ASCII.
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

    /// The key itself, for the request header and the cipher and for nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The last characters, to tell keys apart: four, but never more than a quarter of the key.
    pub fn tail(&self) -> &str {
        let key = self.expose();
        let shown = (key.len() / 4).min(4);
        key.get(key.len() - shown..).unwrap_or_default()
    }
}

/// What may stand before a key where it was copied together with its name.
const NAMES: [&str; 3] = ["ARGOS_API_KEY=", "x-api-key:", "x-api-key="];

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// Whether this is a quotation mark of any script.
fn is_quote(c: char) -> bool {
    let kind = c.general_category();
    matches!(kind, GeneralCategory::InitialPunctuation | GeneralCategory::FinalPunctuation)
        || matches!(
            c,
            '"' | '\'' | '`' | '´' | '‚' | '„' | '′' | '″' | '「' | '」' | '『' | '』' | '〝' | '〞' | '＂' | '＇'
        )
}

/// Whether this takes no ink and is not ASCII: a wide or fixed space, a joiner, a mark of direction.
fn is_invisible(c: char) -> bool {
    use GeneralCategory::{Format, LineSeparator, ParagraphSeparator, SpaceSeparator};
    !c.is_ascii() && matches!(c.general_category(), Format | LineSeparator | ParagraphSeparator | SpaceSeparator)
}

#[cfg(test)]
mod tests;
