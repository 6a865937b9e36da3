//! Where requests send people afterwards, if each has an address of its own.

use std::fmt;
use std::sync::Arc;

/// Gives each request its redirect address. It must give the same one whenever it is asked: what is
/// reviewed is what is sent.
#[derive(Clone)]
pub struct Redirects(Arc<dyn Fn(u32) -> String + Send + Sync>);

impl Redirects {
    /// `address` is called with numbers of requests, from 1.
    pub fn new(address: impl Fn(u32) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(address))
    }

    pub(super) fn of(&self, number: u32) -> String {
        (self.0)(number)
    }
}

impl fmt::Debug for Redirects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redirects")
    }
}
