//! `doctor` against services that are well and that are not.

use serde_json::Value;

use crate::{CANARY, CallOutput, demo, run};
use argos_testkit::closed_port::ClosedPort;
use argos_testkit::demo_process::DemoProcess;
use argos_testkit::server::{TestServer, answer};

/// State and words of a check.
fn check(done: &CallOutput, name: &str) -> (String, String) {
    let report = done.json();
    let text = |check: &Value, key: &str| check[key].as_str().unwrap().to_owned();
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == name).unwrap();
    (text(check, "state"), text(check, "said"))
}

/// Looks at a server with the canary for a key, which must be nowhere.
fn looked_at(base_url: &str, variables: &[(&str, &str)]) -> CallOutput {
    let variables = [&[("ARGOS_BASE_URL", base_url), ("ARGOS_API_KEY", CANARY)], variables].concat();
    for arguments in [&["doctor"][..], &["stats"]] {
        let done = run(arguments, &variables);
        assert!(!format!("{}{}", done.stdout, done.stderr).contains(&CANARY[..CANARY.len() - 4]), "{arguments:?}");
    }
    let done = run(&["doctor", "--json"], &variables);
    assert!(!format!("{}{}", done.stdout, done.stderr).contains(&CANARY[..CANARY.len() - 4]));
    assert_eq!(done.json()["exit"], done.code);
    done
}

/// A server with this answer.
fn answering(status: u16, headers: &str, body: &str) -> TestServer {
    TestServer::sending(answer(status, &format!("{headers}Connection: close\r\n"), body))
}

const PAGE: &str = r#"{"Items":[{"submission_id":"a"}]}"#;

#[test]
fn what_is_well_is_said_to_be() {
    let done = demo(&["doctor"]);
    assert_eq!(done.code, 0);
    for (name, words) in [
        ("service", " ms (200, HTTP/1.1); one submission received"),
        ("tls", "no TLS on loopback"),
        ("proxy", "none: loopback never uses one"),
        ("transfer", "off, and the answer was plain"),
        ("clock", "within 10 s of the server's"),
    ] {
        let line = done.stdout.lines().find(|line| line.split_whitespace().nth(1) == Some(name)).unwrap();
        assert!(line.starts_with("ok ") && line.ends_with(words), "{line}");
    }
    let wrong = done.stdout.lines().filter(|line| line.starts_with('✗')).count();
    assert_eq!(wrong, 0);
}

#[test]
fn settings_stand_with_what_decided_them_and_the_key_by_its_tail() {
    let base_url = answering(200, "", PAGE).base();
    let done = looked_at(&base_url, &[("HTTPS_PROXY", "http://canary:secret@127.0.0.1:1")]);
    assert_eq!((done.code, check(&done, "api_key").1.as_str()), (0, "…7x9z"));
    assert_eq!(check(&done, "base_url").1, base_url);
    assert_eq!(check(&done, "proxy").1, "none: loopback never uses one");
    assert_eq!(check(&done, "clock"), ("note".to_owned(), "unknown: the answer has no date".to_owned()));
    assert!(!done.stdout.contains("secret"));
}

#[test]
fn refusals_are_told_apart_in_words() {
    for (scenario, words) in [
        ("wrong-key", "The service does not accept the API key (403)."),
        ("blocked-address", "The service does not allow this IP address (403)."),
        ("captive-portal", "The answer is a web page, not data."),
        ("gateway-html", "The service is not available (503)."),
    ] {
        let done = demo(&["doctor", "--json", "--scenario", scenario]);
        let (state, said) = check(&done, "service");
        assert_eq!((done.code, state.as_str()), (1, "wrong"), "{scenario}");
        assert!(said.starts_with(words), "{scenario}: {said}");
    }
    let nobody = ClosedPort::take();
    let done = looked_at(&format!("http://{}/v3", nobody.address()), &[]);
    assert_eq!((done.code, check(&done, "clock").0.as_str()), (1, "note"));
    assert!(check(&done, "service").1.starts_with("The host refused the connection."));
}

#[test]
fn redirect_is_not_followed() {
    let elsewhere = answering(200, "", PAGE).base();
    let base_url = answering(302, &format!("Location: {elsewhere}/submission\r\n"), "").base();
    let done = looked_at(&base_url, &[]);
    assert_eq!(done.code, 1);
    assert!(check(&done, "service").1.starts_with("The service redirects to another address (302)"));
}

