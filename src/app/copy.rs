//! Copying to the clipboard with the copy menu. The copied text is masked like the text on screen.

use super::copy_group::GroupCopy;
use super::model::ClipboardWay;
use super::{Effect, Focus, Model};
use crate::access::AccessAction;
use crate::overlays::{CopyMenuLine, Overlay};
use crate::panes::detail::{CopyText, CopyableItem, CurlEndpoint};
use crate::submission::row::Column;
use crate::text::{Mask, Safe};

/// Size of the longest text that is copied to the terminal's clipboard, in bytes. Terminals silently drop a longer
/// escape sequence.
const MAX_TERMINAL_COPY_BYTES: usize = 74_000;

/// Size of the longest text that is given to the program of the setting `copy_command`, in bytes.
const MAX_COMMAND_COPY_BYTES: usize = 16 << 20;

/// Largest width, in columns, of the beginning of the copied text in a notice such as `Copied: submission id …`.
const NOTICE_COLUMNS: usize = 24;

/// An entry of the copy menu.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum CopyEntry {
    /// A part of the submission in the detail pane, such as the value of the line under the cursor.
    Part(CopyableItem),
    /// A text about the marked submissions, or about the submission in the detail pane.
    Group(GroupCopy),
}

/// A description of what was copied, for a notice such as `Copied: submission id` with the beginning of the id.
#[derive(Clone)]
pub struct CopiedPart {
    /// What was copied, such as `submission id`.
    noun: Safe,
    /// The beginning of the copied text, masked. Empty if the notice shows only the noun, as for a long text such as
    /// JSON.
    beginning: Safe,
    mask: Mask,
}

impl CopiedPart {
    /// Creates a description that consists only of `noun`, such as `3 submission ids`: the notice does not show the
    /// beginning of the copied text. `mask` is the mask level at which the text was copied.
    pub(super) fn named(noun: Safe, mask: Mask) -> Self {
        Self { noun, beginning: Safe::default(), mask }
    }

    /// Returns the description in words, such as `submission id` and the beginning of the id. `mask` is the current
    /// mask level (how much identity data is hidden). The beginning is left out if the text was copied at another mask
    /// level.
    fn in_words(&self, mask: Mask) -> Safe {
        if self.beginning.is_empty() || mask != self.mask {
            return self.noun.clone();
        }
        Safe::concat(&[self.noun.clone(), Safe::from_static(" "), self.beginning.fit(NOTICE_COLUMNS)])
    }
}

impl Model {
    /// Opens the copy menu, which lists the texts that can be copied to the clipboard.
    pub(super) fn open_copy(&mut self) {
        self.overlay = Some(Overlay::copy());
    }

    /// Returns the entries of the copy menu, each with its label and the beginning of the text that it copies; empty if
    /// the menu is not open. The entries are created again for every frame, so that a masked value that was revealed
    /// for some seconds does not stay in the menu.
    pub(super) fn menu_lines(&self) -> Vec<CopyMenuLine> {
        let Some(Overlay::Copy(menu)) = self.overlay_under_help() else { return Vec::new() };
        let entries = menu.entries().unwrap_or_default();
        let is_of_marks = entries.iter().any(is_of_marks);
        let choice = |entry: &CopyEntry| match entry {
            CopyEntry::Part(copied) => CopyMenuLine {
                label: match copied {
                    CopyableItem::Value(_) | CopyableItem::Path(_) | CopyableItem::Part(_) => {
                        Safe::from_static(copied.label())
                    }
                    _ if is_of_marks => Safe::sanitize(&format!("{} (this one)", copied.label())),
                    _ => Safe::from_static(copied.label()),
                },
                beginning: match copied {
                    // The names of these entries do not say it.
                    CopyableItem::ListData => Safe::from_static("only what the list sent"),
                    CopyableItem::Part(_) => Safe::from_static("of the line under the cursor"),
                    _ => self.detail.beginning(copied, self.mask, self.config.demo_key.is_some()),
                },
                is_revealed: self.detail.is_revealed(copied),
            },
            CopyEntry::Group(copy) => {
                CopyMenuLine { label: copy.label(), beginning: self.group_beginning(copy), is_revealed: false }
            }
        };
        entries.iter().map(choice).collect()
    }

