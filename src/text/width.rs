//! Columns that text takes on a terminal, counted as the drawing library counts them: cluster by cluster.
//!
//! Clusters, because the width of a whole string differs where two of them would be joined into one glyph (lam and
//! alef), and cells are filled one by one.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns of one grapheme cluster.
pub(super) fn of_cluster(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    // The drawing library gives the halfwidth sound marks a column above what the width table says.
    cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// Columns of a sanitised text, or of a part of one. What was not sanitised is counted as what it would be drawn as.
pub fn of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(of_cluster).sum() }
}
