//! Searches the keys and values of a submission at any depth. The search builds a path only for a match.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Document, Field};
use super::masking;
use super::node::Node;
use super::path::{self, Step};
use crate::text::{Mask, SearchPattern};

/// The match that [`find`] returns if there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchChoice {
    /// First match in the order sent.
    First,
    /// Last match in the order sent.
    Last,
}

/// Searches the values below `field` for a match. Returns the indexes, one for each level, of the members and elements
/// that lead from `field` to the match. Returns `None` without a match.
///
/// A value matches if its key, or the value as the mask level `mask` shows it, contains the search text `pattern`.
/// Hidden text never matches, because a search must not reveal what the mask hides. Only the members or elements of
/// `field` with an index in `range` are searched. `which` selects the first or the last match.
pub fn find(
    field: &Field<'_>,
    range: Range<usize>,
    pattern: &SearchPattern,
    mask: Mask,
    which: MatchChoice,
) -> Option<Vec<usize>> {
    let mut search = Search { root: field, needle: pattern, mask, which, steps: Vec::new(), found: None };
    search.members(field.node(), range);
    search.found
}

/// Returns the field that is reached from `field` by following the positions in `steps`, each counted from 0. Returns
/// `None` if one of the positions does not exist.
pub fn field_at_steps<'a>(field: &Field<'a>, steps: &[usize]) -> Option<Field<'a>> {
    steps.iter().try_fold(field.clone(), |field, at| field.nth(*at).map(|(_, member)| member))
}

/// Returns the fields at `path`, a path without the positions of some lists, such as `kyc.attempts.retryCode`. The
/// result has the field of each list element, in the order sent. If a key on the path is repeated, the fields of all
/// members with this key are included.
pub fn each_at<'a>(document: &'a Document, path: &str) -> Vec<Field<'a>> {
    let mut found = vec![document.root()];
    for step in path::steps(path) {
        let inner = |field: &Field<'a>| match &step {
            Step::Key(key) => field.elements().iter().flat_map(|element| element.children(key)).collect::<Vec<_>>(),
            Step::At(at) => field.elements().into_iter().skip(*at).take(1).collect(),
        };
        found = found.iter().flat_map(inner).collect();
    }
    found
}

struct Search<'s, 'a> {
    root: &'s Field<'a>,
    needle: &'s SearchPattern,
    mask: Mask,
    which: MatchChoice,
    steps: Vec<usize>,
    found: Option<Vec<usize>>,
}

