//! Builds the JSON answer to a parsed request.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Combination, KeyPlace, LastKey, PartsInLists, UnknownId};
use super::data::{Case, DemoData};
use super::faults::{Fault, FaultKind, pages};
use super::page::{DemoPage, fits};
use super::refusal::DemoRefusal;
use super::request::{Ask, NextPageKey, RequestedPart};
use super::variants;

/// Returns the JSON answer to a request for the submission `id`. `ask` holds the other parameters of the request. The
/// same endpoint serves single submissions and lists; in both answers `Items` holds the rows (documented).
pub(super) fn single(data: &DemoData, behaviour: &Behaviour, id: &str, ask: &Ask) -> Result<Value, DemoRefusal> {
    let wanted = |case: &&Case| behaviour.combination == Combination::IdDecides || fits(case, ask, behaviour);
    match (data.find(id).filter(wanted), behaviour.unknown_id) {
        (Some(case), _) => Ok(json!({ "Items": [variants::item(case.whole(), case, behaviour, ask.part)] })),
        (None, UnknownId::NoItems) => Ok(json!({ "Items": [] })),
        (None, UnknownId::NoList) => Ok(json!({})),
        (None, UnknownId::Refused) => Err(DemoRefusal::Parameter("submission_id".to_owned())),
    }
}

/// Returns the JSON answer to a request for a page of a list, with the page key of the next page. `None` as the page
/// key means that no page follows. The faults in `struck` change the page. `again` is true if the scenario has empty
/// pages; their page keys carry a number.
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
    // Assumed: the key is a sibling of `Items`; no sample shows it.
    let (items, key) = (Some(("Items", Value::Array(items))), key.map(|key| ("nextpageKey", key)));
    let entries = match behaviour.key_place {
        KeyPlace::AfterItems => [items, key],
        KeyPlace::BeforeItems => [key, items],
    };
    let body: Map<String, Value> =
        entries.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok((Value::Object(body), page.key))
}

/// Returns the item of a list for one submission, as JSON. An item omits many fields of the full record. The part that
/// `request_type` names in `part` is complete (assumed). `others` names no part that could be added, so its items are
/// as short as without `request_type`.
fn listed(case: &Case, behaviour: &Behaviour, part: Option<RequestedPart>) -> Value {
    let whole = matches!(part, Some(RequestedPart::Kyc | RequestedPart::Aml | RequestedPart::Data))
        && behaviour.parts_in_lists == PartsInLists::Whole;
    variants::item(if whole { case.whole() } else { case.slim() }, case, behaviour, part)
}
