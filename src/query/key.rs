//! The keys of the filter language: the parser, completion, the help page and docs/filter.md are made from them. Those that
//! narrow what is loaded come from the table of columns.

use std::borrow::Cow;

use super::RequestType;
use super::lex::Operator;
use crate::submission::row::{
    COLUMNS, CellSource, Column, ColumnFilter, ColumnKind, ColumnSpec, FilterValue, FilterWord,
};

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
    pub const fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Local => "local",
        }
    }
}

/// What a key means to the parser.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyMeaning {
    Server(Parameter),
    Local(RowQuestion),
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
pub(super) enum RowQuestion {
    /// The column or its companion holds one of the values.
    Words { column: Column, takes: FilterValue },
    /// One of the columns that are named holds anything.
    Has,
    /// The column compares with a number.
    Number(Column),
}

/// A key of the filter language.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is typed, before its sign.
    pub name: &'static str,
    /// What is typed, as an example.
    pub example: &'static str,
    /// What it takes, where neither its values nor its column say it.
    takes: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    /// The service's own names of what it asks for; those of a local key are the paths of its column.
    fields: &'static [&'static str],
    /// The values known beforehand.
    pub values: &'static [FilterWord],
    pub(super) meaning: KeyMeaning,
}

impl Key {
    /// Who answers its terms.
    pub const fn scope(&self) -> Scope {
        match self.meaning {
            KeyMeaning::Server(_) => Scope::Server,
            KeyMeaning::Local(_) => Scope::Local,
        }
    }

    /// What is after the key, to begin with.
    pub const fn sign(&self) -> &'static str {
        match self.meaning {
            KeyMeaning::Local(RowQuestion::Number(_)) => Operator::Less.text(),
            _ => Operator::Colon.text(),
        }
    }

    /// What it takes, in a few words; reads on after "takes".
    pub fn takes(&self) -> Cow<'static, str> {
        match self.meaning {
            KeyMeaning::Local(RowQuestion::Number(column)) => {
                let what =
                    if column.kind() == ColumnKind::Duration { "a time such as 90m, 12h or 2d" } else { "a number" };
                format!("<, <=, =, >= or > and {what}, as in {}", self.example).into()
            }
            _ if self.takes.is_empty() => {
                let words: Vec<&str> = self.values.iter().map(|value| value.word).collect();
                let (last, before) = words.split_last().unwrap_or((&"", &[]));
                format!("{} or {last}", before.join(", ")).into()
            }
            _ => self.takes.into(),
        }
    }

    /// Whether the service calls what it asks for by this name, whatever its case.
    pub(super) fn is_field(&self, name: &str) -> bool {
        let companions = match self.meaning {
            KeyMeaning::Local(RowQuestion::Words { column, .. } | RowQuestion::Number(column)) => {
                column.spec().companion
            }
            _ => None,
        };
        let fields = self.fields.iter().chain(companions.map_or(&[][..], Column::sent_paths));
        fields.into_iter().any(|field| field.eq_ignore_ascii_case(name))
    }

    /// The key of a column whose values a filter term asks for.
    const fn of_column(spec: &'static ColumnSpec, filter: &ColumnFilter) -> Self {
        let (values, takes): (&[FilterWord], &str) = match filter.takes {
            FilterValue::OneOf(values) => (values, ""),
            FilterValue::Any(values, takes) => (values, takes),
            FilterValue::Country => (&[], "countries of three letters, as in KOR"),
            FilterValue::Comparison => (&[], ""),
        };
        let question = match filter.takes {
            FilterValue::Comparison => RowQuestion::Number(spec.column),
            takes => RowQuestion::Words { column: spec.column, takes },
        };
        Self {
            name: spec.key,
            example: filter.example,
            takes,
            help: filter.help,
            fields: spec.column.sent_paths(),
            values,
            meaning: KeyMeaning::Local(question),
        }
    }
}

/// Every key, server before local, in the order in which help shows them.
pub const fn keys() -> &'static [Key] {
    const KEYS: [Key; SERVER_KEYS.len() + COLUMN_KEYS + 1] = all_keys();
    &KEYS
}

/// The keys of the service, those of the columns in their order, then `has`.
#[expect(clippy::indexing_slicing, reason = "run by the compiler, which does not accept a place outside")]
const fn all_keys() -> [Key; SERVER_KEYS.len() + COLUMN_KEYS + 1] {
    let mut keys = [HAS_KEY; SERVER_KEYS.len() + COLUMN_KEYS + 1];
    let mut count = 0;
    while count < SERVER_KEYS.len() {
        keys[count] = SERVER_KEYS[count];
        count += 1;
    }
    let mut specs: &'static [ColumnSpec] = &COLUMNS;
    while let [spec, rest @ ..] = specs {
        if let Some(filter) = &spec.filter {
            keys[count] = Key::of_column(spec, filter);
            count += 1;
        }
        specs = rest;
    }
    keys
}

/// How many columns a filter term asks for.
const COLUMN_KEYS: usize = {
    let (mut specs, mut count): (&[ColumnSpec], usize) = (&COLUMNS, 0);
    while let [spec, rest @ ..] = specs {
        count += spec.filter.is_some() as usize;
        specs = rest;
    }
    count
};

