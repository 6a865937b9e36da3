//! From bytes to text: by byte order mark, by the pattern of NULs, as UTF-8, and last by the
//! frequency of letters. Bytes an encoding does not have become U+FFFD, which the judge refuses.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{FileError, Region};

/// A text and the name of the encoding it was in.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: String,
}

/// Decodes a file. The region tells encodings of the same region apart where letters do not.
pub(crate) fn decode(bytes: &[u8], region: Region) -> Result<Decoded, FileError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (guess(bytes, region)?, 0),
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
        text: text.into_owned(),
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
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, Region::parse("PT").unwrap()).unwrap();
        (decoded.text, decoded.encoding)
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
    fn bytes_that_are_no_text_are_refused() {
        let region = Region::parse("PT").unwrap();
        for (bytes, error) in [
            (&b"a\0b\0\0\0c"[..], FileError::NotText),
            (b"ana@example.com\0\n", FileError::NotText),
            (b" \r\n\t\n", FileError::Empty),
            (b"\xEF\xBB\xBF", FileError::Empty),
        ] {
            assert_eq!(decode(bytes, region).unwrap_err(), error);
        }
    }
}
