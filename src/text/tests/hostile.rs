use std::fmt::Write as _;

use super::super::{Marks, Safe};
use super::assert_clean;

/// Every character that is a control, reorders, or takes no ink, by the tables of the Unicode standard.
fn hidden_characters() -> Vec<char> {
    [
        0x00..=0x1f,
        0x7f..=0xa0,
        0xad..=0xad,
        0x34f..=0x34f,
        0x600..=0x605,
        0x61c..=0x61c,
        0x6dd..=0x6dd,
        0x70f..=0x70f,
        0x890..=0x891,
        0x8e2..=0x8e2,
        0x115f..=0x1160,
        0x1680..=0x1680,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x2000..=0x200f,
        0x2028..=0x202f,
        0x205f..=0x206f,
        0x2800..=0x2800,
        0x3000..=0x3000,
        0x3164..=0x3164,
        0xe000..=0xe010,
        0xf8ff..=0xf8ff,
        0xfdd0..=0xfdef,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffc,
        0xfffe..=0xffff,
        0x110bd..=0x110bd,
        0x110cd..=0x110cd,
        0x13430..=0x1343f,
        0x1bca0..=0x1bca3,
        0x1d159..=0x1d159,
        0x1d173..=0x1d17a,
        0x1fffe..=0x1ffff,
        0xe0000..=0xe01ff,
        0xf0000..=0xf0000,
        0x10fffd..=0x10ffff,
    ]
    .into_iter()
    .flatten()
    .filter_map(char::from_u32)
    .collect()
}

/// Sequences that make a terminal do something: set titles, write the clipboard, answer, draw, listen to a printer.
pub(super) fn sequences() -> Vec<String> {
    let mut all = Vec::new();
    for command in [
        "0",
        "1",
        "2",
        "4;1",
        "7",
        "8;;",
        "9",
        "10",
        "11",
        "12",
        "50",
        "52;c",
        "104",
        "110",
        "133;A",
        "777",
        "1337;File",
    ] {
        for (start, end) in [("\u{1b}]", "\u{7}"), ("\u{1b}]", "\u{1b}\\"), ("\u{9d}", "\u{9c}"), ("\u{1b}]", "")] {
            all.push(format!("{start}{command};text{end}"));
        }
    }
    for body in ["$qm", "+q544e", "q#0;2;0;0;0#0~~", "tmux;\u{1b}\u{1b}]0;text\u{7}"] {
        for (start, end) in [("\u{1b}P", "\u{1b}\\"), ("\u{90}", "\u{9c}")] {
            all.push(format!("{start}{body}{end}"));
        }
    }
    for start in ["\u{1b}_Gf=100;", "\u{1b}^", "\u{1b}X", "\u{1b}k", "\u{9f}", "\u{9e}", "\u{98}"] {
        all.push(format!("{start}text\u{1b}\\"));
    }
    for body in [
        "6n", "c", ">c", "=c", "21t", "18t", "?2026$p", "?1049h", "?25l", "2J", "H", "3J", "31m", "5i", "4i", "!p",
        "?1006h", ">4;2m", "20A", "10;10H", "?5W", "1L", "99999b", "2 q",
    ] {
        all.push(format!("before\u{1b}[{body}after"));
        all.push(format!("before\u{9b}{body}after"));
    }
    for escape in ["c", "#8", "(0", ")0", "N", "O", "7", "8", "D", "M", "=", ">", "Z", "n", "o", "%G"] {
        all.push(format!("before\u{1b}{escape}after"));
    }
    for tail in [
        "\u{1b}",
        "\u{1b}[",
        "\u{1b}[31",
        "\u{9b}",
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\u{b}",
        "\u{c}",
        "\u{8}\u{8}\u{8}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{e}",
        "\u{7}",
    ] {
        all.push(format!("approved{tail}rejected"));
        all.push(tail.to_owned());
        all.push(format!("a\u{301}{tail}\u{301}b"));
    }
    all
}

