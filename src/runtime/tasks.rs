//! Tasks that run the effects of the model, such as requests. The result of a task is sent to the model as a message.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::RngExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex, oneshot};
use tokio::task::AbortHandle;

use super::copy_command::CopyCommand;
use super::sleepless;
use crate::api::{page_failure, picture_failure, record_failure};
use crate::app::{Effect, Msg, Slot};
use crate::export::{self, ExportOrder, ExportSource};
use crate::failure::Waiting;
use crate::kit::Ticket;
use crate::offline::RecordSource;
use crate::panes::detail::ParseTask;
use crate::picture::Picture;

/// Largest random delay that is added to the time between two refreshes of the list, as a fraction of that time. The
/// delay prevents that several running programs always send their requests at the same moment.
const MAX_SPREAD: f64 = 0.1;

/// Runner of effects (work that the model requests, such as a request to the service). A slot is a purpose of tasks,
/// such as loading list pages, and has at most one task at a time. A new task aborts the earlier task of its slot,
/// which closes the connection of the aborted task.
pub struct Tasks {
    source: RecordSource,
    sender: UnboundedSender<Msg>,
    running: HashMap<Slot, AbortHandle>,
    /// Lock that lets only one task at a time parse a large answer of the service.
    reading: Arc<Mutex<()>>,
    /// Lock that lets only one task at a time pack (compress) submissions in memory.
    packing: Arc<Mutex<()>>,
    /// Lock that lets only one task at a time decode a picture, which takes much memory.
    decoding: Arc<Mutex<()>>,
    /// Program that gets copied text on its standard input; `None` if copied text is sent to the terminal.
    copy_command: Option<CopyCommand>,
    /// Description of the server or file from which exports get submissions. It is stored with each export.
    export_source: ExportSource,
    /// Sender that stops the export that was started last; `None` if no export was started yet.
    export_stop: Option<oneshot::Sender<()>>,
}

impl Tasks {
    /// Creates the runner of effects, which gets submissions from `source`. Also returns the receiver of the messages
    /// that the tasks send.
    pub fn new(source: impl Into<RecordSource>) -> (Self, UnboundedReceiver<Msg>) {
        let source = source.into();
        let (sender, receiver) = unbounded_channel();
        let tasks = Self {
            source,
            sender,
            running: HashMap::new(),
            reading: Arc::default(),
            packing: Arc::default(),
            decoding: Arc::default(),
            copy_command: None,
            export_source: ExportSource::default(),
            export_stop: None,
        };
        (tasks, receiver)
    }

    /// Sets the program that gets copied text on its standard input; `None` to send copied text to the terminal.
    #[must_use]
    pub fn with_copy_command(mut self, copy_command: Option<CopyCommand>) -> Self {
        self.copy_command = copy_command;
        self
    }

    /// Sets the description of the server or file from which exports get submissions. It is stored with an export, and
    /// a stopped export is continued only if the description is the same.
    #[must_use]
    pub fn with_export_source(mut self, source: ExportSource) -> Self {
        self.export_source = source;
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
                let (source, notify) = (self.source.clone(), self.notify(slot, ticket));
                self.spawn(slot, async move {
                    let ask = || source.fetch_page(&params, cursor.as_ref());
                    let result = source.with_retry(ask, notify).await.map_err(|error| page_failure(&error, &params));
                    Msg::PageLoaded { ticket, result, at: now() }
                });
            }
            Effect::FetchFullRecord { slot, ticket, id } => {
                let (source, notify) = (self.source.clone(), self.notify(slot, ticket));
                self.spawn(slot, async move {
                    let ask = || source.fetch_record(&id);
                    let result = source.with_retry(ask, notify).await.map_err(|error| record_failure(&error));
                    Msg::FullRecordLoaded { ticket, id, result, at: now() }
                });
            }
            Effect::FetchPicture { slot, ticket, id, kind } => {
                let (source, notify) = (self.source.clone(), self.notify(slot, ticket));
                let turn = Arc::clone(&self.decoding);
                self.spawn(slot, async move {
                    let fetched = source.with_retry(|| source.fetch_picture(&id, kind), notify).await;
                    let result = match fetched {
                        Ok(file) => {
                            let turn = turn.lock_owned().await;
                            let decode = move || {
                                let decoded = Picture::decode(file.as_bytes()).map(Arc::new);
                                drop(turn);
                                decoded
                            };
                            Ok(blocking(decode).await)
                        }
                        Err(error) => Err(picture_failure(&error)),
                    };
                    Msg::PictureLoaded { ticket, result }
                });
            }
            Effect::ParseAnswers(slot, ParseTask { ticket, answers }) => {
                let turn = Arc::clone(&self.reading);
                self.spawn(slot, async move {
                    // An aborted reading still runs to its end, and the lock keeps a second one from using memory
                    // beside it.
                    let turn = turn.lock_owned().await;
                    let read = move || {
                        let opened = Box::new(answers.parse());
                        drop(turn);
                        opened
                    };
                    Msg::AnswersParsed { ticket, opened: blocking(read).await }
                });
            }
            Effect::Pack(order) => self.pack(move || order.run()),
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
            Effect::Record(action, id) => {
                // On the loop: it is one short line, and it must be there before anything is shown.
                if self.source.record(action, id.as_deref()).is_err() {
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
            Effect::RecordEach(action, ids) => {
                if self.source.record(action, ids.iter().map(|id| &**id)).is_err() {
                    let _ = self.sender.send(Msg::Unrecorded);
                }
            }
            Effect::ComposeText(order) => self.spawn(Slot::Text, async move {
                let made = blocking(move || Box::new(order.compose())).await;
                Msg::TextFinished(made)
            }),
            Effect::Export { ticket, order } => self.export(ticket, *order),
            Effect::StopExport => {
                // The task ends by itself, so that what it wrote is recorded.
                if let Some(stop) = self.export_stop.take() {
                    // The export may have ended already.
                    let _ = stop.send(());
                }
            }
            // The model starts no second change before the first has ended.
            Effect::ChangeViews { file, change, today } => self.spawn(Slot::Views, async move {
                let (change, result) = blocking(move || {
                    let result = file.change(&change, today);
                    (change, result)
                })
                .await;
                Msg::ViewsChanged { change, result }
            }),
            Effect::Discard(unneeded) => {
                #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
                drop(tokio::task::spawn_blocking(move || drop(unneeded)));
            }
            // The loop itself runs these effects.
            Effect::Bell | Effect::Copy(_) | Effect::Mouse(_) | Effect::Redraw | Effect::Suspend | Effect::Quit(_) => {}
        }
    }

