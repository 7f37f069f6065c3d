//! A service that sends the API key back is never seen to on the screen, and that is said.

use argos_testkit::pty::Program;
use argos_testkit::server::{TestServer, answer};

const KEY: &str = "CanaryKeyThatNobodyMaySee7x9z";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn key_is_on_no_tab_and_that_is_said() {
    let escaped: String = KEY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let body = format!(
        r#"{{"Items":[{{"submission_id":"a","created_at":"2026-03-05T09:00:00Z","email":"{KEY}","userid":"{escaped}",
        "data":{{"full_name":"Kim {KEY}"}},"kyc":{{"result":"rejected","comment":"{KEY}","attempts":[{{"{KEY}":"{escaped}"}}]}},
        "aml":{{"raw_data":{{"x":"{KEY}"}}}},"ocr":{{"full_name":"{KEY}"}}}}]}}"#
    );
    let server = TestServer::sending(answer(200, "Connection: close\r\n", body));
    let mut program = Program::start(&[], &[("ARGOS_BASE_URL", &server.base()), ("ARGOS_API_KEY", KEY)], 120, 40);
    program.until("1 loaded · complete");
    program.until("The service sent the API key back: it is shown as •••");
    program.press("M\r");
    program.until("masked: none");
    for (key, tab) in
        ["Summary]", "Attempts]", "OCR]", "AML]", "Timeline]", "Signals]", "Details]", "JSON]"].iter().enumerate()
    {
        program.press(&(key + 1).to_string());
        program.until(tab);
        program.press("*");
    }
    program.until("•••");
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    let everything = program.written_text();
    assert!(!everything.contains("CanaryKey") && !everything.contains("u0043"), "{everything}");
    program.assert_clean();
}
