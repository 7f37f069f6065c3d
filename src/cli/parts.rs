//! The option `--with`, which fetches parts of the submissions and joins them to the list data.

use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use strum::VariantArray;

use super::{WRONG_USE, out};
use crate::query::{PartSet, Query, RequestType};
use crate::text::counted;
use crate::walk::{PartStop, WalkedItem};

/// The option `--with` of a subcommand without a screen, such as `list`.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WithArgs {
    /// Fetch these parts of the submissions too, and join them to the list data: kyc, aml, data, others (one request
    /// per page and part)
    #[arg(long, value_name = "PART,…", value_delimiter = ',', value_parser = part_parser(), hide_possible_values = true)]
    pub with: Vec<RequestType>,
}

/// Returns a parser for the names of parts that `--with` accepts.
fn part_parser() -> impl TypedValueParser<Value = RequestType> {
    PossibleValuesParser::new(RequestType::VARIANTS.iter().map(|part| PossibleValue::new(part.word())))
        .try_map(|word| RequestType::named(&word).ok_or("not a part"))
}

impl WithArgs {
    /// Returns the parts to fetch.
    ///
    /// # Errors
    /// The exit code for wrong use, after a message was printed: the filter `query` already requests one part.
    pub fn parts(&self, query: &Query) -> Result<PartSet, ExitCode> {
        let parts: PartSet = self.with.iter().copied().collect();
        match query.params().request_type {
            Some(part) if !parts.is_empty() => {
                let part = part.word();
                out::eprint(&format!(
                    "argos-review: --with cannot be used with type: in the filter: type:{part} makes each row hold \
                     this part only; use --with {part} without type:"
                ));
                Err(ExitCode::from(WRONG_USE))
            }
            _ => Ok(parts),
        }
    }
}

/// Returns whether a call with the filter `query` may have the option `--with`. A filter with `type:` excludes it, and
/// the answer to `id:` has all parts.
pub(super) const fn are_allowed(query: &Query) -> bool {
    query.params().request_type.is_none() && query.params().submission_id.is_none()
}

/// Parts of submissions (`request_type`) that could not be fetched for some submissions in this run of the program.
#[derive(Default)]
pub(super) struct OmittedParts {
    parts: PartSet,
    /// Number of submissions that may match the filter and lack a part.
    count: usize,
}

impl OmittedParts {
    /// Counts the submission `found` if it lacks a part that `--with` requests, because no answer held this part of it.
    pub(super) fn add(&mut self, found: &WalkedItem) {
        self.count += usize::from(!found.omitted.is_empty());
        self.parts = self.parts.with(found.omitted);
    }

    /// Returns whether no submission lacks a part that `--with` requests.
    pub(super) const fn is_none(&self) -> bool {
        self.count == 0
    }

    /// Returns a sentence about the submissions that lack a requested part (such as `aml`), because no answer with this
    /// part contained them. Returns `None` if there are no such submissions.
    pub(super) fn sentence(&self) -> Option<String> {
        let (submissions, parts) = (counted(self.count, "submission"), self.parts.words());
        (self.count > 0).then(|| format!("not joined, no answer of {parts} had them: {submissions}"))
    }
}

/// Prints why the program stopped fetching a part of the submissions (such as `aml`), and that the following rows lack
/// this part.
pub(super) fn stopped(stop: &PartStop) {
    if let Some(failure) = &stop.failure {
        out::failed(failure);
    }
    let reason = stop.reason();
    out::eprint(&format!("argos-review: {} · stopped: the rows that follow lack it", reason.as_str()));
}
