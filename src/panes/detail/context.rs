//! The data from which the lines of a tab are made: the submission, and how the user wants to see the submission.

use jiff::Timestamp;

use super::{Folds, FullRecord, ListAnswer, Relatives};
use crate::submission::attempts::Attempts;
use crate::submission::codes::{Codes, Family};
use crate::submission::findings;
use crate::submission::node::UnparsedKind;
use crate::submission::{Document, Field, Node};
use crate::submission::{masking, provenance, timeline};
use crate::text::{Mask, Safe, Untrusted};
use crate::time::{self, Zone};

/// Maximum number of parts (members or elements) of a value that are shown in brackets on one line. If there are more
/// parts, only their number is shown.
const MAX_PARTS: usize = 8;

/// How the user wants to see a submission: mask level, time zone, width of the pane, and choices within tabs.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewOptions {
    /// The mask level of all fields except the revealed field.
    pub mask: Mask,
    /// The time zone in which times are shown.
    pub zone: Zone,
    /// The width of the pane in columns.
    pub columns: usize,
    /// The path of the field that the user revealed; this field is shown without a mask. `None` if no field is
    /// revealed.
    pub revealed: Option<String>,
    /// The user's choices within tabs, such as the order of the events.
    pub choices: TabChoices,
    /// The sentence that tells the user which key shows the pictures; `None` if no key shows pictures now.
    pub pictures_hint: Option<Safe>,
}

impl ViewOptions {
    /// Returns the mask level that applies to a field. This is [`Mask::None`] for the one field that the user revealed.
    pub fn mask_of(&self, field: &Field<'_>) -> Mask {
        if self.revealed.as_deref() == Some(field.path()) { Mask::None } else { self.mask }
    }
}

/// The user's choices within tabs, such as the order of the events. When another submission is shown, all choices but
/// [`Self::span`] are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TabChoices {
    /// The order of the fields in the OCR tab.
    pub fields: provenance::FieldOrder,
    /// The order of the events in the Timeline tab.
    pub events: timeline::EventOrder,
    /// Whether the Timeline tab shows times since the start of the capture, instead of clock times.
    pub relative: bool,
    /// The first and the last instant of the shown section of the timeline; `None` if the whole timeline is shown.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// All data from which a tab is made: a submission, and how the user wants to see it.
#[derive(Clone, Copy)]
pub struct TabContext<'a> {
    /// The submission that is shown.
    pub document: &'a Document,
    /// The list record for comparison, if the full record is shown and the list also contains the submission; `None`
    /// otherwise.
    pub list: Option<&'a ListAnswer>,
    /// How the user wants to see the submission.
    pub options: &'a ViewOptions,
    /// The explanations of the service's error codes and other codes.
    pub codes: &'a Codes,
    /// Which parts of the tab's JSON trees, such as objects, the user opened or closed.
    pub folds: &'a Folds,
    /// The submissions that are linked to the shown submission.
    pub relatives: &'a Relatives,
    /// The reason why the full record is not shown, such as [`FullRecord::Loading`]. It has no meaning if the full
    /// record is shown.
    pub full_record: FullRecord,
}

/// Returns whether the value of a field was sent but not parsed, because the record of the submission is too large.
fn is_unread(field: &Field<'_>) -> bool {
    matches!(field.node(), Node::Raw(raw) if raw.rest() != UnparsedKind::Garbage)
}

impl<'a> TabContext<'a> {
    /// Returns the value of a field as text, without what the mask level hides. For an object or a list, returns its
    /// members or elements in brackets. For an empty field, returns `–`.
    pub fn masked_value(&self, field: &Field<'_>) -> Safe {
        let mask = self.options.mask_of(field);
        match field.value() {
            Some(value) if value.text().is_empty() => Safe::from_static("–"),
            Some(_) if is_unread(field) => Safe::from_static("too large, not read"),
            Some(_) => masking::masked(field, mask).unwrap_or_default(),
            None if field.is_empty() => Safe::from_static("–"),
            None => self.in_brackets(field),
        }
    }

