//! Formats the counts of `stats` as a table for people, or as JSON for programs.

use serde_json::{Map, Value, json};

use super::tally::StatsCounts;
use crate::query::RequestType;
use crate::store::End;
use crate::submission::retry_kind::RetryKind;
use crate::submission::tally::{NO_KIND, Tally, TallyGroup};
use crate::text::Safe;

/// Text that the table shows in place of counts if only list data was fetched and it lacks the field.
const NOT_IN_LIST: &str = "not in list data";
/// Text that the table shows in place of counts if no record of the opened file has the field.
const NOT_IN_FILE: &str = "not in the file";
/// Text that the table shows in place of counts if no answer has the field. It is used if full records or parts (groups
/// of fields such as `aml`) were fetched.
const NOT_IN_ANY_ANSWER: &str = "in no answer";

/// Largest number of values of a group (a property such as the nationality) that the table lists. JSON lists all
/// values.
const MAX_TABLE_VALUES: usize = 20;
/// Largest number of days that the table lists in the counts per day: a month.
const MAX_TABLE_DAYS: usize = 31;
/// Width, in terminal columns, of the value in a table row. [`COUNT_WIDTH`] and [`BAR_WIDTH`] are the widths of its
/// count and its bar.
const LABEL_WIDTH: usize = 36;
const COUNT_WIDTH: usize = 8;
const BAR_WIDTH: u64 = 20;
/// Width of the table in terminal columns.
const TABLE_WIDTH: usize = 80;

/// Returns the counts as a table below the sentence `scope`, which says how much was loaded. The table is at most 80
/// columns wide on a terminal and in a pipe. All text of the table is sanitised. `allows_parts` says whether the filter
/// allows the option `--with`, which the table then names for missing fields.
pub(super) fn table(counts: &StatsCounts, scope: &Safe, allows_parts: bool) -> String {
    let of = match (counts.detail, counts.with.is_empty()) {
        _ if counts.is_offline => "records of the file".to_owned(),
        (true, _) => "full records".to_owned(),
        (false, true) => "list data".to_owned(),
        (false, false) => format!("list data with {}", counts.with.words()),
    };
    let mut text = format!("{}\ncounted: {of}\n", scope.as_str());
    let mut say = |count: usize, words: &str| {
        if count > 0 {
            text.push_str(&format!("{count} {words}\n"));
        }
    };
    say(counts.undecided, "undecided: the answer lacks the fields of the filter; not counted");
    say(counts.unreadable, "unreadable: not a submission, or without an id");
    let record = if counts.failed == 1 { "full record" } else { "full records" };
    say(counts.failed, &format!("{record} could not be loaded: counted from list data"));
    say(counts.unread, "too large to read in full: codes, captures and steps are counted as far as they were read");
    if let Some(option) = counts.fetch_option(&[], allows_parts) {
        text.push_str(&format!("to fetch what the undecided lack: {option}\n"));
    }
    let total = counts.shown as u64;
    for (group, tally) in counts.groups().filter(|(group, _)| *group != TallyGroup::RetryKind) {
        let (_, title) = group.names();
        text.push('\n');
        if tally.is_absent() {
            text.push_str(&absent_line(title, "", counts, group.paths(), allows_parts));
            continue;
        }
        text.push_str(&format!("{title}\n"));
        match group {
            TallyGroup::RetryCode => retry_codes(counts, tally, total, &mut text),
            _ => values(group, tally, total, &mut text),
        }
    }
    steps(counts, &mut text, allows_parts);
    text
}

fn absent(counts: &StatsCounts) -> &'static str {
    if counts.is_offline {
        return NOT_IN_FILE;
    }
    if counts.detail || !counts.with.is_empty() { NOT_IN_ANY_ANSWER } else { NOT_IN_LIST }
}

