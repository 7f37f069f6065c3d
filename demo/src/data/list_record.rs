//! Builds the list record of a submission: the JSON with only the fields that the samples of lists show. The
//! documentation only says "some fields are only in the single answer".

use serde_json::{Map, Value};

use super::full_record::{account, attempts, transform};
use super::object::JsonObject;
use super::submission_plan::SubmissionPlan;
use super::timeline::SubmissionTimes;

impl SubmissionPlan {
    /// Returns the list record of this submission: the JSON object that a page of the list holds for it. It has fewer
    /// fields than the full record.
    pub(crate) fn list_record(&self) -> Map<String, Value> {
        let person = &self.person;
        let times = SubmissionTimes::of(self);
        let data = JsonObject::new()
            .with("name", person.full.as_str())
            .with("gender", person.gender())
            .with("nationality", person.origin.country)
            .with_optional("date_of_birth", account::birth(self));
        let item = JsonObject::new()
            .with("data", data)
            .with("email", self.mail.as_str())
            .with("submission_id", self.id.as_str())
            .with_optional("duplicated_information", account::fingerprint(self))
            .with("created_at", self.created_at())
            .with_optional("pending_at", times.pending_at.map(|at| at.text(self.time_format())))
            .with_optional("userid", self.user.as_deref())
            .with("reviewer", account::reviewer(self));
        let item = account::scores(item, self)
            .with_optional("image", account::image(self))
            .with_optional("memo", account::memo(self, &times))
            .with("kyc", attempts::verdict(self));
        transform::apply(item.into_map(), self)
    }
}
