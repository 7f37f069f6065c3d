//! Generates an invented identity document: type, numbers and dates. A person usually has the same type and numbers in
//! all submissions.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::dice::{Dice, DiceStream};
use super::super::person::day_in;
use super::super::pools::KOREA;
use super::super::submission_plan::SubmissionPlan;
use super::super::verdict;

/// The data of an identity document: its type, issuer, numbers and dates. Each value has the form in which the service
/// sends it.
pub(in super::super) struct IdDocument {
    pub(in super::super) id_type: &'static str,
    /// ISO 3166-1 alpha-3 code of the country that issued the document.
    pub(in super::super) issuer: &'static str,
    /// The value of the field `documentNumber`; `None` for a document without such a number.
    pub(in super::super) number: Option<String>,
    pub(in super::super) identity: Option<String>,
    pub(in super::super) license: Option<String>,
    pub(in super::super) curp: Option<String>,
    pub(in super::super) serial: Option<String>,
    pub(in super::super) permit: Option<&'static str>,
    pub(in super::super) issued: Date,
    pub(in super::super) expires: Date,
}

impl IdDocument {
    /// Returns the identity document of a submission; `None` if the submission has no document.
    pub(in super::super) fn of(plan: &SubmissionPlan) -> Option<Self> {
        let dice = &mut Dice::of_text(DiceStream::Paper, &plan.person.identity_key());
        let origin = plan.person.origin;
        let mut id_type = dice.word(origin.id_types);
        if verdict::has_reject_code(plan, "invalid_acceptedID") {
            id_type = dice.word(&["vehicle_registration_certificate", "universal"]);
        }
        let issuer = if id_type == "foreign_registrator" { "KOR" } else { origin.country };
        let korean = issuer == "KOR";
        let birth = plan.person.birth.strftime("%y%m%d").to_string();
        let number = dice.fill(origin.document);
        let identity =
            dice.fill(&if korean { format!("{birth}{}", KOREA.identity) } else { origin.identity.to_owned() });
        let (issued, expires) = dates(dice, plan);
        let mut id_document = Self {
            id_type,
            issuer,
            number: None,
            identity: None,
            license: None,
            curp: None,
            serial: None,
            permit: None,
            issued,
            expires,
        };
        match id_type {
            "drivers_license" => {
                id_document.license = Some(if korean { dice.fill("00-##-######-##") } else { number });
                id_document.serial = korean.then(|| dice.fill("@#@@##"));
                id_document.identity = korean.then_some(identity);
            }
            "government_id" if origin.country == "MEX" => {
                id_document.curp = Some(identity);
                id_document.number = Some(number);
            }
            "government_id" | "aadhaar" => {
                id_document.identity = Some(identity);
                id_document.number = (!korean && id_type != "aadhaar").then_some(number);
            }
            "residence_permit" | "visa" | "foreign_registrator" => {
                id_document.permit = Some(dice.word(&["F-1", "F-4", "E-7", "D-2", "H-2"]));
                id_document.number = Some(number);
                id_document.identity = korean.then_some(identity);
                id_document.serial = dice.percent(50).then(|| dice.fill("0-###-###-####"));
            }
            _ => id_document.number = Some(number),
        }
        plan.document.then_some(id_document)
    }
}

/// Generates the dates of issue and expiry of a document, ten years apart. The document is valid on the day of the
/// submission, except if the submission is rejected because of an expired document.
fn dates(dice: &mut Dice, plan: &SubmissionPlan) -> (Date, Date) {
    let year = plan.at.date().year();
    let ago = if verdict::has_reject_code(plan, "expired_id") {
        dice.number_between(11, 12)
    } else {
        dice.number_between(1, 8)
    };
    let issued = day_in(dice, year - i16::try_from(ago).unwrap_or(1));
    (issued, issued.saturating_add(10.years()))
}
