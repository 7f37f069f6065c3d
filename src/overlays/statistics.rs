//! The statistics: how many of the shown rows have each status, day, country, code, kind of retry, ID type and AML
//! status.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::{LinesPlace, OverlayResult, centred, draw_cursor_sign, draw_lines, line_position_text};
use crate::keys::Action;
use crate::kit::Scroll;
use crate::query::term_for;
use crate::submission::retry_kind::RetryKind;
use crate::submission::tally::{Tally, TallyGroup};
use crate::text::{Safe, counted, grouped};
use crate::ui::{Line, Panel, Role, Theme, bar, indent, wrap, wrap_flowing};

/// The properties of submissions that the overlay with the statistics counts, in its order.
pub const SCREEN_GROUPS: [TallyGroup; 8] = [
    TallyGroup::Status,
    TallyGroup::Day,
    TallyGroup::Nationality,
    TallyGroup::IssuingCountry,
    TallyGroup::RejectCode,
    TallyGroup::RetryKind,
    TallyGroup::IdType,
    TallyGroup::AmlStatus,
];

/// Maximum number of values that the statistics show for one property of submissions. [`MAX_DAYS`] is the maximum for
/// the property "day of creation".
const MAX_VALUES: usize = 20;
const MAX_DAYS: usize = 31;

/// Width in columns of the number of rows with a value. [`SHARE_WIDTH`] is the width of their share of all rows, as in
/// ` 50 %`. [`MAX_BAR`] is the maximum width of the bar for this share.
const COUNT_WIDTH: usize = 7;
const SHARE_WIDTH: usize = 6;
const MAX_BAR: usize = 40;
/// Minimum and maximum width in columns of the labels of the counted values, such as `approved`.
const LABEL_WIDTH: (usize, usize) = (14, 34);
/// Width in columns of the sign before a value: an arrow if the Enter key filters the list by the value, otherwise
/// blanks.
const SIGN_WIDTH: usize = 3;

/// The counts that the statistics show. For each property of the submissions, such as the status, this is the number of
/// rows with each value.
#[derive(Default)]
pub struct StatisticsCounts {
    /// How many submissions are loaded, and whether there are more, such as `150 loaded · more`.
    pub scope: Safe,
    /// Sentences about rows of the list that are not counted, and why.
    pub remarks: Vec<Safe>,
    /// Number of rows of the list that are counted.
    pub rows: usize,
    /// Number of rows of the list that are not counted yet.
    pub left: usize,
    /// For each property of the submissions, the number of rows with each value.
    pub groups: Vec<(TallyGroup, Tally)>,
}

/// The state of the statistics: the counts as lines, and the cursor on one of them.
#[derive(Default)]
pub struct StatisticsView {
    scroll: Scroll,
    counts: StatisticsCounts,
    lines: Vec<StatisticsLine>,
    /// The width in columns for which the lines were made.
    columns: usize,
}

/// One line of the statistics, and what the Enter key does on it.
#[derive(Default)]
struct StatisticsLine {
    line: Line,
    choice: Option<StatisticsChoice>,
}

/// What the Enter key does on the line of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum StatisticsChoice {
    /// Adds this condition to the filter. The program tests it itself on the loaded rows.
    Add(Box<str>),
    /// Puts this condition into the filter bar, where the user can confirm it. The service tests it.
    Edit(Box<str>),
}

impl StatisticsView {
    /// Replaces the counts and makes the lines from them. The cursor keeps its line number. `screen` is the size of the
    /// screen.
    pub fn set(&mut self, counts: StatisticsCounts, screen: Size) {
        self.counts = counts;
        self.columns = 0;
        self.fit(screen);
    }

    /// Adapts the statistics to the size of the screen: makes the lines again if their width changed, and keeps the
    /// cursor visible.
    pub fn fit(&mut self, screen: Size) {
        let inside = Panel::inner_area(area(screen));
        let columns = usize::from(inside.width);
        if self.columns != columns {
            self.columns = columns;
            self.lines = lines(&self.counts, columns);
        }
        self.scroll.to(self.scroll.at(), self.lines.len(), usize::from(inside.height));
    }

    /// Returns whether the Enter key has an effect on the line under the cursor: the line shows a value by which the
    /// list can be filtered.
    pub(super) fn can_open(&self) -> bool {
        self.lines.get(self.scroll.at()).is_some_and(|line| line.choice.is_some())
    }

