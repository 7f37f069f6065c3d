//! Retry codes that report a forgery: the service found that the ID document or its picture may not be genuine.

/// Retry codes that report a forgery. The service documents the codes and their meanings; the grouping is this
/// program's.
const FORGERY: [&str; 15] = [
    "Id_livness_fail",
    "artificial_image",
    "artificial_text",
    "black_white_document",
    "check_digit_failed",
    "fake_id",
    "feature_verification_failed",
    "image_edited",
    "image_forgery",
    "physical_document_missing",
    // The spelling of the Korean page.
    "physicial_document_missing",
    "recaptured_document",
    "screen_detected",
    "text_forgery",
    // The spelling without the service's misprint.
    "Id_liveness_fail",
];

/// Returns whether a retry code reports a forgery. Codes are compared without case.
pub fn is_forgery(code: &str) -> bool {
    FORGERY.iter().any(|known| known.eq_ignore_ascii_case(code))
}
