//! The table of key bindings, and the search for the action that a key press starts in a part of the screen.

use std::fmt::Write as _;

use serde::Deserialize;

use super::{Action, Chord};

/// A part of the screen in which a key binding is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// All parts of the screen, except while a text field is edited.
    Everywhere,
    /// The list pane, while it has the focus.
    List,
    /// The detail pane, while it has the focus.
    Detail,
    /// The filter bar, while the user edits it.
    Filter,
    /// The search field of the detail pane, while the user edits it.
    Search,
    /// An overlay, while it is open and has no text field.
    Overlay,
    /// An overlay with a text field, while the user types into the field.
    Prompt,
    /// The overlay with the pictures of a submission, while it is open.
    Pictures,
}

/// A key binding: chords (keys with modifiers), the action that they start, and the parts of the screen in which the
/// binding is valid.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The action that the chords start.
    pub action: Action,
    /// The chords that start the action.
    pub on: Vec<Chord>,
    /// The parts of the screen in which the binding is valid.
    pub context: Vec<Context>,
    /// The name of the action in the footer, in one or two words.
    pub label: String,
    /// The description of the action on the help page, in one line.
    pub help: String,
    /// The heading under which the help page lists the binding.
    pub group: String,
    /// The numbers of the tabs of the detail pane in which the action has an effect, counted from 1. The list is empty
    /// if the action does not depend on the tab.
    pub tabs: Vec<u8>,
    /// The place of the binding in the footer; `None` if the footer does not show the binding.
    pub footer: Option<FooterPlace>,
}

/// The place of a key binding in the footer, the last line of the screen. A binding with a smaller value is shown
/// further to the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FooterPlace {
    /// The binding is shown in the order of this rank, smaller ranks first, as far as there is room.
    Rank(u8),
    /// The binding is shown after all bindings with a rank. The room for such bindings is reserved first.
    Kept,
}

impl Binding {
    /// Returns the chords (keys with modifiers) of the binding as text for users, separated by spaces: `(no key)` if
    /// there are none.
    pub fn chords(&self) -> String {
        if self.on.is_empty() {
            return "(no key)".to_owned();
        }
        let mut text = String::new();
        for (at, chord) in self.on.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(text, "{gap}{chord}");
        }
        text
    }

    /// Returns whether the binding is valid in at least one of the parts `contexts` of the screen. `tab` is the number,
    /// counted from 1, of the tab that the detail pane shows.
    pub fn is_valid(&self, contexts: &[Context], tab: u8) -> bool {
        self.context.iter().any(|context| contexts.contains(context))
            && (self.tabs.is_empty() || self.tabs.contains(&tab))
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
    tabs: Vec<u8>,
    footer: Option<FooterLine>,
}

/// Whether and where the footer (the last line of the screen) shows a key binding: the value of `footer` of an entry in
/// a table of key bindings, such as `assets/keymap.toml`.
#[derive(Deserialize)]
#[serde(untagged)]
enum FooterLine {
    Rank(u8),
    Word(FooterWord),
    /// `false`: the footer does not show the binding. `true`: the footer shows the binding with rank 255, that is,
    /// after the bindings with smaller ranks.
    Shown(bool),
}

/// A word that may be the value of `footer` in a table of key bindings, in place of a number.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FooterWord {
    Kept,
}

impl FooterLine {
    const fn place(self) -> Option<FooterPlace> {
        match self {
            Self::Rank(rank) => Some(FooterPlace::Rank(rank)),
            Self::Word(FooterWord::Kept) => Some(FooterPlace::Kept),
            Self::Shown(true) => Some(FooterPlace::Rank(u8::MAX)),
            Self::Shown(false) => None,
        }
    }
}

impl Keymap {
    /// Returns the table of key bindings that is part of the program.
    ///
    /// # Errors
    /// An error means that this table is invalid, which can only be a bug; a test checks the table.
    pub fn built_in() -> Result<Self, String> {
        Self::read(include_str!("../../assets/keymap.toml"))
    }

    /// Parses a table of key bindings in TOML, in the form of `assets/keymap.toml`.
    ///
    /// # Errors
    /// Returns an error of one sentence in each of these cases:
    /// - The text does not parse.
    /// - A chord (a key with modifiers) is bound to two actions in one part of the screen.
    /// - A terminal sends the same bytes for a chord and for another chord, as for `ctrl-i` and `tab`.
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
                tabs: line.tabs,
                footer: line.footer.and_then(FooterLine::place),
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
                    let is_other = |(place, other, action): &(Context, Chord, Action)| {
                        place == context && other == chord && *action != binding.action
                    };
                    if taken.iter().any(is_other) {
                        return Err(format!("{chord} is bound to two actions in one context"));
                    }
                    taken.push((*context, *chord, binding.action));
                }
            }
        }
        Ok(())
    }

    /// Returns the action that a chord (a key with modifiers) starts; `None` if no binding has the chord. `contexts`
    /// are the current parts of the screen. The first of them that binds the chord decides, so callers pass the
    /// innermost part first.
    pub fn resolve(&self, contexts: &[Context], chord: Chord) -> Option<Action> {
        contexts.iter().find_map(|context| {
            self.bindings
                .iter()
                .find(|binding| {
                    binding.context.contains(context) && binding.on.iter().any(|own| own.is_same_key(chord))
                })
                .map(|binding| binding.action)
        })
    }

    /// Returns the chords (keys with modifiers) that start `action` in the parts `contexts` of the screen, separated by
    /// spaces. The text is empty if there are none.
    pub fn chords_in(&self, contexts: &[Context], action: Action) -> String {
        let is_here =
            |binding: &&Binding| binding.action == action && binding.context.iter().any(|own| contexts.contains(own));
        let mut chords: Vec<String> = Vec::new();
        for chord in self.bindings.iter().filter(is_here).flat_map(|binding| &binding.on) {
            let chord = chord.to_string();
            if !chords.contains(&chord) {
                chords.push(chord);
            }
        }
        chords.join(" ")
    }

    /// Returns all key bindings, in the order of the table of key bindings.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// Returns all key bindings, so that their chords can be changed.
    pub(super) const fn bindings_mut(&mut self) -> &mut Vec<Binding> {
        &mut self.bindings
    }

    /// Returns the first chord (a key with modifiers) that starts `action`, for hints such as "r tries again". Returns
    /// `None` if no chord starts the action.
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
        let keymap = Keymap::built_in().expect("the shipped table");
        assert_eq!(keymap.resolve(&[Context::List, Context::Everywhere], "q".parse().unwrap()), Some(Action::Quit));
        assert_eq!(keymap.resolve(&[Context::Filter], "q".parse().unwrap()), None);
    }

    #[test]
    fn one_chord_for_two_orders_in_one_place_is_a_conflict() {
        let twice = line("'x'", "'list'") + &line("'x'", "'list'").replace("quit", "help");
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
