//! Bytes written as text.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// One way to write bytes; with padding or without, but never with white space or stray bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Base64,
    Base64Url,
    Hex,
}

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);

impl Encoding {
    /// What the text says. `None` if it is not of this encoding.
    pub(super) fn read(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Base64 => BASE64.decode(text).ok(),
            Self::Base64Url => BASE64_URL.decode(text).ok(),
            Self::Hex => unhex(text),
        }
    }
}

/// All that a text can say in these encodings, without repetition.
pub(super) fn readings(encodings: &[Encoding], text: &str) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for encoding in encodings {
        match encoding.read(text) {
            Some(bytes) if !all.contains(&bytes) => all.push(bytes),
            _ => {}
        }
    }
    all
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let nibble = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| u8::try_from(nibble(*high)? << 4 | nibble(*low)?).ok();
    let bytes = pairs.iter().map(byte).collect::<Option<_>>()?;
    rest.is_empty().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Base64, Base64Url, Hex};
    use super::*;

    #[test]
    fn each_is_read_with_and_without_padding_and_in_no_other_form() {
        assert_eq!(Base64.read("+/8="), Some(vec![0xfb, 0xff]));
        assert_eq!(Base64.read("+/8"), Some(vec![0xfb, 0xff]));
        assert_eq!(Base64Url.read("-_8="), Some(vec![0xfb, 0xff]));
        assert_eq!(Base64Url.read("-_8"), Some(vec![0xfb, 0xff]));
        assert_eq!(Hex.read("fbFF"), Some(vec![0xfb, 0xff]));
        assert_eq!(Hex.read(""), Some(vec![]));
        for bad in ["-_8=", "+/9=", "+/8==", "+/8=\n", "+", "é", "+/8=A"] {
            assert_eq!(Base64.read(bad), None, "{bad}");
        }
        for bad in ["f", "fg", "0x", "é", "+1", " 1"] {
            assert_eq!(Hex.read(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_two_encodings_read_alike_is_given_once() {
        let all = [Base64, Base64Url, Hex];
        assert_eq!(
            readings(&all, "abcd"),
            [vec![0x69, 0xb7, 0x1d], vec![0xab, 0xcd]]
        );
        assert_eq!(readings(&all, "+/8="), [vec![0xfb, 0xff]]);
        assert!(readings(&all, "*").is_empty());
    }
}
