//! What stands beside a value: words of a tab for this one value, and what the documentation says of its field.
//!
//! Every tab has it through its lines, so that no tab keeps words of its own for a documented field.

use super::TabContext;
use crate::submission::Field;
use crate::submission::codes::Family;
use crate::submission::fields::Meaning;
use crate::text::{Mask, Safe};
use crate::ui::{Line, Role};

/// Columns from which the usual cause of a code is told too.
const ROOMY: usize = 60;

/// Columns from which a meaning that does not fit beside its value has a line of its own.
const SPACIOUS: usize = 70;

/// Words of ours beside a value, dim. They never stand instead of it.
#[derive(Default)]
pub(super) struct Annotation {
    /// What is to be said of this value: below it where there is no room beside it.
    said: Option<Safe>,
    /// Unit or meaning of its field: it gives way where there is little room.
    meant: Option<Safe>,
}

impl Annotation {
    /// Words for a value that is no field.
    pub(super) fn said(words: Option<Safe>) -> Self {
        Self { said: words.filter(|words| !words.is_empty()), meant: None }
    }

    /// What is to be said of a field: the words of the tab, else its code in words; and what the field means.
    pub(super) fn of(context: TabContext<'_>, field: &Field<'_>, words: Option<Safe>) -> Self {
        let given = Self::said(words);
        match field.known().map_or(Meaning::Clear, |known| known.meaning) {
            Meaning::Clear => given,
            Meaning::Words(meant) => Self { meant: Some(Safe::word(meant)), ..given },
            Meaning::Code(family) => Self { said: given.said.or_else(|| code(context, field, family)), meant: None },
        }
    }

    /// The same without the meaning: for what stands below one that has it.
    pub(super) fn without_meaning(self) -> Self {
        Self { meant: None, ..self }
    }

    /// Puts them behind the last line of a value, or below it, so many columns in.
    pub(super) fn put(self, lines: &mut Vec<Line>, indent: usize, columns: usize) {
        let room = columns.saturating_sub(indent).max(1);
        let below = |words: Safe| {
            let start = Line::blank().with(Safe::default().pad(indent), Role::Plain);
            words.wrap(room).into_iter().map(move |part| start.clone().with(part, Role::Dim)).collect::<Vec<_>>()
        };
        let between = if self.said.is_some() { " · " } else { "  " };
        if let Some(said) = self.said {
            // Too long for the line, words break at their semicolon before anywhere else.
            let (first, rest) = said.as_str().split_once("; ").unwrap_or_default();
            let first = Safe::of(&format!("{first};"));
            match lines.last_mut() {
                Some(last) if last.width() + 2 + said.width() <= columns => behind(last, "  ", said),
                _ if rest.is_empty() => lines.extend(below(said)),
                Some(last) if last.width() + 2 + first.width() <= columns => {
                    behind(last, "  ", first);
                    lines.extend(below(Safe::of(rest)));
                }
                _ => lines.extend([first, Safe::of(rest)].into_iter().flat_map(below)),
            }
        }
        if let Some(meant) = self.meant {
            match lines.last_mut() {
                Some(last) if last.width() + between.len() + meant.width() <= columns => behind(last, between, meant),
                _ if between == "  " && columns >= SPACIOUS => lines.extend(below(meant)),
                _ => {}
            }
        }
    }
}

/// A code in words, with its usual cause where the pane has room; or that no source explains it.
pub(super) fn explain_with_cause(context: TabContext<'_>, family: Family, code: &str) -> Safe {
    let told = if context.options.columns >= ROOMY { context.codes.explain_with_cause(family, code) } else { None };
    told.unwrap_or_else(|| context.explain(family, code))
}

/// The code that a field holds in words; nothing where they would only repeat it, or tell what is masked.
fn code(context: TabContext<'_>, field: &Field<'_>, family: Family) -> Option<Safe> {
    let options = context.options;
    let mask = if options.revealed.as_deref() == Some(field.path()) { Mask::None } else { options.mask };
    let code = field.text().filter(|code| !code.is_empty() && !field.class().hidden_at(mask))?;
    let words = explain_with_cause(context, family, code);
    (letters(words.as_str()) != letters(code)).then_some(words)
}

/// A text without case, spaces and signs.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn behind(line: &mut Line, between: &'static str, words: Safe) {
    let role = if between.trim().is_empty() { Role::Plain } else { Role::Dim };
    *line = std::mem::take(line).word(between, role).with(words, Role::Dim);
}
