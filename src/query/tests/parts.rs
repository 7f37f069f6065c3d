//! What a row lacks, which part holds it, and what fetching it costs.

use proptest::prelude::*;
use proptest::sample::select;
use strum::VariantArray as _;

use super::*;
use crate::query::{MissingParts, PartSet, RequestType, lacking};

fn set(words: &str) -> PartSet {
    words.split(',').filter_map(RequestType::named).collect()
}

fn needs(text: &str, row: &Row) -> Option<PartSet> {
    assert_eq!(reasons(text), [""; 0], "{text}");
    parse(text).lacking(row, Mask::Ids)
}

/// A row as lists have it, with this name.
fn listed(name: &str) -> Row {
    let known = [(Column::Id, "a"), (Column::Created, "2026-11-20T12:00:00Z"), (Column::Status, "pending")];
    row(&[&known[..], &[(Column::Name, name), (Column::Nationality, "KOR"), (Column::Email, "a@example.com")]].concat())
}

#[test]
fn the_first_key_of_a_path_names_the_part() {
    for (path, part) in [
        ("kyc.attempts[0].retryCode", RequestType::Kyc),
        ("aml.currentstatus", RequestType::Aml),
        ("aml[0]", RequestType::Aml),
        ("data.ip_address", RequestType::Data),
        ("database", RequestType::Others),
        ("tokenId", RequestType::Others),
        ("signals.cameraProcessInfo", RequestType::Others),
    ] {
        assert_eq!(RequestType::holding(path), part, "{path}");
    }
    for column in Column::sent() {
        assert_eq!(PartSet::of_paths(column.paths().iter().copied()).len(), 1, "{column:?} lies in one part");
    }
}

#[test]
fn a_column_lacks_its_part_only_where_it_was_not_fetched() {
    let empty = row(&[(Column::Aml, ""), (Column::AmlLevel, "")]);
    for (column, part) in
        [(Column::Aml, "aml"), (Column::Attempts, "kyc"), (Column::Ip, "data"), (Column::Token, "others")]
    {
        assert_eq!(lacking(&listed("Kim"), column), set(part), "{column:?}");
    }
    assert_eq!(lacking(&empty, Column::Aml), PartSet::EMPTY, "empty is known");
    assert_eq!(lacking(&listed("Kim"), Column::Waiting), PartSet::EMPTY, "unclear is no missing field");
    assert_eq!(lacking(&row(&[]), Column::Waiting), set("kyc,others"));
    assert_eq!(lacking(&row(&[(Column::Status, "pending")]), Column::Waiting), set("others"));
}

#[test]
fn terms_need_the_parts_that_leave_them_undecided() {
    let row = listed("Kim");
    for (text, parts) in [
        ("", Some("")),
        ("status:pending", Some("")),
        ("from:-7d status:pending aml:red-flag", Some("aml")),
        ("!aml:red-flag attempts>=2", Some("aml,kyc")),
        ("has:ip,token", Some("data,others")),
        ("status:approved aml:red-flag", None),
        ("aml:red-flag status:approved", None),
        ("aml:red-flag nat:KOR", Some("aml")),
        // A search text may be in any column that is not fetched yet, and is found in one that is.
        ("kim", Some("")),
        ("!kim", None),
        ("smith", Some("kyc,aml,data,others")),
        ("!smith", Some("kyc,aml,data,others")),
        ("smith status:approved", None),
        ("kim aml:red-flag", Some("aml")),
    ] {
        assert_eq!(needs(text, &row), parts.map(set), "{text}");
    }
    let whole = row.of_full_record();
    assert_eq!(needs("aml:red-flag", &whole), None, "a full record is decided");
    assert_eq!(needs("smith", &whole), None);
    assert_eq!(needs("!smith", &whole), Some(PartSet::EMPTY));
    assert_eq!(parse("smith aml:high attempts>1").tested_parts(), set("aml,kyc"), "text may be anywhere");
}

#[test]
fn columns_that_the_mask_hides_are_not_fetched_for_a_search() {
    let open = Column::sent().filter(|column| !column.class().hidden_at(Mask::All));
    let known: Vec<_> = open.map(|column| (column, "x")).collect();
    assert_eq!(parse("smith").lacking(&row(&known), Mask::All), None);
    assert!(parse("smith").lacking(&row(&known), Mask::None).is_some());
}

/// These many rows on some pages, which all lack `parts`.
fn missing(parts: &str, rows: usize, pages: usize) -> MissingParts {
    let mut missing = MissingParts::default();
    (0..rows).for_each(|at| missing.add(set(parts), PartSet::EMPTY, at * pages / rows + 1));
    missing
}