    /// Runs `pack`, a function that packs (compresses) submissions in memory, in a background task. Only one such task
    /// runs at a time. The task is never aborted, and sends no message when it ends.
    fn pack(&self, pack: impl FnOnce() + Send + 'static) {
        let turn = Arc::clone(&self.packing);
        #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
        tokio::spawn(async move {
            let _turn = turn.lock_owned().await;
            blocking(pack).await;
        });
    }

    /// Starts the export that `order` describes. It runs in a thread of its own, because it writes files. `ticket` is
    /// the number by which the messages of this export are recognised.
    fn export(&mut self, ticket: Ticket, order: ExportOrder) {
        let (stop, stopped) = oneshot::channel();
        self.export_stop = Some(stop);
        let (source, export_source, sender) = (self.source.clone(), self.export_source.clone(), self.sender.clone());
        self.spawn(Slot::Export, async move {
            let runtime = tokio::runtime::Handle::current();
            let run = move || {
                let on_event = move |event| drop(sender.send(Msg::ExportEvent { ticket, event }));
                runtime.block_on(export::run(order, &source, &export_source, on_event, stopped))
            };
            Msg::ExportEnded { ticket, outcome: blocking(run).await }
        });
    }

    /// Returns a callback for a request that may have to wait before it is sent again. The request calls it at each
    /// wait, and the callback sends a message about the wait to the event loop. `slot` is the purpose of the request,
    /// and `ticket` is the number by which its messages are recognised.
    fn notify(&self, slot: Slot, ticket: Ticket) -> impl FnMut(Waiting) + Send + 'static {
        let sender = self.sender.clone();
        move |waiting| {
            let _ = sender.send(Msg::Waiting { slot, ticket, waiting, at: now() });
        }
    }

    fn spawn(&mut self, slot: Slot, task: impl Future<Output = Msg> + Send + 'static) {
        let (sender, source) = (self.sender.clone(), self.source.clone());
        #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
        let task = tokio::spawn(async move {
            let msg = task.await;
            // The loop may have ended already; then nobody receives the message.
            let _ = sender.send(msg);
            if source.take_key_echo() {
                let _ = sender.send(Msg::KeyHidden);
            }
        });
        if let Some(old) = self.running.insert(slot, task.abort_handle()) {
            old.abort();
        }
    }
}

/// Runs `work`, which takes long or waits for the disk, on a thread for such work, and returns its result. On a worker
/// thread of the async runtime, `work` would delay timers and answers.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    #[expect(clippy::disallowed_methods, reason = "the one place that spawns what effects ask for")]
    let done = tokio::task::spawn_blocking(work).await;
    match done {
        Ok(done) => done,
        // The program ends: a panic does not get here, and nothing else stops the work.
        Err(_) => std::future::pending().await,
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

/// Returns the current time of the system clock, for the time stamps of messages to the event loop.
pub(super) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    Timestamp::now()
}
