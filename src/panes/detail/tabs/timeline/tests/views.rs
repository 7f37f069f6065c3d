//! The orders, relative times and spans; and that nothing is lost in any of them.

use jiff::Timestamp;

use super::*;
use argos_testkit::long_run::cases;

fn viewed(choices: TabChoices) -> TabCase {
    TabCase::new(STORY).choices(choices)
}

fn ordered(events: EventOrder) -> TabChoices {
    TabChoices { events, ..TabChoices::default() }
}

fn relative() -> TabChoices {
    TabChoices { relative: true, ..TabChoices::default() }
}

/// Text lines are one after the other, others may be between them.
fn in_this_order(text: &str, begins: &[&str]) {
    let mut rest = text.lines();
    for begin in begins {
        assert!(rest.any(|line| line.starts_with(begin)), "{begin}, in this order, in\n{text}");
    }
}

fn span(from: &str, to: &str) -> TabChoices {
    let at = |clock: &str| format!("2026-11-21T{clock}Z").parse().expect("a time");
    TabChoices { span: Some((at(from), at(to))), ..TabChoices::default() }
}

#[test]
fn by_kind_each_kind_has_a_heading_and_the_order_of_time() {
    let text = viewed(ordered(EventOrder::Kind)).text(Tab::Timeline);
    assert!(text.contains("shown by kind, each in the order of time"), "{text}");
    in_this_order(
        &text,
        &[
            "Submission ",
            "2026-11-21 UTC",
            "09:14:01 pre-verification: passed",
            "09:16:40 pending",
            "2026-11-24 UTC",
            "13:20:00 result: rejected",
            "Camera processes ",
            "2026-11-21 UTC",
            "09:14:10 idcard-front-autocapture",
            "09:16:10 id-document-face-active",
            "--:--:-- id-document-face-hologram",
            "Requests of attempts ",
            "09:14:58 attempt 1",
            "09:16:31 attempt 2",
            "Changes afterwards ",
            "13:20:00 updated",
            "Address checks ",
            "Every time in full",
        ],
    );
    assert!(!text.contains("         ┊ idle gap"), "no gap between events of one kind");
    assert!(text.contains("! overlaps idcard-front-autocapture, for 1.4 s"));
}

#[test]
fn as_received_what_is_out_of_order_stands_so() {
    let text = TabCase::new(
        r#"{"signals":{"cameraProcessInfo":[
        {"type":"later","processStartTime":"2026-11-21T09:14:10Z","processEndTime":"2026-11-21T09:14:11Z"},
        {"type":"lost","processStartTime":"soon"},
        {"type":"first","processStartTime":"2026-11-20T09:14:01Z","processEndTime":"2026-11-20T09:14:02Z"}]},
        "created_at":"2026-11-20T09:14:00Z"}"#,
    )
    .choices(ordered(EventOrder::Received))
    .text(Tab::Timeline);
    assert!(text.contains("shown as received, in the order of the answer"), "{text}");
    in_this_order(
        &text,
        &[
            "2026-11-21 UTC",
            "09:14:10 later",
            "--:--:-- lost",
            "2026-11-20 UTC",
            "09:14:01 first",
            "         ! comes later in the answer, but was 1 d 0 h earlier",
            "09:14:00 created",
        ],
    );
}

#[test]
fn the_order_of_time_is_not_named() {
    assert!(!text(STORY).contains("shown"));
}

#[test]
fn relative_times_count_from_the_start_of_the_capture_in_one_column() {
    for columns in [38, 78, 118] {
        let text = viewed(relative()).columns(columns).text(Tab::Timeline);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("times since 2026-11-21 09:14:06 UTC, the start click"), "{text}");
        let column = |name: &str| {
            let line = text.lines().find(|line| line.contains(name)).unwrap_or_default();
            line.split(name).next().unwrap_or_default().chars().count()
        };
        for name in ["created", "pending", "result: rejected", "id-document-face-hologram"] {
            assert_eq!(column(name), column("start clicked"), "{name} in\n{text}");
        }
        let trimmed: Vec<&str> = text.lines().map(str::trim_start).collect();
        let text = trimmed.join("\n");
        in_this_order(&text, &["−0:05.0 pre-v", "−0:02.8 created", "+0:00.0 start clicked", "+0:04.0 idcard-front"]);
        in_this_order(&text, &["+3 d 04:05 result: rejected", "Without a known time", "--:--:-- id-document-face"]);
        let chart = text.split("Every time in full").next().unwrap_or_default();
        assert!(!chart.contains("2026-11-21 UTC") && !chart.contains("09:14:10"), "{chart}");
        assert!(flat.contains("2026-11-21 09:14:22.400 UTC"), "in full by the clock");
    }
}

