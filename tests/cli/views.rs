//! Saved views, filter words and the demo's configuration, as users of the command line meet them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use argos_testkit::call::{CallOutput, run_with};
use argos_testkit::demo_process::TODAY;
use tempfile::TempDir;

use super::{DEMO, run};

/// A home with a configuration and views.
struct Home(TempDir);

impl Home {
    fn new(config: &str, views: &str) -> Self {
        let home = Self(TempDir::new().unwrap());
        home.write("config.toml", config, 0o600);
        home.write("views.toml", views, 0o600);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Runs a call with this configuration. The path of the home is left out of messages.
    fn run(&self, arguments: &[&str]) -> CallOutput {
        let config = self.path("config.toml").display().to_string();
        let home = self.0.path().display().to_string();
        let variables = [("HOME", &*home), ("COLUMNS", "100"), ("ARGOS_CONFIG", &*config)];
        let ran = run_with(arguments, &variables, "");
        CallOutput { stderr: ran.stderr.replace(&format!("{home}/"), ""), ..ran }
    }

    /// The same on the demo.
    fn demo(&self, arguments: &[&str]) -> CallOutput {
        self.run(&[arguments, &DEMO].concat())
    }
}

const VIEWS: &str = "# of the night shift\n[korea]\nfilter = \"from:-7d nat:KOR\"\ncolumns = [\"name\", \"nat\", \
                     \"waiting\"]\nsort = \"name\"\n\n[pending]\nfilter = \"status:pending nat:VNM\"\n";

fn ids(ran: &CallOutput) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["submission_id"].to_string();
    ran.stdout.lines().map(id).collect()
}

#[test]
fn a_view_lists_what_its_filter_lists_in_its_order_and_with_its_columns() {
    let home = Home::new("", VIEWS);
    let ndjson = ["--all", "--output", "ndjson"];
    let view = home.demo(&[&["list", "--view", "korea"][..], &ndjson].concat());
    let filter = home.demo(&[&["list", "from:-7d", "nat:KOR", "--sort", "name"][..], &ndjson].concat());
    assert_eq!((view.code, ids(&view)), (0, ids(&filter)), "{}", view.stderr);
    assert!(!ids(&view).is_empty());
    // FILTER is added, and `--sort` wins.
    let both = home.demo(&[&["list", "--view", "korea", "status:approved", "--sort", "created"][..], &ndjson].concat());
    let filter = home.demo(&[&["list", "from:-7d nat:KOR status:approved", "--sort", "created"][..], &ndjson].concat());
    assert_eq!(ids(&both), ids(&filter));
    assert!(!ids(&both).is_empty() && ids(&both).len() < ids(&view).len());
    let table = home.demo(&["list", "--view", "korea", "--output", "table"]);
    let heading: Vec<&str> = table.stdout.lines().next().unwrap().split_whitespace().collect();
    assert!(heading[0].starts_with("Name") && heading.len() == 3, "{heading:?}");
    let chosen = home.demo(&["list", "--view", "korea", "--output", "csv", "--columns", "id"]);
    assert_eq!(chosen.stdout.lines().next(), Some("submission_id"));
    // The view of the file wins over that of the program.
    let own = home.demo(&[&["list", "--view", "pending"][..], &ndjson].concat());
    assert_eq!(ids(&own), ids(&home.demo(&[&["list", "status:pending nat:VNM"][..], &ndjson].concat())));
}

#[test]
fn a_view_is_exported_and_counted() {
    let home = Home::new("", VIEWS);
    let out = home.path("korea.csv").display().to_string();
    let exported = home.demo(&["export", "--view", "korea", "--out", &out]);
    assert_eq!(exported.code, 0, "{}", exported.stderr);
    let csv = fs::read_to_string(&out).unwrap();
    assert_eq!(
        csv.lines().next(),
        Some("data.full_name,data.name,data.first_name,data.last_name,data.nationality,waiting_seconds")
    );
    let listed = home.demo(&["list", "--view", "korea", "--all", "--output", "ndjson"]);
    assert_eq!(csv.lines().count() - 1, ids(&listed).len());
    let ndjson = home.path("korea.ndjson").display().to_string();
    assert_eq!(home.demo(&["export", "--view", "korea", "--out", &ndjson]).code, 0, "columns are for a CSV");
    let counted = home.demo(&["stats", "--view", "korea", "--output", "json"]).json();
    assert_eq!(counted, home.demo(&["stats", "from:-7d", "nat:KOR", "--output", "json"]).json());
}

