//! AML: what the screening says, its matches with the highest score first, and the raw data as a tree.
//!
//! Codes and levels follow the service's documentation, AML codes.

use super::super::lines::TabLines;
use super::super::{Anchor, Landmark, TabContext, TabLine};
use super::tree::Tree;
use crate::submission::Field;
use crate::submission::codes::Family;
use crate::submission::verdict::Verdict;
use crate::submission::words::{self, Level, Screening};
use crate::text::Safe;
use crate::ui::{Line, Role, bar};

/// Levels that are open at first: three of the raw data, whose members stand one level in.
pub(super) const LEVELS: usize = 4;

/// Columns of a bar.
const BAR: u8 = 20;

/// Members of `aml` that have a place of their own here.
const PLACED: [&str; 4] = ["currentstatus", "risk_level_summary", "matches", "raw_data"];

pub(super) fn lines(context: TabContext<'_>) -> Vec<TabLine> {
    let mut out = TabLines::new(context);
    match context.document.field("aml").filter(|aml| !aml.is_empty()) {
        None => nothing(&mut out, context),
        Some(aml) if aml.text().is_some() => {
            out.field_with(&aml, Role::Warn, Some(Safe::word("no screening can be read from this")));
        }
        Some(aml) => {
            let matches = sorted(&aml);
            status(&mut out, context, &aml, &matches);
            found(&mut out, context, &matches);
            raw(&mut out, &aml);
            others(&mut out, &aml, &PLACED);
        }
    }
    out.finish()
}

/// Why there is no screening.
fn nothing(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.note(&Safe::word(if context.document.is_whole() {
        "No AML screening was sent: neither a status nor matches. That is not the same as a screening without a match."
    } else {
        "· not fetched: AML status, matches and raw data may come only with the single answer."
    }));
    if context.document.is_whole() {
        why(out, context);
    }
}

/// What explains that nobody was screened: the status of the submission, and the option of the project.
fn why(out: &mut TabLines<'_>, context: TabContext<'_>) {
    out.note(&Safe::word(match Verdict::of(context.document) {
        Verdict::Approved => {
            "The submission is approved, so it could be screened: there was no match, or screening was not run. \
             The status is the same for both."
        }
        Verdict::Rejected | Verdict::Pending | Verdict::Incomplete => {
            "Normal here: screening runs after approval, and this submission is not approved."
        }
        Verdict::Unknown | Verdict::Contradictory | Verdict::Missing => {
            "Screening runs after approval; whether this submission was approved cannot be read from its status."
        }
    }));
    if let Some(option) = context.document.field("project_options.option_aml") {
        let words = match option.text().and_then(words::truth) {
            Some(false) => "the project does not screen",
            Some(true) => "the project screens after approval",
            None => "not in the documentation",
        };
        out.field_with(&option, Role::Plain, Some(Safe::word(words)));
    }
}

fn status(out: &mut TabLines<'_>, context: TabContext<'_>, aml: &Field<'_>, matches: &[Field<'_>]) {
    let status = aml.child("currentstatus").filter(|status| !status.is_empty());
    let text = status.as_ref().and_then(Field::text).unwrap_or_default();
    let screening = Screening::read(text);
    let (clear, flag) = (screening == Screening::NotScreened, screening == Screening::RedFlag);
    match &status {
        Some(status) => {
            let role = if flag {
                Role::Bad
            } else if clear {
                Role::Plain
            } else {
                Role::Warn
            };
            let words = match context.codes.explain(Family::Aml, text) {
                Some(words) => words,
                None => Safe::word("not in the documentation: not to be read as clear"),
            };
            let at = out.len();
            out.field_with(status, role, Some(words));
            if !clear {
                out.set_landmark(at, Landmark::Error);
            }
        }
        None => out.text(Safe::word("AML status"), context.absent(), Role::Dim),
    }
    if let Some(level) = aml.child("risk_level_summary") {
        out.field_with(&level, weigh(&level), None);
    }
    if let Some(result) = context.document.field("kyc.result") {
        out.field_as(Safe::word("Submission"), &result, Role::Plain, None);
    }
    if clear {
        why(out, context);
    }
    for sentence in contradictions(aml, matches, flag, clear) {
        let at = out.len();
        out.text(Safe::word("!"), Safe::word(sentence), Role::Warn);
        out.set_landmark(at, Landmark::Error);
    }
    screened(out, context, matches);
}

/// Where status, level and matches do not go together.
fn contradictions(aml: &Field<'_>, matches: &[Field<'_>], flag: bool, clear: bool) -> Vec<&'static str> {
    let summary = aml.child("risk_level_summary").as_ref().and_then(rank);
    let worst = matches.iter().filter_map(|each| rank(&each.child("risk_level")?)).max();
    let mut sentences = Vec::new();
    if flag && matches.is_empty() {
        sentences.push("Red Flag, but no match was sent.");
    }
    if clear && !matches.is_empty() {
        sentences.push("Not Screened, but there are matches.");
    }
    if clear && summary.is_some() {
        sentences.push("Not Screened, but there is a risk level.");
    }
    if worst > summary && summary.is_some() {
        sentences.push("A match has a higher level than the summary.");
    }
    sentences
}

