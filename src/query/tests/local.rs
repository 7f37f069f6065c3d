//! Terms that narrow what is loaded, on rows that say it, leave it empty, or do not carry it.

use super::*;
use Verdict::{Hidden, Shown, Undecided};

/// What a term and its negation say of a row.
fn both(term: &str, row: &Row) -> (Verdict, Verdict) {
    (judge(term, row), judge(&format!("!{term}"), row))
}

#[test]
fn words_match_their_column_and_no_other() {
    for (term, column, matching, other) in [
        ("status:pending", Column::Status, "pending", "approved"),
        ("STATUS:Pending", Column::Status, "PENDING", "rejected"),
        ("status:pending,Rejected", Column::Status, "rejected", "approved"),
        ("status:\"on hold\"", Column::Status, "On Hold", "hold"),
        ("status:\"Deleted Submission\"", Column::Status, "Deleted Submission", "Deleted"),
        ("nat:kor", Column::Nationality, "KOR", "PRK"),
        ("nat:KOR,VNM", Column::Nationality, "VNM", "USA"),
        ("country:usa", Column::IssuingCountry, "USA", "KOR"),
        ("country:\"UK\"", Column::IssuingCountry, "UK", "GBR"),
        ("idtype:passport", Column::IdType, "passport", "visa"),
        ("idtype:drivers-license", Column::IdType, "drivers_license", "drvlic"),
        ("idtype:drvlic", Column::IdType, "drvlic", "drivers_license"),
        ("idtype:\"재류 카드\"", Column::IdType, "재류_카드", "재류"),
        ("code:too_many_retry", Column::RejectCode, "too_many_retry ", "too_many"),
        ("code:no-date-of-birth", Column::RejectCode, "no-date-of-birth", "other"),
        ("code:expired_id", Column::RejectCode, "duplicated_face, expired_id,other", "duplicated_face,other"),
        ("code:\"blurred, cut off\"", Column::RejectCode, "Blurred, cut off", "blurred"),
        ("score<80", Column::ArgosScore, "79.99", "80"),
        ("score<=80", Column::ArgosScore, "80.0", "80.1"),
        ("score=80", Column::ArgosScore, " 80", "8"),
        ("score>=80.5", Column::ArgosScore, "80.50", "80.49"),
        ("score>-1", Column::ArgosScore, "0", "-1"),
        ("Score<8e1", Column::ArgosScore, "7.9e1", "801e-1"),
        ("attempts>=2", Column::Attempts, "10", "1"),
        ("attempts=\"3\"", Column::Attempts, "3", "30"),
        ("ip:192.0.2.1", Column::Ip, "192.0.2.1", "192.0.2.10"),
        ("ip:192.0.2.1,198.51.100.7", Column::Ip, "198.51.100.7", "198.51.100.70"),
        ("ip:2001:DB8::1", Column::Ip, "2001:db8::1", "2001:db8::11"),
        ("ip:１９２.0.2.1", Column::Ip, "192.0.2.1", "192.0.2.2"),
        ("token:3F0C-2a5e", Column::Token, "3f0c-2A5E", "3f0c_2a5e"),
        ("token:\"a b\"", Column::Token, "A b", "a-b"),
        ("applicant:mgm8m8mjicls", Column::Applicant, "MGM8M8MJICLS", "mgm8m8mjicl"),
        ("retry:glare-detected", Column::Retry, "no_face, Glare_Detected", "no_face, glare"),
        ("retry:no_face,MRZ_protocol_fail", Column::Retry, "mrz_protocol_fail", "mrz"),
        ("retry:\"step1\"", Column::Retry, "Step1", "step11"),
        ("retry:forgery", Column::Retry, "no_face, Fake_ID", "no_face, fake"),
        ("retry:Face,glare_detected", Column::Retry, "liveness_fail", "expired_id"),
        ("retry:face,glare_detected", Column::Retry, "glare_detected", "expired_id"),
        ("retry:\"forgery\"", Column::Retry, "forgery", "fake_id"),
    ] {
        // Without the attempts, the known retry codes need not be all.
        let attempts = Some((Column::Attempts, "1")).filter(|_| column == Column::Retry);
        let with = |text| row(&[(column, text)].into_iter().chain(attempts).collect::<Vec<_>>());
        assert_eq!(both(term, &with(matching)), (Shown, Hidden), "{term} on {matching}");
        assert_eq!(both(term, &with(other)), (Hidden, Shown), "{term} on {other}");
        assert_eq!(both(term, &row(&[(column, "")])), (Hidden, Shown), "{term} on an empty cell");
        assert_eq!(both(term, &row(&[(Column::Name, matching)])), (Undecided, Undecided), "{term} where not fetched");
    }
}

