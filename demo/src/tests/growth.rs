//! The growing list: what arrives, what is decided, and that both depend on the requests alone.

use super::*;

/// Result by id of the first page, after each of this many requests for it.
async fn watched(times: usize) -> Vec<BTreeMap<String, Value>> {
    served(&playing("growing"), async |caller| {
        let mut pages = Vec::new();
        for _ in 0..times {
            let (items, _) = caller.page("?count=60").await;
            let id = |item: &Value| item["submission_id"].as_str().expect("an id").to_owned();
            pages.push(items.into_iter().map(|item| (id(&item), item)).collect());
        }
        pages
    })
    .await
}

#[tokio::test]
async fn three_arrive_and_two_are_decided_with_each_first_page() {
    let pages = watched(5).await;
    for (before, now) in pages.iter().zip(&pages[1..]) {
        let new: Vec<&String> = now.keys().filter(|id| !before.contains_key(*id)).collect();
        assert_eq!(new.len(), 3);
        let result = |item: &Value| item["kyc"]["result"].as_str().expect("a result").to_owned();
        let changed: Vec<(String, String)> = now
            .iter()
            .filter_map(|(id, item)| Some((result(before.get(id)?), result(item))))
            .filter(|(before, now)| before != now)
            .collect();
        assert_eq!(changed.len(), 2, "{changed:?}");
        assert!(
            changed.iter().all(|(before, now)| before == "pending" && matches!(now.as_str(), "approved" | "rejected"))
        );
    }
    let first = served(&options(), async |caller| caller.page("?count=60").await.0).await;
    assert_eq!(ids(&first).into_iter().collect::<BTreeSet<_>>(), pages[0].keys().map(String::as_str).collect());
}

#[tokio::test]
async fn same_requests_see_the_same_growth() {
    assert_eq!(watched(4).await, watched(4).await);
}

#[tokio::test]
async fn only_first_pages_let_time_pass_and_what_arrived_can_be_had() {
    served(&playing("growing"), async |caller| {
        let (before, key) = caller.page("?count=5").await;
        let next = format!("?count=5&{}", after(&key.expect("more")));
        let (second, _) = caller.page(&next).await;
        caller.page(&format!("?submission_id={}", ids(&before)[0])).await;
        assert_eq!(caller.page(&next).await.0, second, "a cursor is a place in the list, whatever arrives before it");
        let (now, _) = caller.page("?count=5").await;
        assert_eq!(ids(&now)[3..], ids(&before)[..2]);
        assert_eq!(caller.page(&next).await.0.len(), 5);
        for id in &ids(&now)[..3] {
            let (whole, _) = caller.page(&format!("?submission_id={id}")).await;
            assert!(whole[0].get("signals").is_some(), "a single answer is whole");
            assert!(whole[0]["created_at"].as_str() > before[0]["created_at"].as_str());
        }
        let grown = caller.walk("start_date=2026-01-01", 2_000).await;
        assert_eq!(grown.len(), all_ids().len() + 6);
        assert_eq!(ids(&grown).into_iter().collect::<BTreeSet<_>>().len(), grown.len());
    })
    .await;
}

#[tokio::test]
async fn many_refreshes_find_something_pending_as_long_as_there_is_any() {
    served(&playing("growing"), async |caller| {
        for _ in 0..250 {
            caller.page("?count=1").await;
        }
        let all = caller.walk("start_date=2026-01-01", 2_000).await;
        assert_eq!(all.len(), all_ids().len() + 750);
        assert!(all.iter().any(|item| item["created_at"].as_str() > Some("2026-11-21T22")), "the day goes on");
    })
    .await;
}
