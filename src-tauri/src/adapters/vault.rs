//! A file of secrets under a passphrase, for computers without a keyring.
//!
//! Argon2id makes the key, AES-256-GCM seals a JSON map of account to secret. The header is authenticated.
//! Left out: changing the passphrase.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use super::data_dir::write_durably;

/// Shorter passphrases are refused.
pub(crate) const SHORTEST_PASSPHRASE: usize = 12;

const FORMAT: &str = "countersign-vault";
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// A file may not ask for more work than this: it is untrusted until the tag is checked.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const LARGEST_FILE: u64 = 1024 * 1024;

/// An open vault; each change is on disk before `put` or `remove` returns.
pub(crate) struct Vault {
    path: PathBuf,
    header: Header,
    key: Zeroizing<[u8; 32]>,
    secrets: Secrets,
}

#[derive(Debug, Error)]
pub(crate) enum VaultError {
    #[error("the passphrase needs at least {SHORTEST_PASSPHRASE} characters")]
    TooShort,
    #[error("the passphrase is not the one this vault was made with")]
    WrongPassphrase,
    #[error("the vault file is damaged: {0}")]
    Damaged(&'static str),
    #[error("the vault file is from a newer version of this app")]
    Newer,
    #[error("the vault file could not be read or written")]
    Disk(#[from] io::Error),
    #[error("this computer gave no random bytes")]
    NoRandomness,
}

#[derive(Clone, Serialize, Deserialize)]
struct Header {
    format: String,
    version: u32,
    memory_kib: u32,
    passes: u32,
    salt: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    header: Header,
    nonce: String,
    sealed: String,
}

#[derive(Default)]
struct Secrets(BTreeMap<String, String>);

impl Drop for Secrets {
    fn drop(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// Makes a new, empty vault at `path`, replacing what is there.
    pub(crate) fn create(path: &Path, passphrase: &str) -> Result<Self, VaultError> {
        if passphrase.chars().count() < SHORTEST_PASSPHRASE {
            return Err(VaultError::TooShort);
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| VaultError::NoRandomness)?;
        let header = Header {
            format: FORMAT.to_owned(),
            version: 1,
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: STANDARD.encode(salt),
        };
        let key = derive(&header, passphrase)?;
        let vault = Self {
            path: path.to_owned(),
            header,
            key,
            secrets: Secrets::default(),
        };
        vault.write()?;
        Ok(vault)
    }

    pub(crate) fn open(path: &Path, passphrase: &str) -> Result<Self, VaultError> {
        if fs::metadata(path)?.len() > LARGEST_FILE {
            return Err(VaultError::Damaged("it is far too large"));
        }
        let sealed: Sealed = serde_json::from_slice(&fs::read(path)?)
            .map_err(|_| VaultError::Damaged("it is not a vault"))?;
        let header = sealed.header;
        if header.format != FORMAT {
            return Err(VaultError::Damaged("it is not a vault"));
        }
        if header.version != 1 {
            return Err(VaultError::Newer);
        }
        let key = derive(&header, passphrase)?;
        let nonce = decode(&sealed.nonce)?;
        let nonce = Nonce::try_from(nonce.as_slice())
            .map_err(|_| VaultError::Damaged("its nonce is wrong"))?;
        let aad = associated(&header);
        let text = cipher(&key)
            .decrypt(
                &nonce,
                Payload {
                    msg: &decode(&sealed.sealed)?,
                    aad: &aad,
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| VaultError::WrongPassphrase)?;
        let secrets = serde_json::from_slice(&text)
            .map_err(|_| VaultError::Damaged("its content is wrong"))?;
        Ok(Self {
            path: path.to_owned(),
            header,
            key,
            secrets: Secrets(secrets),
        })
    }

    pub(crate) fn get(&self, account: &str) -> Option<Zeroizing<String>> {
        self.secrets.0.get(account).cloned().map(Zeroizing::new)
    }

    pub(crate) fn put(&mut self, account: &str, secret: &str) -> Result<(), VaultError> {
        if let Some(mut old) = self.secrets.0.insert(account.to_owned(), secret.to_owned()) {
            old.zeroize();
        }
        self.write()
    }

    pub(crate) fn remove(&mut self, account: &str) -> Result<(), VaultError> {
        if let Some(mut old) = self.secrets.0.remove(account) {
            old.zeroize();
        }
        self.write()
    }

    fn write(&self) -> Result<(), VaultError> {
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).map_err(|_| VaultError::NoRandomness)?;
        let text = Zeroizing::new(serde_json::to_vec(&self.secrets.0).map_err(io::Error::from)?);
        let sealed = cipher(&self.key)
            .encrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: &text,
                    aad: &associated(&self.header),
                },
            )
            .map_err(|_| VaultError::Damaged("it grew too large"))?;
        let file = Sealed {
            header: self.header.clone(),
            nonce: STANDARD.encode(nonce),
            sealed: STANDARD.encode(sealed),
        };
        let bytes = serde_json::to_vec_pretty(&file).map_err(io::Error::from)?;
        Ok(write_durably(&self.path, &bytes)?)
    }
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

fn associated(header: &Header) -> Vec<u8> {
    format!(
        "{}|{}|{}|{}|{}",
        header.format, header.version, header.memory_kib, header.passes, header.salt
    )
    .into_bytes()
}

fn derive(header: &Header, passphrase: &str) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    if header.memory_kib > MOST_MEMORY_KIB || header.passes > MOST_PASSES {
        return Err(VaultError::Damaged("it asks for too much work"));
    }
    let salt = decode(&header.salt)?;
    let params = Params::new(header.memory_kib, header.passes, 1, Some(32))
        .map_err(|_| VaultError::Damaged("its key settings are wrong"))?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), &salt, key.as_mut())
        .map_err(|_| VaultError::Damaged("its salt is wrong"))?;
    Ok(key)
}

