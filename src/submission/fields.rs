//! The documented fields: where each stands in a submission, what people call it, and how private it is.
//!
//! Source: the two response tables of the service's page on `GET /submission` (ID document and knowledge-based), and
//! the fields that only its samples show. A `*` stands for a name that the service leaves open, such as an OCR item.

use crate::text::Class::{self, Identity, Open, Personal};

/// A documented field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its path without list indexes.
    pub path: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// How private it is.
    pub class: Class,
}

/// The documented field at a path (without list indexes); `None` for an undocumented one.
#[must_use]
pub fn known(path: &str) -> Option<Known> {
    let at = FIELDS.partition_point(|(known, ..)| *known < path);
    let exact = FIELDS.get(at).filter(|(known, ..)| *known == path);
    let is_open = OPEN.iter().any(|open| path.starts_with(open));
    let covering = || FIELDS.iter().find(|(known, ..)| known.contains('*') && covers(known, path));
    let found = exact.or_else(|| is_open.then(covering).flatten());
    found.map(|(path, label, class)| Known { path, label, class: *class })
}

/// How the paths begin that hold open names: a submission of a million fields asks for each of them.
const OPEN: [&str; 2] = ["OCR_raw.", "verification.faceAge.conditionResults.matchResults."];

/// Whether a path with open names covers a path.
fn covers(open: &str, path: &str) -> bool {
    let (mut open, mut path) = (open.split('.'), path.split('.'));
    loop {
        match (open.next(), path.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == "*" || a == b => {}
            _ => return false,
        }
    }
}

/// How private a name is whose field is undocumented.
#[must_use]
pub fn class_by_name(path: &str) -> Class {
    const TELLING: [&str; 7] = ["number", "licen", "curp", "passport", "ssn", "account", "identity"];
    let lower = path.to_ascii_lowercase();
    if TELLING.iter().any(|word| lower.contains(word)) { Identity } else { Personal }
}

