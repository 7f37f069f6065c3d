//! One sentence for each mistake, at its place, without the value.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use argos_review::config::{Environment, GlobalOptions, Settings};

use super::{CANARY, Home};

#[test]
fn one_mistake_in_a_file_is_one_sentence_with_its_line() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/config/invalid");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&directory).unwrap() {
        names.insert(entry.unwrap().path().file_stem().unwrap().to_owned());
    }
    assert!(names.len() >= 25, "{names:?}");
    for name in names {
        let path = directory.join(name);
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        let home = Home::new("");
        home.write("config.toml", &fs::read(path.with_extension("toml")).unwrap(), 0o600);
        let error = home.resolve().unwrap_err();
        assert_eq!(home.without_path(&error.to_string()), expected.trim_end(), "{}", path.display());
        assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?}");
    }
}

#[test]
fn mistake_in_an_option_or_a_variable_names_it() {
    let home = Home::new("");
    let resolve = |options: GlobalOptions, variables: &[(&'static str, &str)]| {
        Settings::resolve(&options, &home.environment(variables)).unwrap_err().to_string()
    };
    let url = |text: &str| GlobalOptions { base_url: Some(text.into()), ..GlobalOptions::default() };
    assert_eq!(
        resolve(url("http://CANARY:CANARY@api.example.com"), &[]),
        "--base-url: the address must hold no user name and no password before the host"
    );
    assert_eq!(
        resolve(GlobalOptions::default(), &[("ARGOS_BASE_URL", "http://api.example.com")]),
        "ARGOS_BASE_URL: plain http would send the key and identity data in clear to api.example.com: write https:// \
         instead of http://"
    );
    assert_eq!(
        resolve(GlobalOptions { timezone: Some("Mars/Olympus".into()), ..GlobalOptions::default() }, &[]),
        "--timezone: unknown time zone: write utc, local or an IANA name such as Asia/Seoul"
    );
    assert_eq!(
        resolve(GlobalOptions { profile: Some("live".into()), ..GlobalOptions::default() }, &[]),
        "--profile: there is no profile `live`; the configuration has none"
    );
    for (text, odd) in [
        ("utc\u{200b}", "contains U+200B, an invisible character"),
        ("\u{feff}Asia/Seoul", "contains U+FEFF, an invisible character"),
        ("Asia／Seoul", "contains ／ (U+FF0F), which looks like /"),
        ("Аsia/Seoul", "mixes Cyrillic and Latin letters, at s (U+0073)"),
    ] {
        let timezone = GlobalOptions { timezone: Some(text.into()), ..GlobalOptions::default() };
        assert_eq!(resolve(timezone, &[]), format!("--timezone: it {odd}: type it again"));
    }
    for text in ["https://api.example.com/v3\u{200b}", "https://api.example.com\u{a0}"] {
        let said = resolve(GlobalOptions::default(), &[("ARGOS_BASE_URL", text)]);
        assert!(
            said.starts_with("ARGOS_BASE_URL: it contains U+")
                && said.ends_with("an invisible character: type it again")
        );
    }
    let odd = Environment::new(
        |name| (name == "ARGOS_PROFILE").then(|| OsString::from_vec(b"\xffCANARY".to_vec())),
        None,
        None,
    );
    let error = Settings::resolve(&GlobalOptions::default(), &odd).unwrap_err();
    assert_eq!(error.to_string(), "ARGOS_PROFILE: not UTF-8 text");
}

#[test]
fn option_hides_a_mistake_in_the_variable_below_it() {
    let options = GlobalOptions { base_url: Some("https://api.example.com".into()), ..GlobalOptions::default() };
    let environment = Home::new("").environment(&[("ARGOS_BASE_URL", "nonsense")]);
    assert!(Settings::resolve(&options, &environment).is_ok());
}

#[test]
fn missing_key_says_how_to_set_one_and_how_to_try_the_demo() {
    for (config, sentence) in [
        (
            "",
            "no API key: set ARGOS_API_KEY, or write a profile that names its source (`argos-review config init`); \
             `argos-review demo` works without one",
        ),
        (
            "[profiles.test]\n[profiles.live]",
            "no API key: set ARGOS_API_KEY, or choose a profile with --profile (live, test); `argos-review demo` works \
             without one",
        ),
        (
            "profile = \"test\"\n[profiles.test]",
            "no API key: set ARGOS_API_KEY, or give profile `test` an api_key_file or an api_key_command; `argos-review \
             demo` works without one",
        ),
    ] {
        assert_eq!(Home::new(config).key(), Err(sentence.to_owned()));
    }
}

#[test]
fn malformed_key_in_the_environment_is_not_repeated() {
    let home = Home::new("");
    let environment = home.environment(&[("ARGOS_API_KEY", "CANARY two words")]);
    let settings = Settings::resolve(&GlobalOptions::default(), &environment).unwrap();
    let error = settings.api_key(&environment).err().unwrap();
    assert_eq!(error.to_string(), "ARGOS_API_KEY: not a key: a key is one word of visible ASCII characters");
    assert!(!format!("{error:?}").contains(CANARY));
}

#[test]
fn configuration_that_others_could_change_is_refused() {
    for mode in [0o620, 0o602, 0o666] {
        let home = Home::new("");
        home.write("config.toml", b"", mode);
        let said = home.without_path(&home.resolve().unwrap_err().to_string());
        assert_eq!(said, format!("others can change config.toml (mode {mode:04o}): chmod go-w config.toml"));
    }
    let home = Home::new("");
    home.write("config.toml", b"", 0o644);
    assert!(home.resolve().is_ok(), "others may read it: it holds no secret");
    home.write("config.toml", &b"#\n".repeat(40_000), 0o600);
    assert_eq!(home.without_path(&home.resolve().unwrap_err().to_string()), "config.toml is larger than 64 KiB");
    fs::remove_file(home.path("config.toml")).unwrap();
    fs::create_dir(home.path("config.toml")).unwrap();
    assert_eq!(
        home.without_path(&home.resolve().unwrap_err().to_string()),
        "config.toml is a folder, not a regular file"
    );
    fs::remove_dir(home.path("config.toml")).unwrap();
    symlink("/dev/zero", home.path("config.toml")).unwrap();
    assert_eq!(
        home.without_path(&home.resolve().unwrap_err().to_string()),
        "config.toml is a device, not a regular file"
    );
}

#[test]
fn linked_configuration_is_read() {
    let home = Home::new("");
    let elsewhere = home.write("elsewhere.toml", b"mask = \"all\"", 0o600);
    fs::remove_file(home.path("config.toml")).unwrap();
    symlink(elsewhere, home.path("config.toml")).unwrap();
    assert_eq!(home.resolve().unwrap().preferences.mask.value.label(), "all");
    fs::remove_file(home.path("config.toml")).unwrap();
    fs::hard_link(home.path("elsewhere.toml"), home.path("config.toml")).unwrap();
    assert_eq!(home.resolve().unwrap().preferences.mask.value.label(), "all");
}
