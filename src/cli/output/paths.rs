//! The columns of a CSV as they are given on the command line.

use crate::cli::out;
use crate::submission::path;
use crate::text::typed::{ascii, in_ascii};

/// Reads a list of paths with commas between them; a comma in a quoted key is a part of it. `known` gives the path of a name
/// that is not a path itself. What is read otherwise than typed is told.
///
/// # Errors
/// A sentence about the first part that is no path.
pub fn columns(list: &str, known: impl Fn(&str) -> Option<&'static str>) -> Result<Vec<String>, String> {
    let read = |part: &String| {
        let typed = part.trim();
        let name = in_ascii(typed);
        if let Some(path) = known(&name) {
            if name != typed {
                out::talk(&format!("argos-review: --columns: `{typed}` is read as {name}"));
            }
            return Ok(path.to_owned());
        }
        let path = path::read(typed).map_err(|wrong| format!("--columns: `{typed}`: {wrong}"))?;
        if path != typed {
            out::talk(&format!("argos-review: --columns: `{typed}` is read as {path}"));
        }
        Ok(path)
    };
    parts(list).iter().map(read).collect()
}

/// What stands between the commas that are not quoted.
pub fn parts(list: &str) -> Vec<String> {
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
        let read = |list| columns(list, |name| (name == "Born").then_some("data.date_of_birth"));
        assert_eq!(read(" email , kyc.result").unwrap(), ["email", "kyc.result"]);
        assert_eq!(read("email，kyc.result、userid").unwrap(), ["email", "kyc.result", "userid"]);
        assert_eq!(read(r#"a["b,\",c"].d,Born"#).unwrap(), [r#"a["b,\",c"].d"#, "data.date_of_birth"]);
        assert_eq!(read(".kyc.result,\u{feff}email").unwrap(), ["kyc.result", "email"]);
    }

    #[test]
    fn what_is_no_path_is_named() {
        for (list, part) in [
            ("a,,b", "--columns: ``: no such form of path: it names no field"),
            ("email,kyc.attempts[]", "--columns: `kyc.attempts[]`: no such form of path: [] means every element"),
            ("a..b", "--columns: `a..b`: no such form of path: two dots"),
            (r#"["a"#, "a quote that is not closed"),
        ] {
            let wrong = columns(list, |_| None).unwrap_err();
            assert!(wrong.contains(part), "{wrong}");
        }
    }
}
