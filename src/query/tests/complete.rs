//! Completion at the cursor, which `|` marks.

use super::*;
use crate::query::{Scope, Tester, Vocabulary, complete, keys};

pub(super) fn seen() -> Vocabulary {
    let mut seen = Vocabulary::default();
    let values: [&[(Column, &str)]; 4] = [
        &[(Column::Nationality, "KOR"), (Column::Status, "pending"), (Column::IdType, "passport")],
        &[(Column::Nationality, "VNM"), (Column::Status, "Deleted"), (Column::IdType, "drvlic")],
        &[(Column::Nationality, "KOR"), (Column::RejectCode, "too_many_retry,duplicated_face"), (Column::Name, "Kim")],
        &[(Column::Nationality, "K\u{202e}R\u{7}"), (Column::Aml, "Red Flag"), (Column::RejectCode, "cut off")],
    ];
    values.iter().for_each(|cells| seen.see(&row(cells)));
    seen
}

/// The line after each candidate is taken.
fn taken(marked: &str) -> Vec<String> {
    let cursor = marked.find('|').unwrap();
    let text = marked.replace('|', "");
    let found = complete(&text, cursor, Tester::Service, TODAY, &seen());
    let put = |insert: &str| format!("{}{insert}{}", &text[..found.replace.start], &text[found.replace.end..]);
    found.candidates.iter().map(|candidate| put(candidate.insert.as_str())).collect()
}

#[test]
fn keys_go_on_with_what_is_typed() {
    assert_eq!(taken("stat|"), ["status:"]);
    assert_eq!(taken("S|"), ["status:", "score<"]);
    assert_eq!(taken("kim !s|"), ["kim !status:", "kim !score<"]);
    assert_eq!(taken("st|x kim"), ["status: kim"]);
    assert_eq!(taken("st|:pending"), ["status:pending"]);
    assert_eq!(taken("at|>=2"), ["attempts>=2"]);
    assert_eq!(taken("zz|"), [""; 0]);
    assert_eq!(taken("\"st|"), [""; 0]);
    assert_eq!(taken("|!st"), [""; 0]);
}

#[test]
fn an_empty_place_offers_every_key() {
    assert_eq!(taken("|").len(), keys().len());
    assert_eq!(taken("kim | lee").len(), keys().len());
    assert_eq!(taken("kim | lee")[0], "kim email: lee");
    let local = keys().iter().filter(|key| key.scope() == Scope::Local).count();
    assert_eq!(taken("!|").len(), local, "the service leaves nothing out");
}

#[test]
fn a_server_key_is_offered_once() {
    assert_eq!(taken("email:a@example.com e|"), [""; 0]);
    assert_eq!(taken("status:pending st|"), ["status:pending status:"]);
    assert_eq!(taken("em|:a@example.com"), ["email:a@example.com"]);
}

#[test]
fn values_come_from_the_table_and_from_loaded_rows() {
    assert_eq!(
        taken("status:|"),
        ["approved", "rejected", "pending", "incomplete", "\"Deleted\""].map(|v| format!("status:{v}"))
    );
    assert_eq!(taken("nat:|"), ["nat:KOR", "nat:VNM"], "what cannot be typed as it is sent is not offered");
    assert_eq!(taken("nat:v|"), ["nat:VNM"]);
    assert_eq!(taken("!nat:KOR,|"), ["!nat:KOR,VNM"]);
    assert_eq!(taken("nat:K|,VNM"), ["nat:KOR,VNM"]);
    assert_eq!(taken("nat:K|XX kim"), ["nat:KOR kim"]);
    assert_eq!(taken("code:|"), ["code:\"cut off\"", "code:duplicated_face", "code:too_many_retry"]);
    assert_eq!(taken("aml:|")[0], "aml:red-flag");
    assert_eq!(taken("aml:|").len(), 5, "Red Flag of a row is red-flag");
    assert_eq!(taken("has:up|"), ["has:updated"]);
    assert_eq!(taken("type:|"), ["type:kyc", "type:aml", "type:data", "type:others"]);
    assert_eq!(taken("idtype:drv|"), ["idtype:drvlic"]);
}

#[test]
fn documented_retry_codes_are_offered_with_their_meaning() {
    assert!(taken("retry:gla|").contains(&"retry:glare_detected".to_owned()));
    assert_eq!(taken("retry:forg|")[..1], ["retry:forgery"], "kinds come first");
    assert!(taken("retry:|").len() >= 45);
    let found = complete("retry:no_fa", 11, Tester::Service, TODAY, &seen());
    assert_eq!(found.candidates[0].help.as_str(), "no face found");
}

#[test]
fn ids_and_addresses_of_rows_are_not_collected() {
    let mut seen = Vocabulary::default();
    seen.see(&row(&[(Column::Ip, "192.0.2.1"), (Column::Token, "t-1"), (Column::Applicant, "mgm8m8mjicls")]));
    for text in ["ip:", "token:", "applicant:"] {
        assert!(complete(text, text.len(), Tester::Service, TODAY, &seen).candidates.is_empty(), "{text}");
    }
}

