//! Columns by their names.

use std::borrow::Cow;

use crate::cli::out;
use crate::cli::output::parts;
use crate::panes::list::heading;
use crate::store::Sort;
use crate::submission::row::Column;
use crate::text::typed::in_ascii;

/// The word of each column, as in `has:` of the filter language, and where the service has it.
const NAMES: [(Column, &str, &str); Column::ALL.len()] = [
    (Column::Created, "created", "created_at"),
    (Column::Id, "id", "submission_id"),
    (Column::Email, "email", "email"),
    (Column::Name, "name", "data.full_name"),
    (Column::BirthDate, "birth", "data.date_of_birth"),
    (Column::Nationality, "nat", "data.nationality"),
    (Column::IssuingCountry, "country", "data.idcard_issuingCountry"),
    (Column::IdType, "idtype", "data.idType"),
    (Column::AgeGroup, "age", "data.age_group"),
    (Column::Status, "status", "kyc.result"),
    (Column::RejectCode, "code", "kyc.commentCode"),
    (Column::Aml, "aml", "aml.currentstatus"),
    (Column::AmlLevel, "level", "aml.risk_level_summary"),
    (Column::ArgosScore, "score", "argos_score"),
    (Column::Attempts, "attempts", "kyc.attempts"),
    (Column::UserId, "userid", "userid"),
    (Column::Ip, "ip", "data.ip_address"),
    (Column::Token, "token", "tokenId"),
    (Column::Updated, "updated", "updated_at"),
    (Column::Applicant, "applicant", "applicant_id"),
];

/// The column of a name: its word, the word above it on the screen, or its path; case does not count, and neither do spaces,
/// hyphens and underscores.
pub(super) fn named(name: &str) -> Option<Column> {
    let plain = |text: &str| text.replace([' ', '-', '_'], "").to_lowercase();
    let wanted = plain(name.trim());
    let is_named =
        |(column, word, path): &(Column, &str, &str)| [*word, heading(*column), *path].map(plain).contains(&wanted);
    NAMES.iter().find(|name| is_named(name)).map(|(column, ..)| *column)
}

/// Where the service has it.
pub(super) fn path(column: Column) -> &'static str {
    NAMES.iter().find(|(named, ..)| *named == column).map_or("", |(.., path)| path)
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
    let known = || NAMES.map(|(_, word, _)| word).join(", ");
    named(name).ok_or_else(|| format!("there is no column {}; there are {}", name.trim(), known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_its_word_its_heading_and_its_path_and_no_two_share_one() {
        for (column, word, path) in NAMES {
            for name in [word, path, heading(column), &heading(column).to_uppercase()] {
                assert_eq!(named(name), Some(column), "{name}");
            }
        }
        assert_eq!(Column::ALL.map(path), NAMES.map(|(.., path)| path));
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
