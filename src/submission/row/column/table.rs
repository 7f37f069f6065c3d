//! Holds the table of columns: one entry with everything known of each column.

use super::Column;
use super::retry_codes::RETRY_WORDS;
use super::spec::CellSource::{Computed, Sent};
use super::spec::ColumnKind::{Count, Duration, Judgement, Number, Text, Time, Word, Words};
use super::spec::{ColumnFilter, ColumnSpec, FilterValue, FilterWord};
use super::waiting::waiting;
use crate::text::Class::{Open, Personal};

const STATUSES: &[FilterWord] = &[
    FilterWord::new("approved", "accepted"),
    FilterWord::new("rejected", "refused"),
    FilterWord::new("pending", "waiting for manual review"),
    FilterWord::new("incomplete", "not finished; may become rejected after about a day"),
];

const ID_TYPES: &[FilterWord] = &[
    FilterWord::new("government_id", ""),
    FilterWord::new("passport", ""),
    FilterWord::new("drivers_license", ""),
    FilterWord::new("residence_permit", ""),
    FilterWord::new("vehicle_registration_certificate", ""),
    FilterWord::new("visa", ""),
    FilterWord::new("aadhaar", ""),
    FilterWord::new("pancard", ""),
    FilterWord::new("identification_card", "US state id"),
    FilterWord::new("foreign_registrator", ""),
    FilterWord::new("universal", ""),
];

const SCREENINGS: &[FilterWord] = &[
    FilterWord::new("red-flag", "status Red Flag: there is a match"),
    FilterWord::new("not-screened", "Not Screened: no match, or not run"),
    FilterWord::new("high", "risk level High"),
    FilterWord::new("medium", "risk level Medium"),
    FilterWord::new("low", "risk level Low"),
];

