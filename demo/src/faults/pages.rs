//! Makes the deliberate faults in a page of a list: a wrong page key, wrong rows or invalid items.

use serde_json::{Value, json};

use super::super::page::{self, DemoPage, EMPTY_PAGE_MARK};
use super::super::request::NextPageKey;
use super::{Fault, FaultKind};

/// Makes the deliberate fault `fault` in `page`: changes its rows, or its page key for the next page. `asked` is the
/// page key with which the client requested this page. A fault that changes neither of these is ignored.
pub(in super::super) fn apply_fault(page: &mut DemoPage<'_>, asked: &NextPageKey, fault: &Fault) {
    match fault.kind {
        FaultKind::StuckCursor => page.key = page.key.as_ref().map(|_| asked.clone()),
        FaultKind::CyclingCursor => {
            let number = page.start / page.size + 1;
            if number.is_multiple_of(fault.length) {
                let last_of_first = page.matching.get(page.size.saturating_sub(1));
                page.key = last_of_first.map(|plan| page::key(plan));
            }
        }
        FaultKind::RepeatingPage => page.rows = page.matching.iter().take(page.size).copied().collect(),
        FaultKind::OverlappingPage => {
            let before = page.start.saturating_sub(fault.length)..page.start;
            let again = page.matching.get(before).unwrap_or_default();
            page.rows.splice(0..0, again.iter().copied());
        }
        FaultKind::EmptyPage => {
            page.rows.clear();
            let (id, turn) = asked.id.split_once(EMPTY_PAGE_MARK).unwrap_or((&asked.id, ""));
            let turn = turn.parse::<u64>().unwrap_or(0) + 1;
            page.key =
                Some(NextPageKey { id: format!("{id}{EMPTY_PAGE_MARK}{turn}"), created_at: asked.created_at.clone() });
        }
        _ => {}
    }
}

/// Makes some items of a page invalid: adds entries that are not submissions, and gives values of the first items a
/// wrong type.
pub(in super::super) fn make_items_invalid(items: &mut Vec<Value>) {
    let wrong = [
        ("data", json!("no object")),
        ("kyc", json!(["approved"])),
        ("kyc", json!({ "result": { "approved": true }, "comment": 7, "commentCode": { "code": "other" } })),
        ("created_at", json!(20_261_121)),
        ("email", json!({ "address": "nobody@example.com" })),
        ("argos_score", json!("very high")),
        ("image", json!([null, 1])),
    ];
    for (item, (key, value)) in items.iter_mut().zip(wrong) {
        if let Some(item) = item.as_object_mut() {
            item.insert(key.to_owned(), value);
        }
    }
    let none = [
        json!(42),
        json!("6xx28lo115832"),
        Value::Null,
        json!([{ "submission_id": "6xx28lo115832" }]),
        json!({ "kyc": { "result": "approved" } }),
        json!({ "submission_id": "", "kyc": { "result": "approved" } }),
        json!({ "submission_id": 98_765 }),
    ];
    let at = items.len().min(3);
    items.splice(at..at, none);
}

/// Number of entries that [`make_items_invalid`] adds to a page. These entries are not submissions.
#[cfg(test)]
pub(in super::super) const INVALID_ITEM_COUNT: usize = 7;
