//! Builds a tree of keys from the documented paths. A path is followed key by key in the tree, so that no path is
//! compared with the whole table of fields.

use std::sync::LazyLock;

use super::{DocumentedField, FIELDS, FieldRole};

/// Documented paths of objects and lists whose content is not documented.
const UNDOCUMENTED_CONTENT: [&str; 1] = ["aml.raw_data"];

/// Documented paths of lists, and of objects whose keys the service chooses.
const LISTS: [&str; 19] = [
    "Injection_action",
    "OCR_raw",
    "additional_list",
    "aml.matches",
    "duplicated_selfie_users",
    "duplicated_users",
    "kyc.attempts",
    "kyc.comment",
    "kyc.commentCode",
    "kyc.retry",
    "kyc.retryMsg",
    "pre_verification",
    "project_options.policy_acceptedID",
    "project_options.policy_blacklistCountries",
    "project_options.webhook.members",
    "signals.cameraProcessInfo",
    "signals.faceAge",
    "updateHistory",
    "verification.faceAge",
];

/// Key in a documented path that fits any key, because the service chooses the name, such as the name of an OCR item.
const ANY_KEY: &str = "*";

static TREE: LazyLock<Branch> = LazyLock::new(|| {
    let mut tree = Branch::default();
    for (path, label, class, meaning) in FIELDS {
        let role = FieldRole::of(path);
        tree.grow(path, path, |branch| branch.field = Some(DocumentedField { path, label, class, meaning, role }));
    }
    for path in UNDOCUMENTED_CONTENT {
        tree.grow(path, path, |branch| branch.is_opaque = true);
    }
    for path in LISTS {
        tree.grow(path, path, |branch| branch.is_listed = true);
    }
    tree
});

/// One key in the tree of documented paths: the path up to this key, and the keys below it.
#[derive(Default)]
struct Branch {
    path: &'static str,
    /// The branches of the keys that the documentation gives by name, sorted by [`order`].
    named: Vec<(&'static str, Self)>,
    /// The branch of any other key, if the service chooses the names (a `*` in the path).
    open: Option<Box<Self>>,
    field: Option<DocumentedField>,
    is_opaque: bool,
    is_listed: bool,
}

/// Returns the sort key of the key `key` in a branch: its length, then the key itself. The length is first, since keys
/// of different lengths are compared faster.
const fn order(key: &str) -> (usize, &str) {
    (key.len(), key)
}

impl Branch {
    /// Adds the keys in `left` to the tree, below this branch. `left` is the rest of the documented path `path` after
    /// the key of this branch. Keys that the tree has already are kept.
    ///
    /// At the end, `end` is called with the branch of the last key, for example to set its field.
    fn grow(&mut self, path: &'static str, left: &'static str, end: impl FnOnce(&mut Self)) {
        let (key, rest) = left.split_once('.').map_or((left, None), |(key, rest)| (key, Some(rest)));
        let length = path.len() - rest.map_or(0, |rest| rest.len() + 1);
        let new = || Self { path: path.get(..length).unwrap_or_default(), ..Self::default() };
        let branch = if key == ANY_KEY {
            Some(&mut **self.open.get_or_insert_with(|| Box::new(new())))
        } else {
            let at = self.named.partition_point(|(known, _)| order(known) < order(key));
            if self.named.get(at).is_none_or(|(known, _)| *known != key) {
                self.named.insert(at, (key, new()));
            }
            self.named.get_mut(at).map(|(_, branch)| branch)
        };
        match (branch, rest) {
            (Some(branch), Some(rest)) => branch.grow(path, rest, end),
            (Some(branch), None) => end(branch),
            (None, _) => {}
        }
    }

    fn named(&self, key: &str) -> Option<&Self> {
        let at = self.named.binary_search_by(|(known, _)| order(known).cmp(&order(key))).ok()?;
        self.named.get(at).map(|(_, branch)| branch)
    }
}

/// Position in the tree of documented paths, reached by following a path key by key. It gives access to what the
/// documentation says about that path.
///
/// It consists of two branches if a key of the path fits both a documented key and a `*`, which fits any key.
#[derive(Clone, Copy)]
pub struct TreePlace {
    first: &'static Branch,
    second: Option<&'static Branch>,
    is_named: bool,
}

impl TreePlace {
    /// Returns the position of the whole submission, which has the empty path.
    pub fn root() -> Self {
        Self { first: &TREE, second: None, is_named: true }
    }

