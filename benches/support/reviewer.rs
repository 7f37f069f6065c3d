//! The reviewer in a pseudo-terminal, on submissions that a local server sends.

use std::fs::{Permissions, set_permissions, write};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use argos_testkit::binary::binary;
use argos_testkit::server::TestServer;
use tempfile::TempDir;

use super::records::Records;
use super::service::serve;
use super::terminal::Terminal;

/// A running reviewer, its server, and the folder of its configuration.
pub(crate) struct Reviewer {
    pub(crate) terminal: Terminal,
    _server: TestServer,
    _folder: TempDir,
}

impl Reviewer {
    /// Starts it on the first `rows` submissions, without a limit for loading all and without a blank screen.
    pub(crate) fn start(records: &Arc<Records>, rows: usize, arguments: &[&str]) -> Self {
        let server = serve(records, rows);
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("config.toml");
        write(&config, "load_cap = 1000000\nblank_minutes = 0\n").expect("a file");
        set_permissions(&config, Permissions::from_mode(0o600)).expect("a file of its owner");
        let (base, path) = (server.base(), config.to_str().expect("a path"));
        let variables = [("ARGOS_BASE_URL", &*base), ("ARGOS_API_KEY", "BenchKey"), ("ARGOS_CONFIG", path)];
        let command = [&[binary()], arguments].concat();
        let terminal = Terminal::start(&command, &variables, folder.path());
        Self { terminal, _server: server, _folder: folder }
    }

    /// Starts it with pages of 2,000 submissions and has it load all, and returns how long that took.
    pub(crate) fn loaded(records: &Arc<Records>, rows: usize) -> (Self, Duration) {
        let mut reviewer = Self::start(records, rows, &["count:2000"]);
        reviewer.terminal.until("the first page", |screen| loaded_rows(screen).is_some());
        let begin = Instant::now();
        let end = reviewer.load_all();
        reviewer.terminal.settle(Duration::from_secs(1));
        (reviewer, end.saturating_duration_since(begin))
    }

    /// Has it load all that is not loaded yet, and returns when it was. It pauses where much is loaded, and is told to
    /// go on.
    fn load_all(&mut self) -> Instant {
        let mut paused_at = None;
        loop {
            let is_over = |screen: &str| screen.contains(" loaded · complete");
            let is_paused = |screen: &str| {
                let rows = loaded_rows(screen);
                rows.is_some() && rows != paused_at && !screen.contains("loading all") && !is_over(screen)
            };
            let at = self.terminal.until("all rows", |screen| is_over(screen) || is_paused(screen));
            let screen = self.terminal.screen();
            if is_over(&screen) {
                return at;
            }
            paused_at = loaded_rows(&screen);
            self.terminal.press("L");
        }
    }
}

/// Returns the number of loaded rows that the lower border of the list names.
pub(crate) fn loaded_rows(screen: &str) -> Option<usize> {
    let (before, _) = screen.split_once(" loaded · ")?;
    before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
