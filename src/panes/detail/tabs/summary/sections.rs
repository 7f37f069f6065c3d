//! The sections of the Summary tab below the findings: person, scores, checks, durations, ids and times.

use jiff::{SignedDuration, Timestamp};

use super::super::super::annotation::{screening_role, sign};
use super::super::super::lines::TabLines;
use super::super::super::{Anchor, Landmark, Tab, TabContext};
use super::tab_of;
use crate::submission::Field;
use crate::submission::assessment::{AgeConditions, Assessment, CheckKind, Judgement, KycStatus, Screening};
use crate::submission::attempts::Attempts;
use crate::submission::codes::Family;
use crate::submission::findings;
use crate::submission::masking;
use crate::text::{Class, Safe, grouped};
use crate::time::{self, span};
use crate::ui::{Role, bar};

/// Width in columns of the bar that is drawn beside a score.
const BAR_WIDTH: u8 = 20;

/// Maximum width in columns of the number of a score. Up to this width, the bars of all scores begin in the same
/// column. The bar after a wider number may begin further right.
const DIGITS: usize = 12;

fn sent_field<'a>(context: TabContext<'a>, path: &str) -> Option<Field<'a>> {
    context.document.field(path).filter(|field| !field.is_empty())
}

fn time_at(context: TabContext<'_>, path: &str) -> Option<Timestamp> {
    context.document.text(path).and_then(time::parse_timestamp)
}

/// Adds the field at `path` as a line. On this line, the Enter key jumps to the tab that shows the field in full.
/// `words` is a text about the value that is drawn after it. Does nothing if the field was not sent.
fn add_field(out: &mut TabLines<'_>, context: TabContext<'_>, path: &str, words: Option<Safe>) {
    let from = out.len();
    if let Some(field) = sent_field(context, path) {
        out.field_with(&field, Role::Plain, words);
        out.link_to(from, tab_of(path), &Anchor::of_path(path));
    }
}

/// Adds the section with the data of the person and the identity document.
pub(super) fn person(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.heading(Safe::from_static("Who"));
    let from = out.len();
    match sent_field(context, "data.full_name").or_else(|| sent_field(context, "data.name")) {
        Some(name) => {
            out.field_as(Safe::from_static("Name"), &name, Role::Strong, None);
            out.link_to(from, tab_of(name.path()), &Anchor::of_path(name.path()));
        }
        None => ["data.first_name", "data.last_name"].iter().for_each(|path| add_field(out, context, path, None)),
    }
    if let Some(birth) = sent_field(context, "data.date_of_birth") {
        let open = !masking::is_hidden(&birth, context.options.mask);
        add_field(out, context, "data.date_of_birth", age(context, &birth).filter(|_| open));
    }
    for path in [
        "data.age_group",
        "data.gender",
        "data.nationality",
        "data.idType",
        "data.idcard_issuingCountry",
        "data.idcard_expireDate",
        "email",
        "data.phoneNumber",
    ] {
        add_field(out, context, path, None);
    }
    if out.len() == from {
        out.sentence(&Safe::from_static(if findings::unreadable(context.document, "data").is_some() {
            "No personal data can be read: data is not an object."
        } else if context.document.is_full_record() {
            "No personal data was sent: excluded by a projection of the project, or deleted."
        } else {
            context.not_contained("· not fetched", "· not in the file")
        }));
    }
}

/// Returns the person's age on the day of the submission, in words. `birth` is the field with the date of birth. `None`
/// if the date of birth or the time of creation does not parse.
fn age(context: TabContext<'_>, birth: &Field<'_>) -> Option<Safe> {
    let born: jiff::civil::Date = birth.text()?.parse().ok()?;
    let then = time_at(context, "created_at")?.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let years = then.since((jiff::Unit::Year, born)).ok()?.get_years();
    Some(Safe::sanitize(&format!("{years} on the day of the submission (computed)")))
}

