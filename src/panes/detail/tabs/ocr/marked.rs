//! The value of one source of an OCR field, with marks on the characters that differ from the value of another source.
//! Also a masked character can have a mark.

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::super::TabContext;
use crate::submission::provenance::SourceValue;
use crate::text::{Class, Mask, Safe};
use crate::ui::{Line, Role};

/// Maximum length in characters of an OCR value whose differing characters are marked. The value is compared with the
/// values of the same field in other sources, such as `ocr` and `review`.
const MAX_MARKED: usize = 4000;

/// The value of an OCR field as it is shown: its grapheme clusters (visible characters). The `bool` of a cluster says
/// whether it is marked, because it differs from the value of another source.
pub(super) struct Marked {
    clusters: Vec<(Safe, bool)>,
}

impl Marked {
    /// Splits the value of an OCR field into clusters (visible characters), each with a mark if another source of the
    /// field has something else there. The value is masked unless `revealed` is true.
    pub(super) fn new(context: TabContext<'_>, value: &SourceValue<'_>, revealed: bool) -> Self {
        let mask = if revealed { Mask::None } else { context.options.mask };
        let (mut clusters, mut marks) = (Vec::new(), value.marks.iter().copied());
        for (at, part) in value.parts.iter().enumerate() {
            if at > 0 {
                clusters.push((Safe::from_static(" "), marks.next().unwrap_or(false)));
            }
            let Some(scalar) = part.value() else {
                // A list or an object.
                let shown = context.masked_value(part);
                clusters.extend(Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)));
                continue;
            };
            let text = part.text().unwrap_or_default();
            // A value with marks is short: nothing is marked in a long one.
            let count = if value.marks.is_empty() { 0 } else { text.graphemes(true).count() };
            let own: Vec<bool> = marks.by_ref().take(count).collect();
            let shown = scalar.masked(mask);
            if !own.contains(&true) || count > MAX_MARKED {
                clusters.extend(Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)));
            } else if scalar.is_hidden(mask) {
                clusters.extend(masked(&shown, count, scalar.class(), &own));
            } else {
                clusters.extend(Safe::clusters(text).into_iter().zip(own));
            }
        }
        Self { clusters }
    }

    /// Returns the width of the value in columns, on one line.
    pub(super) fn width(&self) -> usize {
        self.clusters.iter().map(|(cluster, _)| cluster.width()).sum()
    }

    /// Returns the value in lines of at most `columns` columns, broken at spaces if possible. Some characters are
    /// marked, because they differ from the same field in another source, such as `ocr`. Below each line with a marked
    /// character, a line with the sign `^` under every marked character follows.
    pub(super) fn lines(&self, columns: usize, role: Role) -> Vec<Line> {
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

/// Returns the clusters (visible characters) of `shown`, a masked value. The `bool` of each cluster says whether the
/// unmasked value differs there from another source of the same field (raw OCR, OCR, reviewed or final). `count` is the
/// number of clusters of the unmasked value, and `marks` holds the `bool` of each of them. `class` is the privacy class
/// of the value.
///
/// The mask shows one bullet for each cluster, up to a limit; for an identity value, the mask may also show the end of
/// the value. The position of a mark in that visible end is counted from the end of the value. The position of any
/// other mark is counted from the beginning.
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
