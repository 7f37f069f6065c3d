//! The export menu after a refusal, and what it says about the whole query.

use super::drawn::drawn;
use super::*;
use crate::export::{ExportOrder, ExportOutcome};
use crate::output::LineFormat;

fn listed_model() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..60, Some(59))));
    model
}

/// The order of an export that the keys start.
fn ordered(effects: Vec<Effect>) -> (Ticket, ExportOrder) {
    let mut orders = effects.into_iter().filter_map(|effect| match effect {
        Effect::Export { ticket, order } => Some((ticket, *order)),
        _ => None,
    });
    orders.next().expect("an export")
}

/// Orders an export to `path` of the entry this many lines below the first.
fn order(model: &mut Model, path: &str, below: usize) -> (Ticket, ExportOrder) {
    press(model, "x");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
    model.update(Msg::Paste(path.to_owned()));
    for _ in 0..below {
        model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    }
    ordered(press(model, "\n"))
}

#[test]
fn a_refused_path_stays_in_its_field_with_the_reason_below_it() {
    let mut model = listed_model();
    let (ticket, _) = order(&mut model, "/nonexist/a", 3);
    let reason = Safe::from_static("there is no folder /nonexist");
    model.update(Msg::ExportEnded { ticket, outcome: ExportOutcome::Refused(reason) });
    let text = drawn(&model);
    let field = text.lines().position(|line| line.contains("File  /nonexist/a")).expect("the field");
    assert!(text.lines().nth(field + 1).unwrap().contains("✗ there is no folder /nonexist"), "{text}");
    // The whole query as CSV is still chosen, and the reason goes when the path changes.
    press(&mut model, "b");
    assert!(!drawn(&model).contains("there is no folder"));
    let (_, order) = ordered(press(&mut model, "\n"));
    assert_eq!((order.path.to_str(), order.format), (Some("/nonexist/ab"), LineFormat::Csv));
    assert!(matches!(order.rows, crate::export::ExportRows::Query(_)));
}

#[test]
fn the_menu_says_only_of_a_path_without_a_folder_that_it_is_in_the_current_folder() {
    for (path, is_said) in [
        ("list.csv", true),
        ("a/list.csv", false),
        ("../list.csv", false),
        ("/a/list.csv", false),
        ("~/list.csv", false),
    ] {
        let mut model = listed_model();
        press(&mut model, "x");
        assert!(drawn(&model).contains("in the current folder"), "{}", drawn(&model));
        model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
        assert!(!drawn(&model).contains("in the current folder"), "without a path: {}", drawn(&model));
        model.update(Msg::Paste(path.to_owned()));
        assert_eq!(drawn(&model).contains("in the current folder"), is_said, "{path}: {}", drawn(&model));
        assert_eq!(drawn(&model).contains("   type to change the path"), !is_said, "{path}: {}", drawn(&model));
    }
}

#[test]
fn a_long_reason_keeps_its_words_on_both_sides_of_the_path() {
    let long = "é한".repeat(60);
    for (reason, words) in [
        (format!("there is no folder {long}"), "✗ there is no folder "),
        (format!("{long} is a symbolic link: name the file itself"), " is a symbolic link: name the file itself"),
    ] {
        let mut model = listed_model();
        let (ticket, _) = order(&mut model, "a", 0);
        model.update(Msg::ExportEnded { ticket, outcome: ExportOutcome::Refused(Safe::sanitize(&reason)) });
        let text = drawn(&model);
        assert!(text.contains(words) && text.contains('…'), "{text}");
    }
}

#[test]
fn in_few_columns_the_menu_says_in_full_whether_the_list_is_complete() {
    for columns in [120, 40] {
        let mut model = listed_model();
        model.update(Msg::Resize(Size { width: columns, height: 12 }));
        press(&mut model, "x");
        let text = drawn(&model);
        assert!(text.contains("60 rows, the list is not complete"), "{text}");
        assert!(
            text.contains("where it is loaded, else list data") || text.contains("full if loaded, else list data"),
            "{text}"
        );
        assert!(text.contains("Masked in the file: ID numbers"), "{text}");
    }
}

