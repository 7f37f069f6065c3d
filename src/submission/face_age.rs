//! Ages that the service estimates from faces, and comparisons with these ages.
//!
//! Source: the service's documentation, "Face Age Verification Info". The service sends each range of ages twice: as
//! estimated (`originalSelfieLow`) and extended by the project's tolerance (`selfieLow`). Whether the conditions on the
//! age hold is [judged](super::assessment::AgeConditions) elsewhere.

use super::document::Field;

/// Range of an age that the service estimates from a face, in years.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AgeRange {
    /// Lowest estimate, in years.
    pub low: Option<f64>,
    /// Middle estimate, in years.
    pub median: Option<f64>,
    /// Highest estimate, in years.
    pub high: Option<f64>,
}

impl AgeRange {
    /// Reads a range of estimated ages from three fields, which hold the lowest, middle and highest estimate. An
    /// estimate is `None` if its field is missing or has no number.
    pub fn of([low, median, high]: [Option<&Field<'_>>; 3]) -> Self {
        let number = |field: Option<&Field<'_>>| field.and_then(Field::number);
        Self { low: number(low), median: number(median), high: number(high) }
    }

    /// Iterates over the estimated ages that were sent, in years, in the order lowest, middle, highest.
    pub fn values(self) -> impl Iterator<Item = f64> {
        [self.low, self.median, self.high].into_iter().flatten()
    }

    /// Returns whether at least one estimate was sent and all estimates that were sent are 0. In the service's sample,
    /// such a range means that there was no picture from which to estimate the age.
    pub fn is_zero(self) -> bool {
        self.values().next().is_some() && self.values().all(|value| value == 0.0)
    }

    /// Returns how this range of estimated ages contradicts itself or `age`, another age of the applicant in years.
    /// Estimates that are not in ascending order contradict themselves. If `age` is `None`, only this order is checked.
    ///
    /// Returns `None` if there is no contradiction, and for a range of zeros. A screen must say that this program
    /// computed the contradiction, because the service does not report it.
    pub fn contradiction_with(self, age: Option<f64>) -> Option<AgeContradiction> {
        if self.is_zero() {
            return None;
        }
        let upside = |one: Option<f64>, other: Option<f64>| one.zip(other).is_some_and(|(one, other)| one > other);
        if upside(self.low, self.high) || upside(self.low, self.median) || upside(self.median, self.high) {
            return Some(AgeContradiction::Unordered);
        }
        let age = age?;
        if self.low.is_some_and(|low| age < low) {
            Some(AgeContradiction::Below)
        } else if self.high.is_some_and(|high| age > high) {
            Some(AgeContradiction::Above)
        } else {
            None
        }
    }
}

/// Contradiction in an [`AgeRange`], or between the range and another age of the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeContradiction {
    /// The applicant's other age, with which the range is compared, is below the lowest estimate.
    Below,
    /// The applicant's other age, with which the range is compared, is above the highest estimate.
    Above,
    /// The estimates are not in the ascending order lowest, middle, highest.
    Unordered,
}

/// Returns whether `statement`, a comparison of two numbers such as `36 gte 18`, is true. Returns `None` if the text is
/// not such a comparison.
pub fn is_statement_true(statement: &str) -> Option<bool> {
    let mut words = statement.split_whitespace();
    let (one, operator, other) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (one, other): (f64, f64) = (one.parse().ok()?, other.parse().ok()?);
    Some(match operator {
        "gte" => one >= other,
        "gt" => one > other,
        "lte" => one <= other,
        "lt" => one < other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_checked() {
        for (statement, holds_) in [
            ("36 gte 18", Some(true)),
            ("18 gte 18", Some(true)),
            ("18 gt 18", Some(false)),
            ("17.5 lt 18", Some(true)),
            ("19 lte 18", Some(false)),
            ("", None),
            ("36 >= 18", None),
            ("36 gte 18 years", None),
            ("age gte 18", None),
        ] {
            assert_eq!(is_statement_true(statement), holds_, "{statement}");
        }
    }

    #[test]
    fn a_range_tells_where_an_age_lies() {
        let range = |low, median, high| AgeRange { low: Some(low), median: Some(median), high: Some(high) };
        assert_eq!(range(20.0, 25.0, 30.0).contradiction_with(Some(25.0)), None);
        assert_eq!(range(20.0, 25.0, 30.0).contradiction_with(Some(31.0)), Some(AgeContradiction::Above));
        assert_eq!(range(20.0, 25.0, 30.0).contradiction_with(Some(19.0)), Some(AgeContradiction::Below));
        assert_eq!(range(30.0, 25.0, 20.0).contradiction_with(None), Some(AgeContradiction::Unordered));
        assert_eq!(range(0.0, 0.0, 0.0).contradiction_with(Some(34.0)), None);
        assert_eq!(AgeRange::default().contradiction_with(Some(34.0)), None);
    }
}
