//! The eight tabs.

use crate::keys::Action;

/// A tab of the detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Worst news first, and what identifies the submission.
    #[default]
    Summary,
    /// The attempts and their retries.
    Attempts,
    /// Where each field's value comes from.
    Ocr,
    /// The screening.
    Aml,
    /// Everything that has a time, on one axis.
    Timeline,
    /// Face age, pre-verification, injection, bank, ID liveness.
    Signals,
    /// Everything else, and what is undocumented.
    Details,
    /// The answer as a tree.
    Json,
}

/// One value for each tab.
#[derive(Clone, Debug, Default)]
pub(super) struct PerTab<T>([T; Tab::ALL.len()]);

impl<T> PerTab<T> {
    #[expect(clippy::indexing_slicing, reason = "there is one for every tab")]
    pub(super) const fn of(&self, tab: Tab) -> &T {
        &self.0[tab as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "there is one for every tab")]
    pub(super) const fn of_mut(&mut self, tab: Tab) -> &mut T {
        &mut self.0[tab as usize]
    }
}

impl Tab {
    /// Every tab in its order.
    pub const ALL: [Self; 8] =
        [Self::Summary, Self::Attempts, Self::Ocr, Self::Aml, Self::Timeline, Self::Signals, Self::Details, Self::Json];

    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Attempts => "Attempts",
            Self::Ocr => "OCR",
            Self::Aml => "AML",
            Self::Timeline => "Timeline",
            Self::Signals => "Signals",
            Self::Details => "Details",
            Self::Json => "JSON",
        }
    }

    /// The tab that a key opens; `None` for other orders.
    #[must_use]
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::Tab1 => Self::Summary,
            Action::Tab2 => Self::Attempts,
            Action::Tab3 => Self::Ocr,
            Action::Tab4 => Self::Aml,
            Action::Tab5 => Self::Timeline,
            Action::Tab6 => Self::Signals,
            Action::Tab7 => Self::Details,
            Action::Tab8 => Self::Json,
            _ => return None,
        })
    }

    /// The tab some steps further, round the ends.
    #[must_use]
    pub fn stepped(self, steps: isize) -> Self {
        let at = (self as usize).cast_signed() + steps;
        let at = at.rem_euclid(Self::ALL.len().cast_signed()).cast_unsigned();
        Self::ALL.get(at).copied().unwrap_or_default()
    }
}
