//! Draws the age ranges that the service estimated from pictures on one scale, together with the applicant's age by
//! birth date.

use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabContext};
use crate::submission::Field;
use crate::submission::face_age::{AgeContradiction, AgeRange};
use crate::text::Safe;
use crate::ui::{Line, Role, indent, wrap};

/// Width in columns of the label of an age range.
const LABEL_WIDTH: usize = 20;
/// Heading above the numbers of the age ranges.
const HEADING: &str = "low · median · high";
/// Width in columns of the three numbers of an age range (low, median and high) together.
const NUMBERS: usize = 16;
/// Minimum number of columns of a pane in which the drawing of an age range is beside its numbers. In a narrower pane,
/// the drawing is below the numbers.
const MIN_BESIDE: usize = 54;
/// Maximum width in columns of the drawing of an age range.
const MAX_DRAWING: u16 = 48;

/// A row for an age range that the service estimated: its label, and the fields with the low, median and high age.
pub(super) struct AgeRow<'a> {
    pub(super) label: Safe,
    pub(super) fields: [Option<Field<'a>>; 3],
    /// Whether the range is checked: if the applicant's age by birth date is outside of it, the row gets a remark.
    pub(super) judged: bool,
}

impl AgeRow<'_> {
    fn range(&self) -> AgeRange {
        AgeRange::of(self.fields.each_ref().map(Option::as_ref))
    }
}

/// Adds the section with the age ranges that the service estimated from pictures of the applicant. `face_ages` holds
/// one record for each picture. Does nothing without such records.
pub(super) fn section(out: &mut TabLines<'_>, context: TabContext<'_>, face_ages: &[Field<'_>]) {
    if face_ages.is_empty() {
        return;
    }
    out.heading(Safe::from_static("Face age by picture"));
    // A record that is not an object has no members and is shown as sent.
    let (ranges, others): (Vec<_>, Vec<_>) = face_ages.iter().partition(|seen| seen.text().is_none());
    others.into_iter().for_each(|other| out.field(other));
    let rows: Vec<AgeRow<'_>> = ranges
        .into_iter()
        .map(|seen| {
            let age = |key: &str| seen.child("ageRange").and_then(|range| range.child(key));
            let source = seen.child("source").filter(|source| !source.is_empty());
            AgeRow {
                label: source.map_or(Safe::from_static("no source sent"), |source| context.masked_value(&source)),
                fields: [age("low"), age("median"), age("high")],
                judged: true,
            }
        })
        .collect();
    let by_birth = context.document.field("verification.faceAge").and_then(|records| {
        let used = |record: Field<'_>| record.child("usedValues")?.child("birthDateAge")?.number();
        records.elements().into_iter().find_map(used)
    });
    let chart = AgeChart::new(context, &rows, by_birth);
    let marks = match chart.age_marks() {
        Some((marks, 1)) => format!(" {marks} marks the age by birth date."),
        Some((marks, _)) => format!(" {marks} mark the age by birth date."),
        None => String::new(),
    };
    let from = "Estimated from each picture, cumulative over the attempts.";
    out.sentence(&Safe::sanitize(&format!("{from}{marks}")));
    chart.draw(out);
}

/// Age ranges below each other, each with its numbers as sent and a drawing. All drawings have the same scale.
pub(super) struct AgeChart<'r, 'a> {
    columns: usize,
    rows: &'r [AgeRow<'a>],
    /// The numbers of each row, as sent.
    numbers: Vec<Safe>,
    /// The drawing of each row.
    drawings: Vec<Safe>,
    /// Width in columns of the numbers of a row.
    width: usize,
    /// Whether the drawings are beside the numbers.
    is_wide: bool,
    /// The applicant's age by birth date, which is marked above all drawings and in each of them; `None` if it is not
    /// known. In a drawing, another sign may be in the same column, so that only the mark above shows the age.
    age: Option<f64>,
    /// The line with the mark of the age, for above the drawings; empty if the age is not known.
    mark: Safe,
}

impl<'r, 'a> AgeChart<'r, 'a> {
    /// Draws the age ranges of `rows`. `age` is the applicant's age by birth date; `None` if it is not known.
    pub(super) fn new(context: TabContext<'_>, rows: &'r [AgeRow<'a>], age: Option<f64>) -> Self {
        let columns = context.options.columns;
        let number = |field: &Option<Field<'_>>| {
            field.as_ref().map_or(Safe::from_static("–"), |field| context.masked_value(field))
        };
        let numbers: Vec<Safe> = rows.iter().map(|row| Safe::join(&row.fields.each_ref().map(number), " · ")).collect();
        // Numbers are shown as sent, however many digits they have.
        let width = numbers.iter().map(Safe::width).max().unwrap_or_default().max(Safe::from_static(HEADING).width());
        let is_wide = columns >= MIN_BESIDE + width - NUMBERS;
        let room = if is_wide { columns.saturating_sub(LABEL_WIDTH + width + 2) } else { columns.saturating_sub(2) };
        let ranges = || rows.iter().map(AgeRow::range);
        let values = ranges().filter(|range| !range.is_zero()).flat_map(AgeRange::values).chain(age);
        let scale = AgeScale::of(values, u16::try_from(room).unwrap_or(MAX_DRAWING).min(MAX_DRAWING));
        let drawings = ranges().map(|range| scale.draw(range, age)).collect();
        let mark = age.filter(|_| !rows.is_empty()).map(|age| scale.draw_mark(age)).unwrap_or_default();
        Self { columns, rows, numbers, drawings, width, is_wide, age, mark }
    }

