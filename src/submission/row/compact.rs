//! The compact forms in which a row stores privacy classes and times.

use jiff::Timestamp;

use super::{Classes, Column};
use crate::text::Class;

const _: () = assert!(Column::ALL.len() <= 32, "two bits for each column fill 64 bits");

/// The privacy classes of all columns of a row, two bits for each column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct CompactClasses(u64);

impl CompactClasses {
    /// The privacy classes of a row in which every column has [`Class::Open`].
    pub(super) const OPEN: Self = Self(0);

    pub(super) fn of(classes: Classes) -> Self {
        Self(classes.into_iter().rev().fold(0, |all, class| (all << 2) | class as u64))
    }

    pub(super) const fn get(self, column: Column) -> Class {
        match (self.0 >> (2 * column as u32)) & 3 {
            0 => Class::Open,
            1 => Class::Personal,
            2 => Class::Identity,
            _ => Class::Unread,
        }
    }

    pub(super) fn all(self) -> Classes {
        Column::ALL.map(|column| self.get(column))
    }
}

/// A time in twelve bytes. In place of a time, it may say that the time is missing, or that the text could not be read
/// as a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct CompactTime {
    seconds: [u8; 8],
    /// Nanoseconds after the second. Without a time, an impossible number: one for a missing time, another for an
    /// unreadable one.
    nanoseconds: i32,
}

impl CompactTime {
    pub(super) const MISSING: Self = Self { seconds: [0; 8], nanoseconds: i32::MIN };
    pub(super) const UNREADABLE: Self = Self { seconds: [0; 8], nanoseconds: i32::MIN + 1 };

    pub(super) fn of(at: Timestamp) -> Self {
        Self { seconds: at.as_second().to_le_bytes(), nanoseconds: at.subsec_nanosecond() }
    }

    /// Returns the time; `None` if it is missing or unreadable.
    pub(super) fn get(self) -> Option<Timestamp> {
        let is_time = self.nanoseconds > Self::UNREADABLE.nanoseconds;
        if is_time { Timestamp::new(i64::from_le_bytes(self.seconds), self.nanoseconds).ok() } else { None }
    }

    pub(super) const fn is_unreadable(self) -> bool {
        self.nanoseconds == Self::UNREADABLE.nanoseconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_and_every_class_comes_back() {
        for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH, "1969-12-31T23:59:59.5Z".parse().unwrap()] {
            assert_eq!(CompactTime::of(at).get(), Some(at));
        }
        assert_eq!([CompactTime::MISSING, CompactTime::UNREADABLE].map(CompactTime::get), [None; 2]);
        let each = [Class::Open, Class::Personal, Class::Identity, Class::Unread];
        let mut classes = each.into_iter().cycle();
        let classes = Column::ALL.map(|_| classes.next().unwrap());
        assert_eq!(CompactClasses::of(classes).all(), classes);
        assert_eq!(CompactClasses::OPEN.all(), Column::ALL.map(|_| Class::Open));
    }
}