#[test]
fn the_whole_query_joins_the_parts_that_the_terms_need_and_the_menu_says_so_before() {
    for (filter, with, words) in [
        ("aml:red-flag", "aml", "all pages, with aml for the filter"),
        ("id:none", "", "fetches all pages"),
        ("kim", "", "fetches all pages"),
        ("type:aml aml:red-flag", "", "fetches all pages"),
    ] {
        let mut model = listed_model();
        let effects = press(&mut model, &format!("f{filter}\n"));
        if filter.contains("type:") {
            model.update(loaded(page_ticket(&effects), page(0..60, None)));
        }
        press(&mut model, "x");
        assert!(drawn(&model).contains(words), "{filter}: {}", drawn(&model));
        let below = if model.rows.rows().is_empty() { 0 } else { 2 };
        for _ in 0..below {
            model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
        }
        let with_parts = if with.is_empty() { String::new() } else { format!(", with {with}") };
        let note = format!("records as the query returns them{with_parts}, fetched page by page");
        assert!(drawn(&model).contains(&note), "{filter}: {}", drawn(&model));
        assert!(!drawn(&model).contains("list data, fetched"), "{filter}");
        press(&mut model, "\u{1b}");
        let (_, order) = order(&mut model, "a.ndjson", below);
        assert!(matches!(order.rows, crate::export::ExportRows::Query(_)), "{filter}");
        assert_eq!(order.with.words(), with, "{filter}");
    }
}

#[test]
fn marked_and_shown_rows_join_nothing_and_a_fetched_part_is_still_needed_for_all_pages() {
    let mut model = listed_model();
    press(&mut model, "faml:red-flag\n");
    let sent = page(0..60, None).items;
    let ids: Vec<String> = sent.iter().filter_map(|item| item.id().map(str::to_owned)).collect();
    let flagged = |id: &String| format!(r#"{{"submission_id":"{id}","aml":{{"currentstatus":"Red Flag"}}}}"#);
    let store = &mut model.listing.current_mut().expect("a list").store;
    let items: Vec<Item> = ids.iter().map(|id| Item::from_list(id.as_str().into(), flagged(id).into())).collect();
    store.take_part(&items, AT);
    store.note_requested(crate::query::RequestType::Aml, ids.iter().map(String::as_str));
    model.update(Msg::Resize(model.size));
    assert_eq!((model.rows.rows().len(), model.term_parts().words().as_str()), (60, "aml"));
    let (ticket, known) = order(&mut model, "a.ndjson", 0);
    assert!(known.with.is_empty());
    model.update(Msg::ExportEnded { ticket, outcome: ExportOutcome::Refused(Safe::from_static("no")) });
    press(&mut model, "\u{1b}");
    assert_eq!(order(&mut model, "a.ndjson", 2).1.with.words(), "aml");
}

#[test]
fn the_command_that_continues_an_export_has_all_its_options_and_hides_what_the_mask_hides() {
    let mut model = listed_model();
    model.config.call_options = vec!["--profile=a b".to_owned()];
    press(&mut model, "ffrom:-7d aml:red-flag\n");
    let (_, sent) = order(&mut model, "-my file.ndjson", 0);
    let call = sent.resume_call.expect("a command line");
    assert_eq!(
        call.as_str(),
        "argos-review export 'from:2026-11-14 aml:red-flag' --out './-my file.ndjson' --output=ndjson --with=aml \
         --mask=ids --resume '--profile=a b'"
    );
    let mut model = listed_model();
    let (_, sent) = order(&mut model, "a.csv", 2);
    let call = sent.resume_call.expect("a command line");
    assert!(call.as_str().contains(&format!("--columns={} ", sent.columns.join(","))), "{}", call.as_str());
    assert!(crate::cli::parse(call.as_str().split(' ').map(Into::into)).is_ok(), "the command line knows it");
    assert!(order_again(&mut model, 0).resume_call.is_none(), "rows in memory are not continued");
    let mut model = listed_model();
    press(&mut model, "f\"kim\"\nm");
    let (_, sent) = order(&mut model, "a.ndjson", 0);
    assert!(sent.resume_call.is_none() && matches!(sent.rows, crate::export::ExportRows::Query(_)));
}

/// Orders another export after the running one has ended.
fn order_again(model: &mut Model, below: usize) -> ExportOrder {
    model.outgoing.export = None;
    order(model, "b.ndjson", below).1
}
