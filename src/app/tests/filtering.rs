//! Opening the filter bar for a further term, and clearing the filter.

use super::*;

fn with_filter(filter: &str) -> (Model, Ticket) {
    let setting = ReviewerConfig { filter: filter.to_owned(), ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    let ticket = page_ticket(&begin);
    model.update(loaded(ticket, page(0..3, None)));
    (model, ticket)
}

fn text(model: &Model) -> &str {
    model.filter.displayed().text()
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn a_slash_in_the_list_adds_a_term_and_f_edits_the_last_one() {
    let (mut model, _) = with_filter("status:pending nat:KOR");
    press(&mut model, "/kim");
    assert_eq!(text(&model), "status:pending nat:KOR kim");
    press(&mut model, "\u{1b}");
    assert_eq!(text(&model), "status:pending nat:KOR");
    press(&mut model, "f,VNM");
    assert_eq!(text(&model), "status:pending nat:KOR,VNM");
    press(&mut model, "\n/\n");
    assert_eq!(text(&model), "status:pending nat:KOR,VNM", "a blank alone changes nothing");
    let (mut model, _) = opened();
    press(&mut model, "/kim\n/lee\n");
    assert_eq!(text(&model), "kim lee");
}

#[test]
fn the_bar_names_a_text_by_itself_and_a_date_by_its_key_and_day() {
    let (mut model, _) = with_filter("from:-1d !\"a rather long text\"");
    model.size = Size { width: 260, height: 40 };
    let screen = drawn::drawn(&model);
    let names = "from: (2026-11-20) filtered by server · !\"a rather lo…\" filtered in loaded rows ";
    assert!(screen.contains(names), "{screen}");
    press(&mut model, "m");
    let screen = drawn::drawn(&model);
    assert!(screen.contains("· text filtered in loaded rows ") && !screen.contains("a rather"), "{screen}");
}

#[test]
fn a_narrow_bar_leaves_out_the_dates_before_the_names_and_cuts_none() {
    let (mut model, _) = with_filter("from:-28d status:pending");
    for (width, names) in [
        (120, "  from: (2026-10-24) filtered by server · status: filtered in loaded rows "),
        (100, "  from: filtered by server · status: filtered in loaded rows "),
        (90, "  status: filtered in loaded rows "),
    ] {
        model.size = Size { width, height: 40 };
        let screen = drawn::drawn(&model);
        assert!(screen.contains(names), "{width}: {screen}");
    }
    model.size = Size { width: 60, height: 40 };
    let screen = drawn::drawn(&model);
    assert!(!screen.contains("filtered"), "{screen}");
}

#[test]
fn the_bar_names_what_the_server_filters_by_and_says_whether_the_rows_answer_it() {
    let (mut model, _) = with_filter("from:-7d count:200");
    model.size = Size { width: 200, height: 40 };
    let bar = |model: &Model| drawn::drawn(model).lines().nth(1).unwrap_or_default().to_owned();
    let answered = bar(&model);
    assert!(answered.contains("from: (2026-11-14) filtered by server"), "{answered}");
    assert!(
        !answered.contains("count:, ") && !answered.contains(", count:"),
        "it only changes the request: {answered}"
    );
    press(&mut model, "f");
    assert!(bar(&model).contains("(2026-11-14) filtered by server"), "nothing else is typed yet: {}", bar(&model));
    press(&mut model, " to:-1d");
    assert!(bar(&model).contains("will be filtered by server"), "{}", bar(&model));
}

#[test]
fn a_narrow_bar_leaves_out_the_whole_key_clause_before_it_cuts_a_note() {
    let (mut model, _) = with_filter("from:-7d kim");
    let long = " │ 3 of 3 rows not fully loaded: \"kim\" may be in them";
    for (width, rest) in [
        (
            200,
            " · D fetches missing values (3 requests) · from: (2026-11-14) filtered by server · \"kim\" filtered in loaded rows ",
        ),
        (176, " · D fetches missing values (3 requests) · from: filtered by server · \"kim\" filtered in loaded rows "),
        (150, " · D fetches values (3 requests) · \"kim\" filtered in loaded rows "),
        (120, " · D fetches missing values (3 requests)"),
        (108, " · D fetches values (3 requests)"),
        (80, ""),
    ] {
        model.size = Size { width, height: 40 };
        let screen = drawn::drawn(&model);
        let bar = screen.lines().find(|line| line.starts_with(" Filter ")).expect("the bar");
        assert!(bar.contains("from:-7d kim"), "{width}: {bar}");
        assert!(bar.contains(&format!("{long}{rest}")), "{width}: {bar}");
    }
    press(&mut model, "m");
    let screen = drawn::drawn(&model);
    assert!(!screen.contains("\"kim\""), "{screen}");
}

#[test]
fn clearing_asks_the_service_if_it_had_applied_a_term() {
    let (mut model, _) = with_filter("from:-7d status:pending");
    let effects = press(&mut model, "F");
    assert_eq!((asks(&effects), text(&model), notice(&model)), (1, "", "Filter cleared"));
    let Some(Effect::FetchPage { params, .. }) = effects.iter().find(|it| matches!(it, Effect::FetchPage { .. }))
    else {
        panic!("a page is asked for")
    };
    assert!(params.pairs(None).is_empty());
    assert!(!model.listing.is_current(), "the rows belong to the previous query until the answer comes");
}

#[test]
fn clearing_local_terms_shows_all_rows_at_once() {
    let (mut model, _) = with_filter("nat:KOR");
    assert_eq!(model.rows.rows().len(), 0);
    let effects = press(&mut model, "F");
    assert_eq!((asks(&effects), model.rows.rows().len()), (0, 3));
}

#[test]
fn clearing_says_if_nothing_is_applied_and_the_history_brings_a_filter_back() {
    let (mut model, _) = with_filter("");
    let effects = press(&mut model, "F");
    assert_eq!((asks(&effects), notice(&model)), (0, "No filter is applied"));
    let (mut model, _) = with_filter("status:pending");
    press(&mut model, "\tF");
    assert_eq!(model.prefs.focus, Focus::List, "as after Enter in the bar");
    press(&mut model, "f");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Up, KeyModifiers::NONE)));
    assert_eq!(text(&model), "status:pending");
}

#[test]
fn a_letter_f_in_the_bar_is_typed() {
    let (mut model, _) = with_filter("");
    press(&mut model, "fF");
    assert_eq!(text(&model), "F");
}
