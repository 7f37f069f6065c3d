//! The export menu after a refusal, and what it says about the whole query.

use super::words::drawn;
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
