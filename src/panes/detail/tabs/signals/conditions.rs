//! Face-age conditions: the ages used, then each condition as a truth table, with AND and OR between them.

use super::super::super::lines::Lines;
use super::super::super::{Sheet, Trouble};
use super::ages;
use crate::submission::Field;
use crate::submission::codes::Family;
use crate::submission::face_age::{Truth, holds, together};
use crate::text::Safe;
use crate::ui::{Line, Piece, Role};

/// The documented comparisons, in the order of the documentation.
const MATCHES: [(&str, &str); 4] = [
    ("idCardCustomMatch", "ID image, custom age"),
    ("idCardBirthDateMatch", "ID image, birth date"),
    ("faceImageCustomMatch", "selfie, custom age"),
    ("faceImageBirthDateMatch", "selfie, birth date"),
];

/// Columns of a comparison's name, its statement and whether it was compared.
const NAME: usize = 23;
const STATEMENT: usize = 18;
const PROCESSED: usize = 17;
/// From here on a comparison is one line.
const ROOMY: usize = 74;

/// The results of the conditions of a record.
pub(super) fn results(record: &Field<'_>) -> Vec<Truth> {
    let read = conditions(record).into_iter().map(|condition| Truth::of(&condition, "finalResult"));
    read.chain(unread(record.child("conditionResults").as_ref())).collect()
}

/// Stands for the elements of a list that were not read: nobody can say what they come to.
pub(super) fn unread(list: Option<&Field<'_>>) -> Option<Truth> {
    list.is_some_and(|list| list.node().unopened() > 0).then_some(Truth::Other)
}

fn each<'a>(field: &Field<'a>, key: &str) -> Vec<Field<'a>> {
    field.child(key).map(|field| field.each()).unwrap_or_default()
}

fn conditions<'a>(record: &Field<'a>) -> Vec<Field<'a>> {
    each(record, "conditionResults")
}

/// Every record: the documentation calls them cumulative, one an attempt.
pub(super) fn section(lines: &mut Lines<'_>, sheet: Sheet<'_>, records: &[Field<'_>]) {
    for (at, record) in records.iter().enumerate() {
        lines.heading(match records.len() {
            1 => Safe::word("Face age conditions"),
            many => Safe::of(&format!("Face age conditions, record {} of {many}", at + 1)),
        });
        // One that is no object has no members, and stands as it is.
        if record.text().is_some() {
            lines.field(record);
        }
        used(lines, sheet, record);
        let conditions = conditions(record);
        let operators = each(record, "logicalOperators");
        for (at, condition) in conditions.iter().enumerate() {
            if at == 0 {
                lines.push(Line::blank());
            } else {
                between(lines, sheet, operators.get(at - 1));
            }
            table(lines, sheet, condition, at);
        }
        let first = conditions.len().saturating_sub(1);
        for operator in operators.iter().skip(first) {
            lines.explained(operator, Role::Warn, Some(Safe::word("! no condition stands on its other side")));
        }
        if conditions.len() > 1 {
            all(lines, record, &operators);
        }
    }
}

/// The ages before and after the project's extension, drawn against the age by birth date.
fn used(lines: &mut Lines<'_>, sheet: Sheet<'_>, record: &Field<'_>) {
    let Some(used) = record.child("usedValues") else { return };
    let row = |label: &'static str, keys: [&str; 3], judged: bool| ages::Row {
        label: Safe::word(label),
        fields: keys.map(|key| used.child(key).filter(|field| !field.is_empty())),
        judged,
    };
    let birth = used.child("birthDateAge");
    if let Some(birth) = &birth {
        lines.explained(birth, Role::Strong, Some(Safe::word("│ below; ranges are low · median · high")));
    }
    let rows: Vec<ages::Row<'_>> = [
        row("Selfie, as estimated", ["originalSelfieLow", "originalSelfieMedian", "originalSelfieHigh"], false),
        row("Selfie, as extended", ["selfieLow", "selfieMedian", "selfieHigh"], true),
        row("ID, as estimated", ["originalIdLow", "originalIdMedian", "originalIdHigh"], false),
        row("ID, as extended", ["idLow", "idMedian", "idHigh"], true),
    ]
    .into_iter()
    .filter(|row| row.fields.iter().any(Option::is_some))
    .collect();
    ages::draw(lines, sheet, &rows, birth.and_then(|birth| birth.number()));
}

/// A condition with its comparisons.
fn table(lines: &mut Lines<'_>, sheet: Sheet<'_>, condition: &Field<'_>, place: usize) {
    let rule = condition.child("condition");
    let part = |key: &str| rule.as_ref().and_then(|rule| rule.child(key)).filter(|field| !field.is_empty());
    let index = condition.child("conditionIndex").filter(|index| !index.is_empty());
    let index = index.map_or_else(|| Safe::of(&format!("{place}?")), |index| sheet.shown(&index));
    let mut head = vec![Piece::new(Safe::concat(&[Safe::word("Condition "), index]), Role::Strong)];
    for (key, name, family) in
        [("target", "target ", Family::Target), ("comparisonOperator", "operator ", Family::Operator)]
    {
        if let Some(field) = part(key) {
            let words = sheet.explain(family, field.text().unwrap_or_default());
            let said = [Safe::word(name), sheet.shown(&field), Safe::word(": "), words];
            head.push(Piece::new(Safe::concat(&said), Role::Plain));
        }
    }
    let result = Truth::of(condition, "finalResult");
    let (words, role) = final_words(sheet, condition, result);
    head.push(Piece::new(words, role));
    let from = lines.len();
    lines.flow(&head);
    lines.name(from, condition.child("finalResult").as_ref().unwrap_or(condition));
    if result != Truth::True {
        lines.trouble(from, Trouble::Error);
    }
    let Some(matches) = condition.child("matchResults") else { return };
    for (key, name) in MATCHES {
        match matches.child(key) {
            Some(one) => comparison(lines, sheet, &Safe::word(name), &one),
            None => lines.push(
                Line::blank()
                    .word("  ", Role::Plain)
                    .with(Safe::concat(&[Safe::word(name).pad(NAME), Safe::word(" not sent")]), Role::Dim),
            ),
        }
    }
    for (key, one) in matches.members() {
        if MATCHES.iter().all(|(known, _)| *known != key.expose()) {
            comparison(lines, sheet, &Safe::concat(&[sheet.key(&one), Safe::word(" (undocumented)")]), &one);
        }
    }
}

