//! The Timeline tab: a head in words, the rows of the line of time, what has no time, every time in full.

mod axis;
mod span;
mod words;

use jiff::Timestamp;

use super::super::lines::Lines;
use super::super::{Sheet, Tab, TabLine, Trouble};
use crate::submission::Field;
use crate::submission::timeline::{Event, Gap, Kind, Row, Time, Timeline};
use crate::text::{Class, Safe};
use crate::time::span;
use crate::ui::{Line, Role};
use axis::{Axis, role_of};

pub(in super::super) use span::{closer, wider};

/// Columns of a clock time.
const CLOCK: usize = 8;
/// Columns of what an event is called: `attempt 1 · Step 1, 1st call`.
const NAME: usize = 28;
/// Columns of a duration.
const LENGTH: usize = 9;
/// From here on a row holds its bar; under it the bar has a line of its own.
const ROOMY: usize = 58;
/// From here on a row also tells the time since the start, and the first words about it.
const WIDE: usize = 112;
/// Columns kept for those words.
const WORDS: usize = 34;
/// Most columns of a bar: a longer one is harder to read against its name.
const BAR: usize = 48;

/// The lines of the tab.
pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let timeline = Timeline::of(sheet.document);
    let mut lines = Lines::new(sheet);
    if timeline.events.is_empty() {
        let why = if sheet.document.is_whole() {
            "No time was sent. Here would stand the start click, the camera processes, the calls of each attempt and the times of the result."
        } else {
            "No time stands in the list answer. The camera processes and the calls of each attempt come with the single answer."
        };
        lines.note(&Safe::word(why));
        return lines.finish();
    }
    words::head(&mut lines, sheet, &timeline);
    Chart::new(sheet, &timeline).draw(&mut lines);
    in_full(&mut lines, sheet, &timeline);
    lines.finish()
}

/// The rows of the line of time.
struct Chart<'a> {
    sheet: Sheet<'a>,
    timeline: &'a Timeline<'a>,
    axis: Axis,
    /// Where relative times count from.
    origin: Option<Timestamp>,
    /// The day of the row above.
    day: Safe,
}

impl<'a> Chart<'a> {
    fn new(sheet: Sheet<'a>, timeline: &'a Timeline<'a>) -> Self {
        let columns = sheet.look.columns;
        let bar = match columns {
            WIDE.. => columns.saturating_sub(CLOCK + NAME + 2 * LENGTH + WORDS + 6),
            ROOMY..WIDE => columns.saturating_sub(CLOCK + NAME + LENGTH + 3),
            _ => columns.saturating_sub(CLOCK + LENGTH + 2),
        };
        let origin = timeline.capture().or_else(|| timeline.whole()).map(|(from, _)| from);
        Self { sheet, timeline, axis: Axis::new(timeline, bar.min(BAR)), origin, day: Safe::default() }
    }

    fn draw(mut self, lines: &mut Lines<'_>) {
        lines.push(Line::blank());
        for row in self.timeline.rows() {
            match row {
                Row::Event(at) => {
                    let Some(event) = self.timeline.events.get(at) else { continue };
                    self.date(lines, event);
                    self.event(lines, event);
                }
                Row::Gap(gap) => self.gap(lines, gap),
            }
        }
        let mut lost = self.timeline.events.iter().filter(|event| event.at().is_none()).peekable();
        if lost.peek().is_some() {
            lines.heading(Safe::word("Without a known time"));
            lost.for_each(|event| self.event(lines, event));
        }
    }

    /// The date, where it is another one than in the row above.
    fn date(&mut self, lines: &mut Lines<'_>, event: &Event<'_>) {
        let Some(at) = event.at() else { return };
        let zone = &self.sheet.look.zone;
        let short = zone.short(at);
        let day = Safe::of(short.as_str().split_once(' ').map_or("", |(day, _)| day));
        if day == self.day {
            return;
        }
        let line = Line::blank().with(day.clone(), Role::Title).word(" ", Role::Plain).with(zone.label(), Role::Dim);
        if self.day.is_empty() && self.sheet.look.columns >= ROOMY {
            let line = pad_to(line, CLOCK + NAME + 2);
            lines.push(Line { pieces: [line.pieces, self.axis.ruler()].concat() });
        } else {
            lines.push(line);
        }
        self.day = day;
    }

    fn event(&self, lines: &mut Lines<'_>, event: &Event<'_>) {
        let placed = [&event.start, &event.end].into_iter().flatten().find(|time| time.at.is_some());
        let clock = placed.map_or(Safe::word("--:--:--"), |time| self.clock(time));
        let length = event.span().filter(|_| event.has_ends()).map(|_| words::length(event)).unwrap_or_default();
        let role = role_of(event);
        let mut notes = words::notes(self.sheet, self.timeline, event).into_iter().peekable();
        let name = words::name(self.sheet, event);
        let mut first = Line::blank().with(clock.pad(CLOCK), Role::Label).word(" ", Role::Plain);
        let mut rest = Vec::new();
        let mut field = own(event).clone();
        let bar = if event.at().is_some() { self.axis.draw(event) } else { Vec::new() };
        if self.sheet.look.columns >= ROOMY {
            first = first.with(name.pad(NAME), role).word(" ", Role::Plain);
            first.pieces.extend(bar);
            let wide = self.sheet.look.columns >= WIDE && event.at().is_some();
            if wide || !length.is_empty() {
                first = first.word(" ", Role::Plain).with(length.pad_left(LENGTH), Role::Strong);
            }
            if wide {
                first = first.word(" ", Role::Plain).with(self.since(event).pad_left(LENGTH + 1), Role::Dim);
                let room = self.sheet.look.columns.saturating_sub(first.width() + 2);
                if let Some(note) = notes.next_if(|note| note.text.width() <= room) {
                    first = first.word("  ", Role::Plain).with(note.text, note.role);
                    field = note.field.unwrap_or(field);
                }
            }
        } else {
            let mut parts = name.wrap(self.sheet.look.columns.saturating_sub(CLOCK + 1)).into_iter();
            first = first.with(parts.next().unwrap_or_default(), role);
            rest.extend(parts.map(|part| indented(CLOCK + 1).with(part, role)));
            if event.has_ends() && event.at().is_some() {
                let line = Line { pieces: [indented(CLOCK + 1).pieces, bar].concat() };
                rest.push(line.word(" ", Role::Plain).with(length.pad_left(LENGTH), Role::Strong));
            }
        }
        lines.push(marked(TabLine::of(first, &field), event));
        rest.into_iter().for_each(|line| lines.push(TabLine::of(line, &field)));
        notes.for_each(|note| self.note(lines, event, &note));
    }

