use jiff::{SignedDuration, Timestamp};

use super::Axis;
use crate::submission::Document;
use crate::submission::timeline::Timeline;

/// A submission with camera processes between these seconds.
fn filmed(seconds: &[(i64, i64)]) -> Document {
    let at = |second: i64| {
        Timestamp::from_second(1_795_252_400)
            .map_or(Timestamp::UNIX_EPOCH, |base| base + SignedDuration::from_secs(second))
    };
    let processes: Vec<String> = seconds
        .iter()
        .map(|(start, end)| {
            format!(
                r#"{{"type":"idcard-front-capture","processStartTime":"{}","processEndTime":"{}","error":null}}"#,
                at(*start),
                at(*end)
            )
        })
        .collect();
    Document::read(format!(r#"{{"signals":{{"cameraProcessInfo":[{}]}}}}"#, processes.join(",")).as_bytes(), true)
}

fn drawn(seconds: &[(i64, i64)], columns: usize) -> Vec<String> {
    let document = filmed(seconds);
    let timeline = Timeline::of(&document);
    let axis = Axis::new(&timeline, columns);
    let text = |event| axis.draw(event).iter().map(|piece| piece.text.as_str().to_owned()).collect();
    timeline.events.iter().map(text).collect()
}

#[test]
fn bars_follow_the_scale_to_half_a_column() {
    assert_eq!(drawn(&[(0, 5), (5, 10), (10, 20)], 10), ["━━╸       ", "  ━━━     ", "    ╺━━━━━"]);
}

#[test]
fn a_gap_takes_one_column_however_long_it_is() {
    for length in [100, 10_000_000] {
        let cut = [(0, 10), (10 + length, 20 + length)];
        assert_eq!(drawn(&cut, 11), ["━━━━━┊     ", "     ┊━━━━━"], "{length}");
    }
}

#[test]
fn too_few_columns_still_keep_the_order() {
    let many: Vec<(i64, i64)> = (0..8).map(|at| (at * 100, at * 100 + 1)).collect();
    let first_signs: Vec<usize> =
        drawn(&many, 4).iter().map(|line| line.chars().position(|sign| sign != ' ').unwrap()).collect();
    assert_eq!(first_signs, [0, 0, 1, 1, 2, 2, 3, 3]);
    assert_eq!(drawn(&many, 0), vec![""; 8]);
}

#[test]
fn the_ruler_shows_the_cuts() {
    let document = filmed(&[(0, 10), (100, 110)]);
    let axis = Axis::new(&Timeline::of(&document), 9);
    let text: String = axis.ruler().iter().map(|piece| piece.text.as_str().to_owned()).collect();
    assert_eq!(text, "────┊────");
}
