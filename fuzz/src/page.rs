//! The page reader: any answer is a page or an error, every item is accounted for, and what is shown of one is clean.

use std::sync::LazyLock;

use argos_review::api::{Item, NextPage, Page, RequestError};
use argos_review::failure::Failure;
use argos_review::panes::detail::{
    AnswersToParse, Folds, FullRecord, Relatives, Tab, TabChoices, TabContext, ViewOptions,
};
use argos_review::query::Vocabulary;
use argos_review::store::Answer;
use argos_review::submission::codes::Codes;
use argos_review::submission::row::{Column, Row};
use argos_review::submission::{Document, Field, masking};
use argos_review::text::{Class, Mask, Safe};
use argos_review::time::Zone;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::value::RawValue;

use argos_testkit::forbidden::why_forbidden;

/// Items of which every tab is made; the rest are read as rows and documents.
const OPENED: usize = 2;
/// Fields of a document that are looked at.
const FIELDS: usize = 200;

static CODES: LazyLock<Option<Codes>> = LazyLock::new(|| Codes::built_in().ok());

/// The bytes are the body of an answer.
pub(crate) fn check(bytes: &[u8]) {
    let body = Bytes::copy_from_slice(bytes);
    match Page::read(&body) {
        Ok(page) => read(&page, &body),
        Err(error) => refused(&error),
    }
}

fn refused(error: &RequestError) {
    let failure = Failure::from(error);
    assert!(!failure.sentence.is_empty());
    assert_clean(&failure.line());
    assert!(error.to_string().chars().all(|c| why_forbidden(c).is_none()), "{error}");
}

fn read(page: &Page, body: &Bytes) {
    assert_eq!(page.bytes, body.len());
    if let NextPage::More(cursor) = &page.next {
        assert!(!cursor.id.is_empty() && !cursor.created_at.is_empty(), "half a cursor");
        assert!(cursor.id.len() + cursor.created_at.len() <= 4096, "a cursor of any length");
    }
    let mut seen = Vocabulary::default();
    for item in &page.items {
        let raw = std::str::from_utf8(item.raw());
        let json = raw.ok().and_then(|raw| serde_json::from_str::<&RawValue>(raw).ok());
        assert!(json.is_some(), "an item that is no JSON");
        let within = |raw: &[u8]| body.windows(raw.len().max(1)).any(|part| part == raw);
        assert!(page.repaired || page.items.len() > 16 || within(item.raw()), "an item that was not sent");
        if let Item::Readable { id, row, .. } = item {
            assert!(!id.is_empty(), "a submission without an id");
            assert_eq!(row.id(), &**id, "the row has another id");
            each_cell(row);
            seen.see(row);
            assert!(Row::merged(row, row).searched(Mask::None) == row.searched(Mask::None), "merged with itself");
        }
    }
    for (at, item) in page.items.iter().enumerate().take(16) {
        for whole in [false, true] {
            let document = Document::parse_copy(item.raw(), whole);
            fields(&document);
            if at < OPENED {
                tabs(item.raw(), whole);
            }
        }
    }
}

fn each_cell(row: &Row) {
    for column in Column::ALL {
        if let Some(text) = row.cell(column).text() {
            assert!(!text.is_empty(), "an empty text is an empty cell");
        }
        assert!(row.number(column).is_none_or(f64::is_finite));
    }
}

fn fields(document: &Document) {
    let mut count = 0;
    document.root().for_each_leaf(&mut |field: &Field<'_>| {
        count += 1;
        if count > FIELDS {
            return;
        }
        assert_clean(&masking::label(field, Mask::None));
        if let Some(value) = field.value() {
            assert_clean(&value.masked(Mask::Ids));
            let hidden = value.masked(Mask::All);
            let is_masked = argos_review::text::is_masked(value.text().expose());
            let all = hidden.as_str().chars().all(|c| c == '•');
            assert!(field.class() != Class::Personal || all || is_masked, "{} is shown", field.path());
        }
    });
}

/// Every tab at some width and mask, in clean pieces.
fn tabs(raw: &Bytes, whole: bool) {
    let Some(codes) = &*CODES else { return };
    let shown = Answer::new(raw.clone(), Timestamp::UNIX_EPOCH);
    let list = whole.then(|| (shown.clone(), true));
    let opened = AnswersToParse { shown, whole, list }.parse();
    let (folds, relatives) = (Folds::default(), Relatives::default());
    // One pair of options for each kind of answer: both for each would cost twice and reach nothing more.
    let (mask, columns) = if whole { (Mask::All, 24) } else { (Mask::Ids, 100) };
    let (zone, choices) = (Zone::default(), TabChoices::default());
    let options = ViewOptions { mask, zone, columns, revealed: None, choices, pictures_hint: None };
    for tab in Tab::ALL {
        let list = opened.list.as_ref();
        let context = TabContext {
            document: &opened.document,
            list,
            options: &options,
            codes,
            folds: &folds,
            relatives: &relatives,
            full_record: FullRecord::default(),
        };
        for line in tab.lines(context) {
            line.line.pieces.iter().for_each(|piece| assert_clean(&piece.text));
        }
    }
}

fn assert_clean(safe: &Safe) {
    let found = safe.as_str().chars().find_map(|c| why_forbidden(c).map(|why| (c, why)));
    assert!(found.is_none(), "{found:?}");
}
