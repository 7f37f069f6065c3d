//! Terms that the service answers: parameters, dates, and what each refuses.

use form_urlencoded::parse as decode;
use strum::VariantArray as _;

use super::*;
use crate::query::{Cursor, RequestType, Scope, encode, request_line};
use crate::text::{Class, Mask};

fn one(name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    vec![(name, value.to_owned())]
}

#[test]
fn each_server_key_sets_its_parameter() {
    for (text, name, value) in [
        ("email:kim@example.com", "email", "kim@example.com"),
        ("EMAIL:Kim@Example.com", "email", "Kim@Example.com"),
        ("kim@example.com", "email", "kim@example.com"),
        ("email:\"no address\"", "email", "no address"),
        ("email:\"a,b@example.com\"", "email", "a,b@example.com"),
        ("userid:\"a b\"", "userid", "a b"),
        ("userid:\"say \\\"hi\\\" \\\\ \\n\"", "userid", "say \"hi\" \\ \\n"),
        ("userid:a:b=c!\"d", "userid", "a:b=c!\"d"),
        ("id:6xx28lo115832", "submission_id", "6xx28lo115832"),
        ("type:kyc", "request_type", "kyc"),
        ("type:AML", "request_type", "aml"),
        ("type:data", "request_type", "data"),
        ("type:others", "request_type", "others"),
        ("count:1", "count", "1"),
        ("count:2000", "count", "2000"),
        ("count:0050", "count", "50"),
        ("from:2026-11-15", "start_date", "2026-11-15"),
        ("to:2099-12-31", "end_date", "2099-12-31"),
    ] {
        assert_eq!(pairs(text), one(name, value), "{text}");
        let query = parse(text);
        assert_eq!(query.terms()[0].scope(), Scope::Server);
        assert!(!query.has_local() && !query.terms().is_empty(), "{text}");
    }
}

#[test]
fn nothing_is_sent_that_is_not_given() {
    assert_eq!(pairs(""), []);
    assert_eq!(pairs("  status:pending kim "), []);
    assert!(parse(" \t ").terms().is_empty() && parse(" \t ").problems().is_empty());
    assert_eq!(request_line(parse("").params(), None, Mask::None).as_str(), "/submission");
}

#[test]
fn parameters_are_sent_in_the_documented_order_whatever_the_text() {
    let text = "type:kyc to:2026-11-20 from:2026-11-01 count:10 a@example.com userid:u id:s";
    let cursor = Cursor { id: "last".into(), created_at: "2026-11-02-10-00-00-UTC".into() };
    let sent = parse(text).params().pairs(Some(&cursor));
    let names: Vec<&str> = sent.iter().map(|(name, _)| *name).collect();
    let documented = ["submission_id", "userid", "email", "count", "nextpage_id", "nextpage_date", "start_date"];
    assert_eq!(names, [&documented[..], &["end_date", "request_type"]].concat());
    assert_eq!(sent[4..6], [("nextpage_id", "last".into()), ("nextpage_date", cursor.created_at.clone())]);
}

#[test]
fn dates_are_read_in_every_form() {
    for (text, start, end, resolved) in [
        ("from:2026-11-15", "2026-11-15", "", None),
        ("from:\"2026-11-15\"", "2026-11-15", "", None),
        ("from:today", "2026-11-23", "", Some("2026-11-23")),
        ("to:Yesterday", "", "2026-11-22", Some("2026-11-22")),
        ("from:-7d", "2026-11-16", "", Some("2026-11-16")),
        ("from:-0d", "2026-11-23", "", Some("2026-11-23")),
        ("from:-2w", "2026-11-09", "", Some("2026-11-09")),
        ("from:-365D", "2025-11-23", "", Some("2025-11-23")),
        ("from:month", "2026-11-01", "", Some("2026-11-01")),
        ("to:month", "", "2026-11-30", Some("2026-11-30")),
        ("on:month", "2026-11-01", "2026-11-30", Some("2026-11-01 to 2026-11-30")),
        ("on:yesterday", "2026-11-22", "2026-11-22", Some("2026-11-22")),
        ("from:monday", "2026-11-23", "", Some("2026-11-23")),
        ("on:Sunday", "2026-11-22", "2026-11-22", Some("2026-11-22")),
        ("to:TUESDAY", "", "2026-11-17", Some("2026-11-17")),
        ("from:week", "2026-11-23", "", Some("2026-11-23")),
        ("to:week", "", "2026-11-29", Some("2026-11-29")),
        ("on:week", "2026-11-23", "2026-11-29", Some("2026-11-23 to 2026-11-29")),
        ("from:ｍｏｎｄａｙ", "2026-11-23", "", Some("2026-11-23")),
        ("on:2024-02-29", "2024-02-29", "2024-02-29", None),
        ("from:0001-01-01", "0001-01-01", "", None),
    ] {
        let query = parse(text);
        assert_eq!(reasons(text), [""; 0], "{text}");
        let said = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let params = query.params();
        assert_eq!((said(params.start_date).as_str(), said(params.end_date).as_str()), (start, end), "{text}");
        assert_eq!(query.terms()[0].resolved().map(crate::text::Safe::as_str), resolved, "{text}");
    }
}

