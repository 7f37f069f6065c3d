//! Bare words and quoted texts, and what looks like a key but is not.

use super::*;
use crate::query::SearchedRows;
use Verdict::{Hidden, Shown};

fn kim() -> Row {
    row(&[
        (Column::Created, "2026-11-21 09:14"),
        (Column::Id, "6xx28lo115832"),
        (Column::Email, "Kim.Minjun@example.com"),
        (Column::Name, "KIM  Min-jun 김민준 Müller"),
        (Column::Status, "pending"),
        (Column::Nationality, ""),
    ])
}

#[test]
fn words_are_searched_in_all_that_the_row_shows_and_all_must_match() {
    for (text, verdict) in [
        ("kim", Shown),
        ("KIM", Shown),
        ("6XX28", Shown),
        ("kim pending 09:14", Shown),
        ("kim approved", Hidden),
        ("!kim", Hidden),
        ("!approved", Shown),
        ("kim !approved", Shown),
        ("\"kim  min\"", Shown),
        ("\"kim min\"", Hidden),
        ("!\"kim min\"", Shown),
        ("\"Kim.Minjun@EXAMPLE\"", Shown),
        ("\"status:pending\"", Hidden),
        ("\"\\\"\"", Hidden),
        ("min-jun", Shown),
        ("김민준", Shown),
        ("\u{1100}\u{1175}\u{11b7}민준", Shown),
        ("müller", Shown),
        ("mu\u{308}LLER", Shown),
        ("MÜLLER", Shown),
        ("muller", Shown),
        ("ｋｉｍ", Shown),
        ("kim\u{2010}minjun", Hidden),
        ("min–jun", Shown),
        ("115832kim", Hidden),
        ("115832Kim.Minjun", Hidden),
    ] {
        assert_eq!(judge(text, &kim()), verdict, "{text}");
    }
}

#[test]
fn what_was_not_fetched_is_not_shown_so_a_text_is_always_decided() {
    let bare = row(&[(Column::Id, "a1")]);
    assert_eq!(judge("seoul", &bare), Hidden);
    assert_eq!(judge("!seoul", &bare), Shown);
    assert_eq!(judge("a1", &bare), Shown);
    assert_eq!(judge("a1", &Row::default()), Hidden);
}

#[test]
fn a_search_in_a_row_that_lacks_a_column_counts_as_a_search_in_part() {
    let rows = [row(&[(Column::Name, "kim")]), Row::new(|_| Cell::Empty), row(&[]).of_full_record()];
    let line = |text: &str| {
        let mut searched = SearchedRows::default();
        rows.iter().for_each(|row| searched.add(&parse(text), row));
        searched.line()
    };
    for text in ["kim", "!kim", "\"kim\"", "status:pending kim"] {
        assert_eq!(line(text).as_deref(), Some("text: searched in list data only (1 of 3 rows)"), "{text}");
    }
    let mut searched = SearchedRows::default();
    searched.add(&parse("kim"), &rows[0]);
    assert_eq!(searched.clause("\"kim\"").as_deref(), Some("1 of 1 rows not fully loaded: \"kim\" may be in them"));
    searched.add(&parse("kim"), &rows[1]);
    assert_eq!(searched.clause("\"kim\"").as_deref(), Some("1 of 2 rows not fully loaded: \"kim\" may be in them"));
    let mut whole = SearchedRows::default();
    assert_eq!(whole.clause("x"), None, "nothing was searched");
    assert_eq!(whole.columns_only(), None, "nothing was searched");
    whole.add(&parse("kim"), &row(&[]).of_full_record());
    assert!(whole.columns_only().is_some_and(|words| words.contains("columns")) && whole.line().is_none());
    whole.add(&parse("kim"), &row(&[]));
    assert_eq!(whole.columns_only(), None, "a row lacks columns: the other sentence says so");
    for text in ["", "status:pending", "email:a@example.com", "kim@example.com", "from:-7d"] {
        assert_eq!(line(text), None, "{text}");
    }
}

#[test]
fn search_texts_are_named_in_quotation_marks_unless_the_mask_hides_one() {
    for (text, names) in [
        ("kim", "\"kim\""),
        ("status:pending !kim", "\"kim\""),
        ("kim \"min jun\" !kim", "\"kim\" and \"min jun\""),
        ("hello! !bye!", "\"hello!\" and \"bye!\""),
        ("a_text_longer_than_others", "\"a_text_long…\""),
    ] {
        assert_eq!(parse(text).search_text_names(Mask::Ids), names, "{text}");
        assert_eq!(parse(text).search_text_names(Mask::All), "the typed text", "{text}");
    }
}

