//! A server in memory whose submissions change while somebody walks through them. It writes its answers as text, by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::query::Cursor;

/// In which order a server answers; the documentation names none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Newest,
    Oldest,
    /// By nothing that can be seen, but always the same.
    Scattered,
}

/// What a cursor means to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// Go on after this submission, whether it is still there or not.
    Keyset,
    /// Go on with this submission, so that pages overlap.
    Overlapping,
    /// Skip this many.
    Offset,
}

/// What is in place of the cursor when nothing follows.
#[derive(Clone, Copy, Debug)]
pub(super) enum EndSignal {
    Absent,
    Null,
    Empty,
    Blank,
    /// A full page carries a cursor even if it was the last one; the page after it is empty.
    Late,
}

/// From which answer on a server goes wrong, and how.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    None,
    /// So many cursors again and again, each with its page of this many rows.
    Cycle {
        at: usize,
        length: usize,
        rows: usize,
    },
    /// Rows that were sent before, with always another cursor; of this many pages the first is empty.
    Stuck {
        at: usize,
        empty_every: usize,
    },
    /// No rows, with always another cursor.
    Empty {
        at: usize,
    },
    /// A cursor that cannot be sent back.
    Unusable {
        at: usize,
    },
}

/// Something that happens to the submissions between two answers. A number chooses one of them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Insert {
        created: u8,
    },
    Delete(usize),
    /// The submission that the cursor names.
    DeleteCursor,
    Move {
        which: usize,
        created: u8,
    },
    Update(usize),
    /// It no longer matches the query, or matches it again.
    Match {
        which: usize,
        matches: bool,
    },
}

/// What an answer carries in place of the cursor.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Carried {
    Nothing,
    Cursor(Cursor),
    Unusable,
}

/// An answer, and what the server knows of it.
pub(super) struct Answer {
    pub(super) body: String,
    /// Id and text of each item, in the order sent.
    pub(super) items: Vec<(String, String)>,
    pub(super) carried: Carried,
}

#[derive(Clone, Copy)]
struct Kept {
    created: u8,
    version: u32,
    matches: bool,
}

pub(super) struct Server {
    pub(super) order: Order,
    pub(super) paging: Paging,
    pub(super) ending: EndSignal,
    pub(super) fault: Fault,
    kept: BTreeMap<u64, Kept>,
    last_id: u64,
    version: u32,
    answers: usize,
}

impl Server {
    pub(super) fn new(order: Order, paging: Paging, ending: EndSignal, fault: Fault, rows: &[(u8, bool)]) -> Self {
        let (kept, last_id, version, answers) = (BTreeMap::new(), 0, 0, 0);
        let mut server = Self { order, paging, ending, fault, kept, last_id, version, answers };
        for (created, matches) in rows {
            server.insert(*created, *matches);
        }
        server
    }

    fn insert(&mut self, created: u8, matches: bool) {
        self.last_id += 1;
        self.kept.insert(self.last_id, Kept { created, version: 0, matches });
    }

    /// The ids that match the query now.
    pub(super) fn matching(&self) -> impl Iterator<Item = String> {
        self.kept.iter().filter(|(_, kept)| kept.matches).map(|(id, _)| name(*id))
    }

    /// Changes something; gives the id of a submission that is no longer where or what it was for the query.
    pub(super) fn change(&mut self, change: Change, cursor: Option<&Cursor>) -> Option<String> {
        let nth = |server: &Self, which: usize| server.kept.keys().copied().nth(which % server.kept.len().max(1));
        match change {
            Change::Insert { created } => {
                self.insert(created, true);
                None
            }
            Change::Delete(which) => self.delete(nth(self, which)?),
            Change::DeleteCursor => self.delete(number(&cursor?.id)?),
            Change::Move { which, created } => {
                let id = nth(self, which)?;
                self.kept.get_mut(&id)?.created = created;
                Some(name(id))
            }
            Change::Update(which) => {
                self.version += 1;
                let id = nth(self, which)?;
                self.kept.get_mut(&id)?.version = self.version;
                None
            }
            Change::Match { which, matches } => {
                let id = nth(self, which)?;
                self.kept.get_mut(&id)?.matches = matches;
                Some(name(id))
            }
        }
    }

    fn delete(&mut self, id: u64) -> Option<String> {
        self.kept.remove(&id).map(|_| name(id))
    }

