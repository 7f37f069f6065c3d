//! The export from the screen: what is ordered, what its messages change, and what a second key does.

use std::path::{Path, PathBuf};

use super::drawn::drawn;
use super::*;
use crate::export::{self, ExportOrder, ExportOutcome, ExportRows, ExportSource};
use crate::output::LineFormat;
use crate::store::KnownRow;

fn listed_model() -> Model {
    let (mut model, ticket) = opened();
    model.config.home = Some(PathBuf::from("/home/reviewer"));
    model.update(loaded(ticket, page(0..60, Some(59))));
    model
}

/// The order of an export that the keys start.
fn ordered(effects: Vec<Effect>) -> Option<(Ticket, ExportOrder)> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::Export { ticket, order } => Some((ticket, *order)),
        _ => None,
    })
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

/// Runs an export as the task does, with a client that reaches nothing.
fn run(order: ExportOrder) -> ExportOutcome {
    let base = crate::config::BaseUrl::parse("http://127.0.0.1:9/v3").unwrap();
    let client = crate::api::Client::new(base, &crate::secret::ApiKey::new(b"key-key-key").unwrap()).unwrap();
    let (_stop, stopped) = tokio::sync::oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(export::run(order, &client.into(), &ExportSource::default(), |_| (), stopped))
}

fn sentences(outcome: &ExportOutcome) -> Vec<String> {
    match outcome {
        ExportOutcome::Ended(report) => report.sentences().into_iter().map(String::from).collect(),
        ExportOutcome::Exists(sentence) | ExportOutcome::Refused(sentence) => vec![sentence.as_str().to_owned()],
    }
}

#[test]
fn the_menu_orders_what_its_line_says_with_the_path_that_was_typed() {
    let mut model = listed_model();
    let (_, order) = ordered(press(&mut model, "x\n")).expect("an export");
    assert_eq!(order.path, Path::new("argos-19700101-000000.ndjson"), "a name of the second");
    assert!(matches!(&order.rows, ExportRows::Known { rows, .. } if rows.len() == 60));
    assert!((order.format, order.replace) == (LineFormat::Ndjson, false) && order.mask == Mask::Ids);

    let mut model = listed_model();
    press(&mut model, " x");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
    model.update(Msg::Paste("~/people.csv".to_owned()));
    let (_, order) = ordered(press(&mut model, "\n")).expect("an export");
    assert_eq!((order.path.as_path(), order.format), (Path::new("/home/reviewer/people.csv"), LineFormat::Csv));
    assert!(order.columns.contains(&"submission_id".to_owned()));
    assert!(matches!(&order.rows, ExportRows::Known { rows, .. } if rows.len() == 1), "the marked one");
}

