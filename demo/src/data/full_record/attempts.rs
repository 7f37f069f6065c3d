//! Builds the block `kyc`: the result, the attempts with their times, errors and scores, and the retries that the
//! service requested.

use serde_json::{Value, json};

use super::super::dice::{Dice, DiceStream};
use super::super::fault::StepFault;
use super::super::object::JsonObject;
use super::super::submission_plan::SubmissionPlan;
use super::super::timeline::{AttemptTimes, StepCallTime, SubmissionTimes};
use super::super::verdict;
use super::id_document::IdDocument;

/// Returns the JSON object `kyc` for an item of a list: the result of the submission `plan` and the comments on it.
/// Only a rejected submission has comments.
pub(in super::super) fn verdict(plan: &SubmissionPlan) -> JsonObject {
    let rejects = verdict::rejects(plan);
    let comments: Vec<&str> = rejects.iter().map(|reject| reject.comment).collect();
    // The sample of a knowledge-based submission holds the comment's text in place of the code.
    let codes =
        rejects.iter().map(|reject| if plan.document { reject.code } else { reject.comment }).collect::<Vec<_>>();
    let rejected = !rejects.is_empty();
    JsonObject::new()
        .with("result", plan.status.word())
        .with_optional("comment", rejected.then_some(comments))
        .with_optional("commentCode", rejected.then_some(codes))
}

/// Returns the JSON object `kyc` for the full record of the submission `plan`. `story` holds the times of the
/// submission. `id_document` is the identity document; `None` if the submission has no document.
pub(super) fn kyc(plan: &SubmissionPlan, story: &SubmissionTimes, id_document: Option<&IdDocument>) -> JsonObject {
    let mut teller = AttemptsBuilder { plan, id_document, dice: plan.dice(DiceStream::Attempts) };
    let attempts: Vec<Value> =
        story.attempts.iter().zip(1..).map(|(attempt, count)| teller.attempt(attempt, count)).collect();
    let kyc = verdict(plan);
    if plan.document {
        let retries = retries(&plan.faults);
        kyc.with("attempts", attempts).with_optional("retry", (!retries.is_empty()).then_some(retries))
    } else {
        repeat_last(kyc, &attempts, &plan.faults).with("attempts", attempts)
    }
}

/// Returns the JSON list of retries: the requests to the applicant to repeat a failed step. `faults` are the reasons
/// why steps failed, in the order of time; each of them gives one retry. `retryCnt` in the JSON counts the retries with
/// the same code.
fn retries(faults: &[StepFault]) -> Vec<Value> {
    let before =
        |at: usize, fault: &StepFault| faults.iter().take(at).filter(|other| other.code() == fault.code()).count();
    let retry = |(at, fault): (usize, &StepFault)| {
        json!({
            "type": format!("step{}", fault.step()),
            "retryCnt": before(at, fault) + 1,
            "retryCode": fault.code(),
            "retryMessage": fault.message(),
        })
    };
    faults.iter().enumerate().map(retry).collect()
}

struct AttemptsBuilder<'a> {
    plan: &'a SubmissionPlan,
    id_document: Option<&'a IdDocument>,
    dice: Dice,
}

