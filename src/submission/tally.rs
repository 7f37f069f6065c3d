//! Counts submissions by the values of a property (such as the status or the reject code), for the statistics on the
//! screen and of the command line.

mod group;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{Timestamp, tz::TimeZone};

use super::assessment::words;
use super::retry_kind::RetryKind;
use super::row::{Cell, Column, Row};
use super::{Field, masking};
use crate::text::{Mask, Safe};
pub use group::TallyGroup;

/// Maximum number of different values of one property (such as the reject code) that are counted separately. Further
/// values are counted together. Codes may be free text, so the number of different values could grow without end.
const DISTINCT: usize = 4_000;

/// Maximum length in bytes of a value for which statistics offer a filter term. A longer value is free text, not a
/// code.
const LONGEST_TERM: usize = 64;

/// Label of the kind of a retry code that the service's documentation does not describe. Statistics count retry codes
/// by kind too, such as `document` or `face`.
pub const NO_KIND: &str = "not documented";

/// Number of seconds in a day.
const DAY: i64 = 86_400;

/// Numbers of submissions by the value of one property, such as the status.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The count of each value, by the value as sent.
    values: HashMap<Box<str>, LabelledCount>,
    /// The count of each day; the day is the number of days since 1970 in UTC.
    days: BTreeMap<i64, u64>,
    /// Number of occurrences of all values that are not counted separately, because there are too many different
    /// values.
    pub further: u64,
    /// Number of submissions that have no value of the property.
    pub empty: u64,
    /// Number of submissions for which no loaded answer has the field of the property.
    pub not_fetched: u64,
    /// Number of submissions whose value cannot be read: it has the wrong type, is too long, or is not a time in a
    /// field for times.
    pub unreadable: u64,
    /// Number of submissions whose value the mask level hides.
    pub hidden: u64,
}

/// Number of submissions with one value, and the label of the value in statistics.
#[derive(Clone, Debug)]
struct LabelledCount {
    label: String,
    count: u64,
}

/// One value of a property in statistics, with the number of submissions that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalliedValue {
    /// The value as statistics show it: sanitised, and in quotes if it is not a documented word of its field.
    pub label: String,
    /// The value as sent, for a filter term that finds these submissions. `None` if there is no such term: the value
    /// cannot be typed, is very long, or shares its label with another value.
    pub sent: Option<String>,
    /// Number of submissions with the value.
    pub count: u64,
}

impl Tally {
    /// Returns the values of the property, each with its number of submissions. The most frequent value is first;
    /// values with equal numbers are in alphabetical order.
    pub fn values(&self) -> Vec<TalliedValue> {
        let mut merged: BTreeMap<&str, TalliedValue> = BTreeMap::new();
        for (sent, LabelledCount { label, count }) in &self.values {
            let can_be_typed = sent.len() <= LONGEST_TERM && Safe::sanitize(sent).as_str() == &**sent;
            let new = || TalliedValue { label: label.clone(), sent: can_be_typed.then(|| sent.to_string()), count: 0 };
            let value = merged.entry(label).or_insert_with(new);
            if value.count > 0 {
                value.sent = None;
            }
            value.count += count;
        }
        let days = self.days.iter().map(|(day, count)| {
            let label = day_text(*day);
            TalliedValue { sent: Some(label.clone()), label, count: *count }
        });
        let mut values: Vec<TalliedValue> = merged.into_values().chain(days).collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        values
    }

    /// Returns the label and the number of each value, in the order of [`Self::values`].
    pub fn sorted(&self) -> Vec<(String, u64)> {
        self.values().into_iter().map(|value| (value.label, value.count)).collect()
    }

    /// Returns whether the property is absent: submissions were counted, but no loaded answer had the field of the
    /// property.
    pub fn is_absent(&self) -> bool {
        let known = self.further + self.empty + self.unreadable + self.hidden;
        self.not_fetched > 0 && known == 0 && self.values.is_empty() && self.days.is_empty()
    }

    /// Counts one submission with the value `sent`, as the service sent it. The label is the sanitised value.
    pub fn add(&mut self, sent: &str) {
        self.add_as(sent, String::from);
    }

    /// Counts one submission with the value `sent`, as the service sent it. `label` makes the label of the value in
    /// statistics from the sanitised value. It is called only when the value is counted for the first time.
    fn add_as(&mut self, sent: &str, label: impl FnOnce(Safe) -> String) {
        if let Some(tallied) = self.values.get_mut(sent) {
            tallied.count += 1;
        } else if self.values.len() < DISTINCT {
            self.values.insert(sent.into(), LabelledCount { label: label(Safe::sanitize(sent)), count: 1 });
        } else {
            self.further += 1;
        }
    }

    fn count_day(&mut self, created_at: Timestamp) {
        let day = created_at.as_second().div_euclid(DAY);
        if self.days.len() < DISTINCT || self.days.contains_key(&day) {
            *self.days.entry(day).or_default() += 1;
        } else {
            self.further += 1;
        }
    }

    /// Counts the list row `row` of a submission for the property `group`, such as the status. A value that the mask
    /// level `mask` hides counts only as hidden. The row counts as not fetched if no loaded answer had the value, or if
    /// the list has no column for the property.
    pub fn count_row(&mut self, group: TallyGroup, row: &Row, mask: Mask) {
        match (group, group.column()) {
            (_, None) => self.not_fetched += 1,
            (TallyGroup::Day, _) => match (row.cell(Column::Created), row.created()) {
                (Cell::Text(_), Some(at)) => self.count_day(at),
                (Cell::Text(_), None) => self.unreadable += 1,
                _ => self.count_cell(row, Column::Created, mask),
            },
            (TallyGroup::RejectCode | TallyGroup::RetryCode | TallyGroup::RetryKind, Some(column)) => {
                self.count_codes(group, row, column, mask);
            }
            (_, Some(column)) => self.count_cell(row, column, mask),
        }
    }

