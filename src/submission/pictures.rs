//! The pictures of a submission: their kinds, and which of them its record names.
//!
//! A record names a picture by a link, such as `image.idImage`. The link itself cannot be downloaded; the picture is
//! requested with `GET /image` (the service's documentation, "Get image").

use strum::VariantArray;

use super::Document;

/// Kind of a picture of a submission, such as the selfie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum PictureKind {
    /// The front of the identity document.
    Front,
    /// The back of the identity document.
    Back,
    /// The picture of the applicant's face.
    Selfie,
    /// The document that shows the applicant's address.
    Address,
}

impl PictureKind {
    /// Returns the name of the kind in requests of the service, such as `idImage`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Front => "idImage",
            Self::Back => "idBackImage",
            Self::Selfie => "selfieImage",
            Self::Address => "addressImage",
        }
    }

    /// Returns the position of the kind in the order of the enum, counted from 0.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the name of the kind for the screen, such as `ID back`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Front => "ID front",
            Self::Back => "ID back",
            Self::Selfie => "Selfie",
            Self::Address => "Address",
        }
    }

    /// Returns the path of the field that names this picture in a record, such as `image.idImage`.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Front => "image.idImage",
            Self::Back => "image.idBackImage",
            Self::Selfie => "image.selfieImage",
            Self::Address => "image.addressImage",
        }
    }
}

/// The pictures that the record of a submission names, and whether other pictures may exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedPictures {
    /// The record tells all: it names exactly these pictures, and no others exist. The list may be empty.
    Told(Vec<PictureKind>),
    /// The record names these pictures, but does not tell whether others exist. It is no full record, was not parsed as
    /// a whole, repeats a key, or has no filled object `image`.
    Untold(Vec<PictureKind>),
}

/// No picture is named, and each picture may exist.
impl Default for NamedPictures {
    fn default() -> Self {
        Self::Untold(Vec::new())
    }
}

impl NamedPictures {
    /// Reads which pictures `record`, the record of a submission, names.
    pub fn of(record: &Document) -> Self {
        let is_named = |kind: &PictureKind| record.field(kind.path()).is_some_and(|link| !link.is_empty());
        let named: Vec<PictureKind> = PictureKind::VARIANTS.iter().copied().filter(is_named).collect();
        let is_complete = record.is_full_record() && record.is_read_whole() && !record.repeats();
        let is_told = is_complete && record.field("image").is_some_and(|image| !image.is_empty());
        if is_told || named.len() == PictureKind::VARIANTS.len() { Self::Told(named) } else { Self::Untold(named) }
    }

    /// Returns the kinds of the pictures to request: those that the record names, or all kinds if others may exist.
    pub fn kinds(&self) -> &[PictureKind] {
        match self {
            Self::Told(kinds) => kinds,
            Self::Untold(_) => PictureKind::VARIANTS,
        }
    }

    /// Returns whether the record names the picture of the kind `kind`. False does not mean that there is no such
    /// picture.
    pub fn names(&self, kind: PictureKind) -> bool {
        let (Self::Told(named) | Self::Untold(named)) = self;
        named.contains(&kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(record: &str, is_full_record: bool) -> NamedPictures {
        NamedPictures::of(&Document::parse_copy(record.as_bytes(), is_full_record))
    }

    #[test]
    fn only_a_full_record_with_the_object_image_says_which_pictures_exist() {
        let record = r#"{"submission_id":"a","image":{"idImage":"https://images.example.com/1","idBackImage":"",
            "selfieImage":null,"addressImage":"https://images.example.com/4"}}"#;
        assert_eq!(named(record, true), NamedPictures::Told(vec![PictureKind::Front, PictureKind::Address]));
        let some = vec![PictureKind::Front, PictureKind::Address];
        assert_eq!(named(record, false), NamedPictures::Untold(some), "list data may leave others out");
        let empty = r#"{"image":{"idImage":"","selfieImage":"","idBackImage":"","addressImage":""}}"#;
        assert_eq!(named(empty, true), NamedPictures::Told(Vec::new()));
        for record in [r#"{"submission_id":"a"}"#, r#"{"image":{}}"#, r#"{"image":null}"#, "no JSON"] {
            assert_eq!(named(record, true), NamedPictures::default(), "{record}");
        }
        let all = r#"{"image":{"idImage":"a","selfieImage":"b","idBackImage":"c","addressImage":"d"}}"#;
        assert_eq!(named(all, false), NamedPictures::Told(PictureKind::VARIANTS.to_vec()), "none is left to name");
        let twice = r#"{"image":{"idImage":"a"},"image":{"selfieImage":"b"}}"#;
        assert_eq!(named(twice, true).kinds(), PictureKind::VARIANTS);
    }

    #[test]
    fn every_kind_is_named_by_a_documented_field() {
        let documented = include_str!("../../tests/data/documented_paths.txt");
        for kind in PictureKind::VARIANTS {
            assert!(documented.lines().any(|line| line == kind.path()), "{}", kind.path());
            assert!(kind.path().ends_with(kind.word()), "{}", kind.path());
        }
    }
}