impl AttemptsBuilder<'_> {
    fn attempt(&mut self, attempt: &AttemptTimes, count: usize) -> Value {
        let fault = attempt.fault;
        let item = JsonObject::new().with("attemptCnt", count);
        let item = self.calls(item, "step1", &attempt.step1);
        let item = self.calls(item, "step2", &attempt.step2);
        let item = if !attempt.step1.is_empty() { self.document(item, fault) } else { item };
        let item = if !attempt.step2.is_empty() { self.face(item, fault, count) } else { item };
        let liveness = fault.and_then(StepFault::liveness);
        item.with_optional("errorCode", liveness.map(|(_, code)| code))
            .with_optional("errorMsg", liveness.map(|(message, _)| message))
            .with_optional("retryMsg", self.retry(fault, StepFault::message))
            .with_optional("retryCode", self.retry(fault, StepFault::code))
            .into()
    }

    /// Adds to `item`, the JSON of an attempt, the times of the calls `calls` of one identification step. `step` is the
    /// name of the step, such as `step2`. The key of each time has the number of its call, such as `step2Time3rd`.
    fn calls(&self, item: JsonObject, step: &str, calls: &[StepCallTime]) -> JsonObject {
        calls.iter().fold(item, |item, call| {
            let turn = match call.ordinal {
                1 => "1st",
                2 => "2nd",
                _ => "3rd",
            };
            item.with(&format!("{step}Time{turn}"), call.at.text(self.plan.time_format()))
        })
    }

    /// Returns a list with the retry code or the retry message of an attempt. `fault` is the reason why the attempt
    /// failed, and the function `text` returns the code or message of a fault.
    ///
    /// For an attempt that passed, `fault` is `None`. The result is then an empty list in every third submission and
    /// `None` in all others, because the samples of the documentation show both.
    fn retry(&mut self, fault: Option<StepFault>, text: fn(StepFault) -> &'static str) -> Option<Vec<&'static str>> {
        match fault {
            Some(fault) => Some(vec![text(fault)]),
            None => self.plan.index.is_multiple_of(3).then(Vec::new),
        }
    }

    /// Adds to `item`, the JSON of an attempt, the results of reading the document and, in some attempts, of a query to
    /// a public registry. `fault` is the reason why the attempt failed; `None` if it succeeded. Adds nothing if the
    /// submission has no document.
    fn document(&mut self, item: JsonObject, fault: Option<StepFault>) -> JsonObject {
        let Some(id_document) = self.id_document else { return item };
        let failed = fault.filter(|fault| fault.step() == 1);
        let read = if failed.is_some_and(|fault| fault != StepFault::Barcode) { "fail" } else { "success" };
        let barcode = match failed {
            Some(StepFault::Barcode) => Some("fail"),
            Some(_) => None,
            None => Some("success"),
        };
        let item = item
            .with_optional("ocrResult", self.dice.percent(60).then_some(read))
            .with_optional("idBarcodeResult", barcode.filter(|_| self.plan.person.has_barcode()));
        let unproved = verdict::has_reject_code(self.plan, "automatic_verification_fail");
        let asked = failed.is_none() && (unproved || (id_document.issuer == "KOR" && self.dice.percent(75)));
        if asked { self.registry(item, id_document, !unproved) } else { item }
    }

    /// Adds to `item`, the JSON of an attempt, a query to a public registry of documents, and the answer of that
    /// registry. `id_document` is the document. `success` is true if the registry confirms the data of the document.
    fn registry(&mut self, item: JsonObject, id_document: &IdDocument, success: bool) -> JsonObject {
        let person = &self.plan.person;
        let masked = |number: &String| format!("{}-*******", number.get(..6).unwrap_or("******"));
        let number = id_document.identity.as_ref().map_or_else(|| "******-*******".to_owned(), masked);
        let (word, code, message) = if success {
            ("success", "CF-00000", "Success")
        } else {
            ("fail", "CF-12826", "The entered data differ from the registry.")
        };
        let params = JsonObject::new()
            .with("fullName", person.full.as_str())
            .with("idType", id_document.id_type)
            .with("issueDate", id_document.issued.to_string())
            .with("identityNumber", number.as_str())
            .with_optional("licenseNumber", id_document.license.as_deref())
            .with_optional("serialNumber", id_document.serial.as_deref());
        item.with("verificationResult", word)
            .with(
                "verification",
                json!({
                    "result": {
                        "code": code,
                        "message": message,
                        "transactionId": self.dice.fill("tx************************"),
                        "extraMessage": "",
                    },
                    "data": {
                        "resUserIdentiyNo": number,
                        "resAuthenticity": if success { "1" } else { "0" },
                        "resAuthenticityDesc": if success { "일치합니다." } else { "발급일자가 일치하지 않습니다." },
                        "resUserNm": person.full,
                    },
                }),
            )
            .with("verificationParams", params)
    }

    fn face(&mut self, item: JsonObject, fault: Option<StepFault>, count: usize) -> JsonObject {
        let error = fault.and_then(StepFault::liveness);
        let (liveness, live) = match error {
            Some((message, code)) => (json!({ "error": message, "error_code": code }), None),
            None => {
                let score = self.dice.decimal(10_000_000, 80_000_000, 7);
                // Drawn so that everything after it keeps its dice.
                self.dice.decimal(50_000_000, 99_999_999, 8);
                let probability = logistic(score);
                let quality = self.dice.decimal(3_100_000, 9_900_000, 7);
                self.score(64, 99);
                let live: i64 = format!("{:.0}", (100.0 * probability).round()).parse().unwrap_or_default();
                (json!({ "score": score, "probability": probability, "quality": quality }), Some(json!(live)))
            }
        };
        let alike = match fault {
            None => Some(self.score(82, 99)),
            Some(StepFault::FaceCompare) => Some(self.score(3, 58)),
            Some(_) => None,
        };
        let detected = (!self.plan.document && fault != Some(StepFault::NoFace)) || self.dice.percent(3);
        item.with("liveness", liveness)
            .with_optional("livenessScore", live)
            .with_optional("faceSimilarityScore", alike)
            .with("selfieImage", format!("https://images.example.com/{}/selfie/{count}", self.plan.id))
            .with_optional("detectFace", detected.then(|| self.detected()))
    }

    /// Generates the JSON of a face detection. It has the documented fields `AgeRange` and `Gender`. Sometimes it also
    /// has fields such as `Smile`, which a known face detection service sends too.
    fn detected(&mut self) -> Value {
        let (low, high) =
            (self.plan.age() - self.dice.number_between(2, 6), self.plan.age() + self.dice.number_between(2, 7));
        let word = if self.plan.person.male { "Male" } else { "Female" };
        let mut face = json!({
            "AgeRange": { "Low": low.max(0), "High": high },
            "Gender": { "Value": word, "Confidence": self.dice.decimal(7_100_000, 9_999_999, 5) },
        });
        if let (true, Some(face)) = (self.dice.percent(30), face.as_object_mut()) {
            let (smile, left, top) =
                (self.dice.percent(40), self.dice.decimal(100_000, 400_000, 6), self.dice.decimal(90_000, 350_000, 6));
            face.insert(
                "Smile".to_owned(),
                json!({ "Value": smile, "Confidence": self.dice.decimal(600_000, 999_999, 4) }),
            );
            face.insert("BoundingBox".to_owned(), json!({ "Left": left, "Top": top, "Width": 0.41, "Height": 0.55 }));
        }
        json!([face])
    }

    /// Generates the score of a face, from `low` to `high`. In every fourth submission the score has a fraction, in the
    /// others it is a whole number. The samples of the documentation show whole numbers, but its table says fractions.
    fn score(&mut self, low: i64, high: i64) -> Value {
        let (full_record, fraction) =
            (self.dice.number_between(low, high), self.dice.decimal(low * 10_000, high * 10_000, 4));
        if self.plan.index.is_multiple_of(4) { json!(fraction) } else { json!(full_record) }
    }
}

