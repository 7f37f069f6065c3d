//! Every `cargo test` command that a document names runs a test.

use std::fs;
use std::path::Path;

use super::rules::{root, sources};

/// The documents, and what in the tests names such commands.
const PLACES: [&str; 7] = [
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "tests/README.md",
    "tests/tui/masks.rs",
    "tests/tui/pictures.rs",
    "tests/tui/screens.rs",
];

/// What a command runs: its targets, and the names that it selects of them.
struct Command {
    text: String,
    targets: Vec<String>,
    filters: Vec<String>,
}

/// The commands within backticks that name a target.
fn commands(text: &str) -> Vec<Command> {
    let spans = text.split('`').skip(1).step_by(2).filter(|span| !span.contains('\n'));
    let read = |span: &str| {
        let (mut targets, mut filters) = (Vec::new(), Vec::new());
        let mut words = span.split_once("cargo test ")?.1.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "--lib" => targets.push("src".to_owned()),
                "--test" => targets.push(format!("tests/{}", words.next()?)),
                "--test-threads" => drop(words.next()),
                _ if word.starts_with('-') => {}
                _ => filters.push(word.to_owned()),
            }
        }
        Some(Command { text: span.to_owned(), targets, filters })
    };
    spans.filter_map(read).filter(|command| !command.targets.is_empty()).collect()
}

/// The full names of the tests below a folder.
fn tests(folder: &str) -> Vec<String> {
    let base = root().join(folder);
    let mut names = Vec::new();
    for path in sources(&base) {
        let inside = path.strip_prefix(&base).unwrap().with_extension("");
        let mut module: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if inside == Path::new("main") || inside == Path::new("lib") {
            module.clear();
        }
        let mut is_test = false;
        for line in fs::read_to_string(&path).unwrap().lines().map(str::trim) {
            if line == "mod tests {" {
                module.push("tests".to_owned());
            }
            is_test |= ["#[test]", "#[tokio::test"].iter().any(|attribute| line.starts_with(attribute));
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split_once('('));
            if let Some((name, _)) = name.filter(|_| is_test) {
                names.push([&module[..], &[name.to_owned()]].concat().join("::"));
                is_test = false;
            }
        }
    }
    names
}

#[test]
fn every_command_that_a_document_names_runs_a_test() {
    let mut count = 0;
    for place in PLACES {
        for Command { text, targets, filters } in commands(&fs::read_to_string(root().join(place)).unwrap()) {
            let missing = targets.iter().find(|folder| !root().join(folder).is_dir());
            assert_eq!(missing, None, "{place}: {text}");
            let names: Vec<String> = targets.iter().flat_map(|folder| tests(folder)).collect();
            for filter in &filters {
                assert!(names.iter().any(|name| name.contains(filter)), "{place}: {text} finds no {filter}");
            }
            count += 1;
        }
    }
    assert!(count > 50, "{count} commands");
}
