//! The plan of one invented submission. All JSON of the submission is built from its plan.

use jiff::civil::Date;

use super::super::behaviour::Times;
use super::calendar::HANDWRITTEN_COUNT;
use super::demo_instant::DemoInstant;
use super::dice::{Dice, DiceStream};
use super::fault::{CaseEnding, FaultConditions, StepFault, draw_faults};
use super::oddity::StagedOddity;
use super::person::Person;
use super::pools;

/// The result of a submission: the value of `kyc.result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Approved,
    Rejected,
    Pending,
    Incomplete,
}

impl Status {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Pending => "pending",
            Self::Incomplete => "incomplete",
        }
    }
}

/// The level of an AML red flag: a warning that the applicant may be on a watchlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    High,
    Medium,
    Low,
}

/// The plan of one submission: the invented data from which its JSON is built.
pub(crate) struct SubmissionPlan {
    /// Number of the submission: 0 is the newest one at the start of the server, and larger numbers are older.
    /// Submissions that are added later get the next larger numbers. The number also seeds the random numbers of the
    /// submission.
    pub(super) index: usize,
    pub(crate) id: String,
    /// Time at which the applicant started the process.
    pub(crate) at: DemoInstant,
    /// Latest possible time of any event of the submission, such as its result.
    pub(super) latest_event_time: DemoInstant,
    /// Whether the applicant shows an ID document. If false, the submission is knowledge-based: the applicant types the
    /// data instead.
    pub(super) document: bool,
    pub(super) status: Status,
    pub(super) ending: CaseEnding,
    pub(super) faults: Vec<StepFault>,
    pub(super) person: Person,
    pub(super) mail: String,
    pub(super) user: Option<String>,
    pub(super) token: Option<String>,
    pub(super) ip: String,
    /// Whether a person (an agent) decided on the submission. If false, the system decided alone.
    pub(super) agent: bool,
    /// The reject code of the submission, such as `expired_id`. `None` if no code is set: a rejected submission then
    /// gets a code that fits its other data, or a random one.
    pub(super) reason: Option<&'static str>,
    pub(super) red_flag: Option<Level>,
    /// The ids of other submissions of the same person, for the JSON field `duplicated_users`. The next field,
    /// `lookalikes`, holds the ids of submissions that show the same face, for `duplicated_selfie_users`.
    pub(super) duplicates: Vec<String>,
    pub(super) lookalikes: Vec<String>,
    pub(super) memo: Option<&'static str>,
    pub(super) oddity: Option<StagedOddity>,
    /// Format of the times in the JSON. If the staged oddity (unusual detail) of the submission is a time format, that
    /// format is used instead.
    pub(super) times: Times,
}

impl SubmissionPlan {
    /// Generates the random plan of one submission. The same arguments always give the same plan. `index` is the number
    /// of the submission, 0 for the newest. `at` is the time at which the submission starts, and `latest_event_time`
    /// the latest possible time of any event in it. `oddity` is the staged oddity: an unusual detail that the
    /// submission shows; `None` means an ordinary submission.
    pub(super) fn draw(
        index: usize,
        at: DemoInstant,
        latest_event_time: DemoInstant,
        oddity: Option<StagedOddity>,
    ) -> Self {
        let dice = &mut Dice::new(DiceStream::Case, index as u64);
        let today = latest_event_time.date();
        let id = submission_id(dice);
        let document = oddity.is_some_and(StagedOddity::needs_document) || dice.percent(85);
        let person = person(dice, today, oddity);
        let status = status(dice, &person, today, oddity);
        let ending = ending(dice, status);
        let faults = draw_faults(
            dice,
            &FaultConditions { document, person: &person, ending },
            matches!(oddity, Some(StagedOddity::IdleGap | StagedOddity::StringRetry)),
        );
        let mailbox = person.mailbox(dice);
        let mail = match oddity {
            Some(oddity) => format!("{mailbox}+{}@example.com", oddity.tag()),
            None => format!(
                "{mailbox}@{}",
                dice.word(&["example.com", "example.com", "mail.example.com", "kr.example.com"])
            ),
        };
        let agent = status != Status::Incomplete && dice.percent(if status == Status::Rejected { 35 } else { 14 });
        let flagged = status == Status::Approved && dice.percent(7);
        let level = *dice.choose(&[Level::High, Level::Medium, Level::Medium, Level::Low]).unwrap_or(&Level::Low);
        let user = dice.percent(70).then(|| user_id(dice));
        let token = dice.percent(22).then(|| dice.fill("********-****-4***-****-************"));
        let memo = dice.percent(7).then(|| dice.word(MEMOS));
        let memo = if oddity == Some(StagedOddity::EscapeMemo) { Some(HOSTILE_MEMO) } else { memo };
        Self {
            index,
            id,
            at,
            latest_event_time,
            document,
            status,
            ending,
            faults,
            person,
            mail,
            user,
            token,
            ip: address(index),
            agent,
            reason: None,
            red_flag: flagged.then_some(level),
            duplicates: Vec::new(),
            lookalikes: Vec::new(),
            memo,
            oddity,
            times: Times::Iso,
        }
    }

    /// Returns the value of the field `created_at` as text, in the time format of this submission.
    pub(crate) fn created_at(&self) -> String {
        self.at.text(self.time_format())
    }

