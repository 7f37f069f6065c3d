//! The item as lists hold it: the keys of the list samples and no others. Documented only as far as "some fields are only
//! in the single answer"; which ones is taken from the samples.

use serde_json::{Map, Value};

use super::case::Case;
use super::object::JsonObject;
use super::timeline::Story;
use super::whole::{account, attempts, transform};

pub(super) fn item(case: &Case) -> Map<String, Value> {
    let person = &case.person;
    let story = Story::of(case);
    let data = JsonObject::new()
        .with("name", person.full.as_str())
        .with("gender", person.gender())
        .with("nationality", person.origin.country)
        .maybe("date_of_birth", account::birth(case));
    let item = JsonObject::new()
        .with("data", data)
        .with("email", case.mail.as_str())
        .with("submission_id", case.id.as_str())
        .maybe("duplicated_information", account::fingerprint(case))
        .with("created_at", case.created_at())
        .maybe("pending_at", story.pending_at.map(|at| at.text(case.shape())))
        .maybe("userid", case.user.as_deref())
        .with("reviewer", account::reviewer(case));
    let item = account::scores(item, case)
        .maybe("image", account::image(case))
        .maybe("memo", account::memo(case, &story))
        .with("kyc", attempts::verdict(case));
    transform::apply(item.into_map(), case)
}
