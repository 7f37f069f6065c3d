//! The user's own keys: changes of the table of key bindings, and the check that the changed table is usable.

use super::{Action, Binding, Chord, Context, Keymap};

/// A change of the key bindings by the user. The chords (keys with modifiers) `chords` start the action from now on, in
/// place of its chords in the built-in table. If `chords` is empty, the action has no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The action whose chords are replaced, wherever the action is bound.
    pub action: Action,
    /// The chords that start the action from now on.
    pub chords: Vec<Chord>,
}

/// Reason why a change of the key bindings is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RebindingFault {
    /// The change concerns `ctrl-c` or `ctrl-z`, or an action of these keys. These keys always keep their actions.
    #[error("ctrl-c and ctrl-z are fixed: they stop and suspend the program")]
    Fixed,
    /// A terminal sends the same bytes for the chord as for another chord. The second value is the explanation for the
    /// user.
    #[error("{0} cannot be bound: {1}")]
    Ambiguous(Chord, String),
    /// The chord types a character, but the action is for a text field, where the user must be able to type this
    /// character.
    #[error("{0} cannot be bound to {1}, which is for a text field: there it is typed")]
    Typed(Chord, Action),
    /// The change takes all keys from an action that needs a key. Without this action, the user could not leave a text
    /// field or apply its text.
    #[error("{0} needs a key: without one, a text field cannot be used")]
    Needed(Action),
    /// Neither the action `toggle_mask` nor the palette, from which the user can start this action, would have a key.
    #[error("toggle_mask and palette cannot both be without a key: nothing could mask the values")]
    Unmaskable,
    /// One chord would start two actions in the same part of the screen.
    #[error("{chord} is bound to {one} and to {other}")]
    Twice {
        /// The chord with two actions.
        chord: Chord,
        /// The action that the user bound to the chord.
        one: Action,
        /// The other action with this chord.
        other: Action,
    },
}

impl Keymap {
    /// Returns these key bindings with the user's changes. The chords (keys with modifiers) of a change replace all
    /// chords of its action.
    ///
    /// # Errors
    /// Returns the first fault, with the index of the change that causes it.
    pub fn with_changes(mut self, changes: &[Rebinding]) -> Result<Self, (usize, RebindingFault)> {
        for (at, change) in changes.iter().enumerate() {
            self.check_alone(change).map_err(|fault| (at, fault))?;
            let bindings = self.bindings_mut().iter_mut().filter(|binding| binding.action == change.action);
            bindings.for_each(|binding| binding.on.clone_from(&change.chords));
        }
        for (at, change) in changes.iter().enumerate() {
            self.check_together(change).map_err(|fault| (at, fault))?;
        }
        let is_lost = |action: Action| self.first_chord(action).is_none();
        if is_lost(Action::ToggleMask) && is_lost(Action::Palette) {
            let is_one = |change: &Rebinding| matches!(change.action, Action::ToggleMask | Action::Palette);
            let at = changes.iter().rposition(is_one).unwrap_or_default();
            return Err((at, RebindingFault::Unmaskable));
        }
        Ok(self)
    }

    /// Checks one change of the key bindings by itself. The change must not concern fixed keys, such as ctrl-c. A
    /// terminal must be able to tell the chords (keys with modifiers) of the change from other chords. If the action is
    /// for a text field, its chords must not type characters. [`Self::check_together`] looks for conflicts with other
    /// actions.
    fn check_alone(&self, change: &Rebinding) -> Result<(), RebindingFault> {
        let is_fixed = |action: Action| matches!(action, Action::Interrupt | Action::Suspend);
        let fixed =
            || self.bindings().iter().filter(|binding| is_fixed(binding.action)).flat_map(|binding| &binding.on);
        if is_fixed(change.action) || change.chords.iter().any(|chord| fixed().any(|other| other == chord)) {
            return Err(RebindingFault::Fixed);
        }
        if change.chords.is_empty() && change.action.needs_a_key() {
            return Err(RebindingFault::Needed(change.action));
        }
        let is_text = |binding: &Binding| {
            binding.context.iter().any(|context| matches!(context, Context::Filter | Context::Search | Context::Prompt))
        };
        let in_text = self.bindings().iter().any(|binding| binding.action == change.action && is_text(binding));
        for chord in &change.chords {
            if let Some(why) = chord.ambiguity() {
                return Err(RebindingFault::Ambiguous(*chord, why));
            }
            if in_text && chord.typed().is_some() {
                return Err(RebindingFault::Typed(*chord, change.action));
            }
        }
        Ok(())
    }

