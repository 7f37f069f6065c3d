//! Keys, pastes and sizes from the terminal.
//!
//! The input library reads a kilobyte when it is told that there is something to read, and is told so once. What else
//! came at the same time it would read with the next key only, and a terminal that waits for it to be read would send
//! none. So whenever it finds nothing while there is something, it is told again.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt};
use rustix::io::ioctl_fionread;
use rustix::stdio::stdin;

use super::{job_control, terminal};

/// The library's stream, which leaves nothing unread.
pub(super) struct Input(EventStream);

impl Input {
    pub(super) fn new() -> Self {
        Self(EventStream::new())
    }
}

impl Stream for Input {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let found = self.0.poll_next_unpin(context);
        if found.is_pending()
            && ioctl_fionread(stdin()).is_ok_and(|unread| unread > 0)
            && job_control::is_in_foreground()
        {
            terminal::tell_readers();
        }
        found
    }
}
