//! Counts the terminal columns that a text needs, in the same way as the drawing library: cluster by cluster.
//!
//! The width of a whole string can differ from the sum of its clusters, because two clusters may be joined into one
//! glyph (lam and alef). The drawing library fills the cells of each cluster separately.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Returns the number of terminal columns of one grapheme cluster.
pub(super) fn of_cluster(cluster: &str) -> usize {
    if cluster.len() == 1 {
        return 1;
    }
    // The drawing library gives each halfwidth sound mark one column more than the width table.
    cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// Returns the number of terminal columns of a text. The text should be sanitised. A text that was not sanitised is
/// counted as the drawing library draws it.
pub fn of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(of_cluster).sum() }
}
