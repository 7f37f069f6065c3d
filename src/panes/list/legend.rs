//! The line below the rows of the list that explains the signs in them.

use super::signs::{self, RowSign};
use crate::store::RowFindings;
use crate::submission::findings::Grade;
use crate::ui::{Line, Piece, Role};

/// Explanation, for the upper border, of the sign for findings that are not known. It is shown where the pane has no
/// line for all explanations.
pub(super) const UNKNOWN_FINDINGS: &str = " ? findings unknown ";

/// Minimum height in lines of a list pane with a line that explains the signs.
const MIN_HEIGHT: u16 = 12;

/// Signs for the findings of a submission, each with its meaning, in the order in which they are explained.
const FINDINGS: [(RowFindings, &str); 4] = [
    (RowFindings::Worst(Grade::Alert), "alert"),
    (RowFindings::Worst(Grade::Warning), "warning"),
    (RowFindings::NoneFound, "none"),
    (RowFindings::NotChecked, "not known"),
];

/// Returns the number of lines that the explanation of signs takes in a list pane that is `height` lines high.
pub(super) const fn lines(height: u16) -> u16 {
    if height >= MIN_HEIGHT { 1 } else { 0 }
}

/// The signs that occur in the visible rows of the list, apart from those for findings.
#[derive(Default)]
pub(super) struct VisibleSigns {
    findings: Vec<Piece>,
    is_new: bool,
    is_changed: bool,
    is_marked: bool,
    not_fetched: bool,
}

impl VisibleSigns {
    /// Adds the signs of a row. `not_fetched` says whether one of its cells has the sign for a value that was not
    /// fetched.
    pub(super) fn add(&mut self, sign: RowSign<'_>, not_fetched: bool) {
        self.findings.push(signs::finding(sign.findings));
        self.is_new |= sign.is_new;
        self.is_changed |= sign.change.is_some();
        self.is_marked |= sign.is_marked;
        self.not_fetched |= not_fetched;
    }

    /// Returns the explanation in at most `width` columns. Signs for findings are all explained where there is room for
    /// them and for the other visible signs; else only the visible ones are.
    pub(super) fn line(&self, width: usize) -> Line {
        let all = FINDINGS.iter().collect::<Vec<_>>();
        let has_sign = |sign: &Piece| self.findings.contains(sign);
        let visible =
            || FINDINGS.iter().filter(|(findings, _)| has_sign(&signs::finding(*findings))).collect::<Vec<_>>();
        let others = self.others();
        let choices = [(all, others.as_slice()), (visible(), others.as_slice()), (visible(), &[])];
        let mut lines = choices.map(|(findings, others)| line(&findings, others)).into_iter();
        let fitting = lines.find(|line| line.width() <= width);
        fitting.unwrap_or_else(|| line(&visible(), &others).fit_words(width))
    }

    /// Returns the visible signs that are not about findings, each with its meaning.
    fn others(&self) -> Vec<(Piece, &'static str)> {
        let all = [
            (self.is_new, Piece::word("+", Role::Info), "new"),
            (self.is_changed, Piece::word("~", Role::Warn), "changed"),
            (self.is_marked, Piece::word("*", Role::Accent), "marked"),
            // Elsewhere this sign separates two parts of a line.
            (self.not_fetched, Piece::word("Cells: ·", Role::Dim), "not fetched"),
        ];
        all.into_iter().filter_map(|(is_visible, sign, words)| is_visible.then_some((sign, words))).collect()
    }
}

/// Returns a line that explains signs for findings and others.
fn line(findings: &[&(RowFindings, &'static str)], others: &[(Piece, &'static str)]) -> Line {
    let findings = findings.iter().map(|(findings, words)| (signs::finding(*findings), *words));
    let mut line = Line::new().word(" Findings:", Role::Dim);
    for (sign, words) in findings.chain(others.iter().cloned()) {
        line = line
            .word(" ", Role::Dim)
            .with_line(sign.into())
            .word(" ", Role::Dim)
            .word(words, Role::Dim)
            .word(" ", Role::Dim);
    }
    line
}
