//! Messages in, model and effects out: every rule about what is asked for, in both orders of arrival.

mod advice;
mod columns;
mod compare;
mod copies;
mod derived_state;
mod drawn;
mod export_menu;
mod exports;
mod fetch;
mod files;
mod filtering;
mod grades;
mod held;
mod help_over;
mod load_all;
mod many;
mod marks;
mod masks;
mod news;
mod outdated;
mod palette;
mod pictures;
mod pictures_keys;
mod pictures_overlay;
mod possible;
mod scope;
mod statistics;
mod tour;
mod typed;
mod views;
mod visits;
mod waits;
mod words;

use std::time::Duration;

use bytes::Bytes;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use ratatui::layout::Size;

use super::*;
use crate::api::{Item, NextPage, Page, RecordAnswer};
use crate::failure::{Failure, FailureKind};
use crate::keys::Keymap;
use crate::kit::Ticket;
use crate::query::Cursor;
use crate::store::{Content, End, Sort, Stop};
use crate::submission::codes::Codes;
use crate::text::{Mask, Safe};
use crate::time::Zone;
use crate::ui::Theme;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn setting() -> ReviewerConfig {
    ReviewerConfig {
        profile: Safe::from_static("test"),
        host: Safe::from_static("test"),
        address: "https://service.example.com/v3/submission".to_owned(),
        today: Some(date(2026, 11, 21)),
        zone: Zone::utc(TimeZone::UTC),
        mask: Mask::Ids,
        keymap: Keymap::built_in().unwrap(),
        codes: Codes::built_in().unwrap(),
        theme: ScreenTheme::new(Theme::default()),
        blank_after: None,
        cap: 100,
        encrypted: false,
        demo_key: None,
        clipboard: ClipboardWay::Terminal(None),
        watch: AutoRefresh { every: Duration::from_secs(30), bell: false },
        call_options: Vec::new(),
        home: None,
        filter: String::new(),
        file: None,
        columns: None,
        sort: Sort::default(),
        views: crate::views::SessionViews::default(),
        tour: false,
        mouse: false,
        pictures: true,
        drawing: Ok(crate::picture::PictureDrawing::default()),
    }
}

fn opened() -> (Model, Ticket) {
    let (model, begin) = Model::new(setting(), Size { width: 120, height: 40 }, AT);
    (model, page_ticket(&begin))
}

fn page_ticket(effects: &[Effect]) -> Ticket {
    let ticket = |effect: &Effect| if let Effect::FetchPage { ticket, .. } = effect { Some(*ticket) } else { None };
    effects.iter().find_map(ticket).expect("a page is asked for")
}

fn single_ticket(effects: &[Effect]) -> (Ticket, Box<str>) {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::FetchFullRecord { ticket, id, .. } => Some((*ticket, id.clone())),
        _ => None,
    });
    asked.expect("a submission is asked for")
}

/// The end of the timer that is started in a slot.
fn timer(effects: &[Effect], wanted: Slot) -> Option<Msg> {
    effects.iter().find_map(|effect| match effect {
        Effect::After { slot, ticket, .. } if *slot == wanted => Some(Msg::TimerFired { slot: *slot, ticket: *ticket }),
        _ => None,
    })
}

/// The effects of a rule of the model and of the pass after it.
fn after(model: &mut Model, rule: impl FnOnce(&mut Model)) -> Vec<Effect> {
    rule(model);
    model.update_derived_state();
    std::mem::take(&mut model.outbox)
}

fn asks(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::FetchPage { .. } | Effect::FetchFullRecord { .. })).count()
}

fn item(id: &str) -> Item {
    let raw = format!(r#"{{"submission_id":"{id}","kyc":{{"result":"pending"}}}}"#);
    Item::from_list(id.into(), Bytes::from(raw))
}

fn page(ids: std::ops::Range<usize>, next: Option<usize>) -> Page {
    let items = ids.map(|id| item(&format!("s{id:04}"))).collect();
    let next = next.map_or(NextPage::Last, |id| NextPage::More(Cursor { id: id.to_string(), created_at: "x".into() }));
    Page { items, next, repaired: false, bytes: 0 }
}

fn loaded(ticket: Ticket, page: Page) -> Msg {
    Msg::PageLoaded { ticket, result: Ok(page), at: AT }
}

fn failed(ticket: Ticket) -> Msg {
    Msg::PageLoaded { ticket, result: Err(failure()), at: AT }
}

fn failure() -> Failure {
    let [sentence, advice] = ["It failed.", "Try again."].map(Safe::from_static);
    Failure { kind: FailureKind::Server, sentence, advice }
}

/// Presses keys, none of which was held down.
fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    model.timers.pressed = None;
    let code = |c| match c {
        '\n' => KeyCode::Enter,
        '\u{1b}' => KeyCode::Esc,
        '\t' => KeyCode::Tab,
        c => KeyCode::Char(c),
    };
    keys.chars().flat_map(|c| model.update(Msg::Key(KeyEvent::new(code(c), KeyModifiers::NONE)))).collect()
}

