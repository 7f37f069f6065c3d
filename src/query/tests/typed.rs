//! What cannot have been meant as it was typed: put right and said, or refused.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::query::day;
use crate::text::Mask;
use crate::text::typed::{invisible_at, is_quotation_mark};
use Verdict::{Shown, Undecided};

/// A line that is put right, and as what it is read.
fn assert_read_as(typed: &str, meant: &str) {
    let query = parse(typed);
    assert_eq!(reasons(typed), [""; 0], "{typed}");
    assert_eq!(query.corrected().as_deref(), Some(meant), "{typed}");
    let again = parse(meant);
    assert_eq!(again.corrected(), None, "{meant}");
    assert!(again.params() == query.params(), "{typed}");
    assert_eq!(again.with_absolute_dates(), query.with_absolute_dates(), "{typed}");
}

#[test]
fn what_input_methods_and_documents_put_for_ascii_is_read_as_ascii() {
    for (typed, meant) in [
        ("status：pending", "status:pending"),
        ("ｓｔａｔｕｓ：ｐｅｎｄｉｎｇ", "status:pending"),
        ("status∶pending，rejected、approved", "status:pending,rejected,approved"),
        ("！status:approved", "!status:approved"),
        ("email:kim＠example.com", "email:kim@example.com"),
        ("kim＠example.com", "kim@example.com"),
        ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
        ("email:김＠example.com", "email:김@example.com"),
        ("id:６ｘｘ２８", "id:6xx28"),
        ("userid:ａｂｃ–７", "userid:abc-7"),
        ("from:２０２６－１１－２０", "from:2026-11-20"),
        ("from:2026–11−20", "from:2026-11-20"),
        ("from:–7d", "from:-7d"),
        ("from:—4w", "from:-4w"),
        ("from:ー７ｄ", "from:-7d"),
        ("on:ｔｏｄａｙ", "on:today"),
        ("on:٢٠٢٦-١١-٢٠", "on:2026-11-20"),
        ("count：２００", "count:200"),
        ("type：ｋｙｃ", "type:kyc"),
        ("nat:ＫＯＲ，VNM", "nat:KOR,VNM"),
        ("score＜８０", "score<80"),
        ("score≤80", "score<=80"),
        ("score≧８０．５", "score>=80.5"),
        ("score＞＝−1", "score>=-1"),
        ("attempts＝2", "attempts=2"),
        ("aml:red–flag", "aml:red-flag"),
        ("has：ａｍｌ", "has:aml"),
        ("“kim min”", "\"kim min\""),
        ("„kim min“", "\"kim min\""),
        ("«kim min»", "\"kim min\""),
        ("＂kim min＂", "\"kim min\""),
        ("「kim min」", "\"kim min\""),
        ("‘kim min’", "\"kim min\""),
        ("‚kim min‘ x", "\"kim min\" x"),
        ("'kim min'", "\"kim min\""),
        ("'Kim o'Brien'", "\"Kim o'Brien\""),
        ("status:“on hold”,pending", "status:\"on hold\",pending"),
        ("!“kim”  x", "!\"kim\"  x"),
        ("idtype：ｐａｓｓｐｏｒｔ", "idtype:passport"),
        ("code:conﬁrm", "code:confirm"),
    ] {
        assert_read_as(typed, meant);
    }
}

#[test]
fn what_nobody_can_see_is_left_out_at_the_edges_and_within() {
    for unseen in
        ["\u{200b}", "\u{feff}", "\u{200e}", "\u{202e}", "\u{2066}", "\u{ad}", "\u{2060}", "\u{3164}", "\u{7}"]
    {
        for (typed, meant) in [
            ("email:kim@example.com~", "email:kim@example.com"),
            ("~email:kim@example.com", "email:kim@example.com"),
            ("em~ail~:~kim@~example.com", "email:kim@example.com"),
            ("~kim~ min", "kim min"),
            ("~ kim ~", " kim "),
            ("status:pen~ding,~rejected~", "status:pending,rejected"),
            ("~!~status:approved", "!status:approved"),
            ("from:-~7d", "from:-7d"),
            ("score~<~=80", "score<=80"),
            ("\"kim\"~ x", "\"kim\" x"),
            ("~\"kim\"", "\"kim\""),
        ] {
            assert_read_as(&typed.replace('~', unseen), meant);
        }
        let alone = parse(unseen);
        assert!(alone.terms().is_empty() && alone.problems().is_empty() && alone.corrected().is_some(), "{unseen:?}");
    }
}

