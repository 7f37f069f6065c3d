//! The OCR fields with the values from their four sources (raw OCR, OCR, reviewed, final data). If there is room, they
//! are in a table, otherwise below each other.

use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabContext};
use super::items::score_bar;
use crate::submission::Field;
use crate::submission::provenance::{
    Agreement, FieldSource, FieldSources, Normalization, Provenance, SourceCell, SourceValue,
};
use crate::text::{Mask, Safe};
use crate::ui::{Line, MarkedPart, MarkedText, Piece, Role, indent, inline_list, side_by_side, wrap};

/// The words for a field whose values cannot be compared, for example because they are too long.
const UNCLEAR: &str = "cannot be compared";

/// Minimum number of columns of a pane in which the OCR fields are a table.
pub(super) const MIN_TABLE: usize = 96;

/// Width in columns of the space between two columns of the table of OCR fields.
const GAP: usize = 2;
/// Width in columns of the sign before a field's label (such as `=` for equal values), with the space after it.
const SIGN: usize = 2;
/// Width in columns of the label of an OCR field. [`SCORE`] is the width of a confidence score in the table, and
/// [`BAR`] is the width of the bar for a score.
const LABEL: usize = 18;
const SCORE: usize = 11;
const BAR: u8 = 5;
/// Width in columns of the indent of a value that is below its label.
const BELOW: usize = 4;
/// Minimum width in columns of the words beside a value of an OCR field, such as the name of its source. If there is
/// less room, the words are below the value.
const MIN_BESIDE: usize = 18;

const MASKED: Safe = Safe::from_static("masked by the service, not compared");

/// Adds the table of OCR fields. Each field has a row, and each of the four sources of a field's value (raw OCR, OCR,
/// reviewed, final data) has a column.
pub(super) fn table(out: &mut TabLines<'_>, context: TabContext<'_>, provenance: &Provenance<'_>) {
    let each = context.options.columns.saturating_sub(SIGN + LABEL + SCORE + 5 * GAP) / 4;
    let row = |label: Vec<Line>, score: Vec<Line>, sources: [Vec<Line>; 4]| {
        let [raw, others @ ..] = sources.map(|lines| (each + GAP, lines));
        let mut columns = vec![(SIGN + LABEL + GAP, label), raw, (SCORE + GAP, score)];
        columns.extend(others);
        side_by_side(columns)
    };
    let head = |text: &'static str| vec![Line::new().word(text, Role::Title)];
    out.extend(row(head("  Field"), head("confidence"), FieldSource::ALL.map(FieldSource::label).map(head)));
    for field in &provenance.fields {
        let revealed = is_revealed(context, field);
        let mut left: Option<&SourceValue<'_>> = None;
        let sources = FieldSource::ALL.map(|source| match &field.cells[source] {
            SourceCell::Value(value) if left.is_some_and(|left| left.expose() == value.expose()) => {
                vec![Line::new().word("=", Role::Dim)]
            }
            SourceCell::Value(value) => {
                left = Some(value);
                let mut lines = marked(context, value, revealed).lines(each, role(source, field));
                if value.withheld {
                    lines.extend(wrap(&MASKED, each, Role::Dim));
                }
                lines
            }
            SourceCell::Missing => vec![Line::new().word("– missing", Role::Dim)],
            SourceCell::Nowhere => Vec::new(),
        });
        push_head(out, field, None, row(label(field), score(context, field), sources));
    }
}

/// Adds the OCR fields below each other, for a pane without room for a table. Each field has its distinct values. The
/// names of the sources (raw OCR, OCR, reviewed, final data) that contain a value are beside it.
pub(super) fn stacked(out: &mut TabLines<'_>, context: TabContext<'_>, provenance: &Provenance<'_>) {
    for field in &provenance.fields {
        match distinct_values(field).as_slice() {
            [(sources, value)] => one_value(out, context, field, sources, value),
            values => several_values(out, context, field, values),
        }
    }
}

