//! The settings of the program, read from four layers. A value of an upper layer overrides the value of a lower layer.
//! Each value is kept together with the place that set it, such as a line of the configuration file.
//!
//! From the lowest to the highest, the layers are: defaults, configuration file (its top, then the chosen profile),
//! environment, options. This module reads the configuration file and fetches the API key; the caller passes in the
//! environment and the options of the command line. This module must not print and does not depend on the screen. Its
//! errors must not hold the API key or a value of the configuration file.
//!
//! ```
//! use argos_review::config::{Environment, GlobalOptions, Settings};
//!
//! let environment = Environment::new(|name| (name == "ARGOS_API_KEY").then(|| "an-invented-key".into()), None, None);
//! let settings = Settings::resolve(&GlobalOptions::default(), &environment)?;
//! assert_eq!(settings.base_url.value.to_string(), "https://rest-api.argosidentity.com/v3");
//! assert_eq!(settings.api_key(&environment)?.tail(), "key");
//! # Ok::<(), argos_review::config::ConfigError>(())
//! ```

mod base_url;
mod environment;
mod error;
mod file;
mod key;
mod key_command;
mod options;
mod picture_protocol;
mod sourced;
mod terminal_clipboard;
mod theme_choice;
mod value_parsers;

pub use crate::private_file::FileRefusal;
pub use base_url::{BaseUrl, UrlFault};
pub use environment::Environment;
pub use error::{ConfigError, ValueFault};
pub use file::CopyProgram;
pub use key::KeySource;
pub use key_command::{CommandFault, KeyCommandSettings};
pub use options::GlobalOptions;
pub use picture_protocol::PictureProtocolChoice;
pub use sourced::{SettingSource, Sourced};
pub use terminal_clipboard::TerminalClipboard;
pub use theme_choice::ThemeChoice;
pub use value_parsers::{Pictures, SecureTransfer, timezone_name};

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization as _;

use self::file::{Common, File};
use crate::keys::{Keymap, Rebinding};
use crate::secret::ApiKey;
use crate::text::Mask;
use crate::ui::Theme;

/// Text of the sample configuration file that the command `config init` writes. The file holds every setting as a
/// comment, so that no setting has an effect until the user removes its comment sign.
pub const SAMPLE_FILE: &str = include_str!("../assets/config.toml");

/// All settings of the program. The settings that do not concern the service are in the field `preferences`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Path of the configuration file, whether or not the file exists. `None` if no path was given and there is no home
    /// directory.
    pub file: Option<Sourced<PathBuf>>,
    /// Whether the configuration file exists.
    pub file_found: bool,
    /// Name of the chosen profile (the settings of one project of the service); `None` if no profile was chosen.
    pub profile: Option<Sourced<String>>,
    /// Label of the profile for the screen, for example `test` or `live`; `None` if the profile has no label. The label
    /// is one word, which must be sanitised before it is shown.
    pub label: Option<Sourced<String>>,
    /// Address of the service.
    pub base_url: Sourced<BaseUrl>,
    /// Whether requests and answers are encrypted a second time, inside of TLS (secure transfer).
    pub secure_transfer: Sourced<SecureTransfer>,
    /// Place from which the API key is fetched: an environment variable, a file or a program. `None` if no setting
    /// names a place.
    pub key: Option<Sourced<KeySource>>,
    /// Settings for running the program that prints the API key (setting `api_key_command`).
    pub key_command: KeyCommandSettings,
    /// Settings that do not concern the service, such as the mask level, the log file and the time between two
    /// refreshes of the list.
    pub preferences: Preferences,
    profiles: Vec<String>,
}

