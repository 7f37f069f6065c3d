//! Defines the columns of a list row.

pub mod names;
mod retry_codes;
mod spec;
mod table;
mod waiting;

use std::borrow::Cow;

use strum::{EnumCount, VariantArray};

use crate::text::Class;
pub use spec::{CellSource, ColumnFilter, ColumnKind, ColumnSpec, FilterValue, FilterWord};
pub use table::COLUMNS;

/// Column of a list row, in the order of the service's web dashboard. To add a column, add a variant here, its entry in
/// [`COLUMNS`], and its cell in [`read`](crate::submission::read).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum Column {
    /// Time of creation: `created_at`.
    Created,
    /// Id of the submission: `submission_id`.
    Id,
    /// E-mail address of the applicant: `email`.
    Email,
    /// Name of the applicant: `data.full_name`, else `data.name`, else first and last name.
    Name,
    /// Birth date of the applicant: `data.date_of_birth`.
    BirthDate,
    /// Nationality of the applicant: `data.nationality`.
    Nationality,
    /// Country that issued the identity document: `data.idcard_issuingCountry`.
    IssuingCountry,
    /// Type of the identity document: `data.idType`.
    IdType,
    /// Age group of the applicant: `data.age_group`.
    AgeGroup,
    /// Status of the submission: `kyc.result`.
    Status,
    /// Codes of the reasons for a rejection: `kyc.commentCode`, with commas between several codes.
    RejectCode,
    /// Status of the AML check (against money laundering): `aml.currentstatus`.
    Aml,
    /// Risk level of the AML check: `aml.risk_level_summary`.
    AmlLevel,
    /// ARGOS score: `argos_score`.
    ArgosScore,
    /// Number of attempts: the length of `kyc.attempts`.
    Attempts,
    /// Codes of all retries: `kyc.attempts[].retryCode` and `kyc.retry[].retryCode`, each code once, with commas
    /// between them.
    Retry,
    /// User id: `userid`.
    UserId,
    /// IP address of the applicant: `data.ip_address`.
    Ip,
    /// Token id, as sent in the field `tokenId`.
    Token,
    /// Time of the last change: `updated_at`.
    Updated,
    /// Id of the applicant: `applicant_id`.
    Applicant,
    /// Duration for which a pending submission had been pending when its row was loaded; computed by this program.
    Waiting,
}

/// Number of columns that the list of submissions can show: the number of variants of [`Column`].
const COUNT: usize = <Column as EnumCount>::COUNT;

impl Column {
    /// All columns, in the order of the enum.
    pub const ALL: [Self; COUNT] = match Self::VARIANTS.first_chunk() {
        Some(all) => *all,
        None => [Self::Created; COUNT],
    };

    /// The columns that the list shows by default, from left to right. The columns that decide what a reviewer does
    /// next are first.
    pub const LISTED: [Self; 16] = [
        Self::Status,
        Self::Name,
        Self::Created,
        Self::Waiting,
        Self::RejectCode,
        Self::Nationality,
        Self::Aml,
        Self::Email,
        Self::Id,
        Self::ArgosScore,
        Self::Attempts,
        Self::IdType,
        Self::BirthDate,
        Self::IssuingCountry,
        Self::AgeGroup,
        Self::UserId,
    ];

    /// Number of columns on the left of the list that stay visible when the list is scrolled sideways.
    pub const FIXED: usize = 2;

    /// Iterates over every column: first the columns that the list shows by default ([`Self::LISTED`]), then the
    /// others.
    pub fn listed_first() -> impl Iterator<Item = Self> {
        Self::LISTED.into_iter().chain(Self::ALL.into_iter().filter(|column| !Self::LISTED.contains(column)))
    }

