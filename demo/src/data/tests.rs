//! The data hold what the documentation names, agree with themselves, and depend on the day alone.

mod documented;
mod links;
mod pictures;
mod stories;
mod unchanged;
mod variety;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::date;
use serde_json::Value;

use super::*;

/// Every submission of one day, as lists and as single answers hold it; made once, since it is asked for often.
static ITEMS: LazyLock<Vec<(Value, Value)>> = LazyLock::new(|| items(&DemoData::new(date(2026, 11, 21))));

fn items(data: &DemoData) -> Vec<(Value, Value)> {
    data.plans().iter().map(|case| (Value::Object(case.list_record()), Value::Object(case.full_record()))).collect()
}

fn wholes() -> impl Iterator<Item = &'static Value> {
    ITEMS.iter().map(|(_, whole)| whole)
}

fn text<'a>(item: &'a Value, pointer: &str) -> Option<&'a str> {
    item.pointer(pointer).and_then(Value::as_str)
}

fn list<'a>(item: &'a Value, pointer: &str) -> &'a [Value] {
    item.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How many items say what.
fn count<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_default() += 1;
        counts
    })
}

#[test]
fn the_same_day_brings_the_same_people() {
    let again = DemoData::new(date(2026, 11, 21));
    assert!(again.plans().iter().zip(ITEMS.iter()).all(|(case, item)| Value::Object(case.list_record()) == item.0));
    let some = again.plans().iter().zip(ITEMS.iter()).step_by(17);
    assert!(some.into_iter().all(|(case, item)| Value::Object(case.full_record()) == item.1));
    let next = DemoData::new(date(2026, 11, 22));
    assert_eq!(next.plans()[0].at.date(), date(2026, 11, 22));
    assert_eq!(next.plans()[0].id, DemoData::new(date(2026, 11, 21)).plans()[0].id);
}

#[test]
fn any_day_has_more_than_two_thousand_submissions_over_ninety_days() {
    let days = [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)];
    for today in days.into_iter().chain((0..7).map(|day| date(2026, 6, 1) + day.days())) {
        let data = DemoData::new(today);
        let cases = data.plans();
        assert!(cases.len() >= 2_000, "{today}: {}", cases.len());
        assert!(cases.is_sorted_by(|one, other| one.at > other.at), "{today}: newest first, no two at once");
        assert_eq!(cases.first().map(|case| case.at.date()), Some(today));
        assert_eq!(cases.last().map(|case| case.at.date()), Some(today - 89.days()));
        assert_eq!(data.by_id.len(), cases.len(), "{today}: an id twice");
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_do_no_harm() {
    for today in [Date::MIN, Date::MAX] {
        assert!(
            DemoData::new(today)
                .plans()
                .iter()
                .step_by(40)
                .all(|case| case.full_record().contains_key("submission_id"))
        );
    }
}

#[test]
fn ids_look_like_those_of_the_samples() {
    let fits = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    for (slim, _) in ITEMS.iter() {
        let id = text(slim, "/submission_id").expect("every item has an id");
        assert!((13..=18).contains(&id.len()) && id.chars().all(fits), "{id}");
    }
    assert!(wholes().any(|item| text(item, "/submission_id").is_some_and(|id| id.contains('_'))));
}

#[test]
fn a_list_item_has_the_documented_keys_and_no_others() {
    let of = |item: &Value, pointer: &str| -> BTreeSet<String> {
        let object = item.pointer(pointer).and_then(Value::as_object);
        object.into_iter().flat_map(|object| object.keys().cloned()).collect()
    };
    for (pointer, keys) in [
        (
            "",
            "argos_score created_at data duplicated_information email image kyc memo pending_at recognition_score \
             reviewer submission_id userid",
        ),
        ("/data", "date_of_birth gender name nationality"),
        ("/image", "addressImage idBackImage idImage selfieImage"),
        ("/memo", "text updated_at"),
        ("/kyc", "comment commentCode result"),
    ] {
        let found: BTreeSet<String> = ITEMS.iter().flat_map(|(slim, _)| of(slim, pointer)).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>().join(" "), keys, "{pointer}");
    }
}

#[test]
fn a_list_item_agrees_with_the_single_answer() {
    for (slim, whole) in ITEMS.iter() {
        for (key, value) in slim.as_object().expect("an object") {
            match key.as_str() {
                "data" | "kyc" => {}
                // A partial deletion takes other blocks of the one than of the other.
                _ if text(slim, "/email").is_some_and(|mail| mail.contains("+missing-fields")) => {}
                _ => assert_eq!(Some(value), whole.get(key), "{key}"),
            }
        }
    }
}
