//! A store that packs the bytes of its submissions answers like one that never packs, whatever it is told.

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::api::{Item, Page};
use crate::query::{Query, RequestType};
use crate::store::{Answer, Content, Entry, KnownAnswers, MergeStats, PackOrder, RowOrder, Sort, Store};
use crate::submission::findings::Grade;

use crate::submission::{classes_together, read};
use crate::text::Mask;
use argos_testkit::long_run::cases;

/// One submission as a server has it: its number and the version of its values.
type SentVersion = (u8, u8);

/// What a store is told.
#[derive(Clone, Debug)]
enum StoreStep {
    Page(Vec<SentVersion>),
    Refresh(Vec<SentVersion>),
    Part(Vec<SentVersion>),
    Single {
        version: SentVersion,
        is_overtaken: bool,
    },
    Classes(u8),
    Grade(u8),
    Reveal,
    Acknowledge,
    /// A query with the same submissions takes the place of the store.
    Another(Vec<SentVersion>),
}

fn created(id: u8) -> String {
    format!("2026-11-{:02}T0{}:00:00Z", 1 + id % 28, id % 10)
}

/// The list data of a submission. Every fifth submission is an item without an id, every seventh is large.
fn listed((id, version): SentVersion) -> String {
    let status = ["pending", "approved", "rejected"][usize::from(version % 3)];
    let padding = "abc ".repeat(if id % 7 == 0 { 3_000 } else { usize::from(id) });
    match id % 5 {
        0 => format!(r#"{{"email":"u{id}@example.com","version":{version}}}"#),
        _ => format!(
            r#"{{"submission_id":"s{id}","created_at":"{}","userid":"{}","updated_at":"2026-11-29T00:00:{:02}Z","kyc":{{"result":"{status}"}},"padding":"{padding}"}}"#,
            created(id),
            id % 3,
            version % 60,
        ),
    }
}

fn part((id, version): SentVersion) -> String {
    let flag = if version % 2 == 0 { "Red Flag" } else { "No Match" };
    format!(r#"{{"submission_id":"s{id}","aml":{{"currentstatus":"{flag}","raw_data":[{version}]}}}}"#)
}

fn single((id, version): SentVersion) -> String {
    format!(
        r#"{{"submission_id":"s{id}","created_at":"{}","tokenId":"900101123456{version}","data":{{"identityNumber":"900101-123456{version}"}},"kyc":{{"result":"approved"}}}}"#,
        created(id),
    )
}

/// Reads items as a page of the list brings them: slices of one answer.
fn items(texts: &[String]) -> Vec<Item> {
    let body = format!(r#"{{"Items":[{}]}}"#, texts.join(","));
    Page::read(&Bytes::from(body)).ok().unwrap().items
}

fn at(second: usize) -> Timestamp {
    Timestamp::from_second(i64::try_from(second).unwrap()).unwrap()
}

fn run_step(store: &mut Store, told: &StoreStep, second: usize) -> Option<[usize; 3]> {
    let list = |versions: &[SentVersion]| items(&versions.iter().copied().map(listed).collect::<Vec<_>>());
    let stats = |taken: MergeStats| Some([taken.items, taken.new, taken.changed]);
    match told {
        StoreStep::Page(versions) => return stats(store.take_page(list(versions), at(second))),
        StoreStep::Refresh(versions) => return stats(store.take_refresh(list(versions), at(second))),
        StoreStep::Part(versions) => {
            let parts = items(&versions.iter().copied().map(part).collect::<Vec<_>>());
            store.note_requested(RequestType::Aml, parts.iter().filter_map(Item::id));
            return Some([store.take_part(&parts, at(second)), 0, 0]);
        }
        StoreStep::Single { version, is_overtaken } => {
            let raw = Bytes::from(single(*version));
            let row = read::row(&raw, true);
            store.take_single(&format!("s{}", version.0), Answer::new(raw, at(second)), &row, *is_overtaken);
        }
        StoreStep::Classes(id) => {
            let id = format!("s{id}");
            if let Some(KnownAnswers { list: Some(list), single: Some(single) }) = known(store, &id) {
                let classes = classes_together(&list.raw(), &single.raw());
                store.take_classes(&id, [&list, &single], classes);
            }
        }
        StoreStep::Grade(id) => {
            let id = format!("s{id}");
            if let Some(single) = known(store, &id).and_then(|known| known.single) {
                store.take_grade(&id, &single, Some(Grade::Warning));
            }
        }
        StoreStep::Reveal => store.news_mut().reveal(),
        StoreStep::Acknowledge => store.news_mut().acknowledge(),
        StoreStep::Another(versions) => {
            let earlier = std::mem::take(store);
            store.remember(&earlier);
            return stats(store.take_page(list(versions), at(second)));
        }
    }
    None
}

fn known(store: &Store, id: &str) -> Option<KnownAnswers> {
    KnownAnswers::of(store.get(store.index_of(id)?)?)
}

fn raw(entry: &Entry) -> Vec<(Bytes, Timestamp)> {
    let of = |answer: &Answer| (answer.raw(), answer.at);
    match entry.content() {
        Content::Readable { list, single } => list.iter().chain(single.as_deref()).map(of).collect(),
        Content::Unreadable { answer, .. } => vec![of(answer)],
    }
}

fn assert_alike(packed: &Store, plain: &Store) {
    assert_eq!(packed.len(), plain.len());
    assert_eq!(packed.unreadable(), plain.unreadable());
    assert_eq!(packed.revision(), plain.revision());
    for (index, (one, other)) in (0..).zip(packed.entries().iter().zip(plain.entries())) {
        let ids = [packed, plain].map(|store| store.id(index));
        assert_eq!(ids[0], ids[1]);
        assert_eq!(ids[0].as_deref().and_then(|id| packed.index_of(id)), ids[1].as_ref().map(|_| index));
        let rows = [packed, plain].map(|store| store.row(index));
        assert!(rows[0].is_same(&rows[1]));
        assert_eq!(
            (one.is_outdated(), one.has_parts(), one.findings(&rows[0])),
            (other.is_outdated(), other.has_parts(), other.findings(&rows[1]))
        );
        assert!(raw(one) == raw(other), "other bytes of entry {index}");
        assert_eq!(packed.changes().change(index), plain.changes().change(index));
        assert_eq!(packed.changes().is_pending(index), plain.changes().is_pending(index));
        let linked = |store: &Store, row| store.linked(row, Some(index), &[]).entries;
        assert_eq!(linked(packed, &rows[0]), linked(plain, &rows[1]));
        let record = |store, id| known(store, id)?.record(id).map(|item| item.raw().clone());
        assert!(ids[0].as_deref().is_none_or(|id| record(packed, id) == record(plain, id)));
    }
    for (text, sort) in
        [("", "created:desc"), ("status:pending", "email"), ("aml:red-flag", "status:desc"), ("u1", "userid")]
    {
        let (query, sort) = (Query::parse(text, Date::ZERO), Sort::parse(sort).unwrap_or_default());
        let rows = |store| RowOrder::of(store, &query, Mask::None, sort).rows().to_vec();
        assert_eq!(rows(packed), rows(plain), "{text}");
        let lacking = |store: &Store| {
            store
                .rows_with_gaps(&query, Mask::None)
                .map(|row| (row.id.into_owned(), row.lacking, row.requested))
                .collect::<Vec<_>>()
        };
        assert!(lacking(packed) == lacking(plain), "{text}");
    }
}

fn version() -> impl Strategy<Value = SentVersion> {
    (0..40_u8, 0..4_u8)
}

fn store_step() -> impl Strategy<Value = StoreStep> {
    let versions = || prop::collection::vec(version(), 0..12);
    prop_oneof![
        4 => versions().prop_map(StoreStep::Page),
        3 => versions().prop_map(StoreStep::Refresh),
        3 => versions().prop_map(StoreStep::Part),
        4 => (version(), any::<bool>()).prop_map(|(version, is_overtaken)| StoreStep::Single { version, is_overtaken }),
        1 => (0..40_u8).prop_map(StoreStep::Classes),
        1 => (0..40_u8).prop_map(StoreStep::Grade),
        1 => Just(StoreStep::Reveal),
        1 => Just(StoreStep::Acknowledge),
        1 => versions().prop_map(StoreStep::Another),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(30, 10_000)))]

    #[test]
    fn packed_and_unpacked_stores_answer_alike(history in prop::collection::vec(store_step(), 1..14)) {
        let (mut packed, mut plain) = (Store::default(), Store::default());
        // Answers that are kept elsewhere, as those of marks are, with the bytes that they had at first.
        let mut held: Vec<(KnownAnswers, Bytes)> = Vec::new();
        for (second, told) in history.iter().enumerate() {
            plain.keep_as_received();
            assert_eq!(run_step(&mut packed, told, second), run_step(&mut plain, told, second), "{told:?}");
            packed.pack_all();
            assert_alike(&packed, &plain);
            let (blocks, answers) = packed.kept_len();
            assert!(blocks <= 2 * answers, "{blocks} bytes are kept for {answers}");
            held.extend((0..40).filter_map(|id| {
                let known = known(&packed, &format!("s{id}"))?;
                let bytes = known.list.as_ref().or(known.single.as_ref())?.raw();
                Some((known, Bytes::copy_from_slice(&bytes)))
            }));
        }
        for (known, bytes) in held {
            assert_eq!(known.list.or(known.single).unwrap().raw(), bytes);
        }
    }
}

/// A page of the list, with fifty submissions of six kilobytes, which fill more than one block.
fn page(number: usize) -> Vec<Item> {
    let text = |at: usize| {
        let numbers: String = (0..1_000).map(|key| format!("{} ", at * (key % 40))).collect();
        format!(r#"{{"submission_id":"p{number}-{at}","numbers":"{numbers}"}}"#)
    };
    items(&(0..50).map(text).collect::<Vec<_>>())
}

#[test]
fn pages_above_the_newest_few_are_packed_by_a_task_or_else_by_the_store() {
    let (mut store, mut alone) = (Store::default(), Store::default());
    for number in 0..32 {
        store.take_page(page(number), Timestamp::UNIX_EPOCH);
        store.to_pack().into_iter().for_each(PackOrder::run);
        alone.take_page(page(number), Timestamp::UNIX_EPOCH);
    }
    let (_, answers) = store.kept_len();
    assert!(store.resident() < answers / 3, "{} of {answers} bytes", store.resident());
    assert!(alone.resident() < answers, "{} of {answers} bytes", alone.resident());
    for (entry, sent) in store.entries().iter().zip((0..32).flat_map(page)) {
        assert!(raw(entry) == [(sent.raw().clone(), Timestamp::UNIX_EPOCH)]);
    }
}

#[test]
fn full_records_beyond_the_newest_are_packed() {
    let mut store = Store::default();
    for number in 0..10 {
        store.take_page(page(number), Timestamp::UNIX_EPOCH);
    }
    store.pack_all();
    let before = store.resident();
    for (number, at) in (0..10).flat_map(|number| (0..40).map(move |at| (number, at))) {
        let id = format!("p{number}-{at}");
        let raw = Bytes::from(format!(r#"{{"submission_id":"{id}","text":"{}"}}"#, "x".repeat(10_000)));
        let row = read::row(&raw, true);
        store.take_single(&id, Answer::new(raw, Timestamp::UNIX_EPOCH), &row, false);
        store.to_pack().into_iter().for_each(PackOrder::run);
    }
    let grown = store.resident() - before;
    assert!(grown < 2_000_000, "four megabytes of full records take {grown} bytes");
}

#[test]
fn replaced_answers_are_let_go() {
    let mut store = Store::default();
    for number in 0..4 {
        store.take_page(page(number), Timestamp::UNIX_EPOCH);
    }
    let (before, _) = store.kept_len();
    for time in 1..6 {
        for number in 0..4 {
            let newer = page(number).into_iter().enumerate().filter(|(at, _)| at % 2 == time % 2).map(|(_, item)| {
                let text = String::from_utf8_lossy(item.raw()).replacen('{', &format!(r#"{{"time":{time},"#), 1);
                Item::from_list(item.id().unwrap().into(), Bytes::from(text))
            });
            store.take_refresh(newer.collect(), Timestamp::UNIX_EPOCH);
        }
    }
    let (after, _) = store.kept_len();
    assert!(after < 2 * before, "{after} bytes after {before}");
}