#[test]
fn the_ending_of_the_path_and_the_format_stay_in_step() {
    let mut model = listed_model();
    press(&mut model, "x");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    let (_, order) = ordered(press(&mut model, "\n")).expect("an export");
    assert!(order.path.to_string_lossy().ends_with(".csv") && order.format == LineFormat::Csv);

    let mut model = listed_model();
    press(&mut model, "x");
    for _ in 0..2 {
        model.update(Msg::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    }
    let (_, order) = ordered(press(&mut model, "\n")).expect("an export");
    assert!(matches!(order.rows, ExportRows::Query(_)), "the whole query");
}

#[test]
fn without_a_path_nothing_is_written() {
    let mut model = listed_model();
    press(&mut model, "x");
    model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
    assert!(ordered(press(&mut model, "\n")).is_none() && model.overlay.is_some());
}

#[test]
fn a_path_that_names_no_file_is_refused_with_a_sentence() {
    for (typed, wanted) in [
        ("-", Some("type ./- for a file")),
        ("x.ndjson/", Some("ends with /")),
        ("~", Some("~ is your home folder")),
        ("./-", None),
        ("./~", None),
    ] {
        let mut model = listed_model();
        press(&mut model, "x");
        model.update(Msg::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
        model.update(Msg::Paste(typed.to_owned()));
        assert_eq!(ordered(press(&mut model, "\n")).is_some(), wanted.is_none(), "{typed}");
        let is_kept = drawn(&model).lines().any(|line| line.contains(&format!("File  {typed} ")));
        assert_eq!(is_kept, wanted.is_some(), "the menu stays open with the path: {typed}");
        let said = model.typed_path(typed).err().unwrap_or_default();
        assert!(said.contains(wanted.unwrap_or_default()), "{typed}: {said}");
    }
}

#[test]
fn a_second_export_waits_for_the_end_of_the_first_whichever_message_comes_first() {
    let mut model = listed_model();
    let (ticket, _) = ordered(press(&mut model, "x\n")).expect("an export");
    assert!(ordered(press(&mut model, "x")).is_none() && model.overlay.is_none());
    assert_eq!(notice(&model), "An export is running · Esc stops it");
    let other = model.tickets.issue();
    model.update(Msg::ExportEnded { ticket: other, outcome: ExportOutcome::Refused(Safe::from_static("other")) });
    assert!(model.outgoing.export.is_some(), "the end of another export changes nothing");
    model.update(Msg::ExportEnded { ticket, outcome: ExportOutcome::Refused(Safe::from_static("no folder")) });
    let event = export::ExportEvent::Written { rows: 1, pages: 1 };
    model.update(Msg::ExportEvent { ticket, event });
    assert!(model.outgoing.export.is_none() && model.export_line().is_none(), "late progress is dropped");
    press(&mut model, "\u{1b}");
    assert!(ordered(press(&mut model, "x\n")).is_some());
}

#[test]
fn esc_and_ctrl_c_stop_the_export_and_nothing_else() {
    for key in
        [KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)]
    {
        let mut model = listed_model();
        press(&mut model, "x\n");
        assert!(model.export_line().unwrap().as_str().ends_with(" · Esc stops it"));
        let effects = model.update(Msg::Key(key));
        assert!(matches!(&effects[..], [Effect::StopExport]));
        assert_eq!(model.export_line().unwrap().as_str(), "Export: stopping …");
    }
}

#[test]
fn quitting_while_an_export_runs_takes_a_second_key_press_while_the_question_is_shown() {
    let quits = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Quit(0)));
    let mut model = listed_model();
    press(&mut model, "x\n");
    assert!(!quits(&press(&mut model, "q")));
    assert_eq!(notice(&model), "An export is running: q again quits and keeps the partial file");
    model.now += jiff::SignedDuration::from_secs(60);
    assert!(!quits(&press(&mut model, "q")), "the question is no longer shown");
    let q = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    assert!(!quits(&model.update(Msg::Key(q))), "the key is held down");
    assert!(quits(&press(&mut model, "q")));
    assert!(quits(&press(&mut listed_model(), "q")), "without an export");
}

#[test]
fn an_existing_file_is_replaced_only_after_a_second_question() {
    let mut model = listed_model();
    let (ticket, _) = ordered(press(&mut model, "x\n")).expect("an export");
    let exists = || ExportOutcome::Exists(Safe::from_static("a.ndjson exists"));
    model.update(Msg::ExportEnded { ticket, outcome: exists() });
    assert!(ordered(press(&mut model, "\n")).is_none(), "the first answer keeps the file");
    let (ticket, order) = ordered(press(&mut model, "x\n")).expect("an export");
    let path = order.path;
    model.update(Msg::ExportEnded { ticket, outcome: exists() });
    let (_, order) = ordered(press(&mut model, "j\n")).expect("an export");
    assert_eq!((order.replace, order.path), (true, path));
}

#[test]
fn a_click_on_an_entry_changes_the_ending_of_the_path_as_the_keys_do() {
    let mut model = listed_model();
    press(&mut model, "x");
    let (size, keymap) = (model.size, model.config.keymap.clone());
    let text = drawn(&model);
    let y = text.lines().position(|line| line.contains("Shown · CSV")).expect("an entry");
    let at = ratatui::layout::Position { x: size.width / 2, y: u16::try_from(y).unwrap() };
    let overlay = model.overlay.as_mut().expect("the menu");
    assert_eq!(overlay.point_at(at, size, &keymap), crate::overlays::PointedAt::Line);
    let (_, order) = ordered(press(&mut model, "\n")).expect("an export");
    assert_eq!((order.format, order.path.extension()), (LineFormat::Csv, Some("csv".as_ref())));
}

