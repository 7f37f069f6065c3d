//! Bars that show a number as a share of a whole.

use crate::text::Safe;

/// Signs that fill a column by 0 to 7 eighths; the index is the number of eighths.
const STEPS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Draws a bar of a number of columns, filled to a share of 0 to 1 in eighths of a column: empty at 0, full only at 1.
///
/// A bar accompanies its number and never replaces it. A share outside 0 to 1 is drawn as the nearer end.
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

/// Draws a bar for a number of 0 to 100; `None` for a number beyond that scale, for which a bar would claim too much.
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
