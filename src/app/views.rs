//! The key `V`: opens, saves and deletes saved views. A view is a filter with columns and an order, under a name.
//!
//! The file of views is changed in a background task, and only at the user's request. On the screen, names and filters
//! of views are masked in the same way as the applied filter in the filter bar.

use super::outgoing::RunningViewChange;
use super::{Effect, Focus, Model};
use crate::overlays::{Overlay, ViewLine, ViewRequest, ViewsMenu, ViewsProps};
use crate::store::Sort;
use crate::text::{Mask, Safe};
use crate::views::{SavedView, ViewChange, ViewName, ViewOrigin, Views, ViewsError};

impl Model {
    /// Opens the menu that lists all views, with the cursor on the view that was opened last.
    pub(super) fn open_views(&mut self) {
        let opened = self.config.views.opened.as_ref().map(|view| &view.name);
        self.overlay = Some(Overlay::Views(ViewsMenu::new(self.view_names(), opened)));
    }

    fn view_names(&self) -> Vec<ViewName> {
        self.config.views.all.all().into_iter().map(|(view, _)| view.name).collect()
    }

    /// Performs what the user requested in the menu of views: for example, opens, saves or deletes a view. A view is a
    /// filter with columns and an order of the list, under a name.
    pub(super) fn view_request(&mut self, request: ViewRequest) {
        match request {
            ViewRequest::Open(name) => self.open_view(&name),
            ViewRequest::AskName => self.ask_view_name(),
            ViewRequest::SaveAs => self.save_view_as_typed(),
            ViewRequest::Replace(name) => self.save_view(name, true),
            ViewRequest::AskDelete(name) if self.config.views.all.saved(&name).is_none() => {
                self.notify(Safe::from_static("This view comes with the program and cannot be deleted"), true);
            }
            ViewRequest::AskDelete(name) => {
                if let Some(Overlay::Views(menu)) = &mut self.overlay {
                    menu.ask_delete(name);
                }
            }
            ViewRequest::Delete(name) => self.change_views(ViewChange::Delete(name)),
        }
    }

    /// Opens the view with the name `name`: sets filter, columns and order of the list, and fetches the first page if
    /// the query parameters change. It does not fetch values that the filter tests but loaded rows lack. If the filter
    /// of the view is wrong, only shows a notice. Does nothing if there is no view with this name.
    pub(super) fn open_view(&mut self, name: &ViewName) {
        let Some(view) = self.config.views.all.find(name) else { return };
        let query = self.filter.parse(&view.filter, self.today());
        if let Some(problem) = query.problems().first() {
            let reason =
                if self.mask == Mask::All { vec![] } else { vec![Safe::from_static(": "), problem.reason.clone()] };
            let words = if self.is_offline() { "for a file" } else { "today" };
            let begin = [Safe::from_static("Not opened: its filter is wrong "), Safe::from_static(words)];
            let text = [begin.to_vec(), reason].concat();
            return self.notify(Safe::concat(&text), true);
        }
        self.overlay = None;
        self.selection.detached = None;
        // The order of the view decides what comes first, and the user begins there.
        self.selection.row = None;
        self.filter.apply(&view.filter, self.today());
        self.list.chosen.clone_from(&view.columns);
        self.list.sort = view.sort.unwrap_or_default();
        self.list.move_to_top();
        self.prefs.focus = Focus::List;
        self.config.views.opened = Some(view);
        self.apply_filter();
    }

    /// Opens the text field for the name of a new view, which saves the list's current filter, columns and order. The
    /// field begins with the name of the view that was opened last. It is empty if no view was opened, if that view
    /// comes with the program, or if the mask hides the name.
    fn ask_view_name(&mut self) {
        let views = &self.config.views;
        // A view of the program keeps its name, so the name of a changed one is not suggested.
        let opened = views.opened.as_ref().filter(|view| views.all.saved(&view.name).is_some());
        let suggested = opened.filter(|view| view.shown_name(self.mask).as_str() == view.name.as_str());
        let suggested = suggested.map(|view| view.name.to_string()).unwrap_or_default();
        if let Some(Overlay::Views(menu)) = &mut self.overlay {
            menu.ask_name(&suggested);
        }
    }

    fn save_view_as_typed(&mut self) {
        let Some(Overlay::Views(menu)) = &mut self.overlay else { return };
        let name = match ViewName::parse(menu.typed()) {
            Ok(name) => name,
            Err(fault) => return self.notify(Safe::sanitize(&fault.to_string()), true),
        };
        if self.config.views.all.find(&name).is_some() {
            return menu.ask_replace(name);
        }
        self.save_view(name, false);
    }

    /// Saves filter, columns and order of the list in the file of views, under the name `name`. If `replaces` is true,
    /// an existing view with this name may be replaced.
    fn save_view(&mut self, name: ViewName, replaces: bool) {
        let view = SavedView { name, ..self.listed_view() };
        self.change_views(ViewChange::Save { view, replaces });
    }

    /// Returns the current filter, columns and order of the list as a view without a name. The filter is kept as typed,
    /// so that relative dates such as `-7d` stay relative.
    fn listed_view(&self) -> SavedView {
        SavedView {
            name: ViewName::unnamed(),
            filter: self.filter.applied().text().trim().to_owned(),
            columns: self.list.chosen.clone(),
            sort: Some(self.list.sort).filter(|sort| *sort != Sort::default()),
        }
    }

