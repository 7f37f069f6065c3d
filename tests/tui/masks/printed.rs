//! What calls without a screen print and write of the canaries.

use std::process::Command;

use argos_review::text::Mask;
use argos_testkit::binary::binary;
use argos_testkit::server::{TestServer, json, parameter, query};
use tempfile::TempDir;

use super::values::{ID, answer};

/// Paths of a CSV that hold a canary of every class, with lists, objects and keys in cells.
const PATHS: &str = "submission_id,email,userid,tokenId,data.full_name,data.identityNumber,data.documentNumber,data,\
                     kyc.result,kyc.comment,kyc.commentCode,kyc.attempts,kyc.retry[0].retryCode,memo.text,OCR_raw,aml,\
                     additional_list,additional_list[0].inputValue,by,deep,bank_verification.account_number,argos_score,created_at";

/// Every column of a table.
const COLUMNS: &str = "created,id,email,name,birth,nat,country,idtype,age,status,code,aml,level,score,attempts,userid,ip,token,\
                       updated,applicant";

/// A base URL where every request gets the answer.
pub(super) fn server() -> String {
    let body = |request: &str| match parameter(query(request), "submission_id").as_deref() {
        Some(id) if id.contains("linkidhead") => format!("{{\"Items\":[{}]}}", super::values::linked()),
        Some(_) => format!("{{\"Items\":[{}]}}", super::values::submission()),
        None => answer(),
    };
    TestServer::answering(move |request| json(body(request))).base()
}

/// Every call with what it prints; then what all of them say and log.
pub(super) fn places(base: &str, mask: Mask) -> Vec<(&'static str, String)> {
    let home = TempDir::new().expect("a folder");
    let (log, config) = (home.path().join("requests.log"), home.path().join("config.toml"));
    let record = home.path().join("access.ndjson");
    std::fs::write(&config, format!("access_log = {record:?}\n")).expect("a file");
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&config, permissions).expect("its mode");
    let calls: [(&'static str, &[&str]); 14] = [
        ("list: table", &["list", "--output", "table", "--columns", COLUMNS]),
        ("list: CSV", &["list", "--output", "csv", "--columns", PATHS]),
        ("list: CSV, usual", &["list", "--output", "csv", "--excel"]),
        ("list: NDJSON", &["list", "--output", "ndjson", "--detail"]),
        ("list: JSON", &["list", "--output", "json"]),
        ("list: joined", &["list", "--output", "ndjson", "--with", "kyc,aml,data,others"]),
        ("list: text filter", &["list", "\"personhead\"", "--output", "ndjson"]),
        ("show: text", &["show", ID]),
        ("show: JSON", &["show", ID, "--output", "json"]),
        ("export: CSV", &["export", "--out", "-", "--output", "csv", "--columns", PATHS]),
        ("export: NDJSON", &["export", "--out", "-", "--output", "ndjson", "--detail"]),
        ("export: joined", &["export", "--out", "-", "--output", "csv", "--with", "data,others", "--columns", PATHS]),
        ("stats: table", &["stats", "--detail"]),
        ("stats: JSON", &["stats", "--detail", "--output", "json"]),
    ];
    let mut said = String::new();
    let mut places = Vec::new();
    for (name, arguments) in calls {
        let mut call = Command::new(binary());
        call.args(arguments).args(["--mask", mask.label(), "--base-url", base]).env_clear();
        call.arg("--log-file").arg(&log).arg("--config").arg(&config);
        let done = call.envs([("ARGOS_API_KEY", "a-key-of-nobody"), ("COLUMNS", "400")]).output().expect("it runs");
        let [out, err] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert!(done.status.success() && !err.contains("cannot"), "{name}: {err}");
        if name == "list: text filter" {
            assert_eq!(err.contains("hidden values not searched"), mask == Mask::All, "{err}");
        }
        places.push((name, out));
        said.push_str(&err);
    }
    places.push(("standard error", said));
    places.push(("log of requests", std::fs::read_to_string(log).expect("a log")));
    places.push(("record of access", std::fs::read_to_string(record).expect("a record")));
    places
}