/// Settings that do not concern the service, such as the mask level, the log file and the time between two refreshes of
/// the list.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// Mask level (which identity data is hidden on the screen) at the start of the program.
    pub mask: Sourced<Mask>,
    /// Time zone in which times are shown at the start of the program.
    pub timezone: Sourced<TimeZone>,
    /// The theme (the colours of the screen): a theme of the program such as `light`, or a file.
    pub theme: Sourced<ThemeChoice>,
    /// Whether the mouse is on at the start of the program.
    pub mouse: Sourced<bool>,
    /// Whether the program is allowed to fetch pictures of submissions.
    pub pictures: Sourced<Pictures>,
    /// Protocol in which pictures are sent to the terminal.
    pub picture_protocol: Sourced<PictureProtocolChoice>,
    /// Path of the log file; `None` for no log.
    pub log_file: Option<Sourced<PathBuf>>,
    /// Path of the access log, which records who looked at which submissions; `None` for no access log.
    pub access_log: Option<Sourced<PathBuf>>,
    /// Program that puts copied text on the clipboard (setting `copy_command`). `None` means that copied text is sent
    /// to the terminal.
    pub copy_command: Option<Sourced<CopyProgram>>,
    /// Number of loaded rows at which the program, while it loads all pages of the list, asks the user whether to
    /// continue.
    pub load_cap: Sourced<u32>,
    /// Seconds between two refreshes of the watch mode (the mode that refreshes the list regularly).
    pub watch_seconds: Sourced<u32>,
    /// Whether the watch mode rings the terminal's bell when a refresh brings new or changed submissions.
    pub watch_bell: Sourced<bool>,
    /// Number of minutes without input from the user after which the screen is blanked; 0 means never.
    pub blank_minutes: Sourced<u32>,
    /// Changes of the key bindings by the user, in the order of the configuration file.
    pub keys: Vec<Sourced<Rebinding>>,
}

impl Settings {
    /// Combines the four layers (defaults, configuration file, environment, options) into settings. Reads the
    /// configuration file, but does not fetch the API key yet.
    ///
    /// # Errors
    /// Returns a [`ConfigError`] for the first mistake that is found. Every line of the configuration file is checked,
    /// even if another layer overrides the setting in the line.
    pub fn resolve(options: &GlobalOptions, environment: &Environment) -> Result<Self, ConfigError> {
        let place = config_file_path(options, environment);
        let read = read_file(place.as_ref(), environment)?;
        let file_found = read.is_some();
        let File { profile: chosen, common, keys, mut profiles } = read.unwrap_or_default();

        let known: Vec<String> = profiles.keys().cloned().collect();
        let chosen = match option("--profile", options.profile.as_deref()) {
            Some(name) => Some(name),
            None => variable("ARGOS_PROFILE", environment)?.or(chosen),
        };
        let profile = match &chosen {
            None => file::Profile::default(),
            Some(Sourced { value, source }) => {
                // One name may be typed in several ways that nobody can tell apart.
                let alike = known.iter().find(|name| *name == value || name.nfc().eq(value.nfc()));
                alike.and_then(|name| profiles.remove(name)).ok_or_else(|| ConfigError::NoProfile {
                    at: source.clone(),
                    name: value.clone(),
                    known: known.clone(),
                })?
            }
        };

        let given = match option("--base-url", options.base_url.as_deref()) {
            Some(text) => Some(text),
            None => variable("ARGOS_BASE_URL", environment)?,
        };
        let base_url = match (given, profile.base_url) {
            (Some(text), _) => text.source.read(&text.value, BaseUrl::parse)?,
            (None, Some(url)) => url,
            (None, None) => SettingSource::Default.read(BaseUrl::DEFAULT, BaseUrl::parse)?,
        };
        let secure_transfer = SecureTransfer::of(options)?.or(profile.secure_transfer);
        let from_variable = environment
            .variable(KeySource::Variable.name())
            .map(|_| Sourced::new(KeySource::Variable, SettingSource::Variable(KeySource::Variable.name())));

        let preferences = Preferences { keys, ..Preferences::from_layers(options, profile.common, common)? };
        let preferences = preferences.obeying_no_color(environment);
        preferences.keymap()?;
        Ok(Self {
            file: place,
            file_found,
            profile: chosen,
            label: profile.label,
            base_url,
            secure_transfer: secure_transfer.unwrap_or(Sourced::new(SecureTransfer::default(), SettingSource::Default)),
            key: from_variable.or(profile.key),
            key_command: KeyCommandSettings {
                seconds: profile.key_command_seconds.unwrap_or(Sourced::new(10, SettingSource::Default)),
                variables: profile.key_command_env,
            },
            preferences,
            profiles: known,
        })
    }

