//! The command-line arguments of `list`.

use super::columns;
use crate::cli::filter::FilterArgs;
use crate::cli::parts::WithArgs;
use crate::cli::{OutputFormat, SourceArgs};
use crate::store::Sort;

/// Examples and notes of the help text of `list`. The examples are shown before the options, the notes after them.
pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  argos-review list from:-7d status:pending --all
  argos-review list 'on:yesterday' --all --output csv --columns created_at,submission_id,kyc.result
  argos-review list 'from:-30d aml:red-flag' --all --with aml --mask none | jq -r .submission_id
  argos-review list --demo --all --sort score --limit 10

FILTER is a filter as in the reviewer: server terms are sent to the server, the others are tested in the rows that \
were received. Rows that lack a field of the filter are not printed; stderr says how many, and which option fetches \
what is missing with how many requests: --with sends the same query again for a part and joins the answers by id, \
--detail fetches full records. Neither is sent for rows that other terms of the filter hide; a search text may be in a \
missing field, so it hides none of them. With both options, --with comes first.

With --with, a JSON row is the list record with the members that the parts added, and a block that both have, such as \
kyc, holds the members of both; of a value that differs, the newer is printed. All other JSON is as received.

Rows are printed to stdout, messages to stderr. A table is as wide as COLUMNS, the terminal, or 80 columns. In a cell, \
`·` means not fetched and `–` means empty.

Exit codes: 0 success (one page without --all); 1 nothing received; 2 wrong arguments; 3 with --all, the last page was \
not reached, or a full record or a part could not be loaded.";

/// Arguments of `list`.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct ListArgs {
    /// The filter and the saved view that choose the submissions.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Fetch all pages instead of one
    #[arg(long)]
    pub all: bool,
    /// Print at most N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Sort by a column (descending with :desc); all rows are read before the first is printed
    #[arg(long, value_name = "COLUMN[:desc]", value_parser = columns::parse_sort)]
    pub sort: Option<Sort>,
    /// Columns of a table or of a CSV.
    #[arg(long, value_name = "A,B,…", help = columns::help())]
    pub columns: Option<String>,
    /// Parts (groups of fields, such as `aml`) to fetch too and to join to the list data.
    #[command(flatten)]
    pub with: WithArgs,
    /// Fetch the full record of each row, for fields that lists leave out (one request per row)
    #[arg(long)]
    pub detail: bool,
    /// Write the CSV for a spreadsheet: byte order mark, long numbers as text
    #[arg(long)]
    pub excel: bool,
    /// Output format [default: table on a terminal, ndjson in a pipe]
    #[arg(long, value_name = "FORMAT", value_parser = OutputFormat::parser_for(&FORMATS))]
    pub output: Option<OutputFormat>,
    /// The server or file from which the submissions come.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// The output formats that `list` accepts.
const FORMATS: [OutputFormat; 4] = [OutputFormat::Table, OutputFormat::Ndjson, OutputFormat::Json, OutputFormat::Csv];
