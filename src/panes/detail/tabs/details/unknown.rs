//! The sections of the Details tab for repeated keys and for undocumented fields.

use super::super::tree::{NodeName, TreeWriter};
use super::OPEN_LEVELS;
use super::entry::DetailsEntries;
use crate::submission::undocumented::Undocumented;
use crate::submission::{Field, Node, masking, webhook};
use crate::text::Safe;
use crate::ui::{Line, Role};

/// Adds the section with the keys that an object of the record contains more than once, with all their values. `survey`
/// lists these keys. The section is the first of the tab, since it is unknown which value of such a key is valid.
pub(super) fn repeated(entries: &mut DetailsEntries<'_>, survey: &Undocumented<'_>) {
    if survey.repeated.is_empty() {
        return;
    }
    entries.lines.heading(Safe::from_static("Keys sent more than once"));
    entries.lines.sentence(&Safe::from_static(
        "An object of the answer holds these keys more than once. The other tabs show the last one; which one the \
         service means, nobody can tell.",
    ));
    for run in survey.repeated.chunk_by(|one, other| one.path() == other.path()) {
        for (at, field) in run.iter().enumerate() {
            value(entries, field, Some(Safe::sanitize(&format!("⚠ {} of {}", at + 1, run.len()))));
        }
    }
    if survey.undocumented.is_empty() {
        left_out(entries, survey);
    }
}

/// Adds the undocumented fields of the record, which `survey` lists. Each field has its own key as label, and the path
/// that leads to it. The documented members of a webhook payload, which the record of a file may contain, have a
/// heading of their own.
pub(super) fn undocumented(entries: &mut DetailsEntries<'_>, survey: &Undocumented<'_>) {
    if survey.undocumented.is_empty() {
        return;
    }
    let has_payload = webhook::has_payload(entries.context.document);
    let (of_webhook, others): (Vec<_>, Vec<_>) =
        survey.undocumented.iter().partition(|field| has_payload && webhook::is_member(field.path()));
    for (title, fields) in [("From the webhook", of_webhook), ("Not in ARGOS's documentation", others)] {
        if !fields.is_empty() {
            entries.lines.heading(Safe::from_static(title));
            fields.iter().for_each(|field| value(entries, field, None));
        }
    }
    left_out(entries, survey);
}

/// Adds a sentence with the number of repeated keys and undocumented fields that the Details tab leaves out. The JSON
/// tab shows them.
fn left_out(entries: &mut DetailsEntries<'_>, survey: &Undocumented<'_>) {
    if survey.more > 0 {
        entries.lines.sentence(&Safe::sanitize(&format!("… and {} more, in the JSON tab", survey.more)));
    }
}

fn value(entries: &mut DetailsEntries<'_>, field: &Field<'_>, words: Option<Safe>) {
    let path = match masking::path(field, entries.context.options.mask) {
        path if path.is_empty() => Safe::from_static("the answer"),
        path => Safe::sanitize(&path),
    };
    if field.is_empty() || !matches!(field.node(), Node::Object(_) | Node::List(_) | Node::Raw(_)) {
        return entries.labelled(&path, field, words);
    }
    if let Some(words) = words {
        entries.lines.push(Line::new().with(words, Role::Warn));
    }
    TreeWriter::new(&mut entries.lines, OPEN_LEVELS).value(NodeName::Words(path), field, 0);
}
