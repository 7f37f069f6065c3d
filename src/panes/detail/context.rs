//! What a tab is made from: the submission, and how the user wants to see it.

use jiff::Timestamp;

use super::{Folds, ListAnswer, Relatives};
use crate::submission::codes::{Codes, Family};
use crate::submission::node::Rest;
use crate::submission::{Document, Field, Node};
use crate::submission::{masking, provenance, timeline};
use crate::text::{Mask, Safe, Untrusted};
use crate::time::{self, Zone};

/// The most values shown in brackets where one value is expected; more are only counted.
const MAX_PARTS: usize = 8;

/// How the user wants to see a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewOptions {
    /// The mask level.
    pub mask: Mask,
    /// The time zone.
    pub zone: Zone,
    /// The width of the pane.
    pub columns: usize,
    /// The path of the field that is shown without a mask.
    pub revealed: Option<String>,
    /// The choices within tabs.
    pub choices: Choices,
}

impl ViewOptions {
    /// Returns the mask of a field: none for the revealed one.
    pub fn mask_of(&self, field: &Field<'_>) -> Mask {
        if self.revealed.as_deref() == Some(field.path()) { Mask::None } else { self.mask }
    }
}

/// The user's choices within tabs, which are kept from submission to submission.
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

/// A submission and how to show it.
#[derive(Clone, Copy)]
pub struct TabContext<'a> {
    /// The submission.
    pub document: &'a Document,
    /// The list record, where the full record is shown and both are there.
    pub list: Option<&'a ListAnswer>,
    /// How to show it.
    pub options: &'a ViewOptions,
    /// The service's codes in words.
    pub codes: &'a Codes,
    /// The folds of its trees.
    pub folds: &'a Folds,
    /// The submissions linked to it.
    pub relatives: &'a Relatives,
}

/// Returns whether a value was sent and not opened.
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

    /// Returns the parts of an object or a list, where one value is expected.
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

    /// Returns the label of a field: the documented one, else its key as the mask shows it.
    pub fn label(&self, field: &Field<'_>) -> Safe {
        masking::label(field, self.options.mask)
    }

    /// Returns the key of a field as the mask shows it.
    pub fn key(&self, field: &Field<'_>) -> Safe {
        masking::key(field, self.options.mask)
    }

    /// Returns a time in full, with date, seconds and zone; as sent, with a remark, if it does not parse.
    pub fn time(&self, text: &str) -> Safe {
        match time::read(text) {
            Some(at) => self.options.zone.date_time(at),
            None => Safe::concat(&[Untrusted::new(text).safe(), Safe::from_static("  (this time does not parse)")]),
        }
    }

    /// Explains a code, or says that no source does.
    pub fn explain(&self, family: Family, code: &str) -> Safe {
        self.codes.explain(family, code).unwrap_or(Safe::from_static("not documented"))
    }

    /// Returns the text for a missing value: a list record leaves fields out, a full record does not have it.
    pub const fn absent(&self) -> Safe {
        if self.document.is_whole() { Safe::from_static("–") } else { Safe::from_static("· not fetched") }
    }
}
