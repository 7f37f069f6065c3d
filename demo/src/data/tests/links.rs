//! Links between submissions lead somewhere, and back.

use super::*;

fn by_id() -> BTreeMap<&'static str, &'static Value> {
    wholes().filter_map(|item| Some((text(item, "/submission_id")?, item))).collect()
}

fn linked(pointer: &str) -> usize {
    let by_id = by_id();
    let mut number = 0;
    for (id, item) in &by_id {
        for other in list(item, pointer).iter().filter_map(Value::as_str) {
            number += 1;
            assert_ne!(other, *id, "a link to itself");
            let other = by_id.get(other).expect("a link to a submission that exists");
            assert!(list(other, pointer).iter().any(|back| back == id), "a link that does not lead back");
        }
    }
    number
}

#[test]
fn doubles_point_at_each_other_and_share_their_fingerprint() {
    assert!(linked("/duplicated_users") > 60);
    let by_id = by_id();
    let counts = count(wholes().filter_map(|item| text(item, "/duplicated_information")));
    for item in by_id.values() {
        let Some(own) = text(item, "/duplicated_information") else { continue };
        for other in list(item, "/duplicated_users").iter().filter_map(Value::as_str) {
            let theirs = by_id.get(other).and_then(|other| text(other, "/duplicated_information"));
            assert!(theirs.is_none_or(|theirs| theirs == own));
        }
        assert!(counts[own] <= 1 + list(item, "/duplicated_users").len(), "a double that is not listed");
    }
}

#[test]
fn whoever_is_rejected_as_a_double_comes_after_an_approved_one() {
    let by_id = by_id();
    let mut number = 0;
    for item in by_id.values() {
        let (codes, links) = match text(item, "/kyc/commentCode/0") {
            Some("duplicated_user_PII_exact" | "duplicate_user") => ("PII", "/duplicated_users"),
            Some("duplicated_face") => ("face", "/duplicated_selfie_users"),
            _ => continue,
        };
        number += 1;
        let others = list(item, links).iter().filter_map(|id| by_id.get(id.as_str()?));
        let mut older = others.filter(|other| text(other, "/created_at") < text(item, "/created_at"));
        assert!(older.any(|other| text(other, "/kyc/result") == Some("approved")), "{codes}");
    }
    assert!(number > 20);
}

#[test]
fn approved_doubles_share_an_applicant_id() {
    let ids: Vec<&str> = wholes().filter_map(|item| text(item, "/applicant_id")).collect();
    assert!(count(ids.into_iter()).values().filter(|number| **number > 1).count() >= 5);
    assert!(wholes().all(|item| item.get("applicant_id").is_none() || text(item, "/kyc/result") != Some("rejected")));
}

#[test]
fn one_face_is_found_behind_different_people() {
    assert!(linked("/duplicated_selfie_users") > 20);
    let prints = by_id();
    let different = wholes().any(|item| {
        let other = list(item, "/duplicated_selfie_users").first().and_then(Value::as_str);
        let other = other.and_then(|id| prints.get(id));
        other.is_some_and(|other| text(other, "/duplicated_information") != text(item, "/duplicated_information"))
    });
    assert!(different);
}

#[test]
fn mail_user_id_token_and_address_are_shared_by_small_rings() {
    for (pointer, rings) in [("/email", 20), ("/userid", 8), ("/tokenId", 8)] {
        let counts = count(wholes().filter_map(|item| text(item, pointer)));
        let shared: Vec<usize> = counts.into_values().filter(|number| *number > 1).collect();
        assert!(shared.len() >= rings, "{pointer}: {shared:?}");
        assert!(shared.iter().all(|number| *number <= 5), "{pointer}: {shared:?}");
    }
    // Addresses come again after a while; what is shared within hours is a ring.
    let addresses: Vec<&str> = wholes().filter_map(|item| text(item, "/data/ip_address")).collect();
    let near = addresses.windows(25).filter(|window| window[1..].contains(&window[0])).count();
    assert!((8..=40).contains(&near), "{near}");
}

#[test]
fn the_first_screen_has_a_user_who_came_three_times() {
    let kim: Vec<&Value> = wholes().filter(|item| text(item, "/email") == Some("kim@example.com")).collect();
    let said: Vec<_> = kim.iter().filter_map(|item| text(item, "/kyc/result")).collect();
    assert_eq!(said, ["pending", "rejected", "incomplete"]);
    assert!(kim.iter().all(|item| text(item, "/data/full_name") == Some("김민준")));
    let days: BTreeSet<&str> = kim.iter().filter_map(|item| text(item, "/created_at")?.get(..10)).collect();
    assert_eq!(days.len(), 3);
    assert_eq!(list(kim[0], "/duplicated_users").len(), 2);
}
