//! Which calls a rule hits.

use std::cell::OnceCell;
use std::collections::HashMap;

use axum::http::{Method, Uri};
use serde_json::Value;

/// Keys counted by [`Calls::per_key`]; further ones are not hit.
const MAX_KEYS: usize = 1_000_000;

/// A choice of calls. Each narrowing counts what passed the ones before it in this list: kind,
/// contact and resource; `after`; `every`, `bursts` and `share`; `per_key`; `times`.
#[derive(Clone, Debug)]
pub struct Calls {
    kind: Option<Kind>,
    contact: Option<String>,
    resource: Option<String>,
    after: u64,
    turn: Turn,
    per_key: Option<u32>,
    times: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    Always,
    Bursts { every: u64, length: u64 },
    Share { share: f64, seed: u64 },
}

/// What a call is, as far as its first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `POST /request`.
    Create,
    /// Any `GET`.
    Read,
    /// Anything else.
    Other,
}

impl Kind {
    /// The kind of a call.
    pub(crate) fn of(method: &Method, uri: &Uri) -> Self {
        match (method, uri.path()) {
            (&Method::POST, "/request") => Self::Create,
            (&Method::GET, _) => Self::Read,
            _ => Self::Other,
        }
    }

    /// The kind by the first bytes of a call, or nothing if more of them are needed.
    pub(crate) fn by_first_bytes(bytes: &[u8]) -> Option<Self> {
        const CREATE: &[u8] = b"POST /request";
        let common = bytes.len().min(CREATE.len());
        if bytes.starts_with(b"GET ") {
            return Some(Self::Read);
        }
        if bytes[..common] != CREATE[..common] {
            return (!b"GET ".starts_with(bytes)).then_some(Self::Other);
        }
        match bytes.get(CREATE.len())? {
            b' ' | b'?' => Some(Self::Create),
            _ => Some(Self::Other),
        }
    }
}

impl Calls {
    /// Every call.
    #[must_use]
    pub fn all() -> Self {
        Self {
            kind: None,
            contact: None,
            resource: None,
            after: 0,
            turn: Turn::Always,
            per_key: None,
            times: None,
        }
    }

    /// `POST /request`; each attempt counts as a call.
    #[must_use]
    pub fn creates() -> Self {
        Self {
            kind: Some(Kind::Create),
            ..Self::all()
        }
    }

    /// `GET`, with any path.
    #[must_use]
    pub fn reads() -> Self {
        Self {
            kind: Some(Kind::Read),
            ..Self::all()
        }
    }

    /// Only with this contact in the body.
    #[must_use]
    pub fn asking(mut self, contact: &str) -> Self {
        self.contact = Some(contact.to_owned());
        self
    }

    /// Only with this id among the body's `resourcesIds` or `groupIds`.
    #[must_use]
    pub fn for_resource(mut self, id: &str) -> Self {
        self.resource = Some(id.to_owned());
        self
    }

    /// Not the first `calls`.
    #[must_use]
    pub fn after(mut self, calls: u64) -> Self {
        self.after = calls;
        self
    }

    /// Every `n`th: the nth, the 2nth and so on. 0 counts as 1.
    #[must_use]
    pub fn every(self, n: u64) -> Self {
        self.bursts(n, 1)
    }

    /// The last `length` of every `every` calls, so that many in a row.
    #[must_use]
    pub fn bursts(mut self, every: u64, length: u64) -> Self {
        self.turn = Turn::Bursts {
            every: every.max(1),
            length,
        };
        self
    }

    /// Each with this probability (0 to 1), drawn from a sequence that the seed decides.
    #[must_use]
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        self.turn = Turn::Share { share, seed };
        self
    }

    /// At most `hits` for one `Idempotency-Key`, so that enough attempts get through in the end.
    #[must_use]
    pub fn per_key(mut self, hits: u32) -> Self {
        self.per_key = Some(hits);
        self
    }

    /// At most `hits` in all. `creates().after(20).times(5)` is one burst of five.
    #[must_use]
    pub fn times(mut self, hits: u64) -> Self {
        self.times = Some(hits);
        self
    }

    pub(super) fn counted(self) -> Counted {
        let seed = match self.turn {
            Turn::Share { seed, .. } => seed,
            Turn::Always | Turn::Bursts { .. } => 0,
        };
        Counted {
            calls: self,
            seen: 0,
            hits: 0,
            by_key: HashMap::new(),
            random: seed,
        }
    }
}

/// A call to be judged. Its body is parsed only if a rule asks for what is in it.
pub(crate) struct Call<'c> {
    kind: Kind,
    key: Option<&'c str>,
    body: &'c [u8],
    parsed: OnceCell<Value>,
}

impl<'c> Call<'c> {
    /// A call that has been read.
    pub(crate) fn new(kind: Kind, key: Option<&'c str>, body: &'c [u8]) -> Self {
        Self {
            kind,
            key,
            body,
            parsed: OnceCell::new(),
        }
    }

    fn lists(&self, field: &str, text: &str) -> bool {
        let body = self
            .parsed
            .get_or_init(|| serde_json::from_slice(self.body).unwrap_or(Value::Null));
        let items = body.get(field).and_then(Value::as_array);
        items.is_some_and(|items| {
            items
                .iter()
                .any(|item| item.get("contact").unwrap_or(item) == text)
        })
    }
}

