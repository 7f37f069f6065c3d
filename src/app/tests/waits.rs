//! Requests that wait before another try: what is shown, what ends it.

use super::drawn::drawn;
use super::*;
use crate::failure::Waiting;

fn waiting(seconds: u64) -> Waiting {
    Waiting { failure: failure(), time: Duration::from_secs(seconds), next: 2, most: 3 }
}

fn waits(slot: Slot, ticket: Ticket, seconds: u64) -> Msg {
    Msg::Waiting { slot, ticket, waiting: waiting(seconds), at: AT }
}

fn status_line(model: &Model) -> String {
    model.list_status(false, 200).text()
}

/// The message of the timer that counts seconds, and its delay.
fn next_second(effects: Vec<Effect>) -> Option<(Duration, Msg)> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::After { slot: slot @ Slot::Countdown, ticket, delay } => {
            Some((delay, Msg::TimerFired { slot, ticket }))
        }
        _ => None,
    })
}

#[test]
fn the_countdown_shows_every_second_and_ends() {
    let (mut model, ticket) = opened();
    // The screen is not filled: the next page is asked for at once.
    let ticket = page_ticket(&model.update(loaded(ticket, page(0..5, Some(4)))));
    let mut next = next_second(model.update(waits(Slot::Page, ticket, 3)));
    let mut shown = Vec::new();
    let mut now = AT;
    while let Some((delay, msg)) = next {
        shown.push(status_line(&model).trim().to_owned());
        now += jiff::SignedDuration::try_from(delay).unwrap();
        model.update(Msg::Clock(now));
        next = next_second(model.update(msg));
        assert!(shown.len() < 10, "{shown:?}");
    }
    let words = |when: &str| format!("✗ retrying next page {when} · service failed");
    assert_eq!(shown, ["in 3 s", "in 2 s", "in 1 s"].map(words));
    assert_eq!(status_line(&model).trim(), words("now"));
    model.update(loaded(ticket, page(5..8, None)));
    assert!(!status_line(&model).contains("(try "), "{}", status_line(&model));
    assert_eq!(listed(&model), 8);
}

#[test]
fn esc_gives_up_a_waiting_page_and_keeps_its_failure_and_the_rows() {
    let (mut model, ticket) = opened();
    let ticket = page_ticket(&model.update(loaded(ticket, page(0..5, Some(4)))));
    model.update(waits(Slot::Page, ticket, 30));
    let effects = press(&mut model, "\u{1b}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Page))));
    assert_eq!(end(&model), &End::Stopped(Stop::Failed(Safe::from_static("service failed"))));
    assert!(status_line(&model).contains("It failed."), "{}", status_line(&model));
    model.update(loaded(ticket, page(5..8, None)));
    assert_eq!(listed(&model), 5, "what was given up comes too late");
    assert_eq!(asks(&press(&mut model, "r")), 1, "r asks for the page again");
}

#[test]
fn esc_gives_up_the_first_page_too() {
    let (mut model, ticket) = opened();
    assert_eq!(model.list_scope().as_str(), "loading …");
    model.update(waits(Slot::Page, ticket, 30));
    assert_eq!(model.list_scope().as_str(), "waiting to retry", "nothing is loading");
    press(&mut model, "\u{1b}");
    assert_eq!(model.listing.failure(), Some(&failure()));
    assert_eq!(asks(&press(&mut model, "r")), 1);
}

#[test]
fn a_waiting_single_answer_is_given_up_from_either_pane() {
    for focus in ["", "\t"] {
        let (mut model, ticket) = opened();
        model.update(loaded(ticket, page(0..5, None)));
        let ticket = single_ticket(&after(&mut model, Model::request_full_record)).0;
        press(&mut model, focus);
        model.update(waits(Slot::FullRecord, ticket, 30));
        let before = model.prefs.focus;
        let effects = press(&mut model, "\u{1b}");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::FullRecord))));
        assert_eq!(model.detail.full_record_request().failure(), Some(&failure()));
        assert_eq!(model.prefs.focus, before, "one step at a time");
    }
}

