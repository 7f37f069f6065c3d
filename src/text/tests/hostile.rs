use std::fmt::Write as _;

use super::super::{Safe, SanitizerFindings};
use super::assert_clean;
use argos_testkit::corpus::{attacks, corpus, deceptions, hidden_characters, random, sequences};

#[test]
fn corpus_is_large_enough() {
    assert!(sequences().len() + deceptions().len() >= 150);
    assert!(hidden_characters().len() >= 163 + 65);
    let attacks: std::collections::HashSet<String> = attacks().into_iter().collect();
    assert!(attacks.len() >= 500, "{}", attacks.len());
}

#[test]
fn nothing_of_the_corpus_reaches_a_terminal() {
    for text in corpus().into_iter().chain(attacks()).chain(random(1, 1_000)) {
        assert_clean(&text, &Safe::sanitize(&text));
        assert_clean(&text, &Safe::sanitize_full(&text));
        for line in Safe::lines(&text) {
            assert_clean(&text, &line);
        }
    }
}

#[test]
fn every_hidden_character_is_shown_as_a_mark_and_told() {
    for c in hidden_characters() {
        let safe = Safe::sanitize(&format!("a{c}z"));
        let picture = match c {
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).into_iter().collect(),
            '\u{7f}' => "␡".to_owned(),
            _ => format!("‹U+{:04X}›", u32::from(c)),
        };
        assert_eq!(safe.as_str(), format!("a{picture}z"));
        assert_eq!(safe.width(), 2 + picture.chars().count());
        assert!(safe.findings().any_hidden());
    }
}

#[test]
fn marks_tell_controls_from_bidi_from_invisible() {
    let marks = |text: &str| {
        let SanitizerFindings { controls, bidi, invisible, cut, suspect: _ } = Safe::sanitize(text).findings();
        (controls, bidi, invisible, cut)
    };
    assert_eq!(marks("plain 김"), (false, false, false, false));
    assert_eq!(marks("a\u{1b}[0m"), (true, false, false, false));
    assert_eq!(marks("a\u{2028}"), (true, false, false, false));
    assert_eq!(marks("a\u{202e}"), (false, true, false, false));
    assert_eq!(marks("a\u{a0}"), (false, false, true, false));
    assert_eq!(marks(&"a".repeat(5000)), (false, false, false, true));
    assert_eq!(marks(&format!("a{}", "\u{301}".repeat(20))), (false, false, false, true));
}

#[test]
fn what_is_neither_a_space_nor_a_line_break_is_suspect() {
    for text in ["plain 김", "a\u{a0}b", "山田\u{3000}太郎", "one\r\ntwo", "a\u{2028}b", "👨\u{200d}👩", "क्\u{200d}ष"]
    {
        assert!(!Safe::sanitize(text).findings().suspect, "{text:?}");
    }
    for text in ["a\u{1b}[0m", "a\u{202e}", "a\u{200b}", "م\u{200d}ح", "\u{3164}", "a\u{3000}\u{200b}"] {
        assert!(Safe::sanitize(text).findings().suspect, "{text:?}");
    }
}

#[test]
fn each_of_the_twelve_bidi_controls_is_told_as_one() {
    for c in "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
        assert_eq!(
            Safe::sanitize(&format!("a{c}z")).findings(),
            SanitizerFindings { bidi: true, suspect: true, ..SanitizerFindings::default() }
        );
    }
}

