//! Submissions of a file: what is compared, copied, completed and said, without any request.

use std::cell::RefCell;
use std::sync::Arc;

use super::drawn::drawn;
use super::*;
use crate::export::{self, ExportEvent, ExportOrder, ExportOutcome, ExportRows, ExportSource};
use crate::offline::{RecordSource, SubmissionFile};
use crate::output::LineFormat;
use crate::query::{PartSet, Query};
use crate::views::{SavedView, ViewName, Views};

/// A record of a list, as a file may hold it.
const LISTED: &str = r#"{"submission_id":"a","data":{"name":"Ana"},"kyc":{"result":"pending"}}"#;
/// A payload of a webhook.
const PAYLOAD: &str = r#"{"submission_id":"b","aml":{"currentstatus":"Red Flag"}}"#;

/// The reviewer on a file with these records.
fn on_file(records: &[&str]) -> Model {
    let file = OpenedFile { name: Safe::from_static("people.ndjson"), at: AT };
    let setting = ReviewerConfig { file: Some(file), ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    let file = SubmissionFile::of_text("people.ndjson", records.join("\n").into(), AT).expect("a file");
    model.update(loaded(page_ticket(&begin), file.page(None)));
    model
}

#[test]
fn a_comparison_requests_nothing_and_takes_no_record_for_a_full_one() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    let effects = press(&mut model, "  =");
    assert_eq!(asks(&effects), 0);
    let text = drawn(&model);
    assert_eq!(text.matches("from the file · may lack fields").count(), 2, "{text}");
    for claim in ["full record", "list data", "the service", "not in the file"] {
        assert!(!text.contains(claim), "{claim}: {text}");
    }
    let effects = after(&mut model, |model| model.compare(vec!["a".into(), "elsewhere".into()]));
    assert_eq!(asks(&effects), 0);
    assert!(drawn(&model).contains("not in the file"), "{}", drawn(&model));
}

#[test]
fn a_record_of_a_file_that_is_asked_for_is_not_stored_as_a_full_record() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    let Item::Readable { raw, row, .. } = Item::from_list("b".into(), Bytes::from_static(PAYLOAD.as_bytes())) else {
        panic!("a record")
    };
    assert!(model.store_record("b", raw, row, AT, false).is_none());
    let store = &model.listing.value().unwrap().store;
    let entry = store.get(store.index_of("b").unwrap()).unwrap();
    assert!(matches!(entry.content(), Content::Readable { single: None, .. }));
}

/// What the entry of the copy menu that begins with `label` copies; `None` if nothing is copied.
fn copied(model: &mut Model, label: &str) -> Option<String> {
    press(model, "y");
    let at = model.menu_lines().iter().position(|choice| choice.label.as_str().starts_with(label)).expect("an entry");
    let effects = press(model, &format!("g{}\n", "j".repeat(at)));
    effects.into_iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None })
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn a_copied_command_line_reads_the_same_files() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    model.config.call_options = vec!["--from-file=people.ndjson".to_owned(), "--from-file=a b.json".to_owned()];
    let list = copied(&mut model, "Command: list (this filter)").expect("a command line");
    assert_eq!(list, "argos-review list --all --sort=created:desc --from-file=people.ndjson '--from-file=a b.json'");
    let show = copied(&mut model, "Command: show this one").expect("a command line");
    assert!(show.starts_with("argos-review show --from-file=people.ndjson '--from-file=a b.json' "), "{show}");
    let words = ["argos-review", "list", "--all", "--sort=created:desc", "--from-file=a b.json"];
    assert!(crate::cli::parse(words.map(Into::into)).is_ok(), "the command line knows it");
}

#[test]
fn no_command_line_is_copied_for_an_input_that_it_cannot_name() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    for label in ["Command: list (this filter)", "Command: show this one"] {
        assert_eq!(copied(&mut model, label), None, "{label}");
        assert_eq!(notice(&model), "Not copied: no command line can name the input, such as stdin");
    }
}

#[test]
fn a_view_is_read_by_the_rules_of_files() {
    let view = |name: &str, filter: &str| SavedView {
        name: ViewName::parse(name).expect("a name"),
        filter: filter.to_owned(),
        columns: None,
        sort: None,
    };
    let mut model = on_file(&[LISTED, PAYLOAD]);
    model.config.views.all = Views::with_saved(vec![view("typed", "type:aml"), view("week", "from:week")]);
    model.open_view(&ViewName::parse("typed").expect("a name"));
    let refused = "Not opened: its filter is wrong for a file: type is for requests to the service";
    assert!(notice(&model).starts_with(refused), "{}", notice(&model));
    assert_eq!(model.filter.applied().text(), "");
    let effects = after(&mut model, |model| model.open_view(&ViewName::parse("week").expect("a name")));
    assert_eq!((model.filter.applied().text(), asks(&effects)), ("from:week", 0));
    press(&mut model, "V");
    assert_eq!(model.views_props().lines.len(), 6, "the four of the program and two saved ones");
}