    pub(super) fn update<T>(&mut self, action: Action, screen: Size) -> OverlayResult<T> {
        let (len, height) = (self.lines.len(), usize::from(Panel::inner_area(area(screen)).height));
        match action {
            Action::Back | Action::Interrupt => return OverlayResult::Closed,
            Action::Open => {
                return match self.lines.get(self.scroll.at()).and_then(|line| line.choice.clone()) {
                    Some(StatisticsChoice::Add(term)) => OverlayResult::AddTerm(term),
                    Some(StatisticsChoice::Edit(term)) => OverlayResult::EditTerm(term),
                    None => OverlayResult::Open,
                };
            }
            _ => action.scroll(&mut self.scroll, len, height),
        }
        OverlayResult::Open
    }

    /// Returns the cursor, and where the lines are drawn on a screen of the size `screen`.
    pub(super) fn lines_place(&mut self, screen: Size) -> LinesPlace<'_> {
        let area = area(screen);
        LinesPlace { scroll: &mut self.scroll, len: self.lines.len(), area, rows: Panel::inner_area(area) }
    }

    pub(super) fn view(&self, frame: &mut Frame<'_>, theme: &Theme) {
        let title = Line::new()
            .word(" Statistics ", Role::Title)
            .word("─ ", Role::Frame)
            .with(self.counts.scope.clone(), Role::Strong)
            .word(" ", Role::Plain);
        let lines = self.lines.iter().map(|line| &line.line);
        let foot = line_position_text(&self.scroll, self.lines.len());
        draw_lines(
            frame,
            area(frame.area().as_size()),
            Panel { title, bottom_line: foot, focused: true },
            self.scroll,
            0,
            lines,
            theme,
        );
        let rows = Panel::inner_area(area(frame.area().as_size()));
        draw_cursor_sign(frame, rows, &self.scroll, self.lines.len());
    }
}

fn area(screen: Size) -> Rect {
    centred(screen, 92, screen.height.saturating_sub(2))
}

fn lines(counts: &StatisticsCounts, columns: usize) -> Vec<StatisticsLine> {
    let mut lines = Vec::new();
    let say = |lines: &mut Vec<StatisticsLine>, text: &str, role| {
        let wrapped = indent(wrap(&Safe::sanitize(text), columns.saturating_sub(2), role), 1);
        lines.extend(wrapped.into_iter().map(StatisticsLine::from));
    };
    if counts.left > 0 {
        let (rows, left) = (grouped(counts.rows), grouped(counts.left));
        say(&mut lines, &format!("Counted so far: {rows} rows. Still to be counted: {left} …"), Role::Warn);
    } else {
        let rows = counted(counts.rows, "row");
        let words =
            format!("Counted: the {rows} that the list shows. Enter on a line with → adds its value to the filter.");
        say(&mut lines, &words, Role::Dim);
    }
    counts.remarks.iter().for_each(|remark| say(&mut lines, remark.as_str(), Role::Warn));
    for (group, tally) in &counts.groups {
        group_lines(&mut lines, *group, tally, counts.rows, columns);
    }
    lines
}

