//! Saved views: what opening one requests, what a save writes, and what the screen says about the open view.

use super::drawn::drawn;
use super::*;
use crate::overlays::Overlay;
use crate::submission::row::Column;
use crate::views::{SavedView, SessionViews, ViewChange, ViewName, Views, ViewsFile};

fn name(text: &str) -> ViewName {
    ViewName::parse(text).expect("a name")
}

/// A model with a page, whose views are those of the program and `saved`, in a file that no test touches.
fn with_views(saved: Vec<SavedView>) -> Model {
    let file = Some(ViewsFile::next_to("/nonexistent/config.toml".as_ref()));
    let views = SessionViews { all: Views::with_saved(saved), file, opened: None };
    let (mut model, begin) = Model::new(ReviewerConfig { views, ..setting() }, Size { width: 120, height: 40 }, AT);
    model.update(loaded(page_ticket(&begin), page(0..5, None)));
    model
}

fn change(effects: Vec<Effect>) -> Option<ViewChange> {
    effects
        .into_iter()
        .find_map(|effect| if let Effect::ChangeViews { change, .. } = effect { Some(change) } else { None })
}

/// Ends a change without a result.
fn fail(model: &mut Model, change: ViewChange) {
    model.update(Msg::ViewsChanged { change, result: Err(crate::views::ViewsError::NoPlace) });
}

fn title(model: &Model) -> String {
    let Some((name, is_changed)) = model.view_title() else { return String::new() };
    format!("{name}{}", if is_changed { " (changed)" } else { "" })
}

fn notice(model: &Model) -> String {
    model.notice.as_ref().map(|notice| notice.text.as_str().to_owned()).unwrap_or_default()
}

#[test]
fn an_opened_view_sets_filter_columns_and_order_and_fetches_one_page() {
    let columns = Some(vec![Column::Name, Column::Nationality]);
    let sort = Some(Sort { column: Column::Name, descending: false });
    let view =
        SavedView { name: name("week"), filter: "from:-7d status:pending".to_owned(), columns: columns.clone(), sort };
    let mut model = with_views(vec![view]);
    assert_eq!(title(&model), "");
    let effects = press(&mut model, "VG\n");
    assert_eq!(asks(&effects), 1, "one page and nothing else");
    assert_eq!(model.filter.applied().text(), "from:-7d status:pending");
    assert_eq!((model.list.chosen.clone(), Some(model.list.sort)), (columns, sort));
    assert_eq!(title(&model), "week");
    // A view without columns and order resets both; its local term needs no request for the same parameters.
    model.update(loaded(page_ticket(&effects), page(0..3, None)));
    let everything = press(&mut model, "Vg\n");
    assert_eq!((asks(&everything), title(&model)), (1, "everything".to_owned()));
    assert_eq!((model.list.chosen.clone(), model.list.sort), (None, Sort::default()));
    model.update(loaded(page_ticket(&everything), page(0..3, None)));
    press(&mut model, "G");
    assert_eq!(model.list.scroll().at(), 2);
    press(&mut model, "Vg\n");
    assert_eq!(model.list.scroll().at(), 0, "an opened view begins at its first row");
    assert_eq!(asks(&press(&mut model, "Vj\n")), 0, "the same page holds the pending ones");
    assert_eq!((title(&model), model.list.sort.column), ("pending".to_owned(), Column::Waiting));
    // The menu marks the view that the list is, also if it was not opened.
    let marked = |model: &Model| model.views_props().lines.iter().position(|line| line.is_current);
    press(&mut model, "V");
    assert_eq!(marked(&model), Some(1));
    let mut fresh = with_views(Vec::new());
    press(&mut fresh, "V");
    assert_eq!((marked(&fresh), title(&fresh)), (Some(0), String::new()));
    press(&mut fresh, "\u{1b}fnat:KOR\nV");
    assert_eq!(marked(&fresh), None);
}

#[test]
fn a_filter_that_has_no_room_in_its_line_is_cut_before_a_word_in_the_border() {
    let filter =
        "from:-7d status:pending nat:KOR email:a-rather-long-name@example.com code:E4 id-type:passport retry:capture";
    let mut model =
        with_views(vec![SavedView { name: name("long"), filter: filter.to_owned(), columns: None, sort: None }]);
    for (width, words) in
        [(120, "· from:-7d status:pending nat:KOR"), (80, "· from:-7d status:pending"), (40, "· from:-7d")]
    {
        model.update(Msg::Resize(Size { width, height: 30 }));
        press(&mut model, "VG");
        let text = drawn(&model);
        let border = text.lines().filter(|line| line.contains('╰')).find(|line| line.contains(words));
        let border = border.unwrap_or_else(|| panic!("{width}: {text}"));
        let shown = border.split("· ").nth(1).and_then(|rest| rest.split('…').next()).expect("a cut filter");
        assert!(filter.strip_prefix(shown).is_some_and(|rest| rest.starts_with(' ')), "{width}: {border}");
        press(&mut model, "\u{1b}");
    }
}

