//! `show`: prints single submissions, as labelled text or as JSON.

mod ids;

use std::io::{self, Write as _};
use std::process::ExitCode;

use super::exit::NOTHING;
use super::exit::exit_code_of;
use super::source::zone;
use super::{OutputFormat, SourceArgs, WRONG_USE, standard_output};
use crate::api::{Item, RecordAnswer, record_failure};
use crate::config::{Environment, GlobalOptions};
use crate::failure::FailureKind;
use crate::offline::{RecordSource, is_stdin};
use crate::panes::detail::{Folds, FullRecord, Relatives, Tab, TabChoices, TabContext, ViewOptions};
use crate::submission::codes::Codes;
use crate::submission::{Document, masking, write};
use crate::text::{Mask, Safe};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use ids::{IdInput, NextId};

/// Examples and notes of the help text of `show`. The examples are shown before the options, the notes after them.
pub(super) const EXAMPLES: &str = "\
Examples:
  argos-review show 6xx28lo115832
  argos-review show 6xx28lo115832 --section summary,ocr --timezone Asia/Seoul
  argos-review show 6xx28lo115832 --output json --mask none | jq .kyc.result
  argos-review list 'status:rejected' --all | jq -r .submission_id | argos-review show - --output json

Text is as wide as COLUMNS, the terminal, or 100 columns. JSON prints one item after the other: exactly as received \
with --mask none, otherwise with masked values.

Exit codes: 0 success; 1 at least one submission could not be loaded (the others are printed); 2 wrong arguments.";

/// Width of the printed text, in columns, if the width of the terminal is unknown.
const WIDTH: usize = 100;

/// Arguments of `show`.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct ShowArgs {
    /// Submission ids; - reads them from stdin, one per line
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// Sections to print, separated by commas [default: all except json]
    #[arg(long, value_name = "SECTION", value_delimiter = ',', value_parser = section_parser(), conflicts_with = "output")]
    pub section: Vec<Tab>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = OutputFormat::parser_for(&[OutputFormat::Text, OutputFormat::Json]))]
    pub output: OutputFormat,
    /// The source of the submissions.
    #[command(flatten)]
    pub choice: SourceArgs,
}

/// Returns the parser for the values of the option `--section`. A value such as `summary` names a tab of the detail
/// pane of the interactive program, and is parsed into this tab.
fn section_parser() -> impl TypedValueParser<Value = Tab> {
    PossibleValuesParser::new(Tab::ALL.iter().map(|tab| tab.section()))
        .try_map(|section| Tab::from_section(&section).ok_or("not a section"))
}

