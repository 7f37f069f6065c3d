//! The summary at the top of the Timeline tab: durations, errors, the choices of what the chart shows, and the meaning
//! of its signs.

use jiff::{SignedDuration, Timestamp, Unit};

use super::super::super::TabContext;
use super::super::super::lines::TabLines;
use super::labels::{joined_words, to_the_minute};
use super::window::{OutsideSide, TimeSpan, TimeWindow};
use crate::submission::attempts::Attempts;
use crate::submission::timeline::{Event, EventKind, EventOrder, Oddity, Timeline, TimelineRow};
use crate::text::{Safe, counted};
use crate::time::span;
use crate::ui::{Piece, Role};

/// Adds the lines at the top of the Timeline tab. They show durations, the numbers of attempts, retries and errors, and
/// the first and the last time. Further lines show the user's choices of what the chart shows, and the meaning of the
/// signs. `window` is the shown part of the timeline.
pub(super) fn draw(lines: &mut TabLines<'_>, context: TabContext<'_>, timeline: &Timeline<'_>, window: &TimeWindow) {
    let mut took = Vec::new();
    if let Some((from, to)) = timeline.capture().filter(|(from, to)| from < to) {
        let start = match begins_with_start_click(timeline, from) {
            true => " from the start click to the last ",
            false => " from the first to the last ",
        };
        took.push(duration(to.duration_since(from), &[start, capture_name(timeline)]));
    }
    lines.inline_list(took);
    lines.inline_list(attempts_and_retries(context));
    lines.inline_list(counts(context, timeline));
    if let Some((from, to)) = timeline.total_extent() {
        let zone = &context.options.zone;
        let mut ends = vec![Piece::new(joined_words(&[Safe::from_static("from "), zone.date_time(from)]), Role::Plain)];
        if from < to {
            ends.push(Piece::new(joined_words(&[Safe::from_static("to "), zone.date_time(to)]), Role::Plain));
            let far = timeline.events.iter().any(Event::is_far);
            ends.push(duration(
                to.duration_since(from),
                &[if far { " in all, without times far outside" } else { " in all" }],
            ));
        }
        lines.inline_list(ends);
    }
    view(lines, context, timeline, window);
    if timeline.events.iter().any(is_coarse) {
        lines.sentence(&Safe::from_static(
            "Some times were sent without seconds: their order within a minute is unknown.",
        ));
    }
    if !context.document.is_full_record() {
        lines.sentence(&Safe::from_static(context.not_contained(
            "List data only: camera processes and steps come with the full record.",
            "Camera processes and steps may be missing: the file does not say whether this record is complete.",
        )));
    }
    legend(lines, context, timeline, window);
}

