//! The keys in the overlay with the pictures: scrolling of cut-outs, two pictures side by side, and keys without effect.

use super::drawn::drawn;
use super::pictures::{arrived, asked, is_wiped, kinds, reviewer_of, with_front, with_front_of, with_mask};
use super::*;
use crate::submission::PictureKind;

/// A record with six places of shown texts, `memo0` to `memo5`, and one that mask `ids` hides.
fn six_places() -> &'static str {
    let place = |name: &str, value: &str, y: usize| {
        let (top, bottom) = (y, y + 15);
        format!(
            r#""{name}":{{"value":"{value}","coordinates":{{"first":{{"x":10,"y":{top}}},"second":{{"x":60,"y":{top}}},
            "third":{{"x":60,"y":{bottom}}},"fourth":{{"x":10,"y":{bottom}}}}}}}"#
        )
    };
    let shown = (0..6).map(|at| place(&format!("memo{at}"), "plain", 20 * at));
    let hidden = place("number", "M12345678", 200);
    let places: Vec<String> = shown.chain([hidden]).collect();
    let record = format!(
        r#"{{"submission_id":"a","data":{{"documentNumber":"M12345678"}},"OCR_raw":{{{}}}}}"#,
        places.join(",")
    );
    Box::leak(record.into_boxed_str())
}

fn at(model: &mut Model, width: u16, height: u16) {
    model.update(Msg::Resize(Size { width, height }));
}

fn footer(model: &Model) -> String {
    drawn(model).lines().last().unwrap_or_default().trim_end().to_owned()
}

/// The line with the names of the pictures, without the marks of unknown ones.
fn names(model: &Model) -> String {
    drawn(model).lines().find(|line| line.contains("ID front")).unwrap_or_default().replace('?', "")
}

/// Lets the requested pictures arrive.
fn let_arrive(model: &mut Model, effects: &[Effect]) -> Vec<Effect> {
    asked(effects).into_iter().flat_map(|(_, ticket)| model.update(arrived(ticket).0)).collect()
}

#[test]
fn every_cut_out_is_reached_by_scrolling_and_the_screen_says_which_are_shown() {
    for (width, height, shown) in [(40, 12, "1 of 6"), (80, 24, "1–4 of 6"), (120, 40, "fields: 6 ·")] {
        let (mut model, _) = with_front_of(Mask::Ids, six_places());
        at(&mut model, width, height);
        let first = drawn(&model);
        assert!(first.contains(shown) && first.contains("memo0 · place inferred"), "{first}");
        assert_eq!(first.contains("j/k scroll"), height < 40, "{first}");
        assert_eq!(footer(&model).contains("j/k"), height < 40, "{first}");
        let mut seen = first;
        for _ in 0..5 {
            press(&mut model, "j");
            seen += &drawn(&model);
        }
        for name in 0..6 {
            assert!(seen.contains(&format!("memo{name} · place inferred")), "{name}: {seen}");
        }
        let last = drawn(&model);
        assert!(last.contains("memo5 · place inferred"), "{last}");
        let pictures = model.pictures().len();
        assert_eq!(pictures, last.matches("place inferred").count(), "{last}");
        press(&mut model, "kkkkkk");
        assert!(drawn(&model).contains("memo0 · place inferred"), "{}", drawn(&model));
        press(&mut model, "jjjjj");
        at(&mut model, 120, 60);
        assert!(drawn(&model).contains("memo0") && drawn(&model).contains("memo5"), "{}", drawn(&model));
    }
}

#[test]
fn side_by_side_the_brackets_move_and_both_stay_revealed() {
    let mut model = with_mask(Mask::Ids);
    let effects = press(&mut model, "2i");
    let_arrive(&mut model, &effects);
    assert!(names(&model).contains("│[ID front] + Selfie  ID back"), "{}", names(&model));
    let effects = press(&mut model, "v");
    assert_eq!(kinds(&effects), [PictureKind::Selfie]);
    let_arrive(&mut model, &effects);
    assert_eq!(model.pictures().len(), 2);
    press(&mut model, "]");
    assert!(names(&model).contains("│ID front + [Selfie]  ID back"), "{}", names(&model));
    assert_eq!(model.pictures().len(), 2, "both are still on the screen");
    // The keys act on the name in brackets.
    let before = model.pictures()[0].part().clone();
    press(&mut model, "r");
    assert!(drawn(&model).contains("Selfie 400×250") && drawn(&model).contains("turned by 90°"), "{}", drawn(&model));
    assert_eq!(*model.pictures()[0].part(), before);
    // One of them leaves the screen, and is hidden.
    press(&mut model, "b");
    assert!(drawn(&model).contains("ID front hidden again"), "{}", drawn(&model));
    assert_eq!(model.pictures().len(), 1);
    press(&mut model, "[");
    assert!(drawn(&model).contains("Selfie hidden again"), "{}", drawn(&model));
    assert!(model.pictures().is_empty());
}

