//! Tickets name requests and timers, so that late replies to older ones can be dropped.

/// Names one request or timer. A reply carries the ticket of what it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u64);

/// Issues tickets; no two are the same.
#[derive(Debug, Default)]
pub struct Tickets {
    newest: u64,
}

impl Tickets {
    /// Returns a ticket that was never issued before.
    pub const fn issue(&mut self) -> Ticket {
        self.newest += 1;
        Ticket(self.newest)
    }
}