    /// Fetches the API key from the environment variable, file or program that the settings name. If the settings name
    /// a program, this method runs the program and waits for its end. This method must not be called inside an async
    /// runtime, since it blocks.
    ///
    /// # Errors
    /// Returns [`ConfigError::NoKey`] if no setting says where the API key is. Any other error says why the key could
    /// not be read from the named place.
    pub fn api_key(&self, environment: &Environment) -> Result<ApiKey, ConfigError> {
        match &self.key {
            Some(Sourced { value, source }) => value
                .fetch(environment, &self.key_command)
                .map_err(|fault| ConfigError::At { at: source.clone(), fault }),
            None => Err(ConfigError::NoKey {
                profile: self.profile.as_ref().map(|name| name.value.clone()),
                known: self.profiles.clone(),
            }),
        }
    }
}

impl Preferences {
    /// Returns the preferences for the demo: those of the options and of the top of the configuration file. The demo
    /// uses no profile. The files of the settings `log_file` and `access_log` are not written, since they are about the
    /// submissions of the service. A log file that the options name is used.
    ///
    /// # Errors
    /// Returns a [`ConfigError`] for the first mistake that is found. Every line of the configuration file is checked,
    /// also those that the demo does not use.
    pub fn of_demo(options: &GlobalOptions, environment: &Environment) -> Result<Self, ConfigError> {
        let place = config_file_path(options, environment);
        let File { common, keys, .. } = read_file(place.as_ref(), environment)?.unwrap_or_default();
        let common = Common { log_file: None, access_log: None, ..common };
        let preferences = Self { keys, ..Self::from_layers(options, Common::default(), common)? };
        preferences.keymap()?;
        Ok(preferences)
    }

    /// Returns these preferences with the theme `mono` if the environment variable `NO_COLOR` is set, whatever theme
    /// the settings name. Otherwise returns them unchanged.
    #[must_use]
    pub fn obeying_no_color(self, environment: &Environment) -> Self {
        match Sourced::without_colour(environment) {
            Some(theme) => Self { theme, ..self },
            None => self,
        }
    }

    /// Returns the theme that the settings name. Reads the theme file if they name one.
    ///
    /// # Errors
    /// Returns [`ConfigError::At`] if the theme file cannot be read or has a mistake. The error names the setting, or
    /// the line of the theme file.
    pub fn read_theme(&self) -> Result<Theme, ConfigError> {
        self.theme.load()
    }

    /// Returns the table of key bindings, with the changes by the user.
    ///
    /// # Errors
    /// Returns [`ConfigError::At`] if a change by the user would not work, such as one key for two actions.
    pub fn keymap(&self) -> Result<Keymap, ConfigError> {
        let changes: Vec<Rebinding> = self.keys.iter().map(|own| own.value.clone()).collect();
        Keymap::built_in().map_err(ConfigError::Keymap)?.with_changes(&changes).map_err(|(at, fault)| ConfigError::At {
            at: self.keys.get(at).map_or(SettingSource::Default, |own| own.source.clone()),
            fault: fault.into(),
        })
    }

