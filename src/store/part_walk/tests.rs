//! A walk over one part: where it ends, and what it returns.

use proptest::prelude::*;

use super::*;
use crate::api::NextPage;
use crate::text::Safe;

fn item(id: &str) -> Item {
    Item::from_list(id.into(), format!(r#"{{"submission_id":"{id}","aml":{{}}}}"#).into_bytes().into())
}

fn key(id: &str) -> Cursor {
    Cursor { id: id.to_owned(), created_at: "2026-11-21T00:00:00.000Z".to_owned() }
}

fn page(ids: &[&str], next: NextPage) -> Page {
    Page { items: ids.iter().map(|id| item(id)).collect(), next, repaired: false, bytes: 0 }
}

fn wanting(ids: &[&str]) -> PartWalk {
    let mut walk = PartWalk::new(&Params { count: Some(2), ..Params::default() }, RequestType::Aml, None);
    ids.iter().for_each(|id| walk.want(id));
    walk
}

fn ids(items: &[Item]) -> Vec<&str> {
    items.iter().filter_map(Item::id).collect()
}

#[test]
fn the_same_query_is_asked_with_the_part_and_only_while_something_is_wanted() {
    let mut walk = wanting(&[]);
    assert!(walk.request().is_none());
    walk.want("b");
    let (params, cursor) = walk.request().unwrap();
    assert_eq!(params.pairs(cursor), [("count", "2".to_owned()), ("request_type", "aml".to_owned())]);
    assert_eq!(ids(&walk.take(page(&["a", "b"], NextPage::More(key("b"))))), ["a", "b"], "others are returned too");
    assert!(walk.request().is_none() && walk.missing() == 0 && walk.end() == &End::More, "it ends early");
    walk.want("c");
    assert!(walk.request().unwrap().1.is_some_and(|next| next.id == "b"), "and goes on at its page key");
}

#[test]
fn rows_that_the_part_omits_are_missing_at_its_end() {
    let mut walk = wanting(&["a", "b", "c"]);
    assert_eq!(ids(&walk.take(page(&["c", "x", "c"], NextPage::More(key("x"))))), ["c", "x"]);
    assert_eq!(ids(&walk.take(page(&["x", "a"], NextPage::Last))), ["a"]);
    assert!(walk.request().is_none() && walk.end() == &End::Complete);
    assert!(walk.missing() == 1 && walk.wants("b") && walk.pages() == 2);
    walk.forget("b");
    assert_eq!(walk.missing(), 0);
}

#[test]
fn a_part_that_makes_no_progress_stops() {
    let mut walk = wanting(&["z"]);
    walk.take(page(&["a"], NextPage::More(key("a"))));
    walk.take(page(&["b"], NextPage::More(key("a"))));
    assert_eq!(walk.end(), &End::Stopped(Stop::CursorRepeats));
    assert!(walk.request().is_none() && !walk.resume());

    let mut walk = wanting(&["z"]);
    for at in ["a", "b", "c"] {
        walk.take(page(&["a"], NextPage::More(key(at))));
    }
    assert_eq!(walk.end(), &End::Stopped(Stop::ServerRepeats));

    let mut walk = wanting(&["z"]);
    for at in 0..10 {
        walk.take(page(&[], NextPage::More(key(&at.to_string()))));
    }
    assert_eq!(walk.end(), &End::Stopped(Stop::OnlyEmptyPages));
}

#[test]
fn a_failed_page_can_be_asked_again() {
    let mut walk = wanting(&["b"]);
    walk.take(page(&["a"], NextPage::More(key("a"))));
    walk.stop(Stop::Failed(Safe::from_static("timed out")));
    assert!(walk.request().is_none());
    assert!(walk.resume());
    assert_eq!(walk.request().and_then(|(_, next)| next).map(|next| next.id.as_str()), Some("a"));
}

proptest! {
    /// Whatever pages come: each submission is returned once, a wanted one that came is no longer wanted, and a request
    /// is made only while one is wanted.
    #[test]
    fn each_submission_is_returned_once(pages in proptest::collection::vec(proptest::collection::vec(0..9_u8, 0..5), 0..9), wanted in proptest::collection::hash_set(0..9_u8, 0..9)) {
        let wanted: Vec<String> = wanted.iter().map(u8::to_string).collect();
        let mut walk = wanting(&wanted.iter().map(String::as_str).collect::<Vec<_>>());
        let mut came = std::collections::BTreeSet::new();
        for (number, items) in pages.iter().enumerate() {
            if walk.request().is_none() {
                break;
            }
            let names: Vec<String> = items.iter().map(u8::to_string).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            for item in walk.take(page(&names, NextPage::More(key(&format!("page {number}"))))) {
                prop_assert!(came.insert(item.id().unwrap().to_owned()), "returned twice");
            }
        }
        for id in &wanted {
            prop_assert_eq!(walk.wants(id), !came.contains(id));
        }
        prop_assert!(walk.missing() > 0 || walk.request().is_none());
    }
}
