//! From what is asked to the JSON of its answer.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Combination, KeyPlace, LastKey, PartsInLists, UnknownId};
use super::data::{Case, DemoData};
use super::faults::{Fault, FaultKind, pages};
use super::page::{DemoPage, fits};
use super::refusal::DemoRefusal;
use super::request::{Ask, NextPageKey, RequestedPart};
use super::variants;

/// The answer to a question for one id. Documented: one endpoint for singles and lists, `Items` for both.
pub(super) fn single(data: &DemoData, behaviour: &Behaviour, id: &str, ask: &Ask) -> Result<Value, DemoRefusal> {
    let wanted = |case: &&Case| behaviour.combination == Combination::IdDecides || fits(case, ask, behaviour);
    match (data.find(id).filter(wanted), behaviour.unknown_id) {
        (Some(case), _) => Ok(json!({ "Items": [variants::item(case.whole(), case, behaviour, ask.part)] })),
        (None, UnknownId::NoItems) => Ok(json!({ "Items": [] })),
        (None, UnknownId::NoList) => Ok(json!({})),
        (None, UnknownId::Refused) => Err(DemoRefusal::Parameter("submission_id".to_owned())),
    }
}

/// A page of a list with the key that it comes with, changed by the faults that strike it. `again`: cursors of pages
/// without rows are handed out.
pub(super) fn list(
    data: &DemoData,
    behaviour: &Behaviour,
    ask: &Ask,
    struck: &[Fault],
    again: bool,
) -> Result<(Value, Option<NextPageKey>), DemoRefusal> {
    let mut page = DemoPage::of(data, behaviour, ask, again)?;
    if let Some(asked) = &ask.cursor {
        struck.iter().for_each(|fault| pages::twist(&mut page, asked, fault));
    }
    let mut items: Vec<Value> = page.rows.iter().map(|case| listed(case, behaviour, ask.part)).collect();
    if struck.iter().any(|fault| fault.kind == FaultKind::BadItems) {
        pages::spoil(&mut items);
    }
    let key = match (&page.key, behaviour.last_key) {
        (Some(key), _) => Some(json!({ "id": key.id, "created_at": key.created_at })),
        (None, LastKey::Absent) => None,
        (None, LastKey::Null) => Some(Value::Null),
        (None, LastKey::Empty) => Some(json!({})),
    };
    // Assumed: the key is beside `Items`; no sample shows it.
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
fn listed(case: &Case, behaviour: &Behaviour, part: Option<RequestedPart>) -> Value {
    let whole = matches!(part, Some(RequestedPart::Kyc | RequestedPart::Aml | RequestedPart::Data))
        && behaviour.parts_in_lists == PartsInLists::Whole;
    variants::item(if whole { case.whole() } else { case.slim() }, case, behaviour, part)
}
