//! Parses a word of a filter line into a term: checks the values of its key, and explains why a word is not valid.

use std::ops::Range;

use jiff::civil::Date;
use strum::VariantArray as _;

use super::Term;
use super::date::Days;
use super::duration;
use super::key::{self, Key, KeyMeaning, Parameter, RowQuestion};
use super::lex::{self, Flaw, LexedValue, Operator, Word, WrittenKey, clip, quote};
use super::params::{Params, RequestType};
use super::predicate::{Predicate, alike, plain};
use crate::submission::codes;
use crate::submission::row::{Column, ColumnKind, FilterValue, FilterWord};
use crate::text::typed::{ascii, first_mixed_letter, in_ascii, with_code_point, without_invisible};
use crate::text::{Class, Safe, decimal, is_similar_word, is_typing_error};

/// The reason why a word of the filter line is not a valid term. `span` is the byte range of the wrong part in the
/// line; `None` means the whole word.
pub(super) struct Wrong {
    pub(super) span: Option<Range<usize>>,
    pub(super) reason: String,
}

impl From<String> for Wrong {
    fn from(reason: String) -> Self {
        Self { span: None, reason }
    }
}

impl From<&str> for Wrong {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

/// Says who tests the server terms of a filter: the terms that the service can test, such as `email:`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tester {
    /// The service, through query parameters.
    #[default]
    Service,
    /// This program, on the rows of a file.
    Program,
}

/// Maximum of `count:`, in submissions per page: the largest page size that the service has ever documented.
const MOST: u32 = 2000;

/// Parses `word`, a word of the filter line, into a term. Relative dates count from `today`. A server term (one that
/// the service can test) also sets its query parameter in `params`. `tester` says who tests such terms.
pub(super) fn term(mut word: Word<'_>, today: Date, tester: Tester, params: &mut Params) -> Result<Term, Wrong> {
    match &word.flaw {
        Some(Flaw::Unclosed(span)) => {
            return Err(Wrong { span: Some(span.clone()), reason: "the closing quote is missing".into() });
        }
        Some(Flaw::Glued(span)) => {
            return Err(Wrong {
                span: Some(span.clone()),
                reason: "a space is missing after the closing quote".into(),
            });
        }
        None => {}
    }
    if word.negations > 1 {
        return Err("one ! is enough".into());
    }
    let Some(WrittenKey { text: name, sign, .. }) = &word.key else { return bare(word, tester, params) };
    let Some(key) = key::find(name) else { return Err(unknown(name).into()) };
    let sign = *sign;
    let is_number = key.compares();
    if sign == Operator::Unequal {
        let (name, sign) = (key.name, if is_number { Operator::Equal } else { Operator::Colon });
        return Err(format!("not is written with ! before the key, as in !{name}{}…", sign.text()).into());
    }
    if is_number != (sign != Operator::Colon) {
        return Err(format!("{} is written as in {}", key.name, key.example).into());
    }
    if word.parts.iter().any(|part| part.text.is_empty()) {
        return Err(format!("a value is missing: {} takes {}", key.name, key.takes()).into());
    }
    mean(key, &mut word)?;
    let meant = word.corrected.then(|| spelled(&word));
    let term = match key.meaning {
        KeyMeaning::Server(parameter) => server(key, parameter, &word, today, tester, params),
        KeyMeaning::Local(question) => local(key, question, sign, &word),
    };
    Ok(Term { meant, ..term? })
}

/// Replaces each unquoted value in the word by the ASCII text that the user meant, such as ASCII digits for full-width
/// digits. Returns an error if a value mixes alphabets with similar letters, since nobody would see why no row matches.
/// Also returns an error if a value of the key `id` has characters without an ASCII form.
fn mean(key: &Key, word: &mut Word<'_>) -> Result<(), Wrong> {
    for part in word.parts.iter_mut().filter(|part| !part.quoted) {
        let wrong = |reason| Wrong { span: Some(part.span.clone()), reason };
        let mut meant = in_ascii(&part.text).into_owned();
        if meant.starts_with(['"', '\'']) {
            // A mark that becomes a quotation mark here did not open a quoted text when it was typed.
            meant = without_invisible(&part.text).into_owned();
        }
        match key.meaning {
            _ if meant.is_ascii() => {}
            KeyMeaning::Server(Parameter::Id) => return Err(wrong(no_id(&meant))),
            KeyMeaning::Server(Parameter::Email) => {
                meant = meant.chars().map(|c| if ascii(c) == Some('@') { '@' } else { c }).collect();
                of_one_alphabet(&meant).map_err(wrong)?;
            }
            _ => of_one_alphabet(&meant).map_err(wrong)?,
        }
        if meant.is_empty() {
            return Err(wrong(format!("a value is missing: {} takes {}", key.name, key.takes())));
        }
        if meant != part.text {
            word.corrected = true;
            part.text = meant.into();
        }
    }
    Ok(())
}

