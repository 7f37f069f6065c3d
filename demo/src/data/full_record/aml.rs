//! Builds the block `aml` of a full record: the AML screening that follows an approval. All watchlists and news sources
//! that it names are invented.

use serde_json::{Value, json};

use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::super::submission_plan::{Level, Status, SubmissionPlan};
use super::super::timeline::SubmissionTimes;

/// Returns the block `aml` of a full record; `None` if the submission has no such block. An approved submission with an
/// AML red flag (a warning that the applicant is on a watchlist) has a screening result. For all other approved
/// submissions, and for some that are not approved, the block says `Not Screened`.
pub(super) fn screening(plan: &SubmissionPlan, times: &SubmissionTimes) -> Option<JsonObject> {
    let dice = &mut plan.dice(DiceStream::Aml);
    match (plan.status, plan.red_flag) {
        (Status::Approved, Some(level)) => Some(red_flag(plan, times, level, dice)),
        (Status::Approved, None) => Some(not_screened(dice.percent(40))),
        (Status::Rejected, _) => dice.percent(60).then(|| not_screened(false)),
        (Status::Pending | Status::Incomplete, _) => dice.percent(20).then(|| not_screened(false)),
    }
}

fn not_screened(raw: bool) -> JsonObject {
    JsonObject::new()
        .with("currentstatus", "Not Screened")
        .with("risk_level_summary", "Not Screened")
        .with_optional("raw_data", raw.then(|| json!({ "total_hits": 0, "hits": [] })))
}

/// Returns the service's "risk icons" (short names of kinds of risk, such as `PEP-CURRENT`) that fit an AML red flag of
/// the level `level`. The source is the service's table.
fn icons(level: Level) -> &'static [&'static str] {
    match level {
        Level::High => &["SAN-CURRENT", "PEP-CURRENT", "REL"],
        Level::Medium => &["PEP-LINKED", "PEP-FORMER", "SAN-FORMER", "POI"],
        Level::Low => &["RRE", "INS", "DD", "GRI"],
    }
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::High => "HIGH",
        Level::Medium => "MEDIUM",
        Level::Low => "LOW",
    }
}

fn red_flag(plan: &SubmissionPlan, times: &SubmissionTimes, worst: Level, dice: &mut Dice) -> JsonObject {
    let lesser: &[Level] = match worst {
        Level::High => &[Level::High, Level::Medium, Level::Low],
        Level::Medium => &[Level::Medium, Level::Low],
        Level::Low => &[Level::Low],
    };
    let mut levels = vec![worst];
    for _ in 0..dice.number_below(3) {
        levels.extend(dice.choose(lesser));
    }
    let found: Vec<WatchlistEntry> = levels.into_iter().map(|level| WatchlistEntry::draw(level, dice)).collect();
    let matches: Vec<Value> = found.iter().map(WatchlistEntry::listed).collect();
    let hits: Vec<Value> = found.iter().map(|found| found.raw_match(plan, dice)).collect();
    // The reference table writes `High`, the samples write `HIGH`.
    let summary = match worst {
        Level::High if plan.index % 3 == 1 => "High",
        Level::Medium if plan.index % 3 == 1 => "Medium",
        Level::Low if plan.index % 3 == 1 => "Low",
        _ => word(worst),
    };
    JsonObject::new()
        .with("currentstatus", "Red Flag")
        .with("risk_level_summary", summary)
        .with("matches", matches)
        .with(
            "raw_data",
            json!({
                "search": {
                    "searched_at": times.updated_at.iso(),
                    "threshold": 90,
                    "subject": { "name": plan.person.full, "date_of_birth": plan.person.birth.to_string() },
                },
                "total_hits": hits.len(),
                "hits": hits,
            }),
        )
}

/// An AML match: an entry of a watchlist that may describe the applicant.
struct WatchlistEntry {
    level: Level,
    number: String,
    resource: String,
    score: f64,
    icons: Vec<&'static str>,
}

impl WatchlistEntry {
    fn draw(level: Level, dice: &mut Dice) -> Self {
        let pool = icons(level);
        let mut icons = vec![dice.word(pool)];
        let second = dice.word(pool);
        if dice.percent(35) && !icons.contains(&second) {
            icons.push(second);
        }
        Self {
            level,
            number: dice.fill("ARG-00########"),
            resource: dice.fill("************************"),
            score: if dice.percent(15) { 100.0 } else { dice.decimal(9_000, 9_999, 2) },
            icons,
        }
    }

    fn listed(&self) -> Value {
        json!({
            "risk_level": word(self.level),
            "argos_number": self.number,
            "resource_id": self.resource,
            "score": self.score,
            "risk_icons": self.icons,
        })
    }

    /// Returns this AML match as JSON, in the deeply nested form of the field `raw_data`. `plan` is the submission of
    /// the applicant, whose name the match has.
    fn raw_match(&self, plan: &SubmissionPlan, dice: &mut Dice) -> Value {
        let person = &plan.person;
        let (given, family) = (&person.latin.0, &person.latin.1);
        let evidence: Vec<Value> = self.icons.iter().map(|icon| evidence(icon, given, family, dice)).collect();
        json!({
            "resource_id": self.resource,
            "names": {
                "primary": format!("{given} {family}"),
                "aliases": [
                    { "text": person.full, "script": "original", "quality": { "weak": false, "score": self.score } },
                    { "text": format!("{}, {given}", family.to_uppercase()), "script": "latin", "quality": { "weak": true } },
                ],
            },
            "dates_of_birth": [{ "year": person.birth.year(), "exact": dice.percent(30) }],
            "countries": [person.origin.alpha2],
            "evidence": evidence,
        })
    }
}

fn evidence(icon: &str, given: &str, family: &str, dice: &mut Dice) -> Value {
    let source = dice.word(&[
        "Example Consolidated List",
        "Sample Register of Public Offices",
        "Placeholder Gazette",
        "Mock Enforcement Notices",
        "Specimen News Archive",
    ]);
    json!({
        "type": icon,
        "source": {
            "name": source,
            "url": format!("https://lists.example.com/entry/{}", dice.fill("********")),
            "listing": {
                "since": format!("20{}-0{}-1{}", dice.number_between(10, 24), dice.number_between(1, 9), dice.number_below(10)),
                "status": if icon.ends_with("FORMER") { "former" } else { "current" },
                "remarks": [
                    { "language": "en", "text": format!("Invented entry about an invented {given} {family}.") },
                    { "language": "ko", "text": "데모를 위한 가상의 항목입니다." },
                ],
            },
        },
    })
}
