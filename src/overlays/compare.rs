//! The comparison of two or three submissions: their fields side by side, those with different values first.

mod cells;
mod lines;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::{LinesPlace, OverlayResult, draw_lines, keys_line, line_position_text};
use crate::keys::{Action, Keymap};
use crate::kit::Scroll;
use crate::submission::Document;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Panel, Role, Theme, paint};
use lines::CompareLayout;

/// Maximum number of submissions that are compared at once.
pub const MAX_COMPARED: usize = 3;

/// Number of variants of [`CompareFold`]: the sections of the comparison that the user can open and close.
const FOLD_KINDS: usize = 4;

/// One of the compared submissions.
pub struct ComparedSide<'a> {
    /// The id, the status and the applicant's name, as the mask shows them.
    pub heading: [Safe; 3],
    /// Words that say whether the full record of the submission or only its list data is compared.
    pub record: Safe,
    /// Sentence about the failed request for the submission's full record; `None` if no request failed.
    pub failure: Option<Safe>,
    /// The parsed full record or list record of the submission; `None` if it is not parsed yet.
    pub document: Option<&'a Document>,
    /// Number that changes whenever the parsed answer changes. The lines of the comparison are then made again.
    pub version: u64,
}

/// A section of the comparison that the user can open and close. Each section holds the fields whose values gave the
/// same result when they were compared, such as the equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CompareFold {
    Same,
    SameWhereKnown,
    Alone,
    NewEachTime,
}

/// One line of the comparison.
#[derive(Clone, Default)]
struct CompareLine {
    line: Line,
    /// The section that the Enter key opens or closes on this line; `None` if the line is not the heading of such a
    /// section.
    fold: Option<CompareFold>,
    /// The path of the shown field in each compared submission, `None` in a submission without the field. Empty if the
    /// line shows no field.
    paths: Vec<Option<String>>,
}

/// The data from which the lines of the comparison were made. The lines are made again only if these data change.
#[derive(PartialEq)]
struct CompareKey {
    sides: Vec<(u64, [Safe; 3], Safe, Option<Safe>)>,
    mask: Mask,
    screen: Size,
    left: usize,
    open: [bool; FOLD_KINDS],
}

/// The state of the comparison: its lines, the cursor, the first visible submission, and the open sections.
#[derive(Default)]
pub struct CompareView {
    scroll: Scroll,
    /// Index of the first visible submission. On a narrow screen, not all compared submissions are visible at once.
    left: usize,
    open: [bool; FOLD_KINDS],
    sides: usize,
    head: Vec<Line>,
    lines: Vec<CompareLine>,
    made_from: Option<CompareKey>,
}

impl CompareView {
    /// Makes the lines that compare the submissions `sides`, unless nothing changed since the last call. `mask` is the
    /// mask level, and `screen` the size of the screen.
    pub fn render(&mut self, sides: &[ComparedSide<'_>], mask: Mask, screen: Size) {
        let layout = CompareLayout::of(area(screen), sides.len());
        self.sides = sides.len();
        self.left = self.left.min(sides.len() - layout.visible.min(sides.len()));
        let of_side =
            |side: &ComparedSide<'_>| (side.version, side.heading.clone(), side.record.clone(), side.failure.clone());
        let sides_key = sides.iter().map(of_side).collect();
        let key = CompareKey { sides: sides_key, mask, screen, left: self.left, open: self.open };
        if self.made_from.as_ref() != Some(&key) {
            (self.head, self.lines) = lines::make_lines(sides, mask, layout, self.left, self.open);
            self.made_from = Some(key);
        }
        self.scroll.to(self.scroll.at(), self.lines.len(), self.height(screen));
    }

    /// Returns the number of lines of the comparison that are visible at once, below the headings of the columns.
    fn height(&self, screen: Size) -> usize {
        usize::from(Panel::inner_area(area(screen)).height).saturating_sub(self.head.len())
    }

    /// Returns whether the Enter key has an effect on the line under the cursor: the line shows a field, or it is the
    /// heading of a section that can be opened and closed.
    pub(super) fn can_open(&self) -> bool {
        self.lines.get(self.scroll.at()).is_some_and(|line| line.fold.is_some() || !line.paths.is_empty())
    }

    /// Returns what the Enter key does on the line under the cursor, in words for the footer.
    pub(super) fn enter_label(&self) -> &'static str {
        let is_heading = self.lines.get(self.scroll.at()).is_some_and(|line| line.fold.is_some());
        if is_heading { "open/close" } else { "show field" }
    }

