//! Local only: never committed.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::allow_attributes,
    missing_docs,
    unused
)]
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;

use argos_review::keys::Action;
use argos_review::panes::detail::{Answers, Choices, Detail, Folds, Jump, Relatives, Subject, Tab, TabLine};
mod names;
use argos_review::store::Answer;
use argos_review::submission::codes::Codes;
use argos_review::submission::{provenance, timeline};
use argos_review::text::{Mask, Safe};
use argos_review::time::Zone;
use bytes::Bytes;
use names::*;

const DIR: &str = "/tmp/gold13";

fn get(addr: &str, key: &str, query: &str) -> Option<serde_json::Value> {
    let host = addr.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let mut s = std::net::TcpStream::connect(&host).unwrap();
    write!(s, "GET /v3/submission{query} HTTP/1.1\r\nHost: {host}\r\nx-api-key: {key}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut out = Vec::new();
    s.read_to_end(&mut out).unwrap();
    let at = out.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let (head, body) = out.split_at(at);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let body = if head.contains("transfer-encoding: chunked") {
        let mut rest = body;
        let mut all = Vec::new();
        loop {
            let nl = rest.windows(2).position(|w| w == b"\r\n").unwrap();
            let n = usize::from_str_radix(std::str::from_utf8(&rest[..nl]).unwrap(), 16).unwrap();
            if n == 0 {
                break;
            }
            all.extend(&rest[nl + 2..nl + 2 + n]);
            rest = &rest[nl + 4 + n..];
        }
        all
    } else {
        body.to_vec()
    };
    serde_json::from_slice(&body).ok()
}

#[test]
#[ignore]
fn collect() {
    let rt = tokio::runtime::Runtime::new().unwrap();
    let mut out = String::new();
    let mut n = 0;
    for name in [
        "default",
        "other-forms",
        "minute-times",
        "slim-parts",
        "placeholder-times",
        "text-numbers",
        "deleted-emptied",
        "deleted-by-name",
        "bad-items",
    ] {
        let mut options = argos_demo::Options::new("2026-11-21".parse().unwrap());
        options.scenario = argos_demo::scenario::Scenario::named(name).unwrap();
        let demo = rt.block_on(argos_demo::Demo::bind(&options)).unwrap();
        let (url, key) = (demo.base_url(), demo.key().to_owned());
        rt.spawn(demo.serve(std::future::pending()));
        let page = get(&url, &key, "").unwrap();
        let items = page.get("data").or(page.get("Items")).unwrap_or(&page).clone();
        let items = items.get("Items").cloned().unwrap_or(items);
        for item in items.as_array().unwrap_or_else(|| panic!("{page}")).iter() {
            let id = item.get("submission_id").and_then(|i| i.as_str());
            if let Some(id) = id {
                if let Some(single) = get(&url, &key, &format!("?submission_id={id}")) {
                    let single = single.get("data").cloned().unwrap_or(single);
                    let single = single.get("Items").and_then(|i| i.get(0)).cloned().unwrap_or(single);
                    writeln!(out, "{}", serde_json::json!({"scenario": name, "list": item, "single": single})).unwrap();
                    n += 1;
                }
            } else {
                writeln!(out, "{}", serde_json::json!({"scenario": name, "list": item, "single": item})).unwrap();
            }
            if name != "default" && n % 20 == 0 {
                n += 1;
                break;
            }
        }
    }
    for f in sorted("fuzz/corpus/page") {
        let raw = std::fs::read(f).unwrap();
        if let Ok(page) = argos_review::api::Page::read(&Bytes::from(raw)) {
            for item in page.items.iter().take(4) {
                let Ok(v) = serde_json::from_slice::<serde_json::Value>(item.raw()) else { continue };
                writeln!(out, "{}", serde_json::json!({"scenario": "fuzz", "list": v, "single": v})).unwrap();
            }
        }
    }
    std::fs::write(format!("{DIR}/docs.jsonl"), out).unwrap();
}

fn sorted(p: &str) -> Vec<std::path::PathBuf> {
    let mut v: Vec<_> = std::fs::read_dir(p).unwrap().map(|e| e.unwrap().path()).collect();
    v.sort();
    v
}

fn jump(line: &TabLine) -> String {
    match &line.jump {
        None => String::new(),
        Some(j) => jump_text(j),
    }
}

fn dump(out: &mut String, lines: &[TabLine]) {
    for l in lines {
        for p in &l.line.pieces {
            write!(out, "{}\u{1}{:?}\u{2}", p.text.as_str(), p.role).unwrap();
        }
        writeln!(out, "\u{3}{}|{}|{:?}|{:?}|{}", anchor_text(l), l.private, l.landmark, l.open, jump(l)).unwrap();
    }
}

fn docs() -> Vec<(usize, String, Bytes, Bytes)> {
    let text = std::fs::read_to_string(format!("{DIR}/docs.jsonl")).unwrap();
    let mut out = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (i, l) in text.lines().enumerate() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let s = v["scenario"].as_str().unwrap().to_owned();
        let c = seen.entry(s.clone()).or_insert(0);
        *c += 1;
        let most = match s.as_str() {
            "default" => 40,
            "fuzz" => 400,
            _ => 12,
        };
        if *c > most {
            continue;
        }
        if s == "fuzz" && *c % 4 != 0 {
            continue;
        }
        out.push((i, s, Bytes::from(v["list"].to_string()), Bytes::from(v["single"].to_string())));
    }
    out
}

