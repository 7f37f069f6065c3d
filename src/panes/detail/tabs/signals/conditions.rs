//! The section about face-age conditions, which a customer defines for a project: rules such as "the estimated age is
//! at least 18". It shows the ages used, then each condition with the results of its comparisons. The operators AND and
//! OR are drawn between the conditions.

use super::super::super::lines::TabLines;
use super::super::super::{Landmark, TabContext};
use super::ages;
use crate::submission::assessment::{AgeConditions, Judgement, words};
use crate::submission::codes::Family;
use crate::submission::face_age::is_statement_true;
use crate::submission::{Field, Node};
use crate::text::Safe;
use crate::ui::{Line, Piece, Role};

/// The documented comparisons of a face-age condition, each with its JSON key and its name on the screen, in the order
/// of the documentation. A comparison tests the age that was estimated from one image.
const MATCHES: [(&str, &str); 4] = [
    ("idCardCustomMatch", "ID image against custom age"),
    ("idCardBirthDateMatch", "ID image against birth date"),
    ("faceImageCustomMatch", "selfie against custom age"),
    ("faceImageBirthDateMatch", "selfie against birth date"),
];

/// Width in columns of the indent before the line of a comparison. A comparison tests an estimated age against a limit
/// (see [`MATCHES`]).
///
/// The rest of the line has three columns: the name ([`NAME_WIDTH`]), a statement such as `36 gte 18` ([`STATEMENT`]),
/// and whether the service made the comparison ([`PROCESSED`]).
const INDENT: usize = 2;
const NAME_WIDTH: usize = 28;
const STATEMENT: usize = 18;
const PROCESSED: usize = 14;
/// Minimum width in columns of the pane in which a comparison (see [`MATCHES`]) takes one line. In a narrower pane, it
/// takes several lines.
const MIN_ONE_LINE: usize = 76;
/// Width in columns of the indent of the lines below the name of a comparison (see [`MATCHES`]).
const BELOW: usize = 4;

/// End of the explanation of the statements of the comparisons, which are shown as sent.
const STATEMENTS_END: &str = " with a limit: an age set in your ARGOS project (custom age), or the age by birth date. \
    gte means ≥, gt >, lte ≤, lt <.";

fn each<'a>(field: &Field<'a>, key: &str) -> Vec<Field<'a>> {
    field.child(key).map(|field| field.elements()).unwrap_or_default()
}

fn conditions<'a>(record: &Field<'a>) -> Vec<Field<'a>> {
    each(record, "conditionResults")
}

/// Returns the explanation of the statements of the comparisons in `records`, such as `36 gte 18`. The estimated age in
/// a statement may be the one with or without the tolerance of the project: the explanation says which, if it is the
/// same for all statements. `None` if the first of the records has no
/// statement that begins with an age.
fn statements(context: TabContext<'_>, records: &[Field<'_>]) -> Option<Safe> {
    let first = records.first().map(conditions).unwrap_or_default();
    let comparisons = first.iter().filter_map(|condition| condition.child("matchResults"));
    let statements = comparisons.flat_map(|each| MATCHES.map(|(key, _)| each.child(key)?.child("statement")));
    let has_age =
        |statement: &Field<'_>| statement.text().is_some_and(|text| text.starts_with(|it: char| it.is_ascii_digit()));
    let example = context.masked_value(&statements.flatten().find(has_age)?);

    let is_in_all = |row: fn(&str) -> String| {
        let found: Vec<bool> = records.iter().flat_map(|record| ages_are_in(record, row)).collect();
        !found.is_empty() && found.iter().all(|found| *found)
    };
    let rows = if is_in_all(str::to_owned) {
        " (low, median or high, with tolerance)"
    } else if is_in_all(|picture| format!("original{}", capitalized(picture))) {
        " (low, median or high, without tolerance)"
    } else {
        ""
    };
    let start = [Safe::from_static("A line such as "), example, Safe::from_static(" compares an estimated age")];
    Some(Safe::concat(&[Safe::concat(&start), Safe::from_static(rows), Safe::from_static(STATEMENTS_END)]))
}

