//! Theme files of the user: where they are looked for, and one sentence for each mistake.

use std::fs;
use std::os::unix::fs::symlink;

use argos_review::ui::Role;
use argos_testkit::demo_process::DemoProcess;
use ratatui::style::{Color, Style};

use super::Home;
use crate::run;

/// The error of a theme file with this content, without the folder.
fn mistake(theme: &str) -> String {
    let home = Home::new("mask = \"ids\"\ntheme = \"my.toml\"\n");
    home.write("my.toml", theme.as_bytes(), 0o644);
    let error = home.resolve().unwrap().preferences.read_theme().unwrap_err();
    home.without_path(&error.to_string())
}

#[test]
fn a_theme_file_is_relative_to_the_configuration_or_below_the_home() {
    for (setting, place) in [("my.toml", "my.toml"), ("./mine", "mine"), ("~/t/a.toml", "home/t/a.toml")] {
        for config in
            [format!("theme = \"{setting}\"\n"), format!("profile = \"p\"\n[profiles.p]\ntheme = \"{setting}\"\n")]
        {
            let home = Home::new(&config);
            fs::create_dir_all(home.path("home/t")).unwrap();
            home.write(place, b"bad = \"#102030\"\n", 0o644);
            let theme = home.resolve().unwrap().preferences.read_theme().unwrap();
            assert_eq!(theme.style(Role::Bad), Style::new().fg(Color::Rgb(16, 32, 48)), "{setting}");
            assert_eq!(theme.style(Role::Good), Style::new().fg(Color::Green), "left out: as the default theme");
        }
    }
}

#[test]
fn one_mistake_in_a_theme_file_is_one_sentence_with_its_file_and_line() {
    for (theme, said) in [
        ("plain = \"\"\ntitel = \"bold\"", "my.toml, line 2: no role `titel`; the roles are plain, dim, "),
        ("\n\nbad = \"gren\"", "my.toml, line 3: `gren` is no colour and no modifier: "),
        ("bad = \"red blinking\"", "my.toml, line 1: `blinking` is no colour and no modifier: "),
        ("bad = \"red on\"", "my.toml, line 1: `on` needs a colour behind it"),
        ("bad = 1", "my.toml, line 1: the style of `bad` must be a text in quotes"),
        ("bad = \"red", "my.toml, line 1: not TOML: "),
    ] {
        let found = mistake(theme);
        assert!(found.starts_with(said) && !found.contains('\n'), "{found}");
    }
    let home = Home::new("# \ntheme = \"my.toml\"\n");
    let refused = || home.without_path(&home.resolve().unwrap().preferences.read_theme().unwrap_err().to_string());
    assert!(refused().starts_with("config.toml, line 2: my.toml cannot be read: No such file"), "{}", refused());
    home.write("my.toml", b"a = \"\xff\"", 0o644);
    assert_eq!(refused(), "my.toml, line 1: not UTF-8 text");
    home.write("my.toml", &b"# 4567\n".repeat(10_000), 0o644);
    assert_eq!(refused(), "config.toml, line 2: my.toml is larger than 64 KiB");
    home.write("my.toml", b"", 0o666);
    assert!(refused().contains("others can change my.toml (mode 0666): chmod go-w my.toml"), "{}", refused());
    fs::remove_file(home.path("my.toml")).unwrap();
    symlink("/dev/zero", home.path("my.toml")).unwrap();
    assert!(refused().contains("my.toml is a device, not a regular file"), "{}", refused());
}

#[test]
fn calls_say_which_theme_is_used_and_refuse_a_broken_one_safely() {
    let demo = DemoProcess::with_scenario("default");
    let home = Home::new("theme = \"my.toml\"\n");
    let config = home.path("config.toml");
    let call = |words: &[&str]| {
        let [base, key] = demo.variables();
        run(&[words, &["--config", config.to_str().unwrap()]].concat(), &[base, key])
    };
    home.write("my.toml", b"bad = \"red\"", 0o644);
    for words in [&["config", "show"][..], &["doctor"]] {
        let done = call(words);
        let row = done.stdout.lines().find(|line| line.contains("theme")).unwrap_or_else(|| panic!("{}", done.stdout));
        assert_eq!(done.code, 0, "{}", done.stdout);
        assert!(row.contains("/my.toml") && row.ends_with("config.toml, line 1"), "{row}");
    }
    assert_eq!(call(&["config", "check"]).code, 0);
    home.write("my.toml", "\"\\u001b[31m\u{202e}x\" = \"red\"".as_bytes(), 0o644);
    for words in [&["config", "show"][..], &["config", "check"], &["doctor"]] {
        let done = call(words);
        let said = format!("{}{}", done.stdout, done.stderr);
        assert_eq!(done.code, 2, "{words:?}: {said}");
        assert!(said.contains("my.toml, line 1: no role `"), "{words:?}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{words:?}: {said:?}");
    }
    assert_eq!(call(&["list"]).code, 0, "a call without a screen has no use for it");
}
