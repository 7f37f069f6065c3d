//! The chart of the Timeline tab: a row for each event in the order that the user chose, with the bars of all events on
//! one time axis.

use jiff::Timestamp;

use super::super::super::lines::TabLines;
use super::super::super::{Anchor, Landmark, Tab, TabContext, TabLine};
use super::axis::{TimeAxis, role_of};
use super::relative::{placing_time, time_since};
use super::window::TimeWindow;
use super::{labels, summary};
use crate::submission::Field;
use crate::submission::timeline::{Event, EventKind, EventOrder, Gap, Timeline, TimelineRow};
use crate::text::Safe;
use crate::time::{Zone, span};
use crate::ui::{Line, Role, indent, wrap, wrap_flowing};

/// Width in columns of a clock time such as `12:34:56`, without the offset of the time zone.
const CLOCK_WIDTH: usize = 8;
/// Width in columns of the name of an event, such as `attempt 1 · Step 1, 1st try`.
const NAME_WIDTH: usize = 29;
/// Width in columns of the duration of an event or of a gap (an idle time).
const DURATION_WIDTH: usize = 9;
/// Minimum number of columns of the pane in which the bar of an event is in the row of the event. In a narrower pane,
/// the bar has a line of its own.
const MIN_WIDTH_WITH_BAR: usize = 58;
/// Minimum number of columns of the pane for a row that also has a relative time and a note. The relative time is
/// counted from the start of the session in which the applicant takes the pictures, or else from the first event. The
/// note is the first note about the event.
const MIN_WIDTH_WITH_NOTE: usize = 112;
/// Width in columns of the note in the row of an event, such as the error of the event. Only a pane of
/// [`MIN_WIDTH_WITH_NOTE`] columns or more has this note.
const NOTE_WIDTH: usize = 34;
/// Maximum width in columns of the bar of an event. A longer bar is harder to read beside the name of the event.
const BAR_WIDTH: usize = 48;

/// A writer that adds the rows of the chart to the lines of the Timeline tab.
pub(super) struct Chart<'a> {
    context: TabContext<'a>,
    timeline: &'a Timeline<'a>,
    axis: TimeAxis,
    /// The time zone in which the chart shows times.
    zone: Zone,
    /// The instant from which relative times are counted. This is the start of the session in which the applicant takes
    /// the pictures. If that is not known, it is the earliest instant of the timeline. `None` if no event has a known
    /// time.
    origin: Option<Timestamp>,
    /// Width in columns of the time at the left of each row. It is a clock time, or a time since the instant `origin`.
    clock: usize,
    /// The date that was last drawn in a line above the events. Empty before the first date.
    day: Safe,
    /// Whether the time axis was already drawn in a line above the rows of the events. It is drawn there only once.
    ruled: bool,
}

impl<'a> Chart<'a> {
    pub(super) fn new(context: TabContext<'a>, timeline: &'a Timeline<'a>, window: TimeWindow) -> Self {
        let columns = context.options.columns;
        let origin = summary::origin(timeline);
        let counted = |event| time_since(event, origin).width();
        let clock =
            if context.options.choices.relative { timeline.events_with_time().map(counted).max() } else { None };
        let zone = context.options.zone.showing(timeline.events.iter().filter_map(Event::at));
        let least = if context.options.choices.relative { CLOCK_WIDTH } else { zone.clock_width() };
        let clock = clock.unwrap_or_default().max(least);
        let bar = match columns {
            MIN_WIDTH_WITH_NOTE.. => columns.saturating_sub(clock + NAME_WIDTH + 2 * DURATION_WIDTH + NOTE_WIDTH + 6),
            MIN_WIDTH_WITH_BAR..MIN_WIDTH_WITH_NOTE => columns.saturating_sub(clock + NAME_WIDTH + DURATION_WIDTH + 3),
            _ => columns.saturating_sub(CLOCK_WIDTH + DURATION_WIDTH + 2),
        };
        let axis = TimeAxis::new(window, bar.min(BAR_WIDTH));
        Self { context, timeline, axis, zone, origin, clock, day: Safe::default(), ruled: false }
    }

