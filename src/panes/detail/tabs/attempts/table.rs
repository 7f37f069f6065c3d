//! The table of the attempts: a row for each field, a column for each attempt, and signs for changes between attempts.

use super::super::super::annotation::annotate;
use super::super::super::lines::{LABEL_WIDTH, TabLines};
use super::super::super::{Landmark, TabContext};
use super::super::tree::{NodeName, TreeWriter};
use super::left_out_sentence;
use super::rows::{AttemptRow, AttemptRows, DETECTION, TablePart, ValueChange, is_detail};
use crate::submission::Field;
use crate::submission::assessment::Judgement;
use crate::submission::attempts::Attempt;
use crate::submission::fields::FieldMeaning;
use crate::submission::masking;
use crate::text::Safe;
use crate::ui::{Line, Role, bar, indent, side_by_side, wrap};

/// Width in columns of the labels on the left of the table, if the attempts are side by side.
const LABELS: usize = 17;
/// Minimum width in columns of the column of one attempt.
const MIN_ATTEMPT: usize = 20;
/// Width in columns of the sign for the change of a value, such as `▲`, with the space after it.
const SIGN_WIDTH: usize = 2;
/// Key of the object of an attempt with the details of the liveness check. The service does not document their
/// scales. In its samples, they are not those of the liveness score beside the object.
const LIVENESS: &str = "liveness";
/// Width in columns of the bar for a number. If there is less room, [`SHORT_BAR`] is the width of the bar.
const BAR_WIDTH: u8 = 10;
const SHORT_BAR: u8 = 6;

/// Returns the width in columns of the column of one attempt, if several attempts fit side by side. `columns` is the
/// width of the pane, `attempts` is the number of attempts. `None` if there is only one attempt, or if there is no room
/// for all of them side by side.
pub(super) fn columns(columns: usize, attempts: usize) -> Option<usize> {
    let each = columns.saturating_sub(LABELS).checked_div(attempts)?;
    (attempts > 1 && each >= MIN_ATTEMPT).then_some(each)
}

/// Adds the table with all attempts side by side; `columns` is the width of the column of one attempt.
pub(super) fn compared(out: &mut TabLines<'_>, attempts: &[Attempt<'_>], rows: &AttemptRows<'_>, columns: usize) {
    let context = out.context();
    if rows.each.is_empty() {
        return;
    }
    let mut heads = Line::new().with(Safe::from_static("Side by side").pad(LABELS), Role::Title);
    for attempt in attempts {
        let sign = Safe::from_static(if attempt.errors().is_empty() { "  " } else { "✗ " });
        let head = Safe::concat(&[sign, attempt.name()]).fit(columns - 1).pad(columns);
        heads = heads.with(head, Role::Strong);
    }
    out.blank();
    out.push(heads);
    let mut titles = TableTitles::default();
    for row in &rows.each {
        titles.add_titles(out, row);
        if is_wide(context, row, columns - SIGN_WIDTH - 1) {
            stacked_row(out, context, attempts, row);
        } else {
            row_in_columns(out, context, row, columns);
        }
    }
    left_out_sentence(out, rows.more.iter().sum(), ["value", "values"]);
    attempts.iter().for_each(|attempt| detection(out, attempt));
}

/// Returns whether the values of a row must be below each other, at the full width of the pane. They must if one of
/// them is too long for its cell, or if one is masked: the user reveals masked values one at a time. `room` is the
/// width of a cell in columns.
fn is_wide(context: TabContext<'_>, row: &AttemptRow<'_>, room: usize) -> bool {
    let fields = || row.cells.iter().flatten();
    let room = if fields().count() == 1 { room } else { 2 * room };
    fields().any(|field| masking::is_hidden(field, context.options.mask) || context.masked_value(field).width() > room)
}

/// Adds the rows of `attempt` below its narrative (its lines in words), for a pane without room for a table.
/// `attempt_index` is the index of the attempt in `rows`.
pub(super) fn stacked(out: &mut TabLines<'_>, attempt: &Attempt<'_>, rows: &AttemptRows<'_>, attempt_index: usize) {
    let context = out.context();
    let columns = context.options.columns;
    let mut titles = TableTitles::default();
    for row in rows.each.iter().filter(|row| !row.is_narrated) {
        let Some(Some(field)) = row.cells.get(attempt_index) else { continue };
        titles.add_titles(out, row);
        // The signs come before the values, so that these are below the values of the narrative.
        let labels = LABEL_WIDTH.min(columns / 3).saturating_sub(1);
        let room = columns.saturating_sub(labels).max(8);
        let mut cell = cell(context, field, row.change(attempt_index), room);
        annotate(context, field, None).append_to(&mut cell, SIGN_WIDTH, room);
        let beside = label(context, row, field, labels);
        let above = label(context, row, field, columns);
        let widest = |lines: &[Line]| lines.iter().map(Line::width).max();
        if widest(&above) > widest(&beside) && has_long_word(context, field, labels) {
            // No word of a label is broken: the label is above its value.
            out.extend_of(field, above);
            labelled(out, field, Vec::new(), cell, labels);
        } else {
            labelled(out, field, beside, cell, labels);
        }
    }
    left_out_sentence(out, rows.more.get(attempt_index).copied().unwrap_or_default(), ["value", "values"]);
    detection(out, attempt);
}

