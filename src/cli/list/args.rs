//! What `list` can be told.

use super::columns;
use crate::cli::{OutputFormat, SourceArgs};
use crate::store::Sort;

/// What `--help` shows below the options.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  argos-review list 'from:-7d status:pending' --all
  argos-review list 'on:yesterday' --all --output csv --columns created_at,submission_id,kyc.result
  argos-review list 'aml:red-flag' --all --detail --mask none | jq -r .submission_id
  argos-review list --demo --all --sort score --limit 10

The filter language is the one of the reviewer's filter bar: terms that the service answers become parameters, the \
others narrow what came. A row that does not carry what a term asks for is neither shown nor called a mismatch; stderr \
says for how many rows that is so, and --detail fetches what lists leave out.

Rows go to stdout as they come, everything else to stderr. A table is as wide as COLUMNS says, else as the terminal, else \
80 columns; `·` is not fetched, `–` is empty.

Exit codes: 0 done, without --all after one page; 1 nothing could be had; 2 wrong use; 3 with --all, the cursor did not \
end, or a submission could not be fetched.";

/// What `list` can be told.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct ListArgs {
    /// What to look for, in the language of the filter bar, as one argument; everything otherwise
    #[arg(value_name = "FILTER", default_value = "", hide_default_value = true)]
    pub filter: String,
    /// Walk to the end of the cursor instead of one page
    #[arg(long)]
    pub all: bool,
    /// Stop after so many rows; with --sort, print the first so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Sort by a column, downwards with :desc; all rows are read before the first is printed
    #[arg(long, value_name = "COLUMN[:desc]", value_parser = columns::sort)]
    pub sort: Option<Sort>,
    /// Columns of a table or of a CSV.
    #[arg(long, value_name = "A,B,…", help = columns::help())]
    pub columns: Option<String>,
    /// Fetch each single submission, for fields that lists do not carry: one request a row
    #[arg(long)]
    pub detail: bool,
    /// Print a CSV for a spreadsheet program: with a byte order mark, and long numbers as text
    #[arg(long)]
    pub excel: bool,
    /// How rows are printed; a table on a terminal and ndjson into a pipe otherwise
    #[arg(long, value_name = "FORMAT", value_parser = OutputFormat::among(&FORMATS))]
    pub output: Option<OutputFormat>,
    /// What is asked.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// How rows are printed.
const FORMATS: [OutputFormat; 4] = [OutputFormat::Table, OutputFormat::Ndjson, OutputFormat::Json, OutputFormat::Csv];