    /// Returns the words for the title of the copy menu that name the submission in the detail pane, such as `this
    /// submission: Kim Minjun, 6xx28lo115832`, masked at the current mask level. The menu may cover the row of the
    /// submission. If other entries are about marked submissions, the words are `this one: Kim Minjun, 6xx28lo115832`.
    /// Empty if the menu is not open, or if the pane shows no submission with an id.
    pub(super) fn copied_submission(&self) -> Safe {
        let Some(Overlay::Copy(menu)) = self.overlay_under_help() else { return Safe::default() };
        let Some((own, id)) = self.shown_id().zip(self.detail.shown_id(self.mask)) else { return Safe::default() };
        let is_of_marks = menu.entries().unwrap_or_default().iter().any(is_of_marks);
        let row = self.known_row(&own);
        let name = row.and_then(|row| Some(row.value(Column::Name)?.masked(self.mask)));
        let words: Vec<Safe> = name.into_iter().chain([id]).collect();
        let which = Safe::from_static(if is_of_marks { "this one: " } else { "this submission: " });
        Safe::concat(&[which, Safe::join(&words, ", ")])
    }

    /// Updates the entries of the copy menu if the menu is open. If another submission or another line of the detail
    /// pane is selected since, closes the menu. Its entries would copy something else than their labels say.
    pub(super) fn update_copy_menu(&mut self) {
        if !matches!(self.overlay_under_help(), Some(Overlay::Copy(_))) {
            return;
        }
        let now = self.copy_entries();
        let Some(Overlay::Copy(menu)) = self.overlay.as_mut().map(Overlay::under_help_mut) else { return };
        match menu.entries() {
            Some(entries) if entries == now => {}
            Some(entries) if !is_of_same_line(entries, &now) => self.overlay = None,
            _ => menu.set_entries(now),
        }
    }

    /// Returns the entries of the copy menu. While the list has the focus, the entries about the marked submissions
    /// come first.
    fn copy_entries(&self) -> Vec<CopyEntry> {
        let mut entries: Vec<CopyEntry> = self.detail.copy_menu_entries().into_iter().map(CopyEntry::Part).collect();
        let is_marked = self.selection.marks.len() > 0 && self.prefs.focus == Focus::List;
        // Without marks, the command for `curl` stays the last entry.
        let is_curl = |entry: &CopyEntry| matches!(entry, CopyEntry::Part(CopyableItem::Curl(_)));
        let at = if is_marked { 0 } else { entries.iter().position(is_curl).unwrap_or(entries.len()) };
        entries.splice(at..at, self.group_copies().into_iter().map(CopyEntry::Group));
        entries
    }

    /// Returns the size in bytes of the longest text that can be copied in the configured way: by the terminal or by
    /// the program of the setting `copy_command`.
    pub(super) fn max_copy_bytes(&self) -> usize {
        if self.config.clipboard == ClipboardWay::Command { MAX_COMMAND_COPY_BYTES } else { MAX_TERMINAL_COPY_BYTES }
    }

    /// Shows a notice that a text is too long for the clipboard and was not copied.
    pub(super) fn notify_too_long(&mut self) {
        let is_by_command = self.config.clipboard == ClipboardWay::Command;
        let holder = if is_by_command { "copy_command" } else { "a terminal's clipboard" };
        let words = format!("Too large for {holder}: more than {} bytes", self.max_copy_bytes());
        self.notify(Safe::sanitize(&words), true);
    }

