//! Finds loaded submissions that are linked: they have the same e-mail address, user id, IP address, token or
//! applicant.
//!
//! An index finds the submissions with a value ([`LinkIndex`]). So a search takes the same time, however many
//! submissions are loaded or share the value.

use std::collections::BTreeMap;

use jiff::Timestamp;
use strum::VariantArray;

use super::link_index::{ColumnIndex, Digester, EntriesWithValue, IndexedValue, ValueDigest, age_of};
use crate::submission::row::{Cell, Column, Row};
use crate::text::{BULLET, fold, is_masked};

/// Link between two submissions: a value that both have, such as the e-mail address, or a report of the service that
/// they belong together. The variants are ordered from the strongest link to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Link {
    /// The service reports in the field `duplicated_selfie_users` of one submission that the other shows the same face.
    Face,
    /// The service reports in the field `duplicated_users` of one submission that the other is of the same person.
    Person,
    /// Both submissions have the same `applicant_id`.
    Applicant,
    /// Both submissions have the same `email`. Upper and lower case count as equal.
    Email,
    /// Both submissions have the same `userid`.
    UserId,
    /// Both submissions have the same `tokenId`.
    Token,
    /// Both submissions have the same `data.ip_address`.
    Ip,
}

impl Link {
    /// The links that this program finds by itself, each with its column: two submissions are linked if their rows have
    /// the same value in this column.
    const COLUMNS: [(Self, Column); 5] = [
        (Self::Applicant, Column::Applicant),
        (Self::Email, Column::Email),
        (Self::UserId, Column::UserId),
        (Self::Token, Column::Token),
        (Self::Ip, Column::Ip),
    ];

    /// Returns the name of this link for the screen, such as `same e-mail`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Face => "duplicate face (reported by ARGOS)",
            Self::Person => "duplicate data (reported by ARGOS)",
            Self::Applicant => "same applicant",
            Self::Email => "same e-mail",
            Self::UserId => "same user id",
            Self::Token => "same token",
            Self::Ip => "same IP",
        }
    }
}

/// Set of the links between two submissions. A link ([`Link`]) is something that both have in common, such as the
/// e-mail address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links(u8);

impl Links {
    /// Adds the link `tie`, such as an equal e-mail address, to this set.
    pub const fn add(&mut self, tie: Link) {
        self.0 |= 1 << tie as u8;
    }

    /// Returns the union: the set of all links (such as the same e-mail address) that are in this set or in `other`.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Iterates over the links in this set, such as an equal e-mail address, the strongest first.
    pub fn each(self) -> impl Iterator<Item = Link> {
        Link::VARIANTS.iter().copied().filter(move |tie| self.has(*tie))
    }

    /// Returns a sort key, which is smaller for a closer link. It serves to sort submissions by how closely they are
    /// linked to one submission; `self` is the set of links between the two. The strongest link decides first, then the
    /// number of links.
    pub const fn rank(self) -> (u32, u32) {
        (self.0.trailing_zeros(), u8::BITS - self.0.count_ones())
    }

    /// Returns whether this set contains the link `tie`, for example the link by an equal e-mail address.
    pub const fn has(self, tie: Link) -> bool {
        self.0 & (1 << tie as u8) != 0
    }

    const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Link> for Links {
    fn from_iter<I: IntoIterator<Item = Link>>(ties: I) -> Self {
        let mut all = Self::default();
        ties.into_iter().for_each(|tie| all.add(tie));
        all
    }
}

/// Index for finding the loaded submissions that have the same value in a compared column ([`Link::COLUMNS`]), such as
/// the e-mail address.
#[derive(Default)]
pub(super) struct LinkIndex {
    digester: Digester,
    /// For each compared column, the index of the submissions that have a value in this column.
    columns: [ColumnIndex; Link::COLUMNS.len()],
}

/// The entries of one submission in the index, one for each compared column, such as the e-mail address. `None` for a
/// column in which the submission has no value that can be compared.
type Places = [Option<IndexedValue>; Link::COLUMNS.len()];

impl LinkIndex {
    /// Adds a submission to the index. `entry` is its index in the store, and `row` is its row.
    pub(super) fn add(&mut self, entry: u32, row: &Row) {
        self.change(&Default::default(), &self.places(entry, row));
    }

    /// Replaces the values of a submission in the index. `entry` is its index in the store, `before` is its earlier
    /// row, and `after` its new one.
    pub(super) fn renew(&mut self, entry: u32, before: &Row, after: &Row) {
        self.change(&self.places(entry, before), &self.places(entry, after));
    }

    fn places(&self, entry: u32, row: &Row) -> Places {
        Link::COLUMNS.map(|(_, column)| {
            let digest = self.digester.digest(&value(row, column)?);
            Some(IndexedValue::new(digest, row.created(), entry))
        })
    }

    fn change(&mut self, before: &Places, after: &Places) {
        for ((column, before), after) in self.columns.iter_mut().zip(before).zip(after) {
            if before != after {
                before.iter().for_each(|place| column.remove(*place));
                after.iter().for_each(|place| column.add(*place));
            }
        }
    }

    /// Returns for each kind of link the number of submissions that are linked to `row` by it. A link without any
    /// submission is left out. `own` is the index of the submission of `row`, which is not counted; `None` if it is not
    /// in the store.
    pub(super) fn counts(&self, row: &Row, own: Option<u32>) -> Vec<(Link, usize)> {
        let shared = self.shared(row, own).into_iter().map(|shared| (shared.tie, shared.count));
        shared.filter(|(_, count)| *count > 0).collect()
    }

