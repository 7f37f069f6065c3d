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
    assert!(text.contains("· J K move · 0 reset") && !text.contains("· Space show"), "{text}");
    model.overlay = None;
    press(&mut model, "V");
    let text = drawn(&model);
    assert!(text.contains(" Views · Enter opens · d deletes "), "{text}");
}