/// Adds the section with the scores of the submission and of its last attempt.
pub(super) fn scores(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.heading(Safe::from_static("Scores"));
    let from = out.len();
    let attempts = Attempts::of(context.document);
    let mut scores = Vec::new();
    for path in ["argos_score", "recognition_score"] {
        scores.extend(sent_field(context, path).map(|score| (score, Safe::default())));
    }
    for key in ["faceSimilarityScore", "livenessScore"] {
        let last = attempts.attempts.iter().rev().find_map(|attempt| Some((attempt.member(key)?, attempt.name())));
        let last = last.map(|(score, attempt)| (score, Safe::concat(&[Safe::from_static("in "), attempt])));
        let beside = || sent_field(context, &format!("kyc.{key}")).map(|field| (field, Safe::default()));
        scores.extend(last.or_else(beside));
    }
    let width = |score: &Field<'_>| context.masked_value(score).width();
    let digits =
        scores.iter().map(|(score, _)| width(score)).filter(|width| *width <= DIGITS).max().unwrap_or_default();
    let mut has_bar = false;
    for (score, remark) in &scores {
        // The bars of the section begin in one column.
        let blanks = Safe::default().pad(digits.saturating_sub(width(score)));
        let bar = score_bar(score).map(|bar| Safe::concat(&[blanks, bar]));
        has_bar |= bar.is_some();
        let parts: Vec<Safe> = bar.into_iter().chain(Some(remark.clone()).filter(|text| !text.is_empty())).collect();
        let line = out.len();
        // The note below the section replaces the documented meanings of the scores.
        out.judgement(context.label(score), score, Role::Strong, Safe::join(&parts, "  "));
        if score.path().starts_with("kyc.") {
            out.link_to(line, Tab::Attempts, &Anchor::of_path(score.path()));
        }
    }
    if out.len() == from {
        out.sentence(&Safe::from_static(if findings::unreadable(context.document, "kyc").is_some() {
            "No score can be read: kyc is not an object."
        } else if context.document.is_full_record() {
            "No score was sent."
        } else {
            context.not_contained("· not fetched", "· not in the file")
        }));
    } else {
        let scale =
            "Bars run from 0 to 100. ARGOS does not document this scale: it is inferred, in part from its examples.";
        let sentences = [Some(scale).filter(|_| has_bar), thresholds(&scores)];
        let sentences: Vec<Safe> = sentences.into_iter().flatten().map(Safe::from_static).collect();
        if !sentences.is_empty() {
            out.sentence(&Safe::join(&sentences, " "));
        }
    }
}