/// Text that deceives, floods or breaks what counts columns.
pub(super) fn deceptions() -> Vec<String> {
    let mut all = vec![
        "user\u{202e}gnp.exe".to_owned(),
        "\u{2066}approved\u{2069}\u{200f}rejected".to_owned(),
        "admin\u{200b}".to_owned(),
        "adm\u{ad}in".to_owned(),
        "\u{feff}id".to_owned(),
        "a\u{200d}b".to_owned(),
        "a\u{200c}b".to_owned(),
        "\u{200d}".to_owned(),
        "\u{1f469}\u{200d}".to_owned(),
        "\u{1f469}\u{200d}\u{200d}\u{1f469}".to_owned(),
        "\u{1f469}\u{fe0e}\u{200d}\u{1f469}".to_owned(),
        "\u{639}\u{200c}".to_owned(),
        "\u{639}\u{200c}\u{200c}\u{644}".to_owned(),
        "\u{639}\u{200d}a".to_owned(),
        "\u{915}\u{94d}\u{200d}\u{200d}\u{937}".to_owned(),
        "A\u{fe00}B\u{fe0f}1\u{fe0f}2".to_owned(),
        "\u{845b}\u{e0100}".to_owned(),
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}".to_owned(),
        "\u{301}alone".to_owned(),
        "\u{e33}alone".to_owned(),
        "\u{1b}\u{e33}\u{e33}".to_owned(),
        "\u{1161}\u{11a8}".to_owned(),
        "\u{1100}\u{fe00}\u{1161}".to_owned(),
        "\u{d4e}".to_owned(),
        "\u{d4e}\u{200c}\u{d15}".to_owned(),
        "\u{1780}\u{200d}\u{d4e}".to_owned(),
        "\u{d4e}\u{ac00}\u{d4e}\u{1100}\u{1161}\u{d4e}\u{2000}".to_owned(),
        "\u{ff9e}".to_owned(),
        "\u{1f3fb}".to_owned(),
        "\u{1f1f0}\u{200b}\u{1f1f7}\u{1f1fa}".to_owned(),
        "\u{e0001}\u{e0020}\u{e007f}".to_owned(),
        "\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}".to_owned(),
        "\u{1160}\u{11a8}a".to_owned(),
        "\u{fff9}a\u{fffa}b\u{fffb}".to_owned(),
        "\u{fdfd}\u{12031}\u{a9c5}\u{17d8}".to_owned(),
        "\u{212b}\u{f900}\u{2126}".to_owned(),
    ];
    for unit in [
        "\u{301}",
        "\u{489}",
        "\u{20e3}",
        "\u{94d}",
        "\u{93e}",
        "\u{e33}",
        "\u{11a8}",
        "\u{1161}",
        "\u{1100}",
        "\u{200b}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{1f3fb}",
        "\u{1f469}\u{200d}",
        "\u{1f469}\u{fe0f}\u{200d}",
        "\u{915}\u{94d}",
        "\u{915}\u{94d}\u{200d}",
        "\u{1f1f0}",
        "\u{d4e}",
        "\u{16d67}",
        "\u{16d63}",
        "\u{e0041}",
        "\u{ff9e}",
        "\u{202e}",
        "\u{1b}[",
        "\u{fdfa}",
        "\u{5bf}\u{5b0}",
    ] {
        for count in [2, 9, 17, 40, 3000] {
            all.push(format!("a{}", unit.repeat(count)));
            all.push(format!("\u{915}{}\u{915}", unit.repeat(count)));
            all.push(format!("{}\u{1f469}", unit.repeat(count)));
        }
    }
    all
}

/// The whole corpus.
pub(super) fn corpus() -> Vec<String> {
    let mut all = sequences();
    all.extend(deceptions());
    for c in hidden_characters() {
        all.extend([
            c.to_string(),
            format!("ab{c}cd"),
            format!("김{c}민"),
            format!("e\u{301}{c}\u{301}"),
            format!("{c}{c}"),
        ]);
    }
    all
}

#[test]
fn corpus_is_large_enough() {
    assert!(sequences().len() + deceptions().len() >= 150);
    assert!(hidden_characters().len() >= 163 + 65);
}

