//! The reviewer on a file: the header, the sentences of keys that need requests, rows of payloads, and that it shows what
//! the demo's server shows.

use argos_review::app::{OpenedFile, ReviewerConfig};
use argos_review::offline::{RecordSource, SubmissionFile};
use argos_review::query::Params;
use argos_review::text::{Mask, Safe};
use bytes::Bytes;
use std::sync::Arc;

use crate::screen::{Answers, Screen};
use crate::servers::SwitchedDemo;
use crate::session::{Session, setting, text_of};

pub(crate) const RECORDS: &str = r#"{"submission_id":"6xx28lo115832","email":"ana@example.com","created_at":"2026-11-20T09:14:00.000Z","data":{"name":"Ana Sample","nationality":"KOR","date_of_birth":"1990-01-02"},"kyc":{"result":"pending"},"pending_at":"2026-11-20T09:15:00.000Z"}
{"submission_id":"7xx28lo115832","email":"bo@example.com","created_at":"2026-11-21T10:00:00.000Z","data":{"name":"Bo Sample","nationality":"VNM"},"kyc":{"result":"rejected","commentCode":["expired_id"]}}
{"webhook_trigger":"aml","submission_id":"8xx28lo115832","email":"cy@example.com","aml_result":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}
not json
"#;

pub(crate) fn opened(name: &str, text: impl Into<Bytes>) -> (RecordSource, ReviewerConfig) {
    let at = "2026-11-21T11:00:00Z".parse().expect("a time");
    let file = SubmissionFile::of_text(name, text.into(), at).expect("a file");
    let config = ReviewerConfig {
        profile: Safe::from_static("offline"),
        file: Some(OpenedFile { name: file.name().clone(), at: file.at() }),
        address: String::new(),
        ..setting()
    };
    (RecordSource::File(Arc::new(file)), config)
}

fn session(text: &str, width: u16, height: u16) -> Session {
    let (source, config) = opened("people.ndjson", text.to_owned());
    Session::open(source, config, width, height)
}

#[tokio::test]
async fn the_header_says_offline_with_the_file_and_its_time() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut session = session(RECORDS, width, height);
        let text = session.until_shows("4 loaded · complete").await;
        let header = text.lines().next().unwrap_or_default();
        assert!(header.contains("offline  people.ndjson · dated 2026-11-21 11:00 "), "{header}");
        assert!(text.contains("offline: nothing is requested; every term filters the rows of the file"), "{text}");
        assert!(!text.contains("GET "), "{text}");
        assert!(text.contains("1 row unreadable"), "{text}");
    }
}

#[tokio::test]
async fn the_name_of_the_file_is_hidden_with_all_identity_data() {
    let mut session = session(RECORDS, 120, 40);
    let text = session.until_shows("4 loaded · complete").await;
    assert!(text.matches("people.ndjson").count() > 1, "{text}");
    session.press("m");
    let text = session.until_shows("masked: identity data").await;
    assert!(!text.contains("people") && text.contains("offline  •••• · dated 2026-11-21 11:00 "), "{text}");
}

#[tokio::test]
async fn a_linked_submission_that_the_file_lacks_is_not_said_to_be_fetched() {
    let link = r#"{"submission_id":"aa1","duplicated_users":["dd4"]}"#;
    let mut session = session(link, 120, 40);
    session.until_shows("1 loaded · complete").await;
    session.press("<tab>7");
    let text = session.until_shows("not loaded; offline, nothing is fetched").await;
    assert!(!text.contains("fetched when opened"), "{text}");
}

#[tokio::test]
async fn keys_that_need_requests_say_offline_and_do_nothing_else() {
    let mut session = session(RECORDS, 120, 40);
    session.until_shows("4 loaded · complete").await;
    for (key, sentence) in [
        ("r", "Offline: the file was read once; open it again for newer data"),
        ("L", "Offline: the whole file is loaded, and nothing is requested"),
        ("D", "Offline: nothing is requested; what the file lacks is not fetched"),
        ("w", "Offline: a file is not watched; nothing is requested"),
    ] {
        session.press(key);
        let text = session.until_shows(sentence).await;
        assert!(text.contains("4 loaded · complete") && !text.contains("watching:"), "{text}");
    }
}

