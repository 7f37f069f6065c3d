//! Changes of the file of views: only the own view changes, and the file is replaced safely.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use tempfile::TempDir;

use super::{Column, SavedView, Sort, TODAY, ViewChange, ViewName, Views, ViewsError, ViewsFile, name, plain};
use crate::views::edit::{with_view, without_view};

/// A file of a user who likes comments and a form of their own.
const FILE: &str = "# Views of the night shift.\n\n# who waits\n[queue]   # first\nfilter   = 'status:pending'  # all of \
                    them\nsort = \"waiting:desc\"\n\n\n[ \"second one\" ]\ncolumns = [\n  \"name\", # first\n  \"nat\",\n]\n\
                    \n# the end\n";

fn save(view: SavedView) -> ViewChange {
    ViewChange::Save { view, replaces: false }
}

#[test]
fn a_new_view_is_added_at_the_end_and_all_else_stays() {
    let view = SavedView {
        columns: Some(vec![Column::Status, Column::Waiting]),
        sort: Some(Sort { column: Column::Waiting, descending: true }),
        ..plain("night \"shift\" 김", "from:-7d \"kim min\"")
    };
    let added = with_view(FILE, &view).unwrap();
    let expected = "\n[\"night \\\"shift\\\" 김\"]\nfilter = 'from:-7d \"kim min\"'\ncolumns = [\"status\", \
                    \"waiting\"]\nsort = \"waiting:desc\"\n";
    let tail = added.strip_prefix(FILE).unwrap();
    assert_eq!(tail.replace("['night \"shift\" 김']", "[\"night \\\"shift\\\" 김\"]"), expected);
    assert!(super::read(&added).unwrap()[2] == view);
    assert_eq!(without_view(&added, &view.name).as_deref(), Some(FILE));
}

#[test]
fn a_replaced_view_keeps_its_comments_and_every_other_line() {
    let view =
        SavedView { sort: Some(Sort { column: Column::Waiting, descending: true }), ..plain("queue", "nat:KOR") };
    assert_eq!(with_view(FILE, &view).unwrap(), FILE.replace("'status:pending'", "\"nat:KOR\""));
    let same = SavedView { filter: "status:pending".to_owned(), ..view.clone() };
    assert_eq!(with_view(FILE, &same).as_deref(), Some(FILE), "what does not change keeps its form");
    let unsorted = SavedView { sort: None, ..same };
    assert_eq!(with_view(FILE, &unsorted).unwrap(), FILE.replace("sort = \"waiting:desc\"\n", ""));
}

#[test]
fn a_deleted_view_takes_only_its_own_comment_with_it() {
    let left = without_view(FILE, &name("queue")).unwrap();
    let (head, rest) = ("# Views of the night shift.\n", FILE.split_once("\n\n\n").unwrap().1);
    assert!(left.starts_with(head) && left.ends_with(rest) && !left.contains("queue"), "{left}");
    assert!(!left.contains("who waits"), "{left}");
    let left = without_view(FILE, &name("second one")).unwrap();
    assert!(left.starts_with(FILE.split_once("\n\n\n").unwrap().0) && left.ends_with("# the end\n"), "{left}");
    assert_eq!(without_view(FILE, &name("other")).as_deref(), Some(FILE));
    assert_eq!(without_view("[a]\n\n[b]\n", &name("a")).as_deref(), Some("[b]\n"));
}

#[test]
fn views_in_other_forms_of_toml_are_changed_too() {
    for text in ["a = { filter = \"nat:KOR\" } # one\n[b]\n", "a.filter = \"nat:KOR\"\n[b]\n"] {
        let changed = with_view(text, &plain("a", "nat:VNM")).unwrap();
        assert_eq!(changed, text.replace("KOR", "VNM"));
        let left = without_view(text, &name("a")).unwrap();
        assert!(super::read(&left).unwrap() == [plain("b", "")], "{left}");
    }
    let decomposed = "[\"e\u{301}\"]\nfilter = \"\"\n";
    assert_eq!(with_view(decomposed, &plain("\u{e9}", "kim")).unwrap(), decomposed.replace("\"\"\n", "\"kim\"\n"));
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_stay() {
    let windows = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    let added = with_view(&windows, &plain("new", "kim")).unwrap();
    assert_eq!(added, format!("{windows}\r\n[new]\r\nfilter = \"kim\"\r\n"));
    assert_eq!(with_view("[a]\r\n[b]\n", &plain("new", "kim")), None, "mixed line ends cannot be kept");
    assert_eq!(with_view("[a]", &plain("b", "kim")).as_deref(), Some("[a]\n\n[b]\nfilter = \"kim\"\n"));
}

/// The file of views in a folder that does not exist yet.
fn new_file(home: &TempDir) -> ViewsFile {
    ViewsFile::next_to(&home.path().join("argos-review/config.toml"))
}

#[test]
fn the_first_save_makes_folder_and_file_for_the_owner_alone() {
    let home = TempDir::new().unwrap();
    let file = new_file(&home);
    assert!(file.read(TODAY).unwrap() == Views::default());
    assert!(!file.path().exists(), "reading writes nothing");
    let views = file.change(&save(plain("mine", "kim")), TODAY).unwrap();
    assert!(views == file.read(TODAY).unwrap() && views.saved(&name("mine")).is_some());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file.path()), mode(file.path().parent().unwrap())), (0o600, 0o700));
    let text = fs::read_to_string(file.path()).unwrap();
    assert!(text.starts_with("# Views of argos-review") && text.ends_with("\n\n[mine]\nfilter = \"kim\"\n"), "{text}");
    let names: Vec<_> =
        fs::read_dir(file.path().parent().unwrap()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["views.toml"], "nothing else is left");
}

