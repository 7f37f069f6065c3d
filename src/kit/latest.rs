//! Newest request wins.

/// Names one request. A reply carries the ticket of the request that it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticket(u64);

/// Remembers the newest ticket of one kind of request, so that late replies to older ones can be dropped.
#[derive(Debug, Default)]
pub struct Latest {
    newest: u64,
}

impl Latest {
    /// A new ticket; every earlier one is stale from now on.
    pub const fn renew(&mut self) -> Ticket {
        self.newest += 1;
        Ticket(self.newest)
    }

    /// Whether a reply with this ticket answers the newest request.
    #[must_use]
    pub const fn is_newest(&self, ticket: Ticket) -> bool {
        ticket.0 == self.newest
    }
}
