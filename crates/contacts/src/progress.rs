//! Work that takes long tells how far it is, and can be ended from outside.

use std::ops::ControlFlow;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes become rows; counted in bytes.
    Reading,
    /// Rows are judged; counted in rows.
    Judging,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done.
    pub done: u64,
    /// How much there is; 0 where that is not known.
    pub all: u64,
}

/// Hears of progress, from any thread, and may end the work by breaking.
pub trait Watch: Sync {
    /// Called now and then, at least every few ten thousand rows.
    fn progress(&self, progress: Progress) -> ControlFlow<()>;
}

/// Nobody watches, nothing is ended.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