/// Returns, for each statement in `record` that begins with a number, whether this number is the age that the record
/// has for the picture and the target of the condition. `row` returns the beginning of the key of this age, such as
/// `originalSelfie`, for a picture (`selfie` or `id`).
fn ages_are_in(record: &Field<'_>, row: fn(&str) -> String) -> Vec<bool> {
    let mut found = Vec::new();
    for condition in conditions(record) {
        let target = condition.child("condition").and_then(|rule| rule.child("target"));
        let target = target.as_ref().and_then(Field::text).map(str::to_ascii_lowercase).unwrap_or_default();
        let Some(matches) = condition.child("matchResults") else { continue };
        for (key, _) in MATCHES {
            let statement = matches.child(key).and_then(|one| one.child("statement"));
            let first = statement.as_ref().and_then(Field::text).and_then(|text| text.split_whitespace().next());
            let Some(age) = first.and_then(|first| first.parse::<f64>().ok()) else { continue };
            let picture = row(if key.starts_with("idCard") { "id" } else { "selfie" });
            let known =
                record.child("usedValues").and_then(|used| used.child(&format!("{picture}{}", capitalized(&target))));
            found.push(known.as_ref().and_then(Field::number).is_some_and(|known| (known - age).abs() < f64::EPSILON));
        }
    }
    found
}

/// Returns `word` with a capital first letter. `word` has ASCII letters only.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Adds the sections about face-age conditions, one for each record in `records`. A record holds conditions (rules such
/// as "the estimated age is at least 18") with their results. According to the service's documentation, each attempt
/// adds a record. The screen calls a record a check, since `full record` means something else.
pub(super) fn section(out: &mut TabLines<'_>, context: TabContext<'_>, records: &[Field<'_>]) {
    for (at, record) in records.iter().enumerate() {
        out.heading(match records.len() {
            1 => Safe::from_static("Face age conditions"),
            many => Safe::sanitize(&format!("Face age conditions, check {} of {many}", at + 1)),
        });
        // A record that is not an object has no members and is shown as sent.
        if record.text().is_some() {
            out.field(record);
        }
        used_ages(out, context, record);
        let conditions = conditions(record);
        if let Some(words) = statements(context, records).filter(|_| at == 0) {
            out.blank();
            out.sentence(&words);
        }
        let operators = each(record, "logicalOperators");
        for (at, condition) in conditions.iter().enumerate() {
            if at == 0 {
                out.blank();
            } else {
                let sides = conditions.get(at - 1).map(|before| {
                    [(before, at - 1), (condition, at)].map(|(side, at)| condition_number(context, side, at))
                });
                operator_line(out, context, operators.get(at - 1), sides, conditions.len() == 2);
            }
            table(out, context, condition, at);
        }
        let first = conditions.len().saturating_sub(1);
        for operator in operators.iter().skip(first) {
            out.field_with(operator, Role::Warn, Some(Safe::from_static("! one side has no condition")));
        }
        if conditions.len() > 1 {
            combined_result(out, AgeConditions::of(record).combined_judgement());
        }
    }
}

/// Adds the estimated ages in `record`, one element of `verification.faceAge`. Each is shown before and after the
/// tolerance that the customer's project at ARGOS allows. The applicant's age by birth date is drawn with them.
fn used_ages(out: &mut TabLines<'_>, context: TabContext<'_>, record: &Field<'_>) {
    let Some(used) = record.child("usedValues") else { return };
    let row = |label: &'static str, keys: [&str; 3], judged: bool| ages::AgeRow {
        label: Safe::from_static(label),
        fields: keys.map(|key| used.child(key).filter(|field| !field.is_empty())),
        judged,
    };
    let birth = used.child("birthDateAge");
    let rows: Vec<ages::AgeRow<'_>> = [
        row("Selfie estimate", ["originalSelfieLow", "originalSelfieMedian", "originalSelfieHigh"], false),
        row("Selfie ± tolerance", ["selfieLow", "selfieMedian", "selfieHigh"], true),
        row("ID estimate", ["originalIdLow", "originalIdMedian", "originalIdHigh"], false),
        row("ID ± tolerance", ["idLow", "idMedian", "idHigh"], true),
    ]
    .into_iter()
    .filter(|row| row.fields.iter().any(Option::is_some))
    .collect();
    let chart = ages::AgeChart::new(context, &rows, birth.as_ref().and_then(Field::number));
    if let Some(birth) = &birth {
        let words = chart.age_marks().map(|(marks, _)| Safe::sanitize(&format!("marked {marks} below")));
        out.field_with(birth, Role::Strong, words);
    }
    chart.draw(out);
}

