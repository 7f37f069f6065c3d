//! The contents of the newest submissions. They are written by hand instead of generated at random, since these
//! submissions fill the first screen of the demo.

use jiff::civil::{Date, date};

use super::calendar::HANDWRITTEN_COUNT;
use super::dice::DiceStream;
use super::fault::{CaseEnding, StepFault};
use super::linked_groups::{self, RETRYING_USER_MAIL};
use super::oddity::StagedOddity;
use super::person::Person;
use super::pools::{PersonName, origin};
use super::submission_plan::{Level, Status, SubmissionPlan};

struct Scene {
    country: &'static str,
    family: PersonName,
    given: PersonName,
    male: bool,
    birth: Date,
    document: bool,
    status: Status,
    ending: CaseEnding,
    faults: &'static [StepFault],
    agent: bool,
    reason: Option<&'static str>,
    red_flag: Option<Level>,
    memo: Option<&'static str>,
    oddity: Option<StagedOddity>,
}

/// The base of all submissions that are written by hand: a woman whose submission was approved at once. Each such
/// submission sets only the values in which it differs from this base.
const BASE_SCENE: Scene = Scene {
    country: "KOR",
    family: name("", ""),
    given: name("", ""),
    male: false,
    birth: date(1991, 5, 14),
    document: true,
    status: Status::Approved,
    ending: CaseEnding::Passed,
    faults: &[],
    agent: false,
    reason: None,
    red_flag: None,
    memo: None,
    oddity: None,
};

const fn name(own: &'static str, latin: &'static str) -> PersonName {
    PersonName { own, latin }
}

const SCENES: [Scene; HANDWRITTEN_COUNT] = [
    Scene {
        family: name("김", "Kim"),
        given: name("민준", "Minjun"),
        male: true,
        birth: date(1992, 4, 17),
        status: Status::Pending,
        faults: &[StepFault::Recognition, StepFault::FaceTooSmall],
        agent: true,
        memo: Some("세 번째 제출. 이전 제출과 비교 필요."),
        ..BASE_SCENE
    },
    Scene { country: "JPN", family: name("佐藤", "Sato"), given: name("陽翔", "Haruto"), male: true, ..BASE_SCENE },
    Scene {
        country: "SAU",
        family: name("القحطاني", "Al-Qahtani"),
        given: name("محمد", "Mohammed"),
        male: true,
        birth: date(1968, 11, 2),
        red_flag: Some(Level::High),
        ..BASE_SCENE
    },
    Scene {
        country: "USA",
        family: name("Sampleton", "Sampleton"),
        given: name("Taylor Quinn", "Taylor Quinn"),
        status: Status::Rejected,
        ending: CaseEnding::Exhausted,
        faults: &[StepFault::Barcode, StepFault::FaceCompare, StepFault::FaceAtBorder, StepFault::NoFace],
        ..BASE_SCENE
    },
    Scene {
        country: "VNM", family: name("Nguyễn", "Nguyen"), given: name("Thị Hương", "Thi Huong"), ..BASE_SCENE
    },
    Scene {
        country: "DEU",
        family: name("Großmann-Weiß", "Grossmann-Weiss"),
        given: name("Zoë", "Zoe"),
        birth: date(2001, 9, 30),
        status: Status::Pending,
        agent: true,
        ..BASE_SCENE
    },
    Scene {
        country: "THA",
        family: name("ศรีสุข", "Srisuk"),
        given: name("สมชาย", "Somchai"),
        male: true,
        status: Status::Incomplete,
        ending: CaseEnding::BeforeSelfie,
        ..BASE_SCENE
    },
    Scene {
        family: name("이", "Lee"),
        given: name("서연", "Seoyeon"),
        birth: date(1999, 12, 9),
        document: false,
        faults: &[StepFault::FaceAtBorder],
        ..BASE_SCENE
    },
    Scene {
        country: "IND",
        family: name("शर्मा", "Sharma"),
        given: name("प्रिया", "Priya"),
        birth: date(1985, 1, 26),
        faults: &[StepFault::Recognition],
        ..BASE_SCENE
    },
    Scene {
        country: "USA",
        status: Status::Rejected,
        agent: true,
        reason: Some("id_info_dataMismatch"),
        oddity: Some(StagedOddity::HiddenMarks),
        family: name("\u{202e}nosl\u{200b}raC", "Carlson"),
        given: name("Anna", "Anna"),
        ..BASE_SCENE
    },
    Scene {
        country: "MEX",
        family: name("Ibáñez Peña", "Ibanez Pena"),
        given: name("María José", "Maria Jose"),
        ..BASE_SCENE
    },
    Scene {
        country: "KAZ",
        family: name("Шевченко", "Shevchenko"),
        given: name("Екатерина", "Ekaterina"),
        birth: date(1974, 7, 8),
        status: Status::Rejected,
        reason: Some("expired_id"),
        ..BASE_SCENE
    },
];

/// Replaces the contents of the newest submissions in `plans` by contents that are written by hand. Two older
/// submissions become earlier tries of the person of the newest submission.
pub(super) fn write_showcase(plans: &mut [SubmissionPlan]) {
    for (plan, scene) in plans.iter_mut().zip(&SCENES) {
        apply_scene(plan, scene);
    }
    let older = |days: i64| {
        let today = plans.first().map(|plan| plan.at)?;
        let plain = |plan: &&SubmissionPlan| plan.oddity.is_none() && plan.document;
        let plan = plans.iter().skip(HANDWRITTEN_COUNT).filter(plain).find(|plan| plan.at < today.plus_days(-days))?;
        Some(plan.index)
    };
    let (Some(before), Some(first)) = (older(9), older(41)) else { return };
    for (at, status, ending, reason) in [
        (first, Status::Incomplete, CaseEnding::BeforeSelfie, None),
        (before, Status::Rejected, CaseEnding::Passed, Some("id_image_badImage")),
    ] {
        if let (Some(scene), Some(plan)) = (SCENES.first(), plans.get_mut(at)) {
            apply_scene(plan, &Scene { status, ending, reason, faults: &[], agent: false, memo: None, ..*scene });
        }
    }
    for at in [first, before, 0] {
        if let Some(plan) = plans.get_mut(at) {
            RETRYING_USER_MAIL.clone_into(&mut plan.mail);
            plan.user = Some("minjun-kim".to_owned());
        }
    }
    linked_groups::retry_of_user(plans, &[first, before, 0]);
}

fn apply_scene(plan: &mut SubmissionPlan, scene: &Scene) {
    plan.person = Person::named(origin(scene.country), scene.family, scene.given, scene.male, scene.birth);
    plan.mail = format!("{}@example.com", plan.person.mailbox(&mut plan.dice(DiceStream::Account)));
    plan.document = scene.document;
    plan.status = scene.status;
    plan.ending = scene.ending;
    plan.faults = scene.faults.to_vec();
    plan.agent = scene.agent;
    plan.reason = scene.reason;
    plan.red_flag = scene.red_flag;
    plan.memo = scene.memo;
    plan.oddity = scene.oddity;
}
