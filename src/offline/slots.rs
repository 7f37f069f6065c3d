//! Collects the records of a file, one for each submission id. Of several records of one submission, the newest wins;
//! a webhook's payload only adds what the record lacks.

use std::collections::HashMap;

use bytes::Bytes;
use jiff::Timestamp;

use super::evidence::{is_full, is_record};
use crate::api::Unreadable;
use crate::submission::join::joined;
use crate::submission::json::Json;
use crate::submission::webhook::EARLIER_PAYLOADS;
use crate::time;

/// Members of a record with the times of its changes, by which the newer of two records is found.
const TIMES: [&str; 3] = ["updated_at", "kyc_result_at", "pending_at"];

/// One row of a file: a submission, or a text that is no submission.
pub(super) struct FileRow {
    /// The id of the submission, or the reason why the text is no submission.
    pub(super) id: Result<Box<str>, Unreadable>,
    /// The record of the submission as JSON. If several records and payloads were joined, this is their joined text.
    pub(super) raw: Bytes,
    /// Whether the text was no valid JSON and was repaired.
    pub(super) is_mended: bool,
}

/// A submission of the file, with what was read about it so far.
#[derive(Default)]
struct FileSlot {
    record: Option<Bytes>,
    payload: Option<Payload>,
    is_mended: bool,
}

/// The payloads of webhooks about one submission.
struct Payload {
    /// All payloads in the form of one record; of a fact that several of them tell, the newest one is kept.
    record: Bytes,
    /// The newest payload as sent.
    newest: Bytes,
    /// The other payloads as sent, in the order of the file.
    earlier: Vec<Bytes>,
}

impl Payload {
    /// Adds a further payload. `record` is the payload `sent` in the form of a record.
    fn add(self, record: Bytes, sent: Bytes) -> Self {
        let Self { record: known, newest, mut earlier } = self;
        let is_older = is_older(&record, &known);
        let (older, newer) = if is_older { (&record, &known) } else { (&known, &record) };
        let joined = joined(older, newer).into();
        let (kept, newest) = if is_older { (sent, newest) } else { (newest, sent) };
        // A webhook is sent again if the customer's server did not answer.
        earlier.retain(|payload| *payload != newest);
        if kept != newest && !earlier.contains(&kept) {
            earlier.push(kept);
        }
        Self { record: joined, newest, earlier }
    }

    /// Returns the record with all members of all payloads. The earlier payloads are in a list of their own, since the
    /// newest payload has members with the same keys.
    fn finish(self) -> Bytes {
        let Self { record, earlier, .. } = self;
        if earlier.is_empty() {
            return record;
        }
        // A record that was exported may have such a list already.
        let known = Json::again(&record).members().filter(|(key, _)| key == EARLIER_PAYLOADS);
        let known: Vec<Json<'_>> = known.flat_map(|(_, list)| list.elements()).collect();
        let known = known.iter().map(|payload| payload.as_sent());
        let all: Vec<&str> =
            known.chain(earlier.iter().filter_map(|payload| std::str::from_utf8(payload).ok())).collect();
        let list = format!("{{\"{EARLIER_PAYLOADS}\":[{}]}}", all.join(","));
        joined(&record, list.as_bytes()).into()
    }
}

/// One row of the file while the file is read.
enum SlotKind {
    Submission(Box<str>, FileSlot),
    Unreadable(Unreadable, Bytes),
}

/// The rows of a file so far, in the order in which their ids first occurred.
#[derive(Default)]
pub(super) struct FileSlots {
    slots: Vec<SlotKind>,
    by_id: HashMap<Box<str>, usize>,
}

impl FileSlots {
    /// Adds a record of the submission `id`.
    pub(super) fn record(&mut self, id: Box<str>, raw: Bytes, is_mended: bool) {
        let Some(slot) = self.slot(id) else { return };
        slot.is_mended |= is_mended;
        slot.record = Some(match slot.record.take() {
            None => raw,
            Some(known) => newest(known, raw),
        });
    }

    /// Adds the payload `sent` of a webhook about the submission `id`. `record` is the payload in the form of a record.
    pub(super) fn payload(&mut self, id: Box<str>, record: Bytes, sent: Bytes, is_mended: bool) {
        let Some(slot) = self.slot(id) else { return };
        slot.is_mended |= is_mended;
        slot.payload = Some(match slot.payload.take() {
            None => Payload { record, newest: sent, earlier: Vec::new() },
            Some(known) => known.add(record, sent),
        });
    }

    /// Adds a text that is no submission, as an unreadable row. `raw` is a JSON value.
    pub(super) fn unreadable(&mut self, reason: Unreadable, raw: Bytes) {
        self.slots.push(SlotKind::Unreadable(reason, raw));
    }

    /// Returns the number of rows so far.
    pub(super) const fn len(&self) -> usize {
        self.slots.len()
    }

    /// Returns all rows, and the index of the row of each submission id.
    pub(super) fn finish(self) -> (Vec<FileRow>, HashMap<Box<str>, usize>) {
        let row = |slot| match slot {
            SlotKind::Submission(id, FileSlot { record, payload, is_mended }) => {
                let raw = match (record, payload.map(Payload::finish)) {
                    (Some(record), Some(payload)) => joined(&payload, &record).into(),
                    (record, payload) => record.or(payload).unwrap_or_default(),
                };
                FileRow { id: Ok(id), raw, is_mended }
            }
            SlotKind::Unreadable(reason, raw) => FileRow { id: Err(reason), raw, is_mended: false },
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

/// Returns the newer of two records of one submission. `later` stands behind `earlier` in the file. What the newer record
/// does not carry is taken from the older one in two cases: if the newer one is only a part of a submission, or if only
/// the older one is a full record, since lists leave fields out.
fn newest(earlier: Bytes, later: Bytes) -> Bytes {
    let (older, newer) = if is_older(&later, &earlier) { (later, earlier) } else { (earlier, later) };
    let [old, new] = [&older, &newer].map(|raw| Json::again(raw));
    if is_full(new) || (is_record(new) && !is_full(old)) { newer } else { joined(&older, &newer).into() }
}

/// Returns whether the times of the record `one` say that it is older than `other`. The result is false if they say
/// nothing about that.
fn is_older(one: &[u8], other: &[u8]) -> bool {
    let [one, other] = [one, other].map(times);
    let pairs = one.into_iter().zip(other).filter_map(|(one, other)| one.zip(other));
    pairs.filter(|(one, other)| one != other).map(|(one, other)| one < other).next().unwrap_or(false)
}

fn times(raw: &[u8]) -> [Option<Timestamp>; TIMES.len()] {
    let mut times = [None; TIMES.len()];
    for (key, value) in Json::again(raw).members() {
        let slot = TIMES.iter().position(|name| *name == key).and_then(|at| times.get_mut(at));
        if let Some(slot) = slot {
            *slot = time::read(&value.text());
        }
    }
    times
}
