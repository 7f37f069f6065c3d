//! What is equivalent for each kind of values, and what is not.

use super::*;

/// The differences in form of two values in words; `None` for values that differ.
fn form(one: &str, other: &str, kind: ValueKind) -> Option<String> {
    let forward = compare(one, other, kind);
    assert_eq!(forward, compare(other, one, kind), "{one} {other}");
    match forward {
        Comparison::Equivalent(normalizations) => {
            Some(normalizations.into_iter().map(Normalization::label).collect::<Vec<_>>().join(", "))
        }
        Comparison::Same => Some("same".to_owned()),
        Comparison::Differs | Comparison::Unclear => None,
    }
}

/// Asserts what is equivalent, with its words, and what differs (no words).
fn assert_forms(kind: ValueKind, pairs: &[(&str, &str, Option<&str>)]) {
    for (one, other, words) in pairs {
        assert_eq!(form(one, other, kind).as_deref(), *words, "{one} | {other}");
    }
}

#[test]
fn names_and_addresses() {
    assert_forms(
        ValueKind::Words,
        &[
            ("KIM MINJUN", "Kim Minjun", Some("upper/lower case")),
            ("Kim  Minjun ", "Kim Minjun", Some("spacing")),
            ("김 민준", "김민준", Some("spacing")),
            ("Ｋｉｍ", "Kim", Some("full/half width")),
            ("ｶﾞ", "ガ", Some("full/half width")),
            ("e\u{301}", "\u{e9}", Some("accent encoding")),
            ("ＫＩＭ　MIN JUN", "kim minjun", Some("upper/lower case, spacing, full/half width")),
            ("Hauptstr. 12, Berlin", "Hauptstr 12 Berlin", Some("punctuation")),
            ("O'Neil", "ONEIL", Some("upper/lower case, punctuation")),
            ("Jean-Luc", "Jean Luc", Some("spacing, punctuation")),
            ("タナカ・ミライ", "タナカ ミライ", Some("spacing, punctuation")),
            ("12-3 Main St", "12/3 Main St", Some("punctuation")),
            ("Kim Minjun", "Minjun Kim", Some("order of words")),
            ("KIM, Minjun", "Minjun Kim", Some("upper/lower case, punctuation, order of words")),
            ("O'Neil Pat", "Pat ONeil", Some("punctuation, order of words")),
            ("Main St 5, 12345 Berlin", "12345 Berlin, Main St 5", Some("punctuation, order of words")),
            ("STRASSE", "Straße", Some("upper/lower case")),
            ("YILMAZ Ali", "Ali Yılmaz", Some("upper/lower case, order of words")),
            ("ΓΙΩΡΓΟΣ", "Γιωργος", Some("upper/lower case")),
            ("Yılmaz", "Yilmaz", None),
            ("Müller", "Mueller", None),
            ("José", "Jose", None),
            ("김민준", "KIM MINJUN", None),
            ("Kim Min", "Kim Minjun", None),
            ("KIM\u{200b}", "KIM", None),
            ("Kim*", "Kim", None),
            ("M?ller", "Mller", None),
            ("Kim Min…", "Kim Min", None),
            ("12-3 Main St", "123 Main St", None),
            ("1 23 Main St", "12 3 Main St", None),
            ("12\u{1f}3", "12 3", None),
            ("12 Main St 5", "5 Main St 12", None),
            ("Main St 12, 101", "Main St 101, 12", None),
            (" ", "\u{3000}\u{3000}", None),
            (",", ".", None),
        ],
    );
}

#[test]
fn blocks_of_many_words_may_change_places() {
    let numbers: Vec<String> = (100..500).map(|number| number.to_string()).collect();
    let turned: Vec<&str> = numbers.iter().cycle().skip(200).take(400).map(String::as_str).collect();
    let one = numbers.join(" ");
    assert_eq!(form(&one, &turned.join(", "), ValueKind::Words).as_deref(), Some("punctuation, order of words"));
    let reversed: Vec<&str> = numbers.iter().rev().map(String::as_str).collect();
    assert_eq!(form(&one, &reversed.join(" "), ValueKind::Words), None, "each number has other neighbours");
}

#[test]
fn document_numbers() {
    assert_forms(
        ValueKind::DocumentNumber,
        &[
            ("900101-1234567", "9001011234567", Some("hyphens")),
            ("m 123", "M123", Some("upper/lower case, spacing")),
            ("Ａ１２３", "A123", Some("full/half width")),
            ("12–34", "1234", Some("hyphens")),
            ("O12345", "012345", None),
            ("12.34", "1234", None),
            ("12/34", "1234", None),
            ("123 456", "456 123", None),
            ("\u{212a}1", "K1", None),
            ("1234", "01234", None),
        ],
    );
}

