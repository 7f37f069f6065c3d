use jiff::Timestamp;

use super::{TimeAxis, TimeWindow};
use crate::submission::Document;
use crate::submission::timeline::Timeline;

/// A submission with camera processes between these seconds.
fn filmed(seconds: &[(i64, i64)]) -> Document {
    let processes: Vec<String> = seconds
        .iter()
        .map(|(start, end)| {
            format!(
                r#"{{"type":"idcard-front-capture","processStartTime":"{}","processEndTime":"{}","error":null}}"#,
                second(*start),
                second(*end)
            )
        })
        .collect();
    Document::parse_copy(format!(r#"{{"signals":{{"cameraProcessInfo":[{}]}}}}"#, processes.join(",")).as_bytes(), true)
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_252_400 + second).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn drawn(seconds: &[(i64, i64)], columns: usize) -> Vec<String> {
    drawn_within(None, seconds, columns)
}

fn drawn_within(span: Option<(i64, i64)>, seconds: &[(i64, i64)], columns: usize) -> Vec<String> {
    let document = filmed(seconds);
    let timeline = Timeline::of(&document);
    let span = span.map(|(from, to)| (second(from), second(to)));
    let axis = TimeAxis::new(TimeWindow::of(&timeline, span), columns);
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
    let axis = TimeAxis::new(TimeWindow::of(&Timeline::of(&document), None), 9);
    let text: String = axis.ruler().iter().map(|piece| piece.text.as_str().to_owned()).collect();
    assert_eq!(text, "────┊────");
}

#[test]
fn what_lies_beyond_a_part_is_a_sign_at_its_edge_and_a_bar_that_is_cut_says_so() {
    let all = [(0, 4), (2, 14), (10, 20), (12, 18), (16, 30), (30, 40), (0, 40)];
    assert_eq!(
        drawn_within(Some((10, 20)), &all, 10),
        ["‹         ", "‹━━━━━━━━›", "‹━━━      ", "━━━━━━━━━━", " ╺━━━━━━  ", "     ╺━━━›", "         ›"],
        "in the order of time"
    );
}

#[test]
fn a_part_shows_only_its_own_cuts() {
    let all = [(0, 10), (100, 110), (200, 210)];
    assert_eq!(drawn_within(Some((100, 210)), &all, 9), ["‹   ┊    ", "━━━━┊    ", "    ┊━━━━"]);
    assert_eq!(drawn_within(Some((50, 150)), &all, 5), ["‹    ", "━━━━━", "    ›"]);
    assert_eq!(drawn_within(Some((20, 30)), &all, 8), drawn(&all, 8), "a span that holds nothing");
}
