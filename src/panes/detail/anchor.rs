//! Anchors: names for the things that the lines of a tab show, such as fields. By the anchor, the code that reveals,
//! copies, folds or jumps finds its line.

use std::ops::Range;

use crate::submission::{Field, path};

/// The name of the thing that a line of a tab shows, such as a field.
///
/// An anchor stays the same if the lines of the tab are made again. By its anchor, the program then finds the line of
/// the cursor, the closed objects and lists of JSON trees, and the targets of jumps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The field at this path in the record of the submission, such as `kyc.attempts`.
    Field(String),
    /// A group of neighbouring members of a list or object, such as the members 0 to 99. The members of a long list are
    /// shown in groups.
    Members {
        /// The path of the list or object that contains the members.
        path: String,
        /// The indexes of the members in the group: from the first member up to, but not including, the end.
        range: Range<usize>,
    },
    /// The linked submission at this index in the list of linked submissions.
    Linked(usize),
    /// The difference between list record and full record at this index in the list of differences.
    Difference(usize),
}

impl Anchor {
    /// Returns the anchor (the name of what a line shows) for the field at this path, such as `kyc.attempts`.
    pub fn of_path(path: impl Into<String>) -> Self {
        Self::Field(path.into())
    }

    /// Returns the path of the field that the anchor names. `None` if the anchor names something else.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Field(path) => Some(path),
            Self::Members { .. } | Self::Linked(_) | Self::Difference(_) => None,
        }
    }

    /// Returns the anchor of the field that directly contains what this anchor names, such as the object around a
    /// member. `None` if this anchor names the whole submission, a linked submission, or a difference between list
    /// record and full record.
    pub fn parent(&self) -> Option<Self> {
        match self {
            Self::Field(path) => path::parent(path).map(Self::of_path),
            Self::Members { path, .. } => Some(Self::of_path(path)),
            Self::Linked(_) | Self::Difference(_) => None,
        }
    }

    /// Returns whether `other` names the field of this anchor, or something inside that field, such as a group of its
    /// members. The result is `false` if this anchor does not name a field.
    pub fn contains(&self, other: &Self) -> bool {
        let (Self::Field(outer), Self::Field(inner) | Self::Members { path: inner, .. }) = (self, other) else {
            return false;
        };
        let rest = inner.strip_prefix(outer.as_str());
        rest.is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

impl From<&Field<'_>> for Anchor {
    fn from(field: &Field<'_>) -> Self {
        Self::of_path(field.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_contains_its_members_and_their_groups() {
        let list = Anchor::of_path("kyc.attempts");
        let group = Anchor::Members { path: "kyc.attempts".to_owned(), range: 0..100 };
        assert!(list.contains(&Anchor::of_path("kyc.attempts[1].errorCode")) && list.contains(&group));
        assert!(!list.contains(&Anchor::of_path("kyc.attemptsAll")) && !list.contains(&Anchor::Linked(0)));
        assert!(Anchor::of_path("").contains(&list), "the submission contains every field");
        assert_eq!(group.parent(), Some(list));
        assert_eq!(Anchor::of_path("").parent(), None);
        assert_eq!(Anchor::Linked(1).parent(), None);
    }
}
