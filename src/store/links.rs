//! Finds loaded submissions that are linked, that is, that have the same e-mail address, user id, IP address, token or
//! applicant.
//!
//! Each compared value is represented by a 32-bit number (a digest). A search through 100,000 rows therefore takes
//! about a tenth of a millisecond. If two rows have an equal number, their values are then compared as text.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use strum::VariantArray;

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
    /// Links between submissions that this program finds by itself, because two rows have the same value in a column.
    /// Each link has the column that is compared.
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
        Link::VARIANTS.iter().copied().filter(move |tie| self.0 & (1 << *tie as u8) != 0)
    }

    /// Returns a key for sorting linked submissions, which is smaller the closer two submissions are linked. This set
    /// has the links between the two submissions. The strongest link decides first, then the number of links.
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

/// Digests (32-bit numbers) of the values of one row in the compared columns ([`Link::COLUMNS`]), in the order of these
/// columns. The digest of a missing value is 0.
#[derive(Clone, Copy, Default)]
pub(super) struct LinkDigests([u32; Link::COLUMNS.len()]);

impl LinkDigests {
    pub(super) fn of(row: &Row) -> Self {
        Self(Link::COLUMNS.map(|(_, column)| value(row, column).map_or(0, |value| print(&value))))
    }

    /// Returns a copy of these digests, which are one for each compared column, for the comparison with other rows. A
    /// digest of 0 means that the value is missing. In the copy, `u32::MAX` replaces each 0, so that a missing value
    /// does not equal a missing value of another row.
    fn to_look_for(self) -> Self {
        Self(self.0.map(|print| if print == 0 { u32::MAX } else { print }))
    }

    /// Returns whether two rows have an equal digest in at least one column: `self` holds the digests of one row, and
    /// `other` those of the other row. The code has no branch, since this method may run 100,000 times for each key
    /// press.
    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(false, |met, (one, other)| met | (one == other))
    }
}

/// Returns the indexes of the entries that are linked to `row`, for example by an equal e-mail address, each with its
/// links to the row. `row_at` returns the row of the entry at an index, and `prints` are the digests of all entries.
/// `own`, the index of the entry of `row`, is left out; `None` if `row` is not in the store.
pub(super) fn tied<'a>(
    row_at: impl Fn(u32) -> Option<&'a Row>,
    prints: &[LinkDigests],
    row: &Row,
    own: Option<u32>,
) -> Vec<(u32, Links)> {
    let mine = LinkDigests::of(row).to_look_for();
    let values = Link::COLUMNS.map(|(tie, column)| (tie, column, value(row, column)));
    let met = (0_u32..).zip(prints).filter(|(index, theirs)| mine.meets(theirs) && Some(*index) != own);
    // Equal numbers are nearly always equal values, but not always, so the values are compared too.
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
        let store = store_of_masked();
        assert_eq!(tied(&store, 0), [], "what this program masked in an export is not known");
    }

    fn store_of_masked() -> Store {
        store(&[("a", r#""email":"•••••@•••""#), ("b", r#""email":"•••••@•••""#)])
    }

    #[test]
    fn what_a_single_answer_adds_ties_too() {
        let mut store = store(&[("a", r#""tokenId":"t1""#), ("b", r#""email":"x@example.com""#)]);
        assert_eq!(tied(&store, 0), []);
        let raw = Bytes::from_static(br#"{"submission_id":"b","tokenId":"t1"}"#);
        let row = read::row(&raw, true);
        store.take_single("b", Answer::new(raw, Timestamp::UNIX_EPOCH), &row, false);
        assert_eq!(tied(&store, 0), [(1, vec![Link::Token])]);
    }
}
