//! The possible values of each switch of [`Behaviour`](super::Behaviour).

use serde::Deserialize;

/// Declares one enum for each switch (setting) of the demo server. The variants of the enum are the possible values of
/// the switch. Scenario files contain the values in kebab case, such as `newest-first`.
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
    /// The answer of the demo server to a `count` above the largest accepted `count`.
    AboveMax {
        /// The status 400 with the error `invalid_format`.
        Refused,
        /// The status 200 with a page of the largest accepted size. Nothing in the answer says that the page is
        /// smaller.
        Cut,
    }

    /// The effect of the other filters, such as `email`, in a request that has `submission_id`.
    Combination {
        /// No effect: the submission id alone decides.
        IdDecides,
        /// The submission is returned only if it matches the other filters too.
        AllMustHold,
    }

    /// The answer of the demo server to a `submission_id` that does not exist; real clients expect any of these.
    UnknownId {
        /// The status 200 with an empty list `Items`.
        NoItems,
        /// The status 200 with an object that has no `Items`.
        NoList,
        /// The status 400 with the error `invalid_parameter`.
        Refused,
    }

    /// The order of the submissions in lists.
    Order {
        /// From the newest submission to the oldest.
        NewestFirst,
        /// From the oldest submission to the newest.
        OldestFirst,
        /// An arbitrary order, but the same order in every answer.
        Unordered,
    }

    /// Number of rows on a page when more rows are left.
    Rows {
        /// Exactly the number that the request gives in `count`.
        AsAsked,
        /// Half of the number in `count`, rounded up.
        Fewer,
        /// Ten more rows than the number in `count`.
        More,
    }

    /// The position of the page key `nextpageKey` in the JSON of a list. `nextpageKey` is a sibling of `Items` in any
    /// case.
    KeyPlace {
        /// After `Items`.
        AfterItems,
        /// Before `Items`.
        BeforeItems,
    }

    /// The value of `nextpageKey` in the JSON of the last page, which has no next page.
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

    /// Completeness of one part of the submissions in a list: the part that the parameter `request_type` names, such as
    /// `kyc`.
    PartsInLists {
        /// The part is as complete as in a full record (the answer for a single submission).
        Whole,
        /// The part has the same fields as in a list without `request_type`.
        Slim,
    }

    /// The format of the times in the JSON of submissions.
    Times {
        /// `2026-11-21T09:14:05.123Z`.
        Iso,
        /// `2026-11-21-09-14-05-UTC`: the format that the samples of the documentation show with placeholders for the
        /// numbers.
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

    /// The JSON form of a field whose documented value is a list, but which may also have a single value.
    Listed {
        /// A list, even if there is only one entry.
        List,
        /// The first entry of the list in place of the list.
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

    /// The JSON form of `pre_verification`.
    PreVerification {
        /// One object.
        Object,
        /// A list of two checks.
        List,
    }

    /// The JSON form of `attempts_frequency`.
    Frequency {
        /// A word, such as `FirstSeen`.
        Word,
        /// The index of that word in the documented list of words, counted from 0.
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

    /// The rule that says whether requests and answers are encrypted ("Secure Data Transfer" of the project).
    SecureTransfer {
        /// Nothing is encrypted; a request with the parameter `data`, which holds encrypted parameters, is refused.
        Off,
        /// Encrypted requests get encrypted answers, plain requests get plain answers.
        Optional,
        /// Requests that are not encrypted are refused.
        Required,
    }

    /// The JSON that encloses an encrypted answer, `{"data":…,"isEncrypted":true}`.
    Wrapping {
        /// No other JSON encloses the encrypted answer.
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

    /// The header `Content-Type` of the answer with a picture.
    PictureType {
        /// The kind of the picture: `image/png` or `image/jpeg`.
        Named,
        /// `application/octet-stream`, which says only that the body is a file.
        OctetStream,
        /// No such header.
        Absent,
    }

    /// The kind of the files in which pictures are sent.
    PictureFiles {
        /// Documents as PNG, faces as JPEG.
        AsDrawn,
        /// All pictures as JPEG. The pixels are turned, and the EXIF data of the file say how to turn them back.
        ExifTurned,
    }
}
