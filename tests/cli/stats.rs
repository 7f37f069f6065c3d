//! `stats` against counts made from the raw answers of the demo's server.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use crate::{demo, run};
use argos_testkit::demo_process::DemoProcess;
use argos_testkit::server::{TestServer, json};

type Counted = BTreeMap<String, u64>;

/// Counts each different text once for every item.
fn count<'a, T: IntoIterator<Item = &'a Value>>(items: &'a [Value], texts: impl Fn(&'a Value) -> T) -> Counted {
    let mut counted = Counted::new();
    for item in items {
        let different: BTreeSet<&str> = texts(item).into_iter().filter_map(Value::as_str).collect();
        for text in different.into_iter().filter(|text| !text.is_empty()) {
            *counted.entry(text.to_owned()).or_default() += 1;
        }
    }
    counted
}

/// Every item that a server has for a query.
fn values(server: &DemoProcess, query: &str) -> Vec<Value> {
    server.items(query).iter().map(|item| serde_json::from_str(item).unwrap()).collect()
}

/// The elements of a list, or what is in its place.
fn each(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |list| list.iter().collect())
}

fn retries(item: &Value) -> Vec<&Value> {
    let attempts = each(&item["kyc"]["attempts"]).into_iter().flat_map(|attempt| each(&attempt["retryCode"]));
    attempts.chain(each(&item["kyc"]["retry"]).into_iter().map(|retry| &retry["retryCode"])).collect()
}

/// What the call says of a group.
fn counted(report: &Value, group: &str) -> Counted {
    let values = report["groups"][group]["values"].as_array().unwrap();
    let pair = |value: &Value| (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap());
    values.iter().map(pair).collect()
}

#[test]
fn counts_are_those_of_the_list_answers() {
    let server = DemoProcess::with_scenario("default");
    let items = values(&server, "start_date=2026-11-01&count=500");
    let done = run(&["stats", "from:2026-11-01", "--output", "json"], &server.variables());
    let report = done.json();
    assert_eq!(report["scope"], format!("{} loaded · complete", items.len()));
    assert_eq!((&report["complete"], &report["loaded"]), (&Value::from(true), &Value::from(items.len())));
    assert_eq!(counted(&report, "status"), count(&items, |item| [&item["kyc"]["result"]]));
    assert_eq!(counted(&report, "nationality"), count(&items, |item| [&item["data"]["nationality"]]));
    assert_eq!(counted(&report, "reject_code"), count(&items, |item| each(&item["kyc"]["commentCode"])));
    let mut by_day = Counted::new();
    for item in &items {
        // A time with a zone is put into UTC; one in the form of the samples is in it.
        let text = item["created_at"].as_str().unwrap();
        let day = text.parse::<Timestamp>().map_or_else(|_| text[..10].to_owned(), |at| at.strftime("%F").to_string());
        *by_day.entry(day).or_default() += 1;
    }
    assert_eq!(counted(&report, "day"), by_day);
    let without = items.iter().filter(|item| item["kyc"].get("commentCode").is_none()).count();
    assert_eq!(report["groups"]["reject_code"]["not_fetched"], without);
}

#[test]
fn values_stand_in_the_order_of_their_counts() {
    let report = demo(&["stats", "from:2026-11-18", "--detail", "--output", "json"]).json();
    let mut told_apart = Vec::new();
    for (name, group) in report["groups"].as_object().unwrap().iter().filter(|(name, _)| *name != "day") {
        let values = group["values"].as_array().unwrap_or_else(|| panic!("{name} has no values"));
        let counts: Vec<u64> = values.iter().map(|value| value["count"].as_u64().unwrap()).collect();
        assert!(counts.is_sorted_by(|one, other| one >= other), "{name}: {counts:?}");
        if counts.first() > counts.last() {
            told_apart.push(name.as_str());
        }
    }
    // Where all counts are the same, no order can be seen.
    for name in ["status", "nationality", "retry_code", "aml_status"] {
        assert!(told_apart.contains(&name), "{name}: {told_apart:?}");
    }
}

#[test]
fn what_lists_lack_is_said_and_never_zero() {
    let report = demo(&["stats", "on:2026-11-20", "--output", "json"]).json();
    for group in ["issuing_country", "id_type", "retry_code", "aml_status", "aml_level", "capture_type"] {
        let group = &report["groups"][group];
        assert_eq!((&group["note"], &group["values"]), (&Value::from("not in list data"), &Value::Null));
        assert_eq!(group["empty"], Value::Null);
        assert_eq!(group["not_fetched"], report["counted"]);
    }
    for step in report["steps"].as_object().unwrap().values() {
        assert_eq!((&step["note"], &step["count"]), (&Value::from("not in list data"), &Value::Null));
    }
    let table = demo(&["stats", "on:2026-11-20"]).stdout;
    for title in ["Issuing country", "ID type", "Retry code", "AML status", "Capture type", "  last step to result"] {
        let line = table.lines().find(|line| line.starts_with(title)).unwrap();
        assert!(line.contains("  not in list data"), "{line}");
    }
}

