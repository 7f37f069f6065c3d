//! All rows at once get the answers that each row gets by itself.

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::query::{MissingParts, PartSet, RequestType, RowIndex, SearchedRows, TermCache, Tester};
use crate::submission::row::PendingSince;
use crate::text::Class;
use argos_testkit::long_run::cases;

/// Texts that a cell may have: those of real lists, odd ones, and hostile ones.
const TEXTS: [&str; 40] = [
    "pending",
    "Pending",
    "approved",
    "rejected ",
    "on hold",
    "Red Flag",
    "red flag",
    "Not Screened",
    "High",
    "Low",
    "KOR",
    "kor",
    "USA",
    "passport",
    "visa",
    "E4",
    "E4,too_many_retry",
    "no_face, glare_detected",
    "forgery",
    "80",
    "49.5",
    "-3",
    "1e2",
    "1+3",
    "N/A",
    "2026-11-20T12:00:00Z",
    "2026-11-21T23:59:59.999Z",
    "1969-12-31T23:59:59.9999Z",
    "soon",
    "192.0.2.1",
    " 192.0.2.1",
    "kim@example.com",
    "KIM@example.com",
    "Kim Minjun",
    "김민준",
    "k•••@example.com",
    "•••",
    "kim\nstatus:pending",
    "\u{200b}",
    "x",
];

/// One row: for each column a number that chooses its cell, the classes that are more private than usual, and whether
/// the row is that of an item that cannot be read.
#[derive(Clone, Debug)]
struct Made {
    cells: Vec<u8>,
    private: u32,
    is_list_data: bool,
    is_unreadable: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let cells = prop::collection::vec(any::<u8>(), Column::ALL.len());
    (cells, prop_oneof![3 => Just(0_u32), 1 => any::<u32>()], any::<bool>(), prop::bool::weighted(0.05))
        .prop_map(|(cells, private, is_list_data, is_unreadable)| Made { cells, private, is_list_data, is_unreadable })
}

fn row_of(made: &Made) -> Row {
    if made.is_unreadable {
        return Row::default();
    }
    let long: Vec<String> = TEXTS.iter().map(|text| format!("{text}{}", "y".repeat(5_000))).collect();
    let classes = Column::ALL.map(|column| match made.private >> (column as u32) & 3 {
        0 if made.private & 4 != 0 => Class::Identity,
        1 if made.private & 8 != 0 => Class::Personal,
        2 if made.private & 16 != 0 => Class::Open,
        _ => column.class(),
    });
    let mut row = Row::classed(classes, |column| {
        let at = made.cells[column as usize] as usize;
        match at % 8 {
            _ if made.is_list_data && [Column::Aml, Column::AmlLevel, Column::Applicant].contains(&column) => {
                Cell::NotFetched
            }
            0 => Cell::NotFetched,
            1 => Cell::Empty,
            2 if at < 24 => Cell::Text(&long[at % TEXTS.len()]),
            _ => Cell::Text(TEXTS[at / 8 % TEXTS.len() + at % 8]),
        }
    });
    row.set_loaded_at(Timestamp::from_second(1_795_000_000 + i64::from(made.cells[0]) * 3_600).unwrap());
    if made.cells[1].is_multiple_of(4) {
        row.set_pending_since(PendingSince::read(TEXTS[made.cells[1] as usize % TEXTS.len()]));
    }
    row
}

fn term() -> impl Strategy<Value = String> {
    let terms = [
        "k",
        "ki",
        "kim",
        "kim@",
        "\"kim m\"",
        "example.com",
        "김",
        "김민",
        "y",
        "\"e4,\"",
        "•",
        "\"•\"",
        "zzz",
        "-",
        "e",
        "status:pending",
        "status:\"on hold\"",
        "status:pending,\"Pending\"",
        "nat:KOR",
        "country:USA",
        "idtype:visa,passport",
        "aml:high,red-flag",
        "aml:\"red flag\"",
        "code:E4",
        "code:too_many_retry",
        "retry:forgery",
        "retry:no_face",
        "retry:\"forgery\"",
        "ip:192.0.2.1",
        "ip:\" 192.0.2.1\"",
        "ip:\" \"",
        "token:x",
        "applicant:x,kim",
        "has:aml",
        "has:name,score",
        "has:email",
        "has:retry",
        "score<50",
        "score>=80",
        "score=80",
        "attempts>=1",
        "attempts=2",
        "waiting>12h",
        "waiting<1h",
        "email:kim@example.com",
        "userid:x",
        "userid:•••",
        "id:x",
        "from:2026-11-21",
        "to:2026-11-20",
        "on:1969-12-31",
        "from:",
    ];
    (select(terms.to_vec()), prop::bool::weighted(0.3))
        .prop_map(|(term, negated)| format!("{}{term}", if negated { "!" } else { "" }))
}

