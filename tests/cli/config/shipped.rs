//! `assets/config.toml`, as it is and with every line in force.

use argos_review::config::{ConfigError, GlobalOptions, SAMPLE_FILE, SettingSource, Settings, ValueFault};

use super::Home;

/// The shipped file with every setting brought into force.
fn uncommented() -> String {
    let bare = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    SAMPLE_FILE.lines().map(bare).collect()
}

#[test]
fn shipped_file_sets_nothing() {
    let settings = Home::new(SAMPLE_FILE).resolve().unwrap();
    assert!(settings.file_found);
    assert!(settings.profile.is_none() && settings.key.is_none() && settings.preferences.log_file.is_none());
    assert_eq!(settings.preferences.mask.source, SettingSource::Default);
}

#[test]
fn shipped_file_reads_with_every_line_in_force() {
    let home = Home::new(&uncommented());
    for (profile, key) in [("test", "api_key_file"), ("live", "api_key_command")] {
        let options = GlobalOptions { profile: Some(profile.into()), ..GlobalOptions::default() };
        let settings = Settings::resolve(&options, &home.environment(&[])).unwrap();
        assert_eq!(settings.label.unwrap().value, profile);
        assert_eq!(settings.key.unwrap().value.name(), key);
    }
}

#[test]
fn shipped_file_shows_every_setting_that_there_is() {
    let known = |config: &str| match Home::new(config).resolve() {
        Err(ConfigError::At { fault: ValueFault::UnknownKey { known, .. }, .. }) => known,
        _ => &[],
    };
    let (top, profile) = (known("x = 1"), known("[profiles.p]\nx = 1"));
    assert!(!top.is_empty() && !profile.is_empty());
    let text = uncommented();
    for name in top.iter().chain(profile) {
        let shown = |line: &str| {
            line.starts_with(&format!("{name} = "))
                || line.starts_with(&format!("[{name}."))
                || line == format!("[{name}]")
        };
        assert!(text.lines().any(shown), "{name}");
    }
}
