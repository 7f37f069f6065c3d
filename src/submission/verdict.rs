//! The verdict: what `kyc.result` says, read so that nothing malformed looks like an approval.

use super::document::Document;
use super::node::Node;

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
        let results: Vec<&Node> = root.node().all("kyc").flat_map(|kyc| kyc.all("result")).collect();
        let Some((first, others)) = results.split_first() else { return Self::Missing };
        if others.iter().any(|other| other != first) {
            return Self::Contradictory;
        }
        match first {
            Node::Text(text) => Self::word(text.expose()),
            Node::Null => Self::Missing,
            _ => Self::Unknown,
        }
    }

    fn word(text: &str) -> Self {
        let known = [
            ("approved", Self::Approved),
            ("rejected", Self::Rejected),
            ("pending", Self::Pending),
            ("incomplete", Self::Incomplete),
            ("", Self::Missing),
        ];
        known
            .into_iter()
            .find(|(word, _)| text.eq_ignore_ascii_case(word))
            .map_or(Self::Unknown, |(_, verdict)| verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(json: &str) -> Verdict {
        Verdict::of(&Document::read(json.as_bytes(), true))
    }

    #[test]
    fn the_documented_words_are_read_in_any_case() {
        assert_eq!(verdict(r#"{"kyc":{"result":"approved"}}"#), Verdict::Approved);
        assert_eq!(verdict(r#"{"kyc":{"result":"Rejected"}}"#), Verdict::Rejected);
        assert_eq!(verdict(r#"{"kyc":{"result":"PENDING"}}"#), Verdict::Pending);
        assert_eq!(verdict(r#"{"kyc":{"result":"incomplete"}}"#), Verdict::Incomplete);
    }

    #[test]
    fn nothing_malformed_reads_as_an_approval() {
        for json in [
            r#"{"kyc":{"result":["approved"]}}"#,
            r#"{"kyc":{"result":{"approved":true}}}"#,
            r#"{"kyc":{"result":true}}"#,
            r#"{"kyc":{"result":"approved "}}"#,
            r#"{"kyc":{"result":"аpproved"}}"#,
            r#"{"kyc":"approved"}"#,
            r#"{"kyc":{"result":"rejected","result":"approved"}}"#,
            r#"{"kyc":{"result":"rejected"},"kyc":{"result":"approved"}}"#,
            "approved",
        ] {
            assert_ne!(verdict(json), Verdict::Approved, "{json}");
        }
        assert_eq!(verdict(r#"{"kyc":{"result":"rejected"},"kyc":{"result":"approved"}}"#), Verdict::Contradictory);
    }

    #[test]
    fn nothing_is_no_verdict() {
        for json in ["{}", r#"{"kyc":{}}"#, r#"{"kyc":{"result":null}}"#, r#"{"kyc":{"result":""}}"#] {
            assert_eq!(verdict(json), Verdict::Missing, "{json}");
        }
    }
}