/// Returns a line of the table for fields that no answer has. `label` is the text in the first column. The second
/// column begins with the blanks `indent`. It says that the fields at the JSON paths `paths` are absent, and which
/// option fetches them. The option is on a line of its own if one line is too narrow. `allows_parts` says whether the
/// filter allows the option `--with`.
fn absent_line(label: &str, indent: &str, counts: &StatsCounts, paths: &[&str], allows_parts: bool) -> String {
    let option = counts.fetch_option(paths, allows_parts);
    let note = match &option {
        Some(option) => format!("{indent}{}; {option}", absent(counts)),
        None => format!("{indent}{}", absent(counts)),
    };
    if LABEL_WIDTH + 2 + note.len() <= TABLE_WIDTH {
        return line(label, LABEL_WIDTH + 2, &note);
    }
    let first = line(label, LABEL_WIDTH + 2, &format!("{indent}{}", absent(counts)));
    let option = option.unwrap_or_default();
    let start = (LABEL_WIDTH + 2 + indent.len()).min(TABLE_WIDTH.saturating_sub(option.len()));
    format!("{first}{}", line("", start, &option))
}

fn values(group: TallyGroup, tally: &Tally, total: u64, text: &mut String) {
    let mut sorted = tally.sorted();
    let mut listed = MAX_TABLE_VALUES;
    if group == TallyGroup::Day {
        sorted.sort_by(|(one, _), (other, _)| other.cmp(one));
        listed = MAX_TABLE_DAYS;
    }
    let most = sorted.iter().map(|(_, count)| *count).max().unwrap_or_default();
    for (value, count) in sorted.iter().take(listed) {
        text.push_str(&row(value, *count, total, Some(most)));
    }
    remaining_row(sorted.iter().skip(listed).map(|(_, count)| *count), text);
    special_rows(tally, total, text);
}

/// Adds the rows of the retry codes to `text`, grouped by the kind of the codes. Each kind has a row with the number of
/// its submissions, and a row for each of its codes below. `tally` holds the counts of the codes, `counts` those of the
/// kinds. `total` is the number of all counted submissions.
fn retry_codes(counts: &StatsCounts, tally: &Tally, total: u64, text: &mut String) {
    let sorted = tally.sorted();
    let kind_of = |code: &str| RetryKind::of(code).map_or(NO_KIND, RetryKind::label);
    let kinds = counts.groups().filter(|(group, _)| *group == TallyGroup::RetryKind);
    let kinds: Vec<(String, u64)> = kinds.flat_map(|(_, kinds)| kinds.sorted()).collect();
    let most = kinds.iter().map(|(_, count)| *count).max();
    for (kind, count) in &kinds {
        text.push_str(&row(kind, *count, total, most));
        let codes: Vec<&(String, u64)> = sorted.iter().filter(|(code, _)| kind_of(code) == kind).collect();
        for (code, count) in codes.iter().take(MAX_TABLE_VALUES) {
            text.push_str(&row(&format!("  {code}"), *count, total, most));
        }
        remaining_row(codes.iter().skip(MAX_TABLE_VALUES).map(|(_, count)| *count), text);
    }
    special_rows(tally, total, text);
}

/// Adds to `text` a row that says how many values are not listed, with the sum of their counts. `rest` holds the counts
/// of these values. Adds nothing if `rest` is empty.
fn remaining_row(rest: impl Iterator<Item = u64>, text: &mut String) {
    let (count, sum) = rest.fold((0, 0), |(count, sum), each| (count + 1, sum + each));
    if count > 0 {
        text.push_str(&format!("  … and {count} more values, {sum} in total (--output json has them)\n"));
    }
}

/// Adds to `text` the rows for submissions whose value cannot be listed, such as `– empty` or `· not fetched`. Each row
/// has a count of `tally`, and this count in percent of `total`, the number of all counted submissions. If `total` is
/// 0, adds a row with a dash.
fn special_rows(tally: &Tally, total: u64, text: &mut String) {
    let others = [
        ("… not told apart", tally.further),
        ("– empty", tally.empty),
        ("· not fetched", tally.not_fetched),
        ("? not readable", tally.unreadable),
        ("• hidden by the mask", tally.hidden),
    ];
    for (label, count) in others.into_iter().filter(|(_, count)| *count > 0) {
        text.push_str(&row(label, count, total, None));
    }
    if total == 0 {
        text.push_str("  –\n");
    }
}

