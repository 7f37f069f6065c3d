//! The answers between which the switches of [`Behaviour`](super::Behaviour) choose.

use serde::Deserialize;

/// Declares the answers of one switch; in scenarios they are written in kebab case.
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
    /// What becomes of a `count` above the largest one.
    AboveMax {
        /// 400 with `invalid_format`.
        Refused,
        /// A page of the largest size, without a word about it.
        Cut,
    }

    /// What other filters mean beside a `submission_id`.
    Combination {
        /// Nothing: the id decides alone.
        IdDecides,
        /// The submission must fit them as well.
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
        /// None that means anything, but always the same.
        Unordered,
    }

    /// How many rows a page has, where more are left.
    Rows {
        /// `count`.
        AsAsked,
        /// Half of `count`, rounded up.
        Fewer,
        /// Ten more than `count`.
        More,
    }

    /// Where `nextpageKey` is among the keys of the answer. Beside `Items`, in any case.
    KeyPlace {
        /// After `Items`.
        AfterItems,
        /// Before `Items`.
        BeforeItems,
    }

    /// What the last page holds in place of `nextpageKey`.
    LastKey {
        /// No key at all.
        Absent,
        /// `null`.
        Null,
        /// `{}`.
        Empty,
    }

    /// What `request_type=data` keeps and `request_type=others` leaves out as personal data.
    PersonalData {
        /// The block `data`.
        Data,
        /// `data`, `email`, `userid`, `ocr`, `OCR_raw` and `review`.
        AllThatNames,
    }

    /// How much of the part that `request_type` names a list holds.
    PartsInLists {
        /// As much as the single answer.
        Whole,
        /// No more than the list without `request_type`.
        Slim,
    }

    /// How times are written.
    Times {
        /// `2026-11-21T09:14:05.123Z`.
        Iso,
        /// `2026-11-21-09-14-05-UTC`: the samples' placeholder, filled in.
        Placeholder,
        /// `2026-11-21 09:14`: seen with the first version of the service.
        Minutes,
    }

    /// How scores are written: the two of the submission, those of attempts and their liveness.
    Scores {
        /// As JSON numbers.
        Numbers,
        /// As text.
        Text,
    }

    /// What may come as a list or as its only entry.
    Listed {
        /// A list.
        List,
        /// The first entry alone.
        Single,
    }

    /// Where `ipVerification` is in an injection.
    IpVerification {
        /// On one submission inside `option`, on the next beside it.
        Mixed,
        /// Inside `option`, as the table has it.
        Inside,
        /// Beside `option`, as the sample has it.
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
        /// The word's place in the documented list, from 0.
        Number,
    }

    /// What is left of a deleted submission.
    Deleted {
        /// Id, creation, type of ID and status, nothing else.
        Bare,
        /// The same, and "Deleted Submission" for a name.
        Named,
        /// The same, and empty texts for what else a list shows.
        Emptied,
    }

    /// Whether requests and answers are encrypted ("Secure Data Transfer" of the project).
    SecureTransfer {
        /// Nothing is; the parameter `data` is refused.
        Off,
        /// Answers are as their requests.
        Optional,
        /// Plain requests are refused.
        Required,
    }

    /// What `{"data":…,"isEncrypted":true}` is wrapped in.
    Wrapping {
        /// Nothing.
        None,
        /// `{"body":…}`.
        Body,
        /// `{"response":{"body":…}}`.
        ResponseBody,
    }

    /// Which parameters an encrypted request may hold.
    Inside {
        /// Every parameter of the plain request.
        All,
        /// `email`, `start_date`, `end_date` and `submission_id`: those that the documentation lists.
        Listed,
    }
}
