//! The pass after every message, as a function of the model: the same facts give the same screen, whatever order they came
//! in, and nothing is made that is not visible.

mod large;
mod sequences;

use super::*;
use crate::overlays::Overlay;

const WIDE: Size = Size { width: 120, height: 40 };
const NARROW: Size = Size { width: 80, height: 24 };

/// What the pass derives, as far as it is visible.
#[derive(Debug, PartialEq)]
struct Derived {
    rows: Vec<u32>,
    counts: (usize, Vec<usize>),
    cursor: (usize, usize),
    selected: String,
    shown: (Option<Box<str>>, bool),
    detached: Option<&'static str>,
    /// Document, linked submissions and lines, where the detail is visible.
    detail: Option<(String, String, String, usize)>,
    menu: Option<Vec<String>>,
}

impl Derived {
    fn of(model: &Model) -> Self {
        let detail = &model.detail;
        let texts = |lines: &[crate::panes::detail::TabLine]| -> String {
            lines.iter().map(|line| format!("{}\n", line.line.text())).collect()
        };
        let document = || detail.document().map(|document| format!("{:?}", document.text("kyc.result")));
        Self {
            rows: model.rows.rows().to_vec(),
            counts: (model.rows.pending(), model.rows.unknown().to_vec()),
            cursor: (model.list.scroll().at(), model.list.scroll().top()),
            selected: format!("{:?}", model.selection.row),
            shown: (model.shown_id(), detail.has_full_record()),
            detached: model.detached_reason(),
            detail: model.detail_is_visible().then(|| {
                let (document, relatives) = (document().unwrap_or_default(), format!("{:?}", detail.relatives()));
                (document, relatives, texts(detail.lines()), detail.scroll().at())
            }),
            menu: matches!(model.overlay, Some(Overlay::Copy(_))).then(|| {
                model.menu_lines().iter().map(|choice| format!("{}: {}", choice.label, choice.beginning)).collect()
            }),
        }
    }

    /// The same facts, derived as if nothing had been derived before.
    fn from_scratch(model: &mut Model) -> Self {
        model.rows.forget();
        model.selection.related = None;
        model.detail.discard_parsed(&mut model.tickets);
        model.update_derived_state();
        assert_eq!(model.outbox.len(), 0, "the same facts ask for nothing more");
        Self::of(model)
    }
}

/// A submission that others are linked to.
fn linked(id: &str, status: &str) -> Item {
    let raw = format!(
        r#"{{"submission_id":"{id}","userid":"7","kyc":{{"result":"{status}"}},"duplicated_users":["s0001","far"]}}"#
    );
    Item::from_list(id.into(), Bytes::from(raw))
}

fn linked_page(ids: &[&str], status: &str) -> Page {
    Page { items: ids.iter().map(|id| linked(id, status)).collect(), ..page(0..0, None) }
}

/// Three submissions whose shown one, listed or not, was fetched before and is asked for again, with the page and the
/// single answer of that refresh.
fn refreshing(size: Size, is_detached: bool) -> (Model, [Msg; 2]) {
    let (mut model, begin) = Model::new(setting(), size, AT);
    model.update(loaded(page_ticket(&begin), linked_page(&["s0000", "s0001", "s0002"], "pending")));
    if is_detached {
        after(&mut model, |model| model.open_submission("far"));
    }
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let single = |status| Ok(RecordAnswer::Found(linked(&id, status).as_full_record()));
    model.update(Msg::FullRecordLoaded { ticket, id: id.clone(), result: single("pending"), at: AT });
    let effects = press(&mut model, "r");
    let later = |seconds| AT.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    let result = Ok(linked_page(&["s0000", "s0001", "s0002"], "approved"));
    let page = Msg::PageLoaded { ticket: page_ticket(&effects), result, at: later(1) };
    let (ticket, _) = single_ticket(&effects);
    let single = Msg::FullRecordLoaded { ticket, id: id.clone(), result: single("approved"), at: later(2) };
    (model, [page, single])
}

