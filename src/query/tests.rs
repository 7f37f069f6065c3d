//! The filter language, rule by rule.
#![expect(clippy::string_slice, reason = "a span off a character boundary is to fail its test")]

mod all_rows;
mod complete;
mod line;
mod local;
mod offline;
mod parts;
mod properties;
mod server;
mod text;
mod typed;

use jiff::civil::{Date, date};

use super::{Params, Query, Verdict};
use crate::submission::row::{Cell, Column, Row};
use crate::text::Mask;

/// The day on which these tests read.
const TODAY: Date = date(2026, 11, 23);

fn parse(text: &str) -> Query {
    Query::parse(text, TODAY)
}

/// A row that carries these columns, an empty text being an empty cell, and nothing else.
fn row(cells: &[(Column, &str)]) -> Row {
    Row::new(|wanted| match cells.iter().find(|(column, _)| *column == wanted) {
        None => Cell::NotFetched,
        Some((_, "")) => Cell::Empty,
        Some((_, text)) => Cell::Text(text),
    })
}

/// What a line without a problem says of a row.
fn judge(text: &str, row: &Row) -> Verdict {
    let query = parse(text);
    assert_eq!(reasons(text), [""; 0], "{text}");
    query.judge(row, Mask::None)
}

/// The parameters of a line without a problem, as they are sent.
fn pairs(text: &str) -> Vec<(&'static str, String)> {
    assert_eq!(reasons(text), [""; 0], "{text}");
    parse(text).params().pairs(None)
}

fn reasons(text: &str) -> Vec<String> {
    parse(text).problems().iter().map(|problem| problem.reason.as_str().to_owned()).collect()
}

/// A line with one problem: what is marked, why, and that its word counts for nothing.
fn assert_problem(text: &str, marked: &str, reason: &str) {
    let query = parse(text);
    let [problem] = query.problems() else { panic!("{text}: {:?}", reasons(text)) };
    assert_eq!(&text[problem.span.clone()], marked, "{text}");
    assert_eq!(problem.reason.as_str(), reason, "{text}");
}

/// A line of one word that is wrong as a whole.
fn assert_wrong(text: &str, reason: &str) {
    assert_problem(text, text, reason);
    let query = parse(text);
    assert!(query.terms().is_empty(), "{text}");
    assert!(*query.params() == Params::default(), "{text}");
    assert!(!query.has_local() && !query.problems().is_empty(), "{text}");
}
