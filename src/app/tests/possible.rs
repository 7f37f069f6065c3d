//! Which keys the footer offers: those that would do something now.

use super::drawn::drawn;
use super::*;
use crate::keys::{Action, Rebinding};
use crate::overlays::Overlay;

fn with_rows() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    model
}

#[test]
fn copy_is_offered_without_a_row_since_the_command_line_of_the_list_can_be_copied() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..0, None)));
    assert!(model.is_possible(Action::Copy));
    let effects = press(&mut model, "y\n");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
}

#[test]
fn while_an_export_runs_it_can_be_stopped_and_no_other_begins() {
    let mut model = with_rows();
    assert!(model.is_possible(Action::Export) && !model.is_possible(Action::Back));
    press(&mut model, "x\n");
    assert!(!model.is_possible(Action::Export) && model.is_possible(Action::Back));
    press(&mut model, "\u{1b}");
    assert!(!model.is_possible(Action::Back), "it is being stopped");
}

#[test]
fn compare_is_offered_for_two_or_three_different_submissions() {
    let mut model = with_rows();
    let mut offered = vec![model.is_possible(Action::Compare)];
    // Each key marks the row and goes to the next one; the first row is marked alone and stays under the cursor.
    press(&mut model, " ");
    let top = |model: &mut Model| model.select_line(0);
    after(&mut model, top);
    offered.push(model.is_possible(Action::Compare));
    press(&mut model, "j");
    offered.push(model.is_possible(Action::Compare));
    for _ in 0..3 {
        press(&mut model, " ");
        offered.push(model.is_possible(Action::Compare));
    }
    assert_eq!(offered, [false, false, true, true, true, false], "{} marks", model.selection.marks.len());
}

#[test]
fn in_statistics_and_comparison_enter_is_offered_only_where_it_does_something() {
    let mut model = with_rows();
    for key in ["S", " ="] {
        press(&mut model, key);
        let mut offered = Vec::new();
        for _ in 0..60 {
            offered.push(model.is_possible(Action::Open));
            press(&mut model, "j");
        }
        assert!(offered.contains(&true) && offered.contains(&false), "{key}: {offered:?}");
        press(&mut model, "\u{1b}");
    }
}

#[test]
fn a_border_names_no_key_that_is_not_set() {
    let mut model = with_rows();
    let unbound = ["left", "right", "toggle_column", "save_view"];
    let unbound = unbound.map(|action| Rebinding { action: action.parse().expect("an action"), chords: Vec::new() });
    model.config.keymap = model.config.keymap.with_changes(&unbound).expect("a table");
    model.update(Msg::Resize(Size { width: 80, height: 24 }));
    let ids = ["s0000", "s0001", "s0002"].map(Box::from).to_vec();
    after(&mut model, |model| model.compare(ids));
    let text = drawn(&model);
    assert!(text.contains("columns A and B of 3 ") && !text.contains("others"), "{text}");
    model.overlay = Some(Overlay::columns(&model.list_columns()));
    let text = drawn(&model);
    assert!(text.contains("J/K move column  0 reset") && !text.contains("Space"), "{text}");
    model.overlay = None;
    press(&mut model, "V");
    let text = drawn(&model);
    assert!(text.contains(" Views ─"), "{text}");
}

/// A record with trees of four levels in its JSON tab.
const NESTED: &str = r#"{"submission_id":"a","a":{"b":{"c":{"d":1}}}}"#;

fn with_record(record: &'static str, keys: &str) -> Model {
    let (mut model, ticket) = opened();
    let items = vec![Item::from_list("a".into(), Bytes::from(record))];
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, keys);
    model
}

