//! The walk through the completions of the filter bar: each step puts another completion into the line.

use super::CompletionMenu;
use crate::query::Completions;

/// A walk through the completions at the cursor of a filter line, in a circle: the line as the user typed it, then the
/// line with each of the completions.
///
/// If a key is the only completion, the walk goes through the values of the key as well.
pub(super) struct CompletionWalk {
    /// The line before the walk, with its cursor as a byte offset.
    typed: (String, usize),
    completions: Completions,
    /// The completions behind the only one of `completions`, such as the values of a key; without any candidate if
    /// there are none.
    next_completions: Completions,
    /// The step at which the walk is: 0 for the line as the user typed it.
    at: usize,
    /// Whether the user took the completion of this step, so that the walk does not go on.
    is_accepted: bool,
}

impl CompletionWalk {
    /// Begins a walk through `completions`, the completions at the byte offset `cursor` of the line `text`. `complete`
    /// returns the completions at a cursor of another line; it is called for the values of a key that is the only
    /// completion. Returns `None` if there is no completion.
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

    /// Goes to the next completion of this walk, or to the previous one if `forward` is false. After the last
    /// completion, the walk goes back to the line as the user typed it.
    pub(super) fn step(&mut self, forward: bool) {
        let steps = 1 + self.completions.candidates.len() + self.next_completions.candidates.len();
        self.at = (self.at + if forward { 1 } else { steps - 1 }) % steps;
    }

    /// Goes to the completion at the index `index` of [`Self::menu`], because the user accepted it. This walk is over
    /// then.
    pub(super) fn accept(&mut self, index: usize) {
        let before = self.steps_in_values().map_or(0, |_| self.completions.candidates.len());
        self.at = before + index + 1;
        self.is_accepted = true;
    }

    /// Returns whether the user accepted the completion that this walk put into the line, so that the walk is over.
    pub(super) const fn is_accepted(&self) -> bool {
        self.is_accepted
    }

    /// Returns the filter line with the completion at which this walk is, and the cursor in this line as a byte offset.
    /// If the walk is at its start, this is the line as the user typed it.
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

    /// Returns the menu to draw while this walk is at its current completion, which is selected in the menu.
    pub(super) fn menu(&self) -> CompletionMenu<'_> {
        match self.steps_in_values() {
            None => CompletionMenu { completions: &self.completions, selected: self.at.checked_sub(1) },
            Some(at) => CompletionMenu { completions: &self.next_completions, selected: at.checked_sub(1) },
        }
    }

    /// If the menu shows the values that may follow the only completion, returns how many steps the walk has gone in
    /// these values (0: none of them is selected). Otherwise returns `None`.
    fn steps_in_values(&self) -> Option<usize> {
        let own = self.completions.candidates.len();
        self.at.checked_sub(own).filter(|at| *at > 0 || !self.next_completions.candidates.is_empty())
    }

    /// If the completion at which this walk is ends in a sign, such as `waiting>`, returns three values: the line
    /// without this sign, the cursor in it as a byte offset, and the sign. Otherwise returns `None`.
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

/// Returns the line `text` with the completion at the index `index` of `completions`, and the cursor behind it as a
/// byte offset; `None` if there is no such completion.
fn with_completion(text: &str, completions: &Completions, index: usize) -> Option<(String, usize)> {
    let candidate = completions.candidates.get(index)?;
    let span = &completions.replace;
    let (before, after) = text.get(..span.start).zip(text.get(span.end..))?;
    let head = format!("{before}{}", candidate.insert.as_str());
    let cursor = head.len();
    Some((head + after, cursor))
}
