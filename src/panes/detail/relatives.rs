//! Submissions that belong to the shown one.

use jiff::Timestamp;

use crate::store::Links;
use crate::text::{Class, Safe, Value};

/// Submissions that belong to the shown one: by the word of the service, and by what loaded ones have in common with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relatives {
    /// The strongest ties first, then the newest.
    pub each: Vec<Relative>,
    /// Further ones that are not listed.
    pub more: usize,
    /// How much is loaded, and whether that is all: nothing else was looked through.
    pub scope: Safe,
}

/// A submission that belongs to the shown one.
#[derive(Clone, Debug, PartialEq)]
pub struct Relative {
    /// Its id.
    pub id: Box<str>,
    /// How private that is: it may be a number of a person in either submission.
    pub id_class: Class,
    /// By what.
    pub ties: Links,
    /// What the list knows of it; none for one that is not loaded.
    pub known: Option<KnownRelative>,
}

/// What the list knows of a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRelative {
    /// When it was created, if that parses.
    pub created: Option<Timestamp>,
    /// Its status as sent.
    pub status: Value,
    /// The applicant's name.
    pub name: Value,
}
