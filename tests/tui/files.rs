//! The reviewer on a file: the header, the sentences of keys that need requests, rows of payloads, and that it shows what
//! the demo's server shows.

use argos_review::app::{OpenedFile, ReviewerConfig};
use argos_review::offline::{RecordSource, SubmissionFile};
use argos_review::query::Params;
use argos_review::text::{Mask, Safe};
use bytes::Bytes;
use std::sync::Arc;

use crate::servers::SwitchedDemo;
use crate::session::{Session, setting, text_of};

const RECORDS: &str = r#"{"submission_id":"6xx28lo115832","email":"ana@example.com","created_at":"2026-11-20T09:14:00.000Z","data":{"name":"Ana Sample","nationality":"KOR","date_of_birth":"1990-01-02"},"kyc":{"result":"pending"},"pending_at":"2026-11-20T09:15:00.000Z"}
{"submission_id":"7xx28lo115832","email":"bo@example.com","created_at":"2026-11-21T10:00:00.000Z","data":{"name":"Bo Sample","nationality":"VNM"},"kyc":{"result":"rejected","commentCode":["expired_id"]}}
{"webhook_trigger":"aml","submission_id":"8xx28lo115832","email":"cy@example.com","aml_result":{"currentstatus":"Red Flag","risk_level_summary":"HIGH"}}
not json
"#;

fn opened(name: &str, text: impl Into<Bytes>) -> (RecordSource, ReviewerConfig) {
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
        assert!(header.contains("offline  people.ndjson · 2026-11-21 11:00:00"), "{header}");
        assert!(text.contains("offline: nothing is requested; every term filters the rows of the file"), "{text}");
        assert!(!text.contains("GET "), "{text}");
        assert!(text.contains("1 unreadable"), "{text}");
    }
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
    assert!(row.contains('·') && row.contains("Red Flag"), "{row}");
    let text = session.until_shows("Not checked: ").await;
    assert!(text.contains("from file people.ndjson · what it lacks was not fetched"), "{text}");
    for claim in ["No findings", "full record not fetched", "full record · fetched", "Not checked yet", "loading"] {
        assert!(!text.contains(claim), "{claim}: {text}");
    }
    for tab in ["2", "3", "5", "6"] {
        session.press(tab);
        let text = session.until(tab, |text| text.contains(&format!("[{tab} "))).await;
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
    let text = session.until_shows("local: from").await;
    assert!(text.contains("from: unknown for 2 of 4") && !text.contains("server:"), "{text}");
    assert!(!text.contains("previous query"), "{text}");
    session.press("Ffcount:5<enter>");
    session.until_shows("Filter not applied").await;
    session.press("<esc>femail:nobody@example.com<enter>");
    let text = session.until_shows("No match").await;
    assert!(!text.contains("L loads") && !text.contains("D fetches"), "{text}");
}

#[tokio::test]
async fn a_partial_file_is_not_complete() {
    let mut session = session(&RECORDS[..RECORDS.len() - 200], 120, 40);
    session.until_shows("stopped: the file is partial: it ends inside a record").await;
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
    for tab in ["1", "7", "8"] {
        session.press(tab);
        let text = session.until(tab, |text| text.contains(&format!("[{tab} "))).await;
        for hidden in ["Ana Sample", "M1234", "900101", "1234567"] {
            assert!(!text.contains(hidden), "{hidden} in tab {tab}: {text}");
        }
    }
}

/// The records of all pages of the demo's server as NDJSON, in the order in which they came.
async fn every_record(demo: &SwitchedDemo) -> String {
    let (client, params, mut cursor, mut text) = (demo.client(), Params::default(), None, String::new());
    loop {
        let page = client.page(&params, cursor.as_ref()).await.unwrap_or_else(|error| panic!("{error}"));
        for item in &page.items {
            text.push_str(&String::from_utf8_lossy(item.raw()));
            text.push('\n');
        }
        match page.next {
            argos_review::api::Next::More(next) => cursor = Some(next),
            _ => return text,
        }
    }
}

#[tokio::test]
async fn a_file_shows_the_same_rows_in_the_same_order_as_the_server() {
    let demo = SwitchedDemo::start().await;
    let (source, config) = opened("all.ndjson", every_record(&demo).await);
    // The list alone: the details of the two differ, since a file has no full records.
    let mut online = Session::open(demo.client(), setting(), 160, 60);
    let mut offline = Session::open(source, config, 160, 60);
    online.until_shows("loaded").await;
    online.press("zL");
    online.until_shows("loaded · complete").await;
    offline.press("z");
    offline.until_shows("loaded · complete").await;
    let rows = |session: &mut Session| -> Vec<String> {
        let text = text_of(&session.buffer());
        let mut lines = text.lines().skip(4).take(52).map(str::to_owned).collect::<Vec<_>>();
        // How long a submission waits is counted to the time of the file.
        lines.iter_mut().for_each(|line| *line = line.replace(" h ", "   "));
        lines
    };
    for keys in
        ["g", "ffrom:2026-11-19 to:2026-11-20<enter>", "ffrom:-3d !status:approved<enter>", "fkim@example.com<enter>"]
    {
        for session in [&mut online, &mut offline] {
            session.press(keys);
            session.press("g");
        }
        online.until("rows", |text| text.contains("loaded · complete") || text.contains("loaded · more")).await;
        online.press("L");
        let text = online.until("all", |text| text.contains("loaded · complete")).await;
        let found = text.lines().filter(|line| line.contains("2026-") || line.contains("11-")).count();
        assert!(found > 0, "{keys}: {text}");
        let wanted = rows(&mut online);
        offline
            .until(keys, |text| {
                let lines: Vec<&str> = text.lines().skip(4).take(52).collect();
                lines.iter().zip(&wanted).all(|(line, wanted)| ids(line) == ids(wanted))
            })
            .await;
        for session in [&mut online, &mut offline] {
            session.press("fc<ctrl-u><enter>");
        }
    }
}

/// The words of a row by which it is recognised: all but how long it waits.
fn ids(line: &str) -> Vec<String> {
    line.split_whitespace().filter(|word| word.len() > 4).map(str::to_owned).collect()
}

#[tokio::test]
async fn screens_of_a_file() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut session = session(RECORDS, width, height);
        session.until_shows("4 loaded · complete").await;
        session.press("j");
        let text = session.until("the second row", |text| text.contains("▶") && !text.contains("Reading")).await;
        let text = text.lines().filter(|line| !line.contains("file read at")).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("file_{width}x{height}"), text);
    }
}
