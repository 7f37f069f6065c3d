//! The guided tour of the demo: one line that suggests what to try next. When the user has tried this, the line shows
//! the next suggestion. Esc ends the tour.

use ratatui::Frame;
use ratatui::layout::Rect;
use strum::VariantArray;

use super::Model;
use crate::overlays::Overlay;
use crate::panes::detail::Tab;
use crate::text::Safe;
use crate::ui::{Line, Role, paint};

/// One suggestion of the demo's guided tour. The variants are in the order in which the tour shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum TourStep {
    /// Suggests to read the attempts of a rejected submission.
    Rejected,
    /// Suggests to read the timeline of the rejected submission of [`TourStep::Rejected`].
    Timeline,
    /// Suggests to read the OCR (text read from the identity document) of the submission above the rejected submission
    /// in the list.
    Ocr,
    /// Suggests to read the AML matches of the submission of [`TourStep::Ocr`].
    Screening,
    /// Suggests a local filter, which is checked on the loaded rows without a request.
    Filter,
    /// Suggests the help page.
    Help,
}

impl TourStep {
    /// The first suggestion of the tour.
    pub const FIRST: Self = Self::Rejected;

    fn next(self) -> Option<Self> {
        Self::VARIANTS.iter().copied().skip_while(|step| *step != self).nth(1)
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Rejected => "Try: why was row 4 rejected? Press j j j, then 2",
            Self::Timeline => "Try: what happened when? Press 5, then e for the next error",
            Self::Ocr => "Try: was the document of row 3 read correctly? Press K, then 3",
            Self::Screening => "Try: who is the red flag of row 3? Press 4",
            Self::Filter => "Try: what is still open? Press f, type status:pending, Enter",
            Self::Help => "Try: what else is there? Press ? for all keys and signs",
        }
    }
}

impl Model {
    /// Moves the demo's guided tour to the first suggestion that the user has not followed yet.
    pub(super) fn settle_tour(&mut self) {
        while let Some(step) = self.prefs.tour.filter(|step| self.is_done(*step)) {
            self.prefs.tour = step.next();
        }
    }

    fn is_done(&self, step: TourStep) -> bool {
        let shows = |tab| self.detail_is_visible() && self.detail.document().is_some() && self.detail.tab() == tab;
        match step {
            TourStep::Rejected => shows(Tab::Attempts),
            TourStep::Timeline => shows(Tab::Timeline),
            TourStep::Ocr => shows(Tab::Ocr),
            TourStep::Screening => shows(Tab::Aml),
            TourStep::Filter => self.filter.editor().is_none() && self.filter.applied().has_local(),
            TourStep::Help => matches!(self.overlay, Some(Overlay::Help(_))),
        }
    }

    /// Draws the current suggestion of the demo's guided tour in one line.
    pub(super) fn view_tour(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some(step) = self.prefs.tour else { return };
        let line = Line::new().word(" ", Role::Plain).with(Safe::from_static(step.sentence()), Role::Accent);
        let line = line.word(" · Esc ends the tour", Role::Dim).fit(usize::from(area.width));
        frame.render_widget(paint(&line, &self.config.theme), area);
    }
}
