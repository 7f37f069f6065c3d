//! The pictures of a submission: what is fetched and when, both orders of arrival, and what is wiped.

use std::io;
use std::sync::{Arc, Weak};

use image::{ImageFormat, Rgb, RgbImage};

use super::drawn::drawn;
use super::*;
use crate::access::AccessAction;
use crate::picture::{NoPictures, Picture, PictureFault};
use crate::submission::PictureKind;

/// A record with four places: of a number that mask `ids` hides, of a name that it shows, of a gender whose place lies
/// over that of the number, and of an address with a corner outside of the picture.
const RECORD: &str = r#"{"submission_id":"a","data":{"documentNumber":"M12345678"},"OCR_raw":{"rotate":{"value":"0"},
    "number":{"value":"M12345678","score":90,"coordinates":{"first":{"x":10,"y":10},"second":{"x":90,"y":10},
        "third":{"x":90,"y":30},"fourth":{"x":10,"y":30}}},
    "name_eng":{"value":"KIM MINJUN","score":90,"coordinates":{"first":{"x":100,"y":100},"second":{"x":180,"y":100},
        "third":{"x":180,"y":120},"fourth":{"x":100,"y":120}}},
    "gender":{"value":"M","score":90,"coordinates":{"first":{"x":80,"y":20},"second":{"x":95,"y":20},
        "third":{"x":95,"y":28},"fourth":{"x":80,"y":28}}},
    "address":{"value":"1 Sample Street","score":90,"coordinates":{"first":{"x":300,"y":200},"second":{"x":900,"y":200},
        "third":{"x":900,"y":220},"fourth":{"x":300,"y":220}}}}}"#;

fn reviewer(setting: ReviewerConfig) -> Model {
    reviewer_of(setting, RECORD)
}

