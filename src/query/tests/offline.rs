//! The filter language for the rows of a file, where no service tests a term.

use super::*;
use crate::query::{Scope, SearchedRows, Tester, Vocabulary, complete};

fn offline(text: &str) -> Query {
    Query::parse_offline(text, TODAY)
}

fn reasons_offline(text: &str) -> Vec<String> {
    offline(text).problems().iter().map(|problem| problem.reason.as_str().to_owned()).collect()
}

/// A row with a value in every column that a server term tests.
fn ana() -> Row {
    row(&[
        (Column::Id, "6xx28lo115832"),
        (Column::Email, "Ana@example.com"),
        (Column::UserId, "user-7"),
        (Column::Created, "2026-11-20T23:30:00.000Z"),
    ])
}

#[test]
fn every_server_term_becomes_a_local_one_and_no_parameter_is_left() {
    for text in [
        "email:a@example.com",
        "a@example.com",
        "userid:user-7",
        "id:6xx28lo115832",
        "from:-7d",
        "to:yesterday",
        "on:week",
        "from:2026-11-01 to:2026-11-20 email:a@example.com status:pending kim",
    ] {
        let query = offline(text);
        assert_eq!(reasons_offline(text), [""; 0], "{text}");
        assert!(*query.params() == Params::default() && query.has_local(), "{text}");
        assert!(query.terms().iter().all(|term| term.scope() == Scope::Local), "{text}");
        assert_eq!(query.terms().len(), parse(text).terms().len(), "{text}");
        assert_eq!(query.with_absolute_dates(), parse(text).with_absolute_dates(), "{text}");
    }
}

#[test]
fn server_terms_are_tested_on_rows() {
    for (text, verdict) in [
        ("email:Ana@example.com", Verdict::Shown),
        ("email:other@example.com", Verdict::Hidden),
        ("userid:user-7", Verdict::Shown),
        ("userid:user", Verdict::Hidden),
        ("id:6xx28lo115832", Verdict::Shown),
        ("id:6xx28lo", Verdict::Hidden),
        ("from:2026-11-20", Verdict::Shown),
        ("from:2026-11-21", Verdict::Hidden),
        ("to:2026-11-20", Verdict::Shown),
        ("to:2026-11-19", Verdict::Hidden),
        ("on:2026-11-20", Verdict::Shown),
        ("on:2026-11-19", Verdict::Hidden),
        ("from:2026-11-20 to:2026-11-20 userid:user-7", Verdict::Shown),
        ("from:2026-11-20 userid:user-8", Verdict::Hidden),
    ] {
        assert_eq!(offline(text).judge(&ana(), Mask::None), verdict, "{text}");
        assert_eq!(parse(text).judge(&ana(), Mask::None), Verdict::Shown, "the service tests {text}");
        let bare = row(&[(Column::Status, "pending")]);
        assert_eq!(offline(text).judge(&bare, Mask::None), Verdict::Undecided, "{text}: the record lacks the field");
    }
}

#[test]
fn terms_that_are_for_requests_are_refused_by_name() {
    for (text, key) in [("type:aml", "type"), ("count:5", "count"), ("TYPE:kyc", "type"), ("count:0", "count")] {
        let reason = format!("{key} is for requests to the service; a file is read as it is");
        assert_eq!(reasons_offline(text), [reason], "{text}");
        assert!(offline(text).terms().is_empty(), "{text}");
    }
}

#[test]
fn the_rules_of_server_terms_hold_for_a_file_as_well() {
    for text in [
        "email:a@example.com email:b@example.com",
        "id:a id:b",
        "from:2026-11-02 to:2026-11-01",
        "from:-7d from:-3d",
        "!email:a@example.com",
        "userid:a,b",
        "email:nobody",
        "sttus:pending",
    ] {
        assert!(!reasons(text).is_empty(), "{text}");
        assert_eq!(reasons_offline(text), reasons(text), "{text}");
    }
}

#[test]
fn completion_offers_nothing_that_a_file_refuses() {
    let offers = |text: &str, tester: Tester| -> Vec<String> {
        let found = complete(text, text.len(), tester, TODAY, &Vocabulary::default());
        found.candidates.iter().map(|it| it.insert.as_str().to_owned()).collect()
    };
    for text in ["", "kim ", "t", "ty", "c", "cou", "!t"] {
        let wanted: Vec<String> = offers(text, Tester::Service)
            .into_iter()
            .filter(|key| !["type:", "count:"].contains(&key.as_str()))
            .collect();
        assert_eq!(offers(text, Tester::Program), wanted, "{text}");
    }
    for text in ["type:", "type:a", "count:", "count:5"] {
        assert_eq!(offers(text, Tester::Program), [""; 0], "{text}");
    }
    assert!(offers("", Tester::Service).contains(&"type:".to_owned()));
    for text in ["", "from:", "st", "status:", "ema"] {
        let found = complete(text, text.len(), Tester::Program, TODAY, &Vocabulary::default());
        assert!(!found.candidates.is_empty(), "{text}");
        assert!(found.candidates.iter().all(|it| it.scope == Scope::Local), "this program tests {text}");
        // With its value, or the first that is known, each line is valid.
        for candidate in &found.candidates {
            let line = format!("{}{}", &text[..found.replace.start], candidate.insert.as_str());
            let is_open = line.ends_with([':', '<', '=', '>']);
            assert!(is_open || offline(&line).problems().is_empty(), "{line}");
        }
    }
}

#[test]
fn a_text_that_was_searched_in_part_is_said_without_a_word_of_fetching() {
    let mut searched = SearchedRows::default();
    searched.add(&offline("kim"), &row(&[(Column::Name, "kim")]));
    searched.add(&offline("kim"), &row(&[]).of_full_record());
    assert_eq!(searched.line().as_deref(), Some("text: the file lacks fields of 1 of 2 rows"));
    let clause = searched.clause("\"kim\"");
    assert_eq!(clause.as_deref(), Some("1 of 2 rows lack fields in the file: \"kim\" may be in them"));
    let mut whole = SearchedRows::default();
    whole.add(&offline("kim"), &row(&[]).of_full_record());
    assert_eq!(whole.line(), None);
}
