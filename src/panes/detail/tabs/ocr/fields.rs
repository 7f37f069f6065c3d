//! The fields with their sources: a table where there is room, else one below the other.

use super::super::super::lines::Lines;
use super::super::super::{Sheet, TabLine, Trouble};
use super::columns::{GAP, flowed, joined, side_by_side, wrapped};
use super::items::score_bar;
use super::marked::Marked;
use crate::submission::Field;
use crate::submission::provenance::{Cell, Held, Lineage, Provenance, Source, State};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// What is said of values of which nobody can tell whether they are the same.
const UNCLEAR: &str = "too long to compare";

/// Columns from which there is room for a table.
pub(super) const WIDE: usize = 96;

/// Columns of a label, of a score in the table, of a bar.
const LABEL: usize = 18;
const SCORE: usize = 11;
const BAR: u8 = 5;

/// Columns in which words beside a value make sense.
const BESIDE: usize = 18;

/// Every field in a line of its own, its sources in columns.
pub(super) fn table(lines: &mut Lines<'_>, sheet: &Sheet<'_>, provenance: &Provenance<'_>) {
    let each = sheet.look.columns.saturating_sub(2 + LABEL + SCORE + 5 * GAP) / 4;
    let head = |text: &'static str| vec![Line::blank().word(text, Role::Title)];
    let mut titles = Source::ALL.map(Source::label).map(head).into_iter();
    let mut columns =
        vec![(2 + LABEL, head("  Field")), (each, titles.next().unwrap_or_default()), (SCORE, head("score"))];
    columns.extend(titles.map(|title| (each, title)));
    side_by_side(columns).into_iter().for_each(|line| lines.push(line));
    for lineage in &provenance.lineages {
        let revealed = is_revealed(sheet, lineage);
        let mut columns = vec![(2 + LABEL, name(lineage))];
        let mut left: Option<&Held<'_>> = None;
        for (source, cell) in Source::ALL.into_iter().zip(&lineage.cells) {
            let content = match cell {
                Cell::Held(held) if left.is_some_and(|left| left.expose() == held.expose()) => {
                    vec![Line::blank().word("=", Role::Dim)]
                }
                Cell::Held(held) => {
                    left = Some(held);
                    let mut content = Marked::new(sheet, held, revealed).lines(each, role(source, lineage));
                    if held.withheld {
                        content.extend(wrapped(&WITHHELD, each, Role::Dim));
                    }
                    content
                }
                Cell::Missing => vec![Line::blank().word("– missing", Role::Dim)],
                Cell::Nowhere => Vec::new(),
            };
            columns.push((each, content));
            if source == Source::Raw {
                columns.push((SCORE, score(sheet, lineage)));
            }
        }
        push(lines, lineage, None, side_by_side(columns));
    }
}

/// Every field as its values, each once, with the sources that hold it.
pub(super) fn stacked(lines: &mut Lines<'_>, sheet: &Sheet<'_>, provenance: &Provenance<'_>) {
    for lineage in &provenance.lineages {
        match groups(lineage).as_slice() {
            [(sources, held)] => one_value(lines, sheet, lineage, sources, held),
            groups => several_values(lines, sheet, lineage, groups),
        }
    }
}

/// A field on whose value all agree: label, value, and where it comes from, in one line where they fit.
fn one_value(lines: &mut Lines<'_>, sheet: &Sheet<'_>, lineage: &Lineage<'_>, sources: &[Source], held: &Held<'_>) {
    let columns = sheet.look.columns;
    let label = LABEL.min(columns / 3);
    let marked = Marked::new(sheet, held, is_revealed(sheet, lineage));
    let mut chunks: Vec<Line> =
        confidence(sheet, lineage).filter(|_| sources.contains(&Source::Raw)).into_iter().collect();
    chunks.extend(where_from(lineage, sources, held));
    let names = wrapped(&lineage.label, label, Role::Label);
    let body = valued(&marked, marked.width(), chunks, columns.saturating_sub(2 + label + 1));
    let mut signs = vec![Line::blank().word(sign(&lineage.state), sign_role(&lineage.state))];
    signs.resize(names.len().max(body.len()), Line::blank().word("  ", Role::Plain));
    let names = side_by_side(vec![((label + 1).saturating_sub(GAP), names), (0, body)]);
    push(lines, lineage, Some(held), signs.into_iter().zip(names).map(|(sign, line)| joined(sign, line)).collect());
}