    /// Returns each value of `row` in a compared column, with the other submissions that have the same value. `own` is
    /// the index of the submission of `row`, which is left out; `None` if it is not in the store.
    fn shared(&self, row: &Row, own: Option<u32>) -> Vec<SharedValue<'_>> {
        let mut all = Vec::new();
        for ((tie, column), index) in Link::COLUMNS.into_iter().zip(&self.columns) {
            let Some(value) = value(row, column) else { continue };
            let digest = self.digester.digest(&value);
            let EntriesWithValue { count, mut newest } = index.with_value(digest);
            let has_own = own.is_some_and(|own| index.has(IndexedValue::new(digest, row.created(), own)));
            newest.retain(|place| Some(place.entry) != own);
            all.push(SharedValue { tie, digest, index, count: count.saturating_sub(usize::from(has_own)), newest });
        }
        all
    }

    /// Returns the submissions that are linked to `row`, for example by an equal e-mail address. `created_at` returns
    /// the creation time of the submission at an index in the store. `own` is the index of the submission of `row`,
    /// which is left out; `None` if it is not in the store.
    ///
    /// `named` are indexes of submissions that are always compared with `row`. Other submissions are compared only if
    /// they are among the newest with an equal value, so an old one may be missed.
    pub(super) fn linked(
        &self,
        created_at: impl Fn(u32) -> Option<Timestamp>,
        row: &Row,
        own: Option<u32>,
        named: &[u32],
    ) -> LinkedEntries {
        let shared = self.shared(row, own);
        // For each submission that is looked at: its age, and its links.
        let mut looked_at: BTreeMap<u32, (u32, Links)> = BTreeMap::new();
        for shared in &shared {
            for place in &shared.newest {
                looked_at.entry(place.entry).or_insert((place.age, Links::default())).1.add(shared.tie);
            }
        }
        for index in named.iter().filter(|index| Some(**index) != own) {
            looked_at.entry(*index).or_insert_with(|| (age_of(created_at(*index)), Links::default()));
        }
        // Where very many share a value, a submission that was found by another value may have this one too.
        for (entry, (age, links)) in &mut looked_at {
            let has = |shared: &&SharedValue<'_>| {
                !links.has(shared.tie)
                    && shared.newest.len() < shared.count
                    && shared.index.has(IndexedValue { digest: shared.digest, age: *age, entry: *entry })
            };
            let further: Links = shared.iter().filter(has).map(|shared| shared.tie).collect();
            *links = links.and(further);
        }
        #[cfg(test)]
        let count = looked_at.len();
        let entries = looked_at.into_iter().map(|(index, (_, links))| (index, links));
        let entries: Vec<(u32, Links)> = entries.filter(|(_, links)| !links.is_empty()).collect();
        let left = shared.iter().map(|shared| {
            let listed = entries.iter().filter(|(_, links)| links.has(shared.tie)).count();
            shared.count.saturating_sub(listed)
        });
        let left: Vec<usize> = left.filter(|left| *left > 0).collect();
        LinkedEntries {
            others: left.iter().copied().max().unwrap_or_default(),
            // One submission may be left in several columns.
            has_uncounted: left.len() > 1,
            counts: shared.iter().map(|shared| (shared.tie, shared.count)).filter(|(_, count)| *count > 0).collect(),
            entries,
            #[cfg(test)]
            looked_at: count,
        }
    }
}

/// A value of a submission in a compared column, and the other loaded submissions that have it as well.
struct SharedValue<'i> {
    tie: Link,
    digest: ValueDigest,
    index: &'i ColumnIndex,
    /// Number of all other loaded submissions with the value.
    count: usize,
    /// The newest of the other loaded submissions with the value.
    newest: Vec<IndexedValue>,
}

/// The loaded submissions that are linked to one submission by values that both have, such as the same e-mail address.
///
/// If very many submissions share a value, only the newest of them are compared in detail. The others are only counted.
#[derive(Default)]
pub struct LinkedEntries {
    /// Indexes in the store of the linked submissions that were compared in detail, in the order of arrival, each with
    /// its links.
    pub entries: Vec<(u32, Links)>,
    /// Number of further linked submissions, which share a value but are not in `entries`. If `has_uncounted` is true,
    /// there may be more.
    pub others: usize,
    /// Whether there may be more linked submissions than `entries` and `others` together. This happens if very many
    /// submissions share several values: it is unknown how many of them have only one of the values.
    pub has_uncounted: bool,
    /// Number of linked submissions for each kind of link, the strongest link first. A link without any submission is
    /// left out.
    pub counts: Vec<(Link, usize)>,
    /// Number of submissions that were compared in detail.
    #[cfg(test)]
    pub(super) looked_at: usize,
}

/// Returns the value of `row` in `column`, changed so that values of two rows can be compared. Spaces at the ends are
/// removed, and an e-mail address is case-folded. Returns `None` if the value is missing, cut to its first characters,
/// or masked by the service (such as `{***}`) or by this program.
fn value(row: &Row, column: Column) -> Option<String> {
    // If only the beginning of a value is known, it cannot be compared.
    let Cell::Text(text) = row.cell(column) else { return None };
    if row.is_cut(column) {
        return None;
    }
    let text = text.trim();
    // A file that this program exported may hold values that it masked itself.
    let is_known = !text.is_empty() && !is_masked(text) && !text.contains(BULLET);
    is_known.then(|| if column == Column::Email { fold(text) } else { text.to_owned() })
}

#[cfg(test)]
mod tests;