    /// Returns the members of an object or the elements of a list as one text in brackets, such as `[1, 2]`. This is
    /// for lines that have room for a single value. If there are more than [`MAX_PARTS`], the text is only their
    /// number.
    fn in_brackets(&self, field: &Field<'_>) -> Safe {
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

    /// Returns the non-empty elements of the list at `path` in the shown record of the submission. A value that is not
    /// a list is returned as the only element.
    pub fn elements_at(&self, path: &str) -> Vec<Field<'a>> {
        let each = self.document.field(path).map(|field| field.elements()).unwrap_or_default();
        each.into_iter().filter(|field| !field.is_empty()).collect()
    }

    /// Returns the label of a field. This is the documented label, otherwise the key of the field, masked as the mask
    /// level requires.
    pub fn label(&self, field: &Field<'_>) -> Safe {
        masking::label(field, self.options.mask)
    }

    /// Returns the key of a field, masked as the mask level requires.
    pub fn key(&self, field: &Field<'_>) -> Safe {
        masking::key(field, self.options.mask)
    }

    /// Returns a time in full, with date, seconds and time zone. `text` is the time as sent. If `text` does not parse
    /// as a time, returns `text` with a remark about that.
    pub fn time(&self, text: &str) -> Safe {
        match time::parse_timestamp(text) {
            Some(at) => self.options.zone.date_time(at),
            None => Safe::concat(&[Untrusted::new(text).safe(), Safe::from_static("  (this time does not parse)")]),
        }
    }

    /// Returns the explanation of a code, or the words "not documented" if this program has no explanation for it.
    /// `family` is the list of codes to which the code belongs.
    pub fn explain(&self, family: Family, code: &str) -> Safe {
        self.codes.explain(family, code).unwrap_or(Safe::from_static("not documented"))
    }

    /// Returns the sentence that says why the shown record does not contain some data. This is `of_file` if the
    /// submission comes from a file, otherwise `of_service`.
    pub(super) fn not_contained(&self, of_service: &'static str, of_file: &'static str) -> &'static str {
        if self.full_record == FullRecord::NotInFile { of_file } else { of_service }
    }

    /// Returns the text that is shown in place of a value that was not sent. For a full record, this is `– not sent`: a
    /// dash alone would read as "nothing found". For a list record (the submission's item on a page of the list), this
    /// is `· not fetched`, since list records leave fields out. For a record of a file, it is `· not in the file`.
    pub fn text_for_absent(&self) -> Safe {
        if self.document.is_full_record() {
            Safe::from_static("– not sent")
        } else {
            Safe::from_static(self.not_contained("· not fetched", "· not in the file"))
        }
    }

    /// Returns the text that is shown in place of the value at `path`, if the record has the field but no value that
    /// can be shown: it was sent empty, was not read, or is in a block that was sent as something else than an object.
    /// The first key of `path` must be documented as an object. Returns `None` if the record has no such field.
    pub fn text_without_value(&self, path: &str) -> Option<Safe> {
        let block = path.split('.').next().unwrap_or_default();
        let field = self.document.field(path);
        let is_unread = field.iter().chain(&self.document.field(block)).any(is_unread);
        match field {
            _ if is_unread => Some(Safe::from_static("too large, not read")),
            Some(_) => Some(Safe::from_static("– sent empty")),
            None => findings::unreadable(self.document, block)
                .map(|_| Safe::sanitize(&format!("unreadable: {block} is not an object"))),
        }
    }

    /// Returns the numbers of attempts and of retries in words, such as `2 attempts` and `1 retry reason from ARGOS`. If the
    /// attempts are missing, the first text says whether they were not fetched or are not in the file.
    /// The result is empty if there are neither attempts nor retries.
    pub(super) fn attempts_and_retries(&self, attempts: &Attempts<'_>) -> Vec<String> {
        let absent = self.not_contained("attempts not fetched", "attempts not in the file");
        attempts.attempts_in_words(absent).into_iter().chain(attempts.retries_in_words()).collect()
    }
}
