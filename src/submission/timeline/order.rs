//! The orders in which events are shown, each a list of their indexes: the events themselves stay where they are, since
//! an [overlap](super::Oddity::Overlap) names another one by its index.

use super::{Event, Kind};
use crate::submission::Node;
use crate::submission::path::{self, Step};

/// The order in which events are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The order of time.
    #[default]
    Time,
    /// Those of a kind together, each kind in the order of time.
    Kind,
    /// As the answer holds them.
    Received,
}

impl Order {
    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Time => Self::Kind,
            Self::Kind => Self::Received,
            Self::Received => Self::Time,
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Time => "in the order of time",
            Self::Kind => "by kind",
            Self::Received => "as received",
        }
    }
}

/// Kinds that are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What happens once to a submission, from the check before it to its result.
    Submission,
    /// The camera processes.
    Camera,
    /// The calls of the attempts, and attempts and retries without a call.
    Calls,
    /// What was changed: by the service, in the memo, by an admin.
    Changes,
    /// The attempts at an injection.
    Injections,
}

impl Group {
    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Submission => "Submission",
            Self::Camera => "Camera processes",
            Self::Calls => "Calls of attempts",
            Self::Changes => "Changes afterwards",
            Self::Injections => "Injections",
        }
    }
}

impl Kind {
    /// The group that it belongs to.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::PreVerification | Self::Created | Self::Start | Self::Pending | Self::Result => Group::Submission,
            Self::Camera => Group::Camera,
            Self::Call | Self::Attempt | Self::Retry => Group::Calls,
            Self::Updated | Self::Memo | Self::AdminUpdate => Group::Changes,
            Self::Injection => Group::Injections,
        }
    }
}

/// Indexes of events that are in the order of time, put in an order. `received` is what [`received`] gives.
pub(super) fn indexes(events: &[Event<'_>], received: &[usize], order: Order) -> Vec<usize> {
    match order {
        Order::Time => (0..events.len()).collect(),
        Order::Kind => {
            let mut kinds: Vec<(Group, usize)> = events.iter().map(|event| event.kind.group()).zip(0..).collect();
            kinds.sort_by_key(|(group, _)| *group);
            kinds.into_iter().map(|(_, index)| index).collect()
        }
        Order::Received => received.to_vec(),
    }
}

/// Indexes of the events by where in the answer the first of their times stands, or what they are told by.
pub(super) fn received(root: &Node, events: &[Event<'_>]) -> Vec<usize> {
    let mut indexes: Vec<usize> = (0..events.len()).collect();
    indexes.sort_by_cached_key(|index| {
        let event = events.get(*index)?;
        let time = event.start.as_ref().or(event.end.as_ref());
        Some(place(root, time.map_or(&event.subject, |time| &time.field).path()))
    });
    indexes
}

/// The positions that lead to the value at a path: they are in the order of the answer.
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
