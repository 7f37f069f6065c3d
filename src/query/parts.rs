//! Plans how missing values are fetched: which parts of the submissions hold the values that rows lack, and how many
//! requests are needed. A part is a group of fields, such as `aml`, that a request with `request_type` fetches alone.
//!
//! This module sends no request. [`Query::lacking`] returns the parts that one row needs to be decided by the terms,
//! and [`lacking`] those for one column. [`MissingParts`] adds up the rows of a query. [`MissingParts::plan`] chooses
//! the cheaper of two ways: the parts, at one request per page and part, or full records, at one request per row.

use strum::VariantArray;

use super::predicate::TermAnswer;
use super::{Query, RequestType, Term};
use crate::submission::row::{COLUMNS, Cell, Column, ColumnSpec, Row};
use crate::text::{Mask, counted};

impl RequestType {
    /// Returns the part of a submission that holds the field at a JSON path, such as `aml` for `aml.currentstatus`. The
    /// first key of the path decides. The objects `kyc`, `aml` and `data` are parts of their own, and all other fields
    /// are in the part `others` (the service's documentation, "Request parameters").
    pub const fn holding(path: &str) -> Self {
        match path.as_bytes() {
            b"kyc" | [b'k', b'y', b'c', b'.' | b'[', ..] => Self::Kyc,
            b"aml" | [b'a', b'm', b'l', b'.' | b'[', ..] => Self::Aml,
            b"data" | [b'd', b'a', b't', b'a', b'.' | b'[', ..] => Self::Data,
            _ => Self::Others,
        }
    }

    /// Returns the part of a submission whose name in a request is `word`, such as `kyc`; `None` if no part has this
    /// name.
    pub fn named(word: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|part| part.word() == word)
    }
}

/// A set of parts of a submission. A part is a group of fields, such as `kyc` or `aml`. A request with the query
/// parameter `request_type` fetches one part of each submission alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartSet(u8);

impl PartSet {
    /// The empty set: it contains no part of a submission.
    pub const EMPTY: Self = Self(0);

    /// Number of different sets of parts, including the empty set.
    pub(super) const COUNT: usize = 1 << RequestType::VARIANTS.len();

    /// Returns the set that contains only `part`, one part of a submission, such as `kyc`.
    pub const fn of(part: RequestType) -> Self {
        Self(1 << part as u8)
    }

    /// Returns the set of the parts of a submission that hold the fields at `paths`. For the JSON path
    /// `aml.currentstatus`, this is the part `aml`.
    pub fn of_paths<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        paths.into_iter().map(RequestType::holding).collect()
    }

    /// Returns whether this set contains `part`, one part of a submission.
    pub const fn contains(self, part: RequestType) -> bool {
        self.0 & Self::of(part).0 != 0
    }

    /// Returns whether this set contains no part of a submission.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the number of parts of a submission that are in this set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns a new set: the parts of a submission that are in this set, in `other`, or in both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns a new set: the parts of a submission that are both in this set and in `other`.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns a new set: the parts of a submission that are in this set but not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Iterates over the parts of a submission that are in this set, in the order in which the service's documentation
    /// lists them.
    pub fn iter(self) -> impl Iterator<Item = RequestType> {
        RequestType::VARIANTS.iter().copied().filter(move |part| self.contains(*part))
    }

    /// Returns a number below [`Self::COUNT`] that identifies this set: no other set has the same number.
    pub(super) const fn number(self) -> usize {
        self.0 as usize
    }

    /// Iterates over all possible sets of parts of a submission, in the order of their numbers ([`Self::number`]).
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(Self::COUNT).map(Self)
    }

    /// Returns the names of the parts in this set, with commas between them, such as `aml,kyc`. The command-line option
    /// `--with` takes this form.
    pub fn words(self) -> String {
        self.iter().map(RequestType::word).collect::<Vec<_>>().join(",")
    }
}

impl FromIterator<RequestType> for PartSet {
    fn from_iter<I: IntoIterator<Item = RequestType>>(parts: I) -> Self {
        parts.into_iter().fold(Self::EMPTY, |set, part| set.with(Self::of(part)))
    }
}

