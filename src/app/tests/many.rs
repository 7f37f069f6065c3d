//! Many rows: what a message looks at, what is counted of values that many share, and what is freed or counted later.

use super::drawn::drawn;
use super::*;
use crate::panes::detail::Tab;

/// A page of submissions that all have one token. The first `with_ip` of all have one IP address.
fn company(ids: std::ops::Range<usize>, with_ip: usize, next: Option<usize>) -> Page {
    let item = |at: usize| {
        let ip = if at < with_ip { r#","data":{"ip_address":"198.51.100.7"}"# } else { "" };
        let raw = format!(
            r#"{{"submission_id":"s{at:04}","created_at":"2026-11-20T{:02}:{:02}:00Z","tokenId":"everybody"{ip}}}"#,
            23 - at / 60 % 24,
            59 - at % 60
        );
        Item::from_list(format!("s{at:04}").into(), Bytes::from(raw))
    };
    let next = next.map_or(NextPage::Last, |id| NextPage::More(Cursor { id: id.to_string(), created_at: "x".into() }));
    Page { items: ids.map(item).collect(), next, repaired: false, bytes: 0 }
}

fn model_of(page: Page) -> Model {
    let (mut model, ticket) = opened();
    model.config.cap = 100_000;
    model.update(loaded(ticket, page));
    model
}

/// The words of a tab, with single spaces between them.
fn tab(model: &mut Model, tab: Tab) -> String {
    after(model, |model| model.detail.open_tab(tab));
    let text: String = model.detail.lines().iter().map(|line| format!("{}\n", line.line.text())).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_that_share_a_value_are_counted_though_few_are_listed() {
    let mut model = model_of(company(0..1_200, 0, None));
    let summary = tab(&mut model, Tab::Summary);
    assert!(summary.contains("1,199 with the same token"), "{summary}");
    let details = tab(&mut model, Tab::Details);
    assert!(details.contains("… and 1,099 more"), "{details}");
}

#[test]
fn where_two_values_are_shared_by_many_the_screen_says_at_least() {
    let mut model = model_of(company(0..1_200, 900, None));
    let summary = tab(&mut model, Tab::Summary);
    assert!(summary.contains("1,199 with the same token, 899 with the same IP"), "{summary}");
    let details = tab(&mut model, Tab::Details);
    assert!(details.contains("… and at least "), "{details}");
}

#[test]
fn each_page_looks_up_the_marks_among_its_own_rows_only() {
    let mut model = model_of(company(0..200, 0, Some(3)));
    press(&mut model, &" ".repeat(60));
    let mut effects = after(&mut model, Model::start_load_all);
    let looked_up = |model: &Model| model.selection.marks.looked_up();
    for page in 4..20 {
        let before = looked_up(&model);
        effects = model.update(loaded(page_ticket(&effects), company(page * 50..page * 50 + 50, 0, Some(page))));
        assert!(looked_up(&model) <= before + 50, "page {page}: {}", looked_up(&model) - before);
    }
    assert_eq!(model.selection.marks.title_words().map(String::from).as_deref(), Some("60 marked"));
}

#[test]
fn marks_are_in_the_order_of_the_list_and_the_hidden_ones_follow() {
    let mut model = model_of(company(0..6, 2, None));
    press(&mut model, "      ");
    press(&mut model, "fip:198.51.100.7\n");
    let ids: Vec<Box<str>> = model.marked_submissions().into_iter().map(|one| one.id).collect();
    assert_eq!(model.rows.rows().len(), 2);
    assert_eq!(ids.iter().map(|id| &**id).collect::<Vec<_>>(), ["s0000", "s0001", "s0002", "s0003", "s0004", "s0005"]);
    assert_eq!(model.selection.marks.title_words().map(String::from).as_deref(), Some("6 marked, 4 not shown"));
}

#[test]
fn more_marks_than_can_be_compared_are_a_sentence() {
    let mut model = model_of(company(0..30, 0, None));
    press(&mut model, &" ".repeat(12));
    assert!(!model.can_compare());
    press(&mut model, "=");
    let notice = model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(notice, Some("12 submissions are marked: at most 3 can be compared"));
}

#[test]
fn many_rows_are_counted_in_steps_and_the_statistics_say_so() {
    let mut model = model_of(company(0..12_000, 0, None));
    let mut effects = press(&mut model, "S");
    assert!(drawn(&model).contains("Counted so far: 5,000 rows. Still to be counted: 7,000"), "{}", drawn(&model));
    let mut steps = 1;
    while let Some(next) = timer(&effects, Slot::Statistics) {
        effects = model.update(next);
        steps += 1;
    }
    let text = drawn(&model);
    assert!(text.contains("Counted: the 12,000 rows that the list shows.") && !text.contains("so far"), "{text}");
    let read = model.selection.counted.as_ref().map(|counted| counted.read);
    assert_eq!((read, steps), (Some(12_000), 3), "no row is read twice");
}

#[test]
fn the_memory_of_many_rows_is_freed_by_a_task_and_that_of_few_at_once() {
    for (rows, frees) in [(6_000, true), (60, false)] {
        let mut model = model_of(company(0..rows, 0, None));
        let ticket = page_ticket(&press(&mut model, "ffrom:2026-11-01\n"));
        let effects = model.update(loaded(ticket, company(0..3, 0, None)));
        assert_eq!(effects.iter().any(|effect| matches!(effect, Effect::Discard(_))), frees, "{rows} rows");
        assert_eq!(listed(&model), 3);
    }
}

#[test]
fn esc_cancels_the_page_of_a_load_of_all_pages_with_the_same_message_and_what_comes_later_changes_nothing() {
    let mut model = model_of(company(0..50, 0, Some(49)));
    let running = page_ticket(&after(&mut model, Model::start_load_all));
    let effects = press(&mut model, "\u{1b}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Page))));
    assert_eq!((end(&model), asks(&effects)), (&End::Stopped(Stop::ByUser), 0));
    // The task may have ended at the same time: its page is in the queue behind the key.
    let effects = model.update(loaded(running, company(50..2_050, 0, Some(51))));
    assert_eq!((listed(&model), asks(&effects)), (50, 0));
}
