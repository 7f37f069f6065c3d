use super::*;

fn found(json: &str) -> (Vec<String>, Vec<String>) {
    let document = Document::parse_copy(json.as_bytes(), true);
    let survey = Undocumented::of(&document);
    let paths = |fields: &[Field<'_>]| fields.iter().map(|field| field.path().to_owned()).collect();
    (paths(&survey.undocumented), paths(&survey.repeated))
}

#[test]
fn documented_values_are_not_found() {
    let (undocumented, repeated) = found(
        r#"{"data":{"cf1":"a"},"kyc":{"commentCode":["a","b"],"comment":"a","attempts":[{"liveness":{"score":1}}]},
            "OCR_raw":{"rotate":{"value":"0","score":3},"any name":{"coordinates":{"first":{"x":1}}}},
            "aml":{"raw_data":{"hits":[{"name":"a"}]}},"pre_verification":{"is_valid":true},"memo":null}"#,
    );
    assert_eq!((undocumented, repeated), (vec![], vec![]));
}

#[test]
fn the_topmost_undocumented_value_is_found_wherever_it_stands() {
    let (undocumented, _) = found(
        r#"{"new":{"a":{"b":1}},"data":{"more":"x"},"kyc":{"attempts":[{},{"extra":[1,2]}]},
            "OCR_raw":{"number":{"original_coordinates":{"first":{"x":1}}}}}"#,
    );
    assert_eq!(undocumented, ["new", "data.more", "kyc.attempts[1].extra", "OCR_raw.number.original_coordinates"]);
}

#[test]
fn a_documented_object_that_came_as_a_text_is_found_and_the_other_way_round() {
    let (undocumented, _) =
        found(r#"{"kyc":"rejected","memo":[7],"email":{"home":"a@example.com"},"OCR_raw":{"a":"b"}}"#);
    assert_eq!(undocumented, ["kyc", "memo[0]", "email.home", "OCR_raw.a"]);
    assert_eq!(found("no json").0, [""]);
}

#[test]
fn every_occurrence_of_a_repeated_key_is_found() {
    let (undocumented, repeated) =
        found(r#"{"kyc":{"result":"approved","x":{"a":1,"a":2},"result":"rejected"},"kyc":{}}"#);
    assert_eq!(undocumented, ["kyc.x"]);
    assert_eq!(repeated, ["kyc", "kyc", "kyc.result", "kyc.result", "kyc.x.a", "kyc.x.a"]);
}

#[test]
fn too_many_are_counted() {
    let members: Vec<String> = (0..600).map(|at| format!(r#""new{at}":{at},"new{at}":{at}"#)).collect();
    let json = format!("{{{}}}", members.join(","));
    let document = Document::parse_copy(json.as_bytes(), true);
    let survey = Undocumented::of(&document);
    assert_eq!(survey.undocumented.len() + survey.repeated.len(), MOST);
    assert_eq!(survey.more, 2400 - MOST);
}

#[test]
fn paths_that_are_kept_are_bounded_and_what_is_left_out_is_counted() {
    let key = "k".repeat(900);
    let repeated = r#""a":1,"#.repeat(5_000);
    let json = format!(r#"{{"data":{{{repeated}"{key}":{{{repeated}"a":1}},"last":1}}}}"#);
    let document = Document::parse_copy(json.as_bytes(), true);
    let survey = Undocumented::of(&document);
    let bytes = |fields: &[Field<'_>]| fields.iter().map(|field| field.path().len()).sum::<usize>();
    assert!(bytes(&survey.undocumented) + bytes(&survey.repeated) <= 3 * BYTES);
    assert!(!survey.undocumented.is_empty() && !survey.repeated.is_empty());
    assert_eq!(survey.undocumented.len() + survey.repeated.len() + survey.more, 5_000 + 5_002 + 5_001);
    let long = format!(r#"{{{}"short":1}}"#, (100..199).map(|at| format!(r#""{key}{at}":1,"#)).collect::<String>());
    let document = Document::parse_copy(long.as_bytes(), true);
    let survey = Undocumented::of(&document);
    assert_eq!(survey.undocumented.len() + survey.more, 100);
    assert!(survey.more > 20, "a short path still has room");
    assert_eq!(survey.undocumented.last().map(Field::path), Some("short"));
}