/// Adds the lines of the property `group` to `lines`: its heading, and for each value in `tally` a line with the number
/// of rows and a bar. `rows` is the number of all counted rows, and `columns` is the width of a line.
fn group_lines(lines: &mut Vec<StatisticsLine>, group: TallyGroup, tally: &Tally, rows: usize, columns: usize) {
    let (_, title) = group.names();
    let missing = usize::try_from(tally.not_fetched).unwrap_or(usize::MAX);
    let known = rows.saturating_sub(missing);
    let scope = match missing {
        0 => format!(" · {}", counted(known, "row")),
        _ if known == 0 => format!(" · known for none of {}", counted(rows, "row")),
        _ if known == 1 => format!(" · known for 1 of {}; % is of that one", counted(rows, "row")),
        _ => format!(" · known for {0} of {1}; % is of those {0}", grouped(known), counted(rows, "row")),
    };
    let heading = Line::new().word(title, Role::Title).with(Safe::sanitize(&scope), Role::Dim);
    lines.push(StatisticsLine::default());
    let heading = indent(wrap_flowing(heading, columns.saturating_sub(2)), 1);
    lines.extend(heading.into_iter().map(StatisticsLine::from));
    let mut values = tally.values();
    let mut shown = MAX_VALUES;
    if group == TallyGroup::Day {
        values.sort_by(|one, other| other.label.cmp(&one.label));
        shown = MAX_DAYS;
    }
    let others =
        [("– empty", tally.empty), ("? not readable", tally.unreadable), ("• hidden by the mask", tally.hidden)];
    let further = tally.further + values.iter().skip(shown).map(|value| value.count).sum::<u64>();
    let width = (columns * 2 / 5).clamp(LABEL_WIDTH.0, LABEL_WIDTH.1);
    let room = columns.saturating_sub(SIGN_WIDTH + width + COUNT_WIDTH + SHARE_WIDTH + 3).min(MAX_BAR);
    let numbered = |sign: &'static str, label: Safe, role, count: u64| {
        let number = usize::try_from(count).map_or_else(|_| count.to_string(), grouped);
        Line::new()
            .word(sign, Role::Info)
            .column(&label, role, width)
            .with(Safe::sanitize(&format!("{number:>COUNT_WIDTH$} ")), Role::Strong)
    };
    let line = |sign: &'static str, label: Safe, role, count: u64| {
        #[expect(clippy::cast_precision_loss, reason = "only the length of a bar")]
        let share = if known == 0 { 0.0 } else { (count as f64 / known as f64).min(1.0) };
        let percent = percent_words(count, u64::try_from(known).unwrap_or(u64::MAX));
        numbered(sign, label, role, count)
            .with(Safe::sanitize(&format!("{percent:>SHARE_WIDTH$} ")), Role::Plain)
            .with(bar(share, u8::try_from(room).unwrap_or(u8::MAX)), Role::Info)
    };
    for value in values.iter().take(shown) {
        let choice = value.sent.as_deref().and_then(|sent| choice(group, sent));
        let sign = if choice.is_some() { " → " } else { "   " };
        let line = line(sign, Safe::sanitize(&value.label), Role::Plain, value.count);
        lines.push(StatisticsLine { line, choice });
    }
    for (label, count) in others.into_iter().filter(|(_, count)| *count > 0) {
        lines.push(line("   ", Safe::from_static(label), Role::Dim, count).into());
    }
    if further > 0 {
        let label = Safe::from_static("… other values");
        // A row with several other values is in this sum several times, so that the sum is no number of rows.
        let line = if group.has_several() {
            numbered("   ", label, Role::Dim, further)
        } else {
            line("   ", label, Role::Dim, further)
        };
        lines.push(line.into());
    }
}

/// Returns the share of `count` rows in `all` rows in percent, such as `50 %`. A share that would be rounded to nothing
/// or to everything is `<1 %` or `>99 %`.
fn percent_words(count: u64, all: u64) -> String {
    let rounded = count.saturating_mul(200).saturating_add(all).checked_div(all.saturating_mul(2)).unwrap_or_default();
    match rounded {
        0 if count > 0 => "<1 %".to_owned(),
        100.. if count < all => ">99 %".to_owned(),
        _ => format!("{rounded} %"),
    }
}

/// Returns what the Enter key does on the line of the value `sent` of the property `group`. It adds or edits a
/// condition of the filter, such as `status:approved`. `None` if no condition of the filter language finds the rows
/// with this value.
fn choice(group: TallyGroup, sent: &str) -> Option<StatisticsChoice> {
    if group == TallyGroup::RetryKind && RetryKind::named(sent).is_none() {
        return None;
    }
    let key = group.key()?;
    if group == TallyGroup::RetryKind {
        return Some(StatisticsChoice::Add(format!("{key}:{sent}").into()));
    }
    let term: Box<str> = term_for(key, sent)?.into();
    Some(if group == TallyGroup::Day { StatisticsChoice::Edit(term) } else { StatisticsChoice::Add(term) })
}

