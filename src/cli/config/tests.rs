use super::init::{config_path, init, new_config_path};
use super::*;

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;

use tempfile::TempDir;

use crate::config::SAMPLE_FILE;

const KEY: &str = "an-invented-key-of-length-32-7x9z";

fn environment(directory: &Path, variables: &[(&'static str, &'static str)]) -> Environment {
    let variables = variables.to_vec();
    let variable = move |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    Environment::new(variable, Some(directory.into()), Some(directory.join("made/argos-review")))
}

fn configured(directory: &Path, text: &str) -> PathBuf {
    let file = directory.join("config.toml");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    file
}

fn options(file: &Path) -> GlobalOptions {
    GlobalOptions { config: Some(file.into()), ..GlobalOptions::default() }
}

fn table_of(options: &GlobalOptions, environment: &Environment) -> String {
    let settings = Settings::resolve(options, environment).unwrap();
    table(&settings, settings.api_key(environment).ok().as_ref())
}

#[test]
fn show_tells_each_value_and_what_decided_it() {
    let directory = TempDir::new().unwrap();
    let file = configured(directory.path(), "profile = \"live\"\nmask = \"all\"\n[profiles.live]\nlabel = \"live\"\n");
    let options = GlobalOptions { timezone: Some("Asia/Seoul".into()), ..options(&file) };
    let environment = environment(directory.path(), &[("ARGOS_API_KEY", KEY)]);
    let text = table_of(&options, &environment).replace(file.to_str().unwrap(), "FILE");
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines,
        [
            &["file", "FILE", "--config"][..],
            &["profile", "live", "FILE,", "line", "1"],
            &["label", "live", "FILE,", "line", "4"],
            &["base_url", "https://rest-api.argosidentity.com/v3", "default"],
            &["api_key", "…7x9z", "ARGOS_API_KEY"],
            &["api_key_command_seconds", "10", "default"],
            &["api_key_command_env", "–", "not", "set"],
            &["secure_transfer", "off", "default"],
            &["mask", "all", "FILE,", "line", "2"],
            &["timezone", "Asia/Seoul", "--timezone"],
            &["theme", "terminal", "default"],
            &["mouse", "false", "default"],
            &["picture_protocol", "auto", "default"],
            &["pictures", "ask", "default"],
            &["log_file", "–", "not", "set"],
            &["access_log", "–", "not", "set"],
            &["copy_command", "–", "not", "set"],
            &["load_cap", "10000", "default"],
            &["watch_seconds", "30", "default"],
            &["watch_bell", "false", "default"],
            &["blank_minutes", "10", "default"],
        ]
    );
}

#[test]
fn show_sets_values_and_sources_in_columns() {
    let environment = Environment::new(|name| (name == "ARGOS_API_KEY").then(|| KEY.into()), None, None);
    let expected = "\
file                     –                                      not set
profile                  –                                      not set
label                    –                                      not set
base_url                 https://rest-api.argosidentity.com/v3  default
api_key                  …7x9z                                  ARGOS_API_KEY
api_key_command_seconds  10                                     default
api_key_command_env      –                                      not set
secure_transfer          off                                    default
mask                     ids                                    default
timezone                 UTC                                    default
theme                    terminal                               default
mouse                    false                                  default
picture_protocol         auto                                   default
pictures                 ask                                    default
log_file                 –                                      not set
access_log               –                                      not set
copy_command             –                                      not set
load_cap                 10000                                  default
watch_seconds            30                                     default
watch_bell               false                                  default
blank_minutes            10                                     default
";
    assert_eq!(table_of(&GlobalOptions::default(), &environment), expected);
}

#[test]
fn show_names_the_setting_that_the_key_comes_by() {
    let directory = TempDir::new().unwrap();
    let file = configured(directory.path(), "profile = \"p\"\n[profiles.p]\napi_key_file = \"missing\"\n");
    let text = table_of(&options(&file), &environment(directory.path(), &[]));
    let line = text.lines().find(|line| line.starts_with("api_key")).unwrap();
    assert!(line.contains("not available") && line.ends_with("line 3 (api_key_file)"), "{line}");
}

#[test]
fn show_holds_nothing_of_the_key_but_its_end() {
    let directory = TempDir::new().unwrap();
    let text = table_of(&GlobalOptions::default(), &environment(directory.path(), &[("ARGOS_API_KEY", KEY)]));
    assert!(text.contains("…7x9z") && !text.contains("-7x9z") && !text.contains("invented"), "{text}");
    assert!(text.contains("default (no such file)"), "{text}");
}

