//! Calls to a server whose every text is hostile, and calls with hostile arguments: a terminal gets lines of harmless
//! characters, a pipe what was sent.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use argos_testkit::call::{isolated_command, run};
use argos_testkit::corpus::attacks;
use argos_testkit::output_judge::OutputJudge;
use argos_testkit::pty::Program;
use argos_testkit::server::{TestServer, answer};

use super::CallOutput;

/// Texts that fit into an argument and differ enough to take the place of all of them.
fn some(step: usize) -> Vec<String> {
    attacks().into_iter().filter(|text| !text.contains('\0') && text.len() < 2_000).step_by(step).collect()
}

/// An item in which names and values are hostile.
fn item(at: usize, texts: &[String]) -> Value {
    let text = |nth: usize| texts[(at * 31 + nth) % texts.len()].as_str();
    // The first ones can be asked for by their ids.
    let id = if at < 10 { "" } else { text(0) };
    let mut item = json!({
        "submission_id": format!("s{at}{id}"), "created_at": text(1), "email": text(2), "userid": text(3),
        "data": { "name": text(4), "nationality": text(5), "idType": text(6), "date_of_birth": text(7), "full_name": text(8) },
        "kyc": { "result": text(9), "commentCode": [text(10)], "comment": [text(11)], "attempts": [{ "errorCode": text(12), "errorMsg": text(13) }] },
        "aml": { "currentstatus": text(14), "risk_level_summary": text(15) }, "memo": { "text": text(16) }, "argos_score": text(17),
    });
    item[text(18)] = json!({ text(19): [text(20)] });
    item
}

fn reply(status: u16, body: &str) -> Vec<u8> {
    answer(status, "Content-Type: application/json\r\nConnection: close\r\n", body)
}

