//! The one table of keys: the parser, completion, the help page and the README are made from it.

use super::RequestType;
use super::lex::Sign;
use crate::submission::row::Column;

/// Who answers a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The service: the term is a query parameter.
    Server,
    /// This program: the term narrows the rows that are loaded.
    Local,
}

impl Scope {
    /// The word on the screen.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Local => "local",
        }
    }
}

/// A value that a key is known to take.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// As it is typed.
    pub word: &'static str,
    /// What it stands for, in a few words.
    pub help: &'static str,
}

/// How strictly a key takes a value that stands without quotes. In quotes any value goes, as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Only known words.
    Closed,
    /// Any word, but none that looks like a slip of a known one.
    Open,
    /// Three letters.
    Country,
}

/// What a key means to the parser.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    Server(Parameter),
    Local(Question),
}

/// What a key of the service sets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parameter {
    Email,
    UserId,
    Id,
    From,
    To,
    On,
    Type,
    Count,
}

/// What a local key asks of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// One of the columns holds one of the values.
    Words { columns: &'static [Column], spelling: Spelling },
    /// One of the columns of the value holds anything.
    Has,
    /// The column compares with a number.
    Number(Column),
}

/// A key of the filter language.
#[derive(Debug)]
pub struct Key {
    /// As it is typed, before its sign.
    pub name: &'static str,
    /// What is typed, as an example.
    pub example: &'static str,
    /// What it takes, in a few words; reads on after "takes".
    pub takes: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    /// The service's own name of what it asks for.
    pub field: &'static str,
    /// The values known beforehand.
    pub values: &'static [Known],
    pub(super) meaning: Meaning,
}

impl Key {
    /// Who answers its terms.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self.meaning {
            Meaning::Server(_) => Scope::Server,
            Meaning::Local(_) => Scope::Local,
        }
    }

    /// What stands after the key, to begin with.
    #[must_use]
    pub const fn sign(&self) -> &'static str {
        match self.meaning {
            Meaning::Local(Question::Number(_)) => Sign::Less.text(),
            _ => Sign::Colon.text(),
        }
    }
}

/// Every key, server before local, in the order in which help shows them.
#[must_use]
pub const fn keys() -> &'static [Key] {
    KEYS
}

/// The key of a name as typed, whatever its case.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// The columns that `has:` looks at for one of its words.
pub(super) fn has_columns(word: &str) -> Option<&'static [Column]> {
    Some(match word {
        "aml" => &[Column::Aml, Column::AmlLevel],
        "code" => &[Column::RejectCode],
        "email" => &[Column::Email],
        "name" => &[Column::Name],
        "birth" => &[Column::BirthDate],
        "nat" => &[Column::Nationality],
        "country" => &[Column::IssuingCountry],
        "idtype" => &[Column::IdType],
        "age" => &[Column::AgeGroup],
        "status" => &[Column::Status],
        "score" => &[Column::ArgosScore],
        "userid" => &[Column::UserId],
        "ip" => &[Column::Ip],
        "token" => &[Column::Token],
        "updated" => &[Column::Updated],
        _ => return None,
    })
}

const fn known(word: &'static str, help: &'static str) -> Known {
    Known { word, help }
}

const HAS: &[Known] = &[
    known("aml", "an AML status or risk level, \"Not Screened\" included"),
    known("code", "a reject code"),
    known("email", "an e-mail address"),
    known("name", "a name"),
    known("birth", "a date of birth"),
    known("nat", "a nationality"),
    known("country", "an issuing country"),
    known("idtype", "an ID type"),
    known("age", "an age group"),
    known("status", "a KYC status"),
    known("score", "an argos score"),
    known("userid", "a user id"),
    known("ip", "an IP address"),
    known("token", "a token id"),
    known("updated", "a time of update"),
];

const DATES: &[Known] = &[
    known("today", "this day in UTC"),
    known("yesterday", "the day before"),
    known("-7d", "seven days ago; any number of days"),
    known("-4w", "four weeks ago; any number of weeks"),
    known("month", "this month"),
];

const TYPES: &[Known] = &[
    known(RequestType::Kyc.word(), "KYC data and the submission id"),
    known(RequestType::Aml.word(), "AML data and the submission id"),
    known(RequestType::Data.word(), "personal data and the submission id"),
    known(RequestType::Others.word(), "everything but KYC, AML and personal data"),
];

const STATUSES: &[Known] = &[
    known("approved", "accepted"),
    known("rejected", "refused"),
    known("pending", "waits for a manual review"),
    known("incomplete", "left midway; can turn into rejected about a day later"),
];

const ID_TYPES: &[Known] = &[
    known("government_id", ""),
    known("passport", ""),
    known("drivers_license", ""),
    known("residence_permit", ""),
    known("vehicle_registration_certificate", ""),
    known("visa", ""),
    known("aadhaar", ""),
    known("pancard", ""),
    known("identification_card", "US state id"),
    known("foreign_registrator", ""),
    known("universal", ""),
];

const AML: &[Known] = &[
    known("red-flag", "status Red Flag: there is a match"),
    known("not-screened", "Not Screened: no match, or not run"),
    known("high", "risk level High"),
    known("medium", "risk level Medium"),
    known("low", "risk level Low"),
];

const A_DATE: &str = "YYYY-MM-DD, today, yesterday, -7d, -4w or month";

