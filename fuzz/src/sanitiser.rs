//! The sanitiser: whatever comes in, what comes out may stand on a terminal, in the columns that it was given.

use argos_review::text::{Class, Mask, Safe, SearchPattern, Untrusted, Value, fold, json_string, json_visible};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use argos_testkit::forbidden::why_forbidden;

/// Bytes that a field is cut to.
const FIELD: usize = 4096;

/// The first byte says how the rest is read: as text, or three bytes a character, which reaches every plane quickly. The
/// second one gives the columns.
pub(crate) fn check(bytes: &[u8]) {
    let [mode, columns, rest @ ..] = bytes else { return };
    let text = match mode % 2 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        _ => rest.chunks_exact(3).filter_map(character).collect(),
    };
    let columns = usize::from(*columns) % 64;
    let field = Safe::sanitize(&text);
    assert_clean(&field);
    assert!(field.as_str().len() <= FIELD, "a field of {} bytes", field.as_str().len());
    assert_eq!(Safe::sanitize(field.as_str()).as_str(), field.as_str(), "sanitised twice");
    let whole = Safe::sanitize_full(&text);
    assert_clean(&whole);
    assert_eq!(Safe::sanitize_full(whole.as_str()).as_str(), whole.as_str(), "sanitised twice");
    assert!(whole.as_str().len() > FIELD || field == whole, "a short text is not cut");
    let lines = Safe::lines(&text);
    assert_eq!(lines.len(), text.split('\n').count());
    lines.iter().for_each(assert_clean);
    fitted(&field, columns);
    masked(&text);
    searched(&text);
}

fn character(bytes: &[u8]) -> Option<char> {
    let [a, b, c] = bytes else { return None };
    char::from_u32(u32::from_be_bytes([0, a & 0x1f, *b, *c]))
}

/// No offending character, and the drawing library counts the same columns and drops nothing.
fn assert_clean(safe: &Safe) {
    let found = safe.as_str().chars().find_map(|c| why_forbidden(c).map(|why| (c, why)));
    assert!(found.is_none(), "{found:?}");
    let Ok(room) = u16::try_from(safe.width() + 8) else { return };
    let mut buffer = Buffer::empty(Rect::new(0, 0, room, 1));
    #[expect(clippy::disallowed_methods, reason = "how the drawing library counts is what is asked")]
    let (end, _) = buffer.set_stringn(0, 0, safe.as_str(), usize::from(room), Style::new());
    assert_eq!(usize::from(end), safe.width(), "columns of {:?}", safe.as_str());
    // The cell behind a wide one is blank.
    let mut clusters = safe.as_str().graphemes(true).peekable();
    for symbol in buffer.content().iter().take(usize::from(end)).map(ratatui::buffer::Cell::symbol) {
        if clusters.next_if_eq(&symbol).is_none() {
            assert_eq!(symbol, " ", "drawn where {:?} stands", clusters.peek());
        }
    }
    assert_eq!(clusters.next(), None, "left out of {:?}", safe.as_str());
}

fn fitted(safe: &Safe, columns: usize) {
    let fit = safe.fit(columns);
    assert!(fit.width() <= columns);
    assert!(safe.width() > columns || fit == *safe, "what fits is not cut");
    let (left, right) = (safe.pad(columns), safe.pad_left(columns));
    assert_eq!((left.width(), right.width()), (columns, columns));
    let wrapped = safe.wrap(columns);
    assert!(!wrapped.is_empty());
    for piece in wrapped.iter().chain([&fit, &left, &right]) {
        assert!(piece.width() <= columns.max(1));
        assert_clean(piece);
    }
    // A break takes one space at most, and a cluster that is wider than the line stands as an ellipsis.
    if columns > 2 && safe.as_str().graphemes(true).all(|cluster| Safe::sanitize(cluster).width() <= 2) {
        let bare = |text: &str| text.replace(' ', "");
        let lines: String = wrapped.iter().map(Safe::as_str).collect();
        assert_eq!(bare(&lines), bare(safe.as_str()), "wrapping loses no ink");
    }
}

/// A mask shows at most the last third, and of a person nothing.
fn masked(text: &str) {
    // A bullet in the text would count as one of ours, and a text of stars is shown as the service masked it.
    let text = text.replace(['•', '*'], "x");
    let value = |class| Value::new(Untrusted::new(text.as_str()), class);
    assert!(value(Class::Personal).masked(Mask::All).as_str().chars().all(|c| c == '•'), "a person is shown");
    let shown = value(Class::Identity).masked(Mask::Ids);
    assert_clean(&shown);
    let tail = shown.as_str().trim_start_matches('•');
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let ends =
        (0..=clusters.len().min(7)).map(|n| (n, clusters.iter().skip(clusters.len() - n).copied().collect::<String>()));
    let found = ends.into_iter().find(|(_, end)| Safe::sanitize(end).as_str() == tail).map(|(n, _)| n);
    let n = found.unwrap_or_else(|| panic!("{tail:?} is not the end of {text:?}"));
    assert!(n * 3 <= clusters.len() && n <= 6, "{n} of {} are shown", clusters.len());
    for class in [Class::Open, Class::Personal, Class::Identity] {
        assert_eq!(value(class).masked(Mask::None), Safe::sanitize(&text), "unmasked is the text itself");
    }
}

/// What is compared, searched and copied keeps what it stands for.
fn searched(text: &str) {
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folded twice");
    let json = json_string(text);
    assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text), "the JSON string is another one");
    assert!(json_visible(&json) == json, "what is visible already stays");
    if let Some(needle) = SearchPattern::new(text) {
        assert!(needle.matches(text), "a text holds itself");
        for place in needle.places(text) {
            assert!(text.get(place).is_some());
        }
    }
}