#[test]
fn a_term_that_could_not_be_checked_is_named_by_its_key_as_it_is_typed() {
    for (text, key) in [
        ("!retry:no_face", "\"retry:\""),
        ("has:aml", "\"has:\""),
        ("waiting>12h", "\"waiting\""),
        ("score<80", "\"score\""),
        ("kim", "the text"),
    ] {
        let sentence = format!("2 of 3 rows: unknown if {key} matches");
        assert_eq!(parse(text).terms()[0].unchecked_rows(2, 3), sentence);
    }
}

#[test]
fn signs_without_a_key_before_them_are_text() {
    for text in
        ["09:14", "2001:db8::1", "::1", ":", "<80", "=", "a,b", "-7d", "-kim", "5\"", "a\"b c\"", "x1:y", "kim!"]
    {
        let query = parse(text);
        assert_eq!(reasons(text), [""; 0], "{text}");
        assert!(query.terms().iter().all(|term| term.label() == "text" && term.key().is_none()), "{text}");
    }
    assert_eq!(judge("a,b", &row(&[(Column::Name, "xa,by")])), Shown);
    assert_eq!(judge("a,b", &row(&[(Column::Name, "a")])), Hidden, "commas mean or in values only");
}

#[test]
fn an_unknown_key_is_named_with_what_was_meant() {
    let text = "; quote it to search for the text";
    for (line, reason) in [
        ("foo:bar", format!("unknown key foo{text}")),
        ("foo<3", format!("unknown key foo{text}")),
        ("https://example.com", format!("unknown key https{text}")),
        ("emial:a@example.com", format!("unknown key emial; did you mean email:{text}")),
        ("Stat:pending", format!("unknown key Stat; did you mean status:{text}")),
        ("scor<80", format!("unknown key scor; did you mean score<{text}")),
        ("argos_score<80", format!("unknown key argos_score; did you mean score<{text}")),
        ("submission_id:x", format!("unknown key submission_id; did you mean id:{text}")),
        ("start_date:today", format!("unknown key start_date; did you mean from:{text}")),
        ("request_type:kyc", format!("unknown key request_type; did you mean type:{text}")),
        ("kyc.result:x", String::new()),
        ("이름:김", format!("unknown key 이름{text}")),
        ("!foo:bar", format!("unknown key foo{text}")),
        ("abcdefghijklmnopqrstuvwxyz:1", format!("unknown key abcdefghijklmnopqrstuvwx…{text}")),
    ] {
        if reason.is_empty() {
            assert_eq!(reasons(line), [""; 0], "{line}");
        } else {
            assert_wrong(line, &reason);
        }
    }
}

#[test]
fn quotes_close_and_hold_something() {
    assert_problem("kim \"min jun", "\"min jun", "the closing quote is missing");
    assert_problem("status:\"on hold", "\"on hold", "the closing quote is missing");
    assert_problem("status:pending,\"on hold ", "\"on hold ", "the closing quote is missing");
    assert_problem("\"a\\\"", "\"a\\\"", "the closing quote is missing");
    assert_problem("\"kim\"min x", "min", "a space is missing after the closing quote");
    assert_problem("nat:\"a\"b,KOR", "b", "a space is missing after the closing quote");
    assert_wrong("\"\"", "the quotes are empty");
    assert_eq!(parse("kim \"min jun").terms().len(), 1);
}

#[test]
fn not_is_written_one_way() {
    assert_wrong("!", "a term is missing after !");
    assert_wrong("!!kim", "one ! is enough");
    assert_problem("! kim", "!", "a term is missing after !");
    let written = "not is written with !, as in !status:approved";
    assert_wrong("-status:approved", written);
    assert_wrong("-score<80", written);
    assert_wrong("NOT", "not is written with !, as in !status:approved; quote it to search for the text");
    assert_wrong("OR", "or is written with commas, as in status:pending,rejected; quote it to search for the text");
    assert_wrong("AND", "all terms must match without AND; quote it to search for the text");
    for text in ["\"OR\"", "or", "Not"] {
        assert_eq!(reasons(text), [""; 0], "{text}");
    }
}

#[test]
fn spaces_of_any_kind_part_words() {
    let query = parse("\u{3000}kim\u{a0}min\tjun\n");
    assert_eq!(query.terms().len(), 3);
    assert_eq!(query.terms()[0].span(), 3..6);
}
