//! Calls on files: every format, the filter's server terms on the rows of a file, what a file does not say, and what cannot
//! be read.

use std::fs;
use std::path::{Path, PathBuf};

use argos_testkit::call::{CallOutput, run_with};
use serde_json::Value;
use tempfile::TempDir;

use super::{demo, items, run};

const LIST: &str = r#"{"submission_id":"a","email":"Ana@example.com","userid":"ana-1","created_at":"2026-11-20T23:59:59.999Z","data":{"name":"Ana Sample","nationality":"KOR"},"kyc":{"result":"pending"}}
{"submission_id":"b","email":"bo@example.com","created_at":"2026-11-21T00:00:00.000Z","data":{"name":"Bo Sample"},"kyc":{"result":"rejected","commentCode":["expired_id"]}}
"#;

const HOOK: &str = r#"{"webhook_trigger":"aml","submission_id":"c","aml_result":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}"#;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path: PathBuf = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn from(text: &str, arguments: &[&str]) -> CallOutput {
    let folder = Folder::new();
    let file = folder.write("people.txt", text);
    run(&[arguments, &["--from-file", &file]].concat(), &[])
}

fn ids(ran: &CallOutput) -> Vec<String> {
    let id = |line: &str| {
        let json: Value = serde_json::from_str(line).unwrap();
        json["submission_id"].as_str().unwrap_or("?").to_owned()
    };
    ran.stdout.lines().map(id).collect()
}

#[test]
fn an_export_never_replaces_a_file_that_it_reads() {
    let folder = Folder::new();
    let source = folder.write("a.ndjson", LIST);
    let same = format!("{}/./a.ndjson", folder.path().display());
    for out in [&source, &same] {
        let ran = run(&["export", "--from-file", &source, "--out", out, "--force"], &[]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("is the file that is read: an export never replaces it"), "{}", ran.stderr);
    }
    let partial = folder.write("b.ndjson.partial", LIST);
    let out = format!("{}/b.ndjson", folder.path().display());
    let ran = run(&["export", "--from-file", &partial, "--out", &out, "--force"], &[]);
    assert_eq!(ran.code, 2, "an unfinished export that is read is not emptied: {}", ran.stderr);
    for path in [&source, &partial] {
        assert_eq!(fs::read_to_string(path).unwrap(), LIST);
    }
}

#[test]
fn a_file_needs_no_key_no_network_and_no_profile_and_is_listed_whole() {
    let many: String = (0..4_100).map(|at| format!("{{\"submission_id\":\"s{at}\"}}\n")).collect();
    let ran = from(&many, &["list"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 4_100));
    assert_eq!(ran.stderr, "4100 loaded · complete\n");
    let ran = from(LIST, &["list", "--mask", "none"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, LIST), "every line as it is in the file");
    let ran = from(&many, &["list", "--limit", "3"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 3), "{}", ran.stderr);
    for option in [["--profile", "live"], ["--demo", "--all"], ["--demo", "--mask"]] {
        let ran = from(LIST, &[&["list"], &option[..]].concat());
        assert_eq!(ran.code, 2, "{option:?}: {}", ran.stderr);
    }
}