/// Returns the error text for a submission id that has characters outside ASCII.
fn no_id(id: &str) -> String {
    let odd = id.chars().find(|c| !c.is_ascii()).map(with_code_point).unwrap_or_default();
    format!("ids use ASCII characters only, not {odd}; quote the id to use it as typed")
}

/// Returns an error if a word of `text` mixes two alphabets whose letters look alike, such as Latin and Cyrillic.
fn of_one_alphabet(text: &str) -> Result<(), String> {
    first_mixed_letter(text).map_or(Ok(()), |(c, before, alphabet)| {
        let (before, alphabet, c) = (before.word(), alphabet.word(), with_code_point(c));
        Err(format!("{before} and {alphabet} letters are mixed in one word, at {c}; quote it to use it as typed"))
    })
}

/// Returns a word of the filter line (an optional key with its values) as text, with look-alike characters corrected.
fn spelled(word: &Word<'_>) -> String {
    let values: Vec<String> = word.parts.iter().map(written).collect();
    let (bangs, values) = ("!".repeat(word.negations), values.join(","));
    match &word.key {
        Some(WrittenKey { text, sign, .. }) => format!("{bangs}{text}{}{values}", sign.text()),
        None => format!("{bangs}{values}"),
    }
}

/// Parses a word without a key, such as `kim`: an e-mail address, which sets its query parameter, or a search text.
fn bare(mut word: Word<'_>, tester: Tester, params: &mut Params) -> Result<Term, Wrong> {
    let negated = word.negations > 0;
    let Some(part) = word.parts.first().filter(|part| !part.text.is_empty()) else {
        return Err(if negated { "a term is missing after !" } else { "the quotes are empty" }.into());
    };
    if !part.quoted {
        let is = |wanted: char| move |c: char| c == wanted || ascii(c) == Some(wanted);
        if part.text.contains(is('@'))
            && let Some(key) = key::find("email")
        {
            mean(key, &mut word)?;
            let meant = word.corrected.then(|| spelled(&word));
            return Ok(Term { meant, ..server(key, Parameter::Email, &word, Date::ZERO, tester, params)? });
        }
        if let Some(rest) = part.text.strip_prefix(is('-'))
            && lex::line(rest).words.first().is_some_and(|rest| rest.key.is_some())
        {
            return Err("not is written with !, as in !status:approved".into());
        }
        match part.text.as_ref() {
            "OR" => {
                return Err(
                    "or is written with commas, as in status:pending,rejected; quote it to search for the text".into(),
                );
            }
            "AND" => return Err("all terms must match without AND; quote it to search for the text".into()),
            "NOT" => {
                return Err("not is written with !, as in !status:approved; quote it to search for the text".into());
            }
            _ => of_one_alphabet(&part.text)?,
        }
    }
    let Some(test) = Predicate::text(&part.text) else {
        return Err("the quoted text has only invisible characters".into());
    };
    let (meant, written, span) = (word.corrected.then(|| spelled(&word)), written(part), word.span.clone());
    Ok(Term { span, key: None, negated, resolved: None, class: Class::Personal, written, meant, test: Some(test) })
}

