//! The line below the rows of the list that explains the signs in them.

use super::signs::{self, RowSign};
use crate::store::RowFindings;
use crate::submission::findings::Grade;
use crate::ui::{Line, Piece, Role};

/// Explanation of the sign for findings that are not known, for the lower border, in a long and a short form. It
/// is shown where the pane has no line for all explanations.
pub(super) const UNKNOWN_FINDINGS: [&str; 2] = [" ? findings not fetched ·", " ? unfetched ·"];

/// The same for the rows of a file.
pub(super) const UNKNOWN_OF_FILE: &str = " ? findings not known ·";

/// Minimum height in lines of a list pane with a line that explains the signs.
const MIN_HEIGHT: u16 = 12;

/// Signs for the findings of a submission, each with its meaning, in the order in which they are explained.
const FINDINGS: [(RowFindings, &str); 4] = [
    (RowFindings::Worst(Grade::Alert), "alert"),
    (RowFindings::Worst(Grade::Warning), "warning"),
    (RowFindings::NoneFound, "none"),
    (RowFindings::NotChecked, "not fetched"),
];

/// Meanings of two of the signs in other words: where there is more room, and for a file, of which no further record
/// can be opened.
const NONE_IN_LONG: &str = "none in the record";
const NOT_KNOWN_OF_FILE: &str = "not known";

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
    /// them and for the other visible signs; else only the visible ones are. Then follow the other visible signs for
    /// which there is room. `is_file` says whether the rows come from a file, so that nothing can be fetched.
    pub(super) fn line(&self, width: usize, is_file: bool) -> Line {
        let meanings = |is_long| {
            FINDINGS.map(|(findings, words)| match findings {
                RowFindings::NoneFound if is_long => (findings, NONE_IN_LONG),
                RowFindings::NotChecked if is_file => (findings, NOT_KNOWN_OF_FILE),
                _ => (findings, words),
            })
        };
        let has_sign = |findings| self.findings.contains(&signs::finding(findings));
        let all = meanings(false);
        let visible: Vec<_> = all.into_iter().filter(|(findings, _)| has_sign(*findings)).collect();
        let others = [self.of_rows(), self.of_cells(is_file)];
        for findings in [&meanings(true)[..], &all] {
            let line =
                others.iter().fold(explained(&of_findings(findings)), |line, group| line.with_line(explained(group)));
            // The blank at the end needs no room.
            if line.width() <= width + 1 {
                return line;
            }
        }
        let mut line = explained(&of_findings(&visible));
        for group in &others {
            let group = explained(group);
            if line.width() + group.width() <= width {
                line = line.with_line(group);
            }
        }
        // A single sign for findings needs no heading, if this makes room for the other signs.
        let full = visible.iter().map(|(findings, words)| match findings {
            RowFindings::NotChecked if !is_file => (*findings, "findings not fetched"),
            RowFindings::NoneFound => (*findings, "no findings"),
            _ => (*findings, *words),
        });
        let full: Vec<_> = full.collect();
        let unheaded =
            others.iter().fold(signs_line(&of_findings(&full).1), |line, (_, signs)| line.with_line(signs_line(signs)));
        if visible.len() == 1 && unheaded.width() <= width { unheaded } else { line.fit_words(width) }
    }

    /// Returns the visible signs before a row that are not about findings, with a heading.
    fn of_rows(&self) -> ExplainedSigns {
        let signs = [
            (self.is_new, Piece::word("+", Role::Info), "new"),
            (self.is_changed, Piece::word("~", Role::Warn), "changed"),
            (self.is_marked, Piece::word("*", Role::Accent), "marked"),
        ];
        let visible = signs.into_iter().filter(|(is_visible, ..)| *is_visible);
        (" Rows:", visible.map(|(_, sign, words)| (sign, words)).collect())
    }

    /// Returns the sign in a cell for a value that was not fetched, if it is visible, with a heading.
    fn of_cells(&self, is_file: bool) -> ExplainedSigns {
        let words = if is_file { "not in the file" } else { "not fetched" };
        (" Cells:", self.not_fetched.then_some((Piece::word("·", Role::Dim), words)).into_iter().collect())
    }
}

/// Signs of one kind, each with its meaning, under a heading.
type ExplainedSigns = (&'static str, Vec<(Piece, &'static str)>);

/// Returns the signs for findings, with a heading.
fn of_findings(signs: &[(RowFindings, &'static str)]) -> ExplainedSigns {
    (" Findings:", signs.iter().map(|(findings, words)| (signs::finding(*findings), *words)).collect())
}

/// Returns the explanation of signs of one kind: their heading, and each sign with its meaning. Empty without signs.
fn explained((heading, signs): &ExplainedSigns) -> Line {
    let line = if signs.is_empty() { Line::new() } else { Line::new().word(heading, Role::Dim) };
    line.with_line(signs_line(signs))
}

/// Returns each sign with its meaning.
fn signs_line(signs: &[(Piece, &'static str)]) -> Line {
    signs.iter().fold(Line::new(), |line, (sign, words)| {
        let line = line.word(" ", Role::Dim).with_line(sign.clone().into()).word(" ", Role::Dim);
        line.word(words, Role::Dim).word(" ", Role::Dim)
    })
}