#[test]
fn with_detail_counts_are_those_of_the_single_submissions() {
    let server = DemoProcess::with_scenario("default");
    let ids = values(&server, "start_date=2026-11-18&end_date=2026-11-21&count=500");
    let single = |item: &Value| {
        let answer = server.answer(&format!("submission_id={}", item["submission_id"].as_str().unwrap()));
        answer["Items"][0].clone()
    };
    let items: Vec<Value> = ids.iter().map(single).collect();
    let arguments = ["stats", "from:2026-11-18 to:2026-11-21", "--detail", "--output", "json"];
    let report = run(&arguments, &server.variables()).json();
    assert_eq!(report["scope"], format!("{} loaded · complete", items.len()));
    assert_eq!(counted(&report, "aml_status"), count(&items, |item| [&item["aml"]["currentstatus"]]));
    assert_eq!(counted(&report, "aml_level"), count(&items, |item| [&item["aml"]["risk_level_summary"]]));
    assert_eq!(counted(&report, "id_type"), count(&items, |item| [&item["data"]["idType"]]));
    assert_eq!(counted(&report, "issuing_country"), count(&items, |item| [&item["data"]["idcard_issuingCountry"]]));
    assert_eq!(counted(&report, "retry_code"), count(&items, retries));
    let captures = |item| each(&Value::get(item, "signals").unwrap_or(&Value::Null)["cameraProcessInfo"]);
    assert_eq!(
        counted(&report, "capture_type"),
        count(&items, |item| captures(item).into_iter().map(|one| &one["type"]))
    );

    let time = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let seconds = |item: &Value| {
        let keys = ["step1Time1st", "step1Time2nd", "step1Time3rd"];
        let calls = each(&item["kyc"]["attempts"]).into_iter().flat_map(|attempt| keys.map(|key| time(&attempt[key])));
        let (start, first) = (time(&item["signals"]["startButtonClickTime"])?, calls.flatten().min()?);
        u64::try_from(first.duration_since(start).as_millis()).ok().map(|millis| millis / 1_000)
    };
    let mut times: Vec<u64> = items.iter().filter_map(seconds).collect();
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent).div_ceil(100) - 1];
    let step = &report["steps"]["start_to_step1"];
    assert_eq!((&step["count"], &step["note"]), (&Value::from(times.len()), &Value::Null));
    assert_eq!((&step["median_seconds"], &step["p90_seconds"]), (&Value::from(at(50)), &Value::from(at(90))));
}

#[test]
fn local_terms_narrow_and_what_they_cannot_decide_is_said() {
    let report = demo(&["stats", "on:2026-11-20 status:pending", "--output", "json"]).json();
    let (loaded, shown) = (report["loaded"].as_u64().unwrap(), report["shown"].as_u64().unwrap());
    assert!(0 < shown && shown < loaded);
    assert_eq!(report["scope"], format!("{shown} shown of {loaded} loaded · complete"));
    assert_eq!(counted(&report, "status"), Counted::from([("pending".to_owned(), shown)]));
    let report = demo(&["stats", "on:2026-11-20 aml:red-flag", "--output", "json"]).json();
    assert_eq!((&report["undecided"], &report["counted"]), (&report["loaded"], &Value::from(0)));
    let report = demo(&["stats", "from:2026-11-14 aml:red-flag", "--detail", "--output", "json"]).json();
    assert_eq!(report["undecided"], 0);
    assert_eq!(
        counted(&report, "aml_status"),
        Counted::from([("Red Flag".to_owned(), report["shown"].as_u64().unwrap())])
    );
}

#[test]
fn same_answers_give_the_same_text_and_no_line_is_wide() {
    for arguments in [&["stats", "--output", "json"][..], &["stats", "on:2026-11-20", "--detail"]] {
        assert_eq!(demo(arguments).stdout, demo(arguments).stdout);
    }
    let table = demo(&["stats", "--scenario", "bad-items", "from:2026-11-14", "--detail"]).stdout;
    assert!(!table.contains('␊') && table.contains("unreadable: "), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn table_of_a_day() {
    insta::assert_snapshot!("table_of_a_day", demo(&["stats", "on:2026-11-20"]).stdout);
    insta::assert_snapshot!("table_of_a_day_with_detail", demo(&["stats", "on:2026-11-20", "--detail"]).stdout);
}

#[test]
fn mended_answers_are_counted_and_told() {
    // The only item of the list and the single submission alike; a number that JSON does not know.
    let page = r#"{"Items":[{"submission_id":"a","argos_score":NaN,"kyc":{"result":"approved"}}]}"#;
    let base_url = TestServer::answering(move |_| json(page)).base();
    let done =
        run(&["stats", "--detail", "--output", "json"], &[("ARGOS_BASE_URL", &base_url), ("ARGOS_API_KEY", "k")]);
    let report = done.json();
    assert_eq!((done.code, &report["detail_failed"]), (0, &Value::from(0)));
    assert_eq!(counted(&report, "status"), Counted::from([("approved".to_owned(), 1)]));
    assert!(done.stderr.contains("was repaired"), "{}", done.stderr);
}