    pub(super) fn draw(mut self, lines: &mut TabLines<'_>) {
        match self.context.options.choices.events {
            EventOrder::Time => self.by_time(lines),
            EventOrder::Kind => self.by_kind(lines),
            EventOrder::Received => self.as_received(lines),
        }
    }

    /// Adds the rows of the events in the order of time, with a row for every gap (idle time) between them. Events
    /// without a known time are at the end.
    fn by_time(&mut self, lines: &mut TabLines<'_>) {
        lines.blank();
        self.since(lines);
        for row in self.timeline.rows() {
            match row {
                TimelineRow::Event(at) => {
                    let Some(event) = self.timeline.events.get(at) else { continue };
                    self.dated(lines, event);
                }
                TimelineRow::Gap(gap) => self.gap(lines, gap),
            }
        }
        let mut lost = self.timeline.events.iter().filter(|event| event.at().is_none()).peekable();
        if lost.peek().is_some() {
            lines.heading(Safe::from_static("Without a known time"));
            lost.for_each(|event| self.event(lines, event));
        }
    }

    /// Adds the rows of the events group by group, with the name of each group of similar events above them. Events
    /// without a known time are the last of their group.
    ///
    /// This order has no rows for gaps (idle times). Other events may have happened between two events of a group, so
    /// the time between them is not idle. The axis still shows the gaps, and the summary above the chart still shows
    /// their number.
    fn by_kind(&mut self, lines: &mut TabLines<'_>) {
        let mut above = None;
        self.ruled = true;
        for event in self.events(EventOrder::Kind) {
            let group = event.kind.group();
            if above.replace(group) != Some(group) {
                lines.blank();
                self.ruled(lines, Line::new().word(group.label(), Role::Title));
                self.day = Safe::default();
            }
            self.dated(lines, event);
        }
    }

    /// Adds the rows of the events in the order in which the service sent them, including events without a known time.
    /// This order has no rows for gaps (idle times), since an event may have happened before the event above it.
    fn as_received(&mut self, lines: &mut TabLines<'_>) {
        lines.blank();
        self.since(lines);
        for event in self.events(EventOrder::Received) {
            self.dated(lines, event);
        }
    }

    fn events(&self, order: EventOrder) -> Vec<&'a Event<'a>> {
        self.timeline.in_order(order).into_iter().filter_map(|index| self.timeline.events.get(index)).collect()
    }

    /// Adds the rows of an event. If its date differs from the date above, a line with the date is added first. There
    /// are no such lines if the chart shows times since the start.
    fn dated(&mut self, lines: &mut TabLines<'_>, event: &Event<'_>) {
        if !self.context.options.choices.relative {
            self.date(lines, event);
        }
        self.event(lines, event);
    }

    fn date(&mut self, lines: &mut TabLines<'_>, event: &Event<'_>) {
        let Some(at) = event.at() else { return };
        let zone = &self.zone;
        let short = zone.short(at);
        let day = Safe::sanitize(short.as_str().split_once(' ').map_or("", |(day, _)| day));
        if day == self.day {
            return;
        }
        let line = Line::new().with(day.clone(), Role::Title).word(" ", Role::Plain).with(zone.label(), Role::Dim);
        if std::mem::replace(&mut self.ruled, true) {
            lines.wrapped_line(line);
        } else {
            self.ruled(lines, line);
        }
        self.day = day;
    }

    /// Adds a line that names the instant from which relative times are counted. Does nothing if the chart shows clock
    /// times.
    fn since(&mut self, lines: &mut TabLines<'_>) {
        if self.context.options.choices.relative && self.origin.is_some() {
            let words = Safe::concat(&[Safe::from_static("since "), summary::since(self.timeline)]);
            self.ruled(lines, Line::new().with(words, Role::Dim));
            self.ruled = true;
        }
    }

    /// Adds `line`, such as a date heading. If there is room, the time axis is drawn in the same line, above the bars
    /// of the events.
    fn ruled(&self, lines: &mut TabLines<'_>, line: Line) {
        let left = self.clock + NAME_WIDTH + 2;
        if self.context.options.columns < MIN_WIDTH_WITH_BAR || line.width() >= left {
            return lines.wrapped_line(line);
        }
        lines.push(line.pad(left).with_line(Line { pieces: self.axis.ruler() }));
    }