/// The bodies of all items, and a server that lists them and gives each.
fn hostile() -> (Vec<String>, String) {
    let texts = some(1);
    let items: Vec<String> = (0..40).map(|at| item(at, &texts).to_string()).collect();
    let (all, unreadable) = (items.clone(), Value::from(texts[5].as_str()).to_string());
    let server = TestServer::answering(move |asked| {
        let single = asked.split_once("submission_id=").and_then(|(_, id)| id.strip_prefix('s'));
        let digits = single.map(|id| id.bytes().take_while(u8::is_ascii_digit).count());
        let at = single.zip(digits).and_then(|(id, end)| id.get(..end)?.parse::<usize>().ok());
        match at {
            Some(at) => reply(200, &format!(r#"{{"Items":[{}]}}"#, all[at % all.len()])),
            None => reply(200, &format!(r#"{{"Items":[{},{unreadable}]}}"#, all.join(","))),
        }
    });
    (items, server.base())
}

fn variables(base: &str) -> [(&str, &str); 3] {
    [("ARGOS_BASE_URL", base), ("ARGOS_API_KEY", "a-key-of-nobody"), ("COLUMNS", "160")]
}

/// What may be printed where eyes read it.
fn assert_harmless(what: &str, bytes: &[u8]) {
    let mut judge = OutputJudge::of_progress();
    judge.watch(bytes);
    assert_eq!(judge.violations(), [""; 0], "{what}");
}

const CALLS: [&[&str]; 15] = [
    &["list", "--all"],
    &["list", "--output", "ndjson", "--mask", "none"],
    &["list", "--output", "json"],
    &["list", "--output", "csv"],
    &["list", "--detail", "--columns", "name,email,status,code,aml"],
    &["list", "status:pending"],
    &["list", "--all", "--with", "kyc,aml,data,others", "--output", "table", "--columns", "name,ip,aml,token"],
    &["show", "s1", "s2", "s3"],
    &["show", "s4", "--section", "json", "--mask", "none"],
    &["show", "s5", "--output", "json", "--mask", "none"],
    &["export", "--out", "-", "--output", "csv"],
    &["export", "--out", "-", "--output", "ndjson", "--mask", "none"],
    &["stats"],
    &["stats", "--detail"],
    &["doctor"],
];

#[test]
fn nothing_that_a_server_says_does_anything_to_a_terminal() {
    let (_, base) = hostile();
    for arguments in CALLS {
        let mut program = Program::start(arguments, &variables(&base), 160, 60);
        let code = program.exit_code();
        assert!(code <= 3, "{arguments:?} ended with {code}");
        let written = program.written_text();
        assert!(written.len() > 60, "{arguments:?} wrote {written:?}");
        assert_harmless(&format!("{arguments:?}"), written.as_bytes());
    }
}

#[test]
fn refusals_do_nothing_to_a_terminal_whatever_they_say() {
    let mut quoted = 0;
    for (text, status) in some(60).into_iter().zip([400, 401, 403, 429, 500, 502].into_iter().cycle()) {
        let body = json!({ "message": format!("Invalid value: {text}"), "errorCode": text }).to_string();
        let base = TestServer::sending(reply(status, &body)).base();
        let ran = run(&["doctor"], &variables(&base));
        assert_harmless("doctor", ran.stdout.as_bytes());
        assert_harmless("doctor", ran.stderr.as_bytes());
        quoted += usize::from(ran.stdout.contains("Message: \"Invalid value: "));
        if status < 429 {
            let ran = run(&["list"], &variables(&base));
            assert_ne!(ran.code, 0);
            assert_harmless("list", ran.stderr.as_bytes());
        }
    }
    assert!(quoted > 5, "only {quoted} refusals are told in their own words");
}

#[test]
fn json_is_byte_for_byte_into_a_pipe_and_the_same_value_on_a_terminal() {
    let (items, base) = hostile();
    let arguments = ["show", "s7", "--output", "json", "--mask", "none"];
    let piped = run(&arguments, &variables(&base));
    assert_eq!(piped.stdout, format!("{}\n", items[7]));
    assert_harmless("stderr of show", piped.stderr.as_bytes());
    let mut program = Program::start(&arguments, &variables(&base), 160, 60);
    assert_eq!(program.exit_code(), 0);
    let shown = program.written_text();
    let json = shown.lines().find(|line| line.starts_with('{')).unwrap();
    assert_ne!(json, items[7], "something was escaped");
    let [shown, sent] = [json, &items[7]].map(|text| serde_json::from_str::<Value>(text).unwrap());
    assert_eq!(shown, sent);
    let listed = run(&["list", "--output", "ndjson", "--mask", "none"], &variables(&base));
    let lines: Vec<&str> = listed.stdout.lines().collect();
    // A line feed in a text is escaped in JSON, so that each line is an item; other line ends are in it.
    let lines = lines.join("\n");
    assert!(items.iter().all(|item| lines.contains(item.as_str())), "each item as it was sent");
}

/// Spreadsheet programs run what begins like a formula.
#[test]
fn no_cell_of_a_csv_is_a_formula() {
    let starts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "a,=1",
        "\"=1",
        " =1",
        "x;=1+1",
        "a\t@b\r-1",
        ";;＝1;b",
    ];
    let item = |text: &str| json!({ "submission_id": text, "email": text, "data": { "name": text }, "kyc": { "result": text, "commentCode": [text, text] } });
    let items: Vec<Value> = starts.iter().map(|text| item(text)).collect();
    let body = json!({ "Items": items }).to_string();
    let base = TestServer::answering(move |_| reply(200, &body)).base();
    let paths = "submission_id,email,data.name,kyc.result,kyc.commentCode";
    let ran = run(&["list", "--output", "csv", "--columns", paths, "--mask", "none"], &variables(&base));
    let rows = records(&ran.stdout);
    assert_eq!(rows.len(), starts.len() + 1);
    for (row, text) in rows.iter().skip(1).zip(starts) {
        for (at, cell) in row.iter().enumerate() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{cell:?}");
            let sent = if at == 4 { format!("{text}, {text}") } else { text.to_owned() };
            assert_eq!(cell.replace('\'', ""), sent, "nothing else is changed");
            // Where another separator is the country's, a cell begins behind it.
            let parts = cell.split([';', '\t', '\r', '\n']);
            assert!(
                !parts.into_iter().any(|part| part.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])),
                "{cell:?}"
            );
        }
    }
}

