//! Compares the applicant with the person of an AML match.
//!
//! Names, birth dates and genders are compared by the rules of the OCR tab. Some values cannot be compared, such as a
//! name in Hangul with a name in Latin letters, or a year with a whole date. They do not count as different.

use super::{SubjectKind, SubjectValue};
use crate::submission::document::{Document, Field};
use crate::submission::provenance::{self, Agreement, Normalization};
use crate::time;

/// Result of comparing a value of the applicant with a value of the person of an AML match, such as their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectAgreement {
    /// The values are equal texts.
    Same,
    /// The values are the same if these differences in form are ignored, such as the difference of upper and lower
    /// case.
    Equivalent(Vec<Normalization>),
    /// The values cannot be compared; the text is the reason, such as `masked by ARGOS`.
    NotComparable(&'static str),
    /// The values differ. The text says what differs, such as `the year`; it is empty if the whole values differ.
    Differs(&'static str),
}

impl SubjectAgreement {
    /// Returns a number for sorting results: it is 0 for equal values and highest for different values.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Equivalent(_) => 1,
            Self::NotComparable(_) => 2,
            Self::Differs(_) => 3,
        }
    }
}

/// Data of the applicant that is compared with the persons of AML matches: documented fields of `data`.
#[derive(Debug)]
pub struct AmlApplicant<'a> {
    /// Names of the applicant: the full name and the name (only once if they are equal). If neither was sent, this is
    /// the first and last name as one value.
    pub names: Vec<SubjectValue<'a>>,
    /// Birth date of the applicant; `None` if it was not sent.
    pub birth_date: Option<SubjectValue<'a>>,
    /// Gender of the applicant; `None` if it was not sent.
    pub gender: Option<SubjectValue<'a>>,
    /// Countries of the applicant: the nationality, and the issuing country of the ID document if it differs.
    pub countries: Vec<SubjectValue<'a>>,
}

impl<'a> AmlApplicant<'a> {
    /// Reads the applicant's values, such as names and birth date, from the object `data` of the submission `document`.
    pub fn of(document: &'a Document) -> Self {
        let field = |path: &str| document.field(path).filter(|field| !field.is_empty());
        let distinct = |paths: [&str; 2]| {
            let mut values: Vec<SubjectValue<'a>> = Vec::new();
            for value in paths.into_iter().filter_map(field).map(SubjectValue::of) {
                if values.iter().all(|known| known.expose() != value.expose()) {
                    values.push(value);
                }
            }
            values
        };
        let mut names = distinct(["data.full_name", "data.name"]);
        if names.is_empty() {
            let parts: Vec<Field<'a>> = ["data.first_name", "data.last_name"].into_iter().filter_map(field).collect();
            names.extend(match parts.as_slice() {
                [] => None,
                [only] => Some(SubjectValue::of(only.clone())),
                _ => Some(SubjectValue::joined(parts, " ")),
            });
        }
        Self {
            names,
            birth_date: field("data.date_of_birth").map(SubjectValue::of),
            gender: field("data.gender").map(SubjectValue::of),
            countries: distinct(["data.nationality", "data.idcard_issuingCountry"]),
        }
    }

    /// Returns the applicant's values of the kind `kind`. The result is empty for aliases and lists.
    pub fn values(&self, kind: SubjectKind) -> Vec<&SubjectValue<'a>> {
        match kind {
            SubjectKind::Name => self.names.iter().collect(),
            SubjectKind::BirthDate => self.birth_date.iter().collect(),
            SubjectKind::Gender => self.gender.iter().collect(),
            SubjectKind::Country => self.countries.iter().collect(),
            SubjectKind::Alias | SubjectKind::List => Vec::new(),
        }
    }

    /// Compares `value`, a value of the person of an AML match, with the applicant's values of the kind `kind`. If the
    /// applicant has several, the result is that of the best match. Returns `None` for a kind that is not compared, and
    /// if the applicant has no value of this kind.
    pub fn compare(&self, kind: SubjectKind, value: &SubjectValue<'_>) -> Option<SubjectAgreement> {
        let results: Vec<SubjectAgreement> = match kind {
            SubjectKind::Name | SubjectKind::Alias => {
                self.names.iter().map(|name| compare_names(&spellings(name), value)).collect()
            }
            SubjectKind::BirthDate => self.birth_date.iter().map(|date| compare_dates(date, value)).collect(),
            SubjectKind::Gender => {
                self.gender.iter().map(|gender| compare_plain("gender", gender.expose(), value.expose())).collect()
            }
            SubjectKind::Country | SubjectKind::List => Vec::new(),
        };
        // One equal name is enough, and a name that cannot be compared does not hide one that differs.
        let certainty = |result: &SubjectAgreement| match result {
            SubjectAgreement::NotComparable(reason) if *reason != OTHER_LETTERS => 2,
            SubjectAgreement::NotComparable(_) => 4,
            other => other.rank(),
        };
        results.into_iter().min_by_key(certainty)
    }
}

const OTHER_LETTERS: &str = "script";
const SAME_PART: &str = "same in one script";

/// Returns the forms in which a name of the applicant may be written. For a name made of first and last name, these are
/// both orders of the two. For any other name, the result is only the name itself.
fn spellings(name: &SubjectValue<'_>) -> Vec<String> {
    let mut spellings = vec![name.expose().to_owned()];
    if name.parts.len() > 1 {
        let texts: Vec<&str> = name.parts.iter().rev().filter_map(Field::text).collect();
        spellings.push(texts.join(" "));
    }
    spellings
}

