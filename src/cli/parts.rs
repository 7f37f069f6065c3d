//! The option `--with`, which also fetches parts (groups of fields, such as `aml`) of the submissions and joins them to
//! the list data.

use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use strum::VariantArray;

use super::{WRONG_USE, standard_output};
use crate::query::{PartSet, Query, RequestType};
use crate::walk::PartStop;

/// The option `--with` of a subcommand without a screen, such as `list`.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WithArgs {
    /// Fetch these parts of the submissions too, and join them to the list data: kyc, aml, data, others (one request
    /// per page and part)
    #[arg(long, value_name = "PART,…", value_delimiter = ',', value_parser = part_parser(), hide_possible_values = true)]
    pub with: Vec<RequestType>,
}

/// Returns a parser for the names of parts (groups of fields, such as `aml`) that `--with` accepts.
fn part_parser() -> impl TypedValueParser<Value = RequestType> {
    PossibleValuesParser::new(RequestType::VARIANTS.iter().map(|part| PossibleValue::new(part.word())))
        .try_map(|word| RequestType::named(&word).ok_or("not a part"))
}

impl WithArgs {
    /// Returns the parts (groups of fields, such as `aml`) that the option `--with` names.
    ///
    /// # Errors
    /// The exit code for wrong use if the option is given, although the filter `query` already requests a single part
    /// with its term `type:`. A message is printed before.
    pub fn parts(&self, query: &Query) -> Result<PartSet, ExitCode> {
        let parts: PartSet = self.with.iter().copied().collect();
        match query.params().request_type {
            Some(part) if !parts.is_empty() => {
                let part = part.word();
                standard_output::eprint(&format!(
                    "argos-review: --with cannot be used with type: in the filter: type:{part} makes each row hold \
                     this part only; use --with {part} without type:"
                ));
                Err(ExitCode::from(WRONG_USE))
            }
            _ => Ok(parts),
        }
    }
}

/// Prints to stderr why the program stopped fetching a part (group of fields, such as `aml`) of the submissions. Also
/// says that the following rows lack this part.
pub(super) fn print_stopped_part(stop: &PartStop) {
    if let Some(failure) = &stop.failure {
        standard_output::print_failure(failure);
    }
    let reason = stop.reason();
    standard_output::eprint(&format!("argos-review: {} · stopped: the rows that follow lack it", reason.as_str()));
}
