//! Text as received to text that a terminal shows as it is.
//!
//! Works by grapheme cluster, on the composed form (NFC). Nothing is dropped silently: what must not reach the terminal
//! becomes a visible mark, what is too much becomes a number. What this module gives comes out of it unchanged when
//! it goes in again.

use std::fmt::Write as _;
use std::iter::Peekable;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Marks;
use super::kind::{self, CharKind, Joining, KEYCAP, VS16, ZWJ, ZWNJ};

/// Bytes shown of a field, the count of the rest included.
pub(super) const SHOWN: usize = 4096;
/// Bytes looked at to fill them, so that a field of any length costs the same.
pub(super) const WINDOW: usize = 4 * SHOWN;
/// Room for `… +` and any number.
const TAIL: usize = 25;
/// Marks shown on one base.
const ATTACHED: usize = 8;
/// Characters shown of one cluster. The longest emoji sequence in use has ten.
const CLUSTER: usize = 16;
/// Characters of one cluster that are put into the composed form; a real one never comes near.
const COMPOSED: usize = 256;

/// The text made visible, cut after [`SHOWN`] bytes with the number of characters left out.
pub(super) fn field(text: &str) -> (String, Marks) {
    if text.len() <= SHOWN && is_plain(text) {
        return (text.to_owned(), Marks::default());
    }
    let window = text.get(..text.floor_char_boundary(WINDOW)).unwrap_or(text);
    let mut out = Out::default();
    let (mut read, mut kept, mut kept_read) = (0, 0, 0);
    let mut clusters = window.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
        if out.text.len() > SHOWN {
            break;
        }
        read += cluster.len();
        if out.text.len() <= SHOWN - TAIL {
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

/// The whole text made visible, however long.
pub(super) fn whole(text: &str) -> (String, Marks) {
    if is_plain(text) {
        return (text.to_owned(), Marks::default());
    }
    let mut out = Out::default();
    out.text.reserve(text.len());
    let mut clusters = text.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
    }
    (out.text, out.marks)
}

/// What would be made visible in a whole text, without making it.
pub(super) fn marks(text: &str) -> Marks {
    let mut out = Out::default();
    let mut clusters = text.graphemes(true).peekable();
    while let Some(cluster) = clusters.next() {
        out.cluster(cluster, first_char(&mut clusters));
        out.text.clear();
    }
    out.marks
}

/// The whole text cluster by cluster, each made visible as it is beside its neighbours: a joiner needs the next letter.
pub(super) fn clusters(text: &str) -> Vec<(String, Marks)> {
    let mut clusters = text.graphemes(true).peekable();
    let mut each = Vec::new();
    while let Some(cluster) = clusters.next() {
        let mut out = Out::default();
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
struct Out {
    text: String,
    marks: Marks,
}

/// How far the cluster in hand has come. A mark in its midst starts it again.
#[derive(Clone, Copy, Default)]
struct ClusterState {
    /// Characters shown since the start; 0: there is nothing to attach to.
    chars: usize,
    /// Marks shown on the last base.
    attached: usize,
    /// Characters counted instead of shown.
    hidden: usize,
    base: char,
    last: char,
}

impl Out {
    /// Adds a cluster. `after` is the first character of the next one.
    fn cluster(&mut self, cluster: &str, after: Option<char>) {
        if let [byte @ b' '..=b'~'] = cluster.as_bytes() {
            self.text.push(char::from(*byte));
            return;
        }
        // What is before the first ink becomes marks, and a mark must tell the character that came: composing
        // turns U+2000 into U+2002.
        let source = cluster.chars().take(COMPOSED);
        let bare = source.clone().take_while(|c| kind::of(*c) != CharKind::Ink).count();
        let mut chars = source.clone().take(bare).chain(source.skip(bare).nfc()).peekable();
        let mut shown = ClusterState::default();
        while let Some(c) = chars.next() {
            self.char(&mut shown, c, chars.peek().copied(), after);
        }
        shown.hidden += cluster.chars().skip(COMPOSED).count();
        self.count_hidden(&mut shown);
    }

    fn char(&mut self, shown: &mut ClusterState, c: char, next: Option<char>, after: Option<char>) {
        let kind = match kind::of(c) {
            CharKind::Invisible if shown.keeps(c, next, after) => CharKind::Attached,
            CharKind::Attached if shown.chars == 0 => CharKind::Invisible,
            kind => kind,
        };
        match kind {
            CharKind::Ink | CharKind::Attached => {
                let base = kind == CharKind::Ink;
                // A joiner is only where what it joins has room too.
                let room = if c == ZWJ { CLUSTER - 1 } else { CLUSTER };
                if shown.hidden > 0 || shown.chars >= room || !base && shown.attached >= ATTACHED {
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

    /// The picture of an ASCII control, the number of anything else.
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
    /// Whether a joiner or selector does its proper work here, and so may stay unseen.
    fn keeps(&self, c: char, next: Option<char>, after: Option<char>) -> bool {
        if self.chars == 0 {
            return false;
        }
        match c {
            VS16 => kind::is_emoji(self.last) || kind::takes_keycap(self.last) && next == Some(KEYCAP),
            ZWJ | ZWNJ => {
                Joining::is_virama(self.last)
                    || c == ZWJ && kind::is_emoji(self.base) && next.is_some_and(kind::is_emoji)
                    || !matches!(self.last, ZWJ | ZWNJ) && next.is_none() && self.joins(after)
            }
            _ => false,
        }
    }

    fn joins(&self, after: Option<char>) -> bool {
        let script = Joining::of_letter(self.base);
        script.is_some() && script == after.filter(|c| kind::of(*c) == CharKind::Ink).and_then(Joining::of_letter)
    }
}
