//! The line below the rows of the list that explains the signs in them.

use super::signs::{self, RowSign};
use crate::store::RowFindings;
use crate::submission::findings::Grade;
use crate::ui::{Line, Piece, Role};

/// Explanation of the sign for findings that are not known, for the end of the headings. It is shown where the pane has
/// no line for all explanations.
pub(super) const UNKNOWN_FINDINGS: &str = " (? = unchecked)";

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

/// The signs that occur in the visible rows of the list.
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
    /// `is_file` says whether the rows come from a file, so that nothing can be fetched.
    pub(super) fn line(&self, width: usize, is_file: bool) -> Line {
        let all = FINDINGS.iter().collect::<Vec<_>>();
        let has_sign = |sign: &Piece| self.findings.contains(sign);
        let visible =
            || FINDINGS.iter().filter(|(findings, _)| has_sign(&signs::finding(*findings))).collect::<Vec<_>>();
        let others = self.of_rows().with_line(self.of_cells(is_file));
        let lines = [of_findings(&all).with_line(others.clone()), of_findings(&visible()).with_line(others.clone())];
        let fitting = lines.into_iter().chain([of_findings(&visible())]).find(|line| line.width() <= width);
        fitting.unwrap_or_else(|| of_findings(&visible()).with_line(others).fit_words(width))
    }

    /// Returns the explanation of the visible signs before a row that are not about findings.
    fn of_rows(&self) -> Line {
        let signs = [
            (self.is_new, Piece::word("+", Role::Info), "new"),
            (self.is_changed, Piece::word("~", Role::Warn), "changed"),
            (self.is_marked, Piece::word("*", Role::Accent), "marked"),
        ];
        group(" Rows:", signs.into_iter().filter(|(is_visible, ..)| *is_visible).map(|(_, sign, words)| (sign, words)))
    }

    /// Returns the explanation of the sign in a cell for a value that was not fetched, if it is visible.
    fn of_cells(&self, is_file: bool) -> Line {
        let words = if is_file { "not in the file" } else { "not fetched" };
        group(" Cells:", self.not_fetched.then_some((Piece::word("·", Role::Dim), words)).into_iter())
    }
}

/// Returns the explanation of signs for findings.
fn of_findings(signs: &[&(RowFindings, &'static str)]) -> Line {
    group(" Findings:", signs.iter().map(|(findings, words)| (signs::finding(*findings), *words)))
}

/// Returns a line with `heading` and the explanations `signs`; an empty line if there are none.
fn group(heading: &'static str, signs: impl Iterator<Item = (Piece, &'static str)>) -> Line {
    signs.fold(Line::new(), |line, (sign, words)| {
        let line = if line.pieces.is_empty() { line.word(heading, Role::Dim) } else { line };
        line.word(" ", Role::Dim)
            .with_line(sign.into())
            .word(" ", Role::Dim)
            .word(words, Role::Dim)
            .word(" ", Role::Dim)
    })
}
