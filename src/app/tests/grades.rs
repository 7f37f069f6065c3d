//! The findings of a row: known once its full record was opened, kept while the record is current, and never computed for
//! other rows.

use super::*;
use crate::store::RowFindings::{self, NoneFound, NotChecked, Worst};
use crate::submission::findings::Grade;

const FLAGGED: &str = r#"{"submission_id":"s0000","kyc":{"result":"pending"},"aml":{"currentstatus":"Red Flag"}}"#;

/// The findings of the loaded rows, in their order.
fn grades(model: &Model) -> Vec<RowFindings> {
    let store = &model.listing.value().unwrap().store;
    (0..).map_while(|index| Some(store.get(index)?.findings(&store.row(index)))).collect()
}

/// Three rows, with the cursor on the first and its full record asked for.
fn three() -> (Model, Ticket) {
    let (mut model, page_ticket) = opened();
    let effects = model.update(loaded(page_ticket, page(0..3, None)));
    let rested = timer(&effects, Slot::Debounce).expect("the cursor rests");
    let (ticket, id) = single_ticket(&model.update(rested));
    assert_eq!(&*id, "s0000");
    (model, ticket)
}

fn single(ticket: Ticket, json: &str) -> Msg {
    let item = Item::from_list("s0000".into(), Bytes::from(json.to_owned())).as_full_record();
    Msg::FullRecordLoaded { ticket, id: "s0000".into(), result: Ok(RecordAnswer::Found(item)), at: AT }
}

#[test]
fn a_row_has_a_grade_once_its_full_record_was_opened() {
    let (mut model, ticket) = three();
    assert_eq!(grades(&model), [NotChecked; 3], "a list record is not the whole submission");
    model.update(single(ticket, FLAGGED));
    assert_eq!(grades(&model), [Worst(Grade::Alert), NotChecked, NotChecked]);
    let parsed = model.detail.work_counts().0;
    press(&mut model, "jj");
    assert_eq!(grades(&model), [Worst(Grade::Alert), NotChecked, NotChecked], "it stays with the row");
    // Each of the two rows was shown, and so its list record was parsed.
    assert_eq!(model.detail.work_counts().0, parsed + 2, "no other row is parsed");
}

#[test]
fn a_difference_from_the_list_record_counts_as_a_warning() {
    let (mut model, ticket) = three();
    model.update(single(ticket, r#"{"submission_id":"s0000","kyc":{"result":"approved"}}"#));
    assert_eq!(grades(&model).first(), Some(&Worst(Grade::Warning)));
}

#[test]
fn a_record_without_findings_has_no_grade() {
    let (mut model, ticket) = three();
    model.update(single(ticket, r#"{"submission_id":"s0000","kyc":{"result":"pending"},"email":"a@example.com"}"#));
    assert_eq!(grades(&model), [NoneFound, NotChecked, NotChecked]);
}

#[test]
fn an_outdated_record_has_no_grade_until_it_is_fetched_again() {
    let (mut model, ticket) = three();
    model.update(single(ticket, FLAGGED));
    let refresh = press(&mut model, "r");
    let item = |status: &str| {
        let raw = format!(r#"{{"submission_id":"s0000","kyc":{{"result":"{status}"}}}}"#);
        Item::from_list("s0000".into(), Bytes::from(raw))
    };
    let newer = Page { items: vec![item("rejected")], ..page(0..0, None) };
    let (again, _) = single_ticket(&refresh);
    model.update(loaded(page_ticket(&refresh), newer));
    assert_eq!(grades(&model).first(), Some(&NotChecked), "the list contradicts the full record");
    let late = model.update(single(again, &FLAGGED.replace("pending", "rejected")));
    assert_eq!((grades(&model).first(), asks(&late)), (Some(&Worst(Grade::Alert)), 0));
}

#[test]
fn a_red_flag_in_list_data_is_an_alert_before_the_record_is_opened() {
    let (mut model, ticket) = opened();
    let flagged = Page { items: vec![Item::from_list("s0000".into(), Bytes::from(FLAGGED))], ..page(0..0, None) };
    model.update(loaded(ticket, flagged));
    assert_eq!(grades(&model), [Worst(Grade::Alert)]);
}

#[test]
fn invisible_characters_in_list_data_are_an_alert_before_the_record_is_opened() {
    let (mut model, ticket) = opened();
    let json = r#"{"submission_id":"s0000","data":{"name":"Anna \u202eLOPEZ"}}"#;
    let hidden = Page { items: vec![Item::from_list("s0000".into(), Bytes::from(json))], ..page(0..0, None) };
    model.update(loaded(ticket, hidden));
    assert_eq!(grades(&model), [Worst(Grade::Alert)]);
}

#[test]
fn the_key_for_findings_is_offered_if_a_line_has_one() {
    let (mut model, ticket) = three();
    model.update(Msg::Resize(Size { width: 800, height: 40 }));
    press(&mut model, "1\tG");
    let footer = |model: &Model| drawn::drawn(model).lines().last().unwrap_or_default().to_owned();
    assert!(!footer(&model).contains("finding"), "a status is no finding: {}", footer(&model));
    model.update(single(ticket, FLAGGED));
    press(&mut model, "G");
    assert!(footer(&model).contains("E previous finding"), "{}", footer(&model));
}
