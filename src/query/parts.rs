//! Plans how missing values are fetched: which part of the submissions (`request_type`) holds a value that a row lacks,
//! and how many requests the parts or the full records take.
//!
//! This module sends no request. [`Query::lacking`] tells for one row which parts its undecided terms need, and
//! [`lacking`] does so for one column. [`MissingParts`] adds up the rows of a query, and [`MissingParts::plan`] chooses
//! the cheaper means: the parts, at one request per page and part, or full records, at one request per row.

use strum::VariantArray;

use super::predicate::TermAnswer;
use super::{Query, RequestType, Term};
use crate::submission::row::{COLUMNS, Cell, Column, ColumnSpec, Row};
use crate::text::{Mask, counted};

impl RequestType {
    /// Returns the part that holds the field at a JSON path, such as `aml` for `aml.currentstatus`. The first key of
    /// the path decides (the service's documentation, "Request parameters"): the blocks `kyc`, `aml` and `data` are
    /// parts of their own, and every other field belongs to `others`.
    pub const fn holding(path: &str) -> Self {
        match path.as_bytes() {
            b"kyc" | [b'k', b'y', b'c', b'.' | b'[', ..] => Self::Kyc,
            b"aml" | [b'a', b'm', b'l', b'.' | b'[', ..] => Self::Aml,
            b"data" | [b'd', b'a', b't', b'a', b'.' | b'[', ..] => Self::Data,
            _ => Self::Others,
        }
    }

    /// Returns the part with the name `word`, such as `kyc`; `None` if no part has this name.
    pub fn named(word: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|part| part.word() == word)
    }
}

/// Set of the parts of a submission that `request_type` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartSet(u8);

impl PartSet {
    /// The set that contains no part of a submission.
    pub const EMPTY: Self = Self(0);

    /// Number of different sets of parts.
    pub(super) const COUNT: usize = 1 << RequestType::VARIANTS.len();

    /// Returns the set with the one part `part`.
    pub const fn of(part: RequestType) -> Self {
        Self(1 << part as u8)
    }

    /// Returns the parts that hold the fields at these JSON paths.
    pub fn of_paths<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        paths.into_iter().map(RequestType::holding).collect()
    }

    /// Returns whether the set contains `part`.
    pub const fn contains(self, part: RequestType) -> bool {
        self.0 & Self::of(part).0 != 0
    }

    /// Returns whether the set contains no part.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the number of parts in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns the parts that are in this set or in `other`.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the parts that are in this set and in `other`.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the parts of this set that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Iterates over the parts of the set, in the order of the service's documentation.
    pub fn iter(self) -> impl Iterator<Item = RequestType> {
        RequestType::VARIANTS.iter().copied().filter(move |part| self.contains(*part))
    }

    /// Returns a number below [`Self::COUNT`] that only this set has.
    pub(super) const fn number(self) -> usize {
        self.0 as usize
    }

    /// Iterates over all possible sets of parts, in the order of their numbers ([`Self::number`]).
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(Self::COUNT).map(Self)
    }

    /// Returns the names of the parts with commas between them, as `--with` takes them: `aml,kyc`.
    pub fn words(self) -> String {
        self.iter().map(RequestType::word).collect::<Vec<_>>().join(",")
    }
}

impl FromIterator<RequestType> for PartSet {
    fn from_iter<I: IntoIterator<Item = RequestType>>(parts: I) -> Self {
        parts.into_iter().fold(Self::EMPTY, |set, part| set.with(Self::of(part)))
    }
}

/// For each column, the parts of a submission (such as `kyc` and `aml`) that hold the value of the column; the order is
/// that of [`Column::ALL`]. The table is made while compiling, because a search text asks for each column of each row.
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

/// Returns the parts of a submission (values of the query parameter `request_type`, such as `aml`) that hold the value
/// of `column`. The result is empty if `row` does not lack this value. A row lacks a value that was not fetched. For a
/// column that this program computes, the parts hold the missing values that the column is computed from.
pub fn lacking(row: &Row, column: Column) -> PartSet {
    lacking_where(&|column| row.cell(column) == Cell::NotFetched, column)
}

