//! Builds the block `verification.faceAge`: the ages that the service estimates from faces, compared with the age
//! conditions of the customer's project.

use serde_json::{Value, json};

use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::super::submission_plan::{Status, SubmissionPlan};
use super::super::timeline::SubmissionTimes;

/// The ages that the service estimates from the selfie and the document of one attempt.
pub(super) struct EstimatedAges {
    pub(super) selfie: AgeRange,
    /// The age estimated from the portrait on the document; `None` without a document.
    pub(super) id: Option<AgeRange>,
    birth: i64,
}

/// An estimated age: a range and its median, in years.
#[derive(Clone, Copy)]
pub(super) struct AgeRange {
    pub(super) low: i64,
    pub(super) high: i64,
    pub(super) median: i64,
}

impl AgeRange {
    fn around(age: i64, dice: &mut Dice) -> Self {
        let median = (age + dice.number_between(-4, 5)).max(1);
        Self { low: (median - dice.number_between(2, 5)).max(0), high: median + dice.number_between(2, 6), median }
    }

    fn target(self, target: &str) -> i64 {
        match target {
            "low" => self.low,
            "high" => self.high,
            _ => self.median,
        }
    }

    /// Returns this age range with both ends moved outwards by `by` years. `by` is the tolerance for wrong estimates
    /// that the customer's project at ARGOS allows.
    fn wider(self, by: i64) -> Self {
        Self { low: (self.low - by).max(0), high: self.high + by, median: self.median }
    }
}

/// Generates the ages that the service estimates: one entry for each attempt that has a selfie. For about seven of ten
/// submissions the list is empty, as for a customer's project that does not check ages.
pub(super) fn ages(plan: &SubmissionPlan, times: &SubmissionTimes) -> Vec<EstimatedAges> {
    let dice = &mut plan.dice(DiceStream::Ages);
    if !plan.is_staged() && !dice.percent(30) {
        return Vec::new();
    }
    let age = plan.age();
    let faces = times.attempts.iter().filter(|attempt| !attempt.step2.is_empty());
    faces
        .map(|_| EstimatedAges {
            selfie: AgeRange::around(age, dice),
            id: plan.document.then(|| AgeRange::around(age - 3, dice)),
            birth: age,
        })
        .collect()
}

/// Adds the object `verification` to `item`, the JSON of a full record. Its member `faceAge` holds the results of the
/// age check. Adds nothing if the submission has no estimated ages.
pub(super) fn verification(item: JsonObject, plan: &SubmissionPlan, times: &SubmissionTimes) -> JsonObject {
    let dice = &mut plan.dice(DiceStream::FaceAge);
    let results: Vec<Value> = ages(plan, times).iter().map(|ages| result(ages, plan, dice)).collect();
    item.with_optional("verification", (!results.is_empty()).then(|| JsonObject::new().with("faceAge", results)))
}

fn result(ages: &EstimatedAges, plan: &SubmissionPlan, dice: &mut Dice) -> Value {
    let margin = dice.number_between(0, 2);
    let (selfie, id) = (ages.selfie.wider(margin), ages.id.map(|id| id.wider(margin)));
    let count = if plan.index.is_multiple_of(2) { 1 } else { 2 };
    let conditions: Vec<Value> =
        (0..count).map(|at| condition(at, selfie, id, ages.birth, plan.status == Status::Approved, dice)).collect();
    let operators: Vec<&str> = (1..count).map(|_| dice.word(&["and", "or"])).collect();
    // Without a document the values are 0, as in the sample.
    let plain = |span: Option<AgeRange>| span.unwrap_or(AgeRange { low: 0, high: 0, median: 0 });
    let (original, wide) = (plain(ages.id), plain(id));
    json!({
        "usedValues": {
            "originalSelfieLow": ages.selfie.low,
            "originalSelfieHigh": ages.selfie.high,
            "originalSelfieMedian": ages.selfie.median,
            "originalIdLow": original.low,
            "originalIdHigh": original.high,
            "originalIdMedian": original.median,
            "selfieLow": selfie.low,
            "selfieHigh": selfie.high,
            "selfieMedian": selfie.median,
            "idLow": wide.low,
            "idHigh": wide.high,
            "idMedian": wide.median,
            "birthDateAge": ages.birth,
        },
        "conditionResults": conditions,
        "logicalOperators": operators,
    })
}

/// Returns the JSON of one age condition and its results. `index` is the number of the condition: 0 compares with an
/// age limit of the project, 1 with the age by birth date. `selfie` and `id` are the estimated ages of the face in the
/// selfie and on the document, and `birth` is the age by birth date. If `holds` is true, the limit is moved as far as
/// necessary, so that all ages meet the condition, as for an approved submission.
fn condition(index: i64, selfie: AgeRange, id: Option<AgeRange>, birth: i64, holds: bool, dice: &mut Dice) -> Value {
    // The first condition compares with an age that the project sets, the second with the birth date and a margin.
    let (operator, limit) = if index == 0 {
        (dice.word(&["gte", "gt"]), if birth < 20 { 12 } else { 18 })
    } else {
        (dice.word(&["lte", "lt"]), birth + 5)
    };
    let target = dice.word(&["low", "high", "median"]);
    let seen = || [Some(selfie), id].into_iter().flatten().map(|span| span.target(target));
    let limit = match index {
        _ if !holds => limit,
        0 => limit.min(seen().min().unwrap_or(limit) - 1),
        _ => limit.max(seen().max().unwrap_or(limit) + 1),
    };
    let against = |span: Option<AgeRange>, reference: i64, asked: bool| {
        let Some(age) = span.filter(|_| asked).map(|span| span.target(target)) else {
            return (None, json!({ "result": null, "processed": false, "statement": "" }));
        };
        let holds = match operator {
            "gte" => age >= reference,
            "gt" => age > reference,
            "lte" => age <= reference,
            _ => age < reference,
        };
        (
            Some(holds),
            json!({ "result": holds, "processed": true, "statement": format!("{age} {operator} {reference}") }),
        )
    };
    let by_birth = index == 1;
    let id_custom = against(id, limit, !by_birth);
    let id_birth = against(id, limit, by_birth);
    let face_custom = against(Some(selfie), limit, !by_birth);
    let face_birth = against(Some(selfie), limit, by_birth);
    let all = [&id_custom, &id_birth, &face_custom, &face_birth].into_iter().all(|one| one.0 != Some(false));
    json!({
        "conditionIndex": index,
        "finalResult": all,
        "condition": { "comparisonOperator": operator, "target": target },
        "matchResults": {
            "idCardCustomMatch": id_custom.1,
            "idCardBirthDateMatch": id_birth.1,
            "faceImageCustomMatch": face_custom.1,
            "faceImageBirthDateMatch": face_birth.1,
        },
    })
}
