//! Numbers of the compared fields by result.

/// Counts of the fields that were compared. A field is counted by the result of its comparison
/// ([`Agreement`](super::Agreement)). Fields with a value that the service did not accept are also counted by
/// themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgreementCounts {
    /// Number of fields whose values differ in at least two sources.
    pub differ: usize,
    /// Number of fields whose values differ only in form, such as upper and lower case.
    pub equivalent: usize,
    /// Number of fields whose values are the same in all sources.
    pub same: usize,
    /// Number of fields with a value that cannot be compared: too long, not opened, a list, or a date in an unknown
    /// form.
    pub unclear: usize,
    /// Number of fields with fewer than two values to compare.
    pub single: usize,
    /// Number of fields whose value the OCR read but the service did not accept.
    pub refused: usize,
}
