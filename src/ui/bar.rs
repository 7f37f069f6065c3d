//! Bars: how much of a whole a number is.

use crate::text::Safe;

/// The steps of a column that is filled in part.
const STEPS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of `columns` columns, filled as far as `part` reaches in eighths of a column: nothing at 0, all at 1 and only
/// there.
///
/// A bar stands beside its number and never for it. What is outside 0 to 1 is drawn as the nearer end.
#[must_use]
pub fn bar(part: f64, columns: u8) -> Safe {
    let columns = u16::from(columns);
    let eighths = columns * 8;
    let reached = part * f64::from(eighths);
    let filled = (1..=eighths).take_while(|step| f64::from(*step) <= reached).count();
    let step = STEPS.get(filled % 8).copied().unwrap_or_default();
    let mut text = "█".repeat(filled / 8) + step;
    text.extend(std::iter::repeat_n('░', usize::from(columns) - filled.div_ceil(8)));
    Safe::of(&text)
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
}