#[test]
fn retry_codes_without_the_attempts_need_not_be_all() {
    let known = row(&[(Column::Retry, "glare_detected")]);
    assert_eq!(both("retry:glare_detected", &known), (Shown, Hidden));
    assert_eq!(both("retry:no_face", &known), (Undecided, Undecided));
}

#[test]
fn aml_matches_the_status_or_the_level() {
    let aml = |status, level| row(&[(Column::Aml, status), (Column::AmlLevel, level)]);
    let flagged = aml("Red Flag", "HIGH");
    for term in ["aml:red-flag", "aml:RED_FLAG", "aml:\"Red Flag\"", "aml:high", "aml:High", "aml:low,high"] {
        assert_eq!(both(term, &flagged), (Shown, Hidden), "{term}");
    }
    for term in ["aml:not-screened", "aml:medium", "aml:\"Red\"", "aml:low,medium"] {
        assert_eq!(both(term, &flagged), (Hidden, Shown), "{term}");
    }
    assert_eq!(both("aml:not-screened", &aml("Not Screened", "")), (Shown, Hidden));
    assert_eq!(both("aml:high", &aml("", "")), (Hidden, Shown));
}

#[test]
fn a_half_that_was_not_fetched_decides_only_if_the_other_half_matches() {
    let half = row(&[(Column::Aml, "Red Flag")]);
    assert_eq!(both("aml:red-flag", &half), (Shown, Hidden));
    assert_eq!(both("aml:high", &half), (Undecided, Undecided));
    assert_eq!(both("has:aml", &row(&[(Column::Aml, "")])), (Undecided, Undecided));
}

#[test]
fn has_asks_for_any_value() {
    let aml = row(&[(Column::Aml, "Not Screened"), (Column::AmlLevel, "")]);
    assert_eq!(both("has:aml", &aml), (Shown, Hidden));
    assert_eq!(both("has:AML,name", &aml), (Shown, Hidden));
    assert_eq!(both("has:aml", &row(&[(Column::Aml, ""), (Column::AmlLevel, "")])), (Hidden, Shown));
    assert_eq!(both("has:aml", &row(&[])), (Undecided, Undecided));
    assert_eq!(both("has:name", &aml), (Undecided, Undecided));
}

#[test]
fn every_word_of_has_looks_at_a_column() {
    let key = crate::query::keys().iter().find(|key| key.name == "has").unwrap();
    let full = Row::new(|_| Cell::Text("x"));
    let empty = Row::new(|_| Cell::Empty);
    for known in key.values {
        assert_eq!(both(&format!("has:{}", known.word), &full), (Shown, Hidden), "{}", known.word);
        assert_eq!(both(&format!("has:{}", known.word), &empty), (Hidden, Shown), "{}", known.word);
        assert!(key.takes().contains(known.word), "{}", known.word);
    }
}

#[test]
fn what_is_no_number_is_undecided_and_never_a_match() {
    for text in ["N/A", "high", "inf", "NaN", "infinity", "1e999", "80%", "8 0", "--", "0x10", "８０", "1,5"] {
        let row = row(&[(Column::ArgosScore, text)]);
        for term in ["score<80", "score>=0", "score=80"] {
            assert_eq!(both(term, &row), (Undecided, Undecided), "{term} on {text}");
        }
    }
}

#[test]
fn a_time_of_waiting_is_compared_in_any_unit() {
    let mut row = row(&[(Column::Status, "pending"), (Column::Created, "2026-11-20T00:00:00Z")]);
    row.set_loaded_at("2026-11-21T12:00:00Z".parse().unwrap());
    for term in [
        "waiting>12h",
        "waiting>=36h",
        "waiting=1d12h",
        "waiting<2d",
        "waiting>2000m",
        "waiting<=\"1 d 12 h\"",
        "waiting<1w",
    ] {
        assert_eq!(both(term, &row), (Shown, Hidden), "{term}");
    }
    for term in ["waiting<36h", "waiting>1d12h", "waiting=36m"] {
        assert_eq!(both(term, &row), (Hidden, Shown), "{term}");
    }
    let of_status = |status| self::row(&[(Column::Status, status), (Column::Created, "2026-11-20T00:00:00Z")]);
    assert_eq!(both("waiting>12h", &of_status("approved")), (Hidden, Shown));
    assert_eq!(both("waiting>12h", &of_status("on hold")), (Undecided, Undecided));
    for (text, reason) in [
        ("waiting>12", "12 has no unit: add m, h, d or w, as in waiting>12h"),
        ("waiting>1d 12", "12 has no unit: add m, h, d or w, as in waiting>12h"),
        ("waiting>h", "a number is missing before h, as in waiting>12h"),
        ("waiting>long", "long is not a time: a time is a number with m, h, d or w, as in waiting>12h"),
        ("waiting>1mo", "mo after 1 is not a unit: use m, h, d or w, as in waiting>12h"),
        ("waiting>2d3x", "x after 3 is not a unit: use m, h, d or w, as in waiting>12h"),
        ("waiting>90M", "M may mean minutes or months: write 90m for minutes"),
        ("waiting>2d,3d", "waiting is compared with one time, as in waiting>12h"),
        ("waiting>-1h", "a time is never negative: remove the sign, as in waiting>12h"),
        ("waiting>\"12h now\"", "now is not a time: a time is a number with m, h, d or w, as in waiting>12h"),
    ] {
        let text = if text.contains(' ') && !text.contains('"') {
            text.replacen('>', ">\"", 1) + "\""
        } else {
            text.to_owned()
        };
        assert_wrong(&text, reason);
    }
    assert_wrong("waiting:12h", "waiting is written as in waiting>12h");
}

