//! Generates differences between the objects `OCR_raw`, `ocr` and `review`, which hold the same document values, and
//! between these objects and the final data. Some differences are real, others are differences of form only.

use jiff::ToSpan;

use super::super::super::dice::Dice;
use super::super::super::pools::PrintedDateFormat;
use super::super::super::submission_plan::{Status, SubmissionPlan};
use super::super::super::verdict;
use super::layered_value::{LayeredValue, printed_date};

impl LayeredValue {
    fn mark_uncertain(&mut self, dice: &mut Dice) {
        self.score = dice.number_between(31, 58);
        self.accepted = false;
    }
}

/// A difference that the demo puts into one document value of a submission, such as the birth date. The value is then
/// not the same in all of the objects `OCR_raw`, `ocr` and `review`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LayerDifference {
    Case,
    Spacing,
    Width,
    DateShape,
    /// The document recognition misread one digit, and the applicant corrected the digit.
    Digit,
    BirthDate,
    Gender,
    /// The applicant changed the recognised name.
    ReviewedName,
    /// The document recognition misread one digit of the address.
    Address,
}

impl LayerDifference {
    /// Returns a difference of form, such as upper case, that replaces this difference in most approved submissions. A
    /// difference that is only one of form is returned unchanged. Returns `None` if nothing replaces this difference,
    /// so that the submission has no difference.
    fn harmless(self, dice: &mut Dice) -> Option<Self> {
        match self {
            Self::BirthDate => Some(Self::DateShape),
            Self::ReviewedName => Some(Self::Case),
            // The real difference draws a number, and later numbers must stay the same.
            Self::Digit => {
                dice.number_below(1);
                Some(Self::Width)
            }
            Self::Gender => {
                dice.number_below(1);
                None
            }
            Self::Address => None,
            Self::Case | Self::Spacing | Self::Width | Self::DateShape => Some(self),
        }
    }
}

/// The kinds of differences between `OCR_raw`, `ocr` and `review`, each with the percentage of submissions that have
/// it; `None` means no difference.
const LAYER_DIFFERENCES: [(Option<LayerDifference>, u64); 10] = [
    (Some(LayerDifference::Digit), 7),
    (Some(LayerDifference::Case), 7),
    (Some(LayerDifference::Width), 4),
    (Some(LayerDifference::Spacing), 6),
    (Some(LayerDifference::DateShape), 6),
    (Some(LayerDifference::BirthDate), 4),
    (Some(LayerDifference::Gender), 2),
    (Some(LayerDifference::ReviewedName), 4),
    (None, 56),
    (Some(LayerDifference::Address), 4),
];

/// One approved submission in this number may have a real difference between `OCR_raw`, `ocr` and `review`. In the
/// other approved submissions, these objects differ only in form, such as in spaces. Submissions on the first screen
/// are not counted.
const APPROVED: usize = 5;

/// Chooses the differences between `OCR_raw`, `ocr` and `review` that the submission `plan` gets: usually at most one.
/// A submission on the first screen with a red flag (a warning from AML screening) may have two: a misread digit and
/// another difference. The submissions on the first screen show each kind of difference.
pub(super) fn draw_differences(plan: &SubmissionPlan, dice: &mut Dice) -> Vec<LayerDifference> {
    if verdict::has_reject_code(plan, "id_info_dataMismatch") {
        return vec![LayerDifference::ReviewedName];
    }
    let drawn = dice.weighted(&LAYER_DIFFERENCES, |slip| slip.1);
    let misread = (plan.is_staged() && plan.red_flag.is_some()).then_some(LayerDifference::Digit);
    let slip = LAYER_DIFFERENCES.get(plan.index).or(drawn).and_then(|slip| slip.0);
    let is_plain = plan.status == Status::Approved && !plan.is_staged() && !plan.index.is_multiple_of(APPROVED);
    let slip = if is_plain { slip.and_then(|slip| slip.harmless(dice)) } else { slip };
    misread.into_iter().chain(slip).collect()
}

