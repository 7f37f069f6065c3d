//! Themes, which give a style (colours and attributes) to each role of text, such as a heading.

use enum_map::EnumMap;
use ratatui::style::Style;

use super::role::Role;
use super::theme_file::{self, ThemeMistake};

/// A theme: the style (colours and attributes) of each role. A role is the purpose of a text, such as a heading or a
/// warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    styles: EnumMap<Role, Style>,
}

/// The themes that this program contains: the name of each theme, and the text of its theme file. The first theme is
/// the default.
const BUILT_IN_THEMES: [(&str, &str); 4] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// Iterates over the names of the themes that this program contains.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN_THEMES.iter().map(|(name, _)| *name)
    }

    /// Returns a theme that this program contains, by name; `None` for an unknown name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN_THEMES.iter().find(|(known, _)| *known == name)?;
        Self::default().with_file(text).ok()
    }

    /// Parses a theme file, which has the form of the files in `assets/themes`. A role that the file does not name has
    /// the style of the default theme.
    ///
    /// # Errors
    /// Returns the first mistake with its line: text that is not TOML, an unknown role, or an unknown colour.
    pub fn read(text: &str) -> Result<Self, ThemeMistake> {
        let default = BUILT_IN_THEMES.first().and_then(|(name, _)| Self::named(name));
        default.unwrap_or_default().with_file(text)
    }

    /// Returns this theme with the styles of a theme file. Roles that the file does not name keep their style.
    fn with_file(mut self, text: &str) -> Result<Self, ThemeMistake> {
        for (role, style) in theme_file::read(text)? {
            self.styles[role] = style;
        }
        Ok(self)
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

    use ratatui::style::{Color, Modifier};
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn roles_that_are_left_out_keep_the_style_of_the_default() {
        let base = Theme::named("terminal").unwrap();
        let theme = Theme::read("# mine\nbad = \"#102030 on lightblue bold\"\nplain = \"\"\n").unwrap();
        let bad = Style::new().fg(Color::Rgb(0x10, 0x20, 0x30)).bg(Color::LightBlue).add_modifier(Modifier::BOLD);
        assert_eq!((theme.style(Role::Bad), theme.style(Role::Plain)), (bad, Style::new()));
        for role in Role::VARIANTS.iter().filter(|role| ![Role::Bad, Role::Plain].contains(role)) {
            assert_eq!(theme.style(*role), base.style(*role), "{role:?}");
        }
    }

    #[test]
    fn every_shipped_theme_reads_and_names_every_role() {
        for (name, text) in BUILT_IN_THEMES {
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
