//! Stream of the terminal's events that reports every change of the terminal's size.
//!
//! The input library (crossterm 0.29, `event/source/unix/mio.rs`) may learn of a key and of a new size at the same
//! time. Then it reports only the first event and forgets the second. If the new size is lost, the screen is drawn
//! wrongly until the next change of the size. So this stream reads the size with every event.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;

/// A stream of the terminal's events. If the terminal's size changed but the input library reports no event for the
/// change, the stream adds an event with the new size.
pub(super) struct ResizeEvents<S> {
    /// The events that the input library reports.
    inner: S,
    /// Reads the terminal's current size in columns and rows; `None` if it cannot be read.
    read_size: fn() -> Option<Size>,
    /// The terminal's size, in columns and rows, as the last event reported it; before the first event, the size at the
    /// start.
    size: Size,
    /// Whether the size must be read at the next poll, because it may have changed since it was last read.
    is_due: bool,
}

impl<S> ResizeEvents<S> {
    /// Creates the stream from `inner`, the events that the input library reports. `size` is the current size of the
    /// terminal at standard output, in columns and rows.
    pub(super) fn new(inner: S, size: Size) -> Self {
        Self { inner, read_size: terminal_size, size, is_due: false }
    }

    fn changed(&mut self) -> Option<Event> {
        self.is_due = false;
        let size = (self.read_size)().filter(|size| *size != self.size)?;
        self.size = size;
        Some(Event::Resize(size.width, size.height))
    }
}

impl<S: Stream<Item = io::Result<Event>> + Unpin> Stream for ResizeEvents<S> {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_due
            && let Some(event) = self.changed()
        {
            return Poll::Ready(Some(Ok(event)));
        }
        let Poll::Ready(event) = self.inner.poll_next_unpin(context) else {
            // The library listens from now on, and may have missed an earlier change.
            return self.changed().map_or(Poll::Pending, |event| Poll::Ready(Some(Ok(event))));
        };
        match &event {
            Some(Ok(Event::Resize(width, height))) => self.size = Size { width: *width, height: *height },
            // Reported at the next poll, which follows at once: events are taken until none is left.
            _ => self.is_due = true,
        }
        Poll::Ready(event)
    }
}

fn terminal_size() -> Option<Size> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    Some(Size { width: size.ws_col, height: size.ws_row })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crossterm::event::{KeyCode, KeyModifiers};
    use futures_util::stream;

    use super::*;

    thread_local! {
        static SIZE: Cell<Size> = const { Cell::new(Size { width: 80, height: 24 }) };
    }

    #[tokio::test]
    async fn a_size_that_the_library_forgets_is_told_with_the_next_key() {
        let key = Event::Key(crossterm::event::KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE));
        let told = [key.clone(), key.clone(), Event::Resize(100, 30), key.clone()];
        let inner = stream::iter(told.clone().map(Ok));
        let size = Size { width: 80, height: 24 };
        let mut events = ResizeEvents { read_size: || Some(SIZE.get()), ..ResizeEvents::new(inner, size) };
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            seen.push(event.unwrap());
            // It changes behind the first key, and is as told behind the third event.
            SIZE.set(if seen.len() < 4 { Size { width: 90, height: 25 } } else { Size { width: 100, height: 30 } });
        }
        assert_eq!(seen, [key.clone(), Event::Resize(90, 25), key.clone(), Event::Resize(100, 30), key]);
    }

    #[tokio::test]
    async fn a_size_that_changes_before_anything_is_heard_is_told_first() {
        SIZE.set(Size { width: 90, height: 25 });
        let inner = stream::pending::<io::Result<Event>>();
        let mut events =
            ResizeEvents { read_size: || Some(SIZE.get()), ..ResizeEvents::new(inner, Size { width: 80, height: 24 }) };
        assert_eq!(events.next().await.unwrap().unwrap(), Event::Resize(90, 25));
        let mut context = Context::from_waker(std::task::Waker::noop());
        assert!(events.poll_next_unpin(&mut context).is_pending());
    }
}