#[test]
fn blanks_of_every_kind_part_words_and_need_no_word_about_it() {
    for blank in ["\u{a0}", "\u{3000}", "\u{2003}", "\u{202f}", "\t"] {
        let query = parse(&format!("{blank}email:kim@example.com{blank}status:pending{blank}"));
        assert_eq!((query.terms().len(), query.corrected()), (2, None), "{blank:?}");
        assert_eq!(query.params().email.as_deref(), Some("kim@example.com"));
    }
}

#[test]
fn what_is_quoted_or_can_be_meant_stays_as_it_is() {
    for (typed, sent) in [
        ("userid:\"ａｂｃ\"", "ａｂｃ"),
        ("userid:\"a\u{200b}b\"", "a\u{200b}b"),
        ("userid:\"6хх\"", "6хх"),
        ("userid:\"a “b”\"", "a “b”"),
        ("userid:스타벅스", "스타벅스"),
        ("userid:スーパー", "スーパー"),
        ("userid:Жанна", "Жанна"),
        ("userid:김kim", "김kim"),
        ("userid:نمی\u{200c}خواهم", "نمی\u{200c}خواهم"),
    ] {
        let query = parse(typed);
        assert_eq!(reasons(typed), [""; 0], "{typed}");
        assert_eq!((query.corrected(), query.params().userid.as_deref()), (None, Some(sent)), "{typed}");
    }
    for text in [
        "Ｔａｎａｋａ",
        "スーパー",
        "O’Brien",
        "o'brien",
        "'t",
        "'s-Gravenhage",
        "‘Aisha",
        "Müller–Lüdenscheidt",
        "x-Ω",
        "김kim",
        "5″",
        "田中、太郎",
    ] {
        assert_eq!((reasons(text), parse(text).corrected()), (Vec::new(), None), "{text}");
    }
    let kept = parse("userid:\"a\u{200b}b\" \"x\" status:pending");
    assert_eq!(kept.terms_with_invisible().collect::<Vec<_>>(), ["userid:\"a\u{200b}b\""]);
}

#[test]
fn letters_of_another_alphabet_are_refused_by_name() {
    let mixed =
        |c: &str| format!("Latin and Cyrillic letters are mixed in one word, at {c}; quote it to use it as typed");
    assert_wrong("kіm", &mixed("і (U+0456)"));
    assert_problem("email:kіm@example.com", "kіm@example.com", &mixed("і (U+0456)"));
    assert_problem("userid:aа", "aа", &mixed("а (U+0430)"));
    assert_problem("idtype:vіsa", "vіsa", &mixed("і (U+0456)"));
    let id = |c: &str| format!("ids use ASCII characters only, not {c}; quote the id to use it as typed");
    assert_problem("id:6хх28", "6хх28", &id("х (U+0445)"));
    assert_problem("id:김", "김", &id("김 (U+AE40)"));
    for text in ["ѕtatus:pending", "status:реnding", "nat:КОR"] {
        assert_eq!(reasons(text).len(), 1, "{text}");
    }
}

#[test]
fn shapes_of_other_languages_are_refused() {
    let not = |example: &str| format!("not is written with ! before the key, as in {example}");
    assert_wrong("status!=approved", &not("!status:…"));
    assert_wrong("status!:approved", &not("!status:…"));
    assert_wrong("score≠80", &not("!score=…"));
    assert_wrong("–status:approved", "not is written with !, as in !status:approved");
    assert_problem("status :pending", ":pending", "remove the space between status and its sign");
    assert_problem("score <80", "<80", "remove the space between score and its sign");
    assert_eq!(reasons("kim :x"), [""; 0]);
    assert_eq!(day("２０２６－１１－２０"), Err("write it as 2026-11-20".into()));
    assert_eq!(day("2026–11–20\u{200b}"), Err("write it as 2026-11-20".into()));
    assert_eq!(day("２０２６－99－２０"), Err("month 99 does not exist".into()));
}

#[test]
fn a_correction_is_said_as_far_as_the_mask_shows_it() {
    let said = |text: &str, mask| parse(text).correction_line(mask).map(|line| line.as_str().to_owned());
    let line = "status：pending kim＠example.com from:-7d";
    assert_eq!(said(line, Mask::Ids).as_deref(), Some("read as status:pending kim@example.com"));
    assert_eq!(said(line, Mask::All).as_deref(), Some("read as status:pending •••••"));
    assert_eq!(said("\u{200b}", Mask::Ids).as_deref(), Some("invisible characters ignored"));
    assert_eq!(said("status:pending \"\u{200b}x\"", Mask::Ids), None);
}

