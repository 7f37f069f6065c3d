//! The drawing of the whole screen from the model. Drawing does not change the model.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Focus, Model};
use crate::failure::FailureKind;
use crate::keys::Action;
use crate::overlays;
use crate::panes::{detail, filter, list};
use crate::query::Scope;
use crate::store::{End, Listing};
use crate::text::Safe;
use crate::ui::{Panel, placeholder};

impl Model {
    /// Draws the whole screen of the interactive program.
    pub fn view(&self, frame: &mut Frame<'_>) {
        let theme = &self.config.theme.shown;
        if self.blanked {
            placeholder(
                frame,
                frame.area(),
                &[Safe::from_static("Hidden after idle time"), Safe::from_static("Press any key to continue")],
                theme,
            );
            return;
        }
        let Some(regions) = self.regions() else {
            placeholder(frame, frame.area(), &[Safe::from_static("Too small: at least 40×12")], theme);
            return;
        };
        self.view_header(frame, regions.header);
        let props = filter::FilterProps {
            unknown: if self.shows_previous_query() { &[] } else { self.rows.unknown() },
            searched: self.rows.searched(),
            offer: self.fetch_offer().map(|plan| {
                let key = self.fetch_key();
                [plan.offer(key.as_deref()), plan.short_offer(key.as_deref())].map(|offer| Safe::sanitize(&offer))
            }),
            undecided: self.rows.undecided(),
            loaded: self.listing.value().map_or(0, |listing| listing.store.len()),
            is_answered: self.listing.current().is_some() && !self.shows_previous_query(),
            encrypted: self.config.encrypted,
            offline: self.is_offline(),
            mask: self.mask,
            edit_key: self.config.keymap.first_chord(Action::EditFilter),
            theme,
        };
        self.filter.view(frame, regions.filter, &props);
        self.filter.view_request(frame, regions.request, &props);
        if let Some(area) = regions.list {
            let is_marked = |id: &str| self.selection.marks.contains(id);
            let menu = self.filter.completions_area(regions.filter, frame.area());
            self.list.view(frame, area, &list::ListProps { menu, ..self.list_props(area, &is_marked) });
        }
        if let Some(area) = regions.detail {
            let focused = self.prefs.focus == Focus::Detail;
            let inside = Panel::inner_area(area);
            let lines = inside.height.saturating_sub(detail::Detail::FRAME_LINES);
            let failure_lines = self.detail_failure_lines(usize::from(inside.width), usize::from(lines));
            // Without data of the submission, the text is in the middle of the pane.
            let is_text_shown = !failure_lines.is_empty() || self.detail.document().is_none();
            let retry = self.detail.full_record_request().retry();
            let wait = retry.map(|wait| detail::RetryTexts {
                border: self.wait_line(wait, "full record", is_text_shown),
                sentences: self.wait_sentences(wait, "full record"),
            });
            let props = detail::DetailProps {
                focused,
                detached_reason: self.detached_reason(),
                wait,
                failure_lines,
                are_digits_tab_keys: self.are_digits_tab_keys(),
                retry_key: self.key_here(Action::Refresh),
                mask: self.mask,
                zone: &self.zone,
                now: self.now,
                theme,
            };
            self.detail.view(frame, area, &props);
        }
        self.view_place(frame);
        if let Some(area) = regions.tour {
            self.view_tour(frame, area);
        }
        self.view_footer(frame, regions.footer);
        self.filter.view_completions(frame, regions.filter, &props);
        if let Some(overlay) = &self.overlay {
            let sorted = (self.list.sort.column, self.list.sort.descending);
            let (choices, views, copied) = (self.menu_lines(), self.views_props(), self.copied_submission());
            let keymap = &self.config.keymap;
            let mask = self.mask;
            let props = overlays::OverlayProps {
                keymap,
                sorted,
                choices: &choices,
                copied: &copied,
                mask,
                views: &views,
                theme,
            };
            if let Some(view) = overlay.pictures() {
                self.view_pictures(frame, view);
            }
            if !std::ptr::eq(overlay, overlay.under_help()) {
                overlay.under_help().view(frame, &props);
            }
            overlay.view(frame, &props);
        }
    }

    fn list_props<'a>(&'a self, area: Rect, is_marked: &'a dyn Fn(&str) -> bool) -> list::ListProps<'a> {
        let lines = usize::from(area.height.saturating_sub(list::List::FRAME_LINES));
        let failure_lines = self.list_failure_lines(usize::from(Panel::inner_area(area).width), lines);
        let listing = self.listing.value();
        list::ListProps {
            store: listing.map(|listing| &listing.store),
            rows: &self.rows,
            view: self.view_title(),
            scope: self.list_scope(),
            held: self.rows.pending(),
            marked: self.selection.marks.title_words(),
            is_marked,
            status: self.list_status(
                !failure_lines.is_empty() || self.listing.current().is_none(),
                usize::from(Panel::inner_area(area).width),
            ),
            failure_lines,
            empty: self.list_empty(),
            menu: None,
            is_covered: self.overlay.is_some(),
            previous: self.shows_previous_query(),
            is_file: self.is_offline(),
            focused: self.prefs.focus == Focus::List,
            mask: self.mask,
            zone: &self.zone,
            theme: &self.config.theme.shown,
        }
    }