/// Adds the face-age condition `condition` and the results of its comparisons. The heading has the number of the
/// condition as sent. If no number was sent, it has `place`, the index of the condition in its list.
fn table(out: &mut TabLines<'_>, context: TabContext<'_>, condition: &Field<'_>, place: usize) {
    let rule = condition.child("condition");
    let part = |key: &str| rule.as_ref().and_then(|rule| rule.child(key)).filter(|field| !field.is_empty());
    let index = condition_number(context, condition, place);
    let mut head = vec![Piece::new(Safe::concat(&[Safe::from_static("Condition "), index]), Role::Strong)];
    for (key, name, family) in
        [("target", " (target ", Family::Target), ("comparisonOperator", " (operator ", Family::Operator)]
    {
        if let Some(field) = part(key) {
            let words = context.explain(family, field.text().unwrap_or_default());
            let is_known = context.codes.explain(family, field.text().unwrap_or_default()).is_some();
            let limit = if family == Family::Operator && is_known { " the limit" } else { "" };
            let said = [
                words,
                Safe::from_static(limit),
                Safe::from_static(name),
                context.masked_value(&field),
                Safe::from_static(")"),
            ];
            head.push(Piece::new(Safe::concat(&said), Role::Plain));
        }
    }
    let (result, sent) = result_of(condition, "finalResult");
    let (words, role) = final_words(context, sent.as_ref(), result);
    head.push(Piece::new(words, role));
    let from = out.len();
    out.inline_list(head);
    out.anchor_to(from, condition.child("finalResult").as_ref().unwrap_or(condition));
    if result != Judgement::Passed {
        out.set_landmark(from, Landmark::Error);
    }
    let Some(matches) = condition.child("matchResults") else { return };
    for (key, name) in MATCHES {
        match matches.child(key) {
            Some(one) => comparison(out, context, &Safe::from_static(name), &one),
            None => {
                let (name, words) = (Safe::from_static(name), Safe::from_static("not sent"));
                if MIN_ONE_LINE <= context.options.columns {
                    let line = Line::indent(INDENT).column(&name, Role::Dim, NAME_WIDTH);
                    out.push(line.with(words, Role::Dim));
                } else {
                    out.push(Line::indent(INDENT).with(name, Role::Dim));
                    out.indented_list(BELOW, [Piece::new(words, Role::Dim)]);
                }
            }
        }
    }
    for (key, one) in matches.members() {
        if MATCHES.iter().all(|(known, _)| *known != key.expose()) {
            comparison(out, context, &Safe::concat(&[context.key(&one), Safe::from_static(" (undocumented)")]), &one);
        }
    }
}

/// Returns the number of a face-age condition as sent. If no number was sent, it is `place`, the index of the condition
/// in its list, with a question mark.
fn condition_number(context: TabContext<'_>, condition: &Field<'_>, place: usize) -> Safe {
    let index = condition.child("conditionIndex").filter(|index| !index.is_empty());
    index.map_or_else(|| Safe::sanitize(&format!("{place}?")), |index| context.masked_value(&index))
}

/// Adds one comparison of a face-age condition: its statement, whether the service made the comparison, and the result.
/// `name` is the name of the comparison, and `one` the field with its data.
fn comparison(out: &mut TabLines<'_>, context: TabContext<'_>, name: &Safe, one: &Field<'_>) {
    let shown = |key: &str| one.child(key).filter(|field| !field.is_empty()).map(|field| context.masked_value(&field));
    let statement = shown("statement").unwrap_or(match one.child("statement") {
        Some(_) => Safe::from_static("sent empty"),
        None => Safe::from_static("not sent"),
    });
    let is_processed = one.child("processed").and_then(|field| field.text().and_then(words::truth));
    let processed = match is_processed {
        Some(true) => Safe::from_static("compared"),
        Some(false) => Safe::from_static("not compared"),
        None => shown("processed").unwrap_or(Safe::from_static("–")),
    };
    let (result, sent) = result_of(one, "result");
    let (said, role) = match (result, &sent) {
        (Judgement::Passed, _) => (Safe::from_static("✓ true"), Role::Good),
        (Judgement::NotPassed, _) => (Safe::from_static("✗ false"), Role::Bad),
        (_, None) => (Safe::from_static("not sent"), Role::Dim),
        (Judgement::Absent, Some(sent)) if matches!(sent.node(), Node::Null) => {
            (Safe::from_static("no result"), Role::Dim)
        }
        (_, Some(sent)) => (Safe::concat(&[Safe::from_static("? "), context.masked_value(sent)]), Role::Warn),
    };
    let from = out.len();
    let fits = statement.width() <= STATEMENT && name.width() <= NAME_WIDTH && processed.width() <= PROCESSED;
    if fits && MIN_ONE_LINE.max(NAME_WIDTH + STATEMENT + PROCESSED + 5 + said.width()) <= context.options.columns {
        let line = Line::indent(INDENT).column(name, Role::Label, NAME_WIDTH);
        let line = line.column(&statement, Role::Plain, STATEMENT).column(&processed, Role::Dim, PROCESSED);
        out.push(line.with(said, role));
    } else {
        out.push(Line::indent(INDENT).with(name.fit(context.options.columns.saturating_sub(INDENT)), Role::Label));
        let parts = [(statement, Role::Plain), (processed, Role::Dim), (said, role)];
        out.indented_list(BELOW, parts.map(|(text, role)| Piece::new(text, role)));
    }
    let claim = one.child("statement").and_then(|statement| is_statement_true(statement.text()?));
    if let (Some(claim), Judgement::Passed | Judgement::NotPassed) = (claim, result)
        && claim != (result == Judgement::Passed)
    {
        out.indented_list(BELOW, [Piece::word("! the statement does not give this result", Role::Warn)]);
    }
    out.anchor_to(from, sent.as_ref().unwrap_or(one));
    if result == Judgement::NotPassed {
        out.set_landmark(from, Landmark::Error);
    }
}

