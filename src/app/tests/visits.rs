//! Another submission in the detail than the list cursor's, and answers that are read in a task.

use super::*;
use crate::panes::detail::{ParseTask, Tab};
use crate::store::Link;

/// A single answer of an id that is too large to be read inline, with a status.
fn large(id: &str, status: &str) -> Item {
    let filler = "x".repeat(200_000);
    let raw = format!(r#"{{"submission_id":"{id}","kyc":{{"result":"{status}"}},"note":"{filler}"}}"#);
    Item::from_list(id.into(), Bytes::from(raw)).as_full_record()
}

fn reading(effects: Vec<Effect>) -> ParseTask {
    let reading = effects.into_iter().find_map(|effect| match effect {
        Effect::ParseAnswers(_, reading) => Some(reading),
        _ => None,
    });
    reading.expect("an answer to be read")
}

fn read(reading: &ParseTask) -> Msg {
    Msg::AnswersParsed { ticket: reading.ticket, opened: Box::new(reading.answers.parse()) }
}

/// Two submissions in the list, the first one's large single answer asked for and just come.
fn come() -> (Model, ParseTask) {
    let (mut model, ticket) = opened();
    let update_derived_state = model.update(loaded(ticket, page(0..2, None)));
    let effects = rest(&mut model, update_derived_state);
    let (ticket, id) = single_ticket(&effects);
    let found = RecordAnswer::Found(large(&id, "rejected"));
    let effects = model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    (model, reading(effects))
}

/// The effects once the cursor rested.
fn rest(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    model.update(timer(&effects, Slot::Debounce).expect("the cursor is waited for"))
}

/// Two submissions in the list, and another one visited and asked for.
fn visiting() -> (Model, Ticket, Box<str>) {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..2, None)));
    let effects = after(&mut model, |model| model.open_submission("far"));
    let effects = rest(&mut model, effects);
    let (ticket, id) = single_ticket(&effects);
    (model, ticket, id)
}

fn status(model: &Model) -> Option<&str> {
    model.detail.document().and_then(|document| document.text("kyc.result"))
}

#[test]
fn what_the_list_knows_stays_until_a_large_answer_is_read() {
    let (mut model, reading) = come();
    assert_eq!(status(&model), Some("pending"), "the list answer");
    model.update(read(&reading));
    assert_eq!(status(&model), Some("rejected"));
}

#[test]
fn an_answer_that_is_read_too_late_is_not_shown() {
    let (mut model, reading) = come();
    press(&mut model, "j");
    let before = model.detail.subject().and_then(|subject| subject.id.clone());
    model.update(read(&reading));
    assert_eq!(status(&model), Some("pending"), "still the second one of the list: {before:?}");
    // And back: it is read again, and only that reading counts.
    let again = self::reading(press(&mut model, "k"));
    model.update(read(&reading));
    assert_eq!(status(&model), None, "the first reading is stale");
    model.update(read(&again));
    assert_eq!(status(&model), Some("rejected"));
}

#[test]
fn what_is_visited_is_fetched_and_stays_out_of_the_store() {
    let (mut model, ticket, id) = visiting();
    assert_eq!(&*id, "far");
    let raw = Bytes::from_static(br#"{"submission_id":"far","kyc":{"result":"approved"}}"#);
    let found = RecordAnswer::Found(Item::from_list("far".into(), raw).as_full_record());
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    assert_eq!(status(&model), Some("approved"));
    assert_eq!(model.listing.value().map(|listing| listing.store.len()), Some(2), "it does not count as loaded");
    press(&mut model, "j");
    assert_eq!(status(&model), Some("pending"), "moving in the list leaves it");
}

#[test]
fn a_late_answer_for_what_was_visited_changes_nothing_once_it_was_left() {
    let (mut model, ticket, id) = visiting();
    press(&mut model, "j");
    let found = RecordAnswer::Found(item("far"));
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    assert_eq!(model.detail.subject().and_then(|subject| subject.id.as_deref()), Some("s0001"));
    assert_eq!(model.listing.value().map(|listing| listing.store.len()), Some(2));
}

/// The submissions that the Details tab of the shown submission lists as linked.
fn relatives(model: &mut Model) -> Vec<&str> {
    press(model, "7");
    assert_eq!(model.detail.tab(), Tab::Details);
    model.detail.relatives().listed.iter().map(|relative| &*relative.id).collect()
}

fn far(duplicates: &str) -> Item {
    let raw = format!(r#"{{"submission_id":"far","userid":"7","duplicated_users":["{duplicates}"]}}"#);
    Item::from_list("far".into(), Bytes::from(raw)).as_full_record()
}

#[test]
fn a_refresh_of_what_is_visited_brings_its_links_in_either_order() {
    for page_first in [true, false] {
        let (mut model, ticket, id) = visiting();
        model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(far("old"))), at: AT });
        assert_eq!(relatives(&mut model), ["old"]);
        let effects = press(&mut model, "r");
        let page = Some(loaded(page_ticket(&effects), page(0..2, None)));
        let (ticket, id) = single_ticket(&effects);
        let later = AT.checked_add(jiff::SignedDuration::from_secs(9)).expect("a later time");
        let single =
            Some(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(far("fresh"))), at: later });
        let order = if page_first { [page, single] } else { [single, page] };
        order.into_iter().flatten().for_each(|msg| drop(model.update(msg)));
        assert_eq!(relatives(&mut model), ["fresh"], "page first: {page_first}");
    }
}

