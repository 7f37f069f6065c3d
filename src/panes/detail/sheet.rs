//! What a tab is made from.

use jiff::Timestamp;

use super::{Folds, ListAnswer, Relatives};
use crate::submission::codes::{Codes, Family};
use crate::submission::node::Rest;
use crate::submission::{Document, Field, Node};
use crate::submission::{provenance, shown, timeline};
use crate::text::{Mask, Safe, Untrusted};
use crate::time::{self, Zone};

/// Values in brackets where one value is expected; more are counted.
const MOST: usize = 8;

/// How the user wants to see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The mask level.
    pub mask: Mask,
    /// The time zone.
    pub zone: Zone,
    /// Columns there are.
    pub columns: usize,
    /// The path whose value is shown in spite of the mask.
    pub revealed: Option<String>,
    /// What they chose within tabs.
    pub choices: Choices,
}

/// What the user chose within tabs; it holds from submission to submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The order of the OCR tab.
    pub fields: provenance::Order,
    /// The order of the Timeline tab.
    pub events: timeline::Order,
    /// Times count from the start of the capture.
    pub relative: bool,
    /// The part of the line of time that is drawn; none for all of it.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// A submission and how to show it.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The submission.
    pub document: &'a Document,
    /// The list answer, where the single one is shown and both are there.
    pub list: Option<&'a ListAnswer>,
    /// How to show it.
    pub look: &'a Look,
    /// The service's codes in words.
    pub codes: &'a Codes,
    /// Which parts of its trees are open.
    pub folds: &'a Folds,
    /// Submissions that belong to it.
    pub relatives: &'a Relatives,
}

/// Whether a value was sent and not opened.
fn is_unread(field: &Field<'_>) -> bool {
    matches!(field.node(), Node::Raw(raw) if raw.rest() != Rest::Garbage)
}

impl Sheet<'_> {
    /// What may be shown of a field's scalar; a mark for null, an object or a list.
    #[must_use]
    pub fn shown(&self, field: &Field<'_>) -> Safe {
        let mask = if self.look.revealed.as_deref() == Some(field.path()) { Mask::None } else { self.look.mask };
        match field.value() {
            Some(value) if value.text().is_empty() => Safe::word("–"),
            Some(_) if is_unread(field) => Safe::word("not read, being too large"),
            Some(_) => shown::shown(field, mask).unwrap_or_default(),
            None if field.is_empty() => Safe::word("–"),
            None => self.parts(field),
        }
    }

    /// The name of a field: the documented one, else what may be seen of its own.
    #[must_use]
    pub fn label(&self, field: &Field<'_>) -> Safe {
        shown::label(field, self.look.mask)
    }

    /// What may be seen of the key of a field.
    #[must_use]
    pub fn key(&self, field: &Field<'_>) -> Safe {
        shown::key(field, self.look.mask)
    }

    /// The scalars of a list or an object where one value is expected, in brackets.
    fn parts(&self, field: &Field<'_>) -> Safe {
        let (count, what) = match field.node() {
            Node::Object(members) => (members.len(), "fields"),
            node => (node.count(), "items"),
        };
        if count > MOST {
            return Safe::of(&format!("[{count} {what}, in the JSON tab]"));
        }
        let parts: Vec<Safe> = (0..count).filter_map(|at| field.nth(at)).map(|(_, part)| self.shown(&part)).collect();
        Safe::concat(&[Safe::word("["), Safe::join(&parts, ", "), Safe::word("]")])
    }

    /// A time in full, with date, seconds and zone; as sent, and said so, when it does not parse.
    #[must_use]
    pub fn time(&self, text: &str) -> Safe {
        match time::read(text) {
            Some(at) => self.look.zone.date_time(at),
            None => Safe::concat(&[Untrusted::new(text).safe(), Safe::word("  (this time does not parse)")]),
        }
    }

    /// A code in words, or that no source explains it.
    #[must_use]
    pub fn explain(&self, family: Family, code: &str) -> Safe {
        self.codes.explain(family, code).unwrap_or(Safe::word("not in the documentation"))
    }

    /// What to say of something that was not sent: a list answer leaves it out, a single answer does not have it.
    #[must_use]
    pub const fn absent(&self) -> Safe {
        if self.document.is_whole() { Safe::word("–") } else { Safe::word("· not fetched") }
    }
}
