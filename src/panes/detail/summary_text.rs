//! The summary of a submission as plain text, for a ticket or a mail: id, status, reject codes, times and findings. It
//! says the same as the Summary tab, but contains no links.

use jiff::Timestamp;

use super::tabs::{finding_words, no_findings_words, reject_codes, status_words};
use super::{Folds, FullRecord, Relatives, ShownAnswer, TabChoices, TabContext, ViewOptions};
use crate::submission::Field;
use crate::submission::assessment::Assessment;
use crate::submission::codes::Codes;
use crate::submission::findings::{self, Grade};
use crate::submission::row::{Cell, Column, Row};
use crate::text::{Mask, Safe, counted};
use crate::time::{Zone, coarse_span};

/// Width in columns that is assumed for the explanations of codes. The longest explanations fit into this width.
const COLUMNS: usize = 120;

/// How the summary of a submission is written: what the mask hides, the time zone, and the explanations of codes.
#[derive(Clone)]
pub struct SummaryStyle {
    /// The mask level of all values.
    pub mask: Mask,
    /// The time zone of all times.
    pub zone: Zone,
    /// The explanations of the service's codes.
    pub codes: Codes,
    /// Whether the submissions come from a file. It is then unknown from which answer of the service a record is.
    pub is_of_file: bool,
}

/// Returns the summary of a submission as lines of plain text, without a line end after the last one. `id` is the id as
/// the mask shows it. `parsed` holds the parsed answers of the service. `row` holds the values that the list shows of
/// the submission. `received_at` is the time when the shown answer was received.
pub fn summary_text(
    id: &Safe,
    parsed: &ShownAnswer,
    row: &Row,
    received_at: Timestamp,
    style: &SummaryStyle,
) -> String {
    let options = ViewOptions {
        mask: style.mask,
        zone: style.zone.clone(),
        columns: COLUMNS,
        revealed: None,
        choices: TabChoices::default(),
        pictures_hint: None,
    };
    let (folds, relatives) = (Folds::default(), Relatives::default());
    let context = TabContext {
        document: &parsed.document,
        list: parsed.list.as_ref(),
        options: &options,
        codes: &style.codes,
        folds: &folds,
        relatives: &relatives,
        full_record: if style.is_of_file { FullRecord::NotInFile } else { FullRecord::NotFetched },
    };
    let mut lines = vec![format!("Submission: {id}")];
    lines.push(format!("Status: {}", status(context)));
    let codes = reject_codes(context);
    if !codes.is_empty() {
        let codes: Vec<String> =
            codes.iter().map(|(code, words)| with_words(&context.masked_value(code), words)).collect();
        lines.push(format!("Reject codes: {}", codes.join("; ")));
    }
    lines.push(format!("Created: {}", created(context)));
    lines.extend(waiting(row, style).map(|waiting| format!("Waiting: {waiting}")));
    let what = match (style.is_of_file, parsed.document.is_full_record()) {
        (true, true) => "a file",
        (true, false) => "a file; what it lacks is not checked",
        (false, true) => "full record",
        (false, false) => "list data only; findings not checked",
    };
    // To the second: nobody needs more of the time of an answer.
    let received_at = Timestamp::from_second(received_at.as_second()).unwrap_or(received_at);
    lines.push(format!("Source: {what} · loaded {}", style.zone.date_time(received_at)));
    lines.extend(finding_lines(context));
    lines.into_iter().map(|line| without_links(&line)).collect::<Vec<_>>().join("\n")
}

fn status(context: TabContext<'_>) -> String {
    let assessment = Assessment::of(context.document);
    if context.document.field("kyc.result").is_none() && !context.document.is_full_record() {
        return "not fetched".to_owned();
    }
    let (status, words) = status_words(context, assessment.status);
    with_words(&status, &words)
}

fn created(context: TabContext<'_>) -> String {
    let created = context.document.field("created_at");
    match created.as_ref().and_then(Field::text) {
        Some(text) => context.time(text).as_str().to_owned(),
        None if created.is_none() && !context.document.is_full_record() => "not fetched".to_owned(),
        None => created.map_or_else(|| "–".to_owned(), |field| context.masked_value(&field).as_str().to_owned()),
    }
}

/// Returns how long the submission has been pending, in words. `None` if it is not pending, if this is not known, or if
/// the mask hides it.
fn waiting(row: &Row, style: &SummaryStyle) -> Option<String> {
    if row.is_hidden(Column::Waiting, style.mask) {
        return None;
    }
    match row.cell(Column::Waiting) {
        Cell::Span(span) => Some(coarse_span(span).as_str().to_owned()),
        Cell::Unclear => Some("cannot be determined".to_owned()),
        Cell::NotFetched | Cell::Empty | Cell::Text(_) => None,
    }
}

