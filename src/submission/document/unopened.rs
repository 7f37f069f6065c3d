//! What of a submission was not opened: what is told of it, and what is looked for in it all the same.

use super::found::Found;
use super::{DELETED, Document, REPEATED, Step};
use crate::submission::json::{Walk, unescape};
use crate::submission::node::{LEVELS, Raw, Rest, Unread};
use crate::submission::places::Place;
use crate::submission::{fields, path};
use crate::text::{Class, grouped};

/// Bytes of identity values that are kept. Where there are more, nobody can say what repeats one, and whatever is long
/// enough to is hidden.
const NOTED: usize = 1 << 20;

/// Parts that are named where it is said that something was not opened.
const NAMED: usize = 3;

/// Bytes of a text that is compared with others.
const COMPARED: usize = 64 << 10;

impl Document {
    /// What was not opened, one part after the other and documented places first; see [`Self::more_unread`].
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// How many further parts were not opened.
    #[must_use]
    pub const fn more_unread(&self) -> usize {
        self.more_unread
    }

    /// Whether all of it was opened.
    #[must_use]
    pub fn is_read_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// Whether every documented field of it was read.
    #[must_use]
    pub fn reads_documented(&self) -> bool {
        self.reads_all("")
    }

    /// What was not opened, in words, as in `aml.raw_data (175,000 of 200,000 elements, 0.3 MB)`; nothing where all of it was.
    #[must_use]
    pub fn unread_words(&self) -> String {
        let mut words: Vec<String> = self.unread.iter().take(NAMED).map(Unread::words).collect();
        let more = self.unread.len().saturating_sub(NAMED) + self.more_unread;
        if more > 0 {
            words.push(format!("{} more", grouped(more)));
        }
        words.join(", ")
    }

    /// Whether every documented field at and below a documented path was read. What is told of them all needs that.
    #[must_use]
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
        let mut place = Some(Place::root());
        path::steps(path).any(|step| {
            if let Step::Key(key) = step {
                place = place.and_then(|place| place.member(&key));
            }
            place.is_some_and(|place| self.contested.contains(&place.path()))
        })
    }

    /// Whether a text is an identity value of the submission too, or may be.
    pub(super) fn repeats_identity(&self, text: &str) -> bool {
        self.identities.contains(text) || (self.has_many_identities && text.chars().nth(REPEATED - 1).is_some())
    }
}

impl Found {
    /// Notes what is identity data where it stands.
    pub(super) fn identity(&mut self, text: &str) {
        if text.chars().nth(REPEATED - 1).is_some() && self.standing.class() == Class::Identity {
            self.note(text);
        }
    }

    fn note(&mut self, text: &str) {
        self.noted = self.noted.saturating_add(text.len());
        if text.len() <= COMPARED && self.noted <= NOTED {
            self.identities.insert(text);
        }
    }

    /// Whether there are more identity values than are kept.
    pub(super) const fn has_many(&self) -> bool {
        self.noted > NOTED
    }

    /// Looks through text that was not opened, without keeping anything of it but identity values.
    pub(super) fn unopened(&mut self, raw: &Raw) {
        let mut walk = Walk(raw.expose());
        match raw.rest() {
            Rest::Garbage => {}
            Rest::Value => self.unopened_value(&mut walk, 0),
            Rest::Elements(_) => self.elements(&mut walk, 0),
            Rest::Members(_) => self.members(&mut walk, 0),
        }
    }

    fn unopened_value(&mut self, walk: &mut Walk<'_>, depth: usize) {
        match walk.peek() {
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
                if token.len() <= COMPARED {
                    self.unopened_scalar(&unescape(token));
                }
            }
        }
    }

    fn elements(&mut self, walk: &mut Walk<'_>, depth: usize) {
        let above = self.standing.enter(&Step::At(0));
        while walk.has_more() {
            self.unopened_value(walk, depth + 1);
        }
        self.standing.leave(above);
    }

    fn members(&mut self, walk: &mut Walk<'_>, depth: usize) {
        while walk.has_more() {
            let Some(key) = walk.key() else { break };
            let above = self.standing.enter(&Step::Key(unescape(key)));
            self.unopened_value(walk, depth + 1);
            self.standing.leave(above);
        }
    }

    fn unopened_scalar(&mut self, text: &str) {
        if self.deleted.is_none() && text == DELETED {
            self.deleted = Some(self.steps.clone());
        }
        self.identity(text);
    }

    /// What lies too deep to be followed: where a name tells, all that comes after it up to the end of what holds it is
    /// taken for identity data.
    fn deeper(&mut self, text: &str) {
        let mut walk = Walk(text);
        let (mut depth, mut telling) = (0_usize, None);
        while let Some(byte) = walk.peek() {
            match byte {
                b'[' | b'{' => {
                    depth += 1;
                    walk.bracket();
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    telling = telling.filter(|above| *above <= depth);
                    walk.bracket();
                }
                _ => {
                    let token = walk.value();
                    let text = if token.len() <= COMPARED { unescape(token) } else { "".into() };
                    let is_key = byte == b'"' && walk.0.trim_ascii_start().starts_with(':');
                    if is_key && telling.is_none() && fields::class_by_name(&text) == Class::Identity {
                        telling = Some(depth);
                    } else if !is_key && telling.is_some() && text.chars().nth(REPEATED - 1).is_some() {
                        self.note(&text);
                    } else if !is_key {
                        self.unopened_scalar(&text);
                    }
                }
            }
        }
    }
}
