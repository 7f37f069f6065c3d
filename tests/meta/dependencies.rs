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

/// For each top-level module, the others that it may use (`src/lib.rs` says why).
const MAY_USE: [(&str, &[&str]); 25] = [
    ("access", &["private_file", "submission", "text"]),
    ("api", &["access", "config", "failure", "kit", "query", "secret", "submission", "text"]),
    (
        "app",
        &[
            "access",
            "api",
            "export",
            "failure",
            "keys",
            "kit",
            "output",
            "overlays",
            "panes",
            "picture",
            "query",
            "store",
            "submission",
            "text",
            "time",
            "ui",
            "views",
        ],
    ),
    (
        "cli",
        &[
            "access",
            "api",
            "app",
            "config",
            "export",
            "failure",
            "keys",
            "offline",
            "output",
            "panes",
            "private_file",
            "query",
            "runtime",
            "secret",
            "store",
            "submission",
            "text",
            "time",
            "ui",
            "views",
            "walk",
        ],
    ),
    ("config", &["keys", "picture", "private_file", "runtime", "secret", "text", "ui"]),
    (
        "export",
        &[
            "access",
            "api",
            "failure",
            "offline",
            "output",
            "private_file",
            "query",
            "store",
            "submission",
            "text",
            "walk",
        ],
    ),
    ("failure", &["text"]),
    ("keys", &["kit"]),
    ("kit", &["failure"]),
    ("offline", &["access", "api", "config", "failure", "private_file", "query", "submission", "text", "time"]),
    ("output", &["api", "submission", "text"]),
    ("overlays", &["keys", "kit", "picture", "query", "submission", "text", "time", "ui", "views"]),
    ("panes", &["failure", "keys", "kit", "query", "store", "submission", "text", "time", "ui"]),
    ("picture", &[]),
    ("private_file", &["text"]),
    ("query", &["kit", "submission", "text", "time"]),
    (
        "runtime",
        &[
            "access",
            "api",
            "app",
            "config",
            "export",
            "failure",
            "kit",
            "offline",
            "panes",
            "picture",
            "private_file",
            "secret",
            "views",
        ],
    ),
    ("secret", &[]),
    ("store", &["api", "kit", "query", "submission", "text"]),
    ("submission", &["text", "time"]),
    ("text", &[]),
    ("time", &["text"]),
    ("ui", &["keys", "text"]),
    ("views", &["config", "private_file", "query", "store", "submission", "text"]),
    ("walk", &["api", "failure", "offline", "query", "store", "submission", "text"]),
];

