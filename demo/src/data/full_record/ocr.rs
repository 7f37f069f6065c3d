//! Builds the objects `OCR_raw`, `ocr` and `review` of a full record. They hold the same document values: as printed,
//! as recognised, and as the applicant confirmed them.
//!
//! `data` holds the true values. In most submissions, the other objects differ from the true values only in form, such
//! as upper case. In one of four submissions, and in one of twenty approved ones, one value really differs. A reviewer
//! must be able to tell a real difference from a difference of form.

mod layered_value;
mod slip;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::super::picture::card_layout::{self, CARD, CardField, FieldPlace};
use super::super::pools::PrintedDateFormat;
use super::super::submission_plan::{Status, SubmissionPlan};
use super::super::verdict;
use super::id_document::IdDocument;
use layered_value::{LayeredValue, printed_date, unambiguous_format};

/// Adds the values of the identity document `id_document` to the full record `item`. They are in three objects:
/// `OCR_raw` (as printed), `ocr` (as recognised) and `review` (as the applicant confirmed or changed them). Some
/// records have no `review`.
pub(super) fn add_layers(item: JsonObject, plan: &SubmissionPlan, id_document: &IdDocument) -> JsonObject {
    let dice = &mut plan.dice(DiceStream::Ocr);
    let printed =
        unambiguous_format(plan.person.origin.printed, &[plan.person.birth, id_document.issued, id_document.expires]);
    let mut lines = lines(plan, id_document, printed, dice);
    // The document has the true values: a slip is a mistake in reading them.
    let places = card_layout::places(&fields(&lines));
    let draw_differences = slip::draw_differences(plan, dice);
    for slip in &draw_differences {
        slip::apply(*slip, &mut lines, plan, printed, dice);
    }
    if verdict::rejects(plan).iter().any(|reject| reject.code.starts_with("id_image")) {
        for line in &mut lines {
            line.score = dice.number_between(4, 55);
            line.accepted = line.score > 40;
        }
    }

    let rotation = dice.word(&["0", "0", "0", "0", "90", "180", "270", "-1.5"]);
    let mut raw = JsonObject::new().with("rotate", json!({ "value": rotation }));
    let (mut ocr, mut review) = (JsonObject::new(), JsonObject::new());
    for (line, place) in lines.into_iter().zip(&places) {
        raw = raw.with(line.raw, raw_entry(&line, corners(plan, line.raw, place), dice));
        if let Some(key) = line.ocr {
            ocr = ocr.with(key, line.recognised);
        }
        if let Some(key) = line.review {
            review = review.with(key, line.reviewed);
        }
    }
    // Not every project lets the applicant check the recognised values.
    let looked_over = plan.is_staged() || !draw_differences.is_empty() || dice.percent(85);
    item.with("OCR_raw", raw).with("ocr", ocr).with_optional("review", looked_over.then_some(review))
}

/// Returns the values that are printed on the front of the document `id_document`, in the order of the rows.
pub(in super::super) fn printed(plan: &SubmissionPlan, id_document: &IdDocument) -> Vec<CardField> {
    let printed =
        unambiguous_format(plan.person.origin.printed, &[plan.person.birth, id_document.issued, id_document.expires]);
    fields(&lines(plan, id_document, printed, &mut plan.dice(DiceStream::Ocr)))
}

fn fields(lines: &[LayeredValue]) -> Vec<CardField> {
    lines.iter().map(|line| CardField { name: line.raw, text: line.printed.clone() }).collect()
}

/// Returns the JSON of one document value, such as the birth date, in the object `OCR_raw`. `line` holds the value, and
/// `corners` its `coordinates`. In some entries, all fields other than the value are missing, as in the samples of the
/// documentation.
fn raw_entry(line: &LayeredValue, corners: Option<Value>, dice: &mut Dice) -> Value {
    // Drawn so that everything after it keeps its dice.
    for (low, high) in [(20, 900), (20, 560), (60, 420), (14, 48), (-2, 2)] {
        dice.number_between(low, high);
    }
    let bare = dice.percent(2);
    JsonObject::new()
        .with("value", line.printed.as_str())
        .with_optional("score", (!bare).then_some(line.score))
        .with_optional("accepted", (!bare).then_some(line.accepted))
        .with_optional("coordinates", corners.filter(|_| !bare))
        .into()
}

/// One record in this number of records has no `coordinates` at all.
const ONE_WITHOUT_COORDINATES_OF: usize = 43;
/// One record in this number of records has deliberately wrong coordinates: the second corner of the printed birth date
/// is outside of the picture.
const ONE_WITH_WRONG_COORDINATES_OF: usize = 41;

