//! Rows give back what they were made of.

use super::*;

/// Every column says its own name, with a text before it.
fn named(before: &str) -> Row {
    let names = Column::ALL.map(|column| format!("{before}{column:?}"));
    Row::new(|column| Cell::Text(&names[column as usize]))
}

#[test]
fn every_cell_says_what_it_was_given_wherever_it_is_kept() {
    for before in ["", "É", &"x".repeat(9), &"long ".repeat(50)] {
        let row = named(before);
        for column in Column::ALL {
            assert_eq!(row.cell(column).text(), Some(format!("{before}{column:?}").as_str()));
        }
    }
}

#[test]
fn not_fetched_empty_and_text_stay_apart() {
    for column in Column::ALL {
        let one = |cell: Cell<'static>| Row::new(|wanted| if wanted == column { cell } else { Cell::NotFetched });
        assert!(one(Cell::Text("x")).cell(column) == Cell::Text("x"));
        assert!(one(Cell::Text("")).cell(column) == Cell::Empty);
        assert!(one(Cell::Empty).cell(column) == Cell::Empty);
        assert!(one(Cell::NotFetched).cell(column) == Cell::NotFetched);
        assert!(Row::default().cell(column) == Cell::NotFetched);
    }
}

#[test]
fn the_folded_text_holds_every_column_on_a_line_of_its_own() {
    let row = named("É");
    let lines: Vec<&str> = row.folded().lines().collect();
    assert_eq!(lines, Column::ALL.map(|column| format!("é{}", format!("{column:?}").to_lowercase())));
    assert_eq!(Row::default().folded(), "");
}

#[test]
fn numbers_are_read_and_words_are_none() {
    let score = |text| Row::new(|_| Cell::Text(text)).number(Column::ArgosScore);
    assert_eq!(score("87.50"), Some(87.5));
    assert_eq!(score(" -1 "), Some(-1.0));
    assert_eq!(score("0"), Some(0.0));
    for text in ["", "N/A", "inf", "NaN", "1e999", "80%", "８０", "1,5"] {
        assert_eq!(score(text), None, "{text}");
    }
    assert_eq!(Row::default().number(Column::Attempts), None);
    assert_eq!(Row::new(|_| Cell::Text("7")).number(Column::UserId), Some(7.0));
}

#[test]
fn a_long_text_is_kept_in_part_and_the_row_says_so() {
    let long = "é".repeat(KEPT);
    let row = Row::new(|column| if column == Column::Name { Cell::Text(&long) } else { Cell::Text("1") });
    assert!(row.is_cut(Column::Name) && row.is_cut_anywhere() && !row.is_cut(Column::Email));
    assert_eq!(row.cell(Column::Name).text().map(str::len), Some(KEPT));
    let merged = Row::merged(&Row::default(), &row);
    assert!(merged.is_cut(Column::Name) && merged.cell(Column::Name) == row.cell(Column::Name));
    let digits = "1".repeat(KEPT + 1);
    let number = Row::new(|_| Cell::Text(&digits));
    assert_eq!(number.number(Column::ArgosScore), None, "the beginning of a number is another number");
}

#[test]
fn the_rows_of_a_page_share_their_room() {
    let mut room = Room::default();
    let text = "x".repeat(2_000);
    let rows: Vec<Row> = (0..5_000).map(|_| Row::within(&mut room, |_| Cell::Text(&text))).collect();
    let bytes: usize = rows.iter().map(|row| row.texts().len()).sum();
    assert!(bytes < 25 << 20, "{bytes}");
    assert!(!rows[0].is_cut_anywhere() && rows[4_999].is_cut(Column::Email));
}
