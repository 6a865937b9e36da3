//! What the fuzz target needs and nobody else may use: a listener's connection without a socket.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use crate::call::{Ear, Heard};

/// Serves one connection of a new listener at `port`, which need not be bound.
pub async fn serve<I: AsyncRead + AsyncWrite + Unpin>(
    io: I,
    port: u16,
    hear: Arc<dyn Fn(Heard) + Send + Sync>,
) {
    Ear::new(port, hear).serve(io).await;
}
