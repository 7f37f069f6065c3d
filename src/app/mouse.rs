//! The mouse: finds what is drawn at the cell of a click or of a turn of the wheel, and does what a key would do there.
//!
//! The mouse is off unless the user turns it on, because text cannot be selected in the terminal while it reports the
//! mouse. Only clicks and the wheel are reported. [`Regions`] and the panes themselves know what is drawn at a cell.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{Effect, Focus, Model, Regions};
use crate::keys::Action;
use crate::overlays::{Overlay, PointedAt};
use crate::text::Safe;

/// Number of lines that one step of the wheel moves.
const WHEEL_LINES: isize = 3;

/// One input with the mouse: a click, or steps of the wheel, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MouseInput {
    at: Position,
    kind: MouseInputKind,
}

/// What the user did with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MouseInputKind {
    /// Pressed the left button.
    Left,
    /// Pressed the right button.
    Right,
    /// Turned the wheel by this number of steps; a positive number turns towards the end of a text.
    Wheel(isize),
}

impl MouseInput {
    /// Returns the mouse input for a mouse event of the terminal. Returns `None` for events that this program ignores,
    /// such as a released button or a moved pointer.
    pub const fn of(event: MouseEvent) -> Option<Self> {
        let kind = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => MouseInputKind::Left,
            MouseEventKind::Down(MouseButton::Right) => MouseInputKind::Right,
            MouseEventKind::ScrollDown => MouseInputKind::Wheel(1),
            MouseEventKind::ScrollUp => MouseInputKind::Wheel(-1),
            _ => return None,
        };
        Some(Self { at: Position { x: event.column, y: event.row }, kind })
    }

    /// Returns whether the user turned the wheel.
    pub const fn is_wheel(self) -> bool {
        matches!(self.kind, MouseInputKind::Wheel(_))
    }

    /// Adds the wheel steps of `other` to this input, if both are turns of the wheel at the same cell. Returns whether
    /// they were added.
    #[must_use]
    pub fn join(&mut self, other: Self) -> bool {
        match (&mut self.kind, other.kind) {
            (MouseInputKind::Wheel(steps), MouseInputKind::Wheel(more)) if self.at == other.at => {
                *steps = steps.saturating_add(more);
                true
            }
            _ => false,
        }
    }
}

impl Model {
    /// Turns the mouse on or off, and shows a notice that explains the consequences for the user.
    pub(super) fn toggle_mouse(&mut self) {
        self.prefs.mouse = !self.prefs.mouse;
        self.outbox.push(Effect::Mouse(self.prefs.mouse));
        self.notify(
            Safe::from_static(if self.prefs.mouse {
                "Mouse on: most terminals select text while Shift is held"
            } else {
                "Mouse off: the terminal selects text again"
            }),
            false,
        );
    }

    /// Handles a click or a turn of the wheel.
    pub(super) fn mouse(&mut self, input: MouseInput) {
        // The next key does not count as held down since before the click.
        self.timers.pressed = None;
        match input.kind {
            MouseInputKind::Wheel(steps) => self.wheel(input.at, steps.saturating_mul(WHEEL_LINES)),
            MouseInputKind::Left => self.click(input.at),
            MouseInputKind::Right => self.right_click(),
        }
    }

    /// Handles a click of the right button: does what the Esc key does. Otherwise a user without a keyboard could not
    /// leave a detail pane that takes the whole screen.
    fn right_click(&mut self) {
        if self.overlay.is_some() {
            self.overlay_action(Action::Back);
        } else if self.filter.editor().is_some() {
            self.filter_action(Action::RestoreFilter);
        } else if self.detail.search_field().is_some() {
            self.search_action(Action::LeaveSearch);
        } else {
            self.perform(Action::Back, None);
        }
    }

