//! How often the findings of the demo's submissions have which grade: `cargo test --test api grades -- --nocapture`
//! prints the table.

use std::collections::BTreeMap;

use argos_review::api::{Item, RecordAnswer};
use argos_review::query::Params;
use argos_review::submission::Document;
use argos_review::submission::findings::{Finding, Grade, findings};
use argos_review::text::Mask;

use crate::contract::{demo, page};

const GRADES: [Grade; 3] = [Grade::Alert, Grade::Warning, Grade::Note];

/// The findings of the submissions with one status.
#[derive(Default)]
struct Tally {
    submissions: usize,
    /// Submissions by the grade of their worst finding; last those without findings.
    worst: [usize; 4],
    findings: [usize; 3],
}

impl Tally {
    fn add(&mut self, found: &[Finding<'_>]) {
        let worst = found.first().map(|finding| finding.grade);
        self.submissions += 1;
        for (count, grade) in self.worst.iter_mut().zip(GRADES.map(Some).into_iter().chain([None])) {
            *count += usize::from(worst == grade);
        }
        for (count, grade) in self.findings.iter_mut().zip(GRADES) {
            *count += found.iter().filter(|finding| finding.grade == grade).count();
        }
    }

    /// Returns the row of the table.
    fn row(&self, name: &str) -> String {
        let [alert, warning, note, none] = self.worst;
        let [alerts, warnings, notes] = self.findings;
        format!(
            "{name:<22} {:>11} │ {alert:>5} {warning:>7} {note:>4} {none:>4} │ {alerts:>6} {warnings:>8} {notes:>5}",
            self.submissions
        )
    }

    /// Share in percent of the submissions without an alert and a warning, for which Summary says "No findings.".
    fn clean(&self) -> usize {
        let [_, _, note, none] = self.worst;
        (note + none) * 100 / self.submissions.max(1)
    }
}

/// Whether the demo staged something in a submission: an oddity, hidden characters, a red flag or a linked group.
fn is_staged(document: &Document) -> bool {
    let has = |path: &str| document.field(path).is_some_and(|field| !field.is_empty());
    document.text("email").is_none_or(|mail| mail.contains('+'))
        || document.text("data.last_name").is_some_and(|name| name.contains('\u{202e}'))
        || document.text("aml.currentstatus") == Some("Red Flag")
        || has("duplicated_users")
        || has("duplicated_selfie_users")
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the table is for people who ask for it")]
async fn grades_of_the_demo() {
    let client = demo().await;
    let listed = page(&client, &Params { count: Some(500), ..Params::default() }, None).await;
    assert_eq!(listed.items.len(), 500);
    let (mut tallies, mut plain): (BTreeMap<String, Tally>, Tally) = Default::default();
    let mut subjects: BTreeMap<String, usize> = BTreeMap::new();
    for item in &listed.items {
        let Item::Readable { id, .. } = item else { panic!("the demo sends submissions") };
        let Ok(RecordAnswer::Found(Item::Readable { raw, .. })) = client.fetch_record(id).await else {
            panic!("no full record")
        };
        let document = Document::parse_copy(&raw, true);
        let found = findings(&document, Mask::None);
        assert!(found.is_sorted_by_key(|finding| finding.grade), "the worst first");
        let status = document.text("kyc.result").unwrap_or("no status");
        tallies.entry(status.to_owned()).or_default().add(&found);
        if status == "approved" && !is_staged(&document) {
            plain.add(&found);
            for finding in &found {
                let words = [finding.subject.as_str(), finding.words.as_str()].join(" ");
                *subjects.entry(format!("{:?}: {}", finding.grade, words.trim())).or_default() += 1;
            }
        }
    }
    println!("{:<22} submissions │ alert warning note none │ alerts warnings notes", "");
    tallies.iter().for_each(|(status, tally)| println!("{}", tally.row(status)));
    println!("{}", plain.row("approved, none staged"));
    subjects.iter().for_each(|(subject, count)| println!("{count:>5} {subject}"));
    assert!(plain.submissions > 200 && plain.clean() >= 90, "{} % of {}", plain.clean(), plain.submissions);
    assert!(plain.clean() < 100, "some approved submissions have something to look at");
    let sums = tallies.values().fold([0; 4], |sums: [usize; 4], tally| {
        let mut worst = tally.worst.iter();
        sums.map(|sum| sum + worst.next().copied().unwrap_or_default())
    });
    assert!(sums.iter().all(|sum| *sum > 50), "the demo shows every grade: {sums:?}");
}
