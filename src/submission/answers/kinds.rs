//! Tables that say how a field of a list record is compared with the same field of a full record.

use crate::submission::fields;
use crate::submission::path;
use crate::submission::provenance::ValueKind;

/// Last keys in the paths of documented fields whose value is new in each answer, or for each call of the service.
/// Examples are signed links to images, ids of requests, and times of calls. A difference between two values of such a
/// field means nothing.
#[rustfmt::skip]
const NEW_EACH_TIME: [&str; 13] = [
    "addressImage", "idBackImage", "idImage", "requestId", "request_id", "selfieImage", "step1Time1st", "step1Time2nd",
    "step1Time3rd", "step2Time1st", "step2Time2nd", "step2Time3rd", "transactionId",
];

/// Kinds of values, each with keys of documented fields. If the path of a documented field ends with one of these keys,
/// its values are of this kind.
#[rustfmt::skip]
const KINDS: [(ValueKind, &[&str]); 6] = [
    (ValueKind::Words, &[
        "address_city", "address_compoundCode", "address_detail", "address_formatted", "address_input", "address_state",
        "address_street", "address_street2", "firstName", "first_name", "formatted_address", "fullName", "full_name",
        "lastName", "last_name", "name", "resUserNm",
    ]),
    (ValueKind::DocumentNumber, &[
        "curpNumber", "documentNumber", "identityNumber", "licenseNumber", "number", "resUserIdentiyNo", "serialNumber",
        "ssnNumber",
    ]),
    (ValueKind::Date, &[
        "birthDate", "date_of_birth", "expireDate", "expiryDateOfStayKor", "idcard_expireDate", "idcard_issueDate",
        "issueDate",
    ]),
    (ValueKind::Time, &["createTime", "created_at", "kyc_result_at", "pending_at", "updateTime", "updated_at"]),
    (ValueKind::Email, &["email"]),
    (ValueKind::Gender, &["gender"]),
];

/// Returns the last key of `path`, such as `result` for `kyc.result`, if `path` leads to a documented field. `None` for
/// an undocumented field.
fn documented_key(path: &str) -> Option<&'static str> {
    fields::documented_field(&path::pattern(path)).and_then(|known| known.path.rsplit('.').next())
}

/// Returns whether the values `one` and `other` of the field at `path`, from two answers, must not be compared. This is
/// so for a field to which the service gives a new value in each answer. It is also so if both values are links,
/// because links expire and are replaced.
pub(in crate::submission) fn is_new_each_time(path: &str, one: &str, other: &str) -> bool {
    let is_link = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    documented_key(path).is_some_and(|key| NEW_EACH_TIME.contains(&key)) || (is_link(one) && is_link(other))
}

/// Returns the kind of the values of the field at `path`, such as a date. The kind gives the rules by which two
/// differently written values mean the same. `None` for a field without such rules.
pub(in crate::submission) fn kind(path: &str) -> Option<ValueKind> {
    let key = documented_key(path)?;
    KINDS.iter().find(|(_, keys)| keys.contains(&key)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::fields::FIELDS;

    #[test]
    fn every_key_is_the_end_of_a_documented_path() {
        let keys = NEW_EACH_TIME.iter().chain(KINDS.iter().flat_map(|(_, keys)| *keys));
        for key in keys {
            assert!(FIELDS.iter().any(|(path, ..)| path.rsplit('.').next() == Some(key)), "{key}");
        }
    }
}
