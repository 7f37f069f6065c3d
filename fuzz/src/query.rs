//! The filter language: every word of any line is a term or a problem at its place, and the lasting form means the same.

use argos_review::query::{Cursor, Query, Scope, Term, Tester, Vocabulary, complete, encode, request_line};
use argos_review::submission::row::{Cell, Column, Row};
use argos_review::text::{Mask, Safe};
use jiff::civil::{Date, date};

use argos_testkit::forbidden::why_forbidden;

/// Places of the cursor that are asked for completions.
const CURSORS: usize = 24;

/// The first byte gives the day, the rest is the line.
pub(crate) fn check(bytes: &[u8]) {
    let [day, rest @ ..] = bytes else { return };
    let line = String::from_utf8_lossy(rest);
    let today = days(*day);
    let query = Query::parse(&line, today);
    assert_eq!(query.text(), line);
    places(&query);
    lasting(&query, today);
    shown(&query);
    asked(&query);
    completed(&line, today);
}

/// Ordinary days, and those at which a calendar ends.
fn days(byte: u8) -> Date {
    match byte {
        0..=127 => date(2026, 11, 23).saturating_sub(jiff::Span::new().days(i32::from(byte) * 11)),
        128..=140 => date(1, 1, 1),
        141..=160 => Date::MAX,
        _ => date(2024, 2, 29),
    }
}

fn places(query: &Query) {
    let line = query.text();
    let terms = query.terms().iter().map(Term::span);
    let mut spans: Vec<_> = terms.chain(query.problems().iter().map(|problem| problem.span.clone())).collect();
    for span in &spans {
        assert!(line.get(span.clone()).is_some_and(|marked| !marked.is_empty()), "{span:?} of {line:?}");
    }
    spans.sort_by_key(|span| (span.start, span.end));
    assert!(spans.windows(2).all(|pair| matches!(pair, [one, two] if one.end <= two.start)), "{spans:?} in {line:?}");
    for problem in query.problems() {
        assert!(!problem.reason.is_empty());
        assert_clean(&problem.reason);
    }
    let says_nothing = query.terms().is_empty() && query.problems().is_empty() && query.corrections().next().is_none();
    assert_eq!(says_nothing, line.trim().is_empty(), "{line:?}");
}

fn lasting(query: &Query, today: Date) {
    let text = query.with_absolute_dates();
    let again = Query::parse(&text, today);
    assert_eq!(again.with_absolute_dates(), text, "lasting twice");
    assert!(again.params() == query.params(), "{text:?} asks for something else");
    assert_eq!(again.problems().len(), query.problems().len(), "{text:?}");
    for row in rows(query.text()) {
        assert_eq!(again.judge(&row, Mask::None), query.judge(&row, Mask::None), "{text:?} judges otherwise");
    }
    if query.problems().is_empty() {
        let later = Query::parse(&text, date(2031, 2, 3));
        assert!(later.problems().is_empty() && later.params() == query.params(), "{text:?} on another day");
    }
}

fn rows(text: &str) -> [Row; 5] {
    let some = [(Column::Status, "pending"), (Column::ArgosScore, "80"), (Column::Name, "김 kim")];
    let cell =
        |wanted| some.iter().find(|(column, _)| *column == wanted).map_or(Cell::NotFetched, |it| Cell::Text(it.1));
    [
        Row::default(),
        Row::new(cell),
        Row::new(|_| Cell::Empty),
        Row::new(|_| Cell::Text("x")),
        Row::new(|_| if text.is_empty() { Cell::Empty } else { Cell::Text(text) }),
    ]
}

fn shown(query: &Query) {
    let text = |mask| query.display_pieces(mask).iter().map(|piece| piece.text.as_str().to_owned()).collect::<String>();
    let plain = text(Mask::None);
    for line in [&plain, &text(Mask::Ids), &text(Mask::All)] {
        assert!(line.chars().all(|c| why_forbidden(c).is_none()), "{line:?}");
    }
    if query.text().chars().all(|c| c.is_ascii_graphic() || c == ' ') && query.text().len() < 4096 {
        assert_eq!(plain, query.text(), "a plain line is shown as it is");
    }
    for term in query.terms() {
        term.resolved().into_iter().for_each(assert_clean);
        assert!(!term.label().is_empty());
    }
}

fn asked(query: &Query) {
    let cursor = Cursor { id: query.text().to_owned(), created_at: query.text().to_owned() };
    let sent = query.params().pairs(None);
    let with: Vec<_> =
        query.params().pairs(Some(&cursor)).into_iter().filter(|(name, _)| !name.starts_with("nextpage_")).collect();
    assert_eq!(with.len(), sent.len(), "a cursor changes no filter");
    let coded = encode(&query.params().pairs(Some(&cursor)));
    assert!(coded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte)), "{coded:?}");
    for mask in [Mask::None, Mask::Ids, Mask::All] {
        assert_clean(&request_line(query.params(), Some(&cursor), mask));
    }
    let server = query.terms().iter().filter(|term| term.scope() == Scope::Server).count();
    assert!(server <= sent.len() && sent.len() <= 2 * server, "{server} terms, {} parameters", sent.len());
    if let Some(email) = &query.params().email {
        let line = request_line(query.params(), None, Mask::All);
        assert!(email.len() < 4 || !line.as_str().contains(&format!("={email}")), "an e-mail stands in {line}");
    }
}

fn completed(line: &str, today: Date) {
    let mut seen = Vocabulary::default();
    rows(line).iter().for_each(|row| seen.see(row));
    // Beyond the end and within a character as well.
    let step = line.len() / CURSORS + 1;
    for cursor in (0..line.len() + 2).step_by(step) {
        let found = complete(line, cursor, Tester::Service, today, &seen);
        assert!(line.get(found.replace.clone()).is_some(), "{:?} of {line:?}", found.replace);
        for candidate in found.candidates.iter().take(4) {
            assert!(found.replace.start <= cursor && cursor <= found.replace.end);
            assert_clean(&candidate.insert);
            assert_clean(&candidate.help);
            let mut taken = line.to_owned();
            taken.replace_range(found.replace.clone(), candidate.insert.as_str());
            places(&Query::parse(&taken, today));
        }
    }
}

fn assert_clean(safe: &Safe) {
    assert!(safe.as_str().chars().all(|c| why_forbidden(c).is_none()), "{safe}");
}
