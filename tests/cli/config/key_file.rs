//! The states that a key file can be in, and where the file and the command of a profile are looked for.

use argos_testkit::skipped::skipped;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use argos_review::config::{ConfigError, Environment, GlobalOptions, KeySource, Settings, ValueFault};

use super::Home;

const WITH_KEY_FILE: &str = "profile = \"p\"\n[profiles.p]\napi_key_file = \"the.key\"\n";

#[test]
fn key_file_gives_the_key_without_what_editors_add() {
    for (bytes, mode) in [
        (&b"invented"[..], 0o600),
        (b"invented\n", 0o400),
        (b"invented\r\n", 0o600),
        (b"\xEF\xBB\xBFinvented\r\n", 0o600),
        (b" \t\ninvented \n\n", 0o700),
    ] {
        let home = Home::new(WITH_KEY_FILE);
        home.write("the.key", bytes, mode);
        assert_eq!(home.key().as_deref(), Ok("invented"), "{bytes:?} {mode:o}");
    }
    let home = Home::new(WITH_KEY_FILE);
    home.write("the.key", &[b'k'; 4096], 0o600);
    assert_eq!(home.key().unwrap().len(), 4096);
}

#[test]
fn key_file_without_a_key_is_told_apart_from_one_with_something_else() {
    let no_word = "not a key: a key is one word of visible ASCII characters";
    for (bytes, reason) in [
        (&b""[..], "it contains no key"),
        (b"\r\n", "it contains no key"),
        (b"CANARY CANARY", no_word),
        (b"CANARY\nCANARY\n", no_word),
        (b"CANARY\0", no_word),
        (b"CANARY\x1b[0m", no_word),
        ("CANARYé".as_bytes(), no_word),
        (b"\xff\xfeC\0A\0N\0", no_word),
        (&[b'k'; 4097], "the.key is larger than 4 KiB"),
    ] {
        let home = Home::new(WITH_KEY_FILE);
        home.write("the.key", bytes, 0o600);
        assert_eq!(home.key(), Err(format!("config.toml, line 3: {reason}")), "{:?}", bytes.get(..8));
    }
}

#[test]
fn key_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
    for mode in [0o644, 0o640, 0o604, 0o660, 0o620, 0o610, 0o601, 0o777] {
        let home = Home::new(WITH_KEY_FILE);
        home.write("the.key", b"CANARY", mode);
        let sentence =
            format!("config.toml, line 3: the.key can be read by others (mode {mode:04o}): chmod 600 the.key");
        assert_eq!(home.key(), Err(sentence));
    }
    let home = Home::new(&WITH_KEY_FILE.replace("the.key", "kim's key"));
    let path = home.write("kim's key", b"CANARY", 0o644);
    let repaired = format!("chmod 600 '{}'", path.display().to_string().replace('\'', r"'\''"));
    let said = home.resolve().and_then(|settings| settings.api_key(&home.environment(&[]))).err().unwrap();
    assert!(said.to_string().ends_with(&repaired), "{said}");
}

#[test]
fn what_is_no_file_of_ours_is_refused_and_never_waited_for() {
    let refusal = |make: &dyn Fn(&Path)| {
        let home = Home::new(WITH_KEY_FILE);
        make(&home.path("the.key"));
        home.key().unwrap_err().replace("config.toml, line 3: ", "")
    };
    assert_eq!(refusal(&|_| ()), format!("the.key cannot be read: {}", std::io::Error::from(rustix::io::Errno::NOENT)));
    assert_eq!(refusal(&|path| fs::create_dir(path).unwrap()), "the.key is a folder, not a regular file");
    let link = |path: &Path| {
        let target = path.with_extension("target");
        fs::write(&target, "CANARY").unwrap();
        fs::set_permissions(&target, Permissions::from_mode(0o600)).unwrap();
        symlink(target, path).unwrap();
    };
    assert_eq!(refusal(&link), "the.key is a symbolic link: name the file itself");
    let pipe = |path: &Path| {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    };
    assert_eq!(refusal(&pipe), "the.key is a pipe, not a regular file");
    let two = |path: &Path| {
        link(path);
        fs::remove_file(path).unwrap();
        fs::hard_link(path.with_extension("target"), path).unwrap();
    };
    assert_eq!(refusal(&two), "the.key has 2 names (hard links): use a file that has one name only");
    if rustix::process::geteuid().is_root() {
        let foreign = |path: &Path| {
            fs::write(path, "CANARY").unwrap();
            fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
            chown(path, Some(12345), None).unwrap();
        };
        let said = "the.key belongs to user 12345 and not to you: sudo chown \"$(id -u)\" the.key";
        assert_eq!(refusal(&foreign), said);
    } else {
        skipped("a key file of another user: only root gives a file away");
    }
}

#[test]
fn key_in_a_folder_that_others_can_write_into_is_refused() {
    for (mode, safe) in [(0o700, true), (0o755, true), (0o1777, true), (0o770, false), (0o703, false), (0o777, false)] {
        let home = Home::new(&WITH_KEY_FILE.replace("the.key", "keys/the.key"));
        let folder = home.path("keys");
        fs::create_dir(&folder).unwrap();
        home.write("keys/the.key", b"invented", 0o600);
        fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
        let said = home.key().map_err(|said| said.replace(&folder.display().to_string(), "keys"));
        let refusal = format!(
            "config.toml, line 3: others can exchange keys/the.key, as they can write into keys (mode {mode:04o}): \
             chmod go-w keys"
        );
        assert_eq!(said, if safe { Ok("invented".to_owned()) } else { Err(refusal) });
    }
}

#[test]
fn paths_of_the_file_start_at_home_or_beside_it() {
    let home = Home::new(
        "profile = \"p\"\nlog_file = \"~/logs/a\"\n[profiles.p]\napi_key_command = [\"bin/key\", \"~/x\"]\n[profiles.q]\n\
         api_key_command = [\"pass\"]\n",
    );
    let settings = home.resolve().unwrap();
    assert_eq!(settings.preferences.log_file.unwrap().value, home.path("home/logs/a"));
    let command = |program: PathBuf, arguments: Vec<String>| KeySource::Command { program, arguments };
    assert_eq!(settings.key.unwrap().value, command(home.path("bin/key"), vec!["~/x".into()]));
    let options = GlobalOptions { profile: Some("q".into()), ..GlobalOptions::default() };
    let settings = Settings::resolve(&options, &home.environment(&[])).unwrap();
    assert_eq!(settings.key.unwrap().value, command("pass".into(), vec![]));
    let homeless = Environment::new(|_| None, None, Some(home.path("")));
    let error = Settings::resolve(&GlobalOptions::default(), &homeless).unwrap_err();
    assert!(matches!(error, ConfigError::At { fault: ValueFault::NoHome, .. }), "{error}");
}

#[test]
fn key_command_of_the_profile_is_run() {
    let home = Home::new("profile = \"p\"\n[profiles.p]\napi_key_command = [\"printf\", \"invented\"]\n");
    assert_eq!(home.key().as_deref(), Ok("invented"));
    let home = Home::new("profile = \"p\"\n[profiles.p]\napi_key_command = [\"sh\", \"-c\", \"exit 4\"]\n");
    let said = home.key().unwrap_err();
    assert!(
        said.starts_with("config.toml, line 3: the api_key_command failed with exit code 4. It does not see"),
        "{said}"
    );
    assert!(said.ends_with("name the variables that it needs, such as BW_SESSION, in api_key_command_env"), "{said}");
}
