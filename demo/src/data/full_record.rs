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

use super::object::JsonObject;
use super::submission_plan::SubmissionPlan;
use super::timeline::SubmissionTimes;
pub(super) use id_document::IdDocument;
pub(super) use ocr::printed;

impl SubmissionPlan {
    /// Returns the full record of this submission: the JSON object with all fields, for a request that names one
    /// submission.
    pub(crate) fn full_record(&self) -> Map<String, Value> {
        let times = SubmissionTimes::of(self);
        let id_document = IdDocument::of(self);
        let mut item = JsonObject::new().with("data", applicant::data(self, id_document.as_ref()));
        item = account::add_general_fields(item, self, &times);
        if let Some(id_document) = &id_document {
            item = ocr::add_layers(item, self, id_document);
        }
        item = face_age::verification(item, self, &times)
            .with("signals", signals::all(self, &times))
            .with("kyc", attempts::kyc(self, &times, id_document.as_ref()))
            .with_optional("aml", aml::screening(self, &times));
        item = checks::all(item, self, &times);
        transform::apply(item.into_map(), self)
    }
}