#[test]
fn nothing_of_the_corpus_reaches_a_terminal() {
    for text in corpus() {
        assert_clean(&text, &Safe::of(&text));
        assert_clean(&text, &Safe::whole(&text));
        for line in Safe::lines(&text) {
            assert_clean(&text, &line);
        }
    }
}

#[test]
fn every_hidden_character_is_shown_as_a_mark_and_told() {
    for c in hidden_characters() {
        let safe = Safe::of(&format!("a{c}z"));
        let picture = match c {
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).into_iter().collect(),
            '\u{7f}' => "␡".to_owned(),
            _ => format!("‹U+{:04X}›", u32::from(c)),
        };
        assert_eq!(safe.as_str(), format!("a{picture}z"));
        assert_eq!(safe.width(), 2 + picture.chars().count());
        assert!(safe.marks().any_hidden());
    }
}

#[test]
fn marks_tell_controls_from_bidi_from_invisible() {
    let marks = |text: &str| {
        let Marks { controls, bidi, invisible, cut } = Safe::of(text).marks();
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
fn each_of_the_twelve_bidi_controls_is_told_as_one() {
    for c in "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
        assert_eq!(Safe::of(&format!("a{c}z")).marks(), Marks { bidi: true, ..Marks::default() });
    }
}

#[test]
fn joiner_or_selector_without_work_is_shown() {
    for (text, shown) in [
        ("a\u{200d}b", "a‹U+200D›b"),
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
        assert_eq!(Safe::of(text).as_str(), shown);
        assert!(Safe::of(text).marks().invisible);
    }
}

#[test]
fn joiner_is_not_left_behind_where_a_long_field_is_cut() {
    for bytes in 4060..4075 {
        let text = format!("{}ی{}", "a".repeat(bytes), "\u{200c}ی".repeat(100));
        let safe = Safe::of(&text);
        assert_eq!(Safe::of(safe.as_str()).as_str(), safe.as_str());
    }
}

#[test]
fn line_break_in_a_field_neither_hides_the_rest_nor_makes_a_row() {
    assert_eq!(Safe::of("approved\r\nrejected\tx").as_str(), "approved␍␊rejected␉x");
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
    assert_eq!(Safe::of(&flood(8)).as_str(), format!("{shown}y"));
    assert_eq!(Safe::of(&flood(3000)).as_str(), format!("{shown}‹+2992›y"));
    assert_eq!(Safe::whole(&flood(200_000)).as_str(), format!("{shown}‹+199992›y"));
    assert!(Safe::of(&flood(200_000)).as_str().starts_with(&format!("{shown}‹+")));
}

#[test]
fn joined_emoji_without_end_are_counted() {
    let safe = Safe::of(&"\u{1f469}\u{200d}".repeat(100_000));
    assert!(safe.as_str().len() < 100, "{}", safe.as_str().len());
    assert!(safe.marks().cut);
}

#[test]
fn a_cell_never_takes_more_than_sixty_four_bytes_a_column() {
    for text in corpus() {
        let safe = Safe::whole(&text);
        assert!(safe.as_str().len() <= 64 * safe.width(), "{text:?}");
    }
}

#[test]
fn long_field_is_cut_at_four_kib_and_the_rest_is_counted() {
    let safe = Safe::of(&"김".repeat(1_000_000));
    assert!(safe.as_str().len() <= 4096);
    let shown = safe.as_str().chars().filter(|c| *c == '김').count();
    assert!(shown > 1300);
    assert!(safe.as_str().ends_with(&format!("… +{}", 1_000_000 - shown)));
    assert_eq!(Safe::of(&"a".repeat(4096)).as_str(), "a".repeat(4096));
    assert_eq!(Safe::of(&"a".repeat(4097)).as_str(), format!("{}… +26", "a".repeat(4071)));
}

#[test]
fn whole_text_is_never_cut() {
    let mut text = String::new();
    for number in 0..20_000 {
        let _ = write!(text, "{number} 김\u{7}");
    }
    let safe = Safe::whole(&text);
    assert!(safe.as_str().ends_with("19999 김␇"));
    assert!(!safe.marks().cut);
}
