//! Which file uses which: every path in the sources of a crate, followed to the file that defines what it names.
//!
//! It knows as much of Rust as that takes: `use` with lists, names of their own and `*`; `crate`, `self` and `super`; paths
//! within code; modules within a file; and re-exports, which lead on. What tests alone use is left out. A file that only
//! passes on what another one defines does not use it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::tokens::tokens;
use crate::rules::{root, sources};

/// Path of a module: the names from the root of its crate.
pub(crate) type Names = Vec<String>;

/// One path that a file names.
struct Named {
    /// The module in which it is named: that of the file, or one within it.
    within: Names,
    path: Names,
    /// The name that it has in the file; none for a path within code.
    name: Option<String>,
    /// Whether others see it through this file.
    is_public: bool,
}

/// A module: the file that holds it, and the names that it takes from elsewhere.
struct Module {
    file: String,
    imports: BTreeMap<String, Names>,
}

/// The sources of a crate.
pub(crate) struct Crate {
    modules: BTreeMap<Names, Module>,
    named: BTreeMap<String, Vec<Named>>,
    words: BTreeMap<String, Vec<String>>,
}

impl Crate {
    /// Reads a folder of sources, such as `src`.
    pub(crate) fn read(folder: &str) -> Self {
        let base = root().join(folder);
        let files: Vec<(String, String)> = sources(&base)
            .into_iter()
            .map(|path| {
                let inside = path.strip_prefix(&base).unwrap().to_string_lossy().into_owned();
                (inside, fs::read_to_string(&path).unwrap())
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(file, source)| (&**file, &**source)).collect();
        Self::of(folder, &files)
    }

    /// Reads sources that have a name within a folder.
    pub(crate) fn of(folder: &str, files: &[(&str, &str)]) -> Self {
        let mut read = Self { modules: BTreeMap::new(), named: BTreeMap::new(), words: BTreeMap::new() };
        for (file, source) in files.iter().filter(|(file, _)| !is_of_tests(file) && *file != "main.rs") {
            let mut module: Names = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if module == ["lib"] {
                module.clear();
            }
            read.add(format!("{folder}/{file}"), module, &tokens(source));
        }
        read
    }

    fn add(&mut self, file: String, module: Names, words: &[String]) {
        let mut named = Vec::new();
        let mut at = Walk { words, at: 0, module: module.clone(), inner: Vec::new(), depth: 0 };
        self.modules.insert(module, Module { file: file.clone(), imports: BTreeMap::new() });
        while at.at < words.len() {
            if let Some(inner) = at.step(&mut named) {
                self.modules.insert(inner, Module { file: file.clone(), imports: BTreeMap::new() });
            }
        }
        for one in &named {
            if let Some(name) = &one.name {
                self.modules.get_mut(&one.within).unwrap().imports.insert(name.clone(), one.path.clone());
            }
        }
        self.words.insert(file.clone(), words.to_vec());
        self.named.insert(file, named);
    }

    /// For each file, the other files that define what it uses.
    pub(crate) fn uses(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |(file, named): (&String, &Vec<Named>)| {
            let used = named.iter().filter(|one| !self.only_passes_on(file, one));
            let files =
                used.filter_map(|one| self.resolved(&one.within, &one.path, 0)?.pop()).filter(|other| other != file);
            (file.clone(), files.collect())
        };
        self.named.iter().map(of).collect()
    }

    /// For each file, all files that its paths lead through: those that are named, those that pass on, those that define.
    pub(crate) fn reaches(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |(file, named): (&String, &Vec<Named>)| {
            let files = named.iter().filter_map(|one| self.resolved(&one.within, &one.path, 0)).flatten();
            (file.clone(), files.filter(|other| other != file).collect())
        };
        self.named.iter().map(of).collect()
    }

    fn only_passes_on(&self, file: &str, named: &Named) -> bool {
        let Some(name) = named.name.as_ref().filter(|_| named.is_public) else { return false };
        let count = |words: &[String]| words.iter().filter(|word| *word == name).count();
        count(&self.words[file]) <= count(&named.path).max(1)
    }

    /// The files that a path leads through, of which the last defines what it names. `None` for what is of another crate.
    fn resolved(&self, within: &[String], path: &[String], hops: usize) -> Option<Vec<String>> {
        assert!(hops < 32, "{path:?} leads in a circle");
        let (mut module, mut rest) = match path.first()?.as_str() {
            "crate" => (Names::new(), &path[1..]),
            "self" => (within.to_vec(), &path[1..]),
            "super" => (within[..within.len().checked_sub(1)?].to_vec(), &path[1..]),
            first => {
                let own = self.modules.get(within)?.imports.get(first);
                let is_own = self.modules.contains_key(&joined(within, first));
                // What is named as its crate is of that crate.
                if !is_own && own.is_none_or(|import| import.first().is_some_and(|name| name == first)) {
                    return None;
                }
                (within.to_vec(), path)
            }
        };
        while let Some(name) = rest.first() {
            let deeper = joined(&module, name);
            if name == "super" {
                module.pop()?;
            } else if self.modules.contains_key(&deeper) {
                module = deeper;
            } else if let Some(import) = self.modules.get(&module)?.imports.get(name).filter(|import| *import != path) {
                let longer = [import, &rest[1..]].concat();
                // What another crate defines is passed on here.
                let mut way = vec![self.modules.get(&module)?.file.clone()];
                way.extend(self.resolved(&module, &longer, hops + 1).unwrap_or_default());
                return Some(way);
            } else {
                break;
            }
            rest = &rest[1..];
        }
        Some(vec![self.modules.get(&module)?.file.clone()])
    }
}

fn joined(module: &[String], name: &str) -> Names {
    [module, &[name.to_owned()]].concat()
}

/// Whether a file holds nothing but what tests use.
fn is_of_tests(file: &str) -> bool {
    file.split('/').any(|part| part.trim_end_matches(".rs") == "tests" || part == "testing.rs")
}

/// Goes through the words of a file.
struct Walk<'a> {
    words: &'a [String],
    at: usize,
    module: Names,
    /// For each module within the file, the depth of braces at which it began.
    inner: Vec<usize>,
    depth: usize,
}

