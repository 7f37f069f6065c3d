//! The roles of texts on the screen: what a text means, such as a heading or a failure.

use enum_map::Enum;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The meaning of a piece of text, such as heading or failure; a theme decides how text with this role looks. The
/// colour is never the only sign of the meaning: a word or a sign on the screen has the same meaning.
///
/// Theme files name roles in snake case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Less important text: hints, units, data that is not fetched.
    Dim,
    /// The name of a field.
    Label,
    /// A heading.
    Title,
    /// The most important part of a line.
    Strong,
    /// A good result: approved, passed.
    Good,
    /// A bad result: rejected, failed, red flag.
    Bad,
    /// A result that a person must check: a pending status, an unusual detail.
    Warn,
    /// Neutral information: codes with an explanation, links.
    Info,
    /// The line of the cursor in the focused pane.
    Cursor,
    /// The line of the cursor in a pane without focus.
    CursorElsewhere,
    /// The frame of the focused pane, and the name of the shown tab.
    Accent,
    /// The frame of a pane without focus.
    Frame,
    /// A part of the filter text that does not parse.
    Problem,
    /// Characters that differ between two values, or that match a search.
    Mark,
}