impl Search<'_, '_> {
    fn members(&mut self, node: &Node, range: Range<usize>) {
        let (skipped, taken) = (range.start, range.len());
        match node {
            Node::Object(members) => {
                for (at, (key, node)) in members.iter().enumerate().skip(skipped).take(taken) {
                    self.value(at, Some(key.expose()), node);
                }
            }
            Node::List(elements) => {
                for (at, node) in elements.iter().enumerate().skip(skipped).take(taken) {
                    self.value(at, None, node);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, index: usize, key: Option<&str>, node: &Node) {
        if self.found.is_some() && self.which == MatchChoice::First {
            return;
        }
        self.steps.push(index);
        if key.is_some_and(|key| self.names(key)) || self.holds(node) {
            self.found = Some(self.steps.clone());
        }
        self.members(node, 0..usize::MAX);
        self.steps.pop();
    }

    fn names(&self, key: &str) -> bool {
        // As in `holds`, a path is built only for a possible match.
        self.needle.matches(key)
            && field_at_steps(self.root, &self.steps)
                .is_some_and(|field| self.needle.matches(masking::key(&field, self.mask).as_str()))
    }

    fn holds(&self, node: &Node) -> bool {
        if !node.expose().is_some_and(|text| self.needle.matches(text)) {
            return false;
        }
        // The path, which gives the privacy class, is built only for a possible match.
        field_at_steps(self.root, &self.steps).is_some_and(|field| {
            let seen = || masking::masked(&field, self.mask).is_some_and(|shown| self.needle.matches(shown.as_str()));
            !masking::is_hidden(&field, self.mask) || seen()
        })
    }
}

/// Finder for the fields of a document by their paths. It remembers the members of the object in which it found the
/// last field, so that many lookups in one object are fast.
pub struct Fields<'a> {
    document: &'a Document,
    /// The object in which the last field was found: its path, the object itself, and the position of each of its
    /// members by key.
    parent: Option<(String, Field<'a>, HashMap<&'a str, usize>)>,
}

impl<'a> Fields<'a> {
    /// Creates a finder for the fields of a document.
    pub const fn of(document: &'a Document) -> Self {
        Self { document, parent: None }
    }

    /// Returns the field at a path; `None` if it was not sent. See [`Document::field`].
    pub fn at_path(&mut self, path: &str) -> Option<Field<'a>> {
        let Some(Step::Key(key)) = path::steps(path).last() else { return self.document.field(path) };
        let above = path::parent(path)?;
        if self.parent.as_ref().is_none_or(|(known, ..)| known != above) {
            let parent = if above.is_empty() { self.document.root() } else { self.document.field(above)? };
            let members = parent.node().members().iter().enumerate();
            let places = members.map(|(at, (key, _))| (key.expose(), at)).collect();
            self.parent = Some((above.to_owned(), parent, places));
        }
        let (_, parent, places) = self.parent.as_ref()?;
        parent.nth(*places.get(&*key)?).map(|(_, member)| member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::Document;

    fn found(json: &str, pattern: &str, mask: Mask, which: MatchChoice) -> Option<String> {
        let document = Document::parse_copy(json.as_bytes(), true);
        let root = document.root();
        let pattern = SearchPattern::new(pattern).expect("something to look for");
        let steps = find(&root, 0..usize::MAX, &pattern, mask, which)?;
        field_at_steps(&root, &steps).map(|field| field.path().to_owned())
    }

    #[test]
    fn a_path_without_positions_leads_to_the_fields_of_all_elements() {
        let json = r#"{"a":[{"b":1},{"c":0},{"b":[{"c":2},{"c":3}]}],"a":{"b":{"c":4}},"d":[[{"e":1}]]}"#;
        let document = Document::parse_copy(json.as_bytes(), true);
        let paths = |path| each_at(&document, path).iter().map(|field| field.path().to_owned()).collect::<Vec<_>>();
        assert_eq!(paths("a.b.c"), ["a[2].b[0].c", "a[2].b[1].c", "a.b.c"]);
        assert_eq!(paths("a[2].b.c"), ["a[2].b[0].c", "a[2].b[1].c"]);
        assert_eq!(paths("d.e"), [""; 0], "an element that is a list is no object");
        assert_eq!(paths("a.nothing"), [""; 0]);
    }

    const SENT: &str = r#"{"a":{"b":["x","Needle"]},"needle_key":1,"c":[{"d":"a needle"}],
        "data":{"identityNumber":"900101-1234567","full_name":"Kim Minjun"}}"#;

    #[test]
    fn keys_and_values_are_found_in_the_order_sent() {
        assert_eq!(found(SENT, "needle", Mask::None, MatchChoice::First).as_deref(), Some("a.b[1]"));
        assert_eq!(found(SENT, "needle", Mask::None, MatchChoice::Last).as_deref(), Some("c[0].d"));
        assert_eq!(found(SENT, "NEEDLE_K", Mask::None, MatchChoice::Last).as_deref(), Some("needle_key"));
        assert_eq!(found(SENT, "nowhere", Mask::None, MatchChoice::First), None);
    }

    #[test]
    fn fields_are_the_same_as_those_of_the_document() {
        let document = Document::parse_copy(SENT.as_bytes(), true);
        let mut fields = Fields::of(&document);
        for path in ["a.b[1]", "a.b", "needle_key", "data.full_name", "data.identityNumber", "c[0].d", "c[1].d", "no"] {
            let (one, other) = (fields.at_path(path), document.field(path));
            assert_eq!(one.map(|field| field.text()), other.map(|field| field.text()), "{path}");
        }
    }

    #[test]
    fn raw_text_is_not_searched_for_what_looks_like_a_number() {
        let deep = format!(r#"{{"deep":{}"x 900101-1234567"{}}}"#, "[".repeat(140), "]".repeat(140));
        assert_eq!(found(&deep, "900101", Mask::Ids, MatchChoice::First), None);
        assert!(found(&deep, "900101", Mask::None, MatchChoice::First).is_some());
    }

    #[test]
    fn what_a_mask_hides_is_not_found() {
        assert_eq!(found(SENT, "900101", Mask::None, MatchChoice::First).as_deref(), Some("data.identityNumber"));
        assert_eq!(found(SENT, "900101", Mask::Ids, MatchChoice::First), None);
        assert_eq!(
            found(SENT, "4567", Mask::Ids, MatchChoice::First).as_deref(),
            Some("data.identityNumber"),
            "its end is shown"
        );
        assert_eq!(found(SENT, "minjun", Mask::Ids, MatchChoice::First).as_deref(), Some("data.full_name"));
        assert_eq!(found(SENT, "minjun", Mask::All, MatchChoice::First), None);
    }
}
