use jiff::SignedDuration;
use proptest::prelude::*;

use super::{Event, EventKind, EventOrder, IDLE, Oddity, Timeline, TimelineRow};
use crate::submission::Document;

fn document(json: &str) -> Document {
    Document::parse_copy(json.as_bytes(), true)
}

/// A submission with these camera processes, created at 09:14:00.
fn filmed(processes: &str) -> Document {
    document(&format!(r#"{{"created_at":"2026-11-21T09:14:00.000Z","signals":{{"cameraProcessInfo":[{processes}]}}}}"#))
}

fn process(start: &str, end: &str) -> String {
    format!(
        r#"{{"type":"idcard-front-capture","processStartTime":"2026-11-21T{start}Z","processEndTime":"2026-11-21T{end}Z","error":null}}"#
    )
}

fn oddities(document: &Document) -> Vec<Oddity> {
    Timeline::of(document).events.iter().flat_map(|event| event.oddities.clone()).collect()
}

const fn millis(millis: i64) -> SignedDuration {
    SignedDuration::from_millis(millis)
}

#[test]
fn everything_that_has_a_time_is_an_event() {
    let document = document(
        r#"{"created_at":"2026-11-21T09:14:00Z","pending_at":"2026-11-21T09:15:00Z","kyc_result_at":"2026-11-21T09:16:00Z",
        "updated_at":"2026-11-21T09:17:00Z","memo":{"updated_at":"2026-11-21T09:18:00Z"},
        "updateHistory":{"updateTime":"2026-11-21T09:19:00Z"},"pre_verification":{"created_at":"2026-11-21T09:13:00Z"},
        "Injection_action":[{"createTime":"2026-11-21T09:20:00Z"},{"time":"2026-11-21T09:21:00Z","type":"address"}],
        "signals":{"startButtonClickTime":"2026-11-21T09:14:01Z","cameraProcessInfo":[{}]},
        "kyc":{"attempts":[{"step1Time1st":"2026-11-21T09:14:02Z","step2Time3rd":"2026-11-21T09:14:03Z"},{"attemptCnt":2}],
        "retry":[{"retryCode":"of_nothing"}]}}"#,
    );
    let kinds: Vec<EventKind> = Timeline::of(&document).events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [
            EventKind::PreVerification,
            EventKind::Created,
            EventKind::Start,
            EventKind::Call,
            EventKind::Call,
            EventKind::Pending,
            EventKind::Result,
            EventKind::Updated,
            EventKind::Memo,
            EventKind::AdminUpdate,
            EventKind::Injection,
            EventKind::Injection,
            EventKind::Camera,
            EventKind::Attempt,
            EventKind::Retry,
        ]
    );
}

#[test]
fn one_process_that_is_no_list_is_read() {
    let document = document(r#"{"signals":{"cameraProcessInfo":{"processStartTime":"2026-11-21T09:14:01Z"}}}"#);
    assert_eq!(Timeline::of(&document).events.len(), 1);
}

#[test]
fn what_is_null_or_empty_was_not_sent() {
    let timeline = document(r#"{"created_at":null,"pending_at":"","signals":{"cameraProcessInfo":[]}}"#);
    assert!(Timeline::of(&timeline).events.is_empty());
}

#[test]
fn failures_stand_on_the_last_call_of_their_attempt() {
    let document = document(
        r#"{"kyc":{"attempts":[{"step1Time1st":"2026-11-21T09:14:02Z","step2Time1st":"2026-11-21T09:14:09Z",
        "retryCode":["liveness_error"]}],"retry":[{"type":"step2","retryCnt":1,"retryCode":"liveness_error"}]}}"#,
    );
    let timeline = Timeline::of(&document);
    let failed: Vec<(bool, usize)> =
        timeline.events.iter().map(|event| (event.failed(), event.retries.len())).collect();
    assert_eq!(failed, [(false, 0), (true, 1)]);
}

