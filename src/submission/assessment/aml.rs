//! The screening: what `aml` says of sanctions and exposed persons. Nothing here ever reads as clear: the one word for "no
//! match" is also the word for "not run".

use super::judgement::{is_contested, is_nothing, values_at};
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
    pub fn read(text: &str) -> Option<Self> {
        words::find(&Self::WORDS, text)
    }

    /// Reads the level in a field; `None` for anything that is no documented one.
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
    /// Matches without a status.
    NoStatus,
}

/// The member of `aml` that holds the status.
const STATUS: &str = "currentstatus";

/// The member of `aml` that holds the level.
const LEVEL: &str = "risk_level_summary";

/// Every value of a member of the screening, whatever was repeated, and of each element where a list was sent.
fn everywhere<'a>(document: &'a Document, key: &str) -> Vec<Field<'a>> {
    let screenings = document.root().children("aml").into_iter().flat_map(|aml| aml.each());
    screenings.flat_map(|aml| aml.children(key)).collect()
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
    /// The status, or its different values where it was sent more than once.
    pub statuses: Vec<Field<'a>>,
    /// The same of its level.
    pub levels: Vec<Field<'a>>,
    /// Its matches in the order sent, as far as they were read. Where they were sent more than once, the longest list.
    pub matches: Vec<Field<'a>>,
    /// The number of its matches, those that were not read included.
    pub count: usize,
    /// Whether anything speaks against the person in whatever was sent: a `Red Flag`, a level `High`, or a match.
    pub is_alarming: bool,
    /// Whether status or screening was sent more than once, with different values.
    is_contested: bool,
}

impl<'a> AmlAssessment<'a> {
    /// Reads the screening of a record.
    pub fn of(document: &'a Document) -> Self {
        let aml = document.field("aml");
        let doubtful = aml.as_ref().is_some_and(is_contested);
        let field = aml.filter(|aml| {
            doubtful || !matches!(aml.node(), Node::Null) && !matches!(aml.node(), Node::Object(m) if m.is_empty())
        });
        let member = |key: &str| field.as_ref().and_then(|aml| aml.child(key));
        let sent = |key: &str| member(key).filter(|one| !is_nothing(one.node()) || is_contested(one));
        let (status, level) = (sent(STATUS), sent(LEVEL));
        let is_repeated = |one: &Option<Field<'a>>| doubtful || one.as_ref().is_some_and(is_contested);
        let values = |one: &Option<Field<'a>>, key: &str| match one {
            _ if is_repeated(one) => values_at(document, &format!("aml.{key}")),
            one => one.iter().cloned().collect(),
        };
        let (statuses, levels) = (values(&status, STATUS), values(&level, LEVEL));
        let is_object = field.as_ref().is_none_or(|aml| matches!(aml.node(), Node::Object(_)));
        let screening = match &status {
            _ if doubtful || !is_object => Screening::Unknown,
            Some(status) => status.text().map_or(Screening::Unknown, Screening::read),
            None => Screening::Missing,
        };
        let listed = everywhere(document, "matches").into_iter().filter(|matches| !matches.is_empty());
        let listed = listed.max_by_key(|matches| matches.node().count());
        let count = listed.as_ref().map_or(0, |matches| matches.node().count());
        let matches = listed.map(|matches| matches.each()).unwrap_or_default();
        let says = |key: &str, is_bad: fn(&str) -> bool| {
            let parts = everywhere(document, key).into_iter().flat_map(|field| field.each());
            parts.filter_map(|part| part.sent_text()).any(is_bad)
        };
        let is_alarming = count > 0
            || says(STATUS, |text| Screening::read(text) == Screening::RedFlag)
            || says(LEVEL, |text| RiskLevel::read(text) == Some(RiskLevel::High));
        let is_contested = is_repeated(&status);
        Self { screening, field, status, level, statuses, levels, matches, count, is_alarming, is_contested }
    }

    /// Whether a screening was sent of which no part can be read, since it is no object.
    pub fn is_unreadable(&self) -> bool {
        self.field.as_ref().is_some_and(|aml| !matches!(aml.node(), Node::Object(_)))
    }

    /// Whether there are matches though no status says so.
    pub const fn has_unannounced_matches(&self) -> bool {
        self.count > 0 && matches!(self.screening, Screening::NotScreened | Screening::Missing)
    }

    /// Tells why an unknown screening is unknown.
    pub fn unknown_words(&self) -> &'static str {
        let is_clear = |status: &Field<'_>| status.sent_text().map(Screening::read) == Some(Screening::NotScreened);
        match self.statuses.as_slice() {
            [only] if self.is_contested && self.status.as_ref().is_some_and(is_clear) && is_clear(only) => {
                "other AML fields were sent more than once, with different values: do not read it as clear"
            }
            _ if self.is_contested => "sent more than once, with different values: do not read it as clear",
            _ if self.is_unreadable() => "no screening can be read from this: do not read it as clear",
            _ => "not documented: do not read it as clear",
        }
    }

    /// Returns what does not go together.
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
            (AmlConflict::NoStatus, self.screening == Screening::Missing && self.count > 0),
        ];
        all.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
    }
}
