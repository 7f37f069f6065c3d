//! What comes in and what goes out.

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::layout::Size;

use crate::access::AccessAction;
use crate::api::{Page, Single};
use crate::failure::{Failure, Waiting};
use crate::kit::Ticket;
use crate::panes::detail::{Reading, ShownAnswer};
use crate::query::{Cursor, Params};

/// Something that happened outside.
pub enum Msg {
    /// The clock as of now; comes before every batch of other messages and after every timer.
    Clock(Timestamp),
    /// A key.
    Key(KeyEvent),
    /// A pasted text.
    Paste(String),
    /// The terminal has a new size.
    Resize(Size),
    /// The process was suspended and goes on.
    Resumed,
    /// The system wants the program stopped, as ctrl-z does, or had it stopped already.
    Stop,
    /// A page came, or could not be had.
    PageLoaded {
        /// Which request it answers.
        ticket: Ticket,
        /// The page.
        result: Result<Page, Failure>,
        /// When.
        at: Timestamp,
    },
    /// A request failed and is tried again after a while.
    Waiting {
        /// What was asked for: [`Slot::Page`] or [`Slot::Single`].
        slot: Slot,
        /// Which request it is.
        ticket: Ticket,
        /// Why, how long, which try.
        waiting: Waiting,
        /// When the wait began.
        at: Timestamp,
    },
    /// A single submission came, or could not be had.
    SingleLoaded {
        /// Which request it answers.
        ticket: Ticket,
        /// The submission that was asked for.
        id: Box<str>,
        /// The answer.
        result: Result<Single, Failure>,
        /// When.
        at: Timestamp,
    },
    /// Answers were read.
    Read {
        /// Which reading it is.
        ticket: Ticket,
        /// The answers, opened.
        opened: Box<ShownAnswer>,
    },
    /// What was done could not be recorded.
    Unrecorded,
    /// An answer held the API key, which is hidden in it.
    KeyHidden,
    /// The timer of a slot ran out.
    TimerFired {
        /// The slot.
        slot: Slot,
        /// Which timer it is.
        ticket: Ticket,
    },
}

/// One task at a time runs in a slot: a new effect in it aborts the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The list request.
    Page,
    /// The shown seconds of a wait before a retry.
    Countdown,
    /// The time between two refreshes of the watched list. Its timer runs a little longer than asked, by chance, so that
    /// many watchers do not ask together.
    AutoRefresh,
    /// The single request.
    Single,
    /// The reading of a large answer.
    Read,
    /// The time for which the list cursor rests before the single submission is fetched.
    Debounce,
    /// The time that a notice stays.
    Notice,
    /// The time that a revealed value stays.
    Reveal,
    /// The time without input after which the screen blanks.
    Idle,
}

/// Something to be done outside.
pub enum Effect {
    /// Ask for a page of the list.
    FetchPage {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The filters, all of them, on every page.
        params: Params,
        /// Where to go on; none for the first page.
        cursor: Option<Cursor>,
    },
    /// Ask for one submission.
    FetchSingle {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Its id.
        id: Box<str>,
    },
    /// Read large answers in a task.
    Read(Reading),
    /// Send [`Msg::TimerFired`] after a delay.
    After {
        /// The slot of the timer.
        slot: Slot,
        /// Comes back.
        ticket: Ticket,
        /// The delay.
        delay: Duration,
    },
    /// Ring the terminal's bell.
    Bell,
    /// Abort what runs in a slot.
    Cancel(Slot),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Record what is done with a submission, if a record is kept; no id means all that are loaded.
    Record(AccessAction, Option<Box<str>>),
    /// Draw every cell again: terminals disagree about the width of some scripts, and what they misplaced stays.
    Redraw,
    /// Give the terminal back and stop the process group.
    Suspend,
    /// Leave with an exit code.
    Quit(u8),
}
