//! Pages of fifty of which some items are damaged: the others are listed as if nothing were wrong.

use bytes::Bytes;
use jiff::Timestamp;

use crate::api::{Page, Unreadable};
use crate::store::{Content, Entry, Store};
use crate::submission::Document;
use crate::submission::row::Column;
use argos_testkit::long_run::cases;

const ITEMS: usize = 50;

/// Bytes of a long text.
const LONG: usize = 1 << 20;

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    /// A value that is no object, another one at each place.
    NoObject,
    /// The same value that is no object everywhere.
    Null,
    NoId,
    EmptyId,
    IdOfAnotherKind,
    /// The id is sent twice, the second time as a number.
    IdThenNumber,
    Deep,
    Long,
}

const DAMAGES: [Damage; 8] = [
    Damage::NoObject,
    Damage::Null,
    Damage::NoId,
    Damage::EmptyId,
    Damage::IdOfAnotherKind,
    Damage::IdThenNumber,
    Damage::Deep,
    Damage::Long,
];

impl Damage {
    /// Why an item so damaged is unreadable; none where it is listed, with the bad field as sent.
    const fn reason(self) -> Option<Unreadable> {
        match self {
            Self::NoObject | Self::Null => Some(Unreadable::NoObject),
            Self::NoId | Self::EmptyId | Self::IdOfAnotherKind | Self::IdThenNumber => Some(Unreadable::NoId),
            Self::Deep | Self::Long => None,
        }
    }
}

fn item(at: usize, id: &str, cf1: &str) -> String {
    format!(
        r#"{{{id}"created_at":"2026-11-21T09:14:{at:02}.000Z", "email":"p{at}@example.com","argos_score":{at}.50,
            "data":{{"name":"Person {at}","cf1":{cf1}}},"kyc":{{"result":"pending"}}}}"#
    )
}

