//! Completion at the cursor of the filter bar: offers the keys and the values that the user can type there. The offered
//! values are the known values of a key, and values of loaded rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::date::Days;
use super::key::{self, Key, KeyMeaning, Parameter, RowQuestion, Scope};
use super::lex::{self, Operator, Word, WrittenKey};
use super::predicate::plain;
use super::search_text::looks_like_id;
use super::write::value_text;
use super::{Problem, Query, Tester};
use crate::submission::row::{Column, ColumnKind, Row};
use crate::text::typed::{in_ascii, is_quotation_mark};
use crate::text::{Class, Safe, counted};

/// The completions at a cursor position of the filter bar, and the part of the filter line that an accepted completion
/// replaces.
#[derive(Clone, Default)]
pub struct Completions {
    /// The byte range of the filter line that an accepted completion replaces, on character boundaries. The range is
    /// empty if the completion replaces nothing and is only inserted.
    pub replace: Range<usize>,
    /// The completions from which the user can choose, best first.
    pub candidates: Vec<Candidate>,
}

/// A completion that the filter bar offers: a key or a value to insert, and its meaning.
#[derive(Clone)]
pub struct Candidate {
    /// The key or value to insert into the filter line.
    pub insert: Safe,
    /// The meaning of the key or value in a few words; may be empty.
    pub help: Safe,
    /// Who tests a term with this key: the service or this program.
    pub scope: Scope,
    /// Whether a term with this key filters the list. `type:` and `count:` do not: they only change the request.
    pub is_filter: bool,
}

/// Values of loaded rows that are offered as completions. Only words such as `approved`, from columns whose values are
/// never masked, are kept. So identity data is never offered.
#[derive(Clone, Default)]
pub struct Vocabulary {
    seen: BTreeMap<Column, BTreeSet<Box<str>>>,
}

impl Vocabulary {
    /// Maximum number of different values that are kept for one column. A column with more values probably holds free
    /// text, and a longer list does not help the user.
    const MOST: usize = 500;
    /// Maximum length in bytes of a value that is kept for completion. A longer value is free text and not a code.
    const LONGEST: usize = 64;

    /// Adds the values of the loaded row `row` to the values that the completion can offer.
    pub fn see(&mut self, row: &Row) {
        for key in key::keys() {
            let KeyMeaning::Local(RowQuestion::Words { column, .. }) = key.meaning else { continue };
            if column.kind() == ColumnKind::Text {
                continue;
            }
            for column in column.with_companion() {
                // A value that any mask level hides is offered at no mask level.
                let Some(text) = row.cell(column).text().filter(|_| row.class(column) == Class::Open) else {
                    continue;
                };
                if column.kind() == ColumnKind::Words {
                    text.split(',').for_each(|code| self.note(column, code.trim()));
                } else {
                    self.note(column, text);
                }
            }
        }
    }

    /// Adds `text`, a value of the column `column`, to the values that are offered as completions. Skips a value with
    /// characters that the screen replaces (such as control characters), because the user could not type it.
    fn note(&mut self, column: Column, text: &str) {
        let seen = self.seen.entry(column).or_default();
        let fits = !text.is_empty() && text.len() <= Self::LONGEST && seen.len() < Self::MOST;
        if fits && !seen.contains(text) && Safe::sanitize(text).as_str() == text {
            seen.insert(text.into());
        }
    }
}

/// Returns the completions at `cursor`, a byte offset from the start of the filter line `text`. Returns no completion
/// if the offset is not on a character boundary.
///
/// - `tester`: who tests the terms that the service can test. For the rows of a file this is the program, and `type:`
///   and `count:` are not offered.
/// - `today`: the day from which relative dates count.
/// - `seen`: the values of loaded rows.
///
/// A completion does not make the line invalid. A word with an accepted value is a valid term. After an accepted key,
/// only the value is missing.
pub fn complete(text: &str, cursor: usize, tester: Tester, today: Date, seen: &Vocabulary) -> Completions {
    if !text.is_char_boundary(cursor) {
        return Completions::default();
    }
    let words = lex::line(text).words;
    let given = given(&words, cursor);
    let names = |typed: &str, negated, sign| names(typed, tester, negated, sign, &given);
    let Some(word) = words.iter().find(|word| around(&word.span, cursor)) else {
        return Completions { candidates: names("", false, None), replace: cursor..cursor };
    };
    let (replace, sign) = match &word.key {
        _ if cursor < word.body => return Completions::default(),
        Some(name) if cursor <= name.span.end => (name.span.clone(), Some(name.sign)),
        Some(name) => return values(text, name, word, cursor, (tester, today), seen),
        None if word.parts.iter().any(|part| part.quoted) => return Completions::default(),
        None => (word.body..word.span.end, None),
    };
    let typed = in_ascii(text.get(replace.start..cursor).unwrap_or_default());
    if typed.is_empty() && !replace.is_empty() {
        // The cursor is before a word that is typed already: nothing of it is to be lost.
        return Completions::default();
    }
    let mut candidates = names(&typed, word.negations > 0, sign);
    if sign.is_some() && word.parts.iter().any(|part| !part.text.is_empty()) {
        candidates.retain(|candidate| fits(text, &replace, candidate.insert.as_str(), (tester, today)));
    }
    candidates.extend(id_offer(word, tester, &given));
    Completions { candidates, replace }
}