/// Adds the line of the logical operator (AND or OR) that connects two face-age conditions. A face-age condition is a
/// rule such as "at least 18". `sides` holds the numbers of the two conditions. If `operator` is `None`, the line says
/// that no operator was sent. `is_only` says that the record has no further condition, so that the operator alone
/// decides how the two count together.
fn operator_line(
    out: &mut TabLines<'_>,
    context: TabContext<'_>,
    operator: Option<&Field<'_>>,
    sides: Option<[Safe; 2]>,
    is_only: bool,
) {
    let Some(operator) = operator else {
        out.push(Line::new().word("? no operator between these conditions was sent", Role::Warn));
        return;
    };
    let mut pieces = vec![Piece::new(context.masked_value(operator), Role::Title)];
    pieces.extend(sides.map(|sides| {
        let sides = Safe::join(&sides, " and ");
        Piece::new(Safe::concat(&[Safe::from_static("joins conditions "), sides]), Role::Title)
    }));
    match context.codes.explain(Family::Logic, operator.text().unwrap_or_default()) {
        Some(words) if is_only => pieces.push(Piece::new(words, Role::Title)),
        // With further operators, the order in which they apply is not documented.
        Some(_) => {}
        None => pieces.push(Piece::word("? logical operator: not documented", Role::Warn)),
    }
    let from = out.len();
    out.inline_list(pieces);
    out.anchor_to(from, operator);
}

/// Adds a sentence that says whether all face-age conditions of a record together are met. `together` is this overall
/// result. The caller computed it, since the service does not send it.
fn combined_result(out: &mut TabLines<'_>, together: Judgement) {
    let (sign, words, role) = match together {
        Judgement::Passed => {
            ("✓ ", "Together they are met (computed: the service sends no overall result).", Role::Good)
        }
        Judgement::NotPassed => {
            ("✗ ", "Together they are not met (computed: the service sends no overall result).", Role::Bad)
        }
        Judgement::Unclear | Judgement::Absent => (
            "? ",
            "Together: unknown. A result is missing, or it depends on the order of AND and OR, which is not documented.",
            Role::Warn,
        ),
    };
    out.wrapped_text(Line::new().word(sign, role).word(words, Role::Plain));
}

/// Returns the result that the JSON object `object` has under `key`. The first value is the judgement of the result,
/// such as passed. The second is the field with the result as sent; `None` if the object has no such key.
fn result_of<'a>(object: &Field<'a>, key: &str) -> (Judgement, Option<Field<'a>>) {
    let sent = object.child(key);
    let judgement = sent.as_ref().map_or(Judgement::Absent, |sent| sent.judgement().unwrap_or(Judgement::Unclear));
    (judgement, sent)
}

fn final_words(context: TabContext<'_>, sent: Option<&Field<'_>>, result: Judgement) -> (Safe, Role) {
    match (result, sent) {
        (Judgement::Passed, _) => (Safe::from_static("final result ✓ true: met"), Role::Good),
        (Judgement::NotPassed, _) => (Safe::from_static("final result ✗ false: not met"), Role::Bad),
        (_, None) => (Safe::from_static("? no final result sent"), Role::Warn),
        (Judgement::Absent, Some(sent)) if matches!(sent.node(), Node::Null) => {
            (Safe::from_static("final result ? null: no result"), Role::Warn)
        }
        (_, Some(sent)) => {
            let words = Safe::from_static("final result ? neither true nor false: ");
            (Safe::concat(&[words, context.masked_value(sent)]), Role::Warn)
        }
    }
}
