//! What one walk over an opened submission finds for the whole of it.

use super::DELETED;
use crate::submission::json::{JsonCursor, unescape};
use crate::submission::node::{Node, Rest};
use crate::text::Marks;

/// What one walk over a submission finds for the whole of it, without a path to any value.
#[derive(Default)]
pub(super) struct Found {
    steps: Vec<usize>,
    pub(super) deleted: Option<Vec<usize>>,
    pub(super) hides: bool,
    /// Within what reviewers write, where a line may end.
    memo: bool,
}

/// The block whose texts are of several lines.
const MEMO: &str = "memo";

impl Found {
    pub(super) fn value(&mut self, node: &Node) {
        match node {
            Node::Object(members) => {
                for (at, (key, member)) in members.iter().enumerate() {
                    self.hides = self.hides || Marks::of(key.expose()).any_hidden();
                    let memo = self.memo;
                    self.memo = memo || key.expose() == MEMO;
                    self.part(at, member);
                    self.memo = memo;
                }
            }
            Node::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    self.part(at, element);
                }
            }
            Node::Raw(raw) if raw.rest() != Rest::Garbage => {
                if self.deleted.is_none() && holds_deleted(raw.expose()) {
                    self.deleted = Some(self.steps.clone());
                }
            }
            _ => self.scalar(node.expose().unwrap_or_default()),
        }
    }

    fn part(&mut self, at: usize, node: &Node) {
        self.steps.push(at);
        self.value(node);
        self.steps.pop();
    }

    fn scalar(&mut self, text: &str) {
        let mut lines = text.split(|c| c == '\n' && self.memo);
        self.hides = self.hides || lines.any(|line| Marks::of(line).any_hidden());
        if self.deleted.is_none() && text == DELETED {
            self.deleted = Some(self.steps.clone());
        }
    }
}

/// Whether one of the values in a text that was not opened says that the submission was deleted.
fn holds_deleted(text: &str) -> bool {
    let mut walk = JsonCursor(text);
    while let Some(byte) = walk.peek() {
        match byte {
            b'[' | b'{' | b']' | b'}' => walk.bracket(),
            _ => {
                let token = walk.value();
                // Escaped, a character takes up to six.
                let is_short = token.len() <= 6 * DELETED.len() + 2;
                let is_key = || walk.0.trim_ascii_start().starts_with(':');
                if byte == b'"' && is_short && unescape(token) == DELETED && !is_key() {
                    return true;
                }
            }
        }
    }
    false
}
