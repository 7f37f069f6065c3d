//! The exit codes of the calls, as the table of the program has them.

use crate::{CANARY, demo, run};
use argos_testkit::closed_port::ClosedPort;

#[test]
fn calls_end_with_the_documented_codes() {
    let table: [(i32, &[&str]); 13] = [
        (0, &["stats"]),
        (0, &["stats", "status:pending", "--output", "json"]),
        (0, &["stats", "--scenario", "empty-last-page", "on:2026-11-21"]),
        (0, &["stats", "email:nobody@example.com"]),
        (0, &["doctor"]),
        (1, &["stats", "--scenario", "wrong-key"]),
        (1, &["doctor", "--scenario", "wrong-key"]),
        (2, &["stats", "from:never"]),
        (2, &["stats", "--limit", "0"]),
        (3, &["stats", "--limit", "60"]),
        (3, &["stats", "--scenario", "stuck-cursor"]),
        (3, &["stats", "--scenario", "quota"]),
        (3, &["stats", "--scenario", "failing-500", "--detail", "on:2026-11-21", "--limit", "1"]),
    ];
    for (code, arguments) in table {
        let done = demo(arguments);
        assert_eq!(done.code, code, "{arguments:?}: {}", done.stderr);
        assert_eq!(done.stdout.is_empty(), code == 2 || code == 1 && arguments[0] == "stats", "{arguments:?}");
    }
}

#[test]
fn without_a_key_or_a_server_nothing_comes() {
    assert_eq!(run(&["stats"], &[]).code, 2);
    assert_eq!(run(&["doctor"], &[]).code, 2);
    let nobody = ClosedPort::take();
    let base_url = format!("http://{}/v3", nobody.address());
    let variables = [("ARGOS_BASE_URL", base_url.as_str()), ("ARGOS_API_KEY", CANARY)];
    for call in ["stats", "doctor"] {
        let done = run(&[call], &variables);
        assert_eq!(done.code, 1, "{call}");
        assert!(format!("{}{}", done.stdout, done.stderr).contains("The host refused the connection."), "{call}");
    }
}

#[test]
fn reasons_stand_on_stderr_and_scope_on_stdout() {
    let done = demo(&["stats", "--scenario", "quota"]);
    assert!(done.stdout.starts_with("50 loaded · stopped: quota used up\n"), "{}", done.stdout);
    assert!(done.stderr.contains("The request quota is used up (429)."), "{}", done.stderr);
    let done = demo(&["stats", "--limit", "60"]);
    assert!(done.stdout.starts_with("60 loaded · stopped: 60 rows reached\n"), "{}", done.stdout);
    let done = demo(&["stats", "from:never"]);
    assert!(done.stderr.starts_with("argos-review: the filter at character 1, `from:never`: "), "{}", done.stderr);
}