#[test]
fn secure_transfer_is_held_against_the_answer() {
    let server = DemoProcess::with_scenario("encrypted-optional");
    let required = DemoProcess::with_scenario("encrypted");
    let plain = DemoProcess::with_scenario("default");
    for (server, transfer, code, state) in [
        (&server, "ecb", 0, "ok"),
        (&server, "off", 0, "ok"),
        (&required, "ecb", 0, "ok"),
        (&required, "off", 1, "note"),
        (&plain, "ecb", 1, "note"),
    ] {
        let done = run(&["doctor", "--json", "--secure-transfer", transfer], &server.variables());
        assert_eq!((done.code, check(&done, "transfer").0.as_str()), (code, state), "{transfer}: {}", done.stdout);
    }
}

#[test]
fn plain_answer_where_an_encrypted_one_is_due_is_wrong() {
    let base_url = answering(200, "", PAGE).base();
    let variables = [("ARGOS_BASE_URL", base_url.as_str()), ("ARGOS_API_KEY", CANARY)];
    let done = run(&["doctor", "--json", "--secure-transfer", "ecb"], &variables);
    assert_eq!(done.code, 1);
    assert_eq!(check(&done, "transfer"), ("wrong".to_owned(), "ecb, but the answer was plain".to_owned()));
    let base_url = answering(200, "", r#"{"data":"c2VhbGVk","isEncrypted":true}"#).base();
    let done = looked_at(&base_url, &[]);
    assert_eq!(check(&done, "transfer"), ("wrong".to_owned(), "off, but the answer was encrypted".to_owned()));
}

/// A file with an authority, which an https client needs to begin at all.
fn authority() -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let own = rcgen::generate_simple_self_signed(["example.com".to_owned()]).unwrap();
    std::fs::write(&file, own.cert.pem()).unwrap();
    file
}

const SERVICE: &str = "https://rest-api.example.com/v3";

#[test]
fn proxy_is_told_as_the_client_uses_it_and_named_where_it_is_no_way() {
    let proxy = answering(407, "", "").address().to_string();
    let proxy = proxy.as_str();
    let file = authority();
    let trusted = ("SSL_CERT_FILE", file.path().to_str().unwrap());
    let with_login = format!("http://canary:secret@{proxy}");
    for (variables, words) in [
        (&[("HTTPS_PROXY", ""), ("https_proxy", proxy)][..], format!("{proxy} (http), by https_proxy")),
        (&[("ALL_PROXY", &with_login)], format!("{proxy} (http), by ALL_PROXY")),
    ] {
        let done = looked_at(SERVICE, &[variables, &[trusted]].concat());
        assert_eq!((done.code, check(&done, "proxy")), (1, ("note".to_owned(), words)));
        assert_eq!(
            check(&done, "authorities"),
            ("ok".to_owned(), "1 of SSL_CERT_FILE, and none of this system".to_owned())
        );
        let (state, said) = check(&done, "service");
        assert!(state == "wrong" && said.starts_with(&format!("The proxy {proxy} ")), "{said}");
        assert!(
            said.contains(" log-in (407).") && !format!("{}{}", done.stdout, done.stderr).contains("secret"),
            "{said}"
        );
    }
    let exempt = [("ALL_PROXY", with_login.as_str()), ("NO_PROXY", "127.0.0.0/8"), trusted];
    let done = looked_at("https://127.0.0.1:1/v3", &exempt);
    assert_eq!(check(&done, "proxy").1, "none: loopback never uses one");
}

#[test]
fn environment_that_cannot_be_followed_is_a_wrong_configuration() {
    let file = authority();
    let trusted = ("SSL_CERT_FILE", file.path().to_str().unwrap());
    for (variables, name, sentence) in [
        (&[("SSL_CERT_FILE", "/none.pem")][..], "authorities", "SSL_CERT_FILE names /none.pem, which does not exist."),
        (
            &[("ALL_PROXY", "socks://canary:1080"), trusted],
            "proxy",
            "ALL_PROXY names a proxy of a kind that is not supported (socks).",
        ),
    ] {
        let done = looked_at(SERVICE, variables);
        let (state, said) = check(&done, name);
        assert!(done.code == 2 && state == "wrong" && said.starts_with(sentence), "{said}");
        assert_eq!(check(&done, "service").1, "not requested");
        let variables = [&[("ARGOS_BASE_URL", SERVICE), ("ARGOS_API_KEY", CANARY)], variables].concat();
        let done = run(&["list"], &variables);
        assert!(done.code == 2 && done.stderr.starts_with(&format!("argos-review: {sentence}")), "{}", done.stderr);
    }
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::copy(file.path(), folder.path().join("one.pem")).unwrap();
    let variables = [("SSL_CERT_FILE", "/none.pem"), ("SSL_CERT_DIR", folder.path().to_str().unwrap())];
    let done = looked_at("https://127.0.0.1:1/v3", &variables);
    let (state, said) = check(&done, "authorities");
    assert!(state == "note" && said.ends_with("; SSL_CERT_FILE names /none.pem, which does not exist"), "{said}");
}

