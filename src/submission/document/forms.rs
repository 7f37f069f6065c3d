//! Forms: objects in which one member is a question and another member is the answer. The question shows what kind of
//! data the answer is.
//!
//! The service documents one list of forms (`additional_list`). Undocumented objects often are forms, too.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::identity_words;
use super::masked_values::MAX_TEXT_BYTES;
use crate::submission::json::{self, unescape};
use crate::submission::node::Node;
use crate::submission::path::Step;
use crate::text::Untrusted;

/// Path of the only list of forms (objects with a question and an answer) that the service documents.
const DOCUMENTED_FORMS_PATH: &str = "additional_list";

/// Maximum number of members with which an undocumented object is treated as a form (object with a question and an
/// answer).
const MAX_FORM_MEMBERS: usize = 16;

/// Keys of the members that hold the question of a form (object with a question and an answer), such as `label`.
const QUESTION_KEYS: [&str; 9] = ["field", "key", "kind", "label", "name", "prompt", "question", "title", "type"];
/// Further key of a question, only in a documented form: `answer` holds the name of the requested field, not an answer.
const DOCUMENTED_QUESTION_KEY: &str = "answer";

/// Keys of the members that hold the answer of an undocumented form (object with a question and an answer).
const ANSWER_KEYS: [&str; 12] = [
    "answer",
    "answers",
    "content",
    "data",
    "input",
    "inputValue",
    "reply",
    "response",
    "text",
    "val",
    "value",
    "values",
];

/// Kind of a form (object with a question and an answer).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormKind {
    /// A documented form: all members except the questions and `blockType` are answers.
    Documented,
    /// An undocumented object that looks like a form.
    Undocumented,
}

impl FormKind {
    /// Returns whether the member with the key `key` is an answer in a form (object with a question and an answer) of
    /// this kind.
    pub(super) fn is_answer(self, key: &str) -> bool {
        match self {
            Self::Documented => key != DOCUMENTED_QUESTION_KEY && !QUESTION_KEYS.contains(&key) && key != "blockType",
            Self::Undocumented => ANSWER_KEYS.contains(&key),
        }
    }

    /// Returns whether one of `members`, the members of an object, is a question that requests identity data, such as
    /// "Passport number?". `self` is the kind of form that the object may be.
    pub(super) fn asks(self, members: &[(Untrusted, Node)]) -> bool {
        let mut asked = QuestionSearch::of(self);
        for (key, node) in members {
            match node {
                Node::Raw(rest) if node.is_rest() => asked.unopened(rest.expose()),
                Node::Text(text) => asked.member(key.expose(), FormQuestion::Text(text.expose())),
                Node::Raw(_) => asked.member(key.expose(), FormQuestion::Unread),
                _ => asked.member(key.expose(), FormQuestion::None),
            }
        }
        asked.tells()
    }

    /// Returns whether an object contains a question that requests identity data, such as "Passport number?". `self` is
    /// the kind of form that the object may be. `members` is the JSON text of the object's members, without the outer
    /// brackets.
    pub(super) fn asks_in(self, members: &str) -> bool {
        let mut asked = QuestionSearch::of(self);
        asked.unopened(members);
        asked.tells()
    }

    fn is_question(self, key: &str) -> bool {
        QUESTION_KEYS.contains(&key) || self == Self::Documented && key == DOCUMENTED_QUESTION_KEY
    }
}

/// The value of one member of an object, in the search for a question that requests identity data.
enum FormQuestion<'a> {
    /// The value of the member is no text, so the member is no question.
    None,
    /// The value of the member is this text.
    Text(&'a str),
    /// The value is a text that is too long to be read. It is treated as a question for identity data.
    Unread,
}

/// State of the search through the members of one form (object with a question and an answer) for a question that
/// requests identity data.
struct QuestionSearch {
    kind: FormKind,
    /// Number of members of the object that the search has read so far.
    members: usize,
    /// Whether a question that requests identity data was found.
    tells: bool,
}

impl QuestionSearch {
    const fn of(kind: FormKind) -> Self {
        Self { kind, members: 0, tells: false }
    }

    fn member(&mut self, key: &str, question: FormQuestion<'_>) {
        self.members += 1;
        self.tells = self.tells
            || self.kind.is_question(key)
                && match question {
                    FormQuestion::None => false,
                    FormQuestion::Text(text) => identity_words::reveals_identity(text),
                    FormQuestion::Unread => true,
                };
    }

