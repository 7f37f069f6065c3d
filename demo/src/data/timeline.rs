//! Generates the times of one submission: of the start, the camera processes, the calls of the two identification steps
//! (document or typed data, then face), and the result.

use super::demo_instant::DemoInstant;
use super::dice::{Dice, DiceStream};
use super::fault::{CaseEnding, StepFault};
use super::oddity::StagedOddity;
use super::submission_plan::{Status, SubmissionPlan};

/// One camera process: the time in which the applicant takes or uploads a picture. It has a kind, such as
/// `idcard-front-capture`, a start and an end, and an error if it failed.
#[derive(Clone)]
pub(super) struct Process {
    pub(super) kind: &'static str,
    pub(super) start: DemoInstant,
    pub(super) end: Option<DemoInstant>,
    pub(super) error: Option<&'static str>,
}

/// A call of an identification step: the applicant's document, typed data or selfie is sent to the service. `ordinal`
/// is the number of the call among all calls of that step, from 1 to 3, and `at` is its time.
#[derive(Clone, Copy)]
pub(super) struct StepCallTime {
    pub(super) ordinal: u8,
    pub(super) at: DemoInstant,
}

/// The calls of one attempt of the applicant. The attempt ends when an identification step fails, or when all steps
/// have passed.
pub(super) struct AttemptTimes {
    pub(super) step1: Vec<StepCallTime>,
    pub(super) step2: Vec<StepCallTime>,
    pub(super) fault: Option<StepFault>,
}

/// All generated times of one submission, from its start to its result.
pub(super) struct SubmissionTimes {
    /// The value of `startButtonClickTime`: the time at which the applicant began.
    pub(super) click: DemoInstant,
    pub(super) processes: Vec<Process>,
    pub(super) attempts: Vec<AttemptTimes>,
    pub(super) pending_at: Option<DemoInstant>,
    pub(super) result_at: Option<DemoInstant>,
    pub(super) updated_at: DemoInstant,
}

impl SubmissionTimes {
    pub(super) fn of(plan: &SubmissionPlan) -> Self {
        let dice = plan.dice(DiceStream::Story);
        let mut teller = TimesGenerator { plan, dice, now: plan.at, processes: Vec::new(), calls: (0, 0) };
        teller.wait(2_000, 20_000);
        let click = teller.now;
        let attempts = teller.attempts();
        let TimesGenerator { mut dice, now, mut processes, .. } = teller;
        apply_oddity(plan.oddity, &mut processes);

        let after =
            |dice: &mut Dice, low, high| now.plus(dice.number_between(low, high)).min(plan.latest_event_time).max(now);
        let judged = if plan.agent { after(&mut dice, 600_000, 70_000_000) } else { after(&mut dice, 1_500, 25_000) };
        // The review by a person comes after the submission was set to pending.
        let aside = plan.status == Status::Pending || (plan.agent && plan.status != Status::Incomplete);
        let pending_at = aside.then(|| after(&mut dice, 400, 1_400));
        let result_at = matches!(plan.status, Status::Approved | Status::Rejected).then_some(judged);
        let updated_at = result_at.or(pending_at).unwrap_or(now).plus(dice.number_between(40, 900));
        Self { click, processes, attempts, pending_at, result_at, updated_at }
    }
}

struct TimesGenerator<'a> {
    plan: &'a SubmissionPlan,
    dice: Dice,
    now: DemoInstant,
    processes: Vec<Process>,
    /// Number of calls of identification step 1 (document or typed data) and of step 2 (face) that were generated so
    /// far.
    calls: (u8, u8),
}

