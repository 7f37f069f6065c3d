//! Any sequence of messages: a second pass changes nothing, and the model is as if everything were derived from scratch.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::failure::Waiting;
use argos_testkit::long_run::cases;

/// Keys that change facts; `\u{8}` is the backspace key.
const KEYS: &str = "jjjjkGg\n\n\u{1b}\u{1b}\t\t12378[]JKLDDrrnwwmMztfs<>y/lhv*_+-R\u{8}";
#[rustfmt::skip]
const TYPED: [&str; 9] = [
    "status:pending", "status:approved", "!status:pending", "nothing", "from:-3d", "s0", "userid:7", " aml:red-flag", " token:x",
];
const SIZES: [(u16, u16); 6] = [(120, 40), (80, 24), (80, 50), (40, 12), (200, 60), (10, 3)];
const STATUSES: [&str; 3] = ["pending", "approved", "rejected"];

#[derive(Clone, Debug)]
enum Step {
    Key(char),
    /// A filter typed and applied, or left.
    Filter(&'static str, bool),
    Resize(u16, u16),
    /// An answer to one of the requests so far, awaited or not.
    Answer {
        request: usize,
        kind: Kind,
        first: usize,
        len: usize,
        is_last: bool,
    },
    Timer(usize),
    Clock(i64),
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Page(&'static str),
    Failed,
    Waits,
}

fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![
        5 => select(STATUSES.to_vec()).prop_map(Kind::Page),
        1 => Just(Kind::Failed),
        1 => Just(Kind::Waits),
    ];
    prop_oneof![
        6 => select(KEYS.chars().collect::<Vec<_>>()).prop_map(Step::Key),
        1 => (select(TYPED.to_vec()), any::<bool>()).prop_map(|(text, applies)| Step::Filter(text, applies)),
        1 => select(SIZES.to_vec()).prop_map(|(width, height)| Step::Resize(width, height)),
        // The newest request is the last one.
        5 => (prop_oneof![3 => Just(0), 1 => 0..4_usize], kind, 0..30_usize, 0..20_usize, any::<bool>())
            .prop_map(|(request, kind, first, len, is_last)| Step::Answer { request, kind, first, len, is_last }),
        2 => (0..3_usize).prop_map(Step::Timer),
        1 => (0..5_i64).prop_map(Step::Clock),
    ]
}

enum Asked {
    Page(Slot, Ticket),
    Single(Slot, Ticket, Box<str>),
}

struct Run {
    model: Model,
    asked: Vec<Asked>,
    timers: Vec<(Slot, Ticket)>,
    now: Timestamp,
    /// Tells two answers about a submission apart.
    answers: usize,
}

impl Run {
    fn new() -> Self {
        let (model, begin) = Model::new(setting(), WIDE, AT);
        let mut run = Self { model, asked: Vec::new(), timers: Vec::new(), now: AT, answers: 0 };
        run.note(begin);
        run
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FetchPage { slot, ticket, .. } => self.asked.push(Asked::Page(slot, ticket)),
                Effect::FetchFullRecord { slot, ticket, id } => self.asked.push(Asked::Single(slot, ticket, id)),
                Effect::After { slot, ticket, .. } => self.timers.push((slot, ticket)),
                _ => {}
            }
        }
    }

    fn send(&mut self, msg: Msg) {
        let effects = self.model.update(msg);
        self.note(effects);
        let derived = Derived::of(&self.model);
        self.model.update_derived_state();
        assert!(self.model.outbox.is_empty(), "a second pass asks for nothing");
        assert_eq!(Derived::of(&self.model), derived, "a second pass changes nothing");
        assert_eq!(Derived::from_scratch(&mut self.model), derived, "as if derived from scratch");
        self.check();
    }

    /// What holds whatever happened.
    fn check(&self) {
        let model = &self.model;
        let under_cursor = model.rows.rows().get(model.list.scroll().at()).copied();
        assert_eq!(model.selected_entry(), under_cursor, "the selected row is under the cursor");
        if let Some(detached) = &model.selection.detached {
            assert_eq!(model.shown_id().as_deref(), Some(&*detached.id));
            let listed = model.entry_of(&detached.id).is_some_and(|entry| model.rows.position(entry).is_some());
            assert!(!listed, "what the list shows is selected there");
        } else {
            let entry = model.detail.subject().and_then(|subject| subject.entry);
            assert_eq!(entry, under_cursor, "the detail shows the row under the cursor");
        }
    }

    fn item(&self, at: usize, status: &str) -> Item {
        let (at, group, update) = (at % 30, at % 5, self.answers);
        if at == 29 {
            return Page::read(&Bytes::from_static(br#"{"Items":[{"no":"id"}]}"#)).unwrap().items.remove(0);
        }
        let raw = format!(
            r#"{{"submission_id":"s{at:04}","userid":"{group}","kyc":{{"result":"{status}"}},"updated_at":"{update}","created_at":"2026-11-{:02}T00:00:00Z","duplicated_users":["s{:04}","far"]}}"#,
            28 - at % 28,
            (at + 7) % 30,
        );
        Item::from_list(format!("s{at:04}").into(), Bytes::from(raw))
    }

    fn answer(&mut self, request: usize, kind: Kind, ids: std::ops::Range<usize>, is_last: bool) {
        let Some(at) = self.asked.len().checked_sub(request + 1) else { return };
        self.answers += 1;
        let now = self.now;
        let msg = match (&self.asked[at], kind) {
            (Asked::Page(_, ticket), Kind::Page(status)) => {
                let items = ids.clone().map(|at| self.item(at, status)).collect();
                let page = Page { items, ..page(0..0, (!is_last).then_some(ids.end)) };
                Msg::PageLoaded { ticket: *ticket, result: Ok(page), at: now }
            }
            (Asked::Single(_, ticket, id), Kind::Page(status)) => {
                let result = match id.strip_prefix('s').and_then(|at| at.parse().ok()) {
                    Some(_) if is_last && ids.is_empty() => RecordAnswer::NotFound,
                    Some(at) => RecordAnswer::Found(self.item(at, status).as_full_record()),
                    None => RecordAnswer::Found(linked(id, status).as_full_record()),
                };
                Msg::FullRecordLoaded { ticket: *ticket, id: id.clone(), result: Ok(result), at: now }
            }
            (Asked::Page(_, ticket), Kind::Failed) => {
                Msg::PageLoaded { ticket: *ticket, result: Err(failure()), at: now }
            }
            (Asked::Single(_, ticket, id), Kind::Failed) => {
                Msg::FullRecordLoaded { ticket: *ticket, id: id.clone(), result: Err(failure()), at: now }
            }
            (asked, Kind::Waits) => {
                let (slot, ticket) = match asked {
                    Asked::Page(slot, ticket) | Asked::Single(slot, ticket, _) => (*slot, *ticket),
                };
                let waiting = Waiting { failure: failure(), time: Duration::from_secs(3), next: 2, most: 3 };
                Msg::Waiting { slot, ticket, waiting, at: now }
            }
        };
        self.send(msg);
    }

    fn key(&mut self, code: KeyCode) {
        self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Key(c) => self.key(match c {
                '\n' => KeyCode::Enter,
                '\u{1b}' => KeyCode::Esc,
                '\t' => KeyCode::Tab,
                '\u{8}' => KeyCode::Backspace,
                c => KeyCode::Char(c),
            }),
            Step::Filter(text, applies) => {
                self.key(KeyCode::Char('f'));
                self.send(Msg::Paste(text.to_owned()));
                self.key(if applies { KeyCode::Enter } else { KeyCode::Esc });
            }
            Step::Resize(width, height) => self.send(Msg::Resize(Size { width, height })),
            Step::Answer { request, kind, first, len, is_last } => {
                self.answer(request, kind, first..first + len, is_last);
            }
            Step::Timer(at) => {
                let Some(at) = self.timers.len().checked_sub(at + 1) else { return };
                let (slot, ticket) = self.timers[at];
                self.send(Msg::TimerFired { slot, ticket });
            }
            Step::Clock(seconds) => {
                self.now = self.now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
                self.send(Msg::Clock(self.now));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(100, 10_000)))]

    #[test]
    fn any_sequence_of_messages_gives_what_its_facts_give_from_scratch(steps in prop::collection::vec(step(), 1..60)) {
        let mut run = Run::new();
        steps.into_iter().for_each(|step| run.step(step));
    }
}
