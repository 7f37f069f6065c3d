//! What a refresh brings: new rows wait, changed ones are marked, and nothing jumps.

use super::*;

fn with_status(id: usize, status: &str, updated: &str) -> Item {
    let raw = format!(
        r#"{{"submission_id":"s{id:04}","kyc":{{"result":"{status}"}},"created_at":"2026-11-{:02}T00:00:00Z","updated_at":"{updated}"}}"#,
        28 - id
    );
    Item::from_list(format!("s{id:04}").into(), Bytes::from(raw))
}

/// A page of submissions, the newest first; the next one names its last.
fn dated(each: &[(usize, &str)], next: Option<usize>) -> Page {
    Page { items: each.iter().map(|(id, status)| with_status(*id, status, "x")).collect(), ..page(0..0, next) }
}

/// Three submissions, 5 to 7.
fn three() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, dated(&[(5, "pending"), (6, "pending"), (7, "approved")], None)));
    model
}

fn refresh(model: &mut Model, page: Page) -> Vec<Effect> {
    let ticket = page_ticket(&press(model, "r"));
    model.update(loaded(ticket, page))
}

fn shown(model: &Model) -> Vec<String> {
    let store = &model.listing.value().unwrap().store;
    model.rows.rows().iter().map(|index| store.id(*index).unwrap().into_owned()).collect()
}

fn status_line(model: &Model) -> String {
    model.list_status(false, 200).text()
}

#[test]
fn new_rows_wait_until_they_are_asked_for() {
    let mut model = three();
    press(&mut model, "j");
    refresh(
        &mut model,
        dated(&[(3, "pending"), (4, "pending"), (5, "pending"), (6, "pending"), (7, "approved")], None),
    );
    assert_eq!(shown(&model), ["s0005", "s0006", "s0007"], "nothing jumps");
    assert_eq!(model.selected_id().as_deref(), Some("s0006"));
    assert_eq!(listed(&model), 5, "they count as loaded");
    assert!(status_line(&model).contains("2 new: n shows them"), "{}", status_line(&model));
    press(&mut model, "n");
    assert_eq!(shown(&model), ["s0003", "s0004", "s0005", "s0006", "s0007"]);
    assert_eq!(model.selected_id().as_deref(), Some("s0006"), "the cursor goes with its submission");
    assert!(status_line(&model).contains("2 new (+) · n clears + and ~"), "{}", status_line(&model));
    press(&mut model, "n");
    assert!(model.listing.value().unwrap().store.changes().is_empty(), "the marks are taken away");
}

#[test]
fn a_changed_row_stays_where_it_is_and_says_what_it_was() {
    let mut model = three();
    press(&mut model, "fstatus:pending\n");
    assert_eq!(shown(&model), ["s0005", "s0006"]);
    refresh(&mut model, dated(&[(5, "approved"), (6, "pending"), (7, "approved")], None));
    assert_eq!(shown(&model), ["s0005", "s0006"], "not even a filter takes it away");
    assert!(
        status_line(&model).contains("this row: Status pending → approved · 1 changed (~) · n clears + and ~"),
        "{}",
        status_line(&model)
    );
    press(&mut model, "j");
    assert!(!status_line(&model).contains("this row"), "only of the row under the cursor: {}", status_line(&model));
    press(&mut model, "n");
    assert_eq!(shown(&model), ["s0006"]);
}

#[test]
fn what_returns_to_what_it_was_is_no_change() {
    let mut model = three();
    refresh(&mut model, dated(&[(5, "approved"), (6, "pending"), (7, "approved")], None));
    refresh(&mut model, dated(&[(5, "rejected"), (6, "pending"), (7, "approved")], None));
    assert!(
        status_line(&model).contains("this row: Status pending → rejected"),
        "the oldest that was seen: {}",
        status_line(&model)
    );
    refresh(&mut model, dated(&[(5, "pending"), (6, "pending"), (7, "approved")], None));
    assert!(!status_line(&model).contains("changed"), "{}", status_line(&model));
}

