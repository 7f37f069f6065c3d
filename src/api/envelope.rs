//! The envelope of an answer: `{"Items": […], "nextpageKey": {…}}` (the service's documentation, "GET/Submission",
//! response), for a single submission too.

use bytes::Bytes;

use super::error::{Error, Shape};
use super::item::{Element, Item};
use super::refusal::Refusal;
use super::repair::repair;
use super::sealed::sealed;
use crate::query::Cursor;
use crate::submission::json::{Json, MalformedJson};
use crate::submission::row::Room;

/// Items of a page that are taken, five times as many as can be asked for: each takes memory beside its bytes, and the
/// smallest has two.
const MOST_ITEMS: usize = 10_000;

/// Both halves of a cursor together; more cannot be sent back in a URL.
const CURSOR_BYTES: usize = 4096;

/// One page of submissions. No `Debug`: it is identity data.
pub struct Page {
    /// In the order that the service sent.
    pub items: Vec<Item>,
    /// Whether there is another page.
    pub next: Next,
    /// The answer was no valid JSON and has been mended: its items are no longer byte for byte what was sent.
    pub mended: bool,
    /// Length of the answer after decompression.
    pub bytes: usize,
}

/// What follows a page.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    /// Nothing: `nextpageKey` is absent, null or empty.
    Last,
    /// The page that this cursor asks for.
    More(Cursor),
    /// The service names another page in a way that cannot be sent back: half of a cursor, no text, or too long. The
    /// walk ends here without being complete.
    Unusable,
    /// The answer holds this many items, more than are taken: what lies behind those is not loaded, so that the walk ends
    /// here without being complete.
    Overfull(usize),
}

/// The answer to a question for one submission. No `Debug`: it is identity data.
#[derive(Clone)]
pub enum Single {
    /// The submission with this id.
    Found(Item),
    /// The same, from an answer that was no valid JSON and has been mended: it is not byte for byte what was sent.
    Mended(Item),
    /// The service knows no such submission: it answered with empty or missing `Items`.
    NotFound,
}

impl Page {
    /// Reads the body of an answer to a list query.
    ///
    /// # Errors
    /// What is not JSON, has no `Items`, or says that something went wrong; see [`Error`].
    pub fn read(body: &Bytes) -> Result<Self, Error> {
        Envelope::read(body, &[])?.into_page(None)
    }
}

/// An answer opened one level deep.
pub(super) struct Envelope {
    items: Option<Vec<Element>>,
    next: Next,
    mended: bool,
    bytes: usize,
}

