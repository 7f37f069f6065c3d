//! Tickets: numbers that identify requests and timers. With tickets, the program can ignore late replies to older
//! requests.

/// Number that identifies one request or one timer. The message with the answer, or with the end of the timer, contains
/// the same number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u64);

/// Source of tickets, which are numbers that identify a request or a timer. It never issues the same ticket twice.
#[derive(Debug, Default)]
pub struct Tickets {
    newest: u64,
}

impl Tickets {
    /// Returns a new ticket, which this source has not issued before.
    pub const fn issue(&mut self) -> Ticket {
        self.newest += 1;
        Ticket(self.newest)
    }
}
