use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::{Class, Mask, Safe, UnknownMask, Untrusted, Value};
use super::assert_clean;
use argos_testkit::corpus::{ORDINARY, corpus};

fn shown(text: &str, class: Class, mask: Mask) -> Safe {
    Value::new(Untrusted::new(text), class).masked(mask)
}

#[test]
fn identity_shows_at_most_its_last_third() {
    for mask in [Mask::Ids, Mask::All] {
        assert_eq!(shown("900101-1234567", Class::Identity, mask).as_str(), "••••••••••4567");
        assert_eq!(shown("M12345", Class::Identity, mask).as_str(), "••••45");
        assert_eq!(shown("김민준김민준김민준", Class::Identity, mask).as_str(), "••••••김민준");
    }
}

#[test]
fn identity_under_six_characters_shows_nothing() {
    assert_eq!(shown("12345", Class::Identity, Mask::Ids).as_str(), "•••••");
    assert_eq!(shown("", Class::Identity, Mask::Ids).as_str(), "");
}

#[test]
fn long_identity_shows_six_and_keeps_its_length() {
    assert_eq!(shown(&"7".repeat(5000), Class::Identity, Mask::Ids).as_str(), format!("{}777777", "•".repeat(24)));
    assert_eq!(shown(&"7".repeat(30), Class::Identity, Mask::Ids), shown(&"7".repeat(31), Class::Identity, Mask::Ids));
}

#[test]
fn long_value_of_few_clusters_shows_no_more_than_its_end() {
    let flood = "\u{301}".repeat(50_000);
    assert_eq!(shown(&format!("123456789{flood}"), Class::Identity, Mask::Ids).as_str(), "•••••••••");
    assert_eq!(shown(&format!("12345678{flood}9"), Class::Identity, Mask::Ids).as_str(), "•••••••9");
}

#[test]
fn signs_between_letters_buy_no_more_of_the_end() {
    assert_eq!(shown("1-2-3-4-5", Class::Identity, Mask::Ids).as_str(), "•••••••••", "five digits are too few");
    assert_eq!(shown("------------1234567890", Class::Identity, Mask::Ids).as_str(), format!("{}890", "•".repeat(19)));
    assert_eq!(shown(&format!("{}1234567890", "-".repeat(99)), Class::Identity, Mask::Ids).as_str(), "•".repeat(24));
    assert_eq!(shown("1234567890----", Class::Identity, Mask::Ids).as_str(), "••••••••••----");
}

#[test]
fn of_what_was_not_read_nothing_is_shown() {
    for mask in [Mask::Ids, Mask::All] {
        assert_eq!(shown("900101-1234567", Class::Unread, mask).as_str(), "••••••••••••••");
    }
    assert_eq!(shown("900101-1234567", Class::Unread, Mask::None).as_str(), "900101-1234567");
    assert!(Class::Open < Class::Personal && Class::Personal < Class::Identity && Class::Identity < Class::Unread);
}

#[test]
fn personal_is_hidden_at_all_only() {
    assert_eq!(shown("김민준", Class::Personal, Mask::Ids).as_str(), "김민준");
    assert_eq!(shown("김민준", Class::Personal, Mask::All).as_str(), "•••");
    assert_eq!(shown("👨\u{200d}👩\u{200d}👧 x", Class::Personal, Mask::All).as_str(), "•••");
    assert_eq!(shown(&"a".repeat(99), Class::Personal, Mask::All).as_str(), "•".repeat(24));
}

#[test]
fn open_and_unmasked_values_are_shown_whole() {
    for mask in [Mask::Ids, Mask::All, Mask::None] {
        assert_eq!(shown("approved", Class::Open, mask).as_str(), "approved");
    }
    for class in [Class::Open, Class::Personal, Class::Identity] {
        assert_eq!(shown("900101-1234567", class, Mask::None).as_str(), "900101-1234567");
    }
}

#[test]
fn what_the_service_masked_stays() {
    for text in ["***-**-****", "{********}", "******-*******"] {
        assert_eq!(shown(text, Class::Identity, Mask::Ids).as_str(), text);
        assert_eq!(shown(text, Class::Personal, Mask::All).as_str(), text);
    }
    assert_eq!(shown("900101-1******", Class::Identity, Mask::Ids).as_str(), "••••••••••****");
    assert_eq!(shown("-- --", Class::Personal, Mask::All).as_str(), "•••••");
}

#[test]
fn marks_tell_of_hidden_characters_under_the_mask() {
    let safe = shown("9001\u{202e}01-1234567", Class::Identity, Mask::Ids);
    assert!(safe.findings().bidi);
    assert!(!safe.as_str().contains("202E"));
}

#[test]
fn masked_values_never_reach_a_terminal_unmarked() {
    for text in corpus() {
        assert_clean(&text, &shown(&text, Class::Identity, Mask::Ids));
    }
}

#[test]
fn ordinary_personal_text_leaves_no_trace_at_all() {
    for text in ORDINARY {
        let safe = shown(text, Class::Personal, Mask::All);
        assert!(safe.as_str().chars().all(|c| c == '•'), "{text}");
        assert_eq!(safe.width(), text.graphemes(true).count().min(24));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn identity_never_shows_more_than_a_third(text in "([a-zA-Z0-9가-힣/ -]|\\PC|\u{301}|\u{200d}|\u{1f469}){0,60}") {
        let text = text.replace(['•', '*'], "x");
        let count = text.graphemes(true).count();
        for mask in [Mask::Ids, Mask::All] {
            let safe = shown(&text, Class::Identity, mask);
            let tail = safe.as_str().trim_start_matches('•');
            let hidden = safe.as_str().chars().take_while(|c| *c == '•').count();
            let shown = text.graphemes(true).rev().take_while(|_| true).scan(String::new(), |seen, cluster| {
                seen.insert_str(0, cluster);
                Some(seen.clone())
            }).position(|end| Safe::sanitize(&end).as_str() == tail).map_or(0, |at| at + 1);
            prop_assert!(tail.is_empty() || shown > 0, "the tail is the end of the text");
            prop_assert!(shown * 3 <= count && (count >= 6 || tail.is_empty()));
            prop_assert_eq!(hidden, (count - shown).min(24));
        }
    }

    #[test]
    fn personal_shows_no_grapheme_at_all(text in any::<String>()) {
        let text = text.replace('*', "x");
        prop_assert!(shown(&text, Class::Personal, Mask::All).as_str().chars().all(|c| c == '•'));
    }
}

#[test]
fn mask_key_turns_between_ids_and_all_and_never_to_none() {
    assert_eq!(Mask::Ids.toggled(), Mask::All);
    assert_eq!(Mask::All.toggled(), Mask::Ids);
    assert_eq!(Mask::None.toggled(), Mask::Ids);
}

#[test]
fn mask_is_read_from_its_word() {
    for mask in [Mask::Ids, Mask::All, Mask::None] {
        assert_eq!(mask.label().parse(), Ok(mask));
    }
    assert_eq!("IDS".parse::<Mask>(), Err(UnknownMask));
    assert_eq!(UnknownMask.to_string(), "the mask is one of ids, all, none");
}
