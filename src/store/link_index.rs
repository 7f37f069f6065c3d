//! An index of the values that link submissions, such as e-mail addresses: finds the loaded submissions that have a
//! value, and counts them, without a look at any other submission.
//!
//! The index has a list of [`IndexedValue`]s for each compared column, sorted by value. So all submissions with one
//! value are side by side, the newest first. Their number follows from the two ends of their part of the list, and a
//! value that thousands of submissions share costs no more than another one. No row is read for that.

use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;

/// Largest number of submissions with one value that [`ColumnIndex::with_value`] returns, the newest ones: the hundred
/// that the list of linked submissions shows, and the shown submission itself. The IP address of an office may connect
/// thousands of submissions. So an old submission that shares two such values may be counted only, although the list
/// would begin with it.
pub(super) const MOST_NEWEST: usize = 101;

/// Number of places that are added or removed before they are sorted into the list. A search looks at each of them.
const MOST_UNSORTED: usize = 256;

/// The start of the year 2010, in seconds since 1970. [`age_of`] treats any earlier time as this one.
const FIRST_SECOND: i64 = 1_262_304_000;

/// A number of 64 bits that is calculated from a value. Values with equal digests count as equal: the chance that any
/// two of a million different values have the same digest is less than one in thirty million. Nobody can choose values
/// with equal digests, since each run of the program calculates them with a random key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ValueDigest(u64);

/// Calculates the digests of values with a random key.
#[derive(Default)]
pub(super) struct Digester(RandomState);

impl Digester {
    pub(super) fn digest(&self, value: &str) -> ValueDigest {
        ValueDigest(self.0.hash_one(value))
    }
}

/// One submission that has a value in a column. The order of places is: by the digest of the value, then the newest
/// submission first, then in the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IndexedValue {
    pub(super) digest: ValueDigest,
    /// Age of the submission in minutes, as [`age_of`] returns it.
    pub(super) age: u32,
    /// Index of the submission in the store.
    pub(super) entry: u32,
}

impl IndexedValue {
    /// Returns the place of the submission with the index `entry` in the store, which has the value with this digest.
    /// `created` is the time at which the submission was created.
    pub(super) fn new(digest: ValueDigest, created: Option<Timestamp>, entry: u32) -> Self {
        Self { digest, age: age_of(created), entry }
    }

    /// Returns those of `places` whose value has this digest. They are side by side, since `places` is sorted.
    fn of_value(places: &[Self], digest: ValueDigest) -> &[Self] {
        let start = places.partition_point(|place| place.digest < digest);
        let end = places.partition_point(|place| place.digest <= digest);
        places.get(start..end).unwrap_or_default()
    }
}

/// Returns a number that is larger the earlier the time `created` is, in steps of a minute. A missing time counts as the
/// earliest.
pub(super) fn age_of(created: Option<Timestamp>) -> u32 {
    let minutes = created.map_or(0, |created| (created.as_second() - FIRST_SECOND) / 60);
    u32::MAX - u32::try_from(minutes.clamp(0, i64::from(u32::MAX))).unwrap_or_default()
}

/// An index of one column: an [`IndexedValue`] for each loaded submission that has a value in this column.
///
/// New places are collected in a short list, then sorted into a middle list, and at last into the long one. So adding
/// 100,000 submissions takes a time in proportion to their number.
#[derive(Default)]
pub(super) struct ColumnIndex {
    /// Most of the places, sorted.
    sorted: Vec<IndexedValue>,
    /// Places that were added later, sorted.
    recent: Vec<IndexedValue>,
    /// The places that were added last, not sorted.
    unsorted: Vec<IndexedValue>,
    /// Places in `sorted` and `recent` that are no longer true, since the value of the submission changed.
    gone: Vec<IndexedValue>,
}

/// The loaded submissions that have the same value in a column.
pub(super) struct EntriesWithValue {
    /// Number of the submissions.
    pub(super) count: usize,
    /// The newest of these submissions, at most [`MOST_NEWEST`].
    pub(super) newest: Vec<IndexedValue>,
}

impl ColumnIndex {
    /// Adds the place of a submission that has a value in the column. The index must not have this place yet.
    pub(super) fn add(&mut self, place: IndexedValue) {
        if let Some(at) = self.gone.iter().position(|gone| *gone == place) {
            // It is still in its list.
            self.gone.swap_remove(at);
            return;
        }
        self.unsorted.push(place);
        if self.unsorted.len() < MOST_UNSORTED {
            return;
        }
        self.unsorted.sort_unstable();
        merge(&mut self.recent, &mut self.unsorted);
        if self.recent.len() > self.sorted.len() / 8 + MOST_UNSORTED {
            merge(&mut self.sorted, &mut self.recent);
        }
    }

