//! The time axis of the Timeline tab's chart. The axis converts instants to columns, shortens each idle time to one
//! column, and draws events.

use jiff::Timestamp;

use super::window::{OutsideSide, TimeWindow, extent};
use crate::submission::timeline::{Event, Gap};
use crate::text::Safe;
use crate::ui::{Piece, Role};

/// A time axis with a fixed number of columns.
///
/// Time is divided into stretches (times with events) and gaps (the idle times between stretches). Each stretch gets
/// columns in proportion to its length, at least one. Each gap gets one column, however long it is. If there are too
/// few columns for this, each stretch gets one column, and these columns are at equal distances. If only a part of the
/// timeline is shown, a sign at the edge marks events outside that part.
pub(super) struct TimeAxis {
    window: TimeWindow,
    columns: usize,
    stretches: Vec<Stretch>,
    /// The indexes of the axis columns that show a gap (an idle time), counted from 0.
    cuts: Vec<usize>,
}

struct Stretch {
    from: Timestamp,
    to: Timestamp,
    first: usize,
    columns: usize,
}

/// The form in which an event is drawn on the axis, such as a bar or a point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EventShape {
    Bar,
    Point,
    /// The sign `?`, for a camera process (one capture or upload of the applicant) of which only the start or only the
    /// end is known.
    Open,
}

impl TimeAxis {
    pub(super) fn new(window: TimeWindow, columns: usize) -> Self {
        let times = window.stretches.clone();
        let count = times.len();
        let mut axis = Self { window, columns, stretches: Vec::with_capacity(count), cuts: Vec::new() };
        let Some(spare) = columns.checked_sub(count * 2) else {
            let place = |(at, (from, to)): (usize, &(Timestamp, Timestamp))| Stretch {
                from: *from,
                to: *to,
                first: at * columns / count.max(1),
                columns: 1,
            };
            axis.stretches = times.iter().enumerate().map(place).collect();
            return axis;
        };
        // One column each, one for each gap between them, and the rest by length. `spare` leaves one over.
        let lengths: Vec<i128> = times.iter().map(|(from, to)| to.duration_since(*from).as_millis()).collect();
        let total = lengths.iter().sum::<i128>().max(1);
        let share = |length: i128| {
            let spare = i128::try_from(spare + usize::from(count > 0)).unwrap_or_default();
            usize::try_from(spare * length / total).unwrap_or_default()
        };
        let (mut first, mut past) = (0, 0);
        for ((from, to), length) in times.into_iter().zip(lengths) {
            if first > 0 {
                axis.cuts.push(first);
                first += 1;
            }
            let wide = 1 + share(past + length) - share(past);
            axis.stretches.push(Stretch { from, to, first, columns: wide });
            first += wide;
            past += length;
        }
        axis
    }

    /// Returns whether an event is before or after the shown part of the timeline. `None` if any of the event is inside
    /// the shown part, or if it has no known time.
    pub(super) fn side_of(&self, event: &Event<'_>) -> Option<OutsideSide> {
        self.window.side_of(event)
    }

    /// Returns the position of an instant on the axis. The unit is half a column, counted from 0 at the left end.
    /// `None` for an instant in a gap (an idle time), or outside the axis.
    fn half_column(&self, instant: Timestamp) -> Option<usize> {
        let after = self.stretches.partition_point(|stretch| stretch.from <= instant);
        let stretch = self.stretches.get(after.checked_sub(1)?).filter(|stretch| instant <= stretch.to)?;
        let (done, length) = (instant.duration_since(stretch.from), stretch.to.duration_since(stretch.from));
        let last = i128::try_from((stretch.columns * 2).checked_sub(1)?).ok()?;
        let half = last * done.as_millis() / length.as_millis().max(1);
        Some(stretch.first * 2 + usize::try_from(half).ok()?)
    }

    /// Returns the axis without events: `─` in each column of a time with events, and a sign in the column of each gap
    /// (idle time).
    pub(super) fn ruler(&self) -> Vec<Piece> {
        let mut cells = self.empty();
        for stretch in &self.stretches {
            for cell in cells.iter_mut().skip(stretch.first).take(stretch.columns) {
                *cell = ('─', Role::Dim);
            }
        }
        if let Some(whole) = self.window.whole_if_cut() {
            self.draw_continuation(&mut cells, whole, Role::Dim);
        }
        pieces(&cells)
    }

    /// Returns the axis as it is drawn in the row of a gap (an idle time) of the chart. It shows only `gap`, so that
    /// its place is clear without a colour.
    pub(super) fn gap(&self, gap: Gap) -> Vec<Piece> {
        let mut cells = vec![(' ', Role::Plain); self.columns];
        let half = self.half_column(gap.to).filter(|_| self.half_column(gap.from).is_some());
        let cut = half.and_then(|half| (half / 2).checked_sub(1)).filter(|cut| self.cuts.contains(cut));
        if let Some(cell) = cut.and_then(|cut| cells.get_mut(cut)) {
            *cell = ('┊', Role::Warn);
        }
        pieces(&cells)
    }

