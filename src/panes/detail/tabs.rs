//! The eight tabs of the detail pane: one table with their names and with the functions that make their lines. Each tab
//! has its own file.

mod aml;
mod attempts;
mod details;
mod json;
mod ocr;
mod raw;
mod signals;
mod summary;
#[cfg(test)]
mod testing;
mod timeline;
mod tree;

#[cfg(test)]
mod tests;

use enum_map::Enum;
use strum::VariantArray;

use super::lines::TabLines;
use super::{Landmark, TabContext, TabLine};
use crate::text::Safe;
use crate::ui::{Line, Role};

pub(super) use summary::{finding_words, no_findings_words, reject_codes, status_words};
pub(super) use timeline::{double_span, half_span, span_with_event};
pub(super) use tree::{ancestors, folded_members};

/// A tab of the detail pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, VariantArray)]
pub enum Tab {
    /// The status of the submission, the findings with the worst finding first, and the data that identifies the person
    /// and the submission.
    #[default]
    Summary,
    /// The attempts of the applicant, and the retries of each attempt.
    Attempts,
    /// The OCR fields (fields that are read from the image of the identity document). Each field has up to four values,
    /// one from each source.
    Ocr,
    /// The AML screening: its status, matches and raw data.
    Aml,
    /// The timeline: every event of the submission whose time is known, on one time axis.
    Timeline,
    /// The results of further checks: face age, pre-verification, address check (`Injection_action`), bank account,
    /// ID liveness.
    Signals,
    /// Every field that no other tab shows, and undocumented fields.
    Details,
    /// The shown answer as a tree of JSON values.
    Json,
}

/// The properties of one tab, such as its names. [`Tab::definition`] returns them.
struct Definition {
    /// The name of the tab on the screen, such as `Summary`.
    label: &'static str,
    /// The name of the tab on the command line, such as `summary` in `show --section summary`.
    section: &'static str,
    /// Number of levels of the tab's JSON trees that are open before the user opens or closes a part; `None` for a tab
    /// without trees.
    open_levels: Option<usize>,
    /// The function that makes the lines of the tab.
    lines: fn(TabContext<'_>) -> Vec<TabLine>,
}

const fn row(
    label: &'static str,
    section: &'static str,
    open_levels: Option<usize>,
    lines: fn(TabContext<'_>) -> Vec<TabLine>,
) -> Definition {
    Definition { label, section, open_levels, lines }
}

impl Tab {
    /// All tabs in the order on the screen.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the properties of this tab, such as its names. The properties of all tabs are defined here.
    const fn definition(self) -> Definition {
        match self {
            Self::Summary => row("Summary", "summary", None, summary::lines),
            Self::Attempts => row("Attempts", "attempts", None, attempts::lines),
            Self::Ocr => row("OCR", "ocr", Some(ocr::OPEN_LEVELS), ocr::lines),
            Self::Aml => row("AML", "aml", Some(aml::OPEN_LEVELS), aml::lines),
            Self::Timeline => row("Timeline", "timeline", None, timeline::lines),
            Self::Signals => row("Signals", "signals", None, signals::lines),
            Self::Details => row("Details", "details", Some(details::OPEN_LEVELS), details::lines),
            Self::Json => row("JSON", "json", Some(json::OPEN_LEVELS), json::lines),
        }
    }

    /// Returns the name of the tab on the screen, such as `Summary`.
    pub const fn label(self) -> &'static str {
        self.definition().label
    }

    /// Returns the name of the tab on the command line, such as `summary` in `show --section summary`.
    pub const fn section(self) -> &'static str {
        self.definition().section
    }

    /// Returns the tab with the command line name `section`, such as `summary`; `None` if no tab has this name.
    pub fn from_section(section: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tab| tab.section() == section)
    }

    /// Returns the lines of the tab. `context` holds the submission and how the user wants to see it. If documented
    /// fields were too large to be parsed, the first lines name these fields.
    pub fn lines(self, context: TabContext<'_>) -> Vec<TabLine> {
        let mut lines = unread(context);
        lines.extend((self.definition().lines)(context));
        lines
    }

    /// Returns the number of levels of the tab's JSON trees that are open before the user opens or closes a part;
    /// `None` for a tab without trees.
    pub(super) const fn open_levels(self) -> Option<usize> {
        self.definition().open_levels
    }

    /// Returns whether the lines to which the keys `e` and `E` jump in this tab are findings, such as a field whose
    /// sources differ. In the other tabs, these lines are errors only.
    pub const fn has_findings(self) -> bool {
        !matches!(self, Self::Attempts | Self::Timeline | Self::Json)
    }

    /// Returns the number of the tab, counted from 1. The key with this digit shows the tab.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Returns the tab with this number, counted from 1; `None` if no tab has this number. See [`Tab::number`].
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Returns the tab that is `steps` tabs further, or further back for a negative number. After the last tab, the
    /// first tab follows.
    #[must_use]
    pub fn stepped(self, steps: isize) -> Self {
        let at = (self as usize).cast_signed() + steps;
        let at = at.rem_euclid(Self::ALL.len().cast_signed()).cast_unsigned();
        Self::ALL.get(at).copied().unwrap_or_default()
    }
}

/// Returns the first lines of a tab, which name the documented fields that were not parsed because the service's answer
/// is too large. They end with a sentence that everything below is only about the parsed fields. Returns no lines if
/// every documented field was parsed.
fn unread(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    if !context.document.reads_documented() {
        let words = format!("! too large to read in full, not read: {}", context.document.unparsed_words());
        for words in [Safe::sanitize(&words), Safe::from_static("Everything below is about the part that was read.")] {
            out.wrapped_line(Line::new().with(words, Role::Warn));
        }
        out.set_landmark(0, Landmark::Error);
        out.blank();
    }
    out.finish()
}