pub(super) fn reviewer_of(setting: ReviewerConfig, record: &'static str) -> Model {
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    let items = vec![Item::from_list("a".into(), Bytes::from(record)), item("b")];
    model.update(loaded(page_ticket(&begin), Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    model
}

pub(super) fn with_mask(mask: Mask) -> Model {
    reviewer(ReviewerConfig { mask, ..setting() })
}

/// The pictures that effects ask for.
pub(super) fn asked(effects: &[Effect]) -> Vec<(PictureKind, Ticket)> {
    let each = effects.iter().filter_map(|effect| match effect {
        Effect::FetchPicture { slot, ticket, id, kind } => {
            assert_eq!((*slot, &**id), (Slot::Picture(*kind), "a"));
            Some((*kind, *ticket))
        }
        _ => None,
    });
    each.collect()
}

pub(super) fn kinds(effects: &[Effect]) -> Vec<PictureKind> {
    asked(effects).into_iter().map(|(kind, _)| kind).collect()
}

/// The answer to a request, and how to find out whether its picture is still in memory.
pub(super) fn arrived(ticket: Ticket) -> (Msg, Weak<Picture>) {
    let pixels = RgbImage::from_fn(400, 250, |x, _| Rgb([u8::try_from(x % 256).unwrap(), 90, 30]));
    let mut bytes = io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let picture = Arc::new(Picture::decode(bytes.get_ref()).unwrap());
    let weak = Arc::downgrade(&picture);
    (Msg::PictureLoaded { ticket, result: Ok(Ok(picture)) }, weak)
}

/// A reviewer at a mask level that shows the front of the document.
pub(super) fn with_front(mask: Mask) -> (Model, Weak<Picture>) {
    with_front_of(mask, RECORD)
}

pub(super) fn with_front_of(mask: Mask, record: &'static str) -> (Model, Weak<Picture>) {
    let mut model = reviewer_of(ReviewerConfig { mask, ..setting() }, record);
    let (kind, ticket) = asked(&press(&mut model, "i"))[0];
    assert_eq!(kind, PictureKind::Front);
    let (msg, weak) = arrived(ticket);
    model.update(msg);
    assert!(weak.upgrade().is_some());
    (model, weak)
}

/// A way to leave a picture that is being fetched.
type ModelCall<'a> = &'a dyn Fn(&mut Model) -> Vec<Effect>;

pub(super) fn is_wiped(weak: &Weak<Picture>) -> bool {
    weak.upgrade().is_none()
}

/// A change of the model by its name.
type Changed<'a> = (&'static str, &'a dyn Fn(&mut Model));

#[test]
fn only_keys_for_pictures_fetch_and_each_picture_is_fetched_once() {
    let mut model = with_mask(Mask::None);
    assert_eq!(kinds(&press(&mut model, "jk2345678[]zz\n")), []);
    press(&mut model, "\u{1b}");
    press(&mut model, "7");
    assert_eq!(kinds(&press(&mut model, "i")), [PictureKind::Front]);
    assert_eq!(kinds(&press(&mut model, "i")), [], "it is on its way");
    use PictureKind::{Address, Back, Selfie};
    assert_eq!(kinds(&press(&mut model, "]]]]]+-hjklr")), [Back, Selfie, Address]);
    let screen = drawn(&model);
    assert!(screen.contains("? not known whether it exists"), "{screen}");
}

#[test]
fn a_sentence_says_why_no_picture_is_fetched() {
    let off = ReviewerConfig { pictures: false, mask: Mask::None, ..setting() };
    let mono = ReviewerConfig { drawing: Err(NoPictures::Mono), mask: Mask::None, ..setting() };
    let file = OpenedFile { name: Safe::from_static("a.ndjson"), at: AT };
    let offline = ReviewerConfig { file: Some(file), mask: Mask::None, ..setting() };
    let all = ReviewerConfig { mask: Mask::All, ..setting() };
    for (setting, words) in [
        (off, "Pictures are off"),
        (mono, "Pictures need colours"),
        (offline, "offline nothing is fetched"),
        (all, "At mask all no picture is fetched"),
    ] {
        let mut model = reviewer(setting);
        assert_eq!(kinds(&press(&mut model, "i")), [], "{words}");
        let screen = drawn(&model);
        assert!(screen.contains(words) && model.overlay.is_none(), "{screen}");
    }
}

#[test]
fn an_answer_that_comes_too_late_is_wiped() {
    let close = |model: &mut Model| press(model, "\u{1b}");
    let mask = |model: &mut Model| press(model, "m");
    let stop = |model: &mut Model| model.update(Msg::Stop);
    let resume = |model: &mut Model| model.update(Msg::Resumed);
    let unrecorded = |model: &mut Model| model.update(Msg::Unrecorded);
    let leave = |model: &mut Model| after(model, |model| model.select_by(1));
    let ways: [(&str, ModelCall<'_>); 6] = [
        ("close", &close),
        ("mask", &mask),
        ("stop", &stop),
        ("resume", &resume),
        ("unrecorded", &unrecorded),
        ("leave", &leave),
    ];
    for (name, way) in ways {
        let mut model = with_mask(Mask::None);
        press(&mut model, "i]");
        let (kind, ticket) =
            (PictureKind::Back, model.selection.pictures.of(PictureKind::Back).request().unwrap().ticket);
        if name == "mask" {
            press(&mut model, "m");
        }
        let effects = way(&mut model);
        let is_cancelled =
            effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::Picture(own)) if *own == kind));
        assert!(is_cancelled || name == "mask", "{name}");
        let (msg, weak) = arrived(ticket);
        model.update(msg);
        assert!(is_wiped(&weak) && model.pictures().is_empty(), "{name}");
    }
}

#[test]
fn a_fetched_picture_is_wiped_when_it_may_not_be_shown_any_more() {
    let ways: [Changed<'_>; 5] = [
        ("mask all", &|model| {
            press(model, "m");
            press(model, "m");
        }),
        ("stop", &|model| drop(model.update(Msg::Stop))),
        ("resume", &|model| drop(model.update(Msg::Resumed))),
        ("blank", &|model| drop(after(model, Model::blank))),
        ("leave", &|model| drop(after(model, |model| model.select_by(1)))),
    ];
    for (name, way) in ways {
        let (mut model, weak) = with_front(Mask::None);
        assert!(!model.pictures().is_empty(), "{name}");
        way(&mut model);
        assert!(is_wiped(&weak) && model.pictures().is_empty(), "{name}");
        assert!(asked(&model.update(Msg::Clock(AT))).is_empty(), "{name}: nothing is fetched by itself");
    }
}

#[test]
fn after_closing_only_the_front_stays_for_the_places_of_the_ocr_tab() {
    let (mut model, front) = with_front(Mask::None);
    let (_, ticket) = asked(&press(&mut model, "]"))[0];
    let (msg, back) = arrived(ticket);
    model.update(msg);
    press(&mut model, "\u{1b}");
    assert!(!is_wiped(&front) && is_wiped(&back));
    assert_eq!(kinds(&press(&mut model, "i")), [], "the front is still there");
    press(&mut model, "\u{1b}");
    press(&mut model, "j");
    assert!(is_wiped(&front));
}

