//! `--columns` of `list` and `export`: names of columns and paths, read by the same rules.

use super::Folder;
use crate::{DEMO, demo, run};

const CHOSEN: &str = "Submission,status,Birth date,waiting,level,kyc.attempts[0].errorCode,data.name,Retry codes";
const HEADINGS: &str = "submission_id,kyc.result,data.date_of_birth,waiting_seconds,aml.risk_level_summary,kyc.attempts[0].errorCode,\
    data.name,kyc.attempts.retryCode,kyc.retry.retryCode";

#[test]
fn list_and_export_write_the_same_csv() {
    let folder = Folder::new();
    let chosen = ["--columns", CHOSEN, "--mask", "none"];
    let listed = demo(&[&["list", "on:2026-11-20", "--all", "--output", "csv"][..], &chosen].concat());
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    assert_eq!(listed.stdout.lines().next(), Some(HEADINGS));
    assert!(listed.stdout.lines().count() > 10, "{}", listed.stdout);
    let said = folder.done(&[&DEMO[..], &["on:2026-11-20", "--out", "a.csv"], &chosen].concat());
    let waiting = |text: &str| -> Vec<Vec<String>> {
        // The time of waiting grows from one call to the next.
        let cells =
            |line: &str| line.split(',').enumerate().filter(|(at, _)| *at != 3).map(|(_, it)| it.into()).collect();
        text.lines().map(cells).collect()
    };
    assert_eq!(waiting(&folder.text("a.csv")), waiting(&listed.stdout), "{said}");
}

#[test]
fn a_name_that_no_column_has_is_refused_with_the_nearest_and_all() {
    for arguments in [
        &["list", "--output", "table", "--columns", "created,statsu"][..],
        &["list", "--output", "csv", "--columns", "created,statsu"],
        &["export", "--out", "-", "--output", "csv", "--columns", "created,statsu"],
        &["list", "--sort", "statsu"],
    ] {
        let ran = demo(arguments);
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{}", ran.stderr);
        for part in ["there is no column statsu; did you mean status", "created, id, email", "applicant, waiting"] {
            assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr);
        }
    }
    let ran = demo(&["list", "--output", "table", "--columns", "id,kyc.attempts[0].errorCode"]);
    assert_eq!(ran.code, 0, "a path is a column of a table, too: {}", ran.stderr);
    assert!(ran.stderr.contains("not in list data: kyc.attempts[0].errorCode"), "{}", ran.stderr);
    let ran = demo(&["list", "--output", "table", "--columns", "id,kyc.attempts[]"]);
    assert!(ran.code == 2 && ran.stderr.contains("`kyc.attempts[]`: not a path"), "{}", ran.stderr);
    let ran = demo(&["list", "--output", "csv", "--columns", "id,[\"statsu\"]", "--limit", "1"]);
    assert_eq!((ran.code, ran.stdout.lines().next()), (0, Some("submission_id,statsu")), "{}", ran.stderr);
    assert!(ran.stderr.contains("statsu"), "no answer carried it: {}", ran.stderr);
}

#[test]
fn the_help_of_both_calls_names_every_column() {
    for call in ["list", "export"] {
        let help = run(&[call, "--help"], &[]).stdout;
        let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = "created, id, email, name, birth, nat, country, idtype, age, status, code, aml, level, score, attempts, retry, \
            userid, ip, token, updated, applicant, waiting";
        assert!(words.contains(all), "{words}");
    }
}

#[test]
fn an_export_goes_on_with_the_same_columns_only() {
    let folder = Folder::new();
    let columns = |list: &'static str| ["--out", "a.csv", "--columns", list];
    assert_eq!(folder.demo(&[&columns("id,status")[..], &["--scenario", "failing-gateway"]].concat()).0, 3);
    for other in ["id", "status,id", "id,status,name", "id,kyc.comment"] {
        let (code, said) = folder.demo(&[&columns(other)[..], &["--resume"]].concat());
        assert!(code == 2 && said.contains("the stopped export was started with other --columns"), "{other}: {said}");
    }
    let (code, said) = folder.demo(&["--out", "a.csv", "--resume"]);
    assert!(code == 2 && said.contains("other --columns"), "{said}");
    // The same columns by other names are the same.
    assert_eq!(folder.demo(&[&columns("Submission,kyc.result")[..], &["--resume"]].concat()).0, 0);
    assert!(folder.text("a.csv").starts_with("submission_id,kyc.result\r\n"));
}

#[test]
fn ndjson_takes_no_columns() {
    let folder = Folder::new();
    for arguments in
        [&["--out", "a.ndjson", "--columns", "id"][..], &["--out", "-", "--output", "ndjson", "--columns", "id"]]
    {
        let (code, said) = folder.demo(arguments);
        assert!(code == 2 && said.contains("--columns works with CSV only"), "{said}");
    }
    for output in ["ndjson", "json"] {
        let ran = demo(&["list", "--output", output, "--columns", "id"]);
        assert!(ran.code == 2 && ran.stderr.contains("--columns works with a table or a CSV"), "{}", ran.stderr);
    }
}
