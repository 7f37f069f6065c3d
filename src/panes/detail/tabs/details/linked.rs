//! The section of the Details tab with the linked submissions. On the line of a linked submission, the Enter key shows
//! this submission. The Backspace key then returns to the previous submission.

use super::super::super::{Anchor, FullRecord, Jump, Relative, TabLine};
use super::entry::DetailsEntries;
use crate::submission::masking;
use crate::text::{Safe, grouped};
use crate::time::Zone;
use crate::ui::{Line, Role, indent, wrap};

/// Width in columns of a submission id. The longest documented id is this long.
const ID: usize = 18;
/// Width in columns of the status of a submission.
const STATUS: usize = 10;

/// Adds every submission that is linked to the shown submission: its values in the list, and the kinds of links, such
/// as the same face.
pub(super) fn section(entries: &mut DetailsEntries<'_>) {
    let relatives = entries.context.relatives;
    if relatives.listed.is_empty() {
        return;
    }
    entries.lines.heading(Safe::from_static("Linked submissions"));
    let known = relatives.listed.iter().filter_map(|relative| relative.known.as_ref());
    let zone = entries.context.options.zone.showing(known.filter_map(|known| known.created));
    for (at, relative) in relatives.listed.iter().enumerate() {
        one(entries, at, relative, &zone);
    }
    if relatives.not_listed > 0 {
        let at_least = if relatives.has_uncounted { "at least " } else { "" };
        entries.lines.sentence(&Safe::sanitize(&format!("… and {at_least}{} more", grouped(relatives.not_listed))));
    }
    let scope = [
        Safe::from_static("Compared with the loaded submissions only: "),
        relatives.scope.clone(),
        Safe::from_static(". Token, IP address and applicant id are compared only where they are loaded."),
    ];
    entries.lines.sentence(&Safe::concat(&scope));
}

/// Sets the target of the Enter key for the ids that the service reports as duplicates: each line with such an id leads
/// to the submission with this id. Only the lines from index `from` to the last line are changed.
pub(super) fn link_duplicates(entries: &mut DetailsEntries<'_>, from: usize) {
    let document = entries.context.document;
    let own = document.text("submission_id");
    entries.lines.change_from(from, |line: &mut TabLine| {
        let named = line
            .path()
            .filter(|path| path.starts_with("duplicated_users") || path.starts_with("duplicated_selfie_users"));
        let id = named.and_then(|path| document.text(path)).filter(|id| !id.is_empty() && Some(*id) != own);
        line.jump = id.map(|id| Jump::Submission(id.into()));
    });
}

fn one(entries: &mut DetailsEntries<'_>, index: usize, relative: &Relative, zone: &Zone) {
    let context = entries.context;
    let mask = context.options.mask;
    let id = masking::text(&relative.id, relative.id_class, mask);
    let line = Line::new().word("→ ", Role::Info).column(&id, Role::Strong, ID);
    let line = match &relative.known {
        Some(known) => {
            let created = known.created.map_or(Safe::from_static("–"), |index| zone.short(index));
            let name = if known.name.text().is_empty() { Safe::from_static("–") } else { known.name.masked(mask) };
            line.column(&created, Role::Plain, zone.short_width())
                .column(&known.status.masked(mask), Role::Plain, STATUS)
                .with(name, Role::Plain)
        }
        None if context.full_record == FullRecord::NotInFile => {
            line.word("not loaded; offline, nothing is fetched", Role::Dim)
        }
        None => line.word("not loaded; fetched when opened", Role::Dim),
    };
    let from = entries.lines.len();
    entries.lines.wrapped_line(line);
    let links: Vec<Safe> = relative.links.each().map(|tie| Safe::from_static(tie.label())).collect();
    let room = context.options.columns.saturating_sub(2);
    entries.lines.extend(indent(wrap(&Safe::join(&links, " · "), room, Role::Dim), 2));
    entries.lines.change_from(from, |line: &mut TabLine| {
        line.anchor = Some(Anchor::Linked(index));
        line.jump = Some(Jump::Submission(relative.id.clone()));
    });
}