#[test]
fn a_revealed_picture_is_hidden_when_another_one_is_shown() {
    let (mut model, _) = with_front(Mask::Ids);
    press(&mut model, "v");
    assert!(drawn(&model).contains("ID front 400×250"), "{}", drawn(&model));
    press(&mut model, "]");
    assert!(drawn(&model).contains("ID front hidden again"), "{}", drawn(&model));
    press(&mut model, "[");
    assert!(!drawn(&model).contains("400×250") && drawn(&model).contains("name_eng ·"), "{}", drawn(&model));
}

#[test]
fn a_selfie_that_is_not_revealed_yet_is_not_cut_into_places() {
    let mut model = with_mask(Mask::Ids);
    press(&mut model, "2");
    press(&mut model, "i");
    let effects = press(&mut model, "v");
    let (_, ticket) = asked(&effects)[0];
    let (msg, weak) = arrived(ticket);
    model.update(msg);
    let screen = drawn(&model);
    assert!(screen.contains("Selfie: fetched, and shown as soon as the other picture"), "{screen}");
    assert!(model.pictures().is_empty() && !is_wiped(&weak), "{screen}");
}

#[test]
fn a_key_without_effect_says_why_and_is_not_offered() {
    for (keys, words) in [
        ("r", "Only places are shown: nothing to turn · v shows the whole picture"),
        ("+", "Only places are shown: nothing to zoom"),
        ("h", "Only places are shown: nothing to move"),
        ("j", "All places of shown fields are on the screen"),
        ("i", "ID front is fetched already"),
        ("]r", "ID back is not shown: nothing to turn"),
        ("]+", "ID back is not shown: nothing to zoom"),
        ("]i", "The mask hides ID back · v shows it for ten seconds"),
    ] {
        let (mut model, _) = with_front(Mask::Ids);
        press(&mut model, keys);
        let footer = footer(&model);
        assert!(footer.contains(words), "{keys}: {footer}");
        let before = drawn(&model);
        press(&mut model, keys.trim_start_matches(']'));
        assert_eq!(drawn(&model), before, "{keys}: nothing changed");
    }
    for (key, words) in [
        ("i", "At mask all no picture is fetched · m changes the mask"),
        ("v", "At mask all no picture is shown"),
        ("r", "ID front is not shown: nothing to turn"),
        ("j", "ID front is not shown: nothing to move"),
    ] {
        let (mut model, _) = with_front(Mask::Ids);
        press(&mut model, "m");
        press(&mut model, key);
        assert!(footer(&model).contains(words), "{key}: {}", footer(&model));
    }
    for (keys, words) in [
        ("-", "The whole picture is shown"),
        ("h", "The whole width is shown · + zooms in"),
        ("k", "The whole height is shown · + zooms in"),
        ("++++++++++++++++", "This is the closest zoom"),
        ("v", "Nothing is masked"),
    ] {
        let (mut model, _) = with_front(Mask::None);
        press(&mut model, keys);
        assert!(footer(&model).contains(words), "{keys}: {}", footer(&model));
    }
    let (mut model, _) = with_front(Mask::None);
    assert!(!footer(&model).contains("move") && footer(&model).contains("+ zoom"), "{}", footer(&model));
    press(&mut model, "+++");
    assert!(footer(&model).contains("+ or - zoom  h/j/k/l move"), "{}", footer(&model));
    assert!(asked(&press(&mut model, "?")).is_empty());
}

