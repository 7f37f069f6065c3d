//! The memory of an index, and what it forgets.

use super::*;
use crate::submission::row::Cell;
use crate::text::Mask;
use memchr::memmem::Finder;

fn named(name: &str) -> Row {
    Row::new(|column| match column {
        Column::Id => Cell::Text("id"),
        Column::Name => Cell::Text(name),
        _ => Cell::NotFetched,
    })
}

fn found(index: &RowIndex, text: &str, mask: Mask) -> Vec<usize> {
    let mut is_pending = vec![true; index.len()];
    index.texts().find(&Finder::new(text), mask, &mut is_pending);
    (0..index.len()).filter(|at| !is_pending[*at]).collect()
}

#[test]
fn texts_that_were_replaced_are_not_found_and_take_no_memory_for_long() {
    let mut index = RowIndex::default();
    for at in 0..100 {
        index.push(&named(&format!("first {at}")), true);
    }
    let before = index.texts().bytes();
    for round in 0..50 {
        for at in 0..100 {
            index.replace(at, &named(&format!("round {round} {at}")));
        }
        assert_eq!(found(&index, "round", Mask::Ids), (0..100).collect::<Vec<_>>());
        assert!(found(&index, "first", Mask::Ids).is_empty() && found(&index, "round", Mask::All).is_empty());
        assert_eq!(found(&index, &format!("round {round} 7\n"), Mask::None), [7]);
        assert!(index.texts().bytes() < before * 3, "{}", index.texts().bytes());
    }
    index.replace(3, &Row::default());
    assert!(!found(&index, "round", Mask::None).contains(&3));
}

#[test]
fn changes_are_told_until_too_many_happened() {
    let mut index = RowIndex::default();
    (0..10).for_each(|at| index.push(&named(&at.to_string()), true));
    let mark = index.mark();
    index.replace(4, &named("x"));
    index.push(&named("new"), true);
    index.replace(99, &named("no such row"));
    assert_eq!(index.changes_since(mark), Some(&[4][..]));
    let later = index.mark();
    assert_eq!((later.rows, index.changes_since(later)), (11, Some(&[][..])));
    (0..200).for_each(|_| index.replace(5, &named("y")));
    assert_eq!(index.changes_since(mark), None, "the change of row 4 is forgotten");
    assert!(index.changes_since(index.mark()).is_some_and(<[u32]>::is_empty));
}

#[test]
fn a_hundred_bytes_of_text_take_little_more() {
    let mut index = RowIndex::default();
    for at in 0..10_000 {
        index.push(&named(&format!("{at:0100}")), true);
    }
    assert!(index.bytes() / 10_000 < 230, "{}", index.bytes() / 10_000);
}

#[test]
fn a_row_is_made_again_as_it_was() {
    let mut index = RowIndex::default();
    let names = ["Alex Sample", "김견본", "José Øster", "ﾀﾅｶ", "", "\u{200b}", "  x ", "two\nLines", "\n", "end\r"];
    for name in names {
        index.push(&named(name), true);
    }
    for (at, name) in (0..).zip(names) {
        assert!(index.row(at).is_same(&named(name)), "{name:?}");
        assert!(!index.row(at).is_same(&named("another")), "{name:?}");
    }
    index.replace(7, &named("one line"));
    assert!(index.row(7).is_same(&named("one line")) && index.row(8).is_same(&named("\n")));
    assert!(index.row(99).is_same(&Row::default()));
}
