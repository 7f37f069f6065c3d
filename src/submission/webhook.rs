//! The keys of a webhook's payload. A webhook is a message of the service to the customer's server; its payload is the
//! JSON about a submission. Also says which field of a submission has the same value.

use super::document::{Document, Field};

/// Key in a submission under which this program stores webhook payloads that it joined to the submission, as a list. (A
/// webhook is a message of the service to the customer's server; its payload is the JSON in it.)
///
/// The list holds the earlier payloads unchanged, since all payloads have the same keys. The newest payload is in the
/// list only if the submission has other values under its keys.
pub const EARLIER_PAYLOADS: &str = "earlier_webhooks";

/// Pairs of keys for the same value. The first is the key in the payload of a webhook (a message of the service to the
/// customer's server), such as `ipAddress`. The second is the key in the object `data` of a submission, such as
/// `ip_address`.
pub const DATA: [(&str, &str); 17] = [
    ("full_name", "full_name"),
    ("fullName", "full_name"),
    ("gender", "gender"),
    ("date_of_birth", "date_of_birth"),
    ("birthDate", "date_of_birth"),
    ("nationality", "nationality"),
    ("age_group", "age_group"),
    ("ipAddress", "ip_address"),
    ("idType", "idType"),
    ("issuingCountry", "idcard_issuingCountry"),
    ("issueDate", "idcard_issueDate"),
    ("expireDate", "idcard_expireDate"),
    ("identityNumber", "identityNumber"),
    ("documentNumber", "documentNumber"),
    ("phoneNumber", "phoneNumber"),
    ("ssnNumber", "ssnNumber"),
    ("full_name_en", "full_name_en"),
];

/// Further keys that only a webhook's payload (the JSON of a message of the service to the customer's server) has at
/// its top. The service's answers have no documented keys with these names at the top of a submission.
const OTHERS: [&str; 13] = [
    "account_email",
    "action",
    "admin",
    "aml_result",
    "attempts",
    "cf",
    "comment",
    "delete_time",
    "kyc_result",
    "retryCode",
    "update_time",
    "webhook_trigger",
    EARLIER_PAYLOADS,
];

/// Keys that only the payload of a webhook has. If the JSON of a submission has one of them, a payload was joined to
/// it.
const MARKS: [&str; 3] = ["aml_result", "kyc_result", "webhook_trigger"];

/// Returns whether the payload of a webhook was joined to the submission `document`: it has keys that only a payload
/// has.
pub fn has_payload(document: &Document) -> bool {
    MARKS.iter().any(|key| document.field(key).is_some())
}

/// Returns whether the field at the JSON path `path` comes from the payload of a webhook, by the first key of the path.
/// The field must be in a submission to which a payload was joined ([`has_payload`]).
pub fn is_member(path: &str) -> bool {
    let key = path.split(['.', '[']).next().unwrap_or_default();
    OTHERS.contains(&key) || path == "data.update" || DATA.iter().any(|(own, _)| *own == key)
}

/// Returns the path at which the service's answers have the same value as the payload of a webhook has at `path`, such
/// as `kyc.result` for `kyc_result.status`. Returns `None` if the answers have no such field.
pub fn record_path(path: &str) -> Option<String> {
    match path.split_once('.') {
        None => DATA.iter().find(|(own, _)| *own == path).map(|(_, name)| format!("data.{name}")),
        Some(("kyc_result", "status")) => Some("kyc.result".to_owned()),
        Some(("kyc_result", key @ ("comment" | "commentCode"))) => Some(format!("kyc.{key}")),
        Some(("kyc_result", key)) => Some(key.to_owned()),
        Some(("aml_result", key)) => Some(format!("aml.{key}")),
        Some(("cf", key)) => Some(format!("data.{key}")),
        Some(_) => None,
    }
}

/// Returns the fields `webhook_trigger` (the reason why the service sent the message, such as `delete`) of all
/// webhooks' payloads that were joined to the submission `document`. The field of the newest payload is first.
fn triggers(document: &Document) -> Vec<Field<'_>> {
    let earlier = document.field(EARLIER_PAYLOADS).map(|earlier| earlier.elements()).unwrap_or_default();
    let of_earlier = earlier.iter().filter_map(|payload| payload.child("webhook_trigger"));
    document.field("webhook_trigger").into_iter().chain(of_earlier).collect()
}

/// Returns the field `webhook_trigger` with the value `delete`, by which the payload of a webhook says that the
/// submission was deleted. Returns `None` if no payload that was joined to the submission `document` says so.
pub fn deletion(document: &Document) -> Option<Field<'_>> {
    triggers(document).into_iter().find(|trigger| trigger.text() == Some("delete"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_of_a_payload_leads_to_its_field_of_a_record() {
        for (member, field) in [
            ("ipAddress", Some("data.ip_address")),
            ("kyc_result.status", Some("kyc.result")),
            ("kyc_result.created_at", Some("created_at")),
            ("aml_result.currentstatus", Some("aml.currentstatus")),
            ("cf.cf1", Some("data.cf1")),
            ("retryCode", None),
            ("new", None),
        ] {
            assert_eq!(record_path(member).as_deref(), field, "{member}");
        }
        assert!(is_member("kyc_result.status") && is_member("earlier_webhooks[0].x") && is_member("data.update"));
        assert!(!is_member("new") && !is_member("data.new"));
    }

    #[test]
    fn any_payload_may_say_that_the_submission_was_deleted() {
        let deleted = |json: &str| deletion(&Document::parse_copy(json.as_bytes(), false)).is_some();
        assert!(deleted(r#"{"webhook_trigger":"delete"}"#));
        assert!(deleted(r#"{"webhook_trigger":"aml","earlier_webhooks":[{"webhook_trigger":"delete"}]}"#));
        assert!(!deleted(r#"{"webhook_trigger":"approved"}"#) && !deleted("{}"));
    }
}