#[test]
fn months_and_years_end_where_the_calendar_says() {
    let read = |text, today| Query::parse(text, today).params().clone();
    assert_eq!(read("to:month", date(2024, 2, 10)).end_date, Some(date(2024, 2, 29)));
    assert_eq!(read("from:yesterday", date(2026, 1, 1)).start_date, Some(date(2025, 12, 31)));
    assert_eq!(read("from:-1d", date(1, 1, 1)).start_date, None);
    assert_eq!(read("on:week", date(2027, 1, 2)).start_date, Some(date(2026, 12, 28)));
    assert_eq!(read("to:week", Date::MAX).end_date, Some(Date::MAX));
    assert_eq!(read("from:week", date(1, 1, 1)).start_date, Some(date(1, 1, 1)), "a Monday");
}

#[test]
fn a_bad_date_names_the_part_that_is_wrong() {
    let forms = "a date is YYYY-MM-DD, today, yesterday, monday to sunday, week, -7d, -4w or month";
    for (date, reason) in [
        ("2026-13-40", "month 13 does not exist"),
        ("2026-99-01", "month 99 does not exist"),
        ("2026-00-01", "month 00 does not exist"),
        ("2026-02-29", "2026-02 has 28 days"),
        ("2024-02-30", "2024-02 has 29 days"),
        ("2026-04-31", "2026-04 has 30 days"),
        ("2026-04-00", "day 00 does not exist"),
        ("0000-01-01", "year 0000 does not exist"),
        ("26-01-01", "a year has four digits: YYYY-MM-DD"),
        ("2026", "the month is missing: YYYY-MM-DD"),
        ("2026-11", "the day is missing: YYYY-MM-DD"),
        ("2026-11-", forms),
        ("2026-1-5", "write it as 2026-01-05"),
        ("20260105", "write it as 2026-01-05"),
        ("20261305", "month 13 does not exist"),
        ("2026/01/05", "write it as 2026-01-05"),
        ("tomorow", forms),
        ("mon", "did you mean monday"),
        ("wed", "did you mean wednesday"),
        ("mondya", "did you mean monday"),
        ("weeks", "did you mean week"),
        ("-7", forms),
        ("-d", forms),
        ("-7m", forms),
        ("--7d", forms),
        ("-+7d", forms),
        ("+7d", forms),
        ("-999999d", "that is before the year 1"),
        ("-99999999999999999999d", "that is before the year 1"),
    ] {
        for key in ["from", "to", "on"] {
            assert_wrong(&format!("{key}:{date}"), reason);
        }
    }
}

#[test]
fn a_server_term_is_given_once() {
    for (text, marked, reason) in [
        ("email:a@example.com b@example.com", "b@example.com", "email is given twice"),
        ("userid:a userid:a", "userid:a", "userid is given twice"),
        ("id:a id:b", "id:b", "id is given twice"),
        ("type:kyc type:aml", "type:aml", "type is given twice"),
        ("count:1 count:2", "count:2", "count is given twice"),
        ("from:today from:-1d", "from:-1d", "the start date is given twice"),
        ("to:today to:today", "to:today", "the end date is given twice"),
        ("from:today on:today", "on:today", "the start date is given twice"),
        ("on:today to:today", "to:today", "the end date is given twice"),
        ("on:today on:today", "on:today", "the start date is given twice"),
    ] {
        assert_problem(text, marked, reason);
        assert_eq!(parse(text).problems()[0].span.end, text.len(), "the later one is marked: {text}");
        assert_eq!(parse(text).terms().len(), 1, "the first one stays: {text}");
    }
}

#[test]
fn the_start_is_not_after_the_end() {
    assert_problem("from:2026-11-20 to:-7d", "to:-7d", "the start 2026-11-20 is after the end 2026-11-16");
    assert_problem("to:2026-11-10 from:today", "from:today", "the start 2026-11-23 is after the end 2026-11-10");
    assert_eq!(parse("to:2026-11-10 from:today").params().start_date, None);
    assert_eq!(pairs("from:today to:today").len(), 2);
}