const KEYS: &[Key] = &[
    Key {
        name: "email",
        example: "email:kim@example.com",
        takes: "one e-mail address; a bare word with @ is the same",
        help: "submissions of an e-mail address",
        field: "email",
        values: &[],
        meaning: Meaning::Server(Parameter::Email),
    },
    Key {
        name: "userid",
        example: "userid:\"user 7\"",
        takes: "one user id",
        help: "submissions of the user id that your side gave",
        field: "userid",
        values: &[],
        meaning: Meaning::Server(Parameter::UserId),
    },
    Key {
        name: "id",
        example: "id:6xx28lo115832",
        takes: "one submission id",
        help: "one submission by its id",
        field: "submission_id",
        values: &[],
        meaning: Meaning::Server(Parameter::Id),
    },
    Key {
        name: "from",
        example: "from:-7d",
        takes: A_DATE,
        help: "from this day on, in UTC; month is the first day of this month",
        field: "start_date",
        values: DATES,
        meaning: Meaning::Server(Parameter::From),
    },
    Key {
        name: "to",
        example: "to:2026-11-21",
        takes: A_DATE,
        help: "up to this day, in UTC; month is the last day of this month",
        field: "end_date",
        values: DATES,
        meaning: Meaning::Server(Parameter::To),
    },
    Key {
        name: "on",
        example: "on:yesterday",
        takes: A_DATE,
        help: "from and to in one: that day, in UTC; month is the whole of this month",
        field: "start_date and end_date",
        values: DATES,
        meaning: Meaning::Server(Parameter::On),
    },
    Key {
        name: "type",
        example: "type:kyc",
        takes: "kyc, aml, data or others",
        help: "which part of each submission the service returns",
        field: "request_type",
        values: TYPES,
        meaning: Meaning::Server(Parameter::Type),
    },
    Key {
        name: "count",
        example: "count:200",
        takes: "a number from 1 to 2000",
        help: "submissions a page; without it the service's default of 50",
        field: "count",
        values: &[],
        meaning: Meaning::Server(Parameter::Count),
    },
    Key {
        name: "status",
        example: "status:pending,rejected",
        takes: "approved, rejected, pending or incomplete",
        help: "KYC status",
        field: "kyc.result",
        values: STATUSES,
        meaning: Meaning::Local(Question::Words { columns: &[Column::Status], spelling: Spelling::Closed }),
    },
    Key {
        name: "nat",
        example: "nat:KOR,VNM",
        takes: "countries of three letters, as in KOR",
        help: "nationality",
        field: "data.nationality",
        values: &[],
        meaning: Meaning::Local(Question::Words { columns: &[Column::Nationality], spelling: Spelling::Country }),
    },
    Key {
        name: "country",
        example: "country:KOR",
        takes: "countries of three letters, as in KOR",
        help: "country that issued the ID",
        field: "data.idcard_issuingCountry",
        values: &[],
        meaning: Meaning::Local(Question::Words { columns: &[Column::IssuingCountry], spelling: Spelling::Country }),
    },
    Key {
        name: "idtype",
        example: "idtype:passport,visa",
        takes: "ID types, as in passport",
        help: "type of the ID document",
        field: "data.idType",
        values: ID_TYPES,
        meaning: Meaning::Local(Question::Words { columns: &[Column::IdType], spelling: Spelling::Open }),
    },
    Key {
        name: "aml",
        example: "aml:red-flag,high",
        takes: "red-flag, not-screened, high, medium or low",
        help: "AML status or risk level",
        field: "aml.currentstatus and aml.risk_level_summary",
        values: AML,
        meaning: Meaning::Local(Question::Words {
            columns: &[Column::Aml, Column::AmlLevel],
            spelling: Spelling::Closed,
        }),
    },
    Key {
        name: "code",
        example: "code:too_many_retry",
        takes: "reject codes, as in too_many_retry",
        help: "reject code; with several, any of them",
        field: "kyc.commentCode",
        values: &[],
        meaning: Meaning::Local(Question::Words { columns: &[Column::RejectCode], spelling: Spelling::Open }),
    },
    Key {
        name: "has",
        example: "has:aml",
        takes: "aml, code, email, name, birth, nat, country, idtype, age, status, score, userid, ip, token or updated",
        help: "the field holds a value",
        field: "the field of that name",
        values: HAS,
        meaning: Meaning::Local(Question::Has),
    },
    Key {
        name: "score",
        example: "score<80",
        takes: "<, <=, =, >= or > and a number, as in score<80",
        help: "argos score; a score that is no number stays undecided",
        field: "argos_score",
        values: &[],
        meaning: Meaning::Local(Question::Number(Column::ArgosScore)),
    },
    Key {
        name: "attempts",
        example: "attempts>=2",
        takes: "<, <=, =, >= or > and a number, as in attempts>=2",
        help: "number of KYC attempts",
        field: "kyc.attempts",
        values: &[],
        meaning: Meaning::Local(Question::Number(Column::Attempts)),
    },
];

/// One way of writing that is no key: an example and what it does, for the help page and the README.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What is typed.
    pub example: &'static str,
    /// What it does.
    pub help: &'static str,
}

/// The rest of the language, beside the keys.
#[must_use]
pub const fn forms() -> &'static [Form] {
    const FORMS: &[Form] = &[
        Form { example: "kim seoul", help: "both words occur in the row; case, width and accents do not count" },
        Form { example: "\"kim min\"", help: "the text as a whole; \\\" and \\\\ stand for a quote and a backslash" },
        Form { example: "kim@example.com", help: "a bare word with @ is email:" },
        Form { example: "status:pending,rejected", help: "commas mean or" },
        Form { example: "!status:approved", help: "! before a local term or a text means not" },
        Form { example: "status:\"on hold\"", help: "in quotes any value is taken as it is" },
        Form { example: "aml:red-flag", help: "in values case does not count, and space, - and _ are the same" },
    ];
    FORMS
}
