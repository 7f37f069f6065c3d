//! Linked submissions: submissions that the service reports as duplicates of the shown submission, or that share a
//! value with the shown submission.

use jiff::Timestamp;

use crate::store::{Link, Links};
use crate::text::{Class, Safe, Value};

/// The submissions that are linked to the shown submission. A submission is linked if the service reports it as a
/// duplicate. A loaded submission is also linked if it shares a value with the shown submission.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relatives {
    /// The linked submissions: first those with the strongest links (such as the same face), and among equal links the
    /// newest. The list is empty while a tab is shown that does not list them.
    pub listed: Vec<Relative>,
    /// Number of further linked submissions, which [`Self::listed`] leaves out.
    pub not_listed: usize,
    /// Whether further linked submissions may exist that are neither listed nor counted in [`Self::not_listed`]. This
    /// is so if not all submissions that share a value were counted.
    pub has_uncounted: bool,
    /// Number of loaded submissions that share a value with the shown submission, for each kind of value, such as the
    /// e-mail address. Submissions that [`Self::listed`] leaves out are counted too.
    pub counts: Vec<(Link, usize)>,
    /// Words for the number of loaded submissions, and for whether these are all submissions of the query. Only loaded
    /// submissions were searched for shared values.
    pub scope: Safe,
}

/// A submission that is linked to the shown submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Relative {
    /// The id of the linked submission.
    pub id: Box<str>,
    /// The privacy class of the id, which says at which mask levels the id is hidden. An id may be a person's identity
    /// number in the shown submission or in the linked submission.
    pub id_class: Class,
    /// The kinds of links between the linked submission and the shown submission, such as the same face.
    pub links: Links,
    /// Values that the list shows of the linked submission; `None` if the submission is not loaded.
    pub known: Option<KnownRelative>,
}

/// Values of a loaded submission that is linked to the shown submission: it is reported as a duplicate, or shares a
/// value such as the e-mail address. The values come from its list record (its item on a page of the list).
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRelative {
    /// The time at which the submission was created; `None` if the time does not parse.
    pub created: Option<Timestamp>,
    /// The status of the submission as sent, such as `approved`.
    pub status: Value,
    /// The applicant's name.
    pub name: Value,
}
