//! A value in which the characters that differ from another value are marked. A character that the mask hides can have
//! a mark too.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Line, Role};
use crate::text::{Class, Mask, Safe, Value};

/// Maximum number of characters of a value in which differing characters are marked. A longer value gets no marks.
const MAX_MARKED: usize = 4000;

/// One of the parts that a shown value is made of: a first and a last name, for example, are two parts of a name.
pub enum MarkedPart {
    /// A text or number, whose characters can have marks.
    Value(Value),
    /// The text of a list or an object, already masked. Its characters get no marks.
    Shown(Safe),
}

/// A value of a field as it is shown: its grapheme clusters (visible characters). The `bool` of a cluster says whether
/// it is marked, because it differs from another value of the same field.
pub struct MarkedText {
    clusters: Vec<(Safe, bool)>,
}

impl MarkedText {
    /// Splits a value into clusters (visible characters), as the mask level `mask` shows them. The value is made of
    /// `parts`, such as first and last name, with a blank between them. `marks` says for each cluster of the unmasked
    /// value whether it differs from another value; without marks, nothing is marked.
    pub fn new(parts: &[MarkedPart], marks: &[bool], mask: Mask) -> Self {
        let has_marks = !marks.is_empty();
        let (mut clusters, mut marks) = (Vec::new(), marks.iter().copied());
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                clusters.push((Safe::from_static(" "), marks.next().unwrap_or(false)));
            }
            let part = match part {
                MarkedPart::Value(value) => value,
                MarkedPart::Shown(shown) => {
                    clusters.extend(Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)));
                    continue;
                }
            };
            let text = part.text().expose();
            // A value with marks is short: nothing is marked in a long one.
            let count = if has_marks { text.graphemes(true).count() } else { 0 };
            let own: Vec<bool> = marks.by_ref().take(count).collect();
            let shown = part.masked(mask);
            if !own.contains(&true) || count > MAX_MARKED {
                clusters.extend(Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)));
            } else if part.is_hidden(mask) {
                clusters.extend(masked(&shown, count, part.class(), &own));
            } else {
                clusters.extend(Safe::clusters(text).into_iter().zip(own));
            }
        }
        Self { clusters }
    }

    /// Returns the width of the value in columns, on one line.
    pub fn width(&self) -> usize {
        self.clusters.iter().map(|(cluster, _)| cluster.width()).sum()
    }

    /// Returns the value in lines of at most `columns` columns, broken at spaces if possible. `role` is the purpose of
    /// the text, such as a warning. Below each line with a marked character, a line with the sign `^` under every
    /// marked character follows.
    pub fn lines(&self, columns: usize, role: Role) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut rest = self.clusters.as_slice();
        while !rest.is_empty() {
            let (mut taken, mut end, mut space) = (0, 0, None);
            for (at, (cluster, _)) in rest.iter().enumerate() {
                taken += cluster.width();
                if taken > columns && at > 0 {
                    break;
                }
                end = at + 1;
                if cluster.as_str() == " " {
                    space = Some(end);
                }
            }
            let end = if end < rest.len() { space.unwrap_or(end) } else { end };
            let (line, left) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            draw(line, role, &mut lines);
            rest = left;
        }
        lines
    }
}

/// Adds a line with clusters (visible characters) to `lines`. If any cluster is marked, a line with the sign `^` under
/// each marked cluster is added below.
fn draw(clusters: &[(Safe, bool)], role: Role, lines: &mut Vec<Line>) {
    let (mut line, mut signs) = (Line::new(), Line::new());
    for run in clusters.chunk_by(|(_, one), (_, other)| one == other) {
        let text: Vec<Safe> = run.iter().map(|(text, _)| text.clone()).collect();
        let (text, marked) = (Safe::concat(&text), run.first().is_some_and(|(_, marked)| *marked));
        let sign = if marked { "^" } else { " " };
        signs = signs.with(Safe::sanitize(&sign.repeat(text.width())), Role::Warn);
        line = line.with(text, if marked { Role::Mark } else { role });
    }
    lines.push(line);
    if clusters.iter().any(|(_, marked)| *marked) {
        lines.push(signs);
    }
}

/// Returns the clusters (visible characters) of `shown`, the masked text of a value. The `bool` of a cluster says
/// whether the cluster gets a mark. `marks` holds such a `bool` for each of the `count` clusters of the unmasked value:
/// whether the value differs there from another value of the same field. `class` is the privacy class of the value.
///
/// The mask shows one bullet for each cluster, up to a limit. Of an identity value, it may also show the last clusters.
/// A mark on one of these last clusters is placed by its distance from the end of the value. Any other mark is placed
/// by its distance from the beginning.
fn masked(shown: &Safe, count: usize, class: Class, marks: &[bool]) -> Vec<(Safe, bool)> {
    let mut clusters: Vec<(Safe, bool)> =
        Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)).collect();
    let len = clusters.len();
    let bullets = clusters.iter().take_while(|(cluster, _)| cluster.as_str() == "•").count();
    let tail = if class == Class::Identity { len - bullets } else { 0 };
    for (at, _) in marks.iter().enumerate().filter(|(_, mark)| **mark) {
        let from_end = count.saturating_sub(at + 1);
        let place = if from_end < tail { len - 1 - from_end } else { at.min(bullets.saturating_sub(1)) };
        if let Some((_, mark)) = clusters.get_mut(place) {
            *mark = true;
        }
    }
    clusters
}