/// A field with several values, or none: how they go together, and each with its sources.
fn several_values(
    lines: &mut Lines<'_>,
    sheet: &Sheet<'_>,
    lineage: &Lineage<'_>,
    groups: &[(Vec<Source>, &Held<'_>)],
) {
    let columns = sheet.look.columns;
    let below = |part: Vec<Line>| part.into_iter().map(|line| joined(Line::blank().word("    ", Role::Plain), line));
    let mut head = wrapped(&lineage.label, columns.saturating_sub(2).max(1), Role::Label);
    if let Some(first) = head.first_mut() {
        let sign = Line::blank().word(sign(&lineage.state), sign_role(&lineage.state));
        *first = joined(sign, std::mem::take(first));
    }
    let (words, role) = (words(&lineage.state), sign_role(&lineage.state));
    let label = LABEL.min(columns / 3) + 3;
    match head.last_mut() {
        Some(last) if last.width().max(label - 1) + 1 + words.width() <= columns => {
            let gap = label.saturating_sub(last.width()).max(1);
            *last = std::mem::take(last).with(Safe::default().pad(gap), Role::Plain).with(words, role);
        }
        _ => head.extend(below(wrapped(&words, columns.saturating_sub(4).max(1), role))),
    }
    push(lines, lineage, None, head);
    let revealed = is_revealed(sheet, lineage);
    let all: Vec<Marked> = groups.iter().map(|(_, held)| Marked::new(sheet, held, revealed)).collect();
    let widest = all.iter().map(Marked::width).max().unwrap_or_default();
    for ((sources, held), marked) in groups.iter().zip(&all) {
        let mut chunks = Vec::new();
        for source in sources {
            let mut chunk = Line::blank().word(source.label(), Role::Label);
            if let Some(confidence) = confidence(sheet, lineage).filter(|_| *source == Source::Raw) {
                chunk = joined(chunk.word(" ", Role::Plain), confidence);
            }
            chunks.push(chunk);
        }
        if held.withheld {
            chunks.push(Line::blank().with(WITHHELD, Role::Dim));
        }
        let body = valued(marked, widest, chunks, columns.saturating_sub(4));
        push(lines, lineage, Some(held), below(body).collect());
    }
    if let Some(missing) = missing(lineage) {
        let drawn = wrapped(&Safe::concat(&[Safe::word("– "), missing]), columns.saturating_sub(4).max(1), Role::Dim);
        push(lines, lineage, None, below(drawn).collect());
    }
}

/// Sources without a value that could have one.
fn missing(lineage: &Lineage<'_>) -> Option<Safe> {
    let missing: Vec<Safe> = lineage.missing().map(|source| Safe::word(source.label())).collect();
    (!missing.is_empty()).then(|| Safe::concat(&[Safe::word("missing in "), Safe::join(&missing, ", ")]))
}

const WITHHELD: Safe = Safe::word("masked by the service, not compared");

/// Values, each once, with the sources that hold it.
fn groups<'h, 'a>(lineage: &'h Lineage<'a>) -> Vec<(Vec<Source>, &'h Held<'a>)> {
    let mut groups: Vec<(Vec<Source>, &Held<'_>)> = Vec::new();
    for (source, held) in lineage.held() {
        match groups.iter_mut().find(|(_, known)| known.expose() == held.expose()) {
            Some((sources, _)) => sources.push(source),
            None => groups.push((vec![source], held)),
        }
    }
    groups
}

/// Sign and label, and below them how the values go together.
fn name(lineage: &Lineage<'_>) -> Vec<Line> {
    let sign = Line::blank().word(sign(&lineage.state), sign_role(&lineage.state));
    let names = lineage.label.wrap(LABEL).into_iter().enumerate().map(|(at, part)| {
        let start = if at == 0 { sign.clone() } else { Line::blank().word("  ", Role::Plain) };
        start.with(part, Role::Label)
    });
    let mut column: Vec<Line> = names.collect();
    let words = match &lineage.state {
        State::Alike(ways) => Safe::join(&ways.iter().map(|way| Safe::word(way.label())).collect::<Vec<_>>(), ", "),
        State::Differs => Safe::word("differs"),
        State::Unclear => Safe::word(UNCLEAR),
        State::Same | State::Single => return column,
    };
    for part in words.wrap(LABEL) {
        column.push(Line::blank().word("  ", Role::Plain).with(part, sign_role(&lineage.state)));
    }
    column
}

/// Where a value that all agree on comes from: only what is not as expected.
fn where_from(lineage: &Lineage<'_>, sources: &[Source], held: &Held<'_>) -> Vec<Line> {
    let mut chunks = Vec::new();
    if lineage.state == State::Single {
        let names: Vec<Safe> = sources.iter().map(|source| Safe::word(source.label())).collect();
        chunks.push(Line::blank().word("only in ", Role::Dim).with(Safe::join(&names, ", "), Role::Dim));
        if held.withheld {
            chunks.push(Line::blank().with(WITHHELD, Role::Dim));
        }
    } else {
        let all = Safe::of(&format!("in {} sources", sources.len()));
        chunks.push(Line::blank().with(all, Role::Dim));
        chunks.extend(missing(lineage).map(|missing| Line::blank().with(missing, Role::Dim)));
    }
    chunks
}

/// Confidence and acceptance of what was read.
fn confidence(sheet: &Sheet<'_>, lineage: &Lineage<'_>) -> Option<Line> {
    let mut line = Line::blank();
    if let Some(score) = &lineage.score {
        line =
            line.with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain).with(sheet.shown(score), Role::Plain);
    }
    if lineage.is_refused() {
        let gap = if line.width() > 0 { " " } else { "" };
        line = line.word(gap, Role::Plain).word("✗ not accepted", Role::Bad);
    }
    (line.width() > 0).then_some(line)
}

fn score(sheet: &Sheet<'_>, lineage: &Lineage<'_>) -> Vec<Line> {
    let mut column = Vec::new();
    if let Some(score) = &lineage.score {
        // One with more digits stands in full in the list of items.
        let digits = sheet.shown(score).pad_left(SCORE - usize::from(BAR) - 1);
        let bar = Line::blank().with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain);
        column.push(bar.with(digits, Role::Plain));
    }
    if lineage.is_refused() {
        column.push(Line::blank().word("✗ not", Role::Bad));
        column.push(Line::blank().word("  accepted", Role::Bad));
    }
    column
}

const fn sign(state: &State) -> &'static str {
    match state {
        State::Same => "= ",
        State::Alike(_) => "≈ ",
        State::Differs => "≠ ",
        State::Unclear => "? ",
        State::Single => "  ",
    }
}

