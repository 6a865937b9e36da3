//! The sockets of the practice server, so that faults happen on real connections.
//!
//! A [`Wire`] is what HTTP reads from and writes to. Each call gives its [`Line`] orders for its
//! answer: to let bytes through slowly, to stop at a byte, to reset. So nothing stands between the
//! caller and the server, every reset is a real RST (the socket is closed with a linger time of
//! zero), and HTTP itself stays the work of axum and hyper. Calls on one connection must follow
//! each other; pipelined ones get the orders of another.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};

use crate::faults::{Kind, Plan};

/// How long bytes sent have to reach the caller before the RST overtakes them.
const SETTLE: Duration = Duration::from_millis(50);
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What the wire does with one answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    /// Where the connection ends, if it does not stay open.
    pub(crate) cut: Option<Cut>,
    /// A pause after each byte.
    pub(crate) drip: Option<Duration>,
}

/// The end of a connection.
#[derive(Clone, Debug)]
pub(crate) enum Cut {
    /// Closed in good order, without a byte.
    Close,
    /// These bytes, then closed in good order.
    Instead(Bytes),
    /// Reset without a byte.
    Reset,
    /// Reset after the headers and so many bytes of the body.
    ResetAfter(u64),
}

/// One connection, as calls see it.
#[derive(Clone)]
pub(crate) struct Line(Arc<Mutex<State>>);

struct State {
    /// The next bytes to arrive begin a call.
    between_calls: bool,
    orders: Orders,
    /// How much of [`HEAD_END`] the latest bytes written are.
    head_end: usize,
    body_written: u64,
}

impl Line {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            between_calls: true,
            orders: Orders::default(),
            head_end: 0,
            body_written: 0,
        })))
    }

    /// Says that a call has been read, and what to do with its answer.
    pub(crate) fn obey(&self, orders: Orders) {
        *self.lock() = State {
            between_calls: true,
            orders,
            head_end: 0,
            body_written: 0,
        };
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// How many of the bytes to be written come before the cut.
    fn room(&self, bytes: &[u8], until: u64) -> usize {
        let (mut head_end, mut body) = (self.head_end, self.body_written);
        for (at, byte) in bytes.iter().enumerate() {
            if head_end == HEAD_END.len() && body >= until {
                return at;
            }
            (head_end, body) = step(head_end, body, *byte);
        }
        bytes.len()
    }

    fn wrote(&mut self, bytes: &[u8]) {
        for byte in bytes {
            (self.head_end, self.body_written) = step(self.head_end, self.body_written, *byte);
        }
    }

    fn reached(&self, until: u64) -> bool {
        self.head_end == HEAD_END.len() && self.body_written >= until
    }
}

fn step(head_end: usize, body: u64, byte: u8) -> (usize, u64) {
    if head_end == HEAD_END.len() {
        (head_end, body + 1)
    } else if byte == HEAD_END[head_end] {
        (head_end + 1, body)
    } else {
        (usize::from(byte == HEAD_END[0]), body)
    }
}

/// Accepts connections as wires.
pub(crate) struct Wires {
    pub(crate) listener: TcpListener,
    pub(crate) plan: Arc<Plan>,
}

impl Listener for Wires {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (socket, from) = Listener::accept(&mut self.listener).await;
        // Without this a byte at a time would arrive in lumps. Nothing is lost if it is refused.
        let _ = socket.set_nodelay(true);
        let wire = Wire {
            socket,
            line: Line::new(),
            plan: Arc::clone(&self.plan),
            first: Vec::new(),
            instead: 0,
            pause: None,
            end: End::Open,
        };
        (wire, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wires>> for Line {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.io().line.clone()
    }
}

/// One connection, as HTTP sees it.
pub(crate) struct Wire {
    socket: TcpStream,
    line: Line,
    plan: Arc<Plan>,
    /// The first bytes of a call, until they tell its kind.
    first: Vec<u8>,
    /// How many bytes of [`Cut::Instead`] are written.
    instead: usize,
    pause: Option<Pin<Box<Sleep>>>,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    /// The last byte is on its way; over when the pause is.
    Settling,
    Over,
}

impl Wire {
    /// From here on, closing sends an RST. Where that is refused, closing ends the connection too.
    fn reset_on_close(&self) {
        let _ = self.socket.set_zero_linger();
    }

    fn over(&mut self) -> io::Error {
        self.end = End::Over;
        io::ErrorKind::ConnectionAborted.into()
    }

    fn poll_pause(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
        }
        Poll::Ready(())
    }

    /// Ready when the connection has ended.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        if self.end == End::Settling {
            ready!(self.poll_pause(cx));
        }
        Poll::Ready(self.over())
    }

    fn poll_ordered(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_pause(cx));
        let line = self.line.clone();
        let mut state = line.lock();
        let drip = state.orders.drip;
        let most = if drip.is_some() { 1 } else { bytes.len() };
        let (until, room) = match &state.orders.cut {
            Some(Cut::Close) => return Poll::Ready(Err(self.over())),
            Some(Cut::Reset) => {
                self.reset_on_close();
                return Poll::Ready(Err(self.over()));
            }
            Some(Cut::Instead(said)) => {
                while self.instead < said.len() {
                    let rest = &said[self.instead..];
                    self.instead += ready!(Pin::new(&mut self.socket).poll_write(cx, rest))?;
                }
                return Poll::Ready(Err(self.over()));
            }
            Some(Cut::ResetAfter(until)) => (Some(*until), state.room(bytes, *until)),
            None => (None, bytes.len()),
        };
        let bytes = &bytes[..room.min(most)];
        let written = ready!(Pin::new(&mut self.socket).poll_write(cx, bytes))?;
        if until.is_some() {
            state.wrote(&bytes[..written]);
        }
        if let Some(drip) = drip {
            self.pause = Some(Box::pin(sleep(drip)));
        }
        if until.is_some_and(|until| state.reached(until)) {
            self.reset_on_close();
            self.pause = Some(Box::pin(sleep(SETTLE)));
            self.end = End::Settling;
        }
        Poll::Ready(Ok(written))
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.end != End::Open {
            return this.poll_end(cx).map(Err);
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.socket).poll_read(cx, buffer))?;
        let arrived = &buffer.filled()[before..];
        let line = this.line.clone();
        let mut state = line.lock();
        if state.between_calls && !arrived.is_empty() {
            this.first.extend(arrived.iter().take(64));
            if let Some(kind) = Kind::by_first_bytes(&this.first) {
                state.between_calls = false;
                this.first.clear();
                if this.plan.resets_unread(kind) {
                    this.reset_on_close();
                    return Poll::Ready(Err(this.over()));
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.end != End::Open {
            return self.poll_end(cx).map(Err);
        }
        self.poll_ordered(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.end != End::Open {
            // A FIN must not come before the RST; closing the socket does the rest.
            ready!(self.poll_end(cx));
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_is_found_across_writes() {
        let line = Line::new();
        let mut state = line.lock();
        for (bytes, room) in [
            (&b"HTTP/1.1 200 OK\r\nA: b\r\n"[..], 23),
            (b"\r", 1),
            (b"\nbody", 3),
        ] {
            assert_eq!(state.room(bytes, 2), room, "{bytes:?}");
            assert!(!state.reached(2));
            state.wrote(&bytes[..room]);
        }
        assert!(state.reached(2));
        assert_eq!(state.room(b"dy", 2), 0);
    }
}