#[test]
fn a_change_reads_the_file_again_and_replaces_only_what_was_agreed() {
    let home = TempDir::new().unwrap();
    let file = new_file(&home);
    file.change(&save(plain("mine", "kim")), TODAY).unwrap();
    // Another session, or an editor.
    let other = fs::read_to_string(file.path()).unwrap() + "\n# theirs\n[theirs]\nfilter = \"lee\"\n";
    fs::write(file.path(), &other).unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(file.path().with_file_name("views.toml.new"), "left over").unwrap();
    let taken = file.change(&save(plain("theirs", "nat:KOR")), TODAY).err().unwrap();
    assert!(matches!(taken, ViewsError::Taken(_)), "{taken}");
    assert_eq!(fs::read_to_string(file.path()).unwrap(), other);
    let views = file.change(&ViewChange::Delete(name("mine")), TODAY).unwrap();
    assert_eq!(views.saved(&name("theirs")).map(|view| view.filter.as_str()), Some("lee"));
    let text = fs::read_to_string(file.path()).unwrap();
    assert!(text.ends_with("# theirs\n[theirs]\nfilter = \"lee\"\n") && !text.contains("mine"), "{text}");
    assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
    let replaced = ViewChange::Save { view: plain("theirs", "nat:KOR"), replaces: true };
    assert_eq!(file.change(&replaced, TODAY).unwrap().saved(&name("theirs")).unwrap().filter, "nat:KOR");
}

#[test]
fn a_file_that_cannot_be_changed_stays_as_it_is_and_says_why() {
    let home = TempDir::new().unwrap();
    let file = ViewsFile::next_to(&home.path().join("config.toml"));
    let told = |change: &ViewChange| file.change(change, TODAY).err().unwrap().to_string();
    for (text, mode, sentence) in [
        ("[a]\nfilter = \"satus:x\"\n", 0o600, "line 2: the filter of a view has a mistake"),
        ("[a]\r\n[b]\n", 0o600, "cannot be changed without changing other lines of it"),
        ("[a]\n", 0o666, "others can change"),
    ] {
        fs::write(file.path(), text).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        let told = told(&save(plain("mine", "kim")));
        assert!(told.contains(sentence), "{told}");
        assert_eq!(fs::read_to_string(file.path()).unwrap(), text);
    }
    fs::write(file.path(), format!("# {}\n", "x".repeat(65_500))).unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(told(&save(plain("mine", &"kim ".repeat(20)))).contains("would be larger than 64 KiB"));
    fs::remove_file(file.path()).unwrap();
    let folder = fs::File::open(home.path()).unwrap();
    folder.lock().unwrap();
    assert!(told(&save(plain("mine", "kim"))).contains("another session is writing"));
}

#[test]
fn a_linked_file_is_changed_where_it_is_and_a_file_with_two_names_is_refused() {
    let (home, dots) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = ViewsFile::next_to(&home.path().join("config.toml"));
    let real = dots.path().join("my-views.toml");
    fs::write(&real, "[a]\n").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&real, file.path()).unwrap();
    file.change(&save(plain("mine", "kim")), TODAY).unwrap();
    assert!(fs::symlink_metadata(file.path()).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("[mine]"));
    fs::hard_link(&real, dots.path().join("second")).unwrap();
    let told = file.change(&ViewChange::Delete(ViewName::parse("mine").unwrap()), TODAY).err().unwrap().to_string();
    assert!(told.contains("has 2 names"), "{told}");
}
