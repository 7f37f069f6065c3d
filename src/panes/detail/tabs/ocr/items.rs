//! The OCR items (the texts that the OCR read in the image). For each item: the confidence, whether the service
//! accepted it, and its corners in the image.

use super::super::super::lines::TabLines;
use super::super::super::{Anchor, TabContext, TabLine};
use crate::submission::Field;
use crate::submission::assessment::Judgement;
use crate::submission::provenance::{FieldOrder, OcrItem, Provenance};
use crate::text::{Safe, Untrusted};
use crate::ui::{Line, Role, indent, percent_bar, side_by_side, spaced_list, wrap};

/// Width in columns of the bar for the confidence of an OCR item.
const BAR: u8 = 10;

/// Width in columns of the name of an OCR item.
const NAME: usize = 18;

/// Maximum number of corners that are shown for one OCR item. The documentation names four corners.
const MAX_CORNERS: usize = 40;

/// Adds a section with the rotation of the document image and the texts that the OCR read in this image (the items of
/// `OCR_raw`). Adds nothing if there is neither a rotation nor such a text.
pub(super) fn list(out: &mut TabLines<'_>, context: TabContext<'_>, provenance: &Provenance<'_>) {
    if provenance.rotation.is_none() && provenance.items.is_empty() {
        return;
    }
    out.heading(Safe::from_static(match context.options.choices.fields {
        FieldOrder::Document => "OCR items, in the order sent",
        FieldOrder::Confidence => "OCR items, lowest confidence first",
    }));
    if let Some(rotation) = &provenance.rotation {
        out.field(rotation);
    }
    if !provenance.items.is_empty() {
        out.sentence(&Safe::from_static("Confidence 0 to 100, and whether the value was accepted."));
    }
    let scores = provenance.items.iter().filter_map(|item| item.score.as_ref());
    let digits = scores.map(|score| context.masked_value(score).width()).max().unwrap_or_default().clamp(3, 10);
    for item in &provenance.items {
        let mut lines = scored(context, item, digits);
        let accepted = accepted(context, item);
        let columns = context.options.columns;
        match lines.last_mut() {
            Some(last) if last.width() + 2 + accepted.width() <= columns => {
                *last = std::mem::take(last).word("  ", Role::Plain).with_line(accepted);
            }
            _ => lines.push(Line::indent(below(columns)).with_line(accepted)),
        }
        match item.score.as_ref().or(item.accepted.as_ref()).or(item.value.as_ref()) {
            Some(field) => out.extend_of(field, lines),
            None => out.extend(lines),
        }
    }
    corners(out, context, &provenance.items);
}

/// Returns the indent in columns of the text below the name of an OCR item. `columns` is the width of the pane.
fn below(columns: usize) -> usize {
    (NAME + 1).min(columns / 3)
}

/// Returns the lines with the name of an OCR item and its confidence score. `digits` is the minimum width in columns
/// for the score.
fn scored(context: TabContext<'_>, item: &OcrItem<'_>, digits: usize) -> Vec<Line> {
    let columns = context.options.columns;
    let width = NAME.min(columns / 3);
    let mut names = item.name.wrap(width);
    let last = names.pop().unwrap_or_default().pad(width + 1);
    let name = Line::new().with(last, Role::Label);
    let mut lines: Vec<Line> = names.into_iter().map(|part| Line::new().with(part, Role::Label)).collect();
    let Some(score) = &item.score else {
        let missing = Safe::from_static("no score").pad(usize::from(BAR) + 1 + digits);
        lines.push(name.with(missing, Role::Dim));
        return lines;
    };
    let shown = context.masked_value(score);
    let name = name.with(score_bar(score, BAR), Role::Info).word(" ", Role::Plain);
    let room = columns.saturating_sub(name.width());
    if shown.width() <= room {
        lines.push(name.with(shown.pad_left(shown.width().max(digits).min(room)), Role::Plain));
    } else {
        // Not a score, but what was sent for one: below, as sent.
        let left = below(columns);
        lines.push(name);
        lines.extend(indent(wrap(&shown, columns.saturating_sub(left), Role::Plain), left));
        lines.push(Line::indent(left));
    }
    lines
}