/// For each column, the parts of a submission (such as `kyc` and `aml`) that hold the value of the column. The order is
/// that of [`Column::ALL`]. The compiler makes this table, because a search text needs the parts of each column of each
/// row.
const COLUMN_PARTS: [PartSet; COLUMNS.len()] = {
    let mut parts = [PartSet::EMPTY; COLUMNS.len()];
    let (mut sets, mut specs): (&mut [PartSet], &[ColumnSpec]) = (&mut parts, &COLUMNS);
    while let ([set, sets_left @ ..], [spec, specs_left @ ..]) = (sets, specs) {
        let mut paths = spec.column.paths();
        while let [path, paths_left @ ..] = paths {
            *set = set.with(PartSet::of(RequestType::holding(path)));
            paths = paths_left;
        }
        (sets, specs) = (sets_left, specs_left);
    }
    parts
};

/// Returns the parts of a submission (such as `aml`) that must be fetched to get the value of `column` for `row`. The
/// result is empty if the value was already fetched, even if it is an empty value. If this program computes the column
/// from other values, the result has the parts of those values that are missing.
pub fn lacking(row: &Row, column: Column) -> PartSet {
    lacking_where(&|column| row.cell(column) == Cell::NotFetched, column)
}

/// Returns the parts of a submission that must be fetched to get the value of `column`, as [`lacking`] does. Instead of
/// a row, `is_missing` says which columns were not fetched.
fn lacking_where(is_missing: &dyn Fn(Column) -> bool, column: Column) -> PartSet {
    if !is_missing(column) {
        return PartSet::EMPTY;
    }
    if !column.is_computed() {
        return COLUMN_PARTS.get(column as usize).copied().unwrap_or_default();
    }
    let has_source = |sent: &Column| sent.paths().iter().any(|path| column.paths().contains(path));
    let sources = Column::sent().filter(has_source).map(|source| lacking_where(is_missing, source));
    match sources.fold(PartSet::EMPTY, PartSet::with) {
        PartSet::EMPTY => PartSet::of_paths(column.paths().iter().copied()),
        parts => parts,
    }
}

impl Query {
    /// Returns the parts of the submission that must be fetched to decide whether the local terms show or hide `row`.
    /// The parts hold values that the terms test and `row` lacks. The result is empty if the row is shown already. It
    /// is `None` if the row is hidden, whatever the missing values are.
    ///
    /// A search text may occur in a column that was not fetched. So a row without the search text is undecided as long
    /// as it lacks such a column. Columns that the mask level `mask` hides are not searched, so they are not needed.
    pub fn lacking(&self, row: &Row, mask: Mask) -> Option<PartSet> {
        self.terms.iter().try_fold(PartSet::EMPTY, |parts, term| {
            Some(parts.with(term.needed(term.ask(row, mask), term.lacking(row, mask))?))
        })
    }

    /// Returns the parts of the submission that hold values which the local terms test and `row` lacks. Only terms with
    /// a key, such as `score`, count; search texts do not. A term counts even if another term already hides the row.
    pub fn untested_parts(&self, row: &Row) -> PartSet {
        let terms = self.terms.iter().filter(|term| !term.is_text());
        terms.map(|term| term.lacking(row, Mask::None)).fold(PartSet::EMPTY, PartSet::with)
    }

    /// Returns whether single parts of the submissions (such as `aml`) can be fetched for this query and joined to its
    /// list data. This is not possible with `type:`, which already requests one part only. It is not possible with
    /// `id:` either, whose answer has all parts.
    pub const fn allows_parts(&self) -> bool {
        self.params.request_type.is_none() && self.params.submission_id.is_none()
    }

    /// Returns the parts of a submission (such as `kyc` and `aml`) with the values that the local terms of the query
    /// test. Local terms are those that this program tests itself. A search text does not count, since any part may
    /// contain it.
    pub fn tested_parts(&self) -> PartSet {
        let columns = self.terms.iter().filter(|term| !term.is_text()).flat_map(Term::columns);
        columns.map(|column| PartSet::of_paths(column.paths().iter().copied())).fold(PartSet::EMPTY, PartSet::with)
    }
}

impl Term {
    pub(super) fn is_text(&self) -> bool {
        self.key.is_none() && self.test.is_some()
    }

    /// Returns the columns whose values this term tests in a row. The result is empty for a term that the service
    /// tests.
    fn columns(&self) -> Vec<Column> {
        self.test.as_ref().map(super::predicate::Predicate::columns).unwrap_or_default()
    }

