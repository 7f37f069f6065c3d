//! Secure data transfer: query parameters and answers are encrypted a second time inside TLS (the service's
//! documentation, "Encrypt and decrypt data").
//!
//! The query parameters are sent as one JSON object in the parameter `data`, in base64. The object is encrypted with
//! AES-256-ECB and PKCS#7 padding; the cipher key is the SHA-256 of the API key. Answers come as `{"data": "…",
//! "isEncrypted": true}`. This encryption does not stop an attacker who can change the transferred bytes: equal blocks
//! stay equal, blocks can be moved, and a header of the same request holds the API key. Decrypted text is therefore
//! checked as strictly as anything else from the network.

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ecb::cipher::block_padding::Pkcs7;
use ecb::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyInit};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::ciphertext::sealed;
use super::envelope::{Envelope, Page};
use super::error::{RequestError, ShapeFault};
use crate::secret::ApiKey;
use crate::submission::json::Json;

/// Number of bytes in a block of AES.
const BLOCK_BYTES: usize = 16;
/// Cipher key for secure transfer (a second encryption inside TLS) with AES-256, derived from the API key. The key is
/// erased from memory when the value is dropped. The type does not implement `Debug`.
pub(super) struct Cipher(Zeroizing<[u8; 32]>);

impl Cipher {
    /// Derives the cipher key from the API key as the service documents: the cipher key is the SHA-256 (32 bytes) of
    /// the bytes of the API key.
    pub(super) fn of(key: &ApiKey) -> Self {
        let mut own = Zeroizing::new([0; 32]);
        Sha256::new_with_prefix(key.expose()).finalize_into((&mut *own).into());
        Self(own)
    }

    /// Encrypts the query parameters of a request. Returns the base64 text that is sent in their place as the one
    /// parameter `data`.
    pub(super) fn encrypt_parameters(&self, parameters: &[(&'static str, String)]) -> String {
        let texts: usize = parameters.iter().map(|(name, value)| name.len() + value.len()).sum();
        // Room for any escaping and for the padding: a buffer that grows would leave copies behind.
        let mut text = Zeroizing::new(Vec::with_capacity(6 * texts + 8 * parameters.len() + 2 * BLOCK_BYTES));
        text.push(b'{');
        for (at, (name, value)) in parameters.iter().enumerate() {
            if at > 0 {
                text.push(b',');
            }
            // A text written to memory cannot fail.
            let _ = serde_json::to_writer(&mut *text, name);
            text.push(b':');
            let _ = serde_json::to_writer(&mut *text, value);
        }
        text.push(b'}');
        let length = text.len();
        text.resize(length + BLOCK_BYTES, 0);
        let sealed = ecb::Encryptor::<Aes256>::new((&*self.0).into()).encrypt_padded::<Pkcs7>(&mut text, length);
        sealed.map(|sealed| STANDARD.encode(sealed)).unwrap_or_default()
    }

    /// Decrypts and reads `body`, the body of an answer with status 200. A body in plain text is an error: the failure
    /// that the body describes, or [`RequestError::NotEncrypted`] if it describes none. `parameters` are the query
    /// parameters of the request; their values are removed from error messages.
    pub(super) fn read_answer(
        &self,
        body: &Bytes,
        parameters: &[(&'static str, String)],
    ) -> Result<Envelope, RequestError> {
        self.read_answer_with(body, parameters, |plain| plain)
    }

    /// Decrypts and reads `body` as [`Self::read_answer`] does. The function `change` changes the decrypted text before
    /// it is read: the client passes a function that hides the API key.
    pub(super) fn read_answer_with(
        &self,
        body: &Bytes,
        parameters: &[(&'static str, String)],
        change: impl FnOnce(Bytes) -> Bytes,
    ) -> Result<Envelope, RequestError> {
        let Some(plain) = Json::read(body).ok().and_then(sealed).map(|text| self.decrypt(&text)) else {
            return match Envelope::read(body, parameters) {
                Err(error) if !matches!(error, RequestError::Shape(_)) => Err(error),
                _ => Err(RequestError::NotEncrypted),
            };
        };
        let plain = change(plain.ok_or(RequestError::Undeciphered)?);
        match Envelope::read_exactly(&plain, parameters) {
            // No web page comes encrypted: what begins like one is what a wrong key makes.
            Err(
                RequestError::Shape(ShapeFault::NoObject | ShapeFault::Encrypted)
                | RequestError::NotJson { .. }
                | RequestError::Html,
            ) => Err(RequestError::Undeciphered),
            read => read,
        }
    }

    /// Returns the decrypted body of an error answer. Returns the body unchanged if it cannot be decrypted, for example
    /// because it is in plain text.
    pub(super) fn decrypt_refusal(&self, body: &Bytes) -> Bytes {
        let plain = Json::read(body).ok().and_then(sealed).and_then(|text| self.decrypt(&text));
        plain.unwrap_or_else(|| body.clone())
    }

    /// Decrypts a base64 text with this cipher key; returns `None` if the text cannot be decrypted to UTF-8. No reason
    /// is returned, since the reason would help an attacker to guess the plain text (a padding oracle).
    fn decrypt(&self, text: &str) -> Option<Bytes> {
        // Decrypted in place, and wiped unless it becomes the answer.
        let mut buffer = Zeroizing::new(STANDARD.decode(text.trim_ascii()).ok()?);
        let length = self.decrypt_in_place(&mut buffer)?;
        buffer.truncate(length);
        std::str::from_utf8(&buffer).ok()?;
        Some(std::mem::take(&mut *buffer).into())
    }

    /// Decrypts `buffer` (encrypted bytes, without base64) in place with this cipher key. Returns the length of the
    /// plain bytes, which are then at the start of the buffer. Returns `None` if the bytes cannot be decrypted. The
    /// plain bytes may be anything, such as a picture.
    pub(super) fn decrypt_in_place(&self, buffer: &mut [u8]) -> Option<usize> {
        let decryptor = ecb::Decryptor::<Aes256>::new((&*self.0).into());
        Some(decryptor.decrypt_padded::<Pkcs7>(buffer).ok()?.len())
    }
}

impl Page {
    /// Reads the body of an answer to a list query while secure transfer is on. Only a body that was encrypted with the
    /// cipher key of `key`, the API key, is accepted.
    ///
    /// # Errors
    /// Returns the errors of [`Self::read`]. Also returns [`RequestError::NotEncrypted`] for a body in plain text, and
    /// [`RequestError::Undeciphered`] for a body that cannot be decrypted.
    pub fn read_encrypted(body: &Bytes, key: &ApiKey) -> Result<Self, RequestError> {
        Cipher::of(key).read_answer(body, &[])?.into_page(None)
    }
}

#[cfg(test)]
mod tests;