    fn event(&self, lines: &mut TabLines<'_>, event: &Event<'_>) {
        let clock = self.clock(event);
        let length = event.span().filter(|_| event.has_ends()).map(|_| labels::length(event)).unwrap_or_default();
        // The colour of a failure is kept for its sign, its code and its bar.
        let role = if event.failed() { Role::Plain } else { role_of(event) };
        let name = labels::name(self.context, event);
        // A name that is too long for its column is in full below.
        let long = self.context.options.columns >= MIN_WIDTH_WITH_BAR && name.width() > NAME_WIDTH;
        let long = long.then(|| labels::EventNote { line: Line::new().with(name.clone(), Role::Plain), field: None });
        let mut notes = long.into_iter().chain(labels::notes(self.context, self.timeline, event)).peekable();
        let mut first = Line::new().with(clock, Role::Label);
        let mut rest = Vec::new();
        let mut field = field_of_row(event).clone();
        let bar = if event.at().is_some() { self.axis.draw(event) } else { Vec::new() };
        if self.context.options.columns >= MIN_WIDTH_WITH_BAR {
            first = first.word(" ", Role::Plain).with(name.pad(NAME_WIDTH), role).word(" ", Role::Plain);
            first.pieces.extend(bar);
            let wide = self.context.options.columns >= MIN_WIDTH_WITH_NOTE && event.at().is_some();
            if wide || !length.is_empty() {
                first = first.word(" ", Role::Plain).with(length.pad_left(DURATION_WIDTH), Role::Strong);
            }
            if wide {
                // Once is enough.
                if !self.context.options.choices.relative {
                    let since = since(event, self.origin).pad_left(DURATION_WIDTH + 1);
                    first = first.word(" ", Role::Plain).with(since, Role::Dim);
                }
                let room = self.context.options.columns.saturating_sub(first.width() + 2);
                if let Some(note) = notes.next_if(|note| note.line.width() <= room) {
                    first = first.word("  ", Role::Plain).with_line(note.line);
                    field = note.field.unwrap_or(field);
                }
            }
        } else {
            // Without a bar the sign for what lies beyond the edge is before the name.
            let sign = self.axis.side_of(event).filter(|_| !event.has_ends());
            let sign = sign.map_or(Safe::from_static(" "), |side| Safe::sanitize(side.sign().encode_utf8(&mut [0; 4])));
            let mut parts = name.wrap(self.context.options.columns.saturating_sub(self.clock + 1)).into_iter();
            first = first.with(sign, role).with(parts.next().unwrap_or_default(), role);
            rest.extend(parts.map(|part| Line::indent(self.clock + 1).with(part, role)));
            if event.has_ends() && event.at().is_some() {
                let line = Line::indent(CLOCK_WIDTH + 1).with_line(Line { pieces: bar });
                rest.push(line.word(" ", Role::Plain).with(length.pad_left(DURATION_WIDTH), Role::Strong));
            }
        }
        lines.push(with_target(TabLine::of(first, &field), event));
        rest.into_iter().for_each(|line| lines.push(TabLine::of(line, &field)));
        notes.for_each(|note| self.note(lines, event, &note));
    }

    /// Adds the lines of a note about an event, such as its error, below the event. The note is wrapped to the width of
    /// the pane.
    fn note(&self, lines: &mut TabLines<'_>, event: &Event<'_>, note: &labels::EventNote<'_>) {
        let indent = if self.context.options.columns >= MIN_WIDTH_WITH_BAR { self.clock + 1 } else { 2 };
        let field = note.field.as_ref().unwrap_or(field_of_row(event));
        let parts =
            wrap_flowing(note.line.clone(), self.context.options.columns.saturating_sub(indent + 2)).into_iter();
        let hung =
            parts.enumerate().map(|(at, part)| Line::indent(if at == 0 { indent } else { indent + 2 }).with_line(part));
        lines.extend_of(field, hung);
    }

