//! The received body of an answer.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// Permit to receive a large answer. Only one such answer is received at a time.
pub(super) type Turn = OwnedSemaphorePermit;

/// Body of an answer, with the permit if the answer is large.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) turn: Option<Turn>,
}
