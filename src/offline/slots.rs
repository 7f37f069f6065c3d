//! Collects the records and webhook payloads of a file by submission id. When the whole file is read, those of each
//! submission are joined into one record: one row of the list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use bytes::Bytes;

use super::record_merge::{RecordOrPayload, compact, latest, merge_records};
use crate::api::Unreadable;
use crate::submission::join::join_records;
use crate::submission::json::Json;
use crate::submission::webhook::EARLIER_PAYLOADS;

/// One row of the list that a file is shown as: a submission, or a text of the file that is no submission.
pub(super) struct FileRow {
    /// The id of the submission, or the reason why the text is no submission.
    pub(super) id: Result<Box<str>, Unreadable>,
    /// The record of the submission as JSON. If several records and payloads were joined, this is the joined record.
    /// For a text that is no submission, this is the text.
    pub(super) raw: Bytes,
    /// Whether the text in the file was no valid JSON and was repaired.
    pub(super) is_repaired: bool,
}

/// One submission while its file is read: all records and webhook payloads with its id that were found until now.
#[derive(Default)]
struct FileSlot {
    sources: Vec<RecordOrPayload>,
    /// The webhook payloads as sent, in the order of the file.
    payloads: Vec<Bytes>,
    is_repaired: bool,
}

impl FileSlot {
    fn add(&mut self, source: RecordOrPayload, is_repaired: bool) {
        self.is_repaired |= is_repaired;
        self.sources.push(source);
    }

    /// Returns the record of the submission: one JSON object with the members of all records and payloads.
    ///
    /// Earlier payloads are also kept unchanged, in a list under the key [`EARLIER_PAYLOADS`]. The newest payload is in
    /// this list only if the joined record lacks a value of this payload, such as the e-mail address.
    fn finish(self) -> Bytes {
        let record = merge_records(&self.sources);
        let mut seen = HashSet::new();
        let mut payloads: Vec<Bytes> = self.payloads;
        // A webhook is sent again if the customer's server did not answer.
        payloads.retain(|payload| seen.insert(payload.clone()));
        if !payloads.is_empty() {
            let newest = latest(&payloads).min(payloads.len() - 1);
            if payloads.get(newest).is_some_and(|payload| holds_members(&record, payload)) {
                payloads.remove(newest);
            }
        }
        if payloads.is_empty() {
            return record;
        }
        // A record that was exported may have such a list already.
        let known = Json::from_checked(&record).members().filter(|(key, _)| key == EARLIER_PAYLOADS);
        let known: Vec<Json<'_>> = known.flat_map(|(_, list)| list.elements()).collect();
        let known = known.iter().map(|payload| payload.as_sent());
        let all: Vec<&str> =
            known.chain(payloads.iter().filter_map(|payload| std::str::from_utf8(payload).ok())).collect();
        let list = format!("{{\"{EARLIER_PAYLOADS}\":[{}]}}", all.join(","));
        join_records(&record, list.as_bytes()).into()
    }
}

/// Returns whether the joined record `record` has each member of `payload` with the same value. If a member of
/// `payload` is an object, such as `kyc_result`, its members are compared one by one.
fn holds_members(record: &Bytes, payload: &Bytes) -> bool {
    let known: HashSet<_> = members(record).into_iter().collect();
    members(payload).iter().all(|member| known.contains(member))
}

/// Returns the keys and values of the members of a JSON object. A member that is an object is replaced by its own
/// members, with keys such as `kyc_result.status`.
fn members(object: &Bytes) -> Vec<(String, Cow<'_, str>)> {
    let mut found = Vec::new();
    for (key, value) in Json::from_checked(object).members() {
        if value.is_object() {
            found.extend(value.members().map(|(inner, value)| (format!("{key}.{inner}"), compact(value.as_sent()))));
        } else {
            found.push((key.into_owned(), compact(value.as_sent())));
        }
    }
    found
}

/// One row while the file is read: a submission with its id, or a text that is no submission, with the reason for that.
enum SlotKind {
    Submission(Box<str>, FileSlot),
    Unreadable(Unreadable, Bytes),
}

/// The rows for a file while it is read: one for each submission id, and one for each text that is no submission. They
/// are in the order in which they first occurred in the file.
#[derive(Default)]
pub(super) struct FileSlots {
    slots: Vec<SlotKind>,
    by_id: HashMap<Box<str>, usize>,
}

impl FileSlots {
    /// Adds `raw`, a record of the submission `id`, to the row of this submission. `is_repaired` is true if the text of
    /// the record was no valid JSON and was repaired.
    pub(super) fn record(&mut self, id: Box<str>, raw: Bytes, is_repaired: bool) {
        if let Some(slot) = self.slot(id) {
            slot.add(RecordOrPayload { raw, is_payload: false }, is_repaired);
        }
    }

    /// Adds a webhook payload about the submission `id` to the row of this submission. `raw` is the payload with the
    /// keys of a record, and `sent` is the payload as sent. `sent` is `None` if the same JSON object is also a record,
    /// which [`Self::record`] added. `is_repaired` is true if the text was no valid JSON and was repaired.
    pub(super) fn payload(&mut self, id: Box<str>, raw: Bytes, sent: Option<Bytes>, is_repaired: bool) {
        if let Some(slot) = self.slot(id) {
            slot.payloads.extend(sent);
            slot.add(RecordOrPayload { raw, is_payload: true }, is_repaired);
        }
    }

    /// Adds a row for a text of the file that is no submission, with the reason for that. `raw` is the text as a JSON
    /// value: the caller puts a text that is no JSON into a JSON string.
    pub(super) fn unreadable(&mut self, reason: Unreadable, raw: Bytes) {
        self.slots.push(SlotKind::Unreadable(reason, raw));
    }

    /// Returns the number of rows collected from the file until now.
    pub(super) const fn len(&self) -> usize {
        self.slots.len()
    }

    /// Returns all rows, and for each submission id the index of its row.
    pub(super) fn finish(self) -> (Vec<FileRow>, HashMap<Box<str>, usize>) {
        let row = |slot| match slot {
            SlotKind::Submission(id, slot) => {
                let is_repaired = slot.is_repaired;
                FileRow { id: Ok(id), raw: slot.finish(), is_repaired }
            }
            SlotKind::Unreadable(reason, raw) => FileRow { id: Err(reason), raw, is_repaired: false },
        };
        (self.slots.into_iter().map(row).collect(), self.by_id)
    }

    fn slot(&mut self, id: Box<str>) -> Option<&mut FileSlot> {
        let at = *self.by_id.entry(id.clone()).or_insert(self.slots.len());
        if at == self.slots.len() {
            self.slots.push(SlotKind::Submission(id, FileSlot::default()));
        }
        match self.slots.get_mut(at)? {
            SlotKind::Submission(_, slot) => Some(slot),
            SlotKind::Unreadable(..) => None,
        }
    }
}
