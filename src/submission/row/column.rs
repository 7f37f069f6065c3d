//! The columns of a list row.

use crate::text::Class;

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
    /// [`Row::class`](super::Row::class).
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
