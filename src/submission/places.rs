//! Follows a path in a submission key by key through the service's documentation.

use super::fields::TreePlace;

/// Position of a path in the service's documentation.
#[derive(Clone, Copy)]
pub(super) enum DocumentedPlace {
    /// A documented path.
    Known(TreePlace),
    /// A path at or below a value with undocumented content, which is shown as a whole. The text is the documented path
    /// of this value. The text is empty if the documentation does not name the value at all.
    Within(&'static str),
}

impl DocumentedPlace {
    /// Returns the position of the whole submission, which has the empty path.
    pub(super) fn root() -> Self {
        Self::Known(TreePlace::root())
    }

    /// Returns the position of the member with the key `key` in the object at this position. Returns `None` if the
    /// documentation has no such member. Below [`Self::Within`], every member has the position of the value that is
    /// shown as a whole.
    pub(super) fn member(self, key: &str) -> Option<Self> {
        let Self::Known(place) = self else { return Some(self) };
        let member = place.member(key)?;
        Some(if member.is_opaque() { Self::Within(member.path()) } else { Self::Known(member) })
    }

    /// Returns the documented path of this position, without list positions. For [`Self::Within`], this is the path of
    /// the value that is shown as a whole. It is empty if the documentation does not name that value.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Known(place) => place.path(),
            Self::Within(path) => path,
        }
    }

    /// Returns whether the documentation allows a scalar (a text, a number or a boolean) at this position.
    pub(super) fn takes_scalar(self) -> bool {
        match self {
            Self::Known(place) => place.field().is_some(),
            Self::Within(_) => true,
        }
    }

    /// Returns whether the documentation describes many values at this position: a list, or an object whose keys the
    /// service chooses.
    pub(super) fn is_listed(self) -> bool {
        matches!(self, Self::Known(place) if place.is_listed())
    }

    /// Returns whether the service chooses the keys of the object at this position, as in `OCR_raw`.
    pub(super) fn has_open_names(self) -> bool {
        matches!(self, Self::Known(place) if place.has_open_names())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
