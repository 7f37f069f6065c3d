//! The received body of an answer.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// Permit to receive a large answer (more than 2 MiB). There is one permit, so only one large answer is received at a
/// time.
pub(super) type Turn = OwnedSemaphorePermit;

/// Received body of an answer, with the permit that was needed to receive it (`None` for a small answer).
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) turn: Option<Turn>,
}
