//! The statistics: counted while they are open, and what Enter does with a value.

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
        Item::listed(format!("s{at:04}").into(), Bytes::from(raw))
    };
    Page { items: ids.map(item).collect(), next: Next::Last, mended: false, bytes: 0 }
}

fn text(model: &Model) -> String {
    let size = model.size;
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| model.view(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let line = |y| (0..size.width).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n";
    (0..size.height).map(line).collect()
}

fn statistics() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, rows(0..9)));
    press(&mut model, "S");
    model
}

/// Moves the cursor to the first line with these words.
fn go_to(model: &mut Model, words: &str) {
    let text = text(model);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains('│')).collect();
    let first = lines.iter().position(|line| line.contains("Counted:")).expect("the first line");
    let at = lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}"));
    press(model, &"j".repeat(at - first));
}

#[test]
fn the_shown_rows_are_counted_and_the_title_says_how_much_is_loaded() {
    let model = statistics();
    let text = text(&model);
    assert!(text.contains("Statistics ─ 9 loaded · complete"), "{text}");
    assert!(text.contains("Status · 9 rows") && text.contains("ID type · 0 rows · not fetched for 9"), "{text}");
}

#[test]
fn enter_narrows_the_list_by_the_value_and_asks_for_nothing() {
    let mut model = statistics();
    go_to(&mut model, "rejected");
    assert_eq!(asks(&press(&mut model, "\n")), 0);
    assert_eq!((model.filter.applied().text(), model.rows.rows().len()), ("status:rejected", 3));
    press(&mut model, "S");
    assert!(text(&model).contains("3 shown of 9 loaded") && text(&model).contains("Status · 3 rows"));
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
    let refresh = page_ticket(&after(&mut model, Model::ask_again));
    model.update(loaded(refresh, rows(0..4)));
    assert!(text(&model).contains("Status · 4 rows") || text(&model).contains("Status · 9 rows"));
}

#[test]
fn many_rows_have_numbers_that_can_be_read() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, rows(0..20_000)));
    press(&mut model, "S");
    assert!(text(&model).contains("20,000"), "{}", text(&model));
}