    /// Checks a change against the bindings of all other actions: a chord (key with modifiers) must not start two
    /// actions at one place of the screen.
    fn check_together(&self, change: &Rebinding) -> Result<(), RebindingFault> {
        for chord in &change.chords {
            let bound = || self.bindings().iter().filter(|binding| binding.on.contains(chord));
            let own = || bound().filter(|binding| binding.action == change.action);
            let mut others = bound().filter(|binding| binding.action != change.action);
            let other = others.find(|other| own().any(|own| overlaps(own, other)));
            if let Some(other) = other {
                return Err(RebindingFault::Twice { chord: *chord, one: change.action, other: other.action });
            }
        }
        Ok(())
    }
}

/// Returns whether two bindings are valid in the same part of the screen. A binding that is valid everywhere is valid
/// in the list pane and in the detail pane, too.
fn overlaps(one: &Binding, other: &Binding) -> bool {
    let is_pane = |context: &Context| matches!(context, Context::List | Context::Detail);
    one.context.iter().any(|context| {
        other.context.iter().any(|there| {
            context == there
                || (*context == Context::Everywhere && is_pane(there))
                || (is_pane(context) && *there == Context::Everywhere)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Keymap {
        Keymap::built_in().expect("the shipped table")
    }

    fn change(action: &str, on: &[&str]) -> Rebinding {
        let on = on.iter().map(|chord| chord.parse().expect("a chord")).collect();
        Rebinding { action: action.parse().expect("an action"), chords: on }
    }

    fn fault(changes: &[Rebinding]) -> String {
        shipped().with_changes(changes).map(drop).map_err(|(at, fault)| format!("{at}: {fault}")).expect_err("a fault")
    }

    #[test]
    fn an_action_has_its_new_keys_and_no_longer_its_old_ones() {
        let keymap =
            shipped().with_changes(&[change("refresh", &["F5", "ctrl-r"]), change("watch", &[])]).expect("a table");
        let resolve =
            |chord: &str| keymap.resolve(&[Context::List, Context::Everywhere], chord.parse().expect("a chord"));
        assert_eq!((resolve("f5"), resolve("ctrl-r")), (Some(Action::Refresh), Some(Action::Refresh)));
        assert_eq!((resolve("r"), resolve("w")), (None, None));
        assert_eq!(keymap.first_chord(Action::Refresh).map(|chord| chord.to_string()).as_deref(), Some("F5"));
        assert_eq!(keymap.first_chord(Action::Watch), None);
    }

    #[test]
    fn two_actions_may_change_their_keys_with_each_other() {
        let keymap = shipped().with_changes(&[change("refresh", &["w"]), change("watch", &["r"])]).expect("a table");
        assert_eq!(keymap.resolve(&[Context::Everywhere], "w".parse().expect("a chord")), Some(Action::Refresh));
    }

    #[test]
    fn what_would_not_work_is_refused() {
        assert_eq!(fault(&[change("refresh", &["L"])]), "0: L is bound to refresh and to load_all");
        assert_eq!(
            fault(&[change("watch", &["F2"]), change("refresh", &["s"])]),
            "1: s is bound to refresh and to sort"
        );
        assert_eq!(fault(&[change("sort", &["r"])]), "0: r is bound to sort and to refresh");
        for changes in [change("refresh", &["ctrl-c"]), change("suspend", &["F1"]), change("interrupt", &[])] {
            assert!(fault(&[changes]).contains("ctrl-c and ctrl-z are fixed"));
        }
        assert!(fault(&[change("refresh", &["ctrl-i"])]).contains("a terminal sends the same for ctrl-i and Tab"));
        assert!(fault(&[change("delete_word", &["x"])]).contains("there it is typed"));
    }

    #[test]
    fn a_text_field_and_the_mask_keep_a_key() {
        for action in ["confirm", "leave_field", "apply_filter", "restore_filter", "apply_search", "leave_search"] {
            let words = format!("0: {action} needs a key: without one, a text field cannot be used");
            assert_eq!(fault(&[change(action, &[])]), words);
        }
        let both = [change("toggle_mask", &[]), change("palette", &[])];
        assert!(fault(&both).starts_with("1: toggle_mask and palette cannot both be without a key"));
        for change in both {
            assert!(shipped().with_changes(&[change]).is_ok());
        }
        assert!(shipped().with_changes(&[change("confirm", &["F5"])]).is_ok());
    }

    #[test]
    fn every_action_of_the_table_has_a_name_that_reads_back() {
        for binding in shipped().bindings() {
            assert_eq!(binding.action.to_string().parse(), Ok(binding.action), "{}", binding.action);
        }
        for other in ["tab", "tab_0", "tab_9", "Refresh", "", "refresh "] {
            assert!(other.parse::<Action>().is_err(), "{other}");
        }
    }

    #[test]
    fn the_shipped_table_has_no_key_for_two_actions_at_one_place() {
        let keymap = shipped();
        for binding in keymap.bindings() {
            let same = Rebinding { action: binding.action, chords: binding.on.clone() };
            assert_eq!(keymap.check_together(&same), Ok(()));
        }
    }
}
