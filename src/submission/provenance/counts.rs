//! Counts the compared fields by the result of the comparison.

/// Counts of compared fields by the result of their comparison ([`Agreement`](super::Agreement)). The count `refused`
/// does not depend on the comparison, so a field in it is also in one of the other counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgreementCounts {
    /// Number of fields for which at least two sources have different values.
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
    /// Number of fields whose value from the OCR was refused: the service did not accept it (member `accepted`).
    pub refused: usize,
}