/// Returns the probability for the liveness score `score`: `1 / (1 + e^-score)`, the formula that fits the samples in
/// the documentation. The result is rounded to 8 decimals, as in the samples.
fn logistic(score: f64) -> f64 {
    const DIGITS: f64 = 1e8;
    (DIGITS / (1.0 + (-score).exp())).round() / DIGITS
}

/// Copies the face scores and the selfie of the last of `attempts`, and the message of the last of `faults`, to the
/// block `kyc` itself. Returns `kyc` unchanged if the last attempt has no selfie. Used for submissions without a
/// document, as in the sample of the service's documentation.
fn repeat_last(kyc: JsonObject, attempts: &[Value], faults: &[StepFault]) -> JsonObject {
    let Some(last) = attempts.last().filter(|last| last.get("selfieImage").is_some()) else { return kyc };
    let messages: Vec<&str> = faults.last().into_iter().map(|fault| fault.message()).collect();
    let score = |key: &str| last.get(key).cloned().unwrap_or_else(|| json!(0));
    kyc.with("faceSimilarityScore", score("faceSimilarityScore"))
        .with("livenessScore", score("livenessScore"))
        .with_optional("selfieImage", last.get("selfieImage").cloned())
        .with_optional("retryMsg", (!messages.is_empty()).then_some(messages))
}
