//! What holds for any line.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::query::{Cursor, Term, Tester, Vocabulary, complete, encode, keys, request_line};

/// Lines made of what the language is made of, and of what it is not.
fn line() -> impl Strategy<Value = String> {
    let names = keys().iter().map(|key| key.name);
    let examples = keys().iter().map(|key| key.example);
    let values = keys().iter().flat_map(|key| key.values).map(|known| known.word);
    let rest =
        [" ", " ", " ", ":", ":", ",", "!", "\"", "\\", "<", "=", ">", "@", "a@b", "2026-11-20", "김", "İß", "KOR"];
    let piece = select(names.chain(examples).chain(values).chain(rest).collect::<Vec<_>>());
    prop_oneof![
        4 => prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn rows() -> [Row; 4] {
    let some = [(Column::Status, "pending"), (Column::ArgosScore, "80"), (Column::Name, "김 kim"), (Column::Aml, "")];
    [row(&some), Row::new(|_| Cell::Empty), Row::new(|_| Cell::Text("x")), Row::default()]
}

/// Valid local terms that ask for a field.
fn field_term() -> impl Strategy<Value = String> {
    select(vec!["status:pending", "status:pending,\"x\"", "nat:KOR", "country:USA", "idtype:visa", "aml:high,red-flag"])
        .boxed()
        .prop_union(
            select(vec!["code:other", "has:aml", "has:name,score", "score<80", "score>=0", "attempts=2"]).boxed(),
        )
        .prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn every_word_is_a_term_or_a_problem_at_its_place(text in line()) {
        let query = parse(&text);
        let mut ends = Vec::new();
        for span in query.terms().iter().map(Term::span).chain(query.problems().iter().map(|it| it.span.clone())) {
            prop_assert!(text.get(span.clone()).is_some_and(|marked| !marked.is_empty()));
            ends.push((span.start, span.end));
        }
        for problem in query.problems() {
            prop_assert!(!problem.reason.as_str().is_empty());
        }
        ends.sort_unstable();
        prop_assert!(ends.windows(2).all(|pair| pair[0].1 <= pair[1].0), "spans overlap");
        let shown: String = query.display_pieces(Mask::None).iter().map(|it| it.text.as_str().to_owned()).collect();
        if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
            prop_assert_eq!(&shown, &text);
        }
        let says_nothing = query.terms().is_empty() && query.problems().is_empty();
        prop_assert_eq!(says_nothing, crate::text::typed::without_invisible(&text).is_empty());
    }

    #[test]
    fn text_to_terms_to_text_is_stable(text in line()) {
        let first = parse(&text);
        let lasting = first.with_absolute_dates();
        let second = parse(&lasting);
        prop_assert_eq!(second.with_absolute_dates(), lasting.clone());
        prop_assert!(second.params() == first.params());
        prop_assert_eq!(second.problems().len(), first.problems().len());
        for row in rows() {
            prop_assert_eq!(second.judge(&row, Mask::None), first.judge(&row, Mask::None));
        }
        if first.problems().is_empty() {
            let later = Query::parse(&lasting, date(2031, 2, 3));
            prop_assert!(later.params() == first.params() && later.problems().is_empty());
        }
    }

    #[test]
    fn a_term_is_a_parameter_or_asks_rows_never_both(text in line()) {
        let query = parse(&text);
        if !query.has_local() {
            for row in rows() {
                prop_assert_eq!(query.judge(&row, Mask::None), Verdict::Shown);
            }
        }
        let server = query.terms().len() - query.terms().iter().filter(|it| it.scope() == crate::query::Scope::Local).count();
        let sent = query.params().pairs(None).len();
        prop_assert!(server <= sent && sent <= 2 * server);
    }

    #[test]
    fn neither_a_term_nor_its_negation_matches_what_was_not_fetched(term in field_term(), other in field_term()) {
        for text in [term.clone(), format!("!{term}"), format!("{term} !{other}"), format!("!{term} {term}")] {
            let query = parse(&text);
            prop_assert!(query.problems().is_empty());
            prop_assert_eq!(query.judge(&Row::default(), Mask::None), Verdict::Undecided);
            prop_assert_eq!(query.unknown_terms(&Row::default()).count(), query.terms().len());
        }
    }

    #[test]
    fn a_term_and_its_negation_are_opposites_where_decided(term in field_term(), cell in "[ -~]{0,6}") {
        for row in [Row::new(|_| Cell::Text(&cell)), Row::new(|_| Cell::Empty)] {
            let (plain, negated) = (judge(&term, &row), judge(&format!("!{term}"), &row));
            match plain {
                Verdict::Undecided => prop_assert_eq!(negated, Verdict::Undecided),
                _ => prop_assert_ne!(plain, negated),
            }
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same(values in prop::collection::vec(any::<String>(), 0..5)) {
        let pairs: Vec<(&str, String)> = values.into_iter().map(|value| ("email", value)).collect();
        let query = encode(&pairs);
        prop_assert!(query.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%=&".contains(&b)));
        let back: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        prop_assert_eq!(back.len(), pairs.len());
        for (back, sent) in back.iter().zip(&pairs) {
            prop_assert_eq!((back.0.as_str(), &back.1), (sent.0, &sent.1));
        }
        for (_, value) in &pairs {
            let coded = encode(&[("v", value.clone())]);
            let plain = percent_encoding::percent_decode_str(&coded).decode_utf8().unwrap().into_owned();
            prop_assert_eq!(plain, format!("v={value}"));
        }
    }

    #[test]
    fn any_value_survives_in_quotes(value in any::<String>()) {
        let key = keys().iter().find(|key| key.name == "userid").unwrap();
        prop_assume!(!value.is_empty());
        prop_assert_eq!(pairs(&format!("userid:{}", crate::query::write::value_text(key, &value))), [("userid", value)]);
    }

    #[test]
    fn both_halves_of_the_cursor_are_sent_as_they_came(id in any::<String>(), created_at in any::<String>(), text in line()) {
        let cursor = Cursor { id: id.clone(), created_at: created_at.clone() };
        let query = parse(&text);
        let with = query.params().pairs(Some(&cursor));
        prop_assert!(with.contains(&("nextpage_id", id)) && with.contains(&("nextpage_date", created_at)));
        let rest: Vec<_> = with.into_iter().filter(|(name, _)| !name.starts_with("nextpage_")).collect();
        prop_assert_eq!(&rest, &query.params().pairs(None));
        let line = request_line(query.params(), None, Mask::None);
        prop_assert_eq!(line.as_str().trim_start_matches("/submission").trim_start_matches('?'), encode(&rest));
    }

    #[test]
    fn completion_replaces_a_place_in_the_line(text in line(), cursor in 0usize..40) {
        let found = complete(&text, cursor, Tester::Service, TODAY, &Vocabulary::default());
        prop_assert!(text.get(found.replace.clone()).is_some());
        if !found.candidates.is_empty() {
            prop_assert!(found.replace.start <= cursor && cursor <= found.replace.end);
        }
    }

    #[test]
    fn an_accepted_completion_never_makes_the_line_wrong(text in line(), cursor in 0usize..40) {
        let found = complete(&text, cursor, Tester::Service, TODAY, &super::complete::seen());
        let before = parse(&text).problems().len();
        for candidate in &found.candidates {
            let (start, end) = (found.replace.start, found.replace.end);
            let accepted = format!("{}{}{}", &text[..start], candidate.insert.as_str(), &text[end..]);
            let query = parse(&accepted);
            let here = query.problems().iter().find(|it| it.word.start <= start && start <= it.word.end);
            match here {
                None => prop_assert!(query.problems().len() <= before, "{text} | {accepted}"),
                Some(problem) => {
                    let reason = problem.reason.as_str();
                    prop_assert!(reason.starts_with("a value is missing"), "{text} | {accepted}: {reason}");
                    prop_assert!(query.problems().len() <= before + 1, "{text} | {accepted}");
                }
            }
        }
    }

    #[test]
    fn weekdays_and_weeks_are_the_last_and_the_present(days in 0i64..200_000, at in 0usize..7) {
        let today = date(1700, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let name = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][at];
        let params = |text: &str| Query::parse(text, today).params().clone();
        let day = params(&format!("on:{name}"));
        prop_assert_eq!(day.start_date, day.end_date);
        let day = day.start_date.unwrap();
        prop_assert_eq!(usize::try_from(day.weekday().to_monday_zero_offset()).ok(), Some(at));
        let ago = today.since(day).unwrap().get_days();
        prop_assert!((0..7).contains(&ago), "{day} on {today}");
        let week = params("on:week");
        let (start, end) = (week.start_date.unwrap(), week.end_date.unwrap());
        prop_assert!(start <= today && today <= end);
        prop_assert_eq!(start.weekday(), jiff::civil::Weekday::Monday);
        prop_assert_eq!(end.since(start).unwrap().get_days(), 6);
        prop_assert_eq!(params("from:week").start_date, Some(start));
        prop_assert_eq!(params("to:week").end_date, Some(end));
    }
}
