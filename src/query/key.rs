//! The keys of the filter language, such as `status` in `status:pending`. The parser, the completion, the help page and
//! docs/filter.md are made from the table in this module. The local keys come from the table of columns.

use std::borrow::Cow;

use super::RequestType;
use super::lex::Operator;
use super::read::Tester;
use crate::submission::row::{
    COLUMNS, CellSource, Column, ColumnFilter, ColumnKind, ColumnSpec, FilterValue, FilterWord,
};

/// Says who tests a term of the filter: the service or this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The service tests the term, which is sent as a query parameter.
    Server,
    /// This program tests the term on the loaded rows, and hides those that do not match.
    Local,
}

impl Scope {
    /// Returns the word that says on the screen who tests a term: `server` for the service, `local` for this program.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Local => "local",
        }
    }
}

/// The meaning of a key for the parser. A server key sets a query parameter of the request. A local key is a test that
/// this program applies to each row.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyMeaning {
    Server(Parameter),
    Local(RowQuestion),
}

/// The query parameter that a server key (a filter key whose terms the service tests, such as `email`) sets.
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

/// The test that a local key (a filter key whose terms this program tests itself) applies to a row of the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowQuestion {
    /// Tests whether `column` or its companion column (shown in the same cell) holds one of the values in the term.
    /// `takes` says which values the term may have.
    Words { column: Column, takes: FilterValue },
    /// Tests whether at least one of the columns that the term names has a value, as in `has:aml`.
    Has,
    /// Compares the number in the column with the number in the term. The sign in the term, such as `<`, is the
    /// comparison.
    Number(Column),
}

/// A key of the filter language: the name before the sign in a term, such as `status` in `status:pending`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as the user types it, without the `:` or comparison sign after it.
    pub name: &'static str,
    /// An example term with this key.
    pub example: &'static str,
    /// Description, in words, of the values that the key takes. Empty if `values` or the kind of the column already
    /// describes them.
    takes: &'static str,
    /// The effect of the key in a filter line, described in one line for the help page.
    pub help: &'static str,
    /// Names that the service uses for the field that this key filters, such as `start_date` for the key `from`. If the
    /// key filters by a column, these are the JSON paths of the column.
    fields: &'static [&'static str],
    /// The values of this key that are known in advance, such as `today` for the key `from`.
    pub values: &'static [FilterWord],
    pub(super) meaning: KeyMeaning,
}

impl Key {
    /// Returns who tests the terms (conditions of the filter) with this key when submissions are requested: the service
    /// or this program.
    pub const fn scope(&self) -> Scope {
        match self.meaning {
            KeyMeaning::Server(_) => Scope::Server,
            KeyMeaning::Local(_) => Scope::Local,
        }
    }

    /// Returns whether a term with this key has a meaning if `tester` tests the server terms. `type` and `count`
    /// describe requests, so they mean nothing if this program tests the rows of a file. All other keys always have a
    /// meaning.
    pub(super) const fn has_meaning_for(&self, tester: Tester) -> bool {
        self.is_filter() || matches!(tester, Tester::Service)
    }

    /// Returns whether a term with this key filters submissions. `type` and `count` only say what a request returns.
    pub const fn is_filter(&self) -> bool {
        !matches!(self.meaning, KeyMeaning::Server(Parameter::Type | Parameter::Count))
    }

    /// Returns who tests a term with this key: the service or this program. `tester` says who tests the terms that the
    /// service can test.
    pub(super) const fn scope_with(&self, tester: Tester) -> Scope {
        match tester {
            Tester::Service => self.scope(),
            Tester::Program => Scope::Local,
        }
    }

