//! Tasks that run the effects of the model, such as requests. The result of a task is sent to the model as a message.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::RngExt;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use super::copy_command::CopyCommand;
use super::sleepless;
use crate::api::Client;
use crate::app::{Effect, Msg, Slot};
use crate::failure::{Failure, Waiting};
use crate::kit::Ticket;
use crate::panes::detail::Reading;

/// Largest random delay that is added to the time between two refreshes of the list, as a share of that time. The delay
/// keeps programs that refresh in the same rhythm from sending their requests at the same moment.
const MAX_SPREAD: f64 = 0.1;

/// Runner of effects (work that the model requests, such as a request to the service). Each slot, such as the slot for
/// the requests for list pages, has at most one task. A new task aborts the earlier task of its slot, which closes the
/// connection of the aborted task.
pub struct Tasks {
    client: Client,
    sender: UnboundedSender<Msg>,
    running: HashMap<Slot, AbortHandle>,
    /// Lock that lets only one task at a time parse a large answer.
    reading: Arc<Mutex<()>>,
    /// Program that takes copied text; `None` if copied text is sent to the terminal.
    copy_command: Option<CopyCommand>,
}

impl Tasks {
    /// Creates the runner of effects, which sends its requests with `client`. Also returns the receiver of the messages
    /// from the tasks.
    pub fn new(client: Client) -> (Self, UnboundedReceiver<Msg>) {
        let (sender, receiver) = unbounded_channel();
        (Self { client, sender, running: HashMap::new(), reading: Arc::default(), copy_command: None }, receiver)
    }

    /// Sets the program that takes copied text; `None` if copied text is sent to the terminal.
    #[must_use]
    pub fn with_copy_command(mut self, copy_command: Option<CopyCommand>) -> Self {
        self.copy_command = copy_command;
        self
    }

    /// Returns a sender of messages to the event loop.
    pub fn sender(&self) -> UnboundedSender<Msg> {
        self.sender.clone()
    }

    /// Starts the work that the model requests with `effect`, such as a request to the service or a timer.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::FetchPage { slot, ticket, params, cursor } => {
                let (client, notify) = (self.client.clone(), self.notify(slot, ticket));
                self.spawn(slot, async move {
                    let ask = || client.page(&params, cursor.as_ref());
                    let result = client.with_retry(ask, notify).await.map_err(|error| Failure::from(&error));
                    Msg::PageLoaded { ticket, result, at: now() }
                });
            }
            Effect::FetchSingle { slot, ticket, id } => {
                let (client, notify) = (self.client.clone(), self.notify(slot, ticket));
                self.spawn(slot, async move {
                    let ask = || client.single(&id);
                    let result = client.with_retry(ask, notify).await.map_err(|error| Failure::from(&error));
                    Msg::SingleLoaded { ticket, id, result, at: now() }
                });
            }
            Effect::Read(Reading { ticket, answers }) => {
                let turn = Arc::clone(&self.reading);
                self.spawn(Slot::Read, async move {
                    // An aborted reading still runs to its end, and the lock keeps a second one from using memory
                    // beside it.
                    let turn = turn.lock_owned().await;
                    let read = move || {
                        let opened = Box::new(answers.open());
                        drop(turn);
                        opened
                    };
                    // Not on the worker threads: work that takes a second would delay timers and answers there.
                    #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
                    let opened = tokio::task::spawn_blocking(read).await;
                    match opened {
                        Ok(opened) => Msg::Read { ticket, opened },
                        // The program ends: a panic does not get here, and nothing else stops a reading.
                        Err(_) => std::future::pending().await,
                    }
                });
            }
            // Both timers hide data, also from another person who wakes the machine.
            Effect::After { slot: slot @ (Slot::Idle | Slot::Reveal), ticket, delay } => self.spawn(slot, async move {
                sleepless::wait(delay).await;
                Msg::TimerFired { slot, ticket }
            }),
            Effect::After { slot, ticket, delay } => {
                let delay = if slot == Slot::AutoRefresh { spread(delay) } else { delay };
                self.spawn(slot, async move {
                    tokio::time::sleep(delay).await;
                    Msg::TimerFired { slot, ticket }
                });
            }
            Effect::Cancel(slot) => {
                if let Some(task) = self.running.remove(&slot) {
                    task.abort();
                }
            }
            Effect::Record(deed, id) => {
                // On the loop: it is one short line, and it must be there before anything is shown.
                if self.client.record(deed, id.as_deref()).is_err() {
                    let _ = self.sender.send(Msg::Unrecorded);
                }
            }
            Effect::CopyByCommand { text, what } => {
                let Some(command) = self.copy_command.clone() else { return };
                self.spawn(Slot::Copy, async move {
                    let result = command.copy(&text).await.map_err(|fault| fault.to_string());
                    Msg::CopyEnded { what, result }
                });
            }
            Effect::ChangeViews { file, change, today } => {
                self.spawn(Slot::Views, async move {
                    let asked = change.clone();
                    #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
                    let changed = tokio::task::spawn_blocking(move || file.change(&asked, today)).await;
                    match changed {
                        Ok(result) => Msg::ViewsChanged { change, result },
                        // The program ends: a panic does not get here, and nothing else stops the change.
                        Err(_) => std::future::pending().await,
                    }
                });
            }
            // The loop itself runs these effects.
            Effect::Bell | Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Quit(_) => {}
        }
    }

    /// Returns a callback that informs the event loop when the request `ticket` waits for its retry. `slot` is the kind
    /// of request.
    fn notify(&self, slot: Slot, ticket: Ticket) -> impl FnMut(Waiting) + Send + 'static {
        let sender = self.sender.clone();
        move |waiting| {
            let _ = sender.send(Msg::Waiting { slot, ticket, waiting, at: now() });
        }
    }

    fn spawn(&mut self, slot: Slot, task: impl Future<Output = Msg> + Send + 'static) {
        let (sender, client) = (self.sender.clone(), self.client.clone());
        #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
        let task = tokio::spawn(async move {
            let msg = task.await;
            // The loop may have ended already; then nobody receives the message.
            let _ = sender.send(msg);
            if client.take_key_echo() {
                let _ = sender.send(Msg::KeyHidden);
            }
        });
        if let Some(old) = self.running.insert(slot, task.abort_handle()) {
            old.abort();
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        for task in self.running.values() {
            task.abort();
        }
    }
}

/// Returns `delay`, the time between two refreshes of the list, plus a random addition. The addition is at most `delay`
/// times [`MAX_SPREAD`]. It keeps several running programs from sending their requests at the same moment.
fn spread(delay: Duration) -> Duration {
    delay.mul_f64(1.0 + MAX_SPREAD * rand::rng().random::<f64>())
}

/// Returns the current time by the clock, for the time stamp of a message.
pub(super) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    Timestamp::now()
}
