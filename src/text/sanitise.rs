//! Turns received text into text that a terminal shows unchanged.
//!
//! The sanitiser handles a text one grapheme cluster after the other, in the composed form (NFC). Nothing is dropped
//! silently: a character that must not reach the terminal becomes a visible mark, such as `‹U+202E›`. Characters that
//! are left out, because the text is too long, become their number, as in `… +12`. Sanitising a result again does not
//! change it.

use std::fmt::Write as _;
use std::iter::Peekable;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::SanitizerFindings;
use super::kind::{self, CharKind, JoinerScripts, KEYCAP, VS16, ZWJ, ZWNJ};

/// Maximum length in bytes of a sanitised text, including `… +` and the number of characters left out at its end.
pub(super) const MAX_SHOWN_BYTES: usize = 4096;
/// Maximum number of bytes that are read from the start of a field to produce [`MAX_SHOWN_BYTES`] bytes, so that the
/// time does not grow with the length of the field.
pub(super) const MAX_READ_BYTES: usize = 4 * MAX_SHOWN_BYTES;
/// Number of bytes that are reserved at the end of a cut field for `… +` and the number of characters left out.
const RESERVED_TAIL_BYTES: usize = 25;
/// Maximum number of combining marks that are shown on one base character.
const MAX_COMBINING_MARKS: usize = 8;
/// Maximum number of characters that are shown of one grapheme cluster. The longest emoji sequence in use has ten.
const MAX_CLUSTER_CHARS: usize = 16;
/// Maximum number of characters of one grapheme cluster that are put into the composed form (NFC). Clusters of real
/// texts have far fewer characters.
const MAX_COMPOSED_CHARS: usize = 256;

/// Sanitises a text, and cuts it if the result would be longer than [`MAX_SHOWN_BYTES`] bytes; then the number of
/// characters left out is appended. Returns the sanitised text and its [`SanitizerFindings`], which say what dangerous
/// characters it had and whether it was cut.
pub(super) fn sanitise_and_cut(text: &str) -> (String, SanitizerFindings) {
    if text.len() <= MAX_SHOWN_BYTES && is_plain(text) {
        return (text.to_owned(), SanitizerFindings::default());
    }
    let window = text.get(..text.floor_char_boundary(MAX_READ_BYTES)).unwrap_or(text);
    let mut out = SanitisedOutput::default();
    let (mut read, mut kept, mut kept_read) = (0, 0, 0);
    let mut clusters = window.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
        if out.text.len() > MAX_SHOWN_BYTES {
            break;
        }
        read += cluster.len();
        if out.text.len() <= MAX_SHOWN_BYTES - RESERVED_TAIL_BYTES {
            (kept, kept_read) = (out.text.len(), read);
        }
    }
    if read < text.len() {
        out.text.truncate(kept);
        // A joiner needs its letter, and the letter was cut.
        out.text.truncate(out.text.trim_end_matches([ZWJ, ZWNJ]).len());
        let rest = text.get(kept_read..).unwrap_or_default().chars().count();
        out.push_format(format_args!("… +{rest}"));
        out.marks.cut = true;
    }
    (out.text, out.marks)
}

/// Sanitises a whole text (replaces its dangerous characters), without a limit on its length. Returns the sanitised
/// text, and which kinds of dangerous characters the text has.
pub(super) fn sanitise_whole(text: &str) -> (String, SanitizerFindings) {
    if is_plain(text) {
        return (text.to_owned(), SanitizerFindings::default());
    }
    let mut out = SanitisedOutput::default();
    out.text.reserve(text.len());
    let mut clusters = text.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
    }
    (out.text, out.marks)
}

/// Returns which kinds of dangerous characters (control, invisible, reordering) a text contains, without building the
/// sanitised text.
pub(super) fn findings_in(text: &str) -> SanitizerFindings {
    let mut out = SanitisedOutput::default();
    let mut clusters = text.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
        out.text.clear();
    }
    out.marks
}

/// Sanitises a whole text. Returns each grapheme cluster in sanitised form, with the kinds of dangerous characters that
/// it had. The clusters are not sanitised independently: whether an invisible joiner at the end of a cluster is kept
/// depends on the next letter.
pub(super) fn sanitise_clusters(text: &str) -> Vec<(String, SanitizerFindings)> {
    let mut clusters = text.graphemes(true).peekable();
    let mut each = Vec::new();
    while let Some(cluster) = clusters.next() {
        let mut out = SanitisedOutput::default();
        out.cluster(cluster, first_char(&mut clusters));
        each.push((out.text, out.marks));
    }
    each
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn first_char<'a>(clusters: &mut Peekable<impl Iterator<Item = &'a str>>) -> Option<char> {
    clusters.peek().and_then(|cluster| cluster.chars().next())
}

#[derive(Default)]
struct SanitisedOutput {
    text: String,
    marks: SanitizerFindings,
}

