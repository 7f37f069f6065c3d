//! Reads the submissions from the text of a file: one JSON value or several ones, in which submissions are found even
//! if they are wrapped in other JSON.

use bytes::Bytes;
use jiff::Timestamp;

use super::file::FileFault;
use super::record_kind::is_record;
use super::slots::FileSlots;
use super::split::{FilePiece, FilePieces};
use super::webhook;
use crate::api::{Unreadable, read_id};
use crate::submission::json::Json;
use crate::time;

/// Largest number of rows that are read. Each row takes memory in addition to its text.
const MAX_ROWS: usize = 1_000_000;

/// Largest number of objects and arrays in which a submission may be wrapped. The reader removes these layers. In
/// `{"response":{"body":{…}}}`, a submission has two layers around it.
const MAX_LAYERS: u8 = 4;

/// Largest number of bytes of a damaged line that are kept in memory, as an unreadable row. The text of the row can be
/// several times longer, since unreadable bytes are replaced by longer characters.
const MAX_DAMAGED_BYTES: usize = 1 << 20;

/// Names of the object members (the layers) in which a submission may be wrapped. Only members of an object without
/// `submission_id` are searched. The service documents `data` and `response.body`; the other names are used by common
/// queues and logs that store webhooks.
const LAYER_KEYS: [&str; 10] =
    ["response", "body", "data", "payload", "Body", "Message", "message", "event", "detail", "record"];

/// Reader of the submissions of one or several files.
#[derive(Default)]
pub(super) struct FileReader {
    slots: FileSlots,
    /// Time in the page key of the last answer of the service that was read from the file. (The page key in an answer
    /// names the next page.) `None` if that answer names no next page; `Some(None)` if its time is unreadable.
    page_key: Option<Option<Timestamp>>,
    /// Whether some answer of the service in the file has a next page that is missing: it is not the next answer in the
    /// file.
    has_more: bool,
    missing_reason: Option<&'static str>,
}

/// The text from which a JSON value was read, and whether this text was repaired because it was not valid JSON.
#[derive(Clone, Copy)]
struct JsonOrigin<'a> {
    text: &'a Bytes,
    is_repaired: bool,
}

impl JsonOrigin<'_> {
    fn raw(self, json: Json<'_>) -> Bytes {
        self.text.slice_ref(json.as_sent().as_bytes())
    }
}

impl FileReader {
    /// Reads the submissions in `body`, the content of a file.
    ///
    /// # Errors
    /// Returns the reason why no submissions can be read from the text.
    pub(super) fn read(&mut self, body: Bytes) -> Result<(), FileFault> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").map_or(body.clone(), |rest| body.slice_ref(rest));
        check(&body)?;
        let mut pieces = FilePieces::of(body);
        for piece in pieces.by_ref() {
            match piece {
                FilePiece::Value { raw, is_repaired } => {
                    self.value(Json::from_checked(&raw), JsonOrigin { text: &raw, is_repaired }, MAX_LAYERS);
                }
                FilePiece::Damaged(line) => {
                    let line = line.get(..line.len().min(MAX_DAMAGED_BYTES)).unwrap_or_default();
                    let text = serde_json::Value::from(String::from_utf8_lossy(line)).to_string();
                    self.slots.unreadable(Unreadable::NotJson, text.into());
                }
            }
            if self.slots.len() > MAX_ROWS {
                return Err(FileFault::TooMany(MAX_ROWS));
            }
        }
        self.missing_reason = self.missing_reason.or(pieces.missing_reason());
        Ok(())
    }

    /// Returns the rows that were read. The second value says why submissions are probably missing from the files;
    /// `None` if nothing shows that.
    pub(super) fn finish(self) -> (FileSlots, Option<&'static str>) {
        let more = (self.has_more || self.page_key.is_some()).then_some("file names a further page");
        (self.slots, self.missing_reason.or(more))
    }

    /// Reads one JSON value of the file and keeps the submissions in it. A submission may be wrapped in other JSON,
    /// such as `{"body":{…}}`; `layers_left` is the number of wrapping objects and arrays that may still be removed.
    /// `origin` is the text that holds `json`.
    fn value(&mut self, json: Json<'_>, origin: JsonOrigin<'_>, layers_left: u8) {
        if json.is_array() && layers_left == MAX_LAYERS {
            for element in json.elements() {
                if self.slots.len() > MAX_ROWS {
                    return;
                }
                self.value(element, origin, layers_left - 1);
            }
        } else if json.is_object() {
            self.object(json, origin, layers_left);
        } else {
            self.slots.unreadable(Unreadable::NoObject, origin.raw(json));
        }
    }

    fn object(&mut self, json: Json<'_>, origin: JsonOrigin<'_>, layers_left: u8) {
        match read_id(json) {
            Ok(id) if webhook::is_payload(json) => {
                // A payload that was joined with a record and exported is both.
                let raw = origin.raw(json);
                let sent = (!is_record(json)).then(|| raw.clone());
                if sent.is_none() {
                    self.slots.record(id.clone(), raw, origin.is_repaired);
                }
                self.slots.payload(id, webhook::record(json), sent, origin.is_repaired);
            }
            Ok(id) => self.slots.record(id, origin.raw(json), origin.is_repaired),
            Err(reason) => {
                let is_read =
                    self.answer(json, origin) | (layers_left > 0 && self.open_layer(json, origin, layers_left));
                if !is_read {
                    let reason = if is_encrypted(json) { Unreadable::Encrypted } else { reason };
                    self.slots.unreadable(reason, origin.raw(json));
                }
            }
        }
    }

    /// Reads the submissions of `json` if it is an answer of the service. Returns false if `json` has no list `Items`
    /// and is therefore no answer. `origin` is the text that holds `json`.
    fn answer(&mut self, json: Json<'_>, origin: JsonOrigin<'_>) -> bool {
        let lists = || json.members().filter(|(key, value)| key == "Items" && value.is_array());
        if lists().next().is_none() {
            return false;
        }
        if let Some(key) = self.page_key.take() {
            self.has_more |= !continues(key, lists().flat_map(|(_, items)| items.elements()));
        }
        for item in lists().flat_map(|(_, items)| items.elements()) {
            if self.slots.len() > MAX_ROWS {
                break;
            }
            if item.is_object() {
                self.object(item, origin, 0);
            } else {
                self.slots.unreadable(Unreadable::NoObject, origin.raw(item));
            }
        }
        let names_page = |key: Json<'_>| !(matches!(key.as_sent(), "null" | "\"\"") || key.is_object() && is_bare(key));
        let key = json.members().filter(|(name, key)| name == "nextpageKey" && names_page(*key)).last();
        self.page_key = key.map(|(_, key)| created_at(key));
        true
    }

    /// Reads the submissions that are wrapped in `json`, an object without a submission id, such as `{"body":{…}}`.
    /// Returns false if there is no submission in it. `origin` is the text that holds `json`. `layers_left` is the
    /// number of wrapping objects (layers) that may still be removed, `json` included.
    fn open_layer(&mut self, json: Json<'_>, origin: JsonOrigin<'_>, layers_left: u8) -> bool {
        let mut is_read = false;
        for (_, inner) in json.members().filter(|(key, _)| LAYER_KEYS.contains(&&**key)) {
            if inner.is_object() && holds_submission(inner, layers_left - 1) {
                self.object(inner, origin, layers_left - 1);
                is_read = true;
            }
            // Some queues keep the body of a request as text.
            let Some(text) = inner.string().filter(|text| text.trim_start().starts_with('{')) else { continue };
            let text = Bytes::from(text.into_owned());
            let Ok(inner) = Json::read(&text) else { continue };
            if holds_submission(inner, layers_left - 1) {
                self.object(inner, JsonOrigin { text: &text, ..origin }, layers_left - 1);
                is_read = true;
            }
        }
        is_read
    }
}

