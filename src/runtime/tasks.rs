//! Effects become tasks, and what tasks find becomes messages.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::RngExt;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use super::sleepless;
use crate::api::Client;
use crate::app::{Effect, Msg, Slot};
use crate::failure::{Failure, Waiting};
use crate::kit::Ticket;
use crate::panes::detail::Reading;

/// How much later than asked the latest refresh of a watched list is, as a share of the time between two: many watchers
/// do not ask together.
const MAX_SPREAD: f64 = 0.1;

/// Runs effects, one task a slot: a new one aborts the old one, which closes its connection.
pub struct Tasks {
    client: Client,
    sender: UnboundedSender<Msg>,
    running: HashMap<Slot, AbortHandle>,
    /// Whose turn it is to read a large answer.
    reading: Arc<Mutex<()>>,
}

impl Tasks {
    /// Tasks that ask through a client, and the end at which their messages arrive.
    pub fn new(client: Client) -> (Self, UnboundedReceiver<Msg>) {
        let (sender, receiver) = unbounded_channel();
        (Self { client, sender, running: HashMap::new(), reading: Arc::default() }, receiver)
    }

    /// The end at which messages go in.
    pub fn sender(&self) -> UnboundedSender<Msg> {
        self.sender.clone()
    }

    /// Begins an effect.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::FetchPage { ticket, params, cursor } => {
                let (client, notify) = (self.client.clone(), self.notify(Slot::Page, ticket));
                self.spawn(Slot::Page, async move {
                    let ask = || client.page(&params, cursor.as_ref());
                    let result = client.with_retry(ask, notify).await.map_err(|error| Failure::from(&error));
                    Msg::PageLoaded { ticket, result, at: now() }
                });
            }
            Effect::FetchSingle { ticket, id } => {
                let (client, notify) = (self.client.clone(), self.notify(Slot::Single, ticket));
                self.spawn(Slot::Single, async move {
                    let ask = || client.single(&id);
                    let result = client.with_retry(ask, notify).await.map_err(|error| Failure::from(&error));
                    Msg::SingleLoaded { ticket, id, result, at: now() }
                });
            }
            Effect::Read(Reading { ticket, answers }) => {
                let turn = Arc::clone(&self.reading);
                self.spawn(Slot::Read, async move {
                    // A reading that nobody wants any more goes on to its end, and no other one takes memory beside it.
                    let turn = turn.lock_owned().await;
                    let read = move || {
                        let opened = Box::new(answers.open());
                        drop(turn);
                        opened
                    };
                    // Not on the workers: what takes a second there would hold up timers and answers.
                    #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
                    let opened = tokio::task::spawn_blocking(read).await;
                    match opened {
                        Ok(opened) => Msg::Read { ticket, opened },
                        // The program ends: a panic does not get here, and nothing else stops a reading.
                        Err(_) => std::future::pending().await,
                    }
                });
            }
            // What these two hide is hidden also from the person who wakes the machine.
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
            // The loop's own.
            Effect::Bell | Effect::Copy(_) | Effect::Redraw | Effect::Suspend | Effect::Quit(_) => {}
        }
    }

    /// Notifies the loop that a request waits.
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
            // The loop may have left already; then nobody is there to tell.
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

/// A delay that is longer by chance.
fn spread(delay: Duration) -> Duration {
    delay.mul_f64(1.0 + MAX_SPREAD * rand::rng().random::<f64>())
}

/// The clock, as a message carries it.
pub(super) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    Timestamp::now()
}