/// Returns the parts of a submission that hold the value of `column`, as [`lacking`] does, but `is_missing` tells in
/// place of a row which columns were not fetched.
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
    /// Returns the parts that hold the values which `row` lacks, and without which the local terms cannot be decided
    /// for the row. The result is empty if the terms are decided and the row is shown. The result is `None` if the row
    /// is hidden, whatever the missing values are: nothing needs to be fetched for it.
    ///
    /// A search text that the row does not contain is not decided while the row lacks a column that could contain it.
    /// A column that the mask level `mask` hides is not searched, so it is not needed.
    pub fn lacking(&self, row: &Row, mask: Mask) -> Option<PartSet> {
        self.terms.iter().try_fold(PartSet::EMPTY, |parts, term| {
            Some(parts.with(term.needed(term.ask(row, mask), term.lacking(row, mask))?))
        })
    }

    /// Returns the parts that hold the values which `row` lacks and which local terms test, whether or not another term
    /// hides the row. A term that is only a text to search for is left out.
    pub fn untested_parts(&self, row: &Row) -> PartSet {
        let terms = self.terms.iter().filter(|term| !term.is_text());
        terms.map(|term| term.lacking(row, Mask::None)).fold(PartSet::EMPTY, PartSet::with)
    }

    /// Returns whether parts can be fetched by this query and joined to its list data. A query with `type:` has one part
    /// only, and the answer to `id:` has all parts.
    pub const fn allows_parts(&self) -> bool {
        self.params.request_type.is_none() && self.params.submission_id.is_none()
    }

    /// Returns the parts of a submission (such as `kyc` and `aml`) that the local terms of the query test. A local term
    /// is a condition of the filter that this program tests itself. A term that is only a text to search for is left
    /// out, since any part may contain the text.
    pub fn tested_parts(&self) -> PartSet {
        let columns = self.terms.iter().filter(|term| !term.is_text()).flat_map(Term::columns);
        columns.map(|column| PartSet::of_paths(column.paths().iter().copied())).fold(PartSet::EMPTY, PartSet::with)
    }
}

impl Term {
    pub(super) fn is_text(&self) -> bool {
        self.key.is_none() && self.test.is_some()
    }

    /// Returns the columns that the test of this term reads; empty for a server term.
    fn columns(&self) -> Vec<Column> {
        self.test.as_ref().map(super::predicate::Predicate::columns).unwrap_or_default()
    }

    /// Returns the parts that hold those columns which this term reads and `row` lacks.
    fn lacking(&self, row: &Row, mask: Mask) -> PartSet {
        self.lacking_where(&|column| row.cell(column) == Cell::NotFetched, mask)
    }

    /// Returns the parts of a submission that hold the values which this term reads and which were not fetched.
    /// `is_missing` returns for a column whether its value was not fetched. A search text reads every column that the
    /// mask level `mask` does not hide.
    pub(super) fn lacking_where(&self, is_missing: &dyn Fn(Column) -> bool, mask: Mask) -> PartSet {
        let all = |columns: &mut dyn Iterator<Item = Column>| {
            columns.map(|column| lacking_where(is_missing, column)).fold(PartSet::EMPTY, PartSet::with)
        };
        if self.is_text() {
            return all(&mut Column::sent().filter(|column| !column.class().hidden_at(mask)));
        }
        all(&mut self.columns().into_iter())
    }

    /// Returns the parts that must be fetched to decide this term for a row: all of `lacked`, or no part if the term is
    /// decided already. Returns `None` if the term hides the row, whatever the missing values are. `lacked` are the
    /// parts with the values that the term reads and the row lacks. `answer` is the result of the term without these
    /// values.
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

/// Sum of what the rows of a query lack, for the plan of the requests that fetch it. Only rows that the local terms
/// leave (shown or undecided) are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingParts {
    /// Number of rows that the local terms leave.
    left: usize,
    /// Number of rows among them that lack a value.
    rows: usize,
    /// Parts that hold missing values and were not requested yet.
    parts: PartSet,
    /// Parts that were already requested.
    requested: PartSet,
    /// Number of the last page of the query that holds a row that is left, counted from 1.
    last_remaining: usize,
    /// Number of the last page of the query that holds a row that lacks a value, counted from 1.
    last_lacking: usize,
}

