//! Copying to the clipboard: one value or text at a time, when the user requests it. The copied text is masked like the
//! text on screen.

use super::model::ClipboardWay;
use super::{Effect, Model};
use crate::access::AccessAction;
use crate::overlays::{Choice, Overlay};
use crate::panes::detail::{Copied, CopyText, CurlEndpoint};
use crate::text::{Mask, Safe};

/// Size of the longest text that is copied to the terminal's clipboard, in bytes. Terminals silently drop a longer
/// escape sequence.
const LONGEST: usize = 74_000;

/// Size of the longest text that is given to the program of the setting `copy_command`, in bytes.
const LONGEST_FOR_COMMAND: usize = 16 << 20;

/// Width in columns of the copied value in a notice.
const SHOWN: usize = 24;

/// A copied part of a submission in words, for a notice.
#[derive(Clone)]
pub struct CopiedPart {
    /// What was copied, such as `submission id`.
    noun: Safe,
    /// The beginning of the copied text as the mask level `mask` shows it; empty for a long text such as JSON.
    beginning: Safe,
    mask: Mask,
}

impl CopiedPart {
    /// Returns in words what was copied, such as `submission id` and the beginning of the id. The beginning is left out
    /// if the mask level changed since the text was copied.
    fn in_words(&self, mask: Mask) -> Safe {
        if self.beginning.is_empty() || mask != self.mask {
            return self.noun.clone();
        }
        Safe::concat(&[self.noun.clone(), Safe::from_static(" "), self.beginning.fit(SHOWN)])
    }
}

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
    /// nothing was copied. If a program copies, the notice comes when the program ended.
    pub(super) fn copy(&mut self, copied: &Copied) {
        let is_by_command = self.config.clipboard == ClipboardWay::Command;
        let longest = if is_by_command { LONGEST_FOR_COMMAND } else { LONGEST };
        let endpoint = CurlEndpoint {
            address: &self.config.address,
            encrypted: self.config.encrypted,
            demo_key: self.config.demo_key.as_deref(),
        };
        match self.detail.copy(copied, self.mask, endpoint, longest) {
            CopyText::Nothing => self.notify(Safe::from_static("Nothing to copy here"), false),
            CopyText::TooLong => {
                let holder = if is_by_command { "copy_command" } else { "a terminal's clipboard" };
                let words = format!("Too large for {holder}: more than {longest} bytes");
                self.notify(Safe::sanitize(&words), true);
            }
            CopyText::Copied(text) => {
                let what = CopiedPart {
                    noun: Safe::from_static(copied.noun()),
                    beginning: self.detail.masked_beginning(copied, self.mask),
                    mask: self.mask,
                };
                self.outbox.push(Effect::Record(AccessAction::Copy, self.shown_id()));
                match self.config.clipboard {
                    ClipboardWay::Command => self.outbox.push(Effect::CopyByCommand { text, what }),
                    ClipboardWay::Terminal(needs) => {
                        self.notify_copied(&what, needs);
                        self.outbox.push(Effect::Copy(text));
                    }
                }
            }
        }
    }

    /// Shows what the program of the setting `copy_command` copied, or why it copied nothing.
    pub(super) fn copy_ended(&mut self, what: &CopiedPart, result: Result<(), String>) {
        match result {
            Ok(()) => self.notify_copied(what, None),
            Err(reason) => self.notify(Safe::sanitize(&format!("Not copied: {reason}")), true),
        }
    }

    /// Shows a notice that names `what` was copied. `needs` says what the user must change before copied text can
    /// arrive, such as an option of tmux; `None` if nothing. With `needs`, nobody knows whether the text arrived, so
    /// the notice says `Sent` instead of `Copied`.
    fn notify_copied(&mut self, what: &CopiedPart, needs: Option<&'static str>) {
        let what = what.in_words(self.mask);
        let words = match needs {
            None => Safe::concat(&[Safe::from_static("Copied: "), what]),
            Some(needs) => {
                let words = [Safe::from_static("Sent: "), what, Safe::from_static(" · "), Safe::from_static(needs)];
                Safe::concat(&words)
            }
        };
        self.notify(words, false);
    }
}
