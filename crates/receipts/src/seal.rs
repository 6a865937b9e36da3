//! Seals: signatures that cover every byte of a PDF or a ZIP.
//!
//! A seal is a JWS over `{"length":…,"sha256":"…"}` of the file without the seal. In a PDF it is a
//! comment line before the last `startxref`, so that no offset moves and nothing follows the end
//! mark. In a ZIP it is the archive's comment, and covers all before it, the comment's length too.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::bytes;
use crate::jws::{Jws, JwsError, MAX_LENGTH, Purpose, sign};
use crate::key::{DeviceKey, PublicKey};
use crate::report::{Code, Finding};

const LINE: &[u8] = b"%countersign-seal ";
const START_XREF: &[u8] = b"startxref";
/// The end record of a ZIP without its comment.
const END_RECORD: usize = 22;
const END_MARK: &[u8] = b"PK\x05\x06";

/// Why a file cannot be sealed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// It is no PDF with a cross-reference at its end.
    #[error("this is not a PDF that can be sealed")]
    NotPdf,
    /// It is no ZIP without a comment.
    #[error("this is not a ZIP without a comment")]
    NotZip,
    /// It has a seal.
    #[error("this file is sealed already")]
    Sealed,
    /// It cannot be read or written.
    #[error("the file cannot be read or written")]
    Io(#[from] io::Error),
}

/// The PDF with a seal. The same file and key give the same bytes.
///
/// # Errors
/// [`SealError`] when it is no PDF, or sealed.
pub fn pdf(file: &[u8], key: &DeviceKey) -> Result<Vec<u8>, SealError> {
    let at = last_xref(file).filter(|_| file.starts_with(b"%PDF-"));
    let at = at.ok_or(SealError::NotPdf)?;
    if pdf_line(file, at).is_some() {
        return Err(SealError::Sealed);
    }
    let payload = payload(file.len() as u64, &Sha256::digest(file));
    let jws = sign(payload.as_bytes(), Purpose::Seal, key);
    Ok([&file[..at], LINE, jws.as_bytes(), b"\n", &file[at..]].concat())
}

/// Seals a finished ZIP that has no comment, in place.
///
/// # Errors
/// [`SealError`] when it is none, or cannot be read or written.
pub fn zip<F: Read + Write + Seek>(file: &mut F, key: &DeviceKey) -> Result<(), SealError> {
    let length = file.seek(SeekFrom::End(0))?;
    let end = length
        .checked_sub(END_RECORD as u64)
        .ok_or(SealError::NotZip)?;
    file.seek(SeekFrom::Start(end))?;
    let mut record = [0; END_RECORD];
    file.read_exact(&mut record)?;
    if !record.starts_with(END_MARK) || record[END_RECORD - 2..] != [0, 0] {
        return Err(SealError::NotZip);
    }
    // The seal covers its own length, which does not depend on what the hash is.
    let size = sign(payload(length, &[0; 32]).as_bytes(), Purpose::Seal, key).len();
    let size = u16::try_from(size).map_err(|_| SealError::NotZip)?;
    file.seek(SeekFrom::Start(length - 2))?;
    file.write_all(&size.to_le_bytes())?;
    let hash = hash(file, length)?;
    let jws = sign(payload(length, &hash).as_bytes(), Purpose::Seal, key);
    file.seek(SeekFrom::Start(length))?;
    file.write_all(jws.as_bytes())?;
    Ok(())
}

/// A seal found in a file, checked.
pub(crate) struct Seal {
    /// Where it stands.
    pub(crate) span: Range<u64>,
    /// Its key, if it can be read so far.
    pub(crate) key: Option<PublicKey>,
    /// How it does not hold, if it does not.
    pub(crate) broken: Option<Broken>,
}

/// How a seal does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Broken {
    #[error("the seal was changed: {0}")]
    Seal(JwsError),
    #[error("the bytes of the file are not those that were sealed")]
    File,
}

/// The seal of a PDF, if it has one where it belongs.
pub(crate) fn of_pdf(file: &[u8]) -> Option<Seal> {
    let at = last_xref(file)?;
    let line = pdf_line(file, at)?;
    let jws = &file[line.start + LINE.len()..line.end - 1];
    let hash = Sha256::new()
        .chain_update(&file[..line.start])
        .chain_update(&file[line.end..]);
    let length = file.len() - line.len();
    let payload = payload(length as u64, &hash.finalize());
    let span = line.start as u64..line.end as u64;
    Some(check(span, jws, &payload))
}

/// The seal of a ZIP, if its comment is one and reaches to the end of the file.
pub(crate) fn of_zip<F: Read + Seek>(file: &mut F) -> io::Result<Option<Seal>> {
    let length = file.seek(SeekFrom::End(0))?;
    let looked_at = length.min((END_RECORD + MAX_LENGTH) as u64);
    file.seek(SeekFrom::Start(length - looked_at))?;
    let mut tail = Vec::new();
    file.take(looked_at).read_to_end(&mut tail)?;
    let ends = |at: &usize| {
        let record = &tail[*at..];
        record.starts_with(END_MARK)
            && record.len() >= END_RECORD
            && usize::from(u16::from_le_bytes([record[20], record[21]]))
                == record.len() - END_RECORD
    };
    let Some(end) = (0..tail.len()).rev().find(ends) else {
        return Ok(None);
    };
    let jws = &tail[end + END_RECORD..];
    if jws.is_empty() {
        return Ok(None);
    }
    let sealed = length - jws.len() as u64;
    let payload = payload(sealed, &hash(file, sealed)?);
    Ok(Some(check(sealed..length, jws, &payload)))
}

