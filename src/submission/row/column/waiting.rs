//! Computes the duration for which a submission has been pending (has had the status "pending").

use crate::submission::assessment::KycStatus;
use crate::submission::row::{Cell, Column, Row};

/// Returns how long a pending submission had been pending when its row was loaded. The time counts from `pending_at`,
/// or from `created_at` if `pending_at` was not sent. Otherwise returns:
///
/// * [`Cell::NotFetched`] if the answer of the service does not have the status or these times
/// * [`Cell::Empty`] if the submission has another documented status
/// * [`Cell::Unclear`] if the status is missing or undocumented, or if the time is unreadable or after the time of
///   loading
pub(super) fn waiting(row: &Row) -> Cell<'static> {
    let (status, created) = (row.cell(Column::Status), row.cell(Column::Created));
    match KycStatus::read(status.text().unwrap_or_default()) {
        _ if status == Cell::NotFetched => Cell::NotFetched,
        KycStatus::Approved | KycStatus::Rejected | KycStatus::Incomplete => Cell::Empty,
        KycStatus::Unknown | KycStatus::Contradictory | KycStatus::Missing => Cell::Unclear,
        KycStatus::Pending if created == Cell::NotFetched && !row.tells_pending() => Cell::NotFetched,
        KycStatus::Pending => {
            let waited = row.pending_since().zip(row.loaded()).map(|(since, loaded)| loaded.duration_since(since));
            waited.filter(|waited| !waited.is_negative()).map_or(Cell::Unclear, Cell::Span)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::submission::read;

    const LOADED: &str = "2026-11-21T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn loaded(json: &str, whole: bool, at: Timestamp) -> Row {
        let mut row = read::row(json.as_bytes(), whole);
        row.set_loaded_at(at);
        row
    }

    fn cell(members: &str, whole: bool) -> Cell<'static> {
        waiting(&loaded(&format!(r#"{{"submission_id":"a",{members}}}"#), whole, at(LOADED)))
    }

    #[test]
    fn a_pending_submission_waits_since_it_was_created() {
        for (created, minutes) in [
            ("2026-11-21T09:00:00Z", 180),
            ("2026-11-21 11:59:00", 1),
            ("2026-11-21T18:00:00+09:00", 180),
            ("2026-11-19-08-00-00-UTC", 3_120),
            (LOADED, 0),
        ] {
            let said = cell(&format!(r#""created_at":"{created}","kyc":{{"result":"Pending"}}"#), false);
            assert!(said == Cell::Span(SignedDuration::from_mins(minutes)), "{created}");
        }
    }

    #[test]
    fn no_other_submission_waits_and_what_is_not_clear_stays_open() {
        let created = r#""created_at":"2026-11-21T09:00:00Z""#;
        for status in ["approved", "rejected", "incomplete"] {
            assert!(cell(&format!(r#"{created},"kyc":{{"result":"{status}"}}"#), false) == Cell::Empty, "{status}");
        }
        for kyc in [
            r#"{"result":"pending "}"#,
            r#"{"result":"on hold"}"#,
            r#"{"result":"pending","result":"approved"}"#,
            r#"{"result":["pending"]}"#,
            r#"{"result":null}"#,
            r#""pending""#,
        ] {
            assert!(cell(&format!(r#"{created},"kyc":{kyc}"#), false) == Cell::Unclear, "{kyc}");
        }
        for created in [r#""soon""#, r#""2026-11-21""#, "1795251600", "null", r#""2026-11-21T12:00:01Z""#] {
            let said = cell(&format!(r#""created_at":{created},"kyc":{{"result":"pending"}}"#), false);
            assert!(said == Cell::Unclear, "{created}");
        }
        assert!(cell(created, false) == Cell::NotFetched && cell(created, true) == Cell::Unclear);
        let pending = r#""kyc":{"result":"pending"}"#;
        assert!(cell(pending, false) == Cell::NotFetched && cell(pending, true) == Cell::Unclear);
        let unloaded = read::row(format!(r#"{{{created},{pending}}}"#).as_bytes(), false);
        assert!(waiting(&unloaded) == Cell::Unclear, "nobody noted when it came");
    }

    #[test]
    fn it_counts_from_when_the_submission_began_to_wait_where_that_was_sent() {
        let of = |pending: &str| {
            let created = r#""created_at":"2026-11-20T12:00:00Z""#;
            cell(&format!(r#"{created},"kyc":{{"result":"pending"}}{pending}"#), false)
        };
        let hours = |hours| Cell::Span(SignedDuration::from_hours(hours));
        assert!(of(r#","pending_at":"2026-11-21T09:00:00Z""#) == hours(3));
        for unsent in ["", r#","pending_at":null"#, r#","pending_at":"""#] {
            assert!(of(unsent) == hours(24), "{unsent}");
        }
        for unreadable in [
            r#","pending_at":"soon""#,
            r#","pending_at":1795251600"#,
            r#","pending_at":"2026-11-21T12:00:01Z""#,
            r#","pending_at":"2026-11-21T09:00:00Z","pending_at":"2026-11-21T10:00:00Z""#,
            r#","pending_at":"2026-11-21T09:00:00Z","pending_at":null"#,
        ] {
            assert!(of(unreadable) == Cell::Unclear, "{unreadable}");
        }
        let alone = r#""pending_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"}"#;
        assert!(cell(alone, false) == hours(3), "the creation need not be known");
    }

    #[test]
    fn a_later_answer_without_it_does_not_lose_it() {
        let json = r#"{"submission_id":"a","created_at":"2026-11-20T12:00:00Z","kyc":{"result":"pending"}"#;
        let known = loaded(&format!(r#"{json},"pending_at":"2026-11-21T09:00:00Z"}}"#), true, at(LOADED));
        let later = loaded(&format!("{json}}}"), false, at("2026-11-21T15:00:00Z"));
        let hours = |row: &Row| row.number(Column::Waiting).map(|seconds| seconds / 3600.0);
        assert_eq!(hours(&Row::merged(&later, &known)), Some(6.0));
        assert_eq!(hours(&Row::merged(&known, &later)), Some(3.0));
        assert_eq!(hours(&known.reclassed([crate::text::Class::Unread; Column::ALL.len()])), Some(3.0));
    }

    #[test]
    fn it_counts_to_the_answer_that_said_so_and_goes_on_with_the_next() {
        let json = r#"{"submission_id":"a","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"}}"#;
        let (first, later) = (loaded(json, false, at(LOADED)), loaded(json, false, at("2026-11-21T15:00:00Z")));
        let hours = |row: &Row| row.number(Column::Waiting).map(|seconds| seconds / 3600.0);
        assert_eq!((hours(&first), hours(&Row::merged(&later, &first))), (Some(3.0), Some(6.0)));
        let slim = loaded(r#"{"submission_id":"a","email":"kim@example.com"}"#, false, at("2026-11-21T15:00:00Z"));
        assert_eq!(hours(&Row::merged(&slim, &first)), Some(3.0), "the later answer says nothing of the status");
        let decided = loaded(r#"{"submission_id":"a","kyc":{"result":"approved"}}"#, false, at("2026-11-21T15:00:00Z"));
        assert!(Row::merged(&decided, &first).cell(Column::Waiting) == Cell::Empty);
    }
}
