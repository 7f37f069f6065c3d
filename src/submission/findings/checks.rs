//! Adds the findings about everything but the attempts and AML: check results, network, face age, ID document,
//! captures, OCR, person and history.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::assessment::{
    AgeConditions, Assessment, CheckKind, CheckResult, Judgement, KycStatus, is_contested, words,
};
use super::super::node::Node;
use super::super::provenance::{self, Agreement, Provenance};
use super::super::webhook;
use super::{Family, Field, Finder, Grade, Safe, counted, time};

/// Maximum number of field names in the finding about fields whose sources (such as OCR and user input) differ.
const MAX_NAMED_FIELDS: usize = 5;

/// First year of expiry dates that only mean that the document does not expire, such as 9999-12-31.
const NO_EXPIRY: i16 = 2_700;

/// Adds the findings about everything but attempts and AML to `finder`. `assessment` has the results of the checks that
/// the service made for the submission.
pub(super) fn find<'a>(finder: &mut Finder<'a>, assessment: &Assessment<'a>) {
    results(finder, assessment);
    network(finder);
    face_age(finder);
    document(finder);
    captures(finder, assessment.status);
    ocr(finder);
    person(finder);
    history(finder);
}

fn is(field: &Field<'_>, word: &str) -> bool {
    field.text().is_some_and(|text| words::is(text, word))
}

/// Returns the member of the object in the field `field` that has the key `key`; `None` if the member is absent or
/// empty.
fn member<'a>(field: &Field<'a>, key: &str) -> Option<Field<'a>> {
    field.child(key).filter(|field| !field.is_empty())
}

/// Returns the elements of the list at the path `path` of the submission. If a single value was sent there, the result
/// has only this value.
fn each<'a>(finder: &Finder<'a>, path: &str) -> Vec<Field<'a>> {
    finder.field(path).map(|field| field.elements()).unwrap_or_default()
}

/// The kinds of checks that cause a finding if they were not passed. Each kind has the subject and the explanation of
/// the finding.
const FAILED_CHECKS: [(CheckKind, &str, &str); 4] = [
    (CheckKind::Bank, "Bank", "the account is not confirmed"),
    (CheckKind::Injection, "Address check", "not passed"),
    (CheckKind::IpVerification, "IP check", "not passed"),
    (CheckKind::PreVerification, "Pre-verification", "the check before the submission was not passed"),
];

/// Explanation in a finding about a check, such as the bank check, whose result is neither a documented success nor a
/// documented failure.
const UNCLEAR_RESULT: &str = "no clear result";

/// Explanation in a finding about a condition on the estimated age that is not met.
const NOT_MET: &str = "a condition on the estimated age is not met";

/// Adds to `finder` a finding for each check of `assessment` that was not passed, or whose result is unclear. A failed
/// address check is only a note if a later address check passed.
fn results<'a>(finder: &mut Finder<'a>, assessment: &Assessment<'a>) {
    let addresses = AddressChecks::of(finder, assessment);
    for (kind, subject, failed) in FAILED_CHECKS {
        for result in assessment.results(kind).filter(|result| result.judgement.is_doubtful()) {
            let subject = Safe::from_static(subject);
            if result.judgement == Judgement::NotPassed && addresses.supersede(result) {
                // The value would read as the result of the check that counts.
                let words = match kind {
                    // The later address check may have checked no IP address.
                    CheckKind::IpVerification => "an earlier one failed, a later address check passed",
                    _ => "an earlier one failed, a later one passed",
                };
                finder.add_in_words(Grade::Note, subject, Safe::from_static(words), result.evidence.path());
                continue;
            }
            let (grade, words) = match result.judgement {
                Judgement::NotPassed => (Grade::Alert, failed),
                _ => (unclear_grade(result), UNCLEAR_RESULT),
            };
            finder.add(grade, subject, result.evidence.clone(), Safe::from_static(words));
        }
    }
}

