//! Choosing the columns of the list.

use super::*;
use crate::submission::row::Column;

fn with_rows() -> Model {
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..3, None)));
    model
}

#[test]
fn the_first_change_chooses_what_was_shown() {
    let mut model = with_rows();
    let usual = model.list.listed(false);
    press(&mut model, "c\u{1b}");
    assert_eq!(model.list.chosen, None, "nothing was changed");
    press(&mut model, "c ");
    assert_eq!(model.list.chosen.as_deref(), Some(&usual[1..]));
    press(&mut model, " JJ0\u{1b}");
    assert_eq!((&model.list.chosen, model.list.listed(false)), (&None, usual));
    assert!(model.overlay.is_none());
}

#[test]
fn a_hidden_column_still_orders_the_list_and_is_not_fetched() {
    let mut model = with_rows();
    model.list.chosen = Some(vec![Column::Ip, Column::Status]);
    assert_eq!(model.list_columns(), [Column::Ip, Column::Status]);
    assert!(press(&mut model, "D").iter().any(|effect| matches!(effect, Effect::FetchPage { .. })));
    let mut model = with_rows();
    model.list.chosen = Some(vec![Column::Id]);
    let effects = press(&mut model, "D");
    assert_eq!(asks(&effects), 0, "the id is known");
}

#[test]
fn fewer_columns_than_were_scrolled_are_all_shown() {
    let mut model = with_rows();
    press(&mut model, "llllllllllllllll");
    press(&mut model, "c");
    model.list.chosen = Some(vec![Column::Status, Column::Name, Column::Id]);
    press(&mut model, "\u{1b}");
    assert_eq!(model.list_columns(), [Column::Status, Column::Name, Column::Id]);
    press(&mut model, "h");
    assert_eq!(model.list_columns(), [Column::Status, Column::Name, Column::Id]);
    model.list.chosen = Some(Vec::new());
    assert!(model.list_columns().len() > 3, "no column at all counts as no choice");
}
