//! The Details tab: every field that no other tab shows (person, document, address, forms, images, links, memo,
//! project), and undocumented fields.
//!
//! A table of documented paths gives the order of the fields ([`sections`]). Documented paths that are not in the table
//! follow after its sections. Undocumented fields are last. Therefore the tabs show every field of an answer.

mod answers;
mod blocks;
mod entry;
mod linked;
mod sections;
mod unknown;

use super::super::{TabContext, TabLine};
use crate::submission::undocumented::Undocumented;
use crate::text::Safe;
use entry::DetailsEntries;
use sections::{DetailsSection, SECTIONS, SectionKind, unlisted_paths};

/// Number of levels of an undocumented value's tree that are open until the user opens or closes a part.
pub(super) const OPEN_LEVELS: usize = 2;

/// Returns the lines of the Details tab for the submission in `context`.
pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut entries = DetailsEntries::new(context);
    let survey = Undocumented::of(context.document);
    unknown::repeated(&mut entries, &survey);
    answers::section(&mut entries);
    let forgotten = unlisted_paths();
    let rest = DetailsSection { kind: SectionKind::Fields, title: "More", paths: &forgotten };
    let mut absent = Vec::new();
    for section in SECTIONS.iter().chain([&rest]) {
        let (before, from) = (entries.len(), entries.lines.len());
        match section.kind {
            SectionKind::Images => blocks::images(&mut entries, section),
            SectionKind::Forms => blocks::forms(&mut entries, section),
            SectionKind::Memo => blocks::memo(&mut entries, section),
            SectionKind::Fields => entries.section(section),
            SectionKind::Duplicates => {
                entries.section(section);
                linked::link_duplicates(&mut entries, from);
                linked::section(&mut entries);
            }
        }
        if entries.len() == before && !section.paths.is_empty() {
            absent.push(Safe::from_static(section.title));
        }
    }
    unknown::undocumented(&mut entries, &survey);
    if !absent.is_empty() {
        let (title, words) = if context.document.is_full_record() {
            ("Not sent", "not in the answer: ")
        } else {
            let words = context.not_contained("· not fetched, lists leave them out: ", "· not in the file: ");
            ("Not fetched", words)
        };
        entries.lines.heading(Safe::from_static(title));
        let text = Safe::concat(&[Safe::from_static(words), Safe::join(&absent, ", ")]);
        entries.lines.sentence(&text);
    }
    entries.lines.finish()
}

#[cfg(test)]
mod tests;