/// Parses `word` into the server term with the key `key`, and sets its query parameter in `params`. Relative dates
/// count from `today`. If `tester` is this program, the term can also be tested on rows. A server term has one value,
/// occurs once in a line, and cannot be negated with `!`.
fn server(
    key: &'static Key,
    parameter: Parameter,
    word: &Word<'_>,
    today: Date,
    tester: Tester,
    params: &mut Params,
) -> Result<Term, Wrong> {
    if word.negations > 0 {
        return Err(format!("{} cannot be negated; only local terms can", key.name).into());
    }
    // In an address without a key the lexer does not split at commas, but they are the same mistake.
    let part = match word.parts.as_slice() {
        [part] if part.quoted || !part.text.contains(lex::is_comma) => part,
        _ => return Err(format!("{} takes one value; put it in quotes if the comma belongs to it", key.name).into()),
    };
    let (value, span) = (part.text.as_ref(), word.span.clone());
    let mut term = Term {
        span,
        key: Some(key),
        negated: false,
        resolved: None,
        class: Class::Open,
        written: format!("{}:{}", key.name, written(part)),
        meant: None,
        test: None,
    };
    match parameter {
        _ if !key.has_meaning_for(tester) => {
            return Err(format!("{} is for requests to the service; a file is read as it is", key.name).into());
        }
        Parameter::Email => {
            let whole = value.rsplit_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty());
            if !part.quoted && !whole {
                return Err("an e-mail address has text before and after its @; quote it to use it as typed".into());
            }
            once(&mut params.email, value.to_owned(), key)?;
            term.class = Class::Personal;
        }
        Parameter::UserId => {
            once(&mut params.userid, value.to_owned(), key)?;
            term.class = Class::Personal;
        }
        Parameter::Id => once(&mut params.submission_id, value.to_owned(), key)?,
        Parameter::Type => {
            let kind = RequestType::VARIANTS.iter().copied().find(|kind| kind.word().eq_ignore_ascii_case(value));
            let kind = kind.ok_or_else(|| takes(key))?;
            once(&mut params.request_type, kind, key)?;
            term.written = format!("{}:{}", key.name, kind.word());
        }
        Parameter::Count => {
            let digits = value.bytes().all(|b| b.is_ascii_digit());
            let count = value.parse().ok().filter(|count| digits && (1..=MOST).contains(count));
            let count = count.ok_or_else(|| takes(key))?;
            once(&mut params.count, count, key)?;
            term.written = format!("{}:{count}", key.name);
        }
        Parameter::From | Parameter::To | Parameter::On => {
            let days = Days::read(parameter, value, today)?;
            range(days, params)?;
            term.written = days.written();
            term.resolved = (days.in_words() != value).then(|| Safe::sanitize(&days.in_words()));
        }
    }
    term.test = Predicate::of_parameter(parameter, params).filter(|_| tester == Tester::Program);
    Ok(term)
}

/// Sets the query parameter `slot` to `value`. If it already has a value, returns an error text that names `key`.
fn once<T>(slot: &mut Option<T>, value: T, key: &Key) -> Result<(), String> {
    if slot.is_some() {
        return Err(format!("{} is given twice", key.name));
    }
    *slot = Some(value);
    Ok(())
}

/// Sets the start date and the end date in `params` to those that `days` has. A date that `days` lacks is not changed.
/// It is an error to set one of the dates twice, or to set a start after the end.
fn range(days: Days, params: &mut Params) -> Result<(), String> {
    for (given, held, what) in [(days.start, params.start_date, "start"), (days.end, params.end_date, "end")] {
        if given.and(held).is_some() {
            return Err(format!("the {what} date is given twice"));
        }
    }
    let (start, end) = (days.start.or(params.start_date), days.end.or(params.end_date));
    if let (Some(start), Some(end)) = (start, end)
        && start > end
    {
        return Err(format!("the start {start} is after the end {end}"));
    }
    (params.start_date, params.end_date) = (start, end);
    Ok(())
}

/// Parses `word` into a local term (a term that this program tests on rows) with the key `key`. `question` is the test
/// that the key applies to a row. `sign` is the sign after the key, such as `<`.
fn local(key: &'static Key, question: RowQuestion, sign: Operator, word: &Word<'_>) -> Result<Term, Wrong> {
    for part in word.parts.iter().filter(|part| !part.quoted) {
        if let Some(value) = part.text.strip_prefix('!') {
            let reason = format!("write ! before the key: !{}{}{}", key.name, sign.text(), clip(value));
            return Err(Wrong { span: Some(part.span.clone()), reason });
        }
    }
    let test = match question {
        RowQuestion::Words { column, takes } => {
            for part in word.parts.iter().filter(|part| !part.quoted) {
                let wrong = |reason| Wrong { span: Some(part.span.clone()), reason };
                allowed(key, takes, &part.text).map_err(wrong)?;
            }
            Predicate::words(column, word.parts.iter().map(|part| (part.text.as_ref(), part.quoted)))
        }
        RowQuestion::Has => {
            let field = |part: &LexedValue<'_>| {
                Column::of_key(&part.text)
                    .filter(|column| !column.is_computed())
                    .ok_or_else(|| Wrong { span: Some(part.span.clone()), reason: not_known(key, &part.text) })
            };
            Predicate::Has(word.parts.iter().map(field).collect::<Result<_, _>>()?)
        }
        RowQuestion::Number(column) => {
            let value = match word.parts.as_slice() {
                [part] if column.kind() == ColumnKind::Duration => duration::seconds(key.name, &part.text)?,
                [part] => decimal(&part.text).ok_or_else(|| takes(key))?,
                _ if column.kind() == ColumnKind::Duration => {
                    return Err(format!("{} is compared with one time, as in {}", key.name, key.example).into());
                }
                _ => return Err(takes(key).into()),
            };
            Predicate::Number { column, sign, value }
        }
    };
    let values: Vec<String> = word.parts.iter().map(written).collect();
    let written = format!("{}{}{}", key.name, sign.text(), values.join(","));
    let (span, negated, class) = (word.span.clone(), word.negations > 0, class(question, word));
    Ok(Term { span, key: Some(key), negated, resolved: None, class, written, meant: None, test: Some(test) })
}

