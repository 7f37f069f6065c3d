//! Scenarios of the demo server. A scenario is a file in `demo/scenarios` that sets how the service behaves, how slow
//! it is, which faults occur, and how the data change. The files are part of the program and are parsed strictly: an
//! unknown word in a file is a bug.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;

use super::behaviour::Behaviour;
use super::faults::Fault;

/// The name of the scenario that is used if the user names no scenario.
const DEFAULT: &str = "default";
const DEFAULT_ABOUT: &str = "The service as its documentation and samples have it, with the assumed answers elsewhere.";

macro_rules! files {
    ($($name:literal)+) => {
        [$(($name, include_str!(concat!("../scenarios/", $name, ".toml")))),+]
    };
}

/// The name and the text of the file of every scenario, in the order in which users see the list of scenarios.
const FILES: [(&str, &str); 60] = files!(
    "default" "oldest-first" "unordered" "count-capped" "exclusive-dates" "seoul-dates" "unknown-id-missing"
    "unknown-id-refused" "remembered-filters" "null-key" "empty-key" "key-first" "empty-last-page"
    "short-pages" "long-pages" "slim-parts" "placeholder-times" "minute-times" "text-numbers" "single-words"
    "other-forms" "deleted-bare" "deleted-emptied" "encrypted" "encrypted-optional" "encrypted-wrapped"
    "encrypted-body" "encrypted-errors" "distant" "crowded" "slow" "wrong-key" "blocked-address" "rate-limited"
    "rate-limited-by-date" "rate-limited-silent" "quota" "flaky" "failing-500" "failing-gateway" "down"
    "gateway-html" "captive-portal" "truncated" "stuck-cursor" "cycling-cursor" "repeating-pages"
    "overlapping-pages" "empty-pages" "endless-pages" "bad-items" "growing"
    "pictures-missing" "pictures-slow" "pictures-refused" "pictures-broken" "pictures-encrypted"
    "pictures-jpeg-rotated" "pictures-octet-stream" "pictures-unnamed"
);

/// A scenario: all settings of how a demo server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The name by which users choose the scenario.
    pub name: &'static str,
    /// One sentence about what the scenario shows.
    pub about: String,
    /// The time that the server waits before it sends an answer.
    pub latency: Duration,
    /// The additional time that the server waits before it sends a picture; it is added to [`Self::latency`].
    pub picture_latency: Duration,
    /// Factor for the number of submissions on each day before the newest day; 1 gives the usual number.
    pub volume_factor: u8,
    /// The settings of the server for points that the service's documentation leaves open.
    pub behaviour: Behaviour,
    /// The deliberate faults (wrong or missing answers), and which requests they affect.
    pub faults: Vec<Fault>,
    /// How the data change while the server runs; `None` if the data do not change.
    pub growth: Option<Growth>,
}

/// How the data change while the server runs. They change with every request for the first page of a list, except the
/// first such request.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Growth {
    /// Number of new submissions that are added at each change.
    pub arriving: usize,
    /// Number of pending submissions that are approved or rejected at each change. The newest ones are chosen.
    pub decided: usize,
}

/// The reason why a scenario cannot be loaded.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// No scenario has this name.
    #[error("there is no scenario named {name}; {} {}", if *.similar { "near it:" } else { "there are" }, .known.join(", "))]
    Unknown {
        /// The name that the user gave.
        name: String,
        /// True if `known` holds only the names that are similar to `name`; false if it holds all names.
        similar: bool,
        /// The names of similar scenarios; the names of all scenarios if no name is similar.
        known: Vec<&'static str>,
    },
    /// A scenario file, which is built into the program, is invalid. This can only be a bug.
    #[error("scenario {name}, line {line}: {what}")]
    File {
        /// The name of the scenario.
        name: &'static str,
        /// The number of the wrong line in the scenario file, counted from 1.
        line: usize,
        /// What is wrong with the line.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScenarioToml {
    about: String,
    #[serde(default)]
    latency_ms: u64,
    #[serde(default = "default_volume_factor")]
    volume_factor: u8,
    #[serde(default)]
    picture_latency_ms: u64,
    #[serde(default)]
    behaviour: Behaviour,
    #[serde(default)]
    fault: Vec<Fault>,
    growing: Option<Growth>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            name: DEFAULT,
            about: DEFAULT_ABOUT.to_owned(),
            latency: Duration::ZERO,
            picture_latency: Duration::ZERO,
            volume_factor: default_volume_factor(),
            behaviour: Behaviour::default(),
            faults: Vec::new(),
            growth: None,
        }
    }
}

