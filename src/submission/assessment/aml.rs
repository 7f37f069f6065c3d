//! AML screening of a submission: the result of the search for sanctions and politically exposed persons, as in `aml`.
//!
//! The result is never shown as clear, because the service uses the same word for "no match" and for "not run".

use super::judgement::{is_contested, is_nothing, values_at};
use super::words;
use crate::submission::document::{Document, Field};
use crate::submission::node::Node;

/// AML status, as in `aml.currentstatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screening {
    /// `Red Flag`: the service found an AML match for the person.
    RedFlag,
    /// `Not Screened`: there is no AML match, or the screening was not run.
    NotScreened,
    /// Any other text that was sent as the status; it is never read as clear.
    Unknown,
    /// No AML status was sent.
    Missing,
}

impl Screening {
    pub(super) const WORDS: [(&'static str, Self); 2] =
        [("Red Flag", Self::RedFlag), ("Not Screened", Self::NotScreened)];

    /// Parses an AML status such as `Red Flag`. A text that is not a documented status becomes [`Screening::Unknown`].
    pub fn read(text: &str) -> Self {
        words::meaning_of(&Self::WORDS, text).unwrap_or(Self::Unknown)
    }
}

/// AML risk level, as in `aml.risk_level_summary` (all matches together) and `aml.matches[].risk_level` (one match).
/// Levels are ordered, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskLevel {
    /// `Not Screened`: no risk level was determined.
    NotScreened,
    /// `Low`: the match or screening has a low risk.
    Low,
    /// `Medium`: the match or screening has a medium risk.
    Medium,
    /// `High`: the match or screening has a high risk.
    High,
}

impl RiskLevel {
    pub(super) const WORDS: [(&'static str, Self); 4] =
        [("Not Screened", Self::NotScreened), ("Low", Self::Low), ("Medium", Self::Medium), ("High", Self::High)];

    /// Parses an AML risk level such as `High`; `None` for a text that is not a documented level.
    pub fn read(text: &str) -> Option<Self> {
        words::meaning_of(&Self::WORDS, text)
    }

    /// Parses the AML risk level in `field`; `None` if the field does not hold a documented level.
    pub fn of(field: &Field<'_>) -> Option<Self> {
        field.text().and_then(Self::read)
    }
}

/// Contradiction between two parts of an AML screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmlConflict {
    /// The AML status is `Red Flag`, but there is no AML match.
    NoMatch,
    /// The AML status is `Not Screened`, but there are AML matches.
    Matches,
    /// The AML status is `Not Screened`, but a risk level other than `Not Screened` was sent.
    Level,
    /// An AML match has a higher risk level than the screening as a whole (`aml.risk_level_summary`).
    HigherMatch,
    /// There are AML matches, but no AML status.
    NoStatus,
}

/// Key of the member of `aml` that holds the AML status.
const STATUS: &str = "currentstatus";

/// Key of the member of `aml` that holds the AML risk level.
const LEVEL: &str = "risk_level_summary";

/// Returns all values that the object `aml` of a submission holds under the key `key`: several values if the key is
/// repeated. If `aml` is a list, the values of all its elements are included.
fn values_of<'a>(document: &'a Document, key: &str) -> Vec<Field<'a>> {
    let screenings = document.root().children("aml").into_iter().flat_map(|aml| aml.elements());
    screenings.flat_map(|aml| aml.children(key)).collect()
}

/// Result of the AML screening of a submission, with the fields from which the result was read.
#[derive(Debug)]
pub struct AmlAssessment<'a> {
    /// AML status as this program understands it. It is [`Screening::Unknown`] if `aml` is not an object, or if the
    /// status was sent more than once with different values.
    pub screening: Screening,
    /// The field `aml`; `None` if it was not sent or is empty.
    pub field: Option<Field<'a>>,
    /// The AML status as sent (`aml.currentstatus`); `None` if it was not sent or is empty.
    pub status: Option<Field<'a>>,
    /// The AML risk level as sent (`aml.risk_level_summary`); `None` if it was not sent or is empty.
    pub level: Option<Field<'a>>,
    /// All different values of the AML status: several only if it was sent more than once. Empty if it was not sent.
    pub statuses: Vec<Field<'a>>,
    /// All different values of the AML risk level: several only if it was sent more than once. Empty if it was not
    /// sent.
    pub levels: Vec<Field<'a>>,
    /// AML matches in the order sent, without those that were not read because of a limit. If several lists of matches
    /// were sent, these are the matches of the longest list.
    pub matches: Vec<Field<'a>>,
    /// Number of AML matches, including those that were not read because of a limit.
    pub count: usize,
    /// Whether the AML matches were fetched: the record is a full record, or has a list of matches. A list record or
    /// the payload of a webhook, for example, can have the AML status without the matches.
    pub knows_matches: bool,
    /// Whether any value of the screening speaks against the person: the status `Red Flag`, the risk level `High`, or
    /// an AML match.
    pub is_alarming: bool,
    /// Whether the field `aml` or the AML status in it was sent more than once, with different values.
    is_contested: bool,
}

