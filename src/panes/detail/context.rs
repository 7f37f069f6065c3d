//! The input that a tab is made from: the submission, and how the user wants to see it.

use jiff::Timestamp;

use super::{Folds, ListAnswer, Relatives};
use crate::submission::codes::{Codes, Family};
use crate::submission::node::Rest;
use crate::submission::{Document, Field, Node};
use crate::submission::{masking, provenance, timeline};
use crate::text::{Mask, Safe, Untrusted};
use crate::time::{self, Zone};

/// Maximum number of values that are shown in brackets if one value is expected; more values are only counted.
const MAX_PARTS: usize = 8;

/// How the user wants to see a submission: mask, time zone, width and choices.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewOptions {
    /// The mask level of all fields but the revealed one.
    pub mask: Mask,
    /// The time zone in which times are shown.
    pub zone: Zone,
    /// The width of the pane.
    pub columns: usize,
    /// The path of the field that is shown without a mask.
    pub revealed: Option<String>,
    /// The choices within tabs.
    pub choices: Choices,
}

impl ViewOptions {
    /// Returns the mask level of a field, which is [`Mask::None`] for the revealed field.
    pub fn mask_of(&self, field: &Field<'_>) -> Mask {
        if self.revealed.as_deref() == Some(field.path()) { Mask::None } else { self.mask }
    }
}

/// The user's choices within tabs. All but the span are kept when another submission is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The order of the OCR tab.
    pub fields: provenance::FieldOrder,
    /// The order of the Timeline tab.
    pub events: timeline::EventOrder,
    /// Whether times count from the start of the capture.
    pub relative: bool,
    /// The span of the timeline that is drawn; `None` for all of it.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// A submission and how to show it: everything that a tab is made from.
#[derive(Clone, Copy)]
pub struct TabContext<'a> {
    /// The submission that is shown.
    pub document: &'a Document,
    /// The list record, if the full record is shown and the list holds the submission, too.
    pub list: Option<&'a ListAnswer>,
    /// How the user wants to see the submission.
    pub options: &'a ViewOptions,
    /// The explanations of the service's codes.
    pub codes: &'a Codes,
    /// The folds of the trees in the tab.
    pub folds: &'a Folds,
    /// The submissions linked to this one.
    pub relatives: &'a Relatives,
}

/// Returns whether a value was sent but not opened, because it is too large.
fn is_unread(field: &Field<'_>) -> bool {
    matches!(field.node(), Node::Raw(raw) if raw.rest() != Rest::Garbage)
}

impl<'a> TabContext<'a> {
    /// Returns the value of a field as the mask shows it, with its parts in brackets if it is an object or a list.
    pub fn masked_value(&self, field: &Field<'_>) -> Safe {
        let mask = self.options.mask_of(field);
        match field.value() {
            Some(value) if value.text().is_empty() => Safe::from_static("–"),
            Some(_) if is_unread(field) => Safe::from_static("too large, not read"),
            Some(_) => masking::masked(field, mask).unwrap_or_default(),
            None if field.is_empty() => Safe::from_static("–"),
            None => self.parts(field),
        }
    }

    /// Returns the parts of an object or a list in brackets, for a place where one value is expected.
    fn parts(&self, field: &Field<'_>) -> Safe {
        let (count, what) = match field.node() {
            Node::Object(members) => (members.len(), "fields"),
            node => (node.count(), "items"),
        };
        if count > MAX_PARTS {
            return Safe::sanitize(&format!("[{count} {what}, in the JSON tab]"));
        }
        let parts: Vec<Safe> =
            (0..count).filter_map(|at| field.nth(at)).map(|(_, part)| self.masked_value(&part)).collect();
        Safe::concat(&[Safe::from_static("["), Safe::join(&parts, ", "), Safe::from_static("]")])
    }

    /// Returns the elements of the list at a path, without empty ones; a single value counts as a list of itself.
    pub fn each(&self, path: &str) -> Vec<Field<'a>> {
        let each = self.document.field(path).map(|field| field.each()).unwrap_or_default();
        each.into_iter().filter(|field| !field.is_empty()).collect()
    }

    /// Returns the label of a field: the documented one, otherwise the key of the field as the mask shows it.
    pub fn label(&self, field: &Field<'_>) -> Safe {
        masking::label(field, self.options.mask)
    }

    /// Returns the key of a field as the mask shows it.
    pub fn key(&self, field: &Field<'_>) -> Safe {
        masking::key(field, self.options.mask)
    }

    /// Returns a time in full, with date, seconds and zone. A text that does not parse as a time is returned as sent,
    /// with a remark.
    pub fn time(&self, text: &str) -> Safe {
        match time::read(text) {
            Some(at) => self.options.zone.date_time(at),
            None => Safe::concat(&[Untrusted::new(text).safe(), Safe::from_static("  (this time does not parse)")]),
        }
    }

    /// Returns the explanation of a code, or the words "not documented" if no source explains it.
    pub fn explain(&self, family: Family, code: &str) -> Safe {
        self.codes.explain(family, code).unwrap_or(Safe::from_static("not documented"))
    }

    /// Returns the text for a missing value: not fetched in a list record, which leaves fields out; empty in a full
    /// record.
    pub const fn absent(&self) -> Safe {
        if self.document.is_whole() { Safe::from_static("–") } else { Safe::from_static("· not fetched") }
    }
}
