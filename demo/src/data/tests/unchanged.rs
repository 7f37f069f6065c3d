//! The parts of the demo data that other pages, pictures and tests rely on stay as they are, on the same day.

use super::*;

/// Number of newest submissions that the test reads: the first ten pages of the list.
const NEWEST: usize = 500;

/// Collects all times of a record, with their paths: texts under keys that name a time.
fn times(value: &Value, path: &str, found: &mut String) {
    match value {
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                times(value, &format!("{path}[{at}]"), found);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                times(value, &format!("{path}.{key}"), found);
            }
        }
        Value::String(text) => {
            let key = path.rsplit('.').next().unwrap_or_default();
            if key.ends_with("_at") || key.contains("Time") {
                found.push_str(&format!("{path}={text}\n"));
            }
        }
        _ => {}
    }
}

#[test]
fn ids_times_verdicts_addresses_and_screenings_of_a_day_do_not_change() {
    let of = |part: &dyn Fn(&Value) -> String| -> String {
        let texts: Vec<String> = wholes().take(NEWEST).map(part).collect();
        assert_eq!(texts.len(), NEWEST);
        format!("{:016x}", fnv1a_hash(&texts.join("\n")))
    };
    let at = |pointers: &'static [&str]| {
        move |item: &Value| format!("{:?}", pointers.iter().map(|pointer| item.pointer(pointer)).collect::<Vec<_>>())
    };
    let told = |item: &Value| {
        let mut found = String::new();
        times(item, "", &mut found);
        found
    };
    let found = [
        ("ids", of(&at(&["/submission_id", "/email", "/userid", "/tokenId", "/applicant_id", "/duplicated_users"]))),
        ("faces", of(&at(&["/duplicated_selfie_users"]))),
        ("times", of(&told)),
        ("verdicts", of(&at(&["/kyc/result", "/kyc/comment", "/kyc/commentCode", "/reviewer"]))),
        ("addresses", of(&at(&["/data/ip_address", "/pre_verification/ip_address"]))),
        ("screenings", of(&at(&["/aml"]))),
    ];
    let wanted = [
        ("ids", "330a2fb1c47f6f1a"),
        ("faces", "0e344f79ef8183ff"),
        ("times", "89b9a02f4a15e9e7"),
        ("verdicts", "354802e68613fc84"),
        ("addresses", "e264bf4ae97ccd74"),
        ("screenings", "761a75ab40d6f72e"),
    ];
    assert_eq!(found.each_ref().map(|(part, hash)| (*part, hash.as_str())), wanted);
}
