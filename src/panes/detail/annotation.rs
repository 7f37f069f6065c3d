//! Explanations beside values: the meaning of a code, and the documentation of a field.

use super::TabContext;
use crate::submission::Field;
use crate::submission::assessment::{Judgement, Screening};
use crate::submission::codes::Family;
use crate::submission::fields::FieldMeaning;
use crate::submission::masking;
use crate::text::Safe;
use crate::ui::{Annotation, Role};

/// Minimum number of columns of a pane in which the explanation of an error code also names the usual cause of the
/// error.
const MIN_CAUSE: usize = 60;

/// Returns the explanation that is shown beside the value of `field`. `text` is the caller's text about the value;
/// `None` for no such text.
///
/// If the field holds a code, the explanation is `text`, or the meaning of the code if there is no text. For any other
/// field, the explanation is `text`, followed by the documented meaning of the field if there is one.
pub(super) fn annotate(context: TabContext<'_>, field: &Field<'_>, text: Option<Safe>) -> Annotation {
    let given = Annotation::new(text);
    match field.documentation().map_or(FieldMeaning::Clear, |known| known.meaning) {
        FieldMeaning::Clear => given,
        FieldMeaning::Words(meaning) => given.meaning(Some(Safe::from_static(meaning))),
        FieldMeaning::About(meaning) => given.meaning(Some(Safe::sanitize(&format!("({meaning})")))),
        FieldMeaning::Code(family) => given.or_text(|| code_in_words(context, field, family)),
    }
}

/// Returns the explanation of the code `code`. If the pane is wide enough, the usual cause of the error follows. If the
/// code is not documented, the returned text says so. `family` is the list of codes to which the code belongs.
pub(super) fn explain_with_cause(context: TabContext<'_>, family: Family, code: &str) -> Safe {
    let has_room = context.options.columns >= MIN_CAUSE;
    let explained = if has_room { context.codes.explain_with_cause(family, code) } else { None };
    explained.unwrap_or_else(|| context.explain(family, code))
}

/// Returns the explanation of the code that a field holds. `family` is the list of codes to which the code belongs.
/// `None` if the field holds no text, if the explanation would only repeat the code, or if the explanation would reveal
/// a masked value.
fn code_in_words(context: TabContext<'_>, field: &Field<'_>, family: Family) -> Option<Safe> {
    let mask = context.options.mask_of(field);
    let code = field.text().filter(|code| !code.is_empty() && !masking::is_hidden(field, mask))?;
    let words = explain_with_cause(context, family, code);
    (letters_and_digits(words.as_str()) != letters_and_digits(code)).then_some(words)
}

/// Returns the sign for the judgement of a check, such as `✓` for passed or `✗` for failed. The second value is the
/// role of the sign, by which a theme chooses its colour.
pub(super) const fn sign(judgement: Judgement) -> (&'static str, Role) {
    match judgement {
        Judgement::Passed => ("✓", Role::Good),
        Judgement::NotPassed => ("✗", Role::Bad),
        Judgement::Unclear => ("?", Role::Warn),
        Judgement::Absent => ("–", Role::Dim),
    }
}

/// Returns the role of the text that shows the status of an AML screening. A theme chooses the colour by the role.
pub(super) const fn screening_role(screening: Screening) -> Role {
    match screening {
        Screening::RedFlag => Role::Bad,
        Screening::NotScreened => Role::Plain,
        Screening::Unknown => Role::Warn,
        Screening::Missing => Role::Dim,
    }
}

/// Returns the letters and digits of a text in lower case. Two texts with the same result differ only in case, spaces
/// and punctuation.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
