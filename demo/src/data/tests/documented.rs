//! Every documented field occurs.

use super::*;

const PATHS: &str = include_str!("../../../../tests/data/documented_paths.txt");

/// Whether a value has a path such as `kyc.attempts[i].liveness.score`. Lists are looked through, whether the path says
/// so or not: the tables do not always. `{item}` and `*` mean any key.
fn has(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Array(list), _) => list.iter().any(|entry| has(entry, path)),
        (_, []) => true,
        (Value::Object(object), ["{item}" | "*", rest @ ..]) => object.values().any(|inner| has(inner, rest)),
        (Value::Object(object), [key, rest @ ..]) => {
            let key = key.split('[').next().unwrap_or_default();
            object.get(key).is_some_and(|inner| has(inner, rest))
        }
        _ => false,
    }
}

fn missing(table: &str, of_table: impl Fn(&Value) -> bool) -> Vec<&str> {
    let items: Vec<&Value> = wholes().filter(|item| of_table(item)).collect();
    // The next page's key is beside the items; the tests of the server look at it.
    let paths =
        table.lines().filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("nextpageKey"));
    paths
        .filter(|path| {
            let path: Vec<&str> = path.split('.').collect();
            !items.iter().any(|item| has(item, &path))
        })
        .collect()
}

#[test]
fn every_field_of_both_tables_and_of_the_samples_occurs_in_a_single_answer() {
    let (document, rest) = PATHS.split_once("# Knowledge-based\n").expect("two tables");
    let (knowledge, samples) = rest.split_once("# Samples only\n").expect("what no table holds");
    let rows = |table: &str| table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    assert_eq!((rows(document), rows(knowledge)), (206, 123), "the tables of the documentation");
    let by_document = |item: &Value| text(item, "/data/idType").is_some();
    assert_eq!(missing(document, by_document), Vec::<&str>::new());
    let by_knowledge = |item: &Value| item.pointer("/data/age_group").is_some() && item.get("ocr").is_none();
    assert_eq!(missing(knowledge, |item| !by_document(item) && by_knowledge(item)), Vec::<&str>::new());
    assert_eq!(missing(samples, |_| true), Vec::<&str>::new());
}

#[test]
fn lists_are_looked_through_and_wildcards_stand_for_any_key() {
    let item = serde_json::json!({ "a": [{ "b": 1 }, { "any": { "c": null } }] });
    assert!(has(&item, &["a[i]", "b"]) && has(&item, &["a", "b"]) && has(&item, &["a[i]", "*", "c"]));
    assert!(!has(&item, &["a", "c"]) && !has(&item, &["b"]));
}
