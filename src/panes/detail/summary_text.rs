//! The summary of a submission as plain text, for a ticket or a mail: id, status, reject codes, times and findings. It
//! says what the Summary tab says, without links.

use jiff::Timestamp;

use super::tabs::{finding_words, reject_codes, status_words};
use super::{Choices, Folds, FullRecord, Relatives, ShownAnswer, TabContext, ViewOptions};
use crate::submission::Field;
use crate::submission::assessment::Assessment;
use crate::submission::codes::Codes;
use crate::submission::findings::{self, Grade};
use crate::submission::row::{Cell, Column, Row};
use crate::text::{Mask, Safe, counted};
use crate::time::{Zone, coarse_span};

/// Number of columns that an explanation may use. It is wide enough for the longest explanations.
const COLUMNS: usize = 120;

/// How a summary is written: what the mask hides, the zone of its times, and the explanations of codes.
#[derive(Clone)]
pub struct SummaryStyle {
    /// The mask level of all values.
    pub mask: Mask,
    /// The time zone of all times.
    pub zone: Zone,
    /// The explanations of the service's codes.
    pub codes: Codes,
}

/// Returns the summary of a submission as lines of plain text, without a line end after the last one. `id` is the id as
/// the mask shows it, `shown` holds the answers about the submission, `row` is the row of these answers, and `at` is
/// the time when the shown answer was received.
pub fn summary_text(id: &Safe, shown: &ShownAnswer, row: &Row, at: Timestamp, style: &SummaryStyle) -> String {
    let options = ViewOptions {
        mask: style.mask,
        zone: style.zone.clone(),
        columns: COLUMNS,
        revealed: None,
        choices: Choices::default(),
    };
    let (folds, relatives) = (Folds::default(), Relatives::default());
    let context = TabContext {
        document: &shown.document,
        list: shown.list.as_ref(),
        options: &options,
        codes: &style.codes,
        folds: &folds,
        relatives: &relatives,
        full_record: FullRecord::NotFetched,
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
    let what = if shown.document.is_whole() { "full record" } else { "list data only; findings not checked" };
    lines.push(format!("Source: {what} · loaded {}", style.zone.date_time(at)));
    lines.extend(found(context));
    lines.into_iter().map(|line| without_links(&line)).collect::<Vec<_>>().join("\n")
}

fn status(context: TabContext<'_>) -> String {
    let assessment = Assessment::of(context.document);
    if context.document.field("kyc.result").is_none() && !context.document.is_whole() {
        return "not fetched".to_owned();
    }
    let (status, words) = status_words(context, assessment.status);
    with_words(&status, &words)
}

fn created(context: TabContext<'_>) -> String {
    let created = context.document.field("created_at");
    match created.as_ref().and_then(Field::text) {
        Some(text) => context.time(text).as_str().to_owned(),
        None if created.is_none() && !context.document.is_whole() => "not fetched".to_owned(),
        None => created.map_or_else(|| "–".to_owned(), |field| context.masked_value(&field).as_str().to_owned()),
    }
}

/// Returns how long the submission has been pending; `None` if it is not pending.
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

/// Returns a line for each finding, with its grade in words. A record that was read whole and has no finding gets the
/// sentence "No findings."; list data never gets it.
fn found(context: TabContext<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let found = findings::findings(context.document, context.options.mask);
    let is_whole = context.document.is_whole();
    let differ = context.list.map_or(0, |list| list.differences.count());
    let unread = context.list.map_or(0, |list| list.differences.unread);
    if found.iter().all(|finding| finding.grade == Grade::Note) && differ + unread == 0 && is_whole {
        lines.push("No findings.".to_owned());
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

/// Returns a line with `[link]` in place of each link, such as that of a picture: a ticket is read by others, and a
/// link in it opens with one click.
fn without_links(line: &str) -> String {
    let is_link = |word: &str| word.contains("://");
    let word = |word: &str| if is_link(word) { "[link]".to_owned() } else { word.to_owned() };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
