//! What the list answer says otherwise than the single answer that is shown.

use super::super::super::Trouble;
use super::entry::Entries;
use crate::submission::{Document, shown};
use crate::text::{Safe, grouped};
use crate::ui::{Line, Role};

/// Where the Summary leads to. No field has this path: a key like it would be written in quotes.
pub(in super::super) const PLACE: &str = "[(list answer)]";

/// Every difference with both values; nothing where there is none, or only one of the answers.
pub(super) fn section(entries: &mut Entries<'_>) {
    let sheet = entries.sheet;
    let Some(list) = sheet.list else { return };
    let differences = &list.differences;
    if differences.count() + differences.unread == 0 {
        return;
    }
    entries.lines.heading(Safe::word("The list answer says otherwise"));
    entries.lines.note(&Safe::word(if list.newer {
        "It came after the single answer, which the other tabs show: the submission may have changed since."
    } else {
        "It came before the single answer, which the other tabs show."
    }));
    for (at, difference) in differences.each.iter().enumerate() {
        let from = entries.lines.len();
        let shown = |document: &Document, path: &str| {
            document.field(path).map_or(Safe::word("–"), |field| sheet.shown(&field))
        };
        let name = list.document.field(&difference.list).map(|field| shown::path(&field, sheet.look.mask));
        let name = Safe::of(&name.unwrap_or_default());
        entries.lines.push(Line::blank().with(name, Role::Label).fit(sheet.look.columns));
        let single = difference.single.as_ref().map_or(Safe::word("–"), |path| shown(sheet.document, path));
        entries.lines.text(Safe::word("  list"), shown(&list.document, &difference.list), Role::Warn);
        entries.lines.text(Safe::word("  single"), single, Role::Plain);
        entries.lines.each_from(from, |line| line.path = Some(format!("{PLACE}[{at}]")));
        entries.lines.trouble(from, Trouble::Error);
    }
    if differences.unread > 0 {
        let words = format!("{} values are not compared: too large to be read whole", grouped(differences.unread));
        entries.lines.note(&Safe::of(&words));
    }
    if differences.more > 0 {
        entries.lines.note(&Safe::of(&format!("… and {} more", differences.more)));
    }
}
