//! A TCP port that refuses every connection.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// A port that is taken, so that no other process can listen there, and refuses every connection as long as this lives.
pub struct ClosedPort(TcpSocket);

impl ClosedPort {
    /// Reserves a free port.
    pub fn take() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        Self(socket)
    }

    /// Returns the address (host and port).
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("its address")
    }
}
