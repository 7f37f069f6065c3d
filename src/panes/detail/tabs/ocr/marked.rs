//! A value with the characters marked that differ from another source, as far as the mask lets them be seen.

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::super::Sheet;
use crate::submission::provenance::Held;
use crate::text::{Class, Mask, Safe};
use crate::ui::{Line, Role};

/// Characters up to which places are kept; a longer value is shown without marks in it.
const MOST: usize = 4000;

/// What is shown of a value, cluster by cluster, and which clusters are marked.
pub(super) struct Marked {
    clusters: Vec<(Safe, bool)>,
}

impl Marked {
    /// A value at the mask level of the sheet; whole where its lineage is `revealed`.
    pub(super) fn new(sheet: &Sheet<'_>, held: &Held<'_>, revealed: bool) -> Self {
        let mask = if revealed { Mask::None } else { sheet.look.mask };
        let (mut clusters, mut marks) = (Vec::new(), held.marks.iter().copied());
        for (at, part) in held.parts.iter().enumerate() {
            if at > 0 {
                clusters.push((Safe::word(" "), marks.next().unwrap_or(false)));
            }
            let Some(value) = part.value() else { continue };
            let text = part.text().unwrap_or_default();
            // A value with marks is short: nothing is marked in a long one.
            let count = if held.marks.is_empty() { 0 } else { text.graphemes(true).count() };
            let own: Vec<bool> = marks.by_ref().take(count).collect();
            let shown = value.shown(mask);
            if !own.contains(&true) || count > MOST {
                clusters.extend(Safe::clusters(shown.as_str()).into_iter().map(|cluster| (cluster, false)));
            } else if value.class().hidden_at(mask) {
                clusters.extend(hidden(&shown, count, value.class(), &own));
            } else {
                clusters.extend(Safe::clusters(text).into_iter().zip(own));
            }
        }
        Self { clusters }
    }

    /// Columns that it takes on one line.
    pub(super) fn width(&self) -> usize {
        self.clusters.iter().map(|(cluster, _)| cluster.width()).sum()
    }

    /// Lines of at most `columns` columns; below each one that holds a mark, a line that points at it.
    ///
    /// Broken at spaces where there are any.
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

/// A line of clusters, and one of signs below it where any is marked.
fn draw(clusters: &[(Safe, bool)], role: Role, lines: &mut Vec<Line>) {
    let (mut line, mut signs) = (Line::blank(), Line::blank());
    for run in clusters.chunk_by(|(_, one), (_, other)| one == other) {
        let text: Vec<Safe> = run.iter().map(|(text, _)| text.clone()).collect();
        let (text, marked) = (Safe::concat(&text), run.first().is_some_and(|(_, marked)| *marked));
        let sign = if marked { "^" } else { " " };
        signs = signs.with(Safe::of(&sign.repeat(text.width())), Role::Warn);
        line = line.with(text, if marked { Role::Mark } else { role });
    }
    lines.push(line);
    if clusters.iter().any(|(_, marked)| *marked) {
        lines.push(signs);
    }
}

/// The clusters of a masked text, marked where the true text differs.
///
/// The mask shows bullets, one a cluster but not endlessly many, and perhaps the end of an identity value: a place in the
/// end is counted from the end, any other one from the beginning.
fn hidden(shown: &Safe, count: usize, class: Class, marks: &[bool]) -> Vec<(Safe, bool)> {
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
