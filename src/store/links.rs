//! Finds loaded submissions that are linked, that is, that have the same e-mail address, user id, IP address, token or
//! applicant.
//!
//! The submissions with a value are found by an index ([`LinkIndex`]), so that a search takes the same time however
//! many submissions are loaded, and however many of them share the value.

use std::collections::BTreeMap;

use strum::VariantArray;

use super::link_index::{ColumnIndex, Digester, EntriesWithValue, IndexedValue};
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
    /// The links between submissions that this program finds by itself, because two rows have the same value in a
    /// column. Each link is listed with this column.
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

/// Set of the links that connect two submissions. A link is something that both have in common, such as the email
/// address: see [`Link`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links(u8);

impl Links {
    /// Adds the link `tie`, such as an equal email address, to the set of links between two submissions.
    pub const fn add(&mut self, tie: Link) {
        self.0 |= 1 << tie as u8;
    }

    /// Returns the set of all links (such as the same e-mail address) that are in this set or in `other`.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Iterates over the links in this set, such as an equal e-mail address, the strongest first.
    pub fn each(self) -> impl Iterator<Item = Link> {
        Link::VARIANTS.iter().copied().filter(move |tie| self.has(*tie))
    }

    /// Returns a key for sorting submissions by how closely they are linked to one submission; the key is smaller for a
    /// closer link. `self` is the set of links between the two submissions. The strongest link decides first, then the
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

/// Index of the loaded submissions by the values in the compared columns ([`Link::COLUMNS`]).
#[derive(Default)]
pub(super) struct LinkIndex {
    digester: Digester,
    /// The places of the submissions that have a value, for each compared column.
    columns: [ColumnIndex; Link::COLUMNS.len()],
}

/// The places of one submission in the index, one for each compared column, such as the e-mail address. `None` for a
/// column in which the submission has no value that can be compared.
type Places = [Option<IndexedValue>; Link::COLUMNS.len()];

impl LinkIndex {
    /// Adds to the index the submission that has the index `entry` in the store and the row `row`.
    pub(super) fn add(&mut self, entry: u32, row: &Row) {
        self.change(&Default::default(), &self.places(entry, row));
    }

    /// Replaces the values of a loaded submission. `before` is its earlier row, and `after` its new one.
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

    /// Returns the submissions that are linked to `row`, for example by an equal e-mail address. `row_at` returns the
    /// row of the submission at an index in the store. `own`, the index of the submission of `row`, is left out; `None`
    /// if the submission of `row` is not in the store. The submissions at the indexes `named` are compared with `row`
    /// too: the index finds only the newest submissions with an equal value, so it may not find them.
    pub(super) fn linked<'a>(
        &self,
        row_at: impl Fn(u32) -> Option<&'a Row>,
        row: &Row,
        own: Option<u32>,
        named: &[u32],
    ) -> LinkedEntries {
        let mut shared: Vec<SharedValue> = Vec::new();
        for ((tie, column), places) in Link::COLUMNS.into_iter().zip(&self.columns) {
            let Some(value) = value(row, column) else { continue };
            let EntriesWithValue { all, newest } = places.with_value(self.digester.digest(&value));
            shared.push(SharedValue { tie, column, value, count: all, all, newest });
        }
        // For each submission that is looked at, the columns in which its value has the same digest.
        let mut looked_at: BTreeMap<u32, Links> = named.iter().map(|index| (*index, Links::default())).collect();
        for shared in &shared {
            shared.newest.iter().for_each(|index| looked_at.entry(*index).or_default().add(shared.tie));
        }
        let mut linked = LinkedEntries::default();
        for (index, alike, other) in
            looked_at.iter().filter_map(|(index, alike)| Some((*index, *alike, row_at(*index)?)))
        {
            // Equal digests are nearly always equal values, but not always, so the values are compared too. Where not all
            // submissions with the value were found, a submission that was found by another value may have this one too.
            let may_have = |shared: &SharedValue| alike.has(shared.tie) || shared.newest.len() < shared.count;
            let same = shared.iter().filter(|shared| may_have(shared) && is_same(other, shared.column, &shared.value));
            let ties: Links = same.map(|shared| shared.tie).collect();
            let is_own = Some(index) == own;
            for shared in shared.iter_mut().filter(|shared| ties.has(shared.tie) || alike.has(shared.tie)) {
                // What is left of the number in the end was not looked at.
                shared.all = shared.all.saturating_sub(1);
                if ties.has(shared.tie) && !is_own {
                    linked.count(shared.tie, 1);
                }
            }
            if !is_own && !ties.is_empty() {
                linked.entries.push((index, ties));
            }
        }
        // The own submission may be older than all that were looked at.
        if let Some(own) = own.filter(|own| !looked_at.contains_key(own)).and_then(row_at) {
            let own_ones = shared.iter_mut().filter(|shared| is_same(own, shared.column, &shared.value));
            own_ones.for_each(|shared| shared.all = shared.all.saturating_sub(1));
        }
        let left = shared.iter().filter(|shared| shared.all > 0);
        // One submission may be left in several columns.
        linked.has_uncounted = left.clone().count() > 1;
        linked.others = left.clone().map(|shared| shared.all).max().unwrap_or_default();
        left.for_each(|shared| linked.count(shared.tie, shared.all));
        #[cfg(test)]
        {
            linked.looked_at = looked_at.len();
        }
        linked
    }
}

/// A value of a submission in a compared column, and the loaded submissions that have it as well.
struct SharedValue {
    tie: Link,
    column: Column,
    value: String,
    /// Number of the submissions with the value.
    count: usize,
    /// Number of the submissions with the value that were not looked at yet.
    all: usize,
    /// Indexes in the store of the newest submissions with the value.
    newest: Vec<u32>,
}

/// The loaded submissions that are linked to one submission by values that both have, such as the same e-mail address.
///
/// Of a value that very many submissions share, only the newest of these are looked at; the others are only counted.
#[derive(Default)]
pub struct LinkedEntries {
    /// Indexes in the store of the linked submissions that were looked at, in the order of arrival, each with its links.
    pub entries: Vec<(u32, Links)>,
    /// Number of further linked submissions.
    pub others: usize,
    /// Whether there may be even more further ones than `others`: several values are shared by very many submissions,
    /// and nobody counted how many of these have one of the values only.
    pub has_uncounted: bool,
    /// Number of linked submissions for each link, the strongest link first; a link without any is left out.
    pub counts: Vec<(Link, usize)>,
    /// Number of submissions that were looked at.
    #[cfg(test)]
    pub(super) looked_at: usize,
}

impl LinkedEntries {
    fn count(&mut self, tie: Link, more: usize) {
        match self.counts.binary_search_by_key(&tie, |(tie, _)| *tie) {
            Ok(at) => self.counts.iter_mut().skip(at).take(1).for_each(|(_, count)| *count += more),
            Err(at) => self.counts.insert(at, (tie, more)),
        }
    }
}

/// Returns whether `row` has in `column` the value `wanted`, which is a value of another row in the form that [`value`]
/// returns. A new text is allocated only if needed.
fn is_same(row: &Row, column: Column, wanted: &str) -> bool {
    let text = row.cell(column).text().filter(|_| !row.is_cut(column)).unwrap_or_default().trim();
    text == wanted || (column == Column::Email && fold(text) == wanted)
}

/// Returns the value of `row` in `column` in the form in which values of two rows are compared: without spaces at the
/// ends, and an e-mail address with case folded. Returns `None` if the value is missing, cut to its first characters,
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
