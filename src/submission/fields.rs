//! Documented fields: the path of each field in a submission, its label, its privacy class (how much a mask hides), and
//! the meaning of its value.
//!
//! Sources: the two response tables of the service's page on `GET /submission` (ID document and knowledge-based), and
//! the fields and ranges that only its samples show. A `*` in a path is a key that the service chooses, such as the
//! name of an OCR item. A field has no meaning here if the sources say nothing beyond its label.

mod places;
#[cfg(test)]
pub(super) mod plain;
mod tree;

use super::codes::Family;
use crate::text::Class::{self, Identity, Open, Personal};
use FieldMeaning::{About, Clear, Code, Words};
pub use places::{is_measure, is_place};
pub use tree::TreePlace;

/// One documented field of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentedField {
    /// The path of the field without list indexes.
    pub path: &'static str,
    /// The name of the field on the screen.
    pub label: &'static str,
    /// The privacy class of the field, which decides how much of its value a mask hides.
    pub class: Class,
    /// The explanation of the field's value.
    pub meaning: FieldMeaning,
    /// The kind of value in the field, such as an id or a measured value.
    pub role: FieldRole,
}

/// Role of a documented field: what kind of value the field holds. Masks treat the roles differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// The field holds an id that the service assigned.
    ServiceId,
    /// The field holds a time, a date of a document, a score or a count.
    Measure,
    /// The field holds another kind of value than an id of the service or a measure, such as a name.
    Other,
}

