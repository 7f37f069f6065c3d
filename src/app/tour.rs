//! The guided tour of the demo: one line on the screen that suggests what to try. When the user has followed the
//! suggestion, the line shows the next one. Esc ends the tour.

use ratatui::Frame;
use ratatui::layout::Rect;
use strum::VariantArray;

use super::{Focus, Model};
use crate::keys::{Action, Keymap};
use crate::overlays::Overlay;
use crate::panes::detail::Tab;
use crate::store::Sort;
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
    /// The first suggestion of the demo's guided tour.
    pub const FIRST: Self = Self::Rejected;

    fn next(self) -> Option<Self> {
        Self::VARIANTS.iter().copied().skip_while(|step| *step != self).nth(1)
    }

    /// Returns whether the question of this suggestion contains the number of a list row, such as `row 4`. The number
    /// is right only if the list has no filter and the default order.
    const fn names_a_row(self) -> bool {
        matches!(self, Self::Rejected | Self::Ocr | Self::Screening)
    }

    /// Returns the suggestion as a question to the user, such as `why was row 4 rejected?`.
    const fn question(self) -> &'static str {
        match self {
            Self::Rejected => "why was row 4 rejected?",
            Self::Timeline => "what happened when?",
            Self::Ocr => "was the document of row 3 read correctly?",
            Self::Screening => "who is the red flag of row 3?",
            Self::Filter => "what is still open?",
            Self::Help => "what else is there?",
        }
    }

    /// Returns a sentence that tells the user how to find the answer to [`Self::question`]. The sentence names the keys
    /// that `keymap` has for the necessary actions. If one of these actions has no key, returns
    /// [`Self::instruction_without_keys`].
    fn instruction(self, keymap: &Keymap) -> String {
        let key = |action| keymap.first_chord(action).map(|chord| chord.to_string());
        let tab = |tab: Tab| key(Action::Tab(tab.number()));
        match self {
            Self::Rejected => key(Action::Down)
                .zip(tab(Tab::Attempts))
                .map(|(down, tab)| format!("Press {down} {down} {down}, then {tab}")),
            Self::Timeline => match (tab(Tab::Timeline), key(Action::Open), key(Action::NextError)) {
                (Some(tab), Some(open), Some(error)) => {
                    Some(format!("Press {tab} and {open}, then {error} for the next error"))
                }
                _ => None,
            },
            Self::Ocr => {
                key(Action::PreviousSubmission).zip(tab(Tab::Ocr)).map(|(up, tab)| format!("Press {up}, then {tab}"))
            }
            Self::Screening => tab(Tab::Aml).map(|tab| format!("Press {tab}")),
            Self::Filter => key(Action::EditFilter)
                .zip(key(Action::ApplyFilter))
                .map(|(edit, apply)| format!("Press {edit}, type status:pending, {apply}")),
            Self::Help => key(Action::Help).map(|help| format!("Press {help} for all keys and signs")),
        }
        .unwrap_or_else(|| self.instruction_without_keys().to_owned())
    }

    /// Returns a sentence that asks for the same actions as [`Self::instruction`], but names no keys. It is shown if
    /// the user's configuration leaves one of these actions without a key.
    const fn instruction_without_keys(self) -> &'static str {
        match self {
            Self::Rejected => "Select it, then open the tab Attempts",
            Self::Timeline => "Open the tab Timeline, then go to the next error",
            Self::Ocr => "Select it, then open the tab OCR",
            Self::Screening => "Open the tab AML",
            Self::Filter => "Apply the filter status:pending",
            Self::Help => "The help page lists all keys and signs",
        }
    }
}

impl Model {
    /// Moves the demo's guided tour to the first suggestion that the user has not followed yet.
    pub(super) fn update_tour(&mut self) {
        while let Some(step) = self.prefs.tour.filter(|step| self.is_done(*step)) {
            self.prefs.tour = step.next();
        }
    }

    fn is_done(&self, step: TourStep) -> bool {
        let shows = |tab| self.detail_is_visible() && self.detail.document().is_some() && self.detail.tab() == tab;
        match step {
            TourStep::Rejected => shows(Tab::Attempts),
            TourStep::Timeline => shows(Tab::Timeline) && self.prefs.focus == Focus::Detail,
            TourStep::Ocr => shows(Tab::Ocr),
            TourStep::Screening => shows(Tab::Aml),
            TourStep::Filter => self.filter.editor().is_none() && self.filter.applied().has_local(),
            TourStep::Help => matches!(self.overlay, Some(Overlay::Help(_))),
        }
    }

    /// Draws the current suggestion of the demo's guided tour in one line.
    pub(super) fn view_tour(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some(step) = self.prefs.tour else { return };
        let keymap = &self.config.keymap;
        let is_whole_list = self.filter.applied().text().trim().is_empty() && self.list.sort == Sort::default();
        let sentence = if step.names_a_row() && !is_whole_list {
            format!(
                " Try: clear the filter and sort by Created, then the tour goes on{}",
                keymap.key_remark(Action::ClearFilter, "clears")
            )
        } else {
            format!(" Try: {} {}", step.question(), step.instruction(keymap))
        };
        let sentence = Safe::sanitize(&sentence);
        let ends = if self.back_ends_tour() { self.remark_here(Action::Back, "ends the tour") } else { String::new() };
        let ends = Safe::sanitize(&ends);
        let line = Line::new().with(sentence, Role::Accent).with(ends, Role::Dim).fit(usize::from(area.width));
        frame.render_widget(paint(&line, &self.config.theme.shown), area);
    }
}
