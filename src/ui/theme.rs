//! Roles, and the style that a theme gives to each.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// What a piece of text is, never how it looks. Nothing is told by a role alone: a word or a sign stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Of less weight: hints, units, what is not fetched.
    Dim,
    /// The name of a field.
    Label,
    /// A heading.
    Title,
    /// What matters most in a line.
    Strong,
    /// Approved, passed.
    Good,
    /// Rejected, failed, red flag.
    Bad,
    /// Pending, odd, to be looked at.
    Warn,
    /// Neutral information: codes explained, links.
    Info,
    /// The line with the cursor in the focused pane.
    Cursor,
    /// The line with the cursor in a pane without focus.
    CursorElsewhere,
    /// The frame of the focused pane, the chosen tab.
    Accent,
    /// The frame of a pane without focus.
    Frame,
    /// A part of the filter that does not parse.
    Problem,
    /// Characters that differ, or match a search.
    Mark,
}

/// Styles for roles.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: [Style; ROLES.len()],
}

const ROLES: [(Role, &str); 15] = [
    (Role::Plain, "plain"),
    (Role::Dim, "dim"),
    (Role::Label, "label"),
    (Role::Title, "title"),
    (Role::Strong, "strong"),
    (Role::Good, "good"),
    (Role::Bad, "bad"),
    (Role::Warn, "warn"),
    (Role::Info, "info"),
    (Role::Cursor, "cursor"),
    (Role::CursorElsewhere, "cursor_elsewhere"),
    (Role::Accent, "accent"),
    (Role::Frame, "frame"),
    (Role::Problem, "problem"),
    (Role::Mark, "mark"),
];

/// The themes that the program is shipped with, the default first.
const SHIPPED: [(&str, &str); 4] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

#[derive(Deserialize)]
#[serde(transparent)]
struct File(std::collections::BTreeMap<String, String>);

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// A shipped theme by name; `None` for an unknown name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        Self::read(text).ok()
    }

    fn read(text: &str) -> Result<Self, String> {
        let File(lines) = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let mut styles = [Style::reset(); ROLES.len()];
        for (name, words) in lines {
            let at = ROLES.iter().position(|(_, known)| *known == name).ok_or_else(|| format!("no role {name}"))?;
            if let Some(style) = styles.get_mut(at) {
                *style = style_of(&words)?;
            }
        }
        Ok(Self { styles })
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self { styles: [Style::new(); ROLES.len()] }
    }
}

/// `"red bold"`, `"on blue"`, `"reverse"`: words in any order.
fn style_of(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut ground = false;
    for word in words.split_whitespace() {
        style = match word {
            "on" => {
                ground = true;
                continue;
            }
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            name => {
                let color = Color::from_str(name).map_err(|_| format!("no colour {name}"))?;
                if ground { style.bg(color) } else { style.fg(color) }
            }
        };
        ground = false;
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_reads_and_names_every_role() {
        for (name, text) in SHIPPED {
            let theme = Theme::read(text);
            assert!(theme.is_ok(), "{name}: {:?}", theme.err());
            let File(lines) = toml::from_str(text).unwrap();
            for (at, (role, word)) in ROLES.iter().enumerate() {
                assert_eq!(*role as usize, at, "ROLES follows the order of Role");
                assert!(lines.contains_key(*word), "{name} has no {word}");
            }
        }
    }

    #[test]
    fn mono_uses_no_colour() {
        let theme = Theme::named("mono").unwrap();
        for (role, _) in ROLES {
            let style = theme.style(role);
            assert!(style.fg.is_none() && style.bg.is_none(), "{role:?}");
        }
    }
}