    /// Returns the value of the field `email`; `None` for a deleted submission.
    pub(crate) fn email(&self) -> Option<&str> {
        (!self.has_oddity(StagedOddity::Deleted)).then_some(&self.mail)
    }

    /// Returns the value of the field `userid`. Returns `None` for a submission without a user id and for a deleted
    /// submission.
    pub(crate) fn userid(&self) -> Option<&str> {
        self.user.as_deref().filter(|_| !self.has_oddity(StagedOddity::Deleted))
    }

    /// Returns whether the submission was deleted.
    pub(crate) fn is_deleted(&self) -> bool {
        self.has_oddity(StagedOddity::Deleted)
    }

    /// Returns the number of the submission; 0 is the newest one at the start of the server.
    pub(crate) const fn number(&self) -> usize {
        self.index
    }

    pub(super) fn has_oddity(&self, oddity: StagedOddity) -> bool {
        self.oddity == Some(oddity)
    }

    /// Returns whether the submission is one of the newest, whose contents are written by hand instead of random. These
    /// submissions fill the first screen of the demo.
    pub(super) fn is_staged(&self) -> bool {
        self.index < HANDWRITTEN_COUNT
    }

    /// Returns the text format of all times in the JSON of this submission. Only the times in `signals` have another
    /// format.
    pub(super) fn time_format(&self) -> Times {
        match self.oddity {
            Some(StagedOddity::PlaceholderTimes) => Times::Placeholder,
            Some(StagedOddity::MinuteTimes) => Times::Minutes,
            _ => self.times,
        }
    }

    /// Returns a generator of random numbers for one aspect of this submission, such as its scores; `stream` names the
    /// aspect. Two calls with the same `stream` return generators of the same numbers.
    pub(super) fn dice(&self, stream: DiceStream) -> Dice {
        Dice::new(stream, self.index as u64)
    }

    /// Returns the age of the person on the day of the submission, in whole years.
    pub(super) fn age(&self) -> i64 {
        self.person.age_on(self.at.date())
    }
}

const MEMOS: &[&str] = &[
    "재심사 요청, 고객센터 문의 건",
    "Manual check done: name order is swapped on the ID.",
    "同姓同名。生年月日で別人と判断。",
    "Escalated to compliance, waiting for proof of address.",
    "OK",
    "Called the applicant.\nWill upload the back side tomorrow.",
];

/// A memo that attacks the terminal: its escape sequences turn text red and rename the window if the client does not
/// filter them.
const HOSTILE_MEMO: &str = "\u{1b}[31mURGENT\u{1b}[0m \u{1b}]0;owned\u{7}call back before approving";

/// Generates a random submission id of 13 to 18 characters. A few ids have an underscore, as in the samples of the
/// documentation.
fn submission_id(dice: &mut Dice) -> String {
    let pattern = dice.word(&["1**********", "6**********", "19*********", "ev*********"]);
    let tail = dice.word(&["**", "***", "****", "****", "_**", "****_**"]);
    dice.fill(&format!("{pattern}{tail}"))
}

fn user_id(dice: &mut Dice) -> String {
    let pattern = dice.word(&["user-#######", "user-#######", "u_******", "회원-#####", "APP|@@-####"]);
    dice.fill(pattern)
}

/// Returns one of the 762 IP addresses that are reserved for documentation; `turn` selects it. Two values of `turn`
/// give the same address only if they differ by a multiple of 762.
pub(super) fn address(turn: usize) -> String {
    let place = (turn % 762) * 349 % 762;
    let net = match place / 254 {
        0 => "192.0.2",
        1 => "198.51.100",
        _ => "203.0.113",
    };
    format!("{net}.{}", place % 254 + 1)
}

fn person(dice: &mut Dice, today: Date, oddity: Option<StagedOddity>) -> Person {
    let mut person = Person::draw(dice, today);
    match oddity {
        Some(StagedOddity::DecomposedName) => person.rename_randomly(pools::KOREA, dice, true),
        Some(StagedOddity::LongName) => person.lengthen_name(),
        Some(StagedOddity::OneLetterName) => person.set_name("O", "O"),
        Some(StagedOddity::HiddenMarks) => person.set_name("Anna", "\u{202e}nosl\u{200b}raC"),
        _ => {}
    }
    person
}

fn status(dice: &mut Dice, person: &Person, today: Date, oddity: Option<StagedOddity>) -> Status {
    let drawn = dice.weighted(
        &[(Status::Approved, 62), (Status::Rejected, 21), (Status::Pending, 13), (Status::Incomplete, 4)],
        |entry| entry.1,
    );
    match oddity {
        _ if person.age_on(today) < 14 => Status::Rejected,
        Some(StagedOddity::StringComment) => Status::Rejected,
        _ => drawn.map_or(Status::Approved, |entry| entry.0),
    }
}

fn ending(dice: &mut Dice, status: Status) -> CaseEnding {
    match status {
        Status::Approved | Status::Pending => CaseEnding::Passed,
        Status::Rejected if dice.percent(30) => CaseEnding::Exhausted,
        Status::Rejected => CaseEnding::Passed,
        Status::Incomplete if dice.percent(60) => CaseEnding::BeforeSelfie,
        Status::Incomplete => CaseEnding::InRetry,
    }
}
