use super::*;
use argos_testkit::deadline::{DEADLINE, until};

use std::path::{Path, PathBuf};

const LONG: Duration = Duration::from_secs(60);

fn environment() -> Environment {
    let variable = |name: &str| match name {
        "ARGOS_API_KEY" | "LD_PRELOAD" | "SECRET_OF_ANOTHER" => Some("CANARY".into()),
        "BW_SESSION" => Some("a session".into()),
        "HOME" => Some("/home/of-nobody".into()),
        "PATH" => std::env::var_os("PATH"),
        _ => None,
    };
    Environment::new(variable, Some(PathBuf::from("/home/of-nobody")), None)
}

fn run_within(limit: Duration, program: &str, arguments: &[&str]) -> Result<String, String> {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let key = run(program, &arguments, &environment(), &[], limit);
    key.map(|key| key.expose().to_owned()).map_err(|fault| fault.to_string())
}

fn shell(script: &str) -> Result<String, String> {
    run_within(LONG, "sh", &["-c", script])
}

#[test]
fn what_the_program_prints_is_the_key() {
    assert_eq!(shell("echo invented-key").as_deref(), Ok("invented-key"));
    assert_eq!(shell(r"printf '  invented-key\r\n\n'").as_deref(), Ok("invented-key"));
}

#[test]
fn arguments_reach_the_program_without_a_shell() {
    assert_eq!(run_within(LONG, "printf", &["%s%s", "$HOME;", "`id`*"]).as_deref(), Ok("$HOME;`id`*"));
}

#[test]
fn program_sees_only_the_variables_that_it_may() {
    let script =
        r#"[ -z "$ARGOS_API_KEY$LD_PRELOAD$SECRET_OF_ANOTHER" ] && [ "$HOME" = /home/of-nobody ] && echo fine"#;
    assert_eq!(shell(script).as_deref(), Ok("fine"));
}

#[test]
fn variables_that_are_named_are_passed_on() {
    let script = r#"echo "$BW_SESSION" | tr ' ' -; exec true $NO_SUCH"#;
    let with = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let key = run("sh", &["-c".to_owned(), script.to_owned()], &environment(), &names, LONG);
        key.map(|key| key.expose().to_owned()).map_err(|fault| fault.to_string())
    };
    assert_eq!(with(&["NO_SUCH", "BW_SESSION"]).as_deref(), Ok("a-session"));
    assert_eq!(
        with(&[]),
        Err(format!("the api_key_command printed nothing: it must print the key. {LIMITED_ENVIRONMENT_ADVICE}"))
    );
}

#[test]
fn another_holder_of_the_pipe_is_neither_waited_for_nor_ended() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("pid");
    let script = |code: u8| format!("sleep 600 & echo $! > {}; echo invented-key; exit {code}", file.display());
    assert_eq!(shell(&script(0)).as_deref(), Ok("invented-key"));
    let lives_on = |file: &Path| {
        let pid = pid_in(file).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL)
    };
    assert_eq!(lives_on(&file), Ok(()));
    assert!(shell(&script(3)).unwrap_err().contains("failed with exit code 3"));
    assert_eq!(lives_on(&file), Ok(()));
}

#[test]
fn program_gets_no_input_and_its_error_output_is_not_shown() {
    let script = "[ /dev/stdin -ef /dev/null ] && [ /dev/stderr -ef /dev/null ] && echo fine";
    assert_eq!(shell(script).as_deref(), Ok("fine"));
}

#[test]
fn failure_tells_the_ending_and_nothing_that_was_printed() {
    for (script, sentence) in [
        (
            "echo CANARY; echo CANARY >&2; exit 3",
            &*format!("the api_key_command failed with exit code 3. {LIMITED_ENVIRONMENT_ADVICE}"),
        ),
        ("echo CANARY; kill -9 $$", &format!("the api_key_command failed with signal 9. {LIMITED_ENVIRONMENT_ADVICE}")),
        ("true", &format!("the api_key_command printed nothing: it must print the key. {LIMITED_ENVIRONMENT_ADVICE}")),
        (
            "echo '\"CANARY\"'",
            "the api_key_command must print the key alone: the key is in quotes: write it without them",
        ),
        (
            "echo CANARY and more",
            "the api_key_command must print the key alone: not a key: a key is one word of visible ASCII characters",
        ),
        (
            "echo CANARY; echo second line",
            "the api_key_command must print the key alone: not a key: a key is one word of visible ASCII characters",
        ),
    ] {
        assert_eq!(shell(script), Err(sentence.to_owned()), "{script}");
    }
}

#[test]
fn program_that_is_not_there_is_named_by_what_the_system_says() {
    let said = run_within(LONG, "/nowhere/at-all", &[]).unwrap_err();
    assert!(said.starts_with("the api_key_command cannot be run: "), "{said}");
}

#[test]
fn output_without_end_is_cut_off() {
    let said = shell("while :; do echo CANARY; done").unwrap_err();
    assert_eq!(said, "the api_key_command printed more than 4 KiB and was ended: it must print the key alone");
    let most = format!("printf '%{MAX_OUTPUT_BYTES}s' key");
    assert_eq!(shell(&most).as_deref(), Ok("key"));
}

#[test]
fn slow_program_is_ended_with_all_that_it_started() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("pid");
    // One of its own that does not want to end, and holds the pipe.
    let script = format!("sh -c 'trap : TERM; echo $$ > {}; while :; do sleep 600; done' & wait", file.display());
    // However busy the machine is: with time enough, the program gets as far as telling its number.
    let mut limit = Duration::from_millis(100);
    let pid = loop {
        assert!(limit < DEADLINE, "it never tells its number");
        let said = run_within(limit, "sh", &["-c", &script]).unwrap_err();
        assert!(said.starts_with("the api_key_command took longer than "), "{said}");
        match pid_in(&file) {
            Some(pid) => break pid,
            None => limit *= 2,
        }
    };
    // It belongs to init then, which may take a moment to notice.
    until("it has ended", || rustix::process::test_kill_process(pid).is_err() || !is_alive(pid));
}

/// Whether a process is more than a number that nobody has asked for yet.
fn is_alive(pid: rustix::process::Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
}

fn pid_in(file: &Path) -> Option<rustix::process::Pid> {
    let text = std::fs::read_to_string(file).ok()?;
    rustix::process::Pid::from_raw(text.trim().parse().ok()?)
}
