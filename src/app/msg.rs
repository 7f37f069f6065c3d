//! Messages and effects. A message tells the model what happened; an effect is work that the model requests, such as a
//! request to the service.

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use jiff::civil::Date;
use ratatui::layout::Size;

use super::compose::{FinishedText, TextRequest};
use super::copy::CopiedPart;
use super::mouse::MouseInput;
use super::pictures::PictureResult;
use crate::access::AccessAction;
use crate::api::{Page, RecordAnswer};
use crate::export::{ExportEvent, ExportOrder, ExportOutcome};
use crate::failure::{Failure, Waiting};
use crate::kit::Ticket;
use crate::panes::detail::{ParseTask, ShownAnswer};
use crate::picture::CellSize;
use crate::query::{Cursor, Params};
use crate::store::PackOrder;
use crate::submission::PictureKind;
use crate::views::{ViewChange, Views, ViewsError, ViewsFile};

/// A message to the model (the data on which the screen depends): something that happened outside of the model, such as
/// a pressed key or an answer of the service.
pub enum Msg {
    /// The current time. This message comes before every batch of other messages, so that the model needs no clock.
    Clock(Timestamp),
    /// The user pressed a key.
    Key(KeyEvent),
    /// The user clicked, or turned the wheel of the mouse.
    Mouse(MouseInput),
    /// The user pasted a text.
    Paste(String),
    /// The terminal has a new size, in columns and rows.
    Resize(Size),
    /// The cells of the terminal have this size in pixels. The message follows [`Msg::Resize`].
    CellSize(CellSize),
    /// The process was suspended, as ctrl-z does, and continues now.
    Resumed,
    /// The system wants the program to stop (as ctrl-z does), or has stopped the program already.
    Stop,
    /// The answer to a list request, or its failure.
    PageLoaded {
        /// Ticket of the request that this message answers.
        ticket: Ticket,
        /// The requested page of the list, or why the request failed.
        result: Result<Page, Failure>,
        /// Time at which the answer arrived.
        at: Timestamp,
    },
    /// A request failed and waits for its retry.
    Waiting {
        /// The kind of request: the slot of its task.
        slot: Slot,
        /// Ticket of the request that waits.
        ticket: Ticket,
        /// The failure, the length of the wait, and the number of the retry.
        waiting: Waiting,
        /// Time at which the wait began.
        at: Timestamp,
    },
    /// The answer to a request for a full record, or its failure.
    FullRecordLoaded {
        /// Ticket of the request that this message answers.
        ticket: Ticket,
        /// The id of the requested submission.
        id: Box<str>,
        /// The full record, or why the request failed.
        result: Result<RecordAnswer, Failure>,
        /// Time at which the answer arrived.
        at: Timestamp,
    },
    /// The answer to a request for a picture, or its failure.
    PictureLoaded {
        /// Ticket of the request that this message answers.
        ticket: Ticket,
        /// The decoded picture, or why it was not fetched or cannot be decoded.
        result: PictureResult,
    },
    /// A task has parsed large answers of the service.
    AnswersParsed {
        /// Ticket of the [`Effect::ParseAnswers`] that this message answers.
        ticket: Ticket,
        /// The parsed answers of the service about the shown submission.
        opened: Box<ShownAnswer>,
    },
    /// An action, such as the copying of a value, could not be written to the access log.
    Unrecorded,
    /// The program of the setting `copy_command` ended.
    CopyEnded {
        /// What was copied, as [`Effect::CopyByCommand`] said.
        what: CopiedPart,
        /// The error is the reason why nothing was copied.
        result: Result<(), String>,
    },
    /// A task has made a text about submissions for the clipboard.
    TextFinished(Box<FinishedText>),
    /// A running export has made progress, or waits for the retry of a request.
    ExportEvent {
        /// Ticket of the [`Effect::Export`].
        ticket: Ticket,
        /// What happened.
        event: ExportEvent,
    },
    /// An export ended, or did not start.
    ExportEnded {
        /// Ticket of the [`Effect::Export`].
        ticket: Ticket,
        /// How the export ended, or why it did not start.
        outcome: ExportOutcome,
    },
    /// The file of saved views was changed, or could not be changed.
    ViewsChanged {
        /// The change, as [`Effect::ChangeViews`] said.
        change: ViewChange,
        /// All views after the change, or why nothing was changed.
        result: Result<Views, ViewsError>,
    },
    /// An answer of the service contained the API key. The reviewer shows the key as `•••`.
    KeyHidden,
    /// The timer of a slot (a place for one timer) ran out.
    TimerFired {
        /// The slot of the timer.
        slot: Slot,
        /// Ticket of the timer that ran out.
        ticket: Ticket,
    },
}