#[test]
fn a_changed_view_is_marked_until_it_is_as_saved_again() {
    let mut model = with_views(Vec::new());
    press(&mut model, "Vj\n");
    assert_eq!(title(&model), "pending");
    press(&mut model, "f nat:KOR\n");
    assert_eq!(title(&model), "pending (changed)");
    press(&mut model, "f");
    (0..8).for_each(|_| drop(model.update(Msg::Key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE)))));
    press(&mut model, "\n");
    assert_eq!((title(&model).as_str(), model.filter.applied().text()), ("pending", "status:pending"));
    model.list.sort = Sort::default();
    assert_eq!(title(&model), "pending (changed)");
    model.list.sort = Sort { column: Column::Waiting, descending: true };
    model.list.chosen = Some(vec![Column::Name]);
    assert_eq!(title(&model), "pending (changed)");
}

#[test]
fn a_save_writes_what_was_typed_and_asks_before_it_replaces() {
    let mine = SavedView { name: name("mine"), filter: "nat:KOR".to_owned(), columns: None, sort: None };
    let mut model = with_views(vec![mine]);
    press(&mut model, "ffrom:-3d nat:VNM\n");
    let Some(ViewChange::Save { view, replaces: false }) = change(press(&mut model, "Vsmy queue\n")) else { panic!() };
    assert_eq!((view.name.as_str(), view.filter.as_str()), ("my queue", "from:-3d nat:VNM"), "relative, as typed");
    assert!(view.columns.is_none() && view.sort.is_none() && model.overlay.is_none());
    fail(&mut model, ViewChange::Save { view, replaces: false });
    // The name of another view: nothing is written before the second answer is chosen.
    assert!(change(press(&mut model, "Vsmine\n")).is_none());
    assert!(change(press(&mut model, "\n")).is_none(), "the first answer keeps the view");
    assert!(change(press(&mut model, "smine\n")).is_none());
    let Some(ViewChange::Save { view, replaces: true }) = change(press(&mut model, "j\n")) else { panic!() };
    assert_eq!(view.name, name("mine"));
    fail(&mut model, ViewChange::Save { view, replaces: true });
    // No name, or one that cannot be read: the field stays open.
    for typed in ["", "   "] {
        assert!(change(press(&mut model, &format!("Vs{typed}\n"))).is_none());
        assert_eq!(notice(&model), "the name of a view is empty");
        assert!(model.overlay.as_ref().is_some_and(|overlay| overlay.field().is_some()));
        press(&mut model, "\u{1b}\u{1b}");
        assert!(model.overlay.is_none());
    }
}

#[test]
fn a_deletion_asks_first_and_views_of_the_program_stay() {
    let mine = SavedView { name: name("mine"), filter: "nat:KOR".to_owned(), columns: None, sort: None };
    let mut model = with_views(vec![mine]);
    assert!(change(press(&mut model, "Vd")).is_none());
    assert!(notice(&model).contains("cannot be deleted"), "{}", notice(&model));
    assert!(change(press(&mut model, "Gd\n")).is_none(), "the first answer keeps the view");
    let deleted = change(press(&mut model, "Gdj\n"));
    let Some(ViewChange::Delete(gone)) = deleted else { panic!() };
    assert_eq!(gone, name("mine"));
}

#[test]
fn the_end_of_a_change_is_told_and_a_failure_changes_nothing() {
    let mut model = with_views(Vec::new());
    let effects = press(&mut model, "fkim\nVskims\n");
    let Some(change) = change(effects) else { panic!() };
    let ViewChange::Save { view, .. } = &change else { panic!() };
    let failed = Err(crate::views::ViewsError::Locked("views.toml".into()));
    model.update(Msg::ViewsChanged { change: change.clone(), result: failed });
    assert_eq!(notice(&model), "Not changed: another session is writing views.toml at this moment: try again");
    assert_eq!(title(&model), "");
    let result = Ok(Views::with_saved(vec![view.clone()]));
    press(&mut model, "Vskims\n");
    model.update(Msg::ViewsChanged { change, result });
    assert_eq!(notice(&model), "Saved: kims · /nonexistent/views.toml");
    assert_eq!(title(&model), "kims");
    // The name may hold personal data: it is masked as a text in the filter bar is.
    model.mask = Mask::All;
    assert_eq!(title(&model), "••••");
    let Some(deleted) = self::change(press(&mut model, "VGdj\n")) else { panic!() };
    model.update(Msg::ViewsChanged { change: deleted, result: Ok(Views::default()) });
    assert_eq!((title(&model), notice(&model)), (String::new(), "Deleted: •••• · /nonexistent/views.toml".to_owned()));
}

