//! Where each field's value comes from: read, recognised, reviewed, final; and whether these say the same.
//!
//! This file owns what the tab is made of. Comparing is done in [`provenance`](crate::submission::provenance).

mod columns;
mod fields;
mod items;
mod marked;

use super::super::lines::Lines;
use super::super::{Sheet, TabLine};
use crate::submission::provenance::{Counts, Provenance, Source};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// The lines of the tab.
pub(super) fn lines(sheet: Sheet<'_>) -> Vec<TabLine> {
    let order = sheet.look.choices.fields;
    let provenance = Provenance::of(sheet.document, sheet.look.mask).ordered(order);
    let mut lines = Lines::new(sheet);
    if provenance.lineages.is_empty() && provenance.rotation.is_none() {
        lines.note(&Safe::word(if sheet.document.is_whole() {
            "No OCR: the answer holds no OCR_raw, ocr or review. Only a check with an ID document has them, and what a \
             project deleted or left out is missing too."
        } else {
            "· not fetched: a list answer leaves OCR_raw, ocr and review out. The single answer compares here what was \
             read, recognised, reviewed by the applicant and kept."
        }));
        return lines.finish();
    }
    counts(&mut lines, provenance.counts(), sheet.look.columns);
    sources(&mut lines, provenance.sent);
    lines.heading(Safe::concat(&[Safe::word("Fields, "), Safe::word(order.label())]));
    if sheet.look.columns >= fields::WIDE {
        fields::table(&mut lines, &sheet, &provenance);
    } else {
        fields::stacked(&mut lines, &sheet, &provenance);
    }
    if provenance.more > 0 {
        let words = format!("{} more are not compared; the JSON tab holds them.", provenance.more);
        lines.note(&Safe::of(&words));
    }
    items::list(&mut lines, &sheet, &provenance);
    lines.push(Line::blank());
    lines.note(&Safe::word(
        "= the same · ≈ the same but for what is named · ≠ differs, ^ marks where (case, width and spacing are not \
         marked) · – no value there",
    ));
    lines.finish()
}

/// What a reviewer wants to know first.
fn counts(lines: &mut Lines<'_>, counts: Counts, columns: usize) {
    let Counts { differ, alike, same, unclear, single, refused } = counts;
    let parts = [
        (differ, if differ == 1 { "differs" } else { "differ" }, Role::Bad),
        (alike, "same after normalising", Role::Plain),
        (same, "same", Role::Plain),
        (unclear, "too long to compare", Role::Warn),
        (single, "without a second value", Role::Dim),
        (refused, "read but not accepted", Role::Warn),
    ];
    let mut line = Line::blank();
    for (number, words, role) in parts {
        // That nothing differs is worth a word, that nothing is alone is not.
        if number == 0 && !matches!(words, "differ" | "same") {
            continue;
        }
        let role = if number == 0 { Role::Dim } else { role };
        let part = Safe::of(&format!("{number} {words}"));
        if line.width() > 0 && line.width() + 3 + part.width() > columns {
            lines.push(std::mem::take(&mut line));
        } else if line.width() > 0 {
            line = line.word(" · ", Role::Dim);
        }
        line = line.with(part, role);
    }
    lines.push(line);
}

/// Which sources were not sent at all, so that no field says so again.
fn sources(lines: &mut Lines<'_>, sent: [bool; 4]) {
    let lacking: Vec<Safe> = Source::ALL
        .into_iter()
        .zip(sent)
        .filter(|(_, sent)| !sent)
        .map(|(source, _)| {
            Safe::concat(&[Safe::word(source.label()), Safe::word(" ("), Safe::word(source.path()), Safe::word(")")])
        })
        .collect();
    if !lacking.is_empty() {
        lines.note(&Safe::concat(&[Safe::word("not sent: "), Safe::join(&lacking, ", ")]));
    }
}

#[cfg(test)]
mod tests;