/// Returns the sentence about the thresholds of those `scores` for which the service documents that each project sets
/// its own. Returns `None` if `scores` contains no such score.
fn thresholds(scores: &[(Field<'_>, Safe)]) -> Option<&'static str> {
    let has = |path: &str| scores.iter().any(|(score, _)| score.path() == path);
    match (has("argos_score"), has("recognition_score")) {
        (true, true) => Some("Each project sets its own thresholds for the ARGOS score and the recognition score."),
        (true, false) => Some("Each project sets its own threshold for the ARGOS score."),
        (false, true) => Some("Each project sets its own threshold for the recognition score."),
        (false, false) => None,
    }
}

fn score_bar(score: &Field<'_>) -> Option<Safe> {
    // Beyond the scale a bar would claim what the number does not say.
    score.number().filter(|number| (0.0..=100.0).contains(number)).map(|number| bar(number / 100.0, BAR_WIDTH))
}

/// Adds the section with the results of the checks: AML, attempts, duplicates, linked submissions and further checks.
/// `assessment` holds the results.
pub(super) fn checks(out: &mut TabLines<'_>, context: TabContext<'_>, assessment: &Assessment<'_>) {
    out.heading(Safe::from_static("Checks"));
    let from = out.len();
    let (aml, label) = (&assessment.aml, || Safe::from_static("AML status"));
    let is_full = context.document.is_full_record();
    // A full record lacks these for good: one line names them all.
    let mut absent = Vec::new();
    let lacks_status = is_full && aml.status.is_none() && aml.screening != Screening::Unknown;
    let role = screening_role(aml.screening);
    match (&aml.status, &aml.field) {
        (Some(status), _) => {
            let words = match assessment.status {
                _ if aml.screening == Screening::Unknown => Safe::from_static(aml.unknown_words()),
                _ if aml.has_unannounced_matches() => Safe::from_static("but there are matches"),
                KycStatus::Rejected | KycStatus::Pending | KycStatus::Incomplete
                    if aml.screening == Screening::NotScreened =>
                {
                    Safe::from_static("expected: screening runs after approval")
                }
                _ => context.explain(Family::Aml, status.text().unwrap_or_default()),
            };
            out.judgement(label(), status, role, words);
        }
        (None, Some(field)) if aml.screening == Screening::Unknown => {
            out.judgement(label(), field, role, Safe::from_static(aml.unknown_words()));
        }
        (None, _) => match context.text_without_value("aml.currentstatus") {
            Some(words) => out.text(label(), words, Role::Dim),
            None if is_full => absent.push(label()),
            None => out.text(label(), context.text_for_absent(), Role::Dim),
        },
    }
    let is_status_absent = !absent.is_empty();
    aml.level.iter().for_each(|level| out.field(level));
    out.link_to(from, Tab::Aml, &Anchor::of_path("aml"));
    let from = out.len();
    let attempts = Attempts::of(context.document);
    let mut counted = context.attempts_and_retries(&attempts).into_iter();
    match counted.next() {
        None => match context.text_without_value("kyc.attempts") {
            Some(words) => out.text(Safe::from_static("Attempts"), words, Role::Dim),
            None if is_full => absent.push(Safe::from_static("attempts")),
            None => out.text(Safe::from_static("Attempts"), context.text_for_absent(), Role::Dim),
        },
        Some(number) => {
            let wrong = attempts.attempts.iter().filter(|attempt| !attempt.errors().is_empty()).count();
            let errors = match wrong {
                _ if !context.document.reads_all("kyc.attempts") => {
                    Some(format!("{wrong} of the {} read with an error", attempts.attempts.len()))
                }
                0 if attempts.retries > 0 => None,
                0 => Some("no error reported".to_owned()),
                _ => Some(format!("{wrong} with an error")),
            };
            let parts: Vec<String> = Some(number).into_iter().chain(errors).chain(counted).collect();
            out.text(Safe::from_static("Attempts"), Safe::sanitize(&parts.join(" · ")), Role::Plain);
        }
    }
    out.link_to(from, Tab::Attempts, &Anchor::of_path("kyc.attempts"));
    for (path, label, absent_name) in [
        ("duplicated_users", "Duplicate data", "duplicate-data check"),
        ("duplicated_selfie_users", "Same face", "same-face check"),
    ] {
        let from = out.len();
        match findings::count_other_submissions(context.document, path) {
            None if is_full => absent.push(Safe::from_static(absent_name)),
            None => out.text(Safe::from_static(label), context.text_for_absent(), Role::Dim),
            Some(others) => {
                let is_quiet = others.count == 0 && !others.is_unclear;
                out.text(Safe::from_static(label), others.words(), if is_quiet { Role::Plain } else { Role::Warn });
            }
        }
        out.link_to(from, Tab::Details, &Anchor::of_path(path));
    }
    linked(out, context);
    signals(out, context, assessment);
    if !absent.is_empty() {
        let from = out.len();
        out.text(Safe::from_static("Not in the record"), Safe::join(&absent, ", "), Role::Dim);
        if is_status_absent && aml.count == 0 {
            out.link_to(from, Tab::Aml, &Anchor::of_path("aml"));
        }
    }
    if lacks_status && aml.count == 0 {
        out.sentence(&Safe::from_static("Without an AML status, it is not known whether there are matches."));
    }
}

/// Adds a line about other loaded submissions that share a value with the shown submission. For each kind of value,
/// such as the email address, it has the number of these submissions. Adds nothing if there are none.
fn linked(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let counts = context.relatives.counts.iter();
    let words = counts.map(|(tie, count)| Safe::sanitize(&format!("{} with the {}", grouped(*count), tie.label())));
    let words: Vec<Safe> = words.collect();
    if !words.is_empty() {
        let from = out.len();
        let scope = Safe::concat(&[Safe::from_static("of "), context.relatives.scope.clone()]);
        out.text_with(Safe::from_static("Linked"), Safe::join(&words, ", "), Role::Warn, Some(scope));
        out.link_to(from, Tab::Details, &Anchor::Linked(0));
    }
}

/// Adds a line for each result of three checks: pre-verification, address check and bank account. These are optional
/// checks of a customer's project at ARGOS. A check that was not made has no line.
fn signals(out: &mut TabLines<'_>, context: TabContext<'_>, assessment: &Assessment<'_>) {
    for (kind, label) in [
        (CheckKind::PreVerification, "Pre-verification"),
        (CheckKind::Injection, "Address check"),
        (CheckKind::Bank, "Bank account"),
    ] {
        for result in assessment.results(kind) {
            let from = out.len();
            let words = match result.judgement {
                Judgement::Passed => "passed",
                Judgement::NotPassed => "not passed",
                Judgement::Unclear | Judgement::Absent => "no clear result",
            };
            out.judgement(
                Safe::from_static(label),
                &result.evidence,
                sign(result.judgement).1,
                Safe::from_static(words),
            );
            out.link_to(from, Tab::Signals, &Anchor::of_path(result.evidence.path()));
        }
    }
    face_age(out, context);
}

/// Adds one line with the results of the conditions on the estimated age, of all records together. It leads to the
/// first record with a condition that is not met.
fn face_age(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let count_all = |record: &AgeConditions<'_>| record.results.iter().map(|result| result.count).sum::<usize>();
    let records = AgeConditions::all(context.document);
    let records: Vec<_> = records.into_iter().filter(|record| count_all(record) > 0).collect();
    let unmet = records.iter().find(|record| record.count(Judgement::Passed) < count_all(record));
    let Some(target) = unmet.or(records.first()) else { return };
    let Some((judgement, words)) = AgeConditions::all_in_words(context.document) else { return };
    let role = if judgement == Judgement::Passed { Role::Plain } else { Role::Warn };
    let from = out.len();
    let gloss = Safe::from_static("(age estimated from the face)");
    out.text_with(Safe::from_static("Face age"), Safe::sanitize(&words), role, Some(gloss));
    out.link_to(from, Tab::Signals, &Anchor::of_path(target.record.path()));
}

/// Adds the section with the time that the applicant, the service and a reviewer took.
pub(super) fn durations(out: &mut TabLines<'_>, context: TabContext<'_>) {
    let attempts = Attempts::of(context.document);
    let calls = || attempts.attempts.iter().flat_map(|attempt| &attempt.calls);
    let start = time_at(context, "signals.startButtonClickTime");
    let created = time_at(context, "created_at");
    let result = time_at(context, "kyc_result_at");
    let pending = time_at(context, "pending_at");
    let last = calls().filter_map(|call| call.at).max();
    let spans = [
        (
            "Applying",
            start,
            last,
            "from the first start click to the last step, pauses included",
            "signals.startButtonClickTime",
        ),
        ("Deciding", last, result, "from the last step to the result", "kyc_result_at"),
        ("In all", created, result, "from the creation to the result", "created_at"),
        ("Reviewing", pending, result, "from pending to the result", "pending_at"),
    ];
    let known: Vec<_> = spans
        .into_iter()
        .filter_map(|(label, from, to, words, path)| Some((label, to?.duration_since(from?), words, path)))
        .collect();
    if known.is_empty() {
        return;
    }
    out.heading(Safe::from_static("Durations"));
    for (label, length, words, path) in known {
        let from = out.len();
        let odd = length < SignedDuration::ZERO;
        let role = if odd { Role::Warn } else { Role::Strong };
        let words = if odd {
            Safe::concat(&[Safe::from_static(words), Safe::from_static(": the end is before the start")])
        } else {
            Safe::from_static(words)
        };
        out.text_with(Safe::from_static(label), span(length), role, Some(words));
        out.link_to(from, Tab::Timeline, &Anchor::of_path(path));
        if odd {
            out.set_landmark(from, Landmark::Error);
        }
    }
}

/// Adds the section with the ids of the submission and its times: when it was created, became pending, got its result
/// and was updated.
pub(super) fn ids(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.heading(Safe::from_static("Ids and times"));
    for path in ["submission_id", "userid", "tokenId", "applicant_id"] {
        let from = out.len();
        if let Some(id) = sent_field(context, path) {
            out.field(&id);
            out.link_to(from, Tab::Details, &Anchor::of_path(path));
        }
    }
    let created = time_at(context, "created_at");
    for path in ["created_at", "pending_at", "kyc_result_at", "updated_at"] {
        let Some(field) = sent_field(context, path) else { continue };
        let from = out.len();
        let own = field.text().and_then(time::parse_timestamp);
        let words = match (own, created) {
            (None, _) if field.class() == Class::Open => Some(Safe::from_static("this time does not parse")),
            (Some(own), Some(created)) if own != created => {
                let side = if own > created { " after created" } else { " before created" };
                Some(Safe::concat(&[span(own.duration_since(created).abs()), Safe::from_static(side)]))
            }
            _ => None,
        };
        out.field_with(&field, if own.is_some() { Role::Plain } else { Role::Warn }, words);
        out.link_to(from, Tab::Timeline, &Anchor::of_path(path));
    }
}
