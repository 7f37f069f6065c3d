//! Decides which failed requests are sent again, when, and how often.
//!
//! All requests of this program only read data (GET), so a second attempt does no harm. No second attempt is made if
//! the service may still be working on the first attempt, or if the answer would be the same. The caller is informed of
//! each wait, and can show it to the user. Dropping the future ends the wait.

use std::time::Duration;

use rand::RngExt;
use tokio::time::{Instant, sleep_until};

use super::client::Client;
use super::error::RequestError;
use super::refusal::{Refusal, RefusalReason};
use crate::failure::{Failure, Stage, Waiting};

/// Largest number of attempts for one request, the first attempt included.
const MAX_ATTEMPTS: u8 = 3;
/// Longest wait before a retry if the service requests no wait.
const MAX_OWN_WAIT: Duration = Duration::from_secs(8);
/// Longest wait before a retry if the service requests a wait. If the service requests a longer wait, the request is
/// not repeated, and its failure is returned immediately.
const MAX_REQUESTED_WAIT: Duration = Duration::from_secs(60);

impl Client {
    /// Sends a request by a call of `send_request`, and calls `send_request` again after a failure that may be
    /// temporary, such as a broken connection. Returns the result of the first call that succeeds. Before every wait,
    /// calls `on_wait` with data about the wait, so that the caller can show it to the user.
    ///
    /// # Errors
    /// Returns the error of the last attempt.
    pub async fn with_retry<T, F: Future<Output = Result<T, RequestError>>>(
        &self,
        mut send_request: impl FnMut() -> F,
        mut on_wait: impl FnMut(Waiting),
    ) -> Result<T, RequestError> {
        let mut tries = 0;
        loop {
            // Another request may have been told to slow down in the meantime.
            while let Some(until) = self.pause.left() {
                let failure = Failure::from(&RequestError::Refused(Refusal::rate_limit()));
                on_wait(Waiting { failure, time: until - Instant::now(), next: tries + 1, most: MAX_ATTEMPTS });
                sleep_until(until).await;
            }
            let error = match send_request().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tries += 1;
            let Some(time) = wait(&error, tries, self.limits.wait, rand::rng().random()) else { return Err(error) };
            let until = Instant::now() + time;
            if matches!(&error, RequestError::Refused(refusal) if refusal.reason == RefusalReason::Rate) {
                self.pause.until(until);
            }
            on_wait(Waiting { failure: Failure::from(&error), time, next: tries + 1, most: MAX_ATTEMPTS });
            sleep_until(until).await;
        }
    }
}

/// Returns how long to wait before the next attempt at a request; `None` if there is no further attempt. `error` is the
/// error of the last attempt, and `attempts` is the number of attempts so far. `first_wait` is the longest wait before
/// the first retry. `random_share` is a random number from 0 to 1, by which the longest wait is multiplied. The waits
/// are random because requests of many clients may fail together and should not be retried together.
fn wait(error: &RequestError, attempts: u8, first_wait: Duration, random_share: f64) -> Option<Duration> {
    let most = match error {
        RequestError::Dns | RequestError::Connect(_) | RequestError::TimedOut(Stage::Connect) | RequestError::Reset => {
            MAX_ATTEMPTS
        }
        RequestError::Proxy(failure) if failure.fault.may_pass() => MAX_ATTEMPTS,
        RequestError::Refused(Refusal { reason: RefusalReason::Rate, .. }) => MAX_ATTEMPTS,
        RequestError::Refused(Refusal { status: 502..=504, .. }) => MAX_ATTEMPTS,
        // It may be the request that the service fails at.
        RequestError::Refused(Refusal { status: 500, .. }) => 2,
        _ => return None,
    };
    let asked = match error {
        RequestError::Refused(refusal) => refusal.retry_after.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    let longest =
        first_wait.saturating_mul(2_u32.saturating_pow(u32::from(attempts.saturating_sub(1)))).min(MAX_OWN_WAIT);
    (attempts < most && asked <= MAX_REQUESTED_WAIT).then(|| asked.max(longest.mul_f64(random_share.clamp(0.0, 1.0))))
}

#[cfg(test)]
mod tests;