#[tokio::test]
async fn a_payload_has_dots_for_what_it_does_not_carry_and_no_findings_are_claimed() {
    let mut session = session(RECORDS, 120, 40);
    session.until_shows("4 loaded · complete").await;
    session.press("fid:8xx28lo115832<enter>");
    let text = session.until_shows("1 shown of 4 loaded · complete").await;
    let row = text.lines().find(|line| line.contains("▶")).expect("the row");
    assert!(row.contains(" id 8xx28lo11… ·") && row.starts_with("│▶ ‼"), "{row}");
    let text = session.until_shows("Not checked: ").await;
    assert!(text.contains("Red Flag"), "{text}");
    assert!(text.contains("from file people.ndjson · shows only what the file holds"), "{text}");
    for claim in ["No findings", "full record not fetched", "full record · fetched", "Not checked yet", "loading"] {
        assert!(!text.contains(claim), "{claim}: {text}");
    }
    for (key, tab) in [("2", "Attempts]"), ("3", "OCR]"), ("5", "Timeline]"), ("6", "Signals]")] {
        session.press(key);
        let text = session.until_shows(tab).await;
        assert!(!text.contains("with the list") && !text.contains("List data"), "{text}");
    }
}

#[tokio::test]
async fn server_terms_are_local_and_rows_without_the_field_are_undecided() {
    let mut session = session(RECORDS, 120, 40);
    session.until_shows("4 loaded · complete").await;
    session.press("ffrom:2026-11-21");
    session.until_shows("1 shown of 4 loaded · complete").await;
    session.press("<enter>");
    let text = session.until_shows("from:2026-11-21").await;
    assert!(text.contains("2 of 4 rows: unknown if \"from:\" matches") && !text.contains("server"), "{text}");
    assert!(!text.contains("previous query"), "{text}");
    session.press("f<ctrl-u>count:5<enter>");
    session.until_shows("Filter not applied").await;
    session.press("<esc>f<ctrl-u>email:nobody@example.com<enter>");
    let text = session.until_shows("No match").await;
    assert!(!text.contains("L loads") && !text.contains("D fetches"), "{text}");
}

#[tokio::test]
async fn a_partial_file_is_not_complete() {
    let mut session = session(RECORDS.split_at(RECORDS.len() - 200).0, 120, 40);
    session.until_shows("stopped: file ends inside a record").await;
}

#[tokio::test]
async fn an_empty_file_says_so() {
    let mut session = session("", 80, 24);
    let text = session.until_shows("The file holds no submission.").await;
    assert!(text.contains("0 loaded · complete") && !text.contains("server"), "{text}");
}

#[tokio::test]
async fn a_file_of_many_pages_loads_by_itself_and_answers_keys_meanwhile() {
    let many: String =
        (0..9_000).map(|at| format!("{{\"submission_id\":\"s{at}\",\"kyc\":{{\"result\":\"pending\"}}}}\n")).collect();
    let mut session = session(&many, 120, 40);
    session.press("<esc>?");
    session.until_shows("Help").await;
    session.press("<esc>");
    session.until_shows("9000 loaded · complete").await;
}

#[tokio::test]
async fn names_and_records_of_a_hostile_file_reach_the_screen_as_marks() {
    let record =
        r#"{"submission_id":"a","data":{"name":"\u001b[2J\u202eevil"},"kyc_result":{"status":"\u001b]0;x\u0007"}}"#;
    let (source, config) = opened("\u{1b}[31m\u{202e}evil.json", record);
    let mut session = Session::open(source, config, 120, 40);
    let text = session.until_shows("1 loaded · complete").await;
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text}");
}