#[test]
fn what_is_visited_is_compared_with_what_is_loaded() {
    let (mut model, ticket) = opened();
    let kin = Item::from_list("kin".into(), Bytes::from_static(br#"{"submission_id":"kin","userid":"7"}"#));
    model.update(loaded(ticket, Page { items: vec![kin], next: NextPage::Last, repaired: false, bytes: 0 }));
    let effects = after(&mut model, |model| model.open_submission("far"));
    let effects = rest(&mut model, effects);
    let (ticket, id) = single_ticket(&effects);
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(far("old"))), at: AT });
    assert_eq!(relatives(&mut model), ["old", "kin"]);
}

#[test]
fn linked_submissions_are_listed_while_a_newer_answer_is_read() {
    let (mut model, ticket) = opened();
    let kin = |id: &str| Item::from_list(id.into(), Bytes::from(format!(r#"{{"submission_id":"{id}","userid":"7"}}"#)));
    let page = Page { items: vec![kin("x"), kin("y")], next: NextPage::Last, repaired: false, bytes: 0 };
    let update_derived_state = model.update(loaded(ticket, page));
    let effects = rest(&mut model, update_derived_state);
    let (ticket, id) = single_ticket(&effects);
    let raw = format!(r#"{{"submission_id":"{id}","userid":"7","note":"{}"}}"#, "x".repeat(200_000));
    let found = RecordAnswer::Found(Item::from_list((*id).into(), Bytes::from(raw)).as_full_record());
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(found), at: AT });
    assert!(model.detail.bytes_being_parsed().is_some());
    assert_eq!(relatives(&mut model), ["y"]);
}

#[test]
fn links_of_the_previous_query_do_not_survive_a_new_one() {
    let (mut model, ticket) = opened();
    let kin = |id: &str| Item::from_list(id.into(), Bytes::from(format!(r#"{{"submission_id":"{id}","userid":"7"}}"#)));
    let items = vec![kin("x"), kin("y")];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    assert_eq!(relatives(&mut model).len(), 1);
    press(&mut model, "1");
    let relatives_of_summary = model.detail.relatives();
    assert_eq!((relatives_of_summary.listed.len(), &*relatives_of_summary.counts), (0, &[(Link::UserId, 1)][..]));
    let again = page_ticket(&press(&mut model, "ffrom:-3d\n"));
    model.update(loaded(again, Page { items: vec![kin("x")], next: NextPage::Last, repaired: false, bytes: 0 }));
    assert_eq!(relatives(&mut model), Vec::<&str>::new());
}

#[test]
fn a_page_that_brings_what_is_visited_selects_it_and_keeps_its_answer() {
    let (mut model, first) = opened();
    // So few rows ask for the next page by themselves.
    let next = page_ticket(&model.update(loaded(first, page(0..2, Some(2)))));
    let effects = after(&mut model, |model| model.open_submission("s0002"));
    let effects = rest(&mut model, effects);
    let (ticket, id) = single_ticket(&effects);
    model.update(Msg::FullRecordLoaded {
        ticket,
        id,
        result: Ok(RecordAnswer::Found(item("s0002").as_full_record())),
        at: AT,
    });
    assert_eq!(model.detached_reason(), Some("not loaded in the list"));
    model.update(loaded(next, page(2..4, None)));
    assert_eq!((model.detached_reason(), model.selected_id().as_deref()), (None, Some("s0002")));
    assert!(model.detail.has_full_record(), "its answer is kept");
}

#[test]
fn a_place_to_go_to_is_not_inherited_by_another_submission() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..3, None)));
    press(&mut model, "\n8jj");
    let line = model.detail.scroll().at();
    assert!(line > 0);
    let effects = after(&mut model, |model| model.open_submission("far"));
    // Gone before it came: the way back led nowhere.
    let effects = rest(&mut model, effects);
    let (ticket, id) = single_ticket(&effects);
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::NotFound), at: AT });
    press(&mut model, "1J");
    assert_eq!(model.detail.scroll().at(), 0);
}

#[test]
fn scrolling_sideways_does_not_leave_what_is_visited() {
    let (mut model, ..) = visiting();
    press(&mut model, "l");
    assert!(model.detached_reason().is_some());
    press(&mut model, "j");
    assert_eq!(model.detached_reason(), None);
}

#[test]
fn a_mended_answer_is_shown_and_said_to_be_mended() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..1, None)));
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let repaired = RecordAnswer::Repaired(item("s0000").as_full_record());
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(repaired), at: AT });
    assert!(model.detail.has_full_record());
    assert!(model.notice.is_some_and(|notice| notice.text.as_str().contains("it was repaired")));
}
