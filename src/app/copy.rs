//! Copying: on request, one thing, and only what the mask lets be seen.

use super::{Effect, Model};
use crate::overlays::{Choice, Overlay};
use crate::panes::detail::Copied;
use crate::text::Safe;

/// Bytes of the longest text that is copied: terminals drop a longer sequence without a word.
const LONGEST: usize = 74_000;

impl Model {
    /// Opens the menu of what can be copied.
    pub(super) fn open_copy(&mut self, effects: &mut Vec<Effect>) {
        let copies = self.detail.copies(self.mask);
        if copies.is_empty() {
            return self.tell(Safe::word("nothing to copy here"), false, effects);
        }
        let choice = |(copied, beginning): (Copied, Safe)| Choice { label: copied.label(), beginning };
        self.overlay = Some(Overlay::copy(copies.into_iter().map(choice).collect()));
    }

    /// Copies what stands at a place of the menu.
    pub(super) fn copy(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let copied = self.detail.copies(self.mask).get(at).map(|(copied, _)| *copied);
        let text = copied.and_then(|copied| self.detail.copy(copied, self.mask, &self.setting.address));
        match text {
            None => self.tell(Safe::word("nothing to copy here"), false, effects),
            Some(text) if text.len() > LONGEST => {
                let words = format!("{} bytes are too much for a terminal's clipboard", text.len());
                self.tell(Safe::of(&words), true, effects);
            }
            Some(text) => {
                let words = format!("sent {} bytes to the terminal's clipboard", text.len());
                self.tell(Safe::of(&words), false, effects);
                effects.push(Effect::Copy(text));
            }
        }
    }
}