impl Scenario {
    /// Returns the names of all scenarios, in the order in which users see the list of scenarios.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().map(|(name, _)| name)
    }

    /// Returns the scenario with this name.
    ///
    /// # Errors
    /// Returns [`ScenarioError::Unknown`] for an unknown name. Returns [`ScenarioError::File`] if the scenario file,
    /// which is built into the program, is invalid; this can only be a bug.
    pub fn named(name: &str) -> Result<Self, ScenarioError> {
        match FILES.into_iter().find(|(known, _)| *known == name) {
            Some((name, text)) => Self::read(name, text),
            None => Err(unknown(name)),
        }
    }

    /// Returns all scenarios.
    ///
    /// # Errors
    /// Returns [`ScenarioError::File`] if a scenario file, which is built into the program, is invalid; this can only
    /// be a bug.
    pub fn all() -> Result<Vec<Self>, ScenarioError> {
        FILES.into_iter().map(|(name, text)| Self::read(name, text)).collect()
    }

    /// Returns a text that lists all scenarios: one line for each, with name and description in aligned columns.
    ///
    /// # Errors
    /// Returns [`ScenarioError::File`] if a scenario file, which is built into the program, is invalid; this can only
    /// be a bug.
    pub fn list() -> Result<String, ScenarioError> {
        let width = Self::names().map(str::len).max().unwrap_or(0);
        Self::all()?.iter().try_fold(String::new(), |mut list, scenario| {
            let _ = writeln!(list, "{:width$}  {}", scenario.name, scenario.about);
            Ok(list)
        })
    }

    fn read(name: &'static str, text: &str) -> Result<Self, ScenarioError> {
        let written: ScenarioToml = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            ScenarioError::File { name, line: before.matches('\n').count() + 1, what: error.message().to_owned() }
        })?;
        Ok(Self {
            name,
            about: written.about,
            latency: Duration::from_millis(written.latency_ms),
            picture_latency: Duration::from_millis(written.picture_latency_ms),
            volume_factor: written.volume_factor,
            behaviour: written.behaviour,
            faults: written.fault,
            growth: written.growing,
        })
    }
}

const fn default_volume_factor() -> u8 {
    1
}

/// Returns the error for `name`, a name that no scenario has. The error holds the names that contain `name` or differ
/// from it by a typing error. If there are none, it holds all names.
fn unknown(name: &str) -> ScenarioError {
    let wanted = name.to_ascii_lowercase().replace(['_', ' '], "-");
    let near = |known: &&str| {
        (wanted.len() > 2 && known.contains(&wanted)) || strsim::osa_distance(known, &wanted) <= wanted.len().min(8) / 3
    };
    let similar: Vec<&str> = Scenario::names().filter(near).collect();
    let (similar, known) = if similar.is_empty() { (false, Scenario::names().collect()) } else { (true, similar) };
    ScenarioError::Unknown { name: name.to_owned(), similar, known }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_and_read_and_says_in_one_sentence_what_it_shows() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".toml", ""))
            .collect();
        let mut names: Vec<&str> = Scenario::names().collect();
        files.sort();
        names.sort_unstable();
        assert_eq!(files, names);
        for scenario in Scenario::all().unwrap() {
            let about = scenario.about;
            assert!(about.ends_with('.') && about.matches(". ").count() == 0, "{about}");
            assert!(about.len() <= 110 && about.starts_with(|c: char| c.is_uppercase()), "{about}");
        }
    }

    #[test]
    fn no_two_scenarios_are_the_same() {
        let shipped = Scenario::all().unwrap();
        for (at, one) in shipped.iter().enumerate() {
            for other in &shipped[at + 1..] {
                let same = Scenario { name: other.name, about: other.about.clone(), ..one.clone() };
                assert_ne!(&same, other, "{} and {}", one.name, other.name);
            }
        }
    }

    #[test]
    fn default_file_names_every_switch_and_is_what_is_taken_without_a_name() {
        assert_eq!(Scenario::named("default"), Ok(Scenario::default()));
        let (_, text) = FILES[0];
        let written: toml::Table = toml::from_str(text).unwrap();
        let named = written["behaviour"].as_table().unwrap();
        assert_eq!(named, &toml::Table::try_from(Behaviour::default()).unwrap(), "every switch, and none twice");
    }

    #[test]
    fn mistake_in_a_file_is_told_with_its_line() {
        for (text, said) in [
            ("about = \"A.\"\n\n[behaviour]\nordr = \"none\"\n", "scenario some, line 4: unknown field `ordr`"),
            ("about = \"A.\"\nlatency = 5\n", "scenario some, line 2: unknown field `latency`"),
            (
                "about = \"A.\"\n[behaviour]\norder = \"sideways\"\n",
                "scenario some, line 3: unknown variant `sideways`",
            ),
            (
                "about = \"A.\"\n\n[[fault]]\non = \"all\"\nkind = \"quota\"\nwhen = 3\n",
                "scenario some, line 6: unknown field `when`",
            ),
            ("about = \"A.\"\n\n[growing]\narriving = 1\n", "scenario some, line 3: missing field `decided`"),
            ("latency-ms = 5\n", "scenario some, line 1: missing field `about`"),
        ] {
            let error = Scenario::read("some", text).unwrap_err().to_string();
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn unknown_name_brings_what_is_near_or_else_everything() {
        let said = |name| Scenario::named(name).unwrap_err().to_string();
        assert_eq!(said("stuk-cursor"), "there is no scenario named stuk-cursor; near it: stuck-cursor");
        assert_eq!(said("Cursor"), "there is no scenario named Cursor; near it: stuck-cursor, cycling-cursor");
        let all = said("zz");
        assert!(Scenario::names().all(|name| all.contains(name)) && all.contains("there are default, "), "{all}");
    }

    #[test]
    fn list_has_a_line_each_and_the_sentences_aligned() {
        let list = Scenario::list().unwrap();
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(lines.len(), FILES.len());
        let start = lines[0].find("The service").unwrap();
        for (line, scenario) in lines.iter().zip(Scenario::all().unwrap()) {
            assert!(line.starts_with(scenario.name), "{line}");
            assert_eq!(line.get(start..), Some(scenario.about.as_str()));
        }
    }
}