#[test]
fn a_field_that_an_answer_does_not_carry_did_not_change() {
    let mut model = three();
    let mut slim = dated(&[(6, "pending"), (7, "approved")], None);
    slim.items.push(Item::from_list("s0005".into(), Bytes::from_static(br#"{"submission_id":"s0005"}"#)));
    refresh(&mut model, slim);
    assert!(!status_line(&model).contains("changed"), "{}", status_line(&model));
}

#[test]
fn an_updated_time_is_told_although_it_has_no_column() {
    let mut model = three();
    let mut page = dated(&[(6, "pending"), (7, "approved")], None);
    page.items.push(with_status(5, "pending", "later"));
    refresh(&mut model, page);
    assert!(status_line(&model).contains("this row: Updated x → later"), "{}", status_line(&model));
}

#[test]
fn only_new_rows_that_the_filter_shows_are_announced() {
    let mut model = three();
    press(&mut model, "fstatus:pending\n");
    refresh(
        &mut model,
        dated(&[(3, "approved"), (4, "pending"), (5, "pending"), (6, "pending"), (7, "approved")], None),
    );
    assert!(status_line(&model).contains("1 new"), "{}", status_line(&model));
}

#[test]
fn an_empty_list_has_nothing_that_could_jump() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..0, None)));
    refresh(&mut model, dated(&[(3, "pending")], None));
    assert_eq!(shown(&model), ["s0003"]);
}

#[test]
fn a_list_that_runs_upwards_is_refreshed_where_it_ends() {
    let (mut model, ticket) = opened();
    // The screen is not filled: the next page is asked for already.
    let ticket = page_ticket(&model.update(loaded(ticket, dated(&[(9, "pending"), (8, "pending")], Some(8)))));
    model.update(loaded(ticket, dated(&[(7, "pending"), (6, "pending")], None)));
    assert_eq!(end(&model), &End::Complete);
    let effects = press(&mut model, "r");
    let cursor = effects.iter().find_map(|effect| match effect {
        Effect::FetchPage { cursor, .. } => Some(cursor.as_ref().map(|cursor| cursor.id.clone())),
        _ => None,
    });
    assert_eq!(cursor, Some(Some("8".to_owned())), "the last page is asked for again");
    let ticket = page_ticket(&effects);
    model.update(loaded(ticket, dated(&[(7, "pending"), (6, "pending"), (5, "pending")], Some(5))));
    assert_eq!(end(&model), &End::More, "it was the last page, and is not any more");
    assert!(
        status_line(&model).contains("loading") || status_line(&model).contains("1 new"),
        "{}",
        status_line(&model)
    );
}

#[test]
fn an_empty_last_page_that_filled_up_costs_none_of_the_rows_before_it() {
    let (mut model, ticket) = opened();
    let ticket = page_ticket(&model.update(loaded(ticket, dated(&[(9, "pending"), (8, "pending")], Some(8)))));
    model.update(loaded(ticket, dated(&[], None)));
    assert_eq!(end(&model), &End::Complete);
    refresh(&mut model, dated(&[(7, "pending"), (6, "pending")], Some(6)));
    assert_eq!((listed(&model), end(&model)), (4, &End::More));
    assert_eq!(shown(&model), ["s0008", "s0009"], "the new ones wait");
}

#[test]
fn a_single_page_that_grew_a_cursor_is_no_longer_everything() {
    let mut model = three();
    assert_eq!(end(&model), &End::Complete);
    refresh(&mut model, dated(&[(3, "pending"), (4, "pending"), (5, "pending")], Some(5)));
    assert_eq!(end(&model), &End::More);
}

fn poll_due(effects: &[Effect]) -> Msg {
    let every = effects.iter().find_map(|effect| match effect {
        Effect::After { slot: Slot::AutoRefresh, delay, .. } => Some(*delay),
        _ => None,
    });
    assert_eq!(every, Some(Duration::from_secs(30)), "a refresh is arranged");
    timer(effects, Slot::AutoRefresh).expect("a refresh is arranged")
}

/// The same message again.
fn again(msg: &Msg) -> Msg {
    let Msg::TimerFired { slot, ticket } = msg else { panic!("a timer's message") };
    Msg::TimerFired { slot: *slot, ticket: *ticket }
}