/// Adds all values of the face detection of an attempt as a tree that is closed at first. Does nothing if the rows of
/// the attempts table already show all these values.
fn detection(out: &mut TabLines<'_>, attempt: &Attempt<'_>) {
    let Some(field) = attempt.member(DETECTION) else { return };
    let mut has_detail = false;
    field.for_each_leaf(&mut |field| has_detail = has_detail || is_detail(DETECTION, field));
    if has_detail {
        let key = Safe::concat(&[attempt.name(), Safe::from_static(": the whole face detection")]);
        TreeWriter::new(out, 0).value(NodeName::Words(key), &field, 0);
    }
}

/// Adds a sentence that explains the signs of the attempts table. If `meanings` is true, it also adds the documented
/// meanings of the fields in the table.
pub(super) fn legend(out: &mut TabLines<'_>, rows: &AttemptRows<'_>, meanings: bool) {
    if rows.each.is_empty() {
        return;
    }
    out.blank();
    let context = out.context();
    let values = || rows.each.iter().flat_map(|row| row.cells.iter().flatten());
    let signs = "Compared with the previous attempt that has the field:  ▲ higher  ▼ lower  ≠ other  = same.";
    let has_bar = values().any(|field| gauge(field, context.options.columns).is_some());
    let bars = if has_bar { "  Bars reach to 100, as in ARGOS's examples." } else { "" };
    out.sentence(&Safe::concat(&[signs, bars].map(Safe::from_static)));
    let fields = rows.each.iter().filter_map(|row| row.cells.iter().flatten().next());
    let meant = fields.filter_map(|field| match field.documentation()?.meaning {
        FieldMeaning::Words(words) | FieldMeaning::About(words) => {
            Some(Safe::concat(&[context.label(field), Safe::from_static(": "), Safe::from_static(words)]))
        }
        FieldMeaning::Clear | FieldMeaning::Code(_) => None,
    });
    let meant: Vec<Safe> = meant.filter(|_| meanings).collect();
    if !meant.is_empty() {
        out.sentence(&Safe::join(&meant, " · "));
    }
}

/// Returns a bar for the number in `field`, if it is one of the scores that run from 0 to 100 in the samples of the
/// service. `columns` is the room for the bar. `None` for other fields, for a number outside this range, and if there
/// is no room. The details of the liveness check have no bar: a bar would claim a scale, and theirs is not documented.
pub(super) fn gauge(field: &Field<'_>, columns: usize) -> Option<Safe> {
    let number = field.number()?;
    let key = field.path().rsplit('.').next()?;
    let has_scale = ["faceSimilarityScore", "livenessScore", "Confidence"].contains(&key);
    let length = if columns < usize::from(2 * BAR_WIDTH) { SHORT_BAR } else { BAR_WIDTH };
    // A number beyond its scale is of another one, which no bar can show.
    let fits = usize::from(length) <= columns && (0.0..=100.0).contains(&number);
    (has_scale && fits).then(|| bar(number / 100.0, length))
}

/// The titles above rows of the attempts table: one for each section of the table, and one for each object whose
/// members have rows.
#[derive(Default)]
struct TableTitles {
    part: Option<TablePart>,
    object: String,
}

impl TableTitles {
    /// Adds the titles that belong above `row`. A title is not repeated if the previous row already has it.
    fn add_titles(&mut self, out: &mut TabLines<'_>, row: &AttemptRow<'_>) {
        let part = TablePart::of(&row.path);
        if self.part.replace(part) != Some(part) {
            out.push(Line::new().word(part.label(), Role::Strong));
            self.object.clear();
        }
        let object = row.object().unwrap_or_default();
        if object != self.object {
            object.clone_into(&mut self.object);
            if !object.is_empty() {
                let options = out.context().options;
                let mut shown = row.shown_object(options.mask);
                if object == LIVENESS {
                    let words = Safe::from_static("(details of the check; ARGOS documents no scales)");
                    shown = Safe::join(&[shown, words], " ");
                }
                out.extend(indent(wrap(&shown, options.columns.saturating_sub(2), Role::Dim), 2));
            }
        }
    }
}