    /// Searches `members`, the JSON text of the members of an object that is not parsed (unopened), for a question that
    /// requests identity data. [`Self::tells`] then returns the result. The search stops when the object has too many
    /// members to be an undocumented form.
    fn unopened(&mut self, members: &str) {
        let mut walk = json::JsonCursor(members);
        while self.fits() && walk.has_more() {
            let Some(key) = walk.key() else { break };
            // No question has a long key.
            let key = if key.len() <= MAX_TEXT_BYTES { unescape(key) } else { "".into() };
            let value = walk.value();
            match value {
                text if text.starts_with('"') && text.len() > MAX_TEXT_BYTES => self.member(&key, FormQuestion::Unread),
                text if text.starts_with('"') => self.member(&key, FormQuestion::Text(&unescape(text))),
                _ => self.member(&key, FormQuestion::None),
            }
        }
    }

    fn fits(&self) -> bool {
        self.kind == FormKind::Documented || self.members <= MAX_FORM_MEMBERS
    }

    /// Returns whether a question that requests identity data was found among the members that were read so far.
    /// Returns false if the object has too many members to be an undocumented form.
    fn tells(&self) -> bool {
        self.tells && self.fits()
    }
}

/// Returns the kind of form (object with a question and an answer) that an object at a path may be. Returns `None` if
/// it cannot be a form. `pattern` is the path without list positions. `is_unknown` says whether the path is
/// undocumented.
pub(super) fn kind(pattern: &str, is_unknown: bool) -> Option<FormKind> {
    if is_unknown {
        return Some(FormKind::Undocumented);
    }
    // The members of `aml.raw_data` are as unknown as any.
    match pattern {
        DOCUMENTED_FORMS_PATH => Some(FormKind::Documented),
        "aml.raw_data" => Some(FormKind::Undocumented),
        _ => None,
    }
}

/// The forms (objects with a question and an answer) of a submission whose question requests identity data. Only hashes
/// of their paths are kept, because a path may be as long as an answer of the service.
#[derive(Debug, Default)]
pub(super) struct Forms(HashSet<u64>);

impl Forms {
    /// Adds a form whose question requests identity data. `path` is the hash of the path of the form.
    pub(super) fn insert(&mut self, path: &PathHash) {
        self.0.insert(path.number());
    }

    /// Returns the empty path of the whole submission. The caller adds steps (keys and list positions) with
    /// [`FollowedPath::step`], which tells whether a value answers a question that requests identity data.
    pub(super) fn walk(&self) -> FollowedPath<'_> {
        FollowedPath { forms: self, path_hash: PathHash::default() }
    }
}

/// Hash of a path in a submission. The hash is built step by step from the keys and list positions of the path.
#[derive(Clone, Default)]
pub(super) struct PathHash(DefaultHasher);

impl PathHash {
    /// Returns the hash of a longer path: the path of this hash, followed by `step` (a key or a list position).
    pub(super) fn step(&self, step: &Step<'_>) -> Self {
        let mut path_hash = self.clone();
        match step {
            Step::Key(key) => {
                path_hash.0.write(key.as_bytes());
                path_hash.0.write_u8(0xff);
            }
            Step::At(at) => path_hash.0.write_usize(*at),
        }
        path_hash
    }

    fn number(&self) -> u64 {
        self.0.finish()
    }
}

/// A path that grows from the root of a submission by one step (a key or a list position) at a time. It finds the
/// answers to questions that request identity data.
#[derive(Clone)]
pub(super) struct FollowedPath<'f> {
    forms: &'f Forms,
    path_hash: PathHash,
}

impl FollowedPath<'_> {
    /// Adds `step`, a key or a list position, to this path. `pattern` is the path before the step, without list
    /// positions.
    ///
    /// Returns whether the path now leads to the answer in a form (object with a question and an answer). Only answers
    /// to a question that requests identity data count, such as "Passport number?".
    pub(super) fn step(&mut self, step: &Step<'_>, pattern: &str) -> bool {
        // Nearly no submission has such a form.
        if self.forms.0.is_empty() {
            return false;
        }
        let asks = self.forms.0.contains(&self.path_hash.number());
        let kind = if pattern == DOCUMENTED_FORMS_PATH { FormKind::Documented } else { FormKind::Undocumented };
        self.path_hash = self.path_hash.step(step);
        asks && matches!(step, Step::Key(key) if kind.is_answer(key))
    }
}
