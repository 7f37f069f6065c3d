//! Opens the reviewer on a terminal, and closes it on every path.

use std::io;

use crossterm::event::EventStream;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::process::{Signal, kill_current_process_group};

use super::backend::Placed;
use super::event_loop::{self, Errand, Wiring, clamp};
use super::events::Events;
use super::signals::Signals;
use super::tasks::{Tasks, now};
use super::{clipboard, hangup, terminal};
use crate::access::AccessLog;
use crate::api::Client;
use crate::app::{Model, Setting};
use crate::config::{BaseUrl, SecureTransfer};
use crate::demo::{self, Demo};
use crate::secret::ApiKey;

/// Exit code after the terminal went away.
const HUNG_UP: u8 = 129;

/// What the reviewer asks.
pub enum Origin {
    /// The service.
    Service {
        /// Its address.
        base_url: BaseUrl,
        /// The key of the project.
        key: ApiKey,
        /// Whether requests and answers are encrypted.
        transfer: SecureTransfer,
        /// Where it is recorded who looked at what.
        access: Option<AccessLog>,
    },
    /// The built-in server, started beside the reviewer.
    Demo {
        /// How it is set up.
        options: demo::Options,
        /// Whether requests and answers are encrypted.
        transfer: SecureTransfer,
    },
}

impl Origin {
    /// Whether requests and answers are encrypted.
    #[must_use]
    pub const fn transfer(&self) -> SecureTransfer {
        match self {
            Self::Service { transfer, .. } | Self::Demo { transfer, .. } => *transfer,
        }
    }
}

/// Why there is no reviewer, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The terminal, the signals or the demo's listener.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The client cannot be made.
    #[error(transparent)]
    Client(#[from] crate::api::Error),
}

/// Runs the reviewer and returns the exit code.
///
/// # Errors
/// When the terminal cannot be taken or drawn to, or the client cannot be made.
pub fn review(setting: Setting, origin: Origin) -> Result<u8, Error> {
    // Answers are received and their envelope is read on the workers; the loop on this thread makes the rows.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(session(setting, origin));
    runtime.shutdown_background();
    if ended.is_err() {
        // However far taking the terminal came.
        terminal::leave();
    }
    ended
}

pub(super) async fn client(origin: Origin) -> Result<Client, Error> {
    match origin {
        Origin::Service { base_url, key, transfer, access } => {
            Ok(Client::new(base_url, &key)?.transferring(transfer, &key).recording(access))
        }
        Origin::Demo { options, transfer } => {
            let demo = Demo::bind(&options).await?;
            let base_url = BaseUrl::parse(&demo.base_url()).map_err(io::Error::other)?;
            let key = ApiKey::new(demo.key().as_bytes()).map_err(io::Error::other)?;
            let client = Client::new(base_url, &key)?.transferring(transfer, &key);
            #[expect(clippy::disallowed_methods, reason = "the demo's server lives as long as the reviewer")]
            tokio::spawn(demo.serve(std::future::pending()));
            Ok(client)
        }
    }
}

async fn session(setting: Setting, origin: Origin) -> Result<u8, Error> {
    let client = client(origin).await?;
    let mut signals = Signals::listen()?;
    let gone = hangup::watch();
    terminal::restore_on_panic();
    // Styles are the theme's business; the library would turn them into bare resets under NO_COLOR.
    crossterm::style::force_color_output(true);
    terminal::enter()?;
    let told = crossterm::terminal::size().map(Into::into)?;
    let size = clamp(told);
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    let mut screen = Terminal::with_options(Placed::new(io::stdout()), TerminalOptions { viewport })?;
    let (model, begin) = Model::new(setting, size, now());
    let (tasks, replies) = Tasks::new(client);
    let wiring = Wiring { events: Events::new(EventStream::new(), told), tasks, replies };
    let ended = tokio::select! {
        biased;
        code = signals.next() => Ok(Some(code)),
        _ = gone => Ok(None),
        ended = event_loop::run(&mut screen, model, begin, wiring, run_errand) => ended,
    };
    match ended {
        Ok(Some(code)) => {
            terminal::leave();
            Ok(code)
        }
        Err(error) => Err(error.into()),
        Ok(None) => leave_without_terminal(),
    }
}

/// The terminal is gone: writing to it, even while unwinding, would fail or abort.
#[expect(clippy::disallowed_methods, reason = "nothing may be dropped that writes to the dead terminal")]
fn leave_without_terminal() -> ! {
    std::process::exit(i32::from(HUNG_UP))
}

fn run_errand(errand: Errand<'_>) -> io::Result<()> {
    match errand {
        Errand::Suspend => suspend(),
        Errand::Copy(text) => clipboard::copy(text),
        Errand::Bell => terminal::ring(),
    }
}

/// Undoes all modes, stops the whole process group as a shell expects of ctrl-z, and takes the terminal again.
fn suspend() -> io::Result<()> {
    terminal::leave();
    kill_current_process_group(Signal::TSTP)?;
    terminal::enter()
}

/// Runs the demo server alone until a signal comes. `tell` is given its base URL and key once it listens.
///
/// # Errors
/// When signals cannot be listened to, or the listener fails.
pub fn serve_demo(options: &demo::Options, tell: impl FnOnce(&str, &str) -> io::Result<()>) -> Result<u8, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let demo = Demo::bind(options).await?;
        let mut signals = Signals::listen()?;
        tell(&demo.base_url(), demo.key())?;
        tokio::select! {
            code = signals.next() => Ok(code),
            ended = demo.serve(std::future::pending()) => Ok(ended.map(|()| 0)?),
        }
    })
}
