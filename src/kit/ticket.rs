//! Tickets: numbers that identify requests and timers, so that late replies to older ones can be dropped.

/// Identifies one request or timer. A reply carries the ticket of the request or timer that it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u64);

/// Issues tickets; no two tickets of one issuer are the same.
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
