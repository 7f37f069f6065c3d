//! One value in the three layers `OCR_raw`, `ocr` and `review`.

use jiff::civil::Date;

use super::super::super::pools::Printed;

/// One value in the three layers. A layer that lacks the value has no name or no text for it.
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

/// Formats a date as documents of a country print it.
pub(super) fn print(shape: Printed, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match shape {
        Printed::DayDots => format!("{day:02}.{month:02}.{year}"),
        Printed::YearDots => format!("{year}.{month:02}.{day:02}"),
        Printed::MonthSlashes => format!("{month:02}/{day:02}/{year}"),
        Printed::DaySlashes => format!("{day:02}/{month:02}/{year}"),
        Printed::DayWords => date.strftime("%d %b %Y").to_string().to_uppercase(),
    }
}