    /// Words under an event.
    fn note(&self, lines: &mut Lines<'_>, event: &Event<'_>, note: &words::Note<'_>) {
        let indent = if self.sheet.look.columns >= ROOMY { CLOCK + 1 } else { 2 };
        let field = note.field.as_ref().unwrap_or(own(event));
        let mut hang = 0;
        for part in note.text.wrap(self.sheet.look.columns.saturating_sub(indent + 2).max(1)) {
            lines.push(TabLine::of(indented(indent + hang).with(part, note.role), field));
            hang = 2;
        }
    }

    fn gap(&self, lines: &mut Lines<'_>, gap: Gap) {
        let name = words::gap(gap.until);
        let length = span(gap.length());
        let mut line = Line::blank().with(Safe::default().pad(CLOCK), Role::Plain).word(" ", Role::Plain);
        if self.sheet.look.columns >= ROOMY {
            line = line.with(name.pad(NAME), Role::Dim).word(" ", Role::Plain);
            line.pieces.extend(self.axis.cut_before(gap.to));
            line = line.word(" ", Role::Plain).with(length.pad_left(LENGTH), Role::Warn);
        } else {
            line = line.with(length, Role::Warn).word(" ", Role::Plain).with(name, Role::Dim);
        }
        lines.push(TabLine::from(line).troubled(Trouble::Gap));
    }

    /// The clock time, without the seconds where none were sent.
    fn clock(&self, time: &Time<'_>) -> Safe {
        let Some(at) = time.at else { return Safe::default() };
        let clock = self.sheet.look.zone.clock(at);
        if words::to_the_minute(time) {
            let minutes = clock.as_str().rsplit_once(':').map_or("", |(minutes, _)| minutes);
            return Safe::concat(&[Safe::of(minutes), Safe::word(":--")]);
        }
        clock
    }

    /// The time since the start, with its sign.
    fn since(&self, event: &Event<'_>) -> Safe {
        let Some(since) = event.at().zip(self.origin).map(|(at, origin)| at.duration_since(origin)) else {
            return Safe::default();
        };
        let sign = Safe::word(if since.is_negative() { "" } else { "+" });
        Safe::concat(&[sign, span(since)])
    }
}

/// The field that a row shows: its time, or what it is told by where none was sent.
fn own<'e, 'a>(event: &'e Event<'a>) -> &'e Field<'a> {
    event.start.as_ref().or(event.end.as_ref()).map_or(&event.subject, |time| &time.field)
}

/// The first line of an event with where it leads, and whether it is trouble.
fn marked(line: TabLine, event: &Event<'_>) -> TabLine {
    let evidence = match event.kind {
        Kind::Call | Kind::Attempt | Kind::Retry => Some(Tab::Attempts),
        Kind::Injection | Kind::PreVerification => Some(Tab::Signals),
        Kind::Memo | Kind::AdminUpdate => Some(Tab::Details),
        _ => None,
    };
    let line = match evidence {
        Some(tab) => line.leading_to(tab, event.subject.path()),
        None => line,
    };
    let trouble = event.failed() || !event.oddities.is_empty();
    if trouble { line.troubled(Trouble::Error) } else { line }
}

fn indented(columns: usize) -> Line {
    Line::blank().with(Safe::default().pad(columns), Role::Plain)
}

fn pad_to(line: Line, columns: usize) -> Line {
    let missing = columns.saturating_sub(line.width());
    line.with(Safe::default().pad(missing), Role::Plain)
}

/// Every time once more with date, fraction and zone, in the order of the chart.
fn in_full(lines: &mut Lines<'_>, sheet: Sheet<'_>, timeline: &Timeline<'_>) {
    lines.heading(Safe::word("Every time in full"));
    for event in &timeline.events {
        let of = match event.kind {
            Kind::Camera => event.subject.child("type").map(|field: Field<'_>| sheet.shown(&field)),
            Kind::Call => Some(words::attempt(sheet, &event.subject)),
            Kind::PreVerification => Some(Safe::word("pre-verification")),
            Kind::Injection => Some(Safe::word("injection")),
            Kind::AdminUpdate => Some(Safe::word("by an admin")),
            _ => None,
        };
        for time in [&event.start, &event.end].into_iter().flatten() {
            let how = (time.at.is_none()).then_some(Safe::word("does not parse"));
            let how = how.or_else(|| words::to_the_minute(time).then_some(Safe::word("sent to the minute")));
            let beside: Vec<Safe> = how.into_iter().chain(of.clone()).collect();
            let beside = (!beside.is_empty()).then(|| Safe::join(&beside, " · "));
            let role = if time.at.is_none() && time.field.class() == Class::Open { Role::Warn } else { Role::Plain };
            lines.explained(&time.field, role, beside);
        }
    }
}

#[cfg(test)]
mod tests;