fn listed(model: &Model) -> usize {
    model.listing.value().map_or(0, |listing| listing.store.len())
}

fn end(model: &Model) -> &End {
    model.listing.value().unwrap().walk.end()
}

/// Two queries under way, and the order in which their answers come.
#[test]
fn stale_page_is_ignored_whether_it_comes_first_or_last() {
    for stale_first in [true, false] {
        let (mut model, old) = opened();
        let new = page_ticket(&press(&mut model, "ffrom:-3d\n"));
        let answers = [(old, page(0..5, None)), (new, page(10..12, None))];
        let order = if stale_first { [0, 1] } else { [1, 0] };
        let mut answers = answers.map(Some);
        for at in order {
            let (ticket, page) = answers[at].take().unwrap();
            model.update(loaded(ticket, page));
        }
        assert_eq!(listed(&model), 2, "stale first: {stale_first}");
        assert!(model.listing.value().unwrap().store.index_of("s0010").is_some());
    }
}

#[test]
fn stale_single_is_ignored_whether_it_comes_first_or_last() {
    for stale_first in [true, false] {
        let (mut model, ticket) = opened();
        model.update(loaded(ticket, page(0..5, None)));
        let ask = |model: &mut Model| single_ticket(&after(model, Model::request_full_record));
        let old = ask(&mut model);
        press(&mut model, "j");
        let new = ask(&mut model);
        let order = if stale_first { [old, new.clone()] } else { [new.clone(), old] };
        for (ticket, id) in order {
            let result = Ok(RecordAnswer::Found(item(&id)));
            model.update(Msg::FullRecordLoaded { ticket, id, result, at: AT });
        }
        let subject = model.detail.subject().unwrap();
        assert_eq!((subject.id.clone(), subject.is_whole()), (Some(new.1), true), "stale first: {stale_first}");
        let store = &model.listing.value().unwrap().store;
        let content = store.get(0).unwrap().content();
        assert!(matches!(content, Content::Readable { single: None, .. }), "the stale answer is not kept");
    }
}

#[test]
fn nothing_is_asked_for_while_typing_or_when_the_text_has_a_problem() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..60, Some(59))));
    assert_eq!(asks(&press(&mut model, "femail:a@example.com from:-7d")), 0);
    assert_eq!(asks(&press(&mut model, " on:today\n")), 0, "given twice");
    assert!(model.filter.editor().is_some(), "the bar stays open");
    assert_eq!(asks(&press(&mut model, "\u{1b}")), 0);
    assert_eq!(model.filter.applied().text(), "");
}

#[test]
fn local_terms_ask_for_nothing_and_keep_the_rows() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..60, Some(59))));
    assert_eq!(asks(&press(&mut model, "fstatus:approved\n")), 0);
    assert_eq!((model.rows.rows().len(), listed(&model)), (0, 60));
}

#[test]
fn while_the_bar_is_edited_the_detail_follows_but_asks_for_nothing_and_esc_goes_back() {
    let (mut model, ticket) = opened();
    let raw = r#"{"submission_id":"other","kyc":{"result":"rejected"}}"#;
    let mut first = page(0..3, None);
    first.items.push(Item::from_list("other".into(), Bytes::from(raw)));
    model.update(loaded(ticket, first));
    let before = model.selected_id();
    let effects = press(&mut model, "fstatus:rejected");
    assert_eq!(model.detail.subject().unwrap().id.as_deref(), Some("other"));
    let settles = effects.iter().any(|effect| matches!(effect, Effect::After { slot: Slot::Debounce, .. }));
    assert!(!settles && asks(&effects) == 0);
    press(&mut model, "\u{1b}");
    assert_eq!(model.selected_id(), before);
}

#[test]
fn values_of_loaded_rows_are_offered_for_completion() {
    let (mut model, ticket) = opened();
    let raw = r#"{"submission_id":"a","kyc":{"commentCode":["made_up_code"]}}"#;
    let item = Item::from_list("a".into(), Bytes::from(raw)).as_full_record();
    model.update(loaded(ticket, Page { items: vec![item], next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "fcode:");
    let offered = &model.filter.editor().unwrap().menu().completions.candidates;
    assert!(offered.iter().any(|candidate| candidate.insert.as_str().contains("made_up_code")));
}

#[test]
fn one_page_at_a_time() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    assert_eq!(asks(&press(&mut model, "GGGG")), 1);
}

#[test]
fn load_all_stops_at_the_cap_and_goes_on_when_asked() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(1))));
    let second = page_ticket(&press(&mut model, "L"));
    let effects = model.update(loaded(second, page(50..100, Some(2))));
    assert_eq!(asks(&effects), 0);
    assert_eq!(end(&model), &End::Stopped(Stop::Cap(100)));
    let third = page_ticket(&press(&mut model, "L"));
    model.update(loaded(third, page(100..110, None)));
    assert_eq!(end(&model), &End::Complete);
}

