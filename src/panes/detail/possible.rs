//! Decides which actions have an effect in the detail pane now.

use super::{Detail, Folds, Landmark, Tab, TabLine};
use crate::keys::Action;
use crate::submission::masking;
use crate::text::Mask;

impl Detail {
    /// Returns whether the action would have an effect in the pane now, with the cursor on its current line. `mask` is
    /// the mask level.
    pub fn is_possible(&self, action: Action, mask: Mask) -> bool {
        let line = self.lines.get(self.scroll().at());
        let is_part = |open: bool| line.is_some_and(|line| line.open == Some(open));
        let is_timeline = self.tab == Tab::Timeline;
        match action {
            Action::Open => line.is_some_and(|line| line.jump.is_some() || line.open.is_some()),
            Action::Left => is_part(true) || self.has_parent_line(),
            Action::Right => is_part(false),
            Action::JumpBack => !self.jumps.is_empty(),
            Action::NextError => self.has_landmark(Landmark::Error, true),
            Action::PreviousError => self.has_landmark(Landmark::Error, false),
            Action::NextGap => self.has_landmark(Landmark::Gap, true),
            Action::Search => !self.lines.is_empty(),
            Action::NextMatch | Action::PreviousMatch => self.pattern().is_some(),
            Action::Reveal => self.hidden_path(mask).is_some(),
            Action::NextOrder => self.document().is_some() && (is_timeline || self.tab == Tab::Ocr),
            Action::RelativeTimes => self.document().is_some() && is_timeline,
            Action::Closer if is_timeline => self.document().is_some(),
            Action::Wider | Action::Whole if is_timeline => self.choices.span.is_some(),
            Action::Closer | Action::OpenAll => self.outermost_closed().is_some(),
            Action::Wider | Action::CloseAll => self.deepest_open().is_some(),
            Action::Whole => self.has_folds(),
            _ => action.step(1).is_none() || self.lines.len() > 1,
        }
    }

    /// Returns whether the action [`Action::Open`] would open or close the line under the cursor, a part of a tree. On a
    /// line with a link, the action follows the link instead.
    pub fn opens_part(&self) -> bool {
        let line = self.lines.get(self.scroll().at());
        line.is_some_and(|line| line.jump.is_none() && line.open.is_some())
    }

    /// Returns the level of the outermost closed part of the tab's JSON trees, counted from 0; `None` if no part is
    /// closed.
    pub(super) fn outermost_closed(&self) -> Option<usize> {
        self.lines.iter().filter(|line| line.open == Some(false)).map(|line| line.level).min()
    }

    /// Returns the level of the deepest open part of the tab's JSON trees, counted from 0; `None` if no part is open.
    pub(super) fn deepest_open(&self) -> Option<usize> {
        self.lines.iter().filter(|line| line.open == Some(true)).map(|line| line.level).max()
    }

    /// Returns whether the user opened or closed parts of the JSON trees in the tab.
    pub(super) fn has_folds(&self) -> bool {
        self.folds[self.tab] != Folds::default()
    }

    /// Returns whether a line above the cursor shows the object or list that directly contains the field under the
    /// cursor.
    fn has_parent_line(&self) -> bool {
        let at = self.scroll().at();
        let parent = self.lines.get(at).and_then(|line| line.anchor.as_ref()?.parent());
        parent.is_some_and(|parent| self.lines.iter().take(at).any(|line| line.anchor.as_ref() == Some(&parent)))
    }

    /// Returns the path of the value on the line under the cursor if the mask level `mask` hides this value; otherwise
    /// `None`.
    pub(super) fn hidden_path(&self, mask: Mask) -> Option<&str> {
        let line = self.lines.get(self.scroll().at()).filter(|line| line.private)?;
        // A value that only the list record has is not found in the full record.
        let is_hidden = self.field().map_or(mask != Mask::None, |field| masking::is_hidden(&field, mask));
        line.path().filter(|_| is_hidden)
    }

    fn has_landmark(&self, landmark: Landmark, forward: bool) -> bool {
        let at = self.scroll().at();
        let is_one = |line: &TabLine| line.landmark == Some(landmark);
        if forward { self.lines.iter().skip(at + 1).any(is_one) } else { self.lines.iter().take(at).any(is_one) }
    }
}
