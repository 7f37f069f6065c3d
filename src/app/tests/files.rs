//! Submissions of a file: what is compared, copied, completed and said, without any request.

use super::*;

/// A record of a list, as a file may hold it.
const LISTED: &str = r#"{"submission_id":"a","data":{"name":"Ana"},"kyc":{"result":"pending"}}"#;
/// A payload of a webhook.
const PAYLOAD: &str = r#"{"submission_id":"b","aml":{"currentstatus":"Red Flag"}}"#;

/// The reviewer on a file with these records.
fn on_file(records: &[&str]) -> Model {
    let file = OpenedFile { name: Safe::from_static("people.ndjson"), at: AT };
    let setting = ReviewerConfig { file: Some(file), ..setting() };
    let (mut model, begin) = Model::new(setting, Size { width: 120, height: 40 }, AT);
    let listed = |record: &&str| {
        let raw = Bytes::from((*record).to_owned());
        let id = crate::api::read_id(crate::submission::json::Json::again(&raw)).expect("an id");
        Item::listed(id, raw)
    };
    let items = records.iter().map(listed).collect();
    model.update(loaded(page_ticket(&begin), Page { items, next: Next::Last, mended: false, bytes: 0 }));
    model
}

fn drawn(model: &Model) -> String {
    let Size { width, height } = model.size;
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(width, height)).expect("a screen");
    terminal.draw(|frame| model.view(frame)).expect("a screen in memory");
    let buffer = terminal.backend().buffer();
    (0..height).map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n").collect()
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
    let Item::Readable { raw, row, .. } = Item::listed("b".into(), Bytes::from_static(PAYLOAD.as_bytes())) else {
        panic!("a record")
    };
    assert!(model.keep_record("b", raw, row, AT, false).is_none());
    let store = &model.listing.value().unwrap().store;
    let entry = store.get(store.index_of("b").unwrap()).unwrap();
    assert!(matches!(entry.content(), Content::Readable { single: None, .. }));
}