fn decode(text: &str) -> Result<Vec<u8>, VaultError> {
    STANDARD
        .decode(text)
        .map_err(|_| VaultError::Damaged("it is not base64"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "correct horse battery";

    #[test]
    fn secrets_come_back_only_with_the_passphrase_and_never_rest_in_plain_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vault.json");
        let mut vault = Vault::create(&path, PASSPHRASE).unwrap();
        vault.put("connection/1/api-key", "canary-api-key").unwrap();
        drop(vault);

        let stored = fs::read_to_string(&path).unwrap();
        assert!(
            !stored.contains("canary-api-key"),
            "no secret in plain text"
        );
        let vault = Vault::open(&path, PASSPHRASE).unwrap();
        assert_eq!(
            &**vault.get("connection/1/api-key").unwrap(),
            "canary-api-key"
        );
        assert!(matches!(
            Vault::open(&path, "correct horse batterz"),
            Err(VaultError::WrongPassphrase)
        ));
    }

    #[test]
    fn every_changed_line_of_the_file_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vault.json");
        Vault::create(&path, PASSPHRASE)
            .unwrap()
            .put("a", "b")
            .unwrap();
        let good: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        for (field, value) in [
            ("format", serde_json::json!("other")),
            ("version", serde_json::json!(2)),
            ("memory_kib", serde_json::json!(4_000_000)),
            ("passes", serde_json::json!(2)),
            ("salt", serde_json::json!("AAAAAAAAAAAAAAAAAAAAAA==")),
            ("nonce", serde_json::json!("AAAAAAAAAAAAAAAA")),
            ("sealed", serde_json::json!("AAAA")),
        ] {
            let mut bad = good.clone();
            bad[field] = value;
            fs::write(&path, serde_json::to_vec(&bad).unwrap()).unwrap();
            assert!(
                Vault::open(&path, PASSPHRASE).is_err(),
                "{field} was changed"
            );
        }
    }

    #[test]
    fn a_short_passphrase_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let made = Vault::create(&dir.path().join("vault.json"), "short");
        assert!(matches!(made, Err(VaultError::TooShort)));
    }
}