/// Adds a row of the attempts table with the value of each attempt in its own column; `columns` is the width of such a
/// column.
fn row_in_columns(out: &mut TabLines<'_>, context: TabContext<'_>, row: &AttemptRow<'_>, columns: usize) {
    let Some(first) = row.cells.iter().flatten().next() else { return };
    let mut blocks = vec![(LABELS, label(context, row, first, LABELS))];
    for (at, field) in row.cells.iter().enumerate() {
        let cell = match field {
            Some(field) => cell(context, field, row.change(at), columns - 1),
            None => vec![Line::new().word("  –", Role::Dim)],
        };
        blocks.push((columns, cell));
    }
    let failed = row.cells.iter().flatten().any(is_failed);
    push(out, first, side_by_side(blocks), failed);
}

/// Adds a row of the attempts table with the values of the attempts below each other. This is for long values, and for
/// masked values, which the user reveals one at a time.
fn stacked_row(out: &mut TabLines<'_>, context: TabContext<'_>, attempts: &[Attempt<'_>], row: &AttemptRow<'_>) {
    let mut is_labelled = false;
    for (at, (field, attempt)) in row.cells.iter().zip(attempts).enumerate() {
        let Some(field) = field else { continue };
        let place = Safe::sanitize(&format!("{}: ", attempt.index));
        let width = place.width();
        let room = context.options.columns.saturating_sub(LABELS + width).max(8);
        let place = vec![Line::new().with(place, Role::Dim)];
        let value = side_by_side(vec![(width, place), (room, cell(context, field, row.change(at), room))]);
        let label = if is_labelled { Vec::new() } else { label(context, row, field, LABELS) };
        is_labelled = true;
        labelled(out, field, label, value, LABELS);
    }
}

/// Adds the lines of a field: the label, and the value beside it. `labels` is the width in columns of the label.
fn labelled(out: &mut TabLines<'_>, field: &Field<'_>, label: Vec<Line>, value: Vec<Line>, labels: usize) {
    let room = out.context().options.columns;
    push(out, field, side_by_side(vec![(labels, label), (room, value)]), is_failed(field));
}

/// Adds the lines of a field. If `failed` is true, the first line becomes a landmark: a line that a key jumps to.
fn push(out: &mut TabLines<'_>, field: &Field<'_>, lines: Vec<Line>, failed: bool) {
    let from = out.len();
    out.extend_of(field, lines);
    if failed {
        out.set_landmark(from, Landmark::Error);
    }
}

/// Returns the lines of the label of a row, wrapped to `columns` columns. The label is indented if the field is inside
/// an object of the attempt.
fn label(context: TabContext<'_>, row: &AttemptRow<'_>, field: &Field<'_>, columns: usize) -> Vec<Line> {
    let name = if row.path.is_empty() { Safe::from_static("as sent") } else { context.label(field) };
    let left = if row.object().is_some() { 2 } else { 0 };
    indent(wrap(&name, columns.saturating_sub(left + 1), Role::Label), left)
}

/// Returns whether the label of a field contains a word that does not fit into `columns` columns. The indent of the
/// label and the space after it take three of these columns.
fn has_long_word(context: TabContext<'_>, field: &Field<'_>, columns: usize) -> bool {
    context.label(field).as_str().split(' ').any(|word| Safe::sanitize(word).width() + 3 > columns)
}

/// Returns the lines of the value in `field`. The sign for the change of the value is before it, and the bar of a
/// number is beside or below it. `columns` is the width of the cell.
fn cell(context: TabContext<'_>, field: &Field<'_>, change: ValueChange, columns: usize) -> Vec<Line> {
    let room = columns.saturating_sub(SIGN_WIDTH).max(1);
    let (mark, role) = match field.judgement() {
        Some(Judgement::Passed) => ("✓ ", Role::Good),
        Some(Judgement::NotPassed) => ("✗ ", Role::Bad),
        Some(Judgement::Unclear) => ("? ", Role::Warn),
        _ if field.is_empty() || change == ValueChange::Same => ("", Role::Dim),
        _ if change == ValueChange::Other => ("", Role::Strong),
        _ => ("", Role::Plain),
    };
    let sign_role = if change == ValueChange::Same { Role::Dim } else { Role::Info };
    let value = Safe::concat(&[Safe::from_static(mark), context.masked_value(field)]);
    let sign = vec![Line::new().word(change.sign(), sign_role)];
    let mut lines = side_by_side(vec![(SIGN_WIDTH, sign), (room, wrap(&value, room, role))]);
    let taken = lines.last().map_or(0, Line::width) + 1;
    if let Some(gauge) = gauge(field, columns.saturating_sub(taken)) {
        if let Some(last) = lines.last_mut() {
            *last = std::mem::take(last).word(" ", Role::Plain).with(gauge, Role::Info);
        }
    } else if let Some(gauge) = gauge(field, room) {
        lines.push(Line::indent(SIGN_WIDTH).with(gauge, Role::Info));
    }
    lines
}

fn is_failed(field: &Field<'_>) -> bool {
    field.judgement().is_some_and(Judgement::is_doubtful)
}