/// Returns whether `items`, the items of the next answer in the file, can be the page that follows the previous answer.
/// `key` is the time in the page key of the previous answer. Returns true if no item is newer than this time, or if no
/// item is older. Returns false if a time is unreadable (`None` for `key`).
fn continues<'a>(key: Option<Timestamp>, items: impl Iterator<Item = Json<'a>>) -> bool {
    let Some(key) = key else { return false };
    let Some(times) = items.map(created_at).collect::<Option<Vec<_>>>() else { return false };
    times.iter().all(|time| *time <= key) || times.iter().all(|time| *time >= key)
}

fn created_at(json: Json<'_>) -> Option<Timestamp> {
    let (_, time) = json.members().find(|(key, _)| key == "created_at")?;
    time::parse_timestamp(&time.string()?)
}

fn is_bare(object: Json<'_>) -> bool {
    object.members().next().is_none()
}

/// Returns whether the JSON object `json` is a submission or an answer of the service, or has one inside. `layers_left`
/// is the largest number of objects that may be around it. In `{"body":{…}}`, one object is around it.
fn holds_submission(json: Json<'_>, layers_left: u8) -> bool {
    if read_id(json).is_ok() || json.members().any(|(key, value)| key == "Items" && value.is_array()) {
        return true;
    }
    layers_left > 0
        && json.members().filter(|(key, _)| LAYER_KEYS.contains(&&**key)).any(|(_, inner)| {
            let text = inner.string().filter(|text| text.trim_start().starts_with('{'));
            let inner_text = text.as_ref().and_then(|text| Json::read(text.as_bytes()).ok());
            let inner = if inner.is_object() { Some(inner) } else { inner_text };
            inner.is_some_and(|inner| holds_submission(inner, layers_left - 1))
        })
}

/// Returns whether the JSON object `json` is an encrypted answer of the service or an encrypted webhook payload: it has
/// a text in `data`, or in the members `body` or `response.body`.
fn is_encrypted(json: Json<'_>) -> bool {
    let is_text = |value: Json<'_>| value.string().is_some_and(|text| text.len() >= 24 && !text.contains([' ', '{']));
    json.members().any(|(key, value)| match &*key {
        "data" | "body" if is_text(value) => true,
        "body" | "response" => is_encrypted_within(value, is_text),
        _ => false,
    })
}

fn is_encrypted_within(json: Json<'_>, is_text: impl Fn(Json<'_>) -> bool) -> bool {
    json.members().any(|(key, value)| matches!(&*key, "data" | "body") && is_text(value))
}

/// Checks that `body`, the content of a file, begins like a text with JSON. The error names a format that cannot hold
/// submissions, such as CSV.
fn check(body: &[u8]) -> Result<(), FileFault> {
    let start = body.trim_ascii_start();
    if body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") {
        return Err(FileFault::Utf16);
    }
    if body.starts_with(b"\x1f\x8b") {
        return Err(FileFault::Gzip);
    }
    if body.get(..body.len().min(8_192)).is_some_and(|start| start.contains(&0)) {
        return Err(FileFault::Binary);
    }
    let is_json = |text: &[u8]| text.starts_with(b"{") || text.starts_with(b"[");
    let has_json_line = || body.split(|byte| *byte == b'\n').any(|line| is_json(line.trim_ascii_start()));
    if start.is_empty() || is_json(start) || has_json_line() {
        return Ok(());
    }
    let line = start.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let is_table = line.iter().any(|byte| matches!(byte, b',' | b';' | b'\t'));
    Err(if is_table { FileFault::Csv } else { FileFault::NotJson })
}
