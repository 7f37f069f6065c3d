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

/// Maximum number of members of an undocumented object that is treated as a form (object with a question and an
/// answer). An object with more members is no form.
const MAX_FORM_MEMBERS: usize = 16;

/// Keys of the members of a form that hold its question, such as `label`. In a documented form, the member `answer`
/// ([`DOCUMENTED_QUESTION_KEY`]) holds the name of the requested field, so it is a question too.
const QUESTION_KEYS: [&str; 9] = ["field", "key", "kind", "label", "name", "prompt", "question", "title", "type"];
const DOCUMENTED_QUESTION_KEY: &str = "answer";

/// Keys of the members of an undocumented form (object with a question and an answer) that hold the answer.
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
    /// Returns whether a member with the key `key` is an answer, if it belongs to a form (object with a question and an
    /// answer) of the kind `self`.
    pub(super) fn is_answer(self, key: &str) -> bool {
        match self {
            Self::Documented => key != DOCUMENTED_QUESTION_KEY && !QUESTION_KEYS.contains(&key) && key != "blockType",
            Self::Undocumented => ANSWER_KEYS.contains(&key),
        }
    }

    /// Returns whether one of the members `members` of an object is a question that requests identity data, such as
    /// "Passport number?". `self` is the kind of form (object with a question and an answer) that the object may be.
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
    /// the kind of form (object with a question and an answer) that the object may be. `members` is the JSON text of
    /// its members, which were not parsed.
    pub(super) fn asks_in(self, members: &str) -> bool {
        let mut asked = QuestionSearch::of(self);
        asked.unopened(members);
        asked.tells()
    }

    fn is_question(self, key: &str) -> bool {
        QUESTION_KEYS.contains(&key) || self == Self::Documented && key == DOCUMENTED_QUESTION_KEY
    }
}

/// The value of a member of a form (object with a question and an answer), as a possible question of the form.
enum FormQuestion<'a> {
    /// The member is no question, because its value is no text.
    None,
    /// The value of the member is this text.
    Text(&'a str),
    /// The value is a text that is too long to be read. It is unknown whether the text is a question for identity data.
    Unread,
}

/// State of the search through the members of one form (object with a question and an answer) for a question that
/// requests identity data.
struct QuestionSearch {
    kind: FormKind,
    members: usize,
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

    /// Reads `members`, the JSON text of members of an object that were not parsed, and looks for a question that
    /// requests identity data. [`Self::tells`] then returns whether there is one. The reading stops as soon as the
    /// object has too many members to be an undocumented form (object with a question and an answer).
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

    /// Returns whether the object is a form (object with a question and an answer) whose question requests identity
    /// data. Only the members that were read so far are considered.
    fn tells(&self) -> bool {
        self.tells && self.fits()
    }
}

/// Returns the kind of form (object with a question and an answer) that an object at a path may be. Returns `None` if
/// the object cannot be a form. `pattern` is the path without list positions, and `is_unknown` says that the path is
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

/// Forms of a submission (objects with a question and an answer) whose question requests identity data. The set keeps
/// hashes of the paths of the forms instead of the paths, because a path may be as long as an answer of the service.
#[derive(Debug, Default)]
pub(super) struct Forms(HashSet<u64>);

impl Forms {
    /// Adds the form at the path with the hash `path` to this set. A form is an object with a question and an answer;
    /// the set has the forms whose question requests identity data.
    pub(super) fn insert(&mut self, path: &PathHash) {
        self.0.insert(path.number());
    }

    /// Returns the path of the submission itself, which has no steps yet. The caller then adds steps (keys and list
    /// positions) one after the other, to find out which values answer a question that requests identity data.
    pub(super) fn walk(&self) -> FollowedPath<'_> {
        FollowedPath { forms: self, path_hash: PathHash::default() }
    }
}

/// Hash of a path in a submission. The hash is built step by step from the keys and list positions of the path.
#[derive(Clone, Default)]
pub(super) struct PathHash(DefaultHasher);

impl PathHash {
    /// Returns the hash of a longer path: the path of this hash, followed by `step`, which is a key or a list position.
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

/// A path that is followed from the root of a submission, one step (a key or a list position) at a time, to find the
/// answers in forms (objects with a question and an answer).
#[derive(Clone)]
pub(super) struct FollowedPath<'f> {
    forms: &'f Forms,
    path_hash: PathHash,
}

impl FollowedPath<'_> {
    /// Adds one step to this path in the submission: the key or list position `step`. Returns whether the path then
    /// leads to an answer in a form (object with a question and an answer) whose question requests identity data, such
    /// as "Passport number?". `pattern` is the path before the step, without list positions such as `[0]`.
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