    /// Returns the text that says how much of the list is loaded, such as `12 shown of 150 loaded · more`.
    pub(super) fn list_scope(&self) -> Safe {
        let listing = self.listing.value();
        let shown = self.filter.local_filter().has_local().then(|| self.rows.rows().len());
        match listing {
            Some(listing) => listing.scope(shown),
            None => match self.listing.failure() {
                Some(failure) => {
                    Safe::concat(&[Safe::from_static("0 loaded · stopped: "), Safe::from_static(failure.kind.short())])
                }
                // How many there are is not known before the first answer.
                None => Safe::from_static(match self.listing.retry().filter(|wait| !wait.left(self.now).is_zero()) {
                    Some(wait) if wait.waiting.next > 1 => "waiting to retry",
                    // Before the first attempt, since the service asked for a pause.
                    Some(_) => "waiting",
                    None => "loading …",
                }),
            },
        }
    }

    /// Returns whether the list shows rows of an earlier query than the one in the filter bar. Either the answer to the
    /// new query has not arrived, or the user is typing a filter with other query parameters.
    pub(super) fn shows_previous_query(&self) -> bool {
        let Some(listing) = self.listing.value() else { return false };
        let is_typed = self.filter.editor().is_some() && *self.filter.displayed().params() != listing.params;
        is_typed || !self.listing.is_current()
    }

    /// Returns the lines of text for a list that has received no submission, although not every page is loaded.
    fn nothing_received(&self, listing: &Listing) -> Vec<Safe> {
        let state = if self.listing.is_loading() {
            Safe::from_static("Loading …")
        } else {
            Safe::concat(&[Safe::from_static("Not loading now: "), listing.scope(None), Safe::from_static(".")])
        };
        let mut lines = vec![Safe::from_static("Nothing received yet, and there may be more."), state];
        if !self.listing.is_loading() && self.may_load_all() {
            lines.push(Safe::sanitize(&self.config.keymap.press_sentence(Action::LoadAll, "load further pages")));
        }
        lines
    }

    /// Returns the lines of text for a list of which every page is loaded and which has no submission. Without terms
    /// that the service tests, the filter is not the reason.
    fn nothing_found(&self) -> Vec<Safe> {
        let keymap = &self.config.keymap;
        let is_filtered = self.filter.applied().terms().iter().any(|term| term.scope() == Scope::Server);
        if is_filtered {
            let purpose = "change the filter; an empty filter shows everything";
            return vec![
                Safe::from_static("No submissions found for this filter."),
                Safe::sanitize(&keymap.press_sentence(Action::EditFilter, purpose)),
            ];
        }
        vec![
            Safe::from_static("No submissions found for this API key."),
            Safe::sanitize(&keymap.press_sentence(Action::Refresh, "ask again")),
            Safe::from_static(match self.config.demo_key {
                Some(_) => "This scenario of the demo has none.",
                None => "If there should be some, check the API key (run `argos-review doctor` to see which is used).",
            }),
        ]
    }

    /// Returns the lines of text that the list pane shows when the list has no row.
    fn list_empty(&self) -> Vec<Safe> {
        let keymap = &self.config.keymap;
        if let Some(failure) = self.listing.failure().map(|failure| self.described(failure)) {
            let retry =
                (failure.kind != FailureKind::Stopped && failure.kind.retry_may_help()).then(|| self.retry_sentence());
            return [failure.sentence, failure.advice].into_iter().chain(retry).collect();
        }
        let Some(listing) = self.listing.current() else {
            return match self.listing.retry() {
                Some(wait) => self.wait_sentences(wait, "first page"),
                None if self.is_offline() => vec![Safe::from_static("Reading the file …")],
                None => vec![Safe::from_static("Loading submissions …")],
            };
        };
        if self.shows_previous_query() {
            let sentence = format!("No match in the {} loaded submissions of the previous query.", listing.store.len());
            let next = if self.filter.displayed().problems().is_empty() {
                Safe::sanitize(&keymap.press_sentence(Action::ApplyFilter, "load the query in the filter bar"))
            } else {
                Safe::from_static("Fix the wrong term in the filter bar to load its query")
            };
            return vec![Safe::sanitize(&sentence), next];
        }
        let is_complete = listing.walk.end() == &End::Complete;
        match listing.store.len() {
            0 if !is_complete && !self.is_offline() => self.nothing_received(listing),
            0 if self.is_offline() => vec![match listing.walk.end() {
                End::Stopped(why) => {
                    Safe::concat(&[Safe::from_static("No submission was read: "), why.reason(), Safe::from_static(".")])
                }
                End::More => Safe::from_static("Reading the file …"),
                End::Complete => Safe::from_static("The file holds no submission."),
            }],
            0 => self.nothing_found(),
            loaded => self.no_match(loaded, listing.walk.end()),
        }
    }
}
