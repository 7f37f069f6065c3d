//! A place where nobody answers.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// A port that is taken, so that no other process can listen there, and refuses every connection as long as this lives.
pub(crate) struct Nobody(TcpSocket);

impl Nobody {
    /// Takes a free port.
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        Self(socket)
    }

    /// Host and port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("its address")
    }
}
