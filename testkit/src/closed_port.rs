//! Provides a TCP port that refuses every connection.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// A TCP port that refuses every connection. The port is reserved until this value is dropped, so that no other process
/// can listen on it.
pub struct ClosedPort(TcpSocket);

impl ClosedPort {
    /// Reserves a free port of 127.0.0.1, without listening on it.
    pub fn take() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        Self(socket)
    }

    /// Returns the address of the port: 127.0.0.1 and the port number.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("its address")
    }
}
