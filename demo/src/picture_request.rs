//! Answers a request for a picture (`GET /image`): one picture of one submission.

use axum::http::StatusCode;

use super::behaviour::{Behaviour, PictureFiles, PictureType};
use super::data::{DemoData, NamedPicture};
use super::delivery::HttpAnswer;
use super::faults::{Fault, FaultKind};
use super::picture_broken;
use super::picture_file::{EncodedPicture, ExifTurn};
use super::refusal::DemoRefusal;
use super::transfer;

/// The parsed and valid query parameters of a request for a picture.
pub(super) struct PictureRequest {
    submission_id: String,
    named: NamedPicture,
}

impl PictureRequest {
    /// Parses `pairs`, the names and values of the query parameters. The error is the reason why the server refuses the
    /// request. Both `submission_id` and `submissionId` are accepted for the id, since the documentation uses both. A
    /// missing `type` is an error, as documented; the form of this error is assumed.
    pub(super) fn read(pairs: &[(String, String)]) -> Result<Self, DemoRefusal> {
        let (mut id, mut named) = (None, None);
        for (name, value) in pairs {
            let twice = match name.as_str() {
                "submission_id" | "submissionId" if value.is_empty() => {
                    return Err(DemoRefusal::Format("submission_id"));
                }
                "submission_id" | "submissionId" => id.replace(value.clone()).is_some(),
                "type" => {
                    let picture = NamedPicture::ALL.into_iter().find(|picture| picture.word() == value);
                    named.replace(picture.ok_or(DemoRefusal::Format("type"))?).is_some()
                }
                _ => true,
            };
            if twice {
                return Err(DemoRefusal::Parameter(name.clone()));
            }
        }
        let missing = |name: &str| DemoRefusal::Parameter(name.to_owned());
        Ok(Self {
            submission_id: id.ok_or_else(|| missing("submission_id"))?,
            named: named.ok_or_else(|| missing("type"))?,
        })
    }

    /// Returns the answer with the requested picture, or the reason why the server refuses the request. `active_faults`
    /// holds the deliberate faults that affect the request. `key` is the API key, with which the picture is encrypted
    /// if `behaviour` says so.
    pub(super) fn answer(
        &self,
        data: &DemoData,
        behaviour: &Behaviour,
        active_faults: &[Fault],
        key: &str,
    ) -> Result<HttpAnswer, DemoRefusal> {
        let strikes = |kind| active_faults.iter().any(|fault| fault.kind == kind);
        if strikes(FaultKind::MissingPicture) {
            return Err(DemoRefusal::NoPicture);
        }
        let plan = data.find(&self.submission_id).ok_or(DemoRefusal::NoSubmission)?;
        let picture = plan.picture(self.named).ok_or(DemoRefusal::NoPicture)?;
        let file = match (behaviour.picture_file, self.named) {
            (PictureFiles::AsDrawn, NamedPicture::Selfie) => EncodedPicture::jpeg(&picture),
            (PictureFiles::AsDrawn, _) => EncodedPicture::png(&picture),
            (PictureFiles::ExifTurned, _) => EncodedPicture::exif_turned(&picture, exif_turn(plan.number())),
        };
        if strikes(FaultKind::BrokenPicture) {
            return Ok(picture_broken::answer(plan.number(), file));
        }
        if behaviour.pictures_sealed {
            return Ok(HttpAnswer::json(
                StatusCode::OK,
                &transfer::encrypt_answer(&file.bytes, key, behaviour.wrapping),
            ));
        }
        let media_type = match behaviour.picture_type {
            PictureType::Named => Some(file.media_type),
            PictureType::OctetStream => Some("application/octet-stream"),
            PictureType::Absent => None,
        };
        Ok(HttpAnswer::file(media_type, file.bytes))
    }
}

/// Returns how the pictures of the submission with the number `index` are turned. Used only if the server sends turned
/// pictures with EXIF data.
fn exif_turn(index: usize) -> ExifTurn {
    match index % 3 {
        0 => ExifTurn::Quarter,
        1 => ExifTurn::Half,
        _ => ExifTurn::ThreeQuarters,
    }
}
