use super::super::{Safe, SanitizerFindings};
use argos_testkit::corpus::ORDINARY;

#[test]
fn ordinary_text_stays_unmarked_and_unchanged() {
    for text in ORDINARY {
        let safe = Safe::sanitize(text);
        assert_eq!(safe.findings(), SanitizerFindings::default(), "{text:?} gave {:?}", safe.as_str());
        assert_eq!(safe.as_str(), *text);
    }
}

#[test]
fn decomposed_text_is_shown_composed() {
    assert_eq!(Safe::sanitize("\u{1100}\u{1161}\u{11a8}").as_str(), "각");
    assert_eq!(Safe::sanitize("Ame\u{301}lie").as_str(), "Amélie");
    assert_eq!(Safe::sanitize("\u{1112}\u{1161}\u{11ab}").width(), 2);
}

#[test]
fn plain_field_costs_one_copy() {
    let text = " !\"#azAZ09~";
    assert_eq!(Safe::sanitize(text).as_str(), text);
    assert_eq!(String::from(Safe::sanitize(text)).capacity(), text.len());
}

#[test]
fn display_shows_the_text_and_debug_only_its_length() {
    let safe = Safe::sanitize("secret");
    assert_eq!(safe.to_string(), "secret");
    assert_eq!(format!("{safe:?}"), "Safe(6 bytes)");
}
