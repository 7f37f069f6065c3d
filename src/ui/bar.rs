//! Bars that show a number as a part of a whole.

use crate::text::Safe;

/// Characters that fill the left part of one screen column, by 0 to 7 eighths. The index is the number of eighths.
const STEPS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Returns a bar of `columns` columns whose left part is filled. `share` is the filled part of the bar, from 0 (empty)
/// to 1 (full), and is drawn in eighths of a column.
///
/// A bar is shown beside the number that it draws, and never replaces this number. A share below 0
/// is drawn as 0, and a share above 1 as 1.
pub fn bar(share: f64, columns: u8) -> Safe {
    let columns = u16::from(columns);
    let eighths = columns * 8;
    let reached = share * f64::from(eighths);
    let filled = (1..=eighths).take_while(|step| f64::from(*step) <= reached).count();
    let step = STEPS.get(filled % 8).copied().unwrap_or_default();
    let mut text = "█".repeat(filled / 8) + step;
    text.extend(std::iter::repeat_n('░', usize::from(columns) - filled.div_ceil(8)));
    Safe::sanitize(&text)
}

/// Returns a bar for a number from 0 to 100; `columns` is the width of the full bar. Returns `None` for a number below
/// 0 or above 100, since a bar cannot show such a number.
pub fn percent_bar(number: f64, columns: u8) -> Option<Safe> {
    (0.0..=100.0).contains(&number).then(|| bar(number / 100.0, columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_at_one_only() {
        assert_eq!(bar(0.0, 4).as_str(), "░░░░");
        assert_eq!(bar(0.5, 4).as_str(), "██░░");
        assert_eq!(bar(0.3, 4).as_str(), "█▏░░");
        assert_eq!(bar(0.99, 4).as_str(), "███▉");
        assert_eq!(bar(1.0, 4).as_str(), "████");
    }

    #[test]
    fn what_is_out_of_range_is_drawn_as_the_nearer_end() {
        assert_eq!(bar(7.5, 4).as_str(), "████");
        assert_eq!(bar(-1.0, 4).as_str(), "░░░░");
        assert_eq!(bar(f64::NAN, 4).as_str(), "░░░░");
        assert_eq!(bar(0.4, 0).as_str(), "");
    }

    #[test]
    fn a_number_beyond_the_scale_has_no_bar() {
        assert_eq!(percent_bar(50.0, 4).as_ref().map(Safe::as_str), Some("██░░"));
        assert_eq!(percent_bar(100.5, 4), None);
        assert_eq!(percent_bar(-0.5, 4), None);
        assert_eq!(percent_bar(f64::NAN, 4), None);
    }
}
