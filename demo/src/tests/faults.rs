//! Faults strike what the script says, with what it says.

use std::collections::HashSet;

use super::*;
use crate::faults::pages::INVALID_ITEM_COUNT;

/// Status, `retry-after` and body of answers to the same query.
async fn answers(caller: &Caller, query: &str, times: usize) -> Vec<(u16, Option<String>, String)> {
    let mut answers = Vec::new();
    for _ in 0..times {
        let (head, body) = caller.raw(&caller.head(query)).await;
        let wait = head.lines().find_map(|line| line.strip_prefix("retry-after: ")).map(str::to_owned);
        answers.push((status(&head), wait, body));
    }
    answers
}

fn statuses(answers: &[(u16, Option<String>, String)]) -> Vec<u16> {
    answers.iter().map(|(status, ..)| *status).collect()
}

#[tokio::test]
async fn refusals_of_the_gateway_have_its_words() {
    for (name, query, status, body) in [
        ("wrong-key", "", 403, r#"{"message":"Forbidden"}"#),
        (
            "blocked-address",
            "",
            403,
            r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
        ),
        ("rate-limited-silent", "", 429, r#"{"message":"Too Many Requests"}"#),
        ("failing-500", "?submission_id=x", 500, r#"{"message":"Internal server error"}"#),
        ("failing-gateway", "?nextpage_id=x&nextpage_date=y", 502, r#"{"message":"Internal server error"}"#),
        ("failing-gateway", "?submission_id=x", 504, r#"{"message":"Endpoint request timed out"}"#),
        ("down", "", 503, r#"{"message":"Service Unavailable"}"#),
    ] {
        served(&playing(name), async |caller| {
            assert_eq!(answers(&caller, query, 1).await, [(status, None, body.to_owned())], "{name}");
        })
        .await;
    }
}

#[tokio::test]
async fn quota_ends_after_the_first_request_and_stays_ended() {
    served(&playing("quota"), async |caller| {
        let answers = answers(&caller, "?count=1", 4).await;
        assert_eq!(statuses(&answers), [200, 429, 429, 429]);
        assert_eq!(answers[3].2, r#"{"message":"Limit Exceeded"}"#);
    })
    .await;
}

#[tokio::test]
async fn rate_limits_end_after_two_requests_and_may_say_how_long_they_last() {
    for name in ["rate-limited", "rate-limited-by-date", "rate-limited-silent"] {
        served(&playing(name), async |caller| {
            let answers = answers(&caller, "?count=1", 4).await;
            assert_eq!(statuses(&answers), [429, 429, 200, 200], "{name}");
            let waits: Vec<Option<&str>> = answers.iter().map(|(_, wait, _)| wait.as_deref()).collect();
            assert_eq!(waits[2..], [None, None], "{name}");
            match (name, waits[0]) {
                ("rate-limited", wait) => assert_eq!(wait, Some("2")),
                ("rate-limited-silent", wait) => assert_eq!(wait, None),
                (_, Some(date)) => {
                    let when = jiff::fmt::rfc2822::parse(&date.to_ascii_uppercase()).expect("a date of HTTP");
                    #[expect(clippy::disallowed_methods, reason = "the header names a time of the real clock")]
                    let left = when.timestamp().duration_since(jiff::Timestamp::now()).as_secs();
                    assert!((-60..=3).contains(&left), "{date}");
                    assert!(date.ends_with(" gmt"), "{date}");
                }
                (_, None) => panic!("no date"),
            }
        })
        .await;
    }
}

#[tokio::test]
async fn faults_strike_only_what_they_are_for() {
    served(&playing("flaky"), async |caller| {
        assert_eq!(statuses(&answers(&caller, "?count=1", 3).await), [503, 200, 200], "first pages");
        let (items, key) = caller.page("?count=1").await;
        let next = format!("?count=1&{}", after(&key.expect("more")));
        assert_eq!(statuses(&answers(&caller, &next, 3).await), [503, 200, 200], "next pages");
        let single = format!("?submission_id={}", ids(&items)[0]);
        assert_eq!(statuses(&answers(&caller, &single, 3).await), [503, 200, 200], "singles");
    })
    .await;
    served(&playing("failing-500"), async |caller| {
        let (items, _) = caller.page("").await;
        assert_eq!(statuses(&answers(&caller, &format!("?submission_id={}", ids(&items)[0]), 2).await), [500, 500]);
        assert_eq!(caller.page("").await.0, items);
    })
    .await;
}

#[tokio::test]
async fn web_pages_come_as_such_with_either_status() {
    for (name, status) in [("captive-portal", 200), ("gateway-html", 503)] {
        served(&playing(name), async |caller| {
            let (head, body) = caller.raw(&caller.head("")).await;
            assert!(head.contains(&format!(" {status} ")) && head.contains("content-type: text/html"), "{head}");
            assert!(body.trim_start().starts_with('<') && body.contains("</html>"), "{body}");
        })
        .await;
    }
}

#[tokio::test]
async fn truncated_answer_promises_more_than_comes() {
    served(&playing("truncated"), async |caller| {
        let (_, key) = caller.page("").await;
        let (head, body) = caller.raw(&caller.head(&format!("?{}", after(&key.expect("more"))))).await;
        let length: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length").parse().unwrap();
        assert!(status(&head) == 200 && body.len() > 1_000, "{head}");
        assert!((length / 2 - 4..=length / 2).contains(&body.len()), "{} of {length}", body.len());
        assert!(serde_json::from_str::<Value>(&body).is_err());
    })
    .await;
}

/// The ids of the pages of a walk of this many pages, and their keys.
async fn pages(caller: &Caller, number: usize) -> Vec<(Vec<String>, Value)> {
    let mut pages: Vec<(Vec<String>, Value)> = Vec::new();
    for _ in 0..number {
        let cursor = pages.last().map(|(_, key)| format!("&{}", after(key))).unwrap_or_default();
        let (items, key) = caller.page(&format!("?count=10{cursor}")).await;
        pages.push((ids(&items).into_iter().map(str::to_owned).collect(), key.expect("a key")));
    }
    pages
}

#[tokio::test]
async fn cursors_get_stuck_or_go_in_circles() {
    served(&playing("stuck-cursor"), async |caller| {
        let pages = pages(&caller, 3).await;
        assert_ne!(pages[0].0, pages[1].0);
        assert_eq!((&pages[1], &pages[1].1), (&pages[2], &pages[0].1));
    })
    .await;
    served(&playing("cycling-cursor"), async |caller| {
        let pages = pages(&caller, 6).await;
        let keys: Vec<usize> =
            pages.iter().map(|(_, key)| pages.iter().position(|(_, other)| other == key).expect("itself")).collect();
        assert_eq!(keys, [0, 1, 0, 1, 0, 1]);
        assert_eq!(pages[1], pages[3]);
        assert_eq!(pages.iter().take(3).flat_map(|(rows, _)| rows).collect::<BTreeSet<_>>().len(), 30);
    })
    .await;
}

#[tokio::test]
async fn pages_repeat_or_overlap_while_their_keys_go_on() {
    let plain = served(&options(), async |caller| pages(&caller, 4).await).await;
    let keys = |pages: &[(Vec<String>, Value)]| pages.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>();
    served(&playing("repeating-pages"), async |caller| {
        let pages = pages(&caller, 4).await;
        assert_eq!(keys(&pages), keys(&plain));
        assert!(pages.iter().all(|(rows, _)| *rows == plain[0].0));
    })
    .await;
    served(&playing("overlapping-pages"), async |caller| {
        let pages = pages(&caller, 4).await;
        assert_eq!(keys(&pages), keys(&plain));
        assert_eq!(pages[0], plain[0]);
        for (at, (rows, _)) in pages.iter().enumerate().skip(1) {
            assert_eq!(rows[..5], plain[at - 1].0[5..]);
            assert_eq!(rows[5..], plain[at].0);
        }
    })
    .await;
}

#[tokio::test]
async fn empty_pages_have_new_keys_and_lose_nothing() {
    let plain = served(&options(), async |caller| pages(&caller, 3).await).await;
    served(&playing("empty-pages"), async |caller| {
        let pages = pages(&caller, 6).await;
        let lengths: Vec<usize> = pages.iter().map(|(rows, _)| rows.len()).collect();
        assert_eq!(lengths, [10, 0, 0, 0, 10, 10]);
        assert_eq!(pages.iter().map(|(_, key)| key.to_string()).collect::<BTreeSet<_>>().len(), 6, "no key twice");
        assert_eq!([&pages[0].0, &pages[4].0, &pages[5].0], [&plain[0].0, &plain[1].0, &plain[2].0]);
    })
    .await;
    served(&playing("endless-pages"), async |caller| {
        let pages = pages(&caller, 30).await;
        assert!(pages.iter().skip(1).all(|(rows, _)| rows.is_empty()));
        assert_eq!(pages.iter().map(|(_, key)| key.to_string()).collect::<BTreeSet<_>>().len(), 30, "no key twice");
    })
    .await;
    served(&options(), async |caller| {
        let (items, _) = caller.page("?count=1").await;
        let cursor = format!("?nextpage_id={}~1&nextpage_date=2026-11-21T02:40:48.317Z", ids(&items)[0]);
        assert_eq!(caller.refused(&cursor).await, "invalid_parameter / Invalid parameter: nextpage_id");
    })
    .await;
}

#[tokio::test]
async fn bad_items_stand_among_good_ones() {
    served(&playing("bad-items"), async |caller| {
        let (items, key) = caller.page("").await;
        assert_eq!(items.len(), 50 + INVALID_ITEM_COUNT);
        let readable =
            |item: &&Value| item.get("submission_id").and_then(Value::as_str).is_some_and(|id| !id.is_empty());
        assert_eq!(items.iter().filter(readable).count(), 50);
        for key in ["data", "kyc", "created_at", "email", "argos_score"] {
            let kinds: HashSet<std::mem::Discriminant<Value>> =
                items.iter().filter(readable).filter_map(|item| item.get(key)).map(std::mem::discriminant).collect();
            assert!(kinds.len() > 1, "{key}");
        }
        let (next, _) = caller.page(&format!("?{}", after(&key.expect("more")))).await;
        assert_eq!(next.len(), 50 + INVALID_ITEM_COUNT);
        let id = ids(&items)[0].to_owned();
        let (single, _) = caller.page(&format!("?submission_id={id}")).await;
        assert!(single[0]["data"].is_object(), "single answers are sound");
    })
    .await;
}

#[tokio::test]
async fn latency_is_waited_for_before_every_answer() {
    let scenario = Scenario { latency: std::time::Duration::from_millis(120), ..Scenario::default() };
    served(&DemoOptions { scenario, ..options() }, async |caller| {
        for query in ["?count=1", "?submission_id=x", "?nonsense"] {
            let begun = tokio::time::Instant::now();
            caller.get(query).await;
            assert!(begun.elapsed().as_millis() >= 120, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn pictures_alone_wait_in_the_scenario_of_slow_pictures() {
    let slow = Scenario::named("pictures-slow").expect("a scenario");
    assert!(slow.latency.is_zero() && slow.picture_latency.as_secs() >= 2);
    let scenario = Scenario { picture_latency: std::time::Duration::from_millis(120), ..slow };
    served(&DemoOptions { scenario, ..options() }, async |caller| {
        let begun = tokio::time::Instant::now();
        let head = format!("GET /v3/image?submission_id=x&type=idImage HTTP/1.1\r\nx-api-key: {}\r\n", caller.key);
        let (status, _) = caller.send(&head).await;
        assert_eq!(status, 404);
        assert!(begun.elapsed().as_millis() >= 120);
    })
    .await;
}
