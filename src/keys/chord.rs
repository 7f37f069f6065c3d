//! A chord: a key press with its modifiers, such as `ctrl-u`. Chords are parsed from text and made from events of the
//! terminal.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_width::UnicodeWidthChar as _;

use super::layout::latin_key_of;

/// A chord: a key press with its modifiers, such as `ctrl-u`. Chords are in a normalized form, so that equal key
/// presses are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
    /// The character that the same physical key types on the Latin layout. `None` if the chord is not a letter of
    /// another layout, such as the Russian one.
    place: Option<char>,
}

/// The names of keys in the table of key bindings (`assets/keymap.toml`), for all keys that do not type one visible
/// character.
const NAMES: [(&str, KeyCode); 15] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("space", KeyCode::Char(' ')),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

/// Further names of keys, for users who write a key as the help page shows it.
const OTHER_NAMES: [(&str, KeyCode); 6] = [
    ("shift-tab", KeyCode::BackTab),
    ("del", KeyCode::Delete),
    ("↑", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("←", KeyCode::Left),
    ("→", KeyCode::Right),
];

/// The modifiers that a chord may have, each with the text that is written before the name of the key.
const MODIFIERS: [(&str, KeyModifiers); 2] = [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)];

impl Chord {
    /// Returns the chord (key with modifiers) of a key event from the terminal. Returns `None` if the event is the
    /// release of a key, which some terminals report too.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER);
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        let code = if event.code == KeyCode::Tab && shift { KeyCode::BackTab } else { event.code };
        let mut place = None;
        if let KeyCode::Char(c) = code {
            place = latin_key_of(c, shift);
        }
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            // The character already includes shift: `G` is not shift and `g`.
            modifiers -= KeyModifiers::SHIFT;
        }
        Some(Self { code, modifiers, place })
    }

    /// Returns the chord of the same physical key on the Latin layout, with the same modifiers. Returns `None` if this
    /// chord is already on the Latin layout, or if its layout is unknown.
    pub fn on_latin_layout(self) -> Option<Self> {
        Some(Self { code: KeyCode::Char(self.place?), place: None, ..self })
    }

    /// Returns whether the chord types a letter of a script other than Latin, such as a Korean letter. The built-in key
    /// bindings use no such letter.
    pub fn is_foreign(self) -> bool {
        matches!(self.code, KeyCode::Char(c) if c.is_alphabetic() && !is_latin(c))
    }

    /// Returns the character that the chord types; `None` if the chord types no character, because it has a modifier or
    /// is a key such as Enter.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Returns whether `other` is the same key with the same modifiers. The field `place` is not compared.
    pub(super) fn is_same_key(self, other: Self) -> bool {
        (self.code, self.modifiers) == (other.code, other.modifiers)
    }

    /// Returns the reason why a terminal cannot tell this chord from another chord, such as `ctrl-i` from `tab`.
    /// Returns `None` for a chord that a terminal can tell from every other chord.
    pub fn ambiguity(self) -> Option<String> {
        if self.modifiers.contains(KeyModifiers::ALT)
            && let KeyCode::Char('[' | 'O') | KeyCode::Esc = self.code
        {
            return Some(format!("a terminal sends other keys, such as arrows, with the bytes of {self}"));
        }
        let code = self.code_with_ctrl().filter(|_| self.modifiers.contains(KeyModifiers::CONTROL))?;
        let is_with_ctrl = matches!(code, KeyCode::Char(c) if has_control_character(c));
        let modifiers = if is_with_ctrl { self.modifiers } else { self.modifiers - KeyModifiers::CONTROL };
        let same = Self { code, modifiers, place: None };
        Some(format!("a terminal sends the same for {self} and {same}"))
    }

    /// Returns the key that a terminal reports when the user presses the key of this chord together with ctrl. For
    /// example, terminals report `tab` for ctrl and `i`. If ctrl has no effect on a character, the result is the
    /// character itself. Returns `None` if the terminal reports the chord as it is.
    const fn code_with_ctrl(self) -> Option<KeyCode> {
        Some(match self.code {
            KeyCode::Char('i' | 'I') | KeyCode::Tab => KeyCode::Tab,
            KeyCode::Char('m' | 'M') | KeyCode::Enter => KeyCode::Enter,
            KeyCode::Char('[' | '3') | KeyCode::Esc => KeyCode::Esc,
            KeyCode::Char('\\') => KeyCode::Char('4'),
            KeyCode::Char(']') => KeyCode::Char('5'),
            KeyCode::Char('^') => KeyCode::Char('6'),
            KeyCode::Char('_' | '/') => KeyCode::Char('7'),
            KeyCode::Char('@' | '2') => KeyCode::Char(' '),
            KeyCode::Char('?' | '8') | KeyCode::Backspace => KeyCode::Backspace,
            KeyCode::BackTab => KeyCode::BackTab,
            KeyCode::Char(c) if c.is_ascii_uppercase() => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if !has_control_character(c) => KeyCode::Char(c),
            _ => return None,
        })
    }
}