/// Returns the grade of a finding about `result`, a check's result that is neither a clear success nor a clear failure.
/// An alert means that the result is contradictory or unreadable; otherwise the grade is a warning.
fn unclear_grade(result: &CheckResult<'_>) -> Grade {
    let evidence = &result.evidence;
    let node = evidence.node();
    // Elements that were not read because of a limit are no contradiction.
    let is_unread = matches!(node, Node::Raw(_)) || node.unparsed_elements() > 0;
    let is_no_record = evidence.judgement().is_none() && !matches!(node, Node::Object(_));
    if is_contested(evidence) || (is_no_record && !is_unread) { Grade::Alert } else { Grade::Warning }
}

/// Path of the list of address checks, which the service calls injections.
const INJECTIONS: &str = "Injection_action";

/// The address checks of a submission. They show which failed checks were followed by one that passed.
struct AddressChecks<'a> {
    records: Vec<Field<'a>>,
    /// Time of the latest address check whose results all passed. `None` if there is no such check with a time that
    /// parses.
    passed_at: Option<Timestamp>,
}

impl<'a> AddressChecks<'a> {
    fn of(finder: &Finder<'a>, assessment: &Assessment<'a>) -> Self {
        let mut passes: HashMap<&str, bool> = HashMap::new();
        for kind in [CheckKind::Injection, CheckKind::IpVerification] {
            for result in assessment.results(kind) {
                let passed = result.judgement == Judgement::Passed;
                *passes.entry(record_of(result.evidence.path())).or_insert(true) &= passed;
            }
        }
        let records = each(finder, INJECTIONS);
        let passed = records.iter().filter(|record| passes.get(record.path()) == Some(&true));
        let passed_at = passed.filter_map(created_at).max();
        Self { records, passed_at }
    }

    /// Returns whether a later address check that passed supersedes the address check to which `result` belongs. A
    /// failure in `result` then matters less. Returns false if `result` belongs to no address check, or if one of the
    /// two checks has no time that parses.
    fn supersede(&self, result: &CheckResult<'_>) -> bool {
        let record = record_of(result.evidence.path());
        let own = self.records.iter().find(|each| each.path() == record).and_then(created_at);
        own.zip(self.passed_at).is_some_and(|(own, passed)| passed > own)
    }
}

fn created_at(record: &Field<'_>) -> Option<Timestamp> {
    member(record, "createTime").and_then(|field| field.text().and_then(time::parse_timestamp))
}

/// Returns the path of the address check that holds the field at `path`: `Injection_action[2]` for
/// `Injection_action[2].attemptStatus`.
fn record_of(path: &str) -> &str {
    let end = path.find('.').unwrap_or(path.len());
    path.get(..end).unwrap_or(path)
}

fn network(finder: &mut Finder<'_>) {
    for check in each(finder, "pre_verification") {
        if let Some(often) = member(&check, "attempts_frequency")
            && let Some(word) = often.text().and_then(words::frequency)
        {
            let grade = match word {
                "VeryFrequent" => Some(Grade::Warning),
                "Frequent" => Some(Grade::Note),
                _ => None,
            };
            if let Some(grade) = grade {
                finder.code(grade, Safe::from_static("Subnet"), often, Family::Frequency);
            }
        }
        if let Some(kind) = member(&check, "connection_type").filter(is_data_center) {
            finder.add(
                Grade::Warning,
                Safe::from_static("Network"),
                kind,
                Safe::from_static("not a residential, office or mobile network"),
            );
        }
    }
}

/// Returns whether `kind`, the type of a network connection (`pre_verification.connection_type`), is `DataCenter`. The
/// service also writes this type with a space between the words.
fn is_data_center(kind: &Field<'_>) -> bool {
    kind.text().is_some_and(|text| words::is(&text.replace([' ', '_', '-'], ""), "DataCenter"))
}

