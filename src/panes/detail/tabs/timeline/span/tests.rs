use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{double_span, half_span, span_with_event};
use crate::panes::detail::tabs::timeline::tests::views::{any_time, filmed};
use crate::panes::detail::tabs::timeline::window::{TimeSpan, TimeWindow};
use crate::submission::Document;
use crate::submission::timeline::{Event, Timeline};
use argos_testkit::long_run::cases;

/// Three minutes of capture and a result four days later.
const REVIEWED: &str = r#"{"created_at":"2026-11-21T09:14:00Z","kyc_result_at":"2026-11-25T10:00:00Z","updated_at":"2026-11-25T10:00:01Z",
    "signals":{"startButtonClickTime":"2026-11-21T09:14:02Z","cameraProcessInfo":[
    {"processStartTime":"2026-11-21T09:14:03Z","processEndTime":"2026-11-21T09:14:20Z","error":"x"},
    {"type":"t","processStartTime":"2026-11-21T09:15:58Z","processEndTime":"2026-11-21T09:16:02Z"},
    {"processStartTime":"2026-11-21T09:16:30Z","processEndTime":"2026-11-21T09:17:00Z"}]}}"#;

fn document(json: &str) -> Document {
    Document::parse_copy(json.as_bytes(), true)
}

fn length((from, to): TimeSpan) -> SignedDuration {
    to.duration_since(from)
}

fn pressed(document: &Document, times: usize, path: &str) -> TimeSpan {
    (0..times).fold(None, |span, _| half_span(document, span, Some(path))).expect("a span")
}

#[test]
fn few_steps_come_down_to_seconds_though_the_review_came_days_later() {
    let document = document(REVIEWED);
    let span = pressed(&document, 4, "signals.cameraProcessInfo[1].processStartTime");
    let drawn = TimeWindow::of(&Timeline::of(&document), Some(span)).ends().expect("a part");
    assert_eq!(drawn.0.to_string(), "2026-11-21T09:15:58Z");
    assert!(length(drawn) < SignedDuration::from_secs(6), "{drawn:?}");
}

#[test]
fn the_event_under_the_cursor_is_found_by_any_of_its_fields() {
    let document = document(REVIEWED);
    for field in ["[1].processEndTime", "[1].type", "[1]"] {
        let by_start = pressed(&document, 3, "signals.cameraProcessInfo[1].processStartTime");
        assert_eq!(pressed(&document, 3, &format!("signals.cameraProcessInfo{field}")), by_start, "{field}");
    }
    let result = pressed(&document, 9, "kyc_result_at");
    assert!(
        result.0 <= "2026-11-25T10:00:00Z".parse().unwrap() && result.1.to_string().starts_with("2026-11-25T10:00:0")
    );
}

#[test]
fn of_an_event_that_does_not_fit_the_beginning_stays() {
    let document = document(REVIEWED);
    let span = pressed(&document, 5, "signals.cameraProcessInfo[2].processStartTime");
    assert_eq!(span.0.to_string(), "2026-11-21T09:16:30Z");
}

#[test]
fn a_span_goes_to_an_event_outside_and_stays_with_one_inside() {
    let document = document(REVIEWED);
    let span = pressed(&document, 4, "signals.cameraProcessInfo[0].processStartTime");
    let inside = span_with_event(&document, span, Some("signals.cameraProcessInfo[0].error"));
    assert_eq!(inside, span);
    for (path, at) in [
        ("signals.cameraProcessInfo[1].type", "2026-11-21T09:15:58Z"),
        ("kyc_result_at", "2026-11-25T10:00:00Z"),
        ("created_at", "2026-11-21T09:14:00Z"),
    ] {
        let (from, to) = span_with_event(&document, span, Some(path));
        let at = at.parse().expect("a time");
        assert!(from <= at && at <= to, "{path}: {from} to {to}");
    }
    assert_eq!(span_with_event(&document, span, None), span);
}

#[test]
fn wider_goes_back_to_the_whole() {
    let document = document(REVIEWED);
    let mut span = Some(pressed(&document, 5, "kyc_result_at"));
    let steps = (0..10)
        .take_while(|_| {
            span = double_span(&document, span);
            span.is_some()
        })
        .count();
    assert!((3..=5).contains(&steps), "{steps}");
    assert_eq!(double_span(&document, None), None);
}

#[test]
fn a_span_of_nothing_is_not_drawn_and_not_kept() {
    let none = document(r#"{"created_at":"soon"}"#);
    assert_eq!((half_span(&none, None, Some("created_at")), double_span(&none, None)), (None, None));
    let document = document(REVIEWED);
    let elsewhere = Some(("1970-01-01T00:00:00Z".parse().unwrap(), "1970-01-02T00:00:00Z".parse().unwrap()));
    let window = TimeWindow::of(&Timeline::of(&document), elsewhere);
    assert!(window.whole_if_cut().is_none());
    let next = half_span(&document, elsewhere, None).expect("a span");
    assert!(next.0.to_string().starts_with("2026"));
}

/// Any two instants in their order.
fn any_span() -> impl Strategy<Value = Option<TimeSpan>> {
    let at = (-377_705_023_201_i64..=253_402_207_200, 0..1_000_000_000_i32)
        .prop_map(|(second, nanos)| Timestamp::new(second, nanos).unwrap_or(Timestamp::MAX));
    prop::option::of((at.clone(), at).prop_map(|(one, other)| (one.min(other), one.max(other))))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(60, 2_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn closer_and_wider_come_to_an_end_within_the_whole(
        times in prop::collection::vec((any_time(), any_time()), 0..8), created in any_time(), span in any_span(), at in 0..8_usize,
    ) {
        let document = document(&filmed(&times, &created));
        let timeline = Timeline::of(&document);
        let all = timeline.stretches();
        let path = format!("signals.cameraProcessInfo[{at}]");
        let event = timeline.events.iter().find(|event| event.subject.path() == path).and_then(Event::at);
        // From any span at all: wider ends, and nothing overflows.
        let mut wide = span;
        for _ in 0..100 {
            wide = double_span(&document, wide);
        }
        prop_assert_eq!(wide, None);
        let mut near = span;
        for step in 0..100 {
            let next = half_span(&document, near, Some(&path));
            if next == near {
                break;
            }
            prop_assert!(step < 99, "still closer");
            let (from, to) = next.expect("closer gives a span");
            prop_assert!(all[0].0 <= from && from <= to && to <= all[all.len() - 1].1);
            prop_assert!(event.is_none_or(|at| from <= at && at <= to));
            // Something is drawn.
            prop_assert!(all.iter().any(|(first, last)| *first <= to && from <= *last));
            near = next;
        }
        let mut back = near;
        for _ in 0..100 {
            back = double_span(&document, back);
        }
        prop_assert_eq!(back, None);
    }
}
