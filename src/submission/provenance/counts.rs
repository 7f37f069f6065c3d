//! Counts the compared fields by the result of the comparison.

/// Counts of compared fields by the result of their comparison ([`Agreement`](super::Agreement)). `refused` is
/// independent of this result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgreementCounts {
    /// Number of fields with at least two sources whose values differ.
    pub differ: usize,
    /// Number of fields whose values differ between the sources only in form, such as upper and lower case.
    pub equivalent: usize,
    /// Number of fields whose values are the same in all sources.
    pub same: usize,
    /// Number of fields with a value that cannot be compared: too long, not parsed, a list, or a date in an unknown
    /// form.
    pub unclear: usize,
    /// Number of fields with a value in fewer than two sources, so that there is nothing to compare.
    pub single: usize,
    /// Number of fields whose value the OCR read but the service did not accept.
    pub refused: usize,
}