#[test]
#[ignore]
fn dump_all() {
    let target = std::env::var("GOLD").unwrap();
    let codes = Codes::shipped().unwrap();
    let mut out = String::new();
    let every: usize = std::env::var("EVERY").map_or(1, |e| e.parse().unwrap());
    for (n, (i, name, list, single)) in docs().into_iter().enumerate() {
        if n % every != 0 {
            continue;
        }
        let mut cases = Vec::new();
        for columns in [24, 40, 58, 78, 100, 140, 190] {
            cases.push((columns, Mask::Ids, Choices::default(), true));
        }
        cases.push((78, Mask::All, Choices::default(), true));
        cases.push((110, Mask::None, Choices::default(), true));
        cases.push((78, Mask::Ids, Choices::default(), false));
        for events in [timeline::EventOrder::Time, timeline::EventOrder::Kind, timeline::EventOrder::Received] {
            let c = Choices { fields: provenance::FieldOrder::Confidence, events, relative: true, span: None };
            cases.push((90, Mask::Ids, c, true));
            cases.push((50, Mask::Ids, c, true));
            cases.push((120, Mask::Ids, Choices { relative: false, ..c }, true));
        }
        for (columns, mask, choices, whole) in cases {
            let opened = Answers {
                raw: if whole { single.clone() } else { list.clone() },
                whole,
                list: whole.then(|| (list.clone(), true)),
            }
            .open();
            let (mut folds, relatives) = (Folds::default(), Relatives::default());
            if columns == 110 {
                folds.open_all();
            }
            let options = Opts { mask, zone: Zone::default(), columns, revealed: None, choices };
            for tab in Tab::ALL.iter().copied() {
                if choices != Choices::default() && !matches!(tab, Tab::Ocr | Tab::Timeline) {
                    continue;
                }
                writeln!(out, "#### {i} {name} {columns} {mask:?} {choices:?} {whole} {tab:?}").unwrap();
                let l =
                    tab.lines(context(&opened.document, opened.list.as_ref(), &options, &codes, &folds, &relatives));
                dump(&mut out, &l);
            }
        }
    }
    std::fs::write(format!("{DIR}/{target}.lines"), out).unwrap();
}

fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// Drives the detail with keys and writes where the cursor is.
#[test]
#[ignore]
fn drive() {
    let target = std::env::var("GOLD").unwrap();
    let codes = Codes::shipped().unwrap();
    let mut out = String::new();
    let actions = [
        Action::Open,
        Action::Open,
        Action::JumpBack,
        Action::NextError,
        Action::PreviousError,
        Action::NextGap,
        Action::Left,
        Action::Right,
        Action::Closer,
        Action::Wider,
        Action::Whole,
        Action::OpenAll,
        Action::CloseAll,
        Action::NextOrder,
        Action::RelativeTimes,
        Action::Down,
        Action::PageDown,
        Action::PageUp,
        Action::Bottom,
        Action::Top,
        Action::HalfPageDown,
        Action::NextMatch,
        Action::PreviousMatch,
    ];
    let every: usize = std::env::var("EVERY").map_or(1, |e| e.parse().unwrap());
    for (n, (i, name, list, single)) in docs().into_iter().enumerate() {
        if i % 2 == 1 {
            continue;
        }
        let mut detail = Detail::default();
        let at = jiff::Timestamp::from_second(1_700_000_000).unwrap();
        let subject = Subject {
            entry: Some(0),
            id: Some("x".into()),
            single: Some(answer(&single, at)),
            list: Some(answer(&list, at)),
            unreadable: None,
        };
        let _ = detail.show(Some(subject));
        let mut options =
            Opts { mask: Mask::Ids, zone: Zone::default(), columns: 78, revealed: None, choices: Choices::default() };
        let mut seed = 88_172_645_463_325_252_u64 + i as u64;
        writeln!(out, "#### {i} {name}").unwrap();
        for step in 0..160 {
            let action = match next(&mut seed) % 12 {
                0 => {
                    let t = Tab::ALL[(next(&mut seed) % 8) as usize];
                    detail.open_tab(t);
                    None
                }
                1 => {
                    detail.begin_search();
                    let w = ["e", "ok", "1", "code", "time", "succ"][(next(&mut seed) % 6) as usize];
                    w.chars().for_each(|c| detail.type_search(c));
                    let o = detail.update_search(Action::ApplySearch, Mask::Ids, 20);
                    writeln!(out, "search {o:?}").unwrap();
                    None
                }
                2 => {
                    options.columns = [60, 78, 100, 130][(next(&mut seed) % 4) as usize];
                    None
                }
                _ => Some(actions[(next(&mut seed) as usize) % actions.len()]),
            };
            if let Some(action) = action {
                let o = detail.update(action, Mask::Ids, 20);
                write!(out, "{action:?} {o:?} ").unwrap();
            }
            options.choices = detail.choices();
            options.revealed = detail.revealed().map(str::to_owned);
            detail.render(&options, &codes, 20);
            let s = detail.scroll();
            writeln!(
                out,
                "{:?} {} {} {:?} {}",
                detail.tab(),
                s.at(),
                detail.lines().len(),
                detail.path(),
                detail.lines().get(s.at()).map(|l| l.line.text()).unwrap_or_default()
            )
            .unwrap();
        }
    }
    std::fs::write(format!("{DIR}/{target}.drive"), out).unwrap();
}
