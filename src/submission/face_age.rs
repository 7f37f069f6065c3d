//! Ages estimated from faces, and the project's conditions that they were held against.
//!
//! The service's documentation, "Face Age Verification Info": values before and after the project's extension, for each
//! condition four comparisons, and `and` or `or` between the conditions. It names no overall result and no precedence.

use super::document::Field;
use super::words;

/// What a field says that holds `true`, `false` or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// `true`.
    True,
    /// `false`.
    False,
    /// `null`: documented as "when absent".
    Null,
    /// It was not sent.
    Absent,
    /// Anything else: never to be taken for `true`.
    Other,
}

impl Truth {
    /// Reads a member of an object.
    #[must_use]
    pub fn of(object: &Field<'_>, key: &str) -> Self {
        match object.child(key) {
            None => Self::Absent,
            Some(field) => match field.text().map(words::truth) {
                Some(Some(true)) => Self::True,
                Some(Some(false)) => Self::False,
                None if field.is_empty() => Self::Null,
                _ => Self::Other,
            },
        }
    }
}

/// The lowest, middle and highest estimate of an age, in years.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The lowest.
    pub low: Option<f64>,
    /// The middle.
    pub median: Option<f64>,
    /// The highest.
    pub high: Option<f64>,
}

impl Range {
    /// The range of three fields; what is no number is left out.
    #[must_use]
    pub fn of([low, median, high]: [Option<&Field<'_>>; 3]) -> Self {
        let number = |field: Option<&Field<'_>>| field.and_then(Field::number);
        Self { low: number(low), median: number(median), high: number(high) }
    }

    /// Its numbers.
    pub fn values(self) -> impl Iterator<Item = f64> {
        [self.low, self.median, self.high].into_iter().flatten()
    }

    /// Whether nothing but 0 was sent, as the service's sample does where there is no such picture.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.values().next().is_some() && self.values().all(|value| value == 0.0)
    }

    /// What contradicts itself or an age: ours, to be told as such. Nothing of an all-zero range.
    #[must_use]
    pub fn against(self, age: Option<f64>) -> Option<Against> {
        if self.is_zero() {
            return None;
        }
        let upside = |one: Option<f64>, other: Option<f64>| one.zip(other).is_some_and(|(one, other)| one > other);
        if upside(self.low, self.high) || upside(self.low, self.median) || upside(self.median, self.high) {
            return Some(Against::Unordered);
        }
        let age = age?;
        if self.low.is_some_and(|low| age < low) {
            Some(Against::Below)
        } else if self.high.is_some_and(|high| age > high) {
            Some(Against::Above)
        } else {
            None
        }
    }
}

/// How a range fails to hold an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The age is below the lowest estimate.
    Below,
    /// The age is above the highest estimate.
    Above,
    /// Low, median and high are not in this order.
    Unordered,
}

/// Whether a statement such as `36 gte 18` holds; `None` when it is none.
#[must_use]
pub fn holds(statement: &str) -> Option<bool> {
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

/// What the conditions come to together.
///
/// `None` when one of them is neither true nor false, when the operators do not fit them, or when it depends on
/// whether `and` binds stronger than `or` or they are read from left to right, which the documentation leaves open.
#[must_use]
pub fn together(results: &[Truth], operators: &[&str]) -> Option<bool> {
    let known = |truth: &Truth| match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        _ => None,
    };
    let results: Vec<bool> = results.iter().map(known).collect::<Option<_>>()?;
    let is_and = |word: &&str| match word.to_ascii_lowercase().as_str() {
        "and" => Some(true),
        "or" => Some(false),
        _ => None,
    };
    let ands: Vec<bool> = operators.iter().map(is_and).collect::<Option<_>>()?;
    let (first, rest) = results.split_first()?;
    if ands.len() != rest.len() {
        return None;
    }
    let joined = || ands.iter().zip(rest);
    let in_turn = joined().fold(*first, |sum, (and, next)| if *and { sum && *next } else { sum || *next });
    let mut groups = vec![*first];
    for (and, next) in joined() {
        match groups.last_mut() {
            Some(group) if *and => *group = *group && *next,
            _ => groups.push(*next),
        }
    }
    let bound = groups.contains(&true);
    (in_turn == bound).then_some(bound)
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
            assert_eq!(holds(statement), holds_, "{statement}");
        }
    }

    #[test]
    fn conditions_come_together_only_where_every_reading_agrees() {
        use Truth::{False, Null, Other, True};
        assert_eq!(together(&[True], &[]), Some(true));
        assert_eq!(together(&[True, False], &["and"]), Some(false));
        assert_eq!(together(&[True, False], &["OR"]), Some(true));
        // (true or false) and false = false, true or (false and false) = true.
        assert_eq!(together(&[True, False, False], &["or", "and"]), None);
        assert_eq!(together(&[True, True, False], &["and", "or"]), Some(true));
        for results in [vec![True, Null], vec![True, Other]] {
            assert_eq!(together(&results, &["or"]), None);
        }
        assert_eq!(together(&[True, True], &[]), None);
        assert_eq!(together(&[True, True], &["xor"]), None);
        assert_eq!(together(&[], &[]), None);
    }

    #[test]
    fn a_range_tells_where_an_age_lies() {
        let range = |low, median, high| Range { low: Some(low), median: Some(median), high: Some(high) };
        assert_eq!(range(20.0, 25.0, 30.0).against(Some(25.0)), None);
        assert_eq!(range(20.0, 25.0, 30.0).against(Some(31.0)), Some(Against::Above));
        assert_eq!(range(20.0, 25.0, 30.0).against(Some(19.0)), Some(Against::Below));
        assert_eq!(range(30.0, 25.0, 20.0).against(None), Some(Against::Unordered));
        assert_eq!(range(0.0, 0.0, 0.0).against(Some(34.0)), None);
        assert_eq!(Range::default().against(Some(34.0)), None);
    }
}
