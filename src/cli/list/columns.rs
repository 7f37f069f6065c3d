//! Columns by their names.

use crate::panes::list::heading;
use crate::store::Sort;
use crate::submission::row::Column;

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

/// The column of a name: its word, the word above it on the screen, or its path; case, spaces and hyphens do not count.
pub(super) fn named(name: &str) -> Option<Column> {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let wanted = plain(name);
    let path = |column: &Column| column.paths().first().copied().unwrap_or_default();
    let is_named =
        |(column, word): &(Column, &str)| [word, heading(*column), path(column)].map(plain).contains(&wanted);
    NAMES.iter().find(|name| is_named(name)).map(|(column, _)| *column)
}

/// Names with commas between them.
pub(super) fn list(text: &str) -> Result<Vec<Column>, String> {
    text.split(',').map(one).collect()
}

/// A name, and whether to sort downwards.
pub(super) fn sort(text: &str) -> Result<Sort, String> {
    let (name, descending) = match text.rsplit_once(':') {
        Some((name, "desc")) => (name, true),
        Some((name, "asc")) => (name, false),
        Some(_) => return Err("behind the column stands :desc or nothing".to_owned()),
        None => (text, false),
    };
    Ok(Sort { column: one(name)?, descending })
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
        assert_eq!(named(""), None);
    }

    #[test]
    fn sorting_goes_upwards_unless_it_is_told() {
        assert_eq!(sort("E-mail"), Ok(Sort { column: Column::Email, descending: false }));
        assert_eq!(sort("score:desc"), Ok(Sort { column: Column::ArgosScore, descending: true }));
        assert!(sort("score:down").is_err() && sort("nothing").is_err());
        assert!(list("created,,name").is_err());
    }
}
