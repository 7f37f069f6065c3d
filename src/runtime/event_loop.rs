//! The event loop: processes all queued messages, then draws once.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::task::Poll;

use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::{Rect, Size};
use tokio::sync::mpsc::UnboundedReceiver;

use super::pictures::ShownPictures;
use super::tasks::{Tasks, now};
use super::width_guard::AmbiguousWidthRows;
use crate::app::{Effect, Model, MouseInput, Msg};
use crate::picture::{CellSize, PictureBytes};

/// Largest number of messages that are processed before a frame is drawn, so that the screen changes even during a
/// flood of keys.
const MAX_BATCH: usize = 1_000;
/// Size of the largest screen that is drawn, in columns and rows. Without a limit, a terminal that reports 65,535
/// columns would cost gigabytes of memory.
const MAX_SCREEN: Size = Size { width: 1_000, height: 500 };

/// The connections of the event loop: to the terminal, and to the tasks that do the work which the model requests, such
/// as requests to the service.
pub struct LoopConnections<S, H> {
    /// Stream of keys, pastes and sizes from the terminal.
    pub events: S,
    /// The terminal's functions other than drawing, such as suspending the program.
    pub host: H,
    /// Runner of effects (work that the model requests, such as a request to the service) in tasks.
    pub tasks: Tasks,
    /// Receiver of the messages that the tasks send to the model.
    pub replies: UnboundedReceiver<Msg>,
}

/// The functions of the terminal that the event loop needs, except drawing. Each function may fail when the terminal
/// cannot be written to.
pub trait TerminalHost {
    /// Gives the terminal back, stops the process, and returns when the process continues.
    ///
    /// # Errors
    /// When the process cannot be stopped, or the terminal cannot be taken again.
    fn suspend(&mut self) -> io::Result<()>;

    /// Sends a text to the terminal's clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Rings the terminal's bell.
    fn ring(&mut self) -> io::Result<()>;

    /// Turns the terminal's reports of the mouse on or off.
    fn set_mouse(&mut self, on: bool) -> io::Result<()>;

    /// Writes `bytes`, the escape sequences that show or delete pictures, to the terminal. Call this after the frame to
    /// which the pictures belong.
    fn write_pictures(&mut self, bytes: &PictureBytes) -> io::Result<()>;

    /// Returns the size in pixels of one cell of the terminal; `None` if the terminal does not report it.
    fn cell_size(&self) -> Option<CellSize>;
}

/// Runs the event loop of the interactive program, which draws `model` on `terminal`. `begin` contains effects (work
/// that the model requests) that are started first. `wiring` holds the connections to the terminal and to the tasks.
/// Returns the exit code if an effect ends the program; `None` if the terminal sends no more events.
pub async fn run<B, S, H>(
    terminal: &mut Terminal<B>,
    mut model: Model,
    begin: Vec<Effect>,
    mut wiring: LoopConnections<S, H>,
) -> io::Result<Option<u8>>
where
    B: Backend,
    io::Error: From<B::Error>,
    S: Stream<Item = io::Result<Event>> + Unpin,
    H: TerminalHost,
{
    for effect in begin {
        wiring.tasks.run(effect);
    }
    let mut ambiguous = AmbiguousWidthRows::default();
    let mut pictures = ShownPictures::default();
    wiring.host.write_pictures(&draw(terminal, &model, &mut ambiguous, &mut pictures)?)?;
    let mut queue = VecDeque::new();
    loop {
        if queue.is_empty() {
            tokio::select! {
                biased;
                event = wiring.events.next() => match event {
                    Some(event) => queue_message(event?, &mut wiring.events, &mut queue).await?,
                    None => return Ok(None),
                },
                Some(reply) = wiring.replies.recv() => queue.push_back(reply),
            }
            if queue.is_empty() {
                // An event without a message draws no frame. A flood of such events must hold back neither the replies
                // nor the other tasks of this thread.
                tokio::task::yield_now().await;
                match wiring.replies.try_recv() {
                    Ok(reply) => queue.push_back(reply),
                    Err(_) => continue,
                }
            }
        }
        queue.push_front(Msg::Clock(now()));
        for _ in 0..MAX_BATCH {
            if let Some(msg) = queue.pop_front() {
                if let Msg::Resize(size) = &msg {
                    tracing::debug!(width = size.width, height = size.height, "size");
                    terminal.resize(Rect::new(0, 0, size.width, size.height))?;
                    pictures.forget();
                    queue.extend(wiring.host.cell_size().map(Msg::CellSize));
                }
                for effect in model.update(msg) {
                    match effect {
                        Effect::Quit(code) => return Ok(Some(code)),
                        Effect::Bell => wiring.host.ring()?,
                        Effect::Mouse(on) => wiring.host.set_mouse(on)?,
                        Effect::Copy(text) => wiring.host.copy(&text)?,
                        Effect::Redraw => {
                            terminal.clear()?;
                            pictures.forget();
                        }
                        Effect::Suspend => {
                            wiring.host.suspend()?;
                            terminal.clear()?;
                            pictures.forget();
                            // Only the events report a change of size. If the size were read here too, the events would
                            // not notice a size that came and went in between, and the loop would keep it.
                            queue.push_back(Msg::Resumed);
                        }
                        effect => wiring.tasks.run(effect),
                    }
                }
            } else if let Ok(reply) = wiring.replies.try_recv() {
                queue.push_back(reply);
            } else {
                match next_queued_event(&mut wiring.events).await {
                    Some(Some(event)) => queue_message(event?, &mut wiring.events, &mut queue).await?,
                    Some(None) => return Ok(None),
                    None => break,
                }
            }
        }
        wiring.host.write_pictures(&draw(terminal, &model, &mut ambiguous, &mut pictures)?)?;
    }
}

