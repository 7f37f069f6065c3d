//! Reads theme files: TOML files with one line for each role, such as `bad = "red bold"`.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use strum::VariantArray as _;
use toml::Spanned;
use toml::de::DeTable;

use super::role::Role;

/// Largest number of characters that a message shows of a word of a theme file, such as an unknown name of a role.
const MAX_WORD_CHARS: usize = 40;

/// Mistake in a theme file, and the number of its line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeMistake {
    /// Number of the line with the mistake, counted from 1.
    pub line: usize,
    /// Kind of the mistake.
    pub fault: ThemeFault,
}

/// Kind of mistake in a theme file. The message holds words of the file, which must be sanitised before they are shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeFault {
    /// The file is not TOML. The value is the message of the TOML library.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// The file names a role that this program does not have. The value is this name.
    #[error("no role `{0}`; the roles are {names}", names = roles())]
    Role(String),
    /// The style of a role is not a text but, for example, a number. The value is the name of the role.
    #[error("the style of `{0}` must be a text in quotes, such as \"red bold\" or \"black on yellow\"")]
    Type(&'static str),
    /// A style has a word that is neither a colour nor a modifier. The value is this word.
    #[error(
        "`{0}` is no colour and no modifier: a colour is a name such as red or lightblue, a number from 0 to 255, or \
         #rrggbb; the modifiers are bold, dim, italic, underline, reverse"
    )]
    Word(String),
    /// The word `on` of a style has no colour after it.
    #[error("`on` needs a colour behind it, as in \"black on yellow\"")]
    On,
    /// A style has two colours for the text, or two colours for the background.
    #[error("two colours at one place; write `on` before the colour of the background")]
    TwoColours,
}

/// Returns the names of all roles in theme files, with commas between them.
fn roles() -> String {
    Role::VARIANTS.iter().map(|role| <&str>::from(*role)).collect::<Vec<_>>().join(", ")
}

/// Returns each role that the theme file `text` names, with its style.
pub(super) fn read(text: &str) -> Result<Vec<(Role, Style)>, ThemeMistake> {
    let line_of = |offset: usize| {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    };
    let table: Spanned<DeTable<'_>> = DeTable::parse(text).map_err(|error| ThemeMistake {
        line: line_of(error.span().map_or(text.len(), |span| span.start)),
        fault: ThemeFault::Syntax(error.message().to_owned()),
    })?;
    let mut styles = Vec::new();
    for (name, words) in table.get_ref() {
        let at = |offset: usize| move |fault| ThemeMistake { line: line_of(offset), fault };
        let role = Role::from_str(name.get_ref());
        let role = role.map_err(|_| at(name.span().start)(ThemeFault::Role(shortened(name.get_ref()))))?;
        let at = at(words.span().start);
        let words = words.get_ref().as_str().ok_or_else(|| at(ThemeFault::Type(role.into())))?;
        styles.push((role, style_of(words).map_err(at)?));
    }
    Ok(styles)
}

/// Parses a style of a theme file such as `"red bold"`, `"on blue"` or `"reverse"`. The word `on` makes the next colour
/// the background.
fn style_of(words: &str) -> Result<Style, ThemeFault> {
    let mut style = Style::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        let modifier = match word {
            "on" => {
                let ground = words.next().ok_or(ThemeFault::On)?;
                let ground = Color::from_str(ground).map_err(|_| ThemeFault::Word(shortened(ground)))?;
                if style.bg.replace(ground).is_some() {
                    return Err(ThemeFault::TwoColours);
                }
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            name => {
                let color = Color::from_str(name).map_err(|_| ThemeFault::Word(shortened(name)))?;
                if style.fg.replace(color).is_some() {
                    return Err(ThemeFault::TwoColours);
                }
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

/// Returns the beginning of a name, short enough for a message.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(MAX_WORD_CHARS) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> (usize, String) {
        let mistake = read(text).expect_err(text);
        (mistake.line, mistake.fault.to_string())
    }

    #[test]
    fn each_mistake_has_its_line_and_its_reason() {
        for (text, line, reason) in [
            ("plain = \"\"\ntitel = \"bold\"\n", 2, "no role `titel`; the roles are plain, dim, label, title,"),
            ("# a\n\nbad = \"gren\"", 3, "`gren` is no colour and no modifier"),
            ("bad = \"red boldly\"", 1, "`boldly` is no colour and no modifier"),
            ("bad = \"red on\"", 1, "`on` needs a colour"),
            ("bad = \"red on bold\"", 1, "`bold` is no colour"),
            ("bad = \"red blue\"", 1, "two colours at one place"),
            ("bad = \"on red on blue\"", 1, "two colours at one place"),
            ("bad = \"#12345\"", 1, "`#12345` is no colour"),
            ("bad = \"256\"", 1, "`256` is no colour"),
            ("plain = \"\"\nbad = 7", 2, "the style of `bad` must be a text in quotes"),
            ("[bad]\nfg = \"red\"", 1, "the style of `bad` must be a text in quotes"),
            ("plain = \"\"\nbad = \"red", 2, "not TOML: "),
            ("bad = \"red\"\nbad = \"red\"", 2, "not TOML: duplicate key"),
        ] {
            let (at, said) = mistake(text);
            assert!(at == line && said.starts_with(reason), "{text:?}: line {at}: {said}");
        }
    }

    #[test]
    fn a_wrong_name_of_any_length_is_shown_in_part() {
        let (_, said) = mistake(&format!("{} = \"red\"", "x".repeat(50_000)));
        assert!(said.starts_with(&format!("no role `{}…`", "x".repeat(40))), "{said}");
    }
}