impl MissingParts {
    /// Adds to this sum a row that the local terms of the filter show or cannot decide. `page` is the number of its
    /// page in the list, counted from 1. `lacking` are the parts that hold the values that the row lacks; the set is
    /// empty if the row lacks nothing. `requested` are the parts that were already requested for the row, even if the
    /// answer did not hold them.
    pub fn add(&mut self, lacking: PartSet, requested: PartSet, page: usize) {
        self.add_rows(1, lacking, requested, page);
    }

    /// Adds `count` rows as [`Self::add`] adds one row. All of them lack the same parts of submissions, and the same
    /// parts were requested for them; `page` is the number of the last page of the list that holds one of them.
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

    /// Adds the sum `other` to this one. Both count rows of the same query, but no row twice.
    pub fn merge(&mut self, other: &Self) {
        self.left += other.left;
        self.rows += other.rows;
        self.parts = self.parts.with(other.parts);
        self.requested = self.requested.with(other.requested);
        self.last_remaining = self.last_remaining.max(other.last_remaining);
        self.last_lacking = self.last_lacking.max(other.last_lacking);
    }

    /// Returns this sum, changed as if each row that the local terms leave (shown or undecided) also lacked values of
    /// `parts`, such as values of columns that no answer had.
    #[must_use]
    pub fn with_all(mut self, parts: PartSet) -> Self {
        if !parts.is_empty() && self.left > 0 {
            self.parts = self.parts.with(parts.without(self.requested));
            (self.rows, self.last_lacking) = (self.left, self.last_remaining);
        }
        self
    }

    /// Returns the number of rows that lack a value.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the plan with the fewest requests that fetches the values which the loaded rows lack; `None` if no row
    /// lacks a value. The plan fetches either parts or full records. A part that was not requested yet takes one
    /// request for each page, up to the last page with such a row. Full records take one request for each such row.
    ///
    /// The answer with a part may lack the value of a row too. So if a row still lacks a value after the parts were
    /// fetched, the next plan fetches full records.
    pub fn plan(&self) -> Option<FetchPlan> {
        let with_parts = !self.parts.is_empty() && self.parts.len() * self.last_lacking <= self.rows;
        let (parts, records) = if with_parts { (self.parts, 0) } else { (PartSet::EMPTY, self.rows) };
        (self.rows > 0).then_some(FetchPlan { parts, records, pages: self.last_lacking })
    }

    /// Returns the cheaper option of the command line that fetches the values that the rows lack, with the number of
    /// requests that it adds to those of the list, such as `--with aml (15 requests)`. Returns `None` if no row lacks a
    /// value. Parts that the call already requested are repeated in the option. `--detail` takes one request for each
    /// row that the local terms of the filter do not hide. `allows_parts` says whether the option may be `--with`,
    /// which a filter with `type:` excludes.
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

/// Plan of the requests that fetch what the loaded rows of a query lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchPlan {
    /// Parts whose pages are fetched and joined to the rows; empty if full records are cheaper, or if each part that
    /// could help was requested already.
    pub parts: PartSet,
    /// Number of full records that are fetched, one for each row that lacks a value; 0 if parts are fetched.
    pub records: usize,
    /// Number of pages of each part.
    pub pages: usize,
}

impl FetchPlan {
    /// Returns the number of requests that are sent to carry out this plan, without retries.
    pub const fn requests(&self) -> usize {
        self.parts.len() * self.pages + self.records
    }

    /// Returns a text for the screen that offers the keyboard key `key` after a search text was not found, such as
    /// `D looks further (4 requests)`. The key starts the requests of this plan, so that more can be searched. `None`
    /// means that no key starts them.
    pub fn offer_to_search(&self, key: Option<&str>) -> String {
        let requests = counted(self.requests(), "request");
        key.map_or_else(
            || format!("more can be searched ({requests})"),
            |key| format!("{key} looks further ({requests})"),
        )
    }

    /// Returns a text for the screen that offers the keyboard key `key`, such as `D fetches it (15 requests)`. The key
    /// starts the requests of this plan. `None` means that no key starts them.
    pub fn offer(&self, key: Option<&str>) -> String {
        let requests = counted(self.requests(), "request");
        key.map_or_else(|| format!("it can be fetched ({requests})"), |key| format!("{key} fetches it ({requests})"))
    }
}
