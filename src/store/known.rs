//! The known data of one submission: the answers of the service about it, and the record that joins them as the list
//! shows it.

use super::{Answer, Content, Entry};
use crate::api::{Item, Unreadable};
use crate::submission::join::join_records;

/// The answers of the service about one submission: its list data, its full record, or both.
#[derive(Clone)]
pub struct KnownAnswers {
    /// The newest list data; `None` if only the full record was received.
    pub list: Option<Answer>,
    /// The newest full record; `None` if only list data was received.
    pub single: Option<Answer>,
}

impl KnownAnswers {
    /// Returns the answers about the submission of `entry`: its list data and its full record, as far as they were
    /// received. `None` for an item that cannot be read as a submission.
    pub fn of(entry: &Entry) -> Option<Self> {
        match entry.content() {
            Content::Readable { list, single } => Some(Self { list: list.clone(), single: single.as_deref().cloned() }),
            Content::Unreadable { .. } => None,
        }
    }

    /// Returns these answers with their bytes copied to separate memory. Without that, a small answer keeps the whole
    /// page or block that contains its bytes in memory.
    #[must_use]
    pub fn detached(self) -> Self {
        let detach = |answer: Answer| Answer { kept: answer.kept.copied(), ..answer };
        Self { list: self.list.map(detach), single: self.single.map(detach) }
    }

    /// Returns whether the full record was received.
    pub const fn is_full(&self) -> bool {
        self.single.is_some()
    }

    /// Returns one record of the submission with the id `id`, which joins its list data and its full record. If both
    /// have the same member with different values, the record has the value of the newer one. So the record has the
    /// same values as the submission's row in the list. Returns `None` if neither is known.
    pub fn record(&self, id: &str) -> Option<Item> {
        let (raw, at) = match (&self.list, &self.single) {
            (Some(list), Some(single)) if list.at > single.at => {
                (join_records(&single.raw(), &list.raw()).into(), list.at)
            }
            (Some(list), Some(single)) => (join_records(&list.raw(), &single.raw()).into(), single.at),
            (Some(one), None) | (None, Some(one)) => (one.raw(), one.at),
            (None, None) => return None,
        };
        let mut item = Item::from_list(id.into(), raw);
        item.set_loaded_at(at);
        Some(if self.is_full() { item.as_full_record() } else { item })
    }
}

/// One submission to copy or to export: its id, and the answers of the service about it that are in memory.
#[derive(Clone)]
pub struct KnownSubmission {
    /// The id of the submission.
    pub id: Box<str>,
    /// The answers about the submission; `None` if no answer is in memory.
    pub answers: Option<KnownAnswers>,
}

impl KnownSubmission {
    /// Returns all known data of the submission as one record, as its row in the list shows it; `None` if no data of
    /// the submission is in memory.
    pub fn record(&self) -> Option<Item> {
        self.answers.as_ref()?.record(&self.id)
    }
}

/// One row to export: a submission, or an item of the list that cannot be read as a submission.
pub enum KnownRow {
    /// A submission.
    Submission(KnownSubmission),
    /// An item that cannot be read as a submission.
    Unreadable {
        /// The item as received.
        answer: Answer,
        /// Reason why the item cannot be read.
        reason: Unreadable,
    },
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answer(raw: &'static str, at: &str) -> Option<Answer> {
        Some(Answer::new(Bytes::from_static(raw.as_bytes()), at.parse().unwrap()))
    }

    #[test]
    fn a_record_has_what_both_answers_say_and_the_newer_value_wins() {
        let (early, late) = ("2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z");
        let list = |at| answer(r#"{"submission_id":"a","email":"list@example.com","x":1}"#, at);
        let single = |at| answer(r#"{"submission_id":"a","email":"full@example.com","y":2}"#, at);
        let record = |list, single| {
            let item = KnownAnswers { list, single }.record("a").unwrap();
            String::from_utf8(item.raw().to_vec()).unwrap()
        };
        let newer_single = record(list(early), single(late));
        assert!(newer_single.contains("full@") && newer_single.contains(r#""x":1"#), "{newer_single}");
        let newer_list = record(list(late), single(early));
        assert!(newer_list.contains("list@") && newer_list.contains(r#""y":2"#), "{newer_list}");
        assert!(record(list(early), None).contains("list@") && record(None, single(early)).contains("full@"));
        assert!(KnownAnswers { list: None, single: None }.record("a").is_none());
    }
}