#[test]
fn at_ids_a_selfie_is_fetched_only_to_be_revealed_for_ten_seconds() {
    let mut model = with_mask(Mask::Ids);
    press(&mut model, "i");
    assert_eq!(kinds(&press(&mut model, "]]")), [], "neither back nor selfie");
    assert!(drawn(&model).contains("not fetched, since mask ids hides it"), "{}", drawn(&model));
    let effects = press(&mut model, "v");
    let (kind, ticket) = asked(&effects)[0];
    assert_eq!(kind, PictureKind::Selfie);
    let deed =
        |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Record(AccessAction::Reveal, _)));
    assert!(!deed(&effects), "nothing is shown yet");
    let (msg, weak) = arrived(ticket);
    let effects = model.update(msg);
    assert!(deed(&effects) && !model.pictures().is_empty());
    model.update(timer(&effects, Slot::Reveal).expect("it ends"));
    assert!(is_wiped(&weak) && model.pictures().is_empty());
}

#[test]
fn at_ids_the_front_is_shown_only_in_places_of_shown_fields() {
    let (mut model, weak) = with_front(Mask::Ids);
    let screen = drawn(&model);
    assert!(screen.contains("name_eng · place inferred"), "{screen}");
    assert!(screen.contains("gender · not drawn: the place touches that of a hidden field"), "{screen}");
    assert!(screen.contains("address · not drawn: a corner is outside of the picture"), "{screen}");
    assert!(!screen.contains("number ·"), "{screen}");
    assert_eq!(model.pictures().len(), 1, "the name alone");
    let effects = press(&mut model, "v");
    assert!(drawn(&model).contains("ID front 400×250 · fit"), "{}", drawn(&model));
    model.update(timer(&effects, Slot::Reveal).expect("it ends"));
    assert!(!drawn(&model).contains("400×250") && !is_wiped(&weak));
    press(&mut model, "M");
    assert!(drawn(&model).contains("ID front 400×250"), "{}", drawn(&model));
}

/// A record whose document is turned in the picture as sent. The place of the gender is that of the number if the
/// corners are meant without the turn.
const TURNED: &str = r#"{"submission_id":"a","data":{"documentNumber":"M12345678"},"OCR_raw":{"rotate":{"value":"270"},
    "number":{"value":"M12345678","score":90,"coordinates":{"first":{"x":10,"y":10},"second":{"x":90,"y":10},
        "third":{"x":90,"y":30},"fourth":{"x":10,"y":30}}},
    "name_eng":{"value":"KIM MINJUN","score":90,"coordinates":{"first":{"x":100,"y":300},"second":{"x":180,"y":300},
        "third":{"x":180,"y":320},"fourth":{"x":100,"y":320}}},
    "gender":{"value":"M","score":90,"coordinates":{"first":{"x":225,"y":40},"second":{"x":235,"y":40},
        "third":{"x":235,"y":50},"fourth":{"x":225,"y":50}}}}}"#;

#[test]
fn a_place_in_a_turned_picture_is_counted_after_turning_it_back() {
    for mask in [Mask::None, Mask::Ids] {
        let (mut model, _) = with_front_of(mask, TURNED);
        let screen = drawn(&model);
        if mask == Mask::Ids {
            assert!(screen.contains("name_eng · place inferred"), "{screen}");
            assert!(screen.contains("gender · not drawn: the place touches that of a hidden field"), "{screen}");
            assert_eq!(model.pictures().len(), 1, "the name alone");
        }
        press(&mut model, "\u{1b}");
        press(&mut model, "\n3g");
        let drawn_place = (0..40).find_map(|_| {
            press(&mut model, "j");
            drawn(&model).contains("name_eng · place inferred").then(|| model.pictures()[0].part().size())
        });
        let size = drawn_place.expect("the place of the name");
        assert_eq!((size.width, size.height), (80, 20), "upright");
    }
}