#[test]
fn people_are_found_however_their_names_are_typed() {
    let named = |name| row(&[(Column::Name, name)]);
    for (name, typed) in [
        ("José Álvarez", "jose alvarez"),
        ("JOSE", "josé"),
        ("İSTANBUL", "istanbul"),
        ("Istanbul", "ıSTANBUL"),
        ("Ｔａｎａｋａ", "tanaka"),
        ("Tanaka", "ｔａｎａｋａ"),
        ("ﾀﾅｶ", "タナカ"),
        ("Großmann", "grossmann"),
        ("Søren", "soren"),
        ("김민준", "\u{1100}\u{1175}\u{11b7}민준"),
        ("O’Brien", "o'brien"),
        ("Kim\u{3000}Min", "\"kim min\""),
        ("k\u{200b}im", "kim"),
    ] {
        assert_eq!(judge(typed, &named(name)), Shown, "{typed} in {name}");
    }
    assert_eq!(judge("nat:kor", &row(&[(Column::Nationality, "ＫＯＲ")])), Shown);
    assert_eq!(judge("idtype:\"cédula\"", &row(&[(Column::IdType, "CEDULA")])), Shown);
}

#[test]
fn a_word_that_no_view_takes_for_a_verdict_passes_no_filter_as_one() {
    for said in [
        "approved ",
        " approved",
        "approved\u{3000}",
        "approved\u{a0}",
        "ａｐｐｒｏｖｅｄ",
        "appr\u{200b}oved",
        "åpproved",
    ] {
        let row = row(&[(Column::Status, said), (Column::Aml, "Not Screened\u{a0}")]);
        assert_eq!(judge("status:approved", &row), Undecided, "{said:?}");
        assert_eq!(judge("!status:approved", &row), Undecided, "{said:?}");
        assert_eq!(judge(&format!("status:\"{said}\""), &row), Shown, "quote it to use it as typed: {said:?}");
        assert_eq!(judge("aml:not-screened", &row), Undecided);
    }
    assert_eq!(judge("status:ａｐｐｒｏｖｅｄ", &row(&[(Column::Status, "APPROVED")])), Shown);
}

/// Lines with what is typed for the signs of the language, and with what nobody can see.
fn line() -> impl Strategy<Value = String> {
    let pieces = [
        " ",
        " ",
        "\u{3000}",
        "：",
        ":",
        "，",
        ",",
        "！",
        "!",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "\\",
        "≤",
        "≠",
        "＜",
        "=",
        "＠",
        "@",
        "－",
        "ー",
        "\u{200b}",
        "\u{feff}",
        "\u{202e}",
        "status",
        "ｓｔａｔｕｓ",
        "pending",
        "ｐ",
        "email",
        "id",
        "from",
        "score",
        "2026",
        "２０２６－１１－２０",
        "8０",
        "김",
        "é",
        "х",
        "a@b",
        "KOR",
        "nat",
        "has",
        "aml",
        "OR",
    ];
    prop::collection::vec(select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_was_put_right_reads_the_same_and_needs_no_correction(text in line()) {
        let query = parse(&text);
        if let Some(corrected) = query.corrected() {
            let again = parse(&corrected);
            prop_assert_eq!(again.corrected(), None, "{} {}", text, corrected);
            prop_assert!(again.params() == query.params(), "{} {}", text, corrected);
            prop_assert_eq!(again.with_absolute_dates(), query.with_absolute_dates());
            prop_assert_eq!(again.problems().len(), query.problems().len());
        }
        prop_assert_eq!(query.corrected().is_some(), query.corrections().count() > 0);
    }

    #[test]
    fn nothing_unseen_or_wide_is_sent_unless_it_was_quoted(text in line()) {
        let text = text.replace(|c| is_quotation_mark(c) || matches!(c, '\'' | '‘' | '’'), "");
        for (_, value) in parse(&text).params().pairs(None) {
            let unseen = (0..value.len()).find_map(|at| invisible_at(&value, at));
            prop_assert_eq!(unseen, None, "{:?}", text);
        }
    }
}
