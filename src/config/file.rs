//! Reads the configuration file strictly. An entry that the program does not know is an error, which names the line of
//! the entry.
//!
//! The TOML tables are read by code of this module, not by code that serde derives. The messages of derived code hold
//! values, and a value may be an API key that someone put into the file by mistake.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    BaseUrl, ConfigError, KeySource, PictureProtocolChoice, Pictures, SecureTransfer, SettingSource, Sourced,
    ThemeChoice, ValueFault, value_parsers,
};
use crate::keys::Rebinding;
use crate::private_file::{self, FileRule};
use crate::text::Mask;

const TOP_LEVEL_KEYS: &[&str] = &[
    "profile",
    "profiles",
    "keys",
    "mask",
    "timezone",
    "theme",
    "mouse",
    "pictures",
    "picture_protocol",
    "log_file",
    "access_log",
    "copy_command",
    "load_cap",
    "watch_seconds",
    "watch_bell",
    "blank_minutes",
];
const PROFILE_KEYS: &[&str] = &[
    "base_url",
    "api_key_file",
    "api_key_command",
    "api_key_command_seconds",
    "api_key_command_env",
    "secure_transfer",
    "label",
    "mask",
    "timezone",
    "theme",
    "mouse",
    "pictures",
    "picture_protocol",
    "log_file",
    "access_log",
    "copy_command",
    "load_cap",
    "watch_seconds",
    "watch_bell",
    "blank_minutes",
];

/// Contents of the configuration file, checked but not yet combined with the other layers (defaults, environment,
/// options).
#[derive(Default)]
pub(super) struct File {
    pub(super) profile: Option<Sourced<String>>,
    pub(super) common: Common,
    pub(super) keys: Vec<Sourced<Rebinding>>,
    pub(super) profiles: BTreeMap<String, Profile>,
}

/// Settings that are allowed at two places of the configuration file: at the top for all profiles, or in a profile for
/// that profile.
#[derive(Clone, Default)]
pub(super) struct Common {
    pub(super) mask: Option<Sourced<Mask>>,
    pub(super) timezone: Option<Sourced<TimeZone>>,
    pub(super) theme: Option<Sourced<ThemeChoice>>,
    pub(super) mouse: Option<Sourced<bool>>,
    pub(super) pictures: Option<Sourced<Pictures>>,
    pub(super) picture_protocol: Option<Sourced<PictureProtocolChoice>>,
    pub(super) log_file: Option<Sourced<PathBuf>>,
    pub(super) access_log: Option<Sourced<PathBuf>>,
    pub(super) copy_command: Option<Sourced<CopyProgram>>,
    pub(super) load_cap: Option<Sourced<u32>>,
    pub(super) watch_seconds: Option<Sourced<u32>>,
    pub(super) watch_bell: Option<Sourced<bool>>,
    pub(super) blank_minutes: Option<Sourced<u32>>,
}

/// Program of the setting `copy_command`, which gets copied text on its standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyProgram {
    /// Name of the program, which is searched in `PATH`, or path of the program.
    pub program: PathBuf,
    /// Arguments of the program, one word each.
    pub arguments: Vec<String>,
}

/// Settings of one profile, that is, of one project of the service. The address of the service and the place of the API
/// key are only in a profile, never at the top of the file. So a key cannot be sent to the address of another project.
#[derive(Clone, Default)]
pub(super) struct Profile {
    pub(super) base_url: Option<Sourced<BaseUrl>>,
    pub(super) key: Option<Sourced<KeySource>>,
    pub(super) key_command_seconds: Option<Sourced<u32>>,
    pub(super) key_command_env: Option<Sourced<Vec<String>>>,
    pub(super) secure_transfer: Option<Sourced<SecureTransfer>>,
    pub(super) label: Option<Sourced<String>>,
    pub(super) common: Common,
}

