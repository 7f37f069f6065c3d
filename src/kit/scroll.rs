//! The cursor in a list of lines on the screen, and the window of visible lines. The window follows the cursor.

/// The position of the cursor in a list of lines, and the position of the first visible line. The struct stores neither
/// the number of lines of the list (`len`) nor the number of visible lines (`height`). Callers pass both with each
/// call, so that they are never out of date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    at: usize,
    top: usize,
    /// Whether the cursor is on a line at which the user pointed with the mouse. While it is, the window does not move,
    /// so that the line does not move away from the pointer.
    is_pointed: bool,
}

/// One move of the cursor in a list of lines. A positive number moves down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Only the cursor moves, until it comes near the edge of the window of visible lines.
    Lines(isize),
    /// The window of visible lines moves with the cursor.
    Page(isize),
}

impl Scroll {
    /// Number of lines that stay visible above and below the cursor if the window of visible lines is high enough.
    const MARGIN: usize = 2;

    /// Returns the index of the line with the cursor, counted from 0.
    pub const fn at(self) -> usize {
        self.at
    }

    /// Returns the index of the first visible line, counted from 0.
    pub const fn top(self) -> usize {
        self.top
    }

    /// Moves the cursor to line `at` of a list of `len` lines, and moves the window of visible lines only as far as
    /// needed. `height` is the number of visible lines; if it is 0, the window does not move.
    pub fn to(&mut self, at: usize, len: usize, height: usize) {
        let at = at.min(len.saturating_sub(1));
        self.is_pointed = self.is_pointed && at == self.at;
        self.at = at;
        if height == 0 {
            return;
        }
        let margin = if self.is_pointed { 0 } else { Self::MARGIN.min(height.saturating_sub(1) / 2) };
        let highest = self.at.saturating_sub(margin);
        let lowest = (self.at + margin + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest.min(highest), highest).min(len.saturating_sub(height));
    }

    /// Moves the cursor by a number of lines; a positive number moves down. The cursor stops at the first and the last
    /// of the `len` lines. `height` is the number of visible lines.
    pub fn by(&mut self, lines: isize, len: usize, height: usize) {
        self.to(self.at.saturating_add_signed(lines), len, height);
    }

    /// Moves the cursor and the window of visible lines together by a number of lines; a positive number moves down. So
    /// the cursor stays at the same height on the screen, unless it is too close to an edge of the window. At an end of
    /// the list, first the window stops moving, and then the cursor. `len` and `height` are the numbers of all lines
    /// and of visible lines.
    pub fn page(&mut self, lines: isize, len: usize, height: usize) {
        if height > 0 {
            self.top = self.top.saturating_add_signed(lines).min(len.saturating_sub(height));
        }
        self.by(lines, len, height);
    }

    /// Performs `step` in a list of `len` lines, of which `height` are visible.
    pub fn step(&mut self, step: Step, len: usize, height: usize) {
        match step {
            Step::Lines(lines) => self.by(lines, len, height),
            Step::Page(lines) => self.page(lines, len, height),
        }
    }

    /// Moves the cursor to the visible line `at`, at which the user pointed with the mouse. The window stays, so that a
    /// second click at the same place finds the same line.
    pub const fn point(&mut self, at: usize) {
        self.at = at;
        self.is_pointed = true;
    }

    /// Moves the window of visible lines by a number of lines, as a mouse wheel does; a positive number moves down. The
    /// cursor moves only as far as needed to stay in the window. If the window is at the end of the list already, the
    /// cursor moves instead. `len` and `height` are the numbers of all lines and of visible lines.
    pub fn wheel(&mut self, lines: isize, len: usize, height: usize) {
        let lowest = len.saturating_sub(height);
        let top = self.top.saturating_add_signed(lines).min(lowest);
        if height == 0 || top == self.top {
            return self.by(lines, len, height);
        }
        self.top = top;
        let margin = Self::MARGIN.min(height.saturating_sub(1) / 2);
        let first = if top == 0 { 0 } else { top + margin };
        let last = if top == lowest { len.saturating_sub(1) } else { top + height - 1 - margin };
        self.to(self.at.clamp(first, last), len, height);
    }

