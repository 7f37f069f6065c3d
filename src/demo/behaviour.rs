//! What the service's documentation leaves open, one field each, with the answer assumed here as the default.

/// How the server answers where the documentation of `GET /submission` says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// The largest `count` that is accepted. An older edition of the documentation names 2,000, the present one none.
    pub max_count: usize,
    /// Whether lists run from the newest submission to the oldest, or the other way round.
    pub newest_first: bool,
    /// Whether `end_date` includes its day.
    pub end_date_included: bool,
    /// What a `submission_id` that does not exist is answered with.
    pub unknown_id: UnknownId,
    /// What stands for `nextpageKey` when no page is left.
    pub last_key: LastKey,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            max_count: 2_000,
            newest_first: true,
            end_date_included: true,
            unknown_id: UnknownId::NoItems,
            last_key: LastKey::Absent,
        }
    }
}

/// The answer to a `submission_id` that does not exist: undocumented, and real clients expect any of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownId {
    /// 200 with an empty `Items`.
    NoItems,
    /// 200 with an object that has no `Items`.
    NoList,
    /// 400 with `invalid_parameter`.
    Refused,
}

/// What the last page holds in the place of `nextpageKey`. Its absence is documented, the other two are tolerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastKey {
    /// No key at all.
    Absent,
    /// `null`.
    Null,
    /// `{}`.
    Empty,
}
