//! The help of every call, and what is made from the same grammar.

use crate::run;

/// The calls below one, as its help lists them.
fn below(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(Into::into).collect()
}

/// Every call with its help, those below another one too.
fn calls(path: &[&str]) -> Vec<(String, String)> {
    let done = run(&[path, &["--help"]].concat(), &[]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    let mut found = Vec::new();
    for name in below(&done.stdout) {
        found.extend(calls(&[path, &[name.as_str()]].concat()));
    }
    found.insert(0, (path.join(" "), done.stdout));
    found
}

#[test]
fn help_of_every_call() {
    for (call, help) in calls(&[]) {
        let wide = help.lines().find(|line| line.chars().count() > 100);
        assert_eq!(wide, None, "{call}");
        let name = if call.is_empty() { "argos-review".to_owned() } else { call.replace(' ', "_") };
        insta::assert_snapshot!(name, help.trim_end());
    }
}

#[test]
fn completions_and_manual_know_every_call() {
    let names: Vec<String> =
        calls(&[]).into_iter().filter_map(|(call, _)| Some(call.split(' ').next_back()?.into())).collect();
    assert!(names.len() > 8, "{names:?}");
    for shell in ["bash", "zsh", "fish"] {
        let done = run(&["completions", shell], &[]);
        assert_eq!(done.code, 0);
        assert!(names.iter().all(|name| done.stdout.contains(name.as_str())), "{shell}");
    }
    let done = run(&["man"], &[]);
    let page = done.stdout.replace("\\-", "-");
    assert_eq!(done.code, 0);
    assert!(names.iter().all(|name| page.contains(name.as_str())));
    assert_eq!(run(&["completions", "nonsense"], &[]).code, 2);
}
