//! Command lines that the user can copy. Each prints, without opening the screen, what the screen shows now.

use super::Model;
use crate::text::{Mask, Safe, shell_word};

const HIDDEN: Safe = Safe::from_static("the command line would name a value that the mask hides");

impl Model {
    /// Returns a shell command line that prints the list on the screen: the subcommand `list` with the applied filter,
    /// the columns and the sort order.
    ///
    /// # Errors
    /// The reason why there is no such command line. It would contain a value that the mask level hides, or an
    /// invisible character. Or the submissions come from an input without a name, such as stdin.
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

    /// Returns a shell command line that prints full submissions: the subcommand `show` with the ids of the marked
    /// submissions. If none is marked, it has the id of the submission in the detail pane.
    ///
    /// # Errors
    /// The reason why there is no such command line: it would be too long, or one of the reasons of
    /// [`Self::list_call`].
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

    /// Returns the options that every copied command line needs: the source of this session's submissions, such as a
    /// profile or a file, and the mask level.
    ///
    /// # Errors
    /// A sentence for the user if the session reads an input without a name, such as stdin. No option can name such an
    /// input. Without an option, the copied command line would read from the service.
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

/// Returns a shell command line that starts this program with these arguments.
///
/// # Errors
/// A sentence for the user if the command line would contain an invisible character.
pub(super) fn command_line(arguments: Vec<String>) -> Result<String, Safe> {
    let word = |word: String| if is_option(&word) { word } else { shell_word(&word) };
    let words = std::iter::once("argos-review".to_owned()).chain(arguments.into_iter().map(word));
    let line = words.collect::<Vec<_>>().join(" ");
    if Safe::sanitize_full(&line).as_str() != line {
        return Err(Safe::from_static("the command line would hold an invisible character"));
    }
    Ok(line)
}

/// Returns whether `word`, a word of a command line, is an option of this program that contains only harmless
/// characters, such as `--mask=all`. A shell needs no quotes around such an option.
fn is_option(word: &str) -> bool {
    word.starts_with("--") && word.chars().all(|c| c.is_ascii_alphanumeric() || "-=_:,.".contains(c))
}
