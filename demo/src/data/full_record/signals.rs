//! Builds the block `signals`: the click on the start button, the camera processes in their order, and the estimated
//! ages. Times in `signals` are documented as ISO 8601.

use serde_json::{Value, json};

use super::super::object::JsonObject;
use super::super::submission_plan::SubmissionPlan;
use super::super::timeline::{Process, SubmissionTimes};
use super::face_age::{self, AgeRange};

pub(super) fn all(plan: &SubmissionPlan, times: &SubmissionTimes) -> JsonObject {
    let ages = face_age::ages(plan, times);
    let faces: Vec<Value> = ages
        .iter()
        .flat_map(|ages| [Some(seen(ages.selfie, "selfieImage")), ages.id.map(|id| seen(id, "idImage"))])
        .flatten()
        .collect();
    let processes: Vec<Value> = times.processes.iter().map(process).collect();
    JsonObject::new()
        .with_optional("faceAge", (!faces.is_empty()).then_some(faces))
        .with("startButtonClickTime", times.click.iso())
        .with("cameraProcessInfo", processes)
}

fn seen(span: AgeRange, source: &str) -> Value {
    json!({ "ageRange": { "low": span.low, "high": span.high, "median": span.median }, "source": source })
}

fn process(process: &Process) -> Value {
    JsonObject::new()
        .with("type", process.kind)
        .with("processStartTime", process.start.iso())
        .with_optional("processEndTime", process.end.map(super::super::demo_instant::DemoInstant::iso))
        // Documented: `null` means no error. Only face ages have a documented `null` too.
        .with("error", process.error)
        .into()
}
