#[cfg(feature = "demo")]
mod demo;

use super::*;

use clap::CommandFactory;
use clap::error::ErrorKind;

fn read(line: &str) -> Result<Mode, clap::Error> {
    parse(std::iter::once("argos-review").chain(line.split_whitespace()).map(OsString::from))
}

#[test]
fn grammar_is_sound() {
    args::Arguments::command().debug_assert();
}

#[test]
fn no_option_takes_the_key() {
    fn visit(command: &clap::Command) {
        for argument in command.get_arguments() {
            let name = argument.get_long().unwrap_or_default();
            assert!(!name.contains("key") && !name.contains("token") && !name.contains("secret"), "--{name}");
            // A filter, files and ids are the only words without a name.
            let named =
                !argument.is_positional() || ["filter", "files", "ids", "shell"].contains(&argument.get_id().as_str());
            assert!(named, "{argument}");
        }
        command.get_subcommands().for_each(visit);
    }
    visit(&args::Arguments::command());
}

#[test]
fn call_without_a_command_opens_the_reviewer() {
    let Ok(Mode::Reviewer(filter, options)) = read("--profile live --timezone Asia/Seoul") else {
        panic!("no reviewer")
    };
    assert_eq!((options.profile.as_deref(), filter.filter.len()), (Some("live"), 0));
    assert_eq!(options.timezone.as_deref(), Some("Asia/Seoul"));
    assert_eq!(options.mask, None);
}

#[test]
fn options_may_stand_before_and_after_the_command() {
    for line in ["--mask all config show", "config --mask all show", "config show --mask all"] {
        let Ok(Mode::Config(ConfigCall::Show, options)) = read(line) else { panic!("{line}") };
        assert_eq!(options.mask.as_deref(), Some("all"), "{line}");
    }
}

#[test]
fn wrong_use_is_exit_code_2_and_help_is_0() {
    for line in [
        "--nonsense",
        "list --nonsense",
        "config",
        "config nonsense",
        "--mask some",
        "--profile",
        "demo --today 2026-02-30",
        "demo --today tomorrow",
        "demo-server --port 65536",
        "demo --scenario",
        "demo --scenario none",
        "--scenario default",
        "--api-key abc",
    ] {
        let said = read(line).err().unwrap();
        assert_eq!((said.exit_code(), said.use_stderr()), (2, true), "{line}");
    }
    for (line, kind) in [("--help", ErrorKind::DisplayHelp), ("--version", ErrorKind::DisplayVersion)] {
        let said = read(line).err().unwrap();
        assert_eq!((said.kind(), said.exit_code(), said.use_stderr()), (kind, 0, false), "{line}");
    }
}

#[test]
fn help_names_every_variable_and_the_usual_address() {
    let help = read("--help").err().unwrap().render().to_string();
    for word in ["ARGOS_API_KEY", "ARGOS_PROFILE", "ARGOS_CONFIG", "ARGOS_BASE_URL", crate::config::BaseUrl::DEFAULT] {
        assert!(help.contains(word), "{word}");
    }
}
