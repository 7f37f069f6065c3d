//! Collects properties of a whole submission in one pass over all its values: where the text for deleted data is, and
//! whether there are invisible characters.

use super::DELETED;
use crate::submission::json::{JsonCursor, unescape};
use crate::submission::node::{Node, UnparsedKind};
use crate::text::SanitizerFindings;

/// Properties of a whole submission: where the text for deleted data (`Deleted Submission`) is, and whether there are
/// invisible characters. One pass over all values collects these properties without building paths.
#[derive(Default)]
pub(super) struct DocumentScan {
    steps: Vec<usize>,
    /// Indexes, one for each level, of the members and elements that lead from the whole submission to the text
    /// `Deleted Submission`. `None` if the text was not found.
    pub(super) deleted: Option<Vec<usize>>,
    pub(super) hidden: SanitizerFindings,
    /// Whether the current value is inside a memo (object with texts of reviewers). Line breaks are normal there and
    /// are not reported.
    memo: bool,
}

/// Key of the memo about a submission: an object with texts that reviewers write. These texts may have several lines.
const MEMO: &str = "memo";

impl DocumentScan {
    pub(super) fn value(&mut self, node: &Node) {
        match node {
            Node::Object(members) => {
                for (at, (key, member)) in members.iter().enumerate() {
                    self.hidden = with_marks(self.hidden, key.expose());
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
            Node::Raw(raw) if raw.rest() != UnparsedKind::Garbage => {
                if self.deleted.is_none() && holds_deleted(raw.expose()) {
                    self.deleted = Some(self.steps.clone());
                }
            }
            _ => self.scalar(node.expose().unwrap_or_default()),
        }
    }

    fn part(&mut self, index: usize, node: &Node) {
        self.steps.push(index);
        self.value(node);
        self.steps.pop();
    }

    fn scalar(&mut self, text: &str) {
        let memo = self.memo;
        let lines = text.split(|c| c == '\n' && memo);
        self.hidden = lines.fold(self.hidden, with_marks);
        if self.deleted.is_none() && text == DELETED {
            self.deleted = Some(self.steps.clone());
        }
    }
}

/// Returns the kinds of hidden characters (marks) in `text`, merged with those in `known`. If `known` already has the
/// worst kind ([`SanitizerFindings::suspect`]), `text` is not examined and `known` is returned.
fn with_marks(known: SanitizerFindings, text: &str) -> SanitizerFindings {
    if known.suspect { known } else { known.with(SanitizerFindings::of(text)) }
}

/// Returns whether `text`, JSON text that was not parsed, contains the text `Deleted Submission`, which the
/// service sends in place of deleted data.
fn holds_deleted(text: &str) -> bool {
    let mut walk = JsonCursor(text);
    while let Some(byte) = walk.peek() {
        match byte {
            b'[' | b'{' | b']' | b'}' => walk.bracket(),
            _ => {
                let token = walk.value();
                // An escaped character takes up to six bytes.
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