#[test]
fn one_change_is_written_at_a_time_and_a_late_one_does_not_rename_the_list() {
    let mut model = with_views(Vec::new());
    let Some(first) = change(press(&mut model, "fkim\nVsfirst\n")) else { panic!() };
    assert!(change(press(&mut model, "Vssecond\n")).is_none());
    assert_eq!(notice(&model), "Not changed: the last change is still being written");
    // The typed name is kept, so that Enter saves it later. Meanwhile another view is opened.
    assert!(model.overlay.as_ref().is_some_and(|overlay| overlay.field().is_some()));
    press(&mut model, "\u{1b}\u{1b}Vgj\n");
    assert_eq!(title(&model), "pending");
    let ViewChange::Save { view, .. } = first.clone() else { panic!() };
    model.update(Msg::ViewsChanged { change: first, result: Ok(Views::with_saved(vec![view])) });
    assert_eq!(
        (title(&model), notice(&model).as_str()),
        ("pending".to_owned(), "Saved: first · /nonexistent/views.toml")
    );
    assert!(model.config.views.all.saved(&name("first")).is_some());
    assert!(change(press(&mut model, "Vssecond\n")).is_some(), "the next change is written");
}

#[test]
fn a_save_warns_of_personal_data_and_hides_it_where_the_mask_does() {
    let mut model = with_views(Vec::new());
    press(&mut model, "fkim@example.com nat:KOR\nVs");
    let props = model.views_props();
    let warning = props.warning.expect("a warning");
    assert!(warning.as_str().contains("holds personal data (email)") && warning.as_str().contains("views.toml"));
    assert_eq!(props.to_save[0].as_str(), "Filter: kim@example.com nat:KOR");
    model.mask = Mask::All;
    assert_eq!(model.views_props().to_save[0].as_str(), "Filter: ••••• nat:KOR");
    let mut other = with_views(Vec::new());
    press(&mut other, "fstatus:pending\nVs");
    assert!(other.views_props().warning.is_none());
}

#[test]
fn at_mask_level_all_no_name_is_suggested_and_no_failure_names_one() {
    let mine = SavedView { name: name("kim min"), filter: "nat:KOR".to_owned(), columns: None, sort: None };
    let mut model = with_views(vec![mine.clone()]);
    press(&mut model, "VG\nVs");
    let typed = |model: &Model| match &model.overlay {
        Some(Overlay::Views(menu)) => menu.typed().to_owned(),
        _ => panic!("the menu is closed"),
    };
    assert_eq!(typed(&model), "kim min");
    // The level is asked for when the field opens, not when the menu does.
    press(&mut model, "\u{1b}ms");
    assert_eq!((model.mask, typed(&model).as_str()), (Mask::All, ""));
    press(&mut model, "\u{1b}\u{1b}");
    let Some(change) = change(press(&mut model, "Vskim min\nj\n")) else { panic!() };
    let result = Err(crate::views::ViewsError::Taken(mine.name));
    model.update(Msg::ViewsChanged { change, result });
    assert!(notice(&model).contains("a view `•••••••`"), "{}", notice(&model));
}

#[test]
fn a_view_that_is_wrong_today_is_not_opened_and_says_why() {
    let late = SavedView { name: name("late"), filter: "from:-1d to:2020-01-01".to_owned(), columns: None, sort: None };
    let mut model = with_views(vec![late]);
    assert_eq!(asks(&press(&mut model, "VG\n")), 0);
    assert!(notice(&model).starts_with("Not opened: its filter is wrong today: the start 20"), "{}", notice(&model));
    assert_eq!((title(&model).as_str(), model.filter.applied().text()), ("", ""));
}

#[test]
fn in_few_columns_the_frame_has_the_filter_of_the_view_under_the_cursor() {
    let mut model = with_views(Vec::new());
    press(&mut model, "Vjj");
    assert!(drawn(&model).contains("status:rejected from:week") && !drawn(&model).contains("3/4 · "));
    model.update(Msg::Resize(Size { width: 40, height: 12 }));
    let text = drawn(&model);
    assert!(text.contains("3/4 · status:rejected from:week "), "{text}");
}

#[test]
fn a_menu_that_was_opened_before_the_file_was_written_opens_what_its_line_says() {
    let view = |text: &str| SavedView { name: name(text), filter: String::new(), columns: None, sort: None };
    let mut model = with_views(vec![view("first"), view("second")]);
    press(&mut model, "VG");
    let deleted = change(press(&mut model, "kdj\n")).expect("a change");
    press(&mut model, "VG");
    let all = Views::with_saved(vec![view("second")]);
    model.update(Msg::ViewsChanged { change: deleted, result: Ok(all) });
    press(&mut model, "Gk\n");
    assert_eq!(title(&model), "red-flags");
}

#[test]
fn the_reason_of_a_change_that_failed_has_room() {
    let mut model = with_views(Vec::new());
    press(&mut model, "Vsmine");
    let save = change(press(&mut model, "\n")).expect("a change");
    let error = crate::views::ViewsError::Locked("/nonexistent/views.toml".into());
    model.update(Msg::ViewsChanged { change: save, result: Err(error) });
    assert_eq!(notice(&model), "Not changed: another session is writing views.toml at this moment: try again");
}
