//! Draws the pictures of a submission: plainly invented documents and faces, made of simple shapes and letters. A picture
//! is drawn when it is requested and not kept. The same submission always gives the same picture.
//!
//! Places in the front of a document (assumed; the documentation names neither the unit nor the origin of
//! `OCR_raw.*.coordinates`): the corners are in pixels and count from the upper left corner of the *upright* picture, the
//! one that the service read. `OCR_raw.rotate.value`, documented as "rotation angle detected by OCR", says by how many
//! degrees clockwise the document is turned in the picture as it is sent. So a client turns the picture back, counter
//! to the clock, by this angle, and then counts pixels. An angle that is not a multiple of 90, such as `-1.5`, is a
//! tilt too small to matter: the demo draws such a picture upright.
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

/// One of the pictures of a submission, as the parameter `type` of `GET /image` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NamedPicture {
    /// `idImage`: the front of the document.
    Front,
    /// `idBackImage`: the back of the document.
    Back,
    /// `selfieImage`: the face of the person.
    Selfie,
    /// `addressImage`: the document that proves the address.
    Address,
}

impl NamedPicture {
    /// All four kinds of pictures that a submission can have.
    pub(in super::super) const ALL: [Self; 4] = [Self::Front, Self::Back, Self::Selfie, Self::Address];

    /// Returns the name of this picture in the service. It is the value of the parameter `type` of `GET /image`, and
    /// the key under which the object `image` of a full record has the link to the picture.
    pub(in super::super) const fn word(self) -> &'static str {
        match self {
            Self::Front => "idImage",
            Self::Back => "idBackImage",
            Self::Selfie => "selfieImage",
            Self::Address => "addressImage",
        }
    }

    /// Returns whether `record`, the full record of a submission, names this picture. For a face, the links in `kyc`
    /// count too, because a submission without a document has no block `image`.
    pub(in super::super) fn is_named_in(self, record: &Map<String, Value>) -> bool {
        let has = |object: Option<&Value>| object.is_some_and(|object| object.get(self.word()).is_some());
        let kyc = record.get("kyc");
        let attempts = kyc.and_then(|kyc| kyc.get("attempts")).and_then(Value::as_array);
        has(record.get("image")) || has(kyc) || attempts.is_some_and(|list| list.iter().any(|own| has(Some(own))))
    }
}

impl SubmissionPlan {
    /// Draws the picture `named` of this submission; `None` if its full record does not name this picture.
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

    /// Returns the random numbers by which the face of the person is drawn. Submissions that the demo data link because
    /// their faces are alike get the same numbers, and so the same face.
    fn face(&self) -> Dice {
        let group = self.lookalikes.iter().chain([&self.id]).min().filter(|_| !self.lookalikes.is_empty());
        Dice::of_text(DiceStream::Face, group.unwrap_or(&self.person.identity_key()))
    }
}

/// Turns an upright picture by the angle in `OCR_raw.rotate` of `record`, clockwise.
fn turned(upright: DynamicImage, record: &Map<String, Value>) -> DynamicImage {
    let angle = record.get("OCR_raw").and_then(|raw| raw.pointer("/rotate/value")).and_then(Value::as_str);
    match angle {
        Some("90") => upright.rotate90(),
        Some("180") => upright.rotate180(),
        Some("270") => upright.rotate270(),
        _ => upright,
    }
}
