//! Reads the envelope (the outermost JSON object) of an answer: `{"Items": […], "nextpageKey": {…}}` (the service's
//! documentation, "GET/Submission", response). The answer for a single submission has the same envelope.

use bytes::Bytes;

use super::ciphertext::sealed;
use super::error::{RequestError, ShapeFault};
use super::item::{AnswerElement, Item};
use super::refusal::Refusal;
use super::repair::repair;
use crate::kit::parallel;
use crate::query::Cursor;
use crate::submission::json::{Json, MalformedJson};
use crate::submission::row::Room;
use crate::text::Safe;

/// Largest number of items that are read from one page: five times the number that can be requested. The limit saves
/// memory: an item takes memory in addition to its bytes, and millions of items of two bytes fit into one answer.
const MAX_ITEMS: usize = 10_000;

/// Largest size, in bytes, of a page key (the value of `nextpageKey`, with which the next page is requested). The size
/// is that of its two parts `id` and `created_at` together. A larger page key cannot be sent back in a URL.
const MAX_CURSOR_BYTES: usize = 4096;

/// One page of submissions. The type does not implement `Debug`, since a page is identity data.
pub struct Page {
    /// Items of the page (submissions and unreadable items), in the order of the answer.
    pub items: Vec<Item>,
    /// Page key, with which the next page can be requested, or the reason why no further page can be requested.
    pub next: NextPage,
    /// Whether the answer that held the page was invalid JSON and was repaired. The bytes of its items are then not
    /// exactly the bytes that were sent.
    pub repaired: bool,
    /// Length in bytes of the answer that held the page, after decompression.
    pub bytes: usize,
}

/// What follows a page: the page key, with which the next page can be requested, or the reason why no further page can
/// be requested.
#[derive(Clone, PartialEq, Eq)]
pub enum NextPage {
    /// No page follows: `nextpageKey` is absent, null or empty.
    Last,
    /// Another page follows. A request with this page key returns the next page.
    More(Cursor),
    /// The service sent a page key that cannot be sent back: a part is missing, a part is neither text nor a number, or
    /// the page key is too long. The fetching of all pages ends here and is not complete.
    Unusable,
    /// The answer holds too many items: the value is their number, and the program reads only 10,000. The further items
    /// are not loaded. The fetching of all pages ends here and is not complete.
    Overfull(usize),
    /// The page was read from a file and is the last one, but the file does not hold all submissions. The value is the
    /// reason in a few words.
    FileInPart(Safe),
}

/// Answer to a request for one submission. The type does not implement `Debug`, since the answer is identity data.
#[derive(Clone)]
pub enum RecordAnswer {
    /// The requested submission.
    Found(Item),
    /// The requested submission, from an answer that was invalid JSON and was repaired. The bytes of the item are not
    /// exactly the bytes that were sent.
    Repaired(Item),
    /// The service does not know the submission: the list `Items` of the answer is empty or missing.
    NotFound,
}

impl Page {
    /// Reads the body of an answer to a list query as a page.
    ///
    /// # Errors
    /// Returns a [`RequestError`] if the body is not JSON, has no `Items`, or describes a failure.
    pub fn read(body: &Bytes) -> Result<Self, RequestError> {
        Envelope::read(body, &[])?.into_page(None)
    }
}

/// Smallest number of items on a page whose list rows are made in several threads. With fewer items, one thread makes
/// all rows.
const MIN_DIVIDED_ITEMS: usize = 16;

/// Content of one answer of the service, read from its outermost JSON object (the envelope). It consists of the items
/// and of the page key, with which the next page is requested.
pub(super) struct Envelope {
    items: Option<Vec<AnswerElement>>,
    next: NextPage,
    repaired: bool,
    bytes: usize,
}