#[test]
fn a_text_that_is_not_found_offers_nothing_to_fetch() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    model.size = Size { width: 200, height: 40 };
    press(&mut model, "fzzz\n");
    let text = drawn(&model);
    assert!(text.contains("No match in what the file holds of the 2 loaded submissions."), "{text}");
    let lacks = "2 of 2 rows lack fields in the file: \"zzz\" may be in them";
    assert_eq!(text.matches(lacks).count(), 3, "bar, list and border: {text}");
    for claim in ["list data", "list fields", "fetches", "looks further", "L loads"] {
        assert!(!text.contains(claim), "{claim}: {text}");
    }
    press(&mut model, "ft");
    assert!(!drawn(&model).contains("type:"), "{}", drawn(&model));
}

#[test]
fn a_narrow_bar_keeps_the_dates_since_no_request_below_it_shows_them() {
    let created = LISTED.replacen('{', r#"{"created_at":"2026-11-20T09:00:00Z","#, 1);
    let mut model = on_file(&[&created]);
    press(&mut model, "ffrom:-28d status:pending\n");
    for (width, names) in [(120, "  from: (2026-10-24), status: "), (60, "  from: (2026-10-24), status: ")] {
        model.size = Size { width, height: 40 };
        let text = drawn(&model);
        assert!(text.contains(names) && text.contains("offline: nothing is requested"), "{width}: {text}");
    }
}

#[test]
fn a_low_list_does_not_say_that_findings_of_a_file_could_be_fetched() {
    let records: Vec<String> =
        (0..9).map(|at| LISTED.replacen("\"submission_id\":\"", &format!("\"submission_id\":\"{at}"), 1)).collect();
    let mut model = on_file(&records.iter().map(String::as_str).collect::<Vec<_>>());
    model.update(Msg::Resize(Size { width: 60, height: 12 }));
    let text = drawn(&model);
    assert!(text.contains("· ? findings not known ·") && !text.contains("fetched"), "{text}");
}

#[test]
fn the_export_menu_fetches_nothing_from_a_file() {
    let mut model = on_file(&[LISTED, PAYLOAD]);
    press(&mut model, "x");
    let text = drawn(&model);
    assert!(text.contains("all rows of the file that match"), "{text}");
    assert!(!text.contains("fetches") && !text.contains("full records"), "{text}");
}

#[test]
fn an_export_of_a_file_stops_between_its_pages() {
    let records: String = (0..7_000).map(|at| format!("{{\"submission_id\":\"s{at}\"}}\n")).collect();
    let file = SubmissionFile::of_text("people.ndjson", records.into(), AT).expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    let today = date(2026, 11, 21);
    let order = ExportOrder {
        path: folder.path().join("all.ndjson"),
        replace: false,
        format: LineFormat::Ndjson,
        columns: Vec::new(),
        with: PartSet::EMPTY,
        mask: Mask::Ids,
        today,
        resume_call: None,
        rows: ExportRows::Query(Query::parse_offline("", today)),
    };
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let stop = RefCell::new(Some(stop));
    let on_event = move |event| {
        if let (ExportEvent::Written { .. }, Some(stop)) = (event, stop.borrow_mut().take()) {
            stop.send(()).expect("the export runs");
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let source = RecordSource::File(Arc::new(file));
    let outcome = runtime.block_on(export::run(order, &source, &ExportSource::default(), on_event, stopped));
    let ExportOutcome::Ended(report) = outcome else { panic!("it began") };
    let sentences: Vec<String> = report.sentences().into_iter().map(String::from).collect();
    assert_eq!(sentences[0], "Stopped by you: 2,000 rows written, not complete.");
    assert!(!sentences.iter().any(|sentence| sentence.contains("list data")), "{sentences:?}");
}

#[test]
fn a_summary_of_a_record_of_a_file_claims_neither_list_data_nor_a_full_record() {
    let full = r#"{"submission_id":"c","data":{"name":"Cy"},"kyc":{"result":"approved","attempts":[{}]},"aml":{"currentstatus":"Not Screened"},"ocr":{"fullName":"CY"}}"#;
    for (record, source) in [
        (LISTED, "Source: a file; what it lacks is not checked · loaded "),
        (PAYLOAD, "Source: a file; what it lacks is not checked · loaded "),
        (full, "Source: a file · loaded "),
    ] {
        let mut model = on_file(&[record]);
        press(&mut model, "y");
        let at = model.menu_lines().iter().position(|choice| choice.label.as_str() == "Summary").expect("an entry");
        let effects = press(&mut model, &format!("g{}\n", "j".repeat(at)));
        let order = effects.into_iter().find_map(|effect| match effect {
            Effect::ComposeText(order) => Some(order),
            _ => None,
        });
        let text = order.expect("a text is made").compose().text.expect("a text");
        assert!(text.contains(source), "{text}");
        assert!(!text.contains("list data") && !text.contains("full record"), "{text}");
    }
}
