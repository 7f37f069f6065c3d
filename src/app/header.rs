//! The header, the first line of the screen: program, profile and host, time zone, mask level, and the help key.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Model;
use crate::keys::{Action, Chord};
use crate::overlays::Overlay;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Role, paint};

/// Smallest width of the screen, in columns, at which the header shows the program's name.
const MIN_WIDTH_FOR_NAME: u16 = 60;

/// Smallest width of the screen, in columns, at which the header shows the program's name if the submissions come from
/// a file. It is larger than [`MIN_WIDTH_FOR_NAME`], because the name and the time of the file get their room first.
const MIN_WIDTH_FOR_NAME_AND_FILE: u16 = 100;

impl Model {
    pub(super) fn view_header(&self, frame: &mut Frame<'_>, area: Rect) {
        let theme = &self.config.theme.shown;
        // The profile shows whether this is live or test data, so it is the last part to be cut off.
        let roomy = if self.is_offline() { MIN_WIDTH_FOR_NAME_AND_FILE } else { MIN_WIDTH_FOR_NAME };
        let name = if area.width >= roomy { " argos-review  " } else { " " };
        let left = Line::new()
            .word(name, Role::Title)
            .with(self.config.profile.clone(), Role::Accent)
            .word("  ", Role::Plain)
            .with(self.source_text(usize::from(area.width)), Role::Dim);
        let watch = match self.is_watching() {
            true if area.width >= MIN_WIDTH_FOR_NAME => {
                Safe::sanitize(&format!("refreshes every {} s   ", self.config.watch.every.as_secs()))
            }
            true => Safe::from_static("watch  "),
            false => Safe::default(),
        };
        let mask = if self.mask == Mask::None { Role::Bad } else { Role::Plain };
        let keymap = &self.config.keymap;
        // In a text field, the key types a character. On the help page, it closes the page.
        let opens_help = |chord: &Chord| keymap.resolve(self.contexts(), *chord) == Some(Action::Help);
        let is_open = matches!(self.overlay, Some(Overlay::Help(_)));
        let chord = keymap
            .first_chord(Action::Help)
            .filter(|chord| opens_help(chord) && self.is_possible(Action::Help) && !is_open);
        let help = chord.map(|chord| format!("  {chord}=help "));
        let help = Safe::sanitize(&help.unwrap_or_default());
        let right = |masked| {
            Line::new()
                .word(" ", Role::Plain)
                .with(watch.clone(), Role::Info)
                .with(self.zone.label(), Role::Plain)
                .word("   masked: ", Role::Label)
                .word(masked, mask)
                .with(help.clone(), Role::Dim)
        };
        // The words are left out before anything on the left is cut.
        let long = right(self.mask.hides());
        let fits = left.width() + long.width() <= usize::from(area.width);
        let right = if fits { long } else { right(self.mask.label()) };
        let width = u16::try_from(right.width()).unwrap_or(u16::MAX).min(area.width);
        let left = left.fit(usize::from(area.width.saturating_sub(width)));
        frame.render_widget(paint(&left, theme), area);
        let right_area = Rect { x: area.right() - width, width, ..area };
        frame.render_widget(paint(&right, theme), right_area);
    }

    /// Returns the source of the submissions: the host of the server, or the name and the time of the opened file.
    /// `width` is the width of the screen. A long file name is cut, so that the time has room.
    fn source_text(&self, width: usize) -> Safe {
        match &self.config.file {
            None => self.config.host.clone(),
            Some(file) => {
                // The name of a file may name a person.
                let name =
                    if self.mask == Mask::All { Safe::from_static("••••") } else { file.name.fit(width / 5) };
                Safe::join(&[name, Safe::concat(&[Safe::from_static("dated "), self.zone.short(file.at)])], " · ")
            }
        }
    }
}
