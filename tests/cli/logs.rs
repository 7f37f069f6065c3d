//! What is written beside the output: the log and the record of access. Neither holds anything of a person.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use tempfile::TempDir;

use argos_testkit::closed_port::ClosedPort;
use argos_testkit::demo_process::DemoProcess;
use argos_testkit::demo_process::TODAY;

use crate::{CANARY, CallOutput, run};

/// The e-mail of a demo person, asked for.
const EMAIL: &str = "minjun.kim@example.com";

/// Runs a call on a server of its own with a configuration file.
fn configured(arguments: &[&str], config: &str, base_url: &str, key: &str) -> (CallOutput, TempDir) {
    let home = TempDir::new().unwrap();
    let file = home.path().join("config.toml");
    std::fs::write(&file, config).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let variables = [
        ("ARGOS_CONFIG", file.to_str().unwrap()),
        ("ARGOS_BASE_URL", base_url),
        ("ARGOS_API_KEY", key),
        ("USER", "reviewer"),
    ];
    (run(arguments, &variables), home)
}

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn log_has_method_path_status_time_bytes_and_class_and_nothing_else() {
    let home = TempDir::new().unwrap();
    let log = home.path().join("requests.log");
    let path = log.to_str().unwrap();
    let filter = format!("email:{EMAIL}");
    for arguments in [&["list", &filter][..], &["show", "no-such-id"], &["list", "--scenario", "wrong-key"]] {
        let _ = run(&[arguments, &["--demo", "--today", TODAY, "--log-file", path]].concat(), &[]);
    }
    let nobody = ClosedPort::take();
    let base_url = format!("http://{}/v3", nobody.address());
    let _ = run(&["list", "--log-file", path], &[("ARGOS_BASE_URL", &base_url), ("ARGOS_API_KEY", CANARY)]);
    assert_eq!(mode(&log), 0o600);
    let written = std::fs::read_to_string(&log).unwrap();
    assert!(written.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{written}");
    let mut classes = Vec::new();
    for line in written.lines() {
        let (time, rest) = line.split_once("  ").unwrap();
        assert!(time.ends_with('Z') && time.len() == 27, "{line}");
        let mut words = rest.split(' ');
        let head: Vec<&str> = words.by_ref().take(3).collect();
        assert!(matches!(head[0], "INFO" | "WARN") && head[1..] == ["GET", "/v3/submission"], "{line}");
        let (fields, class) = rest.split_once(" class=").map_or((rest, ""), |(fields, class)| (fields, class));
        let names: Vec<&str> = fields
            .split(' ')
            .skip(3)
            .filter_map(|field| field.split_once('='))
            .map(|(name, value)| {
                assert!(value.bytes().all(|byte| byte.is_ascii_digit()), "{line}");
                name
            })
            .collect();
        assert_eq!(names, ["status", "ms", "bytes"], "{line}");
        classes.push(class.to_owned());
    }
    classes.dedup();
    assert_eq!(classes, ["", "\"key not accepted\"", "\"no connection\""]);
}

#[test]
fn access_is_recorded_with_ids_and_deeds_and_without_values() {
    let server = DemoProcess::with_scenario("default");
    let config = "access_log = \"access.ndjson\"\n[profiles.live]\nlabel = \"live\"\n";
    let (listed, home) =
        configured(&["list", "--limit", "2", "--output", "ndjson"], config, &server.base_url, &server.key);
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    let path = home.path().join("access.ndjson");
    assert_eq!(mode(&path), 0o600);
    let written = std::fs::read_to_string(&path).unwrap();
    let line: Value = serde_json::from_str(written.lines().next().unwrap()).unwrap();
    let of = |name: &str| line.get(name).cloned().unwrap_or_default();
    assert_eq!(
        [of("user"), of("profile"), of("call"), of("action")],
        ["reviewer", "default", "list", "list"].map(Value::from)
    );
    let first: Value = serde_json::from_str(listed.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(of("ids").get(0), first.get("submission_id"));
    let known = ["at", "uid", "user", "profile", "call", "action", "ids"];
    assert!(line.as_object().unwrap().keys().all(|name| known.contains(&name.as_str())));
    assert!(!written.contains("@") && !written.contains(&server.key));
}

#[test]
fn what_cannot_be_recorded_is_not_shown() {
    let server = DemoProcess::with_scenario("default");
    let folder = configured(&["list"], "access_log = \".\"\n", &server.base_url, &server.key).0;
    assert_eq!((folder.code, folder.stdout.as_str()), (2, ""));
    assert!(folder.stderr.contains("access log: ") && folder.stderr.contains("is a folder"), "{}", folder.stderr);
    // A device takes everything, and is no file of ours.
    let device = configured(&["show", "x"], "access_log = \"/dev/full\"\n", &server.base_url, &server.key).0;
    assert_eq!((device.code, device.stdout.as_str()), (2, ""));
    assert_eq!(device.stderr, "argos-review: access log: /dev/full is a device, not a regular file\n");
}
