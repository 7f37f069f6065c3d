//! The fields with their sources: a table where there is room, else one below the other.

use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabContext, TabLine};
use super::columns::{GAP, flowed, joined, side_by_side, wrapped};
use super::items::score_bar;
use super::marked::Marked;
use crate::submission::Field;
use crate::submission::provenance::{Agreement, FieldSource, FieldSources, Provenance, SourceCell, SourceValue};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Columns from which there is room for a table.
pub(super) const WIDE: usize = 96;

/// Columns of a label, of a score in the table, of a bar.
const LABEL: usize = 18;
const SCORE: usize = 11;
const BAR: u8 = 5;

/// Columns in which words beside a value make sense.
const BESIDE: usize = 18;

/// Every field in a line of its own, its sources in columns.
pub(super) fn table(lines: &mut TabLines<'_>, context: &TabContext<'_>, provenance: &Provenance<'_>) {
    let each = context.options.columns.saturating_sub(2 + LABEL + SCORE + 5 * GAP) / 4;
    let head = |text: &'static str| vec![Line::blank().word(text, Role::Title)];
    let mut titles = FieldSource::ALL.map(FieldSource::label).map(head).into_iter();
    let mut columns =
        vec![(2 + LABEL, head("  Field")), (each, titles.next().unwrap_or_default()), (SCORE, head("score"))];
    columns.extend(titles.map(|title| (each, title)));
    side_by_side(columns).into_iter().for_each(|line| lines.push(line));
    for field in &provenance.fields {
        let revealed = is_revealed(context, field);
        let mut columns = vec![(2 + LABEL, name(field))];
        let mut left: Option<&SourceValue<'_>> = None;
        for (source, cell) in FieldSource::ALL.into_iter().zip(&field.cells) {
            let content = match cell {
                SourceCell::Value(value) if left.is_some_and(|left| left.expose() == value.expose()) => {
                    vec![Line::blank().word("=", Role::Dim)]
                }
                SourceCell::Value(value) => {
                    left = Some(value);
                    let mut content = Marked::new(context, value, revealed).lines(each, role(source, field));
                    if value.withheld {
                        content.extend(wrapped(&WITHHELD, each, Role::Dim));
                    }
                    content
                }
                SourceCell::Missing => vec![Line::blank().word("– missing", Role::Dim)],
                SourceCell::Nowhere => Vec::new(),
            };
            columns.push((each, content));
            if source == FieldSource::Raw {
                columns.push((SCORE, score(context, field)));
            }
        }
        push(lines, field, None, side_by_side(columns));
    }
}

/// Every field as its values, each once, with the sources that hold it.
pub(super) fn stacked(lines: &mut TabLines<'_>, context: &TabContext<'_>, provenance: &Provenance<'_>) {
    for field in &provenance.fields {
        match groups(field).as_slice() {
            [(sources, value)] => one_value(lines, context, field, sources, value),
            groups => several_values(lines, context, field, groups),
        }
    }
}

/// A field on whose value all agree: label, value, and where it comes from, in one line where they fit.
fn one_value(
    lines: &mut TabLines<'_>,
    context: &TabContext<'_>,
    field: &FieldSources<'_>,
    sources: &[FieldSource],
    value: &SourceValue<'_>,
) {
    let columns = context.options.columns;
    let label = LABEL.min(columns / 3);
    let marked = Marked::new(context, value, is_revealed(context, field));
    let mut chunks: Vec<Line> =
        confidence(context, field).filter(|_| sources.contains(&FieldSource::Raw)).into_iter().collect();
    chunks.extend(where_from(field, sources, value));
    let names = wrapped(&field.label, label, Role::Label);
    let body = valued(&marked, marked.width(), chunks, columns.saturating_sub(2 + label + 1));
    let mut signs = vec![Line::blank().word(sign(&field.agreement), sign_role(&field.agreement))];
    signs.resize(names.len().max(body.len()), Line::blank().word("  ", Role::Plain));
    let names = side_by_side(vec![((label + 1).saturating_sub(GAP), names), (0, body)]);
    push(lines, field, Some(value), signs.into_iter().zip(names).map(|(sign, line)| joined(sign, line)).collect());
}