#[test]
fn check_wants_a_key() {
    let directory = TempDir::new().unwrap();
    let said = check(&GlobalOptions::default(), &environment(directory.path(), &[("ARGOS_API_KEY", KEY)])).unwrap();
    assert_eq!(said, "Configuration is complete: a key is set, for https://rest-api.argosidentity.com/v3.\n");
    let error = check(&GlobalOptions::default(), &environment(directory.path(), &[])).unwrap_err();
    assert!(matches!(error, ConfigError::NoKey { .. }), "{error}");
}

#[test]
fn init_writes_private_files_in_a_private_directory() {
    let directory = TempDir::new().unwrap();
    let environment = environment(directory.path(), &[]);
    let file = new_config_path(&GlobalOptions::default(), &environment).unwrap();
    assert_eq!(file, directory.path().join("made/argos-review/config.toml"));
    init(&file, Some(&ApiKey::new(KEY.as_bytes()).unwrap())).unwrap();
    for made in [&file, &file.with_file_name("main.key")] {
        assert_eq!(fs::metadata(made).unwrap().mode() & 0o777, 0o600);
    }
    for made in ["made", "made/argos-review"] {
        assert_eq!(fs::metadata(directory.path().join(made)).unwrap().mode() & 0o777, 0o700, "{made}");
    }
    let settings = Settings::resolve(&GlobalOptions::default(), &environment).unwrap();
    assert_eq!(settings.profile.as_ref().unwrap().value, "main");
    assert_eq!(settings.api_key(&environment).unwrap().expose(), KEY);
    assert!(!fs::read_to_string(&file).unwrap().contains(KEY));
}

#[test]
fn init_puts_no_key_where_others_could_exchange_it() {
    let directory = TempDir::new().unwrap();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o777)).unwrap();
    let key = ApiKey::new(KEY.as_bytes()).unwrap();
    let error = init(&directory.path().join("config.toml"), Some(&key)).unwrap_err();
    assert!(error.to_string().contains("others can exchange") && error.to_string().contains("chmod go-w"), "{error}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[test]
fn init_without_a_key_sets_nothing() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("config.toml");
    init(&file, None).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), SAMPLE_FILE);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn init_overwrites_nothing() {
    let directory = TempDir::new().unwrap();
    let environment = environment(directory.path(), &[]);
    let at = |name: &str| directory.path().join(name);
    fs::write(at("mine.toml"), "mine").unwrap();
    symlink(at("target"), at("link.toml")).unwrap();
    fs::create_dir(at("keyed")).unwrap();
    fs::write(at("keyed/main.key"), "mine").unwrap();
    for (file, taken) in [("mine.toml", "mine.toml"), ("link.toml", "link.toml"), ("keyed/c.toml", "keyed/main.key")] {
        let error = new_config_path(&options(&at(file)), &environment).unwrap_err();
        assert_eq!(error.to_string(), format!("{} exists already and was not changed", at(taken).display()));
    }
    // Neither does it where something came in between.
    let key = ApiKey::new(KEY.as_bytes()).unwrap();
    assert!(matches!(init(&at("mine.toml"), Some(&key)), Err(ConfigError::Exists(_))));
    assert!(!at("main.key").exists(), "no key lies about");
    assert!(matches!(init(&at("link.toml"), None), Err(ConfigError::Exists(_))));
    assert_eq!(fs::read_to_string(at("mine.toml")).unwrap(), "mine");
    assert!(!at("target").exists());
}

#[test]
fn init_says_where_it_cannot_write() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("a-file");
    fs::write(&file, "").unwrap();
    let error = init(&file.join("config.toml"), None).unwrap_err();
    assert!(error.to_string().contains("config.toml cannot be written: "), "{error}");
}

#[test]
fn path_is_exact_for_a_pipe_and_sanitised_for_a_terminal() {
    let path = Path::new("/tmp/a\u{1b}[31mb");
    assert_eq!(path_line(path, false), b"/tmp/a\x1b[31mb\n");
    assert!(!path_line(path, true).contains(&0x1b));
    let odd = Path::new(OsStr::from_bytes(b"/tmp/\xff"));
    assert_eq!(path_line(odd, false), b"/tmp/\xff\n");
}

#[test]
fn path_needs_a_place() {
    let nowhere = Environment::new(|_| None, None, None);
    assert!(matches!(config_path(&GlobalOptions::default(), &nowhere), Err(ConfigError::NoPlace)));
    assert_eq!(config_path(&options(Path::new("x.toml")), &nowhere).unwrap(), Path::new("x.toml"));
}
