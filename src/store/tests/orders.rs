//! The kept order of the rows is the order that is made from all rows, whatever came before.

use std::collections::HashSet;

use bytes::Bytes;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use crate::api::{Item, NextPage, Page};
use crate::kit::Ticket;
use crate::query::{MissingParts, Params, Query, RequestType, SearchedRows, Verdict};
use crate::store::{Answer, Content, Entry, Listing, Revision, RowOrder, Sort};
use crate::submission::read;
use crate::submission::row::Column;
use crate::text::Class;
use crate::text::Mask;
use argos_testkit::long_run::cases;

/// The order of rows, made again from all rows whenever something changed.
#[derive(Default)]
struct Plain {
    rows: Vec<u32>,
    unknown: Vec<usize>,
    undecided: usize,
    searched: SearchedRows,
    missing: MissingParts,
    held: usize,
    basis: Option<(Revision, String, Mask, Sort)>,
}

impl Plain {
    fn update(&mut self, listing: &Listing, query: &Query, mask: Mask, sort: Sort) {
        let revision = listing.store.revision();
        let stays = self.basis.as_ref().is_some_and(|(known, text, known_mask, known_sort)| {
            let is_mask_same = *known_mask == mask || !query.has_search_text();
            known.order == revision.order && text == query.text() && *known_sort == sort && is_mask_same
        });
        if stays && self.basis.as_ref().is_some_and(|(known, ..)| *known == revision) {
            return;
        }
        let mut rows = self.count(listing, query, mask);
        if !stays || self.rows.is_empty() {
            let store = &listing.store;
            rows.sort_by_cached_key(|index| {
                let row = store.get(*index).filter(|entry| entry.is_readable()).map(|_| store.row(*index));
                sort.rank(row.as_ref())
            });
            self.rows = rows;
        }
        self.basis = Some((revision, query.text().to_owned(), mask, sort));
    }

    fn count(&mut self, listing: &Listing, query: &Query, mask: Mask) -> Vec<u32> {
        let store = &listing.store;
        *self = Self { rows: std::mem::take(&mut self.rows), unknown: vec![0; query.terms().len()], ..Self::default() };
        let mut rows = Vec::new();
        for index in (0..).take(store.len()) {
            let row = &store.row(index);
            let verdict = query.judge(row, mask);
            self.searched.add(query, row);
            let is_text_open = query.has_search_text() && !row.carries_all();
            if (verdict == Verdict::Undecided || is_text_open)
                && let Some(lacking) = query.lacking(row, mask)
            {
                store.lacking_row(index, lacking).into_iter().for_each(|row| row.add_to(&mut self.missing));
            }
            if verdict == Verdict::Undecided {
                self.undecided += 1;
                query.unknown_terms(row).for_each(|term| self.unknown[term] += 1);
            }
            if verdict == Verdict::Shown && store.changes().is_pending(index) {
                self.held += 1;
            } else if verdict == Verdict::Shown {
                rows.push(index);
            }
        }
        rows
    }
}

/// One submission: its number, and a number from which its values are made.
type Made = (u8, u64);

/// What happens to the listing, or what the user does.
#[derive(Clone, Debug)]
enum Step {
    Page(Vec<Made>),
    Refresh(Vec<Made>),
    Single(Made),
    Part(Vec<Made>),
    Classes(u8),
    Gone(u8),
    Reveal,
    Acknowledge,
    Filter(Vec<&'static str>),
    Type(&'static str),
    Mask(Mask),
    Sort(Sort),
}

fn step() -> impl Strategy<Value = Step> {
    let made = || (any::<u8>(), any::<u64>());
    let terms = [
        "k",
        "kim",
        "!kim",
        "example",
        "status:pending",
        "!status:approved",
        "score<50",
        "score>=50",
        "nat:KOR",
        "has:email",
        "waiting>12h",
        "aml:red-flag",
        "code:E4",
        "ip:192.0.2.1",
        "attempts>=1",
    ];
    prop_oneof![
        3 => prop::collection::vec(made(), 0..100).prop_map(Step::Page),
        2 => prop::collection::vec(made(), 0..8).prop_map(Step::Refresh),
        2 => made().prop_map(Step::Single),
        2 => prop::collection::vec(made(), 0..20).prop_map(Step::Part),
        1 => any::<u8>().prop_map(Step::Classes),
        1 => any::<u8>().prop_map(Step::Gone),
        1 => Just(Step::Reveal),
        1 => Just(Step::Acknowledge),
        3 => prop::collection::vec(select(terms.to_vec()), 0..3).prop_map(Step::Filter),
        2 => select(vec!["k", "i", "m", " -", " kim"]).prop_map(Step::Type),
        1 => select(vec![Mask::Ids, Mask::All, Mask::None]).prop_map(Step::Mask),
        3 => (select(Column::ALL.to_vec()), any::<bool>()).prop_map(|(column, descending)| Step::Sort(Sort { column, descending })),
    ]
}

fn pick<'t>(number: &mut u64, texts: &[&'t str]) -> &'t str {
    let text = texts[usize::try_from(*number % texts.len() as u64).unwrap()];
    *number /= texts.len() as u64;
    text
}

