//! Draws the pictures of a submission: plainly invented documents and faces, made of simple shapes and letters. A
//! picture is drawn for each request and is not stored. The same submission always gives the same picture.
//!
//! Coordinates on the front of a document (assumed; the documentation names neither the unit nor the origin of
//! `OCR_raw.*.coordinates`): the corners of each value are in pixels from the upper left corner of the *upright*
//! picture. The picture that is sent may be turned against the upright one. `OCR_raw.rotate.value`, documented as
//! "rotation angle detected by OCR", says by how many degrees clockwise. A client therefore turns the picture back by
//! this angle, counterclockwise, before it uses the coordinates. An angle that is not a multiple of 90, such as `-1.5`,
//! is a tilt too small to matter; the demo sends such a picture upright.
//!
//! Scripts: Latin, Greek and Cyrillic are drawn as letters. Every other character is a box with the digits of its code
//! point; see [`lettering`].

mod canvas;
mod card;
pub(super) mod card_layout;
mod face;
mod lettering;

use image::DynamicImage;
use serde_json::{Map, Value};

use super::dice::{Dice, DiceStream};
use super::full_record::IdDocument;
use super::submission_plan::SubmissionPlan;

/// A kind of picture of a submission. The parameter `type` of `GET /image` names the kind that the client requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NamedPicture {
    /// The front of the document (`idImage`).
    Front,
    /// The back of the document (`idBackImage`).
    Back,
    /// The selfie: the face of the person (`selfieImage`).
    Selfie,
    /// The document that proves the address (`addressImage`).
    Address,
}

impl NamedPicture {
    /// All four kinds of pictures that a submission can have.
    pub(in super::super) const ALL: [Self; 4] = [Self::Front, Self::Back, Self::Selfie, Self::Address];

    /// Returns the service's name for this kind of picture, such as `selfieImage`. The parameter `type` of `GET /image`
    /// has this value. In the object `image` of a full record, it is the key of the picture's link.
    pub(in super::super) const fn word(self) -> &'static str {
        match self {
            Self::Front => "idImage",
            Self::Back => "idBackImage",
            Self::Selfie => "selfieImage",
            Self::Address => "addressImage",
        }
    }

    /// Returns whether `record`, the full record of a submission, has a link to this kind of picture. For a selfie,
    /// links in `kyc` count too, because a submission without a document has no block `image`.
    pub(in super::super) fn is_named_in(self, record: &Map<String, Value>) -> bool {
        let has = |object: Option<&Value>| object.is_some_and(|object| object.get(self.word()).is_some());
        let kyc = record.get("kyc");
        let attempts = kyc.and_then(|kyc| kyc.get("attempts")).and_then(Value::as_array);
        has(record.get("image")) || has(kyc) || attempts.is_some_and(|list| list.iter().any(|own| has(Some(own))))
    }
}

impl SubmissionPlan {
    /// Draws the picture of the kind `named` of this submission. Returns `None` if the full record has no link to such
    /// a picture.
    pub(crate) fn picture(&self, named: NamedPicture) -> Option<DynamicImage> {
        let record = self.full_record();
        let id_document = IdDocument::of(self);
        if !named.is_named_in(&record) {
            return None;
        }
        match named {
            NamedPicture::Front => Some(turned(card::front(self, &id_document?), &record)),
            NamedPicture::Back => Some(card::back(self, &id_document?)),
            NamedPicture::Selfie => Some(card::selfie(self)),
            NamedPicture::Address => Some(card::draw_address_letter(self)),
        }
    }

    /// Returns the random numbers that determine the drawing of the person's face. Submissions that the demo links
    /// because they show the same face get the same numbers.
    fn face(&self) -> Dice {
        let group = self.lookalikes.iter().chain([&self.id]).min().filter(|_| !self.lookalikes.is_empty());
        Dice::of_text(DiceStream::Face, group.unwrap_or(&self.person.identity_key()))
    }
}

/// Returns the picture `upright`, turned clockwise by the angle in `OCR_raw.rotate` of `record`, the full record. An
/// angle other than 90, 180 or 270 degrees changes nothing.
fn turned(upright: DynamicImage, record: &Map<String, Value>) -> DynamicImage {
    let angle = record.get("OCR_raw").and_then(|raw| raw.pointer("/rotate/value")).and_then(Value::as_str);
    match angle {
        Some("90") => upright.rotate90(),
        Some("180") => upright.rotate180(),
        Some("270") => upright.rotate270(),
        _ => upright,
    }
}
