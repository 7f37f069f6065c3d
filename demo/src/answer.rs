//! From what is asked to the JSON of its answer.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Combination, KeyPlace, LastKey, PartsInLists, UnknownId};
use super::data::{Case, Data};
use super::faults::{Fault, Kind, pages};
use super::page::{Page, fits};
use super::refusal::Refusal;
use super::request::{Ask, Cursor, Part};
use super::shape;

/// The answer to a question for one id. Documented: one endpoint for singles and lists, `Items` for both.
pub(super) fn single(data: &Data, behaviour: &Behaviour, id: &str, ask: &Ask) -> Result<Value, Refusal> {
    let wanted = |case: &&Case| behaviour.combination == Combination::IdDecides || fits(case, ask, behaviour);
    match (data.find(id).filter(wanted), behaviour.unknown_id) {
        (Some(case), _) => Ok(json!({ "Items": [shape::item(case.whole(), case, behaviour, ask.part)] })),
        (None, UnknownId::NoItems) => Ok(json!({ "Items": [] })),
        (None, UnknownId::NoList) => Ok(json!({})),
        (None, UnknownId::Refused) => Err(Refusal::Parameter("submission_id".to_owned())),
    }
}

/// A page of a list with the key that it comes with, changed by the faults that strike it. `again`: cursors of pages
/// without rows are handed out.
pub(super) fn list(
    data: &Data,
    behaviour: &Behaviour,
    ask: &Ask,
    struck: &[Fault],
    again: bool,
) -> Result<(Value, Option<Cursor>), Refusal> {
    let mut page = Page::of(data, behaviour, ask, again)?;
    if let Some(asked) = &ask.cursor {
        struck.iter().for_each(|fault| pages::twist(&mut page, asked, fault));
    }
    let mut items: Vec<Value> = page.rows.iter().map(|case| listed(case, behaviour, ask.part)).collect();
    if struck.iter().any(|fault| fault.kind == Kind::BadItems) {
        pages::spoil(&mut items);
    }
    let key = match (&page.key, behaviour.last_key) {
        (Some(key), _) => Some(json!({ "id": key.id, "created_at": key.created_at })),
        (None, LastKey::Absent) => None,
        (None, LastKey::Null) => Some(Value::Null),
        (None, LastKey::Empty) => Some(json!({})),
    };
    // Assumed: the key stands beside `Items`; no sample shows it.
    let (items, key) = (Some(("Items", Value::Array(items))), key.map(|key| ("nextpageKey", key)));
    let entries = match behaviour.key_place {
        KeyPlace::AfterItems => [items, key],
        KeyPlace::BeforeItems => [key, items],
    };
    let body: Map<String, Value> =
        entries.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok((Value::Object(body), page.key))
}

/// One item of a list. Assumed: a list leaves much out, but a part that is asked for by `request_type` comes whole;
/// `others` has no name for what it would add, so it stays as slim as the list.
fn listed(case: &Case, behaviour: &Behaviour, part: Option<Part>) -> Value {
    let whole =
        matches!(part, Some(Part::Kyc | Part::Aml | Part::Data)) && behaviour.parts_in_lists == PartsInLists::Whole;
    shape::item(if whole { case.whole() } else { case.slim() }, case, behaviour, part)
}