/// The JSON of a submission. A list leaves the AML status out.
fn json((id, mut number): Made, has_aml: bool) -> String {
    let mut next = |texts: &[&'static str]| pick(&mut number, texts);
    let day = next(&["2026-11-20", "2026-11-21", "2026-11-22", "soon"]);
    let status = next(&["pending", "approved", "rejected", "on hold"]);
    let name = next(&[
        "Kim",
        "KIM Minjun",
        "Özil",
        "Ozil",
        "김민준",
        "a long name that begins like another 1",
        "a long name that begins like another 2",
        "",
    ]);
    let (score, nat) = (next(&["\"10\"", "\"80\"", "\"N/A\"", "null"]), next(&["KOR", "kor", "USA", ""]));
    let (email, code) = (next(&["kim@example.com", "lee@example.com", ""]), next(&["E4", "E4,E7", ""]));
    let aml = if has_aml {
        format!(r#","aml":{{"currentstatus":"{}"}}"#, next(&["Red Flag", "Not Screened", "x"]))
    } else {
        String::new()
    };
    let ip = next(&["192.0.2.1", "192.0.2.10"]);
    format!(
        r#"{{"submission_id":"s{id}","created_at":"{day}T10:00:00Z","email":"{email}","argos_score":{score},
        "data":{{"full_name":"{name}","nationality":"{nat}","ip_address":"{ip}"}},"kyc":{{"result":"{status}","commentCode":"{code}"}}{aml}}}"#
    )
}

fn item(made: Made, at: Timestamp) -> Item {
    if made.1.is_multiple_of(31) {
        return Item::Unreadable {
            raw: Bytes::from(format!("[{}]", made.0)),
            reason: crate::api::Unreadable::NoObject,
        };
    }
    let mut item = Item::from_list(format!("s{}", made.0).into(), Bytes::from(json(made, made.1.is_multiple_of(7))));
    item.set_loaded_at(at);
    item
}

/// A page of a list. A server sends a submission once on a page.
fn page(all: &[Made], at: Timestamp) -> Page {
    let mut met = HashSet::new();
    let items = all.iter().filter(|made| met.insert(made.0)).map(|made| item(*made, at)).collect();
    Page { items, next: NextPage::Last, repaired: false, bytes: 0 }
}

fn take(listing: &mut Listing, step: &Step, at: Timestamp) {
    let id = |number: u8| format!("s{number}");
    match step {
        Step::Page(all) => {
            listing.take(page(all, at), at);
        }
        Step::Refresh(all) => {
            listing.refresh(page(all, at), at);
        }
        Step::Single(made) => {
            let raw = Bytes::from(json(*made, true));
            let mut row = read::row(&raw, true);
            row.set_loaded_at(at);
            listing.store.take_single(&id(made.0), Answer::new(raw, at), &row, made.1 % 2 == 0);
        }
        Step::Part(all) => {
            let part = |made: &Made| {
                let text = ["Red Flag", "Not Screened", ""][(made.1 % 3) as usize];
                Item::from_list(
                    id(made.0).into(),
                    format!(r#"{{"submission_id":"s{}","aml":{{"currentstatus":"{text}"}}}}"#, made.0).into(),
                )
            };
            listing.take_part(RequestType::Aml, &all.iter().map(part).collect::<Vec<_>>(), at);
        }
        Step::Classes(number) => {
            let entry = listing.store.index_of(&id(*number)).and_then(|index| listing.store.get(index));
            if let Some(Content::Readable { list: Some(list), single: Some(single) }) = entry.map(Entry::content) {
                let (list, single) = (list.clone(), single.clone());
                listing.store.take_classes(&id(*number), [&list, &single], [Class::Identity; Column::ALL.len()]);
            }
        }
        Step::Gone(number) => listing.store.note_gone(&id(*number)),
        Step::Reveal => listing.store.news_mut().reveal(),
        Step::Acknowledge => listing.store.news_mut().acknowledge(),
        Step::Filter(_) | Step::Type(_) | Step::Mask(_) | Step::Sort(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(128, 5_000)))]

    #[test]
    fn a_kept_order_is_the_order_made_from_all_rows(steps in prop::collection::vec(step(), 1..30)) {
        let at = |second: i64| Timestamp::from_second(1_795_300_000 + second * 3_600).unwrap();
        let mut listing = Listing::new(Params::default(), Ticket::default(), at(0));
        let (mut kept, mut plain) = (RowOrder::default(), Plain::default());
        let (mut line, mut mask, mut sort) = (String::new(), Mask::Ids, Sort::default());
        for (second, step) in (0..).zip(&steps) {
            take(&mut listing, step, at(second));
            match step {
                Step::Filter(terms) => line = terms.join(" "),
                Step::Type(letters) => line.push_str(letters),
                Step::Mask(now) => mask = *now,
                Step::Sort(now) => sort = *now,
                _ => {}
            }
            let query = Query::parse(&line, jiff::civil::date(2026, 11, 23));
            kept.update(&listing, &query, mask, sort);
            plain.update(&listing, &query, mask, sort);
            prop_assert_eq!(kept.rows(), &plain.rows, "{} by {}", line, sort);
            let counts = (kept.unknown().to_vec(), kept.undecided(), kept.searched(), kept.pending());
            prop_assert_eq!(counts, (plain.unknown.clone(), plain.undecided, plain.searched, plain.held));
            prop_assert_eq!(kept.missing(), &plain.missing);
            for index in (0..).take(listing.store.len() + 1) {
                prop_assert_eq!(kept.position(index), plain.rows.iter().position(|row| *row == index));
            }
            if second % 5 == 0 {
                let whole = RowOrder::of(&listing.store, &query, mask, sort);
                let mut again = Plain::default();
                again.update(&listing, &query, mask, sort);
                prop_assert_eq!(whole.rows(), &again.rows);
            }
        }
    }
}
