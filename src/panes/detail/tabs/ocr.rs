//! The OCR tab: the value of each field from its four sources (raw OCR, OCR, reviewed and final data), and whether
//! these values agree.
//!
//! The values are compared in [`provenance`](crate::submission::provenance).

mod fields;
mod items;

use super::super::lines::TabLines;
use super::super::{TabContext, TabLine};
use crate::submission::provenance::{AgreementCounts, FieldSource, Provenance};
use crate::text::Safe;
use crate::ui::{Line, Piece, Role};

/// Number of levels that are open in this tab before the user opens or closes a part. Since it is 0, the corner points
/// of the texts in the image are hidden at first.
pub(super) const OPEN_LEVELS: usize = 0;

/// Returns the lines of the OCR tab for the submission in `context`.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let order = context.options.choices.fields;
    let provenance = Provenance::of(context.document, context.options.mask).ordered(order);
    let mut lines = TabLines::new(context);
    if provenance.fields.is_empty() && provenance.rotation.is_none() {
        lines.sentence(&Safe::from_static(if context.document.is_full_record() {
            "No OCR: the answer has no OCR_raw, ocr or review. Only checks with an ID document have OCR, and a project may \
             delete it or leave it out."
        } else {
            context.not_contained(
                "· Not fetched: OCR_raw, ocr and review come with the full record.",
                "· Not fetched: the file holds no OCR_raw, ocr or review for this submission.",
            )
        }));
        return lines.finish();
    }
    counts(&mut lines, provenance.counts(), provenance.sent);
    sources(&mut lines, provenance.sent);
    lines.heading(Safe::concat(&[Safe::from_static("Fields, "), Safe::from_static(order.label())]));
    if context.options.columns >= fields::MIN_TABLE {
        fields::table(&mut lines, context, &provenance);
    } else {
        fields::stacked(&mut lines, context, &provenance);
    }
    if provenance.more > 0 {
        let words = format!("{} more are not compared; the JSON tab holds them.", provenance.more);
        lines.sentence(&Safe::sanitize(&words));
    }
    items::list(&mut lines, context, &provenance);
    lines.blank();
    lines.sentence(&Safe::from_static(
        "= same value · ≈ equivalent: only the form differs (how: in brackets) · ≠ differs: ^ marks where, \
         apart from upper/lower case, full/half width, spacing and punctuation · – no value there",
    ));
    lines.finish()
}

/// Adds a line that names the compared sources, and the number of fields for each result of comparing their values, such
/// as "3 differ". The compared values of a field are those in `OCR_raw`, `ocr`, `review` and `data`; `sent` says which of
/// these the submission contains.
fn counts(out: &mut TabLines<'_>, counts: AgreementCounts, sent: [bool; 4]) {
    let AgreementCounts { differ, equivalent, same, unclear, single, refused } = counts;
    let count = |number: usize, words: &str, role: Role| {
        Piece::new(Safe::sanitize(&format!("{number} {words}")), if number == 0 { Role::Dim } else { role })
    };
    let some = |number: usize, words, role| (number > 0).then(|| count(number, words, role));
    let sources = FieldSource::ALL.into_iter().zip(sent).filter(|(_, sent)| *sent);
    let names: Vec<Safe> = sources.map(|(source, _)| Safe::from_static(source.label())).collect();
    if names.len() > 1 {
        let names = Safe::concat(&[Safe::from_static("Compared: "), Safe::join(&names, ", ")]);
        out.wrapped_line(Line::new().with(names, Role::Dim));
    }
    let pieces = [
        // That nothing differs is worth saying; that nothing is alone is not.
        Some(count(differ, if differ == 1 { "field differs" } else { "fields differ" }, Role::Bad)),
        some(equivalent, "equivalent (form differs)", Role::Plain),
        Some(count(same, "same", Role::Plain)),
        some(unclear, "cannot be compared", Role::Warn),
        some(single, "in one source only", Role::Dim),
        some(refused, "read, not accepted", Role::Warn),
    ];
    out.inline_list(pieces.into_iter().flatten());
}

/// Adds a sentence that names those of a field's four sources (`OCR_raw`, `ocr`, `review` and `data`) that the
/// submission does not contain. The lines of the fields then need not repeat this. `sent` says for each source whether
/// the submission contains it.
fn sources(lines: &mut TabLines<'_>, sent: [bool; 4]) {
    let lacking: Vec<Safe> = FieldSource::ALL
        .into_iter()
        .zip(sent)
        .filter(|(_, sent)| !sent)
        .map(|(source, _)| {
            Safe::concat(&[
                Safe::from_static(source.label()),
                Safe::from_static(" ("),
                Safe::from_static(source.path()),
                Safe::from_static(")"),
            ])
        })
        .collect();
    if !lacking.is_empty() {
        lines.sentence(&Safe::concat(&[Safe::from_static("not sent: "), Safe::join(&lacking, ", ")]));
    }
}

#[cfg(test)]
mod tests;
