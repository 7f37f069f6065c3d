//! The submission ids for `show`, from the command line and from standard input. Standard input is read only as ids are
//! needed.

use std::collections::VecDeque;
use std::io;

use tokio::sync::mpsc::Receiver;

use crate::cli::standard_output;
use crate::runtime;
use crate::text::typed::{in_ascii, is_quotation_mark, with_code_point, without_invisible};

/// The submission ids that the command `show` has not requested yet: ids of the command line, and ids that are still to
/// be read from standard input.
pub(super) struct IdInput {
    given: VecDeque<String>,
    stdin_lines: Option<Receiver<io::Result<String>>>,
}

/// Result of reading the next submission id.
pub(super) enum NextId {
    /// A submission id.
    Id(String),
    /// A line of standard input is not an id. The value is a sentence for the user that says why.
    NoId(String),
    /// Standard input could not be read.
    Failed(io::Error),
}

impl IdInput {
    /// Parses the ids in `arguments`. The argument `-` means that the ids at its place are read from standard input.
    ///
    /// # Errors
    /// Returns a sentence for the user about the first argument that is not an id.
    pub(super) fn new(arguments: &[String]) -> Result<Self, String> {
        let given = arguments.iter().map(|argument| parse_id(argument)).collect::<Result<_, _>>()?;
        Ok(Self { given, stdin_lines: None })
    }

    /// Returns the next submission id, from the arguments or from standard input; `None` after the last id.
    pub(super) async fn next(&mut self) -> Option<NextId> {
        loop {
            while let Some(lines) = &mut self.stdin_lines {
                match lines.recv().await {
                    None => self.stdin_lines = None,
                    Some(Err(error)) => return Some(NextId::Failed(error)),
                    Some(Ok(line)) if without_invisible(&line).is_empty() => {}
                    Some(Ok(line)) => return Some(parse_id(&line).map_or_else(NextId::NoId, NextId::Id)),
                }
            }
            match self.given.pop_front()? {
                id if id == "-" => self.stdin_lines = Some(runtime::stdin::lines()),
                id => return Some(NextId::Id(id)),
            }
        }
    }
}

/// Parses the argument or line `typed` as a submission id. If the id differs from `typed`, for example because quotes
/// were removed, prints the id to stderr. The error is a sentence for the user.
fn parse_id(typed: &str) -> Result<String, String> {
    let id = as_meant(typed)?;
    if id != typed.trim_ascii() {
        standard_output::eprint(&format!("argos-review: `{}` is read as {id}", typed.trim_ascii()));
    }
    Ok(id)
}

/// Returns the submission id that the user meant with `typed`. Invisible characters and the quotes that `jq` puts
/// around texts are removed. Characters such as full-width letters become ASCII. The error is a sentence for the user.
fn as_meant(typed: &str) -> Result<String, String> {
    let text = in_ascii(typed);
    let inner = text.strip_prefix(is_quotation_mark).and_then(|text| text.strip_suffix(is_quotation_mark));
    let id = inner.unwrap_or(&text).trim();
    match id.chars().find(|c| !c.is_ascii()) {
        _ if id.is_empty() => Err("an id is missing".to_owned()),
        // An id in plain quotes is used unchanged.
        Some(odd) if !typed.trim_ascii().starts_with('"') => Err(format!(
            "`{typed}` is not a submission id: ids use ASCII characters only, not {}",
            with_code_point(odd)
        )),
        _ => Ok(id.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_was_meant() {
        for typed in [
            "6xx28lo115832",
            " 6xx28lo115832\r",
            "\u{feff}6xx28lo115832",
            "6xx28\u{200b}lo115832\u{a0}",
            "\"6xx28lo115832\"",
            "“6xx28lo115832”",
            "６ｘｘ２８ｌｏ１１５８３２",
            "\u{202a}6xx28lo115832\u{202c}",
        ] {
            assert_eq!(as_meant(typed).as_deref(), Ok("6xx28lo115832"), "{typed:?}");
        }
        assert_eq!(as_meant("a–b").as_deref(), Ok("a-b"));
        assert_eq!(as_meant("–").as_deref(), Ok("-"));
        assert_eq!(as_meant("a b").as_deref(), Ok("a b"));
        assert_eq!(as_meant("\"хх\"").as_deref(), Ok("хх"));
    }

    #[test]
    fn what_can_be_no_id_is_refused_by_name() {
        assert!(as_meant("6хх28").unwrap_err().ends_with("not х (U+0445)"));
        assert!(as_meant("김").unwrap_err().contains("김 (U+AE40)"));
        for nothing in ["", " ", "\u{200b}", "\"\""] {
            assert!(as_meant(nothing).unwrap_err().contains("an id is missing"), "{nothing:?}");
        }
    }
}
