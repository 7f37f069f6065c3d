//! Who uses whom: which module may use which, and that the files of a module do not use each other in a circle.

mod paths;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use paths::Crate;

type Uses = BTreeMap<String, BTreeSet<String>>;

/// The circles among the files of a folder: each as the files that reach each other.
fn circles(uses: &Uses, folder: &str) -> Vec<BTreeSet<String>> {
    let is_inside = |file: &str| file == format!("{folder}.rs") || file.starts_with(&format!("{folder}/"));
    let reached = |start: &str| {
        let (mut reached, mut next) = (BTreeSet::new(), vec![start.to_owned()]);
        while let Some(file) = next.pop() {
            for other in uses.get(&file).into_iter().flatten().filter(|other| is_inside(other)) {
                if reached.insert(other.clone()) {
                    next.push(other.clone());
                }
            }
        }
        reached
    };
    let inside = uses.keys().filter(|file| is_inside(file));
    let reaching: BTreeMap<&String, BTreeSet<String>> = inside.map(|file| (file, reached(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, reached) in &reaching {
        if reached.contains(*file) {
            circles.insert(reached.iter().filter(|other| reaching[other].contains(*file)).cloned().collect());
        }
    }
    circles.into_iter().collect()
}

#[test]
fn debug() {
    let src = Crate::read("src");
    let uses = src.uses();
    let top = |file: &str| file.trim_start_matches("src/").split(['/', '.']).next().unwrap().to_owned();
    let mut tops: Uses = Uses::new();
    for (file, others) in &uses {
        tops.entry(top(file)).or_default().extend(others.iter().map(|other| top(other)));
    }
    for (one, others) in &mut tops {
        others.remove(one);
        println!("{one}: {others:?}");
    }
    for folder in [
        "src/api",
        "src/cli",
        "src/config",
        "src/store",
        "src/text",
        "src/time",
        "src/submission",
        "src/query",
        "src/kit",
        "src/keys",
        "src/app",
        "src/panes",
        "src/overlays",
        "src/ui",
        "src/runtime",
        "src/private_file",
        "src/walk",
        "src/failure",
        "src/secret",
        "src/access",
    ] {
        for circle in circles(&uses, folder) {
            println!("{folder}: {circle:?}");
            for file in &circle {
                println!("    {file} -> {:?}", uses[file].intersection(&circle).collect::<Vec<_>>());
            }
        }
    }
    let demo = Crate::read("demo/src");
    for circle in circles(&demo.uses(), "demo/src") {
        println!("demo: {circle:?}");
        for file in &circle {
            println!("    {file} -> {:?}", demo.uses()[file].intersection(&circle).collect::<Vec<_>>());
        }
    }
}