const fn sign_role(state: &State) -> Role {
    match state {
        State::Alike(_) => Role::Info,
        State::Differs => Role::Bad,
        State::Unclear => Role::Warn,
        State::Same | State::Single => Role::Dim,
    }
}

fn words(state: &State) -> Safe {
    match state {
        State::Same => Safe::word("same"),
        State::Alike(ways) => {
            let ways: Vec<Safe> = ways.iter().map(|way| Safe::word(way.label())).collect();
            Safe::concat(&[Safe::word("same after normalising: "), Safe::join(&ways, ", ")])
        }
        State::Differs => Safe::word("differs"),
        State::Unclear => Safe::word(UNCLEAR),
        State::Single => Safe::word("nothing to compare"),
    }
}

/// The value that counts stands out where something differs.
const fn role(source: Source, lineage: &Lineage<'_>) -> Role {
    match (source, &lineage.state) {
        (Source::Data, State::Differs) => Role::Strong,
        _ => Role::Plain,
    }
}

/// Whether the user revealed a value of a field: then all of them are shown, to be compared.
fn is_revealed(sheet: &Sheet<'_>, lineage: &Lineage<'_>) -> bool {
    let revealed = sheet.look.revealed.as_deref();
    revealed.is_some() && lineage.held().flat_map(|(_, held)| &held.parts).any(|part| Some(part.path()) == revealed)
}

/// Lines of a field: each leads to the value that it shows, or to the first one.
fn push(lines: &mut Lines<'_>, lineage: &Lineage<'_>, held: Option<&Held<'_>>, drawn: Vec<Line>) {
    let held = held.or_else(|| lineage.held().next().map(|(_, held)| held));
    let anchor: Option<&Field<'_>> = held.and_then(|held| held.parts.first()).or(lineage.score.as_ref());
    let is_trouble = matches!(lineage.state, State::Differs | State::Unclear) || lineage.is_refused();
    for (at, line) in drawn.into_iter().enumerate() {
        let mut line = anchor.map_or_else(|| TabLine::from(line.clone()), |field| TabLine::of(line.clone(), field));
        // One stop a field: the line that names it.
        if at == 0 && is_trouble && line.line.text().starts_with(sign(&lineage.state)) {
            line = line.troubled(Trouble::Error);
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
