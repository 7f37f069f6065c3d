//! Tests of the file of views: what is read, what is refused with which sentence, and what a change leaves as it is.

mod changes;
mod mistakes;

use std::path::Path;

use jiff::civil::{Date, date};

use super::*;

const TODAY: Date = date(2026, 11, 21);

/// Returns the views of a file with this text.
fn read(text: &str) -> Result<Vec<SavedView>, String> {
    read::views(text.as_bytes(), Path::new("views.toml"), TODAY).map_err(|error| error.to_string())
}

fn name(text: &str) -> ViewName {
    ViewName::parse(text).unwrap()
}

/// A view with the default columns and the default order.
fn plain(called: &str, filter: &str) -> SavedView {
    SavedView { name: name(called), filter: filter.to_owned(), columns: None, sort: None }
}

#[test]
fn a_file_has_views_in_its_order_with_filter_columns_and_order() {
    let text = "# mine\n\n[\"z first\"]\nfilter = 'nat:KOR \"kim min\"'\n\n[a]\ncolumns = [\"status\", \"E-mail\"]\n\
                sort = \"waiting:desc\"\n\n[\"김민준\"]\n";
    let views = read(text).unwrap();
    let names: Vec<&str> = views.iter().map(|view| view.name.as_str()).collect();
    assert_eq!(names, ["z first", "a", "김민준"]);
    assert!(views[0] == plain("z first", "nat:KOR \"kim min\""));
    assert_eq!(views[1].columns, Some(vec![Column::Status, Column::Email]));
    assert_eq!(views[1].sort, Some(Sort { column: Column::Waiting, descending: true }));
    assert_eq!(read("").unwrap().len(), 0);
}

#[test]
fn views_of_the_program_are_valid_and_a_view_of_the_file_replaces_one() {
    for (view, origin) in Views::default().all() {
        assert_eq!(origin, ViewOrigin::BuiltIn);
        assert_eq!(Query::parse(&view.filter, TODAY).problems().len(), 0, "{}", view.name);
        assert!(view.personal_terms(TODAY).is_empty(), "{}", view.name);
    }
    let views = Views::with_saved(vec![plain("mine", "nat:KOR"), plain("pending", "nat:VNM")]);
    let all: Vec<(String, ViewOrigin)> =
        views.all().into_iter().map(|(view, origin)| (view.name.to_string(), origin)).collect();
    let expected = [
        ("everything", ViewOrigin::BuiltIn),
        ("pending", ViewOrigin::Saved),
        ("rejected", ViewOrigin::BuiltIn),
        ("red-flags", ViewOrigin::BuiltIn),
        ("mine", ViewOrigin::Saved),
    ];
    assert_eq!(all, expected.map(|(name, origin)| (name.to_owned(), origin)));
    assert_eq!(views.named("pending").unwrap().filter, "nat:VNM");
}

#[test]
fn an_unknown_view_is_told_with_the_nearest_name_and_all_names() {
    let views = Views::with_saved(vec![plain("équipe de nuit", "")]);
    let told = |typed: &str| views.named(typed).err().unwrap().to_string();
    assert_eq!(
        told("pendign"),
        "there is no view `pendign`; did you mean pending; there are everything, pending, rejected, red-flags, \
         équipe de nuit"
    );
    assert!(told("PENDING").contains("did you mean pending"), "{}", told("PENDING"));
    assert!(told("red").contains("did you mean red-flags"), "{}", told("red"));
    assert!(told("équipe").contains("did you mean équipe de nuit"), "{}", told("équipe"));
    assert!(!told("nothing like it").contains("did you mean"), "{}", told("nothing like it"));
    assert!(told("").starts_with("there is no view ``; there are "), "{}", told(""));
    // The same name in the decomposed form of Unicode.
    assert!(views.named("e\u{301}quipe de nuit").is_ok());
}

#[test]
fn the_filter_of_the_command_line_is_added_unless_the_server_would_get_a_term_twice() {
    let view = plain("week", "from:-7d status:pending");
    let with = |more: &str| view.filter_with(more, TODAY).map_err(|error| error.to_string());
    assert_eq!(with(""), Ok("from:-7d status:pending".to_owned()));
    assert_eq!(with("nat:KOR kim"), Ok("from:-7d status:pending nat:KOR kim".to_owned()));
    assert_eq!(with("to:today"), Ok("from:-7d status:pending to:today".to_owned()));
    for (more, key) in [("from:-3d", "from:"), ("nat:KOR on:yesterday", "on:")] {
        let expected = format!(
            "{key} is in the filter of the view `week` already, and the server takes it once: leave it out, or filter \
             without --view"
        );
        assert_eq!(with(more), Err(expected));
    }
    let mine = plain("mine", "kim@example.com");
    assert!(mine.filter_with("lee@example.com", TODAY).err().unwrap().to_string().starts_with("email: is in"));
    assert_eq!(plain("everything", "").filter_with("nat:KOR", TODAY).ok().as_deref(), Some("nat:KOR"));
}

#[test]
fn personal_terms_are_named_once_and_codes_are_not_personal() {
    let words = |filter: &str| plain("a", filter).personal_terms(TODAY);
    assert_eq!(words("from:-7d status:pending nat:KOR score<80"), [""; 0]);
    assert_eq!(words("kim@example.com kim \"min jun\" userid:7"), ["email", "text", "userid"]);
    assert_eq!(words("ip:192.0.2.1"), ["ip"]);
}
