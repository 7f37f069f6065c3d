//! Summary, Signals, Attempts and Timeline say of a check what the assessment says, however its result came.

use super::View;
use crate::panes::detail::Tab;
use crate::submission::assessment::cases::CHECKS;
use crate::submission::assessment::{CheckKind, Judgement};
use crate::text::Mask;

fn text(tab: Tab, json: &str) -> String {
    View::new(160).mask(Mask::None).text(tab, json)
}

/// The lines that begin with a text.
fn lines<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.starts_with(start)).collect()
}

#[test]
fn the_summary_has_a_line_for_each_result_in_the_words_of_its_judgement() {
    for check in CHECKS {
        let label = match check.kind {
            CheckKind::PreVerification => "Pre-verification",
            CheckKind::Injection => "Address check",
            CheckKind::Bank => "Bank account",
            CheckKind::FaceAge => "Face age",
            _ => continue,
        };
        for (json, judgement) in check.records() {
            let summary = text(Tab::Summary, &json);
            let wanted = match (check.kind, judgement) {
                (CheckKind::FaceAge, Judgement::Passed) => Some("  condition met"),
                (CheckKind::FaceAge, Judgement::NotPassed) => Some("  condition not met"),
                (_, Judgement::Passed) => Some("  passed"),
                (_, Judgement::NotPassed) => Some("  not passed"),
                (_, Judgement::Unclear) => Some("  no clear result"),
                (_, Judgement::Absent) => None,
            };
            match (lines(&summary, label).as_slice(), wanted) {
                ([], None) => {}
                ([line], Some(wanted)) => assert!(line.contains(wanted), "{wanted}: {line}\n{json:.200}"),
                (lines, _) => panic!("{lines:?} {json:.200}"),
            }
        }
    }
}

#[test]
fn the_first_lines_of_the_signals_say_the_judgement() {
    for check in CHECKS {
        let (what, passed, not_passed) = match check.kind {
            CheckKind::PreVerification => ("pre-verification", " passed", " not passed"),
            CheckKind::Injection => ("address check", " passed", " not passed"),
            CheckKind::Bank => ("bank check", " passed", " not passed"),
            CheckKind::FaceAge => ("age estimated from the face", ": condition met", ": condition not met"),
            _ => continue,
        };
        for (json, judgement) in check.records() {
            let signals = text(Tab::Signals, &json);
            let summed_up: Vec<&str> =
                signals.lines().filter(|line| line.starts_with(['✓', '✗', '?'])).take(1).collect();
            let wanted = match judgement {
                Judgement::Passed => format!("✓ {what}{passed}"),
                Judgement::NotPassed => format!("✗ {what}{not_passed}"),
                Judgement::Unclear => format!("? {what}: no clear result"),
                Judgement::Absent => {
                    assert!(summed_up.is_empty(), "{summed_up:?} {json:.200}");
                    continue;
                }
            };
            assert_eq!(summed_up, [wanted], "{json:.200}");
        }
    }
}

#[test]
fn signs_stand_only_beside_what_they_are_right_for() {
    for check in CHECKS.iter().filter(|check| check.kind != CheckKind::FaceAge) {
        let key = check.path.rsplit('.').next().unwrap_or_default();
        let tab = if check.path.starts_with("kyc.") { Tab::Attempts } else { Tab::Signals };
        for (json, judgement) in check.records() {
            let shown = text(tab, &json);
            let beside = check.kind == CheckKind::IpVerification;
            let is_good = shown.matches('✓').count() > 2 * usize::from(beside);
            assert_eq!(is_good, judgement == Judgement::Passed, "{key} {json:.200}\n{shown}");
            let is_bad = shown.contains('✗');
            let reported = tab == Tab::Attempts && judgement.is_doubtful();
            assert_eq!(is_bad, judgement == Judgement::NotPassed || reported, "{key} {json:.200}\n{shown}");
        }
    }
}

#[test]
fn an_event_failed_if_its_check_is_not_passed_or_unclear() {
    for check in CHECKS {
        if [CheckKind::PreVerification, CheckKind::Injection].contains(&check.kind) {
            for (json, judgement) in check.records() {
                let shown = text(Tab::Timeline, &json);
                // A block that was sent again as null has no time, and so no event.
                if json.ends_with(":null}") {
                    assert!(shown.starts_with("No times were sent."), "{shown}");
                    continue;
                }
                assert_eq!(shown.contains("1 event failed"), judgement.is_doubtful(), "{json:.200}\n{shown}");
            }
        }
    }
}

#[test]
fn status_and_screening_are_the_same_in_summary_and_aml() {
    for (aml, words) in [
        (r#""Not Screened""#, "no screening can be read from this"),
        (r#"[{"currentstatus":"Not Screened"}]"#, "no screening can be read from this"),
        ("[]", "no screening can be read from this"),
        (r#"{"currentstatus":"Not Screened"},"aml":null"#, "sent more than once"),
        (r#"{"currentstatus":[]}"#, "not documented"),
        (r#"{"currentstatus":"Not Screened","currentstatus":"Red Flag"}"#, "sent more than once"),
        (r#"{"currentstatus":"Clear"}"#, "not documented"),
        (r#"{"currentstatus":"Red Flag"}"#, "at least one match"),
    ] {
        let json = format!(r#"{{"kyc":{{"result":"approved"}},"aml":{aml}}}"#);
        let summary = text(Tab::Summary, &json);
        let [line] = lines(&summary, "AML status")[..] else { panic!("{summary}") };
        assert!(line.contains(words), "{line}");
        assert!(text(Tab::Aml, &json).contains(words), "{json}");
    }
}
