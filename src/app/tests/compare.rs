//! The comparison: which submissions, their requests, and answers in both orders.

use super::drawn::drawn;
use super::*;
use crate::kit::Ticket;
use crate::overlays::Overlay;

fn asked(effects: &[Effect]) -> Vec<(Ticket, Box<str>)> {
    let one = |effect: &Effect| match effect {
        Effect::FetchFullRecord { slot: Slot::Compared(_), ticket, id } => Some((*ticket, id.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn ids(ids: &[&str]) -> Vec<Box<str>> {
    ids.iter().map(|id| (*id).into()).collect()
}

fn comparing(wanted: &[&str]) -> (Model, Vec<(Ticket, Box<str>)>) {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    let wanted = ids(wanted);
    let effects = after(&mut model, |model| model.compare(wanted));
    (model, asked(&effects))
}

fn full(id: &str, status: &str) -> Item {
    let raw = format!(r#"{{"submission_id":"{id}","kyc":{{"result":"{status}"}},"argos_score":80}}"#);
    Item::from_list(id.into(), Bytes::from(raw)).as_full_record()
}

fn came(model: &mut Model, ticket: Ticket, id: &str, status: &str) -> Vec<Effect> {
    let result = Ok(RecordAnswer::Found(full(id, status)));
    model.update(Msg::FullRecordLoaded { ticket, id: id.into(), result, at: AT })
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn missing_records_are_asked_for_once_and_may_come_in_any_order() {
    for order in [[0, 1], [1, 0]] {
        let (mut model, asked) = comparing(&["s0001", "s0002"]);
        assert_eq!(asked.iter().map(|(_, id)| &**id).collect::<Vec<_>>(), ["s0001", "s0002"]);
        assert!(drawn(&model).contains("list data only · loading"), "{}", drawn(&model));
        for at in order {
            let (ticket, id) = &asked[at];
            let effects = came(&mut model, *ticket, id, "approved");
            assert!(self::asked(&effects).is_empty());
        }
        let text = drawn(&model);
        assert_eq!(text.matches("full record").count(), 2, "{text}");
        assert!(text.contains("no field differs") && !text.contains("of what is fetched"), "{text}");
        let store = &model.listing.value().unwrap().store;
        let has_single = |at| matches!(store.get(at).unwrap().content(), Content::Readable { single: Some(_), .. });
        assert!(has_single(1) && has_single(2), "the list keeps them");
    }
}

#[test]
fn one_failure_is_told_in_its_column_and_is_not_asked_for_again() {
    let (mut model, asked) = comparing(&["s0001", "s0002"]);
    let (ticket, id) = asked[0].clone();
    model.update(Msg::FullRecordLoaded { ticket, id, result: Err(failure()), at: AT });
    let (ticket, id) = &asked[1];
    let effects = came(&mut model, *ticket, id, "approved");
    assert!(self::asked(&effects).is_empty());
    let text = drawn(&model);
    assert!(text.contains("✗ A: It failed") && text.contains("list data only · full record could"), "{text}");
    assert!(text.contains("of what is fetched"), "{text}");
}

#[test]
fn closing_cancels_and_a_late_answer_changes_nothing() {
    let (mut model, asked) = comparing(&["s0001", "s0002", "s0003"]);
    assert_eq!(asked.len(), 3);
    let effects = press(&mut model, "\u{1b}");
    let cancelled = effects.iter().filter(|effect| matches!(effect, Effect::Cancel(Slot::Compared(_)))).count();
    assert_eq!((cancelled, model.overlay.is_none()), (3, true));
    came(&mut model, asked[0].0, "s0001", "approved");
    let store = &model.listing.value().unwrap().store;
    assert!(matches!(store.get(1).unwrap().content(), Content::Readable { single: None, .. }));
}

#[test]
fn a_submission_that_the_list_does_not_hold_is_fetched_and_stays_out_of_it() {
    let (mut model, asked) = comparing(&["s0001", "far"]);
    let far = asked.iter().find(|(_, id)| &**id == "far").expect("it is asked for");
    came(&mut model, far.0, "far", "rejected");
    assert_eq!(listed(&model), 5);
    assert!(drawn(&model).contains("rejected"), "{}", drawn(&model));
}

#[test]
fn a_large_record_is_read_in_its_own_task() {
    let (mut model, asked) = comparing(&["s0001", "s0002"]);
    let filler = "x".repeat(200_000);
    let raw = format!(r#"{{"submission_id":"s0001","kyc":{{"result":"rejected"}},"note":"{filler}"}}"#);
    let item = Item::from_list("s0001".into(), Bytes::from(raw)).as_full_record();
    let (ticket, id) = asked[0].clone();
    let effects = model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(item)), at: AT });
    let reading = effects.into_iter().find_map(|effect| match effect {
        Effect::ParseAnswers(Slot::ParseCompared(0), reading) => Some(reading),
        _ => None,
    });
    let reading = reading.expect("it is read in a task");
    assert!(drawn(&model).contains("reading full record"), "{}", drawn(&model));
    model.update(Msg::AnswersParsed { ticket: reading.ticket, opened: Box::new(reading.answers.parse()) });
    assert!(drawn(&model).contains("full record") && !drawn(&model).contains("reading"), "{}", drawn(&model));
}

#[test]
fn a_sentence_says_why_nothing_is_compared() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    for (chosen, words) in [
        (&[][..], "To compare, mark one, two or three submissions · Space marks · = compares"),
        (&["s0001", "s0001"], "Only one submission is chosen"),
        (&["s0001", "s0002", "s0003", "s0004"], "at most 3 can be compared"),
    ] {
        let chosen = ids(chosen);
        let effects = after(&mut model, |model| model.compare(chosen));
        assert!(notice(&model).contains(words), "{}", notice(&model));
        assert!(model.overlay.is_none() && asked(&effects).is_empty());
    }
    press(&mut model, "=");
    assert!(notice(&model).contains("To compare, mark"), "{}", notice(&model));
}

#[test]
fn the_mask_changes_while_it_is_open_and_enter_leads_to_the_field() {
    let (mut model, asked) = comparing(&["s0000", "s0001"]);
    for (ticket, id) in &asked {
        came(&mut model, *ticket, id, if &**id == "s0000" { "approved" } else { "rejected" });
    }
    press(&mut model, "m");
    assert_eq!(model.mask, Mask::All);
    assert!(matches!(model.overlay, Some(Overlay::Compare(_))));
    press(&mut model, "jj\n");
    assert!(model.overlay.is_none());
    assert_eq!((model.detail.path(), model.prefs.focus), (Some("kyc.result"), Focus::Detail));
}

#[test]
fn a_line_of_a_linked_submission_is_compared_with_the_shown_one() {
    let (mut model, ticket) = opened();
    let linked = |id: &str| {
        Item::from_list(id.into(), Bytes::from(format!(r#"{{"submission_id":"{id}","email":"kim@example.com"}}"#)))
    };
    let items = vec![linked("a"), linked("b")];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "\n7/→\n");
    assert_eq!(model.detail.linked_id(), Some("b"), "{}", drawn(&model));
    let effects = press(&mut model, "=");
    assert_eq!(asked(&effects).iter().map(|(_, id)| &**id).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_marked_submission_of_an_earlier_query_is_compared_by_the_answers_that_its_mark_keeps() {
    let (mut model, ticket) = opened();
    let before = |id: &str| {
        let raw = format!(r#"{{"submission_id":"{id}","kyc":{{"result":"rejected"}},"data":{{"name":"Ana"}}}}"#);
        Item::from_list(id.into(), Bytes::from(raw))
    };
    let items = vec![before("a"), before("b")];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    let new = page_ticket(&press(&mut model, "  fon:2026-11-01\n"));
    model.update(loaded(new, page(0..3, None)));
    let effects = press(&mut model, "=");
    let asked = asked(&effects);
    assert_eq!(asked.iter().map(|(_, id)| &**id).collect::<Vec<_>>(), ["a", "b"]);
    let known = drawn(&model);
    assert_eq!(known.matches("list data only · loading").count(), 2, "{known}");
    assert!(known.contains("rejected") && !known.contains("A ·"), "its status is known: {known}");
    model.update(Msg::FullRecordLoaded { ticket: asked[0].0, id: "a".into(), result: Err(failure()), at: AT });
    came(&mut model, asked[1].0, "b", "approved");
    let known = drawn(&model);
    assert!(known.contains("list data only · full record could") && known.contains("approved"), "{known}");
    assert!(known.contains("rejected"), "the answer of the list is still compared: {known}");
}
