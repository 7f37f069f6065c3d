//! `list` into a pipe: every row once and as sent, how far it came, what cannot be had.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;

use argos_testkit::call::{isolated_command, run};

use super::{DEMO, demo, items};

fn last(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

#[test]
fn every_submission_is_one_line_and_what_the_server_sent() {
    let sent = items("count=500");
    let ran = demo(&["list", "--all", "--mask", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr, format!("{} loaded · complete\n", sent.len()));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), sent.len());
    for (line, sent) in lines.iter().zip(&sent) {
        assert_eq!(line, sent, "the demo sends no white space between values");
    }
    let array: Vec<Value> =
        serde_json::from_str(&demo(&["list", "--all", "--mask", "none", "--output", "json"]).stdout).unwrap();
    let sent: Vec<Value> = sent.iter().map(|item| serde_json::from_str(item).unwrap()).collect();
    assert!(array == sent, "one array of the same items");
}

#[test]
fn with_a_mask_every_line_is_json_and_the_ids_stay() {
    let sent = items("count=500");
    let ran = demo(&["list", "--all"]);
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["submission_id"].clone();
    assert!(ran.stdout.lines().map(id).eq(sent.iter().map(|item| id(item))));
}

#[test]
fn a_csv_for_a_spreadsheet_begins_with_a_byte_order_mark() {
    let ran = demo(&["list", "--excel", "--limit", "2"]);
    assert!(ran.code == 0 && ran.stdout.starts_with("\u{feff}created_at,submission_id,"), "{}", ran.stdout);
    assert!(demo(&["list", "--output", "csv"]).stdout.starts_with("created_at,"));
    let ran = demo(&["list", "--excel", "--output", "ndjson"]);
    assert!(ran.code == 2 && ran.stderr.contains("--excel works with CSV"), "{}", ran.stderr);
}

#[test]
fn one_page_is_done_and_a_walk_that_stops_early_is_not() {
    let cases: [(&[&str], i32, usize, &str); 6] = [
        (&[], 0, 50, "50 loaded · more"),
        (&["count:7"], 0, 7, "7 loaded · more"),
        (&["--limit", "3"], 0, 3, "3 loaded · stopped: 3 rows reached"),
        (&["--all", "--limit", "120"], 3, 120, "120 loaded · stopped: 120 rows reached"),
        (&["--all", "--limit", "100"], 3, 100, "100 loaded · stopped: 100 rows reached"),
        (&["--all", "--scenario", "stuck-cursor"], 3, 100, "100 loaded · stopped: the server repeats a page key"),
    ];
    for (arguments, code, rows, scope) in cases {
        let ran = demo(&[&["list"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.lines().count(), last(&ran.stderr)), (code, rows, scope), "{arguments:?}");
    }
}

#[test]
fn local_terms_narrow_and_say_what_they_cannot_decide() {
    let ran = demo(&["list", "count:150 status:pending"]);
    let pending = |line: &str| serde_json::from_str::<Value>(line).unwrap()["kyc"]["result"] == "pending";
    let shown = ran.stdout.lines().count();
    assert!(shown > 0 && ran.stdout.lines().all(pending));
    assert_eq!(ran.stderr, format!("{shown} shown of 150 loaded · more\n"));

    let ran = demo(&["list", "count:150 aml:red-flag"]);
    assert_eq!((ran.code, &*ran.stdout), (0, ""));
    let said: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(said[0], "0 shown of 150 loaded · more");
    let option = "to fetch what is missing in the 150 loaded: --with aml (1 request)";
    assert_eq!(said[1..3], ["150 of 150 rows: unknown if \"aml:\" matches", option], "{said:?}");

    let ran = demo(&["list", "count:50 aml:red-flag", "--detail", "--mask", "none"]);
    let flagged = |line: &str| serde_json::from_str::<Value>(line).unwrap()["aml"]["currentstatus"] == "Red Flag";
    assert!(ran.stdout.lines().count() > 0 && ran.stdout.lines().all(flagged));
    assert!(!ran.stderr.contains("not tested"), "{}", ran.stderr);
}

#[test]
fn two_terms_on_one_field_are_unknown_once() {
    let done = demo(&["list", "score<80 score>70"]);
    assert_eq!(done.stderr.matches(" rows: unknown if \"score\" matches\n").count(), 1, "{}", done.stderr);
}

#[test]
fn a_text_says_in_how_many_rows_it_was_searched_in_list_data_only() {
    // The address is in the full records of three submissions, and in no list.
    let ran = demo(&["list", "count:50 \"192.0.2.1\""]);
    assert_eq!((ran.code, &*ran.stdout), (0, ""));
    assert!(
        ran.stderr.starts_with("0 shown of 50 loaded · more\ntext: searched in list data only (50 of 50 rows)\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--with kyc,aml,data,others ("), "{}", ran.stderr);
    let ran = demo(&["stats", "count:50 zzz", "--limit", "50"]);
    assert!(ran.stderr.contains("text: searched in list data only (50 of 50 rows)\n"), "{}", ran.stderr);
    let ran = demo(&["list", "count:50 status:pending"]);
    assert!(!ran.stderr.contains("text:"), "{}", ran.stderr);
}

#[test]
fn a_text_that_looks_like_an_id_is_told_the_key_of_ids() {
    let ran = demo(&["list", "count:50 6xx28lo115832"]);
    assert!(ran.stderr.contains("id:6xx28lo115832 looks up a submission id"), "{}", ran.stderr);
}

#[test]
fn server_terms_become_parameters() {
    let sent = items("start_date=2026-11-14&count=500");
    let ran = demo(&["list", "from:-7d", "--all", "--mask", "none"]);
    assert!(sent.len() > 10 && ran.stdout.lines().eq(sent.iter().map(String::as_str)));
}

#[test]
fn sorting_reads_everything_first_and_a_limit_counts_what_is_printed() {
    let ran = demo(&["list", "--all", "--sort", "score:desc", "--limit", "5", "--mask", "none"]);
    let score = |item: &str| serde_json::from_str::<Value>(item).unwrap()["argos_score"].as_f64();
    let mut all: Vec<f64> = items("count=500").iter().filter_map(|item| score(item)).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    let printed: Vec<f64> = ran.stdout.lines().filter_map(score).collect();
    assert_eq!(printed, all[..5]);
    assert!(ran.code == 0 && ran.stderr.contains("loaded · complete\nprinted: the first 5 of "), "{}", ran.stderr);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child =
        isolated_command(&[&["list"], &DEMO[..], &["--all"]].concat(), &[]).stdin(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(serde_json::from_str::<Value>(&line).is_ok());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), &*String::from_utf8_lossy(&ended.stderr)), (Some(0), ""));
}