/// Runs the command `show`: prints the submissions with the ids in its arguments `show`, and returns the exit code.
#[must_use]
pub fn run(show: &ShowArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    if show.ids.iter().any(|id| id == "-") && show.choice.from_file.iter().any(|path| is_stdin(path)) {
        standard_output::eprint("argos-review: stdin holds either the ids or the submissions: name - once");
        return ExitCode::from(WRONG_USE);
    }
    let chosen = match show.choice.resolve("show", options, environment) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let codes = match Codes::built_in() {
        Ok(codes) => codes,
        Err(error) => {
            standard_output::eprint(&format!("argos-review: {error}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    let tabs = match &show.section[..] {
        [] => Tab::ALL.iter().copied().filter(|tab| *tab != Tab::Json).collect(),
        chosen => chosen.to_vec(),
    };
    let view = ViewOptions {
        mask: chosen.preferences.mask.value,
        zone: zone(&chosen.preferences),
        columns: standard_output::output_width(environment).unwrap_or(WIDTH),
        revealed: None,
        choices: TabChoices::default(),
        pictures_hint: None,
    };
    let is_offline = chosen.is_offline();
    let printer = SubmissionPrinter { tabs, output: show.output, view, codes, printed: 0, masked: false, is_offline };
    let ids = match IdInput::new(&show.ids) {
        Ok(ids) => ids,
        Err(wrong) => {
            standard_output::eprint(&format!("argos-review: {wrong}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    exit_code_of(super::source::run_with_source(chosen.origin, |source| async move {
        print_submissions(&source, ids, printer).await
    }))
}

async fn print_submissions(source: &RecordSource, mut ids: IdInput, mut printer: SubmissionPrinter) -> u8 {
    let (mut code, mut repaired) = (0, false);
    while let Some(id) = ids.next().await {
        let asked = match id {
            NextId::Id(id) => source
                .with_retry(|| source.fetch_record(&id), |waiting| standard_output::print_retry_wait(&waiting))
                .await
                .map(|single| (id, single)),
            NextId::NoId(wrong) => {
                standard_output::eprint(&format!("argos-review: {wrong}"));
                code = NOTHING;
                continue;
            }
            NextId::Failed(error) => {
                standard_output::eprint(&format!("argos-review: standard input cannot be read: {error}"));
                code = NOTHING;
                break;
            }
        };
        match asked {
            Ok((_, single @ (RecordAnswer::Found(_) | RecordAnswer::Repaired(_)))) => {
                repaired |= matches!(single, RecordAnswer::Repaired(_));
                let (RecordAnswer::Found(item) | RecordAnswer::Repaired(item)) = single else { continue };
                if let Err(error) = printer.print(&item) {
                    return standard_output::exit_status(Err(error));
                }
            }
            Ok((id, RecordAnswer::NotFound)) => {
                code = NOTHING;
                let who = if printer.is_offline { "the file holds" } else { "the service knows" };
                standard_output::eprint(&format!("argos-review: {who} no submission {id}"));
            }
            Err(error) => {
                code = NOTHING;
                let failure = record_failure(&error);
                standard_output::print_failure(&failure);
                if !concerns_one_submission(failure.kind) {
                    break;
                }
            }
        }
    }
    if repaired {
        standard_output::print_repair_note();
    }
    if printer.masked {
        standard_output::print_mask_note(printer.view.mask);
    }
    code
}

/// Returns whether a failure of this kind concerns only one submission. After such a failure, other submissions may
/// still be loaded.
const fn concerns_one_submission(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::BadRequest
            | FailureKind::Refused
            | FailureKind::Server
            | FailureKind::TimedOut(_)
            | FailureKind::CutOff
            | FailureKind::Garbled
            | FailureKind::TooLarge
            | FailureKind::Empty
            | FailureKind::NotJson
            | FailureKind::WrongShape
    )
}

/// Printer of submissions, one after the other, in the chosen output format (text or JSON).
struct SubmissionPrinter {
    tabs: Vec<Tab>,
    output: OutputFormat,
    view: ViewOptions,
    codes: Codes,
    printed: usize,
    masked: bool,
    is_offline: bool,
}

impl SubmissionPrinter {
    fn print(&mut self, item: &Item) -> io::Result<()> {
        self.printed += 1;
        let mask = self.view.mask;
        if (self.output, mask) == (OutputFormat::Json, Mask::None) {
            let mut out = standard_output::StdoutWriter::json();
            out.write_all(item.raw())?;
            out.write_all(b"\n")?;
            return out.flush();
        }
        // A record of a file may lack fields.
        let is_whole = matches!(item, Item::Readable { row, .. } if row.carries_all());
        let document = Document::parse(item.raw(), is_whole);
        self.masked = self.masked || masking::hides_any(&document.root(), mask);
        if !document.is_read_whole() {
            let id = shown_id(&document, mask);
            standard_output::eprint(&format!(
                "{id}: too large to read in full, not read: {}",
                document.unparsed_words()
            ));
        }
        if self.output == OutputFormat::Json {
            let mut out = standard_output::StdoutWriter::json();
            write::write_compact(&document.root(), mask, &mut out)?;
            out.write_all(b"\n")?;
            return out.flush();
        }
        let mut text = Vec::new();
        self.text(&document, &mut text)?;
        standard_output::write_bytes(&text)
    }

    fn text(&self, document: &Document, text: &mut Vec<u8>) -> io::Result<()> {
        let mut folds = Folds::default();
        folds.open_all();
        let relatives = Relatives::default();
        let context = TabContext {
            document,
            list: None,
            options: &self.view,
            codes: &self.codes,
            folds: &folds,
            relatives: &relatives,
            full_record: if self.is_offline { FullRecord::NotInFile } else { FullRecord::default() },
        };
        if self.printed > 1 {
            text.push(b'\n');
        }
        let id = shown_id(document, self.view.mask);
        let badge = if document.has_invisible() { "  ? hidden characters" } else { "" };
        writeln!(text, "Submission {id}{badge}")?;
        if !document.is_read_whole() {
            writeln!(text, "! too large to read in full, not read: {}", document.unparsed_words())?;
        }
        for tab in &self.tabs {
            writeln!(text, "\n== {} ==\n", tab.label())?;
            for line in tab.lines(context) {
                writeln!(text, "{}", line.line.text().trim_end())?;
            }
        }
        Ok(())
    }
}

fn shown_id(document: &Document, mask: Mask) -> Safe {
    document.field("submission_id").and_then(|id| masking::masked(&id, mask)).unwrap_or_default()
}
