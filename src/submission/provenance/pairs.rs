//! Holds the table of fields that have values in several sources.
//!
//! The table follows the names and meanings on the documentation page of the service on `GET /submission`. The names of
//! the items of `OCR_raw` are not documented.

use super::value_kind::ValueKind;

/// Row of the table [`PAIRS`]: the label of a field, the kind of its values, and its names in the four sources.
pub(super) struct SourceNames {
    pub(super) label: &'static str,
    pub(super) kind: ValueKind,
    /// Names of the items of `OCR_raw` that belong to this field, in snake case.
    pub(super) raw: &'static [&'static str],
    /// Key of the field in the object `ocr`; empty if the object never has the field.
    pub(super) ocr: &'static str,
    /// Key of the field in the object `review`; empty if the object never has the field.
    pub(super) review: &'static str,
    pub(super) data: FinalValue,
}

/// Rule for finding the final value of a field in the object `data`: the keys under which `data` may hold the value.
pub(super) enum FinalValue {
    /// The object `data` never has the field.
    Nowhere,
    /// Use the value of the first of these keys that has one.
    First(&'static [&'static str]),
    /// Use the value of the first of these keys that has one. If none has one, use first and last name together.
    Name(&'static [&'static str]),
    /// Use the value, of those under these keys, that is most similar to the values of the field in the other sources.
    Nearest(&'static [&'static str]),
}

const fn pair(
    label: &'static str,
    kind: ValueKind,
    raw: &'static [&'static str],
    [ocr, review]: [&'static str; 2],
    data: FinalValue,
) -> SourceNames {
    SourceNames { label, kind, raw, ocr, review, data }
}

/// Table of the fields that have values in several of the objects `OCR_raw`, `ocr`, `review` and `data`. The order is
/// that in which an identity document is read. An empty name means that the object never has the field.
#[rustfmt::skip]
pub(super) const PAIRS: [SourceNames; 15] = [
    pair("Full name", ValueKind::Words, &["name_eng", "name", "full_name"], ["fullName", "fullName"], FinalValue::Name(&["full_name", "name"])),
    pair("First name", ValueKind::Words, &["first_name"], ["firstName", ""], FinalValue::First(&["first_name"])),
    pair("Last name", ValueKind::Words, &["last_name"], ["lastName", ""], FinalValue::First(&["last_name"])),
    pair("Birth date", ValueKind::Date, &["birth_date"], ["birthDate", "birthDate"], FinalValue::First(&["date_of_birth"])),
    pair("Gender", ValueKind::Gender, &["gender"], ["gender", "gender"], FinalValue::First(&["gender"])),
    pair("Nationality", ValueKind::Text, &["nationality"], ["nationality", "nationality"], FinalValue::First(&["nationality"])),
    pair("Document number", ValueKind::DocumentNumber, &["number", "document_number"], ["number", "documentNumber"], FinalValue::First(&["documentNumber"])),
    pair("Identity number", ValueKind::DocumentNumber, &["identity_number"], ["identityNumber", "identityNumber"], FinalValue::First(&["identityNumber"])),
    pair("License number", ValueKind::DocumentNumber, &["license_number"], ["licenseNumber", "licenseNumber"], FinalValue::Nowhere),
    pair("CURP number", ValueKind::DocumentNumber, &["curp_number"], ["curpNumber", "curpNumber"], FinalValue::Nowhere),
    pair("Serial number", ValueKind::DocumentNumber, &["serial_number"], ["serialNumber", ""], FinalValue::Nowhere),
    pair("Issue date", ValueKind::Date, &["issue_date"], ["issueDate", "issueDate"], FinalValue::First(&["idcard_issueDate"])),
    pair("Expiry date", ValueKind::Date, &["expire_date"], ["expireDate", "expireDate"], FinalValue::First(&["idcard_expireDate"])),
    pair("Permit type", ValueKind::Text, &["type_of_permit"], ["typeOfPermit", ""], FinalValue::First(&["typeOfPermit"])),
    pair("Address", ValueKind::Words, &["address"], ["", ""], FinalValue::Nearest(&["address_input", "address_formatted"])),
];

/// Returns a name in snake case, so that `birthDate` and `birth_date` become equal.
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