/// One comparison: its statement, whether it was made, its result.
fn comparison(lines: &mut Lines<'_>, sheet: Sheet<'_>, name: &Safe, one: &Field<'_>) {
    let shown = |key: &str| one.child(key).filter(|field| !field.is_empty()).map(|field| sheet.shown(&field));
    let statement = shown("statement").unwrap_or(Safe::word("no statement"));
    let processed = match Truth::of(one, "processed") {
        Truth::True => Safe::word("true: compared"),
        Truth::False => Safe::word("false: not done"),
        _ => shown("processed").unwrap_or(Safe::word("–")),
    };
    let result = Truth::of(one, "result");
    let (said, role) = match result {
        Truth::True => (Safe::word("✓ true"), Role::Good),
        Truth::False => (Safe::word("✗ false"), Role::Bad),
        Truth::Null => (Safe::word("null: none"), Role::Dim),
        Truth::Absent => (Safe::word("not sent"), Role::Dim),
        Truth::Other => {
            let sent = one.child("result").map(|field| sheet.shown(&field)).unwrap_or_default();
            (Safe::concat(&[Safe::word("? "), sent]), Role::Warn)
        }
    };
    let from = lines.len();
    let indent = Line::blank().word("  ", Role::Plain);
    let fits = statement.width() <= STATEMENT && name.width() <= NAME && processed.width() <= PROCESSED;
    if fits && ROOMY.max(NAME + STATEMENT + PROCESSED + 5 + said.width()) <= sheet.look.columns {
        let line = indent.with(name.pad(NAME), Role::Label).word(" ", Role::Plain);
        let line = line.with(statement.pad(STATEMENT), Role::Plain).word(" ", Role::Plain);
        lines.push(line.with(processed.pad(PROCESSED), Role::Dim).word(" ", Role::Plain).with(said, role));
    } else {
        lines.push(indent.with(name.fit(sheet.look.columns.saturating_sub(2)), Role::Label));
        let parts = [(statement, Role::Plain), (processed, Role::Dim), (said, role)];
        lines.flow_in(4, &parts.map(|(text, role)| Piece::new(text, role)));
    }
    let claim = one.child("statement").and_then(|statement| holds(statement.text()?));
    if let (Some(claim), Truth::True | Truth::False) = (claim, result)
        && claim != (result == Truth::True)
    {
        lines.flow_in(4, &[Piece::word("! the statement does not give this result", Role::Warn)]);
    }
    lines.name(from, one.child("result").as_ref().unwrap_or(one));
    if result == Truth::False {
        lines.trouble(from, Trouble::Error);
    }
}

/// The operator between two conditions.
fn between(lines: &mut Lines<'_>, sheet: Sheet<'_>, operator: Option<&Field<'_>>) {
    let Some(operator) = operator else {
        lines.push(Line::blank().word("? no operator between these conditions was sent", Role::Warn));
        return;
    };
    let (words, role) = match sheet.codes.explain(Family::Logic, operator.text().unwrap_or_default()) {
        Some(words) => (Safe::concat(&[Safe::word("logical operator: "), words]), Role::Title),
        None => (Safe::word("? logical operator: not in the documentation"), Role::Warn),
    };
    let from = lines.len();
    lines.flow(&[Piece::new(sheet.shown(operator), Role::Title), Piece::new(words, role)]);
    lines.name(from, operator);
}

/// What the conditions come to together, worked out here.
fn all(lines: &mut Lines<'_>, record: &Field<'_>, operators: &[Field<'_>]) {
    let operators: Vec<&str> = operators.iter().map(|field| field.text().unwrap_or_default()).collect();
    let (words, role) = match together(&results(record), &operators) {
        Some(true) => ("✓ Together they hold. Worked out here: the service sends no overall result.", Role::Good),
        Some(false) => {
            ("✗ Together they do not hold. Worked out here: the service sends no overall result.", Role::Bad)
        }
        None => (
            "? Together: not to be said. A result is missing, or it depends on whether AND or OR goes first, which is not documented.",
            Role::Warn,
        ),
    };
    lines.flow(&[Piece::word(words, role)]);
}

fn final_words(sheet: Sheet<'_>, condition: &Field<'_>, result: Truth) -> (Safe, Role) {
    match result {
        Truth::True => (Safe::word("final result ✓ true: met"), Role::Good),
        Truth::False => (Safe::word("final result ✗ false: not met"), Role::Bad),
        Truth::Null => (Safe::word("final result ? null: no result"), Role::Warn),
        Truth::Absent => (Safe::word("? no final result sent"), Role::Warn),
        Truth::Other => {
            let sent = condition.child("finalResult").map(|field| sheet.shown(&field)).unwrap_or_default();
            (Safe::concat(&[Safe::word("final result ? neither true nor false: "), sent]), Role::Warn)
        }
    }
}
