//! Rules for submissions that come from a file: nothing is requested, and the whole file is read at the start.

use jiff::Timestamp;

use super::Model;
use crate::api::{Item, Page};
use crate::keys::Action;
use crate::store::{Answer, Listing};
use crate::text::Safe;

/// The file whose submissions the interactive program shows.
#[derive(Clone)]
pub struct OpenedFile {
    /// The name of the file without its folder, or `stdin` for standard input.
    pub name: Safe,
    /// The time at which the file was changed last.
    pub at: Timestamp,
}

/// Notice about a record of a file that was almost JSON and was repaired by this program.
pub(super) const REPAIRED_FILE: Safe =
    Safe::from_static("A record in the file was not valid JSON: it was repaired, and is not shown as written");

impl Model {
    /// Returns whether the submissions come from a file.
    pub(super) const fn is_offline(&self) -> bool {
        self.config.file.is_some()
    }

    /// Shows a notice that says why `action`, such as a refresh, does nothing while the submissions come from a file.
    pub(super) fn notify_offline(&mut self, action: Action) {
        let words = match action {
            Action::Refresh => "Offline: the file was read once; open it again for newer data",
            Action::LoadAll if self.listing.is_loading() => "Offline: the whole file is being read already",
            Action::LoadAll => "Offline: the whole file is loaded, and nothing is requested",
            Action::FetchMissing => "Offline: nothing is requested; what the file lacks is not fetched",
            _ => "Offline: a file is not watched; nothing is requested",
        };
        self.notify(Safe::from_static(words), false);
    }
}

/// Adds `page`, which was read from a file, to `listing`, the loaded submissions. Records of the file that have all
/// fields are also stored as full records. `read_at` is the time when the page was read.
pub(super) fn add_file_page(listing: &mut Listing, page: Page, read_at: Timestamp) {
    let full: Vec<(Box<str>, Answer, _)> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Readable { id, raw, row } if row.carries_all() => {
                Some((id.clone(), Answer::new(raw.clone(), read_at), row.clone()))
            }
            _ => None,
        })
        .collect();
    listing.take(page, read_at);
    for (id, answer, row) in full {
        listing.store.take_single(&id, answer, &row, false);
    }
}