impl Envelope {
    /// Reads the body of an answer with HTTP status 200. If the body is damaged JSON, known damage is repaired first.
    /// `parameters` are the query parameters of the request; their values are removed from error messages of the
    /// service.
    pub(super) fn read(body: &Bytes, parameters: &[(&'static str, String)]) -> Result<Self, RequestError> {
        let bytes = body.len();
        if body.trim_ascii().is_empty() {
            return Err(RequestError::Empty);
        }
        match Json::read(body) {
            Ok(json) => Self::open(json, body, parameters).map(|envelope| Self { bytes, ..envelope }),
            Err(malformed) => {
                let repaired = repair(body).ok_or_else(|| not_json(malformed, body))?;
                let repaired = Bytes::from(repaired);
                let text = std::str::from_utf8(&repaired).unwrap_or_default();
                let (json, _) = Json::leading(text).map_err(|_| not_json(malformed, body))?;
                Self::open(json, &repaired, parameters).map(|envelope| Self { repaired: true, bytes, ..envelope })
            }
        }
    }

    /// Reads `body`, the decrypted text of an answer, as [`Self::read`] does, but without the repair of damaged JSON.
    /// If a decrypted text is not JSON, the cipher key is probably wrong, so a repair makes no sense. `parameters` are
    /// the query parameters of the request; their values are removed from error messages of the service.
    pub(super) fn read_exactly(body: &Bytes, parameters: &[(&'static str, String)]) -> Result<Self, RequestError> {
        let json = Json::read(body).map_err(|malformed| not_json(malformed, body))?;
        Self::open(json, body, parameters).map(|envelope| Self { bytes: body.len(), ..envelope })
    }

    fn open(json: Json<'_>, body: &Bytes, parameters: &[(&'static str, String)]) -> Result<Self, RequestError> {
        if !json.is_object() {
            return Err(RequestError::Shape(ShapeFault::NoObject));
        }
        let (mut items, mut next) = (None, None);
        for (key, value) in json.members() {
            let repeated = match &*key {
                "Items" => items.replace(value).is_some(),
                "nextpageKey" => next.replace(value).is_some(),
                _ => false,
            };
            if repeated {
                return Err(RequestError::Shape(ShapeFault::Repeated));
            }
        }
        let mut further = 0;
        let items = match items.filter(|items| !items.is_null()) {
            Some(items) if items.is_array() => {
                let mut elements = items.elements();
                let taken: Vec<AnswerElement> =
                    elements.by_ref().take(MAX_ITEMS).map(|item| AnswerElement::read(item, body)).collect();
                further = elements.count();
                Some(taken)
            }
            Some(_) => return Err(RequestError::Shape(ShapeFault::ItemsNoList)),
            None if sealed(json).is_some() => return Err(RequestError::Shape(ShapeFault::Encrypted)),
            None => match Refusal::from_answer(json, parameters) {
                Some(refusal) => return Err(RequestError::Refused(refusal)),
                None => None,
            },
        };
        let next = match further {
            0 => next.map_or(NextPage::Last, read_next),
            further => NextPage::Overfull(MAX_ITEMS + further),
        };
        Ok(Self { items, next, repaired: false, bytes: 0 })
    }

    /// Converts the answer to a list query into a page.
    ///
    /// `requested_id` is the submission id in the query; `None` if the query has no id. With an id, an answer without
    /// the list `Items` becomes an empty page, because the submission was not found. An answer with another submission
    /// is then an error. Without an id, an answer without `Items` is an error: every documented answer has this list,
    /// and an empty page could hide submissions.
    pub(super) fn into_page(self, requested_id: Option<&str>) -> Result<Page, RequestError> {
        let items = match (self.items, requested_id) {
            (Some(items), None) => items,
            (Some(items), Some(requested_id)) => {
                let is_other = |item: &AnswerElement| item.id.as_ref().is_ok_and(|id| **id != *requested_id);
                if items.iter().any(is_other) {
                    return Err(RequestError::Shape(ShapeFault::OtherSubmission));
                }
                items
            }
            (None, Some(_)) => Vec::new(),
            (None, None) => return Err(RequestError::Shape(ShapeFault::NoItems)),
        };
        let items = compact(items, self.bytes);
        let ranges = parallel::range_count(items.len(), MIN_DIVIDED_ITEMS);
        let items = parallel::map_ranges(items.len(), MIN_DIVIDED_ITEMS, |range| {
            let mut room = Room::of_part(ranges);
            let items = items.get(range).unwrap_or_default().iter();
            items.map(|item| item.clone().into_list_item(&mut room)).collect()
        });
        Ok(Page { items, next: self.next, repaired: self.repaired, bytes: self.bytes })
    }

    /// Converts the answer to a request for the submission with the id `requested_id` into the full record of that
    /// submission. Returns [`RecordAnswer::NotFound`] if the answer holds no submission, and an error if it holds only
    /// other submissions.
    pub(super) fn into_record_answer(self, requested_id: &str) -> Result<RecordAnswer, RequestError> {
        let items = self.items.unwrap_or_default();
        if items.is_empty() {
            return Ok(RecordAnswer::NotFound);
        }
        let is_wanted = |item: &AnswerElement| item.id.as_ref().is_ok_and(|id| **id == *requested_id);
        let found = items.into_iter().find(is_wanted).ok_or(RequestError::Shape(ShapeFault::OtherSubmission))?;
        let found = compact(vec![found], self.bytes)
            .into_iter()
            .next()
            .ok_or(RequestError::Shape(ShapeFault::OtherSubmission))?;
        let item = found.into_list_item(&mut Room::default()).as_full_record();
        Ok(if self.repaired { RecordAnswer::Repaired(item) } else { RecordAnswer::Found(item) })
    }
}

/// Returns `items`, the elements of an answer of `answer_bytes` bytes. If together they fill less than two thirds of
/// the answer, their bytes are copied to new memory. Without the copy, the items would keep the whole answer in memory.
fn compact(mut items: Vec<AnswerElement>, answer_bytes: usize) -> Vec<AnswerElement> {
    let bytes: usize = items.iter().map(|item| item.raw.len()).sum();
    if bytes + bytes / 2 >= answer_bytes {
        return items;
    }
    let mut copy = Vec::with_capacity(bytes);
    items.iter().for_each(|item| copy.extend_from_slice(&item.raw));
    let mut copy = Bytes::from(copy);
    for item in &mut items {
        item.raw = copy.split_to(item.raw.len());
    }
    items
}

/// Reads `key`, the value of `nextpageKey`: the page key, with which the next page is requested. The documentation
/// shows no sample of it, so its two parts (`id` and `created_at`) may be strings or numbers; numbers are kept as sent.
/// A page key with only one part is unusable. It is not read as "no page follows", since that could hide submissions.
fn read_next(key: Json<'_>) -> NextPage {
    if key.is_null() {
        return NextPage::Last;
    }
    if !key.is_object() {
        return NextPage::Unusable;
    }
    let half = |name: &str| {
        let value = key.members().filter(|(key, _)| key == name).last().map(|(_, value)| value);
        match value.map(Json::as_sent) {
            None | Some("null" | "\"\"") => Ok(None),
            // Strictly: half of a surrogate pair cannot be sent back as it came.
            Some(text) if text.starts_with('"') => serde_json::from_str(text).map(Some).map_err(|_| ()),
            Some(text) if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(Some(text.to_owned())),
            Some(_) => Err(()),
        }
    };
    match (half("id"), half("created_at")) {
        (Ok(Some(id)), Ok(Some(created_at))) if id.len() + created_at.len() <= MAX_CURSOR_BYTES => {
            NextPage::More(Cursor { id, created_at })
        }
        (Ok(None), Ok(None)) if key.members().all(|(name, _)| matches!(&*name, "id" | "created_at")) => NextPage::Last,
        _ => NextPage::Unusable,
    }
}

pub(super) fn not_json(malformed: MalformedJson, body: &[u8]) -> RequestError {
    let start = body.trim_ascii_start();
    if start.starts_with(b"<") {
        RequestError::Html
    } else if malformed.cut_off && start.starts_with(b"{") {
        RequestError::CutOff
    } else {
        RequestError::NotJson { line: malformed.line, column: malformed.column }
    }
}

#[cfg(test)]
mod tests;
