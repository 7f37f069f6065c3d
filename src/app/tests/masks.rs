//! The mask level: what is searched, what a row shows once the full record is known, what is asked before all is shown.

use super::*;
use crate::submission::row::Column;
use crate::text::Class;

const LISTED: &str =
    r#"{"submission_id":"a","data":{"name":"Minjun"},"tokenId":"9001011234567","kyc":{"result":"pending"}}"#;

fn listing() -> Model {
    let (mut model, ticket) = opened();
    let items = vec![Item::from_list("a".into(), Bytes::from(LISTED)), item("b")];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    model
}

fn drawn(model: &Model) -> String {
    let backend = ratatui::backend::TestBackend::new(120, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("a screen");
    terminal.draw(|frame| model.view(frame)).expect("a screen in memory");
    let buffer = terminal.backend().buffer();
    (0..40).map(|y| (0..120).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n").collect()
}

#[test]
fn a_text_is_looked_for_in_what_the_level_shows_and_the_bar_says_so() {
    let mut model = listing();
    press(&mut model, "f\"minjun\"\n");
    for (keys, rows, said) in [("", 1, false), ("m", 0, true), ("m", 1, false), ("M", 1, false)] {
        press(&mut model, keys);
        assert_eq!(model.rows.rows().len(), rows, "{:?}", model.mask);
        assert_eq!(drawn(&model).contains("hidden values not searched"), said, "{:?}", model.mask);
    }
    press(&mut model, "mm");
    press(&mut model, "fstatus:pending\n");
    assert!(!drawn(&model).contains("hidden values"), "no text is looked for");
}

#[test]
fn a_row_follows_the_full_record_once_that_is_known() {
    let mut model = listing();
    let class = |model: &Model| model.listing.value().unwrap().store.row(0).class(Column::Token);
    assert_eq!(class(&model), Class::Open);
    let whole = r#"{"submission_id":"a","data":{"identityNumber":"900101-1234567"},"kyc":{"result":"pending"}}"#;
    let single = Item::from_list("a".into(), Bytes::from(whole)).as_full_record();
    model.start_timer(Slot::Debounce, Duration::ZERO);
    let begun = std::mem::take(&mut model.outbox);
    let effects = model.update(timer(&begun, Slot::Debounce).unwrap());
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::FetchFullRecord { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let (ticket, result) = (ticket.expect("the single answer is asked for"), Ok(RecordAnswer::Found(single)));
    model.update(Msg::FullRecordLoaded { ticket, id: "a".into(), result, at: AT });
    assert_eq!(class(&model), Class::Identity, "the token repeats the number");
}

#[test]
fn no_notice_contradicts_a_screen_that_is_masked_again() {
    for message in [Msg::Resumed, Msg::Unrecorded] {
        let mut model = listing();
        press(&mut model, "M");
        assert!(drawn(&model).contains("masked: none, everything is shown"));
        model.update(message);
        assert!(!drawn(&model).contains("masked: none"), "{}", drawn(&model));
    }
}

#[test]
fn only_the_notice_says_more_than_which_level_masks() {
    let mut model = listing();
    press(&mut model, "m");
    assert!(drawn(&model).contains("masked: identity data, except the end of longer ID numbers"), "{}", drawn(&model));
    assert_eq!(
        (Mask::All.words(), Mask::None.words()),
        ("masked: identity data", "masked: none"),
        "copies and reports"
    );
}

#[test]
fn what_a_row_was_is_masked_as_what_it_is() {
    let (mut model, ticket) = opened();
    let answer = |status: &str| {
        let raw = format!(r#"{{"submission_id":"a","data":{{"name":"Minjun"}},"kyc":{{"result":"{status}"}}}}"#);
        Page {
            items: vec![Item::from_list("a".into(), Bytes::from(raw))],
            next: NextPage::Last,
            repaired: false,
            bytes: 0,
        }
    };
    model.update(loaded(ticket, answer("MINJUN")));
    let refresh = page_ticket(&press(&mut model, "r"));
    model.update(loaded(refresh, answer("approved")));
    assert!(drawn(&model).contains("this row: Status MINJUN → approved"));
    press(&mut model, "m");
    let all = drawn(&model);
    assert!(all.contains("this row: Status •••••• → approved") && !all.contains("MINJUN"), "{all}");
}

#[test]
fn the_key_that_wakes_a_machine_shows_nothing() {
    let setting = ReviewerConfig { blank_after: Some(Duration::from_secs(600)), ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    model.update(loaded(page_ticket(&begin), page(0..5, None)));
    press(&mut model, "M");
    model.update(Msg::Clock(AT + Duration::from_secs(599)));
    assert!(!model.blanked);
    press(&mut model, "M");
    model.update(Msg::Clock(AT + Duration::from_secs(1198)));
    assert!(!model.blanked, "a key came since");
    model.update(Msg::Clock(AT + Duration::from_secs(8 * 3600)));
    assert!(model.blanked && model.mask == Mask::Ids, "no timer has come yet");
    press(&mut model, "j");
    assert!(!model.blanked && model.selected_entry() == Some(0), "the key does nothing else");
    model.update(Msg::Clock(AT + Duration::from_secs(8 * 3600 + 599)));
    assert!(!model.blanked);
}

#[test]
fn a_screen_that_was_blanked_comes_back_masked() {
    let setting = ReviewerConfig { blank_after: Some(Duration::from_secs(600)), ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    let idle = timer(&begin, Slot::Idle);
    let effects = press(&mut model, "M");
    assert_eq!(model.mask, Mask::None);
    model.update(idle.unwrap());
    assert!(!model.blanked, "a key came since");
    let idle = timer(&effects, Slot::Idle);
    model.update(idle.unwrap());
    assert!(model.blanked && model.mask == Mask::Ids);
    press(&mut model, "q");
    assert!(!model.blanked, "any key brings it back and does nothing else");
    press(&mut model, "M");
    model.update(Msg::Resumed);
    assert_eq!(model.mask, Mask::Ids);
}
