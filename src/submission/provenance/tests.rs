use super::alike::{compare, differences};
use super::*;

fn states(json: &str) -> Vec<(String, State)> {
    let document = Document::read(json.as_bytes(), true);
    let provenance = Provenance::of(&document, Mask::None);
    provenance.lineages.into_iter().map(|lineage| (lineage.label.as_str().to_owned(), lineage.state)).collect()
}

fn ways(one: &str, other: &str) -> Option<Vec<Way>> {
    match compare(one, other, Shape::Open) {
        Likeness::Alike(ways) => Some(ways),
        Likeness::Same => Some(Vec::new()),
        Likeness::Differs | Likeness::Unclear => None,
    }
}

/// The marked characters of the one and of the other text.
fn marked(one: &str, other: &str, shape: Shape) -> (String, String) {
    let (a, b) = differences(one, other, shape);
    let pick = |text: &str, marks: &[bool]| {
        assert_eq!(text.chars().count(), marks.len(), "one mark a character");
        text.chars().zip(marks).filter(|(_, mark)| **mark).map(|(c, _)| c).collect::<String>()
    };
    (pick(one, &a), pick(other, &b))
}

#[test]
fn shape_alone_is_named_and_is_no_mismatch() {
    assert_eq!(ways("KIM MINJUN", "Kim Minjun"), Some(vec![Way::Case]));
    assert_eq!(ways("Kim  Minjun ", "Kim Minjun"), Some(vec![Way::Spacing]));
    assert_eq!(ways("김 민준", "김민준"), Some(vec![Way::Spacing]));
    assert_eq!(ways("Ａ１２３", "A123"), Some(vec![Way::Width]));
    assert_eq!(ways("ｶﾞ", "ガ"), Some(vec![Way::Width]));
    assert_eq!(ways("e\u{301}", "\u{e9}"), Some(vec![Way::Composition]));
    assert_eq!(ways("ＫＩＭ　MIN JUN", "kim minjun"), Some(vec![Way::Case, Way::Spacing, Way::Width]));
}

#[test]
fn other_characters_are_a_mismatch() {
    assert_eq!(ways("O12345", "012345"), None);
    assert_eq!(ways("Müller", "Mueller"), None, "nothing is transliterated");
    assert_eq!(ways("José", "Jose"), None);
    assert_eq!(ways("김민준", "KIM MINJUN"), None);
    assert_eq!(ways("KIM\u{200b}", "KIM"), None, "an invisible character is a difference");
    assert_eq!(ways("900101-1234567", "9001011234567"), None);
    assert_eq!(ways(" ", "\u{3000}\u{3000}"), None, "spaces alone are no value to agree on");
}

#[test]
fn dates_are_compared_as_days() {
    assert_eq!(ways("1990-01-02", "02.01.1990"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "19900102"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "1990. 1. 2."), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "1990년 1월 2일"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "02 JAN 1990"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "January 2, 1990"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "02JAN1990"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "１９９０．０１．０２"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "02.01.1991"), None);
    assert_eq!(ways("1990-02-30", "30.02.1990"), None, "a day that does not exist is compared as text");
}

#[test]
fn a_date_that_can_be_read_in_two_ways_says_which_one_was_taken() {
    assert_eq!(ways("1990-01-02", "02/01/1990"), Some(vec![Way::DayFirst]));
    assert_eq!(ways("1990-01-02", "01/02/1990"), Some(vec![Way::MonthFirst]));
    assert_eq!(ways("1990-01-25", "01/25/1990"), Some(vec![Way::Date]), "there is no month 25");
    assert_eq!(ways("1990-02-02", "02/02/1990"), Some(vec![Way::Date]));
    assert_eq!(ways("1990-01-02", "01.02.1990"), None, "between dots the day stands first");
}

#[test]
fn printed_letters_of_the_gender_are_no_mismatch() {
    assert_eq!(compare("M", "male", Shape::Gender), Likeness::Alike(vec![Way::Gender]));
    assert_eq!(compare("Ｆ", "female", Shape::Gender), Likeness::Alike(vec![Way::Gender]));
    assert_eq!(compare("M", "female", Shape::Gender), Likeness::Differs);
    assert_eq!(compare("M", "male", Shape::Text), Likeness::Differs);
}

#[test]
fn only_the_differing_characters_are_marked() {
    assert_eq!(marked("O12345", "012345", Shape::Text), ("O".into(), "0".into()));
    assert_eq!(marked("KIM MINJVN", "Kim Minjun", Shape::Text), ("V".into(), "u".into()));
    assert_eq!(marked("M12345678", "M1234678", Shape::Text), ("5".into(), String::new()));
    assert_eq!(marked("김민준", "김민진", Shape::Text), ("준".into(), "진".into()));
    assert_eq!(marked("02.01.1991", "1990-01-02", Shape::Date), ("1991".into(), "1990".into()));
    assert_eq!(marked("19900103", "1990-01-02", Shape::Date), ("03".into(), "02".into()));
    let long = "x".repeat(2000);
    assert_eq!(
        marked(&format!("a{long}b"), &format!("c{long}d"), Shape::Text).0.len(),
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
            ("Full name".into(), State::Alike(vec![Way::Case])),
            ("Birth date".into(), State::Alike(vec![Way::Date])),
            ("Gender".into(), State::Alike(vec![Way::Gender])),
            ("Nationality".into(), State::Single),
            ("Document number".into(), State::Differs),
            ("blood".into(), State::Single),
            ("shoe".into(), State::Single),
        ]
    );
}

#[test]
fn the_name_is_put_together_where_it_is_sent_in_parts() {
    let one = states(r#"{"ocr":{"fullName":"MINJUN KIM"},"data":{"first_name":"MINJUN","last_name":"KIM"}}"#);
    let other = states(r#"{"ocr":{"fullName":"KIM MINJUN"},"data":{"first_name":"MINJUN","last_name":"KIM"}}"#);
    for states in [one, other] {
        assert_eq!(states.first(), Some(&("Full name".into(), State::Same)));
    }
}

#[test]
fn of_two_items_for_one_field_the_nearer_one_is_compared_and_the_other_stands_alone() {
    let states = states(
        r#"{"OCR_raw":{"name_eng":{"value":"KIM MINJUN"},"name":{"value":"김민준"}},
            "ocr":{"fullName":"김민준"},"data":{"full_name":"김민준"}}"#,
    );
    assert_eq!(states, [("Full name".into(), State::Same), ("name_eng".into(), State::Single)]);
}

#[test]
fn what_the_service_masked_is_no_mismatch_unless_it_cannot_be_the_same() {
    let state = |masked: &str| {
        let json = format!(r#"{{"ocr":{{"identityNumber":"900101-1234567"}},"data":{{"identityNumber":"{masked}"}}}}"#);
        states(&json)[0].1.clone()
    };
    assert_eq!(state("{********}"), State::Single);
    assert_eq!(state("******-*******"), State::Single);
    assert_eq!(state("900101-*******"), State::Single);
    assert_eq!(state("900102-*******"), State::Differs);
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
    let states: Vec<_> = provenance.lineages.iter().map(|lineage| (lineage.label.as_str(), &lineage.state)).collect();
    assert_eq!(
        states,
        [("Gender", &State::Single), ("Document number", &State::Same), ("x", &State::Single), ("y", &State::Single)]
    );
}

#[test]
fn final_data_alone_has_no_provenance() {
    assert_eq!(states(r#"{"data":{"full_name":"Kim"},"ocr":{}}"#), []);
}
