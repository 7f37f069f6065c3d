//! `keys`: prints the key bindings of the interactive program, including those that the user's configuration changes.

use std::process::ExitCode;

use super::exit::configuration_exit_code;
use super::standard_output;
use crate::config::{Environment, GlobalOptions, Preferences, Settings};
use crate::keys::{Action, Binding, Keymap};
use crate::text::Safe;

/// Width, in columns, of the chords (keys with modifiers) in the printed table.
const CHORDS_WIDTH: usize = 20;

/// Width in columns of the action names in the table.
const NAME_WIDTH: usize = 20;

/// Prints every action with its chords (keys with modifiers), its name for the table `[keys]` of the configuration
/// file, and its help. Returns the exit code.
#[must_use]
pub fn run(options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let table = Settings::resolve(options, environment)
        .and_then(|settings| Ok(table(&settings.preferences.keymap()?, &settings.preferences)));
    match table {
        Ok(text) => standard_output::exit_code(standard_output::write_bytes(text.as_bytes())),
        Err(error) => configuration_exit_code(&error),
    }
}

fn table(keymap: &Keymap, preferences: &Preferences) -> String {
    let mut groups: Vec<&str> = Vec::new();
    for binding in keymap.bindings() {
        if !groups.contains(&binding.group.as_str()) {
            groups.push(&binding.group);
        }
    }
    let mut text = String::new();
    for group in groups {
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{gap}{group}\n"));
        for binding in keymap.bindings().iter().filter(|binding| binding.group == group) {
            text.push_str(&line(binding, preferences));
        }
    }
    text
}

fn line(binding: &Binding, preferences: &Preferences) -> String {
    let chords = binding.chords();
    let name = binding.action.to_string();
    let place = configured_at(preferences, binding.action).map(|place| format!("  ({place})")).unwrap_or_default();
    let words = Safe::sanitize(&format!("{chords:CHORDS_WIDTH$}  {name:NAME_WIDTH$}  {}{place}", binding.help));
    format!("  {}\n", words.as_str())
}

/// Returns where the configuration sets the chords (keys with modifiers) of an action, as text; `None` if the action
/// has its default chords.
fn configured_at(preferences: &Preferences, action: Action) -> Option<String> {
    let own = preferences.keys.iter().rev().find(|own| own.value.action == action)?;
    Some(own.source.to_string())
}
