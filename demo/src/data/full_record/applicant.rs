//! Builds the block `data` of a full record: the applicant's personal data, as recognised from the document and
//! corrected by the applicant.

use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::super::submission_plan::SubmissionPlan;
use super::account;
use super::id_document::IdDocument;

pub(super) fn data(plan: &SubmissionPlan, id_document: Option<&IdDocument>) -> JsonObject {
    let dice = &mut plan.dice(DiceStream::Applicant);
    let data = match id_document {
        Some(id_document) => by_document(plan, id_document, dice),
        None => by_knowledge(plan, dice),
    };
    let field = |dice: &mut Dice, share| {
        let value = dice.word(&["vip", "branch-017", "캠페인-4", "utm_source=newsletter", "{\"ref\":\"A-12\"}", "0"]);
        dice.percent(share).then_some(value)
    };
    data.with_optional("cf1", field(dice, 30))
        .with_optional("cf2", field(dice, 14))
        .with_optional("cf3", field(dice, 6))
}

fn by_document(plan: &SubmissionPlan, id_document: &IdDocument, dice: &mut Dice) -> JsonObject {
    let person = &plan.person;
    let country = person.origin.country;
    let data = JsonObject::new()
        .with("age_group", person.age_group(plan.at.date()))
        .with("first_name", person.first.as_str())
        .with("last_name", person.last.as_str())
        .with("full_name", person.full.as_str())
        .with("gender", person.gender())
        .with("nationality", country)
        .with_optional("date_of_birth", account::birth(plan))
        .with_optional("ip_address", (plan.is_staged() || dice.percent(90)).then_some(plan.ip.as_str()))
        .with("idType", id_document.id_type)
        .with("idcard_issuingCountry", id_document.issuer)
        .with("idcard_issueDate", id_document.issued.to_string())
        .with("idcard_expireDate", id_document.expires.to_string())
        .with_optional("identityNumber", id_document.identity.as_deref())
        .with_optional("documentNumber", id_document.number.as_deref().or(id_document.curp.as_deref()))
        .with_optional("typeOfPermit", id_document.permit);
    // Only samples show these fields: the data of the Korean registry about a foreigner's stay.
    let registry = id_document.permit.filter(|_| id_document.issuer == "KOR");
    let data = data
        .with_optional("typeOfPermitGovKor", registry)
        .with_optional("expiryDateOfStayKor", registry.map(|_| id_document.expires.to_string()))
        .with_optional("nationalityGovKor", registry.map(|_| person.origin.english.to_uppercase()));
    if dice.percent(65) { address(data, plan, dice) } else { data }
}

/// Adds the home address of the applicant to `data`, the JSON block with personal data, in two forms. One is the
/// address as the applicant entered it, the other is the address as the address service formatted it.
fn address(data: JsonObject, plan: &SubmissionPlan, dice: &mut Dice) -> JsonObject {
    let Some(home) = plan.person.home() else { return data };
    let local = home.plus.get(4..).unwrap_or(home.plus);
    let flat = format!("{}동 {}호", dice.number_between(101, 119), dice.number_between(101, 2_004));
    let flat = if plan.person.origin.country == "KOR" {
        flat
    } else {
        format!("{}-{}", dice.number_between(1, 40), dice.number_between(1, 20))
    };
    data.with("address_city", home.city)
        .with("address_country", plan.person.origin.country)
        .with("address_state", home.state)
        .with("address_street", home.street)
        .with_optional("address_street2", dice.percent(10).then_some("c/o Example GmbH"))
        .with("address_zipcode", home.zip)
        .with("address_globalCode", home.plus)
        .with("address_compoundCode", format!("{local} {}, {}", home.city, plan.person.origin.english))
        .with("address_formatted", format!("{}, {} {}", home.street, home.city, home.zip))
        .with(
            "address_input",
            if dice.percent(70) {
                format!("{}, {}", home.street, home.city)
            } else {
                format!("{} {}", home.city, home.street.to_lowercase())
            },
        )
        .with("address_detail", flat)
}

fn by_knowledge(plan: &SubmissionPlan, dice: &mut Dice) -> JsonObject {
    let person = &plan.person;
    let home = person.home().filter(|_| plan.is_staged() || dice.percent(75));
    let ssn = if dice.percent(35) { "***-**-****".to_owned() } else { dice.fill("000-##-####") };
    // The sample of a knowledge-based submission shows `N/A` although it shows a birth date.
    let age_group = if dice.percent(30) { "N/A" } else { person.age_group(plan.at.date()) };
    JsonObject::new()
        .with("age_group", age_group)
        .with("name", person.full.as_str())
        .with("gender", person.gender())
        .with("nationality", person.origin.country)
        .with_optional("date_of_birth", account::birth(plan))
        .with_optional("address_formatted", home.map(|home| format!("{}, {} {}", home.street, home.city, home.zip)))
        .with_optional(
            "address_detail",
            home.map(|_| format!("{}-{}", dice.number_between(1, 40), dice.number_between(100, 2_400))),
        )
        .with_optional("ssnNumber", (plan.is_staged() || dice.percent(60)).then_some(ssn))
        .with_optional("phoneNumber", dice.percent(85).then(|| dice.fill(person.origin.phone)))
}
