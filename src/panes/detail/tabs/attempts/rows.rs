//! The fields of the attempts: a row a field, a cell an attempt.
//!
//! Whatever an attempt holds that its narrative does not tell has a row, documented or not; of what is too much for a screen,
//! how much there is.

use std::collections::HashMap;

use super::TOLD;
use crate::submission::Field;
use crate::submission::attempts::Attempt;

/// Rows at most.
const ROWS: usize = 300;

/// Bytes of a path within an attempt above which a field has no row: longer than any documented one.
const LONGEST: usize = 500;

/// The answer of a face detection, of which the documentation names four members.
pub(super) const DETECTION: &str = "detectFace";

/// Codes stand in the narrative with their words, and side by side for themselves: what changed is to be seen at once.
const CODES: [&str; 3] = ["retryCode", "errorCode", "liveness.error_code"];

/// The parts of the table and the members that stand in each; what none names stands in the last.
const PARTS: [(&str, &[&str]); 6] = [
    ("Codes", &["retryCode", "errorCode"]),
    ("Face", &["faceSimilarityScore", "livenessScore", "liveness", "selfieImage"]),
    ("Document", &["ocrResult", "idBarcodeResult"]),
    ("ID verification", &["verificationResult", "verification", "verificationParams"]),
    ("Face detection", &["detectFace"]),
    ("Further fields", &[]),
];

/// Every field that an attempt holds, in the order of the parts.
pub(super) struct Rows<'a> {
    /// The rows.
    pub(super) each: Vec<Row<'a>>,
    /// How many values each attempt has that have no row, being too many.
    pub(super) more: Vec<usize>,
}

/// A field of the attempts.
pub(super) struct Row<'a> {
    /// Its path within an attempt.
    pub(super) path: String,
    /// What each attempt has of it.
    pub(super) cells: Vec<Option<Field<'a>>>,
    /// Whether the narrative of an attempt shows it, too: a code.
    pub(super) is_told: bool,
}

/// How a value stands to the one in the attempt before that has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    First,
    Same,
    Higher,
    Lower,
    Other,
}

impl<'a> Rows<'a> {
    /// The rows of some attempts.
    pub(super) fn of(attempts: &[Attempt<'a>]) -> Self {
        let mut rows = Self { each: Vec::new(), more: vec![0; attempts.len()] };
        let mut places = HashMap::new();
        for (at, attempt) in attempts.iter().enumerate() {
            let start = attempt.field.path().len();
            attempt.field.leaves(&mut |field| {
                let path = field.path().get(start..).unwrap_or_default().trim_start_matches('.');
                if is_detail(path, field) {
                    return;
                }
                let is_told = path.len() <= LONGEST && is_told(path, field);
                if is_told && !is_code(path) {
                    return;
                }
                let known = if path.len() <= LONGEST { places.get(path).copied() } else { None };
                let has_room = path.len() <= LONGEST && rows.each.len() < ROWS;
                if let Some(place) = known.or_else(|| has_room.then(|| rows.add(path, is_told))) {
                    if known.is_none() {
                        places.insert(path.to_owned(), place);
                    }
                    rows.fill(place, at, field);
                } else if !is_told {
                    rows.more.iter_mut().skip(at).take(1).for_each(|more| *more += 1);
                }
            });
        }
        rows.each.sort_by_key(|row| part(&row.path).0);
        rows
    }

    fn add(&mut self, path: &str, is_told: bool) -> usize {
        self.each.push(Row { path: path.to_owned(), cells: vec![None; self.more.len()], is_told });
        self.each.len() - 1
    }

    fn fill(&mut self, place: usize, at: usize, field: &Field<'a>) {
        if let Some(cell) = self.each.get_mut(place).and_then(|row| row.cells.get_mut(at)) {
            *cell = Some(field.clone());
        }
    }
}

impl Row<'_> {
    /// Compares with the attempt before that has the field, by the true values.
    pub(super) fn change(&self, at: usize) -> Change {
        let Some(Some(field)) = self.cells.get(at) else { return Change::First };
        let Some(before) = self.cells.iter().take(at).flatten().next_back() else { return Change::First };
        match (field.number(), before.number()) {
            (Some(now), Some(then)) if now > then => Change::Higher,
            (Some(now), Some(then)) if now < then => Change::Lower,
            (Some(_), Some(_)) => Change::Same,
            _ if field.text() == before.text() => Change::Same,
            _ => Change::Other,
        }
    }
}

/// Whether the narrative of the attempt shows it: one text, or a list of texts where the service sends either.
fn is_told(path: &str, field: &Field<'_>) -> bool {
    let listed = path.strip_suffix(']').and_then(|path| path.split_once('[')).filter(|(_, at)| !at.contains('['));
    match listed {
        Some((name, _)) => ["retryCode", "retryMsg"].contains(&name),
        None if path.is_empty() => field.is_empty(),
        None => TOLD.contains(&path),
    }
}

/// Whether it is one of the codes, one or several of them.
fn is_code(path: &str) -> bool {
    CODES.iter().any(|code| path.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
}

/// Whether it is one of the many numbers that a face detection brings beyond the documented ones: they fold.
pub(super) fn is_detail(path: &str, field: &Field<'_>) -> bool {
    path.starts_with(DETECTION) && !field.is_empty() && (path.len() > LONGEST || field.known().is_none())
}

/// The place and name of the part that a row stands in, and the place of its member there.
pub(super) fn part(path: &str) -> ((usize, usize), &'static str) {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    for (at, (name, members)) in PARTS.iter().enumerate() {
        if let Some(member) = members.iter().position(|member| *member == first) {
            return ((at, member), name);
        }
    }
    ((PARTS.len(), 0), PARTS.last().map_or("", |(name, _)| name))
}
