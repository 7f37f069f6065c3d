//! The rules of the architecture that no lint knows, read from the source.

mod derivation;

use std::fs;
use std::path::{Path, PathBuf};

/// No file is longer: a longer one holds more than one idea.
const LONGEST: usize = 400;

/// Crates that the pure modules must not know.
const OUTSIDE: [(&str, &[&str]); 6] = [
    ("text", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("time", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("submission", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("query", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("kit", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("api", &["ratatui", "crossterm"]),
];

pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files of a top-level module, without its tests: those may use what they test against.
fn module(name: &str) -> Vec<(PathBuf, String)> {
    let own = |path: &Path| {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let tests = inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
        !tests && (inside.starts_with(name) || inside == Path::new(&format!("{name}.rs")))
    };
    let files: Vec<PathBuf> = sources(&root().join("src")).into_iter().filter(|path| own(path)).collect();
    assert!(!files.is_empty(), "there is no module {name}");
    files.into_iter().map(|path| (path.clone(), code(&fs::read_to_string(path).unwrap()))).collect()
}

/// A source without comments and without its inline tests.
fn code(source: &str) -> String {
    uncommented(source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default())
}

fn uncommented(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn pure_modules_know_no_terminal_and_no_network() {
    for (name, crates) in OUTSIDE {
        for (path, code) in module(name) {
            for other in crates {
                assert!(!code.contains(&format!("{other}::")), "{} uses {other}", path.display());
            }
        }
    }
}

#[test]
fn the_map_names_files_that_are_there() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let (_, map) = map.split_once("# To change").unwrap();
    let (map, _) = map.split_once("\n//!\n//! #").unwrap();
    let rows = map.lines().filter(|line| line.starts_with("//! | ")).count();
    let paths: Vec<&str> = map.split('`').skip(1).step_by(2).collect();
    assert!(rows > 10 && paths.len() > rows, "{map}");
    for path in paths {
        assert!(root().join(path).exists(), "the map in src/lib.rs names {path}");
    }
}

#[test]
fn no_file_is_longer_than_one_idea() {
    for folder in ["src", "tests", "testkit", "benches", "demo"] {
        for path in sources(&root().join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        }
    }
}

/// The sources of all tests but these rules, without comments: of those in `tests`, and of those beside what they test.
fn tests() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let folders = ["tests", "testkit", "src", "demo"].map(|folder| root().join(folder));
    for path in folders.iter().filter(|folder| folder.is_dir()).flat_map(|folder| sources(folder)) {
        let own = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).unwrap();
        let tests = match source.split_once("#[cfg(test)]\nmod tests {") {
            _ if own.split('/').any(|part| part.starts_with("test")) => source.as_str(),
            Some((_, inline)) => inline,
            None => continue,
        };
        if own != "tests/meta/rules.rs" {
            all.push((own, uncommented(tests)));
        }
    }
    for place in ["tests/", "src/"] {
        assert!(all.iter().filter(|(path, _)| path.starts_with(place)).count() > 20, "there are no tests in {place}");
    }
    all
}

/// How often a function is called in a source: not in a text, and not as the end of another name.
fn calls(code: &str, name: &str) -> usize {
    let is_call = |before: &str| {
        let quotes = before.matches('"').count();
        quotes.is_multiple_of(2) && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    let in_line = |line: &str| line.match_indices(name).filter(|(at, _)| line.get(..*at).is_some_and(is_call)).count();
    code.lines().map(in_line).sum()
}

#[test]
fn no_test_waits_for_a_time() {
    for (path, code) in tests() {
        let sleeps = ["thread::sleep", "time::sleep"].iter().any(|call| code.contains(&format!("{call}(")));
        assert!(!sleeps, "{path} sleeps");
    }
}

/// Which tests read a clock, and why none of them fails where a busy machine is late.
const CLOCKS: [(&str, &str); 14] = [
    ("demo/src/tests/faults.rs", "late is right"),
    ("src/api/retry/tests.rs", "the time is the test's own"),
    ("src/runtime/sleepless.rs", "the time is the test's own"),
    ("testkit/src/deadline.rs", "the one deadline"),
    ("testkit/src/pty.rs", "the one deadline"),
    ("testkit/src/pty/pieces.rs", "the one deadline"),
    ("tests/pty/bulk.rs", "what was late is tried again"),
    ("tests/pty/cells.rs", "tells how long an end took"),
    ("tests/pty/chaos.rs", "the one deadline"),
    ("tests/pty/endings.rs", "what was late is tried again"),
    ("tests/pty/keys.rs", "the one deadline"),
    ("tests/pty/soak.rs", "growth within minutes, when asked for"),
    ("tests/tui/scenarios.rs", "late is right"),
    ("tests/tui/retries.rs", "what was late is tried again"),
];

#[test]
fn no_test_fails_on_a_busy_machine_that_is_late() {
    for (path, code) in tests() {
        let own = code.contains("const DEADLINE") && path != "testkit/src/deadline.rs";
        assert!(!own, "{path} has a deadline of its own");
        let reads = calls(&code, "now()") + code.matches(".elapsed()").count();
        let known = CLOCKS.iter().find(|(known, _)| *known == path);
        assert!(reads == 0 || known.is_some(), "{path} reads a clock");
        if known.is_some_and(|(_, why)| why.ends_with("tried again")) {
            assert!(code.contains("ATTEMPTS"), "{path} tries once");
        }
    }
}

/// A file that this process writes may be busy when it is run, since programs that other threads start inherit it.
#[test]
fn no_test_runs_a_file_that_it_wrote_itself() {
    let programs = ["BIN_EXE", "BINARY", "binary", "current_exe", "/bin/"];
    for (path, code) in tests() {
        let copies = |line: &str| line.contains("fs::copy(") && programs.iter().any(|program| line.contains(program));
        assert!(!code.lines().any(copies), "{path}: testkit::executable copies programs");
        assert!(!code.contains("#!/"), "{path}: run a script by `sh -c`");
    }
}

/// A port is kept from when it is chosen: one that is chosen and let go may be another's by then.
#[test]
fn no_test_chooses_a_port_before_it_is_taken() {
    for (path, code) in tests() {
        // What has a path has no port.
        let free = [":0\"", ", 0)", "Server::bind(", "fn bind(", "Unix"];
        for line in code.lines().filter(|line| line.contains("bind(")) {
            assert!(free.iter().any(|way| line.contains(way)), "{path} chooses a port: {line}");
        }
        let count = |text: &str| code.matches(text).count();
        let listening = count("TcpListener::bind(");
        let answering = count(".accept()") + count(".incoming()") + count("axum::serve(");
        assert!(listening <= answering, "{path} lets go of a port; where nobody listens, use testkit::closed_port");
    }
}

/// All tests of a file run in one process.
#[test]
fn no_test_changes_what_others_share() {
    let shared =
        ["umask(", "harden_process(", "set_current_dir(", "set_var(", "remove_var(", "setrlimit(", "set_hook("];
    for (path, code) in tests() {
        let changes = shared.iter().find(|call| calls(&code, call) > 0);
        assert!(changes.is_none() || code.contains("run_alone("), "{path} calls {changes:?} in everybody's process");
    }
}

/// What is set where the tests run, and the home of the user who runs them, decide nothing.
#[test]
fn no_test_starts_a_program_in_surroundings_that_it_does_not_know() {
    for (path, code) in tests() {
        let starts = calls(&code, "Command::new(") + calls(&code, "CommandBuilder::new(");
        assert!(
            starts <= code.matches("env_clear()").count(),
            "{path} starts a program in the environment of the tests"
        );
    }
}

/// Where text goes to a terminal or a pipe, and what each of these files writes.
const STREAMS: [(&str, &str); 14] = [
    ("src/cli/doctor/terminal.rs", "asks what they are"),
    ("src/cli/export/progress.rs", "asks what it is; what is told goes through the sanitiser"),
    ("src/cli/open.rs", "names it in a sentence"),
    ("src/cli/reviewer.rs", "asks what it is"),
    ("src/cli/standard_output.rs", "talk through the sanitiser, data as given"),
    ("src/cli/stats.rs", "the number of what was loaded"),
    ("src/main.rs", "asks whether it is open"),
    ("src/private_file/stream.rs", "opens what a path names; who writes there sanitises for eyes"),
    ("src/runtime/clipboard.rs", "the sequence of the clipboard, its text in base64"),
    ("src/runtime/controlling_terminal.rs", "opens it for keys; only the screen writes there"),
    ("src/runtime/foreground.rs", "lends it to the program that prints the key, and takes it back"),
    ("src/runtime/prompt.rs", "a question of ours"),
    ("src/runtime/resize_events.rs", "asks its size"),
    ("src/runtime/terminal.rs", "modes, the bell, the drawn screen, the place of a panic"),
];

#[test]
fn nothing_is_written_but_where_it_is_known_to_be_harmless() {
    let written: Vec<String> = sources(&root().join("src"))
        .into_iter()
        .filter(|path| {
            let code = code(&fs::read_to_string(path).unwrap());
            let ways = ["io::stdout()", "io::stderr()", "write(stdout()", "execute!(", "queue!(", "/dev/tty"];
            ways.iter().any(|way| code.contains(way))
        })
        .map(|path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned())
        .filter(|path| !path.contains("/tests"))
        .collect();
    let mut written = written;
    written.sort();
    assert_eq!(written, STREAMS.map(|(path, _)| path));
}

/// What makes a `Safe` text without the sanitiser, or text for the drawing library without a `Safe` one.
const WAYS: [(&str, &[&str]); 1] = [("Safe::from_parts(", &["src/text"])];

#[test]
fn text_is_drawn_and_made_safe_in_one_place() {
    for path in sources(&root().join("src")) {
        let own = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let code = code(&fs::read_to_string(&path).unwrap());
        for (way, lawful) in WAYS {
            let is_lawful = lawful.iter().any(|place| own.starts_with(place));
            assert!(!code.contains(way) || is_lawful, "{own} has {way}");
        }
        // Converting a text by `from` or `into` names no text type, so the types may only be named where it is lawful.
        let named = code.contains("ratatui::text") && !own.starts_with("src/ui/line.rs");
        assert!(!named, "{own} names the drawing library's text");
    }
}
