//! Opens the reviewer on a terminal, and gives the terminal back however the reviewer ends.

use std::io;
use std::sync::Arc;

#[cfg(feature = "demo")]
use argos_demo::DemoServer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::backend::CursorSafeBackend;
use super::clipboard;
use super::copy_command::CopyCommand;
use super::event_loop::{self, LoopConnections, TerminalHost, clamp};
use super::hangup::{self, HANGUP_EXIT_CODE};
use super::input_wake::TerminalEvents;
use super::job_control::JobControl;
use super::resize_events::ResizeEvents;
use super::signals::EndSignal;
use super::tasks::{Tasks, now};
use super::terminal::{self, Gate};
use crate::access::AccessLog;
use crate::api::{Client, Limits, NetworkVariables};
use crate::app::{Model, ReviewerConfig};
use crate::config::{BaseUrl, Pictures, SecureTransfer};
use crate::export::ExportSource;
use crate::offline::{RecordSource, SubmissionFile};
use crate::picture::{CellSize, PictureBytes};
use crate::secret::ApiKey;

/// The origin of the submissions: the ARGOS service, the built-in demo server, or files.
#[cfg_attr(
    not(feature = "demo"),
    expect(clippy::large_enum_variant, reason = "there is one value, which is moved a few times")
)]
pub enum SourceConfig {
    /// The ARGOS service.
    Service {
        /// The base URL of the service, to which paths of requests are added.
        base_url: BaseUrl,
        /// The API key of the project.
        key: ApiKey,
        /// Whether requests and answers are encrypted inside TLS (Secure Data Transfer).
        transfer: SecureTransfer,
        /// The access log, which records who looked at which submissions; `None` if it is off.
        access: Option<AccessLog>,
        /// Environment variables that set the proxy and the certificates for the requests.
        network: NetworkVariables,
    },
    /// The built-in demo server, which runs in this process.
    #[cfg(feature = "demo")]
    Demo {
        /// Scenario, dates and port of the demo server.
        options: argos_demo::DemoOptions,
        /// Whether requests and answers are encrypted inside TLS (Secure Data Transfer).
        transfer: SecureTransfer,
    },
    /// Files with submissions, which are already read into memory. No request is sent.
    File(Arc<SubmissionFile>),
}

impl SourceConfig {
    /// Returns a description of the server and the project, or of the file, from which an export gets its submissions.
    /// It is stored with an export. A stopped export is continued only if the description is the same.
    pub fn export_source(&self) -> ExportSource {
        match self {
            Self::Service { base_url, key, .. } => {
                let identity = format!("{base_url} {}", key.tail());
                ExportSource { host: base_url.host().to_owned(), identity, files: Vec::new() }
            }
            // The demo's port changes with each process, and its scenario does not change the data.
            #[cfg(feature = "demo")]
            Self::Demo { options, .. } => {
                ExportSource { host: "demo".to_owned(), identity: options.today.to_string(), files: Vec::new() }
            }
            // A changed file would mix two states in one export.
            Self::File(file) => {
                let identity = format!("{} {} {}", file.name().as_str(), file.at(), file.len());
                ExportSource { host: "file".to_owned(), identity, files: file.identities().to_vec() }
            }
        }
    }

    /// Returns whether requests and answers are encrypted inside TLS (Secure Data Transfer).
    pub const fn transfer(&self) -> SecureTransfer {
        match self {
            Self::Service { transfer, .. } => *transfer,
            #[cfg(feature = "demo")]
            Self::Demo { transfer, .. } => *transfer,
            Self::File(_) => SecureTransfer::Off,
        }
    }
}

/// Error because of which the interactive program could not start, or ended early.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The terminal, the signal handling or the demo's listener failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The client, which sends the requests, could not be created.
    #[error(transparent)]
    Client(#[from] crate::api::RequestError),
}

/// Runs the interactive program on the terminal until the user quits, and returns the exit code. `origin` says where
/// the submissions come from: the service, the demo server or a file. `copy_command` is the program that gets copied
/// text on its standard input; if it is `None`, copied text is sent to the terminal.
///
/// # Errors
/// When the terminal cannot be set up or drawn to, or the client cannot be created.
pub fn review(
    config: ReviewerConfig,
    origin: SourceConfig,
    copy_command: Option<CopyCommand>,
) -> Result<u8, RuntimeError> {
    // Answers are received and their envelope is read on the workers; the loop on this thread makes the rows.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(session(config, origin, copy_command));
    runtime.shutdown_background();
    ended
}

pub(super) async fn source(origin: SourceConfig) -> Result<RecordSource, RuntimeError> {
    match origin {
        SourceConfig::Service { base_url, key, transfer, access, network } => {
            let client = Client::with_network(base_url, &key, Limits::default(), &network)?;
            Ok(client.with_secure_transfer(transfer, &key).with_access_log(access).into())
        }
        SourceConfig::File(file) => Ok(RecordSource::File(file)),
        #[cfg(feature = "demo")]
        SourceConfig::Demo { options, transfer } => Ok(demo(&options, transfer).await?.0.into()),
    }
}

/// Address and API key of the demo server. A `curl` command that the user copies contains both. The key is valid only
/// for the demo.
#[cfg(feature = "demo")]
struct DemoAccess {
    address: String,
    key: String,
}

