//! What loaded submissions have in common: the same e-mail address, user id, IP address, token or applicant.
//!
//! A small number for each value makes a look through 100,000 rows a matter of a tenth of a millisecond; what is found by
//! it is then compared as text.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Entry;
use crate::submission::row::{Cell, Column, Row};
use crate::text::{fold, is_masked};

/// By what two submissions belong together; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
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

impl Tie {
    /// What rows are compared by.
    const COLUMNS: [(Self, Column); 5] = [
        (Self::Applicant, Column::Applicant),
        (Self::Email, Column::Email),
        (Self::UserId, Column::UserId),
        (Self::Token, Column::Token),
        (Self::Ip, Column::Ip),
    ];

    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Face => "same face, says the service",
            Self::Person => "same data, says the service",
            Self::Applicant => "same applicant",
            Self::Email => "same e-mail",
            Self::UserId => "same user id",
            Self::Token => "same token",
            Self::Ip => "same IP",
        }
    }
}

/// A number for the value of each column that ties; 0 where there is none.
#[derive(Clone, Copy, Default)]
pub(super) struct Prints([u32; Tie::COLUMNS.len()]);

impl Prints {
    pub(super) fn of(row: &Row) -> Self {
        Self(Tie::COLUMNS.map(|(_, column)| value(row, column).map_or(0, |value| print(&value))))
    }

    /// Whether both have one in common.
    fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(one, other)| *one != 0 && *one == other)
    }
}

/// The entries that have something in common with one of them, in the order of arrival, with what that is.
pub(super) fn tied(entries: &[Entry], prints: &[Prints], own: u32) -> Vec<(u32, Vec<Tie>)> {
    let at = own as usize;
    let (Some(entry), Some(print)) = (entries.get(at), prints.get(at)) else { return Vec::new() };
    let met = (0_u32..).zip(entries.iter().zip(prints));
    let met = met.filter(|(index, (_, other))| *index != own && print.meets(**other));
    let tied = met.map(|(index, (other, _))| (index, common(entry.row(), other.row())));
    tied.filter(|(_, ties)| !ties.is_empty()).collect()
}

fn common(one: &Row, other: &Row) -> Vec<Tie> {
    let same = |column| value(one, column).is_some_and(|text| value(other, column) == Some(text));
    Tie::COLUMNS.into_iter().filter(|(_, column)| same(*column)).map(|(tie, _)| tie).collect()
}

/// The value as it is compared; none where there is none, or where the service hides it.
fn value(row: &Row, column: Column) -> Option<String> {
    let Cell::Text(text) = row.cell(column) else { return None };
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

    #[test]
    fn submissions_with_a_value_in_common_are_tied_by_all_that_they_share() {
        let store = store(&[
            ("a", r#""email":"Kim@example.com","userid":"7","data":{"ip_address":"192.0.2.1"}"#),
            ("b", r#""email":"kim@example.com","userid":"7""#),
            ("c", r#""email":"lee@example.com","data":{"ip_address":"192.0.2.1"}"#),
            ("d", r#""email":"192.0.2.1","userid":"kim@example.com""#),
        ]);
        assert_eq!(store.tied(0), [(1, vec![Tie::Email, Tie::UserId]), (2, vec![Tie::Ip])]);
        assert_eq!(store.tied(3), [], "a value in another field is no tie");
        assert_eq!(store.tied(9), []);
    }

    #[test]
    fn nothing_and_what_the_service_masked_tie_nobody() {
        let store = store(&[("a", r#""email":"","userid":"{***}""#), ("b", r#""email":"","userid":"{***}""#)]);
        assert_eq!(store.tied(0), []);
    }

    #[test]
    fn what_a_single_answer_adds_ties_too() {
        let mut store = store(&[("a", r#""tokenId":"t1""#), ("b", r#""email":"x@example.com""#)]);
        assert_eq!(store.tied(0), []);
        let raw = Bytes::from_static(br#"{"submission_id":"b","tokenId":"t1"}"#);
        let row = read::row(&raw, true);
        store.take_single("b", Answer { raw, at: Timestamp::UNIX_EPOCH }, &row);
        assert_eq!(store.tied(0), [(1, vec![Tie::Token])]);
    }
}
