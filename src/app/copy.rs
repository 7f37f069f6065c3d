//! Copying to the clipboard: one value or text at a time, when the user requests it. The copied text is masked like the
//! text on screen.

use super::{Effect, Model};
use crate::access::AccessAction;
use crate::overlays::{Choice, Overlay};
use crate::panes::detail::{Copied, CopyText, CurlEndpoint};
use crate::text::Safe;

/// Size of the longest text that is copied to the clipboard, in bytes. The text is sent to the terminal in an escape
/// sequence, and terminals silently drop a longer one.
const LONGEST: usize = 74_000;

impl Model {
    /// Opens the copy menu, which lists the texts that can be copied to the clipboard.
    pub(super) fn open_copy(&mut self) {
        self.overlay = Some(Overlay::copy());
    }

    /// Returns the entries of the copy menu, each with its label and the beginning of the text that it copies; empty if
    /// the menu is not open. The entries are created again for every frame. So a masked value that was revealed for
    /// some seconds does not stay in the menu.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let Some(Overlay::Copy(menu)) = &self.overlay else { return Vec::new() };
        let choice =
            |copied: &Copied| Choice { label: copied.label(), beginning: self.detail.beginning(copied, self.mask) };
        menu.entries().unwrap_or_default().iter().map(choice).collect()
    }

    /// Updates the entries of the copy menu if the menu is open. If another submission or another line of the detail
    /// pane is now selected, closes the menu, because an entry would copy something else than its label says.
    pub(super) fn settle_copy_menu(&mut self) {
        let Some(Overlay::Copy(menu)) = &mut self.overlay else { return };
        let now = self.detail.copies();
        match menu.entries() {
            Some(entries) if entries == now => {}
            Some(entries) if !Copied::are_of_same_line(entries, &now) => self.overlay = None,
            None if now.is_empty() => {
                self.overlay = None;
                self.notify(Safe::from_static("Nothing to copy here"), false);
            }
            _ => menu.set_entries(now),
        }
    }

    /// Copies the text of the copy menu's entry `copied` to the clipboard. A notice says what was copied, or why
    /// nothing was copied.
    pub(super) fn copy(&mut self, copied: &Copied) {
        let endpoint = CurlEndpoint { address: &self.config.address, encrypted: self.config.encrypted };
        match self.detail.copy(copied, self.mask, endpoint, LONGEST) {
            CopyText::Nothing => self.notify(Safe::from_static("Nothing to copy here"), false),
            CopyText::TooLong => {
                let words = format!("Too large for a terminal's clipboard: more than {LONGEST} bytes");
                self.notify(Safe::sanitize(&words), true);
            }
            CopyText::Copied(text) => {
                let words = format!("Copied: {} ({} bytes, by the terminal)", copied.label(), text.len());
                self.notify(Safe::sanitize(&words), false);
                self.outbox.push(Effect::Record(AccessAction::Copy, self.shown_id()));
                self.outbox.push(Effect::Copy(text));
            }
        }
    }
}
