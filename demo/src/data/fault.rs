//! Generates the faults of a submission: the reasons why calls of its identification steps (document or typed data,
//! then face) failed. After each failed call, the service asks the applicant for a retry.

use super::dice::Dice;
use super::person::Person;

/// How the applicant's work on a submission ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseEnding {
    /// The applicant passed all identification steps.
    Passed,
    /// The applicant used up all retries.
    Exhausted,
    /// The applicant left before a selfie was taken.
    BeforeSelfie,
    /// The service requested a retry, and the applicant left.
    InRetry,
}

/// The reason why a call of an identification step failed. The error codes are from the documentation, and most
/// messages are from its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepFault {
    /// The document could not be read well enough.
    Recognition,
    /// There is glare on the document.
    Glare,
    /// The picture of the document is too blurry.
    Blurry,
    /// The barcode of a North American document could not be read.
    Barcode,
    /// Selfie and document do not show the same face.
    FaceCompare,
    /// No face was found in the selfie.
    NoFace,
    /// The face touches the border of the selfie.
    FaceAtBorder,
    /// The face in the selfie is too small.
    FaceTooSmall,
}

impl StepFault {
    /// Returns the number of the identification step that fails with this fault: 1 for the document or the typed data,
    /// 2 for the face.
    pub(super) const fn step(self) -> u8 {
        match self {
            Self::Recognition | Self::Glare | Self::Blurry | Self::Barcode => 1,
            _ => 2,
        }
    }

    /// Returns the error code of this fault, such as `recognition_fail`: the value of `retryCode` in the JSON.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Recognition => "recognition_fail",
            Self::Glare => "glare_detected",
            Self::Blurry => "image_too_blurry",
            Self::Barcode => "barcode_protocol_fail",
            Self::FaceCompare => "face_compare_underscore",
            Self::NoFace | Self::FaceAtBorder | Self::FaceTooSmall => "liveness_error",
        }
    }

    /// Returns the message about this fault for the applicant. In the JSON, it is the value of `retryMsg` in an
    /// attempt, and of `retryMessage` in a retry.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Recognition => "recognition score under threshold",
            Self::Glare => "Glare detected. Please retry without light on the document.",
            Self::Blurry => "The image is too blurry. Please retry.",
            Self::Barcode => "Failed to read PDF417 Barcode.",
            Self::FaceCompare => "The face doesn't match. Please retry with another face image.",
            Self::NoFace => "Liveness fail: Failed to detect face.",
            Self::FaceAtBorder => "Liveness fail: Face is too close to one or more borders. Please retry.",
            Self::FaceTooSmall => "Liveness fail: Absolute face size is too small. Please retry.",
        }
    }

    /// Returns the error in the JSON block `liveness` of an attempt that failed with this fault: its message and its
    /// code, in this order. Returns `None` if the block has scores instead of an error.
    pub(super) const fn liveness(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoFace => Some(("Failed to detect face", "FACE_NOT_FOUND")),
            // Only the first code is known from a sample; the other two are named in the same style.
            Self::FaceAtBorder => Some(("Face is too close to one or more borders", "FACE_CLOSE_TO_BORDER")),
            Self::FaceTooSmall => Some(("Absolute face size is too small", "FACE_TOO_SMALL")),
            _ => None,
        }
    }
}

const STEP1_FAULTS: &[StepFault] =
    &[StepFault::Recognition, StepFault::Glare, StepFault::Recognition, StepFault::Blurry, StepFault::Recognition];
const STEP1_FAULTS_WITH_BARCODE: &[StepFault] = &[StepFault::Recognition, StepFault::Barcode];
const STEP2_FAULTS: &[StepFault] = &[
    StepFault::FaceCompare,
    StepFault::FaceCompare,
    StepFault::NoFace,
    StepFault::FaceAtBorder,
    StepFault::FaceTooSmall,
];

/// The properties of a submission that limit the number and kind of its faults. A fault is the reason why a call of an
/// identification step failed.
pub(super) struct FaultConditions<'a> {
    pub(super) document: bool,
    pub(super) person: &'a Person,
    pub(super) ending: CaseEnding,
}

/// Generates the faults of one submission: the reasons why calls of its identification steps failed, in the order of
/// the calls. `conditions` holds the properties of the submission that limit the faults. If `at_least_one` is true, the
/// result has at least one fault, except if the applicant left before the selfie. A step that succeeded is not called
/// again. No step is called more than three times, because the JSON has no documented field for a fourth call.
pub(super) fn draw_faults(dice: &mut Dice, conditions: &FaultConditions<'_>, at_least_one: bool) -> Vec<StepFault> {
    let FaultConditions { document, person, ending } = *conditions;
    let wanted = match ending {
        CaseEnding::Exhausted => dice.number_between(3, 4),
        CaseEnding::InRetry => dice.number_between(1, 2),
        CaseEnding::BeforeSelfie => 0,
        CaseEnding::Passed => {
            *dice.weighted(&[(0, 70), (1, 19), (2, 8), (3, 3)], |entry| entry.1).map_or(&0, |entry| &entry.0)
        }
    };
    let wanted = wanted.max(i64::from(at_least_one && ending != CaseEnding::BeforeSelfie));
    let first = if document { dice.number_between(0, wanted.min(2)) } else { 0 };
    let last = (wanted - first).min(if ending == CaseEnding::Passed { 2 } else { 3 });
    let mut draw = |pool: &'static [StepFault], times: i64| -> Vec<StepFault> {
        (0..times).filter_map(|_| dice.choose(pool).copied()).collect()
    };
    let mut faults = draw(if person.has_barcode() { STEP1_FAULTS_WITH_BARCODE } else { STEP1_FAULTS }, first);
    faults.extend(draw(STEP2_FAULTS, last));
    faults
}