    fn gap(&self, lines: &mut TabLines<'_>, gap: Gap) {
        // In a list answer nobody can tell idle time from what was not fetched.
        let whole = self.context.document.is_full_record();
        let name = if whole { labels::gap(gap.until) } else { Safe::from_static("┊ nothing fetched") };
        let length = span(gap.length());
        if self.context.options.columns >= MIN_WIDTH_WITH_BAR {
            let mut line = Line::indent(self.clock + 1).with(name.pad(NAME_WIDTH), Role::Dim).word(" ", Role::Plain);
            line.pieces.extend(self.axis.gap(gap));
            let line = line.word(" ", Role::Plain).with(length.pad_left(DURATION_WIDTH), Role::Warn);
            return lines.push(gap_line(line, whole));
        }
        // However long the gap is, its length keeps all its digits.
        let left = (self.clock + 1).min(self.context.options.columns.saturating_sub(length.width()));
        let line = Line::indent(left).with(length, Role::Warn);
        let together = line.width() + 1 + name.width() <= self.context.options.columns;
        if together {
            return lines.push(gap_line(line.word(" ", Role::Plain).with(name, Role::Dim), whole));
        }
        lines.push(gap_line(line, whole));
        lines.extend(indent(wrap(&name, self.context.options.columns.saturating_sub(2), Role::Dim), 2));
    }

    /// Returns the time of an event for the column on the left: a clock time, or a time since the instant `origin`.
    fn clock(&self, event: &Event<'_>) -> Safe {
        let clock = match placing_time(event) {
            None => Safe::from_static("--:--:--"),
            Some(_) if self.context.options.choices.relative => time_since(event, self.origin),
            Some((time, at)) => {
                let clock = self.zone.clock(at);
                // Without the seconds where none were sent.
                let text = clock.as_str();
                let parts = text.get(..5).zip(text.get(CLOCK_WIDTH..)).filter(|_| labels::to_the_minute(time));
                parts.map_or(clock.clone(), |(minutes, offset)| Safe::sanitize(&format!("{minutes}:--{offset}")))
            }
        };
        clock.pad_left(self.clock)
    }
}

/// Returns the time from `origin` to an event in words, with the sign `+` or `−`. The text is empty if the time of the
/// event or `origin` is not known.
fn since(event: &Event<'_>, origin: Option<Timestamp>) -> Safe {
    let Some(since) = event.at().zip(origin).map(|(at, origin)| at.duration_since(origin)) else {
        return Safe::default();
    };
    let since = span(since);
    let sign = Safe::from_static(if since.as_str().starts_with('−') { "" } else { "+" });
    Safe::concat(&[sign, since])
}

/// Returns the field to which the row of an event belongs. This is the field with the time of the event. If no time was
/// sent, it is the JSON object from which the event was made.
fn field_of_row<'e, 'a>(event: &'e Event<'a>) -> &'e Field<'a> {
    event.start.as_ref().or(event.end.as_ref()).map_or(&event.subject, |time| &time.field)
}

/// Returns `line`, the first line of an event, with a target for the Enter key: a line of another tab with more about
/// the event. If the event failed or is unusual, the line is also marked as a landmark. A key of the tab jumps from
/// landmark to landmark.
fn with_target(line: TabLine, event: &Event<'_>) -> TabLine {
    let evidence = match event.kind {
        EventKind::Call | EventKind::Attempt | EventKind::Retry => Some(Tab::Attempts),
        EventKind::Injection | EventKind::PreVerification => Some(Tab::Signals),
        EventKind::Memo | EventKind::AdminUpdate => Some(Tab::Details),
        _ => None,
    };
    let line = match evidence {
        Some(tab) => line.with_link_to(tab, Anchor::from(&event.subject)),
        None => line,
    };
    let trouble = event.failed() || !event.oddities.is_empty();
    if trouble { line.with_landmark(Landmark::Error) } else { line }
}

/// Returns `line`, which was drawn for a gap (an idle time), as a line of the tab. `real` is false if there may be
/// events in this time that were not fetched. If `real` is true, the line is a landmark: a line to which a key jumps.
fn gap_line(line: Line, real: bool) -> TabLine {
    let line = TabLine::from(line);
    if real { line.with_landmark(Landmark::Gap) } else { line }
}