    /// Returns what the Enter key does with the section whose heading is under the cursor, in words for the lower
    /// border. If no such heading is under the cursor, but one of a closed section is visible, the words say on which
    /// line the key opens a section. `height` is the number of visible lines.
    fn fold_hint(&self, height: usize) -> Option<&'static str> {
        let is_open = |fold: CompareFold| self.open.get(fold as usize) == Some(&true);
        if let Some(fold) = self.lines.get(self.scroll.at()).and_then(|line| line.fold) {
            return Some(if is_open(fold) { "closes ▾" } else { "opens ▸" });
        }
        let visible = self.lines.get(self.scroll.window(self.lines.len(), height)).unwrap_or_default();
        let has_closed = visible.iter().filter_map(|line| line.fold).any(|fold| !is_open(fold));
        has_closed.then_some("on a line with ▸ opens it")
    }

    pub(super) fn update<T>(&mut self, action: Action, screen: Size) -> OverlayResult<T> {
        let (len, height) = (self.lines.len(), self.height(screen));
        let visible = CompareLayout::of(area(screen), self.sides).visible;
        match action {
            Action::Back | Action::Interrupt => return OverlayResult::Closed,
            Action::Left => self.left = self.left.saturating_sub(1),
            Action::Right => self.left = (self.left + 1).min(self.sides.saturating_sub(visible)),
            Action::Open => {
                let Some(line) = self.lines.get(self.scroll.at()) else { return OverlayResult::Open };
                match line.fold {
                    Some(fold) => self.open.iter_mut().skip(fold as usize).take(1).for_each(|open| *open = !*open),
                    None if !line.paths.is_empty() => return OverlayResult::OpenField(line.paths.clone()),
                    None => {}
                }
            }
            _ => action.scroll(&mut self.scroll, len, height),
        }
        OverlayResult::Open
    }

    /// Returns the cursor, and where the lines are drawn on a screen of the size `screen`.
    pub(super) fn lines_place(&mut self, screen: Size) -> LinesPlace<'_> {
        let area = area(screen);
        let inside = Panel::inner_area(area);
        let head = u16::try_from(self.head.len()).unwrap_or(u16::MAX).min(inside.height);
        let rows = Rect { y: inside.y + head, height: inside.height - head, ..inside };
        LinesPlace { scroll: &mut self.scroll, len: self.lines.len(), area, rows }
    }

    pub(super) fn view(&self, frame: &mut Frame<'_>, keymap: &Keymap, theme: &Theme) {
        let area = area(frame.area().as_size()).intersection(frame.area());
        let layout = CompareLayout::of(area, self.sides);
        let title = Safe::sanitize(&format!(" Compare {} submissions ", self.sides));
        let mut foot = line_position_text(&self.scroll, self.lines.len());
        if let Some(does) = self.fold_hint(self.height(frame.area().as_size())) {
            foot = foot.with_line(keys_line(keymap, &[(&[Action::Open], does)]));
        }
        if layout.visible < self.sides {
            let (first, last) =
                (lines::submission_letter(self.left), lines::submission_letter(self.left + layout.visible - 1));
            let words = format!("· columns {first} and {last} of {} ", self.sides);
            foot = foot.with(Safe::sanitize(&words), Role::Warn);
            foot = foot.with_line(keys_line(keymap, &[(&[Action::Left, Action::Right], "others")]));
        }
        let panel = Panel { title: Line::new().with(title, Role::Title), bottom_line: foot, focused: true };
        let lines = self.lines.iter().map(|line| &line.line);
        let head = u16::try_from(self.head.len()).unwrap_or(u16::MAX);
        draw_lines(frame, area, panel, self.scroll, head, lines, theme);
        let inside = Panel::inner_area(area);
        for (row, line) in (0..inside.height).zip(&self.head) {
            frame.render_widget(paint(line, theme), Rect { y: inside.y + row, height: 1, ..inside });
        }
    }
}

/// Returns the area of the comparison: the screen without its first line, which shows the mask level, and its last
/// line.
fn area(screen: Size) -> Rect {
    Rect { x: 0, y: screen.height.min(1), width: screen.width, height: screen.height.saturating_sub(2) }
}

#[cfg(test)]
mod tests;
