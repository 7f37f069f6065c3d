//! Links between loaded submissions: what links two, how many are linked, and what is looked at to find them.

use argos_testkit::long_run::cases;
use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::api::Item;
use crate::store::link_index::MOST_NEWEST;
use crate::store::{Answer, Store};
use crate::submission::read;

fn store(items: &[(&str, &str)]) -> Store {
    let mut store = Store::default();
    let items = items
        .iter()
        .map(|(id, rest)| Item::from_list((*id).into(), Bytes::from(format!(r#"{{"submission_id":"{id}",{rest}}}"#))));
    store.take_page(items.collect(), Timestamp::UNIX_EPOCH);
    store
}

fn tied(store: &Store, own: u32) -> Vec<(u32, Vec<Link>)> {
    let row = store.row(own);
    store.linked(&row, Some(own), &[]).entries.into_iter().map(|(index, ties)| (index, ties.each().collect())).collect()
}

#[test]
fn the_strongest_tie_counts_first_and_then_their_number() {
    let ties = |each: &[Link]| each.iter().copied().collect::<Links>().rank();
    assert!(ties(&[Link::Face]) < ties(&[Link::Person, Link::Email, Link::Ip]));
    assert!(ties(&[Link::Email, Link::Ip]) < ties(&[Link::Email]));
}

#[test]
fn submissions_with_a_value_in_common_are_tied_by_all_that_they_share() {
    let store = store(&[
        ("a", r#""email":"Kim@example.com","userid":"7","data":{"ip_address":"192.0.2.1"}"#),
        ("b", r#""email":"kim@example.com","userid":"7""#),
        ("c", r#""email":"lee@example.com","data":{"ip_address":"192.0.2.1"}"#),
        ("d", r#""email":"192.0.2.1","userid":"kim@example.com""#),
    ]);
    assert_eq!(tied(&store, 0), [(1, vec![Link::Email, Link::UserId]), (2, vec![Link::Ip])]);
    assert_eq!(tied(&store, 3), [], "a value in another field is no tie");
}

#[test]
fn nothing_and_what_the_service_masked_tie_nobody() {
    let store = store(&[("a", r#""email":"","userid":"{***}""#), ("b", r#""email":"","userid":"{***}""#)]);
    assert_eq!(tied(&store, 0), []);
    let store = store_of_masked();
    assert_eq!(tied(&store, 0), [], "what this program masked in an export is not known");
}

fn store_of_masked() -> Store {
    store(&[("a", r#""email":"•••••@•••""#), ("b", r#""email":"•••••@•••""#)])
}

#[test]
fn what_a_single_answer_adds_ties_too() {
    let mut store = store(&[("a", r#""tokenId":"t1""#), ("b", r#""email":"x@example.com""#)]);
    assert_eq!(tied(&store, 0), []);
    let raw = Bytes::from_static(br#"{"submission_id":"b","tokenId":"t1"}"#);
    let row = read::row(&raw, true);
    store.take_single("b", Answer::new(raw, Timestamp::UNIX_EPOCH), &row, false);
    assert_eq!(tied(&store, 0), [(1, vec![Link::Token])]);
}

fn is_same(row: &Row, column: Column, wanted: &str) -> bool {
    value(row, column).is_some_and(|value| value == wanted)
}

/// The linked submissions of a row, found by a look at every entry.
fn scan(store: &Store, row: &Row, own: Option<u32>) -> Vec<(u32, Links)> {
    let links = |other: &Row| -> Links {
        let values = Link::COLUMNS.into_iter().filter_map(|(tie, column)| Some((tie, column, value(row, column)?)));
        values.filter(|(_, column, value)| is_same(other, *column, value)).map(|(tie, ..)| tie).collect()
    };
    let others = (0..).zip(store.entries()).filter(|(index, _)| Some(*index) != own);
    others.map(|(index, _)| (index, links(&store.row(index)))).filter(|(_, ties)| !ties.is_empty()).collect()
}

/// The number of linked submissions for each link.
fn counts(linked: &[(u32, Links)]) -> Vec<(Link, usize)> {
    let count = |tie: &Link| (*tie, linked.iter().filter(|(_, ties)| ties.has(*tie)).count());
    Link::VARIANTS.iter().map(count).filter(|(_, count)| *count > 0).collect()
}

/// A submission with few different values, so that many are linked.
fn few_values(id: u16, [email, userid, token, ip]: [u8; 4], minute: u8) -> String {
    let value = |name: &str, value: u8| match value {
        0 => String::new(),
        1 => format!(r#","{name}":"{{***}}""#),
        value => format!(r#","{name}":"{}{value}""#, if minute.is_multiple_of(2) { "V" } else { "v" }),
    };
    let [email, userid, token] = [value("email", email), value("userid", userid), value("tokenId", token)];
    let ip = if ip == 0 { String::new() } else { format!(r#","data":{{"ip_address":"192.0.2.{ip}"}}"#) };
    format!(
        r#"{{"submission_id":"s{id}","created_at":"2026-11-21T09:{:02}:00Z"{email}{userid}{token}{ip}}}"#,
        minute % 60
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(24, 2_000)))]

    /// Pages, refreshes, full records and parts change which values the rows have; the index follows.
    #[test]
    fn the_index_finds_what_a_look_at_every_row_finds(
        steps in prop::collection::vec(
            (0..4_u8, prop::collection::vec((0..60_u16, [0..5_u8, 0..5, 0..4, 0..4], any::<u8>()), 1..30)),
            1..25,
        ),
    ) {
        let mut store = Store::default();
        for (kind, rows) in steps {
            let texts = rows.into_iter().map(|(id, values, minute)| (format!("s{id}"), few_values(id, values, minute)));
            if kind == 0 {
                for (id, text) in texts {
                    let raw = Bytes::from(text);
                    let row = read::row(&raw, true);
                    store.take_single(&id, Answer::new(raw, Timestamp::UNIX_EPOCH), &row, false);
                }
                continue;
            }
            let items: Vec<Item> = texts.map(|(id, text)| Item::from_list(id.as_str().into(), Bytes::from(text))).collect();
            match kind {
                1 => store.take_page(items, Timestamp::UNIX_EPOCH).items,
                2 => store.take_refresh(items, Timestamp::UNIX_EPOCH).items,
                _ => store.take_part(&items, Timestamp::UNIX_EPOCH),
            };
        }
        for index in (0..).take(store.len()) {
            let row = store.row(index);
            for own in [Some(index), None] {
                let (found, scan) = (store.linked(&row, own, &[]), scan(&store, &row, own));
                prop_assert_eq!(&found.counts, &counts(&scan));
                prop_assert_eq!(&store.link_counts(&row, own), &found.counts);
                prop_assert_eq!((found.entries, found.others, found.has_uncounted), (scan, 0, false));
            }
        }
    }
}

/// A store in which all have one token, and the first `with_ip` one IP address, each a minute older than the one before.
fn company(rows: usize, with_ip: usize) -> Store {
    let mut store = Store::default();
    let item = |at: usize| {
        let ip = if at < with_ip { r#","data":{"ip_address":"198.51.100.7"}"# } else { "" };
        let created = Timestamp::from_second(1_790_000_000 - 60 * i64::try_from(at).unwrap()).unwrap();
        let raw = format!(
            r#"{{"submission_id":"s{at}","created_at":"{created}","tokenId":"everybody","email":"p{}@example.com"{ip}}}"#,
            at / 2
        );
        Item::from_list(format!("s{at}").into(), raw.into())
    };
    store.take_page((0..rows).map(item).collect(), Timestamp::UNIX_EPOCH);
    store
}

#[test]
fn of_a_value_that_thousands_share_few_are_looked_at_and_all_are_counted() {
    let store = company(5_000, 0);
    for own in [0, 2_500, 4_999] {
        let linked = store.linked(&store.row(own), Some(own), &[]);
        let scan = scan(&store, &store.row(own), Some(own));
        assert!(linked.looked_at <= MOST_NEWEST + 2, "{} of 5,000 rows were looked at", linked.looked_at);
        assert_eq!(linked.counts, [(Link::Email, 1), (Link::Token, 4_999)]);
        assert_eq!((linked.entries.len() + linked.others, linked.has_uncounted), (scan.len(), false));
        assert!(linked.entries.iter().all(|one| scan.contains(one)), "what is looked at has all its links");
        assert!(linked.entries.iter().any(|(index, _)| *index == (own ^ 1)), "the one with the same e-mail is found");
    }
    let linked = store.linked(&store.row(4_000), Some(4_000), &[]);
    assert!((0..100).all(|new| linked.entries.iter().any(|(index, _)| *index == new)), "the newest are looked at");
}

#[test]
fn where_two_values_are_shared_by_thousands_the_number_is_at_least_what_is_said() {
    let store = company(5_000, 3_000);
    let linked = store.linked(&store.row(2_000), Some(2_000), &[]);
    assert_eq!(linked.counts, [(Link::Email, 1), (Link::Token, 4_999), (Link::Ip, 2_999)]);
    assert!(linked.has_uncounted && linked.entries.len() + linked.others <= 4_999);
    assert!(linked.looked_at <= 2 * MOST_NEWEST + 2);
}

#[test]
fn a_submission_that_the_service_names_is_looked_at_and_counted_once() {
    let store = company(1_000, 0);
    let row = store.row(10);
    let linked = store.linked(&row, Some(10), &[900, 901]);
    assert!(linked.entries.contains(&(900, [Link::Token].into_iter().collect())));
    assert_eq!((linked.entries.len() + linked.others, linked.counts[1]), (999, (Link::Token, 999)));
}
