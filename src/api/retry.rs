//! Decides which failed requests are sent again, when, and how often.
//!
//! Only GET requests are sent, so that a second attempt does no harm. A second attempt is not made in two cases: the
//! first may still be under way, or the answer would not change. The caller is informed of each wait and can show the
//! wait. Dropping the future ends the wait.

use std::time::Duration;

use rand::RngExt;
use tokio::time::{Instant, sleep_until};

use super::client::Client;
use super::error::Error;
use super::refusal::{Refusal, RefusalReason};
use crate::failure::{Failure, Stage, Waiting};

/// Largest number of attempts for one request, the first attempt included.
const TRIES: u8 = 3;
/// Longest wait before a retry that this program chooses by itself.
const CAP: Duration = Duration::from_secs(8);
/// Longest wait requested by the service that the program makes by itself. After a longer one, the failure is returned
/// to the user.
const MOST_ASKED: Duration = Duration::from_secs(60);

impl Client {
    /// Sends a request, and repeats the request after failures that may end by themselves. Returns the first good
    /// answer. `tell` is called before every wait.
    ///
    /// # Errors
    /// Returns the error of the last attempt.
    pub async fn with_retry<T, F: Future<Output = Result<T, Error>>>(
        &self,
        mut ask: impl FnMut() -> F,
        mut tell: impl FnMut(Waiting),
    ) -> Result<T, Error> {
        let mut tries = 0;
        loop {
            // Another request may have been told to slow down in the meantime.
            while let Some(until) = self.pause.left() {
                let failure = Failure::from(&Error::Refused(Refusal::rate_limit()));
                tell(Waiting { failure, time: until - Instant::now(), next: tries + 1, most: TRIES });
                sleep_until(until).await;
            }
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tries += 1;
            let Some(time) = wait(&error, tries, self.limits.wait, rand::rng().random()) else { return Err(error) };
            let until = Instant::now() + time;
            if matches!(&error, Error::Refused(refusal) if refusal.reason == RefusalReason::Rate) {
                self.pause.until(until);
            }
            tell(Waiting { failure: Failure::from(&error), time, next: tries + 1, most: TRIES });
            sleep_until(until).await;
        }
    }
}

/// Returns how long to wait before the next attempt; `None` if there is no retry. `first` is the longest first wait
/// that the program chooses by itself. `chance` is a random number from 0 to 1. The waits are random because many
/// clients that failed together must not return together.
fn wait(error: &Error, tries: u8, first: Duration, chance: f64) -> Option<Duration> {
    let most = match error {
        Error::Dns | Error::Connect(_) | Error::TimedOut(Stage::Connect) | Error::Reset => TRIES,
        Error::Proxy(failure) if failure.fault.may_pass() => TRIES,
        Error::Refused(Refusal { reason: RefusalReason::Rate, .. }) => TRIES,
        Error::Refused(Refusal { status: 502..=504, .. }) => TRIES,
        // It may be the request that the service fails at.
        Error::Refused(Refusal { status: 500, .. }) => 2,
        _ => return None,
    };
    let asked = match error {
        Error::Refused(refusal) => refusal.retry_after.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    let longest = first.saturating_mul(2_u32.saturating_pow(u32::from(tries.saturating_sub(1)))).min(CAP);
    (tries < most && asked <= MOST_ASKED).then(|| asked.max(longest.mul_f64(chance.clamp(0.0, 1.0))))
}

#[cfg(test)]
mod tests;
