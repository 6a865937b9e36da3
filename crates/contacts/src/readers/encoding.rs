//! From bytes to text: by byte order mark, by the pattern of NULs, as UTF-8, and last by the
//! frequency of letters. Bytes an encoding does not have become U+FFFD, which the judge refuses.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};

use crate::{FileError, Region};

/// A text and the name of the encoding it was in.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: String,
}

/// The encodings to choose from where the guess is wrong, likeliest first.
pub(crate) const ENCODINGS: [&str; 18] = [
    "UTF-8",
    "windows-1252",
    "ISO-8859-15",
    "macintosh",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1250",
    "ISO-8859-2",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "Shift_JIS",
    "gb18030",
    "Big5",
];

/// Decodes a file in the encoding of this name, or in the one it seems to have. The region tells
/// encodings of the same region apart where letters do not.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    wanted: Option<&str>,
    region: Region,
) -> Result<Decoded<'a>, FileError> {
    let wanted = match wanted {
        Some(name) => Some(Encoding::for_label(name.as_bytes()).ok_or(FileError::NotText)?),
        None => None,
    };
    let (encoding, mark) = match (wanted, Encoding::for_bom(bytes)) {
        (None, Some((encoding, length))) => (encoding, length),
        (Some(wanted), Some((encoding, length))) if wanted == encoding => (encoding, length),
        (Some(wanted), _) => (wanted, 0),
        (None, None) => (guess(bytes, region)?, 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    if is_binary(&text) {
        return Err(FileError::NotText);
    }
    let name = if mark > 0 {
        format!("{} (BOM)", encoding.name())
    } else {
        encoding.name().into()
    };
    Ok(Decoded {
        text,
        encoding: name,
    })
}

fn guess(bytes: &[u8], region: Region) -> Result<&'static Encoding, FileError> {
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return Ok(encoding);
    }
    if bytes.contains(&0) {
        return Err(FileError::NotText);
    }
    if std::str::from_utf8(bytes).is_ok() || is_damaged_utf8(bytes) {
        return Ok(UTF_8);
    }
    if is_mac_roman(bytes) {
        return Ok(MACINTOSH);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let code = region.code().to_ascii_lowercase();
    let domain = if code == "gb" { "uk" } else { &code };
    Ok(detector.guess(Some(domain.as_bytes()), Utf8Detection::Deny))
}

/// In UTF-16 every other byte of Latin text is NUL.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(4096)].as_chunks::<2>();
    let nuls = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count() * 10;
    let (many, few) = (pairs.len() * 4, pairs.len());
    match (nuls(0), nuls(1)) {
        _ if pairs.is_empty() => None,
        (high, low) if low >= many && high < few => Some(UTF_16LE),
        (high, low) if high >= many && low < few => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether it is UTF-8 but for a few bytes. Other encodings hardly ever form its sequences.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 4 * broken
}

/// Mac Roman has the letters of Western languages where the Windows encodings have marks and capitals
/// that hardly ever stand inside a word, and the other way round. The detector does not know it.
fn is_mac_roman(bytes: &[u8]) -> bool {
    // á à â ã ç é è ê í ì î ñ ó ò ô õ ú ù û as Mac Roman writes them.
    const MAC: &[u8] =
        b"\x87\x88\x89\x8B\x8D\x8E\x8F\x90\x92\x93\x94\x96\x97\x98\x99\x9B\x9C\x9D\x9E";
    let in_word = |at: usize| {
        at > 0
            && bytes[at - 1].is_ascii_lowercase()
            && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_uppercase())
    };
    let (mut mac, mut other) = (0_usize, 0_usize);
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80) {
        if MAC.contains(byte) && in_word(at) {
            mac += 1;
        } else if *byte >= 0xC0 {
            other += 1;
        }
    }
    mac > other * 4
}

/// Control characters make up no more than a hundredth of any text.
fn is_binary(text: &str) -> bool {
    let start = || text.chars().take(64 * 1024);
    let is_odd =
        |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\x1A');
    let odd = start().filter(|&c| is_odd(c) || c == '\u{FFFD}').count();
    let nul = start().any(|c| c == '\0');
    nul || odd * 100 > start().count().max(400)
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, None, Region::parse("PT").unwrap()).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "José,jose@example.com\n";
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend(text.bytes());
        let (windows, ..) = encoding_rs::WINDOWS_1252.encode(text);
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8 (BOM)"),
            (utf16(text, u16::to_le_bytes), "UTF-16LE"),
            (utf16(text, u16::to_be_bytes), "UTF-16BE"),
            (
                utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes),
                "UTF-16LE (BOM)",
            ),
            (
                utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes),
                "UTF-16BE (BOM)",
            ),
            (windows.into_owned(), "windows-1252"),
        ] {
            assert_eq!(decoded(&bytes), (text.to_owned(), encoding.to_owned()));
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        let (text, encoding) = decoded("José, João, Inês, Zoë: jos\u{e9}\n".as_bytes());
        assert_eq!(
            (text.contains('\u{FFFD}'), encoding.as_str()),
            (false, "UTF-8")
        );
        let mut bytes = "José, João, Inês, Zoë, ".as_bytes().to_vec();
        bytes.extend(b"jos\xE9\n");
        let (text, encoding) = decoded(&bytes);
        assert_eq!(
            (text.contains("jos\u{FFFD}"), encoding.as_str()),
            (true, "UTF-8")
        );
    }

    #[test]
    fn mac_roman_is_told_from_windows() {
        for (text, encoding) in [
            ("Nome;Email\rJosé;jose@x.pt\rConceição;c@x.pt\r", MACINTOSH),
            ("Nom;Email\rHélène;h@x.fr\rFrançois;f@x.fr\r", MACINTOSH),
            (
                "Nome;Email\nJosé;jose@x.pt\nConceição;c@x.pt\n",
                WINDOWS_1252,
            ),
            ("Nom;Prix\nHélène;“12 €”\nFrançois’s…;13\n", WINDOWS_1252),
        ] {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(
                decoded(&bytes),
                (text.to_owned(), encoding.name().to_owned())
            );
        }
    }

    #[test]
    fn the_officers_choice_counts_more_than_the_guess() {
        let region = Region::parse("PT").unwrap();
        let bytes = "José".as_bytes();
        let decoded = decode(bytes, Some("windows-1252"), region).unwrap();
        assert_eq!(
            (&*decoded.text, decoded.encoding.as_str()),
            ("JosÃ©", "windows-1252")
        );
        assert!(decode(bytes, Some("no such"), region).is_err());
        for name in ENCODINGS {
            let decoded = decode(b"ana@example.com ", Some(name), region);
            assert!(decoded.is_ok(), "{name}");
            assert_eq!(decoded.unwrap().encoding, name);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let region = Region::parse("PT").unwrap();
        for (bytes, error) in [
            (&b"a\0b\0\0\0c"[..], FileError::NotText),
            (b"ana@example.com\0\n", FileError::NotText),
            (b" \r\n\t\n", FileError::Empty),
            (b"\xEF\xBB\xBF", FileError::Empty),
        ] {
            assert_eq!(decode(bytes, None, region).unwrap_err(), error);
        }
    }
}
