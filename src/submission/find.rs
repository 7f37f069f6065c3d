//! Looking for a text in the keys and values of a submission, however deep, without building paths to what does not hold
//! it.

use std::ops::Range;

use super::document::Field;
use super::node::Node;
use crate::text::{Mask, Needle};

/// Which of several places is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first in the order sent.
    First,
    /// The last.
    Last,
}

/// Positions that lead from `field` to what holds the needle in its key, or in what may be shown of its value: a search
/// must not tell what a mask hides. Only members or elements with a position in `range` are looked at.
#[must_use]
pub fn find(field: &Field<'_>, range: Range<usize>, needle: &Needle, mask: Mask, which: Which) -> Option<Vec<usize>> {
    let mut search = Search { root: field, needle, mask, which, steps: Vec::new(), found: None };
    search.members(field.node(), range);
    search.found
}

/// The field that positions lead to; none where there is nothing.
#[must_use]
pub fn at<'a>(field: &Field<'a>, steps: &[usize]) -> Option<Field<'a>> {
    steps.iter().try_fold(field.clone(), |field, at| field.nth(*at).map(|(_, member)| member))
}

struct Search<'s, 'a> {
    root: &'s Field<'a>,
    needle: &'s Needle,
    mask: Mask,
    which: Which,
    steps: Vec<usize>,
    found: Option<Vec<usize>>,
}

impl Search<'_, '_> {
    fn members(&mut self, node: &Node, range: Range<usize>) {
        let within = |at: &usize| range.contains(at);
        match node {
            Node::Object(members) => {
                for (at, (key, node)) in members.iter().enumerate().filter(|(at, _)| within(at)) {
                    self.value(at, self.needle.is_in(key.expose()), node);
                }
            }
            Node::List(elements) => {
                for (at, node) in elements.iter().enumerate().filter(|(at, _)| within(at)) {
                    self.value(at, false, node);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, at: usize, named: bool, node: &Node) {
        if self.found.is_some() && self.which == Which::First {
            return;
        }
        self.steps.push(at);
        if named || self.holds(node) {
            self.found = Some(self.steps.clone());
        }
        self.members(node, 0..usize::MAX);
        self.steps.pop();
    }

    fn holds(&self, node: &Node) -> bool {
        if !node.expose().is_some_and(|text| self.needle.is_in(text)) {
            return false;
        }
        // Only now is it worth the path that tells the class.
        let value = at(self.root, &self.steps).and_then(|field| field.value());
        value.is_some_and(|value| {
            !value.class().hidden_at(self.mask) || self.needle.is_in(value.shown(self.mask).as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Document;

    fn found(json: &str, needle: &str, mask: Mask, which: Which) -> Option<String> {
        let document = Document::read(json.as_bytes(), true);
        let root = document.root();
        let needle = Needle::new(needle).expect("something to look for");
        let steps = find(&root, 0..usize::MAX, &needle, mask, which)?;
        at(&root, &steps).map(|field| field.path().to_owned())
    }

    const SENT: &str = r#"{"a":{"b":["x","Needle"]},"needle_key":1,"c":[{"d":"a needle"}],
        "data":{"identityNumber":"900101-1234567","full_name":"Kim Minjun"}}"#;

    #[test]
    fn keys_and_values_are_found_in_the_order_sent() {
        assert_eq!(found(SENT, "needle", Mask::None, Which::First).as_deref(), Some("a.b[1]"));
        assert_eq!(found(SENT, "needle", Mask::None, Which::Last).as_deref(), Some("c[0].d"));
        assert_eq!(found(SENT, "NEEDLE_K", Mask::None, Which::Last).as_deref(), Some("needle_key"));
        assert_eq!(found(SENT, "nowhere", Mask::None, Which::First), None);
    }

    #[test]
    fn what_a_mask_hides_is_not_found() {
        assert_eq!(found(SENT, "900101", Mask::None, Which::First).as_deref(), Some("data.identityNumber"));
        assert_eq!(found(SENT, "900101", Mask::Ids, Which::First), None);
        assert_eq!(
            found(SENT, "4567", Mask::Ids, Which::First).as_deref(),
            Some("data.identityNumber"),
            "its end is shown"
        );
        assert_eq!(found(SENT, "minjun", Mask::Ids, Which::First).as_deref(), Some("data.full_name"));
        assert_eq!(found(SENT, "minjun", Mask::All, Which::First), None);
    }
}
