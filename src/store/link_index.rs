//! An index of the values that link submissions, such as e-mail addresses. It finds and counts the loaded submissions
//! that have a certain value, without examining any other submission.
//!
//! The index has a list of [`IndexedValue`]s for each compared column, sorted by value. So all submissions with one
//! value are next to each other, the newest first, and no row is read to find or count them. A value that thousands of
//! submissions share costs no more time than any other.

use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;

/// Largest number of submissions that [`ColumnIndex::with_value`] returns for one value, the newest ones. It is one
/// more than the hundred that the list of linked submissions shows, because the shown submission itself is among them.
///
/// Older submissions with the value are only counted, since thousands may share, for example, the IP address of an
/// office. This may hide an old submission that shares two such values, although it would be first in the list.
pub(super) const MOST_NEWEST: usize = 101;

/// Number of values ([`IndexedValue`]) that are added or removed before they are merged into the sorted lists. Until
/// then they are in unsorted lists, and each search examines all of them.
const MOST_UNSORTED: usize = 256;

/// The start of the year 2010, in seconds since 1970. [`age_of`] treats any earlier creation time as this time.
const FIRST_SECOND: i64 = 1_262_304_000;

/// Digest of a value: a number of 64 bits. Values with equal digests count as equal. The chance that any two of a
/// million different values have the same digest is less than one in thirty million. Nobody can choose values with
/// equal digests, since each run of the program calculates digests with a random key.
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

/// One submission that has a value in a column. The sort order is: by the digest of the value, then the newest
/// submission first, then by the index in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IndexedValue {
    pub(super) digest: ValueDigest,
    /// Age of the submission as [`age_of`] returns it: larger for a submission that was created earlier.
    pub(super) age: u32,
    /// Index of the submission in the store.
    pub(super) entry: u32,
}

impl IndexedValue {
    /// Creates the index entry of a submission; `entry` is the index of the submission in the store. `digest` is the
    /// digest of its value in the column. `created` is the time at which the submission was created; `None` if unknown.
    pub(super) fn new(digest: ValueDigest, created: Option<Timestamp>, entry: u32) -> Self {
        Self { digest, age: age_of(created), entry }
    }

    /// Returns those elements of `places` that have the digest `digest`. `places` must be sorted.
    fn of_value(places: &[Self], digest: ValueDigest) -> &[Self] {
        let start = places.partition_point(|place| place.digest < digest);
        let end = places.partition_point(|place| place.digest <= digest);
        places.get(start..end).unwrap_or_default()
    }
}

/// Converts the creation time `created` of a submission to an age in steps of a minute: an earlier time gives a larger
/// number. A missing time counts as the earliest.
pub(super) fn age_of(created: Option<Timestamp>) -> u32 {
    let minutes = created.map_or(0, |created| (created.as_second() - FIRST_SECOND) / 60);
    u32::MAX - u32::try_from(minutes.clamp(0, i64::from(u32::MAX))).unwrap_or_default()
}

/// Index of one column: it has an [`IndexedValue`] for each loaded submission that has a value in this column.
///
/// New values are first collected in a short list, later sorted into a middle list, and finally into the long one. So
/// the time for adding 100,000 submissions is proportional to their number.
#[derive(Default)]
pub(super) struct ColumnIndex {
    /// Most of the values, sorted.
    sorted: Vec<IndexedValue>,
    /// Values that were added later than those in `sorted`, sorted as well.
    recent: Vec<IndexedValue>,
    /// The values that were added last, not sorted.
    unsorted: Vec<IndexedValue>,
    /// Values that were removed from the index, because the value of the submission changed, but are still in `sorted`
    /// or `recent`.
    gone: Vec<IndexedValue>,
}

/// The loaded submissions that have the same value in a column.
pub(super) struct EntriesWithValue {
    /// Number of all loaded submissions with the value.
    pub(super) count: usize,
    /// The newest loaded submissions with the value, at most [`MOST_NEWEST`].
    pub(super) newest: Vec<IndexedValue>,
}

impl ColumnIndex {
    /// Adds `place`, a submission that has a value in the column. The index must not contain it yet.
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

    /// Removes `place`, which was added to the index earlier.
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

    /// Returns whether the index contains `place`, that is, whether the submission has this value in the column.
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

/// Moves all elements of `more` into `places`. Both lists must be sorted, and `places` is sorted afterwards.
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
