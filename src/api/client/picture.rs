//! Fetches one picture of a submission: `GET {base}/image` (the service's documentation, "Get image").
//!
//! The documentation does not say which content type the answer has, nor whether secure transfer (a second encryption
//! inside TLS) encrypts the answer. The program therefore ignores the header for the content type. It looks at the
//! first bytes of the body instead, which differ between a picture, JSON and a web page. While secure transfer is on,
//! both encrypted and plain pictures are accepted.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use tokio::time::timeout;
use zeroize::Zeroize;

use std::sync::atomic::Ordering;

use super::super::chunk_buffer::reserve_buffer;
use super::super::ciphertext::sealed;
use super::super::envelope::not_json;
use super::super::error::{RequestError, ShapeFault};
use super::super::key_echo;
use super::super::picture_failure::picture_failure;
use super::super::refusal::Refusal;
use super::super::request_log::RequestLogEntry;
use super::Client;
use crate::access::AccessAction;
use crate::config::Pictures;
use crate::failure::Stage;
use crate::submission::PictureKind;
use crate::submission::json::Json;

/// Path of the requests for pictures, below the base URL.
const IMAGE: &str = "image";

/// First characters of a JPEG, PNG or WebP picture that is written in base64.
const BASE64_STARTS: [&[u8]; 3] = [b"/9j/", b"iVBORw0KGgo", b"UklGR"];

/// The bytes of one picture, as the service sent them: a picture file in a format such as JPEG. The bytes are wiped
/// when the value is dropped, and `Debug` does not show them.
pub struct PictureFile(Vec<u8>);

impl PictureFile {
    /// Creates a picture file from `bytes`, the bytes that the service sent.
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Returns the bytes as the service sent them. They are a picture in a format such as JPEG, unless the service sent
    /// something else.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for PictureFile {
    fn drop(&mut self) {
        // Of the vector itself, this would wipe the unused part too, which takes no memory until it is written.
        self.0.as_mut_slice().zeroize();
    }
}

impl fmt::Debug for PictureFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PictureFile")
    }
}

impl Client {
    /// Fetches the picture `kind`, such as the selfie, of the submission with this id. The bytes are returned as they
    /// were sent, and are not checked to be a picture. If they hold the API key, the key is overwritten. Dropping the
    /// future ends the request.
    ///
    /// # Errors Returns a [`RequestError`] if the request failed, or if the answer is JSON or a web page instead of a
    /// picture. Returns [`RequestError::PicturesOff`] without a request if the setting `pictures` is `off`.
    pub async fn fetch_picture(&self, id: &str, kind: PictureKind) -> Result<PictureFile, RequestError> {
        if self.pictures == Pictures::Off {
            return Err(RequestError::PicturesOff);
        }
        let sent = [("submission_id", id.to_owned()), ("type", kind.word().to_owned())];
        let url = self.base.resource(IMAGE);
        let mut note = RequestLogEntry::begin(url.path());
        let bytes = timeout(self.limits.total, self.fetch_picture_body(&sent, &mut note)).await;
        let bytes =
            bytes.unwrap_or(Err(RequestError::TimedOut(Stage::Total))).map_err(|error| error.without_key(&self.key));
        note.end_as(&bytes, picture_failure);
        let bytes = bytes?;
        self.record(AccessAction::Picture(kind), [id])?;
        Ok(bytes)
    }

