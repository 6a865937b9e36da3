//! A body whose large parts are shared with the other requests of the batch.

use std::fmt;
use std::sync::Arc;

use humanos::Body;

/// The exact bytes of a request, cut where a shared part stands.
#[derive(Clone)]
pub struct PlannedBody {
    own: String,
    /// Where in `own` each shared part goes, ascending.
    shared: Vec<(usize, Arc<str>)>,
}

impl PlannedBody {
    /// The places of shared parts are ascending and on character boundaries of `own`.
    pub(super) fn new(own: String, shared: Vec<(usize, Arc<str>)>) -> Self {
        Self { own, shared }
    }

    /// The bytes, part by part.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.shared.iter().map(|(end, part)| (*end, Some(part)));
        let mut start = 0;
        ends.chain([(self.own.len(), None)])
            .flat_map(move |(end, part)| {
                let own = &self.own.as_bytes()[start..end];
                start = end;
                [own, part.map_or(&[][..], |part| part.as_bytes())]
            })
            .filter(|part| !part.is_empty())
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        let shared = self.shared.iter().map(|(_, part)| part.len());
        self.own.len() + shared.sum::<usize>()
    }

    /// Whether there is no byte at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All bytes in one piece, as they are signed, sent and kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        self.parts().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    /// The same as a [`Body`].
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "every part was cut from text at a character"
    )]
    pub fn to_body(&self) -> Body {
        Body::from_stored(self.to_bytes()).expect("text is UTF-8")
    }
}

// A body names people: it does not belong in a log.
impl fmt::Debug for PlannedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlannedBody({} bytes)", self.len())
    }
}
