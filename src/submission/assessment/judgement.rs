//! Judges a single field. This module has the table of all fields that hold a result, such as the result of a check,
//! and judges the value of such a field.

use super::{Screening, words};
use crate::submission::document::{self, Document, Field};
use crate::submission::node::Node;
use crate::submission::path::{self, Step};

/// Judgement of a check by its result, such as the text `success`: passed, not passed, unclear, or absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The result is the documented word for a success.
    Passed,
    /// The result is the documented word for a failure.
    NotPassed,
    /// The result is neither the documented word for a success nor that for a failure. Also for a result that was not
    /// read, or was sent more than once with different values.
    Unclear,
    /// No result was sent: the field is missing, `null`, or an empty text.
    Absent,
}

impl Judgement {
    /// Returns whether a result was sent that is anything but the documented word for a success.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::NotPassed | Self::Unclear)
    }
}

/// The kind of words that a field with a result has as its values, such as `success` and `fail`.
#[derive(Clone, Copy)]
enum ResultWords {
    /// The field uses `success` or `fail`.
    Success,
    /// The field uses `true` or `false`.
    Truth,
    /// The field uses other words, such as `approved` for the KYC status: see [`super::KycStatus`] and
    /// [`super::AmlAssessment`].
    Codes,
}

/// Documented fields that state a result, such as the result of a check or the KYC status, each with the kind of words
/// that the field uses. A screen shows the values of these fields with a sign such as `✓`, a colour or words of this
/// program.
const RESULT_FIELDS: [(&str, ResultWords); 15] = [
    ("Injection_action.attemptStatus", ResultWords::Success),
    ("Injection_action.ipVerification.status", ResultWords::Success),
    ("Injection_action.option.ipVerification.status", ResultWords::Success),
    ("OCR_raw.*.accepted", ResultWords::Truth),
    ("aml.currentstatus", ResultWords::Codes),
    ("aml.matches.risk_level", ResultWords::Codes),
    ("aml.risk_level_summary", ResultWords::Codes),
    ("bank_verification.result", ResultWords::Success),
    ("kyc.attempts.idBarcodeResult", ResultWords::Success),
    ("kyc.attempts.ocrResult", ResultWords::Success),
    ("kyc.attempts.verificationResult", ResultWords::Success),
    ("kyc.result", ResultWords::Codes),
    ("pre_verification.is_valid", ResultWords::Truth),
    ("verification.faceAge.conditionResults.finalResult", ResultWords::Truth),
    ("verification.faceAge.conditionResults.matchResults.*.result", ResultWords::Truth),
];

/// Last key of each path in the table `RESULT_FIELDS`, for a quick check: a path that contains none of these keys leads
/// to no result.
const KEYS: [&str; 12] = [
    "accepted",
    "attemptStatus",
    "currentstatus",
    "finalResult",
    "idBarcodeResult",
    "is_valid",
    "ocrResult",
    "result",
    "risk_level",
    "risk_level_summary",
    "status",
    "verificationResult",
];

/// Path of the AML status, the result of the AML screening, in a submission.
const SCREENING: &str = "aml.currentstatus";

/// Members of `aml` that put the AML status `Not Screened` (the word for "no match") in doubt if they were sent more
/// than once with different values.
const BESIDE_SCREENING: [&str; 2] = ["matches", "risk_level_summary"];

/// Result of looking a path up in the table `RESULT_FIELDS` (fields that hold a result). The path leads to a field of
/// the table, or to a value inside such a field.
struct JudgedPath {
    words: ResultWords,
    /// Whether the value at the path must not be read as a result. This is so in a list within a list, and inside a
    /// value that should be the result itself.
    is_nested: bool,
}

impl JudgedPath {
    fn at(place: &str) -> Option<Self> {
        // Every path is checked, but nearly none holds one of these keys.
        if !place.split(['.', '[']).any(|key| KEYS.contains(&key)) {
            return None;
        }
        let mut path = String::new();
        let mut is_nested = false;
        let mut in_list = false;
        let mut steps = path::steps(place);
        while let Some(step) = steps.next() {
            match step {
                Step::Key(key) => {
                    path = path::member(&path, &key);
                    in_list = false;
                }
                Step::At(at) => {
                    path.push_str(&format!("[{at}]"));
                    is_nested |= std::mem::replace(&mut in_list, true);
                }
            }
            let known = document::documented_field_at(&path).map(|known| known.path);
            if let Some((_, words)) = RESULT_FIELDS.iter().find(|(judging, _)| known == Some(judging)) {
                return Some(Self { words: *words, is_nested: is_nested || steps.next().is_some() });
            }
        }
        None
    }
}

/// Returns whether the scalar in `field` must not be read as the result of a check. Such a scalar is shown as sent, and
/// counts as neither passed nor failed. This is so for a scalar:
///
/// * inside a value that should be the result itself (`{"result":["approved"]}`)
/// * in a list within a list
/// * under a key that was sent more than once with different values
pub(in crate::submission) fn is_illegible(field: &Field<'_>) -> bool {
    JudgedPath::at(field.path()).is_some_and(|judging| judging.is_nested || is_contested(field))
}

/// Returns whether `field`, or an object that contains it, was sent more than once with different values.
pub(in crate::submission) fn is_contested(field: &Field<'_>) -> bool {
    is_contested_at(field.document(), field.path())
}