#[test]
fn the_cheaper_means_is_named_with_its_requests() {
    for (parts, rows, pages, option, requests) in [
        ("aml", 724, 15, "--with aml (15 requests)", 15),
        ("data,kyc,aml,others", 724, 15, "--with kyc,aml,data,others (60 requests)", 60),
        ("aml", 50, 1, "--with aml (1 request)", 1),
        ("kyc,aml", 3, 3, "--detail (3 requests)", 3),
        ("aml", 1, 1, "--with aml (1 request)", 1),
    ] {
        let missing = missing(parts, rows, pages);
        assert_eq!((missing.option(true).unwrap().as_str(), missing.plan().unwrap().requests()), (option, requests));
        assert_eq!(
            missing.option(false),
            Some(format!("--detail ({rows} request{})", if rows == 1 { "" } else { "s" }))
        );
    }
    assert_eq!(missing("aml", 724, 15).plan().unwrap().offer(Some("D")), "D fetches missing values (15 requests)");
    assert_eq!(missing("aml", 50, 1).plan().unwrap().offer(Some("D")), "D fetches missing values (1 request)");
    assert_eq!(missing("aml", 50, 1).plan().unwrap().offer(None), "missing values can be fetched (1 request)");
    assert_eq!((MissingParts::default().plan(), MissingParts::default().option(true)), (None, None));
}

#[test]
fn rows_that_lack_nothing_count_for_detail_alone() {
    let mut missing = MissingParts::default();
    missing.add(set("aml"), PartSet::EMPTY, 2);
    (0..9).for_each(|_| missing.add(set("aml"), PartSet::EMPTY, 1));
    (0..90).for_each(|_| missing.add(PartSet::EMPTY, PartSet::EMPTY, 15));
    let plan = missing.plan().unwrap();
    assert_eq!((missing.rows(), plan.pages, plan.requests()), (10, 2, 2), "up to the last page with such a row");
    assert_eq!(missing.option(true).unwrap(), "--with aml (15 requests)", "a call joins every row that it prints");
    assert_eq!(missing.option(false).unwrap(), "--detail (100 requests)");
}

#[test]
fn what_a_requested_part_did_not_bring_is_only_in_full_records() {
    let mut missing = MissingParts::default();
    (0..37).for_each(|_| missing.add(PartSet::EMPTY, set("aml"), 15));
    (0..163).for_each(|_| missing.add(set("aml"), set("aml"), 15));
    assert_eq!(missing.option(true).unwrap(), "--with aml --detail (215 requests)");
    assert_eq!(missing.plan().unwrap().requests(), 163);
    // Another part is still to be tried; the parts that were requested stay in the option.
    let mut missing = MissingParts::default();
    (0..163).for_each(|_| missing.add(set("kyc"), set("aml"), 15));
    assert_eq!(missing.option(true).unwrap(), "--with kyc,aml (30 requests)");
    // The part is the next step, even if some rows will need a full record after it.
    (0..5).for_each(|_| missing.add(set("aml"), set("aml"), 15));
    let plan = missing.plan().unwrap();
    assert_eq!((plan.parts, plan.records, plan.requests()), (set("kyc"), 0, 15));
    assert_eq!(missing.option(true).unwrap(), "--with kyc,aml (30 requests)");
}

fn parts() -> impl Strategy<Value = PartSet> {
    prop::collection::vec(select(RequestType::VARIANTS), 0..4).prop_map(|parts| parts.into_iter().collect())
}

proptest! {
    #[test]
    fn a_plan_is_never_dearer_than_the_full_records(rows in prop::collection::vec((parts(), parts(), 1..20_usize), 0..60)) {
        let mut missing = MissingParts::default();
        for (lacking, joined, page) in &rows {
            missing.add(*lacking, *joined, *page);
        }
        let lacking: Vec<_> = rows.iter().filter(|(lacking, ..)| !lacking.is_empty()).collect();
        prop_assert_eq!(missing.rows(), lacking.len());
        prop_assert_eq!(missing.plan().is_some(), !lacking.is_empty());
        prop_assert_eq!(missing.option(true).is_some(), !lacking.is_empty());
        if let Some(plan) = missing.plan() {
            prop_assert!(plan.requests() <= lacking.len() && plan.requests() > 0);
            prop_assert!(plan.parts.is_empty() != (plan.records == 0));
            let open = lacking.iter().map(|(lacking, joined, _)| lacking.without(*joined)).fold(PartSet::EMPTY, PartSet::with);
            prop_assert!(plan.parts.is_empty() || plan.parts == open);
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in(one in parts(), other in parts()) {
        prop_assert_eq!(one.iter().collect::<PartSet>(), one);
        prop_assert_eq!(one.iter().count(), one.len());
        prop_assert_eq!(set(&one.words()), one);
        prop_assert!(RequestType::VARIANTS.iter().all(|part| one.with(other).contains(*part) == (one.contains(*part) || other.contains(*part))));
        prop_assert_eq!(one.without(other).with(one.common(other)), one);
    }
}
