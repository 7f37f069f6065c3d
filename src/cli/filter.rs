//! Parses the filter of a call without a screen, and prints the filter's problems and corrections.

use std::process::ExitCode;

use jiff::civil::Date;

use super::{ResolvedSource, WRONG_USE, out};
use crate::query::{Problem, Query};

/// Parses a filter for the submissions of `source`, and prints words that were read in another way than typed.
///
/// # Errors
/// The exit code for wrong use. One sentence for each problem is printed before.
pub(super) fn read(text: &str, source: &ResolvedSource) -> Result<Query, ExitCode> {
    read_on(text, source.today, source.is_offline())
}

/// Parses a filter as [`read`] does. Relative dates, such as 7 days ago, are counted from `today`. `is_offline` says
/// whether the filter is for the rows of a file.
///
/// # Errors
/// The exit code for wrong use. One sentence for each problem is printed before.
pub(super) fn read_on(text: &str, today: Date, is_offline: bool) -> Result<Query, ExitCode> {
    let query = if is_offline { Query::parse_offline(text, today) } else { Query::parse(text, today) };
    if !query.problems().is_empty() {
        query.problems().iter().for_each(|problem| out::eprint(&sentence(problem, text)));
        return Err(ExitCode::from(WRONG_USE));
    }
    corrections(&query).iter().chain(&id_hints(&query)).for_each(|line| out::eprint(line));
    Ok(query)
}

/// Returns a sentence that describes a problem of the filter `text`, and the position of the problem, counted in
/// characters from 1.
fn sentence(problem: &Problem, text: &str) -> String {
    let place = text.get(..problem.span.start).map_or(0, |before| before.chars().count()) + 1;
    let word = text.get(problem.span.clone()).unwrap_or_default();
    format!("argos-review: the filter at character {place}, `{word}`: {}", problem.reason)
}

/// Returns one sentence for each search text of a filter that looks like a submission id.
fn id_hints(query: &Query) -> Vec<String> {
    let hint = |text| format!("argos-review: `{text}` is searched as text; id:{text} looks up a submission id");
    query.id_texts().map(hint).collect()
}

/// Returns one sentence for each word of a filter that was read in another way than typed, and for each word that
/// contains invisible characters.
fn corrections(query: &Query) -> Vec<String> {
    let read = query.corrections().map(|word| match word.meant {
        "" => format!("argos-review: in the filter, `{}` is ignored: it is invisible", word.typed),
        meant => format!("argos-review: in the filter, `{}` is read as {meant}", word.typed),
    });
    let kept = query.terms_with_invisible().map(|word| {
        format!("argos-review: in the filter, {word} has invisible characters; it is quoted, so it is used as typed")
    });
    read.chain(kept).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn a_problem_is_told_with_its_place_counted_in_characters() {
        let text = "김 from:2026-99-01";
        let query = Query::parse(text, TODAY);
        let told: Vec<String> = query.problems().iter().map(|problem| sentence(problem, text)).collect();
        let [told] = &told[..] else { panic!("{told:?}") };
        assert!(told.contains("the filter at character 3, `from:2026-99-01`: "), "{told}");
        assert!(told.contains("month 99 does not exist"), "{told}");
    }

    #[test]
    fn a_text_that_looks_like_an_id_is_told_the_key_of_ids() {
        let told = |text: &str| id_hints(&Query::parse(text, TODAY));
        let [line] = &told("kim 6xx28lo115832")[..] else { panic!() };
        assert!(line.contains("id:6xx28lo115832"), "{line}");
        for other in
            ["kim", "!6xx28lo115832", "\"6xx28lo115832\"", "id:6xx28lo115832", "id:a 6xx28lo115832", "2026-11-21"]
        {
            assert_eq!(told(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn what_is_read_otherwise_than_typed_is_told_word_by_word() {
        let told = corrections(&Query::parse("status：pending \u{feff} \"a\u{ad}\" from:-7d", TODAY));
        assert_eq!(
            told,
            [
                "argos-review: in the filter, `status：pending` is read as status:pending",
                "argos-review: in the filter, `\u{feff}` is ignored: it is invisible",
                "argos-review: in the filter, \"a\u{ad}\" has invisible characters; it is quoted, so it is used as typed",
            ]
        );
        assert!(corrections(&Query::parse("kim Ｔａｎａｋａ 김민준 \"a b\"", TODAY)).is_empty());
    }
}