/// Returns the JSON of the `coordinates` of the document value with the name `name`. They are the four corners of
/// `place`, clockwise from the upper left one, in pixels of the upright picture. Returns `None` for a record without
/// coordinates.
fn corners(plan: &SubmissionPlan, name: &str, place: &FieldPlace) -> Option<Value> {
    let first = place.place.top_left;
    let third = first + place.place.size;
    let second_x =
        if plan.index % ONE_WITH_WRONG_COORDINATES_OF == ONE_WITH_WRONG_COORDINATES_OF - 1 && name == "birth_date" {
            first.x.saturating_add_unsigned(CARD.width)
        } else {
            third.x
        };
    let corner = |x: i32, y: i32| json!({ "x": x, "y": y });
    (plan.index % ONE_WITHOUT_COORDINATES_OF != ONE_WITHOUT_COORDINATES_OF - 1).then(|| {
        json!({
            "first": corner(first.x, first.y),
            "second": corner(second_x, first.y),
            "third": corner(third.x, third.y),
            "fourth": corner(first.x, third.y),
        })
    })
}

fn lines(
    plan: &SubmissionPlan,
    id_document: &IdDocument,
    printed: PrintedDateFormat,
    dice: &mut Dice,
) -> Vec<LayeredValue> {
    let person = &plan.person;
    // Whether the name has only Latin letters, including those with marks.
    let latin = person.full.chars().all(|char| char < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&char));
    let upper = |text: &str| if latin && prints_capitals(plan) { text.to_uppercase() } else { text.to_owned() };
    let date = |date: Date| (printed_date(printed, date), date.to_string());
    let mut lines = Vec::with_capacity(14);
    let mut add = |raw, ocr, review, printed: String, value: &str| {
        let score = if dice.percent(88) { dice.number_between(86, 100) } else { dice.number_between(48, 85) };
        // What the service did not accept seldom leads to an approval.
        let score = if score < 60 && plan.status == Status::Approved { score + 25 } else { score };
        let accepted = score >= 60;
        let (recognised, reviewed) = (value.to_owned(), value.to_owned());
        lines.push(LayeredValue { raw, ocr, review, printed, recognised, reviewed, score, accepted });
    };

    let name = if latin { "name_eng" } else { "name" };
    add(name, Some("fullName"), Some("fullName"), upper(&person.full), &person.full);
    if id_document.id_type == "passport" || person.origin.gap == " " {
        add("first_name", Some("firstName"), None, upper(&person.first), &person.first);
        add("last_name", Some("lastName"), None, upper(&person.last), &person.last);
    }
    if !verdict::has_reject_code(plan, "no-date-of-birth") {
        let (printed, value) = date(person.birth);
        add("birth_date", Some("birthDate"), Some("birthDate"), printed, &value);
    }
    let letter = if person.male { "M" } else { "F" };
    add("gender", Some("gender"), Some("gender"), letter.to_owned(), person.gender());
    add(
        "nationality",
        Some("nationality"),
        Some("nationality"),
        person.origin.country.to_owned(),
        person.origin.country,
    );
    let numbers = [
        ("number", "number", Some("documentNumber"), &id_document.number),
        ("license_number", "licenseNumber", Some("licenseNumber"), &id_document.license),
        ("identity_number", "identityNumber", Some("identityNumber"), &id_document.identity),
        ("curp_number", "curpNumber", Some("curpNumber"), &id_document.curp),
        ("serial_number", "serialNumber", None, &id_document.serial),
    ];
    for (raw, ocr, review, number) in numbers {
        if let Some(number) = number {
            add(raw, Some(ocr), review, number.clone(), number);
        }
    }
    let (printed, value) = date(id_document.issued);
    add("issue_date", Some("issueDate"), Some("issueDate"), printed, &value);
    let (printed, value) = date(id_document.expires);
    add("expire_date", Some("expireDate"), Some("expireDate"), printed, &value);
    if let Some(permit) = id_document.permit {
        add("type_of_permit", Some("typeOfPermit"), None, permit.to_owned(), permit);
    }
    if let Some(home) = person.home().filter(|_| id_document.id_type != "passport") {
        add("address", None, None, format!("{} {}", home.street, home.city), "");
    }
    // Items that only `OCR_raw` has: the names of items are not a closed list.
    match plan.index % 9 {
        0 => add("authority", None, None, "Ministry of Samples".to_owned(), ""),
        1 if person.origin.country == "KOR" => add("name_chn", None, None, "見本".to_owned(), ""),
        2 if id_document.id_type == "passport" => {
            add("mrz line 1", None, None, format!("P<{}EXAMPLE<<{letter}<<<<", person.origin.country), "");
        }
        3 => add("혈액형", None, None, "A+".to_owned(), ""),
        4 => add("height", None, None, "5'-11\"".to_owned(), ""),
        _ => {}
    }
    lines
}

/// Returns whether the document of this submission prints names in Latin capital letters.
fn prints_capitals(plan: &SubmissionPlan) -> bool {
    !plan.index.is_multiple_of(3)
}
