//! Builds the smaller blocks of a full record: address injections (address data added after the submission),
//! pre-verification, bank account, liveness of the ID, and additional forms.

use serde_json::{Value, json};

use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::super::submission_plan::{Status, SubmissionPlan, address};
use super::super::timeline::SubmissionTimes;

/// Adds to `item`, the JSON of a full record, the smaller blocks that the submission `plan` has, such as the bank check
/// (`bank_verification`). A submission with a staged oddity (an unusual detail) always has the blocks `additional_list`
/// and `pre_verification`. If it has a document, it also has the block `Injection_action`.
pub(super) fn all(item: JsonObject, plan: &SubmissionPlan, times: &SubmissionTimes) -> JsonObject {
    let dice = &mut plan.dice(DiceStream::Checks);
    let odd = plan.oddity.is_some();
    let id_document = plan.document;
    let korean = plan.person.origin.country == "KOR";
    let first = plan.index == 0;
    let injection = (id_document && (odd || dice.percent(14))).then(|| injections(plan, times, dice));
    let before = (odd || first || dice.percent(40)).then(|| pre_verification(plan, dice));
    let bank = (id_document && korean && (first || dice.percent(30))).then(|| bank(plan, dice));
    let portrait = (id_document && (first || dice.percent(25))).then(|| id_liveness(dice));
    let forms = (odd || dice.percent(30)).then(|| forms(dice));
    item.with_optional("bank_verification", bank)
        .with_optional("id_LivenessScore", portrait)
        .with_optional("Injection_action", injection)
        .with_optional("additional_list", forms)
        .with_optional("pre_verification", before)
}

/// Returns the address injections (address data added after the submission), newest first, as documented. Some of them
/// hold the address, as older address injections of the service do. The documentation says that the address is left
/// out.
fn injections(plan: &SubmissionPlan, times: &SubmissionTimes, dice: &mut Dice) -> Vec<Value> {
    let count = dice.number_between(1, 3);
    (1..=count).rev().map(|turn| injection(plan, times, turn, turn == count, dice)).collect()
}

fn injection(plan: &SubmissionPlan, times: &SubmissionTimes, turn: i64, last: bool, dice: &mut Dice) -> Value {
    let at =
        times.updated_at.plus(turn * 2_700_000).min(plan.latest_event_time.plus(turn)).max(times.updated_at.plus(turn));
    let ip = json!({ "requestId": dice.fill("************"), "status": "success", "ip": plan.ip });
    let home = plan.person.home().filter(|_| dice.percent(60));
    let place = home.map(|home| {
        json!({
            "globalCode": home.plus,
            "compoundCode": format!("{} {}", home.plus.get(4..).unwrap_or(home.plus), home.city),
            "formatted_address": format!("{}, {}", home.street, home.city),
        })
    });
    // The table has `ipVerification` inside `option`, the sample has it as a sibling of `option`.
    let inside = plan.index.is_multiple_of(2);
    let option = JsonObject::new()
        .with("distanceChecks", json!([{ "maxDistanceKm": dice.number_between(1, 40) * 10, "source": "ipGeo" }]))
        .with("ipRisk", json!({ "durationHour": dice.number_between(1, 24), "failCategory": ["vpn", "proxy", "tor"] }))
        .with_optional("ipVerification", inside.then(|| ip.clone()));
    JsonObject::new()
        // The documentation shows no value for a failure; `fail` is assumed.
        .with("attemptStatus", if last || dice.percent(30) { "success" } else { "fail" })
        .with("createTime", at.text(plan.time_format()))
        .with("userInput", JsonObject::new().with("ipAddress", plan.ip.as_str()).with_optional("address", place))
        .with("option", option)
        .with_optional("ipVerification", (!inside).then_some(ip))
        .into()
}

/// The possible words of `attempts_frequency`, which says how often the service has met the applicant's network before.
/// One of them is chosen at random; a word that is in the list twice is chosen more often. For ordinary approved
/// submissions, [`FREQUENCIES_APPROVED`] is used instead.
const FREQUENCIES: [&str; 5] = ["FirstSeen", "FirstSeen", "Rare", "Frequent", "VeryFrequent"];
const FREQUENCIES_APPROVED: [&str; 5] = ["FirstSeen", "FirstSeen", "Rare", "Rare", "Frequent"];

fn pre_verification(plan: &SubmissionPlan, dice: &mut Dice) -> Value {
    let valid = plan.status == Status::Approved || dice.percent(80);
    let fraud = if valid { dice.number_between(0, 40) } else { dice.number_between(60, 100) };
    let connection =
        dice.word(&["Residential", "Residential", "Mobile", "Mobile", "Corporate", "Education", "DataCenter"]);
    let other = address(plan.index + 381);
    let approved = plan.status == Status::Approved && plan.oddity.is_none();
    let often = if approved { FREQUENCIES_APPROVED } else { FREQUENCIES };
    // Few approved people come from a data center.
    let connection =
        if connection == "DataCenter" && approved && !plan.index.is_multiple_of(5) { "Mobile" } else { connection };
    json!({
        "request_id": dice.fill("pv_****************"),
        "created_at": plan.at.plus(-dice.number_between(1_500, 9_000)).text(plan.time_format()),
        "ip_address": if dice.percent(90) { &plan.ip } else { &other },
        "fraud_score": fraud,
        "attempts_frequency": dice.word(&often),
        "country_code": plan.person.origin.alpha2,
        "connection_type": if valid { connection } else { "DataCenter" },
        "is_valid": valid,
    })
}

fn bank(plan: &SubmissionPlan, dice: &mut Dice) -> Value {
    json!({
        "result": if plan.status == Status::Approved || dice.percent(60) { "success" } else { "fail" },
        "type": dice.word(&["occupancy", "occupancy", "nameCheck"]),
        "bank_code": dice.word(&["002", "004", "088", "090"]),
        "account_number": dice.fill("000#########"),
        "retry_count": dice.number_below(3),
    })
}

fn id_liveness(dice: &mut Dice) -> Value {
    json!({
        "Screen_play": dice.decimal(0, 1_000_000, 6),
        "Paper_printed": dice.decimal(0, 1_000_000, 6),
        "Replace_portraits": dice.decimal(0, 10_000, 4),
    })
}

/// Generates the applicant's answers to questions that the customer added to a project at ARGOS. The values of
/// `blockType` are assumed, because no list of them is documented.
fn forms(dice: &mut Dice) -> Vec<Value> {
    let form =
        |answer: &str, value: &str, kind: &str| json!({ "answer": answer, "inputValue": value, "blockType": kind });
    let mut forms = vec![
        form("직업", dice.word(&["회사원", "자영업", "학생"]), "singleChoice"),
        form("Source of funds", dice.word(&["Salary", "Savings, salary", "Inheritance"]), "multipleChoice"),
        form(
            "Purpose of the account",
            "Everyday payments, savings and, now and then, gifts to relatives abroad",
            "longText",
        ),
        form("Are you a politically exposed person?", dice.word(&["No", "No", "No", "Yes"]), "yesNo"),
    ];
    forms.truncate(dice.index(4) + 1);
    forms
}