    fn click(&mut self, cell: Position) {
        let Some(regions) = self.regions() else { return };
        if let Some(overlay) = &mut self.overlay {
            match overlay.point_at(cell, self.size, &self.config.keymap) {
                PointedAt::Outside => self.overlay = self.overlay.take().and_then(Overlay::below),
                PointedAt::Line => self.overlay_action(Action::Open),
                PointedAt::Frame => {}
            }
            return;
        }
        if self.filter.editor().is_some() {
            // Any other click must neither discard the typed text nor apply it.
            let screen = Rect::from((Position::ORIGIN, self.size));
            if let Some(cell) = self.filter.completion_at(cell, regions.filter, screen) {
                self.with_filter(|filter, today, seen| filter.take_completion(cell, today, seen));
            }
            return;
        }
        if self.detail.search_field().is_some() {
            self.search_action(Action::LeaveSearch);
        }
        match focus_at(&regions, cell) {
            Some(Focus::List) => self.click_list(&regions, cell),
            Some(Focus::Detail) => self.click_detail(&regions, cell),
            None if regions.filter.contains(cell) => self.perform(Action::EditFilter, None),
            None => {}
        }
    }

    fn click_list(&mut self, regions: &Regions, cell: Position) {
        let focused = self.prefs.focus == Focus::List;
        let Some(rows) = regions.list.map(|area| self.list_rows_area(area)) else { return };
        let line = rows.contains(cell).then(|| self.list.scroll().top() + usize::from(cell.y - rows.y));
        let line = line.filter(|line| *line < self.rows.rows().len());
        if focused && self.selection.detached.is_none() && line == Some(self.list.scroll().at()) {
            return self.perform(Action::Open, None);
        }
        self.focus(Focus::List);
        if let Some(line) = line {
            self.list.point(line);
            self.select_line(line);
        }
    }

    fn click_detail(&mut self, regions: &Regions, cell: Position) {
        let focused = self.prefs.focus == Focus::Detail;
        self.focus(Focus::Detail);
        let Some(area) = regions.detail else { return };
        if let Some(tab) = self.detail.tab_at(area, cell) {
            return self.detail.open_tab(tab);
        }
        let lines = self.detail_lines_area(area);
        let line = lines.contains(cell).then(|| self.detail.scroll().top() + usize::from(cell.y - lines.y));
        match line.filter(|line| *line < self.detail.lines().len()) {
            Some(line) if focused && line == self.detail.scroll().at() => self.perform(Action::Open, None),
            Some(line) => self.detail.point(line),
            None => {}
        }
    }

    /// Scrolls the pane or overlay that is drawn at a cell by a number of lines. A positive number scrolls towards the
    /// end. The focus does not change.
    fn wheel(&mut self, cell: Position, lines: isize) {
        let Some(regions) = self.regions() else { return };
        if matches!(self.overlay, Some(Overlay::Pictures(_))) {
            let action = if lines > 0 { Action::Down } else { Action::Up };
            return (0..lines / WHEEL_LINES * lines.signum()).for_each(|_| self.move_picture(action));
        }
        if let Some(overlay) = &mut self.overlay {
            return overlay.wheel(cell, lines, self.size, &self.config.keymap);
        }
        if self.filter.editor().is_some() {
            return;
        }
        match focus_at(&regions, cell) {
            Some(Focus::List) if !self.rows.rows().is_empty() => {
                let (len, height) = (self.rows.rows().len(), self.list_height());
                let before = self.list.scroll().at();
                let line = self.list.wheel(lines, len, height);
                if line == before {
                    // The cursor stays on its row, and so does the detail pane on what it shows.
                    self.ensure_next(line);
                } else {
                    self.select_line(line);
                }
            }
            Some(Focus::Detail) => {
                let height = usize::from(self.detail_size().height);
                self.detail.wheel(lines, height);
            }
            Some(Focus::List) | None => {}
        }
    }
}

/// Returns the pane that is drawn at a cell; `None` if no pane is drawn there.
fn focus_at(regions: &Regions, cell: Position) -> Option<Focus> {
    let is_in = |area: Option<Rect>| area.is_some_and(|area| area.contains(cell));
    match () {
        () if is_in(regions.list) => Some(Focus::List),
        () if is_in(regions.detail) => Some(Focus::Detail),
        () => None,
    }
}
