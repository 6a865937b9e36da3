//! AES-GCM with a tag of 16 bytes, and the keys that HKDF makes for it.
//!
//! Keys of 128 and 256 bits: browsers have no AES-192. IVs of the lengths in [`IV_LENGTHS`].

use aes_gcm::aead::consts::{U8, U12, U16, U24, U32};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::aes::{Aes128, Aes256};
use aes_gcm::{AesGcm, Nonce, Tag};
use hkdf::Hkdf;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::Plaintext;

/// Length of a tag in bytes.
pub(super) const TAG: usize = 16;
/// The lengths of an IV in bytes that can be opened.
pub(super) const IV_LENGTHS: [usize; 5] = [8, 12, 16, 24, 32];

/// The hash of HKDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// The length of an AES key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyBits {
    Bits128,
    Bits256,
}

/// A ciphertext and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Sealed<'a> {
    pub(super) iv: &'a [u8],
    pub(super) aad: &'a [u8],
    pub(super) data: &'a [u8],
    pub(super) tag: &'a [u8; TAG],
}

impl KeyBits {
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::Bits128 => 16,
            Self::Bits256 => 32,
        }
    }
}

/// HKDF of `secret` into `key`. `false` if that is more than the hash can give.
pub(super) fn derive(hash: Hash, secret: &[u8], salt: &[u8], info: &[u8], key: &mut [u8]) -> bool {
    let made = match hash {
        Hash::Sha256 => Hkdf::<Sha256>::new(Some(salt), secret).expand(info, key),
        Hash::Sha384 => Hkdf::<Sha384>::new(Some(salt), secret).expand(info, key),
        Hash::Sha512 => Hkdf::<Sha512>::new(Some(salt), secret).expand(info, key),
    };
    made.is_ok()
}

/// Opens with a key of 16 or 32 bytes. `None` if anything was changed, or for another length of key or IV.
pub(super) fn open(key: &[u8], sealed: &Sealed<'_>) -> Option<Plaintext> {
    match (key.len(), sealed.iv.len()) {
        (16, 8) => decrypt::<AesGcm<Aes128, U8>>(key, sealed),
        (16, 12) => decrypt::<AesGcm<Aes128, U12>>(key, sealed),
        (16, 16) => decrypt::<AesGcm<Aes128, U16>>(key, sealed),
        (16, 24) => decrypt::<AesGcm<Aes128, U24>>(key, sealed),
        (16, 32) => decrypt::<AesGcm<Aes128, U32>>(key, sealed),
        (32, 8) => decrypt::<AesGcm<Aes256, U8>>(key, sealed),
        (32, 12) => decrypt::<AesGcm<Aes256, U12>>(key, sealed),
        (32, 16) => decrypt::<AesGcm<Aes256, U16>>(key, sealed),
        (32, 24) => decrypt::<AesGcm<Aes256, U24>>(key, sealed),
        (32, 32) => decrypt::<AesGcm<Aes256, U32>>(key, sealed),
        _ => None,
    }
}

fn decrypt<C: KeyInit + AeadInOut<TagSize = U16>>(
    key: &[u8],
    sealed: &Sealed<'_>,
) -> Option<Plaintext> {
    let cipher = C::new_from_slice(key).ok()?;
    let iv = Nonce::<C::NonceSize>::try_from(sealed.iv).ok()?;
    let tag = Tag::from(*sealed.tag);
    // Stays the ciphertext, which is no secret, unless it opens.
    let mut text = sealed.data.to_vec();
    cipher
        .decrypt_inout_detached(&iv, sealed.aad, text.as_mut_slice().into(), &tag)
        .ok()?;
    Some(Plaintext(Zeroizing::new(text)))
}
