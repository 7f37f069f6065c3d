use super::compare::{compare, differences};
use super::*;

fn states(json: &str) -> Vec<(String, Agreement)> {
    let document = Document::read(json.as_bytes(), true);
    let provenance = Provenance::of(&document, Mask::None);
    provenance.fields.into_iter().map(|field| (field.label.as_str().to_owned(), field.agreement)).collect()
}

fn normalizations(one: &str, other: &str) -> Option<Vec<Normalization>> {
    match compare(one, other, ValueKind::Open) {
        Comparison::Equivalent(normalizations) => Some(normalizations),
        Comparison::Same => Some(Vec::new()),
        Comparison::Differs | Comparison::Unclear => None,
    }
}

/// The marked characters of the one and of the other text.
fn marked(one: &str, other: &str, kind: ValueKind) -> (String, String) {
    let (a, b) = differences(one, other, kind);
    let pick = |text: &str, marks: &[bool]| {
        assert_eq!(text.chars().count(), marks.len(), "one mark a character");
        text.chars().zip(marks).filter(|(_, mark)| **mark).map(|(c, _)| c).collect::<String>()
    };
    (pick(one, &a), pick(other, &b))
}

#[test]
fn shape_alone_is_named_and_is_no_mismatch() {
    assert_eq!(normalizations("KIM MINJUN", "Kim Minjun"), Some(vec![Normalization::Case]));
    assert_eq!(normalizations("Kim  Minjun ", "Kim Minjun"), Some(vec![Normalization::Spacing]));
    assert_eq!(normalizations("김 민준", "김민준"), Some(vec![Normalization::Spacing]));
    assert_eq!(normalizations("Ａ１２３", "A123"), Some(vec![Normalization::Width]));
    assert_eq!(normalizations("ｶﾞ", "ガ"), Some(vec![Normalization::Width]));
    assert_eq!(normalizations("e\u{301}", "\u{e9}"), Some(vec![Normalization::Composition]));
    assert_eq!(
        normalizations("ＫＩＭ　MIN JUN", "kim minjun"),
        Some(vec![Normalization::Case, Normalization::Spacing, Normalization::Width])
    );
}

#[test]
fn other_characters_are_a_mismatch() {
    assert_eq!(normalizations("O12345", "012345"), None);
    assert_eq!(normalizations("Müller", "Mueller"), None, "nothing is transliterated");
    assert_eq!(normalizations("José", "Jose"), None);
    assert_eq!(normalizations("김민준", "KIM MINJUN"), None);
    assert_eq!(normalizations("KIM\u{200b}", "KIM"), None, "an invisible character is a difference");
    assert_eq!(normalizations("900101-1234567", "9001011234567"), None);
    assert_eq!(normalizations(" ", "\u{3000}\u{3000}"), None, "spaces alone are no value to agree on");
}

#[test]
fn dates_are_compared_as_days() {
    assert_eq!(normalizations("1990-01-02", "02.01.1990"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "19900102"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "1990. 1. 2."), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "1990년 1월 2일"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "02 JAN 1990"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "January 2, 1990"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "02JAN1990"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "１９９０．０１．０２"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "02.01.1991"), None);
    assert_eq!(normalizations("1990-02-30", "30.02.1990"), None, "a day that does not exist is compared as text");
}

#[test]
fn a_date_that_can_be_read_in_two_ways_says_which_one_was_taken() {
    assert_eq!(normalizations("1990-01-02", "02/01/1990"), Some(vec![Normalization::DayFirst]));
    assert_eq!(normalizations("1990-01-02", "01/02/1990"), Some(vec![Normalization::MonthFirst]));
    assert_eq!(normalizations("1990-01-25", "01/25/1990"), Some(vec![Normalization::Date]), "there is no month 25");
    assert_eq!(normalizations("1990-02-02", "02/02/1990"), Some(vec![Normalization::Date]));
    assert_eq!(normalizations("1990-01-02", "01.02.1990"), None, "between dots the day stands first");
}

#[test]
fn printed_letters_of_the_gender_are_no_mismatch() {
    assert_eq!(compare("M", "male", ValueKind::Gender), Comparison::Equivalent(vec![Normalization::Gender]));
    assert_eq!(compare("Ｆ", "female", ValueKind::Gender), Comparison::Equivalent(vec![Normalization::Gender]));
    assert_eq!(compare("M", "female", ValueKind::Gender), Comparison::Differs);
    assert_eq!(compare("M", "male", ValueKind::Text), Comparison::Differs);
}