impl File {
    /// Reads and checks the configuration file at `path`. Returns `None` if the file does not exist. `home` is the home
    /// directory, for paths that begin with `~/`; `None` if it is unknown.
    pub(super) fn read(path: &Path, home: Option<&Path>) -> Result<Option<Self>, ConfigError> {
        match private_file::read(path, FileRule::Config) {
            Ok(bytes) => ConfigReader { path: path.into(), bytes: &bytes, home }.file().map(Some),
            Err(refusal) if refusal.is_missing() => Ok(None),
            Err(refusal) => Err(ConfigError::File(refusal)),
        }
    }
}

type Key<'t> = Spanned<Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

struct ConfigReader<'a> {
    path: Arc<Path>,
    bytes: &'a [u8],
    home: Option<&'a Path>,
}

impl ConfigReader<'_> {
    fn file(&self) -> Result<File, ConfigError> {
        let text =
            str::from_utf8(self.bytes).map_err(|error| self.error_at(error.valid_up_to(), ValueFault::NotUtf8))?;
        let table = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(text.len(), |span| span.start);
            self.error_at(offset, ValueFault::Syntax(error.message().to_owned()))
        })?;
        let mut file = File::default();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "profile" => {
                    file.profile = Some(self.text("profile", value, |name| Ok::<_, ValueFault>(name.to_owned()))?);
                }
                "keys" => {
                    for (action, chords) in self.table("keys", value)? {
                        file.keys.push(self.rebinding(action, chords)?);
                    }
                }
                "profiles" => {
                    for (name, profile) in self.table("profiles", value)? {
                        file.profiles.insert(name.get_ref().to_string(), self.profile(profile)?);
                    }
                }
                _ => self.common(key, value, &mut file.common, TOP_LEVEL_KEYS)?,
            }
        }
        Ok(file)
    }

    fn profile(&self, value: &Value<'_>) -> Result<Profile, ConfigError> {
        let mut profile = Profile::default();
        for (key, value) in self.table("profiles", value)? {
            let key_source = match key.get_ref().as_ref() {
                "api_key_file" => {
                    Some(self.text("api_key_file", value, |text| self.to_path(text).map(KeySource::File))?)
                }
                "api_key_command" => {
                    let wanted = "a list of texts, the program first, such as [\"pass\", \"show\", \"argos/test\"]";
                    let Sourced { value: (program, arguments), source } =
                        self.command("api_key_command", wanted, value)?;
                    Some(Sourced::new(KeySource::Command { program, arguments }, source))
                }
                "api_key_command_seconds" => {
                    let range = value_parsers::KEY_COMMAND_SECONDS;
                    profile.key_command_seconds = Some(self.number("api_key_command_seconds", value, range)?);
                    None
                }
                "api_key_command_env" => {
                    profile.key_command_env = Some(self.variables(value)?);
                    None
                }
                "base_url" => {
                    profile.base_url = Some(self.text("base_url", value, BaseUrl::parse)?);
                    None
                }
                "secure_transfer" => {
                    profile.secure_transfer =
                        Some(self.text("secure_transfer", value, value_parsers::secure_transfer)?);
                    None
                }
                "label" => {
                    profile.label = Some(self.text("label", value, value_parsers::label)?);
                    None
                }
                _ => {
                    self.common(key, value, &mut profile.common, PROFILE_KEYS)?;
                    None
                }
            };
            if key_source.is_some() && profile.key.is_some() {
                return Err(self.error_at(key.span().start, ValueFault::TwoKeys));
            }
            profile.key = profile.key.or(key_source);
        }
        let seconds = profile.key_command_seconds.as_ref().map(|own| ("api_key_command_seconds", &own.source));
        let env = profile.key_command_env.as_ref().map(|own| ("api_key_command_env", &own.source));
        let has_command = matches!(&profile.key, Some(Sourced { value: KeySource::Command { .. }, .. }));
        if let Some((name, at)) = seconds.or(env).filter(|_| !has_command) {
            return Err(ConfigError::At { at: at.clone(), fault: ValueFault::NoCommand(name) });
        }
        Ok(profile)
    }

    fn common(
        &self,
        key: &Key<'_>,
        value: &Value<'_>,
        common: &mut Common,
        known: &'static [&'static str],
    ) -> Result<(), ConfigError> {
        match key.get_ref().as_ref() {
            "mask" => common.mask = Some(self.text("mask", value, value_parsers::mask)?),
            "timezone" => common.timezone = Some(self.text("timezone", value, value_parsers::timezone)?),
            "theme" => {
                let read = |text: &str| ThemeChoice::read(text, |path| self.to_path(path));
                common.theme = Some(self.text("theme", value, read)?);
            }
            "mouse" => common.mouse = Some(self.flag("mouse", value)?),
            "pictures" => common.pictures = Some(self.text("pictures", value, value_parsers::pictures)?),
            "picture_protocol" => {
                common.picture_protocol = Some(self.text("picture_protocol", value, PictureProtocolChoice::read)?);
            }
            "log_file" => common.log_file = Some(self.text("log_file", value, |text| self.to_path(text))?),
            "access_log" => common.access_log = Some(self.text("access_log", value, |text| self.to_path(text))?),
            "copy_command" => {
                let wanted = "a list of texts, the program first, such as [\"wl-copy\"]";
                let command = self.command("copy_command", wanted, value)?;
                let (program, arguments) = command.value;
                common.copy_command = Some(Sourced::new(CopyProgram { program, arguments }, command.source));
            }
            "load_cap" => common.load_cap = Some(self.number("load_cap", value, value_parsers::LOAD_CAP)?),
            "watch_seconds" => {
                common.watch_seconds = Some(self.number("watch_seconds", value, value_parsers::WATCH_SECONDS)?);
            }
            "watch_bell" => common.watch_bell = Some(self.flag("watch_bell", value)?),
            "blank_minutes" => {
                common.blank_minutes = Some(self.number("blank_minutes", value, value_parsers::BLANK_MINUTES)?);
            }
            "api_key" => return Err(self.error_at(key.span().start, ValueFault::InlineKey)),
            name => {
                let fault = ValueFault::UnknownKey { name: name.to_owned(), known };
                return Err(self.error_at(key.span().start, fault));
            }
        }
        Ok(())
    }

    fn text<T, F: Into<ValueFault>>(
        &self,
        name: &'static str,
        value: &Value<'_>,
        read: impl FnOnce(&str) -> Result<T, F>,
    ) -> Result<Sourced<T>, ConfigError> {
        match value.get_ref().as_str() {
            Some(text) => self.source_at(value.span().start).read(text, read),
            None => Err(self.error_at(value.span().start, ValueFault::Type { name, wanted: "a text in quotes" })),
        }
    }

    fn number(
        &self,
        name: &'static str,
        value: &Value<'_>,
        range: RangeInclusive<u32>,
    ) -> Result<Sourced<u32>, ConfigError> {
        let read = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match read.filter(|number| range.contains(number)) {
            Some(number) => Ok(Sourced::new(number, self.source_at(value.span().start))),
            None => {
                let fault = ValueFault::Range { name, least: *range.start(), most: *range.end() };
                Err(self.error_at(value.span().start, fault))
            }
        }
    }

    fn flag(&self, name: &'static str, value: &Value<'_>) -> Result<Sourced<bool>, ConfigError> {
        match value.get_ref().as_bool() {
            Some(flag) => Ok(Sourced::new(flag, self.source_at(value.span().start))),
            None => Err(self.error_at(value.span().start, ValueFault::Type { name, wanted: "true or false" })),
        }
    }

    fn table<'v, 't>(&self, name: &'static str, value: &'v Value<'t>) -> Result<&'v DeTable<'t>, ConfigError> {
        let wanted = if name == "keys" { "a table: [keys]" } else { "a table with a name, such as [profiles.test]" };
        value.get_ref().as_table().ok_or_else(|| self.error_at(value.span().start, ValueFault::Type { name, wanted }))
    }

    /// Reads the setting `name`, whose value `value` is a list of a program and its arguments. `wanted` is the text in
    /// the error message that says what the value must be.
    fn command(
        &self,
        name: &'static str,
        wanted: &'static str,
        value: &Value<'_>,
    ) -> Result<Sourced<(PathBuf, Vec<String>)>, ConfigError> {
        let list = value.get_ref().as_array().into_iter().flatten();
        let value_parsers: Option<Vec<String>> = list.map(|word| word.get_ref().as_str().map(str::to_owned)).collect();
        let at = self.source_at(value.span().start);
        match value_parsers.as_deref() {
            Some([program, arguments @ ..]) if !program.is_empty() => {
                // A name alone is looked for in PATH, as in a shell; a path means the same from any directory.
                let program = if program.contains('/') {
                    at.clone().read(program, |text| self.to_path(text))?.value
                } else {
                    program.into()
                };
                Ok(Sourced::new((program, arguments.to_vec()), at))
            }
            _ => Err(ConfigError::At { at, fault: ValueFault::Type { name, wanted } }),
        }
    }

    /// Reads one line of the table `[keys]` of the configuration file: the name of an action, and the list of the
    /// chords (keys with modifiers) that start the action.
    fn rebinding(&self, action: &Key<'_>, chords: &Value<'_>) -> Result<Sourced<Rebinding>, ConfigError> {
        let name = action.get_ref();
        let Ok(action) = name.parse() else {
            return Err(self.error_at(action.span().start, ValueFault::Action { name: name.to_string() }));
        };
        let list = || self.error_at(chords.span().start, ValueFault::Chords);
        let read = |(at, chord): (usize, &Value<'_>)| {
            let text = chord.get_ref().as_str().ok_or_else(list)?;
            text.parse().map_err(|_| self.error_at(chord.span().start, ValueFault::Chord(at + 1)))
        };
        let on =
            chords.get_ref().as_array().ok_or_else(list)?.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        Ok(Sourced::new(Rebinding { action, chords: on }, self.source_at(chords.span().start)))
    }

    /// Reads the setting `api_key_command_env`: a list of names of environment variables. Returns an error for an entry
    /// with a value (`NAME=value`), since the value may be a secret, which must not be in the file.
    fn variables(&self, value: &Value<'_>) -> Result<Sourced<Vec<String>>, ConfigError> {
        let at = self.source_at(value.span().start);
        let is_name =
            |name: &&str| !name.is_empty() && !name.contains(|c: char| c == '=' || c == '\0' || c.is_whitespace());
        let list = value.get_ref().as_array().map(|list| {
            list.iter().map(|name| name.get_ref().as_str().filter(is_name).map(str::to_owned)).collect::<Option<_>>()
        });
        match list.flatten() {
            Some(names) => Ok(Sourced::new(names, at)),
            None => {
                let wanted = "a list of names of variables, without values, such as [\"BW_SESSION\"]";
                Err(ConfigError::At { at, fault: ValueFault::Type { name: "api_key_command_env", wanted } })
            }
        }
    }

    /// Converts a text of the configuration file into a path. `~/` at the start becomes the home directory, and a
    /// relative path starts at the folder of the configuration file.
    fn to_path(&self, text: &str) -> Result<PathBuf, ValueFault> {
        match text.strip_prefix("~/") {
            Some(rest) => self.home.map(|home| home.join(rest)).ok_or(ValueFault::NoHome),
            None => Ok(self.path.parent().unwrap_or(Path::new("")).join(text)),
        }
    }

    fn error_at(&self, offset: usize, fault: ValueFault) -> ConfigError {
        ConfigError::At { at: self.source_at(offset), fault }
    }

    fn source_at(&self, offset: usize) -> SettingSource {
        let before = self.bytes.get(..offset).unwrap_or(self.bytes);
        SettingSource::File {
            path: Arc::clone(&self.path),
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
        }
    }
}
