use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Zone, coarse_span, parse_span, parse_timestamp, span};

#[test]
fn every_form_of_one_instant_is_read() {
    for text in [
        "2026-11-21T09:14:03Z",
        "2026-11-21T09:14:03.000Z",
        "2026-11-21T09:14:03+00:00",
        "2026-11-21T18:14:03+09:00",
        "2026-11-21t09:14:03z",
        "2026-11-21T09:14:03",
        "2026-11-21 09:14:03",
        " 2026-11-21 09:14:03Z\n",
        "2026-11-21-09-14-03-UTC",
        "2026-11-21-09-14-03-GMT",
        "2026-11-21-09-14-03-Z",
        "2026-11-21-09-14-03-000",
        "2026-11-21-09-14-03",
    ] {
        assert_eq!(parse_timestamp(text).map(Timestamp::as_millisecond), Some(1_795_252_443_000), "{text}");
    }
}

#[test]
fn minutes_and_fractions_are_read() {
    assert_eq!(parse_timestamp("2020-07-24 06:46"), "2020-07-24T06:46:00Z".parse().ok());
    assert_eq!(parse_timestamp("2024-06-21T03:24:57.565Z").map(Timestamp::subsec_millisecond), Some(565));
    assert_eq!(parse_timestamp("2024-06-21-03-24-57-565"), parse_timestamp("2024-06-21T03:24:57.565Z"));
    assert_eq!(parse_timestamp("2024-06-21 03:24:57.565123"), "2024-06-21T03:24:57.565123Z".parse().ok());
}

#[test]
fn what_is_no_instant_is_not_read() {
    for text in [
        "",
        "2026-11-21",
        "20261121",
        "1795252443",
        "1795252443000",
        "20261121091403",
        "YYYY-MM-DD-HH-MM-SS-ZZZ",
        "YYYY-MM-DDTHH:MM:SS.SSSZ",
        "2026-13-21T09:14:03Z",
        "2026-02-30 10:00",
        "2026-11-21-09-14-03-KST",
        "2026-11-21-09-14-03-+09",
        "2026-11-21-25-14-03-UTC",
        "2026-11-21-09-14-03-UTC-x",
        "2026-11-21-09",
        "09:14:03",
        "Sat Nov 21 2026 09:14:03 GMT+0000",
        "Deleted Submission",
        "9999-12-31T23:59:59-24:00",
    ] {
        assert_eq!(parse_timestamp(text), None, "{text}");
    }
    assert_eq!(parse_timestamp(&"2".repeat(1_000_000)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}|[-+0-9TZ:. ]{0,40}|[0-9]{4}(-[0-9]{2}){5}(-\\PC{0,4})?") {
        let _ = parse_timestamp(&text);
    }

    #[test]
    fn what_is_read_can_be_shown_in_any_zone(second in -377_705_023_201_i64..253_402_207_200, nanosecond in 0..1_000_000_000_i32, hours in -25..=25_i8) {
        let at = Timestamp::new(second, nanosecond).unwrap();
        let zone = Zone::utc(TimeZone::fixed(offset(hours))).next();
        let shown = zone.date_time(at);
        prop_assert_eq!(parse_timestamp(&shown.as_str().replacen(' ', "T", 1).replace(' ', "")), Some(at));
    }

    #[test]
    fn milliseconds_survive_their_own_form(millis in 0..253_402_207_200_000_i64) {
        let at = Timestamp::from_millisecond(millis).unwrap();
        prop_assert_eq!(parse_timestamp(&at.strftime("%Y-%m-%d-%H-%M-%S-%3f").to_string()), Some(at));
        prop_assert_eq!(parse_timestamp(&at.to_string()), Some(at));
    }

    #[test]
    fn any_duration_can_be_told(second in any::<i64>(), nanosecond in -999_999_999..=999_999_999_i32) {
        prop_assert!(!span(SignedDuration::new(second.clamp(i64::MIN + 1, i64::MAX - 1), nanosecond)).is_empty());
    }
}

