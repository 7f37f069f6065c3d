//! One list row: the few fields that the list shows, sorts and filters by, in one small allocation.

use std::ops::Range;

use jiff::Timestamp;

use crate::text::{Class, Marks, Mask, Untrusted, Value, search_form_into};
use crate::time;

/// A field of a row. The order is the order in which the service's dashboard shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// `created_at`.
    Created,
    /// `submission_id`.
    Id,
    /// `email`.
    Email,
    /// `data.full_name`, else `data.name`, else first and last name.
    Name,
    /// `data.date_of_birth`.
    BirthDate,
    /// `data.nationality`.
    Nationality,
    /// `data.idcard_issuingCountry`.
    IssuingCountry,
    /// `data.idType`.
    IdType,
    /// `data.age_group`.
    AgeGroup,
    /// `kyc.result`.
    Status,
    /// `kyc.commentCode`, several joined by a comma.
    RejectCode,
    /// `aml.currentstatus`.
    Aml,
    /// `aml.risk_level_summary`.
    AmlLevel,
    /// `argos_score`.
    ArgosScore,
    /// The number of `kyc.attempts`.
    Attempts,
    /// `userid`.
    UserId,
    /// `data.ip_address`.
    Ip,
    /// `tokenId`.
    Token,
    /// `updated_at`.
    Updated,
    /// `applicant_id`.
    Applicant,
}

impl Column {
    /// Every column, in their order.
    pub const ALL: [Self; 20] = [
        Self::Created,
        Self::Id,
        Self::Email,
        Self::Name,
        Self::BirthDate,
        Self::Nationality,
        Self::IssuingCountry,
        Self::IdType,
        Self::AgeGroup,
        Self::Status,
        Self::RejectCode,
        Self::Aml,
        Self::AmlLevel,
        Self::ArgosScore,
        Self::Attempts,
        Self::UserId,
        Self::Ip,
        Self::Token,
        Self::Updated,
        Self::Applicant,
    ];

    /// The columns that the list shows, in their order on the screen, with their headings.
    pub const LISTED: [(Self, &'static str); 15] = [
        (Self::Created, "Created"),
        (Self::Name, "Name"),
        (Self::Status, "Status"),
        (Self::Nationality, "Nat"),
        (Self::Aml, "AML"),
        (Self::Email, "E-mail"),
        (Self::RejectCode, "Code"),
        (Self::IdType, "ID type"),
        (Self::ArgosScore, "Score"),
        (Self::Attempts, "Att"),
        (Self::Id, "Submission"),
        (Self::BirthDate, "Born"),
        (Self::IssuingCountry, "Iss"),
        (Self::AgeGroup, "Age"),
        (Self::UserId, "User"),
    ];

    /// Whether sorting by the column begins with the largest or newest.
    #[must_use]
    pub const fn starts_descending(self) -> bool {
        matches!(self, Self::Created | Self::ArgosScore | Self::Attempts)
    }

    /// The privacy class of what the column holds, by the table of fields. A single cell may be more private: see
    /// [`Row::class`].
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Email | Self::Name | Self::BirthDate | Self::Ip | Self::UserId => Class::Personal,
            _ => Class::Open,
        }
    }

    /// Where the service has it: the path that names the column first, then those that it may also come from.
    #[must_use]
    pub const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Created => &["created_at"],
            Self::Id => &["submission_id"],
            Self::Email => &["email"],
            Self::Name => &["data.full_name", "data.name", "data.first_name", "data.last_name"],
            Self::BirthDate => &["data.date_of_birth"],
            Self::Nationality => &["data.nationality"],
            Self::IssuingCountry => &["data.idcard_issuingCountry"],
            Self::IdType => &["data.idType"],
            Self::AgeGroup => &["data.age_group"],
            Self::Status => &["kyc.result"],
            Self::RejectCode => &["kyc.commentCode"],
            Self::Aml => &["aml.currentstatus"],
            Self::AmlLevel => &["aml.risk_level_summary"],
            Self::ArgosScore => &["argos_score"],
            Self::Attempts => &["kyc.attempts"],
            Self::UserId => &["userid"],
            Self::Ip => &["data.ip_address"],
            Self::Token => &["tokenId"],
            Self::Updated => &["updated_at"],
            Self::Applicant => &["applicant_id"],
        }
    }
}

