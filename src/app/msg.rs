//! What comes in and what goes out.

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::layout::Size;

use crate::access::Deed;
use crate::api::{Page, Single};
use crate::failure::{Failure, Waiting};
use crate::kit::Ticket;
use crate::panes::detail::{Opened, Reading};
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
    /// A second of a wait went by.
    Second(Ticket),
    /// It is time to look for something new.
    Look(Ticket),
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
        opened: Box<Opened>,
    },
    /// What was done could not be recorded.
    Unrecorded,
    /// An answer held the API key, which is hidden in it.
    KeyHidden,
    /// The list cursor rested long enough to fetch the single submission.
    Settled(Ticket),
    /// A notice was shown long enough.
    NoticeOver(Ticket),
    /// A revealed value was shown long enough.
    RevealOver(Ticket),
    /// The terminal sent nothing for the time after which identity data is hidden.
    Idle(Ticket),
}

/// One task at a time runs in a slot: a new effect in it aborts the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The list request.
    Page,
    /// The seconds of a wait.
    Second,
    /// The time between two looks of the watch mode.
    Watch,
    /// The single request.
    Single,
    /// The reading of a large answer.
    Read,
    /// The rest of the list cursor.
    Settle,
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
    /// Read large answers beside the loop.
    Read(Reading),
    /// Send a message after a delay.
    After {
        /// Its slot.
        slot: Slot,
        /// The delay.
        delay: Duration,
        /// The message.
        msg: Msg,
    },
    /// Send [`Msg::Look`] after at least a time: some are later than others, so that many watchers do not ask together.
    Look {
        /// Comes back.
        ticket: Ticket,
        /// The time.
        every: Duration,
    },
    /// Ring the terminal's bell.
    Bell,
    /// Abort what runs in a slot.
    Cancel(Slot),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Record what is done with a submission, if a record is kept; no id stands for all that are loaded.
    Record(Deed, Option<Box<str>>),
    /// Draw every cell anew: terminals disagree about the width of some scripts, and what they misplaced stays.
    Redraw,
    /// Give the terminal back and stop the process group.
    Suspend,
    /// Leave with an exit code.
    Quit(u8),
}