    /// Copies the text of an entry of the copy menu to the clipboard. A notice says what was copied, or why nothing was
    /// copied. Some texts are made by a background task or given to the program of the setting `copy_command`. Their
    /// notice is shown when the task or program has ended.
    pub(super) fn copy(&mut self, entry: &CopyEntry) {
        match entry {
            CopyEntry::Part(copied) => self.copy_part(copied),
            CopyEntry::Group(copy) => self.copy_group(copy),
        }
    }

    fn copy_part(&mut self, copied: &CopyableItem) {
        let longest = self.max_copy_bytes();
        let endpoint = CurlEndpoint {
            address: &self.config.address,
            encrypted: self.config.encrypted,
            demo_key: self.config.demo_key.as_deref(),
        };
        match self.detail.copy(copied, self.mask, endpoint, longest) {
            CopyText::Nothing => self.notify(Safe::from_static("Nothing to copy here"), false),
            CopyText::TooLong => self.notify_too_long(),
            CopyText::Copied(text) => {
                let what = CopiedPart {
                    noun: Safe::from_static(copied.noun()),
                    beginning: self.detail.masked_beginning(copied, self.mask),
                    mask: self.mask,
                };
                self.outbox.push(Effect::Record(AccessAction::Copy, self.shown_id()));
                self.send_copy(text, what);
            }
        }
    }

    /// Sends `text` to the clipboard, through the terminal or through the program of the setting `copy_command`.
    /// `copied` describes the text in the notice that follows.
    pub(super) fn send_copy(&mut self, text: String, copied: CopiedPart) {
        // A text that is still being made is older than this one.
        self.outgoing.text = None;
        match self.config.clipboard {
            ClipboardWay::Command => self.outbox.push(Effect::CopyByCommand { text, what: copied }),
            ClipboardWay::Terminal(needs) => {
                self.notify_copied(&copied, needs);
                self.outbox.push(Effect::Copy(text));
            }
        }
    }

    /// Shows a notice after the program of the setting `copy_command` ended. If `result` is `Ok`, the notice says that
    /// `copied` was copied. Otherwise it gives the error, the reason why nothing was copied.
    pub(super) fn copy_ended(&mut self, copied: &CopiedPart, result: Result<(), String>) {
        match result {
            Ok(()) => self.notify_copied(copied, None),
            Err(reason) => self.notify(Safe::sanitize(&format!("Not copied: {reason}")), true),
        }
    }

    /// Shows a notice that `copied` was copied. `needs` says what the user must change so that copied text reaches the
    /// clipboard, such as an option of tmux. With `needs`, the program does not know whether the text arrived, so the
    /// notice says `Sent` instead of `Copied`. `None` means that nothing must be changed.
    fn notify_copied(&mut self, copied: &CopiedPart, needs: Option<&'static str>) {
        let copied = copied.in_words(self.mask);
        let words = match needs {
            None => Safe::concat(&[Safe::from_static("Copied: "), copied]),
            Some(needs) => {
                let words = [Safe::from_static("Sent: "), copied, Safe::from_static(" · "), Safe::from_static(needs)];
                Safe::concat(&words)
            }
        };
        self.notify(words, false);
    }
}

/// Returns whether two lists of entries of the copy menu are about the same line of the same submission in the detail
/// pane. Entries of the kind [`CopyEntry::Group`] are about no line and are ignored.
fn is_of_same_line(some: &[CopyEntry], others: &[CopyEntry]) -> bool {
    let parts = |entries: &[CopyEntry]| -> Vec<CopyableItem> {
        let part = |entry: &CopyEntry| if let CopyEntry::Part(copied) = entry { Some(copied.clone()) } else { None };
        entries.iter().filter_map(part).collect()
    };
    CopyableItem::are_of_same_line(&parts(some), &parts(others))
}

/// Returns whether an entry of the copy menu is about the marked submissions.
const fn is_of_marks(entry: &CopyEntry) -> bool {
    matches!(entry, CopyEntry::Group(copy) if copy.is_of_marks())
}
