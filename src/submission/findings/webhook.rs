//! The finding about values in which a webhook's payload (a message that the service sends by itself) differs from the
//! record to which it was joined.

use jiff::Timestamp;

use super::{Finder, Grade};
use crate::submission::answers;
use crate::submission::document::Field;
use crate::submission::fields;
use crate::submission::webhook::{self, DATA, EARLIER_PAYLOADS};
use crate::text::Safe;
use crate::time;

/// Keys under which both a webhook's payload and a record hold the same value.
const SHARED: [&str; 3] = ["email", "userid", "tokenId"];

/// Keys whose values are times of changes. The newest of these times tells when a record, or the object `kyc_result` of
/// a webhook's payload, changed last.
const TIMES: [&str; 3] = ["updated_at", "kyc_result_at", "pending_at"];

/// Adds a finding to `finder` if a webhook's payload, which was joined to the record, has other values than the record.
/// The record may then be outdated. A payload that is older than the record is ignored.
pub(super) fn find(finder: &mut Finder<'_>) {
    let document = finder.document;
    if !webhook::has_payload(document) {
        return;
    }
    let root = document.root();
    let record_time = newest(&root, &TIMES);
    let earlier = document.field(EARLIER_PAYLOADS).map(|list| list.elements()).unwrap_or_default();
    let (mut labels, mut evidence, mut is_newer) = (Vec::new(), None, false);
    for payload in [root.clone()].iter().chain(&earlier) {
        let of_result = payload.child("kyc_result").and_then(|result| newest(&result, &TIMES));
        let time = newest(payload, &["update_time"]).max(of_result);
        let order = time.zip(record_time).map(|(payload, record)| payload.cmp(&record));
        if order.is_some_and(std::cmp::Ordering::is_lt) {
            continue;
        }
        let of_data = DATA.iter().map(|(own, name)| (*own, format!("data.{name}")));
        for (own, path) in of_data.chain(SHARED.map(|key| (key, key.to_owned()))) {
            let values = payload.child(own).zip(document.field(&path));
            let Some((told, _)) = values.filter(|(told, known)| differs(told, known, &path)) else { continue };
            let label = fields::documented_field(&path).map_or("another field", |field| field.label);
            if !labels.contains(&label) {
                labels.push(label);
            }
            is_newer |= order.is_some_and(std::cmp::Ordering::is_gt);
            evidence.get_or_insert_with(|| told.path().to_owned());
        }
    }
    if let Some(evidence) = evidence {
        let webhook = if is_newer { "a newer webhook" } else { "a webhook" };
        let words = Safe::sanitize(&format!("{webhook} has other values than the record: {}", labels.join(", ")));
        finder.add_in_words(Grade::Warning, Safe::from_static("Webhook"), words, &evidence);
    }
}

fn newest(object: &Field<'_>, keys: &[&str]) -> Option<Timestamp> {
    keys.iter().filter_map(|key| time::parse_timestamp(object.child(key)?.text()?)).max()
}

/// Returns whether `told` and `known` mean different things. `told` is a value of a webhook's payload, and `known` is
/// the value of the record at `path`. Returns false if one of them is empty or no scalar.
fn differs(told: &Field<'_>, known: &Field<'_>, path: &str) -> bool {
    let are_sent = !told.is_empty() && !known.is_empty();
    are_sent && told.text().zip(known.text()).is_some() && !answers::means_same(told.node(), known.node(), path)
}
