//! Builds the block `data` of a full record: the personal data of the applicant that are valid after recognition of the
//! document and corrections by the applicant.

use super::super::case::SubmissionPlan;
use super::super::dice::{Dice, DiceStream};
use super::super::object::JsonObject;
use super::account;
use super::id_document::IdDocument;

pub(super) fn data(case: &SubmissionPlan, paper: Option<&IdDocument>) -> JsonObject {
    let dice = &mut case.dice(DiceStream::Applicant);
    let data = match paper {
        Some(paper) => by_document(case, paper, dice),
        None => by_knowledge(case, dice),
    };
    let field = |dice: &mut Dice, share| {
        let value = dice.word(&["vip", "branch-017", "캠페인-4", "utm_source=newsletter", "{\"ref\":\"A-12\"}", "0"]);
        dice.percent(share).then_some(value)
    };
    data.with_optional("cf1", field(dice, 30))
        .with_optional("cf2", field(dice, 14))
        .with_optional("cf3", field(dice, 6))
}

fn by_document(case: &SubmissionPlan, paper: &IdDocument, dice: &mut Dice) -> JsonObject {
    let person = &case.person;
    let country = person.origin.country;
    let data = JsonObject::new()
        .with("age_group", person.age_group(case.at.date()))
        .with("first_name", person.first.as_str())
        .with("last_name", person.last.as_str())
        .with("full_name", person.full.as_str())
        .with("gender", person.gender())
        .with("nationality", country)
        .with_optional("date_of_birth", account::birth(case))
        .with_optional("ip_address", (case.is_staged() || dice.percent(90)).then_some(case.ip.as_str()))
        .with("idType", paper.id_type)
        .with("idcard_issuingCountry", paper.issuer)
        .with("idcard_issueDate", paper.issued.to_string())
        .with("idcard_expireDate", paper.expires.to_string())
        .with_optional("identityNumber", paper.identity.as_deref())
        .with_optional("documentNumber", paper.number.as_deref().or(paper.curp.as_deref()))
        .with_optional("typeOfPermit", paper.permit);
    // Only samples show these fields: the data of the Korean registry about a foreigner's stay.
    let registry = paper.permit.filter(|_| paper.issuer == "KOR");
    let data = data
        .with_optional("typeOfPermitGovKor", registry)
        .with_optional("expiryDateOfStayKor", registry.map(|_| paper.expires.to_string()))
        .with_optional("nationalityGovKor", registry.map(|_| person.origin.english.to_uppercase()));
    if dice.percent(65) { address(data, case, dice) } else { data }
}

/// Adds the home address to the block `data` in two forms: as the applicant entered the address, and as the address
/// service formatted it.
fn address(data: JsonObject, case: &SubmissionPlan, dice: &mut Dice) -> JsonObject {
    let Some(home) = case.person.home() else { return data };
    let local = home.plus.get(4..).unwrap_or(home.plus);
    let flat = format!("{}동 {}호", dice.number_between(101, 119), dice.number_between(101, 2_004));
    let flat = if case.person.origin.country == "KOR" {
        flat
    } else {
        format!("{}-{}", dice.number_between(1, 40), dice.number_between(1, 20))
    };
    data.with("address_city", home.city)
        .with("address_country", case.person.origin.country)
        .with("address_state", home.state)
        .with("address_street", home.street)
        .with_optional("address_street2", dice.percent(10).then_some("c/o Example GmbH"))
        .with("address_zipcode", home.zip)
        .with("address_globalCode", home.plus)
        .with("address_compoundCode", format!("{local} {}, {}", home.city, case.person.origin.english))
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

fn by_knowledge(case: &SubmissionPlan, dice: &mut Dice) -> JsonObject {
    let person = &case.person;
    let home = person.home().filter(|_| case.is_staged() || dice.percent(75));
    let ssn = if dice.percent(35) { "***-**-****".to_owned() } else { dice.fill("000-##-####") };
    // The sample of a knowledge-based submission shows `N/A` although it shows a birth date.
    let age_group = if dice.percent(30) { "N/A" } else { person.age_group(case.at.date()) };
    JsonObject::new()
        .with("age_group", age_group)
        .with("name", person.full.as_str())
        .with("gender", person.gender())
        .with("nationality", person.origin.country)
        .with_optional("date_of_birth", account::birth(case))
        .with_optional("address_formatted", home.map(|home| format!("{}, {} {}", home.street, home.city, home.zip)))
        .with_optional(
            "address_detail",
            home.map(|_| format!("{}-{}", dice.number_between(1, 40), dice.number_between(100, 2_400))),
        )
        .with_optional("ssnNumber", (case.is_staged() || dice.percent(60)).then_some(ssn))
        .with_optional("phoneNumber", dice.percent(85).then(|| dice.fill(person.origin.phone)))
}
