//! Compares the applicant with the person of one AML match: the values are side by side, each with the result of
//! comparing them.

use super::super::super::TabContext;
use super::super::super::lines::TabLines;
use crate::submission::Field;
use crate::submission::aml_subject::{AmlApplicant, AmlSubject, SubjectAgreement, SubjectKind, SubjectValue};
use crate::text::{Mask, Safe};
use crate::ui::{Line, Role, indent, side_by_side, wrap};

/// Minimum width in columns of a pane in which the values of applicant and match are side by side.
const MIN_BESIDE: usize = 56;

/// Width in columns of the sign before a label, with the space after it. [`LABEL_WIDTH`] is the width of a label with
/// the space after it. [`GAP_WIDTH`] is the width of the space between two columns.
const SIGN_WIDTH: usize = 2;
const LABEL_WIDTH: usize = 12;
const GAP_WIDTH: usize = 2;

/// Minimum and maximum width in columns of the state of a row, which is the result of its comparison in words.
const STATE: (usize, usize) = (15, 32);

/// Width in columns of the indent of a value that is below its label.
const BELOW: usize = 4;

/// Maximum number of aliases that are shown between the name and the birth date. Further aliases follow after the other
/// rows.
const ALIASES: usize = 3;

/// One row of the comparison on the screen: a value of the applicant beside a value of the same kind, such as the birth
/// date, of the person of an AML match. Either value may be missing.
struct PairRow<'r, 'a> {
    label: &'static str,
    applicant: Option<&'r SubjectValue<'a>>,
    /// The text that is shown if the row has no value of the applicant.
    no_applicant: Safe,
    subject: Option<&'r SubjectValue<'a>>,
    /// The text that is shown if the row has no value of the subject, the person of the AML match.
    no_subject: Safe,
    agreement: Option<SubjectAgreement>,
}

/// Adds the rows that compare `applicant` with `subject`, the person of the AML match `aml_match`.
pub(super) fn add<'a>(
    out: &mut TabLines<'_>,
    applicant: &AmlApplicant<'a>,
    aml_match: &Field<'_>,
    subject: &AmlSubject<'a>,
) {
    let context = out.context();
    let columns = context.options.columns;
    let head = if subject.blocks.is_empty() { "Match" } else { "Match, from raw data" };
    if columns >= MIN_BESIDE {
        let title = |text: &'static str| vec![Line::new().word(text, Role::Title)];
        out.extend(in_columns(columns, [Vec::new(), Vec::new(), title("Applicant"), title(head), Vec::new()]));
    } else {
        out.extend(wrap(&Safe::from_static(head), columns, Role::Title));
    }
    for row in rows(context, applicant, subject) {
        draw(out, context, &row);
    }
    for (words, role) in remarks(context, aml_match, subject) {
        out.extend(wrap(&words, columns, role));
    }
}

fn rows<'r, 'a>(
    context: TabContext<'_>,
    applicant: &'r AmlApplicant<'a>,
    subject: &'r AmlSubject<'a>,
) -> Vec<PairRow<'r, 'a>> {
    let mut aliases = of_kind(context, applicant, subject, SubjectKind::Alias, "Alias");
    let further = aliases.split_off(aliases.len().min(ALIASES));
    let mut rows = of_kind(context, applicant, subject, SubjectKind::Name, "Name");
    rows.extend(aliases);
    rows.extend(of_kind(context, applicant, subject, SubjectKind::BirthDate, "Birth date"));
    rows.extend(of_kind(context, applicant, subject, SubjectKind::Country, "Country"));
    rows.extend(of_kind(context, applicant, subject, SubjectKind::List, "List"));
    if !subject.values[SubjectKind::Gender].is_empty() {
        rows.extend(of_kind(context, applicant, subject, SubjectKind::Gender, "Gender"));
    }
    rows.extend(further.into_iter().map(|row| PairRow { label: "Alias", ..row }));
    rows
}