/// Starts the demo server inside this process, and returns a client for it and the server's address and key. `transfer`
/// says whether requests and answers are encrypted inside TLS.
#[cfg(feature = "demo")]
async fn demo(
    options: &argos_demo::DemoOptions,
    transfer: SecureTransfer,
) -> Result<(Client, DemoAccess), RuntimeError> {
    let demo = DemoServer::bind(options).await?;
    let base_url = BaseUrl::parse(&demo.base_url()).map_err(io::Error::other)?;
    let key = ApiKey::new(demo.key().as_bytes()).map_err(io::Error::other)?;
    let access = DemoAccess { address: base_url.resource("submission").to_string(), key: demo.key().to_owned() };
    let client = Client::new(base_url, &key)?.with_secure_transfer(transfer, &key);
    #[expect(clippy::disallowed_methods, reason = "the demo's server lives as long as the reviewer")]
    tokio::spawn(demo.serve(std::future::pending()));
    Ok((client, access))
}

async fn session(
    config: ReviewerConfig,
    origin: SourceConfig,
    copy_command: Option<CopyCommand>,
) -> Result<u8, RuntimeError> {
    let export_source = origin.export_source();
    #[cfg(feature = "demo")]
    let mut config = config;
    let source = match origin {
        #[cfg(feature = "demo")]
        SourceConfig::Demo { options, transfer } => {
            let (client, DemoAccess { address, key }) = demo(&options, transfer).await?;
            (config.address, config.demo_key) = (address, Some(key));
            client.into()
        }
        origin => source(origin).await?,
    };
    let source = source.with_pictures(if config.pictures { Pictures::Ask } else { Pictures::Off });
    let (tasks, replies) = Tasks::new(source);
    let tasks = tasks.with_copy_command(copy_command).with_export_source(export_source);
    let (ending, job) = EndSignal::of_screen(tasks.sender())?;
    let wiring = LoopConnections { events: TerminalEvents::new(), host: TerminalScreen(&job), tasks, replies };
    hangup::watch();
    terminal::restore_on_panic();
    // Styles are the theme's business; the library would turn them into bare resets under NO_COLOR.
    crossterm::style::force_color_output(true);
    // Before the terminal is taken, so that this mode is set and undone with all others.
    terminal::set_mouse(config.mouse)?;
    let ended = match terminal::enter() {
        Ok(()) => on_screen(config, wiring, ending).await,
        Err(error) => Err(error),
    };
    terminal::leave();
    Ok(ended?)
}

/// The terminal on which the interactive program runs, with its job control (how a shell stops and continues the
/// program).
struct TerminalScreen<'a>(&'a JobControl);

impl TerminalHost for TerminalScreen<'_> {
    fn suspend(&mut self) -> io::Result<()> {
        self.0.suspend()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        clipboard::copy(text)
    }

    fn ring(&mut self) -> io::Result<()> {
        terminal::ring()
    }

    fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        terminal::set_mouse(on)
    }

    fn write_pictures(&mut self, bytes: &PictureBytes) -> io::Result<()> {
        terminal::write_pictures(bytes)
    }

    fn cell_size(&self) -> Option<CellSize> {
        terminal::cell_size()
    }
}

async fn on_screen(
    config: ReviewerConfig,
    wiring: LoopConnections<TerminalEvents, TerminalScreen<'_>>,
    mut ending: EndSignal,
) -> io::Result<u8> {
    let told = terminal::size()?;
    let LoopConnections { events, host, tasks, replies } = wiring;
    let wiring = LoopConnections { events: ResizeEvents::new(events, told), host, tasks, replies };
    let size = clamp(told);
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    let mut screen = Terminal::with_options(CursorSafeBackend::new(Gate::for_frames()), TerminalOptions { viewport })?;
    let mut config = config;
    if let (Ok(drawing), Some(cell)) = (&mut config.drawing, terminal::cell_size()) {
        drawing.cell = cell;
    }
    let (model, begin) = Model::new(config, size, now());
    let ended = tokio::select! {
        biased;
        code = ending.wait_for_exit_code() => Ok(Some(code)),
        ended = event_loop::run(&mut screen, model, begin, wiring) => ended,
    };
    // Before the screen is dropped, which writes, and panics where it cannot.
    terminal::leave();
    match ended {
        Ok(Some(code)) => Ok(code),
        Ok(None) => Ok(HANGUP_EXIT_CODE),
        // The loop may be the first to notice the hangup, when it draws.
        Err(_) if hangup::is_terminal_gone() => Ok(HANGUP_EXIT_CODE),
        Err(error) => Err(error),
    }
}

/// Runs only the demo server, without a screen, until a signal ends the program, and returns the exit code. As soon as
/// the server listens, `on_listening` is called with its base URL and its API key.
///
/// # Errors
/// When the signals cannot be watched, or the listener fails.
#[cfg(feature = "demo")]
pub fn serve_demo(
    options: &argos_demo::DemoOptions,
    on_listening: impl FnOnce(&str, &str) -> io::Result<()>,
) -> Result<u8, RuntimeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let demo = DemoServer::bind(options).await?;
        let mut ending = EndSignal::of_call()?;
        on_listening(&demo.base_url(), demo.key())?;
        tokio::select! {
            code = ending.wait_for_exit_code() => Ok(code),
            ended = demo.serve(std::future::pending()) => Ok(ended.map(|()| 0)?),
        }
    })
}
