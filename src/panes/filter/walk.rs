//! Stepping through the completions of the filter bar with Tab: each step puts another completion into the line.

use super::CompletionMenu;
use crate::query::Completions;

/// The state of stepping through the completions at the cursor of a filter line (called a walk). The steps are the line
/// as the user typed it, then the line with each of the completions. After the last step, the first one follows again.
///
/// If a key such as `status:` is the only completion, the line with each value of this key is a further step.
pub(super) struct CompletionWalk {
    /// The line as the user typed it, before the first step, and the byte offset of the cursor.
    typed: (String, usize),
    completions: Completions,
    /// The values that can follow the only completion, if this completion is a key. In all other cases, it has no
    /// candidates.
    next_completions: Completions,
    /// The current step: 0 for the line as the user typed it, 1 for the first completion.
    at: usize,
    /// Whether the user accepted the completion of the current step. No further step is made then.
    is_accepted: bool,
}

impl CompletionWalk {
    /// Begins a walk through `completions`, the completions at the byte offset `cursor` of the line `text`. Returns
    /// `None` if there is no completion.
    ///
    /// `complete` returns the completions for a line and a cursor. It is called only if a key is the only completion,
    /// to get the values of this key.
    pub(super) fn begin(
        (text, cursor): (&str, usize),
        completions: &Completions,
        complete: impl FnOnce(&str, usize) -> Completions,
    ) -> Option<Self> {
        let first = with_completion(text, completions, 0)?;
        let is_only = completions.candidates.len() == 1 && ends_in_sign(&first.0);
        let next_completions = if is_only { complete(&first.0, first.1) } else { Completions::default() };
        Some(Self {
            typed: (text.to_owned(), cursor),
            completions: completions.clone(),
            next_completions,
            at: 0,
            is_accepted: false,
        })
    }

    /// Goes to the next completion, or to the previous one if `forward` is false. After the last completion, the next
    /// step is the line as the user typed it.
    pub(super) fn step(&mut self, forward: bool) {
        let steps = 1 + self.completions.candidates.len() + self.next_completions.candidates.len();
        self.at = (self.at + if forward { 1 } else { steps - 1 }) % steps;
    }

    /// Goes to the completion at the index `index` of [`Self::menu`], because the user accepted it. This ends the walk.
    pub(super) fn accept(&mut self, index: usize) {
        let before = self.steps_in_values().map_or(0, |_| self.completions.candidates.len());
        self.at = before + index + 1;
        self.is_accepted = true;
    }

    /// Returns whether the user accepted the completion that is in the line now. The walk has ended then.
    pub(super) const fn is_accepted(&self) -> bool {
        self.is_accepted
    }

    /// Returns the filter line with the completion of the current step, and the cursor in this line as a byte offset.
    /// At the start of the walk, this is the line as the user typed it.
    pub(super) fn line(&self) -> (String, usize) {
        let own = self.completions.candidates.len();
        let line = match self.at {
            0 => None,
            at if at <= own => with_completion(&self.typed.0, &self.completions, at - 1),
            at => with_completion(&self.typed.0, &self.completions, 0)
                .and_then(|(line, _)| with_completion(&line, &self.next_completions, at - own - 1)),
        };
        line.unwrap_or_else(|| self.typed.clone())
    }

    /// Returns the menu to draw at the current step, with the completion of this step selected.
    pub(super) fn menu(&self) -> CompletionMenu<'_> {
        match self.steps_in_values() {
            None => CompletionMenu { completions: &self.completions, selected: self.at.checked_sub(1) },
            Some(at) => CompletionMenu { completions: &self.next_completions, selected: at.checked_sub(1) },
        }
    }

    /// Returns the step within the values that can follow the only completion: 1 for the first value, 0 if no value is
    /// selected yet. Returns `None` if the menu does not show these values, but the completions of the typed line.
    fn steps_in_values(&self) -> Option<usize> {
        let own = self.completions.candidates.len();
        self.at.checked_sub(own).filter(|at| *at > 0 || !self.next_completions.candidates.is_empty())
    }

    /// Splits off the sign at the end of the current completion, such as `>` of `waiting>`. Returns the line without
    /// this sign, the cursor in it as a byte offset, and the sign. Returns `None` if the completion does not end in a
    /// sign.
    pub(super) fn split_sign(&self) -> Option<(String, usize, String)> {
        let (line, cursor) = self.line();
        let (before, after) = line.split_at_checked(cursor).filter(|_| self.at > 0)?;
        let kept = before.trim_end_matches(SIGNS);
        let sign = before.strip_prefix(kept).filter(|sign| !sign.is_empty())?;
        Some((format!("{kept}{after}"), kept.len(), sign.to_owned()))
    }
}

/// The characters of the signs between a filter key and its value, as in `status:pending` and `score<=80`.
const SIGNS: [char; 4] = [':', '<', '=', '>'];

fn ends_in_sign(text: &str) -> bool {
    text.ends_with(SIGNS)
}

/// Returns the line `text` with the completion at the index `index` of `completions`, and the cursor after it as a byte
/// offset. `None` if there is no such completion.
fn with_completion(text: &str, completions: &Completions, index: usize) -> Option<(String, usize)> {
    let candidate = completions.candidates.get(index)?;
    let span = &completions.replace;
    let (before, after) = text.get(..span.start).zip(text.get(span.end..))?;
    let head = format!("{before}{}", candidate.insert.as_str());
    let cursor = head.len();
    Some((head + after, cursor))
}
