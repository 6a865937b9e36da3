//! The journal of calls, for tests and for showing an officer what arrived.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;

/// Calls kept.
const MAX_CALLS: usize = 1_000;
/// Body bytes kept, in all.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// One call as it arrived, and the status it was answered with.
#[derive(Clone, PartialEq, Eq)]
pub struct Received {
    /// The method in capitals.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// What followed `?`, still percent-encoded.
    pub query: Option<String>,
    /// Names in lower case, in the order of arrival; the API key is among the values.
    pub headers: Vec<(String, String)>,
    /// The exact bytes. Empty if the body was larger than [`crate::MAX_BODY_BYTES`].
    pub body: Bytes,
    /// The HTTP status of the answer; 0 if a fault took all of it away.
    pub status: u16,
}

impl Received {
    /// The value of a header, by its lower-case name; the first if it came more than once.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The newest calls: at most 1,000, with at most 256 MiB of bodies.
#[derive(Default)]
pub(crate) struct Journal(Mutex<Calls>);

#[derive(Default)]
struct Calls {
    newest_last: VecDeque<Arc<Received>>,
    bytes: usize,
}

impl Journal {
    /// Adds a call and forgets the oldest ones beyond the bounds.
    pub(crate) fn add(&self, call: Received) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        calls.bytes += call.body.len();
        calls.newest_last.push_back(Arc::new(call));
        while calls.newest_last.len() > MAX_CALLS || calls.bytes > MAX_BYTES {
            let Some(oldest) = calls.newest_last.pop_front() else {
                break;
            };
            calls.bytes -= oldest.body.len();
        }
    }

    /// The calls kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Received> {
        let kept: Vec<_> = {
            let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            calls.newest_last.iter().cloned().collect()
        };
        kept.iter().map(|call| Received::clone(call)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(path: usize, body: Bytes) -> Received {
        let (method, query, headers) = ("GET".to_owned(), None, Vec::new());
        Received {
            method,
            path: path.to_string(),
            query,
            headers,
            body,
            status: 200,
        }
    }

    #[test]
    fn keeps_the_newest_thousand() {
        let journal = Journal::default();
        for path in 0..1_005 {
            journal.add(call(path, Bytes::new()));
        }
        let kept = journal.all();
        assert_eq!((kept.len(), kept[0].path.as_str()), (1_000, "5"));
        assert_eq!(kept[999].path, "1004");
    }

    #[test]
    fn keeps_few_large_bodies() {
        let journal = Journal::default();
        let large = Bytes::from(vec![0; MAX_BYTES / 2]);
        for path in 0..3 {
            journal.add(call(path, large.clone()));
        }
        assert_eq!(journal.all().len(), 2);
    }

    #[test]
    fn debug_shows_no_header() {
        let mut call = call(1, Bytes::new());
        call.headers
            .push(("authorization".to_owned(), "Bearer k".to_owned()));
        assert!(!format!("{call:?}").contains("Bearer"));
        assert_eq!(call.header("authorization"), Some("Bearer k"));
    }
}
