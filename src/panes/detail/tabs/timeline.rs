//! The Timeline tab: a summary in words, a chart with a row for each event, the events without a time, and all times in
//! full.

mod axis;
mod chart;
mod labels;
mod relative;
mod scale;
mod span;
mod summary;
mod window;

use super::super::lines::TabLines;
use super::super::{TabContext, TabLine};
use crate::submission::Field;
use crate::submission::timeline::{EventKind, Timeline};
use crate::text::{Class, Safe};
use crate::ui::Role;
use chart::Chart;
use window::TimeWindow;

pub(in super::super) use span::{double_span, half_span, span_with_event};

/// Returns the lines of the Timeline tab for the submission in `context`.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let timeline = Timeline::of(context.document);
    let mut lines = TabLines::new(context);
    if timeline.events.is_empty() {
        let why = if context.document.is_full_record() {
            "No times were sent. This tab shows the start click, camera processes, the steps of each attempt, and the result."
        } else {
            context.not_contained(
                "No times in the list data. Camera processes and steps come with the full record.",
                "No times in this record of the file. Camera processes and steps come with the full record.",
            )
        };
        lines.sentence(&Safe::from_static(why));
        return lines.finish();
    }
    let window = TimeWindow::of(&timeline, context.options.choices.span);
    summary::draw(&mut lines, context, &timeline, &window);
    Chart::new(context, &timeline, window).draw(&mut lines);
    in_full(&mut lines, context, &timeline);
    lines.finish()
}

/// Adds a section with every time in full: date, fraction of the second and zone. The events are in the same order as
/// in the chart. The section always shows clock times, even if the chart shows times since the start.
fn in_full(lines: &mut TabLines<'_>, context: TabContext<'_>, timeline: &Timeline<'_>) {
    lines.heading(Safe::from_static("Every time in full"));
    let order = timeline.in_order(context.options.choices.events);
    for event in order.into_iter().filter_map(|index| timeline.events.get(index)) {
        let of = match event.kind {
            EventKind::Camera => event.subject.child("type").map(|field: Field<'_>| context.masked_value(&field)),
            EventKind::Call => Some(labels::attempt(context, &event.subject)),
            EventKind::PreVerification => Some(Safe::from_static("pre-verification")),
            EventKind::Injection => Some(Safe::from_static("address check")),
            EventKind::AdminUpdate => Some(Safe::from_static("by an admin")),
            _ => None,
        };
        for time in [&event.start, &event.end].into_iter().flatten() {
            let how = (time.at.is_none()).then_some(Safe::from_static("does not parse"));
            let how = how.or_else(|| labels::to_the_minute(time).then_some(Safe::from_static("sent to the minute")));
            let beside: Vec<Safe> = how.into_iter().chain(of.clone()).collect();
            let beside = (!beside.is_empty()).then(|| Safe::join(&beside, " · "));
            let role = if time.at.is_none() && time.field.class() == Class::Open { Role::Warn } else { Role::Plain };
            lines.field_with(&time.field, role, beside);
        }
    }
}

#[cfg(test)]
mod tests;
