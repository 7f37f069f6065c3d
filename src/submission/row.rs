//! One list row: the few fields that the list shows, sorts and filters by, in one small allocation.

use jiff::Timestamp;

use crate::text::Class;
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
}

impl Column {
    /// Every column, in their order.
    pub const ALL: [Self; 19] = [
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
    ];

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

/// A compact row: all texts in one allocation, and the end of each.
#[derive(Clone, Default)]
pub struct Row {
    texts: Box<str>,
    ends: [u32; Column::ALL.len()],
    /// A bit a column: the answer carries it.
    carried: u32,
    created: Option<Timestamp>,
}

impl Row {
    /// Builds a row from what `cell` says of each column.
    pub fn new<'a>(mut cell: impl FnMut(Column) -> Cell<'a>) -> Self {
        let mut texts = String::new();
        let mut ends = [0; Column::ALL.len()];
        let mut carried = 0;
        for ((bit, column), end) in Column::ALL.into_iter().enumerate().zip(&mut ends) {
            match cell(column) {
                Cell::NotFetched => {}
                Cell::Empty => carried |= 1 << bit,
                Cell::Text(text) => {
                    carried |= 1 << bit;
                    texts.push_str(text);
                }
            }
            *end = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        }
        let mut row = Self { texts: texts.into(), ends, carried, created: None };
        row.created = row.cell(Column::Created).text().and_then(time::read);
        row
    }

    /// What the row says of a column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Cell<'_> {
        let at = column as usize;
        if self.carried & (1 << at) == 0 {
            return Cell::NotFetched;
        }
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        match self.texts.get(start as usize..end as usize) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        }
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
