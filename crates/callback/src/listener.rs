//! Listening on this computer, as RFC 8252 has it for programs with a window of their own.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::call::{Ear, Heard};
use crate::judge::Why;

/// The most connections at once; those beyond are closed unheard.
const MAX_CONNECTIONS: usize = 32;
/// How long to wait when no connection can be taken, for want of files or memory.
const OUT_OF_BREATH: Duration = Duration::from_secs(1);
/// How long calls under way may go on once it is to stop.
const STOP_LIMIT: Duration = Duration::from_secs(1);

/// Waits for returns on a port of 127.0.0.1. Dropping it stops it too, without waiting.
///
/// It answers 60 calls in a minute and no more, whoever makes them. Each gets the same page for a
/// return, whether its nonce is known or not.
pub struct Listener {
    port: u16,
    quit: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Binds 127.0.0.1 at `port`, or at a free one (0). `hear` is called on the runtime that this
    /// is called on, so it must not block.
    ///
    /// # Errors
    /// What the operating system says when the port cannot be bound.
    pub async fn start(port: u16, hear: Arc<dyn Fn(Heard) + Send + Sync>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let (quit, quitting) = oneshot::channel();
        let task = tokio::spawn(listen(listener, Arc::new(Ear::new(port, hear)), quitting));
        Ok(Self { port, quit, task })
    }

    /// The port that is bound.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops listening and waits up to a second for calls under way. After that nothing is heard.
    pub async fn stop(self) {
        let Self { quit, task, .. } = self;
        drop(quit);
        // An error means that the runtime ended it already.
        let _ = task.await;
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

async fn listen(listener: TcpListener, ear: Arc<Ear>, mut quitting: oneshot::Receiver<()>) {
    let mut calls = JoinSet::new();
    loop {
        let socket = tokio::select! {
            // An error means that the sender was dropped, which is how it is told to stop.
            _ = &mut quitting => break,
            socket = accept(&listener) => socket,
        };
        while calls.try_join_next().is_some() {}
        if calls.len() < MAX_CONNECTIONS {
            let ear = Arc::clone(&ear);
            calls.spawn(async move { ear.serve(socket).await });
        } else {
            ear.refused(Why::Flood);
        }
    }
    drop(listener);
    // Those that take longer end with the set.
    let _ = timeout(STOP_LIMIT, async {
        while calls.join_next().await.is_some() {}
    })
    .await;
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => return socket,
            // The caller was gone before its turn.
            Err(error) if is_of_the_caller(&error) => {}
            Err(_) => sleep(OUT_OF_BREATH).await,
        }
    }
}

fn is_of_the_caller(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}