#[test]
fn key_in_quotes_is_told_to_be_in_quotes() {
    let done = run(&["doctor", "--json"], &[("ARGOS_API_KEY", &format!("\"{CANARY}\""))]);
    assert_eq!(done.code, 2);
    assert_eq!(check(&done, "configuration").1, "ARGOS_API_KEY: the key is in quotes: write it without them");
}

#[test]
fn clock_is_held_against_the_date_of_the_answer() {
    for (date, side) in [("Sat, 21 Nov 2020 00:00:00 GMT", "ahead of"), ("Thu, 21 Nov 2120 00:00:00 GMT", "behind")] {
        let done = looked_at(&answering(200, &format!("Date: {date}\r\n"), PAGE).base(), &[]);
        let (state, said) = check(&done, "clock");
        assert_eq!((done.code, state.as_str()), (0, "note"));
        assert!(said.contains(" d ") && said.contains(side), "{said}");
    }
}

#[test]
fn wrong_configuration_is_named_and_nothing_is_asked() {
    let done = run(&["doctor", "--json", "--base-url", "http://example.com/v3"], &[("ARGOS_API_KEY", CANARY)]);
    assert_eq!((done.code, check(&done, "configuration").0.as_str()), (2, "wrong"));
    let done = run(&["doctor", "--json"], &[]);
    assert_eq!((done.code, check(&done, "api_key").0.as_str()), (2, "wrong"));
    assert!(check(&done, "configuration").1.starts_with("no API key: "));
    assert_eq!(check(&done, "service").1, "not requested");
}

#[test]
fn terminal_is_told_by_its_environment() {
    let variables =
        [("TERM", "xterm-256color"), ("LANG", "en_US.UTF-8"), ("NO_COLOR", "1"), ("COLORTERM", "truecolor")];
    let done = run(&["doctor", "--json", "--demo"], &variables);
    assert_eq!(check(&done, "TERM").1, "xterm-256color");
    assert_eq!(check(&done, "COLORTERM").1, "truecolor");
    assert_eq!(check(&done, "NO_COLOR").1, "set: no colours");
    assert_eq!(check(&done, "locale"), ("ok".to_owned(), "UTF-8, by LANG".to_owned()));
    let done = run(&["doctor", "--json", "--demo"], &[("LC_ALL", "C"), ("TERM", "dumb")]);
    assert_eq!((check(&done, "locale").0.as_str(), check(&done, "TERM").0.as_str()), ("note", "note"));
    assert_eq!(check(&done, "terminal").0, "note");
}

#[test]
fn the_way_to_the_clipboard_is_looked_at() {
    let clipboard = |variables: &[(&str, &str)]| check(&run(&["doctor", "--json", "--demo"], variables), "clipboard");
    let kitty = [("TERM", "xterm-kitty")];
    assert_eq!(clipboard(&kitty), ("ok".to_owned(), "by the terminal (OSC 52)".to_owned()));
    let tmux = [("TERM", "screen-256color"), ("TMUX", "socket,1,0")];
    assert_eq!(clipboard(&tmux), ("note".to_owned(), "by tmux: tmux needs: set -g set-clipboard on".to_owned()));
    assert_eq!(clipboard(&[("TERM", "xterm-256color")]).0, "note");
    let home = tempfile::TempDir::new().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, "copy_command = [\"wl-copy\"]").unwrap();
    std::fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let variables = [("TERM", "xterm"), ("ARGOS_CONFIG", config.to_str().unwrap())];
    let done = run(&["doctor", "--json"], &variables);
    assert_eq!(check(&done, "copy_command").1, "wl-copy");
    assert_eq!(check(&done, "clipboard"), ("ok".to_owned(), "by copy_command".to_owned()));
}
