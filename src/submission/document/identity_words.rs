//! Detects the undocumented values that are identity data, such as the number of a passport. A word in the name of the
//! value, or in the question that it answers, can show this. A long number in the value itself can show it, too.

use unicode_normalization::UnicodeNormalization as _;

use crate::submission::provenance;
use crate::text::has_long_number;
use crate::time;

/// Words in the name of a value that show that the value is identity data. Plurals with `s`, and several of these words
/// written together, count as well.
const IDENTITY_WORDS: [&str; 16] = [
    "account", "card", "curp", "document", "id", "jumin", "mrz", "no", "num", "number", "passport", "rrn", "serial",
    "ssn", "licence", "license",
];

/// Beginnings of words in the name of a value that show that the value is identity data, such as `licensee`.
const IDENTITY_BEGINNINGS: [&str; 1] = ["licen"];

/// Texts that show, anywhere in the name of a value, that the value is identity data. They are needed for names without
/// spaces between the words. Words with another meaning do not contain these texts.
const IDENTITY_PARTS: [&str; 7] = ["account", "curp", "identity", "jumin", "licen", "number", "passport"];

/// Texts in other languages than English that show, anywhere in the name of a value, that the value is identity data.
/// The languages are those of the countries whose documents the service checks. Accents are left out.
const FOREIGN_IDENTITY_PARTS: [&str; 20] = [
    "번호",
    "주민",
    "여권",
    "면허",
    "계좌",
    "신분증",
    "등록증",
    "番号",
    "番號",
    "号码",
    "號碼",
    "旅券",
    "パスポート",
    "免許",
    "口座",
    "身份证",
    "numero",
    "pasaporte",
    "passeport",
    "nummer",
];

/// Returns whether `name` shows that a value is identity data, such as a passport number. `name` is the key of the
/// value, or the question that the value answers.
///
/// The words of a name begin at capitals and after every character that is no letter. For an ASCII name, the function
/// allocates no text, because it is called for every undocumented key of a submission.
pub(super) fn reveals_identity(name: &str) -> bool {
    if name.is_ascii() {
        return reveals_identity_by_words(name);
    }
    let wide: String = name.nfkc().collect();
    let bare: String = name.nfkd().filter(char::is_ascii).collect();
    let lower = bare.to_ascii_lowercase();
    let foreign = |part: &&str| wide.contains(*part) || lower.contains(*part);
    // A character that is not ASCII ends a word, but an accent does not.
    let separated: String = wide.chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect();
    FOREIGN_IDENTITY_PARTS.iter().any(foreign)
        || reveals_identity_by_words(&separated)
        || reveals_identity_by_words(&bare)
}

fn reveals_identity_by_words(name: &str) -> bool {
    holds(name, &IDENTITY_PARTS) || holds(name, &FOREIGN_IDENTITY_PARTS) || words(name).any(is_word)
}

/// Returns whether the text `name` contains at least one of the texts `parts`, ignoring the case of ASCII letters.
fn holds(name: &str, parts: &[&str]) -> bool {
    let bytes = name.as_bytes();
    let begins = |at: usize, part: &str| {
        bytes.get(at..at + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part.as_bytes()))
    };
    (0..bytes.len()).any(|at| parts.iter().any(|part| begins(at, part)))
}

/// Iterates over the words of a name. Capitals before a small letter can be split in two ways, as in `IDCard` and
/// `IDcard`. The words of both ways are returned.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let runs = name.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| !run.is_empty());
    runs.flat_map(|run| {
        let small = |at: usize| run.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
        let mut words = vec![run];
        let mut from = 0;
        for at in 1..=run.len() {
            let is_start = at == run.len() || !small(at) && (small(at - 1) || small(at + 1));
            if is_start {
                words.extend(run.get(from..at));
                from = at;
            }
            if at > 1 && small(at) && !small(at - 1) && !small(at - 2) {
                let capitals = (0..at).rev().take_while(|at| !small(*at)).last().unwrap_or_default();
                words.extend(run.get(capitals..at));
                words.extend(run.get(at..));
            }
        }
        words
    })
}