/// Adds an OCR field that has one distinct value, `value`. `sources` are those of its four sources (raw OCR, OCR,
/// reviewed, final data) that contain the value. The label, the value and words about the sources are on one line if
/// they fit.
fn one_value(
    out: &mut TabLines<'_>,
    context: TabContext<'_>,
    field: &FieldSources<'_>,
    sources: &[FieldSource],
    value: &SourceValue<'_>,
) {
    let columns = context.options.columns;
    let width = LABEL.min(columns / 3) + 1;
    let room = columns.saturating_sub(SIGN + width);
    let marked = marked(context, value, is_revealed(context, field));
    let mut items = origin(field, sources, value);
    if sources.contains(&FieldSource::Raw) {
        items.extend(confidence(context, field, sources));
    }
    let value_lines = with_items(&marked, marked.width(), items, room);
    let label = wrap(&field.label, width - 1, Role::Label);
    let lines = side_by_side(vec![(SIGN, vec![sign(field)]), (width, label), (room, value_lines)]);
    push_head(out, field, Some(value), lines);
}

/// Adds an OCR field with several distinct values, or without a value. The lines say whether the values agree. `values`
/// holds each distinct value with those of the four sources (raw OCR, OCR, reviewed, final data) that contain it. It is
/// empty for a field without a value.
fn several_values(
    out: &mut TabLines<'_>,
    context: TabContext<'_>,
    field: &FieldSources<'_>,
    values: &[(Vec<FieldSource>, &SourceValue<'_>)],
) {
    let columns = context.options.columns;
    let room = columns.saturating_sub(BELOW);
    let label = wrap(&field.label, columns.saturating_sub(SIGN), Role::Label);
    let mut head = side_by_side(vec![(SIGN, vec![sign(field)]), (columns, label)]);
    let (words, role) = (agreement_in_words(&field.agreement), agreement_role(&field.agreement));
    let width = SIGN + LABEL.min(columns / 3) + 1;
    match head.last_mut() {
        Some(last) if last.width().max(width - 1) + 1 + words.width() <= columns => {
            let column = width.max(last.width() + 1);
            *last = std::mem::take(last).pad(column).with(words, role);
        }
        _ => head.extend(indent(wrap(&words, room, role), BELOW)),
    }
    push_head(out, field, None, head);
    let revealed = is_revealed(context, field);
    let all: Vec<MarkedText> = values.iter().map(|(_, value)| marked(context, value, revealed)).collect();
    let widest = all.iter().map(MarkedText::width).max().unwrap_or_default();
    for ((sources, value), marked) in values.iter().zip(&all) {
        let mut items = vec![Line::new().with(source_names(sources), Role::Label)];
        if sources.contains(&FieldSource::Raw) {
            items.extend(confidence(context, field, sources));
        }
        if value.withheld {
            items.push(Line::new().with(MASKED, Role::Dim));
        }
        push(out, field, Some(value), indent(with_items(marked, widest, items, room), BELOW));
    }
    if let Some(missing) = missing(field) {
        let words = Safe::concat(&[Safe::from_static("– "), missing]);
        push(out, field, None, indent(wrap(&words, room, Role::Dim), BELOW));
    }
}

/// Returns a value of an OCR field with marks on the characters that differ from another source. The value is masked as
/// the mask level requires, unless `revealed` is true.
fn marked(context: TabContext<'_>, value: &SourceValue<'_>, revealed: bool) -> MarkedText {
    let mask = if revealed { Mask::None } else { context.options.mask };
    let part = |part: &Field<'_>| match part.value() {
        Some(value) => MarkedPart::Value(value),
        None => MarkedPart::Shown(context.masked_value(part)),
    };
    let parts: Vec<_> = value.parts.iter().map(part).collect();
    MarkedText::new(&parts, &value.marks, mask)
}

/// Returns words that name the sources in which the field has no value, as in `missing in OCR, reviewed`. A field has
/// four sources: raw OCR, OCR, reviewed, final data. `None` if each source that can have the field has a value.
fn missing(field: &FieldSources<'_>) -> Option<Safe> {
    let missing: Vec<Safe> = field.missing().map(|source| Safe::from_static(source.label())).collect();
    (!missing.is_empty()).then(|| Safe::concat(&[Safe::from_static("missing in "), Safe::join(&missing, ", ")]))
}

/// Returns the distinct values of a field, each with the sources (raw OCR, OCR, reviewed, final data) that contain it.
fn distinct_values<'h, 'a>(field: &'h FieldSources<'a>) -> Vec<(Vec<FieldSource>, &'h SourceValue<'a>)> {
    let mut distinct: Vec<(Vec<FieldSource>, &SourceValue<'_>)> = Vec::new();
    for (source, value) in field.values() {
        match distinct.iter_mut().find(|(_, known)| known.expose() == value.expose()) {
            Some((sources, _)) => sources.push(source),
            None => distinct.push((vec![source], value)),
        }
    }
    distinct
}

/// Returns the lines of the label of an OCR field. The sign before the label says whether the values of the field
/// agree, such as `=` or `≠`. If they do not, words below the label say in what they differ, or that they cannot be
/// compared.
fn label(field: &FieldSources<'_>) -> Vec<Line> {
    let words = match &field.agreement {
        Agreement::Equivalent(normalizations) => Some(forms(normalizations)),
        Agreement::Differs => Some(Safe::from_static("differs")),
        Agreement::Unclear => Some(Safe::from_static(UNCLEAR)),
        Agreement::Same | Agreement::Single => None,
    };
    let mut lines = wrap(&field.label, LABEL, Role::Label);
    lines.extend(words.iter().flat_map(|words| wrap(words, LABEL, agreement_role(&field.agreement))));
    side_by_side(vec![(SIGN, vec![sign(field)]), (LABEL, lines)])
}

/// Returns words about the sources (raw OCR, OCR, reviewed, final data) that contain `value`, the only distinct value
/// of the field. These words are the names of these sources and of those without a value, as in `in OCR, final data` and
/// `missing in reviewed`. If only one source contains the value, the words are its name, as in `final data only`.
fn origin(field: &FieldSources<'_>, sources: &[FieldSource], value: &SourceValue<'_>) -> Vec<Line> {
    let mut items = Vec::new();
    if field.agreement == Agreement::Single {
        items.push(Safe::concat(&[source_names(sources), Safe::from_static(" only")]));
        items.extend(value.withheld.then_some(MASKED));
    } else {
        items.push(match sources.len() == FieldSource::ALL.len() {
            true => Safe::from_static("in all 4 sources"),
            false => Safe::concat(&[Safe::from_static("in "), source_names(sources)]),
        });
        items.extend(missing(field));
    }
    items.into_iter().map(|item| Line::from(Piece::new(item, Role::Dim))).collect()
}

/// Returns the names of the sources (raw OCR, OCR, reviewed, final data) with commas between them.
fn source_names(sources: &[FieldSource]) -> Safe {
    let names: Vec<Safe> = sources.iter().map(|source| Safe::from_static(source.label())).collect();
    Safe::join(&names, ", ")
}

/// Returns short texts about the raw OCR value: the OCR's confidence in it, as in `confidence ████▊ 96`, and `✗ not
/// accepted` if the service did not accept the value. Beside a value that other `sources` contain too, the text names
/// the raw OCR. There is no text for a confidence that was not sent.
fn confidence(context: TabContext<'_>, field: &FieldSources<'_>, sources: &[FieldSource]) -> Vec<Line> {
    let name = if sources.len() > 1 { "OCR raw confidence " } else { "confidence " };
    let score = field.score.as_ref().map(|score| {
        Line::new()
            .word(name, Role::Dim)
            .with(score_bar(score, BAR), Role::Info)
            .word(" ", Role::Plain)
            .with(context.masked_value(score), Role::Plain)
    });
    let refused = field.is_refused().then(|| Line::new().word("✗ not accepted", Role::Bad));
    score.into_iter().chain(refused).collect()
}

/// Returns the lines for the table's column with the confidence: the OCR's confidence in the value, and `✗ not
/// accepted` if the service did not accept the value.
fn score(context: TabContext<'_>, field: &FieldSources<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(score) = &field.score {
        // A score with more digits is cut here and shown in full in the list of items.
        let digits = context.masked_value(score).pad_left(SCORE - usize::from(BAR) - 1);
        let bar = Line::new().with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain);
        lines.push(bar.with(digits, Role::Plain));
    }
    if field.is_refused() {
        lines.push(Line::new().word("✗ not", Role::Bad));
        lines.push(Line::new().word("  accepted", Role::Bad));
    }
    lines
}