/// Returns the completion that puts the key `id` before `word`, as in `id:abc123def456`. Returns `None` if the word
/// does not look like a submission id, or has a key or a `!`. Returns `None` also if the line already has the key `id`.
/// `given` are the keys of the line.
fn id_offer(word: &Word<'_>, tester: Tester, given: &[&str]) -> Option<Candidate> {
    let key = key::find("id").filter(|key| !given.contains(&key.name))?;
    let id = in_ascii(word.bare()?);
    looks_like_id(&id).then(|| Candidate {
        insert: Safe::sanitize(&format!("{}{}{id}", key.name, key.sign())),
        help: Safe::from_static(key.help),
        scope: key.scope_with(tester),
        is_filter: key.is_filter(),
    })
}

fn around(span: &Range<usize>, cursor: usize) -> bool {
    (span.start..=span.end).contains(&cursor)
}

/// Returns whether `insert` may be offered as a completion. It may if its word is a valid term in the completed line,
/// and the line then has no more invalid words than before. `insert` replaces the byte range `replace` of the filter
/// line `text`. `tester` says who tests the server terms, and relative dates count from `today`.
fn fits(text: &str, replace: &Range<usize>, insert: &str, (tester, today): (Tester, Date)) -> bool {
    let Some((before, after)) = text.get(..replace.start).zip(text.get(replace.end..)) else { return false };
    let parse = |text: &str| Query::parse_for(text, today, tester);
    let query = parse(&format!("{before}{insert}{after}"));
    let is_here = |problem: &Problem| around(&problem.word, replace.start);
    !query.problems().iter().any(is_here) && query.problems().len() <= parse(text).problems().len()
}