#[test]
fn at_ids_no_place_is_drawn_if_that_of_a_hidden_field_cannot_be_read() {
    for corner in [r#""x":"NaN""#, r#""x":1e999"#, r#""x":"left""#, r#""x":null"#, r#""x":{}"#] {
        let record = RECORD.replace(r#""first":{"x":10,"#, &format!(r#""first":{{{corner},"#));
        assert_ne!(record, RECORD);
        let (model, _) = with_front_of(Mask::Ids, Box::leak(record.into_boxed_str()));
        let screen = drawn(&model);
        assert!(screen.contains("name_eng · not drawn: the place of a hidden field cannot be read"), "{screen}");
        assert!(model.pictures().is_empty(), "{corner}");
    }
}

#[test]
fn pictures_are_closed_when_another_submission_is_shown_below_them() {
    let mut model = with_mask(Mask::Ids);
    after(&mut model, |model| model.select_by(1));
    assert_eq!(kinds(&press(&mut model, "i")), []);
    let words = "ID front: not fetched: what mask ids shows of it is not known (full record not fetched)";
    assert!(drawn(&model).contains(words), "{}", drawn(&model));
    after(&mut model, |model| model.select_by(-1));
    assert!(!drawn(&model).contains("Pictures"), "{}", drawn(&model));
}

#[test]
fn the_ocr_tab_shows_the_place_of_the_field_under_the_cursor() {
    for mask in [Mask::None, Mask::Ids] {
        let (mut model, _) = with_front(mask);
        press(&mut model, "\u{1b}");
        press(&mut model, "\n3g");
        let mut words = Vec::new();
        for _ in 0..40 {
            press(&mut model, "j");
            words.push(drawn(&model));
        }
        let number = words.iter().any(|screen| screen.contains("ID front") && screen.contains("place inferred"));
        assert!(number, "{}", words[0]);
        let hidden = words.iter().any(|screen| screen.contains("not drawn: the mask hides value and place"));
        assert_eq!(hidden, mask == Mask::Ids);
        assert!(words.iter().any(|screen| screen.contains("not drawn: a corner is outside of the picture")));
        press(&mut model, "m");
        press(&mut model, if mask == Mask::None { "m" } else { "" });
        assert!(!drawn(&model).contains("ID front"), "{}", drawn(&model));
    }
}

#[test]
fn attempts_show_the_selfie_beside_the_document() {
    let mut model = with_mask(Mask::None);
    press(&mut model, "2");
    assert_eq!(kinds(&press(&mut model, "i")), [PictureKind::Front, PictureKind::Selfie]);
    press(&mut model, "b");
    assert_eq!(kinds(&press(&mut model, "b")), [], "both were asked for");
}

#[test]
fn a_failure_is_said_and_the_key_fetches_again() {
    let mut model = with_mask(Mask::None);
    let (_, ticket) = asked(&press(&mut model, "i"))[0];
    model.update(Msg::PictureLoaded { ticket, result: Err(failure()) });
    let screen = drawn(&model);
    assert!(screen.contains("ID front: not shown") && screen.contains("It failed."), "{screen}");
    press(&mut model, "]");
    assert_eq!(kinds(&press(&mut model, "[")), [], "turning back fetches nothing that failed");
    let (_, ticket) = asked(&press(&mut model, "i"))[0];
    model.update(Msg::PictureLoaded { ticket, result: Ok(Err(PictureFault::CutOff)) });
    let screen = drawn(&model);
    assert!(screen.contains("The picture is cut off."), "{screen}");
}

#[test]
fn the_front_opens_upright_if_the_record_says_its_angle_and_turns_from_there() {
    let (mut model, _) = with_front_of(Mask::None, TURNED);
    let turned = |model: &Model| {
        let size = model.pictures()[0].part().size();
        (size.width, size.height)
    };
    let words = "ID front 400×250 · fit · turned by 90°, as the OCR read it";
    assert!(drawn(&model).contains(words), "{}", drawn(&model));
    assert_eq!(turned(&model), (250, 400));
    for (words, size) in [
        ("fit · turned by 180° ", (400, 250)),
        ("fit · turned by 270° ", (250, 400)),
        ("fit · as it was sent ", (400, 250)),
        ("fit · turned by 90°, as the OCR read it ", (250, 400)),
    ] {
        press(&mut model, "r");
        assert!(drawn(&model).contains(words), "{words}: {}", drawn(&model));
        assert_eq!(turned(&model), size, "{words}");
    }
    // The angle is that of the front alone.
    let (_, ticket) = asked(&press(&mut model, "]"))[0];
    let (msg, _) = arrived(ticket);
    model.update(msg);
    assert!(drawn(&model).contains("ID back 400×250 · fit ─"), "{}", drawn(&model));
    let (model, _) = with_front(Mask::None);
    assert!(drawn(&model).contains("ID front 400×250 · fit ─"), "{}", drawn(&model));
}
