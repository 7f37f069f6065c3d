//! One list row: the few fields that the list shows, sorts and filters by, in one small allocation.

use std::ops::Range;

use jiff::Timestamp;

use crate::text::{Class, Marks, fold_into};
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

    /// The privacy class of what the column holds.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Email | Self::Name | Self::BirthDate | Self::Ip => Class::Personal,
            _ => Class::Open,
        }
    }
}

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

/// Bytes of a text that a row keeps: as many as the sanitiser shows of a field. Of a longer text nothing is searched or
/// compared beyond them, and the row says that there is more.
pub(super) const KEPT: usize = 4096;

/// The same in the rows that a page has no more [room](Room) for.
const KEPT_LITTLE: usize = 64;

/// Memory for the texts of the rows of one page: three times what 2,000 rows of real submissions need.
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(4 << 20)
    }
}

/// What stands between two columns in [`Row::folded`], so that no search runs from one into the next.
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
    /// The texts of the columns, then the same folded for searching.
    texts: Option<Box<str>>,
    ends: [u32; Column::ALL.len()],
    /// A bit a column: the answer carries it.
    carried: u32,
    /// A bit a column: its text goes on behind what is kept.
    cut: u32,
    /// Some text holds characters that cannot be seen.
    hides: bool,
    created: Option<Timestamp>,
    /// The numbers of [`COUNTED`]; NaN where there is none.
    numbers: [f64; COUNTED.len()],
    /// The texts of [`NEAR`] once more, if they fit.
    near: [u8; NEAR_BYTES],
}

/// The row of an item that tells nothing: one for all of them.
pub static NO_ROW: Row = Row::nothing();

/// The row of an item that tells nothing.
impl Default for Row {
    fn default() -> Self {
        Self::nothing()
    }
}

impl Row {
    const fn nothing() -> Self {
        Self {
            texts: None,
            ends: [0; Column::ALL.len()],
            carried: 0,
            cut: 0,
            hides: false,
            created: None,
            numbers: [f64::NAN; COUNTED.len()],
            near: [0; NEAR_BYTES],
        }
    }

    fn texts(&self) -> &str {
        self.texts.as_deref().unwrap_or_default()
    }

    /// Builds a row from what `cell` says of each column.
    pub fn new<'a>(cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        Self::within(&mut Room::default(), cell)
    }

    /// The same with what is left of the room for the rows of a page.
    pub fn within<'a>(room: &mut Room, mut cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let most = if room.0 == 0 { KEPT_LITTLE } else { KEPT };
        let (mut texts, mut folded) = (String::new(), String::new());
        let mut row = Self::default();
        for ((bit, column), end) in Column::ALL.into_iter().enumerate().zip(&mut row.ends) {
            match cell(column) {
                Cell::NotFetched => {}
                Cell::Empty => row.carried |= 1 << bit,
                Cell::Text(text) => {
                    row.carried |= 1 << bit;
                    row.hides = row.hides || Marks::of(text).any_hidden();
                    let kept = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
                    row.cut |= u32::from(kept.len() < text.len()) << bit;
                    let text = kept;
                    texts.push_str(text);
                    fold_into(&mut folded, text);
                }
            }
            folded.push(BORDER);
            *end = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        }
        texts.push_str(&folded);
        row.texts = Some(texts.into());
        row.created = row.cell(Column::Created).text().and_then(time::read);
        room.0 = room.0.saturating_sub(row.texts().len());
        let number = |column| row.cell(column).text().filter(|_| !row.is_cut(column)).and_then(decimal);
        row.numbers = COUNTED.map(|column| number(column).unwrap_or(f64::NAN));
        let near = row.start(NEAR.start)..row.start(NEAR.end);
        let texts = row.texts.as_deref().unwrap_or_default();
        let near = texts.as_bytes().get(near).unwrap_or_default();
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
        match near().or_else(|| self.texts().get(start..end)) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        }
    }

    /// The number that a column says: see [`decimal`].
    #[must_use]
    pub fn number(&self, column: Column) -> Option<f64> {
        match COUNTED.iter().position(|counted| *counted == column).and_then(|at| self.numbers.get(at)) {
            Some(number) => Some(*number).filter(|number| !number.is_nan()),
            None => self.cell(column).text().filter(|_| !self.is_cut(column)).and_then(decimal),
        }
    }

    /// Whether the text of a column goes on behind what the row keeps of it.
    #[must_use]
    pub const fn is_cut(&self, column: Column) -> bool {
        self.cut & (1 << column as u32) != 0
    }

    /// Whether any text does.
    #[must_use]
    pub const fn is_cut_anywhere(&self) -> bool {
        self.cut != 0
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
        let mut cut = 0;
        let row = Self::new(|column| {
            let from = if newer.cell(column) == Cell::NotFetched { older } else { newer };
            cut |= from.cut & (1 << column as u32);
            from.cell(column)
        });
        Self { cut, hides: newer.hides || older.hides, ..row }
    }

    /// All texts of the row, [folded](crate::text::fold) and one a line: what a search in the row reads.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.texts().get(self.start(Column::ALL.len())..).unwrap_or_default()
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
