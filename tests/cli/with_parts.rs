//! `--with`: parts of the submissions, fetched by the same query and joined to its rows by id.

use std::sync::Arc;

use argos_testkit::server::{TestServer, answer, json, parameter, query};
use serde_json::{Value, json as value};

use crate::recorded::Recorded;
use crate::{demo, run};

/// What a list answers to the request for a page, counted from 0, of a part; `None` is the list itself.
type Answer = Arc<dyn Fn(Option<&str>, usize) -> Vec<u8> + Send + Sync>;

/// The page of these items; `next` is the number of the page that follows.
fn page(items: &[Value], next: Option<usize>) -> Vec<u8> {
    let mut body = value!({ "Items": items });
    if let Some(next) = next {
        body["nextpageKey"] = value!({ "id": format!("p{next}"), "created_at": "2026-11-20T09:00:00.000Z" });
    }
    json(body.to_string())
}

/// The pages of a list of these items, two on a page.
fn pages(items: &[Value], at: usize) -> Vec<u8> {
    let chunks: Vec<_> = items.chunks(2).collect();
    page(chunks.get(at).copied().unwrap_or_default(), (at + 1 < chunks.len()).then_some(at + 1))
}

fn listed(id: &str) -> Value {
    value!({ "submission_id": id, "created_at": "2026-11-20T09:00:00.000Z", "kyc": { "result": "approved" } })
}

fn screened(id: &str, status: &str) -> Value {
    value!({ "submission_id": id, "aml": { "currentstatus": status, "risk_level_summary": "LOW" } })
}

/// The list of the submissions a to f, two on a page.
fn list(at: usize) -> Vec<u8> {
    pages(&["a", "b", "c", "d", "e", "f"].map(listed), at)
}

/// The same submissions as the part aml has them: b and e have a match.
fn flags() -> Vec<Value> {
    let status = |id: &str| if matches!(id, "b" | "e") { "Red Flag" } else { "Not Screened" };
    ["a", "b", "c", "d", "e", "f"].map(|id| screened(id, status(id))).to_vec()
}

/// A call on a server with these answers: what it printed, and the part and the page of each request.
fn call(arguments: &[&str], answers: &Answer) -> (argos_testkit::call::CallOutput, Vec<String>) {
    let answers = Arc::clone(answers);
    let server = TestServer::answering(move |request| {
        let part = parameter(query(request), "request_type");
        answers(part.as_deref(), number(query(request)))
    });
    let base = server.base();
    let ran = run(arguments, &[("ARGOS_BASE_URL", &base), ("ARGOS_API_KEY", "k")]);
    let of = |request: &String| {
        let query = query(request);
        format!("{} {}", parameter(query, "request_type").unwrap_or_else(|| "list".to_owned()), number(query))
    };
    (ran, server.requests().iter().map(of).collect())
}

fn number(query: &str) -> usize {
    let key = parameter(query, "nextpage_id").unwrap_or_else(|| "p0".to_owned());
    key.trim_start_matches('p').parse().unwrap()
}

fn ids(stdout: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["submission_id"].as_str().unwrap().to_owned();
    stdout.lines().map(id).collect()
}

const FLAGS: [&str; 5] = ["list", "aml:red-flag", "--all", "--with", "aml"];

