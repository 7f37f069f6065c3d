//! Linked submissions: submissions that belong to the shown one.

use jiff::Timestamp;

use crate::store::Links;
use crate::text::{Class, Safe, Value};

/// Submissions that belong to the shown one: the service reports them as duplicates, or they are loaded and share a
/// value with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relatives {
    /// The linked submissions: those with the strongest links first, then the newest.
    pub each: Vec<Relative>,
    /// Number of further linked submissions that are not listed.
    pub more: usize,
    /// Number of loaded submissions in words, and whether these are all. Only loaded submissions were compared.
    pub scope: Safe,
}

/// A submission that belongs to the shown one.
#[derive(Clone, Debug, PartialEq)]
pub struct Relative {
    /// The id of the linked submission.
    pub id: Box<str>,
    /// The privacy class of the id, which may be a person's identity number in either submission.
    pub id_class: Class,
    /// The links between the two submissions.
    pub ties: Links,
    /// The values that the list has of the submission; `None` if it is not loaded.
    pub known: Option<KnownRelative>,
}

/// Values that the list has of a linked submission.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRelative {
    /// The time at which the submission was created; `None` if the time does not parse.
    pub created: Option<Timestamp>,
    /// The status of the submission as sent.
    pub status: Value,
    /// The applicant's name.
    pub name: Value,
}