    /// Returns the sign that the completion adds after the key: the sign in [`Self::example`], such as `>` in
    /// `waiting>12h`.
    pub fn sign(&self) -> &'static str {
        let after = self.example.get(self.name.len()..).unwrap_or_default();
        let signs = [Operator::AtMost, Operator::AtLeast, Operator::Less, Operator::More, Operator::Equal];
        signs.into_iter().find(|sign| after.starts_with(sign.text())).unwrap_or(Operator::Colon).text()
    }

    /// Returns whether a term with this key compares a number, so that a comparison sign follows the key, as in
    /// `score<80`. Any other key is always followed by `:`.
    pub(super) const fn compares(&self) -> bool {
        matches!(self.meaning, KeyMeaning::Local(RowQuestion::Number(_)))
    }

    /// Returns a description of the values that the key takes, to complete a sentence such as "status takes …".
    pub fn takes(&self) -> Cow<'static, str> {
        match self.meaning {
            KeyMeaning::Local(RowQuestion::Number(column)) => {
                let what = if column.kind() == ColumnKind::Duration {
                    "a time such as 90m, 12h, 2d or 1w"
                } else {
                    "a number"
                };
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

    /// Returns whether the service uses `name` for the field that this key filters, such as `start_date` for the key
    /// `from`. The comparison ignores the case of letters.
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

    /// Returns the key that filters by the column `spec`. `filter` holds the example, the help text and the kind of
    /// values of the key.
    const fn of_column(spec: &'static ColumnSpec, filter: &ColumnFilter) -> Self {
        let (values, takes): (&[FilterWord], &str) = match filter.takes {
            FilterValue::OneOf(values) => (values, ""),
            FilterValue::Any(values, takes) => (values, takes),
            FilterValue::Country => (&[], "countries of three letters, as in KOR"),
            FilterValue::Comparison if matches!(spec.kind, ColumnKind::Duration) => (DURATIONS, ""),
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

/// Returns all keys of the filter language in the order of the help page. First come the keys that become query
/// parameters of the request, then the keys whose terms this program tests itself.
pub const fn keys() -> &'static [Key] {
    const KEYS: [Key; SERVER_KEYS.len() + COLUMN_KEYS + 1] = all_keys();
    &KEYS
}

/// Returns the table of all keys of the filter language. First are the keys that become parameters of the request. Then
/// follow the keys that filter by a column, in the order of the columns, and last `has`.
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

/// Number of columns of the list that have a filter key.
const COLUMN_KEYS: usize = {
    let (mut specs, mut count): (&[ColumnSpec], usize) = (&COLUMNS, 0);
    while let [spec, rest @ ..] = specs {
        count += spec.filter.is_some() as usize;
        specs = rest;
    }
    count
};

/// Returns the key of the filter language with this name; `None` if no key has this name. The comparison ignores the
/// case of letters.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    keys().iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// Values that the filter key `has:` takes: the keys of all columns whose value the service sends.
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

/// Number of columns of the list whose value the service sends. The other columns are computed by this program.
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
    FilterWord::new("yesterday", "the day before today"),
    FilterWord::new("monday", "the latest Monday (today if it is one)"),
    FilterWord::new("week", "this week, Monday to Sunday"),
    FilterWord::new("-7d", "seven days ago; -1d, -30d and so on"),
    FilterWord::new("-4w", "four weeks ago; -1w, -2w and so on"),
    FilterWord::new("month", "this month"),
    FilterWord::new("tuesday", "the latest Tuesday (today if it is one)"),
    FilterWord::new("wednesday", "the latest Wednesday (today if it is one)"),
    FilterWord::new("thursday", "the latest Thursday (today if it is one)"),
    FilterWord::new("friday", "the latest Friday (today if it is one)"),
    FilterWord::new("saturday", "the latest Saturday (today if it is one)"),
    FilterWord::new("sunday", "the latest Sunday (today if it is one)"),
];

/// Durations that the completion offers. A term takes any other duration as well.
const DURATIONS: &[FilterWord] = &[
    FilterWord::new("30m", "30 minutes; any number of minutes"),
    FilterWord::new("12h", "12 hours; any number of hours"),
    FilterWord::new("1d", "one day; 2d, 30d and so on"),
    FilterWord::new("1w", "one week; 2w, 4w and so on"),
];

const TYPES: &[FilterWord] = &[
    FilterWord::new(RequestType::Kyc.word(), "KYC data and the submission id"),
    FilterWord::new(RequestType::Aml.word(), "AML data and the submission id"),
    FilterWord::new(RequestType::Data.word(), "personal data and the submission id"),
    FilterWord::new(RequestType::Others.word(), "everything but KYC, AML and personal data"),
];

const A_DATE: &str = "YYYY-MM-DD, today, yesterday, monday to sunday, week, -7d, -4w or month";

/// The keys of the filter language that become query parameters of the request to the service.
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
        help: "submissions of a user id, given by your own system",
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
        help: "2026-11-14, -7d, week (this week's Monday): that day or later (UTC)",
        fields: &["start_date"],
        values: DATES,
        meaning: KeyMeaning::Server(Parameter::From),
    },
    Key {
        name: "to",
        example: "to:2026-11-21",
        takes: A_DATE,
        help: "2026-11-21, -7d, week (this week's Sunday): that day or earlier (UTC)",
        fields: &["end_date"],
        values: DATES,
        meaning: KeyMeaning::Server(Parameter::To),
    },
    Key {
        name: "on",
        example: "on:yesterday",
        takes: A_DATE,
        help: "one day or period (UTC): 2026-11-21, week (this week, Mon–Sun)",
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

/// A way to write a filter that is not about one key, such as "commas mean or". It consists of an example and its
/// meaning, and is listed on the help page and in docs/filter.md.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The example: a piece of a filter line, such as `status:pending,rejected`.
    pub example: &'static str,
    /// The meaning of the example in the filter language, in a few words.
    pub help: &'static str,
}

/// Returns the general ways to write a filter, which are not about one key, such as "commas mean or".
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
