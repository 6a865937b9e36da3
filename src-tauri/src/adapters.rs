//! What only the shell may touch: the keyring, the vault file, data folders and the clock.

pub(crate) mod clock;
pub(crate) mod data_dir;
pub(crate) mod deep_links;
pub(crate) mod keyring;
pub(crate) mod safe;
#[cfg(target_os = "linux")]
mod secret_service;
pub(crate) mod vault;
