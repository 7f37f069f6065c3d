//! Which value of one source goes with which value of another.
//!
//! By the names and meanings in the service's page on `GET /submission`; the names of the items of `OCR_raw` are open.

use super::alike::Shape;

/// A field that several sources hold.
pub(super) struct Pair {
    pub(super) label: &'static str,
    pub(super) shape: Shape,
    /// Items of `OCR_raw`, in snake case.
    pub(super) raw: &'static [&'static str],
    pub(super) ocr: &'static str,
    pub(super) review: &'static str,
    pub(super) data: Data,
}

/// Where the final value stands.
pub(super) enum Data {
    Nowhere,
    /// The first of several that holds something.
    First(&'static [&'static str]),
    /// The same, and for want of them first and last name together.
    Name(&'static [&'static str]),
    /// Whichever of several comes nearest to the other sources.
    Nearest(&'static [&'static str]),
}

const fn pair(
    label: &'static str,
    shape: Shape,
    raw: &'static [&'static str],
    [ocr, review]: [&'static str; 2],
    data: Data,
) -> Pair {
    Pair { label, shape, raw, ocr, review, data }
}

/// In the order in which an identity document is read. An empty name: the source has no such field.
#[rustfmt::skip]
pub(super) const PAIRS: [Pair; 15] = [
    pair("Full name", Shape::Text, &["name_eng", "name", "full_name"], ["fullName", "fullName"], Data::Name(&["full_name", "name"])),
    pair("First name", Shape::Text, &["first_name"], ["firstName", ""], Data::First(&["first_name"])),
    pair("Last name", Shape::Text, &["last_name"], ["lastName", ""], Data::First(&["last_name"])),
    pair("Birth date", Shape::Date, &["birth_date"], ["birthDate", "birthDate"], Data::First(&["date_of_birth"])),
    pair("Gender", Shape::Gender, &["gender"], ["gender", "gender"], Data::First(&["gender"])),
    pair("Nationality", Shape::Text, &["nationality"], ["nationality", "nationality"], Data::First(&["nationality"])),
    pair("Document number", Shape::Text, &["number", "document_number"], ["number", "documentNumber"], Data::First(&["documentNumber"])),
    pair("Identity number", Shape::Text, &["identity_number"], ["identityNumber", "identityNumber"], Data::First(&["identityNumber"])),
    pair("License number", Shape::Text, &["license_number"], ["licenseNumber", "licenseNumber"], Data::Nowhere),
    pair("CURP number", Shape::Text, &["curp_number"], ["curpNumber", "curpNumber"], Data::Nowhere),
    pair("Serial number", Shape::Text, &["serial_number"], ["serialNumber", ""], Data::Nowhere),
    pair("Issue date", Shape::Date, &["issue_date"], ["issueDate", "issueDate"], Data::First(&["idcard_issueDate"])),
    pair("Expiry date", Shape::Date, &["expire_date"], ["expireDate", "expireDate"], Data::First(&["idcard_expireDate"])),
    pair("Permit type", Shape::Text, &["type_of_permit"], ["typeOfPermit", ""], Data::First(&["typeOfPermit"])),
    pair("Address", Shape::Text, &["address"], ["", ""], Data::Nearest(&["address_input", "address_formatted"])),
];

/// A name in snake case, whatever case it came in: `birthDate` and `birth_date` are one.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    let mut after_small = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && after_small {
            out.push('_');
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}
