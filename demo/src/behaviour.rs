//! Switches of the demo server for everything that the service's documentation leaves open. The default of each switch
//! is what this demo assumes.
//!
//! `demo/scenarios/default.toml` lists every switch under the name that scenario files use. For each answer of the
//! server, that file says whether the answer is documented, shown in samples or assumed, and where.

mod values;

use serde::Deserialize;

pub use values::{
    AboveMax, Combination, Deleted, Frequency, Inside, IpVerification, KeyPlace, LastKey, Listed, Order, PartsInLists,
    PersonalData, PictureFiles, PictureType, PreVerification, Rows, Scores, SecureTransfer, Times, UnknownId, Wrapping,
};

/// Settings of the demo server for all points on which the documentation of `GET /submission` is silent or incomplete.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Behaviour {
    /// The largest value of `count` that the server accepts: the number of submissions on a page.
    pub max_count: usize,
    /// The answer to a `count` above `max_count`.
    pub above_max: AboveMax,
    /// Whether a list with `start_date` includes submissions of that day.
    pub start_date_included: bool,
    /// Whether a list with `end_date` includes submissions of that day.
    pub end_date_included: bool,
    /// The time zone of the days in `start_date` and `end_date`, in hours east of UTC.
    pub date_zone: i8,
    /// The effect of the other filters, such as `email`, in a request that has `submission_id`.
    pub combination: Combination,
    /// The answer to a `submission_id` that does not exist.
    pub unknown_id: UnknownId,
    /// Whether a page key alone keeps the filters of its list, so that the client need not send the filters again.
    pub cursor_carries_filters: bool,
    /// The order of the submissions in lists.
    pub order: Order,
    /// Number of rows on a page, compared with the number in the parameter `count`.
    pub rows: Rows,
    /// The position of the page key `nextpageKey` in the JSON of a list.
    pub key_place: KeyPlace,
    /// The value of `nextpageKey` in the JSON of the last page, which has no next page.
    pub last_key: LastKey,
    /// Whether the page with the last rows still has a page key, which leads to an empty page.
    pub empty_last_page: bool,
    /// The fields that count as personal data for `request_type`.
    pub personal_data: PersonalData,
    /// Completeness of one part of the submissions in a list: the part that the parameter `request_type` names, such as
    /// `kyc`.
    pub parts_in_lists: PartsInLists,
    /// The format of the times in the JSON of submissions. The times in `signals` are an exception, because their
    /// format is documented.
    pub times: Times,
    /// The JSON type of scores: numbers or text.
    pub scores: Scores,
    /// The JSON form of `kyc.comment` and `kyc.commentCode`: a list or a single value.
    pub comments: Listed,
    /// The JSON form of `retryMsg` and `retryCode` in attempts: a list or a single value.
    pub retries: Listed,
    /// The JSON form of `additional_list`: a list or a single value.
    pub forms: Listed,
    /// The JSON form of `Injection_action`: a list or a single value.
    pub injections: Listed,
    /// The place of `ipVerification` in an address injection (address data added after the submission).
    pub ip_verification: IpVerification,
    /// The JSON form of `pre_verification`: one object or a list.
    pub pre_verification: PreVerification,
    /// The JSON form of `pre_verification.attempts_frequency`: a word or a number.
    pub frequency: Frequency,
    /// The fields that a deleted submission keeps.
    pub deleted: Deleted,
    /// The rule that says whether requests and answers are encrypted.
    pub secure_transfer: SecureTransfer,
    /// The JSON that encloses an encrypted answer.
    pub wrapping: Wrapping,
    /// The parameters that an encrypted request may hold.
    pub inside: Inside,
    /// Whether refusals by the service are encrypted as well. Refusals by the gateway are never encrypted.
    pub errors_encrypted: bool,
    /// The header `Content-Type` of the answer with a picture.
    pub picture_type: PictureType,
    /// The kind of the files in which pictures are sent.
    pub picture_file: PictureFiles,
    /// Whether the server encrypts pictures, and sends them in the same JSON as other encrypted answers.
    pub pictures_sealed: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            // An older edition of the documentation names 2,000; the present one names no limit.
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
            deleted: Deleted::Named,
            secure_transfer: SecureTransfer::Off,
            wrapping: Wrapping::None,
            inside: Inside::All,
            errors_encrypted: false,
            picture_type: PictureType::Named,
            picture_file: PictureFiles::AsDrawn,
            pictures_sealed: false,
        }
    }
}