    /// Returns the range of the indexes of the visible lines in a list of `len` lines. `height` is the greatest number
    /// of visible lines.
    pub fn window(self, len: usize, height: usize) -> std::ops::Range<usize> {
        let top = self.top.min(len);
        top..len.min(top + height)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cursor_is_always_in_the_window(
            steps in prop::collection::vec((-60isize..60, 0usize..50, 1usize..30, any::<bool>()), 1..40),
        ) {
            let mut scroll = Scroll::default();
            for (step, len, height, is_page) in steps {
                if is_page { scroll.page(step, len, height) } else { scroll.by(step, len, height) }
                prop_assert!(scroll.at() < len.max(1));
                let window = scroll.window(len, height);
                prop_assert!(len == 0 || window.contains(&scroll.at()), "{scroll:?} {len} {height}");
                prop_assert!(window.len() == len.min(height));
            }
        }
    }

    #[test]
    fn a_page_moves_the_window_and_the_cursor_together() {
        let mut scroll = Scroll::default();
        scroll.by(5, 100, 10);
        scroll.page(10, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (15, 10));
        scroll.page(5, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (20, 15));
        scroll.page(-10, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (10, 5));
        scroll.page(-10, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (0, 0));
        for (at, top) in [(10, 8), (20, 15), (24, 15)] {
            scroll.page(10, 25, 10);
            assert_eq!((scroll.at(), scroll.top()), (at, top));
        }
    }

    #[test]
    fn the_wheel_moves_the_window_and_takes_the_cursor_along_only_at_its_edges() {
        let mut scroll = Scroll::default();
        let mut turn = |lines| {
            scroll.wheel(lines, 100, 10);
            (scroll.at(), scroll.top())
        };
        assert_eq!([turn(3), turn(3)], [(5, 3), (8, 6)]);
        assert_eq!([turn(-1), turn(-1), turn(-5)], [(8, 5), (8, 4), (7, 0)]);
        assert_eq!([turn(-3), turn(-3), turn(-3)], [(4, 0), (1, 0), (0, 0)], "at the top the cursor moves");
        assert_eq!([turn(1_000), turn(3), turn(30)], [(92, 90), (95, 90), (99, 90)], "and at the end");
        assert_eq!(turn(isize::MIN), (7, 0));
    }

    proptest! {
        #[test]
        fn cursor_is_in_the_window_after_every_turn_of_the_wheel(
            turns in prop::collection::vec((-60isize..60, 0usize..50, 0usize..30), 1..40),
        ) {
            let mut scroll = Scroll::default();
            for (lines, len, height) in turns {
                scroll.wheel(lines, len, height);
                let window = scroll.window(len, height);
                prop_assert!(len == 0 || height == 0 || window.contains(&scroll.at()), "{scroll:?} {len} {height}");
            }
        }
    }

    #[test]
    fn the_window_stays_when_the_user_points_at_a_line_at_its_edge() {
        let mut scroll = Scroll::default();
        scroll.by(8, 100, 10);
        scroll.point(10);
        scroll.to(10, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (10, 1));
        scroll.to(10, 100, 8);
        assert_eq!((scroll.at(), scroll.top()), (10, 3), "the line stays visible");
        scroll.by(1, 100, 8);
        assert_eq!((scroll.at(), scroll.top()), (11, 6), "a key keeps the margin");
    }

    #[test]
    fn window_stays_while_nothing_is_visible() {
        let mut scroll = Scroll::default();
        scroll.by(8, 100, 10);
        scroll.by(0, 100, 0);
        assert_eq!((scroll.at(), scroll.top()), (8, 1));
        scroll.by(1, 100, 0);
        scroll.by(0, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (9, 2));
    }

    #[test]
    fn window_keeps_two_lines_beyond_the_cursor() {
        let mut scroll = Scroll::default();
        scroll.by(8, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (8, 1));
        scroll.by(-5, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (3, 1));
        scroll.by(-1, 100, 10);
        assert_eq!((scroll.at(), scroll.top()), (2, 0));
    }
}
