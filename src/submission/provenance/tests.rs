mod kinds;
mod properties;

use super::compare::{compare, differences};
use super::*;

fn states(json: &str) -> Vec<(String, Agreement)> {
    let document = Document::parse_copy(json.as_bytes(), true);
    let provenance = Provenance::of(&document, Mask::None);
    provenance.fields.into_iter().map(|field| (field.label.as_str().to_owned(), field.agreement)).collect()
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
fn only_the_differing_characters_are_marked() {
    assert_eq!(marked("O12345", "012345", ValueKind::Text), ("O".into(), "0".into()));
    assert_eq!(marked("KIM MINJVN", "Kim Minjun", ValueKind::Text), ("V".into(), "u".into()));
    assert_eq!(marked("M12345678", "M1234678", ValueKind::Text), ("5".into(), String::new()));
    assert_eq!(marked("김민준", "김민진", ValueKind::Text), ("준".into(), "진".into()));
    assert_eq!(marked("02.01.1991", "1990-01-02", ValueKind::Date), ("1991".into(), "1990".into()));
    assert_eq!(marked("19900103", "1990-01-02", ValueKind::Date), ("03".into(), "02".into()));
    assert_eq!(marked("12, Main St.", "13 Main St", ValueKind::Words), ("2".into(), "3".into()));
    assert_eq!(marked("M-123", "M124", ValueKind::DocumentNumber), ("3".into(), "4".into()));
    let in_doubt = ("0304".into(), "0403".into());
    assert_eq!(marked("03/04/1990", "1990-04-03", ValueKind::Date), in_doubt, "day and month are in doubt");
    let long = "x".repeat(2000);
    assert_eq!(
        marked(&format!("a{long}b"), &format!("c{long}d"), ValueKind::Text).0.len(),
        2002,
        "long texts cost no hours"
    );
}

#[test]
fn a_list_beside_a_text_is_neither_equal_nor_missing() {
    for (ocr, raw) in [(r#"["S999"]"#, r#""S999""#), (r#""S999""#, r#"["S999"]"#), (r#"{"a":"S999"}"#, r#""S999""#)] {
        let json = format!(
            r#"{{"OCR_raw":{{"number":{raw}}},"ocr":{{"number":{ocr}}},"review":{{"documentNumber":"s999"}},
                "data":{{"documentNumber":"S999"}}}}"#
        );
        assert_eq!(states(&json), [("Document number".into(), Agreement::Unclear)], "{json}");
        let document = Document::parse_copy(json.as_bytes(), true);
        let provenance = Provenance::of(&document, Mask::None);
        assert_eq!(provenance.fields[0].missing().count(), 0, "{json}");
    }
    assert_eq!(states(r#"{"ocr":{"number":[]},"review":{"documentNumber":"S1"}}"#)[0].1, Agreement::Single);
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
    let document = Document::parse_copy(
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
            ("Full name", &Agreement::Single),
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
