//! Cache of filter results: for each of the last terms of the filter, which rows match. So typing a letter tests only
//! the rows whose result may change.

use memchr::memmem;

use super::all_rows::TestedRows;
use super::predicate::{Predicate, TermAnswer};
use super::row_index::IndexMark;
use crate::text::Mask;

/// Number of terms whose results are kept: enough for the letters that a user types and deletes again.
const KEPT: usize = 8;

/// Cache of the results of the last terms of the filter, such as `status:pending`, for all rows of one store. The
/// result says whether the row matches. A row that changes is tested again. If the user only adds letters to a search
/// text, only the rows that contain the shorter text are searched. The results do not depend on other terms or on a
/// negation, so they stay valid while the user types another term.
#[derive(Default)]
pub struct TermCache {
    kept: Vec<TermAnswers>,
}

/// The results of one term of the filter for all rows: whether each row matches the term. A negation of the term is
/// ignored.
pub(super) struct TermAnswers {
    test: Predicate,
    mask: Mask,
    answers: Vec<TermAnswer>,
    /// State of the rows when they were tested for this term. Rows that changed since then must be tested again.
    mark: IndexMark,
}

impl TermAnswers {
    pub(super) fn answers(&self) -> &[TermAnswer] {
        &self.answers
    }

    /// Tests the rows that were added or changed since the last test, and updates their results.
    fn update(&mut self, rows: TestedRows<'_>) {
        let mark = rows.index.mark();
        if self.mark == mark {
            return;
        }
        match rows.index.changes_since(self.mark) {
            Some(changed) if changed.len() < self.answers.len() / 2 => {
                rows.test_again(&self.test, changed, &mut self.answers);
            }
            _ => self.answers.clear(),
        }
        rows.test_remaining(&self.test, &mut self.answers);
        self.mark = mark;
    }

    fn hits(&self) -> usize {
        self.answers.iter().filter(|answer| **answer == TermAnswer::Yes).count()
    }
}

impl TermCache {
    /// Removes all results. Call this when the rows of another store are filtered.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Returns the results of the term `test` for all rows: takes them out of the cache, or tests the rows now. The
    /// caller puts the results back with [`Self::keep`].
    pub(super) fn take(&mut self, test: &Predicate, rows: TestedRows<'_>) -> TermAnswers {
        let is_text = matches!(test, Predicate::Text(_));
        let is_same = |kept: &TermAnswers| kept.test == *test && (!is_text || kept.mask == rows.mask);
        if let Some(at) = self.kept.iter().position(is_same) {
            let mut known = self.kept.remove(at);
            known.update(rows);
            return known;
        }
        let answers = self.narrowed(test, rows).unwrap_or_else(|| {
            let mut answers = Vec::new();
            rows.test_remaining(test, &mut answers);
            answers
        });
        TermAnswers { test: test.clone(), mask: rows.mask, answers, mark: rows.index.mark() }
    }

    /// Puts the results of these terms into the cache, so that the next filter with one of the terms need not test the
    /// rows again.
    pub(super) fn keep(&mut self, terms: Vec<TermAnswers>) {
        self.kept.extend(terms);
        self.kept.drain(..self.kept.len().saturating_sub(KEPT));
    }

    /// Returns for each row whether it contains the search text of `test`, computed from the results of a shorter text
    /// that is a part of it. Only the rows that contain the shorter text are searched. Returns `None` if `test` is not
    /// a search text, or if the cache has no results of such a part.
    fn narrowed(&self, test: &Predicate, rows: TestedRows<'_>) -> Option<Vec<TermAnswer>> {
        let Predicate::Text(finder) = test else { return None };
        let is_part = |kept: &&TermAnswers| match &kept.test {
            Predicate::Text(part) => memmem::find(finder.needle(), part.needle()).is_some(),
            _ => false,
        };
        let usable = self.kept.iter().filter(|kept| kept.mask == rows.mask && kept.mark == rows.index.mark());
        let part = usable.filter(is_part).min_by_key(|kept| kept.hits())?;
        Some(rows.search_within(finder, &part.answers))
    }
}