/// A field with several values, or none: how they go together, and each with its sources.
fn several_values(
    lines: &mut TabLines<'_>,
    context: &TabContext<'_>,
    field: &FieldSources<'_>,
    groups: &[(Vec<FieldSource>, &SourceValue<'_>)],
) {
    let columns = context.options.columns;
    let below = |part: Vec<Line>| part.into_iter().map(|line| joined(Line::blank().word("    ", Role::Plain), line));
    let mut head = wrapped(&field.label, columns.saturating_sub(2).max(1), Role::Label);
    if let Some(first) = head.first_mut() {
        let sign = Line::blank().word(sign(&field.agreement), sign_role(&field.agreement));
        *first = joined(sign, std::mem::take(first));
    }
    let (words, role) = (words(&field.agreement), sign_role(&field.agreement));
    let label = LABEL.min(columns / 3) + 3;
    match head.last_mut() {
        Some(last) if last.width().max(label - 1) + 1 + words.width() <= columns => {
            let gap = label.saturating_sub(last.width()).max(1);
            *last = std::mem::take(last).with(Safe::default().pad(gap), Role::Plain).with(words, role);
        }
        _ => head.extend(below(wrapped(&words, columns.saturating_sub(4).max(1), role))),
    }
    push(lines, field, None, head);
    let revealed = is_revealed(context, field);
    let all: Vec<Marked> = groups.iter().map(|(_, value)| Marked::new(context, value, revealed)).collect();
    let widest = all.iter().map(Marked::width).max().unwrap_or_default();
    for ((sources, value), marked) in groups.iter().zip(&all) {
        let mut chunks = Vec::new();
        for source in sources {
            let mut chunk = Line::blank().word(source.label(), Role::Label);
            if let Some(confidence) = confidence(context, field).filter(|_| *source == FieldSource::Raw) {
                chunk = joined(chunk.word(" ", Role::Plain), confidence);
            }
            chunks.push(chunk);
        }
        if value.withheld {
            chunks.push(Line::blank().with(WITHHELD, Role::Dim));
        }
        let body = valued(marked, widest, chunks, columns.saturating_sub(4));
        push(lines, field, Some(value), below(body).collect());
    }
    if let Some(missing) = missing(field) {
        let drawn = wrapped(&Safe::concat(&[Safe::word("– "), missing]), columns.saturating_sub(4).max(1), Role::Dim);
        push(lines, field, None, below(drawn).collect());
    }
}

/// Sources without a value that could have one.
fn missing(field: &FieldSources<'_>) -> Option<Safe> {
    let missing: Vec<Safe> = field.missing().map(|source| Safe::word(source.label())).collect();
    (!missing.is_empty()).then(|| Safe::concat(&[Safe::word("missing in "), Safe::join(&missing, ", ")]))
}

const WITHHELD: Safe = Safe::word("masked by the service, not compared");

/// Values, each once, with the sources that hold it.
fn groups<'h, 'a>(field: &'h FieldSources<'a>) -> Vec<(Vec<FieldSource>, &'h SourceValue<'a>)> {
    let mut groups: Vec<(Vec<FieldSource>, &SourceValue<'_>)> = Vec::new();
    for (source, value) in field.values() {
        match groups.iter_mut().find(|(_, known)| known.expose() == value.expose()) {
            Some((sources, _)) => sources.push(source),
            None => groups.push((vec![source], value)),
        }
    }
    groups
}

/// Sign and label, and below them how the values go together.
fn name(field: &FieldSources<'_>) -> Vec<Line> {
    let sign = Line::blank().word(sign(&field.agreement), sign_role(&field.agreement));
    let names = field.label.wrap(LABEL).into_iter().enumerate().map(|(at, part)| {
        let start = if at == 0 { sign.clone() } else { Line::blank().word("  ", Role::Plain) };
        start.with(part, Role::Label)
    });
    let mut column: Vec<Line> = names.collect();
    let words = match &field.agreement {
        Agreement::Equivalent(normalizations) => Safe::join(
            &normalizations.iter().map(|normalization| Safe::word(normalization.label())).collect::<Vec<_>>(),
            ", ",
        ),
        Agreement::Differs => Safe::word("differs"),
        Agreement::Same | Agreement::Single => return column,
    };
    for part in words.wrap(LABEL) {
        column.push(Line::blank().word("  ", Role::Plain).with(part, sign_role(&field.agreement)));
    }
    column
}

/// Where a value that all agree on comes from: only what is not as expected.
fn where_from(field: &FieldSources<'_>, sources: &[FieldSource], value: &SourceValue<'_>) -> Vec<Line> {
    let mut chunks = Vec::new();
    if field.agreement == Agreement::Single {
        let names: Vec<Safe> = sources.iter().map(|source| Safe::word(source.label())).collect();
        chunks.push(Line::blank().word("only in ", Role::Dim).with(Safe::join(&names, ", "), Role::Dim));
        if value.withheld {
            chunks.push(Line::blank().with(WITHHELD, Role::Dim));
        }
    } else {
        let all = Safe::of(&format!("in {} sources", sources.len()));
        chunks.push(Line::blank().with(all, Role::Dim));
        chunks.extend(missing(field).map(|missing| Line::blank().with(missing, Role::Dim)));
    }
    chunks
}

/// Confidence and acceptance of what was read.
fn confidence(context: &TabContext<'_>, field: &FieldSources<'_>) -> Option<Line> {
    let mut line = Line::blank();
    if let Some(score) = &field.score {
        line =
            line.with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain).with(context.shown(score), Role::Plain);
    }
    if field.is_refused() {
        let gap = if line.width() > 0 { " " } else { "" };
        line = line.word(gap, Role::Plain).word("✗ not accepted", Role::Bad);
    }
    (line.width() > 0).then_some(line)
}

fn score(context: &TabContext<'_>, field: &FieldSources<'_>) -> Vec<Line> {
    let mut column = Vec::new();
    if let Some(score) = &field.score {
        // One with more digits stands in full in the list of items.
        let digits = context.shown(score).pad_left(SCORE - usize::from(BAR) - 1);
        let bar = Line::blank().with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain);
        column.push(bar.with(digits, Role::Plain));
    }
    if field.is_refused() {
        column.push(Line::blank().word("✗ not", Role::Bad));
        column.push(Line::blank().word("  accepted", Role::Bad));
    }
    column
}

const fn sign(agreement: &Agreement) -> &'static str {
    match agreement {
        Agreement::Same => "= ",
        Agreement::Equivalent(_) => "≈ ",
        Agreement::Differs => "≠ ",
        Agreement::Single => "  ",
    }
}