    async fn fetch_picture_body(
        &self,
        parameters: &[(&'static str, String)],
        note: &mut RequestLogEntry<'_>,
    ) -> Result<PictureFile, RequestError> {
        let response = self.send(IMAGE, parameters).await?;
        // An encrypted picture is longer than its bytes.
        let most = self.limits.picture_bytes;
        let limit = if self.cipher.is_some() { most.max(self.limits.bytes) } else { most };
        let (pieces, _turn) = self.receive_within(response, limit, parameters, note).await?;
        let bytes = self.read_picture(PictureFile(pieces.into_bytes()), parameters)?;
        if bytes.0.len() > most { Err(RequestError::TooLarge(most)) } else { Ok(bytes) }
    }

    /// Returns the picture in `body`, the body of an answer with status 200. `parameters` are the query parameters of
    /// the request, whose values are removed from error messages. Returns an error if the body is a web page, a refusal
    /// in JSON, or an encrypted answer that cannot be decrypted.
    fn read_picture(
        &self,
        body: PictureFile,
        parameters: &[(&'static str, String)],
    ) -> Result<PictureFile, RequestError> {
        let text = body.as_bytes().trim_ascii_start();
        if text.is_empty() {
            return Err(RequestError::Empty);
        }
        if !is_text(text) {
            return Ok(self.with_key_overwritten(decode_base64(body)));
        }
        let Some(plain) = self.decrypted_picture(&body) else { return Err(self.refusal_from_text(&body, parameters)) };
        let plain = plain?;
        drop(body);
        let text = plain.as_bytes().trim_ascii_start();
        if text.is_empty() {
            Err(RequestError::Empty)
        } else if is_text(text) {
            Err(self.refusal_from_text(&plain, parameters))
        } else {
            Ok(self.with_key_overwritten(decode_base64(plain)))
        }
    }

    /// Decrypts `body`, an answer that secure transfer (a second encryption inside TLS) may have encrypted. Returns
    /// `None` if the answer is not encrypted, or if secure transfer is off.
    fn decrypted_picture(&self, body: &PictureFile) -> Option<Result<PictureFile, RequestError>> {
        let cipher = self.cipher.as_ref()?;
        let text = Json::read(body.as_bytes()).ok().and_then(sealed)?;
        let mut plain = PictureFile(reserve_buffer());
        let decrypted = STANDARD.decode_vec(text.trim_ascii(), &mut plain.0).ok();
        let Some(length) = decrypted.and_then(|()| cipher.decrypt_in_place(&mut plain.0)) else {
            return Some(Err(RequestError::Undeciphered));
        };
        plain.0.truncate(length);
        Some(Ok(plain))
    }

    /// Returns the error for `body`, a text that the service sent in place of a picture, such as a refusal in JSON.
    /// `parameters` are the query parameters of the request, whose values are removed from error messages.
    fn refusal_from_text(&self, body: &PictureFile, parameters: &[(&'static str, String)]) -> RequestError {
        let hidden = key_echo::hide(body.as_bytes(), &self.key).map(PictureFile);
        if hidden.is_some() {
            self.key_came_back.store(true, Ordering::Relaxed);
        }
        let text = hidden.as_ref().unwrap_or(body).as_bytes();
        match Json::read(text) {
            Err(malformed) => not_json(malformed, text),
            Ok(json) if sealed(json).is_some() => RequestError::Shape(ShapeFault::Encrypted),
            Ok(json) => Refusal::from_answer(json, parameters).map_or(RequestError::NoPicture, RequestError::Refused),
        }
    }

    /// Returns the picture `picture` with every occurrence of the API key in its bytes overwritten, such as in a
    /// comment of the file.
    fn with_key_overwritten(&self, mut picture: PictureFile) -> PictureFile {
        let key = self.key.expose().as_bytes();
        if key.len() < key_echo::MIN_KEY_BYTES {
            return picture;
        }
        let places: Vec<usize> = memmem::find_iter(&picture.0, key).collect();
        for place in places {
            self.key_came_back.store(true, Ordering::Relaxed);
            if let Some(echo) = picture.0.get_mut(place..place + key.len()) {
                echo.fill(b'*');
            }
        }
        picture
    }
}

/// Returns whether `body` begins as JSON or a web page does, and is therefore no picture. `body` must have no white
/// space at its start.
fn is_text(body: &[u8]) -> bool {
    matches!(body, [b'{' | b'[' | b'<' | b'"', ..]) || body.starts_with(b"\xEF\xBB\xBF")
}

/// Returns the decoded picture if `body` is a picture in base64, and otherwise `body` itself. A gateway sends pictures
/// in base64 if it is not set up for pictures.
fn decode_base64(body: PictureFile) -> PictureFile {
    let text = body.as_bytes().trim_ascii();
    if !BASE64_STARTS.iter().any(|start| text.starts_with(start)) {
        return body;
    }
    let mut plain = PictureFile(reserve_buffer());
    match STANDARD.decode_vec(text, &mut plain.0) {
        Ok(()) => plain,
        Err(_) => body,
    }
}
