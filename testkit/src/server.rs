//! The one server of the tests: plays a script of raw bytes to every connection and records what it was asked.
//!
//! It knows no HTTP beyond the blank line that ends a request, so that it can send what no library would. A test that needs
//! no more than an answer writes it with [`answer`] and starts [`TestServer::sending`] or [`TestServer::answering`]; one that
//! needs TLS or the protocol of a proxy takes the connections themselves with [`listen`].

mod gate;
mod request;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::watch;
use tokio::time::{interval, timeout};

use crate::deadline::DEADLINE;

pub use gate::Gate;
pub use request::{first_line, get, get_with_head, parameter, query};

/// One step of the server's script for a connection.
#[derive(Clone)]
pub enum Step {
    /// Reads a request up to its blank line and records it.
    Read,
    /// The same, then sends what answers it.
    Answer(Answer),
    /// The same for every request of the connection, until the other side leaves.
    AnswerAll(Answer),
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends the same bytes, as fast as they are taken, until the other side leaves.
    Forever(Vec<u8>),
    /// Sends the same bytes once a period until the other side leaves.
    Drip(Vec<u8>, Duration),
    /// Sends nothing until the other side leaves.
    Stall,
    /// Sends no more, but stays until the other side leaves.
    HalfClose,
    /// Resets the connection.
    Reset,
}

/// The bytes that answer a request, which is given up to its blank line. It may block.
pub type Answer = Arc<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// A server on a port of its own. It runs as long as the test's runtime, or as the process where a test has none.
pub struct TestServer {
    address: SocketAddr,
    requests: watch::Receiver<Vec<String>>,
    connections: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
    wait_until_left: watch::Receiver<usize>,
}

impl TestServer {
    /// Starts a server that plays the script to each connection, then closes it.
    pub fn with_script(script: Vec<Step>) -> Self {
        Self::with_scripts(move |_| script.clone())
    }

    /// Starts a server that plays the script that `choose` returns for the number of the connection, counted from 0.
    pub fn with_scripts(choose: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let (record, requests) = watch::channel(Vec::new());
        let (leave, left) = watch::channel(0);
        let (record, leave) = (Arc::new(record), Arc::new(leave));
        let (connections, sent) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (count, taken) = (Arc::clone(&connections), Arc::clone(&sent));
        let address = listen(move |stream| {
            let script = choose(count.fetch_add(1, Ordering::SeqCst));
            let player = Player { script, record: Arc::clone(&record), sent: Arc::clone(&taken) };
            let leave = Arc::clone(&leave);
            async move {
                if player.play(stream).await.is_none() {
                    leave.send_modify(|count| *count += 1);
                }
            }
        });
        Self { address, requests, connections, sent, wait_until_left: left }
    }

    /// Starts a server that reads one request of each connection and sends these bytes.
    pub fn sending(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with_script(vec![Step::Read, Step::Send(bytes.into())])
    }

    /// Starts a server that answers every request of every connection.
    pub fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::with_script(vec![Step::AnswerAll(Arc::new(answer))])
    }

    /// Its base URL over plain http. The path is a canary: no error and no screen may show it.
    pub fn base(&self) -> String {
        format!("http://{}/canary-path", self.address)
    }

    /// Returns the address (host and port) of the server.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the requests received so far, each up to its blank line.
    pub fn requests(&self) -> Vec<String> {
        self.requests.borrow().clone()
    }

    /// Waits until `count` requests were received, and returns them.
    pub async fn wait_for_requests(&mut self, count: usize) -> Vec<String> {
        let asked = timeout(DEADLINE, self.requests.wait_for(|requests| requests.len() >= count)).await;
        asked.expect("a request with this number").expect("the server runs").clone()
    }

    /// Returns the only request that was received.
    pub fn request(&self) -> String {
        let [request] = self.requests().try_into().expect("exactly one request");
        request
    }

    /// Returns the number of connections that were made so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the number of bytes that the system accepted for sending.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Waits until a client has closed a connection before the script ended.
    pub async fn wait_until_left(&mut self) {
        let left = timeout(DEADLINE, self.wait_until_left.wait_for(|count| *count > 0)).await;
        left.expect("the other side leaves").expect("the server runs");
    }
}

struct Player {
    script: Vec<Step>,
    record: Arc<watch::Sender<Vec<String>>>,
    sent: Arc<AtomicUsize>,
}

impl Player {
    /// `None` when the other side left before the end.
    async fn play(&self, mut stream: TcpStream) -> Option<()> {
        for step in &self.script {
            match step {
                Step::Read => self.read(&mut stream).await.map(drop)?,
                Step::Answer(answer) => self.answer(&mut stream, answer).await?,
                Step::AnswerAll(answer) => loop {
                    self.answer(&mut stream, answer).await?;
                },
                Step::Send(bytes) => self.send(&mut stream, bytes).await?,
                Step::Forever(bytes) => loop {
                    self.send(&mut stream, bytes).await?;
                },
                Step::Drip(bytes, period) => {
                    let mut beat = interval(*period);
                    loop {
                        beat.tick().await;
                        self.send(&mut stream, bytes).await?;
                    }
                }
                Step::Stall => return until_left(&mut stream).await,
                Step::HalfClose => {
                    stream.shutdown().await.ok()?;
                    return until_left(&mut stream).await;
                }
                Step::Reset => stream.set_zero_linger().ok()?,
            }
        }
        Some(())
    }

    async fn read(&self, stream: &mut TcpStream) -> Option<String> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let request = String::from_utf8_lossy(&head).into_owned();
        self.record.send_modify(|requests| requests.push(request.clone()));
        Some(request)
    }

    async fn answer(&self, stream: &mut TcpStream, answer: &Answer) -> Option<()> {
        let request = self.read(stream).await?;
        let bytes = blocking(Arc::clone(answer), request).await;
        self.send(stream, &bytes).await
    }

    async fn send(&self, stream: &mut TcpStream, bytes: &[u8]) -> Option<()> {
        stream.write_all(bytes).await.ok()?;
        self.sent.fetch_add(bytes.len(), Ordering::Relaxed);
        Some(())
    }
}

async fn until_left(stream: &mut TcpStream) -> Option<()> {
    while stream.read_u8().await.is_ok() {}
    None
}

/// Runs an answer that may wait for something, such as for a [`Gate`].
#[expect(clippy::disallowed_methods, reason = "an answer may block")]
async fn blocking(answer: Answer, request: String) -> Vec<u8> {
    tokio::task::spawn_blocking(move || answer(&request)).await.expect("an answer that does not panic")
}

/// The runtime of servers in tests that have no runtime of their own.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"));

/// Gives every connection on a port of its own to a handler, beside the test, and returns host and port.
#[expect(clippy::disallowed_methods, reason = "the server runs beside the test")]
pub fn listen<F>(handle: impl Fn(TcpStream) -> F + Send + Sync + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = Handle::try_current().unwrap_or_else(|_| RUNTIME.handle().clone());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener");
    let address = listener.local_addr().expect("its address");
    let _entered = runtime.enter();
    let listener = TcpListener::from_std(listener).expect("a listener");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // An answer in several writes would otherwise wait for the other side's delayed acknowledgement.
            let _ = stream.set_nodelay(true);
            tokio::spawn(handle(stream));
        }
    });
    address
}

/// Returns an HTTP answer with a status, further header lines (each ending in CRLF), the correct length and a body.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status} Some Words\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Returns an HTTP answer with status 200 and JSON, after which the connection is closed.
pub fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer(200, "Content-Type: application/json\r\nConnection: close\r\n", body)
}