/// Adds a finding to `finder` for each condition on the estimated age that was not met, or whose result is unclear. The
/// project combines several conditions by `and` and `or`.
///
/// The grade of an unmet condition depends on the combination of all conditions. It is a note if the combination is
/// met, and a warning if an `or` leaves this open. Otherwise it is an alert.
fn face_age(finder: &mut Finder<'_>) {
    for record in AgeConditions::all(finder.document) {
        let (failed, words) = match record.combined_judgement() {
            Judgement::Passed => {
                (Grade::Note, "a condition on the estimated age is not met, but all conditions together are")
            }
            Judgement::Unclear if record.has_alternative() => (Grade::Warning, NOT_MET),
            _ => (Grade::Alert, NOT_MET),
        };
        for result in record.results.iter().filter(|result| result.judgement.is_doubtful()) {
            let is_failed = result.judgement == Judgement::NotPassed;
            let (grade, words) = if is_failed { (failed, words) } else { (unclear_grade(result), UNCLEAR_RESULT) };
            finder.add(grade, Safe::from_static("Face age"), result.evidence.clone(), Safe::from_static(words));
        }
    }
}

/// Adds a finding to `finder` if the ID document had expired before the submission was created, or if the expiry date
/// cannot be read. This program compares the dates; the service does not report an expired document.
fn document(finder: &mut Finder<'_>) {
    let Some(expiry) = finder.field("data.idcard_expireDate") else { return };
    let Some(created) = finder.document.text("created_at").and_then(time::parse_timestamp) else { return };
    let submitted = created.to_zoned_datetime(TimeZone::UTC).date();
    let text = expiry.text().unwrap_or_default().trim();
    if text.contains('*') {
        // Masked by the service.
        return;
    }
    let mut days = provenance::possible_days(text);
    if days.is_empty() {
        // A document without an expiry has a day such as 9999-12-31. A nearer year may be one of another calendar.
        days.extend(text.parse::<Date>().ok().filter(|day| day.year() >= NO_EXPIRY));
    }
    let before = days.iter().filter(|day| **day < submitted).count();
    let words = match (before, days.len()) {
        (_, 0) => "no date that can be read, so not compared with the day of the submission",
        (0, _) => return,
        (before, all) if before == all => "the document expired before the submission (computed)",
        _ => "unknown whether day or month is first: one of the two dates is before the submission (computed)",
    };
    finder.add(Grade::Warning, Safe::from_static("Expiry"), expiry, Safe::from_static(words));
}

/// Adds a finding to `finder` for each camera process (one capture or upload of the applicant, in
/// `signals.cameraProcessInfo`) with an error. The finding is a warning, or a note if the KYC status `status` is
/// approved.
///
/// Also adds a warning for each camera process in which the applicant uploaded a file instead of taking a picture.
fn captures(finder: &mut Finder<'_>, status: KycStatus) {
    let failed = if status == KycStatus::Approved { Grade::Note } else { Grade::Warning };
    for process in each(finder, "signals.cameraProcessInfo") {
        if let Some(error) = member(&process, "error") {
            finder.add(
                failed,
                Safe::from_static("Camera"),
                error,
                Safe::from_static("a camera process reported an error"),
            );
        }
        if let Some(kind) =
            member(&process, "type").filter(|kind| kind.text().is_some_and(|text| text.ends_with("-upload")))
        {
            finder.code(Grade::Warning, Safe::from_static("Capture"), kind, Family::Capture);
        }
    }
}

