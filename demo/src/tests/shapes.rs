//! Every switch of an item's form changes that form in lists and single answers, and leaves the rest alone.

use tokio::sync::OnceCell;

use super::*;
use crate::behaviour::{Deleted, Frequency, IpVerification, Listed, PreVerification, Scores, Times};

/// Every submission of a few days, as single answers hold it.
async fn wholes(behaviour: Behaviour) -> Vec<Value> {
    served(&behaving(behaviour), async |caller| {
        let mut wholes = Vec::new();
        for item in caller.walk("start_date=2026-11-19", 300).await {
            let id = item["submission_id"].as_str().expect("an id").to_owned();
            wholes.extend(caller.page(&format!("?submission_id={id}")).await.0);
        }
        wholes
    })
    .await
}

/// The same without any switch thrown; made once, since it is asked for often.
async fn unswitched() -> &'static [Value] {
    static ITEMS: OnceCell<Vec<Value>> = OnceCell::const_new();
    ITEMS.get_or_init(|| wholes(Behaviour::default())).await
}

/// The kinds of all values at a path, in which `*` is every entry of a list.
fn kinds(items: &[Value], path: &str) -> BTreeSet<&'static str> {
    let mut values: Vec<&Value> = items.iter().collect();
    for step in path.split('.') {
        values = match step {
            "*" => values.into_iter().filter_map(Value::as_array).flatten().collect(),
            key => values.into_iter().filter_map(|value| value.get(key)).collect(),
        };
    }
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "truth",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    values.into_iter().map(kind).collect()
}

/// A switch, and the kinds at a path before and after it was thrown. Odd submissions have the odd form already.
async fn changes(behaviour: Behaviour, paths: &[(&str, &str, &str)]) {
    let plain = |items: &[Value]| -> Vec<Value> {
        items.iter().filter(|item| !item["email"].as_str().is_some_and(|mail| mail.contains('+'))).cloned().collect()
    };
    let (before, after) = (plain(unswitched().await), plain(&wholes(behaviour).await));
    assert_ne!(before, after);
    for (path, old, new) in paths {
        assert_eq!(kinds(&before, path).into_iter().collect::<Vec<_>>(), [*old], "{path} before");
        assert_eq!(kinds(&after, path).into_iter().collect::<Vec<_>>(), [*new], "{path} after");
    }
    // What is not named stays as it is.
    for path in ["submission_id", "data.full_name", "signals.cameraProcessInfo", "kyc.attempts"] {
        assert_eq!(kinds(&before, path), kinds(&after, path), "{path}");
    }
}

#[tokio::test]
async fn scores_become_text() {
    let scores = [
        "recognition_score",
        "argos_score",
        "kyc.attempts.*.livenessScore",
        "kyc.attempts.*.faceSimilarityScore",
        "kyc.attempts.*.liveness.probability",
        "kyc.faceSimilarityScore",
    ];
    let paths = scores.map(|path| (path, "number", "text"));
    changes(Behaviour { scores: Scores::Text, ..Behaviour::default() }, &paths).await;
    served(&playing("text-numbers"), async |caller| {
        let (items, _) = caller.page("").await;
        assert_eq!(kinds(&items, "argos_score").into_iter().collect::<Vec<_>>(), ["text"]);
        let scores: Vec<&str> = items.iter().filter_map(|item| item["argos_score"].as_str()).collect();
        assert!(scores.iter().all(|score| score.parse::<f64>().is_ok()), "{scores:?}");
    })
    .await;
}

#[tokio::test]
async fn comments_and_retries_become_single_texts() {
    changes(
        Behaviour { comments: Listed::Single, ..Behaviour::default() },
        &[("kyc.comment", "list", "text"), ("kyc.commentCode", "list", "text"), ("kyc.attempts", "list", "list")],
    )
    .await;
    let behaviour = Behaviour { retries: Listed::Single, ..Behaviour::default() };
    let retried = |items: &[Value]| -> Vec<Value> {
        let attempts = items.iter().filter_map(|item| item["kyc"]["attempts"].as_array()).flatten();
        attempts.filter(|attempt| attempt["retryCode"] != serde_json::json!([])).cloned().collect()
    };
    for (attempts, kind) in [(retried(unswitched().await), "list"), (retried(&wholes(behaviour).await), "text")] {
        for path in ["retryMsg", "retryCode"] {
            assert!(kinds(&attempts, path).contains(kind), "{path}");
            assert_eq!(kinds(&attempts, path).contains("list"), kind == "list", "{path}");
        }
    }
}

#[tokio::test]
async fn blocks_become_one_object_or_a_list() {
    let default = Behaviour::default;
    let blocks = [("additional_list", "list", "object"), ("Injection_action", "list", "list")];
    changes(Behaviour { forms: Listed::Single, ..default() }, &blocks).await;
    let blocks = [("additional_list", "list", "list"), ("Injection_action", "list", "object")];
    changes(Behaviour { injections: Listed::Single, ..default() }, &blocks).await;
    let block = [("pre_verification", "object", "list")];
    changes(Behaviour { pre_verification: PreVerification::List, ..default() }, &block).await;
    let word = [("pre_verification.attempts_frequency", "text", "number")];
    changes(Behaviour { frequency: Frequency::Number, ..default() }, &word).await;
}

