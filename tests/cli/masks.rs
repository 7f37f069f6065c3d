//! What a mask hides is in no output of any call.

use serde_json::Value;

use super::{CallOutput, demo, items};

/// Keys whose values identify a person or a document.
const IDENTIFYING: [&str; 14] = [
    "full_name",
    "first_name",
    "last_name",
    "name",
    "email",
    "date_of_birth",
    "identityNumber",
    "identity_number",
    "documentNumber",
    "document_number",
    "ip_address",
    "phone",
    "address",
    "licenseNumber",
];

/// The values of those keys, as far as they are long enough to be found by themselves.
fn canaries(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if IDENTIFYING.contains(&&**key) && text.chars().count() > 5 => {
                        found.push(text.clone());
                    }
                    value => canaries(value, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| canaries(value, found)),
        _ => {}
    }
}

#[test]
fn at_all_nothing_that_identifies_a_person_is_printed() {
    let listed: Vec<String> = items("count=500").into_iter().take(50).collect();
    let ids: Vec<String> = listed
        .iter()
        .take(12)
        .map(|item| serde_json::from_str::<Value>(item).unwrap()["submission_id"].as_str().unwrap().to_owned())
        .collect();
    let whole = ids.iter().filter_map(|id| items(&format!("submission_id={id}")).pop());
    let mut found = Vec::new();
    for item in listed.iter().cloned().chain(whole) {
        canaries(&serde_json::from_str(&item).unwrap(), &mut found);
    }
    // What the service masked itself hides nothing.
    found.retain(|text| !text.contains('*'));
    assert!(found.len() > 150, "{}", found.len());

    let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
    let mut calls: Vec<CallOutput> = ["table", "ndjson", "json", "csv"]
        .map(|output| demo(&["list", "--mask", "all", "--output", output]))
        .into_iter()
        .collect();
    calls.push(demo(&["list", "--mask", "all", "--detail", "--limit", "12"]));
    for output in ["text", "json"] {
        calls.push(demo(&[&["show"], &ids[..], &["--mask", "all", "--output", output]].concat()));
    }
    for ran in calls {
        assert!(ran.code == 0 && !ran.stdout.is_empty(), "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("masked: all; --mask none").count(), 1, "{}", ran.stderr);
        for canary in &found {
            assert!(!ran.stdout.contains(canary) && !ran.stderr.contains(canary), "{canary}:\n{}", ran.stdout);
        }
    }
}

#[test]
fn without_a_mask_nothing_is_said_of_it() {
    for output in ["table", "ndjson", "json", "csv"] {
        let ran = demo(&["list", "--mask", "none", "--output", output]);
        assert_eq!(ran.stderr.lines().next(), Some("50 loaded · more"));
        assert!(!ran.stderr.contains("masked") && !ran.stdout.contains('•'));
    }
}
