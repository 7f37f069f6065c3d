//! A server of raw bytes: plays a script to every connection and records what it was asked.
//!
//! It knows no HTTP beyond the blank line that ends a request, so that it can send what no library would.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{interval, timeout};

use crate::deadline::DEADLINE;

/// What the stand-in does next.
#[derive(Clone)]
pub(crate) enum Step {
    /// Reads a request up to its blank line and records it.
    Read,
    /// The same, then sends what answers it.
    Answer(Answer),
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

/// The bytes that answer a request.
pub(crate) type Answer = Arc<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// A stand-in on a port of its own, stopped with the runtime of the test.
pub(crate) struct StandIn {
    address: SocketAddr,
    requests: watch::Receiver<Vec<String>>,
    /// How many connections were made.
    connections: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
    /// How many connections the other side has left.
    left: watch::Receiver<usize>,
}

impl StandIn {
    /// Plays the script to each connection, then closes it.
    pub(crate) async fn playing(script: Vec<Step>) -> Self {
        Self::choosing(move |_| script.clone()).await
    }

    /// Plays what is chosen for each connection, counted from 0, then closes it.
    pub(crate) async fn choosing(choose: impl Fn(usize) -> Vec<Step> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let (record, requests) = watch::channel(Vec::new());
        let record = Arc::new(record);
        let connections = Arc::new(AtomicUsize::new(0));
        let sent = Arc::new(AtomicUsize::new(0));
        let (leave, left) = watch::channel(0);
        let leave = Arc::new(leave);
        let (count, taken) = (Arc::clone(&connections), Arc::clone(&sent));
        spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let script = choose(count.fetch_add(1, Ordering::SeqCst));
                let player = Player { script, record: Arc::clone(&record), sent: Arc::clone(&taken) };
                let leave = Arc::clone(&leave);
                spawn(async move {
                    if player.play(stream).await.is_none() {
                        leave.send_modify(|count| *count += 1);
                    }
                });
            }
        });
        Self { address, requests, connections, sent, left }
    }

    /// Reads a request and sends these bytes.
    pub(crate) async fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        Self::playing(vec![Step::Read, Step::Send(bytes.into())]).await
    }

    /// Its base URL over plain http.
    pub(crate) fn base(&self) -> String {
        format!("http://{}/canary-path", self.address)
    }

    /// Host and port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far, each up to its blank line.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.borrow().clone()
    }

    /// The requests, once there are that many.
    pub(crate) async fn asked(&mut self, count: usize) -> Vec<String> {
        let asked = timeout(DEADLINE, self.requests.wait_for(|requests| requests.len() >= count)).await;
        asked.expect("so many requests").expect("the stand-in runs").clone()
    }

    /// How many connections were made so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The only request.
    pub(crate) fn request(&self) -> String {
        let [request] = self.requests().try_into().expect("exactly one request");
        request
    }

    /// Bytes that the system took for sending.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Waits until the other side has left a connection before its script ended.
    pub(crate) async fn left(&mut self) {
        let left = timeout(DEADLINE, self.left.wait_for(|count| *count > 0)).await;
        left.expect("the other side leaves").expect("the stand-in runs");
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
                Step::Read => {
                    let request = read_head(&mut stream).await?;
                    self.record.send_modify(|requests| requests.push(request));
                }
                Step::Answer(answer) => {
                    let request = read_head(&mut stream).await?;
                    let bytes = answer(&request);
                    self.record.send_modify(|requests| requests.push(request));
                    self.send(&mut stream, &bytes).await?;
                }
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

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

#[expect(clippy::disallowed_methods, reason = "the stand-in runs beside the test")]
fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}

/// An answer with a status, further header lines (each ending in CRLF), a true length and a body.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status} Some Words\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
