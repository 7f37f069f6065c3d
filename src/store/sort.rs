//! The sort order of the list: a column and a direction.

use std::cmp::Ordering;
use std::fmt;

use crate::submission::row::{Column, ColumnKind, Row, column_names};
use crate::text::search_form;

/// Sort order of the list: a column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Column by whose values the rows are sorted.
    pub column: Column,
    /// Whether the largest or newest value of the column comes first; `false` if the smallest or oldest comes first.
    pub descending: bool,
}

impl Default for Sort {
    /// Returns the default sort order: by creation time, newest first. Rows are sorted because the documentation does
    /// not say in which order the service sends them.
    fn default() -> Self {
        Self { column: Column::Created, descending: true }
    }
}

impl Sort {
    /// Parses a sort order: the name of a column with an optional `:desc` or `:asc`, such as `waiting:desc`. Without
    /// the suffix, the smallest or oldest value comes first.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, descending) = match text.rsplit_once(':') {
            Some((name, "desc")) => (name, true),
            Some((name, "asc")) => (name, false),
            Some(_) => return Err("only :desc may follow the column's name".to_owned()),
            None => (text, false),
        };
        let column = Column::named(name).ok_or_else(|| column_names::unknown(name))?;
        Ok(Self { column, descending })
    }

    /// Returns the sort key of a row: rows are shown in ascending order of their keys. `row` is `None` for an item that
    /// cannot be read. Rows without a value in the sort column come after the rows with one, and unreadable items come
    /// last.
    pub fn rank(self, row: Option<&Row>) -> impl Ord + use<> {
        let key = row.map(|row| RankedValue::of(row, self.column));
        Ranked { unreadable: row.is_none(), key, descending: self.descending }
    }
}

impl fmt::Display for Sort {
    /// Writes the order as [`Self::parse`] reads it, such as `waiting:desc`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column.spec().key, if self.descending { ":desc" } else { "" })
    }
}

/// Value of a row in the sort column, in a form that can be compared.
#[derive(PartialEq)]
enum RankedValue {
    Number(f64),
    Text(Box<str>),
    Nothing,
}

impl RankedValue {
    fn of(row: &Row, column: Column) -> Self {
        let number = match column.kind() {
            ColumnKind::Number | ColumnKind::Count | ColumnKind::Duration => row.number(column),
            #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit into 53 bits")]
            ColumnKind::Time => row.time(column).map(|at| at.as_millisecond() as f64),
            ColumnKind::Text | ColumnKind::Word | ColumnKind::Words | ColumnKind::Judgement => {
                return row.cell(column).text().map_or(Self::Nothing, |text| Self::Text(search_form(text).into()));
            }
        };
        number.map_or(Self::Nothing, Self::Number)
    }
}

#[derive(PartialEq)]
struct Ranked {
    unreadable: bool,
    key: Option<RankedValue>,
    descending: bool,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_value = match (&self.key, &other.key) {
            (Some(RankedValue::Number(a)), Some(RankedValue::Number(b))) => a.total_cmp(b),
            (Some(RankedValue::Text(a)), Some(RankedValue::Text(b))) => a.cmp(b),
            (Some(RankedValue::Nothing) | None, Some(RankedValue::Nothing) | None) => Ordering::Equal,
            (Some(RankedValue::Nothing) | None, _) => {
                return self.unreadable.cmp(&other.unreadable).then(Ordering::Greater);
            }
            (_, Some(RankedValue::Nothing) | None) => {
                return self.unreadable.cmp(&other.unreadable).then(Ordering::Less);
            }
            (Some(RankedValue::Number(_)), Some(RankedValue::Text(_))) => Ordering::Less,
            (Some(RankedValue::Text(_)), Some(RankedValue::Number(_))) => Ordering::Greater,
        };
        let by_value = if self.descending { by_value.reverse() } else { by_value };
        self.unreadable.cmp(&other.unreadable).then(by_value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, Verdict};
    use crate::submission::row::Cell;
    use crate::text::Mask;

    #[test]
    fn names_are_sorted_as_they_are_searched() {
        let named =
            |name: &str| Row::new(|column| if column == Column::Name { Cell::Text(name) } else { Cell::NotFetched });
        let sort = Sort { column: Column::Name, descending: false };
        let mut names = ["zoe", "Özil", "Øberg", "Ödön", "istanbullu", "İnan", "Ｂｏｎｄ", "Álvarez"];
        names.sort_by_key(|name| sort.rank(Some(&named(name))));
        assert_eq!(names, ["Álvarez", "Ｂｏｎｄ", "İnan", "istanbullu", "Øberg", "Ödön", "Özil", "zoe"]);
    }

    /// Returns the texts in the order in which the list sorts rows that have these texts in the column `column`. If
    /// `descending` is true, the order of the values is reversed.
    fn sorted<'t>(column: Column, descending: bool, texts: &[&'t str]) -> Vec<&'t str> {
        let row = |text: &str| Row::new(|of| if of == column { Cell::Text(text) } else { Cell::NotFetched });
        let mut texts = texts.to_vec();
        texts.sort_by_key(|text| Sort { column, descending }.rank(Some(&row(text))));
        texts
    }

    #[test]
    fn what_is_no_number_for_a_filter_is_none_for_sorting() {
        let no_numbers = ["inf", "NaN", "-inf", "infinity", "1e999", "80%", "1,000", "0x10", "８０", "high"];
        let all = [&no_numbers[..], &["9", "1e2", " 80 ", "-3", "80.5"]].concat();
        assert_eq!(sorted(Column::ArgosScore, true, &all)[..5], ["1e2", "80.5", " 80 ", "9", "-3"]);
        assert_eq!(sorted(Column::ArgosScore, true, &all)[5..], no_numbers, "last, as they came");
        assert_eq!(sorted(Column::Attempts, false, &all)[..5], ["-3", "9", " 80 ", "80.5", "1e2"]);
        assert_eq!(sorted(Column::ArgosScore, true, &["0", "-0", "0.0"]), ["0", "-0", "0.0"]);
        for text in all {
            let row = Row::new(|_| Cell::Text(text));
            let query = Query::parse("score>-999 attempts>-999", jiff::civil::Date::ZERO);
            let is_number = query.judge(&row, Mask::None) == Verdict::Shown;
            assert_eq!(is_number, !no_numbers.contains(&text), "{text}");
        }
    }

    #[test]
    fn times_are_sorted_as_instants_whatever_their_form() {
        let times = ["2026-11-21T09:00:00+09:00", "2026-11-21 01:00:00", "soon", "2026-11-20T23:59:59.999Z"];
        for column in [Column::Created, Column::Updated] {
            let newest_first = [times[1], times[0], times[3], times[2]];
            assert_eq!(sorted(column, true, &times), newest_first, "{column:?}");
        }
    }
}