    /// Returns the parts of the submission (such as `aml`) with the values that this term tests and `row` lacks. A
    /// search text does not test columns that are hidden at the mask level `mask`.
    fn lacking(&self, row: &Row, mask: Mask) -> PartSet {
        self.lacking_where(&|column| row.cell(column) == Cell::NotFetched, mask)
    }

    /// Returns the parts of a submission with the values that this term tests and that were not fetched. `is_missing`
    /// returns whether the value of a column was not fetched. A search text tests every column that the mask level
    /// `mask` does not hide.
    pub(super) fn lacking_where(&self, is_missing: &dyn Fn(Column) -> bool, mask: Mask) -> PartSet {
        let all = |columns: &mut dyn Iterator<Item = Column>| {
            columns.map(|column| lacking_where(is_missing, column)).fold(PartSet::EMPTY, PartSet::with)
        };
        if self.is_text() {
            return all(&mut Column::sent().filter(|column| !column.class().hidden_at(mask)));
        }
        all(&mut self.columns().into_iter())
    }

    /// Returns the parts of the submission that must be fetched to decide this term for a row. These are all of
    /// `lacked`, or the empty set if the term is decided already. Returns `None` if the term hides the row, whatever
    /// the missing values are.
    ///
    /// - `answer`: the answer of the row to the term, with the values fetched so far.
    /// - `lacked`: the parts with the values that the term tests and the row lacks.
    pub(super) fn needed(&self, answer: TermAnswer, lacked: PartSet) -> Option<PartSet> {
        let is_open = match answer {
            TermAnswer::Yes => self.is_text() && self.negated,
            TermAnswer::Unknown => true,
            TermAnswer::No if self.is_text() && !self.negated && !lacked.is_empty() => true,
            TermAnswer::No => return None,
        };
        Some(if is_open { lacked } else { PartSet::EMPTY })
    }
}

/// A count of the rows of a query that lack values, with the parts of submissions that hold these values. Rows that a
/// local term (a term that this program tests) hides are not counted. From this count, [`Self::plan`] makes the plan of
/// the requests that fetch the values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingParts {
    /// Number of rows that the local terms do not hide.
    left: usize,
    /// Number of rows that the local terms do not hide and that lack a value.
    rows: usize,
    /// Parts of submissions (such as `aml`) that hold missing values and were not requested yet.
    parts: PartSet,
    /// Parts of submissions that were already requested for at least one counted row.
    requested: PartSet,
    /// Number of the last list page, counted from 1, that holds a row counted in `left`.
    last_remaining: usize,
    /// Number of the last list page, counted from 1, that holds a row counted in `rows`.
    last_lacking: usize,
}

impl MissingParts {
    /// Adds one row of the list to this count. The local terms of the filter must show the row, or be undecided for it.
    ///
    /// - `lacking`: the parts of the submission that hold the values which the row lacks. The set is empty if the row
    ///   lacks no value.
    /// - `requested`: the parts that were already requested for the row, even if the answer did not hold them.
    /// - `page`: the number of the page of the list that holds the row, counted from 1.
    pub fn add(&mut self, lacking: PartSet, requested: PartSet, page: usize) {
        self.add_rows(1, lacking, requested, page);
    }

    /// Adds `count` rows as [`Self::add`] adds one row. All of them lack the same parts of submissions, and the same
    /// parts were requested for them. `page` is the number of the last list page that holds one of them.
    pub(super) fn add_rows(&mut self, count: usize, lacking: PartSet, requested: PartSet, page: usize) {
        self.left += count;
        self.last_remaining = self.last_remaining.max(page);
        self.requested = self.requested.with(requested);
        if !lacking.is_empty() {
            self.rows += count;
            self.parts = self.parts.with(lacking.without(requested));
            self.last_lacking = self.last_lacking.max(page);
        }
    }

    /// Adds the counts of `other` to this one. Both must be about the same query, and no row may be counted in both.
    pub fn merge(&mut self, other: &Self) {
        self.left += other.left;
        self.rows += other.rows;
        self.parts = self.parts.with(other.parts);
        self.requested = self.requested.with(other.requested);
        self.last_remaining = self.last_remaining.max(other.last_remaining);
        self.last_lacking = self.last_lacking.max(other.last_lacking);
    }

