//! The properties of submissions that statistics count, such as the status.

use enum_map::Enum;

use crate::submission::row::Column;

/// Property of submissions that statistics count, such as the status. Statistics show how many submissions have each
/// value of the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TallyGroup {
    /// Status of the submission: `kyc.result`.
    Status,
    /// Day on which the submission was created, in UTC: the date of `created_at`.
    Day,
    /// Nationality of the applicant: `data.nationality`.
    Nationality,
    /// Country that issued the identity document: `data.idcard_issuingCountry`.
    IssuingCountry,
    /// Codes that say why the submission was rejected: `kyc.commentCode`. A submission with several codes counts for
    /// each of them.
    RejectCode,
    /// Type of the identity document: `data.idType`.
    IdType,
    /// Codes that say why the applicant had to retry: `retryCode` of attempts and of `kyc.retry`. A submission with
    /// several codes counts for each of them.
    RetryCode,
    /// Kinds of the retry codes ([`Self::RetryCode`]), such as `capture`. A submission with several kinds counts for
    /// each of them.
    RetryKind,
    /// Number of attempts (`kyc.attempts`) and of retries (`kyc.retry`), such as `1 attempt, 3 retries`.
    Attempts,
    /// Status of the AML check: `aml.currentstatus`.
    AmlStatus,
    /// Risk level of the AML check: `aml.risk_level_summary`.
    AmlLevel,
    /// Types of the camera processes (captures and uploads): `signals.cameraProcessInfo[].type`. A submission with
    /// several types counts for each of them.
    CaptureType,
}

impl TallyGroup {
    /// Returns the two names of this property in statistics: its key in JSON, such as `status`, and the title of its
    /// table, such as `Status`.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => ("status", Column::Status.full_name()),
            Self::Day => ("day", "Day of creation (UTC)"),
            Self::Nationality => ("nationality", Column::Nationality.full_name()),
            Self::IssuingCountry => ("issuing_country", Column::IssuingCountry.full_name()),
            Self::RejectCode => ("reject_code", "Reject code (one or more per row)"),
            Self::IdType => ("id_type", Column::IdType.full_name()),
            Self::RetryCode => ("retry_code", "Retry code (one or more per row)"),
            Self::RetryKind => ("retry_kind", "Kind of retry code (one or more per row)"),
            Self::Attempts => ("attempts", "Attempts and retries"),
            Self::AmlStatus => ("aml_status", Column::Aml.full_name()),
            Self::AmlLevel => ("aml_level", "AML risk level"),
            Self::CaptureType => ("capture_type", "Capture type (one or more per row)"),
        }
    }

    /// Returns whether one submission may have several values of this property. The numbers of two values then count
    /// some submissions twice when they are added.
    pub const fn has_several(self) -> bool {
        matches!(self, Self::RejectCode | Self::RetryCode | Self::RetryKind | Self::CaptureType)
    }

    /// Returns the column of the list that holds the values of this property; `None` if the list has no such column.
    pub const fn column(self) -> Option<Column> {
        match self {
            Self::Status => Some(Column::Status),
            Self::Day => Some(Column::Created),
            Self::Nationality => Some(Column::Nationality),
            Self::IssuingCountry => Some(Column::IssuingCountry),
            Self::RejectCode => Some(Column::RejectCode),
            Self::IdType => Some(Column::IdType),
            Self::RetryCode | Self::RetryKind => Some(Column::Retry),
            Self::AmlStatus => Some(Column::Aml),
            Self::AmlLevel => Some(Column::AmlLevel),
            Self::Attempts | Self::CaptureType => None,
        }
    }

    /// Returns the key of the filter term that finds the submissions with one value of this property, such as `status`.
    /// `None` if filters have no such term.
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Day => Some("on"),
            Self::Attempts | Self::CaptureType | Self::AmlLevel => None,
            _ => match self.column() {
                Some(column) => Some(column.spec().key),
                None => None,
            },
        }
    }

    /// Returns the JSON paths of the fields whose values are counted for this property.
    pub const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["kyc.result"],
            Self::Day => &["created_at"],
            Self::Nationality => &["data.nationality"],
            Self::IssuingCountry => &["data.idcard_issuingCountry"],
            Self::RejectCode => &["kyc.commentCode"],
            Self::IdType => &["data.idType"],
            Self::RetryCode | Self::RetryKind | Self::Attempts => &["kyc.attempts", "kyc.retry"],
            Self::AmlStatus => &["aml.currentstatus"],
            Self::AmlLevel => &["aml.risk_level_summary"],
            Self::CaptureType => &["signals.cameraProcessInfo"],
        }
    }
}