#[test]
fn dates() {
    assert_forms(
        ValueKind::Date,
        &[
            ("1990-01-02", "02.01.1990", Some("date format")),
            ("1990-01-02", "19900102", Some("date format")),
            ("1990-01-02", "1990. 1. 2.", Some("date format")),
            ("1990-01-02", "1990년 1월 2일", Some("date format")),
            ("1990-01-02", "02 JAN 1990", Some("date format")),
            ("1990-01-02", "January 2, 1990", Some("date format")),
            ("1990-01-02", "02JAN1990", Some("date format")),
            ("1990-01-02", "１９９０．０１．０２", Some("date format")),
            ("14 MAR 1990", "14 Mar 1990", Some("upper/lower case")),
            ("1990-01-25", "01/25/1990", Some("date format")),
            ("1990-02-02", "02/02/1990", Some("date format")),
            ("1990-01-25", "25011990", Some("date format")),
            ("1990-01-02", "02.01.1991", None),
            ("1990-02-30", "30.02.1990", None),
            ("1990-01-02", "01.02.1990", None),
            // Day and month may have changed places.
            ("1990-01-02", "02/01/1990", None),
            ("1990-01-02", "01/02/1990", None),
            ("02/01/1990", "02-01-1990", None),
            ("1990-02-01", "01021990", None),
            ("1 12 1990", "11 2 1990", None),
            ("1990\u{200b}-01-02", "1990-01-02", None),
        ],
    );
}

#[test]
fn dates_in_digits_of_any_script_are_read_and_unknown_forms_are_no_difference() {
    assert_forms(
        ValueKind::Date,
        &[
            ("1990-03-14", "١٩٩٠-٠٣-١٤", Some("date format")),
            ("1990-03-14", "۱۴/۰۳/۱۹۹۰", Some("date format")),
            ("1990-03-14", "१९९०0३१४", Some("date format")),
            ("1990-03-15", "١٩٩٠-٠٣-١٤", None),
        ],
    );
    assert_eq!(compare("1990-03-15", "١٩٩٠-٠٣-١٤", ValueKind::Date), Comparison::Differs);
    for other in ["14.03.90", "900314", "2533-03-14", "14/03/2533", "1410-08-17", "١٤١٠-٠٨-١٧", "79.3.14", "١٤.٣"]
    {
        assert_eq!(compare("1990-03-14", other, ValueKind::Date), Comparison::Unclear, "{other}");
        assert_eq!(compare(other, "1990-03-14", ValueKind::Date), Comparison::Unclear, "{other}");
    }
    for other in ["1990-03-15", "1990-13-14", "199O-03-14", "Kim"] {
        assert_eq!(compare("1990-03-14", other, ValueKind::Date), Comparison::Differs, "{other}");
    }
}

#[test]
fn times_mails_genders_and_other_texts() {
    let time = "2026-11-21T09:14:05Z";
    assert_forms(
        ValueKind::Time,
        &[
            (time, "2026-11-21T18:14:05+09:00", Some("time format")),
            (time, "2026-11-21-09-14-05-UTC", Some("time format")),
            (time, "2026-11-21T09:14:06Z", None),
            ("soon", "Soon", None),
        ],
    );
    assert_forms(
        ValueKind::Email,
        &[
            ("Kim@Example.com", "kim@example.com", Some("upper/lower case")),
            ("k.im@example.com", "kim@example.com", None),
            ("kim@example.com ", "kim@example.com", None),
        ],
    );
    let words = Some("M/F for male/female");
    assert_forms(ValueKind::Gender, &[("M", "male", words), ("Ｆ", "female", words), ("M", "female", None)]);
    assert_forms(
        ValueKind::Text,
        &[("kor", "KOR", Some("upper/lower case")), ("M", "male", None), ("F-4", "F4", None), ("KOR.", "KOR", None)],
    );
}

#[test]
fn a_number_under_an_undocumented_name_has_one_notation() {
    assert_forms(
        ValueKind::Open,
        &[
            ("Blood A", "blood a", Some("upper/lower case")),
            ("1990-01-02", "19900102", Some("date format")),
            ("80", "80.0", None),
            ("1 000", "1000", None),
            ("１２３", "123", None),
            ("+5", "5", None),
            ("Main St, 5", "Main St 5", None),
        ],
    );
}
