//! Every switch of requests and pages changes what it says, and nothing is said twice.

use super::*;
use crate::behaviour::{AboveMax, Combination, KeyPlace, PartsInLists, PersonalData, Rows};

fn created(item: &Value) -> &str {
    item["created_at"].as_str().expect("a time")
}

#[tokio::test]
async fn order_is_newest_first_oldest_first_or_none_and_a_walk_meets_all_in_each() {
    for (order, sorted, back) in
        [(Order::NewestFirst, false, true), (Order::OldestFirst, true, false), (Order::Unordered, false, false)]
    {
        served(&behaving(Behaviour { order, ..Behaviour::default() }), async |caller| {
            let found = caller.walk("start_date=2026-11-12", 60).await;
            let times: Vec<&str> = found.iter().map(created).filter(|time| time.ends_with('Z')).collect();
            assert_eq!(times.is_sorted(), sorted, "{order:?}");
            assert_eq!(times.iter().rev().is_sorted(), back, "{order:?}");
            let all = caller.walk("", 900).await;
            assert_eq!(ids(&all).into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), all_ids(), "{order:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn count_above_the_largest_is_refused_or_cut() {
    for (above_max, rows) in [(AboveMax::Refused, None), (AboveMax::Cut, Some(20))] {
        let behaviour = Behaviour { max_count: 20, above_max, ..Behaviour::default() };
        served(&behaving(behaviour), async |caller| {
            let (status, body) = caller.get("?count=21").await;
            assert_eq!(body["Items"].as_array().map(Vec::len), rows, "{status}");
            assert_eq!(caller.page("?count=20").await.0.len(), 20);
            assert_eq!(caller.page("").await.0.len(), 20, "the default is no way around it");
            assert_eq!(caller.refused("?count=0").await, "invalid_format / Invalid format: count");
        })
        .await;
    }
}

#[tokio::test]
async fn days_at_the_ends_of_a_range_belong_to_it_or_not() {
    let days = async |behaviour: Behaviour| {
        served(&behaving(behaviour), async |caller| {
            let found = caller.walk("start_date=2026-11-10&end_date=2026-11-13", 200).await;
            found.iter().map(|item| created(item).chars().take(10).collect()).collect::<BTreeSet<String>>()
        })
        .await
    };
    let set = |days: &[&str]| days.iter().map(|day| format!("2026-11-{day}")).collect::<BTreeSet<String>>();
    let default = Behaviour::default;
    assert_eq!(days(default()).await, set(&["10", "11", "12", "13"]));
    assert_eq!(days(Behaviour { start_date_included: false, ..default() }).await, set(&["11", "12", "13"]));
    assert_eq!(days(Behaviour { end_date_included: false, ..default() }).await, set(&["10", "11", "12"]));
    assert_eq!(days(Behaviour { date_zone: 9, ..default() }).await, set(&["09", "10", "11", "12", "13"]));
    assert_eq!(days(Behaviour { date_zone: -9, ..default() }).await, set(&["10", "11", "12", "13", "14"]));
}

#[tokio::test]
async fn zone_of_dates_moves_midnight_by_its_hours() {
    served(&playing("seoul-dates"), async |caller| {
        let found = caller.walk("start_date=2026-11-10&end_date=2026-11-10", 200).await;
        let times: Vec<&str> = found.iter().map(created).filter(|time| time.ends_with('Z')).collect();
        assert!(times.iter().all(|time| ("2026-11-09T15".."2026-11-10T15").contains(time)), "{times:?}");
        assert!(times.iter().any(|time| *time < "2026-11-10"), "{times:?}");
    })
    .await;
}

#[tokio::test]
async fn id_decides_alone_or_with_the_other_filters() {
    for (combination, found) in [(Combination::IdDecides, 1), (Combination::AllMustHold, 0)] {
        served(&behaving(Behaviour { combination, ..Behaviour::default() }), async |caller| {
            let (newest, _) = caller.page("?count=1").await;
            let id = ids(&newest)[0];
            let other = format!("?submission_id={id}&email=nobody%40example.com");
            assert_eq!(caller.page(&other).await.0.len(), found, "{combination:?}");
            let own = format!("?submission_id={id}&email=kim%40example.com");
            assert_eq!(caller.page(&own).await.0.len(), 1, "{combination:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn unknown_id_has_three_answers() {
    for (name, wanted) in [
        ("default", (200, r#"{"Items":[]}"#)),
        ("unknown-id-missing", (200, "{}")),
        (
            "unknown-id-refused",
            (400, r#"{"errorCode":"invalid_parameter","message":"Invalid parameter: submission_id"}"#),
        ),
    ] {
        served(&playing(name), async |caller| {
            let (status, body) = caller.get("?submission_id=none").await;
            assert_eq!((status, body.to_string().as_str()), wanted, "{name}");
        })
        .await;
    }
}

#[tokio::test]
async fn filters_are_forgotten_between_pages_unless_the_cursor_carries_them() {
    for (name, carried) in [("default", false), ("remembered-filters", true)] {
        served(&playing(name), async |caller| {
            let (_, key) = caller.page("?userid=minjun-kim&count=2").await;
            let (items, next) = caller.page(&format!("?{}", after(&key.expect("one more")))).await;
            let own = items.iter().filter(|item| item["userid"] == "minjun-kim").count();
            assert_eq!((own, items.len() == 1, next.is_none()), (usize::from(carried), carried, carried), "{name}");
        })
        .await;
    }
}

#[tokio::test]
async fn pages_hold_what_was_asked_for_or_fewer_or_more_and_lose_nothing() {
    for (rows, first, default) in [(Rows::AsAsked, 31, 50), (Rows::Fewer, 16, 25), (Rows::More, 41, 60)] {
        served(&behaving(Behaviour { rows, ..Behaviour::default() }), async |caller| {
            assert_eq!(caller.page("?count=31").await.0.len(), first, "{rows:?}");
            assert_eq!(caller.page("").await.0.len(), default, "{rows:?}");
            let found = caller.walk("start_date=2026-11-09&end_date=2026-11-15", 40).await;
            assert_eq!(found.len(), 5 * 26 + 19 + 16, "a week: {rows:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn key_stands_after_the_items_or_before_them() {
    for (key_place, wanted) in
        [(KeyPlace::AfterItems, ["Items", "nextpageKey"]), (KeyPlace::BeforeItems, ["nextpageKey", "Items"])]
    {
        served(&behaving(Behaviour { key_place, ..Behaviour::default() }), async |caller| {
            let (_, body) = caller.get("?count=1").await;
            assert_eq!(body.as_object().expect("an object").keys().collect::<Vec<_>>(), wanted);
        })
        .await;
    }
}

#[tokio::test]
async fn last_page_has_no_key_null_or_an_empty_one() {
    for (name, wanted) in [("default", None), ("null-key", Some("null")), ("empty-key", Some("{}"))] {
        served(&playing(name), async |caller| {
            let (items, key) = caller.page("?email=kim%40example.com").await;
            assert_eq!((items.len(), key.map(|key| key.to_string()).as_deref()), (3, wanted), "{name}");
        })
        .await;
    }
}

#[tokio::test]
async fn last_rows_may_come_with_a_key_to_an_empty_page() {
    served(&playing("empty-last-page"), async |caller| {
        let (items, key) = caller.page("?email=kim%40example.com").await;
        assert_eq!(items.len(), 3);
        let (items, key) = caller.page(&format!("?email=kim%40example.com&{}", after(&key.expect("a key")))).await;
        assert_eq!((items.len(), key), (0, None));
        assert_eq!(caller.page("?email=nobody%40example.com").await, (Vec::new(), None));
    })
    .await;
}

#[tokio::test]
async fn personal_data_are_one_block_or_all_that_names_a_person() {
    for (personal_data, data, others) in [
        (PersonalData::Data, &["data"][..], true),
        (PersonalData::AllThatNames, &["OCR_raw", "data", "email", "ocr", "review", "userid"], false),
    ] {
        served(&behaving(Behaviour { personal_data, ..Behaviour::default() }), async |caller| {
            let (newest, _) = caller.page("?count=1").await;
            let id = ids(&newest)[0];
            let keys = async |part: &str| {
                let (items, _) = caller.page(&format!("?submission_id={id}&request_type={part}")).await;
                items[0].as_object().expect("an object").keys().cloned().collect::<BTreeSet<String>>()
            };
            let wanted: BTreeSet<String> = data.iter().chain(&["submission_id"]).map(|key| (*key).to_owned()).collect();
            assert_eq!(keys("data").await, wanted);
            let left = keys("others").await;
            assert!(left.contains("signals") && !left.contains("data") && !left.contains("kyc"));
            assert!(["email", "userid", "ocr"].iter().all(|key| left.contains(*key) == others), "{left:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn part_of_a_list_comes_whole_or_as_slim_as_the_list() {
    for (parts_in_lists, attempts, screening) in [(PartsInLists::Whole, true, true), (PartsInLists::Slim, false, false)]
    {
        served(&behaving(Behaviour { parts_in_lists, ..Behaviour::default() }), async |caller| {
            let (items, _) = caller.page("?count=3&request_type=kyc").await;
            assert!(items.iter().all(|item| item["kyc"].get("result").is_some()));
            assert!(items.iter().all(|item| item["kyc"].get("attempts").is_some() == attempts));
            let (items, _) = caller.page("?count=3&request_type=aml").await;
            assert!(items.iter().any(|item| item.get("aml").is_some()) == screening);
            let id = ids(&items)[0];
            let (items, _) = caller.page(&format!("?submission_id={id}&request_type=kyc")).await;
            assert!(items[0]["kyc"].get("attempts").is_some(), "a single answer is always whole");
        })
        .await;
    }
}
