//! The help page over another overlay: it begins with the keys of overlays, and what is below stays as it was.

use super::drawn::drawn;
use super::*;
use crate::overlays::Overlay;

fn listed_model() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..5, None)));
    model
}

fn esc(model: &mut Model) -> Vec<Effect> {
    model.update(Msg::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)))
}

#[test]
fn the_key_for_help_opens_it_over_each_overlay_without_a_text_field() {
    for (keys, title) in [
        ("s", "╭ Sort by "),
        ("c", "╭ Columns "),
        ("y", "╭ Copy "),
        ("S", "╭ Statistics "),
        ("V", "╭ Views "),
        ("  =", "╭ Compare 2 submissions "),
    ] {
        let mut model = listed_model();
        press(&mut model, keys);
        assert!(drawn(&model).contains(title), "{}", drawn(&model));
        press(&mut model, "j");
        let before = drawn(&model);
        press(&mut model, "?");
        let text = drawn(&model);
        assert!(text.contains("╭ Help ") && text.contains("│ Menus and other windows "), "{text}");
        assert!(!text.contains("?=help"), "it is open: {text}");
        for close in ["?", "q"] {
            press(&mut model, close);
            assert_eq!(drawn(&model), before, "{title} as before");
            press(&mut model, "?");
        }
        esc(&mut model);
        assert_eq!(drawn(&model), before);
        esc(&mut model);
        assert!(model.overlay.is_none());
    }
    let mut model = listed_model();
    press(&mut model, ":?");
    assert!(matches!(model.overlay, Some(Overlay::Palette(_))), "in a text field it is a character");
}

#[test]
fn a_comparison_under_the_help_page_keeps_its_requests_and_takes_their_answers() {
    let mut model = listed_model();
    let effects = press(&mut model, "  =");
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::FetchFullRecord { slot: Slot::Compared(_), ticket, id } => Some((ticket, id)),
        _ => None,
    });
    let (ticket, id) = asked.expect("a request");
    let effects = press(&mut model, "?");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Cancel(_))));
    let item = Item::from_list(id.clone(), Bytes::from(format!(r#"{{"submission_id":"{id}"}}"#))).as_full_record();
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(item)), at: AT });
    esc(&mut model);
    assert!(drawn(&model).contains("full record"), "{}", drawn(&model));
}