    /// Returns the entry of the column in [`COLUMNS`].
    #[expect(clippy::indexing_slicing, reason = "the table has one entry a column, in their order")]
    pub const fn spec(self) -> &'static ColumnSpec {
        &COLUMNS[self as usize]
    }

    /// Returns the kind of the column's values, such as a time or a number.
    pub const fn kind(self) -> ColumnKind {
        self.spec().kind
    }

    /// Returns the privacy class of the column's values. A single cell may be more private: see
    /// [`Row::class`](super::Row::class).
    pub const fn class(self) -> Class {
        self.spec().class
    }

    /// Returns the JSON paths of the fields from which the column's cells are made. For a computed column, these are
    /// the fields from which this program computes the cells.
    pub const fn paths(self) -> &'static [&'static str] {
        match self.spec().source {
            CellSource::Sent(paths) | CellSource::Computed(paths, _) => paths,
        }
    }

    /// Returns the JSON paths at which the service sends the column's values. The first path also names the column in
    /// CSV files. Empty for a column that this program computes.
    pub const fn sent_paths(self) -> &'static [&'static str] {
        match self.spec().source {
            CellSource::Sent(paths) => paths,
            CellSource::Computed(..) => &[],
        }
    }

    /// Returns whether this program computes the column's cells. The cells of other columns are fields that the service
    /// sends.
    pub const fn is_computed(self) -> bool {
        matches!(self.spec().source, CellSource::Computed(..))
    }

    /// Iterates over the columns that the service sends, in the order of the enum.
    pub fn sent() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|column| !column.is_computed())
    }

    /// Returns the heading of the column in a CSV file: its first JSON path. A computed column has its key with the
    /// unit of its values: `waiting_seconds`.
    pub fn csv_heading(self) -> Cow<'static, str> {
        match self.sent_paths() {
            [path, ..] => (*path).into(),
            [] => format!("{}_seconds", self.spec().key).into(),
        }
    }

    /// Returns the headings in a CSV file for the list columns `columns`, each heading once. One list column can have
    /// several headings: one for each of its JSON paths, and those of its companion ([`Self::with_companion`]).
    pub fn csv_headings(columns: impl IntoIterator<Item = Self>) -> Vec<String> {
        let mut headings: Vec<String> = Vec::new();
        for column in columns.into_iter().flat_map(Self::with_companion) {
            let others = column.sent_paths().iter().skip(1).map(|path| (*path).into());
            for heading in std::iter::once(column.csv_heading()).chain(others) {
                if !headings.iter().any(|known| *known == heading) {
                    headings.push(heading.into_owned());
                }
            }
        }
        headings
    }

    /// Returns the name of the column where there is room for it, such as `Reject code` for the heading `Code`.
    pub const fn full_name(self) -> &'static str {
        self.spec().full_name
    }

    /// Returns the full heading of the column on the screen. A narrow column shows a shorter one.
    pub const fn heading(self) -> &'static str {
        let [full, _] = self.spec().headings;
        full
    }

    /// Iterates over this column and, if there is one, its companion: the other column whose value the list shows in
    /// the same cell.
    pub fn with_companion(self) -> impl Iterator<Item = Self> {
        std::iter::once(self).chain(self.spec().companion)
    }

    /// Returns the column with the given key, such as `nat` for the nationality; case is ignored. `None` if no column
    /// has this key.
    pub fn of_key(key: &str) -> Option<Self> {
        COLUMNS.iter().find(|spec| spec.key.eq_ignore_ascii_case(key)).map(|spec| spec.column)
    }

    /// Returns the column with the given name: its key, its full name, one of its headings, its alias, or its JSON path.
    /// Case, blanks, hyphens and underscores are ignored. `None` if no column has this name.
    pub fn named(name: &str) -> Option<Self> {
        let plain = |text: &str| text.replace([' ', '-', '_'], "").to_lowercase();
        let wanted = plain(name.trim());
        let is_named = |spec: &&ColumnSpec| {
            let names = [spec.key, spec.full_name].into_iter().chain(spec.headings).chain(spec.alias);
            names.chain(spec.column.sent_paths().iter().take(1).copied()).any(|name| plain(name) == wanted)
        };
        COLUMNS.iter().find(is_named).map(|spec| spec.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::fields;

    #[test]
    fn a_name_is_a_key_a_heading_or_a_path_and_no_two_columns_share_one() {
        for spec in &COLUMNS {
            let [full, short] = spec.headings;
            let upper = full.to_uppercase();
            let names = [spec.key, spec.full_name, full, short, &upper].into_iter().chain(spec.alias);
            for name in names.chain(spec.column.sent_paths().first().copied()) {
                assert_eq!(Column::named(name), Some(spec.column), "{name}");
            }
            assert_eq!(Column::of_key(&spec.key.to_uppercase()), Some(spec.column));
        }
        for other in ["", "kyc.attempts[]", "kyc.attempts[-1]", "kycresult", "a.email"] {
            assert_eq!(Column::named(other), None, "{other}");
        }
    }

    #[test]
    fn each_column_is_as_private_as_its_fields() {
        for column in Column::ALL {
            let known =
                column.paths().iter().filter_map(|path| fields::documented_field(path)).map(|field| field.class);
            assert_eq!(column.class(), known.max().unwrap_or_default(), "{column:?}");
        }
    }

    #[test]
    fn entries_hold_together() {
        for spec in &COLUMNS {
            let ([full, short], [least, usual, most]) = (spec.headings, spec.widths);
            assert!(short.len() <= full.len() && short.len() <= usual, "{}", spec.key);
            assert!(0 < least && least <= usual && usual <= most, "{}", spec.key);
            if let Some(filter) = &spec.filter {
                assert!(filter.example.starts_with(spec.key), "{}", spec.key);
            }
        }
        assert_eq!(Column::listed_first().count(), COUNT);
    }
}