impl Envelope {
    /// Reads the body of an answer with status 200. `sent` are the parameters of the request, whose values are kept out
    /// of errors.
    pub(super) fn read(body: &Bytes, sent: &[(&'static str, String)]) -> Result<Self, Error> {
        let bytes = body.len();
        if body.trim_ascii().is_empty() {
            return Err(Error::Empty);
        }
        match Json::read(body) {
            Ok(json) => Self::open(json, body, sent).map(|envelope| Self { bytes, ..envelope }),
            Err(malformed) => {
                let mended = repair(body).ok_or_else(|| not_json(malformed, body))?;
                let mended = Bytes::from(mended);
                let text = std::str::from_utf8(&mended).unwrap_or_default();
                let (json, _) = Json::leading(text).map_err(|_| not_json(malformed, body))?;
                Self::open(json, &mended, sent).map(|envelope| Self { mended: true, bytes, ..envelope })
            }
        }
    }

    /// The same for a text that was decrypted: what is not JSON there is no damage to mend.
    pub(super) fn read_exactly(body: &Bytes, sent: &[(&'static str, String)]) -> Result<Self, Error> {
        let json = Json::read(body).map_err(|malformed| not_json(malformed, body))?;
        Self::open(json, body, sent).map(|envelope| Self { bytes: body.len(), ..envelope })
    }

    fn open(json: Json<'_>, body: &Bytes, sent: &[(&'static str, String)]) -> Result<Self, Error> {
        if !json.is_object() {
            return Err(Error::Shape(Shape::NoObject));
        }
        let (mut items, mut next) = (None, None);
        for (key, value) in json.members() {
            let repeated = match &*key {
                "Items" => items.replace(value).is_some(),
                "nextpageKey" => next.replace(value).is_some(),
                _ => false,
            };
            if repeated {
                return Err(Error::Shape(Shape::Repeated));
            }
        }
        let mut further = 0;
        let items = match items.filter(|items| !items.is_null()) {
            Some(items) if items.is_array() => {
                let mut elements = items.elements();
                let taken: Vec<Element> =
                    elements.by_ref().take(MOST_ITEMS).map(|item| Element::read(item, body)).collect();
                further = elements.count();
                Some(taken)
            }
            Some(_) => return Err(Error::Shape(Shape::ItemsNoList)),
            None if sealed(json).is_some() => return Err(Error::Shape(Shape::Encrypted)),
            None => match Refusal::in_answer(json, sent) {
                Some(refusal) => return Err(Error::Refused(refusal)),
                None => None,
            },
        };
        let next = match further {
            0 => next.map_or(Next::Last, read_next),
            further => Next::Overfull(MOST_ITEMS + further),
        };
        Ok(Self { items, next, mended: false, bytes: 0 })
    }

    /// The answer to a list query. When one id was asked for, missing `Items` mean that nothing was found, and another
    /// submission is none; without, no answer in the documented shape leaves `Items` out, and reading it as an empty list
    /// could hide submissions.
    pub(super) fn into_page(self, wanted: Option<&str>) -> Result<Page, Error> {
        let items = match (self.items, wanted) {
            (Some(items), None) => items,
            (Some(items), Some(wanted)) => {
                let is_other = |item: &Element| item.id.as_ref().is_ok_and(|id| **id != *wanted);
                if items.iter().any(is_other) {
                    return Err(Error::Shape(Shape::OtherSubmission));
                }
                items
            }
            (None, Some(_)) => Vec::new(),
            (None, None) => return Err(Error::Shape(Shape::NoItems)),
        };
        let mut room = Room::default();
        let items = compact(items, self.bytes).into_iter().map(|item| item.listed(&mut room)).collect();
        Ok(Page { items, next: self.next, mended: self.mended, bytes: self.bytes })
    }

    /// The answer to a query for one id.
    pub(super) fn into_single(self, wanted: &str) -> Result<Single, Error> {
        let items = self.items.unwrap_or_default();
        if items.is_empty() {
            return Ok(Single::NotFound);
        }
        let is_wanted = |item: &Element| item.id.as_ref().is_ok_and(|id| **id == *wanted);
        let found = items.into_iter().find(is_wanted).ok_or(Error::Shape(Shape::OtherSubmission))?;
        let found = compact(vec![found], self.bytes).into_iter().next().ok_or(Error::Shape(Shape::OtherSubmission))?;
        let item = found.listed(&mut Room::default()).as_full_record();
        Ok(if self.mended { Single::Mended(item) } else { Single::Found(item) })
    }
}

/// Copies the items of an answer of which they are the smaller part, so that the rest of it does not stay in memory with
/// them.
fn compact(mut items: Vec<Element>, answer: usize) -> Vec<Element> {
    let bytes: usize = items.iter().map(|item| item.raw.len()).sum();
    if bytes + bytes / 2 >= answer {
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

/// Position and form of `nextpageKey` are not shown by any sample of the documentation, so kinds are taken leniently:
/// its halves may be numbers, kept as sent. Half a cursor is not the end: reading it so could hide submissions.
fn read_next(key: Json<'_>) -> Next {
    if key.is_null() {
        return Next::Last;
    }
    if !key.is_object() {
        return Next::Unusable;
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
        (Ok(Some(id)), Ok(Some(created_at))) if id.len() + created_at.len() <= CURSOR_BYTES => {
            Next::More(Cursor { id, created_at })
        }
        (Ok(None), Ok(None)) if key.members().all(|(name, _)| matches!(&*name, "id" | "created_at")) => Next::Last,
        _ => Next::Unusable,
    }
}

fn not_json(malformed: MalformedJson, body: &[u8]) -> Error {
    let start = body.trim_ascii_start();
    if start.starts_with(b"<") {
        Error::Html
    } else if malformed.cut_off && start.starts_with(b"{") {
        Error::CutOff
    } else {
        Error::NotJson { line: malformed.line, column: malformed.column }
    }
}

#[cfg(test)]
mod tests;
