//! What one walk over an opened submission finds for the whole of it.

use super::DELETED;
use super::identities::Identities;
use super::standing::Standing;
use crate::submission::node::{Node, Rest};
use crate::submission::path::Step;
use crate::text::Marks;

/// What one walk over a submission finds for the whole of it, without a path to any value.
#[derive(Default)]
pub(super) struct Found {
    pub(super) standing: Standing,
    pub(super) steps: Vec<usize>,
    pub(super) identities: Identities,
    /// Bytes of the identities.
    pub(super) noted: usize,
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
                    let above = self.standing.enter(&Step::Key(key.expose().into()));
                    self.part(at, member);
                    self.standing.leave(above);
                    self.memo = memo;
                }
            }
            Node::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    let above = self.standing.enter(&Step::At(at));
                    self.part(at, element);
                    self.standing.leave(above);
                }
            }
            Node::Raw(raw) if raw.rest() != Rest::Garbage => self.unopened(raw),
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
        self.identity(text);
    }
}