#[test]
fn all_red_flags_of_a_month_take_a_request_a_page() {
    let server = Recorded::start();
    let ran = server.run(&["list", "from:2026-10-22 aml:red-flag", "--all", "--with", "aml", "--mask", "none"]);
    let rows: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((ran.code, rows.len()), (0, 37), "{}", ran.stderr);
    assert!(rows.iter().all(|row| row["aml"]["currentstatus"] == "Red Flag" && row["kyc"]["result"].is_string()));
    let asked = server.asked();
    let (parts, list): (Vec<&String>, Vec<&String>) = asked.iter().partition(|query| query.contains("request_type="));
    assert_eq!((list.len(), parts.len()), (15, 15), "{asked:?}");
    for (of_list, of_part) in list.iter().zip(parts) {
        assert_eq!(format!("{of_list}&request_type=aml"), *of_part, "the same query");
    }
    assert!(ran.stderr.contains("37 shown of 724 loaded · complete\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("requests: 30 (list 15, aml 15)\n"), "{}", ran.stderr);
    // What has no AML at all in the part is not taken for a submission without a match.
    assert!(ran.stderr.contains("163 of 724 rows: unknown if \"aml:\" matches\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("to fetch what is missing: --with aml --detail (215 requests)\n"), "{}", ran.stderr);
}

#[test]
fn the_cheaper_option_is_named_with_its_requests() {
    for (arguments, named) in [
        (&["from:-30d aml:red-flag", "--all"][..], "to fetch what is missing: --with aml (15 requests)\n"),
        (&["aml:red-flag"], "to fetch what is missing in the 50 loaded: --with aml (1 request)\n"),
        (&["from:-30d has:ip attempts>9", "--all"], ": --with kyc,data (30 requests)\n"),
        (&["on:2026-11-20 nat:KOR idtype:visa attempts>2 aml:high has:token count:2", "--all"], "--detail ("),
        (
            &["on:2026-11-20", "--output", "table", "--columns", "created,ip"],
            "ip: not fetched for 26 of 26 shown\nto fetch what is missing: --with data (1 request)\n",
        ),
        (
            &["on:2026-11-20", "--sort", "aml", "--all"],
            "aml: not fetched for 26 of 26 shown\nto fetch what is missing: --with aml (1 request)\n",
        ),
        (
            &["on:2026-11-20", "--output", "csv", "--columns", "id,kyc.attempts"],
            "not in list data: kyc.attempts\nto fetch what is missing: --with kyc (1 request)\n",
        ),
        (&["type:aml status:pending"], "to fetch what is missing in the 50 loaded: --detail (50 requests)\n"),
    ] {
        let ran = demo(&[&["list"], arguments].concat());
        assert!(ran.code == 0 && ran.stderr.contains(named), "{arguments:?}: {}", ran.stderr);
    }
    let ran = demo(&["list", "status:pending"]);
    assert!(!ran.stderr.contains("to fetch"), "nothing is missing: {}", ran.stderr);
}

#[test]
fn who_shares_an_address_is_found_in_the_part_that_holds_it() {
    let server = Recorded::start();
    let arguments = ["list", "192.0.2.1", "--all", "--with", "data", "--output", "csv", "--columns", "id,ip"];
    let ran = server.run(&[&arguments[..], &["--mask", "none"]].concat());
    let shared = ran.stdout.lines().filter(|line| line.ends_with(",192.0.2.1")).count();
    assert_eq!((ran.code, shared), (0, 3), "{}", ran.stderr);
    let pages = server.asked().len();
    assert!(ran.stderr.contains(&format!("requests: {pages} (list {0}, data {0})\n", pages / 2)), "{}", ran.stderr);
    // The other parts may hold the text as well.
    assert!(ran.stderr.contains("to fetch what is missing: --with kyc,aml,data,others ("), "{}", ran.stderr);
}

#[test]
fn with_is_refused_where_the_filter_has_a_type() {
    for call in ["list", "stats"] {
        let ran = demo(&[call, "type:aml", "--with", "kyc"]);
        assert_eq!((ran.code, &*ran.stdout, ran.stderr.lines().count()), (2, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains("--with cannot be used with type: in the filter"), "{}", ran.stderr);
    }
    let ran = demo(&["list", "--with", "ocr"]);
    assert!(ran.code == 2 && ran.stderr.contains("kyc, aml, data, others"), "{}", ran.stderr);
}

#[test]
fn a_joined_row_is_the_list_record_with_the_members_of_the_part() {
    let part = value!({ "submission_id": "a", "kyc": { "result": "rejected", "attempts": [{}, {}] } });
    let answers: Answer = Arc::new(move |asked, _| match asked {
        None => page(&[listed("a")], None),
        Some(_) => page(std::slice::from_ref(&part), None),
    });
    let (ran, asked) = call(&["list", "attempts=2", "--with", "kyc", "--mask", "none"], &answers);
    assert_eq!(
        ran.stdout,
        "{\"submission_id\":\"a\",\"created_at\":\"2026-11-20T09:00:00.000Z\",\
         \"kyc\":{\"result\":\"rejected\",\"attempts\":[{},{}]}}\n",
        "{}",
        ran.stderr
    );
    assert_eq!(asked, ["list 0", "kyc 0"]);
    let columns = ["--output", "csv", "--columns", "id,status,kyc.attempts[1]"];
    let (ran, _) = call(&[&["list", "--with", "kyc", "--mask", "none"], &columns[..]].concat(), &answers);
    assert_eq!(ran.stdout.lines().last(), Some("a,rejected,{}"), "{}", ran.stderr);
}

#[test]
fn a_part_in_another_order_is_joined_all_the_same() {
    for reversed in [false, true] {
        let answers: Answer = Arc::new(move |part, at| {
            let mut flags = flags();
            if reversed {
                flags.reverse();
            }
            if part.is_some() { pages(&flags, at) } else { list(at) }
        });
        let (ran, asked) = call(&FLAGS, &answers);
        assert_eq!((ran.code, ids(&ran.stdout)), (0, vec!["b".to_owned(), "e".to_owned()]), "{}", ran.stderr);
        assert_eq!(asked.len(), 6, "each page once: {asked:?}");
        assert!(ran.stderr.contains("requests: 6 (list 3, aml 3)"), "{}", ran.stderr);
        let order = if reversed {
            ["list 0", "aml 0", "aml 1", "aml 2", "list 1", "list 2"]
        } else {
            ["list 0", "aml 0", "list 1", "aml 1", "list 2", "aml 2"]
        };
        assert_eq!(asked, order, "no page of the part before a row needs it");
    }
}

#[test]
fn a_part_is_walked_no_further_than_its_rows_need() {
    let answers: Answer = Arc::new(|part, at| if part.is_some() { pages(&flags(), at) } else { list(at) });
    let (ran, asked) = call(&["list", "aml:red-flag", "--with", "aml"], &answers);
    assert_eq!((ran.code, ids(&ran.stdout), asked.len()), (0, vec!["b".to_owned()], 2), "{asked:?}");
    // A row that the list data hide needs no part.
    let (ran, asked) = call(&["list", "aml:red-flag status:pending", "--all", "--with", "aml"], &answers);
    assert_eq!((ran.code, &*ran.stdout, asked.len()), (0, "", 3), "{asked:?}");
    let (ran, asked) = call(&["list", "aml:red-flag", "--limit", "1", "--all", "--with", "aml"], &answers);
    assert_eq!((ran.code, ids(&ran.stdout), asked.len()), (3, vec!["b".to_owned()], 2), "{asked:?}: {}", ran.stderr);
}

#[test]
fn one_page_of_a_list_does_not_search_the_whole_part() {
    let answers: Answer = Arc::new(|part, at| match part {
        Some(_) => page(&[screened("a", "Red Flag"), screened(&format!("x{at}"), "Red Flag")], Some(at + 1)),
        None => list(at),
    });
    let (ran, asked) = call(&["list", "aml:red-flag", "--with", "aml"], &answers);
    assert_eq!((ran.code, ids(&ran.stdout)), (3, vec!["a".to_owned()]), "{}", ran.stderr);
    assert_eq!(asked, ["list 0", "aml 0", "aml 1", "aml 2"], "{}", ran.stderr);
    assert!(ran.stderr.contains("not joined, no answer of aml had them: 1 submission\n"), "{}", ran.stderr);
}

#[test]
fn a_part_that_lacks_and_adds_submissions_is_told() {
    let mut flags = flags();
    flags.remove(1);
    flags.splice(0..0, ["x", "y"].map(|id| screened(id, "Red Flag")));
    let answers: Answer = Arc::new(move |part, at| if part.is_some() { pages(&flags, at) } else { list(at) });
    let (ran, asked) = call(&FLAGS, &answers);
    assert_eq!((ran.code, ids(&ran.stdout), asked.len()), (3, vec!["e".to_owned()], 7), "{asked:?}: {}", ran.stderr);
    assert!(
        ran.stderr.contains("1 shown of 6 loaded · complete\n1 of 6 rows: unknown if \"aml:\" matches\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--with aml --detail ("), "{}", ran.stderr);
    assert!(ran.stderr.contains("not joined, no answer of aml had them: 1 submission\n"), "{}", ran.stderr);
}

#[test]
fn a_part_that_does_not_come_to_its_end_leaves_the_terms_undecided() {
    type Case = (&'static str, fn(usize) -> Vec<u8>, &'static str, usize);
    let cases: [Case; 3] = [
        ("repeats its page key", |_| page(&flags()[..2], Some(0)), "part aml: the server repeats", 4),
        ("sends empty pages", |at| page(&[], Some(at + 1)), "part aml: ten empty pages in a row", 6),
        (
            "fails midway",
            |at| if at == 0 { pages(&flags(), 0) } else { answer(400, "", r#"{"message":"no"}"#) },
            "part aml: bad request",
            4,
        ),
    ];
    for (name, part, told, unknown) in cases {
        let answers: Answer = Arc::new(move |asked, at| if asked.is_some() { part(at) } else { list(at) });
        let (ran, _) = call(&FLAGS, &answers);
        assert_eq!(ran.code, 3, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(told) && ran.stderr.matches("part aml: ").count() == 1, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("6 loaded · complete\n"), "{name}: the list goes on: {}", ran.stderr);
        assert!(
            ran.stderr.contains(&format!("{unknown} of 6 rows: unknown if \"aml:\" matches\n")),
            "{name}: {}",
            ran.stderr
        );
        let shown = if unknown == 4 { vec!["b".to_owned()] } else { Vec::new() };
        assert_eq!(ids(&ran.stdout), shown, "{name}");
    }
}

#[test]
fn a_stop_of_the_part_behind_the_last_row_is_no_loss() {
    let answers: Answer = Arc::new(|part, at| match part {
        Some(_) if at == 2 => page(&flags()[4..], Some(2)),
        Some(_) => pages(&flags(), at),
        None => list(at),
    });
    let (ran, asked) = call(&FLAGS, &answers);
    assert_eq!((ran.code, ids(&ran.stdout), asked.len()), (0, vec!["b".to_owned(), "e".to_owned()], 6));
    assert_eq!(ran.stderr.lines().next(), Some("2 shown of 6 loaded · complete"), "{}", ran.stderr);
}

#[test]
fn a_part_as_slim_as_the_list_is_named_as_no_help() {
    let ran = demo(&["list", "from:-3d has:ip", "--all", "--with", "data", "--scenario", "slim-parts"]);
    assert_eq!((ran.code, &*ran.stdout), (0, ""), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("unknown if \"ip:\" matches\n") || ran.stderr.contains("unknown if \"has:\" matches\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--with data --detail ("), "{}", ran.stderr);
}

#[test]
fn full_records_follow_for_what_the_part_leaves() {
    let ran = demo(&["list", "from:-3d aml:red-flag", "--all", "--with", "aml", "--detail", "--mask", "none"]);
    let alone = demo(&["list", "from:-3d aml:red-flag", "--all", "--detail", "--mask", "none"]);
    assert_eq!((ran.code, &ran.stdout), (0, &alone.stdout), "{}", ran.stderr);
    let requests = |ran: &argos_testkit::call::CallOutput| {
        let line = ran.stderr.lines().find_map(|line| line.strip_prefix("requests: ")).unwrap();
        line.split(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert!(requests(&ran) * 2 < requests(&alone), "{}\n{}", ran.stderr, alone.stderr);
}

#[test]
fn statistics_count_the_joined_parts_and_name_what_fetches_the_rest() {
    let report = demo(&["stats", "from:-30d", "--with", "aml", "--output", "json"]).json();
    let flagged = &report["groups"]["aml_status"]["values"].as_array().unwrap()[1];
    assert_eq!((&flagged["value"], &flagged["count"]), (&value!("Red Flag"), &value!(37)));
    assert_eq!(report["groups"]["aml_status"]["not_fetched"], 163);
    assert_eq!(report["groups"]["id_type"]["fetch"], "--with aml,data (30 requests)");
    assert_eq!((&report["with"], &report["detail"]), (&value!(["aml"]), &value!(false)));
    let ran = demo(&["stats", "from:-30d", "--with", "kyc"]);
    assert!(ran.stderr.contains("requests: 30 (list 15, kyc 15)"), "{}", ran.stderr);
    assert!(ran.stdout.contains("counted: list data with kyc\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\nRetry code (one or more per row)\n  "), "{}", ran.stdout);
    let table = demo(&["stats", "from:-30d aml:red-flag"]).stdout;
    assert!(table.contains("\nto fetch what the undecided lack: --with aml (15 requests)\n"), "{table}");
    let table = demo(&["stats", "from:-30d"]).stdout;
    assert!(table.contains("\nAML status                            not in list data; --with aml (15 requests)\n"));
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}
