//! The footer, the last line of the screen: the current notice, or else as many of the active keys as fit.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Model;
use crate::text::Safe;
use crate::ui::{Line, Role, paint};

impl Model {
    pub(super) fn view_footer(&self, frame: &mut Frame<'_>, area: Rect) {
        let line = match &self.notice {
            Some(notice) => {
                let role = if notice.bad { Role::Bad } else { Role::Strong };
                let text = notice.text.fit(usize::from(area.width.saturating_sub(2)));
                Line::new().word(" ", Role::Plain).with(text, role)
            }
            None => match self.export_line() {
                Some(text) => {
                    let text = text.fit(usize::from(area.width.saturating_sub(2)));
                    Line::new().word(" ", Role::Plain).with(text, Role::Info)
                }
                None => self.keys_here(usize::from(area.width)),
            },
        };
        frame.render_widget(paint(&line, &self.config.theme), area);
    }

    fn keys_here(&self, width: usize) -> Line {
        let mut line = Line::new().word(" ", Role::Plain);
        let footer = self.config.keymap.bindings().iter().filter(|binding| binding.footer);
        for binding in footer.filter(|binding| binding.context.iter().any(|context| self.contexts().contains(context)))
        {
            let Some(chord) = binding.on.first() else { continue };
            let (chord, label) = (Safe::sanitize(&chord.to_string()), Safe::sanitize(&format!(" {}  ", binding.label)));
            if line.width() + chord.width() + label.width() > width {
                break;
            }
            line = line.with(chord, Role::Info).with(label, Role::Plain);
        }
        line
    }
}