#[test]
fn a_problem_in_the_filter_is_one_sentence_with_its_place() {
    for (filter, place) in [
        ("from:-7d status:pendng", "the filter at character 17, `pendng`: did you mean status:pending"),
        ("이서연 from:2026-99-01", "month 99 does not exist"),
        ("nonsense:1", "the filter at character 1, `nonsense"),
    ] {
        let ran = demo(&["list", filter]);
        assert_eq!((ran.code, &*ran.stdout, ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(place), "{}", ran.stderr);
    }
}

#[test]
fn wrong_use_is_exit_code_2() {
    for arguments in [
        &["--sort", "nothing"][..],
        &["--limit", "0"],
        &["--output", "table", "--columns", "created,nothing"],
        &["--output", "ndjson", "--columns", "created"],
        &["--output", "csv", "--columns", "a,,b"],
    ] {
        let ran = demo(&[&["list"], arguments].concat());
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{arguments:?}: {}", ran.stderr);
        assert!(!ran.stderr.is_empty());
    }
    let ran = run(&["list"], &[]);
    assert!(ran.code == 2 && ran.stderr.contains("ARGOS_API_KEY"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_had_is_told_with_what_to_do() {
    let ran = demo(&["list", "--all", "--scenario", "wrong-key"]);
    assert_eq!((ran.code, &*ran.stdout, ran.stderr.lines().count()), (1, "", 1), "{}", ran.stderr);
    assert!(ran.stderr.contains("does not accept the API key (403)"), "{}", ran.stderr);
    let ran = demo(&["list", "--output", "json", "--scenario", "wrong-key"]);
    assert_eq!((ran.code, &*ran.stdout), (1, ""), "nothing is no empty list");
}

#[test]
fn waits_are_told_and_the_rows_come() {
    let ran = demo(&["list", "--scenario", "flaky"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 50));
    assert!(ran.stderr.lines().next().unwrap().contains(" Retry 2 of 3 in 1 s."), "{}", ran.stderr);
}

#[test]
fn what_is_no_submission_is_printed_as_it_came() {
    let ran = demo(&["list", "--scenario", "bad-items", "--mask", "none"]);
    let lines: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let unreadable = lines.iter().filter(|item| item["submission_id"].as_str().is_none_or(str::is_empty)).count();
    assert!(unreadable > 0, "{}", ran.stdout);
    let counted = format!("unreadable items, printed as sent: {unreadable}\n");
    assert!(ran.stderr.contains(&counted), "{unreadable}: {}", ran.stderr);
    let table = demo(&["list", "--scenario", "bad-items", "--output", "table"]);
    assert_eq!(table.stdout.lines().count(), lines.len() + 1);
    assert!(table.stdout.contains("\nthis row cannot be read: not a JSON object"), "{}", table.stdout);
}