/// Returns the sign that shows whether the values of an OCR field agree: `=` for equal values, `≈` for values that
/// differ only in form, `≠` for different values, `?` for values that could not be compared. Returns blanks for a field
/// with a single value.
fn sign(field: &FieldSources<'_>) -> Line {
    let sign = match &field.agreement {
        Agreement::Same => "= ",
        Agreement::Equivalent(_) => "≈ ",
        Agreement::Differs => "≠ ",
        Agreement::Unclear => "? ",
        Agreement::Single => "  ",
    };
    Line::new().word(sign, agreement_role(&field.agreement))
}

const fn agreement_role(agreement: &Agreement) -> Role {
    match agreement {
        Agreement::Equivalent(_) => Role::Info,
        Agreement::Differs => Role::Bad,
        Agreement::Unclear => Role::Warn,
        Agreement::Same | Agreement::Single => Role::Dim,
    }
}

/// Returns the names of the differences in form between equivalent values, such as `(upper/lower case, spacing)`.
fn forms(normalizations: &[Normalization]) -> Safe {
    let names: Vec<Safe> = normalizations.iter().map(|each| Safe::from_static(each.label())).collect();
    Safe::concat(&[Safe::from_static("("), Safe::join(&names, ", "), Safe::from_static(")")])
}

fn agreement_in_words(agreement: &Agreement) -> Safe {
    match agreement {
        Agreement::Same => Safe::from_static("same"),
        Agreement::Equivalent(normalizations) => {
            Safe::join(&[Safe::from_static("equivalent"), forms(normalizations)], " ")
        }
        Agreement::Differs => Safe::from_static("differs"),
        Agreement::Unclear => Safe::from_static(UNCLEAR),
        Agreement::Single => Safe::from_static("in one source only"),
    }
}