    /// Returns the signs that mark the applicant's age by birth date in this chart, in words such as `▼ and │`, and
    /// their number. A sign that no drawing contains is not named. `None` if the age is not marked.
    pub(super) fn age_marks(&self) -> Option<(String, usize)> {
        if self.mark.is_empty() {
            return None;
        }
        let is_drawn = |sign: &&str| self.drawings.iter().any(|drawing| drawing.as_str().contains(*sign));
        let inside: Vec<&str> = ["│", "┼"].into_iter().filter(is_drawn).collect();
        Some(match inside.as_slice() {
            [] => ("▼".to_owned(), 1),
            [one] => (format!("▼ and {one}"), 2),
            more => (format!("▼, {}", more.join(" and ")), 1 + more.len()),
        })
    }

    /// Adds the age ranges to a tab. A heading names the numbers.
    pub(super) fn draw(self, out: &mut TabLines<'_>) {
        let (columns, heading) = (self.columns, Safe::from_static(HEADING));
        if !self.rows.is_empty() {
            if self.is_wide {
                let line = Line::new().pad(LABEL_WIDTH + 1).column(&heading, Role::Dim, self.width);
                out.push(line.with(self.mark, Role::Strong));
            } else {
                out.extend(right_aligned(Safe::default(), heading, columns));
                out.extend((!self.mark.is_empty()).then(|| Line::indent(2).with(self.mark, Role::Strong)));
            }
        }
        for ((row, numbers), drawing) in self.rows.iter().zip(self.numbers).zip(self.drawings) {
            let (range, against) = (row.range(), row.range().contradiction_with(self.age).filter(|_| row.judged));
            let role = if against.is_some() { Role::Warn } else { Role::Info };
            let mut lines = if self.is_wide {
                let line = Line::new().column(&row.label, Role::Label, LABEL_WIDTH);
                vec![line.column(&numbers, Role::Plain, self.width).with(drawing, role)]
            } else {
                let mut lines = right_aligned(row.label.fit(columns), numbers, columns);
                lines.push(Line::indent(2).with(drawing, role));
                lines
            };
            let remark = remark(range, against);
            lines.extend(remark.iter().flat_map(|text| indent(wrap(text, columns.saturating_sub(2), role), 2)));
            let from = out.len();
            match row.fields.iter().flatten().next() {
                Some(field) => out.extend_of(field, lines),
                None => out.extend(lines),
            }
            if against.is_some() {
                out.set_landmark(from, Landmark::Error);
            }
        }
    }
}

/// Returns the label of an age range with its numbers at the right edge of the pane. If there is no room for both on
/// one line, the numbers are below the label.
fn right_aligned(label: Safe, numbers: Safe, columns: usize) -> Vec<Line> {
    let column = columns.saturating_sub(numbers.width());
    let line = Line::new().with(label, Role::Label);
    if line.width() < column {
        return vec![line.pad(column).with(numbers, Role::Plain)];
    }
    let below = indent(wrap(&numbers, columns.saturating_sub(2), Role::Plain), 2);
    [vec![line], below].concat()
}

/// Returns a sentence about what is unusual in `range`, an age range that the service estimated from a picture. `None`
/// if nothing is unusual.
///
/// `contradiction` says that the applicant's age by birth date is outside the range, or that the numbers of the range
/// are not in order. `None` means that neither was found.
fn remark(range: AgeRange, contradiction: Option<AgeContradiction>) -> Option<Safe> {
    Some(Safe::from_static(match contradiction {
        Some(AgeContradiction::Below) => "! the age by birth date is below this range",
        Some(AgeContradiction::Above) => "! the age by birth date is above this range",
        Some(AgeContradiction::Unordered) => "! low, median and high are not in this order",
        None if range.is_zero() => "0 as sent: its meaning is not documented",
        None => return None,
    }))
}

/// A scale that maps ages in years to columns in the drawing of an age range.
struct AgeScale {
    low: f64,
    years: f64,
    columns: u16,
}

impl AgeScale {
    /// Returns a scale that contains all the ages `values`, with a margin of one year at each end. `columns` is the
    /// width of the drawing.
    fn of(values: impl Iterator<Item = f64>, columns: u16) -> Self {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low - 1.0, high + 1.0) };
        Self { low, years: (high - low).max(1.0), columns }
    }

    fn column(&self, value: f64) -> u16 {
        let reach = (value - self.low) / self.years * f64::from(self.columns.saturating_sub(1)) + 0.5;
        (0..self.columns).rev().find(|column| f64::from(*column) <= reach).unwrap_or(0)
    }

    /// Returns the mark `▼` at the column of `age`, for the line above the drawings of age ranges.
    fn draw_mark(&self, age: f64) -> Safe {
        Safe::from_static("▼").pad_left(usize::from(self.column(age)) + 1)
    }

    /// Returns a drawing of an age range: `├──●──┤` for low, median and high, and `│` for the age by birth date.
    fn draw(&self, range: AgeRange, age: Option<f64>) -> Safe {
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
        Safe::sanitize(&(0..self.columns).map(cell).collect::<String>())
    }
}