/// Returns whether `word`, a word in the name of a value, shows that the value is identity data. This is so for:
///
/// * a word of [`IDENTITY_WORDS`] in the singular or plural
/// * several of these words written together
/// * a word that begins with one of the [`IDENTITY_BEGINNINGS`]
fn is_word(word: &str) -> bool {
    let begins =
        |beginning: &&str| word.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning));
    IDENTITY_BEGINNINGS.iter().any(begins) || is_made_of_words(word)
}

fn is_made_of_words(word: &str) -> bool {
    IDENTITY_WORDS.iter().any(|known| {
        let Some((start, rest)) = word.split_at_checked(known.len()) else { return false };
        start.eq_ignore_ascii_case(known)
            && (rest.is_empty() || rest.eq_ignore_ascii_case("s") || is_made_of_words(rest))
    })
}

/// Returns whether a value looks like the number of a person or of a document. Such a value contains a long number, and
/// is no time, date, decimal number or URL.
pub(super) fn is_identity_number(text: &str) -> bool {
    has_long_number(text)
        && !is_decimal(text)
        && !is_url(text)
        && time::parse_timestamp(text).is_none()
        && !provenance::is_date(text)
}

fn is_decimal(text: &str) -> bool {
    let text = text.trim();
    let (number, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(number, exponent)| (number, Some(exponent)));
    let unsigned = |text: &str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = unsigned(number).split_once('.').is_some_and(|(before, after)| digits(before) && digits(after));
    whole && exponent.is_none_or(|exponent| digits(&unsigned(exponent)))
}

fn is_url(text: &str) -> bool {
    let scheme = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    };
    text.split_once("://").is_some_and(|(name, rest)| scheme(name) && !rest.is_empty())
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name_tell() {
        for name in [
            "no",
            "NO",
            "rrn",
            "mrz1",
            "mrz_line_2",
            "ID",
            "idNo",
            "user-id",
            "Passport number",
            "documentNumber",
            "SSN",
            "ssnValue",
            "card_no",
            "cardno",
            "IDCard",
            "IDcard",
            "licenseClass",
            "LICENCES",
            "serial",
            "juminNo",
            "ids",
            "documents",
            "IDvalue",
            "userIDvalue",
            "new_passport_no",
            "accountHolder",
            "phoneNumber",
            "residentnumber",
            "identity",
            "ＩＤ",
            "주민등록번호",
            "여권 번호",
            "Número de pasaporte",
            "Numéro",
            "パスポート番号",
            "Führerscheinnummer",
            "data.num",
        ] {
            assert!(reveals_identity(name), "{name}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for name in [
            "",
            "name",
            "note",
            "nothing",
            "video",
            "valid",
            "side",
            "width",
            "className",
            "discard",
            "cardinal",
            "notice",
            "numb",
            "country",
            "status",
            "middle",
            "rapid",
            "kidNation",
            "serialized",
            "address",
            "이름",
            "국적",
            "Straße",
            "documentary",
        ] {
            assert!(!reveals_identity(name), "{name}");
        }
    }

    #[test]
    fn a_long_number_tells_but_for_times_decimals_and_links() {
        for text in
            ["12345", "900101-1234567", "M1234567", "010 1234 5678", "192.168.100.200", "١٢٣٤٥", "1234567890123"]
        {
            assert!(is_identity_number(text), "{text}");
        }
        for text in [
            "",
            "approved",
            "1234",
            "37.566535",
            "-0.76151925",
            "1.5e10",
            "2026-11-21",
            "2026-11-21T09:00:00.000Z",
            "21.11.2026",
            "https://example.com/900101",
            "1990년 1월 1일",
        ] {
            assert!(!is_identity_number(text), "{text}");
        }
        assert!(is_identity_number("see https://example.com/900101 and 900101"), "a sentence is no link");
        assert!(is_identity_number("12345.6789.1"), "two points are no decimal");
    }
}
