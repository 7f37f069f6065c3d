use proptest::prelude::*;

use super::*;
use crate::submission::read;

fn row(json: &str, whole: bool) -> Row {
    read::row(json.as_bytes(), whole)
}

fn counted(group: TallyGroup, rows: &[Row], mask: Mask) -> Tally {
    let mut tally = Tally::default();
    rows.iter().for_each(|row| tally.count_row(group, row, mask));
    tally
}

#[test]
fn each_row_counts_once_and_what_was_not_fetched_is_never_zero_or_empty() {
    let rows = [
        row(r#"{"submission_id":"a","kyc":{"result":"pending","commentCode":["E4","E7","E4"]}}"#, false),
        row(r#"{"submission_id":"b","kyc":{"result":"pending","commentCode":null}}"#, false),
        row(r#"{"submission_id":"c","kyc":{"result":"on hold"}}"#, false),
        row(r#"{"submission_id":"d"}"#, true),
        row(r#"{"submission_id":"e","kyc":{"result":"pending","commentCode":{"x":"1,2"}}}"#, false),
    ];
    let status = counted(TallyGroup::Status, &rows, Mask::Ids);
    let value = |label: &str, sent: &str, count| TalliedValue { label: label.into(), sent: Some(sent.into()), count };
    assert_eq!(status.values(), [value("pending", "pending", 3), value("\"on hold\"", "on hold", 1)]);
    assert_eq!((status.empty, status.not_fetched), (1, 0));
    let codes = counted(TallyGroup::RejectCode, &rows, Mask::Ids);
    assert_eq!(codes.values(), [value("E4", "E4", 1), value("E7", "E7", 1)]);
    assert_eq!((codes.empty, codes.not_fetched, codes.unreadable), (2, 1, 1));
    let types = counted(TallyGroup::IdType, &rows[..3], Mask::Ids);
    assert!(types.is_absent() && types.values().is_empty());
}

#[test]
fn kinds_count_once_a_submission_and_an_unknown_code_has_no_kind() {
    let rows = [
        row(r#"{"submission_id":"a","kyc":{"attempts":[{"retryCode":"fake_id"},{"retryCode":"text_forgery"}]}}"#, true),
        row(r#"{"submission_id":"b","kyc":{"retry":[{"retryCode":"NO_FACE"},{"retryCode":"new_code"}]}}"#, true),
        row(r#"{"submission_id":"c","kyc":{"result":"pending"}}"#, false),
    ];
    let kinds = counted(TallyGroup::RetryKind, &rows, Mask::Ids);
    let sorted = kinds.sorted();
    let words: Vec<(&str, u64)> = sorted.iter().map(|(word, count)| (word.as_str(), *count)).collect();
    assert_eq!(words, [("face", 1), ("forgery", 1), (NO_KIND, 1)]);
    assert_eq!(kinds.not_fetched, 1);
}

#[test]
fn days_are_counted_in_utc() {
    let at = |text: &str| row(&format!(r#"{{"submission_id":"a","created_at":"{text}"}}"#), false);
    let rows = ["2026-11-21T00:00:00Z", "2026-11-20T23:59:59Z", "2026-11-21T08:59:59+09:00", "soon"].map(at);
    let days = counted(TallyGroup::Day, &rows, Mask::All);
    assert_eq!(days.sorted(), [("2026-11-20".to_owned(), 2), ("2026-11-21".to_owned(), 1)]);
    assert_eq!(days.unreadable, 1);
}

#[test]
fn a_value_that_nobody_can_type_has_no_term() {
    let code = |text: &str| row(&format!(r#"{{"submission_id":"a","kyc":{{"commentCode":"{text}"}}}}"#), false);
    let rows = [code("a\\u202eb"), code("c\\u0007"), code(&"x".repeat(65)), code("E4")];
    let codes = counted(TallyGroup::RejectCode, &rows, Mask::Ids);
    let typed: Vec<String> = codes.values().into_iter().filter_map(|value| value.sent).collect();
    assert_eq!(typed, ["E4"]);
    assert!(codes.values().iter().all(|value| !value.label.contains(['\u{202e}', '\u{7}'])));
}

proptest! {
    #[test]
    fn the_counts_of_a_property_with_one_value_add_up(statuses in prop::collection::vec(0..6_u8, 0..60)) {
        let rows: Vec<Row> = statuses
            .iter()
            .map(|at| match at {
                0 => row(r#"{"submission_id":"a"}"#, false),
                1 => row(r#"{"submission_id":"a","kyc":{"result":null}}"#, false),
                2 => row(r#"{"submission_id":"a","kyc":{"result":"x y"}}"#, false),
                _ => row(r#"{"submission_id":"a","kyc":{"result":"approved"}}"#, false),
            })
            .collect();
        let tally = counted(TallyGroup::Status, &rows, Mask::Ids);
        let known: u64 = tally.values().iter().map(|value| value.count).sum();
        let all = known + tally.empty + tally.not_fetched + tally.unreadable + tally.hidden + tally.further;
        prop_assert_eq!(all, rows.len() as u64);
    }
}