#[tokio::test]
async fn switches_and_oddities_do_not_spoil_each_other() {
    let behaviour = Scenario::named("other-forms").unwrap().behaviour;
    let behaviour = Behaviour { scores: Scores::Text, comments: Listed::Single, retries: Listed::Single, ..behaviour };
    let items = served(&behaving(behaviour), async |caller| {
        let mut items = Vec::new();
        for item in caller.walk("start_date=2026-10-22", 2_000).await {
            if item["email"].as_str().is_some_and(|mail| mail.contains('+')) {
                let id = item["submission_id"].as_str().expect("an id");
                items.extend(caller.page(&format!("?submission_id={id}")).await.0);
            }
        }
        items
    })
    .await;
    let of = |tag: &str| -> Vec<Value> {
        items.iter().filter(|item| item["email"].as_str().is_some_and(|mail| mail.contains(tag))).cloned().collect()
    };
    assert_eq!(kinds(&of("+injection-object"), "Injection_action.type").len(), 1);
    assert_eq!(kinds(&of("+injection-object"), "Injection_action.time").into_iter().collect::<Vec<_>>(), ["text"]);
    assert_eq!(kinds(&of("+pre-verification-list"), "pre_verification.*").into_iter().collect::<Vec<_>>(), ["object"]);
    assert!(of("+string-scores").iter().all(|item| !item["argos_score"].to_string().contains('\\')));
    assert!(kinds(&of("+numeric-frequency"), "pre_verification.*.attempts_frequency").contains("number"));
}

#[tokio::test]
async fn ip_verification_stands_inside_beside_or_both_in_turn() {
    for (ip_verification, inside, beside) in [
        (IpVerification::Mixed, true, true),
        (IpVerification::Inside, true, false),
        (IpVerification::Beside, false, true),
    ] {
        let items = wholes(Behaviour { ip_verification, ..Behaviour::default() }).await;
        let actions: Vec<&Value> =
            items.iter().filter_map(|item| item["Injection_action"].as_array()).flatten().collect();
        let placed = |pointer: &str| actions.iter().filter(|action| action.pointer(pointer).is_some()).count();
        let (within, next) = (placed("/option/ipVerification"), placed("/ipVerification"));
        assert_eq!((within > 0, next > 0), (inside, beside), "{ip_verification:?}");
        assert_eq!(within + next, actions.len(), "none is lost");
    }
}

#[tokio::test]
async fn times_have_one_of_three_forms_and_cursors_with_them() {
    for (times, form) in [
        (Times::Iso, "####-##-##T##:##:##.###Z"),
        (Times::Placeholder, "####-##-##-##-##-##-UTC"),
        (Times::Minutes, "####-##-## ##:##"),
    ] {
        served(&behaving(Behaviour { times, ..Behaviour::default() }), async |caller| {
            let found = caller.walk("start_date=2026-11-17", 30).await;
            let shaped = |time: &Value| -> String {
                let text = time.as_str().expect("a time");
                text.chars().map(|char| if char.is_ascii_digit() { '#' } else { char }).collect()
            };
            let odd = |item: &&Value| !item["email"].as_str().is_some_and(|mail| mail.contains('+'));
            assert!(found.iter().filter(odd).all(|item| shaped(&item["created_at"]) == form), "{form}");
            let (whole, _) = caller.page(&format!("?submission_id={}", ids(&found)[0])).await;
            for path in ["/created_at", "/updated_at", "/pending_at", "/kyc/attempts/0/step1Time1st"] {
                assert_eq!(shaped(whole[0].pointer(path).expect(path)), form, "{path}");
            }
            let click = &whole[0]["signals"]["startButtonClickTime"];
            assert_eq!(shaped(click), "####-##-##T##:##:##.###Z", "documented");
        })
        .await;
    }
}

#[tokio::test]
async fn deleted_submissions_are_bare_named_or_emptied() {
    for (deleted, name, keys) in [
        (Deleted::Bare, None, &["created_at", "data", "kyc", "submission_id"][..]),
        (Deleted::Named, Some("Deleted Submission"), &["created_at", "data", "kyc", "submission_id"]),
        (Deleted::Emptied, Some(""), &["created_at", "data", "email", "kyc", "submission_id", "userid"]),
    ] {
        served(&behaving(Behaviour { deleted, ..Behaviour::default() }), async |caller| {
            let all = caller.walk("start_date=2026-10-22", 2_000).await;
            let gone: Vec<&Value> = all.iter().filter(|item| item.get("reviewer").is_none()).collect();
            let gone: Vec<&Value> =
                gone.into_iter().filter(|item| item["email"].as_str().is_none_or(str::is_empty)).collect();
            assert!(gone.len() > 2, "{}", gone.len());
            for item in gone {
                let id = item["submission_id"].as_str().expect("an id");
                let (whole, _) = caller.page(&format!("?submission_id={id}")).await;
                let own: BTreeSet<&str> = whole[0].as_object().expect("an object").keys().map(String::as_str).collect();
                assert!(own.iter().all(|key| keys.contains(key)) && own.len() + 1 >= keys.len(), "{own:?}");
                assert_eq!(whole[0]["data"].get("name").and_then(Value::as_str), name, "{deleted:?}");
                assert!(whole[0]["kyc"].get("result").is_some(), "the status is kept");
            }
            let kept = all.iter().filter(|item| item["data"]["name"] == "Deleted Submission").count();
            assert_eq!(kept > 0, deleted == Deleted::Named);
        })
        .await;
    }
}
