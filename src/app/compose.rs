//! Texts about several submissions, for the clipboard. A background task makes them: the records must be parsed for
//! them, which may take longer than a frame.

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
    /// CSV: a header line with these headings, then one line per submission.
    Csv(Vec<String>),
    /// A summary of each submission in plain text.
    Summary(SummaryStyle),
}

/// The request to a background task to make a text about submissions, which is then copied to the clipboard.
pub struct TextRequest {
    /// Ticket of the task. The message with the finished text must carry the same ticket.
    pub ticket: Ticket,
    /// The kind of the text to make.
    pub kind: TextKind,
    /// The submissions that the text is about, in the order in which the text shows them.
    pub submissions: Vec<KnownSubmission>,
    /// The mask level at which values are written to the text.
    pub mask: Mask,
    /// Size in bytes of the longest text that the clipboard can take.
    pub max_bytes: usize,
    /// A description of the text, for the notice after the copying.
    pub what: CopiedPart,
}

/// A text about submissions, made by a background task as a [`TextRequest`] requests. The text is copied to the
/// clipboard.
pub struct FinishedText {
    /// The ticket of the [`TextRequest`].
    pub ticket: Ticket,
    /// The finished text; `None` if it would be longer than the clipboard can take.
    pub text: Option<String>,
    /// The ids of the submissions whose data the text contains.
    pub ids: Vec<Box<str>>,
    /// The mask level at which values were written to the text.
    pub mask: Mask,
    /// A description of the text, for the notice after the copying.
    pub what: CopiedPart,
}

impl TextRequest {
    /// Makes the text that this request describes. Large full records take long to parse, so a background task calls
    /// this function.
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

/// Returns the whole of `text` in the form that may be shown on the screen. `class` says how private the text is. The
/// text is masked if the mask level `mask` hides texts of this class. A visible mark replaces each invisible character.
pub(super) fn as_shown(text: &str, class: Class, mask: Mask) -> Safe {
    if is_hidden(text, class, mask) {
        Value::new(Untrusted::new(text), class).masked(mask)
    } else {
        Safe::sanitize_full(text)
    }
}
