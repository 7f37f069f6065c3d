//! Reads a pseudo-terminal on its own thread. The reading can be paused and stopped.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

use portable_pty::MasterPty;
use rustix::fs::{OFlags, fcntl_setfl};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Read,
    Pause,
    Stop,
}

/// A thread that reads a pseudo-terminal, and a channel with what it read.
pub struct Reader {
    /// Channel with the output of the terminal, piece by piece. It ends when the terminal is closed.
    pub output: Receiver<Vec<u8>>,
    order: Arc<(Mutex<Order>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts a thread that reads the terminal `master`.
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

    /// Pauses the reading. At most one more piece is read.
    pub fn pause(&self) {
        self.notify(Order::Pause);
    }

    /// Continues the reading after a pause.
    pub fn resume(&self) {
        self.notify(Order::Read);
    }

    /// Ends the reading thread, which then no longer holds the terminal open. A line end is written to `slave`, the
    /// program's side of the terminal, because a waiting read ends only when it gets data. No read waits if the terminal
    /// is full, and the write would wait for ever once the thread has ended.
    pub fn stop(&mut self, mut slave: File) {
        self.notify(Order::Stop);
        fcntl_setfl(&slave, OFlags::NONBLOCK).expect("an open file");
        match slave.write_all(b"\n") {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            written => written.expect("a terminal"),
        }
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

/// Runs blocking work on a new thread, and returns the handle of the thread.
#[expect(clippy::disallowed_methods, reason = "reading a pseudo-terminal and waiting for a process block")]
pub fn thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    std::thread::spawn(work)
}
