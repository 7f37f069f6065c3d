//! Follows a path in a submission member by member, and tells what the documentation says about each place on it.

use super::fields::TreePlace;

/// Documented place in a submission: one that the service's documentation describes.
#[derive(Clone, Copy)]
pub(super) enum DocumentedPlace {
    /// A place on a documented path.
    Known(TreePlace),
    /// A place at or below a value that is shown as a whole, because its content is not documented. The text is the
    /// documented path of that value, or empty if the value is undocumented.
    Within(&'static str),
}

impl DocumentedPlace {
    /// Returns the place of the whole submission, which has the empty path.
    pub(super) fn root() -> Self {
        Self::Known(TreePlace::root())
    }

    /// Returns the place of the member with the key `key` in the object at this place of a submission. Returns `None`
    /// if the service's documentation does not describe such a member.
    pub(super) fn member(self, key: &str) -> Option<Self> {
        let Self::Known(place) = self else { return Some(self) };
        let member = place.member(key)?;
        Some(if member.is_opaque() { Self::Within(member.path()) } else { Self::Known(member) })
    }

    /// Returns the documented path of this place. If this place is inside a value whose content is not documented,
    /// returns the documented path of that value, or an empty text if that value is undocumented itself.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Known(place) => place.path(),
            Self::Within(path) => path,
        }
    }

    /// Returns whether the documentation allows a scalar (a text, a number or a boolean) at this place of a submission.
    pub(super) fn takes_scalar(self) -> bool {
        match self {
            Self::Known(place) => place.field().is_some(),
            Self::Within(_) => true,
        }
    }

    /// Returns whether the documentation describes many values at this place in a submission: a list, or an object
    /// whose keys the service chooses.
    pub(super) fn is_listed(self) -> bool {
        matches!(self, Self::Known(place) if place.is_listed())
    }

    /// Returns whether the service, and not the documentation, chooses the keys of the object at this place of a
    /// submission, as in the object `OCR_raw`.
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
