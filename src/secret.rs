//! The API key and what protects it inside this process.
//!
//! Owns the one type that holds the key: wiped when dropped, without `Debug`, `Display` or serialisation, so that no
//! type which holds it can print itself by accident. Two other copies are not wiped, as nothing safe can wipe them: the
//! header value that the HTTP library keeps, and the process's own environment. Must not know where a key comes from:
//! that is `config`.

mod harden;

pub use harden::{MEMORY_VARIABLE, Memory, harden_process, memory};

use secrecy::{ExposeSecret, SecretString};

/// The key sent as `x-api-key` (the service's documentation, "Get submission", request headers). One key stands for
/// one project, and it can also write: it is never shown but for its [`tail`](Self::tail).
#[derive(Clone)]
pub struct ApiKey(SecretString);

/// Why a text cannot be a key. Says nothing of the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Nothing is left after trimming.
    #[error("it holds no key")]
    Empty,
    /// A space, a line break, a control or a letter beyond ASCII stands inside: no HTTP header could carry it.
    #[error("what it holds is no key: a key is one word of visible ASCII characters")]
    NotOneWord,
}

impl ApiKey {
    /// Takes a key as it came from a variable, a file or a program: a byte order mark at the start and ASCII spaces
    /// and line breaks around it are dropped. The form is otherwise the service's business and not checked.
    ///
    /// # Errors
    /// [`Malformed`] when nothing is left, or something that is not visible ASCII.
    pub fn new(bytes: &[u8]) -> Result<Self, Malformed> {
        let word = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
        if word.is_empty() {
            return Err(Malformed::Empty);
        }
        match str::from_utf8(word) {
            Ok(text) if word.iter().all(u8::is_ascii_graphic) => Ok(Self(SecretString::from(text))),
            _ => Err(Malformed::NotOneWord),
        }
    }

    /// The key itself, for the request header and the cipher and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The last characters, to tell keys apart: four, but never more than a quarter of the key.
    #[must_use]
    pub fn tail(&self) -> &str {
        let key = self.expose();
        let shown = (key.len() / 4).min(4);
        key.get(key.len() - shown..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
