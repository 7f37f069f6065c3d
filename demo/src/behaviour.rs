//! What the service's documentation leaves open, one switch each, with the answer assumed here as the default.
//!
//! `demo/scenarios/default.toml` names every switch as a scenario sets it, tells which answers are documented, shown in
//! samples or assumed, and where.

mod values;

use serde::Deserialize;

pub use values::{
    AboveMax, Combination, Deleted, Frequency, Inside, IpVerification, KeyPlace, LastKey, Listed, Order, PartsInLists,
    PersonalData, PreVerification, Rows, Scores, SecureTransfer, Times, UnknownId, Wrapping,
};

/// How the server answers where the documentation of `GET /submission` says nothing, or not enough.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Behaviour {
    /// The largest `count` that is accepted, in submissions.
    pub max_count: usize,
    /// What becomes of a larger `count`.
    pub above_max: AboveMax,
    /// Whether `start_date` includes its day.
    pub start_date_included: bool,
    /// Whether `end_date` includes its day.
    pub end_date_included: bool,
    /// The zone in which `start_date` and `end_date` are days, in hours east of UTC.
    pub date_zone: i8,
    /// What other filters mean beside a `submission_id`.
    pub combination: Combination,
    /// What a `submission_id` that does not exist is answered with.
    pub unknown_id: UnknownId,
    /// Whether the cursor alone brings the filters of its list along.
    pub cursor_carries_filters: bool,
    /// The order of lists.
    pub order: Order,
    /// How many rows a page has.
    pub rows: Rows,
    /// Where `nextpageKey` is.
    pub key_place: KeyPlace,
    /// What replaces `nextpageKey` when no page is left.
    pub last_key: LastKey,
    /// Whether the last rows still come with a key, and an empty page after them.
    pub empty_last_page: bool,
    /// What `request_type` counts as personal data.
    pub personal_data: PersonalData,
    /// How much a list holds of the part that `request_type` names.
    pub parts_in_lists: PartsInLists,
    /// How times are written, but for those of `signals`, which are documented.
    pub times: Times,
    /// How scores are written.
    pub scores: Scores,
    /// `kyc.comment` and `kyc.commentCode`.
    pub comments: Listed,
    /// `retryMsg` and `retryCode` of attempts.
    pub retries: Listed,
    /// `additional_list`.
    pub forms: Listed,
    /// `Injection_action`.
    pub injections: Listed,
    /// Where `ipVerification` is in an injection.
    pub ip_verification: IpVerification,
    /// `pre_verification`.
    pub pre_verification: PreVerification,
    /// `pre_verification.attempts_frequency`.
    pub frequency: Frequency,
    /// What is left of a deleted submission.
    pub deleted: Deleted,
    /// Whether requests and answers are encrypted.
    pub secure_transfer: SecureTransfer,
    /// What an encrypted answer is wrapped in.
    pub wrapping: Wrapping,
    /// Which parameters an encrypted request may hold.
    pub inside: Inside,
    /// Whether refusals of what is asked are encrypted as well; those of the gateway never are.
    pub errors_encrypted: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            // An older edition of the documentation names 2,000, the present one none.
            max_count: 2_000,
            above_max: AboveMax::Refused,
            start_date_included: true,
            end_date_included: true,
            date_zone: 0,
            combination: Combination::IdDecides,
            unknown_id: UnknownId::NoItems,
            cursor_carries_filters: false,
            order: Order::NewestFirst,
            rows: Rows::AsAsked,
            key_place: KeyPlace::AfterItems,
            last_key: LastKey::Absent,
            empty_last_page: false,
            personal_data: PersonalData::Data,
            parts_in_lists: PartsInLists::Whole,
            times: Times::Iso,
            scores: Scores::Numbers,
            comments: Listed::List,
            retries: Listed::List,
            forms: Listed::List,
            injections: Listed::List,
            ip_verification: IpVerification::Mixed,
            pre_verification: PreVerification::Object,
            frequency: Frequency::Word,
            deleted: Deleted::Bare,
            secure_transfer: SecureTransfer::Off,
            wrapping: Wrapping::None,
            inside: Inside::All,
            errors_encrypted: false,
        }
    }
}
