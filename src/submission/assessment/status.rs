//! KYC status of a submission (`kyc.result`). It is read so strictly that no malformed value looks like an approval.

use super::words;
use crate::submission::document::Document;
use crate::submission::node::Node;

/// KYC status of a submission: the result of the identity check, as in `kyc.result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KycStatus {
    /// `approved`: the applicant passed the identity check.
    Approved,
    /// `rejected`: the applicant did not pass the identity check.
    Rejected,
    /// `pending`: the submission waits for a decision by a person.
    Pending,
    /// `incomplete`: the applicant did not finish the submission.
    Incomplete,
    /// The status is an undocumented word, or a value that is not a text.
    Unknown,
    /// The status was sent more than once, with different values.
    Contradictory,
    /// No status was sent.
    Missing,
}

impl KycStatus {
    /// Reads the KYC status of a submission (`kyc.result`). Words are compared without case, since the documentation
    /// prints both upper and lower case.
    pub fn of(document: &Document) -> Self {
        let root = document.root();
        if document.is_contested(RESULT) {
            return Self::Contradictory;
        }
        let kycs: Vec<&Node> = root.node().all("kyc").collect();
        // If one of several `kyc` has no result, it is unknown which of them counts.
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

    /// The documented words of the KYC status, each with the status that it means.
    pub(in crate::submission) const WORDS: [(&'static str, Self); 4] = [
        ("approved", Self::Approved),
        ("rejected", Self::Rejected),
        ("pending", Self::Pending),
        ("incomplete", Self::Incomplete),
    ];

    /// Parses one word as a KYC status, ignoring case. An empty text is [`KycStatus::Missing`], and an undocumented
    /// word is [`KycStatus::Unknown`].
    pub fn read(text: &str) -> Self {
        let missing = if text.is_empty() { Self::Missing } else { Self::Unknown };
        words::meaning_of(&Self::WORDS, text).unwrap_or(missing)
    }
}

/// Path of the KYC status in the JSON of a submission.
const RESULT: &str = "kyc.result";

#[cfg(test)]
mod tests;