/// Returns a row of the table: the value `value`, its count, the count in percent of `total`, and a bar.
/// `largest_count` is the largest count in the same group of rows, for which the bar has full length; `None` draws no
/// bar. A value that is too long for its column is written in full on a line above.
fn row(value: &str, count: u64, total: u64, largest_count: Option<u64>) -> String {
    let label = Safe::sanitize_full(value);
    let mut numbers = format!("{count:>COUNT_WIDTH$}  {:>7}", percent_text(count, total));
    if let Some(largest_count) = largest_count {
        let length = usize::try_from((count * BAR_WIDTH).div_ceil(largest_count.max(1))).unwrap_or_default();
        numbers.push_str(&format!("  {}", "#".repeat(length)));
    }
    if label.width() > LABEL_WIDTH {
        return format!("  {}\n  {}{numbers}\n", label.as_str(), " ".repeat(LABEL_WIDTH));
    }
    line(&format!("  {}", label.as_str()), LABEL_WIDTH + 2, &numbers)
}

fn line(label: &str, columns: usize, rest: &str) -> String {
    format!("{}{rest}\n", Safe::sanitize_full(label).pad(columns).as_str())
}

/// Returns the share of `count` in `total` in tenths of a percent, rounded; 0 if `total` is 0.
fn tenths_of_percent(count: u64, total: u64) -> u64 {
    (count * 1_000 + total / 2).checked_div(total).unwrap_or_default()
}

