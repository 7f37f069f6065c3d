//! The sections of the Details tab: a table of headings, with the documented paths below each heading.

use crate::submission::fields::FIELDS;

/// The kind of content of a section in the Details tab.
#[derive(Clone, Copy)]
pub(super) enum SectionKind {
    /// Lines with labels and values.
    Fields,
    Forms,
    Images,
    Memo,
    /// Lines with labels and values, and the submissions that are linked to the shown submission.
    Duplicates,
}

/// A section of the Details tab: a heading and the documented paths of its fields. Paths of fields in the same object
/// are next to each other.
pub(super) struct DetailsSection<'p> {
    pub(super) kind: SectionKind,
    pub(super) title: &'static str,
    pub(super) paths: &'p [&'static str],
}

/// The first keys of those documented paths that other tabs show, such as `kyc` for `kyc.result`. The Details tab does
/// not show them.
pub(super) const ELSEWHERE: [&str; 11] = [
    "Injection_action",
    "OCR_raw",
    "aml",
    "bank_verification",
    "id_LivenessScore",
    "kyc",
    "ocr",
    "pre_verification",
    "review",
    "signals",
    "verification",
];

pub(super) const SECTIONS: [DetailsSection<'static>; 13] = [
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Person",
        paths: &[
            "data.full_name",
            "data.name",
            "data.first_name",
            "data.last_name",
            "data.date_of_birth",
            "data.age_group",
            "data.gender",
            "data.nationality",
            "data.nationalityGovKor",
            "data.ssnNumber",
            "data.phoneNumber",
            "data.ip_address",
            "email",
            "userid",
        ],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Document",
        paths: &[
            "data.idType",
            "data.idcard_issuingCountry",
            "data.documentNumber",
            "data.identityNumber",
            "data.idcard_issueDate",
            "data.idcard_expireDate",
            "data.typeOfPermit",
            "data.typeOfPermitGovKor",
            "data.expiryDateOfStayKor",
        ],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Address",
        paths: &[
            "data.address_input",
            "data.address_detail",
            "data.address_formatted",
            "data.address_street",
            "data.address_street2",
            "data.address_city",
            "data.address_state",
            "data.address_zipcode",
            "data.address_country",
            "data.address_globalCode",
            "data.address_compoundCode",
        ],
    },
    DetailsSection { kind: SectionKind::Fields, title: "Custom fields", paths: &["data.cf1", "data.cf2", "data.cf3"] },
    DetailsSection {
        kind: SectionKind::Forms,
        title: "Additional forms",
        paths: &["additional_list.answer", "additional_list.inputValue", "additional_list.blockType"],
    },
    DetailsSection {
        kind: SectionKind::Images,
        title: "Images",
        paths: &["image.idImage", "image.idBackImage", "image.selfieImage", "image.addressImage"],
    },
    DetailsSection {
        kind: SectionKind::Duplicates,
        title: "Duplicates",
        paths: &[
            "duplicated_users",
            "duplicated_selfie_users",
            "applicant_id",
            "duplicated_information",
            "custom_duplicated_information",
        ],
    },
    DetailsSection { kind: SectionKind::Memo, title: "Memo", paths: &["memo.text", "memo.updated_at"] },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Submission",
        paths: &[
            "submission_id",
            "tokenId",
            "created_at",
            "pending_at",
            "kyc_result_at",
            "updated_at",
            "reviewer",
            "recognition_score",
            "argos_score",
        ],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Update history",
        paths: &["updateHistory.updateTime", "updateHistory.updateAdmin"],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Projection",
        paths: &["projection.projectionId", "projection.projectionName"],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Project options",
        paths: &[
            "project_options.option_ai_only",
            "project_options.option_aml",
            "project_options.option_addressData",
            "project_options.option_documentNumber",
            "project_options.option_mask_documentNumber",
            "project_options.option_idNumber",
            "project_options.option_mask_idNumber",
            "project_options.policy_acceptedID",
            "project_options.policy_ageLimit",
            "project_options.policy_approvePeriod",
            "project_options.policy_blacklistCountries",
        ],
    },
    DetailsSection {
        kind: SectionKind::Fields,
        title: "Project webhook",
        paths: &[
            "project_options.webhookURL",
            "project_options.webhook.url",
            "project_options.webhook.createTime",
            "project_options.webhook.members.name",
            "project_options.webhook.members.email",
            "project_options.webhook.members.addDate",
        ],
    },
];

/// Returns the documented paths that neither another tab shows nor [`SECTIONS`] contains. They follow after the
/// sections.
pub(super) fn unlisted_paths() -> Vec<&'static str> {
    let elsewhere = |path: &str| path.split('.').next().is_some_and(|block| ELSEWHERE.contains(&block));
    let here = |path: &str| SECTIONS.iter().any(|section| section.paths.contains(&path));
    FIELDS.iter().map(|(path, ..)| *path).filter(|path| !elsewhere(path) && !here(path)).collect()
}