#[test]
fn terms_are_joined_by_and() {
    let row = row(&[(Column::Status, "pending"), (Column::ArgosScore, "70")]);
    assert_eq!(judge("status:pending score<80", &row), Shown);
    assert_eq!(judge("status:pending score<60", &row), Hidden);
    assert_eq!(judge("score>60 score<80 !status:approved", &row), Shown);
    assert_eq!(judge("status:pending nat:KOR", &row), Undecided);
    for text in ["nat:KOR status:approved", "status:approved nat:KOR", "nat:KOR status:approved nat:KOR"] {
        assert_eq!(judge(text, &row), Hidden, "a term that fails decides: {text}");
    }
    assert_eq!(judge("", &row), Shown);
    assert_eq!(judge("from:today kim@example.com", &row), Shown, "the service has answered its own terms");
}

#[test]
fn the_terms_that_a_row_leaves_undecided_are_named() {
    let query = parse("status:pending aml:high from:today !has:code score<80");
    let unknown = |row: &Row| query.unknown_terms(row).map(|at| query.terms()[at].label()).collect::<Vec<_>>();
    assert_eq!(unknown(&row(&[(Column::Status, "approved"), (Column::ArgosScore, "x")])), ["aml", "has", "score"]);
    assert_eq!(unknown(&Row::new(|_| Cell::Empty)), [""; 0]);
}

#[test]
fn a_word_with_a_problem_narrows_nothing() {
    let query = parse("status:nonsense score<80");
    assert_eq!(query.judge(&row(&[(Column::Status, "approved"), (Column::ArgosScore, "70")]), Mask::None), Shown);
    assert_eq!(query.terms().len(), 1);
}

#[test]
fn a_value_that_a_key_does_not_take_is_marked() {
    for (text, marked, reason) in [
        (
            "status:done",
            "done",
            "status takes approved, rejected, pending or incomplete; quote it to search for any value",
        ),
        ("status:pend", "pend", "did you mean status:pending; quote it to search for any value"),
        ("status:aproved", "aproved", "did you mean status:approved; quote it to search for any value"),
        ("status:pending,rejcted", "rejcted", "did you mean status:rejected; quote it to search for any value"),
        ("retry:forgry", "forgry", "did you mean retry:forgery; quote it to search for any value"),
        ("retry:fac", "fac", "did you mean retry:face; quote it to search for any value"),
        ("aml:red", "red", "did you mean aml:red-flag; quote it to search for any value"),
        ("aml:none", "none", "aml takes red-flag, not-screened, high, medium or low; quote it to search for any value"),
        ("idtype:pasport", "pasport", "did you mean idtype:passport; quote it to search for any value"),
        ("nat:KR", "KR", "nat takes countries of three letters, as in KOR; quote it to search for any value"),
        (
            "country:KOR,한국",
            "한국",
            "country takes countries of three letters, as in KOR; quote it to search for any value",
        ),
        ("has:anything", "anything", HAS),
        ("has:\"face x\"", "\"face x\"", HAS),
        ("has:scor", "scor", "did you mean has:score"),
        ("status:!approved", "!approved", "write ! before the key: !status:approved"),
        ("status:pending,!approved", "!approved", "write ! before the key: !status:approved"),
        ("score<!80", "!80", "write ! before the key: !score<80"),
    ] {
        assert_problem(text, marked, reason);
        assert!(parse(text).terms().is_empty(), "{text}");
    }
}

const HAS: &str = "has takes created, id, email, name, birth, nat, country, idtype, age, status, code, aml, level, score, \
                   attempts, retry, userid, ip, token, updated or applicant";

