//! A row that a refresh changed, and the full record that was fetched before: it is fetched again, once.

use super::*;

const OLD: &str = "pending";
const NEW: &str = "approved";

fn item_with(status: &str) -> Item {
    let raw = format!(r#"{{"submission_id":"s0000","kyc":{{"result":"{status}"}}}}"#);
    Item::from_list("s0000".into(), Bytes::from(raw))
}

fn list(status: &str) -> Page {
    Page { items: vec![item_with(status)], ..page(0..0, None) }
}

fn full(ticket: Ticket, status: &str) -> Msg {
    let result = Ok(RecordAnswer::Found(item_with(status).as_full_record()));
    Msg::FullRecordLoaded { ticket, id: "s0000".into(), result, at: AT }
}

/// The list says `OLD`, and so does the full record.
fn both_old() -> Model {
    let (mut model, ticket) = opened();
    let effects = model.update(loaded(ticket, list(OLD)));
    let ticket = asked(&mut model, effects).expect("the cursor rests");
    model.update(full(ticket, OLD));
    model
}

fn shown(model: &Model) -> Option<&str> {
    model.detail.document().and_then(|document| document.text("kyc.result"))
}

/// Follows effects to the request for the full record, if they lead to one.
fn asked(model: &mut Model, effects: Vec<Effect>) -> Option<Ticket> {
    let effects = timer(&effects, Slot::Debounce).map(|rested| model.update(rested)).unwrap_or_default();
    (asks(&effects) > 0).then(|| single_ticket(&effects).0)
}

#[test]
fn a_full_record_that_came_before_the_changed_row_is_fetched_again_once() {
    let mut model = both_old();
    let effects = press(&mut model, "r");
    let (of_page, of_single) = (page_ticket(&effects), single_ticket(&effects).0);
    model.update(full(of_single, OLD));
    let effects = model.update(loaded(of_page, list(NEW)));
    let ticket = asked(&mut model, effects).expect("the row says otherwise");
    let effects = model.update(full(ticket, NEW));
    assert_eq!(asked(&mut model, effects), None);
    assert_eq!(shown(&model), Some(NEW));
}

#[test]
fn a_full_record_that_comes_after_the_changed_row_is_fetched_again_once_if_it_is_older() {
    for (status, is_older) in [(OLD, true), (NEW, false)] {
        let mut model = both_old();
        let effects = press(&mut model, "r");
        let (of_page, of_single) = (page_ticket(&effects), single_ticket(&effects).0);
        let effects = model.update(loaded(of_page, list(NEW)));
        assert_eq!(asked(&mut model, effects), None, "one is under way");
        let effects = model.update(full(of_single, status));
        let ticket = asked(&mut model, effects);
        assert_eq!(ticket.is_some(), is_older);
        if let Some(ticket) = ticket {
            let effects = model.update(full(ticket, NEW));
            assert_eq!(asked(&mut model, effects), None);
        }
        assert_eq!(shown(&model), Some(NEW));
    }
}

#[test]
fn a_first_full_record_under_way_is_followed_by_another_when_the_row_changed_before_it_came() {
    let (mut model, ticket) = opened();
    let effects = model.update(loaded(ticket, list(OLD)));
    let first = asked(&mut model, effects).expect("the cursor rests");
    let of_page = page_ticket(&press(&mut model, "r"));
    model.update(loaded(of_page, list(NEW)));
    let effects = model.update(full(first, OLD));
    let second = asked(&mut model, effects).expect("it is older than the row");
    // The service insists.
    let effects = model.update(full(second, OLD));
    assert_eq!(asked(&mut model, effects), None);
}

#[test]
fn a_list_that_says_the_same_again_asks_for_nothing_even_where_the_two_disagree() {
    let mut model = both_old();
    for status in [NEW, NEW, NEW] {
        let effects = press(&mut model, "r");
        model.update(full(single_ticket(&effects).0, OLD));
        let before = model.detail.has_full_record();
        let effects = model.update(loaded(page_ticket(&effects), list(status)));
        assert!(before);
        if let Some(ticket) = asked(&mut model, effects) {
            let effects = model.update(full(ticket, OLD));
            assert_eq!(asked(&mut model, effects), None, "once for what the list said new");
        }
    }
    let effects = press(&mut model, "r");
    model.update(full(single_ticket(&effects).0, OLD));
    let effects = model.update(loaded(page_ticket(&effects), list(NEW)));
    assert_eq!(asked(&mut model, effects), None);
}

#[test]
fn a_row_that_changed_while_another_one_was_shown_is_fetched_when_the_cursor_reaches_it() {
    let mut model = both_old();
    let both = |status| Page { items: vec![item_with(status), item("s0001")], ..page(0..0, None) };
    let effects = press(&mut model, "r");
    model.update(loaded(page_ticket(&effects), both(OLD)));
    press(&mut model, "nj");
    assert_eq!(model.selected_id().as_deref(), Some("s0001"));
    let effects = press(&mut model, "r");
    model.update(loaded(page_ticket(&effects), both(NEW)));
    let effects = press(&mut model, "k");
    let ticket = asked(&mut model, effects).expect("its row changed");
    let effects = model.update(full(ticket, NEW));
    assert_eq!(asked(&mut model, effects), None);
    assert_eq!(shown(&model), Some(NEW));
}