#[test]
fn joiner_or_selector_without_work_is_shown() {
    for (text, shown) in [
        ("a\u{200d}b", "a‹U+200D›b"),
        ("م\u{200d}ح", "م‹U+200D›ح"),
        ("\u{915}\u{200d}\u{916}", "\u{915}‹U+200D›\u{916}"),
        ("علی\u{200c}", "علی‹U+200C›"),
        ("علی\u{200c} رضا", "علی‹U+200C› رضا"),
        ("علی\u{200c}\u{200c}رضا", "علی‹U+200C›‹U+200C›رضا"),
        ("ع\u{200d}\u{915}", "ع‹U+200D›\u{915}"),
        ("\u{915}\u{94d}\u{200d}\u{200d}\u{937}", "\u{915}\u{94d}\u{200d}‹U+200D›\u{937}"),
        ("\u{915}\u{94d}\u{200d}\u{200c}\u{937}", "\u{915}\u{94d}\u{200d}‹U+200C›\u{937}"),
        ("۵\u{200c}ساله", "۵‹U+200C›ساله"),
        ("\u{1f7da}\u{200d}👩", "\u{1f7da}‹U+200D›👩"),
        ("👩\u{200d}a", "👩‹U+200D›a"),
        ("👩\u{200d}", "👩‹U+200D›"),
        ("👩\u{200d}\u{200d}👩", "👩‹U+200D›‹U+200D›👩"),
        ("1\u{fe0f}2", "1‹U+FE0F›2"),
        ("a\u{fe0f}\u{20e3}", "a‹U+FE0F›‹U+20E3›"),
        ("🇰\u{fe0f}🇷", "🇰‹U+FE0F›🇷"),
        ("❤\u{fe0e}", "❤‹U+FE0E›"),
        ("葛\u{e0100}", "葛‹U+E0100›"),
    ] {
        assert_eq!(Safe::sanitize(text).as_str(), shown);
        assert!(Safe::sanitize(text).findings().invisible);
    }
}

#[test]
fn joiner_is_not_left_behind_where_a_long_field_is_cut() {
    for bytes in 4060..4075 {
        let text = format!("{}ی{}", "a".repeat(bytes), "\u{200c}ی".repeat(100));
        let safe = Safe::sanitize(&text);
        assert_eq!(Safe::sanitize(safe.as_str()).as_str(), safe.as_str());
    }
}

#[test]
fn line_break_in_a_field_neither_hides_the_rest_nor_makes_a_row() {
    assert_eq!(Safe::sanitize("approved\r\nrejected\tx").as_str(), "approved␍␊rejected␉x");
}

#[test]
fn several_lines_part_at_line_feeds_only() {
    let lines = Safe::lines("one\r\ntwo\u{2028}three\u{85}\n");
    let lines: Vec<_> = lines.iter().map(Safe::as_str).collect();
    assert_eq!(lines, ["one␍", "two‹U+2028›three‹U+0085›", ""]);
}

#[test]
fn marks_above_eight_on_a_base_are_counted() {
    let flood = |count| format!("x{}y", "\u{324}".repeat(count));
    let shown = format!("x{}", "\u{324}".repeat(8));
    assert_eq!(Safe::sanitize(&flood(8)).as_str(), format!("{shown}y"));
    assert_eq!(Safe::sanitize(&flood(3000)).as_str(), format!("{shown}‹+2992›y"));
    assert_eq!(Safe::sanitize_full(&flood(200_000)).as_str(), format!("{shown}‹+199992›y"));
    assert!(Safe::sanitize(&flood(200_000)).as_str().starts_with(&format!("{shown}‹+")));
}

#[test]
fn joined_emoji_without_end_are_counted() {
    let safe = Safe::sanitize(&"\u{1f469}\u{200d}".repeat(100_000));
    assert!(safe.as_str().len() < 100, "{}", safe.as_str().len());
    assert!(safe.findings().cut);
}

#[test]
fn a_cell_never_takes_more_than_sixty_four_bytes_a_column() {
    for text in corpus() {
        let safe = Safe::sanitize_full(&text);
        assert!(safe.as_str().len() <= 64 * safe.width(), "{text:?}");
    }
}

#[test]
fn long_field_is_cut_at_four_kib_and_the_rest_is_counted() {
    let safe = Safe::sanitize(&"김".repeat(1_000_000));
    assert!(safe.as_str().len() <= 4096);
    let shown = safe.as_str().chars().filter(|c| *c == '김').count();
    assert!(shown > 1300);
    assert!(safe.as_str().ends_with(&format!("… +{}", 1_000_000 - shown)));
    assert_eq!(Safe::sanitize(&"a".repeat(4096)).as_str(), "a".repeat(4096));
    assert_eq!(Safe::sanitize(&"a".repeat(4097)).as_str(), format!("{}… +26", "a".repeat(4071)));
}

#[test]
fn whole_text_is_never_cut() {
    let mut text = String::new();
    for number in 0..20_000 {
        let _ = write!(text, "{number} 김\u{7}");
    }
    let safe = Safe::sanitize_full(&text);
    assert!(safe.as_str().ends_with("19999 김␇"));
    assert!(!safe.findings().cut);
}