#[test]
fn keys_of_trees_are_offered_where_a_part_is_open_or_closed_and_else_say_why_not() {
    let mut model = with_record(NESTED, "8\t");
    let footer = |model: &Model| drawn(model).lines().last().unwrap_or_default().trim_end().to_owned();
    for (keys, shown, hidden, words) in [
        ("*", "▾ c", "▸", ""),
        ("+", "▾ c", "▸", "Nothing more to expand in this tab"),
        // All levels were opened at once, and the deepest one is closed at once.
        ("-", "▸ c", "d: 1", ""),
        ("-", "▸ b", "c", ""),
        ("_", "▸ a", "b:", ""),
        ("-", "▸ a", "b:", "Nothing more to collapse in this tab"),
        ("+", "▸ b", "c:", ""),
        ("0", "▸ c", "d: 1", ""),
        ("0", "▸ c", "d: 1", "The trees of this tab are as they open"),
    ] {
        press(&mut model, keys);
        let screen = drawn(&model);
        let lines: Vec<String> = model.detail.lines().iter().map(|line| line.line.text().as_str().to_owned()).collect();
        let text = lines.join("\n");
        assert!(text.contains(shown) && !text.contains(hidden), "{keys}: {text}");
        assert_eq!(
            footer(&model).contains("in this tab") || footer(&model).contains("as they open"),
            !words.is_empty()
        );
        assert!(footer(&model).contains(words), "{keys}: {screen}");
        let folds = [Action::Closer, Action::OpenAll].map(|action| model.is_possible(action));
        assert_eq!(folds, [text.contains('▸'); 2], "{keys}: {text}");
        let folds = [Action::Wider, Action::CloseAll].map(|action| model.is_possible(action));
        assert_eq!(folds, [text.contains('▾'); 2], "{keys}: {text}");
    }
    let mut model = with_record(NESTED, "3\t");
    press(&mut model, "+");
    assert!(footer(&model).contains("Nothing more to expand in this tab"), "{}", footer(&model));
}

#[test]
fn tabs_are_offered_only_where_a_submission_is_shown() {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..0, None)));
    assert!(!model.is_possible(Action::NextTab) && !model.is_possible(Action::PreviousTab));
    assert!(with_rows().is_possible(Action::NextTab));
}

#[test]
fn a_timeline_that_is_shown_whole_says_so() {
    let mut model = with_rows();
    press(&mut model, "5\t-");
    assert!(!model.is_possible(Action::Wider) && !model.is_possible(Action::Whole));
    assert!(drawn(&model).contains("The whole time span is shown"), "{}", drawn(&model));
}

#[test]
fn the_way_out_of_a_place_is_in_its_footer_at_each_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut model = with_record(NESTED, "");
        model.update(Msg::Resize(Size { width, height }));
        for (keys, words) in [
            ("V", "Esc close"),
            ("c", "Esc close"),
            ("s", "Esc close"),
            ("y", "Esc close"),
            ("S", "Esc close"),
            ("?", "Esc close"),
            ("x", "Esc cancel"),
            (":", "Esc cancel"),
        ] {
            press(&mut model, keys);
            let screen = drawn(&model);
            assert!(screen.lines().last().unwrap_or_default().contains(words), "{keys}: {screen}");
            press(&mut model, "\u{1b}");
        }
        for tab in ["1", "2", "3", "4", "5", "6", "7", "8"] {
            press(&mut model, tab);
            let is_list = model.prefs.focus == Focus::List;
            press(&mut model, if is_list { "\t" } else { "" });
            let screen = drawn(&model);
            assert!(screen.lines().last().unwrap_or_default().contains("Esc back"), "{tab}: {screen}");
        }
    }
}

#[test]
fn bare_numbers_of_tabs_are_called_keys_while_they_are() {
    let mut model = with_record(NESTED, "2\t");
    let tabs = |model: &mut Model, width| {
        model.update(Msg::Resize(Size { width, height: 24 }));
        drawn(model).lines().find(|line| line.contains("Attempts]")).unwrap_or_default().to_owned()
    };
    assert!(tabs(&mut model, 40).contains("[2:Attempts] 3 4 5 6 7 8  keys 1-8"), "{}", tabs(&mut model, 40));
    assert!(!tabs(&mut model, 120).contains("keys"), "{}", tabs(&mut model, 120));
    let rebound = Rebinding { action: Action::Tab(3), chords: vec!["F9".parse().unwrap()] };
    model.config.keymap = model.config.keymap.with_changes(&[rebound]).expect("a table");
    assert!(!tabs(&mut model, 40).contains("keys"), "{}", tabs(&mut model, 40));
}

#[test]
fn deleting_is_offered_for_saved_views_only() {
    let mut model = with_rows();
    press(&mut model, "V");
    let screen = drawn(&model);
    assert!(!model.is_possible(Action::DeleteView) && !screen.contains("d deletes"), "{screen}");
    assert!(model.is_possible(Action::SaveView));
}
