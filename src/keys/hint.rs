//! Sentences of the screen that name a key. The key comes from the table of key bindings with the user's changes, so
//! that no sentence names a key that does something else.

use super::{Action, Context, Keymap};

impl Keymap {
    /// Returns the sentence that tells the user which key to press for `action`: "Press r to retry." `purpose` is what
    /// the user wants to do, such as `retry`. If no chord (key with modifiers) starts the action, the sentence names
    /// the key of the palette, from which the action can be started too.
    pub fn press_sentence(&self, action: Action, purpose: &str) -> String {
        if let Some(chord) = self.first_chord(action) {
            return format!("Press {chord} to {purpose}.");
        }
        let is_pane = |context: &Context| matches!(context, Context::Everywhere | Context::List | Context::Detail);
        let is_in_palette =
            self.bindings().iter().any(|binding| binding.action == action && binding.context.iter().any(is_pane));
        match self.first_chord(Action::Palette).filter(|_| is_in_palette) {
            Some(palette) => format!("Use the palette ({palette}) to {purpose}."),
            None => format!("No key is set to {purpose}."),
        }
    }

    /// Returns a clause that names the key of an action and what the key does, such as `n shows them`. `effect` is the
    /// part after the key. `None` if no chord (key with modifiers) starts the action.
    pub fn key_clause(&self, action: Action, effect: &str) -> Option<String> {
        self.first_chord(action).map(|chord| format!("{chord} {effect}"))
    }

    /// Returns the clause of [`Self::key_clause`] as the end of a sentence, such as ` · n shows them`. `effect` says
    /// what the key of `action` does, such as `shows them`. The text is empty if no chord (key with modifiers) starts
    /// the action.
    pub fn key_remark(&self, action: Action, effect: &str) -> String {
        self.key_clause(action, effect).map(|clause| format!(" · {clause}")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rebinding;
    use super::*;

    fn with(changes: &[(&str, &[&str])]) -> Keymap {
        let changes: Vec<Rebinding> = changes
            .iter()
            .map(|(action, on)| Rebinding {
                action: action.parse().expect("an action"),
                chords: on.iter().map(|chord| chord.parse().expect("a chord")).collect(),
            })
            .collect();
        Keymap::built_in().expect("the shipped table").with_changes(&changes).expect("a table")
    }

    #[test]
    fn a_sentence_names_the_key_that_holds() {
        assert_eq!(with(&[]).press_sentence(Action::Refresh, "retry"), "Press r to retry.");
        assert_eq!(with(&[("refresh", &["F5", "r"])]).press_sentence(Action::Refresh, "retry"), "Press F5 to retry.");
        assert_eq!(with(&[("refresh", &["F5"])]).key_remark(Action::Refresh, "retries"), " · F5 retries");
    }

    #[test]
    fn without_a_key_no_sentence_has_a_hole() {
        assert_eq!(with(&[("refresh", &[])]).press_sentence(Action::Refresh, "retry"), "Use the palette (:) to retry.");
        assert_eq!(
            with(&[("refresh", &[]), ("palette", &[])]).press_sentence(Action::Refresh, "retry"),
            "No key is set to retry."
        );
        assert_eq!(with(&[("complete", &[])]).press_sentence(Action::Complete, "go on"), "No key is set to go on.");
        assert_eq!(with(&[("refresh", &[])]).key_remark(Action::Refresh, "retries"), "");
    }
}
