//! Settings of the demo server for everything that the service's documentation leaves open. The default of each setting
//! is what this demo assumes about the service.
//!
//! `demo/scenarios/default.toml` lists every setting under the name that scenario files use. For each setting, that
//! file says whether the server's answer is documented, shown in samples or assumed, and in which place.

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
    /// The largest value of the parameter `count` (number of submissions on a page) that the server accepts.
    pub max_count: usize,
    /// What the server answers to a `count` above `max_count`.
    pub above_max: AboveMax,
    /// Whether a list that the parameter `start_date` limits includes submissions of the day `start_date`.
    pub start_date_included: bool,
    /// Whether a list that the parameter `end_date` limits includes submissions of the day `end_date`.
    pub end_date_included: bool,
    /// The time zone of the days in `start_date` and `end_date`, in hours east of UTC.
    pub date_zone: i8,
    /// How the other filters, such as `email`, affect a request that has `submission_id`.
    pub combination: Combination,
    /// What the server answers to a request for a `submission_id` that does not exist.
    pub unknown_id: UnknownId,
    /// Whether the filters of a list also apply to a request that has only a page key (with which the client requests
    /// the next page). If not, the client must send the filters again with each page key.
    pub cursor_carries_filters: bool,
    /// The order of the submissions in lists.
    pub order: Order,
    /// Number of rows that the server puts on a page, compared with the number in the parameter `count`.
    pub rows: Rows,
    /// The position of `nextpageKey` (the page key, with which the client requests the next page) in the JSON of a
    /// list.
    pub key_place: KeyPlace,
    /// What the last page of a list, which has no next page, has as `nextpageKey` (the page key of the next page).
    pub last_key: LastKey,
    /// Whether the page with the last rows still has a page key (with which the client requests the next page). That
    /// page key then leads to an empty page.
    pub empty_last_page: bool,
    /// The fields of a submission that count as personal data. The values `data` and `others` of the parameter
    /// `request_type` keep or omit these fields.
    pub personal_data: PersonalData,
    /// How complete the requested fields of the submissions in a list are. The client requests a group of fields, such
    /// as `kyc`, with the parameter `request_type`.
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
    /// The JSON form of `additional_list` (the applicant's answers to the customer's questions): a list or a single
    /// value.
    pub forms: Listed,
    /// The JSON form of `Injection_action` (address data added after the submission): a list or a single value.
    pub injections: Listed,
    /// Where `ipVerification` is in the JSON of an address injection (address data added after the submission).
    pub ip_verification: IpVerification,
    /// The JSON form of `pre_verification` (a check of the applicant's network): one object or a list.
    pub pre_verification: PreVerification,
    /// The JSON form of `pre_verification.attempts_frequency` (how often the service met the network before): a word or
    /// a number.
    pub frequency: Frequency,
    /// Which fields of a deleted submission the server still sends.
    pub deleted: Deleted,
    /// Whether the client must, may or cannot encrypt its requests; encrypted requests get encrypted answers.
    pub secure_transfer: SecureTransfer,
    /// The JSON objects that enclose an encrypted answer.
    pub wrapping: Wrapping,
    /// Which parameters an encrypted request may hold.
    pub inside: Inside,
    /// Whether refusals by the service are encrypted if the request was encrypted. Refusals by the gateway (the server
    /// in front of the service) are never encrypted.
    pub errors_encrypted: bool,
    /// The value of the header `Content-Type` in an answer with a picture.
    pub picture_type: PictureType,
    /// The file formats (PNG or JPEG) in which pictures are sent.
    pub picture_file: PictureFiles,
    /// Whether the server sends pictures encrypted. They are then inside the same JSON as other encrypted answers.
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