#[test]
fn what_this_program_wrote_reads_again_as_the_same_submissions() {
    let folder = Folder::new();
    let sent = items("count=500");
    let file = folder.path().join("all.ndjson");
    let ran = demo(&["export", "--out", file.to_str().unwrap(), "--mask", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let again = run(&["list", "--mask", "none", "--from-file", file.to_str().unwrap()], &[]);
    assert!(again.code == 0 && again.stdout.lines().eq(sent.iter().map(String::as_str)), "{}", again.stderr);
    let json = demo(&["list", "--all", "--output", "json", "--mask", "none"]).stdout;
    let again = from(&json, &["list", "--mask", "none"]);
    assert!(again.code == 0 && again.stdout.lines().eq(sent.iter().map(String::as_str)), "{}", again.stderr);
    let ran = from(&json, &["export", "--mask", "none", "--out", "-", "--output", "ndjson"]);
    assert!(ran.code == 0 && ran.stdout == again.stdout, "{}", ran.stderr);
    let csv = demo(&["list", "--all", "--output", "csv"]).stdout;
    let ran = from(&csv, &["list"]);
    assert!(ran.code == 2 && ran.stderr.contains("looks like a CSV"), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
}

#[test]
fn the_unfinished_file_of_a_stopped_export_is_not_complete() {
    let folder = Folder::new();
    for name in ["all.ndjson.partial", "all.ndjson.partial.12"] {
        let file = folder.write(name, LIST);
        let ran = run(&["list", "--from-file", &file], &[]);
        assert_eq!(ran.code, 3, "{name}");
        assert!(ran.stderr.contains("2 loaded · stopped: file of a stopped export"), "{}", ran.stderr);
    }
    let file = folder.write("half.ndjson", LIST);
    folder.write("half.ndjson.resume", "{}");
    let ran = run(&["stats", "--from-file", &file], &[]);
    assert!(ran.code == 3 && ran.stdout.contains("2 loaded · stopped"), "{}", ran.stdout);
    let ran = from(r#"{"Items":[{"submission_id":"a"}],"nextpageKey":{"id":"a","created_at":"t"}}"#, &["list"]);
    assert!(ran.code == 3 && ran.stderr.contains("file names a further page"), "{}", ran.stderr);
}

#[test]
fn server_terms_filter_the_rows_of_a_file_with_their_documented_meaning() {
    for (filter, wanted) in [
        ("email:ana@example.com", &["a"][..]),
        ("bo@example.com", &["b"]),
        ("userid:ana-1", &["a"]),
        ("userid:ANA-1", &[]),
        ("id:b", &["b"]),
        ("id:B", &[]),
        ("on:2026-11-20", &["a"]),
        ("from:2026-11-21", &["b"]),
        ("to:2026-11-20", &["a"]),
        ("from:2026-11-20 to:2026-11-21", &["a", "b"]),
        ("from:2026-11-21 status:pending", &[]),
        ("status:rejected", &["b"]),
    ] {
        let ran = from(LIST, &["list", filter]);
        assert_eq!(
            (ran.code, ids(&ran)),
            (0, wanted.iter().map(|id| (*id).to_owned()).collect()),
            "{filter}: {}",
            ran.stderr
        );
    }
    for filter in ["count:10", "type:aml"] {
        let ran = from(LIST, &["list", filter]);
        assert!(ran.code == 2 && ran.stderr.contains("a file is read as it is"), "{}", ran.stderr);
    }
}

#[test]
fn what_a_payload_does_not_carry_is_undecided_and_not_fetched() {
    let text = format!("{LIST}{HOOK}\n");
    let ran = from(&text, &["list", "from:2026-11-20"]);
    assert_eq!(ids(&ran), ["a", "b"]);
    assert!(ran.stderr.contains("1 of 3 rows: unknown if \"from:\" matches"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 shown of 3 loaded · complete"), "{}", ran.stderr);
    let ran = from(&text, &["list", "aml:red-flag"]);
    assert_eq!(ids(&ran), ["c"]);
    assert!(ran.stderr.contains("2 of 3 rows: unknown if \"aml:\" matches"), "{}", ran.stderr);
    assert!(
        !ran.stderr.contains("--with") && !ran.stderr.contains("--detail"),
        "nothing can be fetched: {}",
        ran.stderr
    );
    let ran = from(&text, &["list", "--output", "table", "--columns", "id,status,aml,email"]);
    let row = ran.stdout.lines().last().unwrap();
    assert!(row.contains('c') && row.contains("Red Flag") && row.matches('·').count() == 2, "{row}");
    let ran = from(&text, &["stats"]);
    assert!(
        ran.stdout.contains("counted: records of the file") && ran.stdout.contains("not in the file"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("--with") && !ran.stdout.contains("--detail"), "{}", ran.stdout);
}

#[test]
fn show_says_what_the_file_lacks_and_claims_nothing() {
    let text = format!("{LIST}{HOOK}\n");
    let ran = from(&text, &["show", "a"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("Not checked: attempts, OCR, AML, duplicates, signals (not in the file)"),
        "{}",
        ran.stdout
    );
    for claim in ["No findings", "Not checked yet", "the list", "full record"] {
        let found = ran.stdout.lines().filter(|line| line.contains(claim)).collect::<Vec<_>>();
        assert!(found.iter().all(|line| line.contains("come with the full record")), "{claim}: {found:?}");
    }
    let ran = from(&text, &["show", "nobody"]);
    assert!(ran.code == 1 && ran.stderr.contains("the file holds no submission nobody"), "{}", ran.stderr);
    let ran = from(&text, &["show", "c", "--output", "json", "--mask", "none"]);
    let json = ran.json();
    assert_eq!((&json["aml"]["currentstatus"], &json["webhook_trigger"]), (&"Red Flag".into(), &"aml".into()));
}

#[test]
fn standard_input_is_read_and_ids_cannot_come_from_it_too() {
    let variables = [("COLUMNS", "100")];
    let ran = run_with(&["list", "--from-file", "-", "--mask", "none"], &variables, LIST);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, LIST));
    let ran = run_with(&["show", "-", "--from-file", "-"], &variables, LIST);
    assert!(ran.code == 2 && ran.stderr.contains("name - once"), "{}", ran.stderr);
    let ran = run_with(&["list", "--from-file", "-", "--from-file", "-"], &variables, LIST);
    assert!(ran.code == 2 && ran.stderr.contains("name - once"), "{}", ran.stderr);
}

#[test]
fn several_files_are_one_list_in_which_the_newest_record_wins() {
    let folder = Folder::new();
    let [one, two] = [("one", LIST), ("two", HOOK)].map(|(name, text)| folder.write(name, text));
    let newer = folder.write(
        "three",
        r#"{"submission_id":"a","updated_at":"2026-11-22T00:00:00Z","data":{},"kyc":{"result":"approved"}}"#,
    );
    // Without a time in the other record, the order is unknown, and both results are kept.
    let old = LIST.replacen('{', r#"{"updated_at":"2026-11-21T00:00:00Z","#, 1);
    let unclear = run(&["list", "--mask", "none", "--from-file", &one, "--from-file", &newer], &[]);
    assert!(unclear.stdout.contains(r#""result":"pending","result":"approved""#), "{}", unclear.stdout);
    let one = folder.write("dated", &old);
    let ran = run(&["list", "--mask", "none", "--from-file", &one, "--from-file", &two, "--from-file", &newer], &[]);
    assert_eq!(ids(&ran), ["a", "b", "c"]);
    assert!(ran.stdout.contains(r#""kyc":{"result":"approved"}"#), "{}", ran.stdout);
}

#[test]
fn unreadable_lines_are_rows_that_count() {
    let text = format!("{LIST}not json\n7\n");
    let ran = from(&text, &["list"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 4));
    assert!(ran.stdout.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", ran.stdout);
    assert!(ran.stderr.contains("4 loaded · complete") && ran.stderr.contains("unreadable items"), "{}", ran.stderr);
    let hostile = format!("{LIST}\u{1b}[2J\u{202e}{{\n");
    let ran = from(&hostile, &["list", "--output", "table"]);
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stdout.contains('\u{202e}'), "{}", ran.stdout);
}

#[test]
fn what_cannot_be_read_is_one_sentence_and_exit_code_2() {
    let folder = Folder::new();
    let sparse = folder.path().join("large");
    fs::File::create(&sparse).unwrap().set_len((512 << 20) + 1).unwrap();
    let binary = folder.write("binary", b"\x7fELF\0\0");
    let text = folder.write("text", "hello");
    let cases = [
        (sparse.to_str().unwrap(), "is larger than 512 MiB"),
        (&binary, "binary is a binary file"),
        (&text, "text holds no JSON"),
        (folder.path().to_str().unwrap(), "is a folder, not a regular file"),
        ("/dev/null", "is a device, not a regular file"),
        ("/nonexistent/\u{1b}[31mfile", "cannot be read"),
    ];
    for (path, sentence) in cases {
        for call in [
            &["list", "--from-file", path][..],
            &["open", path],
            &["export", "--out", "-", "--output", "ndjson", "--from-file", path],
        ] {
            let ran = run(call, &[]);
            assert!(ran.code == 2 && ran.stderr.contains(sentence), "{call:?}: {}", ran.stderr);
            assert!(ran.stdout.is_empty() && !ran.stderr.contains('\u{1b}'), "{call:?}: {}", ran.stderr);
            assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        }
    }
}

#[test]
fn options_that_need_requests_are_refused() {
    for call in [
        &["list", "--detail"][..],
        &["list", "--with", "aml"],
        &["stats", "--detail"],
        &["export", "--out", "-", "--output", "ndjson", "--jobs", "4"],
    ] {
        let ran = from(LIST, call);
        assert!(ran.code == 2 && ran.stderr.contains("needs requests to the service"), "{call:?}: {}", ran.stderr);
    }
    let ran = run(&["doctor", "--from-file", "x"], &[]);
    assert!(ran.code == 2 && ran.stderr.contains("doctor does not take --from-file"), "{}", ran.stderr);
    let ran = run(&["open", "x", "--base-url", "https://example.com"], &[]);
    assert!(ran.code == 2 && ran.stderr.contains("open does not take --base-url"), "{}", ran.stderr);
}

#[test]
fn opening_needs_a_terminal() {
    let folder = Folder::new();
    let file = folder.write("list", LIST);
    let ran = run(&["open", &file], &[("TERM", "xterm")]);
    assert!(ran.code == 2 && ran.stderr.contains("the reviewer needs a terminal"), "{}", ran.stderr);
}

#[test]
fn the_mask_of_the_configuration_holds_for_files() {
    let folder = Folder::new();
    let file = folder.write("list", LIST);
    let config = folder.write("config.toml", "mask = \"all\"\n");
    let ran = run(&["list", "--config", &config, "--from-file", &file], &[]);
    assert!(ran.code == 0 && !ran.stdout.contains("Ana Sample"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn one_row_is_a_row() {
    let export = ["export", "--from-file", "-", "--out", "-", "--output", "ndjson"];
    let ran = run_with(&export, &[], r#"{"submission_id":"a"}"#);
    assert!(ran.stderr.contains("1 row · ") && ran.stderr.contains(" · 1 page · 0 retries"), "{}", ran.stderr);
}
