//! The table of key bindings, and the lookup of a chord in a context.

use std::fmt::Write as _;

use serde::Deserialize;

use super::{Action, Chord};

/// A part of the screen in which a binding is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// Everywhere but in a text field.
    Everywhere,
    /// The list has the focus.
    List,
    /// The detail has the focus.
    Detail,
    /// The filter bar is being edited.
    Filter,
    /// The search field of the detail is being edited.
    Search,
    /// An overlay is open.
    Overlay,
}

/// One binding of the table: chords, an action, and the contexts in which it is valid.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The action that the chords start.
    pub action: Action,
    /// The chords that start the action.
    pub on: Vec<Chord>,
    /// The contexts in which the binding is valid.
    pub context: Vec<Context>,
    /// One or two words for the footer.
    pub label: String,
    /// One line for the help page.
    pub help: String,
    /// The heading under which the help page lists the binding.
    pub group: String,
    /// Whether the footer shows the binding. The footer keeps the order of the table.
    pub footer: bool,
}

impl Binding {
    /// Returns the chords in the form for readers, joined by spaces.
    pub fn chords(&self) -> String {
        let mut text = String::new();
        for (at, chord) in self.on.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(text, "{gap}{chord}");
        }
        text
    }
}

/// All key bindings of the program.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeymapTable {
    key: Vec<KeymapLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeymapLine {
    action: Action,
    on: Vec<String>,
    #[serde(rename = "in")]
    context: Vec<Context>,
    label: String,
    help: String,
    group: String,
    #[serde(default)]
    footer: bool,
}

impl Keymap {
    /// Reads the table that is shipped with the program.
    ///
    /// # Errors
    /// None for the shipped table; a test reads it.
    pub fn shipped() -> Result<Self, String> {
        Self::read(include_str!("../../assets/keymap.toml"))
    }

    /// Reads a table in TOML.
    ///
    /// # Errors
    /// Returns one sentence: what does not parse, which chord is bound to two actions in one context, or which chord a
    /// terminal cannot tell from another one.
    pub fn read(text: &str) -> Result<Self, String> {
        let table: KeymapTable = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let mut bindings = Vec::with_capacity(table.key.len());
        for line in table.key {
            let on = line.on.iter().map(|name| name.parse()).collect::<Result<Vec<Chord>, _>>()?;
            bindings.push(Binding {
                action: line.action,
                on,
                context: line.context,
                label: line.label,
                help: line.help,
                group: line.group,
                footer: line.footer,
            });
        }
        let keymap = Self { bindings };
        keymap.check()?;
        Ok(keymap)
    }

    fn check(&self) -> Result<(), String> {
        let mut taken: Vec<(Context, Chord, Action)> = Vec::new();
        for binding in &self.bindings {
            for chord in &binding.on {
                if let Some(why) = chord.ambiguity() {
                    return Err(format!("{chord} cannot be bound: {why}"));
                }
                for context in &binding.context {
                    if taken.iter().any(|(place, other, _)| place == context && other == chord) {
                        return Err(format!("{chord} is bound to two actions in one context"));
                    }
                    taken.push((*context, *chord, binding.action));
                }
            }
        }
        Ok(())
    }

    /// Returns the action of a chord. The first context in `contexts` that binds the chord decides, so the innermost
    /// one comes first.
    pub fn resolve(&self, contexts: &[Context], chord: Chord) -> Option<Action> {
        contexts.iter().find_map(|context| {
            self.bindings
                .iter()
                .find(|binding| binding.context.contains(context) && binding.on.contains(&chord))
                .map(|binding| binding.action)
        })
    }

    /// Returns all bindings, in the order of the table.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// Returns the first chord that is bound to an action, for hints such as "r tries again".
    pub fn first_chord(&self, action: Action) -> Option<Chord> {
        self.bindings.iter().find(|binding| binding.action == action)?.on.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(on: &str, context: &str) -> String {
        format!("[[key]]\naction='quit'\non=[{on}]\nin=[{context}]\nlabel='a'\nhelp='b'\ngroup='c'\n")
    }

    #[test]
    fn the_shipped_table_reads() {
        let keymap = Keymap::shipped().expect("the shipped table");
        assert_eq!(keymap.resolve(&[Context::List, Context::Everywhere], "q".parse().unwrap()), Some(Action::Quit));
        assert_eq!(keymap.resolve(&[Context::Filter], "q".parse().unwrap()), None);
    }

    #[test]
    fn one_chord_for_two_orders_in_one_place_is_a_conflict() {
        let twice = line("'x'", "'list'") + &line("'x'", "'list'");
        assert!(Keymap::read(&twice).unwrap_err().contains("two actions"));
        let apart = line("'x'", "'list'") + &line("'x'", "'detail'");
        assert!(Keymap::read(&apart).is_ok());
    }

    #[test]
    fn chords_that_a_terminal_cannot_tell_are_refused() {
        for chord in ["ctrl-i", "ctrl-m", "ctrl-["] {
            assert!(Keymap::read(&line(&format!("'{chord}'"), "'list'")).is_err(), "{chord}");
        }
    }
}
