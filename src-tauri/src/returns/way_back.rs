//! The redirect addresses that lead back to this computer. They follow from the form alone, so that what is reviewed
//! is what is sent.

use callback::Nonce;
use hmac::{Hmac, KeyInit, Mac};
use ledger::Ledger;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::Problem;
use crate::wire::{ReturnKind, ReturnWay};

/// The setting with the secret that nonces are made from.
const SEED: &str = "return-seed";

/// How a browser here finds this app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    DeepLink,
    Loopback(u16),
    Unavailable,
}

/// Gives requests of one connection their addresses. Nobody can foretell one without the seed.
#[derive(Clone)]
pub(crate) struct WayBack {
    seed: Zeroizing<String>,
    route: Route,
    connection: String,
}

impl Route {
    fn address(self, nonce: &Nonce) -> Option<String> {
        match self {
            Self::DeepLink => Some(callback::deep_link(nonce)),
            Self::Loopback(port) => Some(callback::loopback(port, nonce)),
            Self::Unavailable => None,
        }
    }

    pub(crate) fn view(self) -> ReturnWay {
        let nonce = Nonce::from_bytes([0; 32]);
        let shown = self.address(&nonce).unwrap_or_default();
        ReturnWay {
            kind: match self {
                Self::DeepLink => ReturnKind::DeepLink,
                Self::Loopback(_) => ReturnKind::Loopback,
                Self::Unavailable => ReturnKind::Unavailable,
            },
            address: shown.replace(nonce.as_str(), "…"),
        }
    }
}

impl WayBack {
    /// Makes the seed if this ledger has none yet.
    pub(crate) fn new(ledger: &Ledger, route: Route, connection: &str) -> Result<Self, Problem> {
        let seed = match ledger.value(SEED)? {
            Some(seed) => seed,
            None => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|e| Problem::internal(e.to_string()))?;
                let seed = Nonce::from_bytes(bytes).as_str().to_owned();
                ledger.set_value(SEED, &seed)?;
                seed
            }
        };
        Ok(Self {
            seed: Zeroizing::new(seed),
            route,
            connection: connection.to_owned(),
        })
    }

    /// Of a seed that no ledger holds.
    #[cfg(test)]
    pub(crate) fn made(route: Route) -> Self {
        Self {
            seed: Zeroizing::new("a seed".to_owned()),
            route,
            connection: "connection".to_owned(),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.route != Route::Unavailable
    }

    /// Of a request by the key of its form and its number there.
    pub(crate) fn nonce(&self, form_key: &str, number: u32) -> Nonce {
        let mut mac = mac(self.seed.as_bytes());
        // No connection's id and no number holds a line break, so no two inputs look alike.
        mac.update(format!("{}\n{number}\n{form_key}", self.connection).as_bytes());
        Nonce::from_bytes(mac.finalize().into_bytes().into())
    }

    /// Empty where there is no way, which the form's check says.
    pub(crate) fn address(&self, form_key: &str, number: u32) -> String {
        let nonce = self.nonce(form_key, number);
        self.route.address(&nonce).unwrap_or_default()
    }
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    Hmac::<Sha256>::new_from_slice(key).expect("any key length")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::LedgerKey;

    #[test]
    fn addresses_follow_from_connection_form_and_number() {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::generate().unwrap();
        let ledger = Ledger::create(&dir.path().join("ledger.db"), &key).unwrap();
        let way = |connection| WayBack::new(&ledger, Route::Loopback(4000), connection).unwrap();
        let one = way("a").address("key", 1);
        assert_eq!(one, way("a").address("key", 1), "the seed is kept");
        assert!(one.starts_with("http://127.0.0.1:4000/return/"), "{one}");
        let others = [
            way("b").address("key", 1),
            way("a").address("key", 2),
            way("a").address("kez", 1),
        ];
        for other in others {
            assert_ne!(one, other);
        }
        assert_eq!(
            Route::Loopback(4000).view().address,
            "http://127.0.0.1:4000/return/…"
        );
        assert_eq!(Route::Unavailable.view().address, "");
    }
}
