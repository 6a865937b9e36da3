//! The recovery text of a ledger key: 32 bytes of key and 3 of checksum in 56 symbols of Crockford
//! base32. The checksum is CRC-24 (RFC 9580, section 6.1.1): it detects every burst of up to 24 bits,
//! so every single wrong symbol (5 bits) and every swap of neighbours (10 bits), without fail.

use zeroize::Zeroizing;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY: usize = 32;
const BYTES: usize = KEY + 3;
const LENGTH: usize = BYTES * 8 / 5;
const GROUP: usize = 4;

/// Why a recovery text is not a key. Nothing of the text is repeated in the error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// Letters or digits are missing or too many.
    #[error("a recovery key has 56 letters and digits, this has {found}")]
    Length {
        /// How many letters and digits there are, spaces and dashes not counted.
        found: usize,
    },
    /// A character that no recovery key has.
    #[error("character {} of group {} does not occur in a recovery key", self.place(), self.group())]
    Character {
        /// Which character, from 1, spaces and dashes not counted.
        position: usize,
    },
    /// Every character is possible, but together they are not a key: at least one is wrong.
    #[error("the recovery key has a mistake in it")]
    Checksum,
}

impl RecoveryError {
    /// The group of four, from 1, that the wrong character stands in; 0 for the other errors.
    #[must_use]
    pub fn group(&self) -> usize {
        match self {
            Self::Character { position } => (position - 1) / GROUP + 1,
            _ => 0,
        }
    }

    /// The place in its group, 1 to 4, of the wrong character; 0 for the other errors.
    #[must_use]
    pub fn place(&self) -> usize {
        match self {
            Self::Character { position } => (position - 1) % GROUP + 1,
            _ => 0,
        }
    }
}

pub(crate) fn encode(key: &[u8; KEY]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    bytes[..KEY].copy_from_slice(key);
    bytes[KEY..].copy_from_slice(&crc24(key));
    // Sized so that it never grows: a grown string leaves its old copy behind.
    let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
    for index in 0..LENGTH {
        if index > 0 && index % GROUP == 0 {
            text.push('-');
        }
        let mut value = 0;
        for bit in index * 5..index * 5 + 5 {
            value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
        }
        text.push(char::from(SYMBOLS[usize::from(value)]));
    }
    text
}

pub(crate) fn decode(text: &str) -> Result<Zeroizing<[u8; KEY]>, RecoveryError> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    let mut found = 0;
    for symbol in text.chars().filter(|c| !is_separator(*c)) {
        found += 1;
        let value = value(symbol).ok_or(RecoveryError::Character { position: found })?;
        if found > LENGTH {
            continue;
        }
        for offset in 0..5 {
            let bit = (found - 1) * 5 + offset;
            bytes[bit / 8] |= (value >> (4 - offset) & 1) << (7 - bit % 8);
        }
    }
    if found != LENGTH {
        return Err(RecoveryError::Length { found });
    }
    let mut key = Zeroizing::new([0; KEY]);
    key.copy_from_slice(&bytes[..KEY]);
    if crc24(&key[..])[..] != bytes[KEY..] {
        return Err(RecoveryError::Checksum);
    }
    Ok(key)
}

fn is_separator(c: char) -> bool {
    // Editors turn a dash into one of the longer ones, and a paste may carry invisible marks.
    c.is_whitespace()
        || matches!(c, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn value(symbol: char) -> Option<u8> {
    let upper = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let upper = u8::try_from(upper).ok()?;
    let index = SYMBOLS.iter().position(|s| *s == upper)?;
    u8::try_from(index).ok()
}

fn crc24(bytes: &[u8]) -> [u8; 3] {
    let mut crc: u32 = 0x00b7_04ce;
    for byte in bytes {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            crc <<= 1;
            if crc & 0x0100_0000 != 0 {
                crc ^= 0x0186_4cfb;
            }
        }
    }
    let [_, a, b, c] = crc.to_be_bytes();
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_crc24() {
        // The check value of CRC-24/OpenPGP in the catalogue of parametrised CRC algorithms.
        assert_eq!(crc24(b"123456789"), [0x21, 0xcf, 0x02]);
    }

    #[test]
    fn shape_is_fourteen_groups_of_four() {
        let text = encode(&[0xff; KEY]);
        let groups: Vec<_> = text.split('-').collect();
        assert_eq!(groups.len(), 14);
        assert!(groups.iter().all(|g| g.len() == 4));
        assert!(text.starts_with("ZZZZ-ZZZZ"));
    }
}
