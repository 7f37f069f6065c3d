//! Columns by their names.

use std::borrow::Cow;

use crate::cli::out;
use crate::cli::output::parts;
use crate::panes::list::heading;
use crate::store::Sort;
use crate::submission::row::Column;
use crate::text::typed::in_ascii;

/// The word of each column, as in `has:` of the filter language.
const NAMES: [(Column, &str); Column::ALL.len()] = [
    (Column::Created, "created"),
    (Column::Id, "id"),
    (Column::Email, "email"),
    (Column::Name, "name"),
    (Column::BirthDate, "birth"),
    (Column::Nationality, "nat"),
    (Column::IssuingCountry, "country"),
    (Column::IdType, "idtype"),
    (Column::AgeGroup, "age"),
    (Column::Status, "status"),
    (Column::RejectCode, "code"),
    (Column::Aml, "aml"),
    (Column::AmlLevel, "level"),
    (Column::ArgosScore, "score"),
    (Column::Attempts, "attempts"),
    (Column::UserId, "userid"),
    (Column::Ip, "ip"),
    (Column::Token, "token"),
    (Column::Updated, "updated"),
    (Column::Applicant, "applicant"),
];

/// The column of a name: its word, the word above it on the screen, or its path; case does not count, and neither do spaces,
/// hyphens and underscores.
pub(super) fn named(name: &str) -> Option<Column> {
    let plain = |text: &str| text.replace([' ', '-', '_'], "").to_lowercase();
    let wanted = plain(name.trim());
    let is_named =
        |(column, word): &(Column, &str)| [word, heading(*column), path(*column)].map(plain).contains(&wanted);
    NAMES.iter().find(|name| is_named(name)).map(|(column, _)| *column)
}

/// Where the service has it: the path that a CSV takes for the column.
pub(super) fn path(column: Column) -> &'static str {
    column.paths().first().copied().unwrap_or_default()
}

/// Names with commas between them.
pub(super) fn list(text: &str) -> Result<Vec<Column>, String> {
    parts(text).iter().map(|name| one(&meant("--columns", name))).collect()
}

/// A name, and whether to sort downwards.
pub(super) fn sort(text: &str) -> Result<Sort, String> {
    let meant = meant("--sort", text);
    let (name, descending) = match meant.rsplit_once(':') {
        Some((name, "desc")) => (name, true),
        Some((name, "asc")) => (name, false),
        Some(_) => return Err("behind the column stands :desc or nothing".to_owned()),
        None => (&*meant, false),
    };
    Ok(Sort { column: one(name)?, descending })
}

/// A name in ASCII; where it was typed otherwise, that is told.
fn meant<'t>(option: &str, typed: &'t str) -> Cow<'t, str> {
    let meant = in_ascii(typed);
    if meant != typed.trim_ascii() {
        out::talk(&format!("argos-review: {option}: `{typed}` is read as {meant}"));
    }
    meant
}

fn one(name: &str) -> Result<Column, String> {
    let known = || NAMES.map(|(_, word)| word).join(", ");
    named(name).ok_or_else(|| format!("there is no column {}; there are {}", name.trim(), known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_its_word_its_heading_and_its_path_and_no_two_share_one() {
        for (column, word) in NAMES {
            for name in [word, column.paths()[0], heading(column), &heading(column).to_uppercase()] {
                assert_eq!(named(name), Some(column), "{name}");
            }
        }
        assert_eq!(Column::ALL, NAMES.map(|(column, _)| column));
        for other in ["", "kyc.attempts[]", "kyc.attempts[-1]", "kycresult", "a.email"] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn sorting_goes_upwards_unless_it_is_told() {
        assert_eq!(sort("E-mail"), Ok(Sort { column: Column::Email, descending: false }));
        assert_eq!(sort("score:desc"), Ok(Sort { column: Column::ArgosScore, descending: true }));
        assert!(sort("score:down").is_err() && sort("nothing").is_err());
        assert_eq!(sort("ｓｃｏｒｅ：ｄｅｓｃ"), sort("score:desc"));
        assert!(list("created,,name").is_err());
        assert_eq!(list("created，name"), list("created,name"));
    }
}