    fn from_layers(options: &GlobalOptions, profile: Common, top: Common) -> Result<Self, ConfigError> {
        let mask = match &options.mask {
            Some(text) => Some(SettingSource::Option("--mask").read(text, value_parsers::mask)?),
            None => profile.mask.or(top.mask),
        };
        let timezone = match &options.timezone {
            Some(text) => Some(SettingSource::Option("--timezone").read(text, value_parsers::timezone)?),
            None => profile.timezone.or(top.timezone),
        };
        let log_file = options.log_file.clone().map(|path| Sourced::new(path, SettingSource::Option("--log-file")));
        Ok(Self {
            mask: mask.unwrap_or(Sourced::new(Mask::default(), SettingSource::Default)),
            timezone: timezone.unwrap_or(Sourced::new(TimeZone::UTC, SettingSource::Default)),
            theme: profile.theme.or(top.theme).unwrap_or(Sourced::new(ThemeChoice::DEFAULT, SettingSource::Default)),
            mouse: profile.mouse.or(top.mouse).unwrap_or(Sourced::new(false, SettingSource::Default)),
            pictures: profile
                .pictures
                .or(top.pictures)
                .unwrap_or(Sourced::new(Pictures::default(), SettingSource::Default)),
            picture_protocol: profile
                .picture_protocol
                .or(top.picture_protocol)
                .unwrap_or(Sourced::new(PictureProtocolChoice::default(), SettingSource::Default)),
            log_file: log_file.or(profile.log_file).or(top.log_file),
            access_log: profile.access_log.or(top.access_log),
            copy_command: profile.copy_command.or(top.copy_command),
            load_cap: profile.load_cap.or(top.load_cap).unwrap_or(Sourced::new(10_000, SettingSource::Default)),
            watch_seconds: profile
                .watch_seconds
                .or(top.watch_seconds)
                .unwrap_or(Sourced::new(30, SettingSource::Default)),
            watch_bell: profile.watch_bell.or(top.watch_bell).unwrap_or(Sourced::new(false, SettingSource::Default)),
            blank_minutes: profile
                .blank_minutes
                .or(top.blank_minutes)
                .unwrap_or(Sourced::new(10, SettingSource::Default)),
            keys: Vec::new(),
        })
    }
}

/// Reads and checks the configuration file at `path`. Returns `None` if `path` is `None`, or if the default
/// configuration file does not exist. A file that an option or an environment variable names must exist.
fn read_file(path: Option<&Sourced<PathBuf>>, environment: &Environment) -> Result<Option<File>, ConfigError> {
    let Some(Sourced { value, source }) = path else { return Ok(None) };
    match File::read(value, environment.home())? {
        None if *source != SettingSource::Default => {
            Err(ConfigError::NoFile { at: source.clone(), path: value.clone() })
        }
        read => Ok(read),
    }
}

/// Returns the path of the configuration file, whether or not the file exists. The path comes from the option
/// `--config`, otherwise from the environment variable `ARGOS_CONFIG`, otherwise it is the default path
/// ([`Environment::default_file`]). Returns `None` if there is no default path.
pub fn config_file_path(options: &GlobalOptions, environment: &Environment) -> Option<Sourced<PathBuf>> {
    let option = options.config.clone().map(|path| Sourced::new(path, SettingSource::Option("--config")));
    let variable =
        || Some(Sourced::new(environment.variable("ARGOS_CONFIG")?.into(), SettingSource::Variable("ARGOS_CONFIG")));
    let usual = || environment.default_file().map(|path| Sourced::new(path, SettingSource::Default));
    option.or_else(variable).or_else(usual)
}

fn option(name: &'static str, text: Option<&str>) -> Option<Sourced<String>> {
    text.map(|text| Sourced::new(text.to_owned(), SettingSource::Option(name)))
}

fn variable(name: &'static str, environment: &Environment) -> Result<Option<Sourced<String>>, ConfigError> {
    let source = SettingSource::Variable(name);
    match environment.variable(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(Sourced::new(text, source))),
        Some(Err(_)) => Err(ConfigError::At { at: source, fault: ValueFault::NotUtf8 }),
    }
}
