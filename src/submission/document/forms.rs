//! Objects in which one member asks and another one answers: the question tells what the answer is.
//!
//! The service's forms are such (`additional_list`), and what no documentation knows often is.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::masked_values::LONGEST;
use super::telling;
use crate::submission::json::{self, unescape};
use crate::submission::node::Node;
use crate::submission::path::Step;
use crate::text::Untrusted;

/// The list of forms that the documentation knows.
const DOCUMENTED: &str = "additional_list";

/// Members of an undocumented object from which on it is no question with its answer.
const MOST: usize = 16;

/// Members that ask. In a documented form `answer` is the name of the field.
const QUESTIONS: [&str; 9] = ["field", "key", "kind", "label", "name", "prompt", "question", "title", "type"];
const QUESTION: &str = "answer";

/// Members that answer.
const ANSWERS: [&str; 12] = [
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

/// What kind of form an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormKind {
    /// One of the documentation: all but the question answers it.
    Documented,
    /// One that looks like it.
    Undocumented,
}

impl FormKind {
    /// Whether a member answers the question.
    pub(super) fn is_answer(self, key: &str) -> bool {
        match self {
            Self::Documented => key != QUESTION && !QUESTIONS.contains(&key) && key != "blockType",
            Self::Undocumented => ANSWERS.contains(&key),
        }
    }

    /// Whether the questions of an object tell that identity data answer them.
    pub(super) fn asks(self, members: &[(Untrusted, Node)]) -> bool {
        let mut asked = Asked::of(self);
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

    /// The same of members that were not opened.
    pub(super) fn asks_in(self, members: &str) -> bool {
        let mut asked = Asked::of(self);
        asked.unopened(members);
        asked.tells()
    }

    fn is_question(self, key: &str) -> bool {
        QUESTIONS.contains(&key) || self == Self::Documented && key == QUESTION
    }
}

/// What a member may ask.
enum FormQuestion<'a> {
    /// Nothing: it is no text.
    None,
    /// A text.
    Text(&'a str),
    /// Nobody knows: it is too long.
    Unread,
}

/// What the members of an object ask, one by one.
struct Asked {
    kind: FormKind,
    members: usize,
    tells: bool,
}

impl Asked {
    const fn of(kind: FormKind) -> Self {
        Self { kind, members: 0, tells: false }
    }

    fn member(&mut self, key: &str, question: FormQuestion<'_>) {
        self.members += 1;
        self.tells = self.tells
            || self.kind.is_question(key)
                && match question {
                    FormQuestion::None => false,
                    FormQuestion::Text(text) => telling::is_telling(text),
                    FormQuestion::Unread => true,
                };
    }

    /// Members that were not opened, as many as can change the answer.
    fn unopened(&mut self, members: &str) {
        let mut walk = json::JsonCursor(members);
        while self.fits() && walk.has_more() {
            let Some(key) = walk.key() else { break };
            // No question has a long key.
            let key = if key.len() <= LONGEST { unescape(key) } else { "".into() };
            let value = walk.value();
            match value {
                text if text.starts_with('"') && text.len() > LONGEST => self.member(&key, FormQuestion::Unread),
                text if text.starts_with('"') => self.member(&key, FormQuestion::Text(&unescape(text))),
                _ => self.member(&key, FormQuestion::None),
            }
        }
    }

    fn fits(&self) -> bool {
        self.kind == FormKind::Documented || self.members <= MOST
    }

    /// Whether they are a form, and some question tells.
    fn tells(&self) -> bool {
        self.tells && self.fits()
    }
}

/// Returns the kind of form that an object at a place is; `None` if it is not one.
pub(super) fn kind(pattern: &str, is_unknown: bool) -> Option<FormKind> {
    if is_unknown {
        return Some(FormKind::Undocumented);
    }
    // The members of `aml.raw_data` are as unknown as any.
    match pattern {
        DOCUMENTED => Some(FormKind::Documented),
        "aml.raw_data" => Some(FormKind::Undocumented),
        _ => None,
    }
}

/// The objects of a submission that ask for identity data, by numbers made of their paths: a path may be as long as an
/// answer.
#[derive(Debug, Default)]
pub(super) struct Forms(HashSet<u64>);

impl Forms {
    /// Notes an object by its steps.
    pub(super) fn insert(&mut self, trail: &Trail) {
        self.0.insert(trail.number());
    }

    /// Follows a path from the submission itself.
    pub(super) fn walk(&self) -> FollowedPath<'_> {
        FollowedPath { forms: self, trail: Trail::default() }
    }
}

/// A path as a number, step by step.
#[derive(Clone, Default)]
pub(super) struct Trail(DefaultHasher);

impl Trail {
    /// The same, a step further in.
    pub(super) fn step(&self, step: &Step<'_>) -> Self {
        let mut trail = self.clone();
        match step {
            Step::Key(key) => {
                trail.0.write(key.as_bytes());
                trail.0.write_u8(0xff);
            }
            Step::At(at) => trail.0.write_usize(*at),
        }
        trail
    }

    fn number(&self) -> u64 {
        self.0.finish()
    }
}

/// A path that is followed.
#[derive(Clone)]
pub(super) struct FollowedPath<'f> {
    forms: &'f Forms,
    trail: Trail,
}

impl FollowedPath<'_> {
    /// Takes a step; tells whether it leads to the answer of a question that tells. `pattern` is the place before the
    /// step.
    pub(super) fn takes(&mut self, step: &Step<'_>, pattern: &str) -> bool {
        // Nearly no submission has such a form.
        if self.forms.0.is_empty() {
            return false;
        }
        let asks = self.forms.0.contains(&self.trail.number());
        let kind = if pattern == DOCUMENTED { FormKind::Documented } else { FormKind::Undocumented };
        self.trail = self.trail.step(step);
        asks && matches!(step, Step::Key(key) if kind.is_answer(key))
    }
}
