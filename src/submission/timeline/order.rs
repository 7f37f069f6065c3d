//! Computes the orders in which events are shown, each as a list of indexes. The events themselves are not moved, since
//! an [overlap](super::Oddity::Overlap) refers to another event by its index.

use super::{Event, EventKind};
use crate::submission::Node;
use crate::submission::path::{self, Step};

/// Order in which the events of a submission are shown on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventOrder {
    /// The order of time.
    #[default]
    Time,
    /// Grouped by kind ([`EventGroup`]), each group in the order of time.
    Kind,
    /// The order in which the JSON of the submission has the events.
    Received,
}

impl EventOrder {
    /// Returns the order of the events that follows this one when the user presses the key for the next order. The
    /// first order follows the last.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Time => Self::Kind,
            Self::Kind => Self::Received,
            Self::Received => Self::Time,
        }
    }

    /// Returns the words that describe this order of the events to the user, such as `by kind`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Time => "in the order of time",
            Self::Kind => "by kind",
            Self::Received => "as received",
        }
    }
}

/// Group of kinds of events that is shown under one heading if the events are grouped by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventGroup {
    /// The events of the submission itself, such as its creation, its result, and the network check before it.
    Submission,
    /// The camera processes.
    Camera,
    /// The step calls of attempts (calls of `step1` or `step2` of the service), and attempts and retries without such a
    /// call.
    Calls,
    /// Changes of the submission by the service or by an admin, and changes of the memo.
    Changes,
    /// The checks of an address that the applicant entered (`Injection_action`).
    Injections,
}

impl EventGroup {
    /// Returns the heading of this group of events on the screen, such as `Camera processes`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submission => "Submission",
            Self::Camera => "Camera processes",
            Self::Calls => "Requests of attempts",
            Self::Changes => "Changes afterwards",
            Self::Injections => "Address checks",
        }
    }
}

impl EventKind {
    /// Returns the group in which events of this kind are shown.
    pub const fn group(self) -> EventGroup {
        match self {
            Self::PreVerification | Self::Created | Self::Start | Self::Pending | Self::Result => {
                EventGroup::Submission
            }
            Self::Camera => EventGroup::Camera,
            Self::Call | Self::Attempt | Self::Retry => EventGroup::Calls,
            Self::Updated | Self::Memo | Self::AdminUpdate => EventGroup::Changes,
            Self::Injection => EventGroup::Injections,
        }
    }
}

/// Returns the indexes of the events, sorted in the order `order`. `events` must be in the order of time. `received`
/// has the indexes in the order of the JSON of the submission, as [`received`] returns them.
pub(super) fn indexes(events: &[Event<'_>], received: &[usize], order: EventOrder) -> Vec<usize> {
    match order {
        EventOrder::Time => (0..events.len()).collect(),
        EventOrder::Kind => {
            let mut kinds: Vec<(EventGroup, usize)> = events.iter().map(|event| event.kind.group()).zip(0..).collect();
            kinds.sort_by_key(|(group, _)| *group);
            kinds.into_iter().map(|(_, index)| index).collect()
        }
        EventOrder::Received => received.to_vec(),
    }
}

/// Returns the indexes of the events in the order in which the JSON of the submission has them. The position of an
/// event is that of the JSON field with its time. If no time was sent, the position is that of the JSON object that
/// describes the event. `root` is the whole submission.
pub(super) fn received(root: &Node, events: &[Event<'_>]) -> Vec<usize> {
    let mut indexes: Vec<usize> = (0..events.len()).collect();
    indexes.sort_by_cached_key(|index| {
        let event = events.get(*index)?;
        let time = event.start.as_ref().or(event.end.as_ref());
        Some(place(root, time.map_or(&event.subject, |time| &time.field).path()))
    });
    indexes
}

/// Returns the position of the value at a path in the submission `root`: the index of the member or element at each
/// level from the root. Sorting by these lists of indexes gives the order in which the JSON has the values.
fn place(root: &Node, path: &str) -> Vec<usize> {
    let (mut node, mut place) = (root, Vec::new());
    for step in path::steps(path) {
        let found = match (step, node) {
            (Step::Key(key), Node::Object(members)) => {
                let at = members.positions(&key).next_back();
                at.and_then(|at| members.get(at).map(|(_, member)| (at, member)))
            }
            (Step::At(at), Node::List(elements)) => elements.get(at).map(|element| (at, element)),
            _ => None,
        };
        let Some((at, next)) = found else { break };
        place.push(at);
        node = next;
    }
    place
}
