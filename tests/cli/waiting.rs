//! How long a pending submission waits: in a table, a CSV, a filter and an order, counted to the time of loading.

use super::limits::served;

/// Days between the two that wait, for some decades each: no test knows when it runs.
const BETWEEN: i64 = 7_305;

/// Four submissions: two that wait, one that is decided, and one of which nobody knows since when.
const BODY: &str = r#"{"Items":[
    {"submission_id":"short","created_at":"2020-01-01T00:00:00Z","kyc":{"result":"pending"}},
    {"submission_id":"done","created_at":"2000-01-01T00:00:00Z","kyc":{"result":"approved"}},
    {"submission_id":"unread","created_at":"soon","kyc":{"result":"pending"}},
    {"submission_id":"long","created_at":"2000-01-01T00:00:00Z","kyc":{"result":"pending"}}]}"#;

#[test]
fn a_table_a_csv_a_filter_and_an_order_know_how_long() {
    let calls: [&[&str]; 6] = [
        &["list", "--output", "table", "--columns", "id,waiting,status", "--sort", "waiting:desc"],
        &["list", "--output", "csv", "--columns", "id,waiting"],
        &["list", "waiting>9000d", "--output", "csv", "--columns", "id"],
        &["list", "!waiting>9000d", "--output", "csv", "--columns", "id"],
        &["list", "waiting>12", "--output", "csv"],
        &["export", "--out", "-", "--output", "csv", "--columns", "Waiting,submission_id"],
    ];
    let ran = served(BODY, &calls);
    let lines: Vec<&str> = ran[0].stdout.lines().collect();
    assert!(lines[0].contains("Waiting↓"), "{}", lines[0]);
    let rows: Vec<Vec<&str>> = lines[1..].iter().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[2..], [vec!["done", "–", "approved"], vec!["unread", "?", "pending"]]);
    let days = |row: &[&str]| match row {
        [id, days, "d", _, "h", "pending"] => (id.to_string(), days.parse::<i64>().unwrap()),
        _ => panic!("{row:?}"),
    };
    let (long, short) = (days(&rows[0]), days(&rows[1]));
    assert_eq!((&*long.0, &*short.0, long.1 - short.1), ("long", "short", BETWEEN));

    let mut csv = ran[1].stdout.lines();
    assert_eq!(csv.next(), Some("submission_id,waiting_seconds"));
    let cells: Vec<(&str, &str)> = csv.filter_map(|line| line.split_once(',')).collect();
    assert_eq!(cells.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["short", "done", "unread", "long"]);
    let seconds = |at: usize| cells[at].1.parse::<i64>().unwrap();
    assert_eq!(seconds(3) - seconds(0), BETWEEN * 24 * 60 * 60, "counted to one time of loading");
    assert_eq!((cells[1].1, cells[2].1), ("", ""), "nothing for what is decided or cannot be told");
    let exported: Vec<&str> = ran[5].stdout.lines().collect();
    assert_eq!((exported[0], exported[2]), ("waiting_seconds,submission_id", ",done"), "{exported:?}");

    assert_eq!(ran[2].stdout, "submission_id\r\nlong\r\n");
    assert!(ran[2].stderr.contains("1 of 4 rows: unknown if \"waiting\" matches"), "{}", ran[2].stderr);
    assert_eq!(ran[3].stdout, "submission_id\r\nshort\r\ndone\r\n", "what cannot be told is neither");
    let wrong = "12 has no unit: add m, h, d or w, as in waiting>12h";
    assert!(ran[4].code == 2 && ran[4].stderr.contains(wrong), "{}", ran[4].stderr);
}