    /// Removes from the index a place that was added to it earlier.
    pub(super) fn remove(&mut self, place: IndexedValue) {
        if let Some(at) = self.unsorted.iter().position(|added| *added == place) {
            self.unsorted.swap_remove(at);
            return;
        }
        self.gone.push(place);
        if self.gone.len() >= MOST_UNSORTED {
            self.gone.sort_unstable();
            for places in [&mut self.sorted, &mut self.recent] {
                places.retain(|place| self.gone.binary_search(place).is_err());
            }
            self.gone.clear();
        }
    }

    /// Returns whether the submission at `place` has the value of `place` in the column.
    pub(super) fn has(&self, place: IndexedValue) -> bool {
        let is_sorted = || [&self.sorted, &self.recent].iter().any(|places| places.binary_search(&place).is_ok());
        self.unsorted.contains(&place) || (is_sorted() && !self.gone.contains(&place))
    }

    /// Returns the submissions whose value in the column has this digest: their number, and the newest of them.
    pub(super) fn with_value(&self, digest: ValueDigest) -> EntriesWithValue {
        let of_value = |places: &[IndexedValue]| -> Vec<IndexedValue> {
            places.iter().copied().filter(|place| place.digest == digest).collect()
        };
        let (mut newest, gone) = (of_value(&self.unsorted), of_value(&self.gone));
        let mut count = newest.len();
        for places in [&self.sorted, &self.recent] {
            let places = IndexedValue::of_value(places, digest);
            count += places.len();
            newest.extend(places.iter().take(MOST_NEWEST + gone.len()));
        }
        newest.retain(|place| !gone.contains(place));
        newest.sort_unstable();
        newest.truncate(MOST_NEWEST);
        EntriesWithValue { count: count.saturating_sub(gone.len()), newest }
    }
}

/// Moves all of `more` into `places`. Both are sorted, and `places` stays sorted.
fn merge(places: &mut Vec<IndexedValue>, more: &mut Vec<IndexedValue>) {
    places.reserve_exact(more.len());
    places.append(more);
    // The sort finds the two sorted runs and merges them.
    places.sort();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: u32) -> Option<Timestamp> {
        Timestamp::from_second(FIRST_SECOND + i64::from(minute) * 60).ok()
    }

    #[test]
    fn all_are_counted_and_the_newest_are_returned() {
        let (digester, mut places) = (Digester::default(), ColumnIndex::default());
        let [company, other] = ["198.51.100.7", "198.51.100.8"].map(|value| digester.digest(value));
        for entry in 0..20_000 {
            // Neither the newest nor the oldest first.
            places.add(IndexedValue::new(
                if entry % 2 == 0 { company } else { other },
                at(entry * 7_919 % 20_011),
                entry,
            ));
        }
        let found = places.with_value(company);
        let mut newest: Vec<u32> = (0..20_000).step_by(2).collect();
        newest.sort_by_key(|entry| std::cmp::Reverse(entry * 7_919 % 20_011));
        let found_newest: Vec<u32> = found.newest.iter().map(|place| place.entry).collect();
        assert_eq!((found.count, found_newest), (10_000, newest[..MOST_NEWEST].to_vec()));
        assert!(places.unsorted.len() < MOST_UNSORTED && places.sorted.len() > 15_000, "the lists stay sorted");
    }

    #[test]
    fn a_time_that_is_missing_or_out_of_range_is_a_time() {
        let far = ["0001-01-01T00:00:00Z", "9999-12-30T00:00:00Z"].map(|time| age_of(time.parse().ok()));
        assert!(far[0] == u32::MAX && age_of(None) == u32::MAX && far[1] < age_of(at(5)));
        assert!(age_of(at(5)) < age_of(at(4)));
    }

    proptest! {
        /// Adds and removes places of a few values, often enough to merge the short lists of the index into the long
        /// one. Compares the result with that of one plain vector.
        #[test]
        fn the_places_of_a_value_are_those_that_were_added_and_not_removed(
            steps in prop::collection::vec((0..6_u32, 0..40_u32, 0..3_u32), 1..2_000),
        ) {
            let (digester, mut places) = (Digester::default(), ColumnIndex::default());
            let mut plain: Vec<IndexedValue> = Vec::new();
            for (value, entry, minute) in steps {
                let place = IndexedValue::new(digester.digest(&value.to_string()), at(minute), entry);
                match plain.iter().position(|known| *known == place) {
                    Some(known) => {
                        plain.swap_remove(known);
                        places.remove(place);
                    }
                    None => {
                        plain.push(place);
                        places.add(place);
                    }
                }
            }
            plain.sort_unstable();
            for value in 0..6_u32 {
                let digest = digester.digest(&value.to_string());
                let wanted: Vec<IndexedValue> = plain.iter().copied().filter(|place| place.digest == digest).collect();
                let found = places.with_value(digest);
                prop_assert!(wanted.iter().all(|place| places.has(*place)));
                let absent = IndexedValue::new(digest, at(0), 40);
                prop_assert!(!places.has(absent));
                let newest = wanted.get(..MOST_NEWEST).unwrap_or(&wanted);
                prop_assert_eq!((found.count, &*found.newest), (wanted.len(), newest));
            }
        }
    }
}