    /// Counts the value of `row` in `column`. A value that the mask level `mask` hides counts only as hidden. A text of
    /// which the row keeps only the beginning counts as unreadable.
    fn count_cell(&mut self, row: &Row, column: Column, mask: Mask) {
        match row.cell(column) {
            Cell::Text(_) if row.is_hidden(column, mask) => self.hidden += 1,
            Cell::NotFetched => self.not_fetched += 1,
            Cell::Empty => self.empty += 1,
            Cell::Text(_) if row.is_cut(column) => self.unreadable += 1,
            Cell::Span(_) | Cell::Unclear => self.unreadable += 1,
            // Quoted, so that an undocumented word is not mistaken for a documented one.
            Cell::Text(text) => self.add_as(text, |label| match words::judges(column) {
                true if words::documented_spelling(column, text).is_none() => format!("\"{}\"", label.as_str()),
                _ => label.into(),
            }),
        }
    }

    /// Counts the codes in the cell of `row` in `column`, where commas separate them. Each different code counts once.
    /// If `group` is [`TallyGroup::RetryKind`], the kinds of the codes are counted instead. Codes that the mask level
    /// `mask` hides count only as hidden.
    fn count_codes(&mut self, group: TallyGroup, row: &Row, column: Column, mask: Mask) {
        let text = match row.cell(column) {
            Cell::Text(_) if row.is_hidden(column, mask) => return self.hidden += 1,
            Cell::NotFetched => return self.not_fetched += 1,
            Cell::Empty => return self.empty += 1,
            // A value that is no code, such as an object, is in the row as JSON.
            Cell::Text(text) if !row.is_cut(column) && !text.contains(['{', '[']) => text,
            _ => return self.unreadable += 1,
        };
        let codes = || text.split(',').map(str::trim).filter(|code| !code.is_empty());
        match group {
            TallyGroup::RetryKind => self.count_retry_kinds(codes()),
            _ if !text.contains(',') => self.add(text.trim()),
            _ => codes().collect::<HashSet<&str>>().into_iter().for_each(|code| self.add(code)),
        }
    }

    /// Counts the kinds of the retry codes of one submission, such as `document` or `face`, each kind once. An
    /// undocumented code counts as [`NO_KIND`].
    fn count_retry_kinds<'c>(&mut self, codes: impl Iterator<Item = &'c str>) {
        let kinds: HashSet<&'static str> =
            codes.map(|code| RetryKind::of(code).map_or(NO_KIND, RetryKind::label)).collect();
        kinds.into_iter().for_each(|kind| self.add(kind));
    }

    /// Counts the kinds of the retry codes of one submission, each kind once. `codes` are the JSON fields with the
    /// codes. `carried` says whether the answer had a field for retry codes. Codes that the mask level `mask` hides
    /// count only as hidden.
    pub fn count_kinds_of_fields(&mut self, carried: bool, codes: &[Field<'_>], mask: Mask) {
        match (carried, codes.iter().all(Field::is_empty)) {
            (false, true) => self.not_fetched += 1,
            (true, true) => self.empty += 1,
            _ => {}
        }
        let shown = codes.iter().filter(|code| !code.is_empty() && !masking::is_hidden(code, mask));
        self.count_retry_kinds(shown.filter_map(Field::text));
        self.hidden += u64::from(codes.iter().any(|code| code.text().is_some() && masking::is_hidden(code, mask)));
        self.unreadable += u64::from(codes.iter().any(|code| !code.is_empty() && code.text().is_none()));
    }

    /// Counts the values of one submission for a property that may have several values, such as the retry code.
    /// `fields` are the JSON fields with the values, and each different value counts once. `carried` says whether the
    /// answer had a field for the values.
    ///
    /// All values that the mask level `mask` hides count together once, and so do all values that are no text.
    pub fn count_values(&mut self, carried: bool, fields: &[Field<'_>], mask: Mask) {
        let fields = || fields.iter().filter(|field| !field.is_empty());
        let values: HashSet<CountedValue<'_>> = fields()
            .map(|field| match field.text() {
                None => CountedValue::Unreadable,
                Some(_) if masking::is_hidden(field, mask) => CountedValue::Hidden,
                Some(text) => CountedValue::Value(text),
            })
            .collect();
        match (carried, values.is_empty()) {
            (false, true) => self.not_fetched += 1,
            (true, true) => self.empty += 1,
            _ => {}
        }
        for value in values {
            match value {
                CountedValue::Unreadable => self.unreadable += 1,
                CountedValue::Hidden => self.hidden += 1,
                CountedValue::Value(text) => self.add(text),
            }
        }
    }
}

/// One value of a property that may have several values in a submission, such as a reject code. It is a text, or is
/// hidden by the mask, or cannot be read.
#[derive(PartialEq, Eq, Hash)]
enum CountedValue<'a> {
    Value(&'a str),
    Hidden,
    Unreadable,
}

/// Returns the date of a day as text, such as `2026-11-21`. `day` is the number of days since 1970 in UTC.
fn day_text(day: i64) -> String {
    let at = Timestamp::from_second(day.saturating_mul(DAY));
    at.map_or_else(|_| "?".to_owned(), |at| at.to_zoned_datetime(TimeZone::UTC).date().to_string())
}

#[cfg(test)]
mod tests;