impl TimesGenerator<'_> {
    fn wait(&mut self, low: i64, high: i64) {
        self.now = self.now.plus(self.dice.number_between(low, high));
    }

    fn attempts(&mut self) -> Vec<AttemptTimes> {
        let mut attempts = Vec::new();
        let mut entered = false;
        for fault in self.plan.faults.iter().copied().map(Some).chain(self.last()) {
            if !attempts.is_empty() {
                self.wait_between_attempts();
            }
            let mut attempt = AttemptTimes { step1: Vec::new(), step2: Vec::new(), fault };
            if !entered {
                self.begin_step1();
                attempt.step1 = self.call_step1();
                entered = fault.is_none_or(|fault| fault.step() == 2);
                self.wait(1_200, 5_000);
            }
            if entered && !(fault.is_none() && self.plan.ending == CaseEnding::BeforeSelfie) {
                self.face();
                self.calls.1 += 1;
                attempt.step2.push(StepCallTime { ordinal: self.calls.1, at: self.now });
                self.wait(900, 4_000);
            }
            attempts.push(attempt);
        }
        attempts
    }

    /// Returns the attempt that follows all failed attempts. `Some(None)` means an attempt without a fault. `None`
    /// means that no attempt follows, because the applicant left or used up all retries.
    fn last(&self) -> Option<Option<StepFault>> {
        matches!(self.plan.ending, CaseEnding::Passed | CaseEnding::BeforeSelfie).then_some(None)
    }

    fn wait_between_attempts(&mut self) {
        if self.plan.has_oddity(StagedOddity::IdleGap) {
            self.wait(7_200_000, 18_000_000);
        } else if self.dice.percent(9) {
            self.wait(240_000, 1_500_000);
        } else {
            self.wait(3_000, 30_000);
        }
    }

    /// Generates what the applicant does before the next call of identification step 1, and moves the current time of
    /// the generator forward. With a document, the applicant takes or uploads one or two pictures: one camera process
    /// for each. Without a document, the applicant only spends time on typing the data.
    fn begin_step1(&mut self) {
        if !self.plan.document {
            self.wait(25_000, 120_000);
            return;
        }
        let manner = self.dice.word(&["autocapture", "autocapture", "capture", "capture", "upload"]);
        // Most projects that approve ask for pictures that the camera takes.
        let is_plain = self.plan.status == Status::Approved && self.plan.oddity.is_none();
        let takes = is_plain && !self.plan.index.is_multiple_of(8);
        let manner = if manner == "upload" && takes { "capture" } else { manner };
        let (front, back) = match (self.plan.oddity, manner) {
            (Some(StagedOddity::UploadAmongCaptures), _) => ("idcard-front-autocapture", "idcard-back-upload"),
            (_, "autocapture") => ("idcard-front-autocapture", "idcard-back-autocapture"),
            (_, "capture") => ("idcard-front-capture", "idcard-back-capture"),
            _ => ("idcard-front-upload", "idcard-back-upload"),
        };
        self.process(front, 3_500, 24_000);
        if self.dice.percent(65)
            || matches!(self.plan.oddity, Some(StagedOddity::UploadAmongCaptures | StagedOddity::Overlap))
        {
            self.wait(600, 3_000);
            self.process(back, 2_500, 15_000);
        }
        self.wait(5_000, 40_000);
    }

    /// Generates the calls of identification step 1 in one attempt. The step sends the document or the typed data to
    /// the service. A document is sent once per attempt; typed data are sometimes corrected and sent again.
    fn call_step1(&mut self) -> Vec<StepCallTime> {
        let corrections = match self.dice.number_below(10) {
            0 | 1 if !self.plan.document => 1,
            2 if !self.plan.document => 2,
            _ => 0,
        };
        let mut calls = Vec::new();
        for turn in 0..=corrections {
            if turn > 0 {
                self.wait(9_000, 50_000);
            }
            self.calls.0 += 1;
            calls.push(StepCallTime { ordinal: self.calls.0, at: self.now });
        }
        calls
    }

    fn face(&mut self) {
        let kind = match (self.plan.document, self.dice.percent(70)) {
            (true, true) => "id-document-face-passive",
            (true, false) => "id-document-face-active",
            (false, true) => "knowledge-face-passive",
            (false, false) => "knowledge-face-active",
        };
        self.process(kind, 2_500, 13_000);
        self.wait(300, 2_000);
    }

    /// Adds a successful camera process of the kind `kind`, such as `idcard-front-capture`. It lasts between `low` and
    /// `high` milliseconds. At random, a failed camera process is added before it.
    fn process(&mut self, kind: &'static str, low: i64, high: i64) {
        let fails =
            self.dice.percent(4) || (self.plan.has_oddity(StagedOddity::CameraErrors) && self.processes.len() < 3);
        if fails {
            let error = self.dice.word(&[
                "NotAllowedError: Permission denied",
                "NotReadableError: Could not start video source",
                "AbortError: Timeout starting video source",
                "TimeoutError: nothing was detected in time",
            ]);
            self.record(kind, 800, 20_000, Some(error));
            self.wait(2_000, 9_000);
        }
        self.record(kind, low, high, None);
    }

    fn record(&mut self, kind: &'static str, low: i64, high: i64, error: Option<&'static str>) {
        let start = self.now;
        self.wait(low, high);
        self.processes.push(Process { kind, start, end: Some(self.now), error });
    }
}

/// Changes the times of one of `processes` if `oddity` is about the times of camera processes, such as a missing end.
/// `oddity` is the staged oddity (unusual detail) of the submission.
fn apply_oddity(oddity: Option<StagedOddity>, processes: &mut [Process]) {
    let end_of_first = processes.first().and_then(|process| process.end);
    match oddity {
        Some(StagedOddity::MissingEnd) => {
            if let Some(last) = processes.last_mut() {
                last.end = None;
            }
        }
        Some(StagedOddity::EndBeforeStart) => {
            if let Some(first) = processes.first_mut() {
                first.end = Some(first.start.plus(-2_417));
            }
        }
        Some(StagedOddity::Overlap) => {
            if let (Some(end), Some(second)) = (end_of_first, processes.get_mut(1)) {
                second.start = end.plus(-1_200);
            }
        }
        _ => {}
    }
}
