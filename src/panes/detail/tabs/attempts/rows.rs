//! The data of the attempts table: a row for each field, a cell for each attempt.
//!
//! Every field that the narrative of an attempt (the lines in words) does not show has a row, whether documented or
//! not. If there are too many fields for rows, the values of the further fields are only counted.

use std::collections::HashMap;

use strum::VariantArray;

use super::NARRATED_PATHS;
use crate::submission::attempts::Attempt;
use crate::submission::{Field, masking, path};
use crate::text::{Mask, Safe};

/// Maximum number of rows of the attempts table.
const MAX_ROWS: usize = 300;

/// Maximum length in bytes of the path of a field that gets a row in the attempts table. All documented paths are
/// shorter.
const MAX_PATH: usize = 500;

/// The key of the member of an attempt with the face detection. Only four members of the face detection are documented.
pub(super) const DETECTION: &str = "detectFace";

/// Paths, within an attempt, of the fields that hold codes. The narrative of an attempt explains its codes. The table
/// shows the codes of all attempts as well, so that changes are visible.
const CODES: [&str; 3] = ["retryCode", "errorCode", "liveness.error_code"];

/// A section of the attempts table, such as codes or face. The variants are in the order of the sections on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub(super) enum TablePart {
    Codes,
    Face,
    Document,
    IdVerification,
    FaceDetection,
    /// The members of an attempt that belong to no other section.
    Further,
}

impl TablePart {
    /// Returns the section of the attempts table that shows the field at `path`, a path within an attempt such as
    /// `liveness.score`.
    pub(super) fn of(path: &str) -> Self {
        let member = first_key(path);
        Self::VARIANTS.iter().copied().find(|part| part.members().contains(&member)).unwrap_or(Self::Further)
    }

    /// Returns the title of this section of the attempts table, such as `Face detection`.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Codes => "Codes",
            Self::Face => "Face",
            Self::Document => "Document",
            Self::IdVerification => "ID verification",
            Self::FaceDetection => "Face detection",
            Self::Further => "Further fields",
        }
    }

    /// Returns the keys of the members of an attempt that this section of the attempts table shows, in the order of the
    /// rows.
    const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Codes => &["retryCode", "errorCode"],
            Self::Face => &["faceSimilarityScore", "livenessScore", "liveness", "selfieImage"],
            Self::Document => &["ocrResult", "idBarcodeResult"],
            Self::IdVerification => &["verificationResult", "verification", "verificationParams"],
            Self::FaceDetection => &[DETECTION],
            Self::Further => &[],
        }
    }
}

/// Returns the first key of a path: `liveness` for `liveness.score`.
fn first_key(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// The rows of the attempts table, made from the fields of several attempts.
pub(super) struct AttemptRows<'a> {
    /// The rows, in the order of the table's sections (codes first).
    pub(super) each: Vec<AttemptRow<'a>>,
    /// For each attempt, the number of its values that have no row: the table has too many rows already, or the path is
    /// too long.
    pub(super) more: Vec<usize>,
}

/// A row of the attempts table: one field with its value in each attempt.
pub(super) struct AttemptRow<'a> {
    /// The path of the field within an attempt.
    pub(super) path: String,
    /// The field in each attempt; `None` for an attempt without the field.
    pub(super) cells: Vec<Option<Field<'a>>>,
    /// Whether the narrative of an attempt (the lines in words) also shows the field of this row.
    pub(super) is_narrated: bool,
}

/// How a value of an attempt differs from the value of the same field in the last earlier attempt that has this field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueChange {
    First,
    Same,
    Higher,
    Lower,
    Other,
}

