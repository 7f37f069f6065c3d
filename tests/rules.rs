//! The rules of the architecture that no lint knows, read from the source.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};

/// No file is longer: a longer one holds more than one idea.
const LONGEST: usize = 400;

/// For each top-level module, the others that it must not use (`src/lib.rs` says why).
const FORBIDDEN: [(&str, &[&str]); 9] = [
    ("text", &["api", "app", "panes", "overlays", "ui", "runtime", "store", "query", "submission", "cli", "config"]),
    ("time", &["api", "app", "panes", "overlays", "ui", "runtime", "store", "query", "submission", "cli", "config"]),
    ("submission", &["api", "app", "panes", "overlays", "ui", "runtime", "store", "query", "cli", "config"]),
    ("query", &["api", "app", "panes", "overlays", "ui", "runtime", "store", "cli", "config"]),
    ("kit", &["api", "app", "panes", "overlays", "ui", "runtime", "store", "query", "submission", "cli", "config"]),
    ("api", &["app", "panes", "overlays", "ui", "runtime", "store", "cli"]),
    ("panes", &["api", "app", "overlays", "runtime", "cli", "config"]),
    ("overlays", &["api", "app", "panes", "runtime", "store", "cli", "config"]),
    ("ui", &["api", "app", "panes", "overlays", "runtime", "store", "query", "cli", "config"]),
];

/// Crates that the pure modules must not know.
const OUTSIDE: [(&str, &[&str]); 6] = [
    ("text", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("time", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("submission", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("query", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("kit", &["tokio", "reqwest", "ratatui", "crossterm"]),
    ("api", &["ratatui", "crossterm"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
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

fn root() -> &'static Path {
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
    let body = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_use_only_what_they_may() {
    for (name, forbidden) in FORBIDDEN {
        for (path, code) in module(name) {
            assert!(!code.contains("use crate::{"), "{} hides what it uses in a list", path.display());
            for other in forbidden {
                let used =
                    code.contains(&format!("crate::{other}::")) || code.contains(&format!("use crate::{other};"));
                assert!(!used, "{} uses crate::{other}", path.display());
            }
        }
    }
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
fn no_file_is_longer_than_one_idea() {
    for folder in ["src", "tests", "benches", "demo"] {
        for path in sources(&root().join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn no_test_waits_for_a_time() {
    for path in sources(&root().join("tests")) {
        let source = fs::read_to_string(&path).unwrap();
        let sleeps = ["thread::sleep", "time::sleep"].iter().any(|call| source.contains(&format!("{call}(")));
        assert!(!sleeps || path.ends_with("rules.rs"), "{} sleeps", path.display());
    }
}

/// Where text goes to a terminal or a pipe, and what each of these files writes.
const STREAMS: [(&str, &str); 9] = [
    ("src/cli/doctor/terminal.rs", "asks what they are"),
    ("src/cli/export/progress.rs", "asks what it is; what is told goes through the sanitiser"),
    ("src/cli/open.rs", "asks what it is"),
    ("src/cli/out.rs", "talk through the sanitiser, data as given"),
    ("src/cli/stats.rs", "the number of what was loaded"),
    ("src/runtime/clipboard.rs", "the sequence of the clipboard, its text in base64"),
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