#[test]
fn a_record_without_pictures_says_so_for_each_key() {
    let record = r#"{"submission_id":"a","image":{"idImage":""}}"#;
    let mut model = reviewer_of(ReviewerConfig { mask: Mask::Ids, ..setting() }, record);
    let effects = after(&mut model, Model::cursor_stayed);
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::FetchFullRecord { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let item = Item::from_list("a".into(), Bytes::from(record));
    let result = Ok(RecordAnswer::Found(item));
    model.update(Msg::FullRecordLoaded { ticket: ticket.expect("a request"), id: "a".into(), result, at: AT });
    press(&mut model, "i");
    for key in ["]", "[", "r", "+", "j", "i", "v", "b"] {
        press(&mut model, key);
        assert!(footer(&model).contains("The record "), "{key}: {}", footer(&model));
    }
    model.update(Msg::Clock(AT));
    assert!(!footer(&model).contains("reveal"), "{}", footer(&model));
}

#[test]
fn the_reason_why_a_place_is_not_drawn_is_readable_in_forty_columns() {
    let (mut model, _) = with_front(Mask::Ids);
    at(&mut model, 40, 12);
    press(&mut model, "jjj");
    let screen = drawn(&model);
    let text: Vec<&str> = screen.lines().map(|line| line.trim_matches(|c| c == '│' || c == ' ')).collect();
    let text = text.join(" ");
    assert!(text.contains("gender · not drawn: the place touches that of a hidden field"), "{screen}");
    assert!(text.contains("address · not drawn: a corner is outside of the picture"), "{screen}");
    assert!(text.contains("–3 of 3 ·"), "{screen}");
}

/// Moves the cursor of the OCR tab to the first line of which the screen then contains `words`.
fn to_line(model: &mut Model, words: &str) {
    press(model, "g");
    for _ in 0..60 {
        if drawn(model).contains(words) {
            return;
        }
        press(model, "j");
    }
    panic!("{words}: {}", drawn(model));
}

#[test]
fn a_revealed_value_and_its_place_are_shown_together_and_hidden_together() {
    let hides = |model: &Model| drawn(model).contains("the mask hides value and place");
    let (mut model, _) = with_front_of(Mask::Ids, six_places());
    press(&mut model, "\u{1b}\n3");
    to_line(&mut model, "not drawn: the mask hides value and place · v shows both");
    assert!(model.pictures().is_empty());
    let effects = press(&mut model, "v");
    assert!(drawn(&model).contains("number · place inferred") && !hides(&model), "{}", drawn(&model));
    assert!(drawn(&model).contains("M12345678") && model.pictures().len() == 1, "{}", drawn(&model));
    model.update(timer(&effects, Slot::Reveal).expect("it ends"));
    assert!(hides(&model) && model.pictures().is_empty(), "{}", drawn(&model));
    assert!(!drawn(&model).contains("M12345678"), "{}", drawn(&model));
    press(&mut model, "v");
    press(&mut model, "m");
    assert!(model.pictures().is_empty(), "a mask hides both");
    // The list has the focus: the key does nothing to the line.
    let (mut model, _) = with_front_of(Mask::Ids, six_places());
    press(&mut model, "\u{1b}\n3");
    to_line(&mut model, "v shows both");
    press(&mut model, "\u{1b}");
    assert!(hides(&model) && !drawn(&model).contains("v shows both"), "{}", drawn(&model));
}

#[test]
fn a_place_that_touches_a_hidden_one_is_not_drawn_and_not_offered_with_its_value() {
    let record = six_places().replace(r#""y":200"#, r#""y":205"#);
    let other = r#""number_2":{"value":"M12345678","coordinates":{"first":{"x":10,"y":205},"second":{"x":60,"y":205},
        "third":{"x":60,"y":212},"fourth":{"x":10,"y":212}}}"#;
    let record = record.replacen(r#""OCR_raw":{"#, &format!(r#""OCR_raw":{{{other},"#), 1);
    let (mut model, _) = with_front_of(Mask::Ids, Box::leak(record.into_boxed_str()));
    press(&mut model, "\u{1b}\n3");
    to_line(&mut model, "ID front number");
    assert!(drawn(&model).contains("the mask hides value and place"), "{}", drawn(&model));
    assert!(!drawn(&model).contains("v shows both"), "{}", drawn(&model));
    press(&mut model, "v");
    assert!(drawn(&model).contains("touches that of a hidden field"), "{}", drawn(&model));
    assert!(model.pictures().is_empty());
}

#[test]
fn the_wheel_scrolls_the_places_and_moves_a_picture_like_the_keys() {
    use crossterm::event::{MouseEvent, MouseEventKind};
    let (mut model, _) = with_front_of(Mask::Ids, six_places());
    model.prefs.mouse = true;
    at(&mut model, 40, 12);
    let turn = |kind| MouseEvent { kind, column: 20, row: 6, modifiers: KeyModifiers::NONE };
    for (kind, shown) in [(MouseEventKind::ScrollDown, "memo1 ·"), (MouseEventKind::ScrollUp, "memo0 ·")] {
        model.update(Msg::Mouse(MouseInput::of(turn(kind)).expect("a turn of the wheel")));
        assert!(drawn(&model).contains(shown), "{}", drawn(&model));
    }
    press(&mut model, "M+++");
    let before = model.pictures()[0].part().clone();
    model.update(Msg::Mouse(MouseInput::of(turn(MouseEventKind::ScrollDown)).expect("a turn of the wheel")));
    assert_ne!(*model.pictures()[0].part(), before);
}
