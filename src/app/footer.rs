//! The footer, the last line of the screen. It shows the current notice, or else hints on the keys that have an effect
//! now, as many as fit.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Focus, Model};
use crate::keys::{Action, Binding, Chord, FooterPlace};
use crate::store::End;
use crate::text::Safe;
use crate::ui::{Line, Role, paint};

/// Largest share of the footer's width, in percent, for the hints at its end ([`FooterPlace::Kept`]). The first of
/// these hints is shown even if it takes more.
const MAX_KEPT_PERCENT: usize = 40;
/// Blank columns after each hint. Those after the last hint need no room.
const GAP: usize = 2;

/// One hint in the footer: keys and the name of their action, such as `j/k move`.
struct FooterHint<'a> {
    place: FooterPlace,
    label: &'a str,
    chords: String,
    /// Whether the keys leave the current pane or menu (action "back"). Such a hint gets its room before all others.
    leaves: bool,
}

impl FooterHint<'_> {
    fn line(&self) -> Line {
        let label = Safe::sanitize(&format!(" {}  ", self.label));
        Line::new().with(Safe::sanitize(&self.chords), Role::Info).with(label, Role::Plain)
    }
}

impl Model {
    pub(super) fn view_footer(&self, frame: &mut Frame<'_>, area: Rect) {
        let notice = self.notice.as_ref().map(|notice| {
            let role = if notice.bad { Role::Bad } else { Role::Strong };
            (notice.text.clone(), role)
        });
        let line = match notice.or_else(|| self.export_line().map(|text| (text, Role::Info))) {
            // The keys follow where there is room for them.
            Some((text, role)) => {
                let text = text.fit(usize::from(area.width.saturating_sub(2)));
                let line = Line::new().word(" ", Role::Plain).with(text, role).word("  ", Role::Plain);
                let room = usize::from(area.width).saturating_sub(line.width());
                let keys = keys_line(&self.footer_hints(), room);
                if keys.width() <= room + GAP { line.with_line(keys) } else { line }
            }
            None => keys_line(&self.footer_hints(), usize::from(area.width)),
        };
        frame.render_widget(paint(&line, &self.config.theme.shown), area);
    }

    /// Returns the position of a key binding in the footer; `None` if the footer does not show it. Two keys come first:
    /// that of "load all" after the loading of pages stopped, and that of the retry after a failure.
    fn footer_place(&self, binding: &Binding) -> Option<FooterPlace> {
        let is_stopped = || matches!(self.listing.current().map(|listing| listing.walk.end()), Some(End::Stopped(_)));
        let is_first = match binding.action {
            Action::LoadAll => self.prefs.focus == Focus::List && is_stopped(),
            Action::Refresh => self.refresh_retries(),
            _ => false,
        };
        if is_first { Some(FooterPlace::Rank(0)) } else { binding.footer }
    }

    /// Returns whether the refresh key would now repeat a failed request that could succeed this time.
    fn refresh_retries(&self) -> bool {
        let failures = [self.listing.failure(), self.detail.full_record_request().failure()];
        failures.into_iter().flatten().any(|failure| failure.kind.retry_may_help())
    }

