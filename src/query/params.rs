//! The query parameters of `GET /submission`, and the only function that encodes them. This function makes the URL of
//! the request, and also the text of the request on the screen. A parameter without a value is not sent.

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use strum::VariantArray;

use crate::text::{Class, Mask, Safe};

/// The values of the query parameter `request_type`. Each value requests only one part of each submission (a group of
/// its fields, such as the AML data). The service's documentation describes the parts under "Request parameters".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum RequestType {
    /// KYC data and `submission_id`.
    Kyc,
    /// AML data and `submission_id`.
    Aml,
    /// Personal data and `submission_id`.
    Data,
    /// All fields except KYC, AML and personal data.
    Others,
}

impl RequestType {
    /// Returns the value of the parameter `request_type` for a request, such as `kyc`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kyc => "kyc",
            Self::Aml => "aml",
            Self::Data => "data",
            Self::Others => "others",
        }
    }
}

/// The documented query parameters of `GET /submission`, except those of the page key ([`Cursor`]). `None` means that
/// the parameter is not sent. The type has no `Debug`, because e-mail addresses and ids are identity data.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Params {
    /// The parameter `submission_id`: the id of the one submission to return.
    pub submission_id: Option<String>,
    /// The parameter `userid`: only submissions of this user id.
    pub userid: Option<String>,
    /// The parameter `email`: only submissions of this e-mail address.
    pub email: Option<String>,
    /// The parameter `count`: number of submissions per page; the service's default is 50.
    pub count: Option<u32>,
    /// The parameter `start_date`, sent as `YYYY-MM-DD`: the first day on which the requested submissions were created.
    pub start_date: Option<Date>,
    /// The parameter `end_date`, sent as `YYYY-MM-DD`: the last day on which the requested submissions were created.
    pub end_date: Option<Date>,
    /// The parameter `request_type`: the one part of each submission (a group of fields, such as the AML data) to
    /// return. `None` requests all parts.
    pub request_type: Option<RequestType>,
}

/// A page key (`nextpageKey` of the service): a cursor with which the client requests the next page of a list. It names
/// the last submission of the previous page. Both fields are always sent back together and unchanged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The id of the last submission of the previous page; sent back as `nextpage_id`.
    pub id: String,
    /// The `created_at` of the last submission of the previous page; sent back unchanged as `nextpage_date`.
    pub created_at: String,
}

impl Params {
    /// Returns the names and values of the parameters to send, in the order of the service's documentation. `cursor` is
    /// the page key of the requested page; `None` for the first page. The values are not percent-encoded yet.
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

/// The text that the screen shows in place of a masked value. The length of this text says nothing about the length of
/// the value.
pub(super) const BULLETS: &str = "•••••";

/// The characters to percent-encode in a URL: all except those that never need encoding (RFC 3986, "unreserved").
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes names and values of parameters as the query of a URL, without the question mark, such as
/// `count=200&email=kim%40example.com`. A space becomes `%20`, never `+`.
pub fn encode(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
    pairs.join("&")
}

fn coded(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, RESERVED)
}

/// Returns the request for a page of the list as text for the screen: its path below the base URL and its query
/// parameters, encoded by [`encode`], such as `/submission?count=200`. The path of the base URL is not shown, since that
/// of a proxy may hold a secret. `cursor` is the page key of the page; `None` for the first page. At the
/// mask level [`Mask::All`], personal values in `params` are masked.
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