/// Returns the words that say whether the service accepted an OCR item, as in `✓ accepted: true`.
fn accepted(context: TabContext<'_>, item: &OcrItem<'_>) -> Line {
    let Some(accepted) = &item.accepted else { return Line::new().word("accepted: –", Role::Dim) };
    match accepted.judgement() {
        Some(Judgement::Passed) => Line::new().word("✓ accepted: true", Role::Good),
        Some(Judgement::NotPassed) => Line::new().word("✗ accepted: false", Role::Bad),
        _ => {
            let columns = context.options.columns;
            let room = columns.saturating_sub(columns / 3 + "accepted: ".len());
            Line::new().word("accepted: ", Role::Warn).with(context.masked_value(accepted).fit(room), Role::Warn)
        }
    }
}

/// Adds the coordinates of the corners of each OCR item in the image of the document. They are hidden until the user
/// opens them, since they are rarely needed.
fn corners(out: &mut TabLines<'_>, context: TabContext<'_>, items: &[OcrItem<'_>]) {
    let boxes: Vec<(&OcrItem<'_>, &Field<'_>)> = items
        .iter()
        .filter_map(|item| Some((item, item.coordinates.as_ref().filter(|field| !field.members().is_empty())?)))
        .collect();
    let Some(block) = context.document.field("OCR_raw").filter(|_| !boxes.is_empty()) else { return };
    let is_open = context.folds.is_open(&Anchor::from(&block), 0, false);
    let sign = if is_open { "▾" } else { "▸" };
    let count = boxes.len();
    let title = format!("{sign} Corners x,y in the image: {count} {}", if count == 1 { "item" } else { "items" });
    out.blank();
    let line = Line::new().with(Safe::sanitize(&title), Role::Title).fit(context.options.columns);
    out.push(TabLine { open: Some(is_open), private: false, ..TabLine::of(line, &block) });
    for (item, coordinates) in boxes.into_iter().filter(|_| is_open) {
        corners_of(out, context, item, coordinates);
    }
}

/// Adds the corners of one OCR item in the image, with their coordinates and their names as sent. At most
/// [`MAX_CORNERS`] corners are added. `coordinates` is the field that holds them.
fn corners_of(out: &mut TabLines<'_>, context: TabContext<'_>, item: &OcrItem<'_>, coordinates: &Field<'_>) {
    let corners = coordinates.members();
    let member = |corner: &Field<'_>, key| {
        corner.child(key).map_or(Safe::from_static("–"), |field| context.masked_value(&field))
    };
    let corner = |(_, corner): &(&Untrusted, Field<'_>)| {
        let name = context.key(corner);
        Safe::concat(&[name, Safe::from_static(" "), member(corner, "x"), Safe::from_static(","), member(corner, "y")])
    };
    let mut shown: Vec<Safe> = corners.iter().take(MAX_CORNERS).map(corner).collect();
    if let Some(more) = corners.len().checked_sub(MAX_CORNERS).filter(|more| *more > 0) {
        shown.push(Safe::sanitize(&format!("and {more} more")));
    }
    let left = below(context.options.columns);
    let room = context.options.columns.saturating_sub(left).max(1);
    let label = wrap(&item.name, left.saturating_sub(1), Role::Label);
    out.extend_of(coordinates, side_by_side(vec![(left, label), (room, spaced_list(shown, Role::Dim, room))]));
}

/// Returns a bar for the confidence `score` of 0 to 100; `columns` is the width of the bar. For any other value,
/// returns blanks of this width.
pub(super) fn score_bar(score: &Field<'_>, columns: u8) -> Safe {
    let bar = score.number().and_then(|number| percent_bar(number, columns));
    bar.unwrap_or_else(|| Safe::default().pad(usize::from(columns)))
}