    /// Returns this count, changed as if each counted row also lacked a value of `parts`. A caller uses it for columns
    /// whose values no answer of the service had. Rows that the filter hides are not counted.
    #[must_use]
    pub fn with_all(mut self, parts: PartSet) -> Self {
        if !parts.is_empty() && self.left > 0 {
            self.parts = self.parts.with(parts.without(self.requested));
            (self.rows, self.last_lacking) = (self.left, self.last_remaining);
        }
        self
    }

    /// Returns the number of counted rows that lack a value which the query needs.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the plan with the fewest requests that fetches the values which the loaded rows lack; `None` if no row
    /// lacks a value. The plan fetches one of two things:
    ///
    /// - the parts of submissions that hold missing values and were not requested yet: one request for each such part
    ///   and each page, up to the last page that holds a row which lacks a value;
    /// - full records: one request for each row that lacks a value.
    ///
    /// The answer to a request for a part may lack the value of a row too. If a row still lacks a value after all its
    /// parts were fetched, the next plan fetches full records.
    pub fn plan(&self) -> Option<FetchPlan> {
        let with_parts = !self.parts.is_empty() && self.parts.len() * self.last_lacking <= self.rows;
        let (parts, records) = if with_parts { (self.parts, 0) } else { (PartSet::EMPTY, self.rows) };
        (self.rows > 0).then_some(FetchPlan { parts, records, pages: self.last_lacking })
    }

    /// Returns the command-line option that fetches the values which the rows lack, with the number of additional
    /// requests, such as `--with aml (15 requests)`. Returns `None` if no row lacks a value.
    ///
    /// Two options are possible, and the one with fewer requests is returned:
    ///
    /// - `--with` requests parts of the submissions. The text also names the parts that the command line already
    ///   requests.
    /// - `--detail` requests the full record of each row that the local terms do not hide.
    ///
    /// `allows_parts` says whether `--with` is possible; see [`Query::allows_parts`].
    pub fn option(&self, allows_parts: bool) -> Option<String> {
        let with = self.requested.with(self.parts);
        let of_parts = with.len() * self.last_remaining;
        let of_records = self.requested.len() * self.last_remaining + self.left;
        let (option, requests) = if allows_parts && !self.parts.is_empty() && of_parts <= of_records {
            (format!("--with {}", with.words()), of_parts)
        } else if self.requested.is_empty() {
            ("--detail".to_owned(), of_records)
        } else {
            (format!("--with {} --detail", self.requested.words()), of_records)
        };
        (self.rows > 0).then(|| format!("{option} ({})", counted(requests, "request")))
    }
}

/// Plan of the requests that fetch the values which the loaded rows of a query lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchPlan {
    /// Parts of submissions whose pages are fetched and joined to the rows. Empty if full records are cheaper, or if
    /// each part that could help was requested already.
    pub parts: PartSet,
    /// Number of full records that are fetched, one for each row that lacks a value; 0 if parts are fetched.
    pub records: usize,
    /// Number of list pages that are fetched for each part.
    pub pages: usize,
}

impl FetchPlan {
    /// Returns the number of requests that this plan sends. Retries of failed requests are not counted.
    pub const fn requests(&self) -> usize {
        self.parts.len() * self.pages + self.records
    }

    /// Returns a text for the screen after a search text was not found: it offers to fetch more data and search it.
    /// `key` is the keyboard key that starts the requests, as in `D looks further (4 requests)`. If it is `None`, the
    /// text is `more can be searched (4 requests)`.
    pub fn offer_to_search(&self, key: Option<&str>) -> String {
        let requests = counted(self.requests(), "request");
        key.map_or_else(
            || format!("more can be searched ({requests})"),
            |key| format!("{key} looks further ({requests})"),
        )
    }

    /// Returns a text for the screen that offers the requests of this plan. `key` is the keyboard key that starts them,
    /// as in `D fetches missing values (15 requests)`. If it is `None`, the text is `missing values can be fetched (15
    /// requests)`.
    pub fn offer(&self, key: Option<&str>) -> String {
        let requests = counted(self.requests(), "request");
        key.map_or_else(
            || format!("missing values can be fetched ({requests})"),
            |key| format!("{key} fetches missing values ({requests})"),
        )
    }

    /// Returns [`Self::offer`] in few words for a place with little room, such as `D fetches values (15 requests)`.
    pub fn short_offer(&self, key: Option<&str>) -> String {
        self.offer(key).replace("missing ", "")
    }
}