#[test]
fn the_progress_leaves_room_for_keys_and_names_esc_only_where_it_stops_the_export() {
    let mut model = listed_model();
    press(&mut model, "x\n");
    let footer = |model: &Model| drawn(model).lines().last().unwrap_or_default().to_owned();
    let progress = "Export: 0 rows written · Esc stops it  ";
    assert!(footer(&model).contains(progress) && footer(&model).contains("? help"), "{}", footer(&model));
    for (open, close) in [("?", "\u{1b}"), ("f", "\u{1b}")] {
        press(&mut model, open);
        let line = footer(&model);
        assert!(line.contains("Export: 0 rows written ") && !line.contains("stops it"), "{line}");
        press(&mut model, close);
        assert!(model.outgoing.export.is_some() && footer(&model).contains(progress), "{}", footer(&model));
    }
    press(&mut model, "L");
    assert!(!footer(&model).contains("stops it"), "the border names the key: {}", footer(&model));
    press(&mut model, "\u{1b}");
    assert!(model.listing.load_until().is_none() && footer(&model).contains(progress), "{}", footer(&model));
    let effects = press(&mut model, "\u{1b}");
    assert!(matches!(&effects[..], [Effect::StopExport]));
}

#[test]
fn without_a_key_no_sentence_names_one() {
    let mut model = listed_model();
    let unbound = crate::keys::Rebinding { action: crate::keys::Action::Back, chords: Vec::new() };
    model.config.keymap = model.config.keymap.clone().with_changes(&[unbound]).expect("a table");
    press(&mut model, "x\n");
    assert_eq!(model.export_line().unwrap().as_str(), "Export: 0 rows written");
    press(&mut model, "x");
    assert_eq!(notice(&model), "An export is running");
}

#[test]
fn the_end_does_not_take_the_keys_of_somebody_who_types() {
    let mut model = listed_model();
    let (ticket, _) = ordered(press(&mut model, "x\n")).expect("an export");
    press(&mut model, "f");
    model.update(Msg::ExportEnded {
        ticket,
        outcome: ExportOutcome::Refused(Safe::from_static("there is no folder x")),
    });
    assert!(model.overlay.is_none());
    assert_eq!(notice(&model), "Not written: there is no folder x");
}