/// Returns whether terminals send a control character for the key of `c` with ctrl that they send for no other key.
/// They do so for the lower-case letters, the blank and a few digits.
const fn has_control_character(c: char) -> bool {
    matches!(c, 'a'..='z' | ' ' | '4'..='7')
}

/// Returns whether the letter `c` is in the Latin alphabet. Letters with accents are in the alphabet too.
const fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Returns whether a key can type the character `c`: it is visible, and not a mark that is combined with the character
/// before it.
fn is_typed(c: char) -> bool {
    c.width().is_some_and(|columns| columns > 0)
}

/// Returns the function key with a name from `F1` to `F12`; the case of the letter is ignored.
fn function_key(name: &str) -> Option<KeyCode> {
    let number = name.strip_prefix(['F', 'f'])?;
    let number: u8 = number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

impl FromStr for Chord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        let split = |rest: &'_ str| {
            let is_there = |name: &str| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            let (name, modifier) = MODIFIERS.into_iter().find(|(name, _)| is_there(name))?;
            Some((modifier, name.len())).filter(|(_, after)| *after < rest.len())
        };
        while let Some((modifier, after)) = split(rest) {
            modifiers |= modifier;
            rest = rest.get(after..).unwrap_or_default();
        }
        let mut names = NAMES.iter().chain(&OTHER_NAMES);
        let named = names.find(|(name, _)| name.eq_ignore_ascii_case(rest)).map(|(_, code)| *code);
        let mut chars = rest.chars();
        let code = match (named, chars.next(), chars.next()) {
            (Some(code), ..) => code,
            (None, Some(c), None) if is_typed(c) => KeyCode::Char(c),
            _ => function_key(rest).ok_or_else(|| format!("{text} is not the name of a key"))?,
        };
        Ok(Self { code, modifiers, place: None })
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("alt-")?;
        }
        let name = match self.code {
            KeyCode::Up => "↑",
            KeyCode::Down => "↓",
            KeyCode::Left => "←",
            KeyCode::Right => "→",
            KeyCode::Enter => "Enter",
            KeyCode::Esc => "Esc",
            KeyCode::Tab => "Tab",
            KeyCode::BackTab => "shift-Tab",
            KeyCode::Backspace => "Backspace",
            KeyCode::Delete => "Del",
            KeyCode::Home => "Home",
            KeyCode::End => "End",
            KeyCode::PageUp => "PgUp",
            KeyCode::PageDown => "PgDn",
            KeyCode::Char(' ') => "Space",
            KeyCode::Char(c) => return write!(f, "{c}"),
            KeyCode::F(number) => return write!(f, "F{number}"),
            _ => "?",
        };
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_is_in_the_character_already() {
        let pressed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&pressed), "G".parse().ok());
    }

    #[test]
    fn a_tab_with_shift_is_one_key_however_it_is_reported() {
        for code in [KeyCode::BackTab, KeyCode::Tab] {
            assert_eq!(Chord::of(&KeyEvent::new(code, KeyModifiers::SHIFT)), "backtab".parse().ok());
        }
        assert_eq!(Chord::of(&KeyEvent::new(KeyCode::Tab, KeyModifiers::NONE)), "tab".parse().ok());
    }

    #[test]
    fn a_letter_of_another_layout_types_itself_and_lies_where_its_key_does() {
        let chord = |c, modifiers| Chord::of(&KeyEvent::new(KeyCode::Char(c), modifiers)).unwrap();
        let pressed = chord('ㅓ', KeyModifiers::NONE);
        assert_eq!((pressed.typed(), pressed.on_latin_layout()), (Some('ㅓ'), "j".parse().ok()));
        assert_eq!(chord('ㅊ', KeyModifiers::CONTROL).on_latin_layout(), "ctrl-c".parse().ok());
        assert_eq!(chord('ㅓ', KeyModifiers::SHIFT).on_latin_layout(), "J".parse().ok());
        assert_eq!(chord('j', KeyModifiers::NONE).on_latin_layout(), None);
        for (c, is_foreign) in [('ο', true), ('가', true), ('か', true), ('é', false), ('j', false), ('1', false)] {
            assert_eq!(chord(c, KeyModifiers::NONE).is_foreign(), is_foreign, "{c}");
        }
    }

    #[test]
    fn releases_are_no_chords() {
        let mut event = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(Chord::of(&event), None);
    }

    #[test]
    fn a_chord_reads_back_as_it_is_shown() {
        for (name, _) in NAMES {
            for name in [name.to_owned(), format!("ctrl-{name}"), format!("alt-{name}")] {
                let chord: Chord = name.parse().expect("a chord");
                assert_eq!(chord.to_string().parse(), Ok(chord), "{name}");
            }
        }
        assert_eq!("Ctrl-Alt-R".parse::<Chord>().map(|chord| chord.to_string()), Ok("ctrl-alt-R".to_owned()));
    }

    #[test]
    fn a_chord_that_a_terminal_sends_as_another_one_is_named_with_that_one() {
        for (name, other) in [
            ("ctrl-i", "Tab"),
            ("ctrl-m", "Enter"),
            ("ctrl-[", "Esc"),
            ("ctrl-enter", "Enter"),
            ("ctrl-alt-i", "alt-Tab"),
            ("ctrl-R", "ctrl-r"),
            ("ctrl-/", "ctrl-7"),
            ("ctrl-@", "ctrl-Space"),
            ("ctrl-backspace", "Backspace"),
            ("ctrl-shift-tab", "shift-Tab"),
            ("ctrl-1", "1"),
            ("ctrl-alt-;", "alt-;"),
            ("ctrl-ㅓ", "ㅓ"),
        ] {
            let chord: Chord = name.parse().expect("a chord");
            let wanted = format!("a terminal sends the same for {chord} and {other}");
            assert_eq!(chord.ambiguity(), Some(wanted), "{name}");
        }
        for name in ["alt-[", "alt-O", "alt-esc"] {
            assert!(name.parse::<Chord>().expect("a chord").ambiguity().is_some(), "{name}");
        }
        for name in
            ["r", "R", "[", "ctrl-r", "alt-r", "ctrl-space", "ctrl-left", "ctrl-7", "alt-enter", "F5", "ctrl-F5"]
        {
            assert_eq!(name.parse::<Chord>().expect("a chord").ambiguity(), None, "{name}");
        }
    }

    #[test]
    fn names_read_back() {
        for (name, code) in NAMES {
            let chord: Chord = name.parse().expect("a name from the table");
            assert_eq!(chord.code, code);
        }
        for other in ["enterr", "\u{1b}", "\u{7f}", "\u{202e}", "\u{200b}", "ctrl-\u{0}", "\u{301}"] {
            assert!(other.parse::<Chord>().is_err(), "{other:?}");
        }
        for (name, number) in [("F1", 1), ("f5", 5), ("F12", 12)] {
            let chord: Chord = name.parse().expect("a function key");
            assert_eq!((chord.code, chord.to_string()), (KeyCode::F(number), format!("F{number}")));
        }
        for other in ["F0", "F13", "F01", "F+1", "F", "f", "F1x"] {
            assert!(!matches!(other.parse::<Chord>(), Ok(Chord { code: KeyCode::F(_), .. })), "{other}");
        }
        assert!("ctrl-".parse::<Chord>().is_err());
        assert_eq!("ctrl-u".parse::<Chord>().expect("a chord").to_string(), "ctrl-u");
    }
}
