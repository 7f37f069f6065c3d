//! The words of the screens follow the user's keys: no sentence names a key that does something else, and no sentence
//! has a hole where a key is missing.

use super::drawn::drawn;
use super::*;
use crate::failure::Waiting;
use crate::keys::{Action, Chord, Rebinding};

/// First of the signs to which the actions are bound in these tests. No screen shows them otherwise.
const FIRST_SIGN: u32 = 0x2460;

/// Returns the table of key bindings with another key for each action, or with keys only for the actions that must have
/// one.
fn keymap(is_bound: bool) -> Keymap {
    let shipped = Keymap::built_in().unwrap();
    let mut actions: Vec<Action> = Vec::new();
    for binding in shipped.bindings() {
        if !actions.contains(&binding.action) && !matches!(binding.action, Action::Interrupt | Action::Suspend) {
            actions.push(binding.action);
        }
    }
    let chord = |at: u32| format!("alt-{}", char::from_u32(FIRST_SIGN + at).unwrap()).parse::<Chord>().unwrap();
    // The mask may lose its key only if the palette keeps one.
    let must_have_one = |action: Action| action.needs_a_key() || action == Action::ToggleMask;
    let changes = (0..).zip(actions).map(|(at, action)| {
        let chord = (is_bound || must_have_one(action)).then(|| chord(at));
        Rebinding { action, chords: chord.into_iter().collect() }
    });
    shipped.with_changes(&changes.collect::<Vec<_>>()).unwrap()
}

/// The screens of a session, each with its name.
struct Screens {
    config: fn(bool) -> ReviewerConfig,
    is_bound: bool,
    seen: Vec<(&'static str, String)>,
}

impl Screens {
    fn model(&self) -> (Model, Ticket) {
        let (model, begin) = Model::new((self.config)(self.is_bound), Size { width: 206, height: 60 }, AT);
        (model, page_ticket(&begin))
    }

    fn see(&mut self, name: &'static str, model: &Model) {
        self.seen.push((name, drawn(model)));
    }
}

fn config(is_bound: bool) -> ReviewerConfig {
    ReviewerConfig { keymap: keymap(is_bound), ..setting() }
}

fn touring(is_bound: bool) -> ReviewerConfig {
    ReviewerConfig { tour: true, ..config(is_bound) }
}

/// Performs an action as its key does, wherever the user is.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.notice = None;
    after(model, |model| match model.overlay {
        Some(_) => model.overlay_action(action),
        None if model.filter.editor().is_some() => model.filter_action(action),
        None => model.perform(action, None),
    })
}

fn filter(model: &mut Model, text: &str) {
    act(model, Action::EditFilter);
    press(model, text);
    act(model, Action::ApplyFilter);
}

fn waiting(slot: Slot, ticket: Ticket) -> Msg {
    let waiting = Waiting { failure: failure(), time: Duration::from_secs(3), next: 2, most: 3 };
    Msg::Waiting { slot, ticket, waiting, at: AT }
}

/// Returns the screens on which sentences name keys.
fn screens(is_bound: bool) -> Vec<(&'static str, String)> {
    let mut screens = Screens { config, is_bound, seen: Vec::new() };
    without_rows(&mut screens);
    with_rows(&mut screens);
    of_overlays(&mut screens);
    screens.config = touring;
    for step in <TourStep as strum::VariantArray>::VARIANTS {
        let (mut model, _) = screens.model();
        model.prefs.tour = Some(*step);
        screens.see("tour", &model);
    }
    screens.seen
}

fn without_rows(screens: &mut Screens) {
    let (mut model, ticket) = screens.model();
    screens.see("loading", &model);
    model.update(waiting(Slot::Page, ticket));
    screens.see("retry", &model);
    act(&mut model, Action::Back);
    screens.see("retry cancelled", &model);
    act(&mut model, Action::LoadAll);
    screens.see("nothing loaded", &model);
    act(&mut model, Action::Refresh);
    act(&mut model, Action::Back);
    screens.see("cancelled", &model);
    let (mut model, ticket) = screens.model();
    model.update(failed(ticket));
    screens.see("failed", &model);
    let (mut model, ticket) = screens.model();
    model.update(loaded(ticket, page(0..0, None)));
    screens.see("empty", &model);
}

fn with_rows(screens: &mut Screens) {
    let (mut model, ticket) = screens.model();
    let settled = model.update(loaded(ticket, page(0..80, Some(80))));
    let effects = model.update(timer(&settled, Slot::Debounce).unwrap());
    let (single, id) = single_ticket(&effects);
    model.update(Msg::FullRecordLoaded { ticket: single, id, result: Err(failure()), at: AT });
    screens.see("full record failed", &model);
    act(&mut model, Action::Watch);
    screens.see("watching", &model);
    act(&mut model, Action::Watch);
    let effects = act(&mut model, Action::LoadAll);
    screens.see("loading all", &model);
    model.update(loaded(page_ticket(&effects), page(80..100, Some(100))));
    screens.see("cap", &model);
    filter(&mut model, "zzz");
    screens.see("no match", &model);
    filter(&mut model, "zzz aml:red-flag");
    screens.see("undecided", &model);
    act(&mut model, Action::FetchMissing);
    screens.see("fetching", &model);
    act(&mut model, Action::Back);
    screens.see("fetch cancelled", &model);
    act(&mut model, Action::EditFilter);
    press(&mut model, " from:-7d");
    screens.see("previous query", &model);
    let (mut model, ticket) = screens.model();
    model.update(loaded(ticket, page(10..90, None)));
    let effects = act(&mut model, Action::Refresh);
    model.update(loaded(page_ticket(&effects), page(5..90, None)));
    model.notice = None;
    screens.see("news", &model);
    filter(&mut model, "zzz");
    screens.see("no match among the shown", &model);
}

