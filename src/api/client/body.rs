//! What was received of an answer.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// The turn that a large answer takes: there is one at a time.
pub(super) type Turn = OwnedSemaphorePermit;

/// The body of an answer, and its turn if it is large.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) turn: Option<Turn>,
}
