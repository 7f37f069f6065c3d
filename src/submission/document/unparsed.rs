//! Describes the parts of a submission that were not parsed, and searches them for private values.

use std::borrow::Cow;

use super::classification::{ClassRule, Classification};
use super::masked_values::{MAX_TEXT_BYTES, is_short};
use super::privacy::Privacy;
use super::{Document, Step};
use crate::submission::json::{JsonCursor, unescape};
use crate::submission::node::{LEVELS, RawText, UnparsedKind, UnparsedPart};
use crate::submission::path;
use crate::submission::places::DocumentedPlace;
use crate::text::grouped;

/// Maximum number of unparsed parts that a description such as [`Document::unparsed_words`] names.
const MAX_NAMED_PARTS: usize = 3;

/// Number of nesting levels of an unparsed text in which the search looks for questions whose answers are identity
/// data. Below these levels, every possible answer counts as identity data. The number is small, because each search
/// for a question reads the text ahead.
const MAX_FORM_LEVELS: usize = 8;

impl Document {
    /// Returns the parts of the submission that were not parsed, parts at documented paths first.
    pub fn unparsed_parts(&self) -> &[UnparsedPart] {
        &self.unparsed_parts
    }

    /// Returns whether every part of the submission was parsed.
    pub fn is_read_whole(&self) -> bool {
        self.unparsed_parts.is_empty()
    }

    /// Returns whether every documented field of the submission was parsed, even if some undocumented values were not.
    pub fn reads_documented(&self) -> bool {
        self.reads_all("")
    }

    /// Returns a description of the parts of the submission that were not parsed, such as `aml.raw_data (175,000 of
    /// 200,000 elements, 0.3 MB)`. Returns an empty text if everything was parsed.
    pub fn unparsed_words(&self) -> String {
        let mut words: Vec<String> =
            self.unparsed_parts.iter().take(MAX_NAMED_PARTS).map(UnparsedPart::words).collect();
        let more = self.unparsed_parts.len().saturating_sub(MAX_NAMED_PARTS) + self.more_unread;
        if more > 0 {
            words.push(format!("{} more", grouped(more)));
        }
        words.join(", ")
    }

    /// Returns whether all documented fields at `path` or below were parsed, so that the screen can say something about
    /// all of them. `path` is a documented path, or empty for the whole submission. The result is also false if
    /// unlisted unparsed parts may contain such a field.
    pub fn reads_all(&self, path: &str) -> bool {
        let is_below = |place: &str| {
            let below = |one: &str, other: &str| {
                one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || other.is_empty() || rest.starts_with('.'))
            };
            below(place, path) || below(path, place)
        };
        // Some unread parts are not listed. If all listed ones are documented, the others may be, too.
        let untold = self.more_unread > 0 && self.unparsed_parts.iter().all(|unread| unread.is_documented);
        !untold && !self.unparsed_parts.iter().any(|unread| unread.is_documented && is_below(unread.place))
    }

    /// Returns whether the value at `path` is contested: a key on the path was sent several times with different
    /// values. Some of these values were not parsed.
    pub(in crate::submission) fn is_contested(&self, path: &str) -> bool {
        if self.contested.is_empty() {
            return false;
        }
        let mut place = Some(DocumentedPlace::root());
        path::steps(path).any(|step| {
            if let Step::Key(key) = step {
                place = place.and_then(|place| place.member(&key));
            }
            place.is_some_and(|place| self.contested.contains(&place.path()))
        })
    }
}

/// Search for private values in parts of a submission that were not parsed. The search keeps only hashes of the values.
pub(super) struct UnparsedSearch<'p> {
    pub(super) privacy: &'p mut Privacy,
    pub(super) place: &'p mut Classification,
}

impl UnparsedSearch<'_> {
    /// Searches `raw`, a text that was not parsed, for private values and stores them in `self.privacy`.
    ///
    /// The caller first sets `self.place` to the path of `raw`. For a text of several elements or members, this is the
    /// path of their list or object.
    pub(super) fn read(&mut self, raw: &RawText) {
        let mut walk = JsonCursor(raw.expose());
        match raw.rest() {
            UnparsedKind::Garbage => {}
            UnparsedKind::Value => self.value(&mut walk, 0),
            UnparsedKind::Elements(_) => self.elements(&mut walk, 0),
            UnparsedKind::Members(_) => self.members(&mut walk, 0),
        }
    }

    fn value(&mut self, cursor: &mut JsonCursor<'_>, depth: usize) {
        match cursor.peek() {
            // Nothing in this value could add to the masked values.
            Some(_) if self.privacy.is_full_at(self.place) => {
                cursor.value();
            }
            Some(b'[' | b'{') if depth == LEVELS => self.deeper(cursor.value()),
            Some(b'[') => {
                cursor.bracket();
                self.elements(cursor, depth);
                cursor.bracket();
            }
            Some(b'{') => {
                cursor.bracket();
                self.members(cursor, depth);
                cursor.bracket();
            }
            _ => {
                let token = cursor.value();
                if let Some(text) = scalar(token) {
                    self.privacy.scalar(self.place.rule(), &text);
                }
            }
        }
    }

    fn elements(&mut self, cursor: &mut JsonCursor<'_>, depth: usize) {
        let above = self.place.enter(&Step::At(0));
        while cursor.has_more() {
            self.value(cursor, depth + 1);
        }
        self.place.leave(above);
    }

    fn members(&mut self, cursor: &mut JsonCursor<'_>, depth: usize) {
        let form = self.place.is_form().filter(|form| depth >= MAX_FORM_LEVELS || form.asks_in(cursor.0));
        while cursor.has_more() {
            let Some(quoted) = cursor.key() else { break };
            // A key that is too long to be judged counts as a name for identity data.
            let key = if quoted.len() <= MAX_TEXT_BYTES { unescape(quoted) } else { Cow::Borrowed("") };
            let is_below_identity = self.place.reveals_identity();
            let above = self.place.enter(&Step::Key(Cow::Borrowed(&key)));
            if quoted.len() > MAX_TEXT_BYTES || form.is_some_and(|form| form.is_answer(&key)) {
                self.place.mark_identity();
            }
            if self.place.has_open_name() {
                self.privacy.name(&key, is_below_identity);
            }
            self.value(cursor, depth + 1);
            self.place.leave(above);
        }
    }

    /// Stores all values in `text` as identity data. `text` is JSON that is nested too deeply to be searched level by
    /// level.
    fn deeper(&mut self, text: &str) {
        let mut walk = JsonCursor(text);
        while let Some(byte) = walk.peek() {
            if matches!(byte, b'[' | b'{' | b']' | b'}') {
                walk.bracket();
            } else if let Some(text) = scalar(walk.value()) {
                self.privacy.scalar(ClassRule::Undocumented { reveals_identity: true }, &text);
            }
        }
    }
}

/// Returns the unescaped text of the JSON scalar `token`. Returns `None` for null, true and false. Also returns `None`
/// for a scalar that is too long or too short to be recognised where another field repeats it.
fn scalar(token: &str) -> Option<Cow<'_, str>> {
    let can_repeat = token.len() <= MAX_TEXT_BYTES && !is_short(token) && !matches!(token, "null" | "true" | "false");
    can_repeat.then(|| unescape(token))
}
