//! Holds the members of a JSON object and finds them by their keys.

use std::ops::Deref;
use std::slice;

use super::Node;
use crate::text::Untrusted;

/// Largest number of members that [`Members`] searches one by one for a key. Larger objects have an index.
const MAX_UNINDEXED_MEMBERS: usize = 32;

/// The members of a JSON object: keys and values in the order sent. An object with many members also keeps an index of
/// its keys, because each tab of the screen finds hundreds of fields by their keys.
#[derive(Clone, Default)]
pub struct Members {
    list: Box<[(Untrusted, Node)]>,
    by_key: Option<Box<MemberPlaces>>,
}

/// Index of an object with many members: the positions of the members, sorted by key. Members with the same key keep
/// the order sent.
#[derive(Clone)]
struct MemberPlaces(Box<[u32]>);

impl Members {
    pub(super) fn new(list: Vec<(Untrusted, Node)>) -> Self {
        let list = list.into_boxed_slice();
        let by_key = (list.len() > MAX_UNINDEXED_MEMBERS).then(|| {
            let mut places: Box<[u32]> = (0..).take(list.len()).collect();
            let key = |at: &u32| list.get(*at as usize).map(|(key, _)| key);
            places.sort_by(|one, other| key(one).cmp(&key(other)));
            Box::new(MemberPlaces(places))
        });
        Self { list, by_key }
    }

    /// Returns the values of all members with the given key, in the order sent: several values if the key is repeated.
    pub fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Node> {
        self.positions(key).filter_map(|at| self.list.get(at)).map(|(_, node)| node)
    }

    /// Returns the indexes of all members of this object with the given key, in ascending order. Members that were not
    /// parsed are not found.
    pub fn positions(&self, key: &str) -> impl DoubleEndedIterator<Item = usize> {
        let places = self.by_key.as_ref().map(|places| {
            let key_at = |at: &u32| self.list.get(*at as usize).map_or("", |(key, _)| key.expose());
            let start = places.0.partition_point(|at| key_at(at) < key);
            let same = places.0.get(start..).unwrap_or_default();
            same.get(..same.partition_point(|at| key_at(at) == key)).unwrap_or_default()
        });
        let few = if places.is_some() { 0 } else { self.list.len() };
        let is_it = move |at: &usize| self.list.get(*at).is_some_and(|(known, _)| known.expose() == key);
        let found = places.unwrap_or_default().iter().map(|at| *at as usize).chain((0..few).filter(is_it));
        found.filter(|at| self.list.get(*at).is_some_and(|(_, node)| !node.is_rest()))
    }
}

impl Deref for Members {
    type Target = [(Untrusted, Node)];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'m> IntoIterator for &'m Members {
    type Item = &'m (Untrusted, Node);
    type IntoIter = slice::Iter<'m, (Untrusted, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}