/// Table of the columns: one entry for each column, in the order of [`Column`]. The program does not compile if a
/// column has no entry.
#[rustfmt::skip]
pub const COLUMNS: [ColumnSpec; Column::ALL.len()] = [
    ColumnSpec { column: Column::Created, key: "created", full_name: "Created",
        headings: ["Created", "Created"], widths: [3, 16, 16],
        source: Sent(&["created_at"]), class: Open, kind: Time,
        holds: "a time of creation", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Id, key: "id", full_name: "Submission id",
        headings: ["ID", "ID"], widths: [3, 18, 18],
        source: Sent(&["submission_id"]), class: Open, kind: Text,
        holds: "a submission id", alias: Some("Submission"), companion: None, filter: None },
    ColumnSpec { column: Column::Email, key: "email", full_name: "E-mail",
        headings: ["E-mail", "E-mail"], widths: [3, 26, 26],
        source: Sent(&["email"]), class: Personal, kind: Text,
        holds: "an e-mail address", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Name, key: "name", full_name: "Name",
        headings: ["Name", "Name"], widths: [3, 13, 37],
        source: Sent(&["data.full_name", "data.name", "data.first_name", "data.last_name"]),
        class: Personal, kind: Text,
        holds: "a name", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::BirthDate, key: "birth", full_name: "Birth date",
        headings: ["Birth date", "Born"], widths: [3, 10, 10],
        source: Sent(&["data.date_of_birth"]), class: Personal, kind: Text,
        holds: "a date of birth", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Nationality, key: "nat", full_name: "Nationality",
        headings: ["Nationality", "Nat"], widths: [3, 3, 3],
        source: Sent(&["data.nationality"]), class: Open, kind: Word,
        holds: "a nationality", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "nat:KOR,VNM", help: "nationality", takes: FilterValue::Country }) },
    ColumnSpec { column: Column::IssuingCountry, key: "country", full_name: "Issuing country",
        headings: ["Issuer", "Iss"], widths: [3, 3, 3],
        source: Sent(&["data.idcard_issuingCountry"]), class: Open, kind: Word,
        holds: "an issuing country", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "country:KOR", help: "country that issued the ID",
            takes: FilterValue::Country }) },
    ColumnSpec { column: Column::IdType, key: "idtype", full_name: "ID type",
        headings: ["ID type", "ID type"], widths: [3, 17, 17],
        source: Sent(&["data.idType"]), class: Open, kind: Word,
        holds: "an ID type", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "idtype:passport,visa", help: "type of the ID document",
            takes: FilterValue::Any(ID_TYPES, "ID types, as in passport") }) },
    ColumnSpec { column: Column::AgeGroup, key: "age", full_name: "Age group",
        headings: ["Age group", "Age"], widths: [3, 10, 10],
        source: Sent(&["data.age_group"]), class: Open, kind: Word,
        holds: "an age group", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Status, key: "status", full_name: "Status",
        headings: ["Status", "Status"], widths: [3, 10, 10],
        source: Sent(&["kyc.result"]), class: Open, kind: Judgement,
        holds: "a KYC status", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "status:pending,rejected", help: "KYC status",
            takes: FilterValue::OneOf(STATUSES) }) },
    ColumnSpec { column: Column::RejectCode, key: "code", full_name: "Reject code",
        headings: ["Code", "Code"], widths: [4, 18, 28],
        source: Sent(&["kyc.commentCode"]), class: Open, kind: Words,
        holds: "a reject code", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "code:too_many_retry", help: "reject code; one of several is enough",
            takes: FilterValue::Any(&[], "reject codes, as in too_many_retry") }) },
    ColumnSpec { column: Column::Aml, key: "aml", full_name: "AML status",
        headings: ["AML", "AML"], widths: [3, 8, 14],
        source: Sent(&["aml.currentstatus"]), class: Open, kind: Judgement,
        holds: "an AML status or risk level, \"Not Screened\" included", alias: None, companion: Some(Column::AmlLevel),
        filter: Some(ColumnFilter { example: "aml:red-flag,high", help: "AML status or risk level",
            takes: FilterValue::OneOf(SCREENINGS) }) },
    ColumnSpec { column: Column::AmlLevel, key: "level", full_name: "AML level",
        headings: ["AML level", "Level"], widths: [3, 6, 14],
        source: Sent(&["aml.risk_level_summary"]), class: Open, kind: Judgement,
        holds: "an AML risk level", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::ArgosScore, key: "score", full_name: "ARGOS score",
        headings: ["Score", "Score"], widths: [3, 5, 5],
        source: Sent(&["argos_score"]), class: Open, kind: Number,
        holds: "an argos score", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "score<80", help: "ARGOS score; rows without a numeric score are undecided",
            takes: FilterValue::Comparison }) },
    ColumnSpec { column: Column::Attempts, key: "attempts", full_name: "Attempts",
        headings: ["Attempts", "Att"], widths: [3, 3, 3],
        source: Sent(&["kyc.attempts"]), class: Open, kind: Count,
        holds: "a list of attempts", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "attempts>=2", help: "number of KYC attempts; 1+3 is shown for 1 attempt and 3 retries",
            takes: FilterValue::Comparison }) },
    ColumnSpec { column: Column::Retry, key: "retry", full_name: "Retry codes",
        headings: ["Retry codes", "Retry"], widths: [3, 22, 22],
        source: Sent(&["kyc.attempts.retryCode", "kyc.retry.retryCode"]), class: Open, kind: Words,
        holds: "a retry code", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "retry:forgery,no_face",
            help: "retry code, or kind of retry codes; one of several is enough",
            takes: FilterValue::Any(RETRY_WORDS, "retry codes or their kinds, as in glare_detected or forgery") }) },
    ColumnSpec { column: Column::UserId, key: "userid", full_name: "User id",
        headings: ["User id", "User"], widths: [3, 16, 16],
        source: Sent(&["userid"]), class: Personal, kind: Text,
        holds: "a user id", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Ip, key: "ip", full_name: "IP address",
        headings: ["IP", "IP"], widths: [3, 15, 15],
        source: Sent(&["data.ip_address"]), class: Personal, kind: Text,
        holds: "an IP address", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "ip:192.0.2.1", help: "exactly this IP address of the applicant",
            takes: FilterValue::Any(&[], "whole IP addresses, as in 192.0.2.1") }) },
    ColumnSpec { column: Column::Token, key: "token", full_name: "Token id",
        headings: ["Token", "Token"], widths: [3, 16, 16],
        source: Sent(&["tokenId"]), class: Open, kind: Text,
        holds: "a token id", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "token:3f0c2a5e-9b41-4d7e-8c55-0a1b2c3d4e5f", help: "exactly this token id",
            takes: FilterValue::Any(&[], "whole token ids") }) },
    ColumnSpec { column: Column::Updated, key: "updated", full_name: "Updated",
        headings: ["Updated", "Updated"], widths: [3, 16, 16],
        source: Sent(&["updated_at"]), class: Open, kind: Time,
        holds: "a time of update", alias: None, companion: None, filter: None },
    ColumnSpec { column: Column::Applicant, key: "applicant", full_name: "Applicant id",
        headings: ["Applicant", "Applicant"], widths: [3, 16, 16],
        source: Sent(&["applicant_id"]), class: Open, kind: Text,
        holds: "an applicant id", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "applicant:mgm8m8mjicls", help: "exactly this applicant id",
            takes: FilterValue::Any(&[], "whole applicant ids, as in mgm8m8mjicls") }) },
    ColumnSpec { column: Column::Waiting, key: "waiting", full_name: "Waiting",
        headings: ["Waiting", "Wait"], widths: [4, 9, 11],
        source: Computed(&["pending_at", "created_at", "kyc.result"], waiting), class: Open, kind: Duration,
        holds: "how long a pending submission was pending when it was loaded", alias: None, companion: None,
        filter: Some(ColumnFilter { example: "waiting>12h", help: "how long it was pending when it was loaded",
            takes: FilterValue::Comparison }) },
];

/// Checks while compiling that each entry of [`COLUMNS`] is at the position of its column in the enum [`Column`].
const _: () = {
    let mut entries: &[ColumnSpec] = &COLUMNS;
    let mut place = 0;
    while let [entry, rest @ ..] = entries {
        assert!(entry.column as usize == place, "entries are in the order of the columns");
        (entries, place) = (rest, place + 1);
    }
};