fn compare_names(spellings: &[String], value: &SubjectValue<'_>) -> SubjectAgreement {
    let other = value.expose();
    let each = spellings.iter().map(|one| match compare_plain("fullName", one, other) {
        SubjectAgreement::Differs(_) => {
            let (mine, theirs) = (scripts(one), scripts(other));
            let common: Vec<Script> = mine.iter().copied().filter(|script| theirs.contains(script)).collect();
            if common.is_empty() && !mine.is_empty() && !theirs.is_empty() {
                return SubjectAgreement::NotComparable(OTHER_LETTERS);
            }
            let is_mixed = mine.len() > common.len() || theirs.len() > common.len();
            let is_same = |script: &Script| {
                let (mine, theirs) = (words_in_script(one, *script), words_in_script(other, *script));
                let agreement = compare_plain("fullName", &mine, &theirs);
                !mine.is_empty() && matches!(agreement, SubjectAgreement::Same | SubjectAgreement::Equivalent(_))
            };
            if is_mixed && common.iter().all(is_same) {
                SubjectAgreement::NotComparable(SAME_PART)
            } else {
                SubjectAgreement::Differs("")
            }
        }
        other => other,
    });
    each.min_by_key(SubjectAgreement::rank).unwrap_or(SubjectAgreement::NotComparable(""))
}

fn compare_dates(applicant: &SubjectValue<'_>, value: &SubjectValue<'_>) -> SubjectAgreement {
    let one = applicant.expose().trim();
    let other = date_of(value.expose());
    let result = match () {
        () if value.is_range => SubjectAgreement::NotComparable("a range of dates"),
        () if !provenance::is_date(one) => SubjectAgreement::NotComparable("the applicant's date does not parse"),
        () if provenance::is_date(other) => match compare_plain("birthDate", one, other) {
            SubjectAgreement::Differs(_) if provenance::may_be_same_day(one, other) => {
                SubjectAgreement::NotComparable("day or month first")
            }
            result => result,
        },
        () => match (year_in(one), year_in(other)) {
            _ if other.contains('*') => SubjectAgreement::NotComparable("masked by ARGOS"),
            (Some(one), Some(other)) if one == other => SubjectAgreement::NotComparable("same year"),
            (Some(_), Some(_)) => SubjectAgreement::Differs("the year"),
            _ => SubjectAgreement::NotComparable("no date that parses"),
        },
    };
    match result {
        SubjectAgreement::Differs(_) if value.is_approximate => SubjectAgreement::Differs("approximate date"),
        result => result,
    }
}

/// Compares the values `one` and `other` by the rules of the OCR tab. `ocr_key` is the key of a field in the object
/// `ocr` of a submission, such as `birthDate`; the rules for this field are used.
fn compare_plain(ocr_key: &str, one: &str, other: &str) -> SubjectAgreement {
    match Agreement::of_values(ocr_key, one.trim(), other.trim()) {
        Agreement::Same => SubjectAgreement::Same,
        Agreement::Equivalent(normalizations) => SubjectAgreement::Equivalent(normalizations),
        Agreement::Differs => SubjectAgreement::Differs(""),
        Agreement::Unclear => SubjectAgreement::NotComparable("too long"),
        Agreement::Single => SubjectAgreement::NotComparable("masked by ARGOS"),
    }
}

/// Returns the date in `text` without its time: `1984-05-02` for `1984-05-02T00:00:00Z`. The date is not converted to
/// another time zone. Any other text is returned without the blanks around it.
fn date_of(text: &str) -> &str {
    const DATE: usize = 10;
    let text = text.trim();
    match text.get(..DATE) {
        Some(date)
            if !provenance::is_date(text) && time::parse_timestamp(text).is_some() && provenance::is_date(date) =>
        {
            date
        }
        _ => text,
    }
}

/// Returns the year in `text`: the only group of four digits that can be the year of a birth. `None` if there is no
/// such group, or more than one.
fn year_in(text: &str) -> Option<&str> {
    let groups = text.split(|c: char| !c.is_ascii_digit());
    let mut years =
        groups.filter(|group| group.len() == 4 && ["18", "19", "20"].iter().any(|age| group.starts_with(age)));
    let first = years.next()?;
    years.next().is_none().then_some(first)
}

/// Writing system of a name, such as Latin or Hangul. Names in different writing systems cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Kana,
    Hangul,
    Han,
    Other,
}

fn script(c: char) -> Option<Script> {
    if !c.is_alphabetic() {
        return None;
    }
    Some(match u32::from(c) {
        0x41..=0x2ff | 0x1e00..=0x1eff | 0xff21..=0xff5a => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f => Script::Cyrillic,
        0x590..=0x5ff => Script::Hebrew,
        0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Script::Arabic,
        0xe00..=0xe7f => Script::Thai,
        0x3040..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f => Script::Kana,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xffa0..=0xffdc => Script::Hangul,
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => Script::Han,
        _ => Script::Other,
    })
}

fn scripts(text: &str) -> Vec<Script> {
    let mut scripts = Vec::new();
    for script in text.chars().filter_map(script) {
        if !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Returns the words of `text` that are written in the script `wanted`, separated by blanks.
fn words_in_script(text: &str, wanted: Script) -> String {
    let is_wanted = |word: &&str| {
        word.chars().filter_map(script).all(|found| found == wanted) && word.chars().any(|c| script(c).is_some())
    };
    text.split_whitespace().filter(is_wanted).collect::<Vec<_>>().join(" ")
}