fn at(text: &str) -> Timestamp {
    parse_timestamp(text).unwrap()
}

fn zone(name: &str) -> Zone {
    let local = TimeZone::fixed(offset(-3));
    let chosen = match name {
        "utc" => TimeZone::UTC,
        "local" => local.clone(),
        name => TimeZone::get(name).unwrap(),
    };
    Zone::starting(chosen, local)
}

#[test]
fn full_time_has_date_seconds_and_zone() {
    let moment = at("2026-11-21T22:14:03.565Z");
    assert_eq!(zone("utc").date_time(moment).as_str(), "2026-11-21 22:14:03.565 UTC");
    assert_eq!(zone("Asia/Seoul").date_time(moment).as_str(), "2026-11-22 07:14:03.565 +09:00");
    assert_eq!(zone("local").date_time(moment).as_str(), "2026-11-21 19:14:03.565 -03:00");
    assert_eq!(zone("utc").date_time(at("2026-11-21 22:14")).as_str(), "2026-11-21 22:14:00 UTC");
    assert_eq!(zone("utc").date_time(at("2026-11-21T22:14:03.5651Z")).as_str(), "2026-11-21 22:14:03.565100 UTC");
}

#[test]
fn summer_time_is_told_by_the_offset() {
    let zone = zone("Europe/Paris");
    assert_eq!(zone.date_time(at("2026-10-25 00:30")).as_str(), "2026-10-25 02:30:00 +02:00");
    assert_eq!(zone.date_time(at("2026-10-25 01:30")).as_str(), "2026-10-25 02:30:00 +01:00");
}

#[test]
fn short_forms_follow_the_zone() {
    let moment = at("2026-11-21T22:04:03Z");
    assert_eq!(zone("utc").short(moment).as_str(), "2026-11-21 22:04");
    assert_eq!(zone("Asia/Seoul").short(moment).as_str(), "2026-11-22 07:04");
    assert_eq!(zone("Asia/Seoul").clock(moment).as_str(), "07:04:03");
}

#[test]
fn zone_key_goes_round() {
    let labels =
        |zone: Zone| [zone.label(), zone.next().label(), zone.next().next().label(), zone.next().next().next().label()];
    assert_eq!(labels(zone("utc")).map(String::from), ["UTC", "local", "UTC", "local"]);
    assert_eq!(labels(zone("local")).map(String::from), ["local", "UTC", "local", "UTC"]);
    assert_eq!(labels(zone("asia/seoul")).map(String::from), ["Asia/Seoul", "UTC", "local", "Asia/Seoul"]);
}

#[test]
fn local_zone_tells_its_name_where_it_has_one() {
    let local = TimeZone::get("Asia/Seoul").unwrap();
    assert_eq!(Zone::utc(local).next().label().as_str(), "local Asia/Seoul");
}

#[test]
fn durations_are_told_in_two_units() {
    for (millis, words) in [
        (0, "0 ms"),
        (420, "420 ms"),
        (999, "999 ms"),
        (1000, "1.0 s"),
        (3_250, "3.2 s"),
        (59_999, "59.9 s"),
        (65_000, "1 m 05 s"),
        (3_599_999, "59 m 59 s"),
        (8_040_000, "2 h 14 m"),
        (86_399_999, "23 h 59 m"),
        (273_600_000, "3 d 4 h"),
        (-3_250, "−3.2 s"),
        (-65_000, "−1 m 05 s"),
    ] {
        assert_eq!(span(SignedDuration::from_millis(millis)).as_str(), words);
    }
    assert_eq!(span(SignedDuration::from_nanos(-999)).as_str(), "0 ms");
}

#[test]
fn durations_in_a_column_are_cut_to_minutes_hours_or_days() {
    for (seconds, words) in [
        (0, "< 1 m"),
        (59, "< 1 m"),
        (60, "1 m"),
        (3_599, "59 m"),
        (3_600, "1 h"),
        (86_399, "23 h"),
        (86_400, "1 d 0 h"),
        (187_200, "2 d 4 h"),
        (-59, "< 1 m"),
        (-7_300, "−2 h"),
    ] {
        assert_eq!(coarse_span(SignedDuration::from_secs(seconds)).as_str(), words);
    }
    assert_eq!(coarse_span(SignedDuration::MIN).as_str(), "−106751991167300 d 15 h");
}

