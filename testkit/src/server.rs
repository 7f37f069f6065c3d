//! The server of the tests: plays a script of raw bytes to every connection, and records the requests.
//!
//! The server knows nothing of HTTP except the blank line that ends a request, so that it can send what no library
//! would send. A test that only needs an answer builds it with [`answer`], and starts [`TestServer::sending`] or
//! [`TestServer::answering`]. A test that needs TLS or the protocol of a proxy handles the connections itself with
//! [`listen`].

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

/// One step of the script that the server plays to a connection.
#[derive(Clone)]
pub enum Step {
    /// Reads one request up to its blank line, and records it.
    Read,
    /// Reads and records one request, then sends the answer that the function returns for it.
    Answer(Answer),
    /// Reads, records and answers every request of the connection, until the client closes the connection.
    AnswerAll(Answer),
    /// Sends these bytes once.
    Send(Vec<u8>),
    /// Sends these bytes again and again, as fast as the client takes them, until the client closes the connection.
    Forever(Vec<u8>),
    /// Sends these bytes once in each period of the given length, until the client closes the connection.
    Drip(Vec<u8>, Duration),
    /// Sends nothing, and waits until the client closes the connection.
    Stall,
    /// Closes the sending side of the connection, and waits until the client closes the connection.
    HalfClose,
    /// Resets the connection at the end of the script (TCP RST).
    Reset,
}

/// Function that returns the bytes of the answer to a request. Its argument is the text of the request up to the blank
/// line. The function may block.
pub type Answer = Arc<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// A server on its own port of 127.0.0.1. It ends with the test's async runtime, or with the process if the test has no
/// runtime.
pub struct TestServer {
    address: SocketAddr,
    requests: watch::Receiver<Vec<String>>,
    connections: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
    wait_until_left: watch::Receiver<usize>,
}

impl TestServer {
    /// Starts a server that plays `script` to each connection, and then closes the connection.
    pub fn with_script(script: Vec<Step>) -> Self {
        Self::with_scripts(move |_| script.clone())
    }

    /// Starts a server that plays a script to each connection. `choose` returns the script for the number of the
    /// connection, counted from 0.
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

    /// Starts a server that reads one request of each connection, sends `bytes`, and closes the connection.
    pub fn sending(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with_script(vec![Step::Read, Step::Send(bytes.into())])
    }

    /// Starts a server that answers every request of every connection with the bytes that `answer` returns for the
    /// request.
    pub fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::with_script(vec![Step::AnswerAll(Arc::new(answer))])
    }

    /// Returns the base URL of the server, with `http`. Its path is a marker: no error and no screen of the program may
    /// show it.
    pub fn base(&self) -> String {
        format!("http://{}/canary-path", self.address)
    }

    /// Returns the address of the server: 127.0.0.1 and its port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the text of each request received so far, up to the blank line.
    pub fn requests(&self) -> Vec<String> {
        self.requests.borrow().clone()
    }

    /// Waits until at least `count` requests were received, and returns all requests so far.
    pub async fn wait_for_requests(&mut self, count: usize) -> Vec<String> {
        let asked = timeout(DEADLINE, self.requests.wait_for(|requests| requests.len() >= count)).await;
        asked.expect("a request with this number").expect("the server runs").clone()
    }

    /// Returns the only request that was received. Fails if there are several or none.
    pub fn request(&self) -> String {
        let [request] = self.requests().try_into().expect("exactly one request");
        request
    }

    /// Returns the number of connections that clients have made so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the number of bytes that the operating system accepted for sending so far.
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Waits until a client has closed a connection before the end of the script.
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
    /// Plays the script to one connection. Returns `None` if the client closed the connection before the end of the
    /// script.
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

/// Computes an answer on a thread on which it may wait, for example for a [`Gate`].
#[expect(clippy::disallowed_methods, reason = "an answer may block")]
async fn blocking(answer: Answer, request: String) -> Vec<u8> {
    tokio::task::spawn_blocking(move || answer(&request)).await.expect("an answer that does not panic")
}

/// The async runtime for the servers of tests that have no async runtime of their own.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"));

/// Listens on a free port of 127.0.0.1, and calls `handle` for each connection. Returns the address. The connections
/// are handled in the background, while the test runs.
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

/// Returns the bytes of an HTTP answer with a status, header lines, the correct length and a body. Each line of
/// `headers` must end in CRLF.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status} Some Words\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Returns the bytes of an HTTP answer with status 200 and the JSON text `body`. A header says that the connection
/// closes after the answer.
pub fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer(200, "Content-Type: application/json\r\nConnection: close\r\n", body)
}
