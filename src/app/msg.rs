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
    /// The process was suspended, as by ctrl-z, and continues now.
    Resumed,
    /// The system asked the program to stop (as ctrl-z does), or has stopped the program already.
    Stop,
    /// The answer to a request for a page of the list, or for a page with one part (group of fields, such as `aml`) of
    /// each submission. [`Effect::FetchPage`] requested it.
    PageLoaded {
        /// Ticket of the request that this message answers.
        ticket: Ticket,
        /// The requested page, or why the request failed.
        result: Result<Page, Failure>,
        /// Time at which the answer arrived.
        at: Timestamp,
    },
    /// A request of any kind failed and waits for its retry.
    Waiting {
        /// The slot (place for one task or timer) of the request, which says what was requested.
        slot: Slot,
        /// Ticket of the request that waits.
        ticket: Ticket,
        /// The failure, the time until the retry, and the number of the retry.
        waiting: Waiting,
        /// Time at which the request failed and the wait began.
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
    /// A background task has parsed large answers of the service.
    AnswersParsed {
        /// Ticket of the [`Effect::ParseAnswers`] that this message answers.
        ticket: Ticket,
        /// The parsed answers about the submission in the detail pane, or about a compared submission.
        opened: Box<ShownAnswer>,
    },
    /// The access log could not be written: an action, such as the copying of a value, is missing in it.
    Unrecorded,
    /// The program of the setting `copy_command` ended.
    CopyEnded {
        /// A description of the copied text, for the notice: that of [`Effect::CopyByCommand`].
        what: CopiedPart,
        /// `Ok` if the text was copied. The error is the reason why it was not.
        result: Result<(), String>,
    },
    /// A task has made a text about submissions for the clipboard.
    TextFinished(Box<FinishedText>),
    /// A running export has made progress, or waits for the retry of a request.
    ExportEvent {
        /// Ticket of the export: that of [`Effect::Export`].
        ticket: Ticket,
        /// What the export did: it has written rows, or waits for a retry.
        event: ExportEvent,
    },
    /// An export ended, or did not start.
    ExportEnded {
        /// Ticket of the export: that of [`Effect::Export`].
        ticket: Ticket,
        /// How the export ended, or why it did not start.
        outcome: ExportOutcome,
    },
    /// A change of the file of saved views ended, with or without success.
    ViewsChanged {
        /// The requested change: that of [`Effect::ChangeViews`].
        change: ViewChange,
        /// All saved views after the change, or the reason why nothing was changed.
        result: Result<Views, ViewsError>,
    },
    /// An answer of the service contained the API key, which was replaced by `•••`. The user is told.
    KeyHidden,
    /// A timer ran out.
    TimerFired {
        /// The slot (place for one timer) of the timer, which says what the timer is for.
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
    /// The request for a page with one part (group of fields, such as `aml`) of each submission. Loaded rows lack this
    /// part.
    Part,
    /// One of the requests for full records of loaded rows that lack values. The number tells the parallel requests
    /// apart.
    Record(u8),
    /// The timer until the next second of a countdown on screen, which shows the time before a retry.
    Countdown,
    /// The timer between two refreshes of the list while the user watches the list. It runs a random time longer than
    /// requested, so that many running copies of this program do not send their requests at the same moment.
    AutoRefresh,
    /// The request for the full record of the submission in the detail pane.
    FullRecord,
    /// The task that parses a large answer about the submission in the detail pane.
    ParseAnswers,
    /// The request for the full record of a compared submission. The number is the index of its column.
    Compared(u8),
    /// The task that parses a large answer about a compared submission. The number is the index of its column.
    ParseCompared(u8),
    /// The request for a picture of the shown submission, including the decoding of the picture.
    Picture(PictureKind),
    /// The timer that runs while the list cursor stays on a row. At its end, the full record of the row's submission is
    /// requested.
    Debounce,
    /// The timer that removes the notice from the footer.
    Notice,
    /// The timer that masks a revealed value again.
    Reveal,
    /// The timer that blanks the screen after a time without input.
    Idle,
    /// The timer, without a delay, after which the statistics count the next rows. Messages such as keys are handled
    /// first.
    Statistics,
    /// The program of the setting `copy_command`, which receives copied text.
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
    /// Request a page of the list, or a page with one part (group of fields, such as `aml`) of each submission.
    /// [`Msg::PageLoaded`] follows.
    FetchPage {
        /// The slot of the request: [`Slot::Page`] or [`Slot::Part`].
        slot: Slot,
        /// Ticket that the message with the answer must carry.
        ticket: Ticket,
        /// The query parameters, which are the same on every page.
        params: Params,
        /// The page key of the requested page, which the answer with the page before named; `None` requests the first
        /// page.
        cursor: Option<Cursor>,
    },
    /// Request the full record of one submission. [`Msg::FullRecordLoaded`] follows.
    FetchFullRecord {
        /// The slot of the request: [`Slot::FullRecord`], [`Slot::Record`] or [`Slot::Compared`].
        slot: Slot,
        /// Ticket that the message with the answer must carry.
        ticket: Ticket,
        /// The id of the submission whose full record is requested.
        id: Box<str>,
    },
    /// Compress loaded submissions in memory in a background task. No message follows, since nothing changes on the
    /// screen.
    Pack(PackOrder),
    /// Request a picture of a submission and decode it. [`Msg::PictureLoaded`] follows.
    FetchPicture {
        /// The slot of the request: [`Slot::Picture`].
        slot: Slot,
        /// Ticket that the message with the picture must carry.
        ticket: Ticket,
        /// The id of the submission whose picture is requested.
        id: Box<str>,
        /// The kind of the picture, such as the selfie.
        kind: PictureKind,
    },
    /// Parse large answers of the service in a background task. The slot is [`Slot::ParseAnswers`] or
    /// [`Slot::ParseCompared`]. [`Msg::AnswersParsed`] follows.
    ParseAnswers(Slot, ParseTask),
    /// Start a timer: send [`Msg::TimerFired`] after a delay.
    After {
        /// The slot (place for one timer) of the timer, which says what the timer is for.
        slot: Slot,
        /// Ticket that [`Msg::TimerFired`] must carry.
        ticket: Ticket,
        /// The time until [`Msg::TimerFired`] is sent.
        delay: Duration,
    },
    /// Ring the terminal's bell.
    Bell,
    /// Turn the terminal's reports of the mouse on (`true`) or off.
    Mouse(bool),
    /// Abort the task or timer that runs in a slot (a place for one task or timer).
    Cancel(Slot),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Give a text to the program of the setting `copy_command`. When the program ends, [`Msg::CopyEnded`] follows.
    CopyByCommand {
        /// The text to copy.
        text: String,
        /// A description of the text, for the notice after the copying.
        what: CopiedPart,
    },
    /// Make a text about submissions for the clipboard in a background task. [`Msg::TextFinished`] follows.
    ComposeText(Box<TextRequest>),
    /// Export submissions to a file in a background task. [`Msg::ExportEnded`] follows.
    Export {
        /// Ticket that the messages about the export must carry.
        ticket: Ticket,
        /// The export to run: the file, its format, and the submissions.
        order: Box<ExportOrder>,
    },
    /// Stop the running export. What is already written stays in the file, and [`Msg::ExportEnded`] follows.
    StopExport,
    /// Write an action, such as the copying of values, to the access log once for each of these submission ids. Does
    /// nothing without an access log.
    RecordEach(AccessAction, Vec<Box<str>>),
    /// Add, replace or delete a view in the file of saved views. [`Msg::ViewsChanged`] follows.
    ChangeViews {
        /// The file of saved views.
        file: ViewsFile,
        /// The change of the saved views: one view is added, replaced or deleted.
        change: ViewChange,
        /// The day from which relative dates, such as 7 days ago, in the filters of the views are counted.
        today: Date,
    },
    /// Write an action, such as the revealing of a value, to the access log. The submission id `None` means all loaded
    /// submissions. Does nothing without an access log.
    Record(AccessAction, Option<Box<str>>),
    /// Draw every cell of the screen again. Terminals disagree about the width of some characters, so that misplaced
    /// characters could stay on the screen.
    Redraw,
    /// Suspend the program, as ctrl-z does: restore the terminal and stop the process group.
    Suspend,
    /// Free the memory of a value that is no longer needed, in a background task. Freeing 100,000 loaded rows takes
    /// longer than a frame.
    Discard(Box<dyn Send>),
    /// End the program with an exit code.
    Quit(u8),
}
