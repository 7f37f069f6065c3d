//! Ranges of ages, drawn on one scale against the age by the birth date.

use super::super::super::TabContext;
use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabLine};
use crate::submission::Field;
use crate::submission::face_age::{Against, Range};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Columns of a label.
const LABEL: usize = 20;
/// Columns of three numbers.
const NUMBERS: usize = 16;
/// From here on the drawing stands beside the numbers, else below them.
const ROOMY: usize = 54;
/// Most columns of the drawing.
const DRAWING: u16 = 48;

/// A range with its name and its fields: low, median, high.
pub(super) struct AgeRow<'a> {
    pub(super) label: Safe,
    pub(super) fields: [Option<Field<'a>>; 3],
    /// Whether it is worth telling that the age is not in it.
    pub(super) judged: bool,
}

impl AgeRow<'_> {
    fn range(&self) -> Range {
        Range::of(self.fields.each_ref().map(Option::as_ref))
    }
}

/// The ages seen in each picture.
pub(super) fn section(lines: &mut TabLines<'_>, context: TabContext<'_>, each: &[Field<'_>]) {
    if each.is_empty() {
        return;
    }
    lines.heading(Safe::word("Face age by picture"));
    lines.note(&Safe::word("Low · median · high, one picture after the other, cumulative over the attempts."));
    // One that is no object has no members, and stands as it is.
    let (ranges, others): (Vec<_>, Vec<_>) = each.iter().partition(|seen| seen.text().is_none());
    others.into_iter().for_each(|other| lines.field(other));
    let rows: Vec<AgeRow<'_>> = ranges
        .into_iter()
        .map(|seen| {
            let age = |key: &str| seen.child("ageRange").and_then(|range| range.child(key));
            let source = seen.child("source").filter(|source| !source.is_empty());
            AgeRow {
                label: source.map_or(Safe::word("no source sent"), |source| context.shown(&source)),
                fields: [age("low"), age("median"), age("high")],
                judged: true,
            }
        })
        .collect();
    let by_birth = context.document.field("verification.faceAge").and_then(|records| {
        let used = |record: Field<'_>| record.child("usedValues")?.child("birthDateAge")?.number();
        records.each().into_iter().find_map(used)
    });
    draw(lines, context, &rows, by_birth);
}

/// Ranges under each other, each with its numbers as sent, and the age as a line through all of them.
pub(super) fn draw(lines: &mut TabLines<'_>, context: TabContext<'_>, rows: &[AgeRow<'_>], age: Option<f64>) {
    let columns = context.options.columns;
    let number = |field: &Option<Field<'_>>| field.as_ref().map_or(Safe::word("–"), |field| context.shown(field));
    let numbers = |row: &AgeRow<'_>| Safe::join(&row.fields.each_ref().map(number), " · ");
    // Numbers stand as sent, however many digits they have.
    let width = rows.iter().map(|row| numbers(row).width()).max().unwrap_or_default().max(NUMBERS);
    let beside = columns >= ROOMY + width - NUMBERS;
    let room = if beside { columns.saturating_sub(LABEL + width + 2) } else { columns.saturating_sub(2) };
    let values = rows.iter().map(AgeRow::range).filter(|range| !range.is_zero()).flat_map(Range::values).chain(age);
    let scale = AgeScale::of(values, u16::try_from(room).unwrap_or(DRAWING).min(DRAWING));
    for row in rows {
        let (range, against) = (row.range(), row.range().against(age).filter(|_| row.judged));
        let numbers = numbers(row);
        let role = if against.is_some() { Role::Warn } else { Role::Info };
        let field = row.fields.iter().flatten().next();
        let mut put = |line: Line, trouble: bool| {
            let line = field.map_or_else(|| TabLine::from(line.clone()), |field| TabLine::of(line.clone(), field));
            lines.push(if trouble { line.with_landmark(Landmark::Error) } else { line });
        };
        let drawing = scale.draw(range, age);
        if beside {
            let line = Line::blank().with(row.label.pad(LABEL), Role::Label).word(" ", Role::Plain);
            let line = line.with(numbers.pad(width), Role::Plain).word(" ", Role::Plain);
            put(line.with(drawing, role), against.is_some());
        } else {
            let line = Line::blank().with(row.label.fit(columns), Role::Label);
            let gap = columns.saturating_sub(line.width() + numbers.width());
            if gap > 0 {
                let line = line.with(Safe::default().pad(gap), Role::Plain);
                put(line.with(numbers, Role::Plain), against.is_some());
            } else {
                put(line, against.is_some());
                for part in numbers.wrap(columns.saturating_sub(2).max(1)) {
                    put(Line::blank().word("  ", Role::Plain).with(part, Role::Plain), false);
                }
            }
            put(Line::blank().word("  ", Role::Plain).with(drawing, role), false);
        }
        if let Some(words) = told(range, against) {
            for part in words.wrap(columns.saturating_sub(2).max(1)) {
                put(Line::blank().word("  ", Role::Plain).with(part, role), false);
            }
        }
    }
}

/// What is to be said of a range.
fn told(range: Range, against: Option<Against>) -> Option<Safe> {
    Some(Safe::word(match against {
        Some(Against::Below) => "! the age by birth date is below this range",
        Some(Against::Above) => "! the age by birth date is above this range",
        Some(Against::Unordered) => "! low, median and high are not in this order",
        None if range.is_zero() => "0 as sent: the documentation does not say what it stands for",
        None => return None,
    }))
}

/// Years to columns.
struct AgeScale {
    low: f64,
    years: f64,
    columns: u16,
}

impl AgeScale {
    /// The scale that holds all values, with a margin.
    fn of(values: impl Iterator<Item = f64>, columns: u16) -> Self {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low - 1.0, high + 1.0) };
        Self { low, years: (high - low).max(1.0), columns }
    }

    fn column(&self, value: f64) -> u16 {
        let reach = (value - self.low) / self.years * f64::from(self.columns.saturating_sub(1)) + 0.5;
        (0..self.columns).rev().find(|column| f64::from(*column) <= reach).unwrap_or(0)
    }

    /// `├──●──┤` for the range, `│` for the age.
    fn draw(&self, range: Range, age: Option<f64>) -> Safe {
        let at = |value: Option<f64>| value.filter(|_| !range.is_zero()).map(|value| self.column(value));
        let (low, median, high) = (at(range.low), at(range.median), at(range.high));
        let age = age.map(|age| self.column(age));
        let inside = |column: u16| low.zip(high).is_some_and(|(low, high)| low < column && column < high);
        let cell = |column: u16| match Some(column) {
            here if here == median => '●',
            here if here == age && inside(column) => '┼',
            here if here == low => '├',
            here if here == high => '┤',
            here if here == age => '│',
            _ if inside(column) => '─',
            _ => ' ',
        };
        Safe::of(&(0..self.columns).map(cell).collect::<String>())
    }
}