/// Returns the role by which the value from `source`, one of the field's sources, is drawn. If the values of the
/// sources differ, the final value (from [`FieldSource::Data`]) is highlighted.
const fn role(source: FieldSource, field: &FieldSources<'_>) -> Role {
    match (source, &field.agreement) {
        (FieldSource::Data, Agreement::Differs) => Role::Strong,
        _ => Role::Plain,
    }
}

/// Returns whether the user revealed one of the values of an OCR field. If so, all values of the field are shown
/// without a mask, so that the user can compare them.
fn is_revealed(context: TabContext<'_>, field: &FieldSources<'_>) -> bool {
    let revealed = context.options.revealed.as_deref();
    revealed.is_some() && field.values().flat_map(|(_, value)| &value.parts).any(|part| Some(part.path()) == revealed)
}

/// Adds the first lines of an OCR field. The first line becomes a landmark (a line that a key jumps to) in these cases:
/// the values of the field differ or cannot be compared, or the service did not accept the value. `value` is the value
/// that the lines show; `None` if they show the whole field.
fn push_head(out: &mut TabLines<'_>, field: &FieldSources<'_>, value: Option<&SourceValue<'_>>, lines: Vec<Line>) {
    let from = out.len();
    push(out, field, value, lines);
    if matches!(field.agreement, Agreement::Differs | Agreement::Unclear) || field.is_refused() {
        out.set_landmark(from, Landmark::Error);
    }
}

/// Adds lines of an OCR field. Their anchor (the name of what they show) is the field of the record that holds `value`.
/// If `value` is `None`, it is the field that holds the first value.
fn push(out: &mut TabLines<'_>, field: &FieldSources<'_>, value: Option<&SourceValue<'_>>, lines: Vec<Line>) {
    let value = value.or_else(|| field.values().next().map(|(_, value)| value));
    let anchor: Option<&Field<'_>> = value.and_then(|value| value.parts.first()).or(field.score.as_ref());
    match anchor {
        Some(anchor) => out.extend_of(anchor, lines),
        None => out.extend(lines),
    }
}

/// Returns the lines of `marked`, a value of an OCR field, with short texts about it (`items`), such as its confidence.
/// The texts are beside the value, or below it if there is no room. `room` is the width in columns of all together.
///
/// `widest` is the width in columns of the widest value of the field. All values get this width, so that their
/// characters are exactly below each other.
fn with_items(marked: &MarkedText, widest: usize, items: Vec<Line>, room: usize) -> Vec<Line> {
    let value = widest.min(room * 6 / 10).max(1);
    let beside = room.saturating_sub(value + GAP);
    // Below the value, a text that would be divided beside it may fit.
    let is_divided = items.iter().any(|item| (beside + 1..room).contains(&item.width()));
    if beside >= MIN_BESIDE && !is_divided {
        let lines = marked.lines(value, Role::Plain);
        return side_by_side(vec![(value + GAP, lines), (beside, inline_list(items, beside))]);
    }
    let mut lines = marked.lines(room.max(1), Role::Plain);
    lines.extend(indent(inline_list(items, room.saturating_sub(2)), 2));
    lines
}
