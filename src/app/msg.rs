//! What comes in and what goes out.

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::layout::Size;

use crate::api::{Page, Single};
use crate::failure::Failure;
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
    /// A page came, or could not be had.
    PageLoaded {
        /// Which request it answers.
        ticket: Ticket,
        /// The page.
        result: Result<Page, Failure>,
        /// When.
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
        opened: Box<Opened>,
    },
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
    /// Abort what runs in a slot.
    Cancel(Slot),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Draw every cell anew: terminals disagree about the width of some scripts, and what they misplaced stays.
    Redraw,
    /// Give the terminal back and stop the process group.
    Suspend,
    /// Leave with an exit code.
    Quit(u8),
}
