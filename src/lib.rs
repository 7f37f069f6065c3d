//! argos-review is a terminal reviewer for "ID check" submissions of ARGOS Identity. It is unofficial and read-only.
//!
//! The program requests `GET /v3/submission`, lists the submissions page by page, narrows the list with a filter bar,
//! and shows one submission in eight tabs. When the user asks for a picture of a submission, it requests
//! `GET /v3/image`. The calls `list`, `show`, `export` and `stats` print the same data for
//! scripts. Submissions are kept in memory; only an export writes them to disk, into the file that the user names.
//!
//! This page is the map of the code. It explains how a key becomes a change on the screen, which module owns what,
//! which file to touch for a change, and which rules hold everywhere.
//!
//! # Where to start
//!
//! | to see | read |
//! |---|---|
//! | the state of the program, and how a message changes it | [`app::Model`], [`Model::update`](app::Model::update) |
//! | the loop around it | [`runtime::event_loop`] |
//! | what a submission is | [`submission`], [`submission::Document`] |
//! | how a filter becomes query parameters | [`query`] |
//! | one request and its failures | [`api`] |
//! | a call without a screen | [`cli::list`], [`walk`] |
//!
//! # How it works
//!
//! ```text
//!  terminal ───► runtime::event_loop ──┐
//!                                      ├─ Msg ──► Model::update ──► Vec<Effect> ──► runtime::tasks
//!  runtime::tasks (requests, timers) ──┘                │
//!                                                       │ a handler changes facts, then one pass derives the rest
//!                                                       ▼
//!                                 Model::view draws one frame after all queued messages
//! ```
//!
//! * One loop owns one [`Model`](app::Model). [`update`](app::Model::update) is synchronous: no await, no spawn, no
//!   clock, no IO. Keys, clicks, answers and the time arrive as messages; the [`Keymap`](keys::Keymap) turns a key's
//!   chord into an action.
//! * A message has one handler. The handler changes facts and pushes effects into the model's outbox. Then one pass
//!   (`app::derived_state`) derives rows, cursor, shown submission, related submissions and lines. It derives nothing
//!   that is not visible.
//! * [`view`](app::Model::view) reads the model and never changes it. The place of everything on the screen is a pure
//!   function of size and preferences, [`Regions::of`](app::Regions::of), which `update` and `view` both use.
//! * A new request aborts the older one in its [`Slot`](app::Slot). Every reply carries a [`Ticket`](kit::Ticket), and
//!   `update` drops a reply whose ticket is outdated.
//! * There is no tick: an idle program does nothing.
//!
//! # The map
//!
//! | module | owns |
//! |---|---|
//! | [`cli`] | the command line: arguments, modes, exit codes, and everything that is printed without a screen |
//! | [`config`], [`secret`] | the settings, in layers (default < file < environment < option), each value with its source; the API key |
//! | [`text`] | untrusted text, the sanitiser, widths, masking, and text as a search compares it |
//! | [`time`] | times as sent, and the instants that they name |
//! | [`submission`] | the business data, without any screen: row, document with its paths and fields, assessment (status, screening, checks), attempts, provenance, timeline, codes; counts; finding, comparing and writing values |
//! | [`query`] | the filter language: parsing and printing of terms, query parameters, local matching of one row or of all rows at once, completion, and the plan of the requests that fetch what rows lack |
//! | [`api`] | the client: connection, requests, limits, secure transfer, the envelope of an answer, errors and retries |
//! | `private_file` | files and streams at paths that the user names; each path is checked before it is read or written |
//! | [`access`] | the access log: who looked at which submissions, if the user turned it on |
//! | [`failure`] | a failure in words for the user |
//! | [`store`] | loaded submissions as packed bytes and compact rows, links between them (found by an index), new and changed rows, the guards of the walk along the page keys, the walk over one part of the submissions, filter and order |
//! | [`offline`] | submissions from files and webhooks' payloads; the source of submissions, which is the service or a file |
//! | [`walk`] | a query without a screen: its pages, the parts that are joined to them, its full records, the result of local terms, and the failures that stop it |
//! | [`output`] | submissions as lines of NDJSON or CSV, masked |
//! | [`export`] | the files of an export, complete or marked as partial, and the run that fetches and writes them |
//! | [`kit`] | generic parts: `Remote` (a value that is loaded by a request), tickets, the scrolling cursor, vectors, threads that divide one piece of work |
//! | [`keys`] | actions, chords, the one table of keys, the keys that users bind themselves, and the sentences that name a key |
//! | [`ui`] | roles, themes and theme files, lines of safe text, panels, the text field |
//! | [`views`] | the saved views: those of the program, the file `views.toml`, and its changes |
//! | [`panes`] | list, filter bar, and detail with its tabs; each has its state, update and view in one folder |
//! | [`picture`] | pictures of documents and faces: decoding within limits, the part that is shown, cutting out, and drawing it for each kind of terminal |
//! | [`overlays`] | the help page, the palette, the menus (sort, columns, copy, export, views), the comparison, the statistics, the pictures of a submission, and questions before many requests or unmasked values |
//! | [`app`] | the model, its messages and effects, the selection, the rules between panes, the pass that derives, the root view |
//! | [`runtime`] | the event loop, tasks, the terminal's modes and its gate, signals, job control, the programs that print the key or take a copied text, the log; the only module that spawns tasks and threads that outlive a call |
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
//! | a key | `assets/keymap.toml`; a new action also `src/keys/action.rs`, `src/app/keys.rs`, and `src/app/possible.rs` if it does not always have an effect |
//! | an entry of the palette | `src/app/palette.rs`; actions come from the table of keys |
//! | a view of the program | `src/views/built_in.rs`, docs/views.md |
//! | a finding or its grade | `src/submission/findings.rs`, whose page has the table of grades |
//! | what counts as equivalent | `src/submission/provenance/value_kind.rs` |
//! | a demo scenario | a file in `demo/scenarios`; new behaviour also `demo/src/behaviour.rs` |
//! | an output format | `src/cli/output_format.rs`; how it is written is in `src/output` |
//! | a colour | `assets/themes`; a new role also `src/ui/role.rs` and docs/configuration.md; the contrast is tested in `src/ui/tests.rs` |
//! | what a click or the wheel does | `src/app/mouse.rs`; in an overlay `src/overlays/pointer.rs`; the modes of the terminal are in `src/runtime/terminal.rs` |
//! | an entry of the copy menu | of the shown submission: `src/panes/detail/copy.rs`; of marked submissions: `src/app/copy_group.rs`, command lines: `src/app/copied_call.rs` |
//! | what an export reports | `src/cli/export/ending.rs` for the call, `src/export/report.rs` for the screen |
//! | a setting | `src/config/file.rs`, `src/config.rs` and `assets/config.toml` |
//! | what statistics count | `src/submission/tally/group.rs`; on the screen also `src/overlays/statistics.rs` |
//! | how submissions are compared | `src/submission/side_by_side`; its groups are in `src/submission/side_by_side/groups.rs` |
//! | when a picture is fetched, shown or wiped | `src/app/pictures.rs`; what its overlay shows is in `src/app/pictures/content.rs` |
//! | a code in words | `assets/codes.toml`; the kind of a retry code is in `src/submission/retry_kind.rs` |
//! | how fast a term is tested on all rows | `src/query/all_rows.rs`; the values by column are in `src/query/row_index.rs`; what one row answers is in `src/query/predicate.rs` |
//! | how rows are kept sorted | `src/store/sorted_rows.rs` |
//! | what is fetched for missing values | `src/query/parts.rs` for the plan; `src/app/fetch.rs` and `src/walk/part_join.rs` send the requests |
//!
//! # How ratatui is used here
//!
//! The program owns the loop, the terminal's modes and the state. It draws with ratatui's `Terminal`, `Frame`,
//! `Buffer`, `Layout`, `Rect`, `Style` and `Block`. [`Regions::of`](app::Regions::of) divides the screen once for
//! `update` and `view`, so that the cursor and the drawn lines always agree.
//!
//! The program does not use ratatui's text widgets. `Paragraph`, `List` and `Table` accept any string, split it by
//! their own rules, and hold all of it for each frame. Here every text on the screen is [`Safe`](text::Safe), a
//! [`ui::Line`] is made of safe text, and only the visible lines are made. So the type system proves that no text of
//! the service reaches the terminal without the sanitiser, and a list of 100,000 rows costs as much as its visible
//! rows.
//!
//! # The rules
//!
//! **Text and privacy**
//!
//! * Text from the network is [`Untrusted`](text::Untrusted). Only the sanitiser turns it into [`Safe`](text::Safe)
//!   text, and views accept only `Safe`. [`Value`](text::Value) does the masking, not the views.
//! * [`Field::class`](submission::Field::class) and its module alone decide how private a value or a key is. One rule,
//!   [`masking`](submission::masking), decides what is visible: on the screen, in printed output, in copies and in
//!   searches. A row carries the class of each of its cells.
//!
//! **Data**
//!
//! * A submission is kept as the received bytes, which a task packs in memory. The compact
//!   [`Row`](submission::row::Row) is made at once, the [`Document`](submission::Document) only when the submission is
//!   opened. A submission that is too large for the loop is opened in a task.
//! * A record is assessed in one place, [`submission::assessment`]. Tabs, list, filter, CSV and statistics use its
//!   results.
//! * A limit never changes a meaning. Documented fields are parsed first, even beside large or deep data. Data that is
//!   not parsed stays as text ([`RawText`](submission::node::RawText)), is reported
//!   ([`Document::unparsed_parts`](submission::Document::unparsed_parts)), and is hidden completely wherever anything
//!   is hidden. SECURITY.md lists each limit with its reason.
//! * A submission that is only visited never enters the store, so that only submissions of the list count as loaded.
//! * A refresh never moves a row: new rows are held back and changed rows are marked until the user takes note of them.
//! * Data that was not fetched is never shown as empty. A list answer leaves fields out, and every cell, filter and tab
//!   distinguishes "not fetched" from "empty".
//!
//! **Structure**
//!
//! * `text`, `time`, `submission`, `query` and `kit` know neither terminal nor network. Panes know neither `api` nor
//!   `runtime` nor each other. `tests/meta/rules.rs` reads the source and fails on a breach; `clippy.toml` forbids
//!   calls outside of the one place that may use them.
//! * Every way to end or stop the program uses one list of modes and one gate in `runtime::terminal`. The gate is
//!   closed while the program does not have the terminal. A separate thread watches signals, and exits the process by
//!   itself if the loop does not end in time.
//! * There is one real client and two servers, the service and the demo: no trait for the API and no mock of it. The
//!   demo is a separate crate, `argos-demo`, that shares no code with the client, so that a mistake in one is visible
//!   in the other.

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
compile_error!("argos-review runs on Linux and macOS; on Windows, build and run it in WSL");

pub mod access;
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod export;
pub mod failure;
pub mod keys;
pub mod kit;
pub mod offline;
pub mod output;
pub mod overlays;
pub mod panes;
pub mod picture;
mod private_file;
pub mod query;
pub mod runtime;
pub mod secret;
pub mod store;
pub mod submission;
pub mod text;
pub mod time;
pub mod ui;
pub mod views;
pub mod walk;