    /// Returns the hints of the footer for the current pane or menu, the most helpful first. Only actions that are
    /// possible now are included. Actions with the same label share one hint, such as `j/k move`, at the place of the
    /// first of them.
    fn footer_hints(&self) -> Vec<FooterHint<'_>> {
        let (contexts, tab) = (self.contexts(), self.detail.tab().number());
        let is_here = |binding: &&Binding| !binding.on.is_empty() && binding.is_valid(contexts, tab);
        let bindings = self.config.keymap.bindings().iter().filter(is_here);
        let mut placed: Vec<(FooterPlace, &Binding)> =
            bindings.filter_map(|binding| Some((self.footer_place(binding)?, binding))).collect();
        placed.sort_by_key(|(place, _)| *place);
        let mut known: Vec<Action> = Vec::new();
        let mut hints: Vec<FooterHint<'_>> = Vec::new();
        for (place, binding) in placed {
            let Some(chord) = binding.on.first() else { continue };
            // The progress of an export names the key that stops it.
            let is_named = binding.action == Action::Back && self.back_stops_export();
            // With the focus in the list, the keys for rows move there too.
            let is_double = matches!(binding.action, Action::NextSubmission | Action::PreviousSubmission)
                && self.prefs.focus == Focus::List;
            if is_named || is_double || known.contains(&binding.action) || !self.is_possible(binding.action) {
                continue;
            }
            known.push(binding.action);
            let label = self.footer_label(binding);
            let leaves = binding.action == Action::Back;
            match hints.iter_mut().find(|hint| hint.label == label) {
                Some(hint) => {
                    hint.chords.push_str(&format!("{}{chord}", separator(&hint.chords, *chord)));
                    hint.leaves |= leaves;
                }
                None => hints.push(FooterHint { place, label, chords: chord.to_string(), leaves }),
            }
        }
        hints
    }

    /// Returns the name of a key binding's action in the footer. For some actions it says what the key does now, for
    /// example what Enter does in the open overlay, what Esc stops, or whether `e` goes to an error or to a finding.
    fn footer_label<'a>(&self, binding: &'a Binding) -> &'a str {
        let in_pane = self.contexts() == self.pane_contexts();
        let label = match binding.action {
            Action::Refresh if in_pane && self.refresh_retries() => Some("retry"),
            Action::Open | Action::Confirm if !in_pane => {
                self.overlay.as_ref().and_then(|overlay| overlay.enter_label(self.list.sort.column))
            }
            Action::Open if self.prefs.focus == Focus::Detail && self.detail.opens_part() => Some("open/close"),
            Action::Back if in_pane => self.back_label(),
            Action::Watch if self.is_watching() => Some("stop watching"),
            // Beside the keys of one submission, it would read as the rest of that submission.
            Action::LoadAll if in_pane && self.prefs.focus == Focus::Detail => Some("load all pages"),
            Action::ShowNews if self.rows.pending() == 0 => Some("clear + and ~"),
            Action::NextError if self.detail.tab().has_findings() => Some("next finding"),
            Action::PreviousError if self.detail.tab().has_findings() => Some("previous finding"),
            // The label of the two keys names both directions; on the first and the last row, there is only one.
            Action::NextSubmission if !self.is_offered(Action::PreviousSubmission) => Some("next row"),
            Action::PreviousSubmission if !self.is_offered(Action::NextSubmission) => Some("previous row"),
            _ => None,
        };
        label.unwrap_or(&binding.label)
    }

    /// Returns whether the action is possible now and has a key here.
    fn is_offered(&self, action: Action) -> bool {
        self.is_possible(action) && self.key_here(action).is_some()
    }

    /// Returns what the key for "back" stops or ends now, as in `cancel retry`. Returns `None` if the key only leaves
    /// the pane. The order of the cases is that in which the key does them. The progress of an export names the key
    /// itself.
    fn back_label(&self) -> Option<&'static str> {
        let in_detail = self.prefs.focus == Focus::Detail;
        let waits = self.cancellable_waits();
        if waits > 0 {
            Some(if waits == 1 { "cancel retry" } else { "cancel retries" })
        } else if self.fetch.is_running() {
            Some("stop fetching")
        } else if self.back_cancels() {
            Some("stop loading")
        } else if in_detail {
            self.detail.has_search().then_some("end search")
        } else if self.prefs.zoomed {
            Some("end zoom")
        } else if self.listing.is_loading() && !self.is_offline() {
            Some("stop loading")
        } else {
            self.prefs.tour.is_some().then_some("end tour")
        }
    }
}

/// Returns the text between the names of two keys that share a hint: `/`, or a word beside a key that is itself a sign,
/// as in `[ or ] tab`. `before` is the text with the names before `next`.
fn separator(before: &str, next: Chord) -> &'static str {
    let is_sign = |name: &str| name.chars().count() == 1 && name.chars().all(|sign| sign.is_ascii_punctuation());
    let last = before.rsplit([' ', '/']).next().unwrap_or_default();
    if is_sign(last) || is_sign(&next.to_string()) { " or " } else { "/" }
}

/// Returns the hints of the footer (keys with the names of their actions) that fit into `width` columns, as one line.
/// Hints with [`FooterPlace::Kept`] come last in the line, but their room is reserved first. Of the other hints, the
/// one that leaves the current pane or menu gets its room first.
fn keys_line(hints: &[FooterHint<'_>], width: usize) -> Line {
    let (kept, others): (Vec<&FooterHint<'_>>, Vec<_>) = hints.iter().partition(|hint| hint.place == FooterPlace::Kept);
    let mut end = Line::new();
    for hint in kept {
        let line = hint.line();
        if end.pieces.is_empty() || end.width() + line.width() <= width * MAX_KEPT_PERCENT / 100 {
            end = end.with_line(line);
        }
    }
    let mut line = Line::new().word(" ", Role::Plain);
    let mut reserved = others.iter().find(|hint| hint.leaves).map_or(0, |hint| hint.line().width());
    for hint in others {
        let next = hint.line();
        if hint.leaves {
            reserved = 0;
        }
        if line.width() + next.width() + reserved + end.width() <= width + GAP {
            line = line.with_line(next);
        }
    }
    line.with_line(end)
}