const fn sign_role(agreement: &Agreement) -> Role {
    match agreement {
        Agreement::Equivalent(_) => Role::Info,
        Agreement::Differs => Role::Bad,
        Agreement::Same | Agreement::Single => Role::Dim,
    }
}

fn words(agreement: &Agreement) -> Safe {
    match agreement {
        Agreement::Same => Safe::word("same"),
        Agreement::Equivalent(normalizations) => {
            let normalizations: Vec<Safe> =
                normalizations.iter().map(|normalization| Safe::word(normalization.label())).collect();
            Safe::concat(&[Safe::word("same after normalising: "), Safe::join(&normalizations, ", ")])
        }
        Agreement::Differs => Safe::word("differs"),
        Agreement::Single => Safe::word("nothing to compare"),
    }
}

/// The value that counts stands out where something differs.
const fn role(source: FieldSource, field: &FieldSources<'_>) -> Role {
    match (source, &field.agreement) {
        (FieldSource::Data, Agreement::Differs) => Role::Strong,
        _ => Role::Plain,
    }
}

/// Whether the user revealed a value of a field: then all of them are shown, to be compared.
fn is_revealed(context: &TabContext<'_>, field: &FieldSources<'_>) -> bool {
    let revealed = context.options.revealed.as_deref();
    revealed.is_some() && field.values().flat_map(|(_, value)| &value.parts).any(|part| Some(part.path()) == revealed)
}

/// TabLines of a field: each leads to the value that it shows, or to the first one.
fn push(lines: &mut TabLines<'_>, field: &FieldSources<'_>, value: Option<&SourceValue<'_>>, drawn: Vec<Line>) {
    let value = value.or_else(|| field.values().next().map(|(_, value)| value));
    let anchor: Option<&Field<'_>> = value.and_then(|value| value.parts.first()).or(field.score.as_ref());
    let is_trouble = field.agreement == Agreement::Differs || field.is_refused();
    for (at, line) in drawn.into_iter().enumerate() {
        let mut line = anchor.map_or_else(|| TabLine::from(line.clone()), |field| TabLine::of(line.clone(), field));
        // One stop a field: the line that names it.
        if at == 0 && is_trouble && line.line.text().starts_with(sign(&field.agreement)) {
            line = line.with_landmark(Landmark::Error);
        }
        lines.push(line);
    }
}

/// A value in a column for the widest of its field, so that values stand exactly below each other, and words beside it;
/// below it where there is no room for both.
fn valued(marked: &Marked, widest: usize, chunks: Vec<Line>, room: usize) -> Vec<Line> {
    let value = widest.min(room * 6 / 10).max(1);
    let words = room.saturating_sub(value + GAP);
    if words >= BESIDE {
        return side_by_side(vec![(value, marked.lines(value, Role::Plain)), (words, flowed(chunks, words))]);
    }
    let mut lines = marked.lines(room.max(1), Role::Plain);
    let below = flowed(chunks, room.saturating_sub(2));
    lines.extend(below.into_iter().map(|line| joined(Line::blank().word("  ", Role::Plain), line)));
    lines
}
