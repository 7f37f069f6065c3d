//! The section of the Details tab with the differences between the list record and the full record that is shown.

use super::super::super::{Anchor, Landmark};
use super::entry::DetailsEntries;
use crate::submission::{Document, masking};
use crate::text::{Safe, grouped};
use crate::ui::{Line, Role};

/// Adds every difference between the list record (what a page of the list holds about the submission) and the full
/// record, with both values. Does nothing if the records do not differ, or if only one of them is known.
pub(super) fn section(entries: &mut DetailsEntries<'_>) {
    let context = entries.context;
    let Some(list) = context.list else { return };
    let differences = &list.differences;
    if differences.count() + differences.unread == 0 {
        return;
    }
    entries.lines.heading(Safe::from_static("List and full record disagree"));
    entries.lines.sentence(&Safe::from_static(if list.newer {
        "The list data is newer than the full record in the other tabs: the submission may have changed since."
    } else {
        "The list data is older than the full record in the other tabs."
    }));
    for (at, difference) in differences.listed.iter().enumerate() {
        let from = entries.lines.len();
        let shown = |document: &Document, path: &str| {
            document.field(path).map_or(Safe::from_static("–"), |field| context.masked_value(&field))
        };
        let name = list.document.field(&difference.list).map(|field| masking::path(&field, context.options.mask));
        let name = Safe::sanitize(&name.unwrap_or_default());
        entries.lines.push(Line::new().with(name, Role::Label).fit(context.options.columns));
        let single = difference.single.as_ref().map_or(Safe::from_static("–"), |path| shown(context.document, path));
        entries.lines.text(Safe::from_static("  list data"), shown(&list.document, &difference.list), Role::Warn);
        entries.lines.text(Safe::from_static("  full record"), single, Role::Plain);
        entries.lines.change_from(from, |line| line.anchor = Some(Anchor::Difference(at)));
        entries.lines.set_landmark(from, Landmark::Error);
    }
    if differences.unread > 0 {
        let words = format!(
            "{} values are not compared: the submission is too large to read in full",
            grouped(differences.unread)
        );
        entries.lines.sentence(&Safe::sanitize(&words));
    }
    if differences.more > 0 {
        entries.lines.sentence(&Safe::sanitize(&format!("… and {} more", differences.more)));
    }
}
