//! The query parameters of `GET /submission`, each sent only when given.

use jiff::civil::Date;

/// `request_type`: which part of each submission the service returns (API page, "Request parameters").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestType {
    /// KYC data and `submission_id`.
    Kyc,
    /// AML data and `submission_id`.
    Aml,
    /// Personal data and `submission_id`.
    Data,
    /// Everything but the three others.
    Others,
}

impl RequestType {
    /// The word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kyc => "kyc",
            Self::Aml => "aml",
            Self::Data => "data",
            Self::Others => "others",
        }
    }
}

/// The documented parameters but for the cursor. `Debug` is left out: e-mail and ids are identity data.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Params {
    /// `submission_id`.
    pub submission_id: Option<String>,
    /// `userid`.
    pub userid: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `count`: results a page; the service's default is 50.
    pub count: Option<u32>,
    /// `start_date`, `YYYY-MM-DD`.
    pub start_date: Option<Date>,
    /// `end_date`, `YYYY-MM-DD`.
    pub end_date: Option<Date>,
    /// `request_type`.
    pub request_type: Option<RequestType>,
}

/// `nextpageKey`: the last submission retrieved. Its halves always travel together, as they came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Sent back as `nextpage_id`.
    pub id: String,
    /// Sent back as `nextpage_date`, character for character.
    pub created_at: String,
}
