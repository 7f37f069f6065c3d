//! Timestamps and durations: nothing panics, and what is shown of an instant is that instant.

use argos_review::text::Safe;
use argos_review::time::{Zone, parse_timestamp, span};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use argos_testkit::forbidden::why_forbidden;

/// The first byte says what the rest is: a text to read as a time, a text to read as a zone, or numbers.
pub(crate) fn check(bytes: &[u8]) {
    let [mode, rest @ ..] = bytes else { return };
    match mode % 8 {
        0 => numbers(rest),
        1 => zone(&String::from_utf8_lossy(rest)),
        _ => {
            let text = String::from_utf8_lossy(rest);
            if let Some(at) = parse_timestamp(&text) {
                assert!(text.trim_ascii().len() <= 64, "nothing that is a time is longer");
                shown(at, i32::from(*mode) * 397);
            }
        }
    }
}

fn numbers(bytes: &[u8]) {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, ..] = *bytes else { return };
    let second = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
    let nanosecond = i32::from_be_bytes([i, j, k, l]) % 1_000_000_000;
    // Durations of any length have words.
    let words = span(SignedDuration::new(second.clamp(i64::MIN + 1, i64::MAX - 1), nanosecond));
    assert_clean(&words);
    assert!(!words.is_empty() && !words.as_str().contains(" 60 s") && !words.as_str().contains(" 60 m"), "{words}");
    // Instants within the library's range.
    let (low, high) = (Timestamp::MIN.as_second() + 1, Timestamp::MAX.as_second() - 1);
    let second = low + second.rem_euclid(high - low);
    if let Ok(at) = Timestamp::new(second, nanosecond.abs()) {
        shown(at, i32::from(i16::from_be_bytes([m, n])) * 3);
        // The forms that the service's documentation shows.
        assert_eq!(parse_timestamp(&at.to_string()), Some(at), "its own form");
        if (0..253_402_207_200).contains(&second) {
            let millis = Timestamp::from_millisecond(at.as_millisecond()).ok();
            assert_eq!(
                parse_timestamp(&at.strftime("%Y-%m-%d-%H-%M-%S-%3f").to_string()),
                millis,
                "the form of the samples"
            );
        }
    }
}

/// In every zone the full form is read back as the same instant, and all forms are clean.
fn shown(at: Timestamp, offset: i32) {
    let fixed = Offset::from_seconds(offset % 93_600).map_or(TimeZone::UTC, TimeZone::fixed);
    let summer = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap_or(TimeZone::UTC);
    for local in [TimeZone::UTC, fixed, summer] {
        let utc = Zone::utc(local.clone());
        for zone in [utc.next(), Zone::starting(local.clone(), TimeZone::UTC), utc] {
            let full = zone.date_time(at);
            for text in [&full, &zone.short(at), &zone.clock(at), &zone.label()] {
                assert_clean(text);
            }
            let back = full.as_str().replacen(' ', "T", 1).replace(' ', "").replace("UTC", "Z");
            assert_eq!(parse_timestamp(&back), Some(at), "{full}");
        }
    }
}

fn zone(text: &str) {
    if let Ok(chosen) = TimeZone::get(text) {
        let zone = Zone::starting(chosen, TimeZone::fixed(Offset::constant(3)));
        assert_clean(&zone.label());
        assert!(zone == zone.next().next().next() || zone == zone.next().next(), "the key goes round");
        shown(Timestamp::UNIX_EPOCH, 0);
    }
}

fn assert_clean(safe: &Safe) {
    assert!(safe.as_str().chars().all(|c| why_forbidden(c).is_none()), "{safe}");
}