/// Returns the rows that compare the values of one kind, such as birth dates. Each row has a value of the applicant
/// beside a value of `subject`, the person of the AML match.
///
/// Values of the match that are the same as a value of the applicant come first. If one person has fewer values than
/// the other, the last rows have only one value. There is at least one row. `label` is the label of the first row.
fn of_kind<'r, 'a>(
    context: TabContext<'_>,
    applicant: &'r AmlApplicant<'a>,
    subject: &'r AmlSubject<'a>,
    kind: SubjectKind,
    label: &'static str,
) -> Vec<PairRow<'r, 'a>> {
    let of_applicant = applicant.values(kind);
    let mut of_subject: Vec<(&SubjectValue<'a>, Option<SubjectAgreement>)> =
        subject.values[kind].iter().map(|value| (value, applicant.compare(kind, value))).collect();
    of_subject.sort_by_key(|(_, agreement)| agreement.as_ref().map(SubjectAgreement::rank));
    let has_side = !matches!(kind, SubjectKind::Alias | SubjectKind::List);
    let count = of_applicant.len().max(of_subject.len()).max(1);
    let mut of_subject = of_subject.into_iter();
    let row = |at: usize| {
        let (subject_value, agreement) = of_subject.next().unzip();
        PairRow {
            label: if at == 0 { label } else { "" },
            applicant: of_applicant.get(at).copied(),
            no_applicant: if at == 0 && has_side { no_value(context, kind) } else { Safe::default() },
            subject: subject_value,
            no_subject: if at == 0 { not_found(context, subject) } else { Safe::default() },
            agreement: agreement.flatten(),
        }
    };
    (0..count).map(row).collect()
}

/// Returns the text that is shown in place of a value of the kind `kind` that the applicant lacks, such as `– not sent`
/// or `– sent empty`.
fn no_value(context: TabContext<'_>, kind: SubjectKind) -> Safe {
    let paths: &[&str] = match kind {
        SubjectKind::Name => &["data.full_name", "data.name", "data.first_name", "data.last_name"],
        SubjectKind::BirthDate => &["data.date_of_birth"],
        SubjectKind::Country => &["data.nationality", "data.idcard_issuingCountry"],
        SubjectKind::Gender => &["data.gender"],
        SubjectKind::Alias | SubjectKind::List => &[],
    };
    let known = paths.iter().find_map(|path| context.text_without_value(path));
    known.unwrap_or_else(|| context.text_for_absent())
}

/// Returns the text that is shown in place of a value that the AML match lacks, such as `– not found`.
fn not_found(context: TabContext<'_>, subject: &AmlSubject<'_>) -> Safe {
    match () {
        () if subject.is_unread => Safe::from_static("· not read in full"),
        () if !context.document.is_full_record() && !has_raw_data(context) => context.text_for_absent(),
        () => Safe::from_static("– not found"),
    }
}

fn has_raw_data(context: TabContext<'_>) -> bool {
    context.document.field("aml.raw_data").is_some_and(|raw| !raw.is_empty())
}

fn draw(out: &mut TabLines<'_>, context: TabContext<'_>, row: &PairRow<'_, '_>) {
    let columns = context.options.columns;
    let revealed = context.options.revealed.as_deref();
    let parts = || row.subject.iter().chain(&row.applicant).flat_map(|value| &value.parts);
    let is_revealed = revealed.is_some() && parts().any(|part| Some(part.path()) == revealed);
    let mask = if is_revealed { Mask::None } else { context.options.mask };
    let applicant = || match row.applicant {
        Some(value) => (value.masked(mask), Role::Plain),
        None => (row.no_applicant.clone(), Role::Dim),
    };
    let subject = || match row.subject {
        Some(value) => (value.masked(mask), Role::Strong),
        None => (row.no_subject.clone(), Role::Dim),
    };
    let mut state = row.agreement.as_ref().map_or_else(Safe::default, in_words);
    if row.subject.is_some_and(|value| !value.is_from_raw_data()) {
        let remark = Safe::from_static("undocumented, in the match");
        state = if state.is_empty() { remark } else { Safe::join(&[state, remark], " · ") };
    }
    let role = row.agreement.as_ref().map_or(Role::Dim, role);
    let sign = vec![Line::new().word(row.agreement.as_ref().map_or("  ", sign), role)];
    let label = vec![Line::new().word(row.label, Role::Label)];
    let lines = if columns >= MIN_BESIDE {
        let (state_width, value_width) = widths(columns);
        let ((applicant, left), (subject, right)) = (applicant(), subject());
        let state = if state.is_empty() { Vec::new() } else { wrap(&state, state_width, role) };
        in_columns(
            columns,
            [sign, label, wrap(&applicant, value_width, left), wrap(&subject, value_width, right), state],
        )
    } else {
        let mut lines = side_by_side(vec![(SIGN_WIDTH, sign), (LABEL_WIDTH, label)]);
        let room = columns.saturating_sub(BELOW);
        let values = [("applicant  ", applicant()), ("match      ", subject())];
        for (name, (value, role)) in values.into_iter().filter(|(_, (value, _))| !value.is_empty()) {
            let named = vec![Line::new().word(name, Role::Label)];
            let width = name.len();
            let value = wrap(&value, room.saturating_sub(width), role);
            lines.extend(indent(side_by_side(vec![(width, named), (room, value)]), BELOW));
        }
        if !state.is_empty() {
            lines.extend(indent(wrap(&state, room, role), BELOW));
        }
        lines
    };
    // The line shows the value of the match: copying and revealing act on it.
    match parts().next() {
        Some(anchor) => out.extend_of(anchor, lines),
        None => out.extend(lines),
    }
}

/// Returns two widths for a pane with `columns` columns. The first is the width of the result of a comparison in words.
/// The second is the width of each of the two compared values.
fn widths(columns: usize) -> (usize, usize) {
    let (least, most) = STATE;
    let room = columns.saturating_sub(SIGN_WIDTH + LABEL_WIDTH + 2 * GAP_WIDTH);
    let state = (room / 3).clamp(least, most);
    (state, (room - state) / 2)
}

fn in_columns(columns: usize, [sign, label, applicant, subject, state]: [Vec<Line>; 5]) -> Vec<Line> {
    let (_, value) = widths(columns);
    side_by_side(vec![
        (SIGN_WIDTH, sign),
        (LABEL_WIDTH, label),
        (value + GAP_WIDTH, applicant),
        (value + GAP_WIDTH, subject),
        (columns, state),
    ])
}

/// Returns the sentences below the rows that compare the applicant with the person of an AML match. They say from which
/// part of the raw data the person's data come, and why these data may be missing or doubtful. Each sentence has the
/// role by which it is drawn.
fn remarks(context: TabContext<'_>, aml_match: &Field<'_>, subject: &AmlSubject<'_>) -> Vec<(Safe, Role)> {
    let mut remarks = Vec::new();
    let mut add = |words: &str, role| remarks.push((Safe::sanitize(words), role));
    if subject.blocks.is_empty() {
        let has_id =
            ["resource_id", "argos_number"].iter().any(|key| aml_match.child(key).is_some_and(|id| !id.is_empty()));
        add(
            match () {
                () if !has_raw_data(context) && !context.document.is_full_record() => context.not_contained(
                    "· Not fetched: raw data may come only with the full record.",
                    "· Not fetched: the file holds no raw data for this submission.",
                ),
                () if !has_raw_data(context) => "No raw data was sent: it is not known who was matched.",
                () if subject.is_unread => {
                    "No block with an id of this match in the part of the raw data that was read."
                }
                () if !has_id => "The match has no id, so its block in the raw data is not known.",
                () => "No name or birth date in the raw data belongs to an id of this match.",
            },
            Role::Dim,
        );
    } else if subject.blocks.len() > 1 {
        add(&format!("From {} blocks of the raw data that hold an id of this match.", subject.blocks.len()), Role::Dim);
    }
    if subject.is_shared {
        add("! The block also holds the id of another match: its data may be about that match.", Role::Warn);
    }
    if subject.is_unread {
        add("! Part of raw data not read: names and dates in it are missing here.", Role::Warn);
    }
    if subject.more > 0 {
        add(&format!("{} further values are in the raw data below.", subject.more), Role::Dim);
    }
    remarks
}

const fn sign(agreement: &SubjectAgreement) -> &'static str {
    match agreement {
        SubjectAgreement::Same => "= ",
        SubjectAgreement::Equivalent(_) => "≈ ",
        SubjectAgreement::NotComparable(_) => "? ",
        SubjectAgreement::Differs(_) => "≠ ",
    }
}

const fn role(agreement: &SubjectAgreement) -> Role {
    match agreement {
        SubjectAgreement::Same => Role::Warn,
        SubjectAgreement::Equivalent(_) => Role::Info,
        SubjectAgreement::NotComparable(_) => Role::Dim,
        SubjectAgreement::Differs(_) => Role::Plain,
    }
}

/// Returns the result of a comparison in words, such as `equivalent (upper/lower case)`.
fn in_words(agreement: &SubjectAgreement) -> Safe {
    let with = |word: &'static str, remark: Safe| match remark.is_empty() {
        true => Safe::from_static(word),
        false => Safe::concat(&[Safe::from_static(word), Safe::from_static(" ("), remark, Safe::from_static(")")]),
    };
    match agreement {
        SubjectAgreement::Same => Safe::from_static("same"),
        SubjectAgreement::Equivalent(normalizations) => {
            let names: Vec<Safe> = normalizations.iter().map(|each| Safe::from_static(each.label())).collect();
            with("equivalent", Safe::join(&names, ", "))
        }
        SubjectAgreement::NotComparable(reason) => with("not comparable", Safe::from_static(reason)),
        SubjectAgreement::Differs(part) => with("differs", Safe::from_static(part)),
    }
}
