//! The possible values of each setting in [`Behaviour`](super::Behaviour).

use serde::Deserialize;

/// Declares one enum for each setting of the demo server. The variants of the enum are the possible values of the
/// setting. Scenario files contain the values in kebab case, such as `newest-first`.
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
    /// What the demo server answers to a `count` (number of submissions on a page) above the largest accepted one.
    AboveMax {
        /// The server answers with the status 400 and the error `invalid_format`.
        Refused,
        /// The server answers with the status 200 and a page of the largest accepted size. Nothing in the answer says
        /// that the page is smaller than requested.
        Cut,
    }

    /// How the other filters, such as `email`, affect a request that has `submission_id`.
    Combination {
        /// The other filters have no effect: the submission id alone decides.
        IdDecides,
        /// The submission is returned only if it matches the other filters too.
        AllMustHold,
    }

    /// What the demo server answers to a request for a `submission_id` that does not exist. A client must be able to
    /// handle each of these answers.
    UnknownId {
        /// The status 200 with an empty list `Items`.
        NoItems,
        /// The status 200 with a JSON object that has no member `Items`.
        NoList,
        /// The status 400 with the error `invalid_parameter`, which refuses the request.
        Refused,
    }

    /// The order of the submissions in lists.
    Order {
        /// The newest submission is first.
        NewestFirst,
        /// The oldest submission is first.
        OldestFirst,
        /// The order is arbitrary, but the same in every answer.
        Unordered,
    }

    /// Number of rows that the server puts on a page while enough rows are left.
    Rows {
        /// As many rows as the request gives in `count`.
        AsAsked,
        /// Half as many rows as the request gives in `count`, rounded up.
        Fewer,
        /// Ten more rows than the request gives in `count`.
        More,
    }

    /// The position of `nextpageKey` (the page key, with which the client requests the next page) in the JSON of a
    /// list. `nextpageKey` is a sibling of `Items` in any case.
    KeyPlace {
        /// `nextpageKey` is after `Items`.
        AfterItems,
        /// `nextpageKey` is before `Items`.
        BeforeItems,
    }

    /// What the last page of a list, which has no next page, has as `nextpageKey` (the page key of the next page).
    LastKey {
        /// The key `nextpageKey` is missing on the last page.
        Absent,
        /// The value of `nextpageKey` is `null` on the last page.
        Null,
        /// The value of `nextpageKey` is the empty object `{}` on the last page.
        Empty,
    }

    /// The fields of a submission that count as personal data. `request_type=data` keeps only these fields and the id,
    /// and `request_type=others` omits these fields.
    PersonalData {
        /// Only the object `data` counts as personal data.
        Data,
        /// These fields count as personal data: `data`, `email`, `userid`, `ocr`, `OCR_raw` and `review`.
        AllThatNames,
    }

    /// How complete the requested fields of the submissions in a list are. The client requests a group of fields, such
    /// as `kyc`, with the parameter `request_type`.
    PartsInLists {
        /// The requested fields are as complete as in a full record (the answer for a single submission).
        Whole,
        /// The requested fields are only those that a list without `request_type` has too.
        Slim,
    }

    /// The format of the times in the JSON of submissions.
    Times {
        /// Times such as `2026-11-21T09:14:05.123Z`.
        Iso,
        /// Times such as `2026-11-21-09-14-05-UTC`. The samples of the documentation show this format, with
        /// placeholders for the numbers.
        Placeholder,
        /// Times such as `2026-11-21 09:14`, as the first version of the service sent them.
        Minutes,
    }

    /// The JSON type of scores: the two scores of the submission, the scores of attempts, and the scores in the
    /// liveness of attempts.
    Scores {
        /// Scores are JSON numbers.
        Numbers,
        /// Scores are JSON strings.
        Text,
    }

    /// The JSON form of a field that may have several values. The documentation describes a list, but shows a single
    /// value too.
    Listed {
        /// The field is a list, even if it has only one entry.
        List,
        /// The field holds only the first entry, without a list around it.
        Single,
    }

    /// Where `ipVerification` is in the JSON of an address injection (address data added after the submission).
    IpVerification {
        /// `ipVerification` is inside `option` in every second submission, and a sibling of `option` in the others.
        Mixed,
        /// `ipVerification` is inside `option`, as in the table of the documentation.
        Inside,
        /// `ipVerification` is a sibling of `option`, as in the sample of the documentation.
        Beside,
    }

    /// The JSON form of `pre_verification` (a check of the applicant's network).
    PreVerification {
        /// `pre_verification` is one object.
        Object,
        /// `pre_verification` is a list of two checks.
        List,
    }

    /// The JSON form of `attempts_frequency` (how often the service met the applicant's network before).
    Frequency {
        /// `attempts_frequency` is a word, such as `FirstSeen`.
        Word,
        /// `attempts_frequency` is a number: the index of the word in the documented list of words, counted from 0.
        Number,
    }

    /// Which fields of a deleted submission the server still sends.
    Deleted {
        /// A deleted submission keeps only the id, the creation time, the type of ID and the status.
        Bare,
        /// A deleted submission keeps the fields of [`Deleted::Bare`], and has "Deleted Submission" as the name.
        Named,
        /// A deleted submission keeps the fields of [`Deleted::Bare`]. The e-mail address, the user id, and the name,
        /// gender, nationality and birth date are empty texts.
        Emptied,
    }

    /// Whether requests and answers are encrypted with the encryption of the service itself ("Secure Data Transfer", a
    /// setting of the customer's project).
    SecureTransfer {
        /// Nothing is encrypted. A request with the parameter `data`, which holds encrypted parameters, is refused.
        Off,
        /// Clients may encrypt their requests. Encrypted requests get encrypted answers, plain requests get plain
        /// answers.
        Optional,
        /// Clients must encrypt their requests. Requests in plain text are refused.
        Required,
    }

    /// The JSON objects that enclose an encrypted answer, `{"data":…,"isEncrypted":true}`.
    Wrapping {
        /// The encrypted answer is not enclosed in other JSON.
        None,
        /// The encrypted answer is enclosed in one object: `{"body":…}`.
        Body,
        /// The encrypted answer is enclosed in two objects: `{"response":{"body":…}}`.
        ResponseBody,
    }

    /// Which parameters an encrypted request may hold.
    Inside {
        /// All parameters that are allowed in a plain request.
        All,
        /// Only the parameters that the documentation lists for encrypted requests: `email`, `start_date`, `end_date`
        /// and `submission_id`.
        Listed,
    }

    /// The value of the header `Content-Type` in an answer with a picture.
    PictureType {
        /// The format of the picture: `image/png` or `image/jpeg`.
        Named,
        /// `application/octet-stream`, which says only that the body is a file.
        OctetStream,
        /// The answer has no header `Content-Type`.
        Absent,
    }

    /// The file formats in which pictures are sent.
    PictureFiles {
        /// Documents are PNG files, faces are JPEG files.
        AsDrawn,
        /// All pictures are JPEG files. Their pixels are turned, and the EXIF data of the file say how to turn them
        /// back.
        ExifTurned,
    }
}
