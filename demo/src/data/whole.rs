//! The item as a single answer holds it: everything that is known of a submission.

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

use super::case::Case;
use super::object::JsonObject;
use super::timeline::Story;
use id_document::Paper;

pub(super) fn item(case: &Case) -> Map<String, Value> {
    let story = Story::of(case);
    let paper = Paper::of(case);
    let mut item = JsonObject::new().with("data", applicant::data(case, paper.as_ref()));
    item = account::about(item, case, &story);
    if let Some(paper) = &paper {
        item = ocr::layers(item, case, paper);
    }
    item = face_age::verification(item, case, &story)
        .with("signals", signals::all(case, &story))
        .with("kyc", attempts::kyc(case, &story, paper.as_ref()))
        .maybe("aml", aml::screening(case, &story));
    item = checks::all(item, case, &story);
    transform::apply(item.into_map(), case)
}
