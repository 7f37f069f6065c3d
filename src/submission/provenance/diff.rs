//! Finds the characters in which two texts differ, for marking them on the screen.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::spelling::comparable_form;
use super::value_kind::ValueKind;

/// Maximum number of graphemes between the first and the last difference of two texts that are matched one by one. If
/// there are more, all of them count as differing. The limit keeps the time below a millisecond.
const MAX_MATCHED: usize = 400;

/// Returns two lists: for each grapheme of `one`, and for each grapheme of `other`, whether it differs from the other
/// text.
///
/// Case, width and spacing are ignored. Separators that have no meaning in values of the kind `kind`, such as a comma
/// in an address, are ignored too. The texts are matched by their longest common subsequence, so a missing character
/// does not make the characters after it differ.
pub(super) fn diff(one: &str, other: &str, kind: ValueKind) -> (Vec<bool>, Vec<bool>) {
    let (a, b) = (Graphemes::of(one, kind), Graphemes::of(other, kind));
    let ahead = a.keys.iter().zip(&b.keys).take_while(|(a, b)| a == b).count();
    let left = (a.keys.len() - ahead).min(b.keys.len() - ahead);
    let behind = a.keys.iter().rev().zip(b.keys.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let middle = |text: &Graphemes| ahead..text.keys.len() - behind;
    let (mut in_a, mut in_b) = (vec![true; middle(&a).len()], vec![true; middle(&b).len()]);
    if in_a.len() <= MAX_MATCHED && in_b.len() <= MAX_MATCHED {
        let keys = |text: &Graphemes| text.keys.get(middle(text)).unwrap_or_default().to_vec();
        for op in capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b)) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                in_a.iter_mut().skip(old_index).take(len).for_each(|differs| *differs = false);
                in_b.iter_mut().skip(new_index).take(len).for_each(|differs| *differs = false);
            }
        }
    }
    (a.marks(middle(&a), &in_a), b.marks(middle(&b), &in_b))
}

/// Returns for each grapheme of the text whether it starts in one of the byte ranges `places`.
pub(super) fn within(text: &str, places: &[Range<usize>]) -> Vec<bool> {
    text.grapheme_indices(true).map(|(at, _)| places.iter().any(|place| place.contains(&at))).collect()
}

/// The graphemes of a text that are compared: all except spaces and separators, each in its comparable form.
struct Graphemes {
    keys: Vec<String>,
    /// For each grapheme in `keys`, its index among all graphemes of the text, spaces included.
    places: Vec<usize>,
    len: usize,
}

impl Graphemes {
    fn of(text: &str, kind: ValueKind) -> Self {
        let (mut keys, mut places, mut len) = (Vec::new(), Vec::new(), 0);
        for (at, grapheme) in text.graphemes(true).enumerate() {
            let key = comparable_form(grapheme, kind);
            if !key.is_empty() {
                keys.push(key);
                places.push(at);
            }
            len = at + 1;
        }
        Self { keys, places, len }
    }

    fn marks(&self, middle: Range<usize>, differs: &[bool]) -> Vec<bool> {
        let mut marks = vec![false; self.len];
        for (place, _) in
            self.places.get(middle).unwrap_or_default().iter().zip(differs).filter(|(_, differs)| **differs)
        {
            if let Some(mark) = marks.get_mut(*place) {
                *mark = true;
            }
        }
        marks
    }
}