/// Adds these findings about the texts that the OCR read from the ID document to `finder`:
///
/// * fields whose values differ between their sources, such as OCR and user input
/// * fields that could not be compared
/// * OCR items that the service did not accept
fn ocr(finder: &mut Finder<'_>) {
    let provenance = Provenance::of(finder.document, finder.mask);
    let differing: Vec<_> = provenance.fields.iter().filter(|field| field.agreement == Agreement::Differs).collect();
    if let Some(part) =
        differing.first().and_then(|first| first.values().next()).and_then(|(_, value)| value.parts.first())
    {
        let names: Vec<Safe> = differing.iter().take(MAX_NAMED_FIELDS).map(|field| field.label.clone()).collect();
        let more = differing.len().saturating_sub(MAX_NAMED_FIELDS);
        let count = counted(
            differing.len(),
            "field differs between its sources (OCR raw, OCR, reviewed, final data): ",
            "fields differ between their sources (OCR raw, OCR, reviewed, final data): ",
        );
        let rest = if more > 0 { Safe::sanitize(&format!(" and {more} more")) } else { Safe::default() };
        let words = Safe::concat(&[count, Safe::join(&names, ", "), rest]);
        finder.add_in_words(Grade::Warning, Safe::from_static("OCR"), words, part.path());
    }
    let unclear = provenance.counts().unclear + provenance.more;
    if unclear > 0 {
        let words = counted(
            unclear,
            "field is not compared between its sources: too long, too many, a list, or a date in an unknown form",
            "fields are not compared between their sources: too long, too many, lists, or dates in an unknown form",
        );
        finder.add_in_words(Grade::Warning, Safe::from_static("OCR"), words, "OCR_raw");
    }
    let Some(raw) = finder.field("OCR_raw") else { return };
    let items: Vec<Field<'_>> = raw.members().into_iter().filter_map(|(_, item)| item.child("accepted")).collect();
    for (judgement, one, many) in [
        (
            Judgement::NotPassed,
            "value read by the OCR, marked by ARGOS as not accepted",
            "values read by the OCR, marked by ARGOS as not accepted",
        ),
        (
            Judgement::Unclear,
            "value read by the OCR, with no clear result: accepted or not",
            "values read by the OCR, with no clear result: accepted or not",
        ),
    ] {
        let found: Vec<&Field<'_>> = items.iter().filter(|item| item.judgement() == Some(judgement)).collect();
        if let Some(first) = found.first() {
            let evidence = first.path().trim_end_matches(".accepted");
            finder.add_in_words(Grade::Warning, Safe::from_static("OCR"), counted(found.len(), one, many), evidence);
        }
    }
}

fn person(finder: &mut Finder<'_>) {
    if let Some(group) = finder.field("data.age_group")
        && ["minor", "early-teen", "teen"].iter().any(|young| is(&group, young))
    {
        finder.code(Grade::Warning, Safe::from_static("Age group"), group, Family::Age);
    }
}

/// Adds findings about later events to `finder`: fields that people updated, a memo, and a deletion. Also adds a
/// finding if a full record has no personal data.
fn history(finder: &mut Finder<'_>) {
    if finder.field("updateHistory.updateAdmin").or_else(|| finder.field("updateHistory.updateTime")).is_some() {
        let words = Safe::from_static("fields were changed by hand after the check");
        finder.add_in_words(Grade::Note, Safe::from_static("Updated"), words, "updateHistory");
    }
    if finder.field("memo.text").is_some() {
        finder.add_in_words(
            Grade::Note,
            Safe::from_static("Memo"),
            Safe::from_static("a memo was left in the dashboard"),
            "memo",
        );
    }
    if let Some(path) = finder.document.path_of_deletion() {
        let words = Safe::from_static("identity data, numbers, images and AML were removed by ARGOS");
        finder.add_in_words(Grade::Warning, Safe::from_static("Deleted"), words, path);
    } else if let Some(trigger) = webhook::deletion(finder.document) {
        let words = "a webhook says so: identity data, numbers, images and AML are removed by ARGOS";
        let (subject, words) = (Safe::from_static("Deleted"), Safe::from_static(words));
        match finder.field("delete_time") {
            Some(time) => finder.add(Grade::Warning, subject, time, words),
            None => finder.add_in_words(Grade::Warning, subject, words, trigger.path()),
        }
    } else if finder.document.is_full_record() && PERSON.iter().all(|path| finder.field(path).is_none()) {
        // The documentation does not describe a deleted submission, only what is kept of it: id, date and status.
        let kept = finder.field("created_at").and(finder.field("kyc.result"));
        if let Some(kept) = kept.map(|kept| kept.path().to_owned()) {
            let words =
                Safe::from_static("no name, birth date or e-mail was sent: deleted, or left out by a projection");
            finder.add_in_words(Grade::Warning, Safe::from_static("Person"), words, &kept);
        }
    }
}

/// Paths of the fields that identify an applicant, such as the name, which the service sends under several paths.
const PERSON: [&str; 6] =
    ["data.full_name", "data.name", "data.first_name", "data.last_name", "data.date_of_birth", "email"];
