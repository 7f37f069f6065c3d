//! Builds the JSON body of the answer to a request whose parameters are already parsed.

use serde_json::{Map, Value, json};

use super::behaviour::{Behaviour, Combination, KeyPlace, LastKey, PartsInLists, UnknownId};
use super::data::{DemoData, SubmissionPlan};
use super::faults::{Fault, FaultKind, pages};
use super::page::{DemoPage, matches_filters};
use super::refusal::DemoRefusal;
use super::request::{NextPageKey, RequestedPart, SubmissionRequest};
use super::variants;

/// Returns the JSON answer to a request for the submission with the id `id`, or the reason why the server refuses the
/// request. `request` holds the query parameters of the request, and `behaviour` the settings of the server. The answer
/// has the form of a list with one item, as the documentation says: the submission is the only element of the array
/// `Items`.
pub(super) fn submission_answer(
    data: &DemoData,
    behaviour: &Behaviour,
    id: &str,
    request: &SubmissionRequest,
) -> Result<Value, DemoRefusal> {
    let wanted = |plan: &&SubmissionPlan| {
        behaviour.combination == Combination::IdDecides || matches_filters(plan, request, behaviour)
    };
    match (data.find(id).filter(wanted), behaviour.unknown_id) {
        (Some(plan), _) => {
            Ok(json!({ "Items": [variants::as_sent(plan.full_record(), plan, behaviour, request.part)] }))
        }
        (None, UnknownId::NoItems) => Ok(json!({ "Items": [] })),
        (None, UnknownId::NoList) => Ok(json!({})),
        (None, UnknownId::Refused) => Err(DemoRefusal::Parameter("submission_id".to_owned())),
    }
}

/// Returns the JSON answer to a request for a page of a list, and the page key with which the client requests the next
/// page. The page key is `None` if no page follows. The error is the reason why the server refuses the request.
/// `request` holds the query parameters of the request, and `behaviour` the settings of the server. `active_faults`
/// holds the deliberate faults that affect this request, such as a page key that is sent twice. `has_empty_pages` is
/// true if the scenario has pages without rows. Only with such pages, the server ignores a number at the end of a page
/// key, such as the 2 in `6xx28lo115832~2`.
pub(super) fn page_answer(
    data: &DemoData,
    behaviour: &Behaviour,
    request: &SubmissionRequest,
    active_faults: &[Fault],
    has_empty_pages: bool,
) -> Result<(Value, Option<NextPageKey>), DemoRefusal> {
    let mut page = DemoPage::of(data, behaviour, request, has_empty_pages)?;
    if let Some(asked) = &request.cursor {
        active_faults.iter().for_each(|fault| pages::apply_fault(&mut page, asked, fault));
    }
    let mut items: Vec<Value> = page.rows.iter().map(|plan| list_item(plan, behaviour, request.part)).collect();
    if active_faults.iter().any(|fault| fault.kind == FaultKind::BadItems) {
        pages::make_items_invalid(&mut items);
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

/// Returns the JSON of one submission as an item of a list. If `part` is `None`, the item has the fields that lists
/// usually have, which are fewer than in a full record. Otherwise it has only the id and the group of fields `part`,
/// such as `aml`, which the client requests with `request_type`. This group is as complete as in the full record
/// (assumed), unless `behaviour` says otherwise. The group `others` is never more complete than in a list.
fn list_item(plan: &SubmissionPlan, behaviour: &Behaviour, part: Option<RequestedPart>) -> Value {
    let whole = matches!(part, Some(RequestedPart::Kyc | RequestedPart::Aml | RequestedPart::Data))
        && behaviour.parts_in_lists == PartsInLists::Whole;
    variants::as_sent(if whole { plan.full_record() } else { plan.list_record() }, plan, behaviour, part)
}
