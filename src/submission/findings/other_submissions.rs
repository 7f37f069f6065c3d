//! Counts other submissions of the same person in the service's lists of duplicates.

use std::collections::HashSet;

use super::counted;
use crate::submission::assessment::is_contested;
use crate::submission::document::{Document, Field};
use crate::text::Safe;

/// Number of other submissions of the same person in one of the service's lists of duplicates, such as
/// `duplicated_users`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherSubmissions {
    /// Number of other submissions that the list of duplicates names, each counted once.
    pub count: usize,
    /// Whether the list of duplicates was sent more than once with different values, so that the count may be wrong.
    pub is_unclear: bool,
}

impl OtherSubmissions {
    /// Returns the number in words for the screen, such as `2 other submissions`. If the list was sent more than once
    /// with different values, the words say that too.
    pub fn words(&self) -> Safe {
        let named = match self.count {
            0 => Safe::from_static("no other submission"),
            many => counted(many, "other submission", "other submissions"),
        };
        let doubt = if self.is_unclear { "; sent more than once, with different values" } else { "" };
        Safe::concat(&[named, Safe::from_static(doubt)])
    }
}

/// Counts the other submissions of the same person in the list of duplicates at `path`, such as `duplicated_users`.
/// Returns `None` if the list was not sent.
pub fn count_other_submissions(document: &Document, path: &str) -> Option<OtherSubmissions> {
    let own = document.text("submission_id");
    let copies = document.root().children(path);
    let is_unclear = is_contested(copies.last()?);
    let ids: Vec<Field<'_>> = copies.iter().flat_map(Field::elements).collect();
    let is_other = |id: &&Field<'_>| !id.is_empty() && id.text().is_none_or(|id| Some(id) != own);
    let others = || ids.iter().filter(is_other);
    let named: HashSet<&str> = others().filter_map(Field::text).collect();
    let nameless = others().filter(|id| id.text().is_none()).count();
    // Elements that were not read are almost certainly other submissions.
    let unread = copies.iter().map(|copy| copy.node().unparsed_elements()).max().unwrap_or_default();
    Some(OtherSubmissions { count: named.len() + nameless + unread, is_unclear })
}
