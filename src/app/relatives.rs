//! Which submissions belong to the shown one: the document names some, the store finds others.

use std::collections::BTreeMap;

use super::Model;
use crate::panes::detail::{Known, Relative, Relatives};
use crate::store::{Entry, Listing, Tie};
use crate::submission::row::{Cell, Column};
use crate::submission::{Document, Field};
use crate::text::{Untrusted, Value};

/// Relatives that are listed; an address of a whole office may bring hundreds.
const MOST: usize = 100;

/// What relatives depend on.
pub(super) type Basis = (u64, Option<Box<str>>, bool);

impl Model {
    /// Brings the relatives of the shown submission up to date; cheap when nothing changed.
    pub(super) fn relate(&mut self) {
        let Some(listing) = self.listing.value() else { return };
        let id = self.detail.subject().and_then(|subject| subject.id.clone());
        let basis = (listing.store.generation(), id, self.detail.shows_single());
        if self.related != Some(basis.clone()) && self.detail.reading().is_none() {
            let relatives = relatives(self.detail.document(), listing, basis.1.as_deref());
            self.detail.relate(relatives);
            self.related = Some(basis);
        }
    }
}

fn relatives(document: Option<&Document>, listing: &Listing, own: Option<&str>) -> Relatives {
    let mut found: BTreeMap<Box<str>, Vec<Tie>> = BTreeMap::new();
    for (path, tie) in [("duplicated_selfie_users", Tie::Face), ("duplicated_users", Tie::Person)] {
        let named = document.and_then(|document| document.field(path)).map(|field| field.each()).unwrap_or_default();
        for id in named.iter().filter_map(Field::text).filter(|id| !id.is_empty() && Some(*id) != own) {
            let ties = found.entry(id.into()).or_default();
            if !ties.contains(&tie) {
                ties.push(tie);
            }
        }
    }
    let store = &listing.store;
    for (index, ties) in own.and_then(|id| store.index_of(id)).map(|index| store.tied(index)).unwrap_or_default() {
        if let Some(id) = store.get(index).and_then(Entry::id) {
            found.entry(id.into()).or_default().extend(ties);
        }
    }
    let relative = |(id, ties): (Box<str>, Vec<Tie>)| {
        let known = store.index_of(&id).and_then(|index| store.get(index)).map(known);
        Relative { id, ties, known }
    };
    let mut each: Vec<Relative> = found.into_iter().map(relative).collect();
    let created = |relative: &Relative| relative.known.as_ref().and_then(|known| known.created);
    let rank = |relative: &Relative| (relative.ties.iter().min().copied(), usize::MAX - relative.ties.len());
    each.sort_by(|one, other| rank(one).cmp(&rank(other)).then(created(other).cmp(&created(one))));
    let more = each.len().saturating_sub(MOST);
    each.truncate(MOST);
    Relatives { each, more, scope: listing.scope(None) }
}

fn known(entry: &Entry) -> Known {
    let row = entry.row();
    let value = |column: Column| match row.cell(column) {
        Cell::Text(text) => Value::new(Untrusted::new(text), column.class()),
        Cell::Empty | Cell::NotFetched => Value::default(),
    };
    Known { created: row.created(), status: value(Column::Status), name: value(Column::Name) }
}
