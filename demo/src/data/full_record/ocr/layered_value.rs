//! One document value, such as the birth date, in three layers: `OCR_raw` as printed, `ocr` as recognised, and `review`
//! as the applicant confirmed the value.

use jiff::civil::Date;

use super::super::super::pools::PrintedDateFormat;

/// One document value, such as the birth date, in the three layers `OCR_raw`, `ocr` and `review`. `raw`, `ocr` and
/// `review` are the keys of the value in these layers, and `printed`, `recognised` and `reviewed` its texts. If a layer
/// lacks the value, its key is `None` or its text is empty.
pub(super) struct LayeredValue {
    pub(super) raw: &'static str,
    pub(super) ocr: Option<&'static str>,
    pub(super) review: Option<&'static str>,
    pub(super) printed: String,
    pub(super) recognised: String,
    pub(super) reviewed: String,
    pub(super) score: i64,
    pub(super) accepted: bool,
}

/// Returns the format in which a document prints its dates: usually `usual`, the format of the country. If that format
/// has slashes, the day and the month of a date such as `03/04/1990` could be confused. If this is so for one of
/// `dates`, the result is a format with the month in letters.
pub(super) fn unambiguous_format(usual: PrintedDateFormat, dates: &[Date]) -> PrintedDateFormat {
    let is_ambiguous = |date: &Date| date.day() <= 12 && date.day() != date.month();
    let has_slashes = matches!(usual, PrintedDateFormat::MonthSlashes | PrintedDateFormat::DaySlashes);
    if has_slashes && dates.iter().any(is_ambiguous) { PrintedDateFormat::DayWords } else { usual }
}

/// Returns the date `date` as text in the format `shape`, in which a country's documents print dates.
pub(super) fn printed_date(shape: PrintedDateFormat, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match shape {
        PrintedDateFormat::DayDots => format!("{day:02}.{month:02}.{year}"),
        PrintedDateFormat::YearDots => format!("{year}.{month:02}.{day:02}"),
        PrintedDateFormat::MonthSlashes => format!("{month:02}/{day:02}/{year}"),
        PrintedDateFormat::DaySlashes => format!("{day:02}/{month:02}/{year}"),
        PrintedDateFormat::DayWords => date.strftime("%d %b %Y").to_string().to_uppercase(),
    }
}