/// What happens to the rows or to the filter, one after the other.
#[derive(Clone, Debug)]
enum Step {
    Add(Vec<Made>),
    Replace(usize, Made),
    Fetch(usize, u8, bool),
    Judge(Vec<String>, bool, Mask),
    /// The last line with other letters at its end.
    Type(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let lines = prop::collection::vec(term(), 0..4);
    let mask = select(vec![Mask::Ids, Mask::All, Mask::None]);
    prop_oneof![
        2 => prop::collection::vec(made(), 0..90).prop_map(Step::Add),
        3 => (any::<usize>(), made()).prop_map(|(at, made)| Step::Replace(at, made)),
        1 => (any::<usize>(), 0_u8..16, any::<bool>()).prop_map(|(at, parts, gone)| Step::Fetch(at, parts, gone)),
        5 => (lines, any::<bool>(), mask).prop_map(|(terms, offline, mask)| Step::Judge(terms, offline, mask)),
        3 => select(vec!["k", "i", "m", "@", " -", " kim", "\"", "\u{301}"]).prop_map(Step::Type),
    ]
}

/// The rows of a store, with what was fetched for each.
#[derive(Default)]
struct Rows {
    rows: Vec<(Row, bool, PartSet, bool)>,
    index: RowIndex,
    cache: TermCache,
}

impl Rows {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Add(all) => {
                for made in all {
                    let row = row_of(made);
                    self.index.push(&row, !made.is_unreadable);
                    self.rows.push((row, made.is_unreadable, PartSet::EMPTY, false));
                }
            }
            Step::Replace(at, made) if !self.rows.is_empty() => {
                let at = at % self.rows.len();
                let made = Made { is_unreadable: false, ..made.clone() };
                if !self.rows[at].1 {
                    self.rows[at].0 = row_of(&made);
                    self.index.replace(u32::try_from(at).unwrap(), &self.rows[at].0);
                }
            }
            Step::Fetch(at, parts, gone) if !self.rows.is_empty() => {
                let at = at % self.rows.len();
                let all = [RequestType::Kyc, RequestType::Aml, RequestType::Data, RequestType::Others];
                let parts =
                    all.into_iter().enumerate().filter(|(bit, _)| parts & (1 << bit) != 0).map(|it| it.1).collect();
                (self.rows[at].2, self.rows[at].3) = (parts, *gone);
                self.index.note_fetch(u32::try_from(at).unwrap(), parts, *gone);
            }
            _ => {}
        }
    }

    /// Compares the answers of all rows with the answers of each row.
    fn assert_alike(&mut self, query: &Query, mask: Mask) {
        let Self { rows, index, cache } = self;
        let page_of = |index: u32| index as usize / 20 + 1;
        let judged = query.judge_all(index, cache, mask, &page_of);
        for (at, (row, ..)) in (0..).zip(rows.iter()) {
            assert!(index.row(at).is_same(row), "the row {at} that is made again");
        }
        let (mut unknown, mut undecided) = (vec![0; query.terms().len()], 0);
        let (mut searched, mut missing) = (SearchedRows::default(), MissingParts::default());
        for (at, (row, is_unreadable, requested, is_gone)) in rows.iter().enumerate() {
            let verdict = query.judge(row, mask);
            assert_eq!(judged.shown[at], verdict == Verdict::Shown, "row {at} of {} with {mask:?}", query.text());
            searched.add(query, row);
            if verdict == Verdict::Undecided {
                undecided += 1;
                query.unknown_terms(row).for_each(|term| unknown[term] += 1);
            }
            let is_open = verdict == Verdict::Undecided || query.has_search_text() && !row.carries_all();
            if let Some(lacking) = query.lacking(row, mask).filter(|_| is_open && !is_unreadable) {
                let lacking = if *is_gone { PartSet::EMPTY } else { lacking };
                missing.add(lacking, *requested, page_of(u32::try_from(at).unwrap()));
            }
        }
        assert_eq!((judged.unknown, judged.undecided), (unknown, undecided), "{}", query.text());
        assert_eq!((judged.searched, judged.missing), (searched, missing), "{}", query.text());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(128, 5_000)))]

    #[test]
    fn all_rows_get_the_answers_that_each_row_gets(steps in prop::collection::vec(step(), 1..24)) {
        let mut rows = Rows::default();
        let (mut line, mut tester, mut mask) = (String::new(), Tester::Service, Mask::Ids);
        for step in &steps {
            rows.take(step);
            match step {
                Step::Judge(terms, is_offline, now) => {
                    (line, mask) = (terms.join(" "), *now);
                    tester = if *is_offline { Tester::Program } else { Tester::Service };
                }
                Step::Type(letters) => line.push_str(letters),
                _ => {}
            }
            rows.assert_alike(&Query::parse_for(&line, TODAY, tester), mask);
        }
    }
}

#[test]
fn a_letter_that_changes_the_terms_shows_the_rows_that_the_new_terms_show() {
    let named = |name: &str| row(&[(Column::Name, name)]);
    let mut rows = Rows::default();
    for name in ["kim", "kim -", "ki", "lee", ""].into_iter().cycle().take(200) {
        let row = named(name);
        rows.index.push(&row, true);
        rows.rows.push((row, false, PartSet::EMPTY, false));
    }
    for line in
        ["k", "ki", "kim", "kim ", "kim -", "kim", "!kim", "!kim ki", "\"kim", "\"kim -", "\"kim -\"", "ki", "kim!"]
    {
        rows.assert_alike(&parse(line), Mask::Ids);
    }
}
