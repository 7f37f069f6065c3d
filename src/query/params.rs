//! The query parameters of `GET /submission`, each sent only when given, and the one encoder that writes them: for
//! the request and for the line that shows it.

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use strum::VariantArray;

use crate::text::{Class, Mask, Safe};

/// `request_type`: which part of each submission the service returns (the service's documentation, "Request
/// parameters").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
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

impl Params {
    /// The names and values to send, in the order of the service's documentation; the values are not encoded yet.
    pub fn pairs(&self, cursor: Option<&Cursor>) -> Vec<(&'static str, String)> {
        let given = [
            ("submission_id", self.submission_id.clone()),
            ("userid", self.userid.clone()),
            ("email", self.email.clone()),
            ("count", self.count.map(|count| count.to_string())),
            ("nextpage_id", cursor.map(|cursor| cursor.id.clone())),
            ("nextpage_date", cursor.map(|cursor| cursor.created_at.clone())),
            ("start_date", self.start_date.map(|day| day.to_string())),
            ("end_date", self.end_date.map(|day| day.to_string())),
            ("request_type", self.request_type.map(|kind| kind.word().to_owned())),
        ];
        given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Is for a masked value, whatever its length.
pub(super) const BULLETS: &str = "•••••";

/// All but the characters that no part of a URL ever encodes (RFC 3986, "unreserved").
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The query of a URL, without its question mark. A space becomes `%20`, never `+`.
pub fn encode(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
    pairs.join("&")
}

fn coded(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, RESERVED)
}

/// The request as the screen shows it: path and query, as [`encode`] sends them, with personal values masked at
/// [`Mask::All`].
pub fn request_line(params: &Params, cursor: Option<&Cursor>, mask: Mask) -> Safe {
    let pairs = params.pairs(cursor);
    if pairs.is_empty() {
        return Safe::from_static("/submission");
    }
    // The clients of the service choose the user id, and some choose a name or an address.
    let hidden = |name: &str| matches!(name, "email" | "userid") && Class::Personal.hidden_at(mask);
    let shown = pairs.iter().map(|(name, value)| match hidden(name) {
        true => format!("{name}={BULLETS}"),
        false => encode(&[(*name, value.clone())]),
    });
    Safe::sanitize(&format!("/submission?{}", shown.collect::<Vec<_>>().join("&")))
}