impl Walk<'_> {
    fn word(&self, ahead: usize) -> &str {
        self.words.get(self.at + ahead).map_or("", String::as_str)
    }

    fn is_name(&self, ahead: usize) -> bool {
        self.word(ahead).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// One word, one path or one `use`; gives a module that begins here.
    fn step(&mut self, named: &mut Vec<Named>) -> Option<Names> {
        match self.word(0) {
            "{" => self.depth += 1,
            "}" => {
                self.depth -= 1;
                if self.inner.last() == Some(&self.depth) {
                    self.inner.pop();
                    self.module.pop();
                }
            }
            "mod" if self.is_name(1) && self.word(2) == "{" => {
                self.module.push(self.word(1).to_owned());
                self.inner.push(self.depth);
                self.at += 2;
                return Some(self.module.clone());
            }
            "use" => {
                let before = self.at.checked_sub(1).map_or("", |before| self.words[before].as_str());
                let is_public = before == "pub" || before == ")";
                self.at += 1;
                self.tree(&Names::new(), is_public, named);
            }
            // How far something can be seen.
            "pub" if self.word(1) == "(" => {
                while self.word(0) != ")" {
                    self.at += 1;
                }
            }
            _ if self.is_name(0) && self.word(1) == "::" => {
                let mut path = vec![self.word(0).to_owned()];
                while self.word(1) == "::" && self.is_name(2) {
                    self.at += 2;
                    path.push(self.word(0).to_owned());
                }
                named.push(Named { within: self.module.clone(), path, name: None, is_public: false });
            }
            _ => {}
        }
        self.at += 1;
        None
    }

    /// What `use` names; ends on the word behind it.
    fn tree(&mut self, before: &[String], is_public: bool, named: &mut Vec<Named>) {
        let mut path = before.to_vec();
        loop {
            match self.word(0) {
                "{" => {
                    self.at += 1;
                    while self.word(0) != "}" {
                        self.tree(&path, is_public, named);
                        if self.word(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    named.push(Named { within: self.module.clone(), path, name: None, is_public });
                    return;
                }
                "self" if !path.is_empty() => self.at += 1,
                word => {
                    path.push(word.to_owned());
                    self.at += 1;
                }
            }
            if self.word(0) != "::" {
                break;
            }
            self.at += 1;
        }
        let mut name = path.last().cloned();
        if self.word(0) == "as" {
            name = Some(self.word(1).to_owned());
            self.at += 2;
        }
        named.push(Named { within: self.module.clone(), path, name, is_public });
    }
}