    /// Returns the axis as it is drawn in the row of an event: a bar or a point. If the event failed or is unusual,
    /// there is also a sign for this. For an event outside the shown part of the timeline, there is only a sign at the
    /// edge.
    pub(super) fn draw(&self, event: &Event<'_>) -> Vec<Piece> {
        let mut cells = self.empty();
        let role = role_of(event);
        let Some((from, to)) = extent(event) else { return pieces(&cells) };
        if let Some(side) = self.window.side((from, to)) {
            self.edge(&mut cells, side, role);
            return pieces(&cells);
        }
        // What is left of it within the ends.
        let (first, last) = self.window.ends().unwrap_or((from, to));
        let Some((start, end)) = self.half_column(from.max(first)).zip(self.half_column(to.min(last))) else {
            return pieces(&cells);
        };
        let shape = match (event.span().is_some(), event.start.is_some() && event.end.is_some()) {
            (true, _) => EventShape::Bar,
            (false, false) if event.has_ends() => EventShape::Open,
            (false, _) => EventShape::Point,
        };
        let sign = match shape {
            _ if event.failed() => Some('✗'),
            EventShape::Bar => None,
            EventShape::Open => Some('?'),
            EventShape::Point if event.oddities.is_empty() => Some('●'),
            EventShape::Point => Some('!'),
        };
        for (at, cell) in cells.iter_mut().enumerate().skip(start / 2).take(end / 2 - start / 2 + 1) {
            let whole = sign.is_some();
            *cell = (bar_cell(whole || at * 2 >= start, whole || at * 2 < end), role);
        }
        // An end that lies beyond the edge has its sign before the one that the bar goes on.
        let (_, goes_on) = self.window.cuts((from, to));
        let place = (end / 2).checked_sub(usize::from(goes_on && end / 2 > start / 2));
        if let Some((cell, sign)) = place.and_then(|place| cells.get_mut(place)).zip(sign) {
            *cell = (sign, role);
        }
        self.draw_continuation(&mut cells, (from, to), role);
        pieces(&cells)
    }

    /// Draws the sign `‹` or `›` at the edge of `cells`, the row of an event. The sign says that the event begins
    /// before or ends after the shown part of the timeline. `extent` holds the first and the last instant of the event.
    /// `role` decides the colour of the sign.
    fn draw_continuation(&self, cells: &mut [(char, Role)], extent: (Timestamp, Timestamp), role: Role) {
        let (before, after) = self.window.cuts(extent);
        if before {
            self.edge(cells, OutsideSide::Earlier, role);
        }
        if after {
            self.edge(cells, OutsideSide::Later, role);
        }
    }

    fn edge(&self, cells: &mut [(char, Role)], side: OutsideSide, role: Role) {
        let end = self.stretches.last().map_or(0, |last| last.first + last.columns);
        let at = if side == OutsideSide::Earlier { 0 } else { end.saturating_sub(1) };
        if let Some(cell) = cells.get_mut(at) {
            *cell = (side.sign(), role);
        }
    }

    fn empty(&self) -> Vec<(char, Role)> {
        let mut cells = vec![(' ', Role::Plain); self.columns];
        for cut in &self.cuts {
            if let Some(cell) = cells.get_mut(*cut) {
                *cell = ('┊', Role::Dim);
            }
        }
        cells
    }
}

/// Returns the character for one column of a bar. `left` and `right` say which halves of the column the bar covers.
const fn bar_cell(left: bool, right: bool) -> char {
    match (left, right) {
        (true, true) => '━',
        (true, false) => '╸',
        _ => '╺',
    }
}

/// Returns the role in which an event is drawn; the role decides the colour. It is [`Role::Bad`] for a failed event,
/// [`Role::Warn`] for an unusual event or an upload, [`Role::Info`] for a camera process, otherwise [`Role::Plain`].
pub(super) fn role_of(event: &Event<'_>) -> Role {
    if event.failed() {
        Role::Bad
    } else if !event.oddities.is_empty() || event.is_upload() {
        Role::Warn
    } else if event.has_ends() {
        Role::Info
    } else {
        Role::Plain
    }
}

/// Joins `cells` to pieces of text, one for each run of neighbouring cells with the same role. Each cell is the
/// character and the role (it decides the colour) of one column of the axis, from left to right.
fn pieces(cells: &[(char, Role)]) -> Vec<Piece> {
    cells
        .chunk_by(|(_, one), (_, other)| one == other)
        .filter_map(|run| {
            let (_, role) = run.first()?;
            let text: String = run.iter().map(|(sign, _)| *sign).collect();
            Some(Piece::new(Safe::sanitize(&text), *role))
        })
        .collect()
}

#[cfg(test)]
mod tests;
