//! Copying: on request, one thing, and only what the mask lets be seen at that moment.

use super::{Effect, Model};
use crate::access::Deed;
use crate::overlays::{Choice, Overlay};
use crate::panes::detail::{Copied, CopyText, CurlEndpoint};
use crate::text::Safe;

/// Bytes of the longest text that is copied: terminals drop a longer sequence without a word.
const LONGEST: usize = 74_000;

/// What the open menu offers, and of what: the submission and the line.
pub(super) struct Copying {
    each: Vec<Copied>,
    of: Origin,
}

type Origin = (Option<Box<str>>, Option<String>);

impl Model {
    fn copy_origin(&self) -> Origin {
        let id = self.detail.subject().and_then(|subject| subject.id.clone());
        (id, self.detail.path().map(str::to_owned))
    }

    /// Opens the menu of what can be copied.
    pub(super) fn open_copy(&mut self, effects: &mut Vec<Effect>) {
        let each = self.detail.copies();
        if each.is_empty() {
            return self.tell(Safe::word("nothing to copy here"), false, effects);
        }
        self.overlay = Some(Overlay::copy(each.len()));
        self.copying = Some(Copying { each, of: self.copy_origin() });
    }

    /// The lines of the menu. They are made when they are drawn: what was revealed for a moment must not stay in them.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let each = self.copying.as_ref().map_or(&[][..], |copying| &copying.each);
        let choice =
            |copied: &Copied| Choice { label: copied.label(), beginning: self.detail.beginning(*copied, self.mask) };
        each.iter().map(choice).collect()
    }

    /// Closes the menu once another submission or another line stands under it: it would copy something else than it says.
    pub(super) fn keep_copy(&mut self) {
        let gone = self.copying.as_ref().is_some_and(|copying| copying.of != self.copy_origin());
        if gone && matches!(self.overlay, Some(Overlay::Copy(..))) {
            self.overlay = None;
        }
    }

    /// Copies what stands at a place of the menu.
    pub(super) fn copy(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let copied = self.copying.take().and_then(|copying| copying.each.get(at).copied());
        let Some(copied) = copied else { return };
        let call = CurlEndpoint { address: &self.setting.address, encrypted: self.setting.encrypted };
        match self.detail.copy(copied, self.mask, call, LONGEST) {
            CopyText::Nothing => self.tell(Safe::word("nothing to copy here"), false, effects),
            CopyText::TooLong => {
                let words = format!("more than {LONGEST} bytes are too much for a terminal's clipboard");
                self.tell(Safe::of(&words), true, effects);
            }
            CopyText::Copied(text) => {
                let words = format!("sent {} bytes to the terminal's clipboard", text.len());
                self.tell(Safe::of(&words), false, effects);
                effects.push(Effect::Record(Deed::Copy, self.shown_id()));
                effects.push(Effect::Copy(text));
            }
        }
    }
}
