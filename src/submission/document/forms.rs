//! Objects in which one member asks and another one answers: the question tells what the answer is.
//!
//! The service's forms are such (`additional_list`), and what no documentation knows often is.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::telling;
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
pub(super) enum Kind {
    /// One of the documentation: all but the question answers it.
    Documented,
    /// One that looks like it.
    Undocumented,
}

impl Kind {
    /// Whether a member answers the question.
    pub(super) fn is_answer(self, key: &str) -> bool {
        match self {
            Self::Documented => key != QUESTION && !QUESTIONS.contains(&key) && key != "blockType",
            Self::Undocumented => ANSWERS.contains(&key),
        }
    }

    /// Whether the questions of an object tell that identity data answer them.
    pub(super) fn asks(self, members: &[(Untrusted, Node)]) -> bool {
        let is_question = |key: &str| match self {
            Self::Documented => key == QUESTION || QUESTIONS.contains(&key),
            Self::Undocumented => QUESTIONS.contains(&key),
        };
        let fits = self == Self::Documented || members.len() <= MOST;
        fits && members.iter().any(|(key, node)| {
            let text = if let Node::Text(text) = node { text.expose() } else { return false };
            is_question(key.expose()) && telling::is_telling(text)
        })
    }
}

/// Returns the kind of form that an object at a place is; `None` if it is not one.
pub(super) fn kind(pattern: &str, is_unknown: bool) -> Option<Kind> {
    if is_unknown {
        return Some(Kind::Undocumented);
    }
    // The members of `aml.raw_data` are as unknown as any.
    match pattern {
        DOCUMENTED => Some(Kind::Documented),
        "aml.raw_data" => Some(Kind::Undocumented),
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
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk { forms: self, trail: Trail::default() }
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
pub(super) struct Walk<'f> {
    forms: &'f Forms,
    trail: Trail,
}

impl Walk<'_> {
    /// Takes a step; tells whether it leads to the answer of a question that tells. `pattern` is the place before the
    /// step.
    pub(super) fn takes(&mut self, step: &Step<'_>, pattern: &str) -> bool {
        // Nearly no submission has such a form.
        if self.forms.0.is_empty() {
            return false;
        }
        let asks = self.forms.0.contains(&self.trail.number());
        let kind = if pattern == DOCUMENTED { Kind::Documented } else { Kind::Undocumented };
        self.trail = self.trail.step(step);
        asks && matches!(step, Step::Key(key) if kind.is_answer(key))
    }
}