/// The key of a name as typed, whatever its case.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    keys().iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// What `has:` takes: the key of every column that the service sends.
#[expect(clippy::indexing_slicing, reason = "run by the compiler, which does not accept a place outside")]
const HAS: [FilterWord; SENT_COLUMNS] = {
    let mut words = [FilterWord::new("", ""); SENT_COLUMNS];
    let (mut specs, mut count): (&[ColumnSpec], usize) = (&COLUMNS, 0);
    while let [spec, rest @ ..] = specs {
        if matches!(spec.source, CellSource::Sent(_)) {
            words[count] = FilterWord::new(spec.key, spec.holds);
            count += 1;
        }
        specs = rest;
    }
    words
};

/// How many columns the service sends.
const SENT_COLUMNS: usize = {
    let (mut specs, mut count): (&[ColumnSpec], usize) = (&COLUMNS, 0);
    while let [spec, rest @ ..] = specs {
        count += matches!(spec.source, CellSource::Sent(_)) as usize;
        specs = rest;
    }
    count
};

const HAS_KEY: Key = Key {
    name: "has",
    example: "has:aml",
    takes: "",
    help: "the field has a value",
    fields: &[],
    values: &HAS,
    meaning: KeyMeaning::Local(RowQuestion::Has),
};

const DATES: &[FilterWord] = &[
    FilterWord::new("today", "this day in UTC"),
    FilterWord::new("yesterday", "the day before"),
    FilterWord::new("-7d", "seven days ago; any number of days"),
    FilterWord::new("-4w", "four weeks ago; any number of weeks"),
    FilterWord::new("month", "this month"),
];

const TYPES: &[FilterWord] = &[
    FilterWord::new(RequestType::Kyc.word(), "KYC data and the submission id"),
    FilterWord::new(RequestType::Aml.word(), "AML data and the submission id"),
    FilterWord::new(RequestType::Data.word(), "personal data and the submission id"),
    FilterWord::new(RequestType::Others.word(), "everything but KYC, AML and personal data"),
];

const A_DATE: &str = "YYYY-MM-DD, today, yesterday, -7d, -4w or month";

/// The keys that the service answers.
const SERVER_KEYS: &[Key] = &[
    Key {
        name: "email",
        example: "email:kim@example.com",
        takes: "one e-mail address; a bare word with @ is the same",
        help: "submissions of an e-mail address",
        fields: &["email"],
        values: &[],
        meaning: KeyMeaning::Server(Parameter::Email),
    },
    Key {
        name: "userid",
        example: "userid:\"user 7\"",
        takes: "one user id",
        help: "submissions of the user id that your side gave",
        fields: &["userid"],
        values: &[],
        meaning: KeyMeaning::Server(Parameter::UserId),
    },
    Key {
        name: "id",
        example: "id:6xx28lo115832",
        takes: "one submission id",
        help: "one submission by its id",
        fields: &["submission_id"],
        values: &[],
        meaning: KeyMeaning::Server(Parameter::Id),
    },
    Key {
        name: "from",
        example: "from:-7d",
        takes: A_DATE,
        help: "from this day on, in UTC; month is the first day of the current month",
        fields: &["start_date"],
        values: DATES,
        meaning: KeyMeaning::Server(Parameter::From),
    },
    Key {
        name: "to",
        example: "to:2026-11-21",
        takes: A_DATE,
        help: "up to this day, in UTC; month is the last day of the current month",
        fields: &["end_date"],
        values: DATES,
        meaning: KeyMeaning::Server(Parameter::To),
    },
    Key {
        name: "on",
        example: "on:yesterday",
        takes: A_DATE,
        help: "from and to in one: that day, in UTC; month is the whole current month",
        fields: &["start_date", "end_date"],
        values: DATES,
        meaning: KeyMeaning::Server(Parameter::On),
    },
    Key {
        name: "type",
        example: "type:kyc",
        takes: "",
        help: "which part of each submission the service returns",
        fields: &["request_type"],
        values: TYPES,
        meaning: KeyMeaning::Server(Parameter::Type),
    },
    Key {
        name: "count",
        example: "count:200",
        takes: "a number from 1 to 2000",
        help: "submissions per page; the service's default is 50",
        fields: &["count"],
        values: &[],
        meaning: KeyMeaning::Server(Parameter::Count),
    },
];

/// One way of writing that is no key: an example and what it does, for the help page and docs/filter.md.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What is typed.
    pub example: &'static str,
    /// What it does.
    pub help: &'static str,
}

/// The rest of the language, beside the keys.
pub const fn forms() -> &'static [Form] {
    const FORMS: &[Form] = &[
        Form { example: "kim seoul", help: "both words occur in the row; case, width and accents are ignored" },
        Form { example: "\"kim min\"", help: "the exact text; \\\" and \\\\ are a quote and a backslash" },
        Form { example: "kim@example.com", help: "a bare word with @ is email:" },
        Form { example: "status:pending,rejected", help: "commas mean or" },
        Form { example: "!status:approved", help: "! before a local term or a text negates it" },
        Form { example: "status:\"on hold\"", help: "in quotes, any value is used as typed" },
        Form { example: "aml:red-flag", help: "in values, case is ignored, and space, - and _ are equal" },
    ];
    FORMS
}
