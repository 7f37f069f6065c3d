//! The list as a table: as wide as it is told, wide characters aligned.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

use argos_testkit::call::run_with;
use argos_testkit::long_run::cases;
use argos_testkit::pty::Program;

use super::{DEMO, demo, demo_with};

fn table(columns: &str, arguments: &[&str]) -> String {
    let arguments = [&["list", "--output", "table"], arguments].concat();
    let ran = demo_with(&arguments, &[("COLUMNS", columns)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

/// The table without the times for which submissions wait: they are counted up to now.
fn timeless(table: &str) -> String {
    let mut text = String::new();
    for line in table.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let is_wait = |at: usize| {
            let word = |at: usize| words.get(at).copied().unwrap_or_default();
            let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number(word(at)) && word(at + 1) == "d" && is_number(word(at + 2)) && word(at + 3) == "h"
        };
        match (0..words.len()).find(|at| is_wait(*at)) {
            Some(at) => {
                let rest = words[at + 4..].iter().skip_while(|word| word.is_empty()).copied().collect::<Vec<_>>();
                text.push_str(&format!("{} (waits) {}\n", words[..at].join(" "), rest.join(" ")));
            }
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text
}

fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[test]
fn at_80_columns() {
    insta::assert_snapshot!(table("80", &["--limit", "20"]));
}

#[test]
fn at_160_columns() {
    insta::assert_snapshot!(timeless(&table("160", &["--limit", "20"])));
}

#[test]
fn chosen_columns_at_80() {
    let columns = "Submission,name,data.nationality,email,Born,score,updated";
    insta::assert_snapshot!(table("80", &["--limit", "12", "--columns", columns, "--sort", "score:desc"]));
}

#[test]
fn with_what_is_fetched_at_160() {
    insta::assert_snapshot!(timeless(&table("160", &["--limit", "12", "--detail", "--timezone", "Asia/Seoul"])));
}

#[test]
fn no_line_is_wider_and_the_columns_stand_below_each_other() {
    for columns in [20, 40, 79, 80, 120, 160, 200, 300] {
        let rows = cases("from:2026-11-01", "from:2000-01-01");
        let text = table(&columns.to_string(), &[rows, "--all", "--columns", "created,status,name,nat"]);
        for line in text.lines() {
            assert!(width(line) <= columns, "{columns}: {line}");
        }
    }
    let text = table("100", &["--all", "--columns", "name,nat,status"]);
    let start = width(text.lines().next().unwrap().split("Nat").next().unwrap());
    for line in text.lines() {
        let mut before = 0;
        let cut = line.grapheme_indices(true).find(|(_, cluster)| {
            let here = before == start;
            before += cluster.width();
            here
        });
        let (name, rest) = line.split_at(cut.unwrap_or_else(|| panic!("a cluster stands across: {line}")).0);
        // A sign is between the first two columns of a row that holds what cannot be seen.
        assert!(name.ends_with([' ', '!']) && !rest.starts_with(' '), "{line}");
    }
}

#[test]
fn a_terminal_gets_a_table_of_its_width_and_a_pipe_lines_of_json() {
    for columns in [80, 132] {
        let arguments = [&["list"], &DEMO[..], &["--limit", "5"]].concat();
        let mut program = Program::start(&arguments, &[], columns, 30);
        assert_eq!(program.exit_code(), 0);
        let screen = program.screen();
        assert!(screen.starts_with("Status     Name          Created (UTC)    ID                 Code"), "{screen}");
        assert_eq!(screen.contains("E-mail"), columns == 132, "{screen}");
        assert!(screen.contains("5 loaded · stopped: 5 rows reached"), "{screen}");
        assert!(!program.written_text().contains('\u{1b}'), "plain text");
    }
    assert!(demo(&["list", "--limit", "5"]).stdout.starts_with('{'));
}

#[test]
fn nothing_that_a_terminal_would_act_on_reaches_it() {
    let outputs =
        [&["table"][..], &["ndjson"], &["json"], &["csv", "--columns", "data.name"], &["table", "--columns", "name"]];
    for output in outputs {
        let arguments = [&["list"], &DEMO[..], &["--limit", "40", "--mask", "none", "--output"], output].concat();
        let mut program = Program::start(&arguments, &[], 200, 30);
        assert_eq!(program.exit_code(), 0);
        let said = program.written_text();
        let acts = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{80}'..='\u{9f}' | '\u{1b}');
        assert_eq!(said.chars().find(acts), None, "{output:?}");
        assert!(said.contains("202e") || said.contains("202E"), "{output:?}: the demo sends one");
    }
}

#[test]
fn times_stand_with_their_offset_in_a_zone_that_changes_it() {
    let printed =
        |zone| demo_with(&["list", "--output", "table", "--limit", "3", "--timezone", zone], &[("COLUMNS", "120")]);
    let berlin = printed("Europe/Berlin");
    let rows: Vec<&str> = berlin.stdout.lines().skip(1).collect();
    assert!(
        berlin.stdout.lines().next().is_some_and(|line| line.contains("  Created (Europe/Berlin) "))
            && rows.iter().all(|row| row.contains(" +01:00 ")),
        "{rows:?}"
    );
    for zone in ["utc", "Asia/Seoul"] {
        assert!(!printed(zone).stdout.contains(" +0"), "{zone}");
    }
}

#[test]
fn a_table_has_the_values_at_json_paths_in_the_order_of_the_columns() {
    const RECORD: &str = r#"{"submission_id":"a1","kyc":{"result":"rejected","comment":[],"attempts":[{"errorCode":"FACE_NOT_FOUND"},{},
        {"errorCode":"FACE_TOO_SMALL"}]},"data":{"identityNumber":"900101-1234567"},"x":{"y":[{"z":1}],"=1":"\u001b[31mred"}}"#;
    let columns = "kyc.attempts.errorCode,id,data.identityNumber,kyc.comment,x.y,x.none,[\"x\"][\"=1\"]";
    let call = ["list", "--from-file", "-", "--output", "table", "--columns", columns];
    let ran = run_with(&call, &[("COLUMNS", "190")], RECORD);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let cells =
        |at: usize| ran.stdout.lines().nth(at).unwrap().split("  ").map(str::trim).collect::<Vec<_>>().join("|");
    assert!(cells(0).starts_with("kyc.attempts.errorCode ") && cells(0).contains("ID") && cells(0).contains("x.none"));
    let row = ran.stdout.lines().nth(1).unwrap();
    assert!(row.starts_with("FACE_NOT_FOUND, FACE_… a1 "), "{row}");
    assert!(row.contains(" ••••••••••4567 ") || row.contains("••4567"), "masked: {row}");
    assert!(
        row.contains(" – ") && row.contains(r#"{"z":1}"#) && row.contains(" · ") && row.contains("␛[31mred"),
        "{row}"
    );
    assert!(ran.stderr.contains("not in any record of the file: x.none"), "{}", ran.stderr);
    assert!(ran.stderr.contains("masked: ids"), "{}", ran.stderr);
}
