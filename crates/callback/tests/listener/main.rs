//! The listener over real sockets, spoken to by hand.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bounds;
mod life;
mod refusals;
mod returns;
mod support;
