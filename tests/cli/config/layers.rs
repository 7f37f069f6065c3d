//! Which layer wins, and that the winner is told.

use std::fs;

use argos_review::config::{Environment, GlobalOptions, Preferences, SettingSource, Settings, Sourced, timezone_name};

use argos_testkit::call::run;

use super::Home;

/// One layer's word on a setting, from the lowest layer to the highest.
#[derive(Clone, Copy)]
enum Layer {
    Top(&'static str),
    Profile(&'static str),
    Variable(&'static str, &'static str),
    Option(&'static str, fn(&mut GlobalOptions)),
}

struct LayeredSetting {
    name: &'static str,
    /// What each layer says, and what that amounts to.
    layers: &'static [(Layer, &'static str)],
    default: &'static str,
    read: fn(&Settings) -> (String, SettingSource),
}

fn read<T>(setting: Option<&Sourced<T>>, show: impl FnOnce(&T) -> String) -> (String, SettingSource) {
    setting.map_or((String::new(), SettingSource::Default), |found| (show(&found.value), found.source.clone()))
}

const SETTINGS: &[LayeredSetting] = &[
    LayeredSetting {
        name: "profile",
        layers: &[
            (Layer::Top("profile = \"p\""), "p"),
            (Layer::Variable("ARGOS_PROFILE", "q"), "q"),
            (Layer::Option("--profile", |options| options.profile = Some("r".into())), "r"),
        ],
        default: "",
        read: |settings| read(settings.profile.as_ref(), Clone::clone),
    },
    LayeredSetting {
        name: "label",
        layers: &[(Layer::Profile("label = \"live\""), "live")],
        default: "",
        read: |settings| read(settings.label.as_ref(), Clone::clone),
    },
    LayeredSetting {
        name: "base_url",
        layers: &[
            (Layer::Profile("base_url = \"https://profile.example.com\""), "https://profile.example.com"),
            (Layer::Variable("ARGOS_BASE_URL", "https://variable.example.com/"), "https://variable.example.com"),
            (
                Layer::Option("--base-url", |options| options.base_url = Some("https://option.example.com".into())),
                "https://option.example.com",
            ),
        ],
        default: "https://rest-api.argosidentity.com/v3",
        read: |settings| read(Some(&settings.base_url), ToString::to_string),
    },
    LayeredSetting {
        name: "key",
        layers: &[
            (Layer::Profile("api_key_file = \"p.key\""), "api_key_file"),
            (Layer::Variable("ARGOS_API_KEY", "invented"), "ARGOS_API_KEY"),
        ],
        default: "",
        read: |settings| read(settings.key.as_ref(), |key| key.name().to_owned()),
    },
    LayeredSetting {
        name: "api_key_command_seconds",
        layers: &[(Layer::Profile("api_key_command_seconds = 600"), "600")],
        default: "10",
        read: |settings| read(Some(&settings.key_command.seconds), ToString::to_string),
    },
    LayeredSetting {
        name: "api_key_command_env",
        layers: &[(Layer::Profile("api_key_command_env = [\"BW_SESSION\", \"OP_TOKEN\"]"), "BW_SESSION OP_TOKEN")],
        default: "",
        read: |settings| read(settings.key_command.variables.as_ref(), |names| names.join(" ")),
    },
    LayeredSetting {
        name: "secure_transfer",
        layers: &[
            (Layer::Profile("secure_transfer = \"ecb\""), "ecb"),
            (Layer::Option("--secure-transfer", |options| options.secure_transfer = Some("off".into())), "off"),
        ],
        default: "off",
        read: |settings| read(Some(&settings.secure_transfer), |transfer| transfer.word().to_owned()),
    },
    LayeredSetting {
        name: "copy_command",
        layers: &[
            (Layer::Top("copy_command = [\"wl-copy\"]"), "wl-copy"),
            (Layer::Profile("copy_command = [\"xclip\", \"-selection\", \"clipboard\"]"), "xclip -selection clipboard"),
        ],
        default: "",
        read: |settings| {
            read(settings.preferences.copy_command.as_ref(), |command| {
                let program = command.program.display().to_string();
                [&[program][..], &command.arguments].concat().join(" ")
            })
        },
    },
    LayeredSetting {
        name: "picture_protocol",
        layers: &[
            (Layer::Top("picture_protocol = \"sixel\""), "sixel"),
            (Layer::Profile("picture_protocol = \"half\""), "half"),
        ],
        default: "auto",
        read: |settings| read(Some(&settings.preferences.picture_protocol), ToString::to_string),
    },
    LayeredSetting {
        name: "load_cap",
        layers: &[(Layer::Top("load_cap = 200"), "200"), (Layer::Profile("load_cap = 1000000"), "1000000")],
        default: "10000",
        read: |settings| read(Some(&settings.preferences.load_cap), ToString::to_string),
    },
    LayeredSetting {
        name: "watch_seconds",
        layers: &[(Layer::Top("watch_seconds = 10"), "10"), (Layer::Profile("watch_seconds = 60"), "60")],
        default: "30",
        read: |settings| read(Some(&settings.preferences.watch_seconds), ToString::to_string),
    },
    LayeredSetting {
        name: "watch_bell",
        layers: &[(Layer::Top("watch_bell = true"), "true"), (Layer::Profile("watch_bell = false"), "false")],
        default: "false",
        read: |settings| read(Some(&settings.preferences.watch_bell), ToString::to_string),
    },
    LayeredSetting {
        name: "blank_minutes",
        layers: &[(Layer::Top("blank_minutes = 0"), "0"), (Layer::Profile("blank_minutes = 5"), "5")],
        default: "10",
        read: |settings| read(Some(&settings.preferences.blank_minutes), ToString::to_string),
    },
    LayeredSetting {
        name: "mask",
        layers: &[
            (Layer::Top("mask = \"all\""), "all"),
            (Layer::Profile("mask = \"none\""), "none"),
            (Layer::Option("--mask", |options| options.mask = Some("ids".into())), "ids"),
        ],
        default: "ids",
        read: |settings| read(Some(&settings.preferences.mask), |mask| mask.label().to_owned()),
    },
    LayeredSetting {
        name: "timezone",
        layers: &[
            (Layer::Top("timezone = \"Asia/Seoul\""), "Asia/Seoul"),
            (Layer::Profile("timezone = \"Europe/Berlin\""), "Europe/Berlin"),
            (Layer::Option("--timezone", |options| options.timezone = Some("America/Lima".into())), "America/Lima"),
        ],
        default: "UTC",
        read: |settings| read(Some(&settings.preferences.timezone), |zone| timezone_name(zone).to_owned()),
    },
    LayeredSetting {
        name: "theme",
        layers: &[
            (Layer::Top("theme = \"light\""), "light"),
            (Layer::Profile("theme = \"high-contrast\""), "high-contrast"),
            (Layer::Variable("NO_COLOR", "1"), "mono"),
        ],
        default: "terminal",
        read: |settings| read(Some(&settings.preferences.theme), ToString::to_string),
    },
    LayeredSetting {
        name: "pictures",
        layers: &[(Layer::Top("pictures = \"off\""), "off"), (Layer::Profile("pictures = \"ask\""), "ask")],
        default: "ask",
        read: |settings| read(Some(&settings.preferences.pictures), |pictures| pictures.word().to_owned()),
    },
    LayeredSetting {
        name: "mouse",
        layers: &[(Layer::Top("mouse = true"), "true"), (Layer::Profile("mouse = false"), "false")],
        default: "false",
        read: |settings| read(Some(&settings.preferences.mouse), ToString::to_string),
    },
    LayeredSetting {
        name: "log_file",
        layers: &[
            (Layer::Top("log_file = \"/logs/top\""), "/logs/top"),
            (Layer::Profile("log_file = \"/logs/profile\""), "/logs/profile"),
            (Layer::Option("--log-file", |options| options.log_file = Some("option".into())), "option"),
        ],
        default: "",
        read: |settings| read(settings.preferences.log_file.as_ref(), |path| path.display().to_string()),
    },
    LayeredSetting {
        name: "access_log",
        layers: &[
            (Layer::Top("access_log = \"/logs/top\""), "/logs/top"),
            (Layer::Profile("access_log = \"/logs/profile\""), "/logs/profile"),
        ],
        default: "",
        read: |settings| read(settings.preferences.access_log.as_ref(), |path| path.display().to_string()),
    },
];

#[test]
fn upper_layer_wins_for_every_setting_and_every_set_of_layers() {
    for setting in SETTINGS {
        for subset in 0..1_u32 << setting.layers.len() {
            let said: Vec<_> =
                (0..).zip(setting.layers).filter(|(bit, _)| subset & (1 << bit) != 0).map(|(_, layer)| layer).collect();
            let (mut top, mut profile, mut options, mut variables) =
                (String::new(), String::new(), GlobalOptions::default(), Vec::new());
            for (layer, _) in &said {
                match layer {
                    Layer::Top(line) => top = format!("{line}\n"),
                    Layer::Profile(line) => profile = format!("{line}\n"),
                    Layer::Variable(name, value) => variables.push((*name, *value)),
                    Layer::Option(_, set) => set(&mut options),
                }
            }
            if setting.name != "profile" {
                top.push_str("profile = \"p\"\n");
            }
            if profile.starts_with("api_key_command_") {
                profile.push_str("api_key_command = [\"pass\"]\n");
            }
            let text = format!("{top}[profiles.q]\n[profiles.r]\n[profiles.p]\n{profile}");
            let home = Home::new(&text);
            let settings = Settings::resolve(&options, &home.environment(&variables)).unwrap();

            let line = |wanted: &str| SettingSource::File {
                path: home.path("config.toml").into(),
                line: 1 + text.lines().position(|line| line == wanted).unwrap(),
            };
            let (value, source) = said.last().map_or((setting.default, SettingSource::Default), |(layer, value)| {
                let source = match layer {
                    Layer::Top(text) | Layer::Profile(text) => line(text),
                    Layer::Variable(name, _) => SettingSource::Variable(name),
                    Layer::Option(name, _) => SettingSource::Option(name),
                };
                (value, source)
            });
            assert_eq!((setting.read)(&settings), (value.to_owned(), source), "{} in layers {subset:b}", setting.name);
        }
    }
}

#[test]
fn option_names_the_file_over_the_variable_and_the_variable_over_the_usual_place() {
    let home = Home::new("mask = \"all\"");
    let by_variable = home.write("variable.toml", b"mask = \"none\"", 0o600);
    let by_option = home.write("option.toml", b"mask = \"ids\"", 0o600);
    let option = GlobalOptions { config: Some(by_option.clone()), ..GlobalOptions::default() };
    let named = home.environment(&[("ARGOS_CONFIG", by_variable.to_str().unwrap())]);
    for (options, environment, path, source) in [
        (&option, &named, &by_option, SettingSource::Option("--config")),
        (&GlobalOptions::default(), &named, &by_variable, SettingSource::Variable("ARGOS_CONFIG")),
        (&GlobalOptions::default(), &home.environment(&[]), &home.path("config.toml"), SettingSource::Default),
    ] {
        let settings = Settings::resolve(options, environment).unwrap();
        assert_eq!(settings.file, Some(Sourced::new(path.clone(), source)));
        assert!(
            matches!(&settings.preferences.mask.source, SettingSource::File { path: from, .. } if **from == **path)
        );
    }
}

#[test]
fn empty_variable_counts_as_unset() {
    let home = Home::new("profile = \"p\"\n[profiles.p]\nbase_url = \"https://profile.example.com\"");
    let variables = ["ARGOS_API_KEY", "ARGOS_PROFILE", "ARGOS_BASE_URL", "ARGOS_CONFIG"].map(|name| (name, ""));
    let settings = Settings::resolve(&GlobalOptions::default(), &home.environment(&variables)).unwrap();
    assert_eq!(settings.key, None);
    assert_eq!(settings.profile.unwrap().value, "p");
    assert_eq!(settings.base_url.value.to_string(), "https://profile.example.com");
    assert_eq!(settings.file.unwrap().source, SettingSource::Default);
}

#[test]
fn key_in_the_environment_needs_no_file_and_no_home() {
    let nowhere = Environment::new(|name| (name == "ARGOS_API_KEY").then(|| " invented\n".into()), None, None);
    let settings = Settings::resolve(&GlobalOptions::default(), &nowhere).unwrap();
    assert_eq!((settings.file.clone(), settings.file_found), (None, false));
    assert_eq!(settings.api_key(&nowhere).ok().unwrap().expose(), "invented");
}

#[test]
fn usual_file_may_be_missing_and_a_named_one_not() {
    let home = Home::new("");
    fs::remove_file(home.path("config.toml")).unwrap();
    let settings = home.resolve().unwrap();
    assert!(!settings.file_found);
    let options = GlobalOptions { config: Some(home.path("gone.toml")), ..GlobalOptions::default() };
    let error = Settings::resolve(&options, &home.environment(&[])).unwrap_err();
    assert_eq!(home.without_path(&error.to_string()), "--config: there is no file gone.toml");
    let error = Settings::resolve(&GlobalOptions::default(), &home.environment(&[("ARGOS_CONFIG", "/gone.toml")]));
    assert_eq!(error.unwrap_err().to_string(), "ARGOS_CONFIG: there is no file /gone.toml");
}

#[test]
fn demo_preferences_come_from_options_and_the_top_of_the_file_without_its_logs() {
    let home = Home::new(
        "profile = \"gone\"\nmask = \"ids\"\ntimezone = \"Asia/Seoul\"\nload_cap = 200\nlog_file = \"a.log\"\n\
         access_log = \"b.log\"\n[keys]\nrefresh = [\"F5\"]\n[profiles.live]\nmask = \"none\"\n",
    );
    let options = GlobalOptions { mask: Some("all".into()), ..GlobalOptions::default() };
    let preferences = Preferences::of_demo(&options, &home.environment(&[("ARGOS_PROFILE", "live")])).unwrap();
    assert_eq!(preferences.mask.value.label(), "all");
    assert_eq!(timezone_name(&preferences.timezone.value), "Asia/Seoul");
    assert_eq!((preferences.load_cap.value, preferences.keys.len()), (200, 1));
    assert!(preferences.log_file.is_none() && preferences.access_log.is_none());
}

#[test]
fn keys_prints_the_keys_that_hold_and_who_set_them() {
    let home = Home::new("[keys]\nrefresh = [\"F5\", \"ctrl-r\"]\nwatch = []\n");
    let path = home.path("config.toml");
    let ran = run(&["keys", "--config", path.to_str().unwrap()], &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let line = |action: &str| {
        let named = |line: &&str| line.contains(&format!("  {action}  "));
        ran.stdout.lines().find(named).unwrap_or_else(|| panic!("{action} in {}", ran.stdout)).to_owned()
    };
    assert!(line("refresh").starts_with("  F5 ctrl-r "), "{}", line("refresh"));
    assert!(line("refresh").ends_with("config.toml, line 2)"), "{}", line("refresh"));
    assert!(line("watch").starts_with("  (no key) "), "{}", line("watch"));
    assert!(line("load_all").starts_with("  L ") && !line("load_all").contains("config.toml"));
    let broken = Home::new("[keys]\nrefresh = [\"L\"]\n");
    let path = broken.path("config.toml");
    for call in [&["keys"][..], &["list"], &["config", "check"]] {
        let ran = run(&[call, &["--config", path.to_str().unwrap()]].concat(), &[("ARGOS_API_KEY", "an-invented-key")]);
        assert_eq!(ran.code, 2, "{call:?}");
        assert!(ran.stderr.contains("line 2: L is bound to refresh and to load_all"), "{call:?}: {}", ran.stderr);
    }
}