/// Returns the privacy class (it decides when a value is masked) of the values of `word`: that of the column that
/// `question` tests. It is at least personal if a quoted value is not a documented word, since this may be any text.
fn class(question: RowQuestion, word: &Word<'_>) -> Class {
    let own = match question {
        RowQuestion::Words { column, .. } => column.with_companion().map(Column::class).max().unwrap_or_default(),
        RowQuestion::Has | RowQuestion::Number(_) => Class::Open,
    };
    let is_free = word.parts.iter().any(|part| part.quoted && !codes::is_word(&part.text));
    own.max(if is_free { Class::Personal } else { Class::Open })
}

/// Returns an error if `value`, typed without quotes, is no value for `key`. `takes` is the kind of the key's values.
fn allowed(key: &Key, takes: FilterValue, value: &str) -> Result<(), String> {
    if matches!(takes, FilterValue::Country) {
        let country = value.len() == 3 && value.bytes().all(|b| b.is_ascii_alphabetic());
        return if country { Ok(()) } else { Err(not_known(key, value)) };
    }
    let word = plain(value);
    if key.values.iter().any(|known| alike(&word, known.word)) {
        return Ok(());
    }
    match (takes, nearest(&word, key.values)) {
        (FilterValue::OneOf(_), _) | (_, Some(_)) => Err(not_known(key, value)),
        _ => Ok(()),
    }
}

fn takes(key: &Key) -> String {
    format!("{} takes {}", key.name, key.takes())
}

fn not_known(key: &Key, value: &str) -> String {
    let name = key.name;
    let quotes = if matches!(key.meaning, KeyMeaning::Local(RowQuestion::Has)) {
        ""
    } else {
        "; quote it to search for any value"
    };
    match nearest(&plain(value), key.values) {
        Some(near) => format!("did you mean {name}:{near}{quotes}"),
        None => format!("{}{quotes}", takes(key)),
    }
}

/// Returns the first of `values` that begins with `word` (in [`plain`] form), or that `word` misspells, if any.
fn nearest(word: &str, values: &[FilterWord]) -> Option<&'static str> {
    values.iter().find(|known| is_similar_word(word, &plain(known.word))).map(|known| known.word)
}

/// Returns the error text for `name`, a key that does not exist. The text suggests a similar key if there is one.
fn unknown(name: &str) -> String {
    let typed = name.to_ascii_lowercase();
    let keys = key::keys();
    let near = keys.iter().find(|key| key.is_field(name));
    let near = near.or_else(|| keys.iter().find(|key| typed.len() > 1 && key.name.starts_with(&typed)));
    let near = near.or_else(|| keys.iter().find(|key| is_typing_error(&typed, key.name)));
    let hint = near.map_or_else(String::new, |key| format!("; did you mean {}{}", key.name, key.sign()));
    format!("unknown key {}{hint}; quote it to search for the text", clip(name))
}

/// Returns an error if `word`, the word after `key`, begins with a sign such as `:`. The user has then put a space
/// between the key and its sign. Returns `None` otherwise.
pub(super) fn parted(key: &Key, word: &Word<'_>) -> Option<Wrong> {
    let is_sign = |c: char| matches!(ascii(c).unwrap_or(c), ':' | '<' | '=' | '>') || "≤≦⩽≥≧⩾≠".contains(c);
    let reason = || format!("remove the space between {} and its sign", key.name);
    word.bare().filter(|text| text.starts_with(is_sign)).map(|_| reason().into())
}

/// Returns a parsed value as it is written in a filter line: in quotes if the user quoted the value.
fn written(part: &LexedValue<'_>) -> String {
    if part.quoted { quote(&part.text) } else { part.text.to_string() }
}
