use proptest::prelude::*;

use super::*;
use crate::submission::provenance::Normalization;

fn document(json: &str, whole: bool) -> Document {
    Document::parse_copy(json.as_bytes(), whole)
}

/// The result for each path, of documents of which the first `whole` are full records.
fn results(jsons: &[(&str, bool)]) -> Vec<(String, Alignment)> {
    let documents: Vec<Document> = jsons.iter().map(|(json, whole)| document(json, *whole)).collect();
    let each: Vec<Option<&Document>> = documents.iter().map(Some).collect();
    SideBySide::of(&each).fields.into_iter().map(|field| (field.path, field.alignment)).collect()
}

fn of(path: &str, jsons: &[(&str, bool)]) -> Option<Alignment> {
    results(jsons).into_iter().find(|(own, _)| own == path).map(|(_, alignment)| alignment)
}

#[test]
fn documented_fields_are_compared_by_the_rules_of_the_ocr_tab() {
    let with = |one: &str, other: &str, path: &str, whole: bool| {
        let json = |value: &str| match path.split_once('.') {
            Some((block, key)) => format!(r#"{{"{block}":{{"{key}":"{value}"}}}}"#),
            None => format!(r#"{{"{path}":"{value}"}}"#),
        };
        of(path, &[(&json(one), whole), (&json(other), whole)])
    };
    let equivalent = |form| Some(Alignment::Equivalent(vec![form]));
    assert_eq!(with("KIM", "Kim", "data.full_name", true), equivalent(Normalization::Case));
    assert_eq!(with("14 MAR 1990", "1990-03-14", "data.date_of_birth", true), equivalent(Normalization::Date));
    let both = vec![Normalization::Spacing, Normalization::Hyphens];
    assert_eq!(with("12-34", "12 34", "data.identityNumber", false), Some(Alignment::Equivalent(both)));
    assert_eq!(with("A1", "A2", "data.documentNumber", true), Some(Alignment::Differs));
    assert_eq!(with("A B", "AB", "userid", true), Some(Alignment::Differs), "an id has one notation");
    assert_eq!(with("x", "x", "data.nationality", false), Some(Alignment::Same));
    assert_eq!(with("01", "1", "own.field", true), Some(Alignment::Differs), "a number has one notation");
    assert_eq!(with("K** M****", "Kim Minju", "data.full_name", true), Some(Alignment::Unclear));
    assert_eq!(
        with("https://a.example.com/1", "https://a.example.com/2", "image.idImage", true),
        Some(Alignment::NewEachTime)
    );
}

#[test]
fn what_is_not_fetched_is_neither_a_difference_nor_equal() {
    let full = (r#"{"email":"a@example.com","argos_score":80}"#, true);
    let list = (r#"{"email":"a@example.com"}"#, false);
    assert_eq!(of("argos_score", &[full, list]), Some(Alignment::Alone));
    assert_eq!(of("argos_score", &[full, full, list]), Some(Alignment::SameWhereKnown));
    let other = (r#"{"email":"a@example.com","argos_score":70}"#, true);
    assert_eq!(of("argos_score", &[full, list, other]), Some(Alignment::Differs));
    assert_eq!(
        of("argos_score", &[full, (r#"{"email":"a@example.com"}"#, true)]),
        Some(Alignment::Differs),
        "a full record has no value"
    );
    assert_eq!(of("email", &[full, list]), Some(Alignment::Same));
    let documents = document(full.0, true);
    let fields = SideBySide::of(&[Some(&documents), None]).fields;
    assert!(fields.iter().all(|field| field.alignment == Alignment::Alone), "of the other one, nothing is known yet");
}

#[test]
fn one_or_many_are_aligned_and_an_element_of_one_alone_is_one_row() {
    let code = |value: &str| format!(r#"{{"kyc":{{"commentCode":{value}}}}}"#);
    let compare = |one: &str, other: &str| of("kyc.commentCode", &[(&code(one), true), (&code(other), true)]);
    assert_eq!(compare(r#""E4""#, r#"["E4"]"#), Some(Alignment::Same));
    assert_eq!(compare(r#"["E4","E7"]"#, r#"["E4 E7"]"#), Some(Alignment::Differs), "two codes are not one");
    assert_eq!(compare("null", "[]"), None);
    let attempts = |each: &str| format!(r#"{{"kyc":{{"attempts":{each}}}}}"#);
    let one = attempts(r#"{"errorCode":"a","ocrResult":"success"}"#);
    let two = attempts(r#"[{"errorCode":"a","ocrResult":"fail"},{"errorCode":"b","ocrResult":"fail"}]"#);
    let found = results(&[(&one, true), (&two, true)]);
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["kyc.attempts[0].errorCode", "kyc.attempts[0].ocrResult", "kyc.attempts[1]"]);
    assert_eq!(found[2].1, Alignment::Differs);
}

#[test]
fn what_was_sent_twice_or_not_read_is_unclear() {
    let (twice, once) = (r#"{"kyc":{"result":"approved","result":"rejected"}}"#, r#"{"kyc":{"result":"approved"}}"#);
    assert_eq!(of("kyc.result", &[(twice, true), (once, true)]), Some(Alignment::Unclear));
    let zeros = vec!["0"; 300_000].join(",");
    let large = format!(r#"{{"email":"a@example.com","x":[{zeros}],"new":1}}"#);
    let small = r#"{"email":"b@example.com","new":1}"#;
    assert_eq!(of("email", &[(&large, true), (small, true)]), Some(Alignment::Differs));
    assert_eq!(of("new", &[(&large, true), (small, true)]), Some(Alignment::Unclear));
}

#[test]
fn raw_data_is_one_row_and_undocumented_fields_have_their_own_name() {
    let json = |name: &str| {
        format!(r#"{{"aml":{{"raw_data":{{"a":[{{"name":"{name}"}}]}}}},"own_field":{{"x y":"{name}"}}}}"#)
    };
    let (one, other) = (document(&json("a"), true), document(&json("b"), true));
    let compared = SideBySide::of(&[Some(&one), Some(&other)]);
    let labels: Vec<String> = compared.fields.iter().map(|field| field.label(Mask::None).as_str().to_owned()).collect();
    assert_eq!(labels, ["Raw data", "own_field.x y"]);
    let item = |score: u8| {
        let corners = format!(r#"[{{"x":{score},"y":1}},{{"x":{score},"y":2}}]"#);
        format!(r#"{{"OCR_raw":{{"name_eng":{{"value":"KIM","score":{score},"coordinates":{corners}}}}}}}"#)
    };
    let (first, second) = (document(&item(1), true), document(&item(2), true));
    let items = SideBySide::of(&[Some(&first), Some(&second)]).fields;
    let labels: Vec<String> = items.iter().map(|field| field.label(Mask::None).as_str().to_owned()).collect();
    assert_eq!(labels, ["OCR_raw.name_eng.coordinates", "OCR_raw.name_eng.score", "OCR_raw.name_eng.value"]);
    assert!(compared.fields.iter().all(|field| field.alignment == Alignment::Differs));
}

#[test]
fn very_many_fields_are_cut_and_the_documented_ones_come_first() {
    let members: String = (0..20_000).map(|at| format!(r#""k{at}":1,"#)).collect();
    let json = format!(r#"{{{members}"email":"a@example.com"}}"#);
    let (many, few) = (document(&json, true), document(r#"{"email":"b@example.com"}"#, true));
    let compared = SideBySide::of(&[Some(&many), Some(&few)]);
    assert_eq!(compared.is_cut, [true, false]);
    assert_eq!(compared.fields[0].alignment, Alignment::Differs);
    assert!(compared.fields.len() <= 5_001);
}

fn record() -> impl Strategy<Value = String> {
    let value = prop::sample::select(vec![
        r#""Kim""#,
        r#""KIM ""#,
        r#""1990-03-14""#,
        r#""14 MAR 1990""#,
        "null",
        "80",
        "80.0",
        r#"["a","b"]"#,
        r#"["b"]"#,
        "{}",
        "true",
        r#"{"x":"y"}"#,
        r#""K** *""#,
        r#"[{"x":1},{"y":2}]"#,
    ]);
    let key = prop::sample::select(vec![
        "email",
        "userid",
        "argos_score",
        "own",
        "kyc",
        "data",
        "memo",
        "additional_list",
        "created_at",
        "updateHistory",
    ]);
    prop::collection::btree_map(key, value, 0..8).prop_map(|members| {
        let members: Vec<String> = members.iter().map(|(key, value)| format!(r#""{key}":{value}"#)).collect();
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    #[test]
    fn a_record_does_not_differ_from_itself(json in record(), whole in any::<bool>()) {
        for (path, alignment) in results(&[(&json, whole), (&json, whole)]) {
            let is_fine = matches!(alignment, Alignment::Same | Alignment::Unclear);
            prop_assert!(is_fine, "{path}: {alignment:?} in {json}");
        }
    }

    #[test]
    fn swapped_columns_have_swapped_cells_and_the_same_result(
        (one, other) in (record(), record()),
        whole in any::<[bool; 2]>(),
    ) {
        let (one, other) = (document(&one, whole[0]), document(&other, whole[1]));
        let there = SideBySide::of(&[Some(&one), Some(&other)]).fields;
        let back = SideBySide::of(&[Some(&other), Some(&one)]).fields;
        prop_assert_eq!(there.len(), back.len());
        for (there, back) in there.iter().zip(&back) {
            prop_assert_eq!(&there.path, &back.path);
            prop_assert_eq!(&there.alignment, &back.alignment);
            let paths = |field: &AlignedField<'_>| -> Vec<Option<String>> {
                field.cells.iter().map(|cell| cell.path().map(str::to_owned)).collect()
            };
            let mut swapped = paths(back);
            swapped.reverse();
            prop_assert_eq!(paths(there), swapped);
        }
    }
}

#[test]
fn a_fact_of_a_payload_is_compared_once() {
    let payload = |status: &str| {
        let json = format!(
            r#"{{"submission_id":"a","kyc_result":{{"status":"{status}","new":1}},"ipAddress":"192.0.2.1",
            "kyc":{{"result":"{status}"}},"data":{{"ip_address":"192.0.2.1"}},"earlier_webhooks":[{{"x":1}}]}}"#
        );
        Document::parse_copy(json.as_bytes(), false)
    };
    let (one, other) = (payload("approved"), payload("rejected"));
    let compared = SideBySide::of(&[Some(&one), Some(&other)]);
    let mut paths: Vec<&str> = compared.fields.iter().map(|field| field.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["data.ip_address", "kyc.result", "kyc_result.new"]);
}
