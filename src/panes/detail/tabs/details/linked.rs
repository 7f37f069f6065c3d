//! Submissions that belong to this one: Enter shows them, Backspace comes back.

use super::super::super::{Jump, Relative, TabLine};
use super::entry::Entries;
use crate::submission::shown;
use crate::text::Safe;
use crate::time::Zone;
use crate::ui::{Line, Role};

/// Columns of an id, as long as the documentation's longest.
const ID: usize = 18;
/// Columns of a status.
const STATUS: usize = 10;

/// Where the Summary leads to. No field has this path: a key like it would be written in quotes.
pub(in super::super) const PLACE: &str = "[(linked)]";

/// Every relative with what the list knows of it, and below it by what it belongs here.
pub(super) fn section(entries: &mut Entries<'_>) {
    let relatives = entries.sheet.relatives;
    if relatives.each.is_empty() {
        return;
    }
    entries.lines.heading(Safe::word("Linked submissions"));
    let known = relatives.each.iter().filter_map(|relative| relative.known.as_ref());
    let zone = entries.sheet.look.zone.showing(known.filter_map(|known| known.created));
    for (at, relative) in relatives.each.iter().enumerate() {
        one(entries, at, relative, &zone);
    }
    if relatives.more > 0 {
        entries.lines.note(&Safe::of(&format!("… and {} more", relatives.more)));
    }
    let scope = [
        Safe::word("Looked through what is loaded: "),
        relatives.scope.clone(),
        Safe::word(". A token, an IP address and an applicant are known where an answer carries them."),
    ];
    entries.lines.note(&Safe::concat(&scope));
}

/// Lets the ids that the service names as duplicates lead to their submissions, from the line at `from` on.
pub(super) fn lead(entries: &mut Entries<'_>, from: usize) {
    let document = entries.sheet.document;
    let own = document.text("submission_id");
    entries.lines.each_from(from, |line: &mut TabLine| {
        let named = line
            .path
            .as_deref()
            .filter(|path| path.starts_with("duplicated_users") || path.starts_with("duplicated_selfie_users"));
        let id = named.and_then(|path| document.text(path)).filter(|id| !id.is_empty() && Some(*id) != own);
        line.jump = id.map(|id| Jump::Submission(id.into()));
    });
}

fn one(entries: &mut Entries<'_>, at: usize, relative: &Relative, zone: &Zone) {
    let sheet = entries.sheet;
    let mask = sheet.look.mask;
    let mut line = Line::blank()
        .word("→ ", Role::Info)
        .with(shown::text(&relative.id, relative.id_class, mask).pad(ID), Role::Strong);
    line = match &relative.known {
        Some(known) => {
            let created = known.created.map_or(Safe::word("–"), |at| zone.short(at));
            let name = if known.name.text().is_empty() { Safe::word("–") } else { known.name.shown(mask) };
            line.word(" ", Role::Plain)
                .with(created.pad(zone.short_width()), Role::Plain)
                .word(" ", Role::Plain)
                .with(known.status.shown(mask).pad(STATUS), Role::Plain)
                .word(" ", Role::Plain)
                .with(name, Role::Plain)
        }
        None => line.word(" ", Role::Plain).word("not loaded here; Enter fetches it", Role::Dim),
    };
    let from = entries.lines.len();
    entries.lines.wrapped(line);
    let ties: Vec<Safe> = relative.ties.each().map(|tie| Safe::word(tie.label())).collect();
    let columns = sheet.look.columns.saturating_sub(2).max(1);
    for part in Safe::join(&ties, " · ").wrap(columns) {
        entries.lines.push(Line::blank().word("  ", Role::Plain).with(part, Role::Dim));
    }
    entries.lines.each_from(from, |line: &mut TabLine| {
        line.path = Some(format!("{PLACE}[{at}]"));
        line.jump = Some(Jump::Submission(relative.id.clone()));
    });
}