#[test]
fn one_esc_cancels_the_waits_of_both_panes_and_the_screen_says_so() {
    let (mut model, ticket) = opened();
    // The screen is not filled: the next page is asked for at once.
    let page = page_ticket(&model.update(loaded(ticket, page(0..5, Some(4)))));
    let single = single_ticket(&after(&mut model, Model::request_full_record)).0;
    let told = |model: &Model| {
        let lines = [model.list_failure_lines(200, 30), model.detail_failure_lines(200, 30)].concat();
        lines.iter().map(|line| line.as_str().to_owned()).collect::<Vec<_>>().join("\n")
    };
    model.update(waits(Slot::FullRecord, single, 30));
    let screen = drawn(&model);
    assert!(told(&model).ends_with("(try 2 of 3) · Esc cancels"), "{}", told(&model));
    assert!(screen.contains("Esc cancel retry  "), "{screen}");
    assert!(screen.contains("waiting to retry the full record") && !screen.contains("loading full record"), "{screen}");
    model.update(waits(Slot::Page, page, 30));
    assert_eq!(told(&model).matches("(try 2 of 3) · Esc cancels both").count(), 2, "{}", told(&model));
    assert!(drawn(&model).contains("Esc cancel retries  "), "{}", drawn(&model));
    press(&mut model, "\u{1b}");
    assert!(model.listing.retry().is_none() && model.detail.full_record_request().retry().is_none());
    assert!(!drawn(&model).contains("cancel"), "{}", drawn(&model));
}

#[test]
fn a_shown_full_record_is_neither_read_nor_waiting_once_its_retry_runs() {
    for is_shown in [false, true] {
        let (mut model, ticket) = opened();
        model.update(loaded(ticket, page(0..5, None)));
        if is_shown {
            single(&mut model);
        }
        let (before, it) = match is_shown {
            true => ("full record · fetched 00:00:00 · ", "it"),
            false => ("list data · 00:00:00 · ", "the full record"),
        };
        let says = |model: &Model, words: &str| {
            let screen = drawn(model);
            assert!(screen.contains(&format!("{before}{words} ")), "{words}\n{screen}");
            assert!(!screen.contains("reading full record"), "{screen}");
        };
        let ticket = single_ticket(&after(&mut model, Model::request_full_record)).0;
        says(&model, "loading full record …");
        model.update(waits(Slot::FullRecord, ticket, 30));
        says(&model, &format!("waiting to retry {it}"));
        model.update(Msg::Clock(AT + jiff::SignedDuration::from_secs(30)));
        says(&model, &format!("retrying {it}"));
        assert!(!drawn(&model).contains("waiting to retry"), "{}", drawn(&model));
    }
}

#[test]
fn a_wait_of_an_older_request_is_not_shown() {
    let (mut model, old) = opened();
    let new = page_ticket(&press(&mut model, "ffrom:-3d\n"));
    assert!(next_second(model.update(waits(Slot::Page, old, 3))).is_none());
    assert!(model.listing.retry().is_none());
    model.update(waits(Slot::Page, new, 3));
    assert!(model.listing.retry().is_some());
    press(&mut model, "f count:7\n");
    assert!(model.listing.retry().is_none(), "another query is asked");
}

#[test]
fn a_wait_for_a_submission_ends_when_the_cursor_leaves_it() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    let ticket = single_ticket(&after(&mut model, Model::request_full_record)).0;
    model.update(waits(Slot::FullRecord, ticket, 30));
    assert!(model.detail.full_record_request().retry().is_some());
    press(&mut model, "j");
    assert!(model.detail.full_record_request().retry().is_none());
}

#[test]
fn a_failed_page_is_not_asked_for_again_by_moving_but_by_r() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    let ticket = page_ticket(&press(&mut model, "G"));
    model.update(failed(ticket));
    assert_eq!(end(&model), &End::Stopped(Stop::Failed(Safe::from_static("service failed"))));
    assert_eq!(asks(&press(&mut model, "GGjk")), 0);
    assert_eq!(listed(&model), 50, "what was there stays");
    let ticket = page_ticket(&press(&mut model, "r"));
    model.update(loaded(ticket, page(50..60, None)));
    assert_eq!((end(&model), listed(&model)), (&End::Complete, 60));
}
