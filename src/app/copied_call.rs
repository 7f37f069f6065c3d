//! The command lines that the user copies: they show without a screen what the screen shows.

use super::Model;
use crate::text::{Mask, Safe, shell_word};

const HIDDEN: Safe = Safe::from_static("the command line would name a value that the mask hides");

impl Model {
    /// Returns a command line for a shell: a call of the subcommand `list` with the filter that the user applied, and
    /// with the columns and the sort order of the list on the screen.
    ///
    /// # Errors
    /// The reason why there is no such command line: it would have to contain a value that the mask level hides, an
    /// invisible character, or an input that has no name, such as stdin.
    pub(super) fn list_call(&self) -> Result<String, Safe> {
        let query = self.filter.applied();
        if query.terms().iter().any(|term| term.class().hidden_at(self.mask)) {
            return Err(HIDDEN);
        }
        let filter = query.with_absolute_dates();
        let is_option = filter.starts_with('-');
        let sort = self.list.sort;
        let direction = if sort.descending { "desc" } else { "asc" };
        let mut words: Vec<String> = vec!["list".to_owned()];
        words.extend((!filter.is_empty() && !is_option).then(|| filter.clone()));
        words.push("--all".to_owned());
        // The parts that the terms of the filter need.
        let parts = self.term_parts();
        words.extend((!parts.is_empty()).then(|| format!("--with={}", parts.words())));
        words.extend(self.list.chosen_keys().map(|keys| format!("--columns={keys}")));
        words.push(format!("--sort={}:{direction}", sort.column.spec().key));
        words.extend(self.session_options()?);
        words.extend(is_option.then(|| "--".to_owned()).into_iter().chain(is_option.then_some(filter)));
        command_line(words)
    }

    /// Returns a command line for a shell: a call of the subcommand `show` for the marked submissions, or for the one
    /// in the detail pane if none is marked.
    ///
    /// # Errors
    /// The reason why there is no such command line: it would be too long, or the reasons of [`Self::list_call`].
    pub(super) fn show_call(&self) -> Result<String, Safe> {
        if self.selection.marks.ids_are_longer_than(self.max_copy_bytes()) {
            return Err(Safe::from_static("the command line would be too long: too many submissions are marked"));
        }
        let group = self.submissions_to_copy();
        // A mask, or a mark in place of an invisible character.
        if self.shown_ids().iter().zip(&group).any(|(shown, one)| shown.as_str() != &*one.id) {
            return Err(HIDDEN);
        }
        let mut words: Vec<String> = vec!["show".to_owned()];
        words.extend(self.session_options()?);
        words.extend(group.iter().any(|one| one.id.starts_with('-')).then(|| "--".to_owned()));
        words.extend(group.into_iter().map(|one| one.id.into()));
        command_line(words)
    }

    /// Returns the options that a copied command line needs: where the submissions of this session come from, such as a
    /// profile or a file, and the mask level.
    ///
    /// # Errors
    /// A sentence if the session reads an input without a name, such as stdin. No option can name such an input, and
    /// without an option the copied command line would read from the service.
    fn session_options(&self) -> Result<Vec<String>, Safe> {
        if self.is_offline() && self.config.call_options.is_empty() {
            return Err(Safe::from_static("no command line can name the input, such as stdin"));
        }
        // The configuration may set another level than the screen has now.
        let is_default = self.mask == Mask::Ids && self.config.mask == Mask::Ids;
        let mask = (!is_default).then(|| format!("--mask={}", self.mask.label()));
        Ok(self.config.call_options.iter().cloned().chain(mask).collect())
    }
}

/// Returns the arguments as a line for a shell that starts this program.
///
/// # Errors
/// A sentence if the line would hold an invisible character.
pub(super) fn command_line(arguments: Vec<String>) -> Result<String, Safe> {
    let word = |word: String| if is_option(&word) { word } else { shell_word(&word) };
    let words = std::iter::once("argos-review".to_owned()).chain(arguments.into_iter().map(word));
    let line = words.collect::<Vec<_>>().join(" ");
    if Safe::sanitize_full(&line).as_str() != line {
        return Err(Safe::from_static("the command line would hold an invisible character"));
    }
    Ok(line)
}

/// Returns whether a word of a command line is an option of this program, such as `--mask=all`, that has only harmless
/// characters. A shell needs no quotes around such a word.
fn is_option(word: &str) -> bool {
    word.starts_with("--") && word.chars().all(|c| c.is_ascii_alphanumeric() || "-=_:,.".contains(c))
}
