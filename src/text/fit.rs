//! Fits safe text into a number of terminal columns: cuts, pads and wraps the text. A grapheme cluster is never split,
//! so that no wide character is cut in half.

use unicode_segmentation::UnicodeSegmentation as _;

use super::kind::{ZWJ, ZWNJ};
use super::{Safe, SanitizerFindings, width};

impl Safe {
    /// Returns the whole text if it fits into `columns` terminal columns. If not, returns the beginning of the text,
    /// followed by `…`, in at most `columns` columns. The result is empty for 0 columns.
    #[must_use]
    pub fn fit(&self, columns: usize) -> Self {
        self.fit_width(columns).0
    }

    /// Returns the text of [`Safe::fit`], filled up with spaces on the right to exactly `columns` terminal columns.
    #[must_use]
    pub fn pad(&self, columns: usize) -> Self {
        let (fitted, taken) = self.fit_width(columns);
        let mut text = String::with_capacity(fitted.as_str().len() + columns - taken);
        text.push_str(fitted.as_str());
        text.extend(std::iter::repeat_n(' ', columns - taken));
        Self::from_parts((text, fitted.findings()))
    }

    /// Returns the text of [`Safe::fit`], filled up with spaces on the left to exactly `columns` terminal columns. This
    /// aligns numbers of a table on the right.
    #[must_use]
    pub fn pad_left(&self, columns: usize) -> Self {
        let (fitted, taken) = self.fit_width(columns);
        let mut text = " ".repeat(columns - taken);
        text.push_str(fitted.as_str());
        Self::from_parts((text, fitted.findings()))
    }

    /// Splits the text into lines of at most `columns` terminal columns (at least 1). Lines break at spaces, or between
    /// grapheme clusters where there is no space. They do not break at the space after an arrow (`→`).
    ///
    /// A line break at a space removes this one space. A grapheme cluster that is wider than a line is shown as `…`. An
    /// empty text gives one empty line. The time grows in proportion to the length of the text.
    pub fn wrap(&self, columns: usize) -> Vec<Self> {
        let mut lines = WrappedLines { columns: columns.max(1), marks: self.findings(), ..WrappedLines::default() };
        for cluster in self.as_str().graphemes(true) {
            lines.push(cluster);
        }
        if !lines.line.is_empty() || lines.done.is_empty() {
            lines.end();
        }
        lines.done
    }

    /// Splits the text at the last space before which at most `columns` terminal columns are taken, and returns the two
    /// parts without this space. The second part is empty if the whole text fits. Returns `None` if not even the first
    /// word fits, and for an empty text.
    pub fn split_words(&self, columns: usize) -> Option<(Self, Self)> {
        let text = self.as_str();
        let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
        let fits = |at: &usize| text.get(..*at).is_some_and(|first| width::of(first) <= columns);
        let at = ends.take_while(fits).last().filter(|at| *at > 0)?;
        let part = |part: Option<&str>| Self::from_parts((part.unwrap_or_default().to_owned(), self.findings()));
        Some((part(text.get(..at)), part(text.get(at + 1..))))
    }

    /// Returns the text of [`Safe::fit`] and its number of terminal columns, which is never more than `columns`.
    fn fit_width(&self, columns: usize) -> (Self, usize) {
        let (mut taken, mut kept, mut kept_taken) = (0, 0, 0);
        for (at, cluster) in self.as_str().grapheme_indices(true) {
            taken += width::of_cluster(cluster);
            if taken > columns {
                return self.cut(kept, kept_taken, columns);
            }
            if taken < columns {
                (kept, kept_taken) = (at + cluster.len(), taken);
            }
        }
        (self.clone(), taken)
    }

    fn cut(&self, kept: usize, kept_taken: usize, columns: usize) -> (Self, usize) {
        let marks = SanitizerFindings { cut: true, ..self.findings() };
        if columns == 0 {
            return (Self::default().with_findings(marks), 0);
        }
        // A joiner needs its letter, and the letter was cut.
        let text = self.as_str().get(..kept).unwrap_or_default().trim_end_matches([ZWJ, ZWNJ]);
        let text = format!("{text}…");
        (Self::from_parts((text, marks)), kept_taken + 1)
    }
}

#[derive(Default)]
struct WrappedLines {
    columns: usize,
    marks: SanitizerFindings,
    done: Vec<Safe>,
    line: String,
    taken: usize,
    /// Whether the current line has a character other than a space. A line does not break at the spaces at its start.
    inked: bool,
    /// Position after the last space at which the current line may break, counted from the start of the line: first in
    /// bytes, then in terminal columns. `None` if there is no such space.
    space: Option<(usize, usize)>,
}

impl WrappedLines {
    fn push(&mut self, cluster: &str) {
        let wide = width::of_cluster(cluster);
        if wide > self.columns {
            return self.push("…");
        }
        // An arrow and the word that it leads to stay together.
        let is_bound = cluster == " " && self.line.ends_with('→');
        if self.taken + wide > self.columns && cluster == " " && !is_bound {
            return self.end();
        }
        while self.taken + wide > self.columns {
            self.end_at_space();
        }
        self.line.push_str(cluster);
        self.taken += wide;
        if cluster != " " {
            self.inked = true;
        } else if self.inked && !is_bound {
            self.space = Some((self.line.len(), self.taken));
        }
    }

    fn end_at_space(&mut self) {
        let Some((bytes, columns)) = self.space else { return self.end() };
        let rest = self.line.split_off(bytes);
        let taken = self.taken - columns;
        self.line.pop();
        self.end();
        self.inked = !rest.is_empty();
        (self.line, self.taken) = (rest, taken);
    }

    fn end(&mut self) {
        self.done.push(Safe::from_parts((std::mem::take(&mut self.line), self.marks)));
        self.taken = 0;
        self.inked = false;
        self.space = None;
    }
}