#[tokio::test]
async fn masks_hold_for_what_only_a_payload_has() {
    let hook = r#"{"webhook_trigger":"approved","submission_id":"a","full_name":"Ana Sample","documentNumber":"M12345678","identityNumber":"900101-1234567","kyc_result":{"status":"approved"}}"#;
    let (source, config) = opened("hook.json", hook);
    let mut session = Session::open(source, ReviewerConfig { mask: Mask::All, ..config }, 120, 60);
    session.until_shows("1 loaded · complete").await;
    for (key, tab) in [("1", "Summary]"), ("7", "Details]"), ("8", "JSON]")] {
        session.press(key);
        let text = session.until_shows(tab).await;
        for hidden in ["Ana Sample", "M1234", "900101", "1234567"] {
            assert!(!text.contains(hidden), "{hidden} in tab {tab}: {text}");
        }
    }
}

/// The records of all pages of the demo's server as NDJSON, in the order in which they came.
async fn every_record(demo: &SwitchedDemo) -> String {
    let (client, params, mut cursor, mut text) = (demo.client(), Params::default(), None, String::new());
    loop {
        let page = client.fetch_page(&params, cursor.as_ref()).await.unwrap_or_else(|error| panic!("{error}"));
        for item in &page.items {
            text.push_str(&String::from_utf8_lossy(item.raw()));
            text.push('\n');
        }
        match page.next {
            argos_review::api::NextPage::More(next) => cursor = Some(next),
            _ => return text,
        }
    }
}

/// The lines of the headings and rows of the list.
fn rows(screen: &Screen) -> Vec<String> {
    text_of(&screen.buffer()).lines().skip(4).take(17).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_file_shows_the_same_rows_in_the_same_order_as_the_server() {
    let demo = SwitchedDemo::start().await;
    let (source, config) = opened("all.ndjson", every_record(&demo).await);
    let RecordSource::File(file) = source else { panic!("a file") };
    for filter in ["", "from:2026-11-19 to:2026-11-20 !status:approved", "kim@example.com"] {
        let filtered = || filter.to_owned();
        // Too narrow for a submission beside the list: a file has no full records.
        let mut online =
            Screen::open(ReviewerConfig { filter: filtered(), ..setting() }, 80, 24, Answers::Demo(demo.client()))
                .await;
        let on_file = ReviewerConfig { filter: filtered(), file: config.file.clone(), ..setting() };
        let mut offline = Screen::open(on_file, 80, 24, Answers::File(Arc::clone(&file))).await;
        online.press("L").await;
        for screen in [&mut online, &mut offline] {
            screen.press("g").await;
            let text = text_of(&screen.buffer());
            assert!(text.contains("loaded · complete"), "{filter}: {text}");
        }
        assert!(rows(&online).iter().any(|line| line.contains("11-")), "{filter}: {:?}", rows(&online));
        for _ in 0..6 {
            assert_eq!(rows(&offline), rows(&online), "{filter}");
            for screen in [&mut online, &mut offline] {
                screen.press("<pgdn>").await;
            }
        }
    }
}

#[tokio::test]
async fn screens_of_a_file() {
    for (width, height) in [(120, 40), (80, 24)] {
        let (source, config) = opened("people.ndjson", RECORDS);
        let RecordSource::File(file) = source else { panic!("a file") };
        let mut screen = Screen::open(config, width, height, Answers::File(file)).await;
        screen.press("jj").await;
        insta::assert_snapshot!(format!("file_{width}x{height}"), screen.snapshot());
    }
}

#[tokio::test]
async fn a_copied_record_is_not_called_list_data_and_no_request_is_offered() {
    let mut session = session(RECORDS, 120, 40);
    session.until_shows("from file people.ndjson").await;
    session.press("<enter>y");
    let text = session.until_shows("JSON of the submission").await;
    assert!(!text.contains("list data") && !text.contains("curl"), "{text}");
}