#[test]
fn watching_refreshes_again_and_again_until_it_is_ended() {
    let mut model = three();
    let first = poll_due(&press(&mut model, "w"));
    let effects = model.update(again(&first));
    let second = poll_due(&effects);
    let ticket = page_ticket(&effects);
    assert_eq!(asks(&model.update(second)), 0, "not while one is under way");
    model.notice = None;
    model.update(loaded(ticket, dated(&[(5, "pending"), (6, "pending"), (7, "approved")], None)));
    assert!(model.notice.is_none(), "nothing new is not told");
    assert_eq!(asks(&model.update(first)), 0, "an old timer changes nothing");
    let effects = press(&mut model, "w");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::AutoRefresh))));
    let (slot, ticket) = (Slot::AutoRefresh, model.tickets.issue());
    assert_eq!(asks(&model.update(Msg::TimerFired { slot, ticket })), 0);
}

#[test]
fn the_bell_rings_only_for_news_and_only_when_wanted() {
    for bell in [true, false] {
        let mut model = three();
        model.config.watch.bell = bell;
        let rings = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Bell));
        let mut due = poll_due(&press(&mut model, "w"));
        for (status, news) in [("pending", false), ("approved", true), ("approved", false)] {
            let effects = model.update(due);
            due = poll_due(&effects);
            let page = dated(&[(5, status), (6, "pending"), (7, "approved")], None);
            assert_eq!(rings(&model.update(loaded(page_ticket(&effects), page))), bell && news, "{status}");
        }
    }
}

#[test]
fn watching_goes_on_after_a_failure_that_may_pass_and_ends_after_one_that_will_not() {
    for (kind, goes_on) in [
        (FailureKind::Server, true),
        (FailureKind::Reset, true),
        (FailureKind::Key, false),
        (FailureKind::QuotaUsedUp, false),
    ] {
        let mut model = three();
        let due = poll_due(&press(&mut model, "w"));
        let ticket = page_ticket(&model.update(due));
        model.update(Msg::PageLoaded { ticket, result: Err(Failure { kind, ..failure() }), at: AT });
        assert_eq!(model.is_watching(), goes_on, "{kind:?}");
        assert_eq!(shown(&model).len(), 3, "the rows stay");
    }
}

#[test]
fn nothing_is_looked_for_while_the_bar_is_edited() {
    let mut model = three();
    let due = poll_due(&press(&mut model, "w"));
    press(&mut model, "f");
    assert_eq!(asks(&model.update(due)), 0);
}

/// A full list page, and the page after it failed.
fn with_a_failed_page() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    let ticket = page_ticket(&press(&mut model, "G"));
    model.update(failed(ticket));
    model
}

/// Presses `r`, and says whether the page after the last row was asked for and loaded.
fn resumes(model: &mut Model) -> bool {
    let effects = press(model, "r");
    let is_next =
        |effect: &Effect| matches!(effect, Effect::FetchPage { cursor: Some(cursor), .. } if cursor.id == "49");
    if effects.iter().any(is_next) {
        model.update(loaded(page_ticket(&effects), page(50..60, None)));
    }
    (end(model), listed(model)) == (&End::Complete, 60)
}

#[test]
fn r_resumes_a_failed_page_whatever_the_refreshes_after_it_brought() {
    let came = |ticket| loaded(ticket, page(0..50, Some(49)));
    for answers in [&[][..], &[came], &[failed], &[came, failed], &[failed, came]] as [&[fn(Ticket) -> Msg]; 5] {
        let mut model = with_a_failed_page();
        let mut effects = press(&mut model, "w");
        for answer in answers {
            effects = model.update(poll_due(&effects));
            assert_eq!(asks(&press(&mut model, "r")), 0, "not while one is under way");
            model.update(answer(page_ticket(&effects)));
        }
        assert!(resumes(&mut model), "{} refreshes", answers.len());
    }
}

#[test]
fn a_page_that_fails_behind_a_refresh_is_resumed_too() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    let due = poll_due(&press(&mut model, "w"));
    let ticket = page_ticket(&model.update(due));
    press(&mut model, "L");
    let ticket = page_ticket(&model.update(loaded(ticket, page(0..50, Some(49)))));
    model.update(failed(ticket));
    assert!(resumes(&mut model));
}