/// The key of a seal, as far as it can be read, with what is wrong added to the findings.
pub(crate) fn judge(
    seal: Option<Seal>,
    missing: &str,
    findings: &mut Vec<Finding>,
) -> Option<PublicKey> {
    let Some(seal) = seal else {
        findings.push(Finding::new(Code::SealMissing, missing));
        return None;
    };
    let broken = seal.broken;
    findings.extend(broken.map(|broken| Finding::broken(broken, seal.span)));
    seal.key
}

fn check(span: Range<u64>, jws: &[u8], payload: &str) -> Seal {
    let text = std::str::from_utf8(jws).map_err(|_| JwsError::Form);
    let (key, broken) = match text.and_then(|text| Jws::parse(text, Purpose::Seal)) {
        Err(error) => (None, Some(Broken::Seal(error))),
        Ok(jws) => {
            let broken = match jws.check_attached() {
                Err(error) => Some(Broken::Seal(error)),
                Ok(stated) if stated != payload.as_bytes() => Some(Broken::File),
                Ok(_) => None,
            };
            (Some(jws.key), broken)
        }
    };
    Seal { span, key, broken }
}

fn payload(length: u64, hash: &[u8]) -> String {
    format!(r#"{{"length":{length},"sha256":"{}"}}"#, bytes::hex(hash))
}

fn hash<F: Read + Seek>(file: &mut F, length: u64) -> io::Result<[u8; 32]> {
    file.seek(SeekFrom::Start(0))?;
    let (mut hash, mut left) = (Sha256::new(), length);
    let mut block = vec![0; 64 * 1024];
    while left > 0 {
        let most = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        match file.read(&mut block[..most])? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                hash.update(&block[..read]);
                left -= read as u64;
            }
        }
    }
    Ok(hash.finalize().into())
}

/// Where the last `startxref` stands, if it begins a line.
fn last_xref(file: &[u8]) -> Option<usize> {
    let at = memchr::memmem::rfind(file, START_XREF)?;
    (at > 0 && matches!(file[at - 1], b'\n' | b'\r')).then_some(at)
}

/// The seal's line before a place, with its end.
fn pdf_line(file: &[u8], at: usize) -> Option<Range<usize>> {
    let before = file[..at].strip_suffix(b"\n")?;
    let longest = LINE.len() + MAX_LENGTH;
    let from = before.len().saturating_sub(longest);
    let start = before[from..]
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))?;
    let line = from + start + 1..at;
    file[line.clone()].starts_with(LINE).then_some(line)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const PAGE: &[u8] = b"%PDF-1.7\nstartxref\n1 0 obj\nxref\ntrailer\nstartxref\n74245\n%%EOF";

    fn key() -> DeviceKey {
        DeviceKey::from_random(&[7; 32]).unwrap()
    }

    fn holds(seal: Option<Seal>) -> bool {
        seal.is_some_and(|seal| seal.broken.is_none() && seal.key.as_ref() == Some(key().public()))
    }

    #[test]
    fn every_flipped_bit_of_a_pdf_is_noticed() {
        let sealed = pdf(PAGE, &key()).unwrap();
        assert_eq!(sealed, pdf(PAGE, &key()).unwrap());
        assert!(sealed.ends_with(b"\nstartxref\n74245\n%%EOF") && holds(of_pdf(&sealed)));
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                assert!(!holds(of_pdf(&changed)), "bit {bit} of byte {at}");
            }
            assert!(!holds(of_pdf(&sealed[..at])));
        }
        for more in [&b"\n"[..], b" ", b"\nstartxref\n"] {
            assert!(!holds(of_pdf(&[&sealed, more].concat())));
        }
        assert!(matches!(pdf(&sealed, &key()), Err(SealError::Sealed)));
        for other in [&b""[..], b"%PDF-1.7", b"\nstartxref", b"%PDF- startxref"] {
            assert!(matches!(pdf(other, &key()), Err(SealError::NotPdf)));
        }
    }

    #[test]
    fn every_flipped_bit_of_a_zip_is_noticed() {
        let mut plain = b"some entries".to_vec();
        plain.extend_from_slice(END_MARK);
        plain.extend_from_slice(&[0; END_RECORD - 4]);
        let mut file = Cursor::new(plain.clone());
        zip(&mut file, &key()).unwrap();
        let sealed = file.into_inner();
        let holds = |bytes: &[u8]| holds(of_zip(&mut Cursor::new(bytes)).unwrap());
        assert!(holds(&sealed));
        assert!(!holds(&plain));
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                assert!(!holds(&changed), "bit {bit} of byte {at}");
            }
            assert!(!holds(&sealed[..at]));
        }
        assert!(!holds(&[&sealed[..], b"\n"].concat()));
        let again = zip(&mut Cursor::new(sealed), &key());
        assert!(matches!(again, Err(SealError::NotZip)));
    }
}
