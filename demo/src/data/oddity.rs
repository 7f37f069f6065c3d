//! Oddities: unusual data that a client must handle. Each oddity is on a few submissions, so that every one can be
//! looked at.

/// Number of newest submissions without oddities, except those of the showcase: a new user of the demo sees common data
/// first.
pub(super) const PLAIN: usize = 44;

/// One oddity. A submission has at most one, and its e-mail address names it: `kim.jiho7+missing-end@example.com`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StagedOddity {
    /// A Hangul name in decomposed letters.
    DecomposedName,
    /// A name of more than a hundred characters.
    LongName,
    /// A name of one letter.
    OneLetterName,
    /// A name with a right-to-left override and a zero-width space.
    HiddenMarks,
    /// A memo with a terminal escape sequence.
    EscapeMemo,
    /// A camera process without an end.
    MissingEnd,
    /// A camera process that ends before it starts.
    EndBeforeStart,
    /// Two camera processes at the same time.
    Overlap,
    /// Hours between two attempts.
    IdleGap,
    /// A time that is not valid.
    BadTime,
    /// Times in the form of the documentation's placeholder.
    PlaceholderTimes,
    /// Times without seconds and zone.
    MinuteTimes,
    /// Missing blocks, as after a partial deletion.
    MissingFields,
    /// A deleted submission.
    Deleted,
    /// Numbers masked by the project.
    MaskedNumbers,
    /// Scores as strings.
    StringScores,
    /// Numbers with long tails, exponents and many digits.
    LongNumbers,
    /// `additional_list` as one object.
    FormObject,
    /// `Injection_action` in its old form, one object.
    InjectionObject,
    /// `pre_verification` as an array.
    PreVerificationList,
    /// `attempts_frequency` as a number.
    NumericFrequency,
    /// `kyc.comment` and `kyc.commentCode` as strings.
    StringComment,
    /// `retryMsg` and `retryCode` as strings.
    StringRetry,
    /// Camera processes that failed.
    CameraErrors,
    /// An upload between live captures.
    UploadAmongCaptures,
    /// Fields that no table documents.
    ExtraFields,
    /// `data.name` in place of the three names.
    OlderName,
}

impl StagedOddity {
    /// Returns the oddity of the submission with this index: after the plain ones every sixth submission has one, in
    /// the order of [`Self::ALL`].
    pub(super) fn at(index: usize) -> Option<Self> {
        let turn = index.checked_sub(PLAIN).filter(|past| past % 6 == 0)? / 6;
        Self::ALL.get(turn % Self::ALL.len()).copied()
    }

    /// All oddities, in the order in which submissions get them.
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

    /// The word that names the oddity in the e-mail address.
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

    /// Whether the oddity is visible only on a submission with an ID document.
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