    /// Returns the position of the path `path` in the tree; `None` if no documented path begins like it. `path` has no
    /// list positions, such as `kyc.attempts.errorCode`.
    pub fn of(path: &str) -> Option<Self> {
        path.split('.').try_fold(Self::root(), Self::member)
    }

    /// Returns the position of the member with the key `key` in the object at this position; `None` if the
    /// documentation has no such member.
    pub fn member(self, key: &str) -> Option<Self> {
        let named = self.first.named(key).or_else(|| self.first.open.as_deref().filter(|_| key == ANY_KEY));
        let is_named = self.is_named && named.is_some();
        let others = self.second.into_iter().flat_map(|branch| [branch.named(key), branch.open.as_deref()]);
        let mut found = [named, self.first.open.as_deref()].into_iter().chain(others).flatten();
        Some(Self { first: found.next()?, second: found.next(), is_named })
    }

    /// Returns the documented path of this position, with a `*` for a key that the service chose.
    pub const fn path(self) -> &'static str {
        self.first.path
    }

    /// Returns the documented field at this position. Returns `None` if the documentation has only fields below it.
    pub fn field(self) -> Option<&'static DocumentedField> {
        self.branches().find_map(|branch| branch.field.as_ref())
    }

    /// Returns whether the documentation gives all keys of the path by name, so that the service chose none of them.
    pub const fn is_named(self) -> bool {
        self.is_named
    }

    /// Returns whether the value at this position is opaque: the documentation names the value but does not describe
    /// its content.
    pub fn is_opaque(self) -> bool {
        self.branches().any(|branch| branch.is_opaque)
    }

    /// Returns whether the documentation describes many values at this position: a list, or an object whose keys the
    /// service chooses.
    pub fn is_listed(self) -> bool {
        self.branches().any(|branch| branch.is_listed)
    }

    /// Returns whether the service chooses the keys of the object at this position, as in `OCR_raw`.
    pub fn has_open_names(self) -> bool {
        self.branches().any(|branch| branch.open.is_some())
    }

    fn branches(self) -> impl Iterator<Item = &'static Branch> {
        std::iter::once(self.first).chain(self.second)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::plain;
    use super::*;

    #[track_caller]
    fn check(path: &str) {
        let place = TreePlace::of(path);
        assert_eq!(place.is_some(), plain::is_place(path), "{path}");
        assert_eq!(place.is_some_and(TreePlace::is_named), plain::is_named(path), "{path} by name");
        let field = place.and_then(TreePlace::field).map(|field| (field.path, field.class, field.role));
        assert_eq!(field, plain::known(path), "{path}");
        assert_eq!(place.is_some_and(TreePlace::is_listed), LISTS.contains(&path), "{path} as a list");
    }

    #[test]
    fn each_documented_path_and_each_beginning_is_found() {
        for (path, ..) in FIELDS {
            for path in ["*", "some", "rotate"].map(|key| path.replace('*', key)) {
                let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
                ends.for_each(|end| check(path.get(..end).unwrap()));
            }
        }
    }

    proptest! {
        #[test]
        fn the_tree_finds_what_the_table_has(at in 0..FIELDS.len(), other in 0..FIELDS.len(), cut in 0..99_usize, changed in 0..9_usize, key in "\\*|value|rotate|[a-z.]{0,5}|data|kyc") {
            let (path, from) = (FIELDS[at].0, FIELDS[other].0);
            let mut keys: Vec<&str> = path.split('.').collect();
            let place = changed % keys.len();
            keys[place] = &key;
            check(&keys.join("."));
            let joined = format!("{path}.{from}");
            check(joined.get(..cut.min(joined.len())).unwrap());
            keys.truncate(place);
            keys.extend(from.split('.').skip(place));
            check(&keys.join("."));
        }
    }

    #[test]
    fn every_list_is_in_the_table() {
        for path in LISTS.into_iter().chain(UNDOCUMENTED_CONTENT) {
            let known =
                FIELDS.iter().any(|(known, ..)| known.strip_prefix(path).is_some_and(|rest| !rest.starts_with('_')));
            assert!(known && TreePlace::of(path).is_some(), "{path} is in no table");
        }
    }
}