/// The class of each column of a row, in the order of [`Column::ALL`].
pub type Classes = [Class; Column::ALL.len()];

/// What a row says of one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// The answer that the row was made of does not carry the field: nothing is known.
    NotFetched,
    /// The answer carries the field without a value, or was whole and left it out.
    Empty,
    /// The text as sent.
    Text(&'a str),
}

impl<'a> Cell<'a> {
    /// The text, if there is one.
    #[must_use]
    pub const fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Separates two columns in [`Row::searched`], so that no match runs from one into the next.
const BORDER: char = '\n';

/// The columns of small vocabularies, which stand side by side and which filters ask for most.
const NEAR: Range<usize> = Column::Nationality as usize..Column::ArgosScore as usize;

/// What the texts of those columns fit in, but for a few submissions; in bytes.
const NEAR_BYTES: usize = 72;

/// The columns whose numbers are read beforehand.
const COUNTED: [Column; 2] = [Column::ArgosScore, Column::Attempts];

/// A compact row: all texts in one allocation, and the end of each.
///
/// To walk 100,000 rows is bound by memory: each visit of the texts leaves the array of rows and costs ten times what
/// it costs to compare. So a row holds the few values that filters and sorting ask for most a second time, in itself.
#[derive(Clone)]
pub struct Row {
    /// The texts of the columns, then the same folded for searching: the open ones first, then those that are personal,
    /// then the others, so that what a mask lets be seen is one piece.
    texts: Box<str>,
    ends: [u32; Column::ALL.len()],
    /// How private each text is.
    classes: Classes,
    /// Where the folded texts end that are open, and those that are personal at most; in bytes of `texts`.
    searched: [u32; 2],
    /// A bit a column: the answer carries it.
    carried: u32,
    /// Some text holds characters that cannot be seen.
    hides: bool,
    created: Option<Timestamp>,
    /// The numbers of [`COUNTED`]; NaN where there is none.
    numbers: [f64; COUNTED.len()],
    /// The texts of [`NEAR`] once more, if they fit.
    near: [u8; NEAR_BYTES],
}

/// The row of an item that tells nothing.
impl Default for Row {
    fn default() -> Self {
        Self {
            texts: Box::default(),
            ends: [0; Column::ALL.len()],
            classes: Column::ALL.map(Column::class),
            searched: [0; 2],
            carried: 0,
            hides: false,
            created: None,
            numbers: [f64::NAN; COUNTED.len()],
            near: [0; NEAR_BYTES],
        }
    }
}

impl Row {
    /// Builds a row from what `cell` says of each column; each is as private as its column.
    pub fn new<'a>(cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::classed(Column::ALL.map(Column::class), cell)
    }

