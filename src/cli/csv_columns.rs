//! Parsing of the CSV columns that the command line names.

use crate::cli::standard_output;
use crate::submission::row::Column;
use crate::submission::row::column_names;
use crate::submission::{fields, path};
use crate::text::typed::{ascii, in_ascii};

/// Parses a list of columns that are separated by commas, and returns the headings of the CSV.
///
/// Each entry is the name of a column of the list on the screen. Any other entry is the path of a field, such as
/// `kyc.attempts[0].retryCode`. A column name gives one heading for each field that the column shows; a heading is the
/// path of the field, as [`Column::csv_headings`] returns it. A name with a dot gives only the heading of the path that
/// it names. A comma in a quoted key belongs to the key. If an entry is read in another way than it was typed, a
/// message is printed.
///
/// # Errors
/// A sentence about the first entry that is neither a column nor a path, or that is probably a mistyped column. An
/// entry counts as mistyped if it is similar to a column name and no documented field begins with it. In quotes and
/// brackets such a word is a path.
pub(crate) fn columns(list: &str) -> Result<Vec<String>, String> {
    let read = |part: &String| {
        let typed = part.trim();
        let name = in_ascii(typed);
        if let Some(column) = Column::named(&name) {
            if name != typed {
                standard_output::eprint(&format!("argos-review: --columns: `{typed}` is read as {name}"));
            }
            let is_path = name.contains('.');
            let headings =
                if is_path { vec![column.csv_heading().into_owned()] } else { Column::csv_headings([column]) };
            return Ok((headings, is_path));
        }
        if let Some(near) = mistyped(&name) {
            return Err(format!(
                "--columns: there is no column {name}; did you mean {near}; a field of this name is written [\"{name}\"]; \
                 the columns are {}",
                column_names::keys()
            ));
        }
        let path = path::read(typed).map_err(|wrong| format!("--columns: `{typed}`: {wrong}"))?;
        if path != typed {
            standard_output::eprint(&format!("argos-review: --columns: `{typed}` is read as {path}"));
        }
        Ok((vec![path], true))
    };
    let mut columns: Vec<String> = Vec::new();
    for part in parts(list) {
        let (headings, is_path) = read(&part)?;
        // Two columns may share a field. A path is there as often as it was typed.
        columns
            .extend(headings.into_iter().filter(|heading| is_path || !columns.contains(heading)).collect::<Vec<_>>());
    }
    Ok(columns)
}

/// Returns the name of the column that the user probably meant by `name`. Returns `None` if no column has a similar
/// name, or if `name` can be the path of a field.
fn mistyped(name: &str) -> Option<&'static str> {
    let is_word = !name.is_empty() && !name.contains(['.', '[', ']', '"', '\\']);
    column_names::nearest(name).filter(|_| is_word && !fields::is_first_key(name))
}

/// Splits a list of columns at its commas, except the commas in quoted keys.
pub(crate) fn parts(list: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    for c in list.chars() {
        match c {
            c if !quoted && (c == ',' || ascii(c) == Some(',')) => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
        part.push(c);
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_parts_paths_unless_it_is_quoted() {
        assert_eq!(columns(" email , kyc.result").unwrap(), ["email", "kyc.result"]);
        assert_eq!(columns("email，kyc.result、userid").unwrap(), ["email", "kyc.result", "userid"]);
        assert_eq!(columns(r#"a["b,\",c"].d,Born"#).unwrap(), [r#"a["b,\",c"].d"#, "data.date_of_birth"]);
        assert_eq!(columns(".kyc.result,\u{feff}email").unwrap(), ["kyc.result", "email"]);
    }

    #[test]
    fn a_column_of_the_list_is_known_by_its_name() {
        let read = columns("Birth date,status,Submission,kyc.attempts[0].errorCode,full_name").unwrap();
        let paths = ["data.date_of_birth", "kyc.result", "submission_id", "kyc.attempts[0].errorCode", "full_name"];
        assert_eq!(read, paths, "and any other word is a path");
    }

    #[test]
    fn a_column_of_several_fields_is_all_of_them_and_a_path_is_one() {
        let names = ["data.full_name", "data.name", "data.first_name", "data.last_name"];
        assert_eq!(columns("name").unwrap(), names);
        assert_eq!(columns("data.full_name").unwrap(), names[..1]);
        assert_eq!(columns("aml,level").unwrap(), ["aml.currentstatus", "aml.risk_level_summary"]);
        assert_eq!(columns("retry").unwrap(), ["kyc.attempts.retryCode", "kyc.retry.retryCode"]);
        // The headings that the screen writes name the same columns here.
        let all = Column::csv_headings(Column::ALL);
        assert_eq!(columns(&all.join(",")).unwrap(), all);
    }

    #[test]
    fn a_mistyped_column_is_no_path_but_every_documented_field_is_one() {
        for (typed, near) in [("statsu", "status"), ("creatd", "created"), ("nationalty", "nat"), ("upd", "updated")] {
            let wrong = columns(typed).unwrap_err();
            assert!(wrong.contains(&format!("there is no column {typed}; did you mean {near};")), "{wrong}");
            let quoted = format!("[\"{typed}\"]");
            assert_eq!(columns(&quoted).unwrap(), [typed]);
        }
        for path in include_str!("../../tests/data/documented_paths.txt")
            .lines()
            .filter(|path| !path.is_empty() && !path.starts_with('#'))
        {
            let first = path.split(['.', '[']).next().unwrap_or_default();
            assert!(columns(first).is_ok(), "{first}: {:?}", columns(first));
        }
    }

    #[test]
    fn what_is_no_path_is_named() {
        for (list, part) in [
            ("a,,b", "--columns: ``: not a path: it names no field"),
            ("email,kyc.attempts[]", "--columns: `kyc.attempts[]`: not a path: [] means every element"),
            ("a..b", "--columns: `a..b`: not a path: two dots"),
            (r#"["a"#, "a quote that is not closed"),
        ] {
            let wrong = columns(list).unwrap_err();
            assert!(wrong.contains(part), "{wrong}");
        }
    }
}
