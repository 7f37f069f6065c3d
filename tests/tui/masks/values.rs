//! A submission with a canary of every class of value, and another one that is linked with it.

use argos_review::text::{Class, Mask};
use serde_json::{Value, json};

/// A class of value: what it is called in the table, how private it is, and how its canaries begin.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) class: Class,
    /// Beginnings of the canaries, in letters and digits alone: of an identity value the end may be seen.
    heads: &'static [&'static str],
}

const fn kind(name: &'static str, class: Class, heads: &'static [&'static str]) -> Kind {
    Kind { name, class, heads }
}

pub(crate) const KINDS: [Kind; 19] = [
    kind("identity, documented", Class::Identity, &["identhead", "accounthead"]),
    kind("identity, by key", Class::Identity, &["keyedhead", "mrzhead", "amlidhead"]),
    kind("identity, by digits", Class::Identity, &["digithead"]),
    kind("repeated value", Class::Identity, &["repeathead"]),
    kind("personal, documented", Class::Personal, &["personhead", "mailhead"]),
    kind("personal, undocumented", Class::Personal, &["undochead", "attempthead"]),
    kind("repeated person", Class::Personal, &["cityhead"]),
    kind("user id", Class::Personal, &["useridhead"]),
    kind("key, number", Class::Identity, &["numkeyhead"]),
    kind("key, name", Class::Personal, &["namekeyhead", "amlhead"]),
    kind("in a list", Class::Personal, &["listhead"]),
    kind("in an object", Class::Personal, &["objecthead"]),
    kind("raw text", Class::Unread, &["rawhead"]),
    kind("form, number", Class::Identity, &["formhead"]),
    kind("form, other", Class::Personal, &["nickhead"]),
    kind("linked person", Class::Personal, &["linkedhead"]),
    kind("linked id", Class::Identity, &["linkidhead"]),
    kind("status and codes", Class::Open, &["rejected", "expiredid", "redflag"]),
    kind("scores and times", Class::Open, &["8755", "20261120"]),
];

impl Kind {
    /// Whether a canary of this class is seen in a text that went through [`squeezed`].
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.heads.iter().any(|head| text.contains(head))
    }

    pub(crate) const fn heads(&self) -> &'static [&'static str] {
        self.heads
    }

    pub(crate) const fn is_hidden(&self, mask: Mask) -> bool {
        self.class.hidden_at(mask)
    }
}

/// The letters and digits of a text, so that no line end and no hyphen hides a canary.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The id of the submission: it repeats the number of its document.
pub(crate) const ID: &str = "repeathead4455667";

/// The submission.
pub(crate) fn submission() -> Value {
    let mut deep = json!("Rawhead 900101-1234567");
    for _ in 0..150 {
        deep = json!([deep]);
    }
    json!({
        "submission_id": ID, "created_at": "2026-11-20T09:00:00.000Z", "email": "mailhead@example.com",
        "userid": "useridhead", "tokenId": "REPEATHEAD 4455667", "argos_score": 87.55,
        "data": {
            "full_name": "Personhead Sample", "date_of_birth": "1990-01-01", "identityNumber": "IDENTHEAD-700001",
            "documentNumber": "REPEATHEAD-4455667", "nationality": "KOR", "idType": "passport", "address_city": "Cityhead",
            "rrn": "KEYEDHEADqx", "new": "DIGITHEAD 55501-77", "other": "UNDOCHEAD word",
            "cf1": { "inner": "OBJECTHEAD" }, "cf2": ["LISTHEAD", "x"], "cf3": "rejected",
        },
        "kyc": {
            "result": "rejected", "comment": ["repeathead 4455667", "CITY-HEAD"],
            "commentCode": ["expired_id", "Ｒｅｐｅａｔｈｅａｄ４４５５６６７"],
            "attempts": [{
                "attemptCnt": 1, "step1Time1st": "2026-11-20T09:00:01.000Z", "retryCode": ["expired_id"],
                "retryMsg": ["Repeathead.4455667", "cityhead"], "errorMsg": "REPEATHEAD4455667", "odd": "ATTEMPTHEAD",
            }],
            "retry": [{ "type": "step1", "retryCnt": 1, "retryCode": "Repeathead4455667", "retryMessage": "cityhead" }],
        },
        "OCR_raw": {
            "mrz1": { "value": "MRZHEAD<<SAMPLE", "score": 87 }, "name": { "value": "Personhead Sample" },
            "number": { "value": "REPEATHEAD-4455667" }, "Namekeyhead Lee": { "value": "x" },
        },
        "ocr": { "fullName": "Personhead Sample", "number": "REPEATHEAD4455667" },
        "aml": {
            "currentstatus": "Red Flag", "risk_level_summary": "HIGH",
            "matches": [{ "risk_level": "HIGH", "resource_id": "R-1", "score": 87.55 }],
            "raw_data": { "people": { "Amlhead Person": { "passport": "AMLIDHEADxx", "city": "Cityhead" } } },
        },
        "memo": { "text": "Repeathead 4455667", "updated_at": "2026-11-20T10:00:00.000Z" },
        "additional_list": [
            { "answer": "Passport number", "inputValue": "FORMHEADzz", "blockType": "text" },
            { "answer": "Nickname", "inputValue": "NICKHEAD", "blockType": "text" },
        ],
        "bank_verification": { "result": "fail", "account_number": "ACCOUNTHEAD-1234567", "bank_code": "004" },
        "updateHistory": { "updateAdmin": "mailhead@example.com", "updateTime": "2026-11-20T11:00:00.000Z" },
        "by": { "NUMKEYHEAD-1234567": { "a": 1 }, "Namekeyhead Sample": 2 },
        "deep": deep,
    })
}

/// Another one with the same e-mail address, whose id repeats its own number.
pub(crate) fn linked() -> Value {
    json!({
        "submission_id": "linkidhead123456", "created_at": "2026-11-19T09:00:00.000Z", "email": "mailhead@example.com",
        "data": { "full_name": "Linkedhead Sample", "documentNumber": "LINKIDHEAD-123456" }, "kyc": { "result": "rejected" },
    })
}

/// The answer that holds both.
pub(crate) fn answer() -> String {
    json!({ "Items": [submission(), linked()] }).to_string()
}