#[test]
fn relative_times_of_what_was_sent_to_the_minute_say_so() {
    let text =
        TabCase::new(r#"{"created_at":"2026-11-21 09:14","signals":{"startButtonClickTime":"2026-11-21T09:14:30Z"}}"#)
            .choices(relative())
            .text(Tab::Timeline);
    assert!(text.contains("~−0:30.0 created") && text.contains("~ to about a minute"), "{text}");
}

#[test]
fn a_span_says_what_it_shows_and_keeps_every_row() {
    let text = viewed(span("09:14:15", "09:14:25")).text(Tab::Timeline);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("showing 10.0 s of 4 d 22 h, from 2026-11-21 09:14:15 UTC to 2026-11-21 09:14:25 UTC"),
        "{text}"
    );
    assert!(flat.contains("0 shows all"));
    assert!(text.contains("‹ 3 earlier") && text.contains("› 11 later"), "{text}");
    let row = |begin: &str| text.lines().find(|line| line.starts_with(begin)).unwrap_or_default().to_owned();
    assert!(row("2026-11-21 UTC").contains("‹─") && row("2026-11-21 UTC").contains("─›"));
    assert!(row("09:14:03 created").ends_with(" ‹"));
    assert!(row("09:14:10 idcard-front").contains(" ‹━") && row("09:14:10 idcard-front").contains("12.4 s"));
    assert!(row("09:14:21 idcard-back").contains("━›"));
    assert!(row("13:20:00 updated").ends_with(" ›"));
    let narrow = viewed(span("09:14:15", "09:14:25")).columns(38).text(Tab::Timeline);
    assert!(narrow.contains("09:14:03‹created") && narrow.contains("13:20:00›updated"), "{narrow}");
}

#[test]
fn a_name_that_is_too_long_for_its_column_stands_in_full_below() {
    let name = "a-process-with-a-name-that-is-longer-than-its-column";
    let text = text(&format!(r#"{{"signals":{{"cameraProcessInfo":[{{"type":"{name}"}}]}}}}"#));
    assert!(text.contains(name), "{text}");
}

/// A time of any kind: near, far, coarse, unreadable, missing.
pub(in super::super) fn any_time() -> impl Strategy<Value = String> {
    let instant = |at: Option<Timestamp>| format!("\"{}\"", at.unwrap_or(Timestamp::UNIX_EPOCH));
    prop_oneof![
        4 => (0..200_000_i64).prop_map(move |ms| instant(Timestamp::from_millisecond(1_795_252_443_000 + ms).ok())),
        1 => (0..40_i64).prop_map(move |second| instant(Timestamp::from_second(1_795_252_443 + second * 3).ok())),
        1 => (-377_705_023_201_i64..253_402_207_200).prop_map(move |second| instant(Timestamp::from_second(second).ok())),
        1 => (10..60_u32).prop_map(|minute| format!("\"2026-11-21 09:{minute}\"")),
        1 => Just(instant(Some(Timestamp::MIN))),
        1 => Just(instant(Some(Timestamp::MAX))),
        1 => prop::sample::select(vec!["\"soon\"", "\"2026-13-41T25:61:00Z\"", "\"\"", "null", "17", "1e999", "[{}]", "{\"a\":1}"])
            .prop_map(str::to_owned),
    ]
}

/// A submission with camera processes between these times, each of a type of its own, and attempts called at them.
pub(in super::super) fn filmed(times: &[(String, String)], created: &str) -> String {
    let process = |(at, (start, end)): (usize, &(String, String))| {
        format!(r#"{{"type":"kind{at}.","processStartTime":{start},"processEndTime":{end},"error":null}}"#)
    };
    let attempt = |(start, end): &(String, String)| format!(r#"{{"step2Time1st":{end},"step1Time1st":{start}}}"#);
    let processes: Vec<String> = times.iter().enumerate().map(process).collect();
    let attempts: Vec<String> = times.iter().skip(1).step_by(3).map(attempt).collect();
    format!(
        r#"{{"kyc":{{"attempts":[{}]}},"created_at":{created},"signals":{{"cameraProcessInfo":[{}]}}}}"#,
        attempts.join(","),
        processes.join(",")
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(100, 3_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_process_is_lost_and_no_line_too_wide_however_it_is_shown(
        times in prop::collection::vec((any_time(), any_time()), 0..12), created in any_time(), columns in 20..=130_usize,
        events in prop::sample::select(vec![EventOrder::Time, EventOrder::Kind, EventOrder::Received]), relative in any::<bool>(),
        span in prop::option::of((0..200_000_i64, 0..200_000_i64)), far in any::<bool>(),
    ) {
        let at = |ms: i64| Timestamp::from_millisecond(1_795_252_443_000 + if far { ms * 1_000_000 } else { ms }).ok();
        let span = span.and_then(|(from, length)| at(from).zip(at(from + length)));
        let case = TabCase::new(&filmed(&times, &created)).columns(columns).choices(TabChoices { events, relative, span, ..TabChoices::default() });
        case.fits(Tab::Timeline);
        let (rows, chart) = (case.lines(Tab::Timeline), case.text(Tab::Timeline));
        let chart = chart.split("Every time in full").next().unwrap_or_default();
        // A narrow tab wraps words anywhere.
        let flat: String = chart.split_whitespace().collect();
        for at in 0..times.len() {
            prop_assert!(flat.contains(&format!("kind{at}.")), "{at} in\n{chart}");
            // Another one may name it, too: it has a line of its own.
            let path = format!("signals.cameraProcessInfo[{at}]");
            let own = |line: &&TabLine| line.path().is_some_and(|own| own.starts_with(&path));
            prop_assert!(rows.iter().take(chart.lines().count()).any(|line| own(&line)), "{at} in\n{chart}");
        }
    }
}