/// A place for one running task or timer. When a new task or timer gets the slot, the earlier one is aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The request for a page of the list.
    Page,
    /// The request for a page of one part of the submissions, for rows that lack this part.
    Part,
    /// One of the requests for full records of rows that lack values, by its number.
    Record(u8),
    /// The timer of the countdown before a retry.
    Countdown,
    /// The timer between two refreshes of the list while the user watches the list. The timer runs a random time longer
    /// than requested, so that many watchers do not send their requests at the same moment.
    AutoRefresh,
    /// The request for a full record.
    FullRecord,
    /// The task that parses a large answer of the service.
    ParseAnswers,
    /// The request for the full record of a compared submission, by the number of its column.
    Compared(u8),
    /// The task that parses a large answer about a compared submission, by the number of its column.
    ParseCompared(u8),
    /// The request for a picture of the shown submission, and the task that decodes it.
    Picture(PictureKind),
    /// The timer that runs while the list cursor stays on a row. When the timer ends, the full record of the row is
    /// fetched.
    Debounce,
    /// The timer that removes the notice from the footer.
    Notice,
    /// The timer that masks a revealed value again.
    Reveal,
    /// The timer that blanks the screen after a time without input.
    Idle,
    /// The timer without a delay after which the statistics count the next rows.
    Statistics,
    /// The program that takes copied text.
    Copy,
    /// The task that makes a text about submissions for the clipboard.
    Text,
    /// The task that writes submissions to a file.
    Export,
    /// The task that changes the file of saved views.
    Views,
}

/// An effect: something that must be done outside of the model (the data on which the screen depends), such as a
/// request to the service.
pub enum Effect {
    /// Request a page of the list.
    FetchPage {
        /// The slot of the request: [`Slot::Page`] or [`Slot::Part`].
        slot: Slot,
        /// Ticket that the message with the answer must carry.
        ticket: Ticket,
        /// The query parameters, which are the same on every page.
        params: Params,
        /// The page key of the requested page; `None` requests the first page.
        cursor: Option<Cursor>,
    },
    /// Request the full record of one submission.
    FetchFullRecord {
        /// The slot of the request: [`Slot::FullRecord`], [`Slot::Record`] or [`Slot::Compared`].
        slot: Slot,
        /// Ticket that the message with the answer must carry.
        ticket: Ticket,
        /// The id of the submission whose full record is requested.
        id: Box<str>,
    },
    /// Pack the bytes of loaded submissions in a task. No message follows, since nothing changes on the screen.
    Pack(PackOrder),
    /// Request a picture of a submission, and decode it.
    FetchPicture {
        /// The slot of the request: [`Slot::Picture`].
        slot: Slot,
        /// Ticket that the message with the picture must carry.
        ticket: Ticket,
        /// The id of the submission.
        id: Box<str>,
        /// The kind of the picture.
        kind: PictureKind,
    },
    /// Parse large answers of the service in the task of a slot: [`Slot::ParseAnswers`] or [`Slot::ParseCompared`].
    ParseAnswers(Slot, ParseTask),
    /// Send [`Msg::TimerFired`] after a delay.
    After {
        /// The slot of the timer.
        slot: Slot,
        /// Ticket that [`Msg::TimerFired`] must carry.
        ticket: Ticket,
        /// The time until [`Msg::TimerFired`] is sent.
        delay: Duration,
    },
    /// Ring the terminal's bell.
    Bell,
    /// Turn the terminal's reports of the mouse on or off.
    Mouse(bool),
    /// Abort the task or timer in a slot (a place for one task or timer).
    Cancel(Slot),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Give a text to the program of the setting `copy_command`, and send [`Msg::CopyEnded`] when the program ended.
    CopyByCommand {
        /// The text to copy.
        text: String,
        /// What the text is, for the notice about it.
        what: CopiedPart,
    },
    /// Make a text about submissions for the clipboard in a task, and send [`Msg::TextFinished`].
    ComposeText(Box<TextRequest>),
    /// Write submissions to a file in a task, and send [`Msg::ExportEnded`] when the task ended.
    Export {
        /// Ticket that the messages about the export must carry.
        ticket: Ticket,
        /// The file, its format, and what it is to hold.
        order: Box<ExportOrder>,
    },
    /// Stop the running export. What it wrote stays, and [`Msg::ExportEnded`] follows.
    StopExport,
    /// Write an action on each of these submissions to the access log, if there is one.
    RecordEach(AccessAction, Vec<Box<str>>),
    /// Change a view in the file of saved views, and send [`Msg::ViewsChanged`].
    ChangeViews {
        /// The file.
        file: ViewsFile,
        /// The change.
        change: ViewChange,
        /// The day from which relative dates of the filters count.
        today: Date,
    },
    /// Write an action to the access log, if there is one. `None` as the id means all loaded submissions.
    Record(AccessAction, Option<Box<str>>),
    /// Draw every cell again. Terminals disagree about the width of some scripts, and misplaced characters would stay
    /// on the screen.
    Redraw,
    /// Give the terminal back and stop the process group, as ctrl-z does.
    Suspend,
    /// Free the memory of what is no longer needed, in a task: that of 100,000 loaded rows takes longer than a frame.
    Discard(Box<dyn Send>),
    /// End the program with an exit code.
    Quit(u8),
}
