//! Test data for all code that reads check results: every check, the values that may be sent as its result, and how
//! each value must be judged.

use super::{CheckKind, Judgement};

/// Test data for one check: the path of its result, and the documented words for a success and a failure.
#[derive(Clone, Copy)]
pub struct CheckCase {
    /// The kind of the check.
    pub kind: CheckKind,
    /// The path of the check's result in a record.
    pub path: &'static str,
    /// The documented words for a success and a failure of the check, in this order, as JSON.
    pub words: [&'static str; 2],
    /// The JSON text of a test record, in two parts: the text before and the text after the check's result.
    around: [&'static str; 2],
}

const SUCCESS: [&str; 2] = [r#""success""#, r#""fail""#];
const TRUTH: [&str; 2] = ["true", "false"];
const ATTEMPT: [&str; 2] = [r#"{"kyc":{"attempts":[{"attemptCnt":1"#, "}]}}"];

/// Test data for all checks whose result is a word, such as `success`, or a truth value.
pub const CHECKS: [CheckCase; 8] = [
    CheckCase {
        kind: CheckKind::PreVerification,
        path: "pre_verification.is_valid",
        words: TRUTH,
        around: [r#"{"pre_verification":{"created_at":"2026-11-21T09:14:05Z""#, "}}"],
    },
    CheckCase {
        kind: CheckKind::Injection,
        path: "Injection_action.attemptStatus",
        words: SUCCESS,
        around: [r#"{"Injection_action":{"createTime":"2026-11-21T09:14:05Z""#, "}}"],
    },
    CheckCase {
        kind: CheckKind::IpVerification,
        path: "Injection_action.ipVerification.status",
        words: SUCCESS,
        around: [r#"{"Injection_action":{"attemptStatus":"success","ipVerification":{"requestId":"q""#, "}}}"],
    },
    CheckCase {
        kind: CheckKind::Bank,
        path: "bank_verification.result",
        words: SUCCESS,
        around: [r#"{"bank_verification":{"bank_code":"004""#, "}}"],
    },
    CheckCase { kind: CheckKind::Ocr, path: "kyc.attempts[0].ocrResult", words: SUCCESS, around: ATTEMPT },
    CheckCase { kind: CheckKind::Barcode, path: "kyc.attempts[0].idBarcodeResult", words: SUCCESS, around: ATTEMPT },
    CheckCase {
        kind: CheckKind::IdVerification,
        path: "kyc.attempts[0].verificationResult",
        words: SUCCESS,
        around: ATTEMPT,
    },
    CheckCase {
        kind: CheckKind::FaceAge,
        path: "verification.faceAge[0].conditionResults[0].finalResult",
        words: TRUTH,
        around: [r#"{"verification":{"faceAge":[{"conditionResults":[{"conditionIndex":0"#, "}]}]}}"],
    },
];

impl CheckCase {
    /// Returns the JSON of a submission for testing this check. `members` is the JSON text that is inserted where the
    /// check has its result, such as `"result":"success"`: one member, several or none.
    pub fn record(&self, members: &str) -> String {
        let [before, after] = self.around;
        let comma = if members.is_empty() { "" } else { "," };
        format!("{before}{comma}{members}{after}")
    }

    /// Returns test submissions for this check as JSON. Each comes with the judgement that the program must give to the
    /// check's result.
    pub fn records(&self) -> Vec<(String, Judgement)> {
        use Judgement::{Absent, NotPassed, Passed, Unclear};
        let [good, bad] = self.words;
        let word = good.trim_matches('"');
        // A condition that was put and has no answer is unclear.
        let nothing = if self.kind == CheckKind::FaceAge { Unclear } else { Absent };
        let big = format!("[{good}{}]", ",0".repeat(300_000));
        let values = [
            (good.to_owned(), Passed),
            (format!("\"{}\"", word.to_uppercase()), Passed),
            (bad.to_owned(), NotPassed),
            (bad.to_uppercase().replace("FALSE", "\"FALSE\""), NotPassed),
            (format!("\"{word} \""), Unclear),
            (format!("\" {word}\""), Unclear),
            (format!("\"{word}\\u200b\""), Unclear),
            ("\"passed\"".to_owned(), Unclear),
            ("1".to_owned(), Unclear),
            ("0".to_owned(), Unclear),
            ("1e999".to_owned(), Unclear),
            ("{}".to_owned(), Unclear),
            ("[]".to_owned(), Unclear),
            (r#"{"a":1}"#.to_owned(), Unclear),
            (format!("[{good}]"), Unclear),
            (format!("[[{good}]]"), Unclear),
            (big, Unclear),
            ("null".to_owned(), nothing),
            ("\"\"".to_owned(), nothing),
        ];
        let key = self.path.rsplit('.').next().unwrap_or_default();
        let member = |value: &str| format!(r#""{key}":{value}"#);
        let mut records: Vec<(String, Judgement)> =
            values.iter().map(|(value, judgement)| (self.record(&member(value)), *judgement)).collect();
        records.push((self.record(""), nothing));
        for (one, other, judgement) in [
            (good, good, Passed),
            (bad, good, Unclear),
            (good, bad, Unclear),
            (good, "null", Unclear),
            ("null", good, Unclear),
            (good, "{}", Unclear),
        ] {
            records.push((self.record(&format!("{},{}", member(one), member(other))), judgement));
        }
        // The whole block twice, the second time without anything. Attempts that are not sent have no results, and of an
        // injection that cannot be read the one result tells.
        let block = self.path.split(['.', '[']).next().unwrap_or_default();
        if block != "kyc" && self.kind != CheckKind::IpVerification {
            let once = self.record(&member(good));
            let twice = format!("{},\"{block}\":null}}", once.strip_suffix('}').unwrap_or_default());
            records.push((twice, Unclear));
        }
        records
    }
}