/// Whom the matches are to be compared with.
fn screened(out: &mut TabLines<'_>, context: TabContext<'_>, matches: &[Field<'_>]) {
    if matches.is_empty() {
        return;
    }
    out.heading(Safe::word("The applicant, to compare with"));
    let name = ["data.full_name", "data.name"]
        .iter()
        .find_map(|path| context.document.field(path).filter(|name| !name.is_empty()));
    match name {
        Some(name) => out.field(&name),
        None => {
            for path in ["data.first_name", "data.last_name"] {
                context.document.field(path).iter().for_each(|name| out.field(name));
            }
        }
    }
    for path in ["data.date_of_birth", "data.gender", "data.nationality"] {
        context.document.field(path).iter().for_each(|field| out.field(field));
    }
}

/// The matches, the highest score first; those without a score last, in the order sent.
fn sorted<'a>(aml: &Field<'a>) -> Vec<Field<'a>> {
    let mut matches = aml.child("matches").map(|matches| matches.each()).unwrap_or_default();
    let score = |each: &Field<'_>| each.child("score").and_then(|score| score.number()).unwrap_or(f64::NEG_INFINITY);
    matches.sort_by(|a, b| score(b).total_cmp(&score(a)));
    matches
}

fn found(out: &mut TabLines<'_>, context: TabContext<'_>, matches: &[Field<'_>]) {
    if matches.is_empty() {
        return;
    }
    for (place, each) in (1..).zip(matches) {
        let level = each.child("risk_level").filter(|level| !level.is_empty());
        let role = level.as_ref().map_or(Role::Warn, weigh);
        let words = match &level {
            None => Some(Safe::word("no level was sent")),
            Some(level) if role == Role::Warn && rank(level).is_none() => Some(Safe::word("not in the documentation")),
            Some(_) => None,
        };
        let mut line = Line::blank()
            .with(Safe::of(&format!("Match {place} of {}", matches.len())), Role::Title)
            .word("  ", Role::Plain);
        if let Some(level) = &level {
            line = line.with(context.shown(level), role);
        }
        if let Some(words) = words {
            line = line.word("  ", Role::Plain).with(words, Role::Dim);
        }
        out.blank();
        let field = level.as_ref().unwrap_or(each);
        let from = out.len();
        out.wrapped(line);
        out.anchor_to(from, field);
        out.set_landmark(from, Landmark::Error);
        if each.text().is_some() {
            out.field(each);
            continue;
        }
        if let Some(score) = each.child("score") {
            let on_scale = score.number().filter(|score| (0.0..=100.0).contains(score));
            let part = on_scale.map(|score| bar(score / 100.0, BAR));
            out.field_with(&score, Role::Strong, part);
        }
        for icon in each.child("risk_icons").map(|icons| icons.each()).unwrap_or_default() {
            out.field_as(Safe::word("Risk icon"), &icon, Role::Plain, None);
        }
        for key in ["argos_number", "resource_id"] {
            each.child(key).iter().for_each(|field| out.field(field));
        }
        others(out, each, &["risk_level", "score", "risk_icons", "argos_number", "resource_id"]);
    }
}

/// What the documentation does not name, under its own names.
fn others(out: &mut TabLines<'_>, field: &Field<'_>, placed: &[&str]) {
    for (key, member) in field.members() {
        if !placed.contains(&key.expose()) {
            member.walk(&mut |each| out.field_with(each, Role::Plain, Some(Safe::word("not in the documentation"))));
        }
    }
}

fn raw<'a>(out: &mut TabLines<'a>, aml: &Field<'_>) {
    let Some(raw) = aml.child("raw_data").filter(|raw| !raw.is_empty()) else { return };
    if !out.is_empty() {
        out.blank();
    }
    let line = Line::blank().word("Raw data", Role::Title).word("  as the screening sent it", Role::Dim);
    out.push(TabLine { anchor: Some(Anchor::from(&raw)), ..TabLine::from(line) });
    if raw.text().is_some() {
        out.field(&raw);
    } else {
        Tree::new(out, LEVELS).members(&raw, 1);
    }
}

/// The role of a level.
fn weigh(level: &Field<'_>) -> Role {
    match level.text().and_then(Level::read) {
        Some(Level::High) => Role::Bad,
        Some(Level::Medium) => Role::Warn,
        Some(Level::Low) => Role::Info,
        Some(Level::NotScreened) => Role::Plain,
        None => Role::Warn,
    }
}

/// How high a level is; none where nobody was screened.
fn rank(level: &Field<'_>) -> Option<Level> {
    Level::read(level.text()?).filter(|level| *level != Level::NotScreened)
}

#[cfg(test)]
mod tests;