/// Returns the text of a duration: its length, and `words`, which say from what to what it runs.
fn duration(length: SignedDuration, words: &[&'static str]) -> Piece {
    let words: Vec<Safe> = words.iter().map(|words| Safe::from_static(words)).collect();
    Piece::new(Safe::concat(&[span(length), Safe::concat(&words)]), Role::Strong)
}

/// Returns the name of the events of the session in which the applicant takes the pictures, after their kinds.
fn capture_name(timeline: &Timeline<'_>) -> &'static str {
    let has = |kind| timeline.events_with_time().any(|event| event.kind == kind && !event.is_far());
    match (has(EventKind::Camera), has(EventKind::Call)) {
        (true, true) => "camera event or step",
        (true, false) => "camera event",
        (false, _) => "step",
    }
}

/// Returns short texts with the number of attempts, and of retry reasons that the service sent.
fn attempts_and_retries(context: TabContext<'_>) -> Vec<Piece> {
    let words = context.attempts_and_retries(&Attempts::of(context.document));
    words.iter().map(|words| Piece::new(Safe::sanitize(words), Role::Plain)).collect()
}

/// Adds a line about the user's choices: the order of the events, relative times instead of clock times, and the shown
/// part of the timeline. A choice that is the default is not mentioned.
fn view(lines: &mut TabLines<'_>, context: TabContext<'_>, timeline: &Timeline<'_>, window: &TimeWindow) {
    let (zone, choices) = (&context.options.zone, context.options.choices);
    let mut told = Vec::new();
    match choices.events {
        EventOrder::Time => {}
        EventOrder::Kind => told.push(Piece::word("shown by kind, each in the order of time", Role::Strong)),
        EventOrder::Received => told.push(Piece::word("shown as received, in the order of the answer", Role::Strong)),
    }
    if let Some(origin) = origin(timeline).filter(|_| choices.relative) {
        let words =
            [Safe::from_static("times since "), zone.date_time(origin), Safe::from_static(", "), since(timeline)];
        told.push(Piece::new(joined_words(&words), Role::Strong));
    }
    if let Some((whole, (from, to))) = window.whole_if_cut().zip(window.ends()) {
        let length = |(from, to): TimeSpan| span(to.duration_since(from));
        let shown = [Safe::from_static("showing "), length((from, to)), Safe::from_static(" of "), length(whole)];
        // Halving a span leaves fractions that nobody sent.
        let shown_at = |at: Timestamp| zone.date_time(at.round(Unit::Millisecond).unwrap_or(at));
        let ends = [Safe::from_static(", from "), shown_at(from), Safe::from_static(" to "), shown_at(to)];
        told.push(Piece::new(joined_words(&[shown, ends].concat()), Role::Strong));
        told.push(Piece::word("0 shows all", Role::Dim));
    }
    lines.inline_list(told);
}

/// Returns the instant from which relative times are counted: the start of the session in which the applicant takes the
/// pictures, otherwise the first instant of the timeline. `None` if no event has a known time.
pub(super) fn origin(timeline: &Timeline<'_>) -> Option<Timestamp> {
    timeline.capture().or_else(|| timeline.total_extent()).map(|(from, _)| from)
}

/// Returns the name of the instant from which relative times are counted, such as "the start click"; see [`origin`].
pub(super) fn since(timeline: &Timeline<'_>) -> Safe {
    Safe::from_static(match timeline.capture() {
        Some((from, _)) if begins_with_start_click(timeline, from) => "the start click",
        Some(_) => "the first camera event or attempt step",
        None => "the first event",
    })
}

/// Returns whether `from`, the first instant of the session in which the applicant takes the pictures, is the time of
/// the start click.
fn begins_with_start_click(timeline: &Timeline<'_>, from: Timestamp) -> bool {
    timeline.events.iter().any(|event| event.kind == EventKind::Start && event.at() == Some(from))
}

/// Returns whether the start or the end of an event was sent without seconds.
fn is_coarse(event: &Event<'_>) -> bool {
    [&event.start, &event.end].into_iter().flatten().any(to_the_minute)
}

/// Adds the legend: the meaning of each sign that the chart contains. `window` is the shown part of the timeline.
fn legend(lines: &mut TabLines<'_>, context: TabContext<'_>, timeline: &Timeline<'_>, window: &TimeWindow) {
    let any = |test: fn(&Event<'_>) -> bool| timeline.events_with_time().any(test);
    let (cut, whole) = (window.stretches.len() > 1, context.document.is_full_record());
    let signs = [
        ("━ camera", any(|event| event.span().is_some_and(|(start, end)| start < end))),
        ("● attempt step or other event", any(|event| event.span().is_none())),
        ("✗ failed event, or last step of a failed attempt", timeline.events_with_time().any(Event::failed)),
        ("! anomaly", any(|event| !event.oddities.is_empty())),
        ("? no end", any(|event| event.oddities.contains(&Oddity::NoEnd))),
        ("┊ idle gap (30 s or more), not to scale", cut && whole),
        (
            context.not_contained(
                "┊ not to scale: what happened there is not fetched",
                "┊ not to scale: what happened there is not in the file",
            ),
            cut && !whole,
        ),
        ("~ to about a minute", context.options.choices.relative && any(is_coarse)),
    ];
    let used = signs.into_iter().filter(|(_, used)| *used).map(|(sign, _)| Piece::word(sign, Role::Dim));
    let beyond = [("‹ {} earlier", OutsideSide::Earlier), ("› {} later", OutsideSide::Later)].map(|(words, side)| {
        let count = timeline.events.iter().filter(|event| window.side_of(event) == Some(side)).count();
        (count > 0).then(|| Piece::new(Safe::sanitize(&words.replace("{}", &count.to_string())), Role::Dim))
    });
    lines.inline_list(used.chain(beyond.into_iter().flatten()).collect::<Vec<_>>());
}

/// Returns short texts with the numbers of certain events and of gaps (idle times). There is one text each for failed
/// events, unusual events, uploads from a file, and gaps.
fn counts(context: TabContext<'_>, timeline: &Timeline<'_>) -> Vec<Piece> {
    let count = |number: usize, words: &str| Safe::sanitize(&format!("{number} {words}"));
    let events = |number: usize, words: &str| Safe::sanitize(&format!("{} {words}", counted(number, "event")));
    let failed =
        |is: fn(EventKind) -> bool| timeline.events.iter().filter(|event| event.failed() && is(event.kind)).count();
    let failures = [
        (failed(|kind| matches!(kind, EventKind::Call | EventKind::Attempt)), "attempt"),
        (failed(|kind| kind == EventKind::Camera), "camera event"),
        (failed(|kind| !matches!(kind, EventKind::Call | EventKind::Attempt | EventKind::Camera)), "other event"),
    ];
    let is_only = |at: usize| failures.iter().enumerate().all(|(other, (count, _))| other == at || *count == 0);
    let odd = timeline.events.iter().filter(|event| !event.oddities.is_empty()).count();
    let uploads = timeline.events.iter().filter(|event| event.is_upload()).count();
    let gaps =
        timeline.rows().into_iter().filter_map(|row| if let TimelineRow::Gap(gap) = row { Some(gap) } else { None });
    let gaps: Vec<SignedDuration> =
        gaps.filter(|_| context.document.is_full_record()).map(|gap| gap.length()).collect();
    let mut told = Vec::new();
    for (at, (count, noun)) in failures.into_iter().enumerate().filter(|(_, (count, _))| *count > 0) {
        let noun = if is_only(at) { noun.trim_start_matches("other ") } else { noun };
        told.push(Piece::new(Safe::sanitize(&format!("{} failed", counted(count, noun))), Role::Bad));
    }
    if odd > 0 {
        told.push(Piece::new(events(odd, "with an anomaly"), Role::Warn));
    }
    if failures.iter().all(|(count, _)| *count == 0)
        && odd == 0
        && context.document.is_full_record()
        && context.document.reads_documented()
    {
        told.push(Piece::word("no errors, no anomalies", Role::Good));
    }
    if uploads > 0 {
        told.push(Piece::new(
            count(uploads, if uploads == 1 { "upload from a file" } else { "uploads from a file" }),
            Role::Warn,
        ));
    }
    match (gaps.len(), gaps.iter().max()) {
        (1, Some(only)) => {
            told.push(Piece::new(joined_words(&[Safe::from_static("1 idle gap of "), span(*only)]), Role::Plain));
        }
        (many, Some(most)) => {
            told.push(Piece::new(joined_words(&[count(many, "idle gaps, the longest of "), span(*most)]), Role::Plain));
        }
        (_, None) => {}
    }
    told
}
