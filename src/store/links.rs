//! What loaded submissions have in common: the same e-mail address, user id, IP address, token or applicant.
//!
//! A small number for each value makes a look through 100,000 rows a matter of a tenth of a millisecond; what is found by
//! it is then compared as text.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use strum::VariantArray;

use crate::submission::row::{Cell, Column, Row};
use crate::text::{fold, is_masked};

/// By what two submissions belong together; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Link {
    /// The service says so: `duplicated_selfie_users`.
    Face,
    /// The service says so: `duplicated_users`.
    Person,
    /// The same `applicant_id`.
    Applicant,
    /// The same `email`; case does not count.
    Email,
    /// The same `userid`.
    UserId,
    /// The same `tokenId`.
    Token,
    /// The same `data.ip_address`.
    Ip,
}

impl Link {
    /// What rows are compared by.
    const COLUMNS: [(Self, Column); 5] = [
        (Self::Applicant, Column::Applicant),
        (Self::Email, Column::Email),
        (Self::UserId, Column::UserId),
        (Self::Token, Column::Token),
        (Self::Ip, Column::Ip),
    ];

    /// Its name on the screen.
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

/// Several ties at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Links(u8);

impl Links {
    /// Adds one.
    pub const fn add(&mut self, tie: Link) {
        self.0 |= 1 << tie as u8;
    }

    /// The same and those of another one.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Each of them, the strongest first.
    pub fn each(self) -> impl Iterator<Item = Link> {
        Link::VARIANTS.iter().copied().filter(move |tie| self.0 & (1 << *tie as u8) != 0)
    }

    /// Smaller the closer they tie: the strongest of them counts, then how many there are.
    pub const fn rank(self) -> (u32, u32) {
        (self.0.trailing_zeros(), u8::BITS - self.0.count_ones())
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

/// A number for the value of each column that ties; 0 where it is missing.
#[derive(Clone, Copy, Default)]
pub(super) struct LinkDigests([u32; Link::COLUMNS.len()]);

impl LinkDigests {
    pub(super) fn of(row: &Row) -> Self {
        Self(Link::COLUMNS.map(|(_, column)| value(row, column).map_or(0, |value| print(&value))))
    }

    /// The same with a number in place of nothing, so that nothing meets nothing.
    fn to_look_for(self) -> Self {
        Self(self.0.map(|print| if print == 0 { u32::MAX } else { print }))
    }

    /// Whether they have a number in common. Without a branch: it is asked 100,000 times for every key.
    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(false, |met, (one, other)| met | (one == other))
    }
}

/// The entries that have something in common with a row, in the order of arrival, with what that is; all but the entry
/// `own`, which the row may represent.
pub(super) fn tied<'a>(
    row_at: impl Fn(u32) -> Option<&'a Row>,
    prints: &[LinkDigests],
    row: &Row,
    own: Option<u32>,
) -> Vec<(u32, Links)> {
    let mine = LinkDigests::of(row).to_look_for();
    let values = Link::COLUMNS.map(|(tie, column)| (tie, column, value(row, column)));
    let met = (0_u32..).zip(prints).filter(|(index, theirs)| mine.meets(theirs) && Some(*index) != own);
    // Equal numbers are nearly always equal values; nearly is not enough to say so.
    let tied = met.filter_map(|(index, _)| {
        let other = row_at(index)?;
        let same = values
            .iter()
            .filter(|(_, column, value)| value.as_deref().is_some_and(|value| is_same(other, *column, value)));
        let ties: Links = same.map(|(tie, ..)| *tie).collect();
        (!ties.is_empty()).then_some((index, ties))
    });
    tied.collect()
}

/// Whether a row has a value that is compared as [`value`] has it. Builds no text where there is no need to.
fn is_same(row: &Row, column: Column, wanted: &str) -> bool {
    let text = row.cell(column).text().filter(|_| !row.is_cut(column)).unwrap_or_default().trim();
    text == wanted || (column == Column::Email && fold(text) == wanted)
}

/// The value as it is compared; none where it is missing, or where the service hides it.
fn value(row: &Row, column: Column) -> Option<String> {
    // Of which only the beginning is known, nobody can say that it is the same.
    let Cell::Text(text) = row.cell(column) else { return None };
    if row.is_cut(column) {
        return None;
    }
    let text = text.trim();
    (!text.is_empty() && !is_masked(text)).then(|| if column == Column::Email { fold(text) } else { text.to_owned() })
}

fn print(value: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    let [low, high] = [hasher.finish() & 0xffff_ffff, hasher.finish() >> 32];
    u32::try_from(low ^ high).unwrap_or_default().max(1)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use jiff::Timestamp;

    use super::*;
    use crate::api::Item;
    use crate::store::{Answer, Store};
    use crate::submission::read;

    fn store(items: &[(&str, &str)]) -> Store {
        let mut store = Store::default();
        let items = items
            .iter()
            .map(|(id, rest)| Item::listed((*id).into(), Bytes::from(format!(r#"{{"submission_id":"{id}",{rest}}}"#))));
        store.take_page(items.collect(), Timestamp::UNIX_EPOCH);
        store
    }

    fn tied(store: &Store, own: u32) -> Vec<(u32, Vec<Link>)> {
        let row = store.get(own).expect("an entry").row();
        store.tied(row, Some(own)).into_iter().map(|(index, ties)| (index, ties.each().collect())).collect()
    }

    #[test]
    fn the_strongest_tie_counts_first_and_then_their_number() {
        let ties = |each: &[Link]| each.iter().copied().collect::<Links>().rank();
        assert!(ties(&[Link::Face]) < ties(&[Link::Person, Link::Email, Link::Ip]));
        assert!(ties(&[Link::Email, Link::Ip]) < ties(&[Link::Email]));
    }

    #[test]
    fn submissions_with_a_value_in_common_are_tied_by_all_that_they_share() {
        let store = store(&[
            ("a", r#""email":"Kim@example.com","userid":"7","data":{"ip_address":"192.0.2.1"}"#),
            ("b", r#""email":"kim@example.com","userid":"7""#),
            ("c", r#""email":"lee@example.com","data":{"ip_address":"192.0.2.1"}"#),
            ("d", r#""email":"192.0.2.1","userid":"kim@example.com""#),
        ]);
        assert_eq!(tied(&store, 0), [(1, vec![Link::Email, Link::UserId]), (2, vec![Link::Ip])]);
        assert_eq!(tied(&store, 3), [], "a value in another field is no tie");
    }

    #[test]
    fn nothing_and_what_the_service_masked_tie_nobody() {
        let store = store(&[("a", r#""email":"","userid":"{***}""#), ("b", r#""email":"","userid":"{***}""#)]);
        assert_eq!(tied(&store, 0), []);
    }

    #[test]
    fn what_a_single_answer_adds_ties_too() {
        let mut store = store(&[("a", r#""tokenId":"t1""#), ("b", r#""email":"x@example.com""#)]);
        assert_eq!(tied(&store, 0), []);
        let raw = Bytes::from_static(br#"{"submission_id":"b","tokenId":"t1"}"#);
        let row = read::row(&raw, true);
        store.take_single("b", Answer { raw, at: Timestamp::UNIX_EPOCH }, &row, false);
        assert_eq!(tied(&store, 0), [(1, vec![Link::Token])]);
    }
}
