//! Waits for a duration, in which the time that the machine sleeps counts as well. It serves a time limit for showing
//! data. The limit must also end during sleep, because another person may wake the machine.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::tasks::now;

/// Longest time between two readings of the system clock during a wait. Used on systems without a timer that counts the
/// time of sleep.
const MAX_CLOCK_INTERVAL: Duration = Duration::from_secs(60);

/// Waits for the duration `time`. The time that the machine sleeps counts, too.
pub(super) async fn wait(time: Duration) {
    #[cfg(target_os = "linux")]
    if boot_time::wait(time).await.is_ok() {
        return;
    }
    wait_by_clocks(time, now).await;
}

/// Waits until one of two clocks says that the duration `time` has passed. The first is `clock`, the system clock,
/// which is read repeatedly: it continues while the machine sleeps, but it may be set back. The second counts only the
/// time that the machine is awake, but it cannot be set back.
async fn wait_by_clocks(time: Duration, clock: impl Fn() -> Timestamp) {
    let (awake, begun) = (Instant::now(), clock());
    loop {
        let by_clock = Duration::try_from(clock().duration_since(begun)).unwrap_or_default();
        let left = time.saturating_sub(by_clock.max(awake.elapsed()));
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(MAX_CLOCK_INTERVAL).min(time / 10)).await;
    }
}

/// A timer of Linux that also runs while the machine sleeps. It wakes the process only once, when the time is over.
#[cfg(target_os = "linux")]
mod boot_time {
    use std::io;
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    pub(super) async fn wait(time: Duration) -> io::Result<()> {
        #[expect(
            deprecated,
            reason = "its successor is unsafe; an owned descriptor stays open as long as it is watched"
        )]
        let timer = AsyncFd::with_interest(started(time)?, Interest::READABLE)?;
        timer.readable().await?.retain_ready();
        Ok(())
    }

    /// Starts a timer that ends once after `time`, and returns the file descriptor of the timer.
    pub(super) fn started(time: Duration) -> io::Result<OwnedFd> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        let timer = timerfd_create(TimerfdClockId::Boottime, flags)?;
        // A time of zero would disarm the timer instead of ending it.
        let time = time.max(Duration::from_nanos(1));
        let once = Itimerspec {
            it_interval: Timespec::default(),
            it_value: Timespec::try_from(time).map_err(|_| io::ErrorKind::InvalidInput)?,
        };
        timerfd_settime(&timer, TimerfdTimerFlags::empty(), &once)?;
        Ok(timer)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const TEN_MINUTES: Duration = Duration::from_secs(600);

    /// Waits for ten minutes with [`wait_by_clocks`], and returns how long the machine was awake in this time. The
    /// clock of this test jumps ahead by `asleep` at its fourth reading, as if the machine had slept for that time.
    async fn awake(asleep: Duration) -> Duration {
        let (begun, looks) = (Instant::now(), Cell::new(0));
        let clock = || {
            looks.set(looks.get() + 1);
            let slept = if looks.get() > 3 { asleep } else { Duration::ZERO };
            Timestamp::UNIX_EPOCH + begun.elapsed() + slept
        };
        wait_by_clocks(TEN_MINUTES, clock).await;
        begun.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn where_no_timer_counts_sleep_the_clock_is_looked_at_every_minute() {
        assert_eq!(awake(Duration::ZERO).await, TEN_MINUTES);
        assert_eq!(awake(Duration::from_secs(8 * 3600)).await, Duration::from_secs(120));
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_is_set_back_makes_it_no_longer() {
        let begun = Instant::now();
        let back = || Timestamp::UNIX_EPOCH - begun.elapsed();
        wait_by_clocks(TEN_MINUTES, back).await;
        assert_eq!(begun.elapsed(), TEN_MINUTES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_time_is_looked_at_more_often() {
        let begun = Instant::now();
        let slept = Cell::new(false);
        let clock = || if slept.replace(true) { Timestamp::UNIX_EPOCH + TEN_MINUTES } else { Timestamp::UNIX_EPOCH };
        wait_by_clocks(Duration::from_secs(10), clock).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn linux_counts_sleep_itself() {
        use std::os::fd::AsRawFd as _;
        let timer = boot_time::started(TEN_MINUTES).unwrap();
        let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", timer.as_raw_fd())).unwrap();
        // CLOCK_BOOTTIME of the system's headers.
        assert!(told.lines().any(|line| line.split_whitespace().eq(["clockid:", "7"])), "{told}");
        boot_time::wait(Duration::from_millis(1)).await.unwrap();
        boot_time::wait(Duration::ZERO).await.unwrap();
    }
}