/// Every documented field, sorted by path.
#[rustfmt::skip]
pub const FIELDS: [(&str, &str, Class); 233] = [
    ("Injection_action.attemptStatus", "Attempt status", Open),
    ("Injection_action.createTime", "Create time", Open),
    ("Injection_action.ipVerification.ip", "IP address", Personal),
    ("Injection_action.ipVerification.requestId", "Request id", Open),
    ("Injection_action.ipVerification.status", "Status", Open),
    ("Injection_action.option.distanceChecks.maxDistanceKm", "Most distance, km", Open),
    ("Injection_action.option.distanceChecks.source", "Source", Open),
    ("Injection_action.option.ipRisk.durationHour", "Duration, hours", Open),
    ("Injection_action.option.ipRisk.failCategory", "Fail category", Open),
    ("Injection_action.option.ipVerification.ip", "IP address", Personal),
    ("Injection_action.option.ipVerification.requestId", "Request id", Open),
    ("Injection_action.option.ipVerification.status", "Status", Open),
    ("Injection_action.time", "Time", Open),
    ("Injection_action.type", "Type", Open),
    ("Injection_action.userInput.address.compoundCode", "Compound code", Personal),
    ("Injection_action.userInput.address.formatted_address", "Formatted address", Personal),
    ("Injection_action.userInput.address.globalCode", "Global code", Personal),
    ("Injection_action.userInput.ipAddress", "IP address", Personal),
    ("OCR_raw.*.accepted", "OCR accepted", Open),
    ("OCR_raw.*.coordinates.*.x", "X", Open),
    ("OCR_raw.*.coordinates.*.y", "Y", Open),
    ("OCR_raw.*.score", "OCR confidence", Open),
    ("OCR_raw.*.value", "OCR raw", Personal),
    ("OCR_raw.rotate.value", "Rotation", Open),
    ("additional_list.answer", "Field", Open),
    ("additional_list.blockType", "Block type", Open),
    ("additional_list.inputValue", "Input", Personal),
    ("aml.currentstatus", "AML status", Open),
    ("aml.matches.argos_number", "ARGOS number", Open),
    ("aml.matches.resource_id", "Resource id", Open),
    ("aml.matches.risk_icons", "Risk icons", Open),
    ("aml.matches.risk_level", "Risk level", Open),
    ("aml.matches.score", "Score", Open),
    ("aml.raw_data", "Raw data", Personal),
    ("aml.risk_level_summary", "Risk level", Open),
    ("applicant_id", "Applicant", Open),
    ("argos_score", "ARGOS score", Open),
    ("bank_verification.account_number", "Account number", Identity),
    ("bank_verification.bank_code", "Bank code", Open),
    ("bank_verification.result", "Result", Open),
    ("bank_verification.retry_count", "Retry count", Open),
    ("bank_verification.type", "Type", Open),
    ("created_at", "Created at", Open),
    ("custom_duplicated_information", "Duplicate key (custom)", Open),
    ("data.address_city", "Address city", Personal),
    ("data.address_compoundCode", "Address compound code", Personal),
    ("data.address_country", "Address country", Personal),
    ("data.address_detail", "Address detail", Personal),
    ("data.address_formatted", "Address formatted", Personal),
    ("data.address_globalCode", "Address global code", Personal),
    ("data.address_input", "Address input", Personal),
    ("data.address_state", "Address state", Personal),
    ("data.address_street", "Address street", Personal),
    ("data.address_street2", "Address street 2", Personal),
    ("data.address_zipcode", "Address zipcode", Personal),
    ("data.age_group", "Age group", Open),
    ("data.cf1", "Custom field 1", Personal),
    ("data.cf2", "Custom field 2", Personal),
    ("data.cf3", "Custom field 3", Personal),
    ("data.date_of_birth", "Birth date", Personal),
    ("data.documentNumber", "Document number", Identity),
    ("data.expiryDateOfStayKor", "End of stay (KR)", Open),
    ("data.first_name", "First name", Personal),
    ("data.full_name", "Full name", Personal),
    ("data.gender", "Gender", Open),
    ("data.idType", "ID type", Open),
    ("data.idcard_expireDate", "Expiry date", Open),
    ("data.idcard_issueDate", "Issue date", Open),
    ("data.idcard_issuingCountry", "Issuing country", Open),
    ("data.identityNumber", "Identity number", Identity),
    ("data.ip_address", "IP address", Personal),
    ("data.last_name", "Last name", Personal),
    ("data.name", "Name", Personal),
    ("data.nationality", "Nationality", Open),
    ("data.nationalityGovKor", "Nationality (KR registry)", Open),
    ("data.phoneNumber", "Phone number", Personal),
    ("data.ssnNumber", "SSN", Identity),
    ("data.typeOfPermit", "Permit type", Open),
    ("data.typeOfPermitGovKor", "Permit type (KR registry)", Open),
    ("duplicated_information", "Duplicate key", Open),
    ("duplicated_selfie_users", "Same face", Open),
    ("duplicated_users", "Same personal data", Open),
    ("email", "E-mail", Personal),
    ("id_LivenessScore.Paper_printed", "Printed paper", Open),
    ("id_LivenessScore.Replace_portraits", "Replaced portrait", Open),
    ("id_LivenessScore.Screen_play", "Screen replay", Open),
    ("image.addressImage", "Address document", Personal),
    ("image.idBackImage", "ID image, back", Personal),
    ("image.idImage", "ID image", Personal),
    ("image.selfieImage", "Selfie", Personal),
    ("kyc.attempts.attemptCnt", "Attempt", Open),
    ("kyc.attempts.detectFace.AgeRange.High", "High", Open),
    ("kyc.attempts.detectFace.AgeRange.Low", "Low", Open),
    ("kyc.attempts.detectFace.Gender.Confidence", "Confidence", Open),
    ("kyc.attempts.detectFace.Gender.Value", "Value", Open),
    ("kyc.attempts.errorCode", "Error code", Open),
    ("kyc.attempts.errorMsg", "Error message", Open),
    ("kyc.attempts.faceSimilarityScore", "Face similarity", Open),
    ("kyc.attempts.idBarcodeResult", "Barcode", Open),
    ("kyc.attempts.liveness.error", "Error", Open),
    ("kyc.attempts.liveness.error_code", "Error code", Open),
    ("kyc.attempts.liveness.probability", "Probability", Open),
    ("kyc.attempts.liveness.quality", "Quality", Open),
    ("kyc.attempts.liveness.score", "Score", Open),
    ("kyc.attempts.livenessScore", "Liveness score", Open),
    ("kyc.attempts.ocrResult", "OCR result", Open),
    ("kyc.attempts.retryCode", "Retry code", Open),
    ("kyc.attempts.retryMsg", "Retry message", Open),
    ("kyc.attempts.selfieImage", "Selfie", Personal),
    ("kyc.attempts.step1Time1st", "Step 1, 1st call", Open),
    ("kyc.attempts.step1Time2nd", "Step 1, 2nd call", Open),
    ("kyc.attempts.step1Time3rd", "Step 1, 3rd call", Open),
    ("kyc.attempts.step2Time1st", "Step 2, 1st call", Open),
    ("kyc.attempts.step2Time2nd", "Step 2, 2nd call", Open),
    ("kyc.attempts.step2Time3rd", "Step 2, 3rd call", Open),
    ("kyc.attempts.verification.data.resAuthenticity", "Authenticity", Open),
    ("kyc.attempts.verification.data.resAuthenticityDesc", "Authenticity, in words", Open),
    ("kyc.attempts.verification.data.resUserIdentiyNo", "Identity number", Identity),
    ("kyc.attempts.verification.data.resUserNm", "Name", Personal),
    ("kyc.attempts.verification.result.code", "Code", Open),
    ("kyc.attempts.verification.result.extraMessage", "Extra message", Open),
    ("kyc.attempts.verification.result.message", "Message", Open),
    ("kyc.attempts.verification.result.transactionId", "Transaction id", Open),
    ("kyc.attempts.verificationParams.fullName", "Full name", Personal),
    ("kyc.attempts.verificationParams.idType", "ID type", Open),
    ("kyc.attempts.verificationParams.identityNumber", "Identity number", Identity),
    ("kyc.attempts.verificationParams.issueDate", "Issue date", Open),
    ("kyc.attempts.verificationResult", "ID verification", Open),
    ("kyc.comment", "Reject comment", Open),
    ("kyc.commentCode", "Reject code", Open),
    ("kyc.faceSimilarityScore", "Face similarity", Open),
    ("kyc.livenessScore", "Liveness score", Open),
    ("kyc.result", "Status", Open),
    ("kyc.retry.retryCnt", "Retry number", Open),
    ("kyc.retry.retryCode", "Retry code", Open),
    ("kyc.retry.retryMessage", "Retry message", Open),
    ("kyc.retry.type", "Type", Open),
    ("kyc.retryCode", "Retry code", Open),
    ("kyc.retryMsg", "Retry message", Open),
    ("kyc.selfieImage", "Selfie", Personal),
    ("kyc_result_at", "Result at", Open),
    ("memo.text", "Memo", Personal),
    ("memo.updated_at", "Memo updated at", Open),
    ("ocr.birthDate", "Birth date", Personal),
    ("ocr.curpNumber", "CURP number", Identity),
    ("ocr.expireDate", "Expiry date", Open),
    ("ocr.firstName", "First name", Personal),
    ("ocr.fullName", "Full name", Personal),
    ("ocr.gender", "Gender", Open),
    ("ocr.identityNumber", "Identity number", Identity),
    ("ocr.issueDate", "Issue date", Open),
    ("ocr.lastName", "Last name", Personal),
    ("ocr.licenseNumber", "License number", Identity),
    ("ocr.nationality", "Nationality", Open),
    ("ocr.number", "Number", Identity),
    ("ocr.serialNumber", "Serial number", Identity),
    ("ocr.typeOfPermit", "Permit type", Open),
    ("pending_at", "Pending at", Open),
    ("pre_verification.attempts_frequency", "Attempts frequency", Open),
    ("pre_verification.connection_type", "Connection type", Open),
    ("pre_verification.country_code", "Country code", Open),
    ("pre_verification.created_at", "Checked at", Open),
    ("pre_verification.fraud_score", "Fraud score", Open),
    ("pre_verification.ip_address", "IP address", Personal),
    ("pre_verification.is_valid", "Passed", Open),
    ("pre_verification.request_id", "Request id", Open),
    ("project_options.option_addressData", "Option address data", Open),
    ("project_options.option_ai_only", "AI only", Open),
    ("project_options.option_aml", "AML option", Open),
    ("project_options.option_documentNumber", "Option document number", Open),
    ("project_options.option_idNumber", "Option ID number", Open),
    ("project_options.option_mask_documentNumber", "Option mask document number", Open),
    ("project_options.option_mask_idNumber", "Option mask ID number", Open),
    ("project_options.policy_acceptedID", "Accepted ID types", Open),
    ("project_options.policy_ageLimit", "Policy age limit", Open),
    ("project_options.policy_approvePeriod", "Policy approve period", Open),
    ("project_options.policy_blacklistCountries", "Blocked countries", Open),
    ("project_options.webhook.createTime", "Create time", Open),
    ("project_options.webhook.members.addDate", "Add date", Open),
    ("project_options.webhook.members.email", "E-mail", Personal),
    ("project_options.webhook.members.name", "Name", Personal),
    ("project_options.webhook.url", "Webhook URL", Open),
    ("project_options.webhookURL", "Webhook URL", Open),
    ("projection.projectionId", "Projection id", Open),
    ("projection.projectionName", "Projection name", Open),
    ("recognition_score", "Recognition score", Open),
    ("review.birthDate", "Birth date", Personal),
    ("review.curpNumber", "CURP number", Identity),
    ("review.documentNumber", "Document number", Identity),
    ("review.expireDate", "Expiry date", Open),
    ("review.fullName", "Full name", Personal),
    ("review.gender", "Gender", Open),
    ("review.identityNumber", "Identity number", Identity),
    ("review.issueDate", "Issue date", Open),
    ("review.licenseNumber", "License number", Identity),
    ("review.nationality", "Nationality", Open),
    ("reviewer", "Reviewer", Open),
    ("signals.cameraProcessInfo.error", "Error", Open),
    ("signals.cameraProcessInfo.processEndTime", "Process end time", Open),
    ("signals.cameraProcessInfo.processStartTime", "Process start time", Open),
    ("signals.cameraProcessInfo.type", "Type", Open),
    ("signals.faceAge.ageRange.high", "High", Open),
    ("signals.faceAge.ageRange.low", "Low", Open),
    ("signals.faceAge.ageRange.median", "Median", Open),
    ("signals.faceAge.source", "Source", Open),
    ("signals.startButtonClickTime", "Start clicked", Open),
    ("submission_id", "Submission", Open),
    ("tokenId", "Token", Open),
    ("updateHistory.updateAdmin", "Updated by", Personal),
    ("updateHistory.updateTime", "Updated at", Open),
    ("updated_at", "Updated at", Open),
    ("userid", "User id", Open),
    ("verification.faceAge.conditionResults.condition.comparisonOperator", "Comparison operator", Open),
    ("verification.faceAge.conditionResults.condition.target", "Target", Open),
    ("verification.faceAge.conditionResults.conditionIndex", "Condition index", Open),
    ("verification.faceAge.conditionResults.finalResult", "Final result", Open),
    ("verification.faceAge.conditionResults.matchResults.*.processed", "Processed", Open),
    ("verification.faceAge.conditionResults.matchResults.*.result", "Result", Open),
    ("verification.faceAge.conditionResults.matchResults.*.statement", "Statement", Open),
    ("verification.faceAge.logicalOperators", "Logical operators", Open),
    ("verification.faceAge.usedValues.birthDateAge", "Age by birth date", Open),
    ("verification.faceAge.usedValues.idHigh", "ID high", Open),
    ("verification.faceAge.usedValues.idLow", "ID low", Open),
    ("verification.faceAge.usedValues.idMedian", "ID median", Open),
    ("verification.faceAge.usedValues.originalIdHigh", "Original ID high", Open),
    ("verification.faceAge.usedValues.originalIdLow", "Original ID low", Open),
    ("verification.faceAge.usedValues.originalIdMedian", "Original ID median", Open),
    ("verification.faceAge.usedValues.originalSelfieHigh", "Original selfie high", Open),
    ("verification.faceAge.usedValues.originalSelfieLow", "Original selfie low", Open),
    ("verification.faceAge.usedValues.originalSelfieMedian", "Original selfie median", Open),
    ("verification.faceAge.usedValues.selfieHigh", "Selfie high", Open),
    ("verification.faceAge.usedValues.selfieLow", "Selfie low", Open),
    ("verification.faceAge.usedValues.selfieMedian", "Selfie median", Open),
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
        for (path, ..) in FIELDS.iter().filter(|(path, ..)| path.contains('*')) {
            assert!(OPEN.iter().any(|open| path.starts_with(open)), "{path}");
        }
        assert_eq!(known("OCR_raw.name_eng.value").map(|known| known.label), Some("OCR raw"));
        assert_eq!(known("OCR_raw.rotate.value").map(|known| known.label), Some("Rotation"));
        assert_eq!(known("OCR_raw.name_eng.values"), None);
    }
}