#[test]
fn durations_are_read_with_their_unit() {
    for (text, seconds) in [
        ("90m", 5_400),
        ("12h", 43_200),
        ("2d", 172_800),
        ("1d12h", 129_600),
        (" 2 d 4 h ", 187_200),
        ("1w", 604_800),
        ("45s", 45),
        ("PT12H", 43_200),
        ("0h", 0),
        ("12H", 43_200),
        ("2D", 172_800),
        ("1D12h", 129_600),
    ] {
        assert_eq!(parse_span(text), Some(SignedDuration::from_secs(seconds)), "{text}");
    }
    for text in
        ["", "12", "h", "12x", "1mo", "1y", "inf", "1e3h", "12h30", "12:30", "-1h", "12h ago", "-PT1H", "1M", "90M"]
    {
        assert_eq!(parse_span(text), None, "{text}");
    }
}

#[test]
fn an_hour_that_comes_twice_stands_with_its_offset() {
    let berlin = Zone::starting(TimeZone::get("Europe/Berlin").unwrap(), TimeZone::UTC);
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
    let texts = |at| (berlin.short(at).as_str().to_owned(), berlin.clock(at).as_str().to_owned());
    assert_eq!(texts(first), ("2026-10-25 02:30 +02:00".to_owned(), "02:30:00 +02:00".to_owned()));
    assert_eq!(texts(second), ("2026-10-25 02:30 +01:00".to_owned(), "02:30:00 +01:00".to_owned()));
    assert_eq!(texts(at("2026-10-25T02:30:00Z")), ("2026-10-25 03:30".to_owned(), "03:30:00".to_owned()));
    assert_eq!(Zone::default().short(first).as_str(), "2026-10-25 00:30");
}

#[test]
fn offsets_stand_where_they_change_within_what_is_shown() {
    let berlin = Zone::starting(TimeZone::get("Europe/Berlin").unwrap(), TimeZone::UTC);
    let seoul = Zone::starting(TimeZone::get("Asia/Seoul").unwrap(), TimeZone::UTC);
    let instants = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<Timestamp>>();
    let (winter, gap) =
        (["2026-01-01T12:00:00Z", "2026-03-29T00:59:59Z"], ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"]);
    for (zone, texts, needed) in [
        (&berlin, &winter[..], false),
        (&berlin, &gap, true),
        (&berlin, &["2026-10-25T01:30:00Z"], true),
        (&berlin, &["2026-10-25T03:30:00Z"], false),
        (&berlin, &[], false),
        (&seoul, &["2026-01-01T12:00:00Z", "2026-07-01T12:00:00Z"], false),
        (&Zone::default(), &gap, false),
    ] {
        let shown = zone.showing(instants(texts));
        assert_eq!(shown.short_width() > 16, needed, "{texts:?}");
        for at in instants(texts) {
            assert_eq!((shown.short(at).width(), shown.clock(at).width()), (shown.short_width(), shown.clock_width()));
        }
    }
    let shown = berlin.showing(instants(&gap));
    let clocks: Vec<String> = instants(&gap).into_iter().map(|at| shown.clock(at).as_str().to_owned()).collect();
    assert_eq!(clocks, ["01:59:59 +01:00", "03:00:00 +02:00"]);
}

#[test]
fn a_zone_that_changes_stands_with_offsets_where_nothing_is_known_beforehand() {
    for (name, changes) in [("Europe/Berlin", true), ("America/Sao_Paulo", true), ("Asia/Seoul", false), ("UTC", false)]
    {
        let zone = Zone::starting(TimeZone::get(name).unwrap(), TimeZone::UTC);
        assert_eq!(zone.showing_any().short_width() > 16, changes, "{name}");
    }
}
