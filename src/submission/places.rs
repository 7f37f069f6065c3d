//! Builds a tree of keys from the documented paths, for code that goes through a submission member by member.

use std::sync::LazyLock;

use super::fields::FIELDS;

/// Documented paths of objects and lists whose content is not documented.
const OPAQUE: [&str; 1] = ["aml.raw_data"];

/// Documented paths of lists, and of objects whose member names are open (not fixed by the documentation).
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
const ANY: &str = "*";

static TREE: LazyLock<Branch> = LazyLock::new(|| {
    let mut tree = Branch::default();
    for (path, ..) in FIELDS {
        tree.grow(path, path, |branch| branch.documented = true);
    }
    for path in OPAQUE {
        tree.grow(path, path, |branch| branch.opaque = true);
    }
    for path in LISTS {
        tree.grow(path, path, |branch| branch.listed = true);
    }
    tree
});

/// One key in the tree of documented paths: the path up to this key, and the keys below it.
#[derive(Default)]
pub(super) struct Branch {
    path: &'static str,
    members: Vec<(&'static str, Self)>,
    documented: bool,
    opaque: bool,
    listed: bool,
}

impl Branch {
    /// Adds the keys in `left` to the tree of documented paths, below this branch. `left` is the part of the documented
    /// path `path` after the key of this branch. Keys that the tree has already are kept. At the end, `end` is called
    /// with the branch of the last key, for example to mark the branch as documented.
    fn grow(&mut self, path: &'static str, left: &'static str, end: fn(&mut Self)) {
        let (key, rest) = left.split_once('.').map_or((left, None), |(key, rest)| (key, Some(rest)));
        if self.member(key).is_none() {
            let length = path.len() - rest.map_or(0, |rest| rest.len() + 1);
            let path = path.get(..length).unwrap_or_default();
            self.members.push((key, Self { path, ..Self::default() }));
        }
        let branch = self.members.iter_mut().find(|(known, _)| *known == key);
        match (branch, rest) {
            (Some((_, branch)), Some(rest)) => branch.grow(path, rest, end),
            (Some((_, branch)), None) => end(branch),
            (None, _) => {}
        }
    }

    fn member(&self, key: &str) -> Option<&Self> {
        self.members.iter().find(|(known, _)| *known == key).map(|(_, branch)| branch)
    }
}

/// Place in a submission that the documentation describes.
#[derive(Clone, Copy)]
pub(super) enum DocumentedPlace {
    /// A place on one documented path, given as its key in the tree of documented paths. There are two keys if one of
    /// them is `*`, which fits any name.
    Known([Option<&'static Branch>; 2]),
    /// A place at or below a value that is shown as a whole, because its content is not documented. The text is the
    /// documented path of that value, or empty if the value is undocumented.
    Within(&'static str),
}

impl DocumentedPlace {
    /// Returns the place of the whole submission, which has the empty path.
    pub(super) fn root() -> Self {
        Self::Known([Some(&TREE), None])
    }

    /// Returns the place of the member with the key `key` in the object at this place of a submission. Returns `None`
    /// if the service's documentation does not describe such a member.
    pub(super) fn member(self, key: &str) -> Option<Self> {
        let Self::Known(branches) = self else { return Some(self) };
        let mut found = branches.into_iter().flatten().flat_map(|branch| [branch.member(key), branch.member(ANY)]);
        let mut found = || found.find_map(|branch: Option<&'static Branch>| branch);
        let branches = [Some(found()?), found()];
        let opaque = branches.iter().flatten().find(|branch| branch.opaque);
        Some(opaque.map_or(Self::Known(branches), |branch| Self::Within(branch.path)))
    }

    /// Returns the documented path of this place. If this place is inside a value whose content is not documented,
    /// returns the documented path of that value, or an empty text if that value is undocumented itself.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Known(branches) => branches.into_iter().flatten().next().map_or("", |branch| branch.path),
            Self::Within(path) => path,
        }
    }

    /// Returns whether the documentation allows a scalar (a text, a number or a boolean) at this place of a submission.
    pub(super) fn takes_scalar(self) -> bool {
        self.is(|branch| branch.documented) || matches!(self, Self::Within(_))
    }

    /// Returns whether the documentation describes many values at this place in a submission: a list, or an object
    /// whose keys the service chooses.
    pub(super) fn is_listed(self) -> bool {
        self.is(|branch| branch.listed)
    }

    /// Returns whether the service, and not the documentation, chooses the keys of the object at this place of a
    /// submission, as in the object `OCR_raw`.
    pub(super) fn has_open_names(self) -> bool {
        self.is(|branch| branch.member(ANY).is_some())
    }

    fn is(self, mut fits: impl FnMut(&Branch) -> bool) -> bool {
        matches!(self, Self::Known(branches) if branches.iter().flatten().any(|branch| fits(branch)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_a_documented_place() {
        for path in LISTS {
            let place = path.split('.').try_fold(DocumentedPlace::root(), DocumentedPlace::member);
            assert!(place.is_some_and(DocumentedPlace::is_listed), "{path}");
            let known =
                FIELDS.iter().any(|(known, ..)| known.strip_prefix(path).is_some_and(|rest| !rest.starts_with('_')));
            assert!(known, "{path} is in no table");
        }
    }

    #[test]
    fn open_names_and_opaque_content_are_told_apart() {
        let at = |path: &str| path.split('.').try_fold(DocumentedPlace::root(), DocumentedPlace::member);
        assert!(at("OCR_raw").unwrap().has_open_names());
        assert!(matches!(at("OCR_raw.any.value"), Some(DocumentedPlace::Known(_))));
        assert!(matches!(at("aml.raw_data.anything"), Some(DocumentedPlace::Within("aml.raw_data"))));
        assert!(at("aml.anything").is_none() && at("kyc.result").unwrap().takes_scalar());
        assert!(!at("kyc").unwrap().takes_scalar());
    }
}