/// Numbers of characters that were written so far for the current grapheme cluster (visible character). When a
/// character of the cluster is replaced by a visible mark such as `‹U+202E›`, the numbers start again at 0.
#[derive(Clone, Copy, Default)]
struct ClusterState {
    /// Number of characters that were written since the start of the cluster or since the last visible mark. If 0, a
    /// combining mark has no character to which it can attach.
    chars: usize,
    /// Number of combining marks that were written after the last base character.
    attached: usize,
    /// Number of characters that were left out, because the cluster is too long.
    hidden: usize,
    base: char,
    last: char,
}

impl SanitisedOutput {
    /// Appends the sanitised form of the grapheme cluster `cluster` to the sanitised text. `after` is the first
    /// character of the next cluster; `None` at the end of the text.
    fn cluster(&mut self, cluster: &str, after: Option<char>) {
        if let [byte @ b' '..=b'~'] = cluster.as_bytes() {
            self.text.push(char::from(*byte));
            return;
        }
        // Characters before the first visible one become marks. They are not composed, because a mark must name the
        // received character: composing turns U+2000 into U+2002.
        let source = cluster.chars().take(MAX_COMPOSED_CHARS);
        let bare = source.clone().take_while(|c| kind::kind_of_char(*c) != CharKind::Ink).count();
        let mut chars = source.clone().take(bare).chain(source.skip(bare).nfc()).peekable();
        let mut shown = ClusterState::default();
        while let Some(c) = chars.next() {
            self.char(&mut shown, c, chars.peek().copied(), after);
        }
        shown.hidden += cluster.chars().skip(MAX_COMPOSED_CHARS).count();
        self.count_hidden(&mut shown);
    }

    fn char(&mut self, shown: &mut ClusterState, c: char, next: Option<char>, after: Option<char>) {
        let kind = match kind::kind_of_char(c) {
            CharKind::Invisible if shown.keeps(c, next, after) => CharKind::Attached,
            CharKind::Attached if shown.chars == 0 => CharKind::Invisible,
            kind => kind,
        };
        match kind {
            CharKind::Ink | CharKind::Attached => {
                let base = kind == CharKind::Ink;
                // A joiner is only shown if there is also room for the character after it.
                let room = if c == ZWJ { MAX_CLUSTER_CHARS - 1 } else { MAX_CLUSTER_CHARS };
                if shown.hidden > 0 || shown.chars >= room || !base && shown.attached >= MAX_COMBINING_MARKS {
                    shown.hidden += 1;
                    return;
                }
                self.text.push(c);
                shown.chars += 1;
                shown.last = c;
                if base {
                    (shown.base, shown.attached) = (c, 0);
                } else {
                    shown.attached += 1;
                }
            }
            CharKind::Control | CharKind::Bidi | CharKind::Invisible => {
                self.count_hidden(shown);
                *shown = ClusterState::default();
                self.marks.controls |= kind == CharKind::Control;
                self.marks.bidi |= kind == CharKind::Bidi;
                self.marks.invisible |= kind == CharKind::Invisible;
                self.marks.suspect |= !c.is_whitespace();
                self.mark(c);
            }
        }
    }

    fn count_hidden(&mut self, shown: &mut ClusterState) {
        if shown.hidden > 0 {
            self.push_format(format_args!("‹+{}›", shown.hidden));
            self.marks.cut = true;
            shown.hidden = 0;
        }
    }

    /// Appends the visible mark for a character that must not be shown: the picture of an ASCII control character
    /// (`␛`), or the code point of any other character (`‹U+202E›`).
    fn mark(&mut self, c: char) {
        match c {
            '\0'..='\u{1f}' => self.text.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => self.text.push('␡'),
            _ => self.push_format(format_args!("‹U+{:04X}›", u32::from(c))),
        }
    }

    fn push_format(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(text);
    }
}

impl ClusterState {
    /// Returns whether the invisible joiner or variation selector `c` may stay in the text, because it has its ordinary
    /// use after the characters written so far. `next` is the next character of the grapheme cluster, and `after` is
    /// the first character of the next cluster. Both are `None` if there is no such character.
    fn keeps(&self, c: char, next: Option<char>, after: Option<char>) -> bool {
        if self.chars == 0 {
            return false;
        }
        match c {
            VS16 => kind::is_emoji(self.last) || kind::takes_keycap(self.last) && next == Some(KEYCAP),
            ZWJ | ZWNJ => {
                JoinerScripts::is_virama(self.last)
                    || c == ZWJ && kind::is_emoji(self.base) && next.is_some_and(kind::is_emoji)
                    // Between two letters, only the other joiner changes what is drawn: it separates them.
                    || c == ZWNJ && !matches!(self.last, ZWJ | ZWNJ) && next.is_none() && self.joins(after)
            }
            _ => false,
        }
    }

    fn joins(&self, after: Option<char>) -> bool {
        let script = JoinerScripts::of_letter(self.base);
        script.is_some()
            && script == after.filter(|c| kind::kind_of_char(*c) == CharKind::Ink).and_then(JoinerScripts::of_letter)
    }
}
