//! From a query to the JSON of its answer: which submissions, in which order, how much of each, and the next page's key.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, LastKey, UnknownId};
use super::data::{Case, Data};
use super::request::{Ask, Part, Refusal};

/// The documented default of `count`.
const PAGE: usize = 50;

/// Answers a query. Documented: one endpoint for singles and lists, `Items` for both. Assumed: a `submission_id` decides
/// alone, all other filters must hold together, dates are days in UTC of `created_at`.
pub(super) fn submissions(data: &Data, behaviour: Behaviour, query: &str) -> Result<Value, Refusal> {
    let ask = Ask::read(query, behaviour.max_count)?;
    match &ask.submission_id {
        Some(id) => single(data, behaviour, id, ask.part),
        None => page(data, behaviour, &ask),
    }
}

fn single(data: &Data, behaviour: Behaviour, id: &str, part: Option<Part>) -> Result<Value, Refusal> {
    match (data.find(id), behaviour.unknown_id) {
        (Some(case), _) => Ok(json!({ "Items": [narrow(case.whole(), part)] })),
        (None, UnknownId::NoItems) => Ok(json!({ "Items": [] })),
        (None, UnknownId::NoList) => Ok(json!({})),
        (None, UnknownId::Refused) => Err(Refusal::Parameter("submission_id".to_owned())),
    }
}

fn page(data: &Data, behaviour: Behaviour, ask: &Ask) -> Result<Value, Refusal> {
    let order: Box<dyn Iterator<Item = &Case>> =
        if behaviour.newest_first { Box::new(data.cases().iter()) } else { Box::new(data.cases().iter().rev()) };
    let mut order = order.peekable();
    if let Some((id, date)) = &ask.cursor {
        // The cursor is a place in the whole order, whatever the filters: a client that does not repeat them gets others.
        if !order.any(|case| case.id == *id && case.created_at() == *date) {
            return Err(Refusal::Parameter("nextpage_id".to_owned()));
        }
    }
    let mut found = order.filter(|case| wanted(case, ask, behaviour)).peekable();
    let rows: Vec<&Case> = found.by_ref().take(ask.count.unwrap_or(PAGE)).collect();
    let key = rows.last().filter(|_| found.peek().is_some());

    let items: Vec<Value> = rows.iter().map(|case| listed(case, ask.part)).collect();
    let mut body = json!({ "Items": items });
    // Assumed: the key stands beside `Items`; no sample shows it.
    let key = match (key, behaviour.last_key) {
        (Some(last), _) => Some(json!({ "id": last.id, "created_at": last.created_at() })),
        (None, LastKey::Absent) => None,
        (None, LastKey::Null) => Some(Value::Null),
        (None, LastKey::Empty) => Some(json!({})),
    };
    if let (Some(key), Some(body)) = (key, body.as_object_mut()) {
        body.insert("nextpageKey".to_owned(), key);
    }
    Ok(body)
}

fn wanted(case: &Case, ask: &Ask, behaviour: Behaviour) -> bool {
    let day = case.at.date();
    let same = |asked: &Option<String>, own: Option<&str>| asked.as_deref().is_none_or(|asked| own == Some(asked));
    same(&ask.userid, case.userid())
        && same(&ask.email, case.email())
        && ask.start.is_none_or(|start| day >= start)
        && ask.end.is_none_or(|end| if behaviour.end_date_included { day <= end } else { day < end })
}

/// One item of a list. Assumed: a list leaves much out, but a part that is asked for by `request_type` comes whole;
/// `others` has no name for what it would add, so it stays as slim as the list.
fn listed(case: &Case, part: Option<Part>) -> Value {
    match part {
        None | Some(Part::Others) => narrow(case.slim(), part),
        Some(_) => narrow(case.whole(), part),
    }
}

/// What `request_type` leaves of an item. Documented in words; the key names are taken from them.
fn narrow(item: Map<String, Value>, part: Option<Part>) -> Value {
    let keeps = |key: &str| match part {
        None => true,
        Some(Part::Kyc) => matches!(key, "submission_id" | "kyc"),
        Some(Part::Aml) => matches!(key, "submission_id" | "aml"),
        Some(Part::Data) => matches!(key, "submission_id" | "data"),
        Some(Part::Others) => !matches!(key, "kyc" | "aml" | "data"),
    };
    Value::Object(item.into_iter().filter(|(key, _)| keeps(key)).collect())
}
