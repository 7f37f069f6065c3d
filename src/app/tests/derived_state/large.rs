//! Answers that are too large to be parsed inline: their reading is one more reply that may come in any order.

use super::*;
use crate::panes::detail::ParseTask;
use crate::store::AT_ONCE;
use crate::submission::row::Column;
use crate::text::Class;

const LATER: [i64; 2] = [1, 2];

/// An answer about `s0000` whose token repeats the number, which only the list's makes private.
fn answer(status: &str, is_whole: bool) -> Item {
    numbered(status, is_whole, if is_whole { "" } else { r#""data":{"identityNumber":"900101-1234567"},"# })
}

fn numbered(status: &str, is_whole: bool, number: &str) -> Item {
    let padding = " ".repeat(AT_ONCE);
    let raw = format!(
        r#"{{"submission_id":"s0000",{number}"tokenId":"9001011234567","kyc":{{"result":"{status}"}},"pad":"{padding}"}}"#
    );
    let item = Item::from_list("s0000".into(), Bytes::from(raw));
    if is_whole { item.as_full_record() } else { item }
}

fn list_page(status: &str) -> Page {
    Page { items: vec![answer(status, false), item("s0001")], ..page(0..0, None) }
}

fn readings(effects: Vec<Effect>) -> Vec<ParseTask> {
    let reading = |effect| match effect {
        Effect::ParseAnswers(_, reading) => Some(reading),
        _ => None,
    };
    effects.into_iter().filter_map(reading).collect()
}

fn read(reading: &ParseTask) -> Msg {
    Msg::AnswersParsed { ticket: reading.ticket, opened: Box::new(reading.answers.parse()) }
}

fn token(model: &Model) -> Class {
    model.listing.value().unwrap().store.row(0).class(Column::Token)
}

fn status(model: &Model) -> Option<String> {
    model.detail.document()?.text("kyc.result").map(str::to_owned)
}

/// A model whose first row has both of its answers, which are read, and the answers of a refresh.
fn refreshing(size: Size) -> (Model, [Msg; 2]) {
    let (mut model, begin) = Model::new(setting(), size, AT);
    let mut effects = model.update(loaded(page_ticket(&begin), list_page("pending")));
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let single = |ticket, status, at| {
        let result = Ok(RecordAnswer::Found(answer(status, true)));
        Msg::FullRecordLoaded { ticket, id: id.clone(), result, at }
    };
    effects.extend(model.update(single(ticket, "pending", AT)));
    readings(effects).iter().for_each(|reading| drop(model.update(read(reading))));
    let effects = press(&mut model, "r");
    let [first, second] = LATER.map(|seconds| AT.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap());
    let result = Ok(list_page("approved"));
    let page = Msg::PageLoaded { ticket: page_ticket(&effects), result, at: first };
    let single = single(single_ticket(&effects).0, "approved", second);
    (model, [page, single])
}

#[test]
fn both_orders_of_answers_and_of_their_readings_give_the_same_screen_and_judge_the_row_again() {
    let screens =
        [(false, false), (false, true), (true, false), (true, true)].map(|(answers_turned, readings_turned)| {
            let (mut model, mut messages) = refreshing(WIDE);
            assert_eq!((token(&model), status(&model).as_deref()), (Class::Identity, Some("pending")));
            if answers_turned {
                messages.reverse();
            }
            let mut begun: Vec<ParseTask> = Vec::new();
            for msg in messages {
                begun.extend(readings(model.update(msg)));
                assert_eq!(token(&model), Class::Unread, "until both are read together, it may be private");
                assert_eq!(status(&model).as_deref(), Some("pending"), "what is known stays until then");
            }
            assert_eq!(begun.len(), 2, "each answer is read");
            if readings_turned {
                begun.reverse();
            }
            begun.iter().for_each(|reading| drop(model.update(read(reading))));
            assert_eq!((token(&model), status(&model).as_deref()), (Class::Identity, Some("approved")));
            assert_eq!(model.detail.bytes_being_parsed(), None);
            Derived::of(&model)
        });
    for screen in &screens {
        assert_eq!(screen, &screens[0]);
    }
}

#[test]
fn a_reading_of_older_answers_judges_nothing_although_the_detail_is_hidden() {
    let (mut model, [page, single]) = refreshing(WIDE);
    let older = readings(model.update(page)).pop().expect("the list's answer is read");
    model.update(Msg::Resize(NARROW));
    assert!(readings(model.update(single)).is_empty(), "nothing is read that is not visible");
    model.update(read(&older));
    assert_eq!(token(&model), Class::Unread, "it says nothing about the newer answer");
    let newer = readings(press(&mut model, "\n")).pop().expect("it came into view");
    assert!(newer.ticket != older.ticket);
    model.update(read(&newer));
    assert_eq!((token(&model), status(&model).as_deref()), (Class::Identity, Some("approved")));
}

#[test]
fn large_answers_that_are_hidden_are_read_once_they_come_into_view() {
    let (mut model, begin) = Model::new(setting(), NARROW, AT);
    let effects = model.update(loaded(page_ticket(&begin), list_page("pending")));
    assert!(readings(effects).is_empty() && readings(press(&mut model, "jkjk")).is_empty());
    assert_eq!((model.detail.bytes_being_parsed(), model.detail.work_counts()), (None, (0, 0)));
    let begun = readings(press(&mut model, "\n"));
    assert_eq!((begun.len(), model.detail.bytes_being_parsed()), (1, Some(begun[0].answers.len())));
    assert!(readings(press(&mut model, "\u{1b}\n")).is_empty(), "it is under way");
    model.update(read(&begun[0]));
    assert_eq!(status(&model).as_deref(), Some("pending"));
}

#[test]
fn a_row_that_the_filter_hid_until_it_was_judged_comes_back_and_is_selected() {
    let (mut model, begin) = Model::new(setting(), WIDE, AT);
    let items = vec![numbered("pending", false, ""), item("s0001")];
    model.update(loaded(page_ticket(&begin), Page { items, ..page(0..0, None) }));
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let result = Ok(RecordAnswer::Found(numbered("approved", true, "")));
    model.update(Msg::FullRecordLoaded { ticket, id, result, at: AT });
    press(&mut model, "f\"9001011234567\"\n");
    assert_eq!((token(&model), model.rows.rows()), (Class::Unread, &[][..]), "hidden values are not searched");
    let begun = readings(after(&mut model, |model| model.open_submission("s0000")));
    assert_eq!(model.detached_reason(), Some("hidden by the filter"));
    model.update(read(&begun[0]));
    assert_eq!((token(&model), model.rows.rows()), (Class::Open, &[0][..]));
    assert_eq!((model.detached_reason(), model.selected_id().as_deref()), (None, Some("s0000")));
    assert_eq!(Derived::of(&model).shown, (Some("s0000".into()), true));
}