#[test]
fn what_is_in_memory_is_written_with_mode_0600_and_the_report_says_what_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::TempDir::new().unwrap();
    let mut model = listed_model();
    let (ticket, id) = single_ticket(&after(&mut model, Model::request_full_record));
    let full = Item::from_list(
        id.clone(),
        Bytes::from(format!(r#"{{"submission_id":"{id}","data":{{"identityNumber":"900101-1234567"}}}}"#)),
    );
    model.update(Msg::FullRecordLoaded { ticket, id, result: Ok(RecordAnswer::Found(full.as_full_record())), at: AT });
    press(&mut model, "x");
    let (_, mut order) = ordered(press(&mut model, "\n")).expect("an export");
    order.path = home.path().join("a.ndjson");
    let outcome = run(order);
    let said = sentences(&outcome);
    for wanted in [
        "Written: 60 rows; the list was not complete.",
        "1 full record, 59 list data only.",
        "masked: ID numbers.",
        "The list was not complete: 60 loaded · more.",
    ] {
        assert!(said.iter().any(|line| line == wanted), "{wanted}: {said:?}");
    }
    let written = std::fs::read_to_string(home.path().join("a.ndjson")).unwrap();
    assert_eq!(written.lines().count(), 60);
    assert!(!written.contains("900101") && written.contains("•"), "masked as the screen");
    assert!(written.lines().next().unwrap().contains("pending"), "joined with the list data");
    let mode = std::fs::metadata(home.path().join("a.ndjson")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn each_refusal_is_one_plain_sentence_and_leaves_everything_as_it_was() {
    let home = tempfile::TempDir::new().unwrap();
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::fs::write(at("there.csv"), "mine").unwrap();
    std::os::unix::fs::symlink(at("there.csv"), at("link.csv")).unwrap();
    let said = |path: PathBuf, replace: bool| {
        let mut model = listed_model();
        let (_, mut order) = ordered(press(&mut model, "x\n")).expect("an export");
        (order.path, order.replace) = (path, replace);
        sentences(&run(order)).join(" ").replace(&*home.path().to_string_lossy(), "~")
    };
    assert_eq!(said(at("none/a.csv"), false), "there is no folder ~/none");
    assert_eq!(said(at("folder"), true), "~/folder is a folder, not a regular file");
    assert_eq!(said(at("link.csv"), true), "~/link.csv is a symbolic link: name the file itself");
    assert_eq!(said(PathBuf::from("/dev/null"), true), "/dev/null is a device, not a regular file");
    assert!(said(PathBuf::from("/dev/stdout"), true).contains("not a regular file"));
    assert_eq!(said(at("there.csv"), false), "~/there.csv exists");
    assert_eq!(std::fs::read_to_string(at("there.csv")).unwrap(), "mine");
    assert!(said(at("there.csv"), true).starts_with("Written: 60 rows"));
    assert_eq!(std::fs::read_to_string(at("there.csv")).unwrap().lines().count(), 60);
}

#[test]
fn a_query_that_cannot_be_fetched_leaves_no_file() {
    let home = tempfile::TempDir::new().unwrap();
    let mut model = listed_model();
    let (_, mut order) = ordered(press(&mut model, "x\n")).expect("an export");
    order.path = home.path().join("a.ndjson");
    order.rows = ExportRows::Query(crate::query::Query::default());
    let (stop, stopped) = tokio::sync::oneshot::channel();
    stop.send(()).unwrap();
    let base = crate::config::BaseUrl::parse("http://127.0.0.1:9/v3").unwrap();
    let client = crate::api::Client::new(base, &crate::secret::ApiKey::new(b"key-key-key").unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = runtime.block_on(export::run(order, &client.into(), &ExportSource::default(), |_| (), stopped));
    assert_eq!(sentences(&outcome), ["Stopped by you: no file was written."]);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn only_rows_that_lack_nothing_are_called_complete() {
    let first = |model: &mut Model, keys: &str| {
        let home = tempfile::TempDir::new().unwrap();
        let (_, mut order) = ordered(press(model, keys)).expect("an export");
        order.path = home.path().join("a.ndjson");
        model.outgoing.export = None;
        sentences(&run(order)).remove(0)
    };
    let (mut model, ticket) = opened();
    model.update(loaded(ticket, page(0..2, None)));
    assert_eq!(first(&mut model, "x\n"), "Written: 2 rows, complete.");
    let ticket = page_ticket(&press(&mut model, "fon:2026-11-01\n"));
    assert_eq!(first(&mut model, "x\n"), "Written: 2 rows; the rows belong to the previous query.");
    model.update(loaded(ticket, page(0..2, Some(1))));
    assert_eq!(first(&mut model, " x\n"), "Written: 1 row, complete.", "all marked ones");
    let item = |id: &str, rest: &str| {
        Item::from_list(
            id.into(),
            Bytes::from(format!(r#"{{"submission_id":"{id}","created_at":"2026-11-20"{rest}}}"#)),
        )
    };
    let items = vec![item("a", r#","data":{"ip_address":"192.0.2.1"}"#), item("b", "")];
    let ticket = page_ticket(&press(&mut model, "uF"));
    model.update(loaded(ticket, Page { items, next: NextPage::Last, repaired: false, bytes: 0 }));
    press(&mut model, "fip:192.0.2.1\n");
    assert_eq!(first(&mut model, "x\n"), "Written: 1 row; 1 undecided row is left out.");
}

#[test]
fn marked_submissions_of_an_earlier_query_are_written_too() {
    let mut model = listed_model();
    press(&mut model, "  ");
    let new = page_ticket(&press(&mut model, "fon:2026-11-01\n"));
    model.update(loaded(new, page(100..103, None)));
    let (_, order) = ordered(press(&mut model, "x\n")).expect("an export");
    let ExportRows::Known { rows, .. } = order.rows else { panic!("what is in memory") };
    let known = |row: &KnownRow| matches!(row, KnownRow::Submission(one) if one.record().is_some());
    assert_eq!((rows.len(), rows.iter().all(known)), (2, true));
}
