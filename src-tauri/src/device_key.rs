//! The key that receipts are signed with: its private half rests in the safe, its public half in the ledger.

use ledger::Ledger;
use receipts::{DeviceKey, PublicKey};

use crate::adapters::clock::now_ms;
use crate::adapters::safe::Safe;
use crate::error::{Problem, ProblemCode};
use crate::state::App;
use crate::wire::{DeviceKeyView, FormerKey};

const ACCOUNT: &str = "device-key";

/// The key in use. Where there has never been one, it is made.
pub(crate) fn in_use(app: &App) -> Result<DeviceKey, Problem> {
    let stored = app.read_safe(|safe| Ok(safe.get(ACCOUNT)?))?;
    let mut inner = app.held();
    let (ledger, safe) = inner.opened()?;
    let Some(stored) = stored else {
        if ledger.device_keys()?.is_empty() {
            return make(ledger, safe);
        }
        // Never a new one unasked: whoever compares fingerprints must hear of it.
        return Err(Problem::new(
            ProblemCode::SecretsMissing,
            "The key that signs receipts is no longer where this computer keeps its keys. Under Evidence, replace the key; receipts made before stay verifiable.",
        ));
    };
    let key = DeviceKey::from_stored(&stored).map_err(|_| {
        Problem::new(
            ProblemCode::SecretsMissing,
            "The stored key that signs receipts is damaged. Under Evidence, replace the key; receipts made before stay verifiable.",
        )
    })?;
    let kid = key.public().kid();
    let known = ledger.device_keys()?;
    match known.iter().position(|known| known.kid == kid) {
        Some(0) => Ok(key),
        // The app closed between the two steps of `make`.
        None => {
            ledger.add_device_key(kid, &key.public().to_jwk(), now_ms())?;
            Ok(key)
        }
        Some(_) => Err(Problem::new(
            ProblemCode::SecretsMissing,
            "The stored key that signs receipts is one that was replaced before. Under Evidence, replace the key.",
        )),
    }
}

/// A new key takes the place of the one in use.
pub(crate) fn replace(app: &App) -> Result<DeviceKey, Problem> {
    let mut inner = app.held();
    let (ledger, safe) = inner.opened()?;
    make(ledger, safe)
}

/// What the window shows of the keys.
pub(crate) fn view(app: &App) -> Result<DeviceKeyView, Problem> {
    let mut keys = app.held().ledger()?.device_keys()?.into_iter();
    if keys.len() == 0 {
        in_use(app)?;
        keys = app.held().ledger()?.device_keys()?.into_iter();
    }
    let current = keys.next().ok_or_else(|| Problem::gone("key"))?;
    Ok(DeviceKeyView {
        fingerprint: fingerprint(&current)?,
        kid: current.kid,
        made_at_ms: current.made_at_ms,
        former: keys
            .map(|key| {
                Ok(FormerKey {
                    fingerprint: fingerprint(&key)?,
                    kid: key.kid,
                    made_at_ms: key.made_at_ms,
                    retired_at_ms: key.retired_at_ms.unwrap_or(key.made_at_ms),
                })
            })
            .collect::<Result<_, Problem>>()?,
    })
}

/// The public half of the key in use, for whoever checks receipts.
pub(crate) fn public(app: &App) -> Result<PublicKey, Problem> {
    let keys = app.held().ledger()?.device_keys()?;
    match keys.first() {
        Some(key) => read(key),
        None => Ok(in_use(app)?.public().clone()),
    }
}

/// The public halves of all keys there have been.
pub(crate) fn all(ledger: &Ledger) -> Result<Vec<PublicKey>, Problem> {
    ledger.device_keys()?.iter().map(read).collect()
}

/// The safe first: a key in the ledger that nobody holds would stop all receipts.
fn make(ledger: &Ledger, safe: &mut Safe) -> Result<DeviceKey, Problem> {
    let mut random = zeroize::Zeroizing::new([0; 32]);
    let key = loop {
        getrandom::fill(&mut *random).map_err(|error| Problem::internal(error.to_string()))?;
        // All but one in four thousand million random numbers make a key.
        if let Ok(key) = DeviceKey::from_random(&random) {
            break key;
        }
    };
    safe.put(ACCOUNT, &key.to_stored())?;
    let public = key.public();
    ledger.add_device_key(public.kid(), &public.to_jwk(), now_ms())?;
    Ok(key)
}

fn fingerprint(key: &ledger::DeviceKey) -> Result<String, Problem> {
    Ok(read(key)?.fingerprint())
}

fn read(key: &ledger::DeviceKey) -> Result<PublicKey, Problem> {
    PublicKey::parse(key.jwk.as_bytes()).map_err(|error| Problem::internal(error.to_string()))
}
