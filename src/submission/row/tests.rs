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
        for column in Column::sent() {
            assert_eq!(row.cell(column).text(), Some(format!("{before}{column:?}").as_str()));
        }
    }
}

#[test]
fn not_fetched_empty_and_text_stay_apart() {
    for column in Column::sent() {
        let one = |cell: Cell<'static>| Row::new(|wanted| if wanted == column { cell } else { Cell::NotFetched });
        assert!(one(Cell::Text("x")).cell(column) == Cell::Text("x"));
        assert!(one(Cell::Text("")).cell(column) == Cell::Empty);
        assert!(one(Cell::Empty).cell(column) == Cell::Empty);
        assert!(one(Cell::NotFetched).cell(column) == Cell::NotFetched);
        assert!(Row::default().cell(column) == Cell::NotFetched);
    }
}

#[test]
fn the_searched_text_holds_every_column_on_a_line_of_its_own() {
    let row = named("É");
    let lines = |mask| {
        let mut lines: Vec<String> = row.searched(mask).lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    let named = |columns: &mut dyn Iterator<Item = Column>| {
        let mut names: Vec<String> =
            columns.map(|column| format!("e{}", format!("{column:?}").to_lowercase())).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(lines(Mask::None), named(&mut Column::sent()));
    assert_eq!(lines(Mask::Ids), lines(Mask::None));
    let open = |column: &Column| column.class() == Class::Open;
    assert_eq!(lines(Mask::All), named(&mut Column::sent().filter(open)));
    assert_eq!(Row::default().searched(Mask::None), "");
}

#[test]
fn a_search_reads_what_the_class_of_each_cell_lets_be_seen() {
    let classes = Column::ALL.map(|column| match column {
        Column::Token => Class::Identity,
        Column::Applicant => Class::Unread,
        column => column.class(),
    });
    let row = named("").reclassed(classes);
    assert_eq!(row.class(Column::Token), Class::Identity);
    for (mask, seen) in [(Mask::None, [true; 3]), (Mask::Ids, [true, false, false]), (Mask::All, [false; 3])] {
        let words = ["email", "token", "applicant"].map(|word| row.searched(mask).lines().any(|line| line == word));
        assert_eq!(words, seen, "{mask:?}");
    }
    for column in Column::ALL {
        assert_eq!(row.cell(column).text(), named("").cell(column).text(), "the texts stay");
    }
    let other = Row::new(|column| if column == Column::Token { Cell::Text("t") } else { Cell::NotFetched });
    let merged = Row::merged(&other, &row);
    assert_eq!((merged.class(Column::Token), merged.class(Column::Applicant)), (Class::Open, Class::Unread));
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
    assert!(row.is_cut(Column::Name) && row.is_cut_at(Mask::Ids) && !row.is_cut(Column::Email));
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
    let rows: Vec<Row> =
        (0..5_000).map(|_| Row::within(&mut room, Column::ALL.map(Column::class), |_| Cell::Text(&text))).collect();
    let bytes: usize = rows.iter().map(|row| row.texts().len()).sum();
    assert!(bytes < 25 << 20, "{bytes}");
    assert!(!rows[0].is_cut_at(Mask::None) && rows[4_999].is_cut(Column::Email));
}

#[test]
fn of_a_text_that_is_cut_no_end_is_seen_and_no_search_is_sure() {
    let number = "9".repeat(KEPT + 10);
    let mut classes = Column::ALL.map(Column::class);
    classes[Column::Token as usize] = Class::Identity;
    let row = Row::classed(classes, |column| match column {
        Column::Token | Column::ArgosScore => Cell::Text(&number),
        _ => Cell::NotFetched,
    });
    assert_eq!((row.class(Column::Token), row.number(Column::ArgosScore)), (Class::Unread, None));
    assert!(row.is_cut_at(Mask::Ids), "the score");
    for row in [row.reclassed(classes), Row::merged(&row, &Row::default())] {
        assert_eq!((row.class(Column::Token), row.number(Column::ArgosScore)), (Class::Unread, None));
        assert!(row.is_cut(Column::Token) && row.cell(Column::Email) == Cell::NotFetched);
    }
    classes[Column::ArgosScore as usize] = Class::Identity;
    assert!(!row.reclassed(classes).is_cut_at(Mask::Ids), "what is hidden is not looked at");
}

#[test]
fn a_row_is_as_old_as_the_answer_that_tells_how_the_submission_stands() {
    let row = |cells: &[(Column, &'static str)], second| {
        let cell = |of| cells.iter().find(|(column, _)| *column == of).map_or(Cell::NotFetched, |it| Cell::Text(it.1));
        let mut row = Row::new(cell);
        row.set_loaded_at(Timestamp::from_second(second).unwrap());
        row
    };
    let second = |row: &Row| row.loaded().map(Timestamp::as_second);
    let (early, late) = (row(&[(Column::Status, "pending")], 1), row(&[(Column::Status, "approved")], 2));
    assert_eq!(second(&Row::merged(&late, &early)), Some(2));
    let slim = row(&[(Column::Email, "kim@example.com")], 3);
    assert_eq!(second(&Row::merged(&slim, &early)), Some(1), "the newer answer says nothing of the status");
    assert_eq!(second(&late.clone().of_full_record()), Some(2));
    assert_eq!(second(&late.reclassed([Class::Unread; Column::ALL.len()])), Some(2));
    assert_eq!(Row::default().loaded(), None);
}

#[test]
fn a_merged_row_knows_which_texts_it_cuts_itself() {
    // The texts of both answers together are longer than a row keeps; those of each answer alone are not.
    let long = "1".repeat(KEPT);
    let some = "1".repeat(100);
    let newer = Row::new(|column| match column {
        Column::Attempts | Column::UserId => Cell::NotFetched,
        _ if (column as usize) < Column::UserId as usize => Cell::Text(&long),
        _ => Cell::NotFetched,
    });
    let older = Row::new(|column| match column {
        Column::Attempts | Column::UserId => Cell::Text(&some),
        _ => Cell::NotFetched,
    });
    let merged = Row::merged(&newer, &older);
    for column in [Column::Attempts, Column::UserId] {
        let text = merged.cell(column).text().unwrap();
        assert_eq!((merged.is_cut(column), text.len()), (text.len() < 100, text.len()), "{column:?}");
    }
    assert!(merged.is_cut(Column::UserId) && merged.number(Column::Attempts).is_none_or(|number| number < 1e70));
}

#[test]
fn an_id_is_kept_whole_where_other_texts_are_cut() {
    let long = "i".repeat(100);
    let mut room = Room(0);
    let row = Row::within(&mut room, Column::ALL.map(Column::class), |_| Cell::Text(&long));
    assert_eq!((row.id().len(), row.is_cut(Column::Id)), (100, false));
    assert!(row.is_cut(Column::Email));
}
