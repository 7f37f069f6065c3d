//! What of a submission was not opened: what is told of it, and what is private in it all the same.

use std::borrow::Cow;

use super::classification::{ClassRule, Classification};
use super::masked_values::{LONGEST, is_short};
use super::privacy::Privacy;
use super::{Document, Step};
use crate::submission::json::{JsonCursor, unescape};
use crate::submission::node::{LEVELS, Raw, Rest, Unread};
use crate::submission::path;
use crate::submission::places::DocumentedPlace;
use crate::text::grouped;

/// Parts that are named where it is said that something was not opened.
const NAMED: usize = 3;

/// Levels within which the questions of a form are looked for: each needs a look ahead. Below, every answer is taken for
/// one to a question that tells.
const FORMS: usize = 8;

impl Document {
    /// What was not opened, one part after the other and documented places first.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Whether all of it was opened.
    pub fn is_read_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// Whether every documented field of it was read.
    pub fn reads_documented(&self) -> bool {
        self.reads_all("")
    }

    /// What was not opened, in words, as in `aml.raw_data (175,000 of 200,000 elements, 0.3 MB)`; nothing where all of it was.
    pub fn unread_words(&self) -> String {
        let mut words: Vec<String> = self.unread.iter().take(NAMED).map(Unread::words).collect();
        let more = self.unread.len().saturating_sub(NAMED) + self.more_unread;
        if more > 0 {
            words.push(format!("{} more", grouped(more)));
        }
        words.join(", ")
    }

    /// Whether every documented field at and below a documented path was read. What is told of them all needs that.
    pub fn reads_all(&self, path: &str) -> bool {
        let is_below = |place: &str| {
            let below = |one: &str, other: &str| {
                one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || other.is_empty() || rest.starts_with('.'))
            };
            below(place, path) || below(path, place)
        };
        // Which those are that are not told, nobody knows.
        let untold = self.more_unread > 0 && self.unread.iter().all(|unread| unread.is_documented);
        !untold && !self.unread.iter().any(|unread| unread.is_documented && is_below(unread.place))
    }

    /// Whether some value at a path, or around it, was sent too often to be read each time.
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

/// Looks through text that was not opened, without keeping anything of it but numbers made of private values.
pub(super) struct Unopened<'p> {
    pub(super) privacy: &'p mut Privacy,
    pub(super) standing: &'p mut Classification,
}

impl Unopened<'_> {
    /// Looks through such a text, whose place is that of the list or object that it is a part of, or its own.
    pub(super) fn read(&mut self, raw: &Raw) {
        let mut walk = JsonCursor(raw.expose());
        match raw.rest() {
            Rest::Garbage => {}
            Rest::Value => self.value(&mut walk, 0),
            Rest::Elements(_) => self.elements(&mut walk, 0),
            Rest::Members(_) => self.members(&mut walk, 0),
        }
    }

    fn value(&mut self, walk: &mut JsonCursor<'_>, depth: usize) {
        match walk.peek() {
            // Nothing in it could tell more.
            Some(_) if self.privacy.is_full_at(self.standing) => {
                walk.value();
            }
            Some(b'[' | b'{') if depth == LEVELS => self.deeper(walk.value()),
            Some(b'[') => {
                walk.bracket();
                self.elements(walk, depth);
                walk.bracket();
            }
            Some(b'{') => {
                walk.bracket();
                self.members(walk, depth);
                walk.bracket();
            }
            _ => {
                let token = walk.value();
                if let Some(text) = scalar(token) {
                    self.privacy.scalar(self.standing.rule(), &text);
                }
            }
        }
    }

    fn elements(&mut self, walk: &mut JsonCursor<'_>, depth: usize) {
        let above = self.standing.enter(&Step::At(0));
        while walk.has_more() {
            self.value(walk, depth + 1);
        }
        self.standing.leave(above);
    }

    fn members(&mut self, walk: &mut JsonCursor<'_>, depth: usize) {
        let form = self.standing.is_form().filter(|form| depth >= FORMS || form.asks_in(walk.0));
        while walk.has_more() {
            let Some(quoted) = walk.key() else { break };
            // A key that is too long to be judged tells.
            let key = if quoted.len() <= LONGEST { unescape(quoted) } else { Cow::Borrowed("") };
            let is_below_telling = self.standing.is_telling();
            let above = self.standing.enter(&Step::Key(Cow::Borrowed(&key)));
            if quoted.len() > LONGEST || form.is_some_and(|form| form.is_answer(&key)) {
                self.standing.mark_telling();
            }
            if self.standing.has_open_name() {
                self.privacy.name(&key, is_below_telling);
            }
            self.value(walk, depth + 1);
            self.standing.leave(above);
        }
    }

    /// What lies too deep to be followed, all of it, is taken for identity data.
    fn deeper(&mut self, text: &str) {
        let mut walk = JsonCursor(text);
        while let Some(byte) = walk.peek() {
            if matches!(byte, b'[' | b'{' | b']' | b'}') {
                walk.bracket();
            } else if let Some(text) = scalar(walk.value()) {
                self.privacy.scalar(ClassRule::Undocumented { is_telling: true }, &text);
            }
        }
    }
}

/// The text of a scalar that can repeat another value; `None` for one that cannot.
fn scalar(token: &str) -> Option<Cow<'_, str>> {
    let can_repeat = token.len() <= LONGEST && !is_short(token) && !matches!(token, "null" | "true" | "false");
    can_repeat.then(|| unescape(token))
}
