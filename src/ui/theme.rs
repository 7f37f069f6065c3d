//! Roles of text, and themes that give a style to each role.

use enum_map::{Enum, EnumMap};
use ratatui::style::Style;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::theme_file::{self, ThemeMistake};

/// The meaning of a piece of text, such as heading or failure; a theme decides how text with this role looks. The
/// colour is never the only sign of the meaning: a word or a sign on the screen has the same meaning.
///
/// Theme files name roles in snake case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Less important text: hints, units, data that is not fetched.
    Dim,
    /// The name of a field.
    Label,
    /// A heading.
    Title,
    /// The most important part of a line.
    Strong,
    /// A good result: approved, passed.
    Good,
    /// A bad result: rejected, failed, red flag.
    Bad,
    /// A result that a person must check: a pending status, an unusual detail.
    Warn,
    /// Neutral information: codes with an explanation, links.
    Info,
    /// The line of the cursor in the focused pane.
    Cursor,
    /// The line of the cursor in a pane without focus.
    CursorElsewhere,
    /// The frame of the focused pane, and the name of the shown tab.
    Accent,
    /// The frame of a pane without focus.
    Frame,
    /// A part of the filter text that does not parse.
    Problem,
    /// Characters that differ between two values, or that match a search.
    Mark,
}

/// A theme: the style (colours and attributes) of each role. A role is the purpose of a text, such as a heading or a
/// warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub(super) styles: EnumMap<Role, Style>,
}

/// The themes that this program contains: the name of each theme, and the text of its theme file. The first theme is
/// the default.
const SHIPPED: [(&str, &str); 4] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// Iterates over the names of the themes that this program contains.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// Returns a theme that this program contains, by name; `None` for an unknown name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        theme_file::read(text, Self::default()).ok()
    }

    /// Parses a theme file, which has the form of the files in `assets/themes`. A role that the file does not name has
    /// the style of the default theme.
    ///
    /// # Errors
    /// Returns the first mistake with its line: text that is not TOML, an unknown role, or an unknown colour.
    pub fn read(text: &str) -> Result<Self, ThemeMistake> {
        let default = SHIPPED.first().and_then(|(name, _)| Self::named(name));
        theme_file::read(text, default.unwrap_or_default())
    }

    /// Returns the style that this theme gives to `role`, the purpose of a text, such as a heading or a warning.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::str::FromStr as _;

    use super::*;

    #[test]
    fn every_shipped_theme_reads_and_names_every_role() {
        for (name, text) in SHIPPED {
            let theme = Theme::read(text);
            assert!(theme.is_ok(), "{name}: {:?}", theme.err());
            let lines: BTreeMap<String, String> = toml::from_str(text).unwrap();
            let mut named: Vec<Role> = lines.keys().map(|line| Role::from_str(line).unwrap()).collect();
            named.sort_by_key(|role| *role as usize);
            assert_eq!(named, Role::VARIANTS, "{name}");
        }
    }

    #[test]
    fn mono_uses_no_colour() {
        let theme = Theme::named("mono").unwrap();
        for role in Role::VARIANTS {
            let style = theme.style(*role);
            assert!(style.fg.is_none() && style.bg.is_none(), "{role:?}");
        }
    }
}
