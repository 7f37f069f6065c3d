//! Decides which failed requests are sent again, when, and how often.
//!
//! All requests of this program only read data (GET), so a second attempt does no harm. A second attempt is not made in
//! two cases: the service may still be working on the first attempt, or the answer would be the same. The caller is
//! informed of each wait, and can show it to the user. Dropping the future ends the wait.

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
/// Longest time that this program waits by itself before a retry if the service requests a wait. If the service
/// requests a longer wait, the failure is returned at once.
const MOST_ASKED: Duration = Duration::from_secs(60);

impl Client {
    /// Sends a request by a call of `ask`, and calls `ask` again after a failure that may end by itself, such as a
    /// broken connection. Returns the result of the first call of `ask` that succeeds. Before every wait, calls `tell`
    /// with data about the wait, so that the caller can show it to the user.
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

/// Returns how long to wait before the next attempt at a request; `None` if there is no further attempt. `error` is the
/// error of the last attempt, and `tries` is the number of attempts so far. `first` is the longest wait before the
/// first retry. `chance` is a random number from 0 to 1 that decides the part of the longest wait. The waits are random
/// so that many clients whose requests failed together do not retry together.
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
