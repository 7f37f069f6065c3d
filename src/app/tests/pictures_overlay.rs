//! The overlay with the pictures: help over it, the names in it, and the record that it needs.

use super::drawn::drawn;
use super::pictures::{is_wiped, kinds, with_front, with_mask};
use super::*;

#[test]
fn help_lies_over_the_pictures_and_gives_them_back() {
    let (mut model, weak) = with_front(Mask::None);
    let before = drawn(&model);
    assert_eq!(kinds(&press(&mut model, "+?")), []);
    let help = drawn(&model);
    let own = help.find("Turn the picture by 90 degrees").expect("its own keys");
    assert!(help.find("Next submission").is_none_or(|other| own < other), "{help}");
    assert!(!is_wiped(&weak));
    press(&mut model, "/rotate\n");
    assert!(drawn(&model).contains("search: rotate") && !drawn(&model).contains("side by side"), "{}", drawn(&model));
    // The first one ends the search.
    press(&mut model, "\u{1b}\u{1b}");
    assert!(drawn(&model).contains("ID front 400×250 · 141 %"), "{}", drawn(&model));
    press(&mut model, "-");
    assert_eq!(drawn(&model), before);
    press(&mut model, "??");
    assert_eq!(drawn(&model), before, "its own key closes it, too");
    press(&mut model, "?m");
    press(&mut model, "m");
    assert!(is_wiped(&weak), "a mask wipes them below the help");
    press(&mut model, "qq");
    assert!(model.overlay.is_none());
}

#[test]
fn the_names_of_the_pictures_fit_on_every_screen() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let mut model = with_mask(Mask::None);
        model.update(Msg::Resize(Size { width, height }));
        press(&mut model, "i");
        let screen = drawn(&model);
        assert!(screen.contains("[ID front]") && screen.contains("Address"), "{screen}");
        assert_eq!(screen.contains("Which of them exist is not known."), width > 40, "{screen}");
        press(&mut model, "]]");
        assert!(drawn(&model).contains("ID back [Selfie] Address") || width > 40, "{}", drawn(&model));
        press(&mut model, "b");
        let screen = drawn(&model);
        let front = screen.lines().find(|line| line.contains("[ID front]")).expect("the names");
        assert!(front.contains("[Selfie]") && front.contains("Address") && !front.contains('…'), "{front}");
    }
}

#[test]
fn where_the_detail_pane_is_hidden_the_pictures_have_the_full_record_fetched() {
    let mut model = with_mask(Mask::None);
    model.update(Msg::Resize(Size { width: 80, height: 24 }));
    assert!(!model.detail_is_visible());
    let fetches = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::FetchFullRecord { .. }));
    assert!(!fetches(&after(&mut model, Model::cursor_stayed)));
    press(&mut model, "i");
    assert!(fetches(&after(&mut model, Model::cursor_stayed)));
}
