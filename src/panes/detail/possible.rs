//! Which actions have an effect in the detail pane now.

use super::{Detail, Landmark, Tab, TabLine};
use crate::keys::Action;
use crate::submission::masking;
use crate::text::Mask;

impl Detail {
    /// Returns whether the action has an effect in the pane now, at the line of the cursor. `mask` is the mask level.
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
            Action::Reveal => line.is_some_and(|line| line.private) && self.hides_value(mask),
            Action::NextOrder => self.document().is_some() && (is_timeline || self.tab == Tab::Ocr),
            Action::RelativeTimes => self.document().is_some() && is_timeline,
            Action::Closer | Action::Wider if is_timeline => self.document().is_some(),
            Action::Whole if is_timeline => self.choices.span.is_some(),
            Action::Closer | Action::Wider | Action::Whole | Action::OpenAll | Action::CloseAll => {
                !self.lines.is_empty() && self.tab.open_levels().is_some()
            }
            _ => action.step(1).is_none() || self.lines.len() > 1,
        }
    }

    /// Returns whether the tab has a line for the object or list that contains the field at the line of the cursor.
    fn has_parent_line(&self) -> bool {
        let at = self.scroll().at();
        let parent = self.lines.get(at).and_then(|line| line.anchor.as_ref()?.parent());
        parent.is_some_and(|parent| self.lines.iter().take(at).any(|line| line.anchor.as_ref() == Some(&parent)))
    }

    /// Returns whether the mask level `mask` hides the value at the line of the cursor.
    fn hides_value(&self, mask: Mask) -> bool {
        self.field().is_some_and(|field| masking::is_hidden(&field, mask))
    }

    fn has_landmark(&self, landmark: Landmark, forward: bool) -> bool {
        let at = self.scroll().at();
        let is_one = |line: &TabLine| line.landmark == Some(landmark);
        if forward { self.lines.iter().skip(at + 1).any(is_one) } else { self.lines.iter().take(at).any(is_one) }
    }
}