    /// Builds a row from what `cell` says of each column, with the class of each.
    pub fn classed<'a>(classes: Classes, mut cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let mut texts = String::new();
        let mut folded = [const { String::new() }; 3];
        let mut row = Self { classes, ..Self::default() };
        for ((bit, column), end) in Column::ALL.into_iter().enumerate().zip(&mut row.ends) {
            match cell(column) {
                Cell::NotFetched => {}
                Cell::Empty => row.carried |= 1 << bit,
                Cell::Text(text) => {
                    row.carried |= 1 << bit;
                    row.hides = row.hides || Marks::of(text).any_hidden();
                    texts.push_str(text);
                    let part = match classes.get(bit) {
                        Some(Class::Open) => 0,
                        Some(Class::Personal) => 1,
                        _ => 2,
                    };
                    if let Some(folded) = folded.get_mut(part) {
                        search_form_into(folded, text);
                        folded.push(BORDER);
                    }
                }
            }
            *end = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        }
        let mut searched = row.searched.iter_mut();
        for part in folded {
            texts.push_str(&part);
            searched.by_ref().take(1).for_each(|end| *end = u32::try_from(texts.len()).unwrap_or(u32::MAX));
        }
        row.texts = texts.into();
        row.created = row.cell(Column::Created).text().and_then(time::read);
        row.numbers = COUNTED.map(|column| row.cell(column).text().and_then(decimal).unwrap_or(f64::NAN));
        let near = row.texts.as_bytes().get(row.start(NEAR.start)..row.start(NEAR.end)).unwrap_or_default();
        if let Some(place) = row.near.get_mut(..near.len()) {
            place.copy_from_slice(near);
        }
        row
    }

    /// Where the text of the column at a place of [`Column::ALL`] starts.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    /// What the row says of a column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Cell<'_> {
        let at = column as usize;
        if self.carried & (1 << at) == 0 {
            return Cell::NotFetched;
        }
        let (start, end) = (self.start(at), self.start(at + 1));
        let near = || {
            let before = self.start(NEAR.start);
            let fits = NEAR.contains(&at) && self.start(NEAR.end) - before <= NEAR_BYTES;
            let text = self.near.get(start.checked_sub(before)?..end - before)?;
            std::str::from_utf8(text).ok().filter(|_| fits)
        };
        match near().or_else(|| self.texts.get(start..end)) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        }
    }

    /// The number that a column says: see [`decimal`].
    #[must_use]
    pub fn number(&self, column: Column) -> Option<f64> {
        match COUNTED.iter().position(|counted| *counted == column).and_then(|at| self.numbers.get(at)) {
            Some(number) => Some(*number).filter(|number| !number.is_nan()),
            None => self.cell(column).text().and_then(decimal),
        }
    }

    /// The row of a single answer: what it does not carry is empty, and not merely left out of a list.
    #[must_use]
    pub const fn whole(mut self) -> Self {
        self.carried = u32::MAX;
        self
    }

    /// Two answers about one submission as one row: the newer one where it carries the field, else the older one.
    #[must_use]
    pub fn merged(newer: &Self, older: &Self) -> Self {
        let from = |column: Column| if newer.cell(column) == Cell::NotFetched { older } else { newer };
        Self::classed(Column::ALL.map(|column| from(column).class(column)), |column| from(column).cell(column))
    }

    /// The same row with other classes.
    #[must_use]
    pub fn reclassed(&self, classes: Classes) -> Self {
        if classes == self.classes { self.clone() } else { Self::classed(classes, |column| self.cell(column)) }
    }

    /// How private the text of a column is: as its column, or more where a value of the submission says so.
    #[must_use]
    pub fn class(&self, column: Column) -> Class {
        self.classes.get(column as usize).copied().unwrap_or(Class::Unread)
    }

    /// What may be shown of a column at a mask level; `None` where the row has no text.
    #[must_use]
    pub fn value(&self, column: Column) -> Option<Value> {
        self.cell(column).text().map(|text| Value::new(Untrusted::new(text), self.class(column)))
    }

    /// The texts of the row that a mask lets be seen whole, in their [search form](crate::text::search_form) and one a line:
    /// what a search in the row reads.
    #[must_use]
    pub fn searched(&self, mask: Mask) -> &str {
        let [open, personal] = self.searched.map(|end| end as usize);
        let end = match mask {
            Mask::None => self.texts.len(),
            Mask::Ids => personal,
            Mask::All => open,
        };
        self.texts.get(self.start(Column::ALL.len())..end).unwrap_or_default()
    }

    /// Whether a mask hides a text of the row from a search.
    #[must_use]
    pub fn hides_text(&self, mask: Mask) -> bool {
        self.searched(mask).len() < self.searched(Mask::None).len()
    }

    /// Whether a text of the row, of any column, holds characters that cannot be seen: a cell may be too narrow for their
    /// marks, or out of sight.
    #[must_use]
    pub const fn hides(&self) -> bool {
        self.hides
    }

    /// The submission's id; empty only for a row that was not made of a readable item.
    #[must_use]
    pub fn id(&self) -> &str {
        self.cell(Column::Id).text().unwrap_or_default()
    }

    /// When it was created, if that parses.
    #[must_use]
    pub const fn created(&self) -> Option<Timestamp> {
        self.created
    }
}

/// Reads a decimal number, from a JSON number or from a text that holds one (the service's documentation types the
/// scores as numbers, its samples quote them). Words such as `inf` are none, and neither is what does not fit.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

#[cfg(test)]
mod tests;
