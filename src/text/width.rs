//! Counts the terminal columns that a text needs, in the same way as the library that draws the screen: one grapheme
//! cluster after the other.
//!
//! The width of a whole string can differ from the sum of the widths of its clusters, because two clusters may be
//! joined into one glyph (the Arabic letters lam and alef). The sum is right, because the drawing library fills the
//! terminal columns of each cluster separately.

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

/// Returns the number of terminal columns of a text. The text should be sanitised; for any other text, the result is
/// the number of columns that the drawing library would fill.
pub fn of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(of_cluster).sum() }
}
