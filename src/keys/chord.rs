//! A chord: a key press with its modifiers, such as `ctrl-u`. Chords are parsed from text and made from events of the
//! terminal.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::layout::by_place;

/// A chord: a key press with its modifiers, such as `ctrl-u`. Chords are in a normalized form, so that equal key
/// presses are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
    /// The character that the same physical key types on the Latin layout; `None` if the chord is not a letter of
    /// another layout.
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
            place = by_place(c, shift);
        }
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            // The character already includes shift: `G` is not shift and `g`.
            modifiers -= KeyModifiers::SHIFT;
        }
        Some(Self { code, modifiers, place })
    }

    /// Returns the chord of the same physical key on the Latin layout, with the same modifiers. Returns `None` if this
    /// chord is already on the Latin layout, or if its layout is unknown.
    pub fn in_place(self) -> Option<Self> {
        Some(Self { code: KeyCode::Char(self.place?), place: None, ..self })
    }

    /// Returns whether the chord types a letter of a script other than Latin. No such letter is bound to an action.
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

    /// Returns the reason why a terminal cannot tell this chord from another chord, such as `ctrl-i` from `tab`.
    /// Returns `None` for a chord that a terminal can tell from every other chord.
    pub fn ambiguity(self) -> Option<&'static str> {
        match (self.modifiers == KeyModifiers::CONTROL, self.code) {
            (true, KeyCode::Char('i')) => Some("a terminal sends the same for ctrl-i and tab"),
            (true, KeyCode::Char('m')) => Some("a terminal sends the same for ctrl-m and enter"),
            (true, KeyCode::Char('[')) => Some("a terminal sends the same for ctrl-[ and esc"),
            _ => None,
        }
    }
}

/// Returns whether the letter `c` is in the Latin alphabet. Letters with accents are in the alphabet too.
const fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
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
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
                modifiers |= KeyModifiers::CONTROL;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty()) {
                modifiers |= KeyModifiers::ALT;
                rest = after;
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => NAMES
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(rest))
                .map(|(_, code)| *code)
                .or_else(|| function_key(rest))
                .ok_or_else(|| format!("{text} is not the name of a key"))?,
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
        assert_eq!((pressed.typed(), pressed.in_place()), (Some('ㅓ'), "j".parse().ok()));
        assert_eq!(chord('ㅊ', KeyModifiers::CONTROL).in_place(), "ctrl-c".parse().ok());
        assert_eq!(chord('ㅓ', KeyModifiers::SHIFT).in_place(), "J".parse().ok());
        assert_eq!(chord('j', KeyModifiers::NONE).in_place(), None);
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
    fn names_read_back() {
        for (name, code) in NAMES {
            let chord: Chord = name.parse().expect("a name from the table");
            assert_eq!(chord.code, code);
        }
        assert!("enterr".parse::<Chord>().is_err());
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
