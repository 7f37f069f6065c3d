use proptest::prelude::*;

use super::*;

fn shown(item: &str, column: Column) -> String {
    of(item, false, column)
}

fn of(item: &str, whole: bool, column: Column) -> String {
    match row(item.as_bytes(), whole).cell(column) {
        Cell::NotFetched => "·".to_owned(),
        Cell::Empty => "–".to_owned(),
        Cell::Text(text) => text.to_owned(),
        Cell::Span(_) | Cell::Unclear => unreachable!("computed"),
    }
}

/// An item with every field that a row is made of.
const FULL: &str = r#"{"submission_id":"6xx28lo115832","created_at":"2026-11-21T09:14:05.123Z","updated_at":"2026-11-22T00:00:00.000Z",
 "email":"minjun@example.com","userid":"u-1","tokenId":"t-1","argos_score":97.50,
 "data":{"full_name":"Minjun Kim","name":"KIM","first_name":"Minjun","last_name":"Kim","date_of_birth":"1990-01-01",
  "nationality":"KOR","idcard_issuingCountry":"USA","idType":"passport","age_group":"adult","ip_address":"192.0.2.7"},
 "kyc":{"result":"rejected","comment":["x"],"commentCode":["too_many_retry","other"],"attempts":[{},{"a":[1],"retryCode":["no_face"]}]},
 "aml":{"currentstatus":"Red Flag","risk_level_summary":"HIGH","matches":[]}}"#;

#[test]
fn every_column_is_read_from_its_field() {
    let expected = [
        "2026-11-21T09:14:05.123Z",
        "6xx28lo115832",
        "minjun@example.com",
        "Minjun Kim",
        "1990-01-01",
        "KOR",
        "USA",
        "passport",
        "adult",
        "rejected",
        "too_many_retry, other",
        "Red Flag",
        "HIGH",
        "97.50",
        "2",
        "no_face",
        "u-1",
        "192.0.2.7",
        "t-1",
        "2026-11-22T00:00:00.000Z",
    ];
    for (column, expected) in Column::ALL.into_iter().zip(expected) {
        assert_eq!(shown(FULL, column), expected, "{column:?}");
    }
    assert!(row(FULL.as_bytes(), false).created().is_some());
}