    /// Starts a background task that changes the file of views. While another change runs, only shows a notice: the
    /// running task cannot be stopped, and its result would be lost.
    fn change_views(&mut self, change: ViewChange) {
        if self.outgoing.view_change.is_some() {
            return self.notify(Safe::from_static("Not changed: the last change is still being written"), true);
        }
        self.overlay = None;
        let Some(file) = self.config.views.file.clone() else {
            return self.notify(Safe::sanitize(&ViewsError::NoPlace.to_string()), true);
        };
        self.outgoing.view_change = Some(RunningViewChange { opened: self.config.views.opened.clone() });
        self.outbox.push(Effect::ChangeViews { file, change, today: self.today() });
    }

    /// Handles the end of a change of the file of views. The program then uses the views that the file contains now. A
    /// notice says what was changed, or why nothing was changed.
    pub(super) fn views_changed(&mut self, change: ViewChange, result: Result<Views, ViewsError>) {
        let Some(RunningViewChange { opened: before }) = self.outgoing.view_change.take() else { return };
        let all = match result {
            Ok(all) => all,
            Err(error) => {
                let folder = self.config.views.file.as_ref().and_then(|file| file.path().parent());
                let folder = folder.map(|folder| format!("{}/", folder.display())).unwrap_or_default();
                // The reason comes last and must have room. The menu has shown the whole path before.
                let words = format!("Not changed: {}", error.in_words(self.mask).replacen(&folder, "", 1));
                return self.notify(Safe::sanitize(&words), true);
            }
        };
        let views = &mut self.config.views;
        views.all = all;
        let words = match change {
            ViewChange::Save { view, .. } => {
                let name = view.shown_name(self.mask);
                // The user may have opened another view in the meantime.
                if views.opened == before {
                    views.opened = Some(view);
                }
                [Safe::from_static("Saved: "), name]
            }
            ViewChange::Delete(name) => {
                if views.is_opened(&name) {
                    views.opened = None;
                }
                [Safe::from_static("Deleted: "), name.shown(self.mask)]
            }
        };
        let path = views.file.as_ref().map(|file| file.path().display().to_string()).unwrap_or_default();
        // The menu may have been opened before the file was written.
        let names = self.view_names();
        if let Some(Overlay::Views(menu)) = self.overlay.as_mut().map(Overlay::under_help_mut) {
            menu.set_names(names);
        }
        self.notify(Safe::concat(&[&words[..], &[Safe::sanitize(&format!(" · {path}"))]].concat()), false);
    }

    /// Returns the name of the view that was opened last, for the title of the list, and whether the filter, the columns
    /// or the order were changed since. Returns `None` if no view was opened.
    pub(super) fn view_title(&self) -> Option<(Safe, bool)> {
        let (view, is_unchanged) = self.shown_view()?;
        Some((view.shown_name(self.mask), !is_unchanged))
    }

    fn shown_view(&self) -> Option<(&SavedView, bool)> {
        let (filter, columns) = (self.filter.applied().text(), self.list.chosen.as_deref());
        self.config.views.shown(filter, columns, self.list.sort)
    }

    /// Returns the content of the menu of views, masked at the current mask level; empty if the menu is not open.
    pub(super) fn views_props(&self) -> ViewsProps {
        if !matches!(self.overlay_under_help(), Some(Overlay::Views(_))) {
            return ViewsProps::default();
        }
        let (filter, columns) = (self.filter.applied().text(), self.list.chosen.as_deref());
        let current = self.config.views.current(filter, columns, self.list.sort);
        let line = |(view, origin): (SavedView, ViewOrigin)| ViewLine {
            name: view.shown_name(self.mask),
            filter: self.filter.parse(&view.filter, self.today()).masked_line(self.mask),
            order: view
                .sort
                .map(|sort| Safe::concat(&[Safe::from_static("by "), order_words(sort)]))
                .unwrap_or_default(),
            is_saved: origin == ViewOrigin::Saved,
            is_current: Some(&view.name) == current.as_ref(),
        };
        let lines = self.config.views.all.all().into_iter().map(line).collect();
        let listed = self.listed_view();
        let filter = match listed.filter.is_empty() {
            true => Safe::from_static("none: everything"),
            false => self.filter.applied().masked_line(self.mask),
        };
        let columns = match &listed.columns {
            Some(columns) => columns.iter().map(|column| column.full_name()).collect::<Vec<_>>().join(", "),
            None => "default".to_owned(),
        };
        let order = listed.sort.map_or(Safe::from_static("default"), order_words);
        let to_save = vec![
            Safe::concat(&[Safe::from_static("Filter: "), filter]),
            Safe::sanitize(&format!("Columns: {columns}")),
            Safe::concat(&[Safe::from_static("Order: "), order]),
        ];
        let personal = listed.personal_terms(self.today());
        let path = self.config.views.file.as_ref().map(|file| file.path().display().to_string()).unwrap_or_default();
        let warning = (!personal.is_empty()).then(|| {
            let terms = personal.join(", ");
            Safe::sanitize(&format!("! The filter holds personal data ({terms}), which would be written to {path}"))
        });
        ViewsProps { lines, to_save, warning, mask: self.mask }
    }
}

/// Returns the sort order `sort` of the list in words, such as `Waiting ↓`.
fn order_words(sort: Sort) -> Safe {
    Safe::sanitize(&format!("{} {}", sort.column.heading(), if sort.descending { '↓' } else { '↑' }))
}