#[test]
fn a_word_that_looks_like_a_submission_id_offers_the_key_of_ids() {
    assert_eq!(taken("6xx28lo115832|"), ["id:6xx28lo115832"]);
    assert_eq!(taken("kim evcka62mes3ugzb_mg| x"), ["kim id:evcka62mes3ugzb_mg x"]);
    assert_eq!(taken("６xx28lo115832|"), ["id:6xx28lo115832"]);
    let others =
        ["6xx28lo|", "kimminjunseo|", "201011234567|", "!6xx28lo115832|", "\"6xx28lo115832|\"", "6xx28-lo115832|"];
    for other in others {
        assert_eq!(taken(other), [""; 0], "{other}");
    }
    assert_eq!(taken("id:abc 6xx28lo115832|"), [""; 0], "one id is asked for");
}

#[test]
fn what_begins_alike_comes_first_then_what_holds_it() {
    assert_eq!(taken("status:p|"), ["status:pending", "status:approved", "status:incomplete"]);
    assert_eq!(taken("code:RETRY|"), ["code:too_many_retry"]);
    assert_eq!(taken("aml:\"red f|\""), ["aml:red-flag"]);
    assert_eq!(taken("aml:\"red f|"), ["aml:red-flag"]);
}

#[test]
fn a_value_that_is_there_is_not_offered_again() {
    assert_eq!(taken("status:pending|"), [""; 0]);
    assert_eq!(taken("nat:KOR,VNM,|"), [""; 0]);
    assert_eq!(taken("email:k|"), [""; 0], "identity data is not collected");
    assert_eq!(taken("foo:|"), [""; 0]);
}

#[test]
fn dates_are_offered_with_the_day_that_they_mean() {
    let found = |text: &str| complete(text, text.len(), Tester::Service, TODAY, &seen());
    let offers = |text: &str| {
        let offer = |it: &crate::query::Candidate| format!("{} {}", it.insert.as_str(), it.help.as_str());
        found(text).candidates.iter().map(offer).collect::<Vec<_>>()
    };
    let all = offers("from:");
    assert_eq!(all.len(), 13);
    assert_eq!(
        all[..7],
        [
            "today 2026-11-23 · this day in UTC",
            "yesterday 2026-11-22 · the day before today",
            "monday 2026-11-23 · the latest Monday (today if it is one)",
            "week 2026-11-23 · this week, Monday to Sunday",
            "-7d 2026-11-16 · seven days ago; -1d, -30d and so on",
            "-4w 2026-10-26 · four weeks ago; -1w, -2w and so on",
            "month 2026-11-01 · this month",
        ]
    );
    assert_eq!(offers("to:we")[0], "week 2026-11-29 · this week, Monday to Sunday");
    assert_eq!(offers("on:week"), [""; 0], "it is there");
    assert_eq!(offers("on:wee"), ["week 2026-11-23 to 2026-11-29 · this week, Monday to Sunday"]);
    assert_eq!(offers("on:mont"), ["month 2026-11-01 to 2026-11-30 · this month"]);
    assert_eq!(offers("from:-3"), ["-3d 2026-11-20 · 3 days ago", "-3w 2026-11-02 · 3 weeks ago"]);
    assert_eq!(taken("from:-|"), ["from:-7d", "from:-4w"]);
}

#[test]
fn durations_are_offered_and_follow_the_number_that_is_typed() {
    assert_eq!(taken("wai|"), ["waiting>"]);
    assert_eq!(taken("waiting>|"), ["waiting>30m", "waiting>12h", "waiting>1d", "waiting>1w"]);
    assert_eq!(taken("waiting<=5|"), ["waiting<=5m", "waiting<=5h", "waiting<=5d", "waiting<=5w"]);
    assert_eq!(taken("waiting:|"), [""; 0], "the sign is wrong");
    assert_eq!(taken("score<|"), [""; 0]);
}

#[test]
fn nothing_is_offered_that_makes_the_line_wrong() {
    for (marked, offered) in [
        ("on:today f|", [""; 0].as_slice()),
        ("from:today o|", &[]),
        ("kim@example.com em|", &[]),
        ("type:kyc,|", &[]),
        ("!type:|", &[]),
        ("status<|", &[]),
        ("s|:", &["status:"]),
        ("s|<", &["score<"]),
        ("s|:pending", &["status:pending"]),
        ("at|:2", &[]),
        ("from:today to:yes|", &[]),
        ("from:2026-11-22 to:to|", &["from:2026-11-22 to:today"]),
        ("|kim", &[]),
        ("status:foo,pend|", &[]),
    ] {
        assert_eq!(taken(marked), offered, "{marked}");
    }
}

#[test]
fn a_cursor_inside_a_character_or_past_the_end_gets_nothing() {
    assert!(complete("김", 1, Tester::Service, TODAY, &seen()).candidates.is_empty());
    assert!(complete("st", 9, Tester::Service, TODAY, &seen()).candidates.is_empty());
}

#[test]
fn a_flood_of_values_is_not_kept() {
    let mut seen = Vocabulary::default();
    for at in 0..5000 {
        seen.see(&row(&[(Column::RejectCode, &format!("free text {at}"))]));
    }
    seen.see(&row(&[(Column::Nationality, &"x".repeat(65))]));
    assert_eq!(complete("code:", 5, Tester::Service, TODAY, &seen).candidates.len(), 500);
    assert!(complete("nat:", 4, Tester::Service, TODAY, &seen).candidates.is_empty());
}