fn is_contested_at(document: &Document, path: &str) -> bool {
    let differs = |node: &Node, key: &str| {
        let mut same = node.all(key);
        same.next_back().is_some_and(|last| same.any(|other| other != last))
    };
    if !document.repeats() {
        return false;
    }
    if document.is_contested(path) {
        return true;
    }
    let root = document.root();
    let mut node = root.node();
    for step in path::steps(path) {
        let inner = match step {
            Step::Key(key) if differs(node, &key) => return true,
            Step::Key(key) => node.get(&key),
            Step::At(at) => node.list().get(at),
        };
        let Some(inner) = inner else { return false };
        node = inner;
    }
    let is_clear = || node.expose().map(Screening::read) == Some(Screening::NotScreened);
    let aml = root.node().get("aml").filter(|_| path == SCREENING && is_clear());
    let is_contested = |key: &str| document.is_contested(&path::member("aml", key));
    aml.is_some_and(|aml| BESIDE_SCREENING.iter().any(|key| differs(aml, key) || is_contested(key)))
}

/// Returns whether a key on the path to a verdict (a status, a screening or the result of a check) was sent more than
/// once. Then it is unknown which of the values counts.
pub(in crate::submission) fn repeats_verdict(document: &Document) -> bool {
    fn repeats(node: &Node, keys: &[&str]) -> bool {
        let Some((key, below)) = keys.split_first() else { return false };
        node.list().iter().any(|element| {
            let mut members = element.members().iter().filter(|(known, _)| *key == "*" || known.expose() == *key);
            let is_repeated = *key != "*" && element.all(key).count() > 1;
            is_repeated || members.any(|(_, member)| repeats(member, below))
        })
    }
    let root = document.root();
    document.repeats()
        && RESULT_FIELDS.iter().any(|(path, _)| {
            let keys: Vec<&str> = path.split('.').collect();
            document.is_contested(path) || repeats(root.node(), &keys)
        })
}

/// Returns whether `node`, the value of a field with a check's result, counts as not sent: `null` or an empty text.
pub(super) fn is_nothing(node: &Node) -> bool {
    matches!(node, Node::Null) || matches!(node, Node::Text(text) if text.expose().is_empty())
}

impl Field<'_> {
    /// Returns the judgement of a check by the word in this field, such as [`Judgement::Passed`] for `success`. Returns
    /// `None` for a field that is not the result of a check.
    pub fn judgement(&self) -> Option<Judgement> {
        let judging = JudgedPath::at(self.path())?;
        let read = match judging.words {
            ResultWords::Codes => return None,
            ResultWords::Success => words::success,
            ResultWords::Truth => words::truth,
        };
        Some(if judging.is_nested || is_contested(self) {
            Judgement::Unclear
        } else if is_nothing(self.node()) {
            Judgement::Absent
        } else {
            match self.sent_text().and_then(read) {
                Some(true) => Judgement::Passed,
                Some(false) => Judgement::NotPassed,
                None => Judgement::Unclear,
            }
        })
    }
}

/// Maximum number of different values that are kept of one field, if the field was sent more than once.
const MAX_VALUES: usize = 8;

/// Returns the values at `path`, the path of a check's result, if it is in doubt what the result is. There is doubt in
/// two cases. If the field was sent more than once with different values, all these values are returned. If a list or
/// an object was sent instead of a word, this list or object is returned. Returns `None` if there is no doubt, or if
/// the path does not lead to the result of a check.
pub fn contradictory_values<'a>(document: &'a Document, path: &str) -> Option<Vec<Field<'a>>> {
    let judging = JudgedPath::at(path)?;
    let values = || values_at(document, path);
    let is_plain = |field: &Field<'_>| !matches!(field.node(), Node::List(_) | Node::Object(_));
    if is_contested_at(document, path) {
        return Some(values());
    }
    let is_legible = !judging.is_nested && document.field(path).as_ref().is_none_or(is_plain);
    (!is_legible).then(values)
}

/// Returns the different values at the path `path` of a submission, not more than [`MAX_VALUES`]. If a key on the path
/// is repeated, the values of all members with this key are included.
pub(super) fn values_at<'a>(document: &'a Document, path: &str) -> Vec<Field<'a>> {
    let mut found = vec![document.root()];
    for step in path::steps(path) {
        let inner = |field: &Field<'a>| match &step {
            Step::Key(key) => field.children(key),
            Step::At(at) => field.elements().into_iter().skip(*at).take(1).collect(),
        };
        found = found.iter().flat_map(inner).collect();
    }
    let mut different: Vec<Field<'a>> = Vec::new();
    for field in found {
        if different.len() < MAX_VALUES && different.iter().all(|other| other.node() != field.node()) {
            different.push(field);
        }
    }
    different
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_at_the_ends_of_the_documented_paths() {
        let mut ends: Vec<&str> = RESULT_FIELDS.iter().filter_map(|(path, _)| path.rsplit('.').next()).collect();
        ends.sort_unstable();
        ends.dedup();
        assert_eq!(ends, KEYS);
        assert!(
            RESULT_FIELDS
                .iter()
                .all(|(path, _)| document::documented_field_at(path).is_some_and(|known| known.path == *path))
        );
    }
}