#[test]
fn only_the_differing_characters_are_marked() {
    assert_eq!(marked("O12345", "012345", ValueKind::Text), ("O".into(), "0".into()));
    assert_eq!(marked("KIM MINJVN", "Kim Minjun", ValueKind::Text), ("V".into(), "u".into()));
    assert_eq!(marked("M12345678", "M1234678", ValueKind::Text), ("5".into(), String::new()));
    assert_eq!(marked("김민준", "김민진", ValueKind::Text), ("준".into(), "진".into()));
    assert_eq!(marked("02.01.1991", "1990-01-02", ValueKind::Date), ("1991".into(), "1990".into()));
    assert_eq!(marked("19900103", "1990-01-02", ValueKind::Date), ("03".into(), "02".into()));
    let long = "x".repeat(2000);
    assert_eq!(
        marked(&format!("a{long}b"), &format!("c{long}d"), ValueKind::Text).0.len(),
        2002,
        "long texts cost no hours"
    );
}

#[test]
fn sources_go_together_by_the_table() {
    let states = states(
        r#"{"OCR_raw":{"rotate":{"value":"0"},"name_eng":{"value":"KIM MINJUN","score":96,"accepted":true},
            "birthDate":{"value":"02.01.1990"},"gender":{"value":"M"},"number":{"value":"M1234O678"},"blood":{"value":"A+"}},
            "ocr":{"fullName":"KIM MINJUN","birthDate":"1990-01-02","gender":"male","number":"M12340678","shoe":"42"},
            "review":{"fullName":"Kim Minjun","birthDate":"1990-01-02","gender":"male","documentNumber":"M12340678"},
            "data":{"full_name":"Kim Minjun","date_of_birth":"1990-01-02","gender":"male","documentNumber":"M12340678",
            "nationality":"KOR"}}"#,
    );
    assert_eq!(
        states,
        [
            ("Full name".into(), Agreement::Equivalent(vec![Normalization::Case])),
            ("Birth date".into(), Agreement::Equivalent(vec![Normalization::Date])),
            ("Gender".into(), Agreement::Equivalent(vec![Normalization::Gender])),
            ("Nationality".into(), Agreement::Single),
            ("Document number".into(), Agreement::Differs),
            ("blood".into(), Agreement::Single),
            ("shoe".into(), Agreement::Single),
        ]
    );
}

#[test]
fn the_name_is_put_together_where_it_is_sent_in_parts() {
    let one = states(r#"{"ocr":{"fullName":"MINJUN KIM"},"data":{"first_name":"MINJUN","last_name":"KIM"}}"#);
    let other = states(r#"{"ocr":{"fullName":"KIM MINJUN"},"data":{"first_name":"MINJUN","last_name":"KIM"}}"#);
    for states in [one, other] {
        assert_eq!(states.first(), Some(&("Full name".into(), Agreement::Same)));
    }
}

#[test]
fn of_two_items_for_one_field_the_nearer_one_is_compared_and_the_other_stands_alone() {
    let states = states(
        r#"{"OCR_raw":{"name_eng":{"value":"KIM MINJUN"},"name":{"value":"김민준"}},
            "ocr":{"fullName":"김민준"},"data":{"full_name":"김민준"}}"#,
    );
    assert_eq!(states, [("Full name".into(), Agreement::Same), ("name_eng".into(), Agreement::Single)]);
}

#[test]
fn what_the_service_masked_is_no_mismatch_unless_it_cannot_be_the_same() {
    let state = |masked: &str| {
        let json = format!(r#"{{"ocr":{{"identityNumber":"900101-1234567"}},"data":{{"identityNumber":"{masked}"}}}}"#);
        states(&json)[0].1.clone()
    };
    assert_eq!(state("{********}"), Agreement::Single);
    assert_eq!(state("******-*******"), Agreement::Single);
    assert_eq!(state("900101-*******"), Agreement::Single);
    assert_eq!(state("900102-*******"), Agreement::Differs);
}

#[test]
fn a_value_of_any_kind_is_taken_as_it_comes() {
    let document = Document::read(
        br#"{"OCR_raw":{"number":12345678,"gender":{"score":"9"},"x":null,"y":[1]},"ocr":{"number":12345678,"fullName":{"a":1}},
            "review":"none"}"#,
        true,
    );
    let provenance = Provenance::of(&document, Mask::None);
    assert_eq!(provenance.sent, [true, true, false, false]);
    let states: Vec<_> = provenance.fields.iter().map(|field| (field.label.as_str(), &field.agreement)).collect();
    assert_eq!(
        states,
        [
            ("Gender", &Agreement::Single),
            ("Document number", &Agreement::Same),
            ("x", &Agreement::Single),
            ("y", &Agreement::Single)
        ]
    );
}

#[test]
fn final_data_alone_has_no_provenance() {
    assert_eq!(states(r#"{"data":{"full_name":"Kim"},"ocr":{}}"#), []);
}
