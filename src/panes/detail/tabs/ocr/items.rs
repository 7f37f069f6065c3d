//! What the OCR says of its items: confidence, whether accepted, and where they stand in the image.

use super::super::super::lines::Lines;
use super::super::super::{Sheet, TabLine};
use crate::submission::Field;
use crate::submission::provenance::{Item, Order, Provenance};
use crate::submission::words;
use crate::text::Safe;
use crate::ui::{Line, Role, bar};

/// Columns of a bar.
const BAR: u8 = 10;

/// Columns of the name of an item.
const NAME: usize = 18;

/// Corners of one box that are shown; the documentation knows four.
const CORNERS: usize = 40;

/// Rotation and items.
pub(super) fn list(lines: &mut Lines<'_>, sheet: &Sheet<'_>, provenance: &Provenance<'_>) {
    if provenance.rotation.is_none() && provenance.items.is_empty() {
        return;
    }
    lines.heading(Safe::word(match sheet.look.choices.fields {
        Order::Document => "OCR items, in the order sent",
        Order::Confidence => "OCR items, lowest confidence first",
    }));
    if let Some(rotation) = &provenance.rotation {
        lines.field(rotation);
    }
    if !provenance.items.is_empty() {
        lines.note(&Safe::word("Confidence 0 to 100, whether the value was accepted, corners in the image."));
    }
    let scores = provenance.items.iter().filter_map(|item| item.score.as_ref()).map(|score| sheet.shown(score).width());
    let score = scores.max().unwrap_or_default().clamp(3, 10);
    for item in &provenance.items {
        one(lines, sheet, item, score);
    }
}

fn one(lines: &mut Lines<'_>, sheet: &Sheet<'_>, item: &Item<'_>, score_width: usize) {
    let columns = sheet.look.columns;
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
            let shown = sheet.shown(score);
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
    let said = |accepted: &Field<'_>| accepted.text().and_then(words::truth);
    let accepted = match item.accepted.as_ref().map(|accepted| (said(accepted), sheet.shown(accepted))) {
        Some((Some(true), _)) => Line::blank().word("✓ accepted: true", Role::Good),
        Some((Some(false), _)) => Line::blank().word("✗ accepted: false", Role::Bad),
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
    corners(lines, sheet, item, name);
}

/// The corners of the box as sent, as many and under the names as they came.
fn corners(lines: &mut Lines<'_>, sheet: &Sheet<'_>, item: &Item<'_>, indent: usize) {
    let Some(coordinates) = &item.coordinates else { return };
    let corners = coordinates.members();
    if corners.is_empty() {
        return;
    }
    let indent = (indent + 1).min(sheet.look.columns / 3);
    let member = |corner: &Field<'_>, key| corner.child(key).map_or(Safe::word("–"), |field| sheet.shown(&field));
    let parts = corners.iter().take(CORNERS).map(|(_, corner)| {
        Safe::concat(&[sheet.key(corner), Safe::word(" "), member(corner, "x"), Safe::word(","), member(corner, "y")])
    });
    let mut parts: Vec<Safe> = parts.collect();
    if let Some(more) = corners.len().checked_sub(CORNERS).filter(|more| *more > 0) {
        parts.push(Safe::of(&format!("and {more} more")));
    }
    let room = sheet.look.columns.saturating_sub(indent).max(1);
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