/// Makes the difference `slip`: changes one document value in one or two of the objects `OCR_raw`, `ocr` and `review`.
/// `lines` holds all values of the document, and `printed` is the format of its dates.
pub(super) fn apply(
    slip: LayerDifference,
    lines: &mut [LayeredValue],
    plan: &SubmissionPlan,
    printed: PrintedDateFormat,
    dice: &mut Dice,
) {
    if slip == LayerDifference::Address {
        if let Some(line) = lines.iter_mut().find(|line| line.raw == "address") {
            line.printed = misread(&line.printed, 0);
        }
        return;
    }
    let key = match slip {
        LayerDifference::Case | LayerDifference::Spacing | LayerDifference::ReviewedName => "fullName",
        LayerDifference::DateShape if dice.percent(50) => "expireDate",
        LayerDifference::DateShape | LayerDifference::BirthDate => "birthDate",
        LayerDifference::Gender => "gender",
        LayerDifference::Width | LayerDifference::Digit | LayerDifference::Address => {
            let numbers = ["number", "licenseNumber", "identityNumber", "curpNumber"];
            let has = |key: &&str| lines.iter().any(|line| line.ocr == Some(key));
            numbers.into_iter().find(has).unwrap_or_default()
        }
    };
    let Some(line) = lines.iter_mut().find(|line| line.ocr == Some(key)) else { return };
    match slip {
        LayerDifference::Case => line.recognised = swap_case(&line.recognised),
        LayerDifference::Spacing if line.reviewed.contains(' ') => line.reviewed = line.reviewed.replace(' ', "  "),
        LayerDifference::Spacing => line.recognised = spread(&line.recognised),
        LayerDifference::Width => line.printed = widen(&line.printed),
        LayerDifference::DateShape => line.reviewed = line.reviewed.replace('-', "."),
        LayerDifference::Digit => {
            line.printed = misread(&line.printed, 1);
            line.recognised = misread(&line.recognised, 1);
            line.mark_uncertain(dice);
        }
        LayerDifference::BirthDate => {
            let read = plan.person.birth.saturating_sub(10.years());
            line.printed = printed_date(printed, read);
            line.recognised = read.to_string();
            line.mark_uncertain(dice);
        }
        LayerDifference::Gender => {
            let other = if line.recognised == "male" { ("F", "female") } else { ("M", "male") };
            (line.printed, line.recognised) = (other.0.to_owned(), other.1.to_owned());
            line.score = dice.number_between(40, 70);
        }
        LayerDifference::ReviewedName => line.reviewed = rename(&line.reviewed),
        LayerDifference::Address => {}
    }
}

/// Returns the name `text` in upper case. If `text` is already in upper case, changes its spaces as [`spread`] does
/// instead.
fn swap_case(text: &str) -> String {
    let swapped = text.to_uppercase();
    if swapped == text { spread(text) } else { swapped }
}

/// Returns `text` without its spaces. If there are no spaces, adds a space after the first letter instead.
fn spread(text: &str) -> String {
    if text.contains(' ') {
        return text.replace(' ', "");
    }
    let mut chars = text.chars();
    let first: String = chars.by_ref().take(1).collect();
    format!("{first} {}", chars.as_str())
}

/// Returns `text` with its ASCII characters replaced by full-width forms, such as `７` for `7`.
fn widen(text: &str) -> String {
    let wide = |char: char| u32::from(char).checked_add(0xfee0).and_then(char::from_u32);
    text.chars().map(|char| if char.is_ascii_graphic() { wide(char).unwrap_or(char) } else { char }).collect()
}

/// Returns `text` with one digit replaced by another digit, as if it was misread. `digit_index` says which digit: its
/// index among the digits of the text, counted from the end; 0 is the last digit.
fn misread(text: &str, digit_index: usize) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if let Some(digit) = chars.iter_mut().rev().filter(|char| char.is_ascii_digit()).nth(digit_index) {
        *digit = match *digit {
            '1' => '7',
            '3' => '8',
            '8' => '3',
            '0' => '8',
            '5' => '6',
            _ => '1',
        };
    }
    chars.into_iter().collect()
}

/// Returns the name `text` with its last letter replaced by another letter.
fn rename(text: &str) -> String {
    let mut chars = text.chars();
    let last = chars.next_back();
    let other = match last {
        Some(char) if char.is_ascii_lowercase() => {
            if char == 'a' {
                'e'
            } else {
                'a'
            }
        }
        Some(char) if ('가'..='힣').contains(&char) => {
            if char == '준' {
                '진'
            } else {
                '준'
            }
        }
        Some(_) | None => '아',
    };
    format!("{}{other}", chars.as_str())
}