/// Returns the names of the keys that the filter line already has, so that they are not offered again. `words` are the
/// words of the line. The word at the byte offset `cursor` does not count, since the user is typing it.
///
/// The key `on` sets both the first and the last date. So the result also has `from` and `to` if the line has `on`, and
/// it has `on` if the line has `from` or `to`.
fn given(words: &[Word<'_>], cursor: usize) -> Vec<&'static str> {
    let others = words.iter().filter(|word| !around(&word.span, cursor));
    let key = |word: &Word<'_>| match &word.key {
        Some(name) => key::find(&name.text),
        // A bare word with @ is an e-mail address.
        None => {
            word.parts.first().filter(|part| !part.quoted && in_ascii(&part.text).contains('@')).and(key::find("email"))
        }
    };
    let mut given: Vec<&str> = others.filter_map(key).map(|key| key.name).collect();
    let (has_on, has_range) = (given.contains(&"on"), given.contains(&"from") || given.contains(&"to"));
    given.extend(has_range.then_some("on"));
    given.extend(has_on.then_some(["from", "to"]).into_iter().flatten());
    given
}

/// Returns the keys that begin with `typed`, as completions.
///
/// - `tester`: who tests the terms that the service can test. Keys that have no meaning for this tester are left out.
/// - `given`: the names of the keys that the filter line already has. A key that the service can test is not offered
///   twice; any other key can be.
/// - `negated`: whether a `!` is before the key. Keys that the service can test are not offered then.
/// - `sign`: the sign that is already typed after the key. Only keys that take this sign are offered. If it is `None`,
///   each completion ends with a sign.
fn names(typed: &str, tester: Tester, negated: bool, sign: Option<Operator>, given: &[&str]) -> Vec<Candidate> {
    let typed = typed.to_ascii_lowercase();
    let local = |key: &Key| key.scope() == Scope::Local;
    let takes = |key: &Key| match sign {
        None => true,
        Some(Operator::Unequal) => false,
        Some(sign) => key.compares() == (sign != Operator::Colon),
    };
    let is_free = |key: &Key| local(key) || !(negated || given.contains(&key.name));
    let candidate = |key: &Key| {
        let sign = if sign.is_some() { "" } else { key.sign() };
        Candidate {
            insert: Safe::sanitize(&format!("{}{sign}", key.name)),
            help: Safe::from_static(key.help),
            scope: key.scope_with(tester),
            is_filter: key.is_filter(),
        }
    };
    let keys = key::keys().iter().filter(|key| key.has_meaning_for(tester));
    let keys = keys.filter(|key| key.name.starts_with(&typed) && takes(key) && is_free(key));
    keys.map(candidate).collect()
}

/// Returns the completions for the value at the byte offset `cursor` of the filter line `text`. `word` is the word at
/// the cursor, and `name` is its key. The known values of this key are offered if they contain the part of the value
/// before the cursor. Relative dates count from `today`, and `seen` holds the values of loaded rows. `tester` says who
/// tests server terms: the service, or this program for the rows of a file.
fn values(
    text: &str,
    name: &WrittenKey<'_>,
    word: &Word<'_>,
    cursor: usize,
    (tester, today): (Tester, Date),
    seen: &Vocabulary,
) -> Completions {
    let key = key::find(&name.text);
    let part = word.parts.iter().find(|part| around(&part.span, cursor));
    let (Some(key), Some(part)) = (key, part) else { return Completions::default() };
    let typed = text.get(part.span.start..cursor).unwrap_or_default().trim_start_matches(is_quotation_mark);
    let digits = in_ascii(typed);
    let typed = plain(&digits);
    let given: Vec<String> = word.parts.iter().map(|part| plain(&part.text)).collect();

    let mut offers: Vec<(String, Candidate)> = Vec::new();
    let mut offer = |value: &str, insert: &str, help: Safe| {
        let value = plain(value);
        if value.contains(&typed) && !given.contains(&value) && !offers.iter().any(|(other, _)| *other == value) {
            let (insert, scope) = (Safe::sanitize(insert), key.scope_with(tester));
            offers.push((value, Candidate { insert, help, scope, is_filter: key.is_filter() }));
        }
    };
    for (value, help) in numbered(key, &digits) {
        offer(&value, &value, help_of(key, &value, &help, today));
    }
    for known in key.values {
        offer(known.word, known.word, help_of(key, known.word, known.help, today));
    }
    if let KeyMeaning::Local(RowQuestion::Words { column, .. }) = key.meaning {
        for value in column.with_companion().filter_map(|column| seen.seen.get(&column)).flatten() {
            offer(value, &value_text(key, value), Safe::from_static("in loaded rows"));
        }
    }
    offers.sort_by_key(|(value, _)| !value.starts_with(&typed));
    let mut candidates: Vec<Candidate> = offers.into_iter().map(|(_, candidate)| candidate).collect();
    let fits = |it: &Candidate| fits(text, &part.span, it.insert.as_str(), (tester, today));
    match key.scope() {
        // The service takes one value, and dates depend on each other.
        Scope::Server => candidates.retain(fits),
        // Each value that is offered is valid, so one of them shows whether the rest of the word is.
        Scope::Local if !candidates.first().is_some_and(fits) => {
            candidates.clear();
        }
        Scope::Local => {}
    }
    Completions { candidates, replace: part.span.clone() }
}

/// Returns the help text of `value`, a value of `key`. If the value means a date, the text begins with its absolute
/// days (relative dates count from `today`), and `help` follows. Otherwise the text is `help`.
fn help_of(key: &Key, value: &str, help: &str, today: Date) -> Safe {
    let days = match key.meaning {
        KeyMeaning::Server(dated @ (Parameter::From | Parameter::To | Parameter::On)) => {
            Days::read(dated, value, today).ok()
        }
        _ => None,
    };
    match days {
        Some(days) if help.is_empty() => Safe::sanitize(&days.in_words()),
        Some(days) => Safe::sanitize(&format!("{} · {help}", days.in_words())),
        None => Safe::sanitize(help),
    }
}

/// Returns the values of `key` that begin with the number `typed`, each with its meaning. For a date key and `-3`,
/// these are `-3d` (3 days ago) and `-3w`. For a duration key and `3`, these are `3m`, `3h`, `3d` and `3w`. Empty for
/// another key, or if `typed` is not such a number.
fn numbered(key: &Key, typed: &str) -> Vec<(String, String)> {
    let (units, end): (&[(&str, &str)], &str) = match key.meaning {
        KeyMeaning::Local(RowQuestion::Number(column)) if column.kind() == ColumnKind::Duration => {
            (&[("m", "minute"), ("h", "hour"), ("d", "day"), ("w", "week")], "")
        }
        KeyMeaning::Server(Parameter::From | Parameter::To | Parameter::On) if typed.starts_with('-') => {
            (&[("d", "day"), ("w", "week")], " ago")
        }
        _ => (&[], ""),
    };
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = digits.parse().ok().filter(|_| is_number) else { return Vec::new() };
    units.iter().map(|(unit, noun)| (format!("{typed}{unit}"), format!("{}{end}", counted(number, noun)))).collect()
}
