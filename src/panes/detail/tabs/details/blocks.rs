//! The sections "images", "forms" and "memo" of the Details tab, which contain more than labels and values.

use super::super::raw;
use super::entry::{DetailsEntries, key};
use super::sections::DetailsSection;
use crate::submission::{Field, Node, fields, masking};
use crate::text::Safe;
use crate::ui::Annotation;

/// Adds the images that the shown record names, with their links as sent. A sentence below says that the links cannot
/// be downloaded.
pub(super) fn images(entries: &mut DetailsEntries<'_>, section: &DetailsSection<'_>) {
    let image = entries.context.document.field("image");
    let Some(image) = image.filter(|image| matches!(image.node(), Node::Object(_))) else { return };
    entries.lines.heading(Safe::from_static(section.title));
    let mut present = false;
    for path in section.paths {
        match image.child(key(path)) {
            Some(field) if field.text().is_some_and(|text| !text.is_empty()) => {
                present = true;
                entries.entry(
                    &entries.context.label(&field),
                    &Safe::from_static("✓ present"),
                    &field,
                    Annotation::default(),
                );
                let link = entries.context.masked_value(&field);
                entries.entry(&Safe::default(), &link, &field, Annotation::default());
            }
            Some(field) => entries.field(&field),
            None => {
                let label = fields::documented_field(path).map_or(*path, |known| known.label);
                entries.entry(
                    &Safe::from_static(label),
                    &Safe::from_static("– not present"),
                    &image,
                    Annotation::default(),
                );
            }
        }
    }
    if present {
        let way = entries.context.options.pictures_hint.clone();
        let way = way.unwrap_or(Safe::from_static("Pictures come from GET /image only."));
        entries.lines.sentence(&Safe::join(&[Safe::from_static("These links cannot be downloaded."), way], " "));
    }
}

/// Adds the fields of the form that the customer's project at ARGOS asks for (`additional_list`): the name of each
/// field, the applicant's input and the type.
pub(super) fn forms(entries: &mut DetailsEntries<'_>, section: &DetailsSection<'_>) {
    let mut headed = false;
    for form in entries.at("additional_list") {
        let member = |key| form.child(key).filter(|member: &Field<'_>| member.text().is_some());
        let (answer, input, kind) = (member("answer"), member("inputValue"), member("blockType"));
        let Some(anchor) = input.as_ref().or(answer.as_ref()).or(kind.as_ref()) else { continue };
        if !std::mem::replace(&mut headed, true) {
            entries.lines.heading(Safe::from_static(section.title));
        }
        let label =
            answer.as_ref().map_or(Safe::from_static("(no name)"), |answer| entries.context.masked_value(answer));
        let words =
            kind.as_ref().map(|kind| Safe::concat(&[Safe::from_static("type: "), entries.context.masked_value(kind)]));
        let value = input.as_ref().map_or(Safe::from_static("–"), |input| entries.context.masked_value(input));
        entries.entry(&label, &value, anchor, Annotation::new(words));
    }
}

/// Adds the memo that was written in the dashboard of ARGOS: its text line by line, and the time of its last change.
pub(super) fn memo(entries: &mut DetailsEntries<'_>, section: &DetailsSection<'_>) {
    let mut headed = false;
    for memo in entries.at("memo") {
        let (text, at) = (memo.child("text"), memo.child("updated_at"));
        if (text.is_some() || at.is_some()) && !std::mem::replace(&mut headed, true) {
            entries.lines.heading(Safe::from_static(section.title));
        }
        if let Some(field) = text {
            lines_of(entries, &field);
        }
        if let Some(field) = at {
            entries.field(&field);
        }
    }
}

/// Adds the text of a field line by line. A text of one line, or a text that the mask hides, is added as a normal
/// field.
fn lines_of(entries: &mut DetailsEntries<'_>, field: &Field<'_>) {
    let mask = entries.context.options.mask_of(field);
    let several = field.text().filter(|text| text.contains('\n') && !masking::is_hidden(field, mask));
    let Some(text) = several else { return entries.field(field) };
    let (text, more) = raw::beginning(text);
    for (at, line) in Safe::lines(text).into_iter().chain(more).enumerate() {
        let label = if at == 0 { entries.context.label(field) } else { Safe::default() };
        entries.entry(&label, &line, field, Annotation::default());
    }
}
