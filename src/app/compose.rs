//! Texts about several submissions, for the clipboard. Records are parsed for these texts, which may take longer than a
//! frame, so a task makes them.

use super::copy::CopiedPart;
use crate::api::Item;
use crate::kit::Ticket;
use crate::output::{LineFormat, SubmissionWriter};
use crate::panes::detail::{AnswersToParse, SummaryStyle, summary_text};
use crate::store::KnownSubmission;
use crate::submission::row::Column;
use crate::text::{Class, Mask, Safe, Untrusted, Value, counted, is_hidden};

/// The kind of a text about submissions that a background task makes for the clipboard.
pub enum TextKind {
    /// Lines of a CSV with these headings, and the heading line.
    Csv(Vec<String>),
    /// A summary of each submission in plain text.
    Summary(SummaryStyle),
}

/// The request to a background task to make a text about submissions, which is then copied to the clipboard.
pub struct TextRequest {
    /// Ticket that the message with the text must carry.
    pub ticket: Ticket,
    /// The kind of the text.
    pub kind: TextKind,
    /// The submissions, in the order of the text.
    pub submissions: Vec<KnownSubmission>,
    /// The mask level of the text.
    pub mask: Mask,
    /// Size in bytes of the longest text that can be copied.
    pub max_bytes: usize,
    /// What the text is, for the notice about it.
    pub what: CopiedPart,
}

/// A text about submissions, made by a background task as a [`TextRequest`] requests. The text is copied to the
/// clipboard.
pub struct FinishedText {
    /// The ticket of the order.
    pub ticket: Ticket,
    /// The text; `None` if it would be longer than the longest text that can be copied.
    pub text: Option<String>,
    /// The submissions whose data the text holds.
    pub ids: Vec<Box<str>>,
    /// The mask level of the text.
    pub mask: Mask,
    /// What the text is, for the notice about it.
    pub what: CopiedPart,
}

impl TextRequest {
    /// Makes the text that this order describes. Large full records take long to parse, so a background task calls
    /// this.
    pub fn compose(self) -> FinishedText {
        let text = match &self.kind {
            TextKind::Csv(columns) => self.csv(columns),
            TextKind::Summary(style) => self.summaries(style),
        };
        let ids = self.submissions.into_iter().filter(|one| one.answers.is_some()).map(|one| one.id).collect();
        FinishedText { ticket: self.ticket, text, ids, mask: self.mask, what: self.what }
    }

    fn csv(&self, columns: &[String]) -> Option<String> {
        let mut writer = SubmissionWriter::new(LineFormat::Csv, columns, self.mask, Vec::new());
        writer.write_header().ok()?;
        for item in self.submissions.iter().filter_map(KnownSubmission::record) {
            writer.write_item(&item).ok()?;
            if writer.inner_mut().len() > self.max_bytes {
                return None;
            }
        }
        // What is pasted may be read by a shell: no control or invisible character is copied unnoticed.
        let text = String::from_utf8_lossy(writer.inner_mut()).replace("\r\n", "\n");
        let mut text = String::from(Safe::join(&Safe::lines(&text), "\n"));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        (text.len() <= self.max_bytes).then_some(text)
    }

    fn summaries(&self, style: &SummaryStyle) -> Option<String> {
        let mut text = String::new();
        let count = self.submissions.len();
        if count > 1 {
            text = format!("{}\n\n", counted(count, "submission"));
        }
        for submission in &self.submissions {
            text.push_str(&summary(submission, style));
            text.push_str("\n\n");
            if text.len() > self.max_bytes {
                return None;
            }
        }
        text.push_str(style.mask.words());
        text.push('\n');
        (text.len() <= self.max_bytes).then_some(text)
    }
}

fn summary(submission: &KnownSubmission, style: &SummaryStyle) -> String {
    let known = submission.answers.as_ref().zip(submission.record());
    let Some((answers, Item::Readable { row, .. })) = known else {
        let id = as_shown(&submission.id, Class::Open, style.mask);
        return format!("Submission: {id}\nNot fetched: nothing of it is loaded");
    };
    let whole = answers.single.as_ref();
    let Some(shown) = whole.or(answers.list.as_ref()) else { return String::new() };
    let list = answers.list.as_ref().filter(|_| whole.is_some());
    let list = list.map(|list| (list.clone(), list.at > shown.at));
    let opened = AnswersToParse { shown: shown.clone(), whole: whole.is_some(), list }.parse();
    let class = opened.document.class_of(&submission.id).max(row.class(Column::Id));
    summary_text(&as_shown(&submission.id, class, style.mask), &opened, &row, shown.at, style)
}

/// Returns `text` in full length, as it may be shown on the screen: masked if the mask level `mask` hides texts of the
/// privacy class `class`, and with a mark in place of each invisible character.
pub(super) fn as_shown(text: &str, class: Class, mask: Mask) -> Safe {
    if is_hidden(text, class, mask) {
        Value::new(Untrusted::new(text), class).masked(mask)
    } else {
        Safe::sanitize_full(text)
    }
}