#[test]
fn both_orders_of_arrival_give_the_same_screen_for_both_selections_visible_or_not() {
    for (size, is_visible) in [(WIDE, true), (NARROW, false)] {
        for is_detached in [false, true] {
            let [page_first, single_first] = [false, true].map(|reversed| {
                let (mut model, mut messages) = refreshing(size, is_detached);
                if reversed {
                    messages.reverse();
                }
                let before = Derived::of(&model);
                for msg in messages {
                    model.update(msg);
                    assert_eq!(Derived::of(&model), Derived::from_scratch(&mut model), "{size}, {is_detached}");
                }
                assert_ne!(Derived::of(&model).detail.is_some(), !is_visible);
                assert!(!is_visible || Derived::of(&model) != before, "{size}: the status changed");
                assert_eq!(model.detached_reason().is_some(), is_detached);
                assert!(model.detail.has_full_record());
                // A detail that comes into view shows the same.
                press(&mut model, "\n");
                Derived::of(&model)
            });
            assert_eq!(page_first, single_first, "{size}, detached: {is_detached}");
            assert!(page_first.detail.unwrap().0.contains("approved"), "{size}, detached: {is_detached}");
        }
    }
}

#[test]
fn the_first_answers_may_come_in_either_order() {
    let answers = |single_first: bool| {
        let (mut model, begin) = Model::new(setting(), WIDE, AT);
        // Opened apart from the list before there is one.
        let (ticket, id) = {
            after(&mut model, |model| model.open_submission("s0001"));
            single_ticket(&after(&mut model, Model::request_full_record))
        };
        let result = Ok(RecordAnswer::Found(linked(&id, "approved").as_full_record()));
        let single = Msg::FullRecordLoaded { ticket, id, result, at: AT };
        let page = loaded(page_ticket(&begin), linked_page(&["s0000", "s0001"], "pending"));
        let mut messages = [page, single];
        if single_first {
            messages.reverse();
        }
        messages.into_iter().for_each(|msg| drop(model.update(msg)));
        assert_eq!(Derived::of(&model), Derived::from_scratch(&mut model));
        (
            model.selected_id(),
            model.detached_reason(),
            model.detail.has_full_record(),
            model.detail.relatives().listed.len(),
        )
    };
    assert_eq!(answers(false), answers(true));
    assert_eq!(answers(false).0.as_deref(), Some("s0001"), "the list shows it, and the cursor goes there");
}

#[test]
fn a_detail_that_is_hidden_is_neither_parsed_nor_laid_out() {
    let (mut model, begin) = Model::new(setting(), NARROW, AT);
    model.update(loaded(page_ticket(&begin), page(0..15, None)));
    press(&mut model, "jjjjjkkG");
    assert_eq!(model.detail.work_counts(), (0, 0), "the list alone");
    assert_eq!(model.shown_id().as_deref(), Some("s0014"), "but it is known what Enter opens");
    press(&mut model, "\n");
    assert_eq!(model.detail.work_counts(), (1, 1), "it came into view");
    press(&mut model, "\u{1b}jkjk");
    assert_eq!(model.detail.work_counts(), (1, 1), "it is hidden again");
    for size in [Size { width: 10, height: 3 }, Size::default()] {
        model.update(Msg::Resize(size));
        press(&mut model, "j");
    }
    assert_eq!(model.detail.work_counts(), (1, 1), "the screen is too small for anything");
}

