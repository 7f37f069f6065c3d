//! Reads a pseudo-terminal on a thread of its own, which can be told to pause and to let go.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

use portable_pty::MasterPty;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Read,
    Pause,
    Stop,
}

/// A thread that reads a pseudo-terminal, and the channel with its output.
pub struct Reader {
    /// Piece by piece; it ends when the terminal does.
    pub output: Receiver<Vec<u8>>,
    order: Arc<(Mutex<Order>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts to read the terminal.
    pub fn of(master: &dyn MasterPty) -> Self {
        let mut reader = master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        let order = Arc::new((Mutex::new(Order::Read), Condvar::new()));
        let ordered = Arc::clone(&order);
        let thread = thread(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                let (order, changed) = &*ordered;
                let order = order.lock().expect("an order");
                let order = changed.wait_while(order, |order| *order == Order::Pause).expect("an order");
                if *order == Order::Stop || sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { output, order, thread: Some(thread) }
    }

    /// Pauses reading after at most one more piece.
    pub fn pause(&self) {
        self.notify(Order::Pause);
    }

    /// Continues reading.
    pub fn resume(&self) {
        self.notify(Order::Read);
    }

    /// Lets go of the terminal. A read can only be ended by something to read, so something is written to the other side.
    pub fn stop(&mut self, mut slave: File) {
        self.notify(Order::Stop);
        slave.write_all(b"\n").expect("a terminal");
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the reader ends");
        }
    }

    fn notify(&self, wanted: Order) {
        let (order, changed) = &*self.order;
        *order.lock().expect("an order") = wanted;
        changed.notify_all();
    }
}

/// Runs blocking work on a new thread.
#[expect(clippy::disallowed_methods, reason = "reading a pseudo-terminal and waiting for a process block")]
pub fn thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    std::thread::spawn(work)
}
