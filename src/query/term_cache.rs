//! Keeps the answers of all rows to the terms of the last filters, so that typing a letter asks only what is new.

use memchr::memmem;

use super::all_rows::TestedRows;
use super::predicate::{Predicate, TermAnswer};
use super::row_index::IndexMark;
use crate::text::Mask;

/// Number of terms whose answers are kept: enough for the letters that a user types and deletes again.
const KEPT: usize = 8;

/// The answers of all rows of one store to the terms that were asked last. A row that changes is asked again. If the
/// user only adds letters to a search text, only the rows that contain the shorter text are searched. The answers do
/// not depend on the other terms of a filter or on a negation, so they stay true while the user types another term.
#[derive(Default)]
pub struct TermCache {
    kept: Vec<TermAnswers>,
}

/// The answers of all rows to one term, without its negation.
pub(super) struct TermAnswers {
    test: Predicate,
    mask: Mask,
    answers: Vec<TermAnswer>,
    /// The state of the rows for which the answers hold.
    mark: IndexMark,
}

impl TermAnswers {
    pub(super) fn answers(&self) -> &[TermAnswer] {
        &self.answers
    }

    /// Tests the rows that were added or changed since the answers were computed, and updates their answers.
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
    /// Forgets all answers, because they are those of another store.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Takes the answers of all rows to `test` out of the cache, or finds them now. The caller puts them back with
    /// [`Self::keep`].
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

    /// Keeps the answers of all rows to these terms, so that the next filter with one of the terms need not test the
    /// rows again.
    pub(super) fn keep(&mut self, terms: Vec<TermAnswers>) {
        self.kept.extend(terms);
        self.kept.drain(..self.kept.len().saturating_sub(KEPT));
    }

    /// Returns the answers of all rows to the search text of `test`, if the answers to a part of this text are kept: only
    /// the rows that contain that part are searched. Otherwise returns `None`.
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
