//! The statistics: counted while they are open, and what Enter does with a value.

use super::drawn::drawn;
use super::*;
use crate::overlays::Overlay;
use crate::panes::filter::Editor;

fn rows(ids: std::ops::Range<usize>) -> Page {
    let item = |at: usize| {
        let status = if at.is_multiple_of(3) { "rejected" } else { "pending" };
        let raw = format!(
            r#"{{"submission_id":"s{at:04}","created_at":"2026-11-2{}T09:00:00Z","kyc":{{"result":"{status}"}}}}"#,
            at % 2
        );
        Item::from_list(format!("s{at:04}").into(), Bytes::from(raw))
    };
    Page { items: ids.map(item).collect(), next: NextPage::Last, repaired: false, bytes: 0 }
}

fn statistics() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, rows(0..9)));
    press(&mut model, "S");
    model
}

/// Moves the cursor to the first line with these words.
fn go_to(model: &mut Model, words: &str) {
    let text = drawn(model);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains('│')).collect();
    let first = lines.iter().position(|line| line.contains("Counted:")).expect("the first line");
    let at = lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}"));
    press(model, &"j".repeat(at - first));
}

#[test]
fn the_shown_rows_are_counted_and_the_title_says_how_much_is_loaded() {
    let model = statistics();
    let text = drawn(&model);
    assert!(text.contains("Statistics ─ 9 loaded · complete"), "{text}");
    assert!(text.contains("Status · 9 rows") && text.contains("ID type · known for none of 9 rows"), "{text}");
}

#[test]
fn enter_narrows_the_list_by_the_value_and_asks_for_nothing() {
    let mut model = statistics();
    go_to(&mut model, "→ rejected");
    assert_eq!(asks(&press(&mut model, "\n")), 0);
    assert_eq!((model.filter.applied().text(), model.rows.rows().len()), ("status:rejected", 3));
    press(&mut model, "S");
    assert!(drawn(&model).contains("3 shown of 9 loaded") && drawn(&model).contains("Status · 3 rows"));
}

#[test]
fn enter_on_a_day_puts_it_into_the_bar_and_nothing_is_fetched_before_it_is_confirmed() {
    let mut model = statistics();
    go_to(&mut model, "2026-11-21");
    assert_eq!(asks(&press(&mut model, "\n")), 0);
    assert_eq!(model.filter.editor().map(Editor::text), Some("on:2026-11-21"));
    assert_eq!(model.filter.applied().text(), "");
    assert_eq!(asks(&press(&mut model, "\n")), 1);
}

#[test]
fn it_counts_again_after_a_change_only() {
    let mut model = statistics();
    let basis = |model: &Model| model.rows.version();
    let before = basis(&model);
    press(&mut model, "jjk");
    assert_eq!(basis(&model), before);
    assert!(matches!(model.overlay, Some(Overlay::Statistics(_))));
    let refresh = page_ticket(&after(&mut model, Model::request_refresh));
    model.update(loaded(refresh, rows(0..4)));
    assert!(drawn(&model).contains("Status · 4 rows") || drawn(&model).contains("Status · 9 rows"));
}

#[test]
fn while_pages_come_only_new_rows_are_counted_and_the_counts_are_those_of_all() {
    let more = |ids: std::ops::Range<usize>, last: usize| {
        let next = NextPage::More(Cursor { id: last.to_string(), created_at: "x".into() });
        Page { next, ..rows(ids) }
    };
    let (mut model, first) = opened();
    model.update(loaded(first, more(0..50, 49)));
    press(&mut model, "S");
    let read = |model: &Model| model.selection.counted.as_ref().map(|counted| counted.read);
    assert_eq!(read(&model), Some(50));
    model.config.cap = 10_000;
    let mut effects = after(&mut model, Model::start_load_all);
    for page in 1..9 {
        let ids = page * 50..(page + 1) * 50;
        effects = model.update(loaded(page_ticket(&effects), more(ids, page)));
    }
    assert_eq!((read(&model), model.rows.rows().len()), (Some(450), 450));
    let counted = drawn(&model);
    assert!(counted.contains("Counted: the 450 rows that the list shows."), "{counted}");
    press(&mut model, "\u{1b}S");
    assert_eq!(drawn(&model), counted, "as if counted at once");
    // A page that has other values of a counted row: the old values do not stay in the counts.
    let mut page = more(450..460, 9);
    let raw = r#"{"submission_id":"s0001","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"approved"}}"#;
    page.items.push(Item::from_list("s0001".into(), Bytes::from(raw)));
    model.update(loaded(page_ticket(&effects), page));
    let counted = drawn(&model);
    press(&mut model, "\u{1b}S");
    assert_eq!(drawn(&model), counted);
    assert!(counted.contains("approved"), "{counted}");
}

#[test]
fn a_filter_that_hides_counted_rows_and_a_mask_count_again() {
    let mut model = statistics();
    press(&mut model, "m");
    assert!(drawn(&model).contains("Status · 9 rows"));
    press(&mut model, "\u{1b}fstatus:rejected\n");
    model.overlay = Some(Overlay::statistics());
    after(&mut model, |_| {});
    assert!(drawn(&model).contains("Status · 3 rows"), "{}", drawn(&model));
}

#[test]
fn many_rows_have_numbers_that_can_be_read() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, rows(0..20_000)));
    let mut effects = press(&mut model, "S");
    while let Some(next) = timer(&effects, Slot::Statistics) {
        effects = model.update(next);
    }
    assert!(drawn(&model).contains("20,000"), "{}", drawn(&model));
}