#[test]
fn a_number_key_takes_one_number_after_a_comparison() {
    let score = "score takes <, <=, =, >= or > and a number, as in score<80";
    for (text, reason) in [
        ("score:80", "score is written as in score<80"),
        ("attempts:2", "attempts is written as in attempts>=2"),
        ("status=approved", "status is written as in status:pending,rejected"),
        ("nat<KOR", "nat is written as in nat:KOR,VNM"),
        ("score<high", score),
        ("score<80,90", score),
        ("score==80", score),
        ("score=<80", score),
        ("score<nan", score),
        ("score>inf", score),
        ("score<", "a value is missing: score takes <, <=, =, >= or > and a number, as in score<80"),
    ] {
        assert_wrong(text, reason);
    }
}

#[test]
fn an_empty_value_says_what_the_key_takes() {
    for text in ["status:", "status:\"\"", "status:,pending", "status:pending,", "!status:"] {
        assert_wrong(text, "a value is missing: status takes approved, rejected, pending or incomplete");
    }
    for key in crate::query::keys() {
        let text = format!("{}{}", key.name, key.sign());
        assert_wrong(&text, &format!("a value is missing: {} takes {}", key.name, key.takes()));
    }
}

#[test]
fn every_example_in_the_tables_reads_without_a_problem() {
    for key in crate::query::keys() {
        let query = parse(key.example);
        assert_eq!(reasons(key.example), [""; 0], "{}", key.example);
        assert!(query.terms().iter().all(|term| term.label() == key.name && term.scope() == key.scope()));
        for known in key.values {
            let text = format!("{}{}{}", key.name, key.sign(), known.word);
            assert_eq!(reasons(&text), [""; 0], "{text}");
        }
    }
    for form in crate::query::forms() {
        assert_eq!(reasons(form.example), [""; 0], "{}", form.example);
    }
}

#[test]
fn of_a_text_that_is_longer_than_a_row_keeps_nobody_says_what_it_does_not_hold() {
    let long = format!("Kim{}end", " x".repeat(4_000));
    let json = format!(r#"{{"data":{{"full_name":"{long}"}},"kyc":{{"commentCode":["a","{long}","z"]}}}}"#);
    let row = crate::submission::read::row(json.as_bytes(), true);
    let says = |text: &str| judge(text, &row);
    assert_eq!(says("kim"), Shown);
    assert_eq!((says("end"), says("!end")), (Undecided, Undecided));
    assert_eq!((says("code:a"), says("code:z")), (Shown, Undecided));
}

/// Records whose judgement nobody can tell from the words that were sent.
const UNCLEAR: [(&str, &str); 7] = [
    ("aml:red-flag", r#""aml":{"currentstatus":"Red Flag","currentstatus":"Not Screened"}"#),
    ("aml:red-flag", r#""aml":[{"currentstatus":"Red Flag"}]"#),
    ("aml:red-flag", r#""aml":{"currentstatus":"Red Flag"},"aml":{"currentstatus":"Red Flag","x":1}"#),
    ("aml:red-flag", r#""aml":{"currentstatus":"RedFlag"}"#),
    ("aml:not-screened", r#""aml":{"currentstatus":"Not Screened","matches":[{}]}"#),
    ("aml:high", r#""aml":{"currentstatus":"Red Flag","risk_level_summary":"HIGH","risk_level_summary":"LOW"}"#),
    ("status:rejected", r#""kyc":{"result":"rejected","result":"approved"}"#),
];

#[test]
fn a_judgement_that_is_unclear_is_undecided_and_never_a_no() {
    for (term, members) in UNCLEAR {
        let row = crate::submission::read::row(format!(r#"{{"submission_id":"a",{members}}}"#).as_bytes(), true);
        assert_eq!(both(term, &row), (Undecided, Undecided), "{term} {members}");
    }
    let unclear = row(&[(Column::Status, "on hold")]);
    assert_eq!(both("status:\"on hold\"", &unclear), (Shown, Hidden), "in quotes any value is asked for as it is");
    assert_eq!(both("status:\"held\"", &unclear), (Hidden, Shown), "a word that judges nothing is compared as text");
}

#[test]
fn a_red_flag_that_was_sent_once_stays_one_whatever_is_repeated_beside_it() {
    for beside in [
        r#""matches":[{"risk_level":"HIGH"}],"matches":[{"risk_level":"HIGH","score":99}]"#,
        r#""risk_level_summary":"HIGH","risk_level_summary":"LOW""#,
        r#""matches":[{}],"matches":[]"#,
    ] {
        let json = format!(r#"{{"submission_id":"a","aml":{{"currentstatus":"Red Flag",{beside}}}}}"#);
        let row = crate::submission::read::row(json.as_bytes(), true);
        assert_eq!(judge("aml:red-flag", &row), Shown, "{beside}");
    }
    let json = r#"{"submission_id":"a","aml":{"matches":[{"risk_level":"HIGH"}]}}"#;
    assert_eq!(judge("has:aml", &crate::submission::read::row(json.as_bytes(), true)), Shown);
}
