//! The system keyring, off the caller's thread and never for longer than a limit.
//!
//! "No service", "locked", "no answer" and "no entry" are different answers. A read error is never "no key".

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use keyring::{Entry, Error as StoreError};
use serde::Serialize;
use thiserror::Error;
use ts_rs::TS;
use zeroize::Zeroizing;

/// Fixed on day one: a changed name would lose every stored key.
const SERVICE: &str = "app.countersign.desktop";
const LIMIT: Duration = Duration::from_secs(5);
/// How long the officer may take to type a password into the system's own dialog.
#[cfg(target_os = "linux")]
const PROMPT_LIMIT: Duration = Duration::from_secs(90);

/// What the keyring would answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeyringState {
    Available,
    Locked,
    NoService,
    NoAnswer,
}

#[derive(Debug, Error)]
pub(crate) enum KeyringError {
    #[error("no keyring service is running")]
    NoService,
    #[error("the keyring is locked")]
    Locked,
    #[error("the keyring did not answer in time")]
    NoAnswer,
    #[error("the keyring refused: {0}")]
    Refused(String),
}

/// Asks without prompting anybody.
pub(crate) fn state() -> KeyringState {
    within(LIMIT, probe).unwrap_or(KeyringState::NoAnswer)
}

/// Lets the system ask the officer to unlock the keyring, and waits for it.
pub(crate) fn ask_to_unlock() {
    #[cfg(target_os = "linux")]
    if state() == KeyringState::Locked {
        match within(PROMPT_LIMIT, super::secret_service::ask_to_unlock) {
            Some(Ok(())) => {}
            Some(Err(error)) => tracing::warn!(%error, "the keyring did not ask for its password"),
            None => tracing::warn!("nobody answered the keyring's dialog"),
        }
    }
}

pub(crate) fn get(account: &str) -> Result<Option<Zeroizing<String>>, KeyringError> {
    let account = account.to_owned();
    ready(move || entry(&account).and_then(|entry| read(&entry)))
}

/// Stores and reads back: a keyring that only pretends is found out at once.
pub(crate) fn put(account: &str, secret: &str) -> Result<(), KeyringError> {
    let account = account.to_owned();
    let secret = Zeroizing::new(secret.to_owned());
    ready(move || {
        let entry = entry(&account)?;
        // One line of base64: some keyrings lose a whole file over a raw newline.
        let line = Zeroizing::new(STANDARD.encode(secret.as_bytes()));
        entry.set_secret(line.as_bytes()).map_err(refused)?;
        match read(&entry)? {
            Some(stored) if *stored == *secret => Ok(()),
            _ => Err(KeyringError::Refused(
                "it did not keep what was stored".to_owned(),
            )),
        }
    })
}

pub(crate) fn remove(account: &str) -> Result<(), KeyringError> {
    let account = account.to_owned();
    ready(move || match entry(&account)?.delete_credential() {
        Ok(()) | Err(StoreError::NoEntry) => Ok(()),
        Err(error) => Err(refused(error)),
    })
}

fn entry(account: &str) -> Result<Entry, KeyringError> {
    Entry::new(SERVICE, account).map_err(refused)
}

fn read(entry: &Entry) -> Result<Option<Zeroizing<String>>, KeyringError> {
    let line = match entry.get_secret() {
        Ok(line) => Zeroizing::new(line),
        Err(StoreError::NoEntry) => return Ok(None),
        Err(error) => return Err(refused(error)),
    };
    let bytes = STANDARD.decode(line.as_slice()).map_err(|_| {
        KeyringError::Refused("its entry was changed by another program".to_owned())
    })?;
    String::from_utf8(bytes)
        .map(|text| Some(Zeroizing::new(text)))
        .map_err(|_| KeyringError::Refused("its entry was changed by another program".to_owned()))
}

fn refused(error: StoreError) -> KeyringError {
    match error {
        StoreError::NoStorageAccess(_) => KeyringError::Locked,
        StoreError::NoDefaultStore => KeyringError::NoService,
        // The message of the platform, never the data an entry held.
        StoreError::PlatformFailure(source) => KeyringError::Refused(source.to_string()),
        _ => KeyringError::Refused("it answered something unexpected".to_owned()),
    }
}

/// Runs `call` only when the keyring would answer it without asking anybody.
fn ready<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    within(LIMIT, move || match probe() {
        KeyringState::Available => call(),
        KeyringState::Locked => Err(KeyringError::Locked),
        KeyringState::NoService => Err(KeyringError::NoService),
        KeyringState::NoAnswer => Err(KeyringError::NoAnswer),
    })
    .unwrap_or(Err(KeyringError::NoAnswer))
}

fn within<T: Send + 'static>(
    limit: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || send.send(call()));
    receive.recv_timeout(limit).ok()
}

#[cfg(target_os = "linux")]
use super::secret_service::probe;

/// Windows and macOS always have a keyring; it asks for itself when it is locked.
#[cfg(not(target_os = "linux"))]
fn probe() -> KeyringState {
    KeyringState::Available
}
