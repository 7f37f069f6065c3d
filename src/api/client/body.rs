//! The received body of an answer.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

/// Permit to receive a large answer (more than 2 MiB). There is one permit, so only one large answer is received at a
/// time.
pub(super) type LargeAnswerPermit = OwnedSemaphorePermit;

/// Received body of an answer. A large answer comes with the permit to receive it ([`LargeAnswerPermit`]); a small
/// answer needs no permit, so that `permit` is `None`.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) permit: Option<LargeAnswerPermit>,
}