#[test]
fn load_all_without_a_cap_goes_on_page_by_page() {
    let setting = ReviewerConfig { cap: 0, ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    model.update(loaded(page_ticket(&begin), page(0..50, Some(1))));
    let second = page_ticket(&press(&mut model, "L"));
    model.update(loaded(second, page(50..60, Some(2))));
    assert_eq!(end(&model), &End::Stopped(Stop::Cap(51)));
}

#[test]
fn esc_stops_a_load_of_everything_and_keeps_what_came() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(1))));
    let second = page_ticket(&press(&mut model, "L"));
    press(&mut model, "\u{1b}");
    model.update(loaded(second, page(50..100, Some(2))));
    assert_eq!((end(&model), listed(&model)), (&End::Stopped(Stop::ByUser), 50), "the late page is dropped");
}

#[test]
fn everything_asked_for_during_the_first_page_follows_it() {
    let (mut model, ticket) = opened();
    press(&mut model, "L");
    let effects = model.update(loaded(ticket, page(0..50, Some(1))));
    assert_eq!(asks(&effects), 1);
}

#[test]
fn a_failed_new_query_keeps_the_old_rows() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, None)));
    let ticket = page_ticket(&press(&mut model, "ffrom:-3d\n"));
    model.update(failed(ticket));
    assert_eq!((listed(&model), model.rows.rows().len()), (50, 50));
    assert!(model.listing.failure().is_some());
    assert_eq!(asks(&press(&mut model, "r")), 1);
}

#[test]
fn refresh_keeps_the_selection_by_id() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(10..15, None)));
    press(&mut model, "jj");
    let before = model.selected_id();
    let ticket = page_ticket(&press(&mut model, "r"));
    model.update(loaded(ticket, page(8..15, None)));
    assert_eq!((model.selected_id(), listed(&model)), (before, 7));
}

/// A single answer that came.
fn single(model: &mut Model) {
    let (ticket, id) = single_ticket(&after(model, Model::request_full_record));
    let result = Ok(RecordAnswer::Found(item(&id)));
    model.update(Msg::FullRecordLoaded { ticket, id, result, at: AT });
}

#[test]
fn the_same_submission_in_another_query_is_fetched_again() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    single(&mut model);
    assert!(model.detail.has_full_record());
    let ticket = page_ticket(&press(&mut model, "ffrom:-3d\n"));
    let effects = model.update(loaded(ticket, page(0..5, None)));
    assert!(!model.detail.has_full_record() && model.detail.needs_full_record());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::After { slot: Slot::Debounce, .. })));
}

#[test]
fn tabs_turn_whichever_pane_has_the_focus() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    press(&mut model, "]]");
    assert_eq!(model.detail.tab(), crate::panes::detail::Tab::Ocr);
    press(&mut model, "[");
    assert_eq!(model.detail.tab(), crate::panes::detail::Tab::Attempts);
}

#[test]
fn a_refresh_that_cannot_be_joined_to_what_is_loaded_begins_the_walk_anew() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..0, None)));
    assert_eq!(end(&model), &End::Complete);
    let ticket = page_ticket(&press(&mut model, "r"));
    model.update(loaded(ticket, page(0..50, Some(49))));
    assert_eq!((end(&model), listed(&model)), (&End::More, 50));
}

#[test]
fn moving_goes_on_after_the_user_stopped_a_page() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    press(&mut model, "G\u{1b}");
    assert_eq!(end(&model), &End::Stopped(Stop::ByUser));
    assert_eq!(asks(&press(&mut model, "k")), 1);
}

#[test]
fn a_bar_that_hides_every_row_does_not_walk_the_cursor() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(49))));
    let ticket = page_ticket(&press(&mut model, "G"));
    press(&mut model, "fnothing");
    assert_eq!(asks(&model.update(loaded(ticket, page(50..100, Some(99))))), 0);
}

#[test]
fn a_detail_that_is_not_on_the_screen_is_not_fetched() {
    let (mut model, begin) = Model::new(setting(), Size { width: 80, height: 24 }, AT);
    let effects = model.update(loaded(page_ticket(&begin), page(0..5, None)));
    let settles =
        |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::After { slot: Slot::Debounce, .. }));
    assert!(!settles(&effects));
    assert!(settles(&press(&mut model, "\n")), "it came into view");
}