impl<'a> AmlAssessment<'a> {
    /// Reads the result of the AML screening from `document`, the list record or full record of a submission.
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
        let sent_lists = values_of(document, "matches");
        let knows_matches = document.is_full_record() || !sent_lists.is_empty();
        let listed = sent_lists.into_iter().filter(|matches| !matches.is_empty());
        let listed = listed.max_by_key(|matches| matches.node().count());
        let count = listed.as_ref().map_or(0, |matches| matches.node().count());
        let matches = listed.map(|matches| matches.elements()).unwrap_or_default();
        let says = |key: &str, is_bad: fn(&str) -> bool| {
            let parts = values_of(document, key).into_iter().flat_map(|field| field.elements());
            parts.filter_map(|part| part.sent_text()).any(is_bad)
        };
        let is_alarming = count > 0
            || says(STATUS, |text| Screening::read(text) == Screening::RedFlag)
            || says(LEVEL, |text| RiskLevel::read(text) == Some(RiskLevel::High));
        let is_contested = is_repeated(&status);
        Self {
            screening,
            field,
            status,
            level,
            statuses,
            levels,
            matches,
            count,
            knows_matches,
            is_alarming,
            is_contested,
        }
    }

    /// Returns whether `aml` was sent, but cannot be read because it is not an object.
    pub fn is_unreadable(&self) -> bool {
        self.field.as_ref().is_some_and(|aml| !matches!(aml.node(), Node::Object(_)))
    }

    /// Returns whether the AML screening contradicts itself. This is so if the AML status was sent more than once with
    /// different values, or if a documented risk level contradicts the status.
    pub fn contradicts_itself(&self) -> bool {
        let is_level = self.levels.iter().any(|level| RiskLevel::of(level).is_some());
        self.is_contested || (is_level && self.conflicts().contains(&AmlConflict::Level))
    }

    /// Returns whether there are AML matches although the AML status does not report them: it is missing or `Not
    /// Screened` (the word for "no match").
    pub const fn has_unannounced_matches(&self) -> bool {
        self.count > 0 && matches!(self.screening, Screening::NotScreened | Screening::Missing)
    }

    /// Returns the reason why the AML status is [`Screening::Unknown`], as a text for the screen. Meaningful only for
    /// that status.
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

    /// Returns the contradictions between the parts of the AML screening: status, risk level and matches.
    pub fn conflicts(&self) -> Vec<AmlConflict> {
        let is_clear = self.screening == Screening::NotScreened;
        let summary = self.level.as_ref().map(RiskLevel::of);
        let worst = self.matches.iter().filter_map(|each| RiskLevel::of(&each.child("risk_level")?)).max();
        let is_rank = |level: Option<RiskLevel>| level.is_some_and(|level| level != RiskLevel::NotScreened);
        let all = [
            (AmlConflict::NoMatch, self.screening == Screening::RedFlag && self.count == 0 && self.knows_matches),
            (AmlConflict::Matches, is_clear && self.count > 0),
            (AmlConflict::Level, is_clear && summary.is_some_and(|level| level != Some(RiskLevel::NotScreened))),
            (AmlConflict::HigherMatch, summary.is_some_and(|level| is_rank(level) && worst > level)),
            (AmlConflict::NoStatus, self.screening == Screening::Missing && self.count > 0),
        ];
        all.into_iter().filter(|(_, holds)| *holds).map(|(conflict, _)| conflict).collect()
    }
}
