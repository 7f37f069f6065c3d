//! The possible values of each switch of [`Behaviour`](super::Behaviour).

use serde::Deserialize;

/// Declares one enum for each switch of the demo server; its variants are the possible values. Scenario files write the
/// values in kebab case.
macro_rules! answers {
    ($($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $answer:ident),+ $(,)? })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
        #[cfg_attr(test, derive(serde::Serialize))]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$meaning])* $answer,)+
        }
    )+};
}

answers! {
    /// The answer to a `count` above the largest accepted one.
    AboveMax {
        /// 400 with `invalid_format`.
        Refused,
        /// 200 with a page of the largest size, and no notice about it.
        Cut,
    }

    /// The effect of the other filters in a request that has `submission_id`.
    Combination {
        /// No effect: the id alone decides.
        IdDecides,
        /// The submission must match the other filters as well.
        AllMustHold,
    }

    /// The answer to a `submission_id` that does not exist; real clients expect any of these.
    UnknownId {
        /// 200 with an empty `Items`.
        NoItems,
        /// 200 with an object that has no `Items`.
        NoList,
        /// 400 with `invalid_parameter`.
        Refused,
    }

    /// The order of lists.
    Order {
        /// From the newest submission to the oldest.
        NewestFirst,
        /// From the oldest to the newest.
        OldestFirst,
        /// An arbitrary order, but always the same one.
        Unordered,
    }

    /// Number of rows on a page when more rows are left.
    Rows {
        /// Exactly `count`.
        AsAsked,
        /// Half of `count`, rounded up.
        Fewer,
        /// Ten more than `count`.
        More,
    }

    /// The position of `nextpageKey` in the answer. The key is a sibling of `Items` in any case.
    KeyPlace {
        /// After `Items`.
        AfterItems,
        /// Before `Items`.
        BeforeItems,
    }

    /// The value in place of `nextpageKey` on the last page.
    LastKey {
        /// The key `nextpageKey` is missing.
        Absent,
        /// `null`.
        Null,
        /// `{}`.
        Empty,
    }

    /// The fields that count as personal data: `request_type=data` keeps these fields, and `request_type=others` omits
    /// them.
    PersonalData {
        /// The object `data`.
        Data,
        /// `data`, `email`, `userid`, `ocr`, `OCR_raw` and `review`.
        AllThatNames,
    }

    /// Completeness of the requested part in a list. The parameter `request_type` names that part.
    PartsInLists {
        /// As complete as in a full record.
        Whole,
        /// The same fields as in a list without `request_type`.
        Slim,
    }

    /// The format of times.
    Times {
        /// `2026-11-21T09:14:05.123Z`.
        Iso,
        /// `2026-11-21-09-14-05-UTC`: the placeholder of the samples with real values.
        Placeholder,
        /// `2026-11-21 09:14`: observed with the first version of the service.
        Minutes,
    }

    /// The JSON type of scores. This applies to the two scores of the submission, the scores of attempts, and the
    /// scores in the liveness of attempts.
    Scores {
        /// As JSON numbers.
        Numbers,
        /// As text.
        Text,
    }

    /// The form of a field that may be a list or a single value.
    Listed {
        /// A list.
        List,
        /// The first entry of the list, without the list.
        Single,
    }

    /// The place of `ipVerification` in an address injection (address data added after the submission).
    IpVerification {
        /// Inside `option` in every second submission, as a sibling of `option` in the others.
        Mixed,
        /// Inside `option`, as in the table of the documentation.
        Inside,
        /// As a sibling of `option`, as in the sample.
        Beside,
    }

    /// The form of `pre_verification`.
    PreVerification {
        /// One object.
        Object,
        /// A list of two checks.
        List,
    }

    /// The form of `attempts_frequency`.
    Frequency {
        /// A word, such as `FirstSeen`.
        Word,
        /// The index of the word in the documented list, from 0.
        Number,
    }

    /// The fields that a deleted submission keeps.
    Deleted {
        /// Only the id, the creation time, the type of ID and the status.
        Bare,
        /// The fields of [`Deleted::Bare`], and "Deleted Submission" as the name.
        Named,
        /// The fields of [`Deleted::Bare`], and an empty text for each other field of a list record.
        Emptied,
    }

    /// The rule for the encryption of requests and answers ("Secure Data Transfer" of the project).
    SecureTransfer {
        /// No encryption; the parameter `data` is refused.
        Off,
        /// Encrypted requests get encrypted answers, plain requests get plain answers.
        Optional,
        /// Plain requests are refused.
        Required,
    }

    /// The JSON around `{"data":…,"isEncrypted":true}`.
    Wrapping {
        /// No JSON around it.
        None,
        /// `{"body":…}`.
        Body,
        /// `{"response":{"body":…}}`.
        ResponseBody,
    }

    /// The parameters that an encrypted request may hold.
    Inside {
        /// Every parameter of the plain request.
        All,
        /// Only the parameters that the documentation lists: `email`, `start_date`, `end_date` and `submission_id`.
        Listed,
    }
}