/// A choice of calls with its counters.
pub(super) struct Counted {
    calls: Calls,
    seen: u64,
    hits: u64,
    by_key: HashMap<String, u32>,
    random: u64,
}

impl Counted {
    /// Whether more than the first line of a call is needed to judge it.
    pub(super) fn needs_reading(&self) -> bool {
        let Calls {
            contact,
            resource,
            per_key,
            ..
        } = &self.calls;
        contact.is_some() || resource.is_some() || per_key.is_some()
    }

    /// Whether a call is hit, by its kind alone.
    pub(super) fn hit_kind(&mut self, kind: Kind) -> bool {
        self.hit(&Call::new(kind, None, b""))
    }

    /// Whether a call is hit.
    pub(super) fn hit(&mut self, call: &Call<'_>) -> bool {
        if !self.concerns(call) {
            return false;
        }
        self.seen += 1;
        if self.seen <= self.calls.after {
            return false;
        }
        let turn = self.seen - self.calls.after;
        let turn = match self.calls.turn {
            Turn::Always => true,
            Turn::Bursts { every, length } => {
                let last = (turn - 1) % every;
                last + length >= every
            }
            Turn::Share { share, .. } => unit(self.draw()) < share,
        };
        if !turn || self.calls.times.is_some_and(|times| self.hits >= times) {
            return false;
        }
        if let (Some(most), Some(key)) = (self.calls.per_key, call.key) {
            if self.by_key.len() >= MAX_KEYS && !self.by_key.contains_key(key) {
                return false;
            }
            let hits = self.by_key.entry(key.to_owned()).or_default();
            if *hits >= most {
                return false;
            }
            *hits += 1;
        }
        self.hits += 1;
        true
    }

    /// 64 bits from the rule's own sequence (SplitMix64).
    pub(super) fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.random;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn concerns(&self, call: &Call<'_>) -> bool {
        let Calls {
            kind,
            contact,
            resource,
            ..
        } = &self.calls;
        kind.is_none_or(|kind| kind == call.kind)
            && contact.as_ref().is_none_or(|contact| {
                call.lists("contacts", contact) || call.lists("users", contact)
            })
            && resource
                .as_ref()
                .is_none_or(|id| call.lists("resourcesIds", id) || call.lists("groupIds", id))
    }
}

/// A number from 0 up to 1.
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(calls: Calls, count: u64) -> Vec<u64> {
        let mut counted = calls.counted();
        (1..=count)
            .filter(|_| counted.hit(&Call::new(Kind::Create, Some("k"), b"")))
            .collect()
    }

    #[test]
    fn counts_come_out() {
        assert_eq!(hits(Calls::all(), 3), [1, 2, 3]);
        assert_eq!(hits(Calls::creates().every(3), 9), [3, 6, 9]);
        assert_eq!(hits(Calls::creates().every(0), 2), [1, 2]);
        assert_eq!(hits(Calls::creates().bursts(5, 2), 11), [4, 5, 9, 10]);
        assert_eq!(hits(Calls::creates().after(2).times(3), 9), [3, 4, 5]);
        assert_eq!(hits(Calls::creates().per_key(2), 9), [1, 2]);
        assert_eq!(hits(Calls::reads(), 3), [0; 0]);
    }

    #[test]
    fn a_share_is_drawn_from_its_seed() {
        let one = hits(Calls::creates().share(0.25, 7), 4_000);
        assert_eq!(one, hits(Calls::creates().share(0.25, 7), 4_000));
        assert_ne!(one, hits(Calls::creates().share(0.25, 8), 4_000));
        assert!((800..1_200).contains(&one.len()), "{}", one.len());
        assert!(hits(Calls::creates().share(0.0, 7), 100).is_empty());
        assert_eq!(hits(Calls::creates().share(1.0, 7), 100).len(), 100);
    }

    #[test]
    fn bodies_are_looked_into() {
        let body = br#"{"contacts":["a@b.pt"],"users":[{"contact":"c@d.pt"}],"groupIds":["g"]}"#;
        let hit = |calls: Calls| calls.counted().hit(&Call::new(Kind::Create, None, body));
        assert!(hit(Calls::all().asking("a@b.pt")) && hit(Calls::all().asking("c@d.pt")));
        assert!(hit(Calls::creates().for_resource("g").asking("a@b.pt")));
        assert!(!hit(Calls::all().asking("e@f.pt")) && !hit(Calls::all().for_resource("a@b.pt")));
        let broken = Call::new(Kind::Create, None, b"{\"contacts\":");
        assert!(!Calls::all().asking("a@b.pt").counted().hit(&broken));
    }

    #[test]
    fn first_bytes_tell_the_kind() {
        for (bytes, kind) in [
            ("POST /request HTTP/1.1", Some(Kind::Create)),
            ("POST /request?a", Some(Kind::Create)),
            ("POST /requests", Some(Kind::Other)),
            ("POST /request", None),
            ("GET /", Some(Kind::Read)),
            ("GE", None),
            ("", None),
            ("PATCH /request/", Some(Kind::Other)),
            ("\u{0}", Some(Kind::Other)),
        ] {
            assert_eq!(Kind::by_first_bytes(bytes.as_bytes()), kind, "{bytes}");
        }
    }
}