/// The cells of a CSV, read as RFC 4180 has it.
fn records(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn hostile_arguments_are_told_back_harmless() {
    let home = TempDir::new().unwrap();
    let mut marked = [0; 14];
    for text in some(90) {
        let file = home.path().join(text.replace('/', "_").chars().take(60).collect::<String>());
        let file = file.to_str().unwrap().to_owned();
        let _ =
            fs::write(Path::new(&file), format!("{text:?} = \"{text}\"\n[profiles.{text:?}]\nbase_url = {text:?}\n"));
        let term = format!("nothing:{text}");
        let calls: [&[&str]; 14] = [
            &[&text],
            &["list", &term, "--demo"],
            &["list", "--output", &text],
            &["list", "--sort", &text, "--demo"],
            &["list", "--output", "table", "--columns", &text, "--demo"],
            &["show", &text, "--demo"],
            &["demo", "--scenario", &text],
            &["list", "--profile", &text],
            &["list", "--timezone", &text],
            &["config", "show", "--config", &file],
            &["config", "check", "--config", &file],
            &["config", "init", "--config", &file],
            &["export", "--out", &file, "--output", "ndjson", "--demo"],
            &["doctor", "--config", &file],
        ];
        for (arguments, marked) in calls.into_iter().zip(&mut marked) {
            let CallOutput { stdout, stderr, .. } = message(arguments, home.path());
            *marked += usize::from([&stdout, &stderr].iter().any(|text| text.contains("U+")));
            assert_harmless(&format!("stderr of {arguments:?}"), stderr.as_bytes());
            assert_harmless(&format!("stdout of {arguments:?}"), stdout.as_bytes());
        }
    }
    // Where nothing of a text is told back, nothing is shown to be harmless.
    assert!(marked.iter().all(|marked| *marked > 0), "{marked:?}");
    for name in [
        "ARGOS_PROFILE",
        "ARGOS_BASE_URL",
        "ARGOS_CONFIG",
        "ARGOS_API_KEY",
        "ARGOS_THEME",
        "ARGOS_MASK",
        "TERM",
        "LANG",
    ] {
        let value = "\u{1b}]0;x\u{7}\u{202e}\u{9b}31m";
        for call in [&["config", "show"][..], &["doctor"], &["list"]] {
            let ran = run(call, &[(name, value), ("HOME", home.path().to_str().unwrap())]);
            assert_harmless(&format!("{name} in {call:?}"), (ran.stderr + &ran.stdout).as_bytes());
        }
    }
}

/// As [`run_with`], for a call that may end by itself in any way, but not by a signal.
fn message(arguments: &[&str], home: &Path) -> CallOutput {
    let mut command = isolated_command(arguments, &[("HOME", home.to_str().unwrap()), ("COLUMNS", "100")]);
    let output = command.output().unwrap();
    assert_eq!(output.status.signal(), None, "{arguments:?}");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    CallOutput { code: output.status.code().unwrap_or_default(), stdout, stderr }
}

#[test]
fn the_cursor_of_the_reviewer_is_seen_with_no_color() {
    let mut program = Program::start(&["demo", "--today", "2026-11-21"], &[("NO_COLOR", "1")], 120, 40);
    program.until("50 loaded · more");
    program.until("full record · fetched ");
    let written = program.written_text();
    let mut parser = vt100::Parser::new(40.try_into().unwrap(), 120.try_into().unwrap(), 0);
    parser.process(written.as_bytes());
    let screen = parser.screen();
    let row =
        (0..40).find(|y| screen.cell(*y, 1).is_some_and(|cell| cell.contents() == "▶")).expect("a row with the cursor");
    let reversed = (1..50).filter(|x| screen.cell(row, *x).is_some_and(vt100::Cell::inverse)).count();
    assert!(reversed >= 40, "{reversed} cells are reversed:\n{}", screen.contents());
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_clean();
}
