//! Staged oddities: unusual details that the demo puts into some submissions, because a client must handle them. Each
//! oddity is in a few submissions, so that a user can look at all of them.

/// Number of the newest submissions that get no staged oddity (an unusual detail, see [`StagedOddity`]). So a new user
/// of the demo sees common data first. Among these submissions, only those that are written by hand can have an oddity.
pub(super) const ODDITY_FREE_COUNT: usize = 44;

/// One staged oddity: an unusual detail that the demo puts into some submissions. A submission has at most one. Its
/// e-mail address names the oddity: `kim.jiho7+missing-end@example.com`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StagedOddity {
    /// A Hangul name in decomposed letters.
    DecomposedName,
    /// A name of more than a hundred characters.
    LongName,
    /// A name of one letter.
    OneLetterName,
    /// A name with invisible characters: a right-to-left override and a zero-width space.
    HiddenMarks,
    /// A memo with a terminal escape sequence.
    EscapeMemo,
    /// A camera process (the time in which the applicant takes a picture) without an end.
    MissingEnd,
    /// A camera process (the time in which the applicant takes a picture) that ends before it starts.
    EndBeforeStart,
    /// Two camera processes at the same time. A camera process is the time in which the applicant takes a picture.
    Overlap,
    /// Two attempts of the applicant with a gap of hours between them.
    IdleGap,
    /// A time that is not valid.
    BadTime,
    /// Times in the form of the documentation's placeholder: `2026-11-21-09-14-05-UTC`.
    PlaceholderTimes,
    /// Times without seconds and time zone: `2026-11-21 09:14`.
    MinuteTimes,
    /// A record that lacks some blocks, as after a partial deletion.
    MissingFields,
    /// A deleted submission.
    Deleted,
    /// Document numbers that the project masks, such as `{********}`.
    MaskedNumbers,
    /// Scores are strings instead of numbers.
    StringScores,
    /// Numbers with an exponent or many digits, which a program may change by rounding.
    LongNumbers,
    /// The field `additional_list` is one object instead of a list.
    FormObject,
    /// `Injection_action` (address data added after the submission) in its old form, one object.
    InjectionObject,
    /// The field `pre_verification` is a list instead of one object.
    PreVerificationList,
    /// The field `attempts_frequency` is a number instead of a word.
    NumericFrequency,
    /// The fields `kyc.comment` and `kyc.commentCode` are strings instead of lists.
    StringComment,
    /// The fields `retryMsg` and `retryCode` of attempts are strings instead of lists.
    StringRetry,
    /// Camera processes that failed, each before one that succeeded. In a camera process, the applicant takes a
    /// picture.
    CameraErrors,
    /// An uploaded picture of the document between pictures that the camera took.
    UploadAmongCaptures,
    /// Fields that no table of the service's documentation lists.
    ExtraFields,
    /// The field `data.name` replaces the three separate name fields.
    OlderName,
}

impl StagedOddity {
    /// Returns the staged oddity (unusual detail) of the submission with the index `index` (0 is the newest); `None` if
    /// it has no oddity. After the first [`ODDITY_FREE_COUNT`] submissions, every sixth submission has an oddity, in
    /// the order of [`Self::ALL`].
    pub(super) fn at(index: usize) -> Option<Self> {
        let turn = index.checked_sub(ODDITY_FREE_COUNT).filter(|past| past % 6 == 0)? / 6;
        Self::ALL.get(turn % Self::ALL.len()).copied()
    }

    /// All staged oddities (unusual details), in the order in which submissions get them.
    pub(crate) const ALL: [Self; 27] = [
        Self::DecomposedName,
        Self::MissingEnd,
        Self::LongName,
        Self::EndBeforeStart,
        Self::StringScores,
        Self::HiddenMarks,
        Self::Overlap,
        Self::FormObject,
        Self::OneLetterName,
        Self::IdleGap,
        Self::InjectionObject,
        Self::EscapeMemo,
        Self::BadTime,
        Self::PlaceholderTimes,
        Self::Deleted,
        Self::PreVerificationList,
        Self::MinuteTimes,
        Self::MaskedNumbers,
        Self::NumericFrequency,
        Self::MissingFields,
        Self::StringComment,
        Self::CameraErrors,
        Self::StringRetry,
        Self::UploadAmongCaptures,
        Self::LongNumbers,
        Self::ExtraFields,
        Self::OlderName,
    ];

    /// Returns the word for this oddity (an unusual detail that the demo gives to a submission). The word is a part of
    /// the e-mail address of the submission, such as `missing-end`.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::DecomposedName => "decomposed-name",
            Self::LongName => "long-name",
            Self::OneLetterName => "one-letter-name",
            Self::HiddenMarks => "hidden-marks",
            Self::EscapeMemo => "escape-memo",
            Self::MissingEnd => "missing-end",
            Self::EndBeforeStart => "end-before-start",
            Self::Overlap => "overlap",
            Self::IdleGap => "idle-gap",
            Self::BadTime => "bad-time",
            Self::PlaceholderTimes => "placeholder-times",
            Self::MinuteTimes => "minute-times",
            Self::MissingFields => "missing-fields",
            Self::Deleted => "deleted",
            Self::MaskedNumbers => "masked-numbers",
            Self::StringScores => "string-scores",
            Self::LongNumbers => "long-numbers",
            Self::FormObject => "form-object",
            Self::InjectionObject => "injection-object",
            Self::PreVerificationList => "pre-verification-list",
            Self::NumericFrequency => "numeric-frequency",
            Self::StringComment => "string-comment",
            Self::StringRetry => "string-retry",
            Self::CameraErrors => "camera-errors",
            Self::UploadAmongCaptures => "upload-among-captures",
            Self::ExtraFields => "extra-fields",
            Self::OlderName => "older-name",
        }
    }

    /// Returns whether only a submission with an ID document can show this staged oddity (an unusual detail that the
    /// demo puts into some submissions).
    pub(super) const fn needs_document(self) -> bool {
        matches!(
            self,
            Self::Overlap
                | Self::UploadAmongCaptures
                | Self::MaskedNumbers
                | Self::InjectionObject
                | Self::StringScores
                | Self::OlderName
        )
    }
}
