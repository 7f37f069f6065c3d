//! The recipes of `docs/command-line.md` do what they say, on the demo's server.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a test fails by panicking, and runs a shell")]

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_argos-review");

/// The demo's server, ended with the test.
struct Server {
    process: Child,
    /// Kept open, so that whatever it tells later ends nothing.
    _told: Lines<BufReader<ChildStdout>>,
    variables: Vec<(String, String)>,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(BINARY)
            .arg("demo-server")
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server of the demo starts");
        let mut told = BufReader::new(process.stdout.take().expect("its output")).lines();
        let variables = told.by_ref().take(2).map(|line| {
            let line = line.expect("what it tells");
            line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).expect("a variable")
        });
        let variables = variables.collect();
        Self { process, _told: told, variables }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

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
    let server = Server::start();
    let directory = TempDir::new().expect("a directory");
    let path = format!(
        "{}:{}",
        Path::new(BINARY).parent().expect("its directory").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let commands = commands();
    assert!(commands.len() >= 11, "{commands:?}");
    for command in commands.iter().filter(|command| !command.contains("jq ") || is_there("jq")) {
        let run = Command::new("sh")
            .args(["-c", command])
            .current_dir(&directory)
            .env_clear()
            .env("PATH", &path)
            .env("HOME", directory.path())
            .envs(server.variables.iter().map(|(name, value)| (name, value)))
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
