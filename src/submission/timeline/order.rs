//! The orders in which events are shown, each a list of their indexes: the events themselves stay where they are, since
//! an [overlap](super::Oddity::Overlap) names another one by its index.

use std::collections::HashMap;
use std::ptr;

use super::{Event, Kind};
use crate::submission::Node;

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
    let node_of = |event: &Event<'_>| {
        let time = event.start.as_ref().or(event.end.as_ref());
        ptr::from_ref(time.map_or(&event.subject, |time| &time.field).node())
    };
    // Only these are looked up on the way: an answer may hold many more values.
    let mut places: HashMap<*const Node, usize> = events.iter().map(|event| (node_of(event), usize::MAX)).collect();
    number(root, &mut 0, &mut places);
    let mut indexes: Vec<usize> = (0..events.len()).collect();
    indexes.sort_by_key(|index| events.get(*index).and_then(|event| places.get(&node_of(event))).copied());
    indexes
}

/// Notes the place of each wanted node, counted as they stand in the answer.
fn number(node: &Node, next: &mut usize, places: &mut HashMap<*const Node, usize>) {
    if let Some(place) = places.get_mut(&ptr::from_ref(node)) {
        *place = *next;
    }
    *next += 1;
    match node {
        Node::Object(members) => members.iter().for_each(|(_, member)| number(member, next, places)),
        Node::List(elements) => elements.iter().for_each(|element| number(element, next, places)),
        _ => {}
    }
}
