//! Receives the body of an answer piece by piece, within limits of time and size.

use reqwest::header::CONTENT_ENCODING;
use reqwest::{Response, StatusCode};
use tokio::time::timeout;

use super::super::chunk_buffer::BodyBuffer;
use super::super::error::RequestError;
use super::super::pause::retry_after;
use super::super::refusal::Refusal;
use super::super::request_log::RequestLogEntry;

use super::super::transport_error;
use super::body::{Body, LargeAnswerPermit};
use super::{Client, now};
use crate::failure::Stage;

/// Largest size in bytes of the body of an error answer. A larger body is ignored. All documented error answers are one
/// line long.
const MAX_REFUSAL_BYTES: usize = 64 * 1024;

/// Size in bytes above which an answer counts as large. Only one large answer is received at a time, since each answer
/// is in memory until its items are read.
const LARGE_ANSWER_BYTES: usize = 2 << 20;

impl Client {
    /// Receives the body of `response`, an answer with HTTP status 200. Returns an error for an answer with any other
    /// status. `parameters` are the query parameters of the request, whose values are removed from error messages.
    /// `note` collects data about the request, such as the status, for its line in the log.
    pub(super) async fn receive(
        &self,
        response: Response,
        parameters: &[(&'static str, String)],
        note: &mut RequestLogEntry<'_>,
    ) -> Result<Body, RequestError> {
        let (pieces, permit) = self.receive_within(response, self.limits.bytes, parameters, note).await?;
        Ok(Body { bytes: pieces.join(), permit })
    }

    /// Receives the body of `response` as [`Self::receive`] does, but with at most `limit` bytes, and returns the bytes
    /// in a buffer. For a large answer, also returns the permit ([`LargeAnswerPermit`]) to hold it in memory. The
    /// caller keeps the permit as long as the answer, so that only one large answer is in memory at a time.
    pub(super) async fn receive_within(
        &self,
        response: Response,
        limit: usize,
        parameters: &[(&'static str, String)],
        note: &mut RequestLogEntry<'_>,
    ) -> Result<(BodyBuffer, Option<LargeAnswerPermit>), RequestError> {
        let status = response.status();
        note.answered(status);
        if status == StatusCode::OK {
            // What was decoded no longer carries the header.
            if response.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
                return Err(RequestError::Encoding);
            }
            return self.receive_body(response, limit, note).await;
        }
        match status.as_u16() {
            204 | 205 => Err(RequestError::Empty),
            status @ 300..=399 => Err(RequestError::Redirect(status)),
            status @ 400.. => {
                let retry_after = retry_after(response.headers(), now());
                let pieces = self.receive_body(response, MAX_REFUSAL_BYTES, note).await;
                let body = pieces.map(|(pieces, _)| pieces.join()).unwrap_or_default();
                let body = self.cipher.as_ref().map_or(body.clone(), |cipher| cipher.decrypt_refusal(&body));
                let body = self.without_key(body);
                Err(RequestError::Refused(Refusal { retry_after, ..Refusal::read(status, &body, parameters) }))
            }
            status => Err(RequestError::Status(status)),
        }
    }

    /// Receives the body of the answer `response`. Returns an error if the body has more than `limit` bytes after
    /// decompression. The received bytes are counted, because the length in the header `Content-Length` may be wrong.
    /// `note` stores the number of bytes for the log line of the request.
    async fn receive_body(
        &self,
        mut response: Response,
        limit: usize,
        note: &mut RequestLogEntry<'_>,
    ) -> Result<(BodyBuffer, Option<LargeAnswerPermit>), RequestError> {
        let (mut body, mut permit) = (BodyBuffer::default(), None);
        loop {
            if body.len() > LARGE_ANSWER_BYTES && permit.is_none() {
                permit = self.large_answer.clone().acquire_owned().await.ok();
            }
            let chunk = timeout(self.limits.idle, response.chunk()).await;
            match chunk.map_err(|_| RequestError::TimedOut(Stage::Idle))? {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => return Err(RequestError::TooLarge(limit)),
                Ok(Some(chunk)) => {
                    note.received(chunk.len());
                    body.push(&chunk);
                }
                Ok(None) => return Ok((body, permit)),
                Err(error) => return Err(transport_error::error_within_answer(&error)),
            }
        }
    }
}
