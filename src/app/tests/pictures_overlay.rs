//! The overlay with the pictures: help over it, the names in it, and the record that it needs.

use super::drawn::drawn;
use super::pictures::{arrived, asked, is_wiped, kinds, reviewer_of, with_front, with_mask};
use super::*;
use crate::keys::{Action, Rebinding};
use crate::picture::PictureFault;
use crate::submission::PictureKind;

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
    assert!(drawn(&model).contains("ID front 400×250 · 141 % of fit"), "{}", drawn(&model));
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
        assert!(screen.contains("[ID front?]") && screen.contains("Address?"), "{screen}");
        assert_eq!(screen.contains("? not known whether it exists"), width > 40, "{screen}");
        press(&mut model, "]]");
        assert!(drawn(&model).contains("ID back? [Selfie?] Address?") || width > 40, "{}", drawn(&model));
        press(&mut model, "b");
        let screen = drawn(&model);
        let front = screen.lines().find(|line| line.contains("[Selfie?]")).expect("the names");
        let is_pair = front.contains("ID front?+[Selfie?] ID back? Address?") || width > 40;
        assert!(
            is_pair && front.contains("ID front?") && front.contains("Address?") && !front.contains('…'),
            "{front}"
        );
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

#[test]
fn help_over_the_pictures_lists_only_keys_and_signs_that_hold_there() {
    let (mut model, _) = with_front(Mask::None);
    model.update(Msg::Resize(Size { width: 120, height: 200 }));
    press(&mut model, "?");
    let help = drawn(&model);
    for words in
        ["Turn the picture by 90 degrees", "Suspend to the shell", "Show everything unmasked", "Address?", "fit"]
    {
        assert!(help.contains(words), "{words}: {help}");
    }
    for words in ["Next submission", "Quit", "Edit the filter", "Tab 1", "Filter language", "Search the help"] {
        assert!(!help.contains(words), "{words}: {help}");
    }
}

/// A reviewer that shows the front of the document, with this list data and without a full record.
fn with_list_data(record: &'static str) -> Model {
    let mut model = reviewer_of(ReviewerConfig { mask: Mask::None, ..setting() }, record);
    press(&mut model, "i");
    model
}

#[test]
fn a_question_mark_is_only_after_pictures_of_which_nothing_is_known() {
    let names = |model: &Model| drawn(model).lines().nth(2).unwrap_or_default().to_owned();
    let some = r#"{"submission_id":"a","image":{"idImage":"x","selfieImage":"x"}}"#;
    let mut model = with_list_data(some);
    assert!(names(&model).contains("[ID front]  ID back?   Selfie   Address?   ? not known"), "{}", names(&model));
    // What came, and what the service does not have, is known.
    let effects = press(&mut model, "]");
    model.update(arrived(asked(&effects)[0].1).0);
    assert!(names(&model).contains("[ID back]  Selfie   Address?   ? not known"), "{}", names(&model));
    let effects = press(&mut model, "]]");
    let missing = Failure { kind: FailureKind::NoPicture, ..failure() };
    for (kind, ticket) in asked(&effects) {
        if kind == PictureKind::Address {
            model.update(Msg::PictureLoaded { ticket, result: Err(missing.clone()) });
        }
    }
    assert!(names(&model).contains("[Address]") && !names(&model).contains('?'), "{}", names(&model));
    let all = r#"{"submission_id":"a","image":{"idImage":"x","idBackImage":"x","selfieImage":"x","addressImage":"x"}}"#;
    assert!(!names(&with_list_data(all)).contains('?'));
}

#[test]
fn trying_again_is_offered_only_where_it_can_help() {
    let faults = [
        (PictureFault::CutOff, true),
        (PictureFault::Damaged, true),
        (PictureFault::Kind(None), false),
        (PictureFault::TooManyPixels, false),
        (PictureFault::Unsupported, false),
    ];
    let failures = [(FailureKind::Server, true), (FailureKind::NoPicture, false), (FailureKind::TooLarge, false)];
    let failed = failures.map(|(kind, helps)| (Err(Failure { kind, ..failure() }), helps));
    let results = faults.map(|(fault, helps)| (Ok(Err(fault)), helps)).into_iter().chain(failed);
    for (result, helps) in results {
        for (mask, key, purpose) in
            [(Mask::None, "i", "Press i to try again."), (Mask::Ids, "v", "Press v to try again.")]
        {
            let mut model = with_mask(mask);
            let effects = press(&mut model, "i]");
            let effects = if mask == Mask::Ids { press(&mut model, "v") } else { effects };
            let back = asked(&effects).into_iter().find(|(kind, _)| *kind == PictureKind::Back).expect("a request");
            model.update(Msg::PictureLoaded { ticket: back.1, result: result.clone() });
            let screen = drawn(&model);
            assert!(screen.contains("ID back: not shown"), "{screen}");
            assert_eq!(screen.contains(purpose), helps, "{screen}");
            let asked_again = kinds(&press(&mut model, key));
            assert_eq!(asked_again.contains(&PictureKind::Back), helps, "{screen}");
            assert_eq!(drawn(&model).contains("Fetching this picture again would not help"), !helps, "{screen}");
        }
    }
}

#[test]
fn the_details_name_the_key_for_pictures_where_it_shows_them() {
    let record = r#"{"submission_id":"a","image":{"idImage":"https://images.example.com/1"}}"#;
    let rebound = [Rebinding { action: Action::Pictures, chords: vec!["F9".parse().unwrap()] }];
    let keymap = Keymap::built_in().unwrap().with_changes(&rebound).unwrap();
    for (mask, pictures, words) in [
        (Mask::Ids, true, "These links cannot be downloaded. Press F9 to see the pictures."),
        (Mask::All, true, "These links cannot be downloaded. Pictures come from GET /image only."),
        (Mask::Ids, false, "These links cannot be downloaded. Pictures come from GET /image only."),
    ] {
        let setting = ReviewerConfig { mask, pictures, keymap: keymap.clone(), ..setting() };
        let mut model = reviewer_of(setting, record);
        model.update(Msg::Resize(Size { width: 240, height: 100 }));
        press(&mut model, "7");
        assert!(drawn(&model).contains(words), "{}", drawn(&model));
    }
}