    /// Answers a request of the walk: looks at this many submissions, and sends those of them that match.
    pub(super) fn answer(&mut self, cursor: Option<&Cursor>, most: usize) -> Answer {
        let at = self.answers;
        self.answers += 1;
        let fresh = || Carried::Cursor(Cursor { id: format!("fresh{at}"), created_at: "f".to_owned() });
        match self.fault {
            Fault::Cycle { at: from, length, rows } if at >= from => {
                let place = (at - from) % length;
                let carried = Carried::Cursor(Cursor { id: format!("cycle{place}"), created_at: "c".to_owned() });
                // Each page of the cycle has rows of its own, so that only the cursor tells it.
                let own = (0..rows).map(|row| item(&format!("c{place}x{row}"), 0, 0)).collect();
                self.write(own, carried)
            }
            Fault::Stuck { at: from, empty_every } if at >= from => {
                let empty = (at - from).is_multiple_of(empty_every);
                let items = if empty { Vec::new() } else { vec![item("stuck", 0, 0)] };
                self.write(items, fresh())
            }
            Fault::Empty { at: from } if at >= from => self.write(Vec::new(), fresh()),
            Fault::Unusable { at: from } if at >= from => {
                let Answer { items, .. } = self.page(cursor, most);
                self.write(items, Carried::Unusable)
            }
            _ => self.page(cursor, most),
        }
    }

    /// The first page once more, beside the walk.
    pub(super) fn refreshed(&self, most: usize) -> Answer {
        self.page(None, most)
    }

    /// The submission of one id now, as a single answer has it.
    pub(super) fn single(&self, which: usize) -> Option<(String, String)> {
        let (id, kept) = self.kept.iter().nth(which % self.kept.len().max(1))?;
        Some(item(&name(*id), kept.created, kept.version))
    }

    fn place(&self, id: u64, created: u8) -> (i64, u64) {
        match self.order {
            Order::Newest => (-i64::from(created), u64::MAX - id),
            Order::Oldest => (i64::from(created), id),
            Order::Scattered => (0, id.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        }
    }

    fn page(&self, cursor: Option<&Cursor>, most: usize) -> Answer {
        let mut rows: Vec<_> = self.kept.iter().map(|(id, kept)| (self.place(*id, kept.created), *id, *kept)).collect();
        rows.sort_unstable_by_key(|(place, ..)| *place);
        let start = cursor.map_or(0, |cursor| match self.paging {
            Paging::Offset => cursor.id.parse().unwrap(),
            paging => {
                let from = self.place(number(&cursor.id).unwrap(), cursor.created_at.parse().unwrap());
                let passed = |place: (i64, u64)| place < from || (paging == Paging::Keyset && place == from);
                rows.iter().take_while(|(place, ..)| passed(*place)).count()
            }
        });
        let seen: Vec<_> = rows.iter().skip(start).take(most).collect();
        let more = start + seen.len() < rows.len() || (matches!(self.ending, EndSignal::Late) && seen.len() == most);
        let last = seen.last().filter(|_| more).map(|(_, id, kept)| match self.paging {
            Paging::Offset => Cursor { id: (start + seen.len()).to_string(), created_at: "offset".to_owned() },
            _ => Cursor { id: name(*id), created_at: kept.created.to_string() },
        });
        let matching = seen.iter().filter(|(.., kept)| kept.matches);
        let items = matching.map(|(_, id, kept)| item(&name(*id), kept.created, kept.version)).collect();
        self.write(items, last.map_or(Carried::Nothing, Carried::Cursor))
    }

    fn write(&self, items: Vec<(String, String)>, carried: Carried) -> Answer {
        let texts: Vec<&str> = items.iter().map(|(_, text)| text.as_str()).collect();
        let mut body = format!(r#"{{"Items":[{}]"#, texts.join(","));
        let key = match &carried {
            Carried::Cursor(Cursor { id, created_at }) => {
                Some(format!(r#"{{"id":"{id}","created_at":"{created_at}"}}"#))
            }
            Carried::Unusable => Some(r#"{"id":"half"}"#.to_owned()),
            Carried::Nothing => match self.ending {
                EndSignal::Absent | EndSignal::Late => None,
                EndSignal::Null => Some("null".to_owned()),
                EndSignal::Empty => Some("{}".to_owned()),
                EndSignal::Blank => Some(r#"{"id":null,"created_at":""}"#.to_owned()),
            },
        };
        if let Some(key) = key {
            let _ = write!(body, r#","nextpageKey":{key}"#);
        }
        body.push('}');
        Answer { body, items, carried }
    }
}

fn name(id: u64) -> String {
    format!("s{id}")
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix('s')?.parse().ok()
}

fn item(id: &str, created: u8, version: u32) -> (String, String) {
    (id.to_owned(), format!(r#"{{"submission_id":"{id}","created_at":"{created}","userid":"v{version}"}}"#))
}