#[test]
fn the_service_leaves_nothing_out() {
    for text in ["!email:a@example.com", "!a@example.com", "!id:x", "!from:today", "!type:kyc", "!count:5", "!userid:x"]
    {
        let key = if text == "!a@example.com" { "email" } else { text[1..].split(':').next().unwrap() };
        assert_wrong(text, &format!("{key} cannot be negated; only local terms can"));
    }
}

#[test]
fn a_bad_server_value_is_refused() {
    let email = "an e-mail address has text before and after its @; quote it to use it as typed";
    for (text, reason) in [
        ("email:kim", email),
        ("kim@", email),
        ("@example.com", email),
        ("@", email),
        ("email:a@example.com,b@example.com", "email takes one value; put it in quotes if the comma belongs to it"),
        ("a@example.com,b@example.com", "email takes one value; put it in quotes if the comma belongs to it"),
        ("userid:a,b", "userid takes one value; put it in quotes if the comma belongs to it"),
        ("type:all", "type takes kyc, aml, data or others"),
        ("count:0", "count takes a number from 1 to 2000"),
        ("count:2001", "count takes a number from 1 to 2000"),
        ("count:-1", "count takes a number from 1 to 2000"),
        ("count:+5", "count takes a number from 1 to 2000"),
        ("count:many", "count takes a number from 1 to 2000"),
        ("count:99999999999999", "count takes a number from 1 to 2000"),
        ("id:", "a value is missing: id takes one submission id"),
        ("userid:\"\"", "a value is missing: userid takes one user id"),
        ("count=5", "count is written as in count:200"),
        ("from>2026-11-01", "from is written as in from:-7d"),
    ] {
        assert_wrong(text, reason);
    }
}

#[test]
fn hostile_values_survive_and_are_percent_encoded() {
    let sent = pairs("email:a+b%c&d@exämple.com userid:\"x=1 y/ü\"");
    assert_eq!(sent, [("userid", "x=1 y/ü".to_owned()), ("email", "a+b%c&d@exämple.com".to_owned())]);
    let query = encode(&sent);
    assert_eq!(query, "userid=x%3D1%20y%2F%C3%BC&email=a%2Bb%25c%26d%40ex%C3%A4mple.com");
    let back: Vec<_> = decode(query.as_bytes()).into_owned().collect();
    assert!(back.iter().zip(&sent).all(|(back, sent)| back.0 == sent.0 && back.1 == sent.1));
}

#[test]
fn the_request_line_is_what_is_sent_and_hides_persons_when_asked() {
    let query = parse("email:kim@example.com from:-7d status:pending id:6xx28lo115832");
    let shown = |mask| request_line(query.params(), None, mask).as_str().to_owned();
    let whole = "/submission?submission_id=6xx28lo115832&email=kim%40example.com&start_date=2026-11-16";
    assert_eq!(shown(Mask::None), whole);
    assert_eq!(shown(Mask::Ids), whole);
    assert_eq!(shown(Mask::All), whole.replace("kim%40example.com", "•••••"));

    let cursor = Cursor { id: "a/b".into(), created_at: "2026-11-02 10:00+00:00".into() };
    let line = request_line(parse("userid:kim@example.com").params(), Some(&cursor), Mask::All);
    let keys = "nextpage_id=a%2Fb&nextpage_date=2026-11-02%2010%3A00%2B00%3A00";
    assert_eq!(line.as_str(), format!("/submission?userid=•••••&{keys}"));
    let person = |mask| request_line(parse("userid:client-7").params(), None, mask).as_str().to_owned();
    assert_eq!(person(Mask::All), "/submission?userid=•••••");
    assert_eq!(person(Mask::Ids), "/submission?userid=client-7");
}

#[test]
fn terms_say_how_private_they_are() {
    for (text, class) in [
        ("email:kim@example.com", Class::Personal),
        ("userid:kim@example.com", Class::Personal),
        ("userid:7", Class::Personal),
        ("kim", Class::Personal),
        ("status:pending", Class::Open),
        ("status:\"Pending\"", Class::Open),
        ("status:\"kim minjun\"", Class::Personal),
        ("from:today", Class::Open),
    ] {
        assert_eq!(parse(text).terms()[0].class(), class, "{text}");
    }
}

#[test]
fn every_request_type_has_its_word() {
    for kind in RequestType::VARIANTS.iter().copied() {
        assert_eq!(pairs(&format!("type:{}", kind.word())), one("request_type", kind.word()));
    }
}
