use super::{A, B, ids, missing_reason};

#[test]
fn every_submission_of_an_object_is_read() {
    let [a, b] = [A, B];
    for text in [
        format!(r#"{{"data":{a},"payload":{b}}}"#),
        format!(r#"{{"Items":[],"Items":[{a},{b}]}}"#),
        format!(r#"{{"event":{a},"event":{b}}}"#),
        format!(r#"{{"Items":[{a}],"data":{b}}}"#),
    ] {
        assert_eq!(ids(text.clone()), ["a", "b"], "{text}");
    }
    // A record of several lines is read after many damaged lines.
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(A).unwrap()).unwrap();
    assert_eq!(ids(format!("{}{pretty}", "{bad\n".repeat(20))).last().map(String::as_str), Some("a"));
    assert!(missing_reason(&"{\"x\":[\n".repeat(20)).is_some());
}

#[test]
fn the_repairs_of_a_file_add_one_mebibyte_at_most() {
    let damaged =
        |id: usize| [format!(r#"{{"submission_id":"{id}","x":""#).as_bytes(), &[1; 100_000], b"\"}\n"].concat();
    let text: Vec<u8> = (0..4).flat_map(damaged).collect();
    assert_eq!(ids(text), ["0", "1", "[not JSON]", "[not JSON]"]);
}