#[test]
fn a_check_that_did_not_clearly_pass_failed() {
    for (value, failed) in [("true", false), ("false", true), ("\"perhaps\"", true)] {
        let document =
            document(&format!(r#"{{"pre_verification":{{"created_at":"2026-11-21T09:14:02Z","is_valid":{value}}}}}"#));
        assert_eq!(Timeline::of(&document).events[0].failed(), failed, "{value}");
    }
}

#[test]
fn end_before_start_is_told_and_takes_no_room() {
    let document = filmed(&process("09:14:10.000", "09:14:07.583"));
    assert_eq!(oddities(&document), [Oddity::EndBeforeStart(millis(2417))]);
    assert_eq!(Timeline::of(&document).events[1].span(), None);
}

#[test]
fn missing_ends_and_starts_are_told() {
    let document =
        filmed(r#"{"processStartTime":"2026-11-21T09:14:01Z"},{"processEndTime":"2026-11-21T09:14:09Z"},{}"#);
    assert_eq!(oddities(&document), [Oddity::NoEnd, Oddity::NoStart, Oddity::NoStart, Oddity::NoEnd]);
}

#[test]
fn times_that_do_not_parse_keep_their_event() {
    let document = filmed(
        r#"{"processStartTime":"soon","processEndTime":"2026-11-21T09:14:09Z"},{"processStartTime":1795252443,"processEndTime":"x"}"#,
    );
    let timeline = Timeline::of(&document);
    assert_eq!(oddities(&document), [Oddity::StartUnread, Oddity::StartUnread, Oddity::EndUnread]);
    assert!(timeline.events[1].at().is_some(), "placed by its end");
    assert!(timeline.events[2].at().is_none());
}

#[test]
fn overlaps_are_measured_against_the_process_that_runs_longest() {
    let all = [
        process("09:14:01.000", "09:14:20.000"),
        process("09:14:05.000", "09:14:08.000"),
        process("09:14:18.800", "09:14:25.000"),
        process("09:14:25.000", "09:14:30.000"),
    ];
    let document = filmed(&all.join(","));
    assert_eq!(
        oddities(&document),
        [Oddity::Overlap { with: 1, by: millis(3000) }, Oddity::Overlap { with: 1, by: millis(1200) }]
    );
}

#[test]
fn order_of_the_answer_is_held_against_the_times() {
    let document =
        filmed(&[process("09:14:10.000", "09:14:11.000"), process("09:14:01.000", "09:14:02.000")].join(","));
    assert_eq!(oddities(&document), [Oddity::OutOfOrder(millis(9000))]);
}

#[test]
fn each_order_holds_every_event_and_the_answer_keeps_its_own() {
    let document = document(
        r#"{"kyc":{"attempts":[{"step1Time2nd":"2026-11-21T09:14:05Z","step1Time1st":"2026-11-21T09:14:07Z"}]},
        "updated_at":"2026-11-21T09:20:00Z","signals":{"cameraProcessInfo":[{"processEndTime":"2026-11-21T09:14:09Z"},{},
        {"processStartTime":"2026-11-21T09:14:01Z"}],"startButtonClickTime":"2026-11-21T09:14:00Z"},
        "created_at":"2026-11-21T09:13:00Z"}"#,
    );
    let timeline = Timeline::of(&document);
    let told = |order: EventOrder| -> Vec<String> {
        let path = |index: usize| {
            let event = &timeline.events[index];
            event.start.as_ref().or(event.end.as_ref()).map_or(&event.subject, |time| &time.field).path().to_owned()
        };
        timeline.in_order(order).into_iter().map(path).collect()
    };
    let camera = |rest: &str| format!("signals.cameraProcessInfo{rest}");
    let (ended, without, began) = (camera("[0].processEndTime"), camera("[1]"), camera("[2].processStartTime"));
    let (second, first) = ("kyc.attempts[0].step1Time2nd", "kyc.attempts[0].step1Time1st");
    let start = "signals.startButtonClickTime";
    assert_eq!(told(EventOrder::Time), ["created_at", start, &*began, second, first, &*ended, "updated_at", &*without]);
    assert_eq!(told(EventOrder::Kind), ["created_at", start, &*began, &*ended, &*without, second, first, "updated_at"]);
    assert_eq!(
        told(EventOrder::Received),
        [second, first, "updated_at", &*ended, &*without, &*began, start, "created_at"]
    );
}

#[test]
fn far_outside_is_told_and_left_out_of_the_whole() {
    let document = filmed(r#"{"processStartTime":"1970-01-01T00:00:00Z","processEndTime":"1970-01-01T00:00:01Z"}"#);
    let timeline = Timeline::of(&document);
    assert!(timeline.events[0].is_far());
    assert_eq!(timeline.total_extent().map(|(from, to)| from == to), Some(true));
    let result = self::document(r#"{"created_at":"2026-11-21T09:14:00Z","kyc_result_at":"2027-11-21T09:14:00Z"}"#);
    assert_eq!(oddities(&result), [], "a review may take long");
}

#[test]
fn nothing_happens_to_a_submission_before_it_is_created() {
    let document = document(r#"{"created_at":"2026-11-21T09:14:00.500Z","kyc_result_at":"2026-11-21T09:13:58.500Z"}"#);
    assert_eq!(oddities(&document), [Oddity::BeforeCreation(millis(2000))]);
}

#[test]
fn a_time_sent_to_the_minute_is_not_called_earlier_within_it() {
    for pending in ["2026-11-21 09:14", "2026-11-21-09-14-05-UTC"] {
        let document = document(&format!(r#"{{"created_at":"2026-11-21T09:14:05.500Z","pending_at":"{pending}"}}"#));
        assert_eq!(oddities(&document), [], "{pending}");
    }
    let document = document(r#"{"created_at":"2026-11-21T09:14:05.500Z","pending_at":"2026-11-21 09:12"}"#);
    assert_eq!(oddities(&document).len(), 1);
}

#[test]
fn an_upload_is_odd_only_among_live_captures_of_the_document() {
    let shot = |kind: &str| {
        format!(
            r#"{{"type":"{kind}","processStartTime":"2026-11-21T09:14:01Z","processEndTime":"2026-11-21T09:14:01Z"}}"#
        )
    };
    let among = filmed(&[shot("idcard-front-autocapture"), shot("idcard-back-upload")].join(","));
    assert_eq!(oddities(&among), [Oddity::UploadAmongLive]);
    let only = filmed(&[shot("idcard-front-upload"), shot("id-document-face-passive")].join(","));
    assert_eq!(oddities(&only), []);
    assert!(Timeline::of(&only).events.iter().any(Event::is_upload));
}

#[test]
fn gaps_begin_where_the_last_process_is_over() {
    let all = [
        process("09:14:01.000", "09:15:00.000"),
        process("09:14:05.000", "09:14:06.000"),
        process("09:15:30.000", "09:15:31.000"),
    ];
    let document = filmed(&all.join(","));
    let gaps: Vec<SignedDuration> = Timeline::of(&document)
        .rows()
        .into_iter()
        .filter_map(|row| if let TimelineRow::Gap(gap) = row { Some(gap.length()) } else { None })
        .collect();
    assert_eq!(gaps, [IDLE]);
    let shorter = filmed(&[process("09:14:01.000", "09:14:02.000"), process("09:14:31.999", "09:14:40.000")].join(","));
    assert!(Timeline::of(&shorter).rows().iter().all(|row| matches!(row, TimelineRow::Event(_))));
}

#[test]
fn a_minute_that_may_not_be_over_is_no_gap() {
    let json =
        |start: &str| format!(r#"{{"created_at":"2026-11-21 09:14","signals":{{"startButtonClickTime":"{start}"}}}}"#);
    let gaps = |document: &Document| {
        Timeline::of(document).rows().iter().filter(|row| matches!(row, TimelineRow::Gap(_))).count()
    };
    assert_eq!(gaps(&document(&json("2026-11-21T09:14:58Z"))), 0);
    assert_eq!(gaps(&document(&json("2026-11-21T09:15:31Z"))), 1);
}

/// A time of any kind: near, far, coarse, unreadable, missing.
fn any_time() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..200_000_i64).prop_map(|ms| {
            let at = jiff::Timestamp::from_millisecond(1_795_252_443_000 + ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
            format!("\"{at}\"")
        }),
        (-377_705_023_201_i64..253_402_207_200)
            .prop_map(|second| format!("\"{}\"", jiff::Timestamp::from_second(second).unwrap_or_default())),
        (10..60_u32).prop_map(|minute| format!("\"2026-11-21 09:{minute}\"")),
        Just("\"soon\"".to_owned()),
        Just("null".to_owned()),
        Just("17".to_owned()),
        Just("[{}]".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_process_is_dropped_and_stretches_and_gaps_take_turns(times in prop::collection::vec((any_time(), any_time()), 0..12), created in any_time()) {
        let all: Vec<String> =
            times.iter().map(|(start, end)| format!(r#"{{"processStartTime":{start},"processEndTime":{end}}}"#)).collect();
        let document = document(&format!(r#"{{"created_at":{created},"signals":{{"cameraProcessInfo":[{}]}}}}"#, all.join(",")));
        let timeline = Timeline::of(&document);
        let cameras = timeline.events.iter().filter(|event| event.kind == EventKind::Camera).count();
        prop_assert_eq!(cameras, times.len());
        let rows = timeline.rows();
        let placed = rows.iter().filter(|row| matches!(row, TimelineRow::Event(_))).count();
        prop_assert_eq!(placed, timeline.events_with_time().count());
        let stretches = timeline.stretches();
        prop_assert_eq!(rows.len() - placed, stretches.len().saturating_sub(1));
        for pair in stretches.windows(2) {
            prop_assert!(pair[1].0.duration_since(pair[0].1) >= IDLE);
        }
        for event in timeline.events_with_time() {
            let at = event.at().unwrap();
            prop_assert!(stretches.iter().any(|(from, to)| *from <= at && at <= *to));
        }
    }
}
