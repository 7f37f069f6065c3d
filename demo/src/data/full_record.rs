//! Builds the full record of a submission: the JSON with all fields, for a request that names one submission.

mod aml;
mod applicant;
mod checks;
mod face_age;
mod id_document;
mod ocr;
mod signals;

pub(super) mod account;
pub(super) mod attempts;
pub(in super::super) mod transform;

use serde_json::{Map, Value};

use super::case::SubmissionPlan;
use super::object::JsonObject;
use super::timeline::SubmissionTimes;
pub(super) use id_document::IdDocument;
pub(super) use ocr::printed;

impl SubmissionPlan {
    /// Returns the full record of this submission.
    pub(crate) fn full_record(&self) -> Map<String, Value> {
        let story = SubmissionTimes::of(self);
        let paper = IdDocument::of(self);
        let mut item = JsonObject::new().with("data", applicant::data(self, paper.as_ref()));
        item = account::add_general_fields(item, self, &story);
        if let Some(paper) = &paper {
            item = ocr::add_layers(item, self, paper);
        }
        item = face_age::verification(item, self, &story)
            .with("signals", signals::all(self, &story))
            .with("kyc", attempts::kyc(self, &story, paper.as_ref()))
            .with_optional("aml", aml::screening(self, &story));
        item = checks::all(item, self, &story);
        transform::apply(item.into_map(), self)
    }
}
