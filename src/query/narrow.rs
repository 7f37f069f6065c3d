//! Adds a term (one condition, such as `status:rejected`) to a filter line, where the user chooses a value on the
//! screen instead of typing it.

use jiff::civil::Date;

use super::key::{self, Key, KeyMeaning, Parameter, RowQuestion};
use super::write::value_text;
use super::{Query, Term};
use crate::submission::row::ColumnKind;

/// Returns the term of the filter language that finds the rows with the value `value`, such as `status:rejected` for
/// the key `status`. Returns `None` if the key does not exist, or if no term can find the value, such as an empty one.
pub fn term_for(key: &str, value: &str) -> Option<String> {
    let key = key::find(key).filter(|_| !value.is_empty())?;
    let text = format!("{}:{}", key.name, value_text(key, value));
    let query = Query::parse(&text, Date::ZERO);
    let is_read = query.problems.is_empty() && query.terms.len() == 1 && query.corrected().is_none();
    is_read.then_some(text)
}

impl Query {
    /// Returns the filter line with `term` at its end; `term` is one term, such as `status:rejected`. Earlier terms of
    /// the line that `term` replaces are left out:
    ///
    /// - A date term replaces all earlier date terms.
    /// - A row can have several values for a key such as `code:`. For such a key, only an equal earlier term is
    ///   replaced. Other terms with this key are kept, and a row must match all of them.
    /// - For any other key, such as `status:`, `term` replaces all terms with this key that are not negated.
    pub fn with_term(&self, term: &str) -> String {
        let new = Self::parse(term, Date::ZERO);
        let is_kept = |old: &&Term| !new.terms.first().is_some_and(|new| replaces(new, old));
        let dropped = self.terms.iter().filter(|old| !is_kept(old)).map(|old| old.span.clone());
        let (mut line, mut at) = (String::new(), 0);
        for span in dropped {
            line.push_str(self.text.get(at..span.start).unwrap_or_default());
            at = span.end;
        }
        line.push_str(self.text.get(at..).unwrap_or_default());
        let words: Vec<&str> = [line.trim(), term].into_iter().filter(|part| !part.is_empty()).collect();
        words.join(" ")
    }
}

/// Returns whether the new term `new` makes the earlier term `old` of a filter line superfluous, so that `old` is
/// removed.
fn replaces(new: &Term, old: &Term) -> bool {
    let (Some(new_key), Some(old_key)) = (new.key, old.key) else { return false };
    let is_same = new_key.name == old_key.name && !old.negated;
    match new_key.meaning {
        KeyMeaning::Server(_) if is_date(new_key) => is_date(old_key),
        KeyMeaning::Local(RowQuestion::Words { column, .. }) if column.kind() == ColumnKind::Words => {
            is_same && new.written == old.written
        }
        _ => is_same,
    }
}

const fn is_date(key: &Key) -> bool {
    matches!(key.meaning, KeyMeaning::Server(Parameter::From | Parameter::To | Parameter::On))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::row::{Cell, Column, Row};
    use crate::text::Mask;

    #[test]
    fn a_value_becomes_a_term_that_finds_it() {
        for (key, column, value, term) in [
            ("status", Column::Status, "rejected", "status:rejected"),
            ("status", Column::Status, "on hold", "status:\"on hold\""),
            ("nat", Column::Nationality, "KOR", "nat:KOR"),
            ("nat", Column::Nationality, "Korea", "nat:\"Korea\""),
            ("code", Column::RejectCode, "E4", "code:E4"),
            ("code", Column::RejectCode, "a:b \"c\" !d", "code:\"a:b \\\"c\\\" !d\""),
            ("idtype", Column::IdType, "passport", "idtype:passport"),
            ("idtype", Column::IdType, "재류 카드", "idtype:\"재류 카드\""),
            ("retry", Column::Retry, "document", "retry:\"document\""),
        ] {
            assert_eq!(term_for(key, value).as_deref(), Some(term));
            let row = Row::new(|wanted| if wanted == column { Cell::Text(value) } else { Cell::NotFetched });
            let query = Query::parse(term, Date::ZERO);
            assert!(query.judge(&row, Mask::None) == crate::query::Verdict::Shown, "{term}");
        }
        assert_eq!(term_for("on", "2026-11-21").as_deref(), Some("on:2026-11-21"));
        assert_eq!((term_for("nothing", "x"), term_for("status", "")), (None, None));
    }

    #[test]
    fn a_term_takes_the_place_of_what_it_makes_superfluous() {
        for (line, term, wanted) in [
            ("", "status:rejected", "status:rejected"),
            ("kim", "status:rejected", "kim status:rejected"),
            ("status:pending,rejected  kim", "status:rejected", "kim status:rejected"),
            ("!status:approved", "status:rejected", "!status:approved status:rejected"),
            ("code:E4", "code:E7", "code:E4 code:E7"),
            ("code:E4 kim", "code:E4", "kim code:E4"),
            ("from:-7d to:today kim", "on:2026-11-21", "kim on:2026-11-21"),
            ("email:a@example.com on:today", "on:2026-11-21", "email:a@example.com on:2026-11-21"),
        ] {
            let query = Query::parse(line, jiff::civil::date(2026, 11, 23));
            assert_eq!(query.with_term(term), wanted, "{line} + {term}");
        }
    }
}