#[test]
fn a_visible_detail_is_made_once_for_each_change_and_not_for_what_does_not_concern_it() {
    let (mut model, begin) = Model::new(setting(), WIDE, AT);
    model.update(loaded(page_ticket(&begin), page(0..60, Some(59))));
    let count = |model: &mut Model, msgs: &mut dyn FnMut(&mut Model)| {
        let (opened, rendered) = model.detail.work_counts();
        msgs(model);
        let now = model.detail.work_counts();
        (now.0 - opened, now.1 - rendered)
    };
    assert_eq!(model.detail.work_counts(), (1, 1), "the first row");
    assert_eq!(count(&mut model, &mut |model| drop(press(model, "j"))), (1, 1));
    assert_eq!(count(&mut model, &mut |model| drop(press(model, "2"))), (0, 1), "another tab");
    assert_eq!(count(&mut model, &mut |model| drop(press(model, "\t"))), (0, 0), "the focus");
    assert_eq!(count(&mut model, &mut |model| drop(press(model, "jjk"))), (0, 0), "its own cursor");
    assert_eq!(count(&mut model, &mut |model| drop(press(model, "?\u{1b}"))), (0, 0), "an overlay");
    assert_eq!(count(&mut model, &mut |model| drop(model.update(Msg::Clock(AT)))), (0, 0), "the clock");
    assert_eq!(count(&mut model, &mut |model| drop(model.update(Msg::Resize(WIDE)))), (0, 0), "the same size");
    let wider = Size { width: 160, ..WIDE };
    assert_eq!(count(&mut model, &mut |model| drop(model.update(Msg::Resize(wider)))), (0, 1), "another width");
    assert_eq!(count(&mut model, &mut Model::update_derived_state), (0, 0), "the pass by itself");
    // A single answer of the shown submission, then a page of others.
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let result = Ok(RecordAnswer::Found(item(&id).as_full_record()));
    let mut single = Some(Msg::FullRecordLoaded { ticket, id, result, at: AT });
    let come = &mut |model: &mut Model| drop(model.update(single.take().expect("one answer")));
    assert_eq!(count(&mut model, come), (1, 1));
    assert!(model.detail.has_full_record());
    let mut next = Some(loaded(page_ticket(&press(&mut model, "\tG")), page(60..80, None)));
    let come = &mut |model: &mut Model| drop(model.update(next.take().expect("one page")));
    let last = count(&mut model, come);
    assert_eq!(last, (0, 1), "a page of others: the lines say how many were looked through, nothing is parsed");
}

#[test]
fn the_window_of_the_list_waits_while_the_detail_covers_it() {
    let (mut model, begin) = Model::new(setting(), NARROW, AT);
    model.update(loaded(page_ticket(&begin), page(0..60, None)));
    press(&mut model, "GKKKKK");
    let before = Derived::of(&model).cursor;
    press(&mut model, "\n\u{1b}");
    assert_eq!(Derived::of(&model).cursor, before);
    press(&mut model, "\nK\u{1b}");
    assert_eq!(Derived::of(&model).cursor.0, before.0 - 1, "and the cursor goes on");
}

#[test]
fn the_cursor_of_the_detail_comes_back_to_its_field_however_wide_the_screen_is_then() {
    let (mut model, begin) = Model::new(setting(), WIDE, AT);
    model.update(loaded(page_ticket(&begin), linked_page(&["s0000", "s0001"], "pending")));
    press(&mut model, "\tG");
    let path = model.detail.path().map(str::to_owned);
    press(&mut model, "\u{1b}");
    model.update(Msg::Resize(NARROW));
    assert_eq!(model.detail.lines().len(), 0, "there are no lines to act on");
    press(&mut model, "\n");
    assert!(path.is_some() && model.detail.path() == path.as_deref(), "{path:?}");
}

#[test]
fn what_is_hidden_is_opened_to_be_copied() {
    let (mut model, begin) = Model::new(setting(), NARROW, AT);
    model.update(loaded(page_ticket(&begin), page(0..3, None)));
    press(&mut model, "jy");
    let choices = model.menu_lines();
    let labels: Vec<_> = choices.iter().map(|choice| choice.label.as_str()).collect();
    let group = ["CSV row", "Summary", "Command: show this one", "Command: list (this filter)"];
    assert_eq!(labels, [&["Submission id", "JSON of the list data"][..], &group, &["curl command"]].concat());
    press(&mut model, "j");
    let copied = press(&mut model, "\n").into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    assert!(copied.is_some_and(|text| text.contains("s0001")));
}

#[test]
fn the_model_has_few_fields() {
    let (_, fields) = include_str!("../model.rs").split_once("pub struct Model {").unwrap();
    let (fields, _) = fields.split_once("\n}").unwrap();
    let count = fields.lines().filter(|line| line.trim_start().starts_with("pub(super) ")).count();
    assert!((10..=20).contains(&count), "{count} fields");
}