fn of_overlays(screens: &mut Screens) {
    let (mut model, ticket) = screens.model();
    model.update(loaded(ticket, page(0..80, None)));
    for (name, action) in
        [("help", Action::Help), ("palette", Action::Palette), ("sort", Action::Sort), ("copy", Action::Copy)]
    {
        act(&mut model, action);
        screens.see(name, &model);
        act(&mut model, Action::Back);
    }
    act(&mut model, Action::ToggleMask);
    act(&mut model, Action::Tab(8));
    act(&mut model, Action::NextPane);
    for _ in 0..4 {
        act(&mut model, Action::Reveal);
        screens.see("reveal", &model);
        act(&mut model, Action::Down);
    }
    act(&mut model, Action::Unmask);
    screens.see("unmask", &model);
}

/// Returns the words of a screen that are names of shipped keys: `Esc`, `ctrl-d`, or a letter alone. A letter after a
/// number is a unit.
fn shipped_keys(screen: &str) -> Vec<String> {
    let words: Vec<&str> = screen.split(|c: char| c.is_whitespace() || "(),.·/".contains(c)).collect();
    let is_letter = |word: &str| word.len() == 1 && word != "a" && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_key = |at: usize, word: &str| {
        let is_unit = at > 0 && words[at - 1].ends_with(|c: char| c.is_ascii_digit());
        let is_named = ["Esc", "Enter", "Tab", "Space", "Backspace", "PgDn", "PgUp", "?=help"].contains(&word);
        // `Tab 3: OCR` is the name of a tab.
        let is_tab = word == "Tab" && words.get(at + 1).is_some_and(|next| next.ends_with(':'));
        let is_fixed = ["ctrl-c", "ctrl-z"].contains(&word);
        is_letter(word) && !is_unit || (is_named || word.starts_with("ctrl-")) && !is_tab && !is_fixed
    };
    words.iter().enumerate().filter(|(at, word)| is_key(*at, word)).map(|(_, word)| (*word).to_owned()).collect()
}

#[test]
fn no_screen_names_a_key_that_the_user_has_rebound() {
    let screens = screens(true);
    for (name, screen) in &screens {
        assert_eq!(shipped_keys(screen), [""; 0], "{name}: {screen}");
    }
    let says = |wanted: &str, words: &str| {
        let of = |(name, _): &&(&str, String)| *name == wanted;
        let screen = &screens.iter().find(of).unwrap_or_else(|| panic!("no screen {wanted}")).1;
        let words: Vec<&str> = words.split('#').collect();
        let line = |line: &str| words.iter().all(|word| line.contains(word)) && line.contains("alt-");
        assert!(screen.lines().any(line), "{wanted}: {words:?}: {screen}");
    };
    says("retry", "Retrying first page in 3 s (try 2 of 3) · # cancels");
    says("cancelled", "Press # to retry.");
    says("failed", "Press # to retry.");
    says("nothing loaded", "Nothing is loaded · # retries");
    says("empty", "Press # to ask again");
    says("full record failed", "full record could not be loaded (# retries)");
    says("watching", "Watching: refresh every 30 s · # stops");
    says("loading all", "rows so far, # stops");
    says("cap", "100 rows are loaded: load more? · # continues");
    says("no match", "# looks further (");
    says("undecided", "# fetches missing values (");
    says("previous query", "Press # to load the query in the filter bar.");
    says("news", "new: # shows them");
    says("tour", "Press # # #, then");
}

#[test]
fn no_screen_has_a_hole_where_an_action_has_no_key() {
    let verbs = [
        "stops",
        "shows",
        "clears",
        "cancels",
        "retries",
        "continues",
        "fetches",
        "looks",
        "loads",
        "changes",
        "hides",
        "ends",
        "to",
    ];
    for (name, screen) in screens(false) {
        assert_eq!(shipped_keys(&screen), [""; 0], "{name}: {screen}");
        for verb in verbs {
            for before in ["· ", "(", ", ", "Press ", ": ", "  "] {
                let hole = [format!("{before}{verb} "), format!("{before} {verb} ")];
                let found = hole.iter().find(|hole| screen.contains(hole.as_str()));
                assert_eq!(found, None, "{name}: {screen}");
            }
        }
    }
}

#[test]
fn no_help_text_of_the_table_names_a_key() {
    for binding in Keymap::built_in().unwrap().bindings() {
        assert_eq!(shipped_keys(&binding.help), [""; 0], "{}", binding.help);
        assert_eq!(shipped_keys(&binding.label), [""; 0], "{}", binding.label);
    }
}
