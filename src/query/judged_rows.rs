//! Tests all rows of a store against all local terms of a query, and counts what cannot be decided.

use super::all_rows::TestedRows;
use super::predicate::{Predicate, TermAnswer};
use super::row_index::{CellState, RowFetch, RowIndex};
use super::term_cache::{TermAnswers, TermCache};
use super::{MissingParts, PartSet, Query, SearchedRows, Term};
use crate::submission::row::Column;
use crate::text::Mask;

/// The result of testing all rows of a store against the local terms of a query (the terms that this program tests).
#[derive(Default)]
pub struct JudgedRows {
    /// For each row of the store, whether all local terms match it, so that the list shows it.
    pub shown: Vec<bool>,
    /// For each term of the query, the number of those undecided rows for which this term itself cannot be decided. It
    /// is always 0 for a term that the service tests.
    pub unknown: Vec<usize>,
    /// Number of rows that no local term hides, and for which at least one local term cannot be decided.
    pub undecided: usize,
    /// Counts of the rows whose texts were searched for the search texts of the query (words without a key, such as
    /// `kim`).
    pub searched: SearchedRows,
    /// The count of the rows that lack values which the local terms need. It also names the parts of submissions
    /// (groups of fields, such as `aml`) that hold these values. Rows that a local term hides are not counted.
    pub missing: MissingParts,
}

impl Query {
    /// Tests all rows of a store against the local terms of the query (those that this program tests). The result for
    /// each row is the same as that of [`Self::judge`].
    ///
    /// - `index`: the rows of the store.
    /// - `cache`: the answers to the terms of earlier queries about the same store. They are used again where they are
    ///   still valid, and the new answers are added.
    /// - `mask`: the mask level. A search text is searched only in the values that this level shows.
    /// - `page_of`: returns, for the index of a row, the number of the list page that holds the row, counted from 1.
    pub fn judge_all(
        &self,
        index: &RowIndex,
        cache: &mut TermCache,
        mask: Mask,
        page_of: &dyn Fn(u32) -> usize,
    ) -> JudgedRows {
        let rows = TestedRows { index, mask };
        let terms = self.terms.iter().enumerate();
        let local = terms.filter_map(|(place, term)| Some((place, term, term.test.as_ref()?)));
        let asked: Vec<TermWithAnswers<'_>> = local
            .map(|(place, term, test)| TermWithAnswers { place, term, test, known: cache.take(test, rows) })
            .collect();
        let all = QueryAnswers::of(&asked, index.len());
        let mut judged = JudgedRows {
            shown: all.0.iter().map(|answer| *answer == TermAnswer::Yes).collect(),
            unknown: vec![0; self.terms.len()],
            undecided: all.0.iter().filter(|answer| **answer == TermAnswer::Unknown).count(),
            ..JudgedRows::default()
        };
        let carries_all = index.shapes().map(super::row_index::RowShape::carries_all);
        let is_whole = |id: &u32| carries_all.get(*id as usize).copied().unwrap_or_default();
        if self.has_search_text() {
            // Nearly always, all shapes lack a column.
            let in_part = match carries_all.contains(&true) {
                true => index.shapes().ids().iter().filter(|id| !is_whole(id)).count(),
                false => index.shapes().ids().len(),
            };
            judged.searched.add_rows(self, index.len(), in_part);
        }
        if judged.undecided > 0 {
            for term in &asked {
                let count = term.unknown(&all, rows);
                judged.unknown.get_mut(term.place).into_iter().for_each(|unknown| *unknown = count);
            }
        }
        if judged.undecided > 0 || !judged.searched.is_whole() {
            let has_text = self.has_search_text();
            let is_open =
                |answer: TermAnswer, shape: &u32| answer == TermAnswer::Unknown || (has_text && !is_whole(shape));
            judged.missing = missing(&asked, &all, rows, is_open, page_of);
        }
        cache.keep(asked.into_iter().map(|term| term.known).collect());
        judged
    }
}

/// A local term (a condition of the filter that this program tests itself), and the answers of all rows to this term.
struct TermWithAnswers<'q> {
    /// Index of the term in the terms of the query.
    place: usize,
    term: &'q Term,
    test: &'q Predicate,
    known: TermAnswers,
}

