use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::{Safe, width};
use argos_testkit::corpus::{ORDINARY, corpus};

#[expect(clippy::disallowed_methods, reason = "what is drawn is what is tested")]
/// Columns that the drawing library takes, and the text that it leaves in the cells.
fn drawn(safe: &Safe) -> (usize, String) {
    let room = u16::try_from(safe.width() + 64).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, room, 1));
    let (end, _) = buffer.set_stringn(0, 0, safe.as_str(), usize::from(room), Style::new());
    let (mut text, mut column) = (String::new(), 0);
    while column < end {
        let symbol = buffer[(column, 0)].symbol();
        text.push_str(symbol);
        column += u16::try_from(width::of_cluster(symbol)).unwrap();
    }
    (usize::from(end), text)
}

fn assert_drawn_whole(safe: &Safe) {
    let (columns, text) = drawn(safe);
    assert_eq!(columns, safe.width(), "{:?}", safe.as_str());
    assert_eq!(text, safe.as_str());
}

#[test]
fn drawing_library_counts_the_same_columns_and_drops_nothing() {
    for text in corpus().iter().map(String::as_str).chain(ORDINARY.iter().copied()) {
        assert_drawn_whole(&Safe::sanitize(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drawing_library_agrees_on_any_text(text in any::<String>()) {
        assert_drawn_whole(&Safe::sanitize(&text));
    }

    #[test]
    fn pad_takes_exactly_its_columns(text in any::<String>(), columns in 0..40_usize) {
        prop_assert_eq!(Safe::sanitize(&text).pad(columns).width(), columns);
        prop_assert_eq!(Safe::sanitize(&text).pad_left(columns).width(), columns);
    }

    #[test]
    fn wrapped_lines_hold_the_text_but_for_one_space_a_break(text in "[ a-c김]{0,60}", columns in 2..20_usize) {
        let lines = Safe::sanitize(&text).wrap(columns);
        let wrapped: String = lines.iter().map(Safe::as_str).collect();
        prop_assert_eq!(wrapped.replace(' ', ""), text.replace(' ', ""));
        prop_assert!(text.len() - wrapped.len() <= lines.len(), "{:?}", lines.iter().map(Safe::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn fit_leaves_short_text_and_cuts_long_text_with_an_ellipsis() {
    let safe = Safe::sanitize("abcdef");
    assert_eq!(safe.fit(6).as_str(), "abcdef");
    assert_eq!(safe.fit(5).as_str(), "abcd…");
    assert_eq!(safe.fit(1).as_str(), "…");
    assert_eq!(safe.fit(0).as_str(), "");
    assert!(safe.fit(5).findings().cut && !safe.fit(6).findings().cut);
}

#[test]
fn words_are_split_at_a_space_where_they_fit() {
    let split = |text: &str, columns| {
        let parts = Safe::sanitize(text).split_words(columns)?;
        Some((parts.0.as_str().to_owned(), parts.1.as_str().to_owned()))
    };
    let parts = |first: &str, rest: &str| Some((first.to_owned(), rest.to_owned()));
    assert_eq!(split("ab cd ef", 8), parts("ab cd ef", ""));
    assert_eq!(split("ab cd ef", 7), parts("ab cd", "ef"));
    assert_eq!(split("김민준 a", 6), parts("김민준", "a"));
    assert_eq!(split("ab cd", 1), None);
    assert_eq!(split("", 5), None);
    assert!(Safe::sanitize("a\u{202e} b").split_words(20).is_some_and(|(first, _)| first.findings().any_hidden()));
}

#[test]
fn wide_characters_are_never_halved() {
    let safe = Safe::sanitize("김민준");
    assert_eq!(safe.fit(5).as_str(), "김민…");
    assert_eq!(safe.fit(4).as_str(), "김…");
    assert_eq!(safe.pad(4).as_str(), "김… ");
    assert_eq!(safe.pad_left(8).as_str(), "  김민준");
    let lines: Vec<_> = safe.wrap(3).iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["김", "민", "준"]);
    assert_eq!(safe.wrap(1).iter().map(Safe::width).collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn emoji_family_is_cut_whole() {
    assert_eq!(Safe::sanitize("👨\u{200d}👩\u{200d}👧ab").fit(3).as_str(), "👨\u{200d}👩\u{200d}👧…");
    assert_eq!(Safe::sanitize("👨\u{200d}👩\u{200d}👧ab").fit(2).as_str(), "…");
}

#[test]
fn joiner_is_not_left_behind_by_a_cut() {
    assert_eq!(Safe::sanitize("می\u{200c}خواهم").fit(3).as_str(), "می…");
}

#[test]
fn wrap_breaks_at_spaces_and_else_between_clusters() {
    let wrapped =
        |text: &str, columns| Safe::sanitize(text).wrap(columns).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
    assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
    assert_eq!(wrapped("one abcdefghij", 5), ["one", "abcde", "fghij"]);
    assert_eq!(wrapped("  indented word", 10), ["  indented", "word"]);
    assert_eq!(wrapped("", 5), [""]);
    assert_eq!(wrapped("abc", 0), ["a", "b", "c"]);
}

#[test]
fn megabytes_wrap_in_work_that_grows_with_the_text() {
    let lines = |text: &str| Safe::sanitize_full(text).wrap(80).len();
    assert_eq!(lines(&"x".repeat(1_000_000)), 12_500);
    assert_eq!(lines(&"김".repeat(300_000)), 7_500);
    assert_eq!(lines(&" ".repeat(810_000)), 10_000);
    assert_eq!(lines(&format!("{} {}", "x".repeat(79), "y".repeat(1_000_000))), 12_501);
}

#[test]
fn pieces_are_joined_with_their_marks() {
    let pieces = [Safe::sanitize("a\u{7}"), Safe::from_static("b"), Safe::sanitize("c\u{202e}")];
    let joined = Safe::join(&pieces, " · ");
    assert_eq!(joined.as_str(), "a␇ · b · c‹U+202E›");
    assert!(joined.findings().controls && joined.findings().bidi && !joined.findings().invisible);
    assert_eq!(Safe::concat(&pieces).as_str(), "a␇bc‹U+202E›");
    assert!(Safe::concat(&[]).is_empty());
}
