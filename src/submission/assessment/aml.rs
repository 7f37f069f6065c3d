//! The screening: what `aml` says of sanctions and exposed persons. Nothing here ever reads as clear: the one word for "no
//! match" is also the word for "not run".

use super::judgement::{is_contested, is_nothing};
use super::words;
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;

/// What `aml.currentstatus` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screening {
    /// `Red Flag`: there is a match.
    RedFlag,
    /// `Not Screened`: no match, or screening was not run.
    NotScreened,
    /// Anything else that was sent: never to be read as clear.
    Unknown,
    /// Nothing was sent.
    Missing,
}

impl Screening {
    pub(super) const WORDS: [(&'static str, Self); 2] =
        [("Red Flag", Self::RedFlag), ("Not Screened", Self::NotScreened)];

    /// Reads a status.
    #[must_use]
    pub fn read(text: &str) -> Self {
        words::find(&Self::WORDS, text).unwrap_or(Self::Unknown)
    }
}

/// What `aml.risk_level_summary` and `aml.matches[].risk_level` say; the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskLevel {
    /// `Not Screened`.
    NotScreened,
    /// `Low`.
    Low,
    /// `Medium`.
    Medium,
    /// `High`.
    High,
}

impl RiskLevel {
    pub(super) const WORDS: [(&'static str, Self); 4] =
        [("Not Screened", Self::NotScreened), ("Low", Self::Low), ("Medium", Self::Medium), ("High", Self::High)];

    /// Reads a level; `None` for any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        words::find(&Self::WORDS, text)
    }

    /// Reads the level in a field; `None` for anything that is no documented one.
    #[must_use]
    pub fn of(field: &Field<'_>) -> Option<Self> {
        field.text().and_then(Self::read)
    }
}

/// Parts of a screening that do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmlConflict {
    /// `Red Flag` without a match.
    NoMatch,
    /// `Not Screened` with matches.
    Matches,
    /// `Not Screened` with a level, or with one that is not documented.
    Level,
    /// A match with a higher level than the summary.
    HigherMatch,
}

/// The screening of a record with its evidence.
#[derive(Debug)]
pub struct AmlAssessment<'a> {
    /// The status. [`Screening::Unknown`] also for a screening that is no object, or was sent twice.
    pub screening: Screening,
    /// `aml`, if it was sent.
    pub field: Option<Field<'a>>,
    /// Its status as sent.
    pub status: Option<Field<'a>>,
    /// Its level as sent.
    pub level: Option<Field<'a>>,
    /// Its matches in the order sent, as far as they were read.
    pub matches: Vec<Field<'a>>,
    /// The number of its matches, those that were not read included.
    pub count: usize,
}

impl<'a> AmlAssessment<'a> {
    /// Reads the screening of a record.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let aml = document.field("aml");
        let doubtful = aml.as_ref().is_some_and(is_contested);
        let field = aml.filter(|aml| {
            doubtful || !matches!(aml.node(), Node::Null) && !matches!(aml.node(), Node::Object(m) if m.is_empty())
        });
        let member = |key: &str| field.as_ref().and_then(|aml| aml.child(key));
        let sent = |key: &str| member(key).filter(|one| !is_nothing(one.node()) || is_contested(one));
        let (status, level) = (sent("currentstatus"), sent("risk_level_summary"));
        let listed = member("matches").filter(|matches| !matches.is_empty());
        let is_object = field.as_ref().is_none_or(|aml| matches!(aml.node(), Node::Object(_)));
        let screening = match &status {
            _ if doubtful || !is_object => Screening::Unknown,
            Some(status) => status.text().map_or(Screening::Unknown, Screening::read),
            None => Screening::Missing,
        };
        let count = listed.as_ref().map_or(0, |matches| matches.node().count());
        let matches = listed.map(|matches| matches.each()).unwrap_or_default();
        Self { screening, field, status, level, matches, count }
    }

    /// Whether a screening was sent of which no part can be read, since it is no object.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.field.as_ref().is_some_and(|aml| !matches!(aml.node(), Node::Object(_)))
    }

    /// Returns what does not go together.
    #[must_use]
    pub fn conflicts(&self) -> Vec<AmlConflict> {
        let is_clear = self.screening == Screening::NotScreened;
        let summary = self.level.as_ref().map(RiskLevel::of);
        let worst = self.matches.iter().filter_map(|each| RiskLevel::of(&each.child("risk_level")?)).max();
        let is_rank = |level: Option<RiskLevel>| level.is_some_and(|level| level != RiskLevel::NotScreened);
        let all = [
            (AmlConflict::NoMatch, self.screening == Screening::RedFlag && self.count == 0),
            (AmlConflict::Matches, is_clear && self.count > 0),
            (AmlConflict::Level, is_clear && summary.is_some_and(|level| level != Some(RiskLevel::NotScreened))),
            (AmlConflict::HigherMatch, summary.is_some_and(|level| is_rank(level) && worst > level)),
        ];
        all.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
    }
}
