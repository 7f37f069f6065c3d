//! Adds findings about the JSON answer itself: repeated keys, hidden characters, and a result time before the creation
//! time.

use super::super::assessment::repeats_verdict;
use super::{Field, Finder, Grade, Safe, masking, time};
use crate::text::SanitizerFindings;

/// Maximum width of a repeated key's path in the text of a finding, in terminal columns.
const MAX_PATH_COLUMNS: usize = 300;

/// Keys at the top of a submission whose texts come from the applicant (typed texts) or identify the submission. Below
/// these keys, every text with hidden characters gets its own finding.
const TYPED_KEYS: [&str; 7] = ["data", "email", "userid", "review", "additional_list", "submission_id", "tokenId"];

pub(super) fn find(finder: &mut Finder<'_>) {
    repeated(finder);
    hidden(finder);
    times(finder);
}

fn repeated(finder: &mut Finder<'_>) {
    let Some(first) = finder.document.repeated() else { return };
    let grade = if repeats_verdict(finder.document) { Grade::Alert } else { Grade::Warning };
    // The key may be most of the answer; the evidence still leads to it.
    let words = Safe::from_static(" is sent more than once; it is unknown which one counts");
    let words = Safe::concat(&[Safe::sanitize(&masking::path(&first, finder.mask)).fit(MAX_PATH_COLUMNS), words]);
    finder.add_in_words(grade, Safe::from_static("Repeated"), words, first.path());
}

fn hidden(finder: &mut Finder<'_>) {
    let mut told: Option<Grade> = None;
    for path in TYPED_KEYS {
        let Some(field) = finder.document.field(path) else { continue };
        field.for_each_scalar(&mut |field| {
            let Some(grade) = field.node().expose().and_then(grade_of_hidden) else { return };
            told = Some(told.map_or(grade, |known| known.min(grade)));
            finder.add_in_words(grade, masking::label(field, finder.mask), hidden_words(grade), field.path());
        });
    }
    // Elsewhere, one finding is enough: the title of the record has a badge.
    if told != Some(Grade::Alert) && finder.document.has_hidden() {
        let mut worst: Option<(Grade, String)> = None;
        finder.document.root().for_each_scalar(&mut |field| {
            let grade = field.node().expose().and_then(grade_of_hidden).or_else(|| grade_of_hidden(field.path()));
            if let Some(grade) = grade
                && worst.as_ref().is_none_or(|(known, _)| grade < *known)
            {
                worst = Some((grade, field.path().to_owned()));
            }
        });
        let (grade, path) = worst.unwrap_or((Grade::Alert, String::new()));
        if told.is_none_or(|told| grade < told) {
            finder.add_in_words(grade, Safe::from_static("Hidden text"), hidden_words(grade), &path);
        }
    }
}

/// Returns the grade of a finding about the hidden characters in a text; `None` if the text has no such characters.
/// Unusual spaces and line breaks are a note, since they change no word. Other hidden characters are an alert.
fn grade_of_hidden(text: &str) -> Option<Grade> {
    let marks = SanitizerFindings::of(text);
    marks.any_hidden().then_some(if marks.suspect { Grade::Alert } else { Grade::Note })
}

fn hidden_words(grade: Grade) -> Safe {
    Safe::from_static(match grade {
        Grade::Note => "contains unusual spaces or line breaks (shown as signs)",
        Grade::Alert | Grade::Warning => "contains invisible characters (shown as ‹U+…›)",
    })
}

fn times(finder: &mut Finder<'_>) {
    let (Some(from), Some(to)) = (finder.field("created_at"), finder.field("kyc_result_at")) else { return };
    let at = |field: &Field<'_>| field.text().and_then(time::parse_timestamp);
    if at(&from).zip(at(&to)).is_some_and(|(from, to)| to < from) {
        let words = Safe::from_static("is before the submission was created");
        finder.add(Grade::Warning, Safe::from_static("Result at"), to, words);
    }
}
