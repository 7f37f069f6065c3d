//! What the OCR says of its items: confidence, whether accepted, and where they stand in the image.

use super::super::super::lines::TabLines;
use super::super::super::{TabContext, TabLine};
use crate::submission::Field;
use crate::submission::provenance::{FieldOrder, OcrItem, Provenance};
use crate::text::Safe;
use crate::ui::{Line, Role, bar};

/// Columns of a bar.
const BAR: u8 = 10;

/// Columns of the name of an item.
const NAME: usize = 18;

/// Corners of one box that are shown; the documentation knows four.
const CORNERS: usize = 40;

/// Rotation and items.
pub(super) fn list(lines: &mut TabLines<'_>, context: &TabContext<'_>, provenance: &Provenance<'_>) {
    if provenance.rotation.is_none() && provenance.items.is_empty() {
        return;
    }
    lines.heading(Safe::word(match context.options.choices.fields {
        FieldOrder::Document => "OCR items, in the order sent",
        FieldOrder::Confidence => "OCR items, lowest confidence first",
    }));
    if let Some(rotation) = &provenance.rotation {
        lines.field(rotation);
    }
    if !provenance.items.is_empty() {
        lines.note(&Safe::word("Confidence 0 to 100, whether the value was accepted, corners in the image."));
    }
    let scores =
        provenance.items.iter().filter_map(|item| item.score.as_ref()).map(|score| context.shown(score).width());
    let score = scores.max().unwrap_or_default().clamp(3, 10);
    for item in &provenance.items {
        one(lines, context, item, score);
    }
}

fn one(lines: &mut TabLines<'_>, context: &TabContext<'_>, item: &OcrItem<'_>, score_width: usize) {
    let columns = context.options.columns;
    let name = NAME.min(columns / 3);
    let anchor = item.score.as_ref().or(item.accepted.as_ref()).or(item.value.as_ref());
    let mut push = |line: Line| match anchor {
        Some(field) => lines.push(TabLine::of(line, field)),
        None => lines.push(line),
    };
    let mut names = item.name.wrap(name);
    let last = names.pop().unwrap_or_default();
    names.into_iter().for_each(|part| push(Line::blank().with(part, Role::Label)));
    let mut line = Line::blank().with(last.pad(name + 1), Role::Label);
    line = match &item.score {
        Some(score) => {
            let shown = context.shown(score);
            let line = line.with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain);
            let room = columns.saturating_sub(line.width());
            if shown.width() <= room {
                line.with(shown.pad_left(shown.width().max(score_width).min(room)), Role::Plain)
            } else {
                // No score, but what was sent for one: it stands below, as sent.
                push(line);
                let indent = Safe::default().pad((name + 1).min(columns / 3));
                let below = |part| Line::blank().with(indent.clone(), Role::Plain).with(part, Role::Plain);
                shown.wrap(columns.saturating_sub(indent.width()).max(1)).into_iter().map(below).for_each(&mut push);
                Line::blank().with(indent.clone(), Role::Plain)
            }
        }
        None => line.with(Safe::word("no score").pad(usize::from(BAR) + 1 + score_width), Role::Dim),
    };
    let accepted = match item.accepted.as_ref().map(|accepted| (accepted.text(), context.shown(accepted))) {
        Some((Some("true"), _)) => Line::blank().word("✓ accepted: true", Role::Good),
        Some((Some("false"), _)) => Line::blank().word("✗ accepted: false", Role::Bad),
        Some((_, other)) => {
            let room = columns.saturating_sub(columns / 3 + "accepted: ".len());
            Line::blank().word("accepted: ", Role::Warn).with(other.fit(room), Role::Warn)
        }
        None => Line::blank().word("accepted: –", Role::Dim),
    };
    if line.width() + 2 + accepted.width() > columns {
        push(line);
        line = Line::blank().with(Safe::default().pad((name + 1).min(columns / 3)), Role::Plain);
    } else {
        line = line.word("  ", Role::Plain);
    }
    line.pieces.extend(accepted.pieces);
    push(line);
    corners(lines, context, item, name);
}

/// The corners of the box as sent, as many and under the names as they came.
fn corners(lines: &mut TabLines<'_>, context: &TabContext<'_>, item: &OcrItem<'_>, indent: usize) {
    let Some(coordinates) = &item.coordinates else { return };
    let corners = coordinates.members();
    if corners.is_empty() {
        return;
    }
    let indent = (indent + 1).min(context.options.columns / 3);
    let member = |corner: &Field<'_>, key| corner.child(key).map_or(Safe::word("–"), |field| context.shown(&field));
    let parts = corners.iter().take(CORNERS).map(|(name, corner)| {
        Safe::concat(&[name.safe(), Safe::word(" "), member(corner, "x"), Safe::word(","), member(corner, "y")])
    });
    let mut parts: Vec<Safe> = parts.collect();
    if let Some(more) = corners.len().checked_sub(CORNERS).filter(|more| *more > 0) {
        parts.push(Safe::of(&format!("and {more} more")));
    }
    let room = context.options.columns.saturating_sub(indent).max(1);
    // A corner is not torn from its name where it fits on a line.
    let mut rows: Vec<Safe> = Vec::new();
    for part in parts {
        match rows.last_mut() {
            Some(row) if row.width() + 2 + part.width() <= room => {
                *row = Safe::join(&[std::mem::take(row), part], "  ");
            }
            _ => rows.extend(part.wrap(room)),
        }
    }
    for (at, part) in rows.into_iter().enumerate() {
        let label = Safe::word(if at == 0 { "corners x,y" } else { "" });
        let line = Line::blank().with(label.pad(indent), Role::Dim).with(part, Role::Dim);
        lines.push(TabLine::of(line, coordinates));
    }
}

/// A bar for a confidence of 0 to 100; blank for what is no such number.
pub(super) fn score_bar(score: &Field<'_>, columns: u8) -> Safe {
    let known = score.number().filter(|number| (0.0..=100.0).contains(number));
    known.map_or_else(|| Safe::default().pad(usize::from(columns)), |number| bar(number / 100.0, columns))
}