impl<'a> AttemptRows<'a> {
    /// Returns the rows of the table that compares these attempts.
    pub(super) fn of(attempts: &[Attempt<'a>]) -> Self {
        let mut rows = Self { each: Vec::new(), more: vec![0; attempts.len()] };
        let mut places = HashMap::new();
        for (at, attempt) in attempts.iter().enumerate() {
            let start = attempt.field.path().len();
            attempt.field.for_each_leaf(&mut |field| {
                let path = field.path().get(start..).unwrap_or_default().trim_start_matches('.');
                if is_detail(path, field) {
                    return;
                }
                let is_narrated = path.len() <= MAX_PATH && is_narrated(path, field);
                if is_narrated && !is_code(path) {
                    return;
                }
                let known = if path.len() <= MAX_PATH { places.get(path).copied() } else { None };
                let has_room = path.len() <= MAX_PATH && rows.each.len() < MAX_ROWS;
                if let Some(place) = known.or_else(|| has_room.then(|| rows.add(path, is_narrated))) {
                    if known.is_none() {
                        places.insert(path.to_owned(), place);
                    }
                    rows.fill(place, at, field);
                } else if !is_narrated {
                    rows.more.get_mut(at).into_iter().for_each(|more| *more += 1);
                }
            });
        }
        rows.each.sort_by_key(|row| {
            let part = TablePart::of(&row.path);
            (part, part.members().iter().position(|member| *member == first_key(&row.path)))
        });
        rows
    }

    fn add(&mut self, path: &str, is_narrated: bool) -> usize {
        self.each.push(AttemptRow { path: path.to_owned(), cells: vec![None; self.more.len()], is_narrated });
        self.each.len() - 1
    }

    fn fill(&mut self, place: usize, attempt_index: usize, field: &Field<'a>) {
        if let Some(cell) = self.each.get_mut(place).and_then(|row| row.cells.get_mut(attempt_index)) {
            *cell = Some(field.clone());
        }
    }
}

impl AttemptRow<'_> {
    /// Returns the path, within the attempt, of the object that contains the row's field: `liveness` for
    /// `liveness.score`. `None` if the attempt itself contains the field.
    pub(super) fn object(&self) -> Option<&str> {
        self.path.rsplit_once('.').map(|(object, _)| object)
    }

    /// Returns the path of the object that contains the row's field, masked as the mask level `mask` requires; see
    /// [`AttemptRow::object`].
    pub(super) fn shown_object(&self, mask: Mask) -> Safe {
        let Some(field) = self.cells.iter().flatten().next() else { return Safe::default() };
        // The attempt itself has a documented path, which no mask changes.
        let start = field.path().len() - self.path.len();
        let whole = masking::path(field, mask);
        Safe::sanitize(path::parent(&whole).and_then(|object| object.get(start..)).unwrap_or_default())
    }

    /// Compares the row's value in the attempt at index `attempt_index` with the value in the last earlier attempt that
    /// has the field.
    pub(super) fn change(&self, attempt_index: usize) -> ValueChange {
        let Some(Some(field)) = self.cells.get(attempt_index) else { return ValueChange::First };
        let Some(before) = self.cells.iter().take(attempt_index).flatten().next_back() else {
            return ValueChange::First;
        };
        match (field.number(), before.number()) {
            (Some(now), Some(then)) if now > then => ValueChange::Higher,
            (Some(now), Some(then)) if now < then => ValueChange::Lower,
            (Some(_), Some(_)) => ValueChange::Same,
            _ if field.text() == before.text() => ValueChange::Same,
            _ => ValueChange::Other,
        }
    }
}

impl ValueChange {
    /// Returns the sign that is drawn before a value, such as `▲ ` if the value is higher than in the last earlier
    /// attempt that has one. The sign is two columns wide.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::First => "  ",
            Self::Same => "= ",
            Self::Higher => "▲ ",
            Self::Lower => "▼ ",
            Self::Other => "≠ ",
        }
    }
}

/// Returns whether the narrative of an attempt (the lines in words) shows the field at `path`, a path within the
/// attempt. It shows the fields in [`NARRATED_PATHS`], and all elements of the lists `retryCode` and `retryMsg`.
fn is_narrated(path: &str, field: &Field<'_>) -> bool {
    let listed = path.strip_suffix(']').and_then(|path| path.split_once('[')).filter(|(_, at)| !at.contains('['));
    match listed {
        Some((name, _)) => ["retryCode", "retryMsg"].contains(&name),
        None if path.is_empty() => field.is_empty(),
        None => NARRATED_PATHS.contains(&path),
    }
}

/// Returns whether the field at `path`, a path within an attempt, is one of [`CODES`] or an element of one: an error
/// code or a retry code.
fn is_code(path: &str) -> bool {
    CODES.iter().any(|code| path.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
}

/// Returns whether the field at `path`, a path within an attempt, is one of the many undocumented numbers of a face
/// detection. These numbers have no rows in the table; a tree that is closed at first shows them.
pub(super) fn is_detail(path: &str, field: &Field<'_>) -> bool {
    path.starts_with(DETECTION) && !field.is_empty() && (path.len() > MAX_PATH || field.documentation().is_none())
}
