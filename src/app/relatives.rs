//! Relatives of the shown submission: other submissions that its record names, or that share a value with it, such as
//! the IP address.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;

use super::Model;
use crate::kit::Ticket;
use crate::panes::detail::{KnownRelative, Relative, Relatives, Tab};
use crate::store::{Link, Links, Listing, Revision};
use crate::submission::row::{Column, Row};
use crate::submission::{Document, Node};
use crate::text::{Class, Safe};

/// Largest number of relatives (other submissions that are linked to the shown one) in the list of relatives. Further
/// relatives are only counted: the IP address of an office may connect thousands of submissions.
const MAX_RELATIVES: usize = 100;

/// Largest number of ids that are read from one list of duplicate submissions in a full record, such as
/// `duplicated_users`.
const MAX_DUPLICATES: usize = 1_000;

/// The inputs from which the relatives of a submission (other submissions that are linked to it) were derived. If the
/// inputs are unchanged, the relatives need no update.
#[derive(PartialEq)]
pub(super) struct RelativesBasis {
    listing: Ticket,
    revision: Revision,
    /// Text that says how much of the list is loaded, such as `150 loaded`.
    scope: Safe,
    /// Time at which the full record of the detached submission (shown, but not in the list) arrived. `None` without
    /// such a record.
    detached: Option<Timestamp>,
    /// Number that changes when the detail pane has parsed other records.
    opened: u64,
    /// Whether the tab that lists the relatives is shown.
    is_listed: bool,
}

impl Model {
    /// Updates the relatives of the shown submission: other submissions that are linked to it, for example by the same
    /// e-mail address. If nothing changed since the last call, nothing is done.
    pub(super) fn update_relatives(&mut self) {
        let Some(listing) = self.listing.value() else { return };
        let id = self.detail.subject().and_then(|subject| subject.id.as_deref());
        let detached = self.selection.detached.as_ref().filter(|detached| Some(&*detached.id) == id);
        let answer = detached.and_then(|detached| detached.answer.as_ref());
        let basis = RelativesBasis {
            listing: listing.ticket,
            revision: listing.store.revision(),
            scope: listing.scope(None),
            detached: answer.map(|(answer, _)| answer.at),
            opened: self.detail.parsed_count(),
            is_listed: self.detail.tab() == Tab::Details,
        };
        // While a newer answer is being read, what was derived from the older one stays, unless it is not all.
        let is_enough = |known: &RelativesBasis| {
            *known == basis || (self.detail.bytes_being_parsed().is_some() && known.is_listed == basis.is_listed)
        };
        let is_first = self.selection.related.is_none() && self.detail.bytes_being_parsed().is_some();
        if is_first || self.selection.related.as_ref().is_some_and(is_enough) {
            return;
        }
        let index = id.and_then(|id| listing.store.index_of(id));
        let listed = index.map(|index| listing.store.row(index));
        let row = listed.as_ref().or(answer.map(|(_, row)| &**row));
        // Other tabs show only their numbers, for which no row is read.
        let relatives = if basis.is_listed {
            relatives(self.detail.document(), listing, id.zip(row), index)
        } else {
            let counts = row.map(|row| listing.store.link_counts(row, index)).unwrap_or_default();
            Relatives { counts, scope: listing.scope(None), ..Relatives::default() }
        };
        self.detail.set_relatives(relatives);
        self.selection.related = Some(basis);
    }
}

/// A relative of the shown submission (another submission that is linked to it), before its display texts are created.
struct FoundRelative<'a> {
    id: Cow<'a, str>,
    row: Option<Row>,
    links: Links,
}

fn relatives(
    document: Option<&Document>,
    listing: &Listing,
    own_row: Option<(&str, &Row)>,
    index: Option<u32>,
) -> Relatives {
    let store = &listing.store;
    let own_id = own_row.map(|(id, _)| id);
    let mut found: Vec<FoundRelative<'_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut unlisted = 0;
    for (path, tie) in [("duplicated_selfie_users", Link::Face), ("duplicated_users", Link::Person)] {
        let Some(field) = document.and_then(|document| document.field(path)) else { continue };
        unlisted += field.node().count().saturating_sub(MAX_DUPLICATES);
        let named = field.node().list().iter().take(MAX_DUPLICATES).filter_map(Node::expose);
        for id in named.filter(|id| !id.is_empty() && Some(*id) != own_id) {
            let place = *places.entry(id).or_insert_with(|| {
                let row = store.index_of(id).map(|index| store.row(index));
                found.push(FoundRelative { id: id.into(), row, links: Links::default() });
                found.len() - 1
            });
            found.iter_mut().skip(place).take(1).for_each(|found| found.links.add(tie));
        }
    }
    let named: Vec<u32> = found.iter().filter_map(|found| store.index_of(&found.id)).collect();
    let linked = own_row.map(|(_, row)| store.linked(row, index, &named)).unwrap_or_default();
    for (index, links) in linked.entries {
        let Some(id) = store.id(index) else { continue };
        match places.get(&*id).and_then(|place| found.get_mut(*place)) {
            Some(found) => found.links = found.links.and(links),
            None => found.push(FoundRelative { id, row: Some(store.row(index)), links }),
        }
    }
    let left_out = found.len().saturating_sub(MAX_RELATIVES);
    let rank = |found: &FoundRelative<'_>| {
        let created: Option<Timestamp> = found.row.as_ref().and_then(Row::created);
        (found.links.rank(), std::cmp::Reverse(created))
    };
    if left_out > 0 {
        found.select_nth_unstable_by_key(MAX_RELATIVES, rank);
        found.truncate(MAX_RELATIVES);
    }
    found.sort_by_key(rank);
    let relative = |found: FoundRelative<'_>| {
        let listed = found.row.as_ref().map_or(Class::Open, |row| row.class(Column::Id));
        let named = document.map_or(Class::Open, |document| document.class_of(&found.id));
        let known = found.row.as_ref().map(known_relative);
        Relative { id: found.id.into(), id_class: listed.max(named), links: found.links, known }
    };
    Relatives {
        listed: found.into_iter().map(relative).collect(),
        not_listed: left_out + linked.others + unlisted,
        has_uncounted: linked.has_uncounted,
        counts: linked.counts,
        scope: listing.scope(None),
    }
}

fn known_relative(row: &Row) -> KnownRelative {
    let value = |column: Column| row.value(column).unwrap_or_default();
    KnownRelative { created: row.created(), status: value(Column::Status), name: value(Column::Name) }
}
