//! The query parameters of `GET /submission`, read strictly: a slip of the client must be refused, not forgiven.

use jiff::civil::Date;
use serde_json::{Value, json};

/// What is asked, after all that was sent made sense.
#[derive(Default)]
pub(super) struct Ask {
    pub(super) submission_id: Option<String>,
    pub(super) userid: Option<String>,
    pub(super) email: Option<String>,
    pub(super) count: Option<usize>,
    pub(super) cursor: Option<(String, String)>,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) part: Option<Part>,
}

/// `request_type`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Kyc,
    Aml,
    Data,
    Others,
}

/// Why a request is refused: two of the documented error codes, each with the parameter's name in its message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// `invalid_parameter`: it is not expected at all, or not like this.
    Parameter(String),
    /// `invalid_format`: the parameter is known, its value is not in the documented form.
    Format(&'static str),
}

impl Refusal {
    pub(super) fn body(&self) -> Value {
        match self {
            Self::Parameter(name) => {
                json!({ "errorCode": "invalid_parameter", "message": format!("Invalid parameter: {name}") })
            }
            Self::Format(name) => {
                json!({ "errorCode": "invalid_format", "message": format!("Invalid format: {name}") })
            }
        }
    }
}

impl Ask {
    /// Reads a query string. Assumed, for lack of a word in the documentation: a parameter given twice or empty is refused.
    pub(super) fn read(query: &str, max_count: usize) -> Result<Self, Refusal> {
        let mut ask = Self::default();
        let (mut next_id, mut next_date) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "submission_id" => once(&mut ask.submission_id, "submission_id", text("submission_id", &value)?)?,
                "userid" => once(&mut ask.userid, "userid", text("userid", &value)?)?,
                "email" => once(&mut ask.email, "email", text("email", &value)?)?,
                "count" => once(&mut ask.count, "count", count(&value, max_count)?)?,
                "nextpage_id" => once(&mut next_id, "nextpage_id", text("nextpage_id", &value)?)?,
                "nextpage_date" => once(&mut next_date, "nextpage_date", text("nextpage_date", &value)?)?,
                "start_date" => once(&mut ask.start, "start_date", date("start_date", &value)?)?,
                "end_date" => once(&mut ask.end, "end_date", date("end_date", &value)?)?,
                "request_type" => once(&mut ask.part, "request_type", part(&value)?)?,
                // `data` is here too: it belongs to secure transfer, which this server does not offer.
                _ => return Err(Refusal::Parameter(name.into_owned())),
            }
        }
        ask.cursor = match (next_id, next_date) {
            (Some(id), Some(date)) => Some((id, date)),
            (None, None) => None,
            // An older edition of the documentation says that both go together; the refusal is assumed.
            (Some(_), None) => return Err(Refusal::Parameter("nextpage_id".to_owned())),
            (None, Some(_)) => return Err(Refusal::Parameter("nextpage_date".to_owned())),
        };
        Ok(ask)
    }
}

fn once<T>(place: &mut Option<T>, name: &str, value: T) -> Result<(), Refusal> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Refusal::Parameter(name.to_owned())),
    }
}

fn text(name: &'static str, value: &str) -> Result<String, Refusal> {
    if value.is_empty() { Err(Refusal::Format(name)) } else { Ok(value.to_owned()) }
}

fn count(value: &str, max: usize) -> Result<usize, Refusal> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.parse().ok().filter(|number| digits && (1..=max).contains(number));
    number.ok_or(Refusal::Format("count"))
}

/// `YYYY-MM-DD`, the form of the present documentation, and no other.
fn date(name: &'static str, value: &str) -> Result<Date, Refusal> {
    let bytes = value.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    value.parse().ok().filter(|_| shaped).ok_or(Refusal::Format(name))
}

fn part(value: &str) -> Result<Part, Refusal> {
    match value {
        "kyc" => Ok(Part::Kyc),
        "aml" => Ok(Part::Aml),
        "data" => Ok(Part::Data),
        "others" => Ok(Part::Others),
        _ => Err(Refusal::Format("request_type")),
    }
}
