//! The stream of keys, pastes and sizes from the terminal. The stream leaves no input unread.
//!
//! The input library reads one kilobyte when the system says that input is available, and the system reports the same
//! input only once. The library would read the rest only with the next key, and a terminal that waits for its input to
//! be read would send no key. So whenever the library finds nothing although input is available, this stream makes the
//! system notify the library again.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt};
use rustix::io::ioctl_fionread;
use rustix::stdio::stdin;

use super::{job_control, terminal};

/// Stream of the terminal's events. It wraps the stream of the input library, and polls it again if that stream reports
/// no event although unread input is available.
pub(super) struct TerminalEvents(EventStream);

impl TerminalEvents {
    pub(super) fn new() -> Self {
        Self(EventStream::new())
    }
}

impl Stream for TerminalEvents {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let found = self.0.poll_next_unpin(context);
        if found.is_pending()
            && ioctl_fionread(stdin()).is_ok_and(|unread| unread > 0)
            && job_control::is_in_foreground()
        {
            terminal::wake_input_readers();
        }
        found
    }
}