/// Explanation of a documented field, shown next to the value of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldMeaning {
    /// No explanation: the label is enough, or no source gives one.
    Clear,
    /// An explanation in words: a unit, a range, or what the documentation adds to the name.
    Words(&'static str),
    /// Words about the field that would read as a remark on this one value, such as the reason of a failure. They are
    /// in brackets after a value.
    About(&'static str),
    /// The value is a code of this family; `assets/codes.toml` explains the code.
    Code(Family),
}

/// Returns the documented field at a path without list indexes; `None` for an undocumented path.
pub fn documented_field(path: &str) -> Option<DocumentedField> {
    TreePlace::of(path)?.field().copied()
}

/// Returns whether `key` is the first key of a documented path, as `kyc` is the first key of `kyc.result`.
pub fn is_first_key(key: &str) -> bool {
    FIELDS.iter().any(|(path, ..)| path.split('.').next() == Some(key))
}

/// Every documented field, sorted by path: path, label, privacy class and meaning.
#[rustfmt::skip]
pub static FIELDS: [(&str, &str, Class, FieldMeaning); 232] = [
    ("Injection_action.attemptStatus", "Attempt status", Open, Clear),
    ("Injection_action.createTime", "Create time", Open, Words("time of the address check")),
    ("Injection_action.ipVerification.ip", "IP address", Personal, Clear),
    ("Injection_action.ipVerification.requestId", "Request id", Open, Clear),
    ("Injection_action.ipVerification.status", "Status", Open, Clear),
    ("Injection_action.option.distanceChecks.maxDistanceKm", "Maximum distance", Open, Words("km")),
    ("Injection_action.option.distanceChecks.source", "Source", Open, Words("service that measures the distance")),
    ("Injection_action.option.ipRisk.durationHour", "Duration", Open, Words("hours of prohibition")),
    ("Injection_action.option.ipRisk.failCategory", "Fail category", Open, Clear),
    ("Injection_action.option.ipVerification.ip", "IP address", Personal, Clear),
    ("Injection_action.option.ipVerification.requestId", "Request id", Open, Clear),
    ("Injection_action.option.ipVerification.status", "Status", Open, Clear),
    ("Injection_action.time", "Time", Open, Words("most recent run of this type")),
    ("Injection_action.type", "Type", Open, Clear),
    ("Injection_action.userInput.address.compoundCode", "Compound code", Personal, Clear),
    ("Injection_action.userInput.address.formatted_address", "Formatted address", Personal, Clear),
    ("Injection_action.userInput.address.globalCode", "Global code", Personal, Words("global address code")),
    ("Injection_action.userInput.ipAddress", "IP address", Personal, Clear),
    ("OCR_raw.*.accepted", "OCR accepted", Open, Clear),
    ("OCR_raw.*.coordinates.*.x", "X", Open, Clear),
    ("OCR_raw.*.coordinates.*.y", "Y", Open, Clear),
    ("OCR_raw.*.score", "OCR confidence", Open, Words("0 to 100")),
    ("OCR_raw.*.value", "OCR raw", Personal, Clear),
    ("OCR_raw.rotate.value", "Rotation", Open, Words("angle that the OCR found")),
    ("additional_list.answer", "Field", Open, Clear),
    ("additional_list.blockType", "Block type", Open, Clear),
    ("additional_list.inputValue", "Input", Personal, Clear),
    ("aml.currentstatus", "AML status", Open, Code(Family::Aml)),
    ("aml.matches.argos_number", "ARGOS number", Open, Words("unique id for the AML report")),
    ("aml.matches.resource_id", "Resource id", Open, Words("resource id for the AML report")),
    ("aml.matches.risk_icons", "Risk icons", Open, Code(Family::Icon)),
    ("aml.matches.risk_level", "Risk level", Open, Code(Family::Level)),
    ("aml.matches.score", "Score", Open, Words("ARGOS's default threshold: 90")),
    ("aml.raw_data", "Raw data", Personal, Clear),
    ("aml.risk_level_summary", "Risk level", Open, Code(Family::Level)),
    ("applicant_id", "Applicant", Open, About("identifier for users with duplicate submissions")),
    ("argos_score", "ARGOS score", Open, Words("points; the project sets the threshold")),
    ("bank_verification.account_number", "Account number", Identity, Words("number used for the check")),
    ("bank_verification.bank_code", "Bank code", Open, Code(Family::BankCode)),
    ("bank_verification.result", "Result", Open, Code(Family::Result)),
    ("bank_verification.retry_count", "Retry count", Open, Words("failures while the code was sent, before step 2")),
    ("bank_verification.type", "Type", Open, Code(Family::Bank)),
    ("created_at", "Created at", Open, Clear),
    ("custom_duplicated_information", "Duplicate key (custom)", Personal, Clear),
    ("data.address_city", "Address city", Personal, Clear),
    ("data.address_compoundCode", "Address compound code", Personal, Clear),
    ("data.address_country", "Address country", Personal, Clear),
    ("data.address_detail", "Address detail", Personal, Words("detailed address, as the applicant entered it")),
    ("data.address_formatted", "Address formatted", Personal, Words("detailed address, after conversion")),
    ("data.address_globalCode", "Address global code", Personal, Clear),
    ("data.address_input", "Address input", Personal, Words("the address as the applicant entered it")),
    ("data.address_state", "Address state", Personal, Clear),
    ("data.address_street", "Address street", Personal, Clear),
    ("data.address_street2", "Address street 2", Personal, Clear),
    ("data.address_zipcode", "Address zipcode", Personal, Clear),
    ("data.age_group", "Age group", Open, Code(Family::Age)),
    ("data.cf1", "Custom field 1", Personal, Clear),
    ("data.cf2", "Custom field 2", Personal, Clear),
    ("data.cf3", "Custom field 3", Personal, Clear),
    ("data.date_of_birth", "Birth date", Personal, Clear),
    ("data.documentNumber", "Document number", Identity, Clear),
    ("data.expiryDateOfStayKor", "End of stay (KR)", Open, Clear),
    ("data.first_name", "First name", Personal, Clear),
    ("data.full_name", "Full name", Personal, Clear),
    ("data.gender", "Gender", Open, Clear),
    ("data.idType", "ID type", Open, Code(Family::IdType)),
    ("data.idcard_expireDate", "Expiry date", Open, Clear),
    ("data.idcard_issueDate", "Issue date", Open, Clear),
    ("data.idcard_issuingCountry", "Issuing country", Open, Clear),
    ("data.identityNumber", "Identity number", Identity, Clear),
    ("data.ip_address", "IP address", Personal, Clear),
    ("data.last_name", "Last name", Personal, Clear),
    ("data.name", "Name", Personal, Clear),
    ("data.nationality", "Nationality", Open, Clear),
    ("data.nationalityGovKor", "Nationality (KR registry)", Open, Clear),
    ("data.phoneNumber", "Phone number", Personal, Clear),
    ("data.ssnNumber", "SSN", Identity, Clear),
    ("data.typeOfPermit", "Permit type", Open, Clear),
    ("data.typeOfPermitGovKor", "Permit type (KR registry)", Open, Clear),
    ("duplicated_information", "Duplicate key", Personal, Words("made of name, birth date, gender, nationality")),
    ("duplicated_selfie_users", "Same face", Open, Words("submission id")),
    ("duplicated_users", "Same personal data", Open, Words("submission id")),
    ("email", "E-mail", Personal, Clear),
    ("id_LivenessScore.Paper_printed", "Printed paper", Open, Words("0 to 100, high means genuine (both inferred)")),
    ("id_LivenessScore.Replace_portraits", "Replaced portrait", Open, Words("0 to 100, high means genuine (both inferred)")),
    ("id_LivenessScore.Screen_play", "Screen replay", Open, Words("0 to 100, high means genuine (both inferred)")),
    ("image.addressImage", "Address document", Personal, Clear),
    ("image.idBackImage", "ID image, back", Personal, Clear),
    ("image.idImage", "ID image", Personal, Clear),
    ("image.selfieImage", "Selfie", Personal, Clear),
    ("kyc.attempts.attemptCnt", "Attempt", Open, Words("number of retries after failed submissions")),
    ("kyc.attempts.detectFace.AgeRange.High", "High", Open, Words("highest age estimate")),
    ("kyc.attempts.detectFace.AgeRange.Low", "Low", Open, Words("lowest age estimate")),
    ("kyc.attempts.detectFace.Gender.Confidence", "Confidence", Open, Words("0 to 100")),
    ("kyc.attempts.detectFace.Gender.Value", "Value", Open, Words("gender by the face")),
    ("kyc.attempts.errorCode", "Error code", Open, Code(Family::Attempt)),
    ("kyc.attempts.errorMsg", "Error message", Open, Clear),
    ("kyc.attempts.faceSimilarityScore", "Face similarity", Open, Words("0 to 100 in ARGOS's examples")),
    ("kyc.attempts.idBarcodeResult", "Barcode", Open, About("only IDs of the USA, Canada and Mexico get this check")),
    ("kyc.attempts.liveness.error", "Error", Open, Clear),
    ("kyc.attempts.liveness.error_code", "Error code", Open, Code(Family::Attempt)),
    ("kyc.attempts.liveness.probability", "Probability", Open, Words("0 to 1 in the samples")),
    ("kyc.attempts.liveness.quality", "Quality", Open, Words("0 to 1 in the samples")),
    ("kyc.attempts.liveness.score", "Raw score", Open, Words("log-odds of the probability in the samples; scale not documented")),
    ("kyc.attempts.livenessScore", "Liveness score", Open, Words("0 to 100 in ARGOS's examples")),
    ("kyc.attempts.ocrResult", "OCR result", Open, Clear),
    ("kyc.attempts.retryCode", "Retry code", Open, Code(Family::Retry)),
    ("kyc.attempts.retryMsg", "Retry message", Open, Clear),
    ("kyc.attempts.selfieImage", "Selfie", Personal, Clear),
    ("kyc.attempts.step1Time1st", "Step 1, 1st try", Open, Clear),
    ("kyc.attempts.step1Time2nd", "Step 1, 2nd try", Open, Clear),
    ("kyc.attempts.step1Time3rd", "Step 1, 3rd try", Open, Clear),
    ("kyc.attempts.step2Time1st", "Step 2, 1st try", Open, Clear),
    ("kyc.attempts.step2Time2nd", "Step 2, 2nd try", Open, Clear),
    ("kyc.attempts.step2Time3rd", "Step 2, 3rd try", Open, Clear),
    ("kyc.attempts.verification.data.resAuthenticity", "Authenticity", Open, Words("meaning not documented")),
    ("kyc.attempts.verification.data.resAuthenticityDesc", "Authenticity, in words", Open, Clear),
    ("kyc.attempts.verification.data.resUserIdentiyNo", "Identity number", Identity, Clear),
    ("kyc.attempts.verification.data.resUserNm", "Name", Personal, Clear),
    ("kyc.attempts.verification.result.code", "Code", Open, Clear),
    ("kyc.attempts.verification.result.extraMessage", "Extra message", Open, Clear),
    ("kyc.attempts.verification.result.message", "Message", Open, Clear),
    ("kyc.attempts.verification.result.transactionId", "Transaction id", Open, Clear),
    ("kyc.attempts.verificationParams.fullName", "Full name", Personal, Clear),
    ("kyc.attempts.verificationParams.idType", "ID type", Open, Code(Family::IdType)),
    ("kyc.attempts.verificationParams.identityNumber", "Identity number", Identity, Clear),
    ("kyc.attempts.verificationParams.issueDate", "Issue date", Open, Clear),
    ("kyc.attempts.verificationResult", "ID verification", Open, Clear),
    ("kyc.comment", "Reject comment", Open, Clear),
    ("kyc.commentCode", "Reject code", Open, Code(Family::Reject)),
    ("kyc.faceSimilarityScore", "Face similarity", Open, Words("0 to 100 in ARGOS's examples")),
    ("kyc.livenessScore", "Liveness score", Open, Words("0 to 100 in ARGOS's examples")),
    ("kyc.result", "Status", Open, Code(Family::Status)),
    ("kyc.retry.retryCnt", "Retry number", Open, Clear),
    ("kyc.retry.retryCode", "Retry code", Open, Code(Family::Retry)),
    ("kyc.retry.retryMessage", "Retry message", Open, Clear),
    ("kyc.retry.type", "Type", Open, Clear),
    ("kyc.retryMsg", "Retry message", Open, Clear),
    ("kyc.selfieImage", "Selfie", Personal, Clear),
    ("kyc_result_at", "Result at", Open, Clear),
    ("memo.text", "Memo", Personal, Clear),
    ("memo.updated_at", "Memo updated at", Open, Clear),
    ("ocr.birthDate", "Birth date", Personal, Clear),
    ("ocr.curpNumber", "CURP number", Identity, Clear),
    ("ocr.expireDate", "Expiry date", Open, Clear),
    ("ocr.firstName", "First name", Personal, Clear),
    ("ocr.fullName", "Full name", Personal, Clear),
    ("ocr.gender", "Gender", Open, Clear),
    ("ocr.identityNumber", "Identity number", Identity, Clear),
    ("ocr.issueDate", "Issue date", Open, Clear),
    ("ocr.lastName", "Last name", Personal, Clear),
    ("ocr.licenseNumber", "License number", Identity, Clear),
    ("ocr.nationality", "Nationality", Open, Clear),
    ("ocr.number", "Number", Identity, Clear),
    ("ocr.serialNumber", "Serial number", Identity, Clear),
    ("ocr.typeOfPermit", "Permit type", Open, Clear),
    ("pending_at", "Pending at", Open, Clear),
    ("pre_verification.attempts_frequency", "Attempts frequency", Open, Code(Family::Frequency)),
    ("pre_verification.connection_type", "Connection type", Open, Code(Family::Connection)),
    ("pre_verification.country_code", "Country code", Open, Words("of the IP address")),
    ("pre_verification.created_at", "Checked at", Open, Clear),
    ("pre_verification.fraud_score", "Fraud score", Open, Words("ARGOS documents no scale")),
    ("pre_verification.ip_address", "IP address", Personal, Clear),
    ("pre_verification.is_valid", "Passed", Open, Clear),
    ("pre_verification.request_id", "Request id", Open, Clear),
    ("project_options.option_addressData", "Option address data", Open, Clear),
    ("project_options.option_ai_only", "AI only", Open, Clear),
    ("project_options.option_aml", "AML option", Open, Clear),
    ("project_options.option_documentNumber", "Option document number", Open, Clear),
    ("project_options.option_idNumber", "Option ID number", Open, Clear),
    ("project_options.option_mask_documentNumber", "Option mask document number", Open, Clear),
    ("project_options.option_mask_idNumber", "Option mask ID number", Open, Clear),
    ("project_options.policy_acceptedID", "Accepted ID types", Open, Code(Family::IdType)),
    ("project_options.policy_ageLimit", "Policy age limit", Open, Words("years")),
    ("project_options.policy_approvePeriod", "Policy approve period", Open, Words("unit not documented")),
    ("project_options.policy_blacklistCountries", "Blocked countries", Open, Clear),
    ("project_options.webhook.createTime", "Create time", Open, Clear),
    ("project_options.webhook.members.addDate", "Add date", Open, Clear),
    ("project_options.webhook.members.email", "E-mail", Personal, Clear),
    ("project_options.webhook.members.name", "Name", Personal, Clear),
    ("project_options.webhook.url", "Webhook URL", Open, Clear),
    ("project_options.webhookURL", "Webhook URL", Open, Clear),
    ("projection.projectionId", "Projection id", Open, Words("applied to this submission")),
    ("projection.projectionName", "Projection name", Open, Words("applied to this submission")),
    ("recognition_score", "Recognition score", Open, Words("of the ID document; the project sets the threshold")),
    ("review.birthDate", "Birth date", Personal, Clear),
    ("review.curpNumber", "CURP number", Identity, Clear),
    ("review.documentNumber", "Document number", Identity, Clear),
    ("review.expireDate", "Expiry date", Open, Clear),
    ("review.fullName", "Full name", Personal, Clear),
    ("review.gender", "Gender", Open, Clear),
    ("review.identityNumber", "Identity number", Identity, Clear),
    ("review.issueDate", "Issue date", Open, Clear),
    ("review.licenseNumber", "License number", Identity, Clear),
    ("review.nationality", "Nationality", Open, Clear),
    ("reviewer", "Reviewer", Open, Code(Family::Reviewer)),
    ("signals.cameraProcessInfo.error", "Error", Open, Clear),
    ("signals.cameraProcessInfo.processEndTime", "Process end time", Open, Clear),
    ("signals.cameraProcessInfo.processStartTime", "Process start time", Open, Clear),
    ("signals.cameraProcessInfo.type", "Type", Open, Code(Family::Capture)),
    ("signals.faceAge.ageRange.high", "High", Open, Clear),
    ("signals.faceAge.ageRange.low", "Low", Open, Clear),
    ("signals.faceAge.ageRange.median", "Median", Open, Clear),
    ("signals.faceAge.source", "Source", Open, Clear),
    ("signals.startButtonClickTime", "Start clicked", Open, Clear),
    ("submission_id", "Submission", Open, Clear),
    ("tokenId", "Token", Open, Words("of the live form in private mode")),
    ("updateHistory.updateAdmin", "Updated by", Personal, Clear),
    ("updateHistory.updateTime", "Updated at", Open, Clear),
    ("updated_at", "Updated at", Open, Clear),
    ("userid", "User id", Personal, Words("id of this person in your own system")),
    ("verification.faceAge.conditionResults.condition.comparisonOperator", "Comparison operator", Open, Code(Family::Operator)),
    ("verification.faceAge.conditionResults.condition.target", "Target", Open, Code(Family::Target)),
    ("verification.faceAge.conditionResults.conditionIndex", "Condition index", Open, Clear),
    ("verification.faceAge.conditionResults.finalResult", "Final result", Open, Clear),
    ("verification.faceAge.conditionResults.matchResults.*.processed", "Processed", Open, Clear),
    ("verification.faceAge.conditionResults.matchResults.*.result", "Result", Open, Clear),
    ("verification.faceAge.conditionResults.matchResults.*.statement", "Statement", Open, Clear),
    ("verification.faceAge.logicalOperators", "Logical operators", Open, Code(Family::Logic)),
    ("verification.faceAge.usedValues.birthDateAge", "Age by birth date", Open, Clear),
    ("verification.faceAge.usedValues.idHigh", "ID high", Open, Clear),
    ("verification.faceAge.usedValues.idLow", "ID low", Open, Clear),
    ("verification.faceAge.usedValues.idMedian", "ID median", Open, Clear),
    ("verification.faceAge.usedValues.originalIdHigh", "Original ID high", Open, Clear),
    ("verification.faceAge.usedValues.originalIdLow", "Original ID low", Open, Clear),
    ("verification.faceAge.usedValues.originalIdMedian", "Original ID median", Open, Clear),
    ("verification.faceAge.usedValues.originalSelfieHigh", "Original selfie high", Open, Clear),
    ("verification.faceAge.usedValues.originalSelfieLow", "Original selfie low", Open, Clear),
    ("verification.faceAge.usedValues.originalSelfieMedian", "Original selfie median", Open, Clear),
    ("verification.faceAge.usedValues.selfieHigh", "Selfie high", Open, Clear),
    ("verification.faceAge.usedValues.selfieLow", "Selfie low", Open, Clear),
    ("verification.faceAge.usedValues.selfieMedian", "Selfie median", Open, Clear),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_sorted() {
        assert!(FIELDS.is_sorted_by(|(a, ..), (b, ..)| a < b));
    }

    #[test]
    fn open_names_are_covered() {
        assert_eq!(documented_field("OCR_raw.name_eng.value").map(|known| known.label), Some("OCR raw"));
        assert_eq!(documented_field("OCR_raw.rotate.value").map(|known| known.label), Some("Rotation"));
        assert_eq!(documented_field("OCR_raw.name_eng.values"), None);
    }
}