/// Returns the share of `count` in `total` as text in percent, with one decimal. A small share that is not zero is
/// `<0.1 %`, never `0.0 %`. A share just below the whole is `>99.9 %`, never `100.0 %`.
fn percent_text(count: u64, total: u64) -> String {
    match tenths_of_percent(count, total) {
        0 if count > 0 => "<0.1 %".to_owned(),
        1_000 if count < total => ">99.9 %".to_owned(),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}

fn steps(counts: &StatsCounts, text: &mut String, allows_parts: bool) {
    text.push('\n');
    text.push_str(&line(
        "Seconds per step",
        LABEL_WIDTH + 2,
        &format!("{:>COUNT_WIDTH$} {:>8} {:>17}", "count", "median", "90th percentile"),
    ));
    for (kind, step) in counts.steps() {
        let (_, name) = kind.names();
        let label = format!("  {name}");
        if step.is_absent() {
            text.push_str(&absent_line(&label, "  ", counts, kind.paths(), allows_parts));
            continue;
        }
        let number = |seconds: Option<u64>| seconds.map_or_else(|| "–".to_owned(), |seconds| seconds.to_string());
        let (median, ninetieth) = (number(step.percentile(50)), number(step.percentile(90)));
        text.push_str(&line(
            &label,
            LABEL_WIDTH + 2,
            &format!("{:>COUNT_WIDTH$} {median:>8} {ninetieth:>17}", step.count()),
        ));
        let others = [
            ("ends before it begins", step.backwards),
            ("– empty", step.empty),
            ("· not fetched", step.not_fetched),
            ("? not readable", step.unreadable),
        ];
        for (label, count) in others.into_iter().filter(|(_, count)| *count > 0) {
            text.push_str(&line(&format!("    {label}"), LABEL_WIDTH + 2, &format!("{count:>COUNT_WIDTH$}")));
        }
    }
}

/// Returns the counts as JSON. `scope` is a sentence that says how much was loaded, and `end` the reason for the end of
/// the fetching. Every key is always present. For a field that no answer contains, the count is `null`, never 0. Next
/// to it, `note` says why, and `fetch` names the option that fetches the field. `allows_parts` says whether the filter
/// allows the option `--with`. `local` says whether the filter has local terms (conditions that this program tests). If
/// so, the JSON also has the number of shown submissions.
pub(super) fn json(counts: &StatsCounts, end: &End, scope: &Safe, local: bool, allows_parts: bool) -> String {
    let total = counts.shown as u64;
    let note = |is_absent: bool| is_absent.then(|| absent(counts));
    let fetch = |is_absent: bool, paths| is_absent.then(|| counts.fetch_option(paths, allows_parts)).flatten();
    let groups = counts.groups().map(|(group, tally)| {
        let counted = |(value, count): (String, u64)| {
            let mut counted =
                json!({ "value": value, "count": count, "share": tenths_of_percent(count, total) as f64 / 10.0 });
            if let (TallyGroup::RetryCode, Value::Object(members)) = (group, &mut counted) {
                members.insert("kind".to_owned(), json!(RetryKind::of(&value).map(RetryKind::label)));
            }
            counted
        };
        let is_absent = tally.is_absent();
        let known = |number: u64| (!is_absent).then_some(number);
        let values = (!is_absent).then(|| tally.sorted().into_iter().map(counted).collect::<Vec<Value>>());
        let value = json!({
            "note": note(is_absent),
            "fetch": fetch(is_absent, group.paths()),
            "values": values,
            "further": known(tally.further),
            "empty": known(tally.empty),
            "not_fetched": tally.not_fetched,
            "unreadable": known(tally.unreadable),
            "hidden": known(tally.hidden),
        });
        (group.names().0.to_owned(), value)
    });
    let steps = counts.steps().map(|(kind, step)| {
        let is_absent = step.is_absent();
        let known = |number: u64| (!is_absent).then_some(number);
        let (key, name) = kind.names();
        let value = json!({
            "note": note(is_absent),
            "fetch": fetch(is_absent, kind.paths()),
            "name": name,
            "count": known(step.count()),
            "median_seconds": step.percentile(50),
            "p90_seconds": step.percentile(90),
            "backwards": known(step.backwards),
            "empty": known(step.empty),
            "not_fetched": step.not_fetched,
            "unreadable": known(step.unreadable),
        });
        (key.to_owned(), value)
    });
    let stopped = if let End::Stopped(why) = end { Some(why.reason()) } else { None };
    let report = json!({
        "scope": scope.as_str(),
        "complete": *end == End::Complete,
        "stopped": stopped.as_ref().map(Safe::as_str),
        "loaded": counts.loaded,
        "shown": local.then_some(counts.shown),
        "counted": counts.shown,
        "undecided": counts.undecided,
        "fetch": counts.fetch_option(&[], allows_parts),
        "unreadable": counts.unreadable,
        "detail": counts.detail,
        "with": counts.with.iter().map(RequestType::word).collect::<Vec<_>>(),
        "detail_failed": counts.detail.then_some(counts.failed),
        "not_read_whole": counts.unread,
        "groups": groups.collect::<Map<String, Value>>(),
        "steps": steps.collect::<Map<String, Value>>(),
    });
    format!("{report:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nothing_is_no_share_and_only_all_is_the_whole() {
        let shares =
            [(0, 9), (1, 5_000), (1, 3), (4_999, 5_000), (5, 5)].map(|(count, total)| percent_text(count, total));
        assert_eq!(shares, ["0.0 %", "<0.1 %", "33.3 %", ">99.9 %", "100.0 %"]);
    }

    #[test]
    fn columns_stand_below_each_other_whatever_the_width_of_a_value() {
        let at = |value: &str| {
            let line = row(value, 3, 4, Some(3));
            let last = line.lines().last().unwrap();
            Safe::sanitize_full(last.split_once("75.0 %").unwrap().0).width()
        };
        assert_eq!(at("pending"), at("검토 중"));
        assert_eq!(at("pending"), at(&"x".repeat(99)));
        assert!(row(&"x".repeat(99), 3, 4, Some(3)).contains(&"x".repeat(99)), "nothing of a value is cut");
    }
}