#[test]
fn an_unknown_view_and_a_server_term_in_both_are_one_sentence() {
    let home = Home::new("", VIEWS);
    for call in [&["list"][..], &["stats"], &["export", "--out", "-", "--output", "csv"]] {
        let ran = home.demo(&[call, &["--view", "koera"]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert_eq!(
            ran.stderr,
            "argos-review: there is no view `koera`; did you mean korea; there are everything, pending, rejected, \
             red-flags, korea\n"
        );
        let ran = home.demo(&[call, &["--view", "korea", "on:yesterday"]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(
            ran.stderr.starts_with("argos-review: on: is in the filter of the view `korea` already"),
            "{}",
            ran.stderr
        );
    }
    // The screen's calls say it before they look for a terminal.
    for call in [&[][..], &["demo"]] {
        let ran = home.run(&[call, &["--view", "koera"]].concat());
        assert!((ran.code, ran.stderr.contains("did you mean korea")) == (2, true), "{}", ran.stderr);
        let ran = home.run(&[call, &["from:2026-99-01", "kim"]].concat());
        let sentence = "argos-review: the filter at character 1, `from:2026-99-01`: month 99 does not exist";
        assert!((ran.code, ran.stderr.trim_end().starts_with(sentence)) == (2, true), "{}", ran.stderr);
    }
}

#[test]
fn a_broken_file_of_views_ends_what_needs_it_and_nothing_else() {
    let home = Home::new("", "[a]\nfliter = \"nat:KOR\"\n");
    let sentence = "argos-review: views.toml, line 2: unknown key `fliter`; a view has filter, columns and sort\n";
    for call in [&["demo", "--today", TODAY][..], &[], &["views"], &["list", "--demo", "--view", "pending"]] {
        let ran = home.run(call);
        assert_eq!((ran.code, ran.stderr.as_str()), (2, sentence), "{call:?}");
    }
    for call in [&["config", "check"][..], &["doctor"]] {
        let config = home.path("config.toml").display().to_string();
        let ran = run_with(call, &[("ARGOS_CONFIG", &*config), ("ARGOS_API_KEY", "an-invented-key")], "");
        let said = [ran.stdout, ran.stderr].concat();
        assert!(ran.code == 2 && said.contains("views.toml, line 2: unknown key `fliter`"), "{call:?}: {said}");
    }
    assert_eq!(home.demo(&["list"]).code, 0, "a script without a view does not read it");
    home.write("views.toml", "[a]\n", 0o622);
    let ran = home.run(&["views"]);
    assert!((ran.code, ran.stderr.contains("others can change views.toml (mode 0622)")) == (2, true), "{}", ran.stderr);
    home.write("views.toml", &format!("#{}\n", "x".repeat(65_536)), 0o600);
    assert!(home.run(&["views"]).stderr.contains("is larger than 64 KiB"));
    fs::remove_file(home.path("views.toml")).unwrap();
    fs::create_dir(home.path("views.toml")).unwrap();
    assert!(home.run(&["views"]).stderr.contains("is a folder, not a regular file"));
}

#[test]
fn views_are_printed_with_filter_columns_and_order_and_masked() {
    let home = Home::new("", "[\"kim's case\"]\nfilter = \"kim@example.com nat:KOR\"\ncolumns = [\"name\"]\n");
    let ran = home.run(&["views"]);
    assert_eq!(
        ran.stdout,
        "everything  built in  (no filter)\n\
         pending     built in  status:pending  sort waiting:desc\n\
         rejected    built in  status:rejected from:week\n\
         red-flags   built in  aml:red-flag from:-30d\n\
         kim's case  saved     kim@example.com nat:KOR  columns name\n"
    );
    let masked = home.run(&["views", "--mask", "all"]).stdout;
    assert!(!masked.contains("kim") && masked.contains("••••• nat:KOR") && masked.contains("pending"), "{masked}");
}

#[test]
fn the_demo_reads_the_configuration_without_profile_key_and_logs() {
    let config = "mask = \"all\"\ntimezone = \"Asia/Seoul\"\nlog_file = \"requests.log\"\naccess_log = \"access.ndjson\"\n\
                  profile = \"gone\"\n[keys]\nrefresh = [\"F5\"]\n";
    let home = Home::new(config, "");
    let ran = home.demo(&["list", "--output", "table", "--columns", "name,created"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let in_utc = home.demo(&["list", "--output", "table", "--columns", "name,created", "--timezone", "utc"]);
    assert!(ran.stdout.contains("••") && ran.stdout != in_utc.stdout, "{}", ran.stdout);
    let names: Vec<_> = fs::read_dir(home.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "no log is written: {names:?}");
    let shown = home.demo(&["list", "--output", "table", "--columns", "name,created", "--mask", "none"]);
    assert!(!shown.stdout.contains("••"), "an option wins");
    for broken in ["mask = \"some\"\n", "[keys]\nrefresh = [\"q\"]\n", "[profiles.a]\nbase_urll = \"x\"\n", "a = \n"] {
        home.write("config.toml", broken, 0o600);
        for call in [&["demo"][..], &["list", "--demo"], &["stats", "--demo"], &["show", "a", "--demo"]] {
            let ran = home.run(call);
            assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1), "{call:?} {broken}");
            assert!(ran.stderr.starts_with("argos-review: config.toml, line "), "{}", ran.stderr);
        }
    }
    let missing = run(&["demo", "--config", "/nonexistent/config.toml"], &[]);
    assert_eq!(
        (missing.code, &*missing.stderr),
        (2, "argos-review: --config: there is no file /nonexistent/config.toml\n")
    );
}

#[test]
fn words_of_a_filter_are_joined_and_a_misspelt_call_is_refused() {
    let home = Home::new("", "");
    let words = home.demo(&["list", "from:-7d", "status:pending", "--all", "--output", "ndjson"]);
    let line = home.demo(&["list", "from:-7d status:pending", "--all", "--output", "ndjson"]);
    assert_eq!((words.code, ids(&words)), (0, ids(&line)));
    let counted = home.demo(&["stats", "from:-7d", "status:pending", "--output", "json"]).json();
    assert_eq!(counted, home.demo(&["stats", "from:-7d status:pending", "--output", "json"]).json());
    for (typed, call) in [("lsit", "list"), ("exprt", "export")] {
        let ran = home.run(&[typed]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (2, "", 1));
        assert!(ran.stderr.contains(&format!("did you mean argos-review {call}?")), "{}", ran.stderr);
    }
    // In the filter's quotes it is a text, and the call goes on to the next reason to end.
    assert!(home.run(&["\"lsit\""]).stderr.contains("no API key"), "{}", home.run(&["\"lsit\""]).stderr);
}
