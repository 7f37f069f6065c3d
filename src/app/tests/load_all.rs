//! Loading all pages: where it stops, the screen asks whether to load more and names the key that does.

use super::drawn::drawn;
use super::*;

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

fn footer(model: &Model) -> String {
    drawn(model).lines().last().unwrap_or_default().trim_end().to_owned()
}

/// A model whose first page is loaded, while the second one is being loaded by the key for all pages.
fn loading_all() -> (Model, Ticket) {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..50, Some(1))));
    let second = page_ticket(&press(&mut model, "L"));
    (model, second)
}

/// Checks at each size that the border has `words`, and that the footer names the key first.
fn asks(model: &mut Model, words: &str) {
    for (width, height) in SIZES {
        model.update(Msg::Resize(Size { width, height }));
        let screen = drawn(model);
        assert!(screen.contains(words), "{words}: {screen}");
        assert!(footer(model).starts_with(" L load all"), "{screen}");
    }
}

#[test]
fn at_the_cap_of_rows_the_screen_asks_and_a_key_answers() {
    let (mut model, second) = loading_all();
    model.update(loaded(second, page(50..100, Some(2))));
    assert_eq!(end(&model), &End::Stopped(Stop::Cap(100)));
    assert!(footer(&model).contains("100 rows are loaded: load more? · L continues"), "{}", footer(&model));
    press(&mut model, "j");
    asks(&mut model, "Load more? L continues ·");
    press(&mut model, "L");
    assert!(!drawn(&model).contains("Load more?"), "{}", drawn(&model));
}

#[test]
fn at_the_cap_of_memory_the_screen_asks_and_a_key_answers() {
    let (mut model, second) = loading_all();
    let heavy = Page { bytes: 300 << 20, ..page(50..60, Some(2)) };
    model.update(loaded(second, heavy));
    assert!(matches!(end(&model), End::Stopped(Stop::Bytes(_))));
    assert!(footer(&model).contains("MB are loaded: load more? · L continues"), "{}", footer(&model));
    press(&mut model, "j");
    asks(&mut model, "Load more? L continues ·");
    assert_eq!(super::asks(&press(&mut model, "L")), 1);
}

#[test]
fn after_a_stop_by_key_the_screen_names_the_key_that_continues() {
    let (mut model, _) = loading_all();
    press(&mut model, "\u{1b}");
    assert_eq!(end(&model), &End::Stopped(Stop::ByUser));
    press(&mut model, "k");
    asks(&mut model, " L continues ·");
}

#[test]
fn where_the_server_repeats_pages_no_key_is_said_to_load_them() {
    let (mut model, second) = loading_all();
    model.update(loaded(second, page(0..50, Some(1))));
    assert!(matches!(end(&model), End::Stopped(why) if !why.may_resume()), "{:?}", end(&model));
    press(&mut model, "fzzz\n");
    let screen = drawn(&model);
    assert!(screen.contains("Not every page is loaded: f changes the filter."), "{screen}");
    assert!(!footer(&model).contains("load all"), "{screen}");
}

#[test]
fn after_a_failure_the_footer_names_the_key_that_retries() {
    for (width, height) in SIZES {
        let (mut model, second) = loading_all();
        model.update(Msg::PageLoaded { ticket: second, result: Err(failure()), at: AT });
        model.update(Msg::Resize(Size { width, height }));
        press(&mut model, "j");
        assert!(footer(&model).contains("r retry"), "{}", drawn(&model));
    }
}