/// The top-level module of a file.
fn top_level(file: &str) -> &str {
    file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn modules_use_only_what_they_may() {
    let reaches = Crate::read("src").reaches();
    let modules: BTreeSet<&str> =
        reaches.keys().map(|file| top_level(file)).filter(|module| *module != "lib").collect();
    assert!(modules.iter().copied().eq(MAY_USE.map(|(module, _)| module)), "the table has other modules: {modules:?}");
    for (file, others) in &reaches {
        let own = top_level(file);
        let may = MAY_USE.iter().find(|(module, _)| *module == own).map_or(&[][..], |(_, may)| *may);
        for other in others {
            let module = top_level(other);
            // What lib.rs passes on is of another crate.
            let is_lawful = module == own || own == "lib" || may.contains(&module);
            assert!(is_lawful, "{file} uses {other}, and {own} must not use {module}");
        }
    }
}

/// Folders of sources whose files do not use each other in a circle.
const WITHOUT_CIRCLES: [&str; 15] = [
    "src/access",
    "src/api",
    "src/cli",
    "src/config",
    "src/export",
    "src/failure",
    "src/keys",
    "src/kit",
    "src/output",
    "src/secret",
    "src/store",
    "src/time",
    "src/ui",
    "src/walk",
    "demo/src",
];

/// With `--nocapture`, the circles of all other folders are printed.
#[test]
#[expect(clippy::print_stdout, reason = "what is left, shown with --nocapture")]
fn no_files_use_each_other_in_a_circle() {
    let (program, demo) = (Crate::read("src").uses(), Crate::read("demo/src").uses());
    let modules = MAY_USE.map(|(module, _)| (format!("src/{module}"), &program));
    for (folder, uses) in modules.into_iter().chain([("demo/src".to_owned(), &demo)]) {
        let circles = circles(uses, &folder);
        for circle in &circles {
            println!("{folder}: a circle of {}", circle.len());
            for file in circle {
                println!("    {file} uses {:?}", uses[file].intersection(circle).collect::<Vec<_>>());
            }
        }
        assert!(circles.is_empty() || !WITHOUT_CIRCLES.contains(&&*folder), "{folder}: {circles:?}");
    }
}

/// The files that one of some files uses.
fn used_by(file: &str, files: &[(&str, &str)]) -> Vec<String> {
    Crate::of("src", files).uses()[file].iter().cloned().collect()
}

#[test]
fn a_use_is_found_however_it_is_written() {
    let others = [("a.rs", "pub struct A;"), ("a/b.rs", "pub fn b() {}"), ("c.rs", "")];
    for source in [
        "use crate::a::b;",
        "use crate::a::b::b;",
        "use crate::{c, a::{A as _, b::{self, b as other}}};",
        "use super::a::b::*;",
        "pub(crate) use super::a::b::b; fn f() { b() }",
        "fn f() { crate::a::b::b() }",
        "fn f() { super::a::b::b::<u8>() }",
        "mod inner { fn f() { super::super::a::b::b() } }",
        "mod inner { use super::super::a; fn f() { a::b::b() } }",
        "use crate::a; fn f() { a::b::b() }",
        "use crate::a as other; fn f() { let _ = '\"'; other::b::b() }",
    ] {
        let files = [&others[..], &[("d.rs", source)]].concat();
        assert!(used_by("src/d.rs", &files).contains(&"src/a/b.rs".to_owned()), "{source}");
    }
    for source in [
        "// use crate::a::b;",
        "/* crate::a::b::b() */",
        "/// [`crate::a::b`]\nfn f() {}",
        r##"const TEXT: &str = r#"crate::a::b"#;"##,
        r#"const TEXT: &str = "\"crate::a::b";"#,
        "#[cfg(test)] mod tests { use crate::a::b; }",
        "#[cfg(test)] use crate::a::b;",
        "pub(in crate::a) fn f() {}",
        "pub use crate::a::b::b;",
        "use b::b;",
    ] {
        let files = [&others[..], &[("d.rs", source)]].concat();
        assert_eq!(used_by("src/d.rs", &files), [""; 0], "{source}");
    }
}

#[test]
fn a_name_that_is_passed_on_leads_to_the_file_that_defines_it() {
    let files = [
        ("a.rs", "mod b; pub use b::B; pub(crate) use self::b::inner::C as D; pub use bytes::Bytes;"),
        ("a/b.rs", "pub struct B; pub mod inner { pub struct C; }"),
        ("c.rs", "pub use crate::a::B;"),
        ("d.rs", "use crate::c::B;"),
        ("e.rs", "use crate::a::D;"),
        ("f.rs", "use crate::a::Bytes;"),
    ];
    assert_eq!(used_by("src/d.rs", &files), ["src/a/b.rs"]);
    assert_eq!(used_by("src/e.rs", &files), ["src/a/b.rs"]);
    assert_eq!(used_by("src/f.rs", &files), ["src/a.rs"]);
    assert_eq!(used_by("src/a.rs", &files), [""; 0]);
    let reached = &Crate::of("src", &files).reaches()["src/d.rs"];
    assert!(reached.iter().eq(["src/a.rs", "src/a/b.rs", "src/c.rs"]), "{reached:?}");
}

#[test]
fn a_circle_is_found_across_files_and_only_within_its_folder() {
    let files = [
        ("a.rs", "mod b; mod c; pub use c::C; pub use b::B;"),
        ("a/b.rs", "pub struct B; use super::C;"),
        ("a/c.rs", "pub struct C; use crate::a::d::D;"),
        ("a/d.rs", "pub struct D; fn f(_: super::B) {}"),
        ("a/e.rs", "use super::B; use crate::x::X;"),
        ("x.rs", "use crate::a::e; pub struct X;"),
    ];
    let found = circles(&Crate::of("src", &files).uses(), "src/a");
    assert_eq!(found.len(), 1);
    assert!(found[0].iter().eq(["src/a/b.rs", "src/a/c.rs", "src/a/d.rs"]), "{found:?}");
}