impl TermWithAnswers<'_> {
    fn answer(&self, answer: TermAnswer) -> TermAnswer {
        if self.term.negated { answer.negated() } else { answer }
    }

    /// Returns the number of undecided rows for which this term cannot be decided. `all` holds the answer of each row
    /// to all terms together.
    ///
    /// For a search text, these are the rows in which the text was not found and of whose texts only the beginning is
    /// kept. The mask level does not matter here.
    fn unknown(&self, all: &QueryAnswers, rows: TestedRows<'_>) -> usize {
        let undecided =
            all.0.iter().enumerate().filter(|(_, answer)| **answer == TermAnswer::Unknown).map(|(at, _)| at);
        match self.test {
            Predicate::Text(finder) => {
                let is_cut = rows.index.shapes().map(|shape| shape.is_cut_at(Mask::None));
                if !is_cut.contains(&true) {
                    return 0;
                }
                let is_cut = |at: &usize| {
                    let shape = rows.index.shapes().ids().get(*at);
                    shape.and_then(|id| is_cut.get(*id as usize)).is_some_and(|is_cut| *is_cut)
                };
                undecided.filter(is_cut).filter(|at| !rows.index.texts().contains(*at, finder, Mask::None)).count()
            }
            _ => undecided.filter(|at| self.known.answers().get(*at) == Some(&TermAnswer::Unknown)).count(),
        }
    }
}

/// For each row, the combined answer to all terms of a query: whether the filter shows the row.
struct QueryAnswers(Vec<TermAnswer>);

impl QueryAnswers {
    fn of(terms: &[TermWithAnswers<'_>], rows: usize) -> Self {
        let mut all = vec![TermAnswer::Yes; rows];
        for term in terms {
            let answers = all.iter_mut().zip(term.known.answers());
            answers.for_each(|(all, answer)| *all = term.answer(*answer).min(*all));
        }
        Self(all)
    }
}

/// A group of rows. All of them lack values of the same parts of submissions (such as `aml`), and the same parts were
/// already requested for them. `count` is the number of the rows, and `last` the index of the last one.
#[derive(Clone, Copy, Default)]
struct AlikeRows {
    count: usize,
    last: u32,
}

/// Returns which parts of submissions (such as `kyc` and `aml`) must be fetched to decide `terms` for all rows. Only
/// rows that no term hides are counted.
///
/// - `all`: the answer of each row to all terms together.
/// - `is_open`: returns whether a row may lack a value, for the answer of the row and the index of its shape (which of
///   its cells have a value).
/// - `page_of`: returns, for the index of a row, the number of the list page that holds the row, counted from 1.
fn missing(
    terms: &[TermWithAnswers<'_>],
    all: &QueryAnswers,
    rows: TestedRows<'_>,
    is_open: impl Fn(TermAnswer, &u32) -> bool,
    page_of: &dyn Fn(u32) -> usize,
) -> MissingParts {
    let shapes = rows.index.shapes();
    // For each term, shape and answer: the parts that decide the term; `None` if it hides the row.
    let needed_by: Vec<Vec<[Option<PartSet>; TermAnswer::ALL.len()]>> = terms
        .iter()
        .map(|term| {
            shapes.map(|shape| {
                let is_missing = |column: Column| shape.state(column) == CellState::NotFetched;
                let lacked = term.term.lacking_where(&is_missing, rows.mask);
                TermAnswer::ALL.map(|answer| term.term.needed(term.answer(answer), lacked))
            })
        })
        .collect();
    let mut alike = [[AlikeRows::default(); PartSet::COUNT]; PartSet::COUNT];
    let asked = all.0.iter().zip(shapes.ids()).zip(rows.index.fetches());
    for (at, ((answer, shape), fetch)) in (0_u32..).zip(asked) {
        if !is_open(*answer, shape) || fetch.is_unreadable {
            continue;
        }
        let needed = terms.iter().zip(&needed_by).try_fold(PartSet::EMPTY, |parts, (term, needed_by)| {
            let answer = term.known.answers().get(at as usize).copied().unwrap_or_default();
            let needed = needed_by.get(*shape as usize).and_then(|needed| needed.get(answer as usize));
            Some(parts.with(needed.copied().unwrap_or(Some(PartSet::EMPTY))?))
        });
        let Some(needed) = needed else { continue };
        let RowFetch { is_gone, requested, .. } = *fetch;
        let needed = if is_gone { PartSet::EMPTY } else { needed };
        let group = alike.get_mut(needed.number()).and_then(|group| group.get_mut(requested.number()));
        if let Some(group) = group {
            *group = AlikeRows { count: group.count + 1, last: at };
        }
    }
    let mut missing = MissingParts::default();
    for (needed, groups) in PartSet::all().zip(&alike) {
        for (requested, group) in PartSet::all().zip(groups).filter(|(_, group)| group.count > 0) {
            missing.add_rows(group.count, needed, requested, page_of(group.last));
        }
    }
    missing
}
