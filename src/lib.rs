//! argos-review: a terminal reviewer for ARGOS Identity "ID check" submissions (unofficial).
//!
//! It asks `GET /v3/submission`, lists what comes page by page, narrows it with a filter bar that rebuilds the query
//! parameters, and shows one submission in eight tabs. This page is the map of the code.
//!
//! # The flow
//!
//! ```text
//!  terminal → runtime::event_loop → Keymap: chord → Action ┐
//!                                                          ▼
//!  runtime::tasks (api, timers) ────────── Msg ──► Model::update(Msg) ─► Vec<Effect> ─► runtime::tasks
//!                                                          │ a handler changes facts, then one pass derives the rest
//!                         all that is queued is folded, then Model::view draws one frame
//! ```
//!
//! One [`Model`](app::Model) is owned by one loop. [`update`](app::Model::update) is synchronous: no await, no spawn, no
//! clock, no IO; time comes in as a message. A handler changes facts and pushes effects into the model's outbox; the pass
//! after it (`app::settle`) derives rows, cursor, shown submission, linked submissions and lines, and nothing that is not
//! visible. [`view`](app::Model::view) reads and never writes; where things are is a
//! pure function of size and preferences, [`Regions::of`](app::Regions::of), used by both. A newer request
//! aborts the older one in its [`Slot`](app::Slot), and every reply carries a [`Ticket`](kit::Ticket) that `update`
//! checks. There is no tick: an idle program does nothing.
//!
//! # The map
//!
//! | module | owns |
//! |---|---|
//! | [`cli`] | arguments → mode → exit code, and what is printed without a screen |
//! | [`config`], [`secret`] | layers (default < file < environment < option), each value with its source; the API key |
//! | [`text`] | untrusted text, the sanitiser, widths, masking, what a search looks for |
//! | [`time`] | times as sent and the instants that they name |
//! | [`submission`] | the words of the business, without any screen: row, document with its paths and fields, the assessment (status, screening, checks), attempts, provenance, timeline, codes; finding, comparing and writing values |
//! | [`query`] | the filter language: text ⇄ terms, server parameters, local matching, completion |
//! | [`api`] | the client: how the service is reached, one request, its limits, secure transfer, the envelope, what goes wrong and what is tried again |
//! | `private_file` | files and streams at paths that the user names: looked at before they are read or written |
//! | [`access`] | the record of who looked at which submissions, if it is asked for |
//! | [`failure`] | a failure in words |
//! | [`store`] | loaded submissions as bytes and compact rows, what ties them, what is new, the guards of the walk along the cursor, filter and order |
//! | [`walk`] | a query walked without a screen: pages, single submissions, what local terms make of them, when failures stop it |
//! | [`kit`] | `Remote`: a thing that loads with its request, tickets, the scrolling cursor |
//! | [`keys`] | actions, chords and the one table of keys |
//! | [`ui`] | roles, themes, lines of safe text, panels, the text field |
//! | [`panes`] | list, filter bar, detail with its tabs: each with its state, update and view in one folder |
//! | [`overlays`] | help and menus (sort, copy) |
//! | [`app`] | the model, the messages, what is selected, the rules between panes, the pass that derives, the root view |
//! | [`runtime`] | the loop, tasks, the terminal's modes and the gate to it, signals, being a shell's job, running the program that prints the key, the log: the only module that spawns |
//!
//! # To change …, touch …
//!
//! | to change | touch |
//! |---|---|
//! | a column of the list | its entry in `src/submission/row/column/table.rs`; what fills its cell is in `src/submission/read.rs` |
//! | a filter key | of a column: its entry in the same table; a parameter of the service: `src/query/key.rs` and `src/query/params.rs` |
//! | a tab | its row in `src/panes/detail/tabs.rs` and a file in `src/panes/detail/tabs` |
//! | a documented field | `src/submission/fields.rs` for its label, class and meaning; `tests/data/documented_paths.txt`; its tab |
//! | what a check, a status or the screening says | `src/submission/assessment` |
//! | a key | `assets/keymap.toml`; a new action also `src/keys/action.rs` and `src/app/keys.rs` |
//! | a demo scenario | a file in `demo/scenarios`; new behaviour also `demo/src/behaviour.rs` |
//! | an output format | `src/cli/output_format.rs`; how it is written is in `src/cli/output` |
//! | a colour | `assets/themes`; a new role also `src/ui/theme.rs` |
//! | a setting | `src/config/file.rs`, `src/config.rs` and `assets/config.toml` |
//! | a code in words | `assets/codes.toml` |
//!
//! # How ratatui is used here, and why not its text widgets
//!
//! The program keeps the loop, the terminal's modes and the state itself, and draws with ratatui's `Terminal`, `Frame`,
//! `Buffer`, `Layout`, `Rect`, `Style` and `Block`. [`Regions::of`](app::Regions::of) divides the screen once for `update` and
//! `view`, so that the cursor and the lines that are drawn never disagree.
//!
//! Text is the exception. `Paragraph`, `List` and `Table` take any string, split it by their own rules and hold all of it
//! for each frame. Here every text on the screen is [`Safe`](text::Safe), lines are made of it by
//! [`ui::Line`], and only the lines that are visible are made. The type system then proves that no text of the service
//! reaches the terminal without the sanitiser, and a list of 100,000 rows costs what its visible rows cost.
//!
//! # The rules
//!
//! * Text from the network is [`Untrusted`](text::Untrusted); only the sanitiser makes [`Safe`](text::Safe) text of it,
//!   and views take `Safe` only. Masking lives in [`Value`](text::Value), not in views.
//! * A submission is kept as the bytes that came. A compact [`Row`](submission::row::Row) is made of it at once, the
//!   [`Document`](submission::Document) only when it is opened; what is too large for the loop is opened in a task.
//! * How private a value or a key is, [`Field::class`](submission::Field::class) and its module say alone; what may be seen
//!   of it is one rule, [`masking`](submission::masking), for the screen, for what is printed, for copies and for searches. A
//!   row carries the class of each of its cells.
//! * What a record says is judged once, in [`submission::assessment`]. Tabs, list, filter, CSV and statistics read it there.
//! * A limit never changes a meaning. Documented fields are opened first, whatever is large or deep beside them; what is not
//!   opened stays as text ([`Raw`](submission::node::Raw)), is told ([`Document::unread`](submission::Document::unread)) and
//!   is hidden whole where anything is hidden. Each limit is with its reason in SECURITY.md.
//! * What is only visited never enters the store, so that nothing counts as loaded that the list did not load.
//! * A refresh never moves a row: what is new is held back, what changed is marked, until the user takes note of it.
//! * What was not fetched is never shown as empty: a list answer leaves fields out, and every cell, filter and tab tells
//!   the two apart.
//! * `text`, `time`, `submission`, `query` and `kit` know neither terminal nor network; panes know neither `api` nor
//!   `runtime` nor each other. `tests/meta/rules.rs` reads the source and fails on a breach; `clippy.toml` bars the calls that have one
//!   lawful place.
//! * Whatever ends or stops the program goes through one list of modes and one gate in `runtime::terminal`, which is closed
//!   while the terminal is not taken. Signals are watched on a thread of their own, which leaves by itself when the loop
//!   does not end in time.
//! * One real client and two servers, the service and the demo: there is no trait for the API and no mock of it. The
//!   demo is a crate of its own, `argos-demo`, that shares no code with the client: a common mistake stays visible.

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
compile_error!("argos-review runs on Linux and macOS; on Windows, build and run it in WSL");

pub mod access;
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod failure;
pub mod keys;
pub mod kit;
pub mod overlays;
pub mod panes;
mod private_file;
pub mod query;
pub mod runtime;
pub mod secret;
pub mod store;
pub mod submission;
pub mod text;
pub mod time;
pub mod ui;
pub mod walk;
