//! The submissions as files for other programs: a CSV file of the sixteen columns of a list, and NDJSON.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::records::Records;

const COLUMNS: [(&str, &str); 16] = [
    ("submission_id", "/submission_id"),
    ("created_at", "/created_at"),
    ("kyc_result", "/kyc/result"),
    ("comment_code", "/kyc/commentCode/0"),
    ("full_name", "/data/full_name"),
    ("email", "/email"),
    ("userid", "/userid"),
    ("nationality", "/data/nationality"),
    ("date_of_birth", "/data/date_of_birth"),
    ("id_type", "/data/idType"),
    ("reviewer", "/reviewer"),
    ("attempts", "/kyc/attempts"),
    ("argos_score", "/argos_score"),
    ("aml_status", "/aml/currentstatus"),
    ("aml_risk", "/aml/risk_level_summary"),
    ("updated_at", "/updated_at"),
];

/// Writes all submissions as CSV into a folder and returns the path of the file.
pub(crate) fn write_csv(records: &Records, folder: &Path) -> PathBuf {
    let path = folder.join("submissions.csv");
    let mut file = csv::Writer::from_path(&path).expect("a file");
    file.write_record(COLUMNS.map(|(name, _)| name)).expect("a row");
    for index in 0..records.len() {
        let record: Value = serde_json::from_slice(records.record(index)).expect("a submission");
        file.write_record(COLUMNS.map(|(_, place)| cell(record.pointer(place)))).expect("a row");
    }
    file.flush().expect("a file");
    path
}

fn cell(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.len().to_string(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

/// Writes all submissions into a folder, one JSON object a line, and returns the path of the file.
pub(crate) fn write_ndjson(records: &Records, folder: &Path) -> PathBuf {
    let path = folder.join("submissions.ndjson");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    for index in 0..records.len() {
        file.write_all(records.record(index)).and_then(|()| file.write_all(b"\n")).expect("a line");
    }
    file.flush().expect("a file");
    path
}
