//! The recipes of `docs/command-line.md` do what they say, on the demo's server.

use argos_testkit::skipped::skipped;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use argos_testkit::binary::binary;
use argos_testkit::demo_process::DemoProcess;
use tempfile::TempDir;

/// The first block of each recipe, line by line.
fn commands() -> Vec<String> {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/command-line.md")).expect("the page");
    let recipes = page.split("<!-- recipes").nth(1).and_then(|rest| rest.split("<!-- end of recipes").next());
    let lines = recipes.expect("the recipes").lines().map(str::trim);
    lines.filter(|line| line.starts_with("argos-review ")).map(str::to_owned).collect()
}

fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

#[test]
fn every_recipe_runs_and_ends_well() {
    let server = DemoProcess::start(&[]);
    let directory = TempDir::new().expect("a directory");
    let path = format!(
        "{}:{}",
        Path::new(binary()).parent().expect("its directory").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let commands = commands();
    assert!(commands.len() >= 11, "{commands:?}");
    let has_jq = is_there("jq");
    for command in &commands {
        if command.contains("jq ") && !has_jq {
            skipped(&format!("{command}: there is no jq"));
            continue;
        }
        let run = Command::new("sh")
            .args(["-c", command])
            .current_dir(&directory)
            .env_clear()
            .env("PATH", &path)
            .env("HOME", directory.path())
            .envs(server.variables())
            .output()
            .expect("a shell");
        let (data, talk) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "{command}: {talk}");
        assert!(!data.is_empty() || command.contains("--out "), "{command}: {talk}");
        assert!(!talk.contains("argos-review: "), "{command}: {talk}");
    }
    for file in ["october.csv", "all.ndjson", "month.ndjson"] {
        assert!(directory.path().join(file).is_file(), "{file}");
        assert!(!directory.path().join(format!("{file}.partial")).exists(), "{file}");
    }
}