/// Draws one frame of the interactive program on the terminal. `ambiguous` and `pictures` hold the state that is kept
/// between frames: the rows with characters of ambiguous width, and the pictures that the terminal shows. Returns the
/// bytes that the caller must write to the terminal after the frame.
pub fn draw<B: Backend>(
    terminal: &mut Terminal<B>,
    model: &Model,
    ambiguous: &mut AmbiguousWidthRows,
    pictures: &mut ShownPictures,
) -> Result<PictureBytes, B::Error> {
    let mut bytes = PictureBytes::default();
    terminal.draw(|frame| {
        model.view(frame);
        ambiguous.mark(frame.buffer_mut());
        bytes = pictures.update(frame.buffer_mut(), model.pictures());
    })?;
    Ok(bytes)
}

/// Returns the next event of the terminal without waiting; `None` if no event is queued, and `Some(None)` if the stream
/// has ended.
///
/// The stream is polled with the loop's own waker: the input library keeps the waker of the first poll until the next
/// key. A poll with another waker (as in `now_or_never`) would lose that key.
async fn next_queued_event<S: Stream + Unpin>(events: &mut S) -> Option<Option<S::Item>> {
    poll_fn(|context| match events.poll_next_unpin(context) {
        Poll::Ready(event) => Poll::Ready(Some(event)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// Returns the terminal's size `size`, limited to 1,000 columns and 500 rows, the largest screen that is drawn.
pub fn clamp(size: Size) -> Size {
    Size { width: size.width.min(MAX_SCREEN.width), height: size.height.min(MAX_SCREEN.height) }
}

/// Puts the message for `event` at the end of `queue`. An event without a meaning for the program, such as a drag of
/// the mouse, adds nothing. After a turn of the mouse wheel, further turns that `events` already holds are joined with
/// it into one message.
async fn queue_message<S>(event: Event, events: &mut S, queue: &mut VecDeque<Msg>) -> io::Result<()>
where
    S: Stream<Item = io::Result<Event>> + Unpin,
{
    let mut event = event;
    for _ in 0..MAX_BATCH {
        let msg = match event {
            Event::Key(key) => Some(Msg::Key(key)),
            Event::Paste(text) => Some(Msg::Paste(text)),
            Event::Resize(width, height) => Some(Msg::Resize(clamp(Size { width, height }))),
            Event::Mouse(event) => MouseInput::of(event).map(Msg::Mouse),
            Event::FocusGained | Event::FocusLost => None,
        };
        let is_wheel = matches!(&msg, Some(Msg::Mouse(input)) if input.is_wheel());
        let is_joined = match (queue.back_mut(), &msg) {
            (Some(Msg::Mouse(before)), Some(Msg::Mouse(input))) => before.join(*input),
            _ => false,
        };
        queue.extend(msg.filter(|_| !is_joined));
        if !is_wheel {
            break;
        }
        match next_queued_event(events).await {
            Some(Some(next)) => event = next?,
            // The loop notices the end of the events at its next look.
            Some(None) | None => break,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
    use futures_util::stream;

    use super::*;

    fn wheel(kind: MouseEventKind, column: u16) -> Event {
        Event::Mouse(MouseEvent { kind, column, row: 3, modifiers: KeyModifiers::NONE })
    }

    async fn messages(events: Vec<Event>) -> VecDeque<Msg> {
        let mut events = stream::iter(events.into_iter().map(Ok));
        let mut queue = VecDeque::new();
        while let Some(event) = events.next().await {
            queue_message(event.unwrap(), &mut events, &mut queue).await.unwrap();
        }
        queue
    }

    #[tokio::test]
    async fn a_flood_of_the_wheel_is_one_message_and_a_key_keeps_its_place() {
        let down = || vec![wheel(MouseEventKind::ScrollDown, 5); 500];
        assert_eq!(messages(down()).await.len(), 1);
        let key = Event::Paste("x".to_owned());
        let all = messages([down(), vec![key], down(), vec![wheel(MouseEventKind::ScrollDown, 6)]].concat()).await;
        let pastes: Vec<bool> = all.iter().map(|msg| matches!(msg, Msg::Paste(_))).collect();
        assert_eq!(pastes, [false, true, false, false], "one cell after the other");
    }

    #[tokio::test]
    async fn what_moves_the_pointer_only_is_no_message() {
        assert!(messages(vec![wheel(MouseEventKind::Moved, 5), Event::FocusGained]).await.is_empty());
    }
}
