//! The received body of an answer.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// Permit to receive a large answer. Only one such answer is received at a time.
pub(super) type Turn = OwnedSemaphorePermit;

/// Body of an answer. The body of a large answer comes with its permit.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) turn: Option<Turn>,
}
