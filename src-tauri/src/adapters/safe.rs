//! Where secrets are kept, as the officer chose: the system keyring, a passphrase vault, or memory until the app closes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::keyring::{self, KeyringError};
use super::vault::{Vault, VaultError};

/// The officer's choice of where keys rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Keep {
    Keyring,
    Vault,
    Session,
}

/// An open place for secrets. Values are one line of text each.
#[derive(Debug)]
pub(crate) enum Safe {
    Keyring,
    Vault(Vault),
    Session(HashMap<String, Zeroizing<String>>),
}

#[derive(Debug, Error)]
pub(crate) enum SafeError {
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Safe {
    pub(crate) fn keep(&self) -> Keep {
        match self {
            Self::Keyring => Keep::Keyring,
            Self::Vault(_) => Keep::Vault,
            Self::Session(_) => Keep::Session,
        }
    }

    /// The secret under `account`; `None` when there is none, which is not the same as a failed read.
    pub(crate) fn get(&self, account: &str) -> Result<Option<Zeroizing<String>>, SafeError> {
        match self {
            Self::Keyring => Ok(keyring::get(account)?),
            Self::Vault(vault) => Ok(vault.get(account)),
            Self::Session(held) => Ok(held.get(account).cloned()),
        }
    }

    pub(crate) fn put(&mut self, account: &str, secret: &str) -> Result<(), SafeError> {
        match self {
            Self::Keyring => keyring::put(account, secret)?,
            Self::Vault(vault) => vault.put(account, secret)?,
            Self::Session(held) => {
                held.insert(account.to_owned(), Zeroizing::new(secret.to_owned()));
            }
        }
        Ok(())
    }

    pub(crate) fn remove(&mut self, account: &str) -> Result<(), SafeError> {
        match self {
            Self::Keyring => keyring::remove(account)?,
            Self::Vault(vault) => vault.remove(account)?,
            Self::Session(held) => {
                held.remove(account);
            }
        }
        Ok(())
    }
}
