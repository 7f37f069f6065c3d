//! Tickets: numbers that identify requests and timers. With tickets, the program can ignore late replies to older
//! requests.

/// Number that identifies one request or one timer. The message with the answer, or with the end of the timer, contains
/// the same number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u64);

/// Issues tickets, which are numbers that identify a request or timer. No two tickets that one value of this type
/// issues are equal.
#[derive(Debug, Default)]
pub struct Tickets {
    newest: u64,
}

impl Tickets {
    /// Returns a new ticket, which this value of type `Tickets` has not returned before.
    pub const fn issue(&mut self) -> Ticket {
        self.newest += 1;
        Ticket(self.newest)
    }
}