fn sound(at: usize) -> String {
    item(at, &format!(r#""submission_id" : "id{at}", "#), "null")
}

fn damaged(at: usize, damage: Damage) -> String {
    match damage {
        Damage::NoObject => [
            format!("{at}"),
            format!(r#""{at}""#),
            format!("[{at}]"),
            format!(r#"[{{"submission_id":"id{at}"}}]"#),
            format!("-{at}e999"),
        ][at % 5]
            .clone(),
        Damage::Null => "null".to_owned(),
        Damage::NoId => item(at, "", "null"),
        Damage::EmptyId => item(at, r#""submission_id":"","#, "null"),
        Damage::IdOfAnotherKind => {
            let id = ["null", "17", "true", "[]", r#"["id1"]"#, r#"{"submission_id":"id1"}"#][at % 6];
            item(at, &format!(r#""submission_id":{id},"#), "null")
        }
        Damage::IdThenNumber => item(at, &format!(r#""submission_id":"id{at}","submission_id":{at},"#), "null"),
        Damage::Deep => item(at, &format!(r#""submission_id":"id{at}","#), &("[".repeat(1_000) + &"]".repeat(1_000))),
        Damage::Long => item(at, &format!(r#""submission_id":"id{at}","#), &format!(r#""{}""#, "x".repeat(LONG))),
    }
}

/// Which of the fifty are damaged when this many are: another order than that of the page.
fn is_damaged(at: usize, count: usize) -> bool {
    (at * 7) % ITEMS < count
}

fn load(store: &mut Store, items: &[String]) -> (usize, usize) {
    let body = format!(r#"{{"Items":[{}],"nextpageKey":null}}"#, items.join(" ,\n"));
    let page = Page::read(&Bytes::from(body)).ok().unwrap();
    assert!(!page.repaired);
    let taken = store.take_page(page.items, Timestamp::UNIX_EPOCH);
    (taken.items, taken.new)
}

fn raw(entry: &Entry) -> Bytes {
    match entry.content() {
        Content::Readable { list: Some(list), .. } => list.raw(),
        Content::Unreadable { answer, .. } => answer.raw(),
        Content::Readable { .. } => unreachable!("it came in a list"),
    }
}

/// The page without any damage.
fn whole() -> Store {
    let mut whole = Store::default();
    load(&mut whole, &(0..ITEMS).map(sound).collect::<Vec<_>>());
    whole
}

/// Loads a page with this many damaged items, and the same page again.
fn check(whole: &Store, count: usize, damage: impl Fn(usize) -> Damage) {
    let text = |at| if is_damaged(at, count) { damaged(at, damage(at)) } else { sound(at) };
    let items: Vec<String> = (0..ITEMS).map(text).collect();
    let mut store = Store::default();
    assert_eq!(load(&mut store, &items), (ITEMS, ITEMS));
    assert_eq!(load(&mut store, &items), (ITEMS, 0), "a second time nothing is new");
    assert_eq!(store.len(), ITEMS);
    for (at, entry) in store.entries().iter().enumerate() {
        assert_eq!(raw(entry), items[at].as_bytes(), "item {at} of {count}");
        let reason = is_damaged(at, count).then(|| damage(at).reason()).flatten();
        match (entry.content(), reason) {
            (Content::Unreadable { reason, .. }, Some(expected)) => assert_eq!(*reason, expected, "item {at}"),
            (Content::Readable { .. }, None) => {
                let index = u32::try_from(at).unwrap();
                let (row, sound) = (store.row(index), whole.row(index));
                for column in Column::ALL {
                    assert!(row.cell(column) == sound.cell(column), "item {at}, {column:?}");
                }
            }
            _ => unreachable!("item {at} with {:?} is not what it should be", damage(at)),
        }
    }
    let unreadable = (0..ITEMS).filter(|at| is_damaged(*at, count) && damage(*at).reason().is_some()).count();
    assert_eq!(store.unreadable(), unreadable);
}

#[test]
fn of_fifty_items_any_number_may_be_damaged_and_the_others_are_listed_unchanged() {
    let whole = whole();
    // An odd step has each kind of damage at each place.
    for count in (1..ITEMS).step_by(cases(3, 1)).chain([ITEMS]) {
        check(&whole, count, |at| DAMAGES[(at + count) % DAMAGES.len()]);
    }
}

#[test]
fn each_damage_alone_costs_its_own_items_however_many() {
    let whole = whole();
    let apart = cases(12, 1);
    for damage in DAMAGES {
        // Pages of up to fifty megabytes are for a long run.
        let most = if damage == Damage::Long { cases(2, 50) } else { 50 };
        for count in (1..ITEMS).step_by(apart).chain([ITEMS]).filter(|count| *count <= most.try_into().unwrap()) {
            check(&whole, count, |_| damage);
        }
    }
}

#[test]
fn of_one_id_sent_several_times_the_last_content_counts_and_the_others_are_unchanged() {
    for count in 1..=ITEMS {
        // The damaged ones repeat the id of the first item of the page.
        let text = |at| if is_damaged(at, count) { item(at, r#""submission_id":"twin","#, "null") } else { sound(at) };
        let items: Vec<String> = (0..ITEMS).map(text).collect();
        let mut store = Store::default();
        load(&mut store, &items);
        assert_eq!(store.len(), ITEMS - count + 1);
        let twin = store.get(store.index_of("twin").unwrap()).unwrap();
        let last = (0..ITEMS).rev().find(|at| is_damaged(*at, count)).unwrap();
        assert_eq!(raw(twin), items[last].as_bytes());
        for at in (0..ITEMS).filter(|at| !is_damaged(*at, count)) {
            let index = store.index_of(&format!("id{at}")).unwrap();
            assert_eq!(raw(store.get(index).unwrap()), items[at].as_bytes());
            assert_eq!(store.row(index).cell(Column::Email).text(), Some(format!("p{at}@example.com").as_str()));
        }
    }
}

#[test]
fn what_is_deep_or_long_stays_whole_in_the_opened_submission() {
    for damage in [Damage::Deep, Damage::Long] {
        let text = damaged(3, damage);
        let document = Document::parse_copy(text.as_bytes(), false);
        assert_eq!(document.text("email"), Some("p3@example.com"));
        assert_eq!(document.text("kyc.result"), Some("pending"));
        let bad = document.field("data.cf1").unwrap();
        let mut held = String::new();
        bad.for_each_leaf(&mut |leaf| held.push_str(leaf.node().expose().unwrap_or_default()));
        match damage {
            Damage::Long => assert_eq!(held.len(), LONG),
            _ => assert!(held.starts_with("[[") && held.len() > 1_600, "what is not opened is kept as sent"),
        }
    }
}