impl From<Line> for StatisticsLine {
    fn from(line: Line) -> Self {
        Self { line, choice: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::read;
    use crate::text::Mask;

    fn view(jsons: &[&str], screen: Size) -> StatisticsView {
        let rows: Vec<_> = jsons.iter().map(|json| read::row(json.as_bytes(), false)).collect();
        let groups = SCREEN_GROUPS.map(|group| {
            let mut tally = Tally::default();
            rows.iter().for_each(|row| tally.count_row(group, row, Mask::Ids));
            (group, tally)
        });
        let scope = Safe::from_static("3 loaded · complete");
        let mut view = StatisticsView::default();
        let groups = groups.to_vec();
        view.set(StatisticsCounts { scope, remarks: Vec::new(), rows: rows.len(), left: 0, groups }, screen);
        view
    }

    const ROWS: [&str; 3] = [
        r#"{"submission_id":"a","created_at":"2026-11-20T09:00:00Z","kyc":{"result":"pending"}}"#,
        r#"{"submission_id":"b","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"pending"}}"#,
        r#"{"submission_id":"c","created_at":"2026-11-21T09:00:00Z","kyc":{"result":"rejected","commentCode":"E4"}}"#,
    ];

    fn text(view: &StatisticsView) -> Vec<String> {
        view.lines.iter().map(|line| line.line.text().trim_end().to_owned()).collect()
    }

    #[test]
    fn headings_say_how_many_rows_count_and_what_was_not_fetched_is_never_zero() {
        let view = view(&ROWS, Size { width: 90, height: 40 });
        let text = text(&view);
        for wanted in [
            " Status · 3 rows",
            " Reject code (one or more per row) · known for 1 of 3 rows; % is of that one",
            " ID type · known for none of 3 rows",
        ] {
            assert!(text.iter().any(|line| line == wanted), "{wanted}: {text:#?}");
        }
        let share = |word: &str| text.iter().find(|line| line.contains(word)).expect("a line of the status").clone();
        assert!(share("pending").contains(" 2   67 % ") && share("rejected").contains(" 1   33 % "), "{text:#?}");
        let bars: Vec<usize> = ["pending", "rejected"]
            .map(|word| text.iter().find(|line| line.contains(word)).map_or(0, |line| line.matches('█').count()))
            .to_vec();
        assert!(bars[0] > bars[1] && bars[1] > 0, "{text:#?}");
    }

    #[test]
    fn enter_gives_the_term_of_a_line_and_a_line_without_a_term_has_no_arrow() {
        let screen = Size { width: 100, height: 60 };
        let mut view = view(&ROWS, screen);
        let mut terms = Vec::new();
        for at in 0..view.lines.len() {
            view.scroll.to(at, view.lines.len(), 50);
            let result: OverlayResult<()> = view.update(Action::Open, screen);
            let has_arrow = view.lines[at].line.text().starts_with(" → ");
            assert_eq!(has_arrow, view.can_open(), "the footer names the key only where it does something");
            assert_eq!(has_arrow, result != OverlayResult::Open, "{}", view.lines[at].line.text());
            match result {
                OverlayResult::AddTerm(term) | OverlayResult::EditTerm(term) => terms.push(term.to_string()),
                _ => {}
            }
        }
        assert_eq!(terms, ["status:pending", "status:rejected", "on:2026-11-21", "on:2026-11-20", "code:E4"]);
    }

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_to_everything() {
        for (count, all, words) in
            [(0, 0, "0 %"), (0, 9, "0 %"), (1, 1000, "<1 %"), (1, 2, "50 %"), (999, 1000, ">99 %"), (7, 7, "100 %")]
        {
            assert_eq!(percent_words(count, all), words, "{count} of {all}");
        }
    }

    #[test]
    fn the_sum_of_other_values_has_a_share_only_where_each_row_has_one_value() {
        let row = |at: usize| {
            let codes = (0..9).map(|code| format!("C{at}{code}")).collect::<Vec<_>>().join(",");
            format!(
                r#"{{"submission_id":"s{at}","data":{{"nationality":"N{at}"}},"kyc":{{"result":"rejected","commentCode":"{codes}"}}}}"#
            )
        };
        let rows: Vec<String> = (10..40).map(row).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let text = text(&view(&rows, Size { width: 92, height: 40 }));
        let others = |heading: &str| {
            let group = text.iter().skip_while(|line| !line.starts_with(heading)).skip(1);
            group.take_while(|line| !line.is_empty()).find(|line| line.contains("other values")).expect("a line")
        };
        assert!(others(" Nationality").contains("10   33 % "), "{text:#?}");
        let codes = others(" Reject code");
        assert!(codes.ends_with("250") && !codes.contains(['%', '█']), "30 rows have 250 other codes: {codes}");
    }

    #[test]
    fn every_width_keeps_the_numbers() {
        for width in [0, 1, 20, 40, 60, 92, 200] {
            let view = view(&ROWS, Size { width, height: 12 });
            let columns = usize::from(width.min(92)).saturating_sub(2);
            if width >= 40 {
                assert!(view.lines.iter().all(|line| line.line.width() <= columns), "{width}: {:#?}", text(&view));
                assert!(text(&view).iter().any(|line| line.contains("pending") && line.contains(" 2 ")), "{width}");
            }
        }
    }
}
