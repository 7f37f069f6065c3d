//! Kinds of retry codes: what a retry was about.

use RetryKind::{Bank, Capture, Document, Face, Forgery, Mismatch, Policy};

/// Kind of a retry code (the service's reason for a further attempt). This program defines the kinds; the service
/// defines only the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RetryKind {
    /// The reason is a picture that could not be read well enough.
    Capture,
    /// The reason is the document itself, such as an expired one.
    Document,
    /// The reason is data that do not match other data.
    Mismatch,
    /// The reason is a sign that a document or picture is not genuine.
    Forgery,
    /// The reason is the face, or the check that the person is live.
    Face,
    /// The reason is the check of a bank account.
    Bank,
    /// The reason is a rule of the project or of the service, such as the number of retries.
    Policy,
}

/// The documented retry codes, each with its kind. The service documents the codes ("Retry Code" of its webhooks), not
/// the kinds. Misspelled codes of the service are listed as misspelled, such as `physicial_document_missing` of the
/// Korean page.
#[rustfmt::skip]
const KINDS: [(&str, RetryKind); 47] = [
    ("recognition_fail", Capture),
    ("expired_id", Document),
    ("document_expired", Document),
    ("invalid_back_document", Document),
    ("invalid_dual_side", Document),
    ("document_country_mismatch", Mismatch),
    ("glare_detected", Capture),
    ("image_too_blurry", Capture),
    ("recaptured_document", Forgery),
    ("screen_detected", Forgery),
    ("black_white_document", Forgery),
    ("missing_birth_date", Capture),
    ("missing_expiry_date", Capture),
    ("missing_issue_date", Capture),
    ("missing_document_number", Capture),
    ("missing_personal_number", Capture),
    ("missing_name", Capture),
    ("document_name_mismatch", Mismatch),
    ("document_dob_mismatch", Mismatch),
    ("image_forgery", Forgery),
    ("text_forgery", Forgery),
    ("feature_verification_failed", Forgery),
    ("image_edited", Forgery),
    ("fake_id", Forgery),
    ("artificial_image", Forgery),
    ("artificial_text", Forgery),
    ("check_digit_failed", Forgery),
    ("physical_document_missing", Forgery),
    ("physicial_document_missing", Forgery),
    ("bank_authentication_fail", Bank),
    ("bank_authentication_code_fail", Bank),
    ("bank_authentication_name_fail", Bank),
    ("mrz_protocol_fail", Capture),
    ("Identity_verification_fail", Mismatch),
    ("barcode_protocol_fail", Capture),
    ("Id_livness_fail", Forgery),
    ("blacklist_country", Policy),
    ("no_face", Face),
    ("face_compare_underscore", Face),
    ("face_compare_fail", Face),
    ("face_occluded", Face),
    ("liveness_error", Face),
    ("liveness_fail", Face),
    ("liveness_fail_active", Face),
    ("too_many_retry", Policy),
    ("VERIFICATION_CODE_MISS_MATCH", Mismatch),
    // The spelling without the service's misprint.
    ("Id_liveness_fail", Forgery),
];

impl RetryKind {
    /// Returns the kind of a retry code; the case of letters makes no difference. `None` for a code that is not
    /// documented.
    pub fn of(code: &str) -> Option<Self> {
        KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, kind)| *kind)
    }

    /// All kinds, in the order of the enum.
    pub const ALL: [Self; 7] = [Capture, Document, Mismatch, Forgery, Face, Bank, Policy];

    /// Returns the kind whose label ([`Self::label`]) is `word`, such as `forgery`; the case of letters makes no
    /// difference. `None` if no kind has this label.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(word.trim()))
    }

    /// Returns what the codes of this kind are about, such as `kind: the check of a bank account`, for help texts.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Capture => "kind: picture not read well enough",
            Self::Document => "kind: the document, such as expired",
            Self::Mismatch => "kind: data not matching other data",
            Self::Forgery => "kind: signs of a fake document or picture",
            Self::Face => "kind: the face, or the liveness check",
            Self::Bank => "kind: the check of a bank account",
            Self::Policy => "kind: rule of the project or service",
        }
    }

    /// Returns the name of this kind on the screen and in statistics, such as `capture`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Document => "document",
            Self::Mismatch => "mismatch",
            Self::Forgery => "forgery",
            Self::Face => "face",
            Self::Bank => "bank",
            Self::Policy => "policy",
        }
    }
}
