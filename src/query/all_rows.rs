//! Tests all rows of a [`RowIndex`] against one local term (a condition of the filter that this program tests). The
//! answers are the same as those of [`Predicate::ask`] for each row.

use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use memchr::memmem::Finder;

use super::predicate::{Predicate, TermAnswer, test_number, test_word};
use super::row_index::{CellState, RowIndex, RowShape};
use crate::submission::row::{Column, ColumnKind};
use crate::text::{BULLET, Mask, search_form};

/// Minimum number of untested rows for which the rows are tested together, with the values of the index. Fewer rows are
/// tested one after the other, because that is faster.
const BULK_ROWS: usize = 64;

/// Divisor that decides how rows are searched for a text. If fewer rows must be searched than all rows divided by this
/// number, they are searched one after the other. Otherwise it is faster to search the texts of all rows together.
const MOST_ROW_BY_ROW: usize = 4;

/// The rows of a store on which terms of the filter are tested, and the mask level. A search text is searched only in
/// the texts that this level shows.
#[derive(Clone, Copy)]
pub(super) struct TestedRows<'r> {
    pub(super) index: &'r RowIndex,
    pub(super) mask: Mask,
}

impl TestedRows<'_> {
    fn ask(self, test: &Predicate, at: usize) -> TermAnswer {
        u32::try_from(at).map_or(TermAnswer::Unknown, |at| test.ask(&self.index.row(at), self.mask))
    }

    /// Tests the rows with the indexes in `rows` again with `test`, because their values changed. `answers` has the
    /// answers of all rows to this test. The answers of the tested rows are replaced in it.
    pub(super) fn test_again(self, test: &Predicate, rows: &[u32], answers: &mut [TermAnswer]) {
        for row in rows {
            if let Some(answer) = answers.get_mut(*row as usize) {
                *answer = self.ask(test, *row as usize);
            }
        }
    }

    /// Tests the rows that have no answer in `answers` yet: from the index `answers.len()` to the last row. Appends
    /// their answers to `answers`.
    pub(super) fn test_remaining(self, test: &Predicate, answers: &mut Vec<TermAnswer>) {
        let range = answers.len()..self.index.len();
        if range.len() < BULK_ROWS {
            return answers.extend(range.map(|at| self.ask(test, at)));
        }
        answers.reserve(range.len());
        match test {
            Predicate::Words { column, words, .. } if column.kind() == ColumnKind::Text => {
                self.test_texts(test, *column, &mut words.iter().map(ToString::to_string), range, answers);
            }
            Predicate::Equal { column, value } => {
                // A text that was masked when it was exported is unknown.
                let forms = [search_form(value), BULLET.to_string()];
                self.test_texts(test, *column, &mut forms.into_iter(), range, answers);
            }
            Predicate::Words { column, .. } => self.test_words(test, *column, range, answers),
            Predicate::Has(columns) => {
                let columns: Vec<Column> = columns.iter().copied().flat_map(Column::with_companion).collect();
                let asked = |shape: &RowShape| {
                    let answer = |column: &Column| match shape.state(*column) {
                        CellState::NotFetched | CellState::Unclear => TermAnswer::Unknown,
                        CellState::Filled => TermAnswer::Yes,
                        CellState::Empty => TermAnswer::No,
                    };
                    columns.iter().map(answer).max().unwrap_or(TermAnswer::No)
                };
                answers.extend(self.by_shape(range, self.index.shapes().map(asked)));
            }
            Predicate::Number { column, sign, value } => {
                let is_empty = self.index.shapes().map(|shape| shape.state(*column) == CellState::Empty);
                let numbers = self.index.numbers(*column).get(range.clone()).unwrap_or_default();
                let asked = numbers.iter().zip(self.by_shape(range, is_empty));
                answers.extend(asked.map(|(number, is_empty)| {
                    test_number(Some(*number).filter(|number| !number.is_nan()), is_empty, *sign, *value)
                }));
            }
            Predicate::Created { start, end } => self.test_created([*start, *end], range, answers),
            Predicate::Text(finder) => self.search(finder, range, answers),
        }
        // A column that the index does not hold in this form is read from the rows.
        answers.extend((answers.len()..self.index.len()).map(|at| self.ask(test, at)));
    }

    /// Iterates over the results of a test for the rows in `range`. The test depends only on the shape of a row (which
    /// of its cells are empty, filled or not fetched). `results` has one result for each distinct shape, in the order
    /// of the shape indexes.
    fn by_shape<T: Copy + Default>(self, range: Range<usize>, results: Vec<T>) -> impl Iterator<Item = T> {
        let ids = self.index.shapes().ids().get(range).unwrap_or_default();
        ids.iter().map(move |id| results.get(*id as usize).copied().unwrap_or_default())
    }

    /// Tests the rows in `range` against `test`, a term about a column of words, such as the status. Appends their
    /// answers to `answers`. Each distinct word is tested only once, even if thousands of rows have it. Appends nothing
    /// if the index does not hold the words of the column.
    fn test_words(self, test: &Predicate, column: Column, range: Range<usize>, answers: &mut Vec<TermAnswer>) {
        let Predicate::Words { words, kinds, .. } = test else { return };
        let start = answers.len();
        let mut odd = Vec::new();
        for (place, column) in column.with_companion().enumerate() {
            let Some(known) = self.index.words(column) else { return answers.truncate(start) };
            let results = known.map(|word| test_word(column, word, words, kinds));
            let asked = known.ids_in(range.clone()).enumerate().map(|(at, id)| {
                if id.is_not_kept() {
                    odd.push(start + at);
                }
                results.get(id.index()).copied().unwrap_or(TermAnswer::Unknown)
            });
            if place == 0 {
                answers.extend(asked);
            } else {
                answers.iter_mut().skip(start).zip(asked).for_each(|(answer, other)| *answer = other.max(*answer));
            }
        }
        for at in odd {
            answers.get_mut(at).into_iter().for_each(|answer| *answer = self.ask(test, at));
        }
    }

    /// Tests for each row in `range` whether the text in `column` is one of the values of the term `test`. Appends the
    /// answers to `answers`.
    ///
    /// `forms` are the search forms of these values (in lower case, without accents and width). The text of a row is
    /// read only if the row contains one of the forms, or if the text was cut off. Appends nothing if a form is empty.
    fn test_texts(
        self,
        test: &Predicate,
        column: Column,
        forms: &mut dyn Iterator<Item = String>,
        range: Range<usize>,
        answers: &mut Vec<TermAnswer>,
    ) {
        let forms: Vec<String> = forms.collect();
        if forms.iter().any(String::is_empty) {
            return;
        }
        let mut is_pending = vec![true; self.index.len()];
        for form in forms {
            self.index.texts().find(&Finder::new(&form), Mask::None, &mut is_pending);
        }
        let columns: Vec<Column> = column.with_companion().collect();
        let asked = |shape: &RowShape| {
            let answer = |column: &Column| match shape.state(*column) {
                CellState::NotFetched | CellState::Unclear => TermAnswer::Unknown,
                CellState::Filled | CellState::Empty => TermAnswer::No,
            };
            let is_cut = columns.iter().any(|column| shape.is_cut(*column));
            Some(columns.iter().map(answer).max().unwrap_or(TermAnswer::No)).filter(|_| !is_cut)
        };
        let by_shape = self.by_shape(range.clone(), self.index.shapes().map(asked));
        let asked = range.clone().zip(by_shape).zip(is_pending.get(range).unwrap_or_default());
        answers.extend(asked.map(|((at, answer), is_pending)| match answer {
            Some(answer) if *is_pending => answer,
            _ => self.ask(test, at),
        }));
    }

    /// Tests for each row in `range` whether its submission was created between two days in UTC. `limits` has the first
    /// and the last day, which both count. A limit that is `None` admits every day. Appends the answers to `answers`.
    fn test_created(self, limits: [Option<Date>; 2], range: Range<usize>, answers: &mut Vec<TermAnswer>) {
        let [start, end] = limits.map(|day| day.map(day_number));
        let times = self.index.times(Column::Created).get(range).unwrap_or_default();
        answers.extend(times.iter().map(|time| match time.div_euclid(24 * 60 * 60 * 1000) {
            _ if *time == i64::MIN => TermAnswer::Unknown,
            day if start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end) => TermAnswer::Yes,
            _ => TermAnswer::No,
        }));
    }

    /// Searches for the text of `finder` in the rows in `range`, and appends the answer of each row to `answers`.
    fn search(self, finder: &Finder<'_>, range: Range<usize>, answers: &mut Vec<TermAnswer>) {
        let mut is_pending = vec![false; range.start];
        is_pending.resize(self.index.len(), true);
        self.find_in(finder, range.len(), &mut is_pending);
        let found = is_pending.into_iter().skip(range.start).map(|is_pending| !is_pending);
        let answers_of_found = self.not_found(range).zip(found);
        answers.extend(answers_of_found.map(|(not, found)| if found { TermAnswer::Yes } else { not }));
    }

    /// Searches for the text of `finder` in the rows for which `is_pending` is true. Where the text is found,
    /// `is_pending` is set to false. `is_pending` has a value for each row. `count` is the number of its values that
    /// are true.
    fn find_in(self, finder: &Finder<'_>, count: usize, is_pending: &mut [bool]) {
        let texts = self.index.texts();
        if count * MOST_ROW_BY_ROW >= is_pending.len() {
            return texts.find(finder, self.mask, is_pending);
        }
        for (at, is_pending) in is_pending.iter_mut().enumerate().filter(|(_, is_pending)| **is_pending) {
            *is_pending = !texts.contains(at, finder, self.mask);
        }
    }

    /// Returns the answers of all rows to the search text of `finder`. `before` holds their answers to a shorter search
    /// text that is a part of this text. Only the rows that contain the shorter text are searched. The other rows keep
    /// their answers, since they cannot contain the longer text.
    pub(super) fn search_within(self, finder: &Finder<'_>, before: &[TermAnswer]) -> Vec<TermAnswer> {
        let mut is_pending: Vec<bool> = before.iter().map(|answer| *answer == TermAnswer::Yes).collect();
        let count = is_pending.iter().filter(|is_pending| **is_pending).count();
        self.find_in(finder, count, &mut is_pending);
        let not_found = self.not_found(0..before.len());
        let answers = before.iter().zip(is_pending).zip(not_found);
        answers.map(|((before, is_pending), not)| if is_pending { not } else { *before }).collect()
    }

    /// Iterates over the answers that the rows in `range` get if a search text is not found in them. The answer is no.
    /// If a text of the row was cut off and the mask level shows this text, the answer is unknown.
    fn not_found(self, range: Range<usize>) -> impl Iterator<Item = TermAnswer> {
        let mask = self.mask;
        let answer = |shape: &RowShape| if shape.is_cut_at(mask) { TermAnswer::Unknown } else { TermAnswer::No };
        self.by_shape(range, self.index.shapes().map(answer))
    }
}

impl Default for TermAnswer {
    /// Returns [`Self::Unknown`], the answer for a row that was not tested.
    fn default() -> Self {
        Self::Unknown
    }
}

/// Returns the number of days from 1970-01-01 to `day`.
fn day_number(day: Date) -> i64 {
    SignedDuration::as_hours(&day.duration_since(date(1970, 1, 1))) / 24
}
