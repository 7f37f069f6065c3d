//! Parses the query parameters of `GET /submission`. The parser is strict, so that the server refuses each mistake of a
//! client.

use jiff::civil::Date;

use super::behaviour::{AboveMax, Behaviour};
use super::refusal::DemoRefusal;

/// A page key (`nextpageKey`), which a client sends to get the next page. It consists of the id and the `created_at` of
/// the last submission of the previous page.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct NextPageKey {
    pub(super) id: String,
    pub(super) created_at: String,
}

/// The parsed and valid query parameters of a request for submissions. A field is `None` if the request does not have
/// the parameter.
#[derive(Clone, Default)]
pub(super) struct SubmissionRequest {
    pub(super) submission_id: Option<String>,
    pub(super) userid: Option<String>,
    pub(super) email: Option<String>,
    pub(super) count: Option<usize>,
    pub(super) cursor: Option<NextPageKey>,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) part: Option<RequestedPart>,
}

/// Value of `request_type`: the group of fields, such as `aml`, that the client requests of each submission.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestedPart {
    Kyc,
    Aml,
    Data,
    Others,
}

impl SubmissionRequest {
    /// Parses `pairs`, the names and values of the query parameters of a request. The error is the reason why the
    /// server refuses the request. A parameter that is empty or given twice is refused (assumed, because the
    /// documentation does not say this).
    pub(super) fn read(pairs: &[(String, String)], behaviour: &Behaviour) -> Result<Self, DemoRefusal> {
        let mut ask = Self::default();
        let (mut next_id, mut next_date) = (None, None);
        for (name, value) in pairs {
            match name.as_str() {
                "submission_id" => once(&mut ask.submission_id, "submission_id", text("submission_id", value)?)?,
                "userid" => once(&mut ask.userid, "userid", text("userid", value)?)?,
                "email" => once(&mut ask.email, "email", text("email", value)?)?,
                "count" => once(&mut ask.count, "count", count(value, behaviour)?)?,
                "nextpage_id" => once(&mut next_id, "nextpage_id", text("nextpage_id", value)?)?,
                "nextpage_date" => once(&mut next_date, "nextpage_date", text("nextpage_date", value)?)?,
                "start_date" => once(&mut ask.start, "start_date", date("start_date", value)?)?,
                "end_date" => once(&mut ask.end, "end_date", date("end_date", value)?)?,
                "request_type" => once(&mut ask.part, "request_type", part(value)?)?,
                // `data` ends here too, if secure transfer is off.
                _ => return Err(DemoRefusal::Parameter(name.clone())),
            }
        }
        ask.cursor = match (next_id, next_date) {
            (Some(id), Some(created_at)) => Some(NextPageKey { id, created_at }),
            (None, None) => None,
            // An older edition of the documentation says that both parameters are sent together; the refusal is
            // assumed.
            (Some(_), None) => return Err(DemoRefusal::Parameter("nextpage_id".to_owned())),
            (None, Some(_)) => return Err(DemoRefusal::Parameter("nextpage_date".to_owned())),
        };
        Ok(ask)
    }

    /// Returns this request for a further page, with the filters that it omits copied from `before`. `before` is the
    /// request for an earlier page of the same list.
    pub(super) fn with_filters_of(self, before: &Self) -> Self {
        Self {
            submission_id: self.submission_id,
            cursor: self.cursor,
            userid: self.userid.or_else(|| before.userid.clone()),
            email: self.email.or_else(|| before.email.clone()),
            count: self.count.or(before.count),
            start: self.start.or(before.start),
            end: self.end.or(before.end),
            part: self.part.or(before.part),
        }
    }
}

fn once<T>(place: &mut Option<T>, name: &str, value: T) -> Result<(), DemoRefusal> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(DemoRefusal::Parameter(name.to_owned())),
    }
}

fn text(name: &'static str, value: &str) -> Result<String, DemoRefusal> {
    if value.is_empty() { Err(DemoRefusal::Format(name)) } else { Ok(value.to_owned()) }
}

fn count(value: &str, behaviour: &Behaviour) -> Result<usize, DemoRefusal> {
    let max = behaviour.max_count;
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<usize> = value.parse().ok().filter(|number| digits && *number > 0);
    match behaviour.above_max {
        AboveMax::Refused => number.filter(|number| *number <= max),
        AboveMax::Cut => number.map(|number| number.min(max)),
    }
    .ok_or(DemoRefusal::Format("count"))
}

/// Parses `value`, a date of the form `YYYY-MM-DD`, the only form that the service documents. `name` is the name of the
/// query parameter, which the error names.
fn date(name: &'static str, value: &str) -> Result<Date, DemoRefusal> {
    let bytes = value.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    value.parse().ok().filter(|_| shaped).ok_or(DemoRefusal::Format(name))
}

fn part(value: &str) -> Result<RequestedPart, DemoRefusal> {
    match value {
        "kyc" => Ok(RequestedPart::Kyc),
        "aml" => Ok(RequestedPart::Aml),
        "data" => Ok(RequestedPart::Data),
        "others" => Ok(RequestedPart::Others),
        _ => Err(DemoRefusal::Format("request_type")),
    }
}