#[test]
fn a_name_falls_back_from_full_to_name_to_first_and_last() {
    for (data, name) in [
        (r#"{"name":"B","full_name":"A","first_name":"C"}"#, "A"),
        (r#"{"full_name":"","name":"B","first_name":"C"}"#, "B"),
        (r#"{"first_name":"C","last_name":"D"}"#, "C D"),
        (r#"{"name":null,"last_name":"D"}"#, "D"),
        (r#"{"first_name":"","last_name":"D"}"#, "D"),
        (r#"{"first_name":"C","last_name":null}"#, "C"),
        (r#"{"full_name":"","name":null}"#, "–"),
        (r#"{"full_name":""}"#, "–"),
        (r#"{"gender":"male"}"#, "·"),
        (r#""Deleted Submission""#, r#""Deleted Submission""#),
    ] {
        assert_eq!(shown(&format!(r#"{{"submission_id":"a","data":{data}}}"#), Column::Name), name, "{data}");
    }
}

#[test]
fn an_absent_field_is_not_fetched_in_a_list_and_empty_in_a_whole_answer() {
    let slim = r#"{"submission_id":"a","email":null,"userid":"","kyc":{"commentCode":[]}}"#;
    for (column, in_list, whole) in [
        (Column::Aml, "·", "–"),
        (Column::Attempts, "·", "–"),
        (Column::Status, "·", "–"),
        (Column::Email, "–", "–"),
        (Column::UserId, "–", "–"),
        (Column::RejectCode, "–", "–"),
        (Column::Id, "a", "a"),
    ] {
        assert_eq!((of(slim, false, column).as_str(), of(slim, true, column).as_str()), (in_list, whole), "{column:?}");
    }
}

#[test]
fn codes_come_as_one_string_or_as_many() {
    for (codes, text) in [
        (r#""too_many_retry""#, "too_many_retry"),
        (r#"["a"]"#, "a"),
        (r#"["a",null,7,{"x":1}]"#, r#"a, , 7, {"x":1}"#),
        ("[]", "–"),
        ("null", "–"),
        (r#"{"a":1}"#, r#"{"a":1}"#),
    ] {
        assert_eq!(shown(&format!(r#"{{"kyc":{{"commentCode":{codes}}}}}"#), Column::RejectCode), text);
    }
}

#[test]
fn scores_keep_the_digits_that_came() {
    for (score, text) in [("97.50", "97.50"), (r#""97.50""#, "97.50"), ("1e999", "1e999"), (r#""high""#, "high")] {
        assert_eq!(shown(&format!(r#"{{"argos_score":{score}}}"#), Column::ArgosScore), text);
    }
}

#[test]
fn retries_without_their_attempts_are_counted_beside_the_attempts() {
    let row = |kyc: &str| row(format!(r#"{{"kyc":{kyc}}}"#).as_bytes(), true);
    let vendor = row(r#"{"attempts":[{}],"retry":[{},{},{}]}"#);
    assert_eq!(vendor.cell(Column::Attempts).text(), Some("1+3"));
    assert_eq!(vendor.number(Column::Attempts), Some(1.0), "filters and sorting use the attempts");
    assert_eq!(row(r#"{"retry":[{},{}],"attempts":[{},{}]}"#).cell(Column::Attempts).text(), Some("2"));
    assert_eq!(row(r#"{"retry":[{}],"attempts":"x"}"#).cell(Column::Attempts).text(), Some("x"));
}

#[test]
fn attempts_are_counted_and_anything_else_is_shown() {
    for (attempts, text) in
        [("[]", "0"), ("[{},{},{}]", "3"), (r#"{"attemptCnt":1}"#, "1"), (r#""x""#, "x"), ("null", "–")]
    {
        assert_eq!(shown(&format!(r#"{{"kyc":{{"attempts":{attempts}}}}}"#), Column::Attempts), text);
    }
}

#[test]
fn retry_codes_are_those_of_attempts_and_of_retries_each_once() {
    for (kyc, text) in [
        (
            r#""attempts":[{"retryCode":["a","b"]},{"retryCode":"a"}],"retry":[{"retryCode":"c"},{"retryCode":"b"}]"#,
            "a, b, c",
        ),
        (r#""retry":[{"retryCode":"c"}],"attempts":[{}]"#, "c"),
        (r#""retry":{"retryCode":"c"}"#, "c"),
        (r#""attempts":{"retryCode":["x",null,"",7]}"#, "x, 7"),
        (r#""attempts":[{"attemptCnt":1,"retryCode":[]},{}]"#, "–"),
        (r#""attempts":[]"#, "–"),
        (r#""attempts":null"#, "–"),
        (r#""attempts":["no_face",{"retryCode":"a"}]"#, r#""no_face", a"#),
        (r#""attempts":3"#, "3"),
        (r#""retry":[{"retryCode":"a"}],"retry":[{"retryCode":"b"}]"#, "a, b"),
        (r#""result":"approved","retryMsg":["x"]"#, "·"),
    ] {
        assert_eq!(shown(&format!(r#"{{"kyc":{{{kyc}}}}}"#), Column::Retry), text, "{kyc}");
    }
    let many: Vec<String> = (0..5_000).map(|at| format!(r#"{{"retryCode":"code {at}"}}"#)).collect();
    let row = row(format!(r#"{{"kyc":{{"attempts":[{}]}}}}"#, many.join(",")).as_bytes(), true);
    assert!(row.is_cut(Column::Retry), "a text that is not kept whole says so");
}

#[test]
fn a_bad_value_costs_its_own_cell() {
    let item = r#"{"submission_id":"a","email":{"x":"\ud800"},"userid":"b\ud800","created_at":17,"kyc":7,"aml":["x"],"argos_score":1}"#;
    assert_eq!(shown(item, Column::Email), r#"{"x":"\ud800"}"#);
    assert_eq!(shown(item, Column::UserId), r"b\ud800");
    assert_eq!(shown(item, Column::Created), "17");
    assert_eq!(shown(item, Column::Status), "7");
    assert_eq!(shown(item, Column::Aml), r#"["x"]"#);
    assert_eq!(shown(item, Column::ArgosScore), "1");
    assert_eq!(shown(item, Column::Id), "a");
}

#[test]
fn contradicting_repetitions_are_all_shown() {
    let item = r#"{"submission_id":"a","submission_id":"b","kyc":{"result":"rejected","result":"approved"},"email":"x","email":"x"}"#;
    assert_eq!(shown(item, Column::Status), "rejected, approved");
    assert_eq!(shown(item, Column::Email), "x");
    assert_eq!(shown(item, Column::Id), "b");
    let split = r#"{"kyc":{"result":"rejected"},"kyc":{"result":"approved"}}"#;
    assert_eq!(shown(split, Column::Status), "rejected, approved");
}

#[test]
fn what_is_no_object_knows_nothing() {
    for raw in [r#"["approved"]"#, r#""approved""#, "17", "null", "", r#"{"kyc":{"result":"approved"}"#, "{}}"] {
        for whole in [false, true] {
            for column in Column::sent() {
                assert_eq!(of(raw, whole, column), "·", "{raw}");
            }
        }
    }
}

/// Every place of the full item, replaced by every kind of wrong value: all other cells stay as they are.
#[test]
fn each_field_of_each_wrong_kind_costs_only_its_own_cell() {
    let item: serde_json::Value = serde_json::from_str(FULL).unwrap();
    let before = item.to_string();
    let parents = ["", "/data", "/kyc", "/aml"];
    let wrong = ["null", "true", "17", "\"\"", "\"text\"", "[]", "{}", "[[\"approved\"]]", "{\"result\":\"approved\"}"];
    let mut cases = 0;
    for parent in parents {
        let keys: Vec<String> = item.pointer(parent).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys.iter().filter(|key| !["data", "kyc", "aml"].contains(&key.as_str())) {
            for wrong in wrong {
                let mut changed = item.clone();
                changed.pointer_mut(parent).unwrap()[key.as_str()] = serde_json::from_str(wrong).unwrap();
                let changed = changed.to_string();
                let own = |column: &Column| key != "attempts" || *column != Column::Retry;
                let differing = Column::sent().filter(own).filter(|it| shown(&changed, *it) != shown(&before, *it));
                assert!(differing.count() <= 1, "{parent}/{key} = {wrong}");
                cases += 1;
            }
        }
    }
    assert!(cases > 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// A verdict reads as an approval only where the service sent exactly that string, once, in its place.
    #[test]
    fn no_other_value_reads_as_approved(
        value in prop_oneof![
            Just("approved".to_owned()), Just("\"approved\\ud800\"".to_owned()), Just("[\"approved\"]".to_owned()),
            Just("\"approved\\u0000\"".to_owned()), Just("{\"result\":\"approved\"}".to_owned()), "[\\[{\":,a-z0-9\\\\]{0,12}",
            Just("\"rejected\",\"result\":\"approved\"".to_owned()), Just("\"approved\",\"result\":null".to_owned()),
        ],
        place in 0..3,
        cut in 0..60_usize,
        whole: bool,
    ) {
        let item = match place {
            0 => format!(r#"{{"submission_id":"a","kyc":{{"result":{value}}}}}"#),
            1 => format!(r#"{{"submission_id":"a","kyc":{value}}}"#),
            _ => format!(r#"{{"submission_id":"a","kyc":{{"result":"approved"}},"kyc":{{"result":{value}}}}}"#),
        };
        let damaged: String = item.chars().take(item.chars().count().saturating_sub(cut % 3)).collect();
        prop_assume!(value != "\"approved\"" && !(place == 1 && value.starts_with("{\"result\"")));
        prop_assert_ne!(of(&damaged, whole, Column::Status), "approved");
    }
}

proptest! {
    #[test]
    fn any_bytes_make_a_row(raw in proptest::collection::vec(any::<u8>(), 0..100), whole: bool) {
        prop_assert!(row(&raw, whole).cell(Column::Status).text().is_none());
    }
}
