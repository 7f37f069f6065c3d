//! The verdict: what `kyc.result` says, read so that nothing malformed looks like an approval.

use super::document::{self, Document, Field};
use super::node::Node;
use super::path::{self, Step};
use super::words;

/// What became of a submission (the service's documentation, KYC status).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// `approved`.
    Approved,
    /// `rejected`.
    Rejected,
    /// `pending`: waits for a person.
    Pending,
    /// `incomplete`: left midway.
    Incomplete,
    /// A word that is not documented, or no text at all.
    Unknown,
    /// Sent more than once, with different values.
    Contradictory,
    /// Nothing was sent.
    Missing,
}

impl Verdict {
    /// Reads the verdict of a submission; words are compared without case, since the documentation prints both.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let root = document.root();
        if document.is_contested(RESULT) {
            return Self::Contradictory;
        }
        let kycs: Vec<&Node> = root.node().all("kyc").collect();
        // One of several that says nothing leaves open which of them counts.
        let said = kycs.iter().flat_map(|kyc| {
            let results: Vec<Option<&Node>> = kyc.all("result").map(Some).collect();
            if results.is_empty() { vec![None] } else { results }
        });
        let said: Vec<Option<&Node>> = said.collect();
        let Some((first, others)) = said.split_first() else { return Self::Missing };
        if others.iter().any(|other| other != first) {
            return Self::Contradictory;
        }
        match first {
            Some(Node::Text(text)) => Self::read(text.expose()),
            None if kycs.iter().all(|kyc| matches!(kyc, Node::Object(_) | Node::Null)) => Self::Missing,
            Some(Node::Null) => Self::Missing,
            _ => Self::Unknown,
        }
    }

    /// The documented words.
    pub(super) const WORDS: [(&'static str, Self); 4] = [
        ("approved", Self::Approved),
        ("rejected", Self::Rejected),
        ("pending", Self::Pending),
        ("incomplete", Self::Incomplete),
    ];

    /// Reads one word.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let missing = if text.is_empty() { Self::Missing } else { Self::Unknown };
        words::find(&Self::WORDS, text).unwrap_or(missing)
    }
}

/// Where the verdict stands.
const RESULT: &str = "kyc.result";

/// The documented fields that judge something: what they say is told with a sign, a colour or words of ours.
const JUDGING: [&str; 15] = [
    "Injection_action.attemptStatus",
    "Injection_action.ipVerification.status",
    "Injection_action.option.ipVerification.status",
    "OCR_raw.*.accepted",
    "aml.currentstatus",
    "aml.matches.risk_level",
    "aml.risk_level_summary",
    "bank_verification.result",
    "kyc.attempts.idBarcodeResult",
    "kyc.attempts.ocrResult",
    "kyc.attempts.verificationResult",
    "kyc.result",
    "pre_verification.is_valid",
    "verification.faceAge.conditionResults.finalResult",
    "verification.faceAge.conditionResults.matchResults.*.result",
];

/// The keys at the ends of these paths.
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

/// Members of `aml` of which a screening is made up: where one of them contradicts itself, all are in doubt.
const SCREENING: [&str; 3] = ["currentstatus", "matches", "risk_level_summary"];

/// Whether a scalar may not be read as what it says: it stands within a value that should be the verdict itself
/// (`{"result":["approved"]}`), in a list within a list, or under a key that was sent more than once with different
/// values. Such a value is shown as sent, and nothing is said of it.
pub(super) fn is_illegible(field: &Field<'_>) -> bool {
    // Nearly no path holds one of these keys, and all are asked.
    if !field.path().split(['.', '[']).any(|key| KEYS.contains(&key)) {
        return false;
    }
    let mut path = String::new();
    let mut nested = false;
    let mut in_list = false;
    let mut steps = path::steps(field.path());
    while let Some(step) = steps.next() {
        match step {
            Step::Key(key) => {
                path = path::member(&path, &key);
                in_list = false;
            }
            Step::At(at) => {
                path.push_str(&format!("[{at}]"));
                nested |= std::mem::replace(&mut in_list, true);
            }
        }
        if document::known_at(&path).is_some_and(|known| JUDGING.contains(&known.path)) {
            return nested || steps.next().is_some() || (field.document().repeats() && is_contested(field));
        }
    }
    false
}

/// Whether a field, or an object around it, was sent more than once with different values.
fn is_contested(field: &Field<'_>) -> bool {
    let differs = |node: &Node, key: &str| {
        let mut same = node.all(key);
        same.next_back().is_some_and(|last| same.any(|other| other != last))
    };
    if field.document().is_contested(field.path()) {
        return true;
    }
    let root = field.document().root();
    let mut node = root.node();
    for step in path::steps(field.path()) {
        let inner = match step {
            Step::Key(key) if differs(node, &key) => return true,
            Step::Key(key) => node.get(&key),
            Step::At(at) => node.list().get(at),
        };
        let Some(inner) = inner else { return false };
        node = inner;
    }
    let aml = root.node().get("aml").filter(|_| field.path().starts_with("aml."));
    let is_contested = |key: &str| field.document().is_contested(&path::member("aml", key));
    aml.is_some_and(|aml| SCREENING.iter().any(|key| differs(aml, key) || is_contested(key)))
}

#[cfg(test)]
mod tests;