/// Returns a line for each finding (alert, warning or note) about the submission, with its grade in words. If the full
/// record is shown, has neither alerts nor warnings and does not differ from the list record, the first line says that
/// there are no findings, and about which parts nothing is known.
fn finding_lines(context: TabContext<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let found = findings::findings(context.document, context.options.mask);
    let is_whole = context.document.is_full_record();
    let differ = context.list.map_or(0, |list| list.differences.count());
    let unread = context.list.map_or(0, |list| list.differences.unread);
    if found.iter().all(|finding| finding.grade == Grade::Note) && differ + unread == 0 && is_whole {
        lines.push(no_findings_words(context).as_str().to_owned());
    }
    for finding in &found {
        let grade = match finding.grade {
            Grade::Alert => "Alert",
            Grade::Warning => "Warning",
            Grade::Note => "Note",
        };
        let (values, words) = finding_words(context, finding);
        let values = Safe::join(&values, " · ");
        let parts = [&finding.subject, &values, &words].into_iter().filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.map(Safe::as_str).collect();
        lines.push(format!("{grade}: {}", parts.join(": ")));
    }
    if differ > 0 {
        lines.push(format!("Warning: list and full record disagree in {}", counted(differ, "field")));
    }
    if unread > 0 {
        let values = counted(unread, "value");
        lines.push(format!("Warning: {values} not compared: the submission is too large to read in full"));
    }
    lines
}

fn with_words(value: &Safe, words: &Safe) -> String {
    if words.is_empty() { value.as_str().to_owned() } else { format!("{value} ({words})") }
}

/// Returns the line with `[link]` in place of each link, such as that of a picture. Users copy the summary into other
/// programs, where other people could open such a link.
fn without_links(line: &str) -> String {
    let is_link = |word: &str| word.contains("://");
    let word = |word: &str| if is_link(word) { "[link]".to_owned() } else { word.to_owned() };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::AnswersToParse;
    use super::*;
    use crate::store::Answer;
    use crate::submission::read;

    fn summary(json: &'static str, whole: bool, mask: Mask) -> String {
        let style = SummaryStyle { mask, zone: Zone::default(), codes: Codes::built_in().unwrap(), is_of_file: false };
        let answer = Answer::new(Bytes::from_static(json.as_bytes()), Timestamp::UNIX_EPOCH);
        let shown = AnswersToParse { shown: answer, whole, list: None }.parse();
        let mut row = read::row(json.as_bytes(), whole);
        let at: Timestamp = "2026-11-21T12:00:00.123Z".parse().unwrap();
        row.set_loaded_at(at);
        summary_text(&Safe::from_static("s1"), &shown, &row, at, &style)
    }

    #[test]
    fn a_full_record_is_told_with_its_codes_and_findings_by_grade() {
        let json = r#"{"submission_id":"s1","created_at":"2026-11-21T09:00:00Z",
            "kyc":{"result":"rejected","commentCode":["expired_id"]},"aml":{"currentstatus":"Red Flag"},
            "data":{"name":"Kim"},"memo":{"text":"x"}}"#;
        let text = summary(json, true, Mask::Ids);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..2], ["Submission: s1", "Status: rejected"], "{text}");
        assert!(lines[2].starts_with("Reject codes: expired_id ("), "{text}");
        assert_eq!(lines[3], "Created: 2026-11-21 09:00:00 UTC", "{text}");
        assert_eq!(lines[4], "Source: full record · loaded 2026-11-21 12:00:00 UTC", "{text}");
        assert!(lines.iter().any(|line| line.starts_with("Alert: AML") && line.contains("Red Flag")), "{text}");
        let grade = |line: &&str| ["Alert: ", "Warning: ", "Note: "].iter().position(|word| line.starts_with(word));
        let grades: Vec<Option<usize>> = lines[5..].iter().map(grade).collect();
        assert!(grades.len() > 1 && grades.iter().all(Option::is_some) && grades.is_sorted(), "{text}");
    }

    #[test]
    fn a_pending_submission_tells_how_long_it_waits_and_only_a_whole_record_has_no_findings() {
        let json = r#"{"submission_id":"s1","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"},
            "data":{"name":"Kim"}}"#;
        let whole = summary(json, true, Mask::Ids);
        assert!(whole.contains("\nWaiting: 3 h\n") && whole.contains("\nNo findings in this record. "), "{whole}");
        assert!(whole.ends_with("It has no data on: attempts, OCR, AML, duplicates, signals"), "{whole}");
        let listed = summary(json, false, Mask::Ids);
        assert!(listed.contains("list data only; findings not checked") && !listed.contains("No findings"), "{listed}");
    }

    #[test]
    fn what_was_not_fetched_is_never_empty_and_links_are_left_out() {
        let nothing = summary("{}", false, Mask::Ids);
        assert!(nothing.contains("Status: not fetched\nCreated: not fetched\n"), "{nothing}");
        let json = r#"{"submission_id":"s1","kyc":{"result":"https://example.com/a","commentCode":["see https://example.com/b"]}}"#;
        let text = summary(json, true, Mask::Ids);
        assert!(!text.contains("example.com") && text.contains("[link]"), "{text}");
    }

    #[test]
    fn hidden_values_and_invisible_characters_are_not_copied() {
        let json = "{\"submission_id\":\"s1\",\"kyc\":{\"result\":\"rejected\",\"commentCode\":[\"Kim Minjun\",\"a\\u202eb\"]},\
                    \"data\":{\"full_name\":\"Kim Minjun\"}}";
        let text = summary(json, true, Mask::All);
        assert!(!text.contains("Minjun") && !text.contains('\u{202e}') && text.contains("‹U+202E›"), "{text}");
        assert!(summary(json, true, Mask::Ids).contains("Kim Minjun"));
    }
}
